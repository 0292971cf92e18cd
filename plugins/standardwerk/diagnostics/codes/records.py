"""6xx: seals, closed months, corrections."""

from __future__ import annotations

from standardwerk.diagnostics.code import ERROR, NOTE, WARNING, Code, _

CODES = (
    Code(
        "SW601",
        ERROR,
        _("“{field}” was changed after it was sealed on {on}."),
        _(
            "Restore it; write a new revision (standardwerk revise {id} --from DATE); "
            "mend a slip by an entry in errata."
        ),
        _("A text, a target or a formula was changed in a revision that is already in force."),
    ),
    Code(
        "SW602",
        WARNING,
        _("What is in force is not sealed yet."),
        _("Run “standardwerk seal”."),
        _("An edition came into force since the last sealing."),
    ),
    Code(
        "SW603",
        ERROR,
        _("“{field}” is sealed and no longer there."),
        _("Restore it."),
        _("A section, measure or file of a revision in force was removed or renamed."),
    ),
    Code(
        "SW604",
        ERROR,
        _("“{field}” was added to what is sealed."),
        _("Remove it, or write a new revision; give a new name its valid_from."),
        _("A section or measure was added to a revision in force, or a name without its own date to handbook.yml."),
    ),
    Code(
        "SW605",
        NOTE,
        _("Nothing is sealed: a change of a text in force would not be noticed."),
        _("Run “standardwerk seal”."),
        _("The project was never sealed."),
    ),
    Code(
        "SW606",
        WARNING,
        _("“{field}” in “{language}” is as it was; “{original}” has changed."),
        _("Bring it up to date, or say that it is with “standardwerk translated {id} {language}”."),
        _("The original was revised and its translation was left as it was."),
    ),
    Code(
        "SW607",
        ERROR,
        _("The erratum’s text “{text}” does not stand exactly once in “{field}”."),
        _("Quote as many words as make it unmistakable."),
        _(
            "An erratum names what stands in the text now (“is”), and these words stand there several times, or "
            "not at all."
        ),
    ),
    Code(
        "SW608",
        ERROR,
        _("The reason is not written yet."),
        _("Say in “{language}” why the standard changes."),
        _("A revision was begun with “standardwerk revise”, and its placeholder “???” is still there."),
    ),
    Code(
        "SW609",
        ERROR,
        _("The name “{field}” was changed after it was sealed on {on}."),
        _("Restore it, and add an entry with the new name and its valid_from."),
        _("A group, role or product line was renamed in its own entry. Old months would then show the new name."),
    ),
    Code(
        "SW611",
        ERROR,
        _("The file of the closed month is not as it was written."),
        _("Restore the file; figures change by “standardwerk correct”."),
        _("The file was edited by hand, or two versions of it were merged."),
    ),
    Code(
        "SW612",
        ERROR,
        _("{rep}, {standard}, {measure}: published {published} ({published_state}), now {now} ({now_state})."),
        _("Restore the input of {month} or before, or record the reason with “standardwerk correct”."),
        _(
            "A file of a closed month was delivered again or changed, or a correction is missing. What people "
            "were told must not change silently."
        ),
    ),
    Code(
        "SW613",
        ERROR,
        _("{month} is not closed, or lies before the month whose input changed."),
        _("Remove the entry."),
        _("A correction was moved or written by hand, or the month’s file in closed/ was removed."),
    ),
    Code(
        "SW614",
        ERROR,
        _("“{missing}”, by which the closed month was judged, is not there."),
        _("Restore it: a closed month keeps what it was judged by."),
        _("A revision, edition or method was removed or renamed after a month was closed with it."),
    ),
    Code(
        "SW615",
        NOTE,
        _("Files of the closed month {month} have changed, but no published figure: {files}."),
        _("Nothing needs to be done."),
        _("A file was saved again, or a row changed that counts for nobody’s figure."),
    ),
    Code(
        "SW616",
        ERROR,
        _("What erased people left in the sums of {month} is not as it was written."),
        _("Restore the file, and those in closed/, together."),
        _("remainder.json was edited by hand, or restored without the closed months it belongs to."),
    ),
    Code(
        "SW617",
        NOTE,
        _("{count} files are due for deletion; this is the first."),
        _("Look at “standardwerk retention”, and carry it out with --yes."),
        _("They are older than retention.yml allows, or than is usual without it. Nothing of them is shown any more."),
    ),
    Code(
        "SW618",
        NOTE,
        _("{rep} left on {date}: all her data are due for deletion."),
        _("Look at “standardwerk retention”, and carry it out with --yes."),
        _(
            "More months have passed since than retention.yml keeps the data of leavers. Her pages are not built any "
            "more."
        ),
    ),
)
