"""2xx: standards and editions."""

from __future__ import annotations

from standardwerk.diagnostics.code import ERROR, WARNING, Code, _

CODES = (
    Code(
        "SW201", ERROR, _("An edition starts on the first day of a month, not on {date}."), _("Change effective_from.")
    ),
    Code(
        "SW202",
        ERROR,
        _("No edition takes effect on {date}."),
        _("Name the revision by an edition’s effective_from: {known}."),
    ),
    Code("SW203", ERROR, _("The folder has no revision."), _("Write a revision named by an edition’s date.")),
    Code(
        "SW204",
        ERROR,
        _("A revision has exactly one main measure; here are {count}."),
        _("Set “role: main” on one measure."),
    ),
    Code("SW205", ERROR, _("A measure of kind {kind} does not have “{field}”."), _("Remove it.")),
    Code("SW206", ERROR, _("A measure of kind {kind} needs “{field}”."), _("Add “{field}:”.")),
    Code(
        "SW207",
        ERROR,
        _("The limits are in the wrong order: met {met}, near {near}."),
        _("With “higher”, near is at most met; with “lower”, at least; a range lies within the near range."),
    ),
    Code(
        "SW208", ERROR, _("Expression: {problem}"), _("See the list of functions and operators in the file reference.")
    ),
    Code("SW209", ERROR, _("The column “{column}” is unknown in “{source}”.{hint}"), _("Known columns: {known}.")),
    Code("SW210", ERROR, _("The expression is of type {found}; {expected} is needed."), _("Change the expression.")),
    Code(
        "SW211",
        ERROR,
        _("“{column}” is a snapshot or a distinct count and never adds up over months."),
        _("Set “window: month”."),
    ),
    Code(
        "SW212",
        ERROR,
        _("“carry” says that only limits changed, but {what} of “{measure}” changed."),
        _("Set “on_change: restart”."),
    ),
    Code(
        "SW213",
        ERROR,
        _("The revision was published on {published}, after it took effect, and changes what is scored."),
        _("Add “retroactive:” with reason and agreement_ref, or a later date."),
    ),
    Code(
        "SW214",
        ERROR,
        _("The export rule “{rule}” is {rule_value}, but the export says {found}."),
        _("Export with the rule in force, or change the revision."),
    ),
    Code(
        "SW215",
        ERROR,
        _("No source of this standard has a column “{rule}” that shows the export rule."),
        _("Add the column to the export and to sources.yml."),
    ),
    Code("SW216", ERROR, _("The wording in “{language}” is missing."), _("Write {file}.")),
    Code("SW217", ERROR, _("The section “{section}” is missing."), _("Add a heading with {{#{section}}}.")),
    Code(
        "SW218",
        ERROR,
        _("The sections differ from the original: {found} instead of {expected}."),
        _("Use the same sections in the same order in each language."),
    ),
    Code("SW219", ERROR, _("The link “{target}” leads nowhere.{hint}"), _("Known: {known}.")),
    Code("SW220", ERROR, _("The page has no title."), _("Begin with “# Title”.")),
    Code(
        "SW221", ERROR, _("The number {number} is used by “{other}” as well."), _("Give each standard its own number.")
    ),
    Code(
        "SW222",
        ERROR,
        _("“{source}” cannot be joined: it has rows per {extra}, which “{primary}” has not."),
        _("Join only sources with the same or fewer keys."),
    ),
    Code(
        "SW223",
        ERROR,
        _("“by: product_line” needs a source with product lines."),
        _("Choose another source, or remove it."),
    ),
    Code(
        "SW224", ERROR, _("No method is in force for the first edition."), _("Write method/{date}.yml and its wording.")
    ),
    Code(
        "SW225",
        WARNING,
        _("The file does not belong to anything known and is ignored."),
        _("Remove it, or name it as the reference says."),
    ),
    Code("SW226", ERROR, _("The name of the file is not a date."), _("Name it like 2026-01-01.yml.")),
    Code("SW227", ERROR, _("Two editions start on {date}."), _("Give each edition its own month.")),
    Code(
        "SW228",
        ERROR,
        _("“{measure}” cannot be added up over people, or is not scored."),
        _("Choose a measure of kind proportion, ratio or sum; for “headline” one with role main or second."),
    ),
)
