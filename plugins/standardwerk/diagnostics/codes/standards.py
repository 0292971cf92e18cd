"""2xx: standards and editions."""

from __future__ import annotations

from standardwerk.diagnostics.code import ERROR, WARNING, Code, _

CODES = (
    Code(
        "SW201",
        ERROR,
        _("An edition starts on the first day of a month, not on {date}."),
        _("Change effective_from."),
        _(
            "The date is the day of the announcement or of the decision. Editions judge whole months and "
            "therefore start with one."
        ),
    ),
    Code(
        "SW202",
        ERROR,
        _("No edition takes effect on {date}."),
        _("Name the revision by an edition’s effective_from: {known}."),
        _("A revision was dated by the day it was written, or its edition is not in editions.yml yet."),
    ),
    Code(
        "SW203",
        ERROR,
        _("The folder has no revision."),
        _("Write a revision named by an edition’s date."),
        _("The folder was begun with its standard.yml or page.yml alone."),
    ),
    Code(
        "SW204",
        ERROR,
        _("A revision has exactly one main measure; here are {count}."),
        _("Set “role: main” on one measure."),
        _(
            "Two measures are marked as the main one, or none is. The main measure decides the standard’s status, "
            "so there must be one and only one."
        ),
    ),
    Code(
        "SW205",
        ERROR,
        _("A measure of kind {kind} does not have “{field}”."),
        _("Remove it."),
        _(
            "A measure was copied from one of another kind, or “role: info” was given limits, which would suggest "
            "a verdict."
        ),
    ),
    Code(
        "SW206",
        ERROR,
        _("A measure of kind {kind} needs “{field}”."),
        _("Add “{field}:”."),
        _(
            "Something without which the figure cannot be computed or judged is not there: the denominator of a "
            "ratio, the limits of a scored measure."
        ),
    ),
    Code(
        "SW207",
        ERROR,
        _("The limits are in the wrong order: met {met}, near {near}."),
        _("With “higher”, near is at most met; with “lower”, at least; a range lies within the near range."),
        _("“met” and “near” were swapped, or “better:” says the opposite of what is meant."),
    ),
    Code(
        "SW208",
        ERROR,
        _("Expression: {problem}"),
        _("See the list of functions and operators in the file reference."),
        _(
            "A formula has a typing error, an operator that is not available, or compares values of different "
            "kinds (a text with a number, a date with a text)."
        ),
    ),
    Code(
        "SW209",
        ERROR,
        _("The column “{column}” is unknown in “{source}”.{hint}"),
        _("Known columns: {known}."),
        _(
            "The formula names a column by its header in the file instead of its name in sources.yml, or the "
            "column was renamed there."
        ),
    ),
    Code(
        "SW210",
        ERROR,
        _("The expression is of type {found}; {expected} is needed."),
        _("Change the expression."),
        _("A condition stands where a number is wanted, or a number where a condition is."),
    ),
    Code(
        "SW211",
        ERROR,
        _("“{column}” is a snapshot or a distinct count and never adds up over months."),
        _("Set “window: month”."),
        _(
            "The measure has “window: rolling” or “year-to-date” over a column with “accumulate: last” or "
            "“distinct”. A pipeline of three months is not the sum of three pipelines, and a customer of two "
            "months is one customer."
        ),
    ),
    Code(
        "SW212",
        ERROR,
        _("“carry” says that only limits changed, but {what} of “{measure}” changed."),
        _("Set “on_change: restart”."),
        _(
            "The revision says that windows may reach back over it, but counts something else than before. A "
            "figure would then mix two definitions."
        ),
    ),
    Code(
        "SW213",
        ERROR,
        _("The revision was published on {published}, after it took effect, and changes what is scored."),
        _("Add “retroactive:” with reason and agreement_ref, or a later date."),
        _(
            "An edition became known only after months had passed that it would judge. Nobody can work towards a "
            "target that is not published."
        ),
    ),
    Code(
        "SW214",
        ERROR,
        _("The export rule “{rule}” is {rule_value}, but the export says {found}."),
        _("Export with the rule in force, or change the revision."),
        _(
            "The CRM’s report was set up with another value than the one the standard names, for example "
            "opportunities that count as stale after 45 days instead of 30."
        ),
    ),
    Code(
        "SW215",
        ERROR,
        _("No source of this standard has a column “{rule}” that shows the export rule."),
        _("Add the column to the export and to sources.yml."),
        _(
            "The standard names a rule of the export, but no file of its sources repeats it, so nobody could see "
            "that the export follows it."
        ),
    ),
    Code(
        "SW216",
        ERROR,
        _("The wording in “{language}” is missing."),
        _("Write {file}."),
        _("A text was written in one language only, or its file is named by another date or language code."),
    ),
    Code(
        "SW217",
        ERROR,
        _("The section “{section}” is missing."),
        _("Add a heading with {{#{section}}}."),
        _(
            "A section that each standard has was left out, or its heading has no id in braces. Sections are "
            "found by their id, since headings are translated."
        ),
    ),
    Code(
        "SW218",
        ERROR,
        _("The sections differ from the original: {found} instead of {expected}."),
        _("Use the same sections in the same order in each language."),
        _("A section was added, removed or moved in one language and not in the others."),
    ),
    Code(
        "SW219",
        ERROR,
        _("The link “{target}” leads nowhere.{hint}"),
        _("Known: {known}."),
        _("The standard or page was renamed or removed, or the link has a typing error."),
    ),
    Code(
        "SW220",
        ERROR,
        _("The page has no title."),
        _("Begin with “# Title”."),
        _("The file does not begin with a heading of the first level; often it begins with “##”."),
    ),
    Code(
        "SW221",
        ERROR,
        _("The number {number} is used by “{other}” as well."),
        _("Give each standard its own number."),
        _("A standard was copied with its number."),
    ),
    Code(
        "SW222",
        ERROR,
        _("“{source}” cannot be joined: it has rows per {extra}, which “{primary}” has not."),
        _("Join only sources with the same or fewer keys."),
        _(
            "A measure counted per person uses a column of a source that has several rows per person (one per "
            "product line). Which of them would be meant is open."
        ),
    ),
    Code(
        "SW223",
        ERROR,
        _("“by: product_line” needs a source with product lines."),
        _("Choose another source, or remove it."),
        _("The source’s key has no product line, so its figures cannot be told apart by line."),
    ),
    Code(
        "SW224",
        ERROR,
        _("No method is in force for the first edition."),
        _("Write method/{date}.yml and its wording."),
        _("The first revision of the method is dated later than the first edition, or the folder “method” is missing."),
    ),
    Code(
        "SW225",
        WARNING,
        _("The file does not belong to anything known and is ignored."),
        _("Remove it, or name it as the reference says."),
        _(
            "A draft, a copy of an editor or an office program, or a file with a typing error in its name lies in "
            "the folder."
        ),
    ),
    Code(
        "SW226",
        ERROR,
        _("The name of the file is not a date."),
        _("Name it like 2026-01-01.yml."),
        _("A revision is named by a date that does not exist, or not by a date at all."),
    ),
    Code(
        "SW227",
        ERROR,
        _("Two editions start on {date}."),
        _("Give each edition its own month."),
        _("An edition was copied without a new date."),
    ),
    Code(
        "SW228",
        ERROR,
        _("“{measure}” cannot be added up over people, or is not scored."),
        _("Choose a measure of kind proportion, ratio or sum; for “headline” one with role main or second."),
        _(
            "The organisation’s page would show the mean of people’s values, or a measure without a verdict. Only "
            "sums over sums are right for a team."
        ),
    ),
    Code(
        "SW229",
        ERROR,
        _("A revision that holds retroactively changes the export rule “{rule}” from {was} to {found}."),
        _("Keep the rule, or name the revision by a later day: exports of months past were made by the old one."),
        _("The CRM cannot decide anew for months that it has exported; their figures would mix two rules."),
    ),
    Code(
        "SW230",
        WARNING,
        _("The marked term “{term}” is not in the glossary.{hint}"),
        _("Define it in glossary.yml, or take the mark away; until then its words stand without a definition."),
        _("The id after “term:” has a typing error, or the term was renamed or removed in the glossary."),
    ),
    Code(
        "SW231",
        ERROR,
        _("The word “{word}” already belongs to the term “{other}”."),
        _("Leave it to one of the two, or merge them."),
        _("A synonym was added that is the name of another term. A reader who looks it up would find two meanings."),
    ),
    Code(
        "SW232",
        ERROR,
        _("The sample scorecard has the name of a person of the roster."),
        _("Give it an invented name: everybody may read it."),
        _("A real scorecard served as the model for sample.yml, or somebody of that name has joined since."),
    ),
    Code(
        "SW233",
        ERROR,
        _("A question needs a right answer, and one that is not."),
        _("Write “right: true” beside the right answers only."),
        _("No answer is marked as right, or all are."),
    ),
    Code(
        "SW234",
        WARNING,
        _("The passage in “{language}” does not stand in the section “{section}”."),
        _("Quote it word for word, or ask something that the text still says."),
        _("The wording was changed, and with it perhaps the right answer; or the passage belongs to another section."),
    ),
)
