"""Faults of the input: a table of codes, and a collection that never prints.

A diagnostic says where (file, line, column), what is wrong and what to do. Its text is a template of the catalogue
(English message ids, translated in ``theme/locales``), so that a diagnostic can be shown in the reader's language
wherever it is reported.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum


class Severity(StrEnum):
    """An error stops the build; a warning does so only with ``--strict``; a note never does."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of fault."""

    code: str
    severity: Severity
    what: str
    """Message id; ``{name}`` fields are filled from the diagnostic's values."""
    cure: str
    """What to do, as a message id with the same fields."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a fault is. ``line`` and ``column`` count from 1; 0 means the whole file."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        if not self.line:
            return self.file
        return f"{self.file}:{self.line}:{self.column}" if self.column else f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One fault at one place."""

    code: Code
    place: Place
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def sort_key(self) -> tuple[str, int, int, str]:
        """Files in order, and lines within a file."""
        return (self.place.file, self.place.line, self.place.column, self.code.code)


class Diagnostics:
    """The faults of one run, in the order of their places. Equal faults are kept once."""

    def __init__(self) -> None:
        self._found: dict[tuple[object, ...], Diagnostic] = {}

    def add(self, code: str, place: Place, /, **values: object) -> None:
        """Record a fault. ``values`` fill the code's texts."""
        texts = {name: str(value) for name, value in values.items()}
        self._keep(Diagnostic(CODES[code], place, texts))

    def _keep(self, diagnostic: Diagnostic) -> None:
        key = (diagnostic.code.code, diagnostic.place, tuple(sorted(diagnostic.values.items())))
        self._found.setdefault(key, diagnostic)

    def extend(self, others: Iterable[Diagnostic]) -> None:
        """Take over the diagnostics of a part of the run."""
        for other in others:
            self._keep(other)

    def soften(self, prefix: str, /, **values: object) -> int:
        """Make warnings of the errors in files whose names begin with a prefix, with further values; how many."""
        bad = {
            key: one
            for key, one in self._found.items()
            if one.code.severity is Severity.ERROR and one.place.file.startswith(prefix)
        }
        texts = {name: str(value) for name, value in values.items()}
        for key, one in bad.items():
            del self._found[key]
            self._keep(Diagnostic(replace(one.code, severity=Severity.WARNING), one.place, {**one.values, **texts}))
        return len(bad)

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(sorted(self._found.values(), key=lambda diagnostic: diagnostic.sort_key))

    def __len__(self) -> int:
        return len(self._found)

    @property
    def errors(self) -> list[Diagnostic]:
        """The faults that stop a build."""
        return [diagnostic for diagnostic in self if diagnostic.code.severity is Severity.ERROR]

    @property
    def warnings(self) -> list[Diagnostic]:
        """The faults that do not."""
        return [diagnostic for diagnostic in self if diagnostic.code.severity is Severity.WARNING]


def _(message: str) -> str:
    """Mark a message for the catalogue."""
    return message


def _table(*rows: tuple[str, Severity, str, str]) -> dict[str, Code]:
    table: dict[str, Code] = {}
    for code, severity, what, cure in rows:
        if code in table:
            raise ValueError(code)
        table[code] = Code(code, severity, what, cure)
    return table


_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE

CODES: Mapping[str, Code] = _table(
    # 1xx: YAML files
    ("SW101", _E, _("This is not valid YAML: {problem}"), _("Correct the line, or the one before it.")),
    ("SW102", _E, _("The key “{key}” appears twice."), _("Keep one of the two.")),
    ("SW103", _E, _("Aliases, anchors, tags and merge keys are not used here."), _("Write the value out.")),
    ("SW104", _E, _("“{key}” is missing."), _("Add “{key}:”.")),
    ("SW105", _E, _("“{key}” is not a known key here.{hint}"), _("Known keys: {known}.")),
    ("SW106", _E, _("{value} is not {expected}."), _("Write {expected}.")),
    ("SW107", _E, _("The file is missing."), _("Write the file.")),
    ("SW108", _E, _("The file is not UTF-8 text (byte {offset})."), _("Save it as UTF-8.")),
    ("SW109", _E, _("The text for “{language}” is missing."), _("Write the text in each language of the handbook.")),
    ("SW110", _E, _("“{language}” is not a language of the handbook."), _("Languages: {known}.")),
    (
        "SW111",
        _E,
        _("“{value}” is not a usable id."),
        _("Use a–z, 0–9 and “-”, at most 60 characters, not a name reserved by Windows."),
    ),
    ("SW112", _E, _("“{value}” appears twice."), _("Give each its own id.")),
    ("SW113", _E, _("“{value}” is unknown.{hint}"), _("Known: {known}.")),
    # 2xx: standards and editions
    ("SW201", _E, _("An edition starts on the first day of a month, not on {date}."), _("Change effective_from.")),
    (
        "SW202",
        _E,
        _("No edition takes effect on {date}."),
        _("Name the revision by an edition’s effective_from: {known}."),
    ),
    ("SW203", _E, _("The standard has no revision."), _("Write a revision named by an edition’s date.")),
    (
        "SW204",
        _E,
        _("A revision has exactly one main measure; here are {count}."),
        _("Set “role: main” on one measure."),
    ),
    ("SW205", _E, _("A measure of kind {kind} does not have “{field}”."), _("Remove it.")),
    ("SW206", _E, _("A measure of kind {kind} needs “{field}”."), _("Add “{field}:”.")),
    (
        "SW207",
        _E,
        _("The limits are in the wrong order: met {met}, near {near}."),
        _("With “higher”, near is at most met; with “lower”, at least; a range lies within the near range."),
    ),
    ("SW208", _E, _("Expression: {problem}"), _("See the list of functions and operators in the file reference.")),
    ("SW209", _E, _("The column “{column}” is unknown in “{source}”.{hint}"), _("Known columns: {known}.")),
    ("SW210", _E, _("The expression is of type {found}; {expected} is needed."), _("Change the expression.")),
    (
        "SW211",
        _E,
        _("“{column}” is a snapshot or a distinct count and never adds up over months."),
        _("Set “window: month”."),
    ),
    (
        "SW212",
        _E,
        _("“carry” says that only limits changed, but {what} of “{measure}” changed."),
        _("Set “on_change: restart”."),
    ),
    (
        "SW213",
        _E,
        _("The revision was published on {published}, after it took effect, and changes what is scored."),
        _("Add “retroactive:” with reason and agreement_ref, or a later date."),
    ),
    (
        "SW214",
        _E,
        _("The export rule “{rule}” is {rule_value}, but the export says {found}."),
        _("Export with the rule in force, or change the revision."),
    ),
    (
        "SW215",
        _E,
        _("No source of this standard has a column “{rule}” that shows the export rule."),
        _("Add the column to the export and to sources.yml."),
    ),
    ("SW216", _E, _("The wording in “{language}” is missing."), _("Write {file}.")),
    ("SW217", _E, _("The section “{section}” is missing."), _("Add a heading with {{#{section}}}.")),
    (
        "SW218",
        _E,
        _("The sections differ from the original: {found} instead of {expected}."),
        _("Use the same sections in the same order in each language."),
    ),
    ("SW219", _E, _("The link “{target}” leads nowhere.{hint}"), _("Known: {known}.")),
    ("SW220", _E, _("The page has no title."), _("Begin with “# Title”.")),
    ("SW221", _E, _("The number {number} is used by “{other}” as well."), _("Give each standard its own number.")),
    (
        "SW222",
        _E,
        _("“{source}” cannot be joined: it has rows per {extra}, which “{primary}” has not."),
        _("Join only sources with the same or fewer keys."),
    ),
    (
        "SW223",
        _E,
        _("“by: product_line” needs a source with product lines."),
        _("Choose another source, or remove it."),
    ),
    ("SW224", _E, _("No method is in force for the first edition."), _("Write method/{date}.yml and its wording.")),
    (
        "SW225",
        _W,
        _("The file does not belong to anything known and is ignored."),
        _("Remove it, or name it as the reference says."),
    ),
    ("SW226", _E, _("The name of the file is not a date."), _("Name it like 2026-01-01.yml.")),
    ("SW227", _E, _("Two editions start on {date}."), _("Give each edition its own month.")),
    # 3xx: sources and CSV files
    ("SW301", _E, _("The file is empty."), _("Export it again with its header line.")),
    ("SW302", _E, _("The column “{column}” is missing."), _("Accepted headers: {known}.")),
    ("SW303", _E, _("The header “{header}” is unknown.{hint}"), _("Known columns: {known}.")),
    ("SW304", _E, _("The header “{header}” appears twice."), _("Keep one column.")),
    ("SW305", _E, _("The row has {found} cells; the header has {expected}."), _("Correct the row.")),
    ("SW306", _E, _("{column}: {value} is not {expected}."), _("Write it like {example}.")),
    ("SW307", _E, _("{column} is empty."), _("Fill in the cell, or set “required: false” for the column.")),
    ("SW308", _E, _("{column}: {value} is below {limit}."), _("Check the figure.")),
    ("SW309", _E, _("{column}: {value} is above {limit}."), _("Check the figure.")),
    ("SW310", _E, _("{column}: {value} is not one of {known}."), _("Use one of the values.")),
    ("SW311", _E, _("A row for {key} appears twice; the first is in line {line}."), _("Keep one row per key.")),
    ("SW312", _E, _("The rep “{rep}” is unknown.{hint}"), _("Correct the id, or add the person to reps.csv.")),
    ("SW313", _E, _("The product line “{line}” is unknown.{hint}"), _("Known: {known}.")),
    ("SW314", _E, _("“{rep}” is not on the roster in {month}."), _("Correct the row, or the dates in reps.csv.")),
    ("SW315", _E, _("“{line}” is not assigned to “{rep}” in {month}."), _("Correct the row, or add the assignment.")),
    ("SW316", _E, _("The row is for {found}, but the folder is {month}."), _("Move the row to the right month.")),
    (
        "SW317",
        _N,
        _("The file is missing; its measures have no data in {month}."),
        _("Export it, or switch the source off."),
    ),
    ("SW318", _N, _("No row for {missing}."), _("Add the rows: what is missing is shown as “no data”.")),
    (
        "SW319",
        _E,
        _("The file is not in {encoding} (line {line})."),
        _("Set “encoding:” of the source, or export again."),
    ),
    (
        "SW320",
        _W,
        _("The file does not belong to any source and is ignored.{hint}"),
        _("Name it as in sources.yml, or remove it."),
    ),
    ("SW321", _E, _("{column}: {value} is a percentage."), _("Export numerator and denominator instead.")),
    (
        "SW322",
        _E,
        _("Numerator {numerator} and denominator {denominator} of “{measure}” do not make a proportion."),
        _("The numerator lies between 0 and the denominator; both are whole numbers."),
    ),
    ("SW323", _E, _("A quotation mark in this row is not closed."), _("Correct the quotes of the row.")),
    (
        "SW324",
        _E,
        _("{column}: {value} is {first} or {second}, and no other cell of the column says which."),
        _("Set “locale:” of the source, for example to de or en."),
    ),
    (
        "SW325",
        _E,
        _("{column}: {value} is written in another way than {other} in line {line}."),
        _("Export the whole column in one format."),
    ),
    (
        "SW326",
        _E,
        _("{column}: {value} is not in {currency}."),
        _("Export the amounts in the currency of handbook.yml."),
    ),
    (
        "SW327",
        _E,
        _("{column}: {value} may begin with the day or with the month."),
        _("Set “dates: day-first” or “dates: month-first” for the source, or export dates like 2026-03-31."),
    ),
    (
        "SW328",
        _E,
        _("{column}: {value} has a year of two digits."),
        _("Export dates like 31.03.2026 or 2026-03-31."),
    ),
    (
        "SW329",
        _E,
        _("The bytes leave the encoding open: {byte} in line {line} is a different letter in each."),
        _("Set “encoding:” of the source, for example to cp1252, or export as UTF-8."),
    ),
    (
        "SW330",
        _E,
        _("The character {character} in line {line} is no text."),
        _("Export the file again as CSV, and set “encoding:” of the source."),
    ),
    (
        "SW331",
        _E,
        _("None of the delimiters ; , tab | gives the columns that are wanted."),
        _("Check the header, or set “delimiter:”. Known columns: {known}."),
    ),
    (
        "SW332",
        _E,
        _("The cells are separated by “{found}”, not by “{delimiter}”."),
        _("Set “delimiter:” of the source."),
    ),
    (
        "SW333",
        _N,
        _("The last line is not ended: the file may be cut off."),
        _("Export it again, or end the line."),
    ),
    (
        "SW334",
        _E,
        _("The footer is not there: the file may be cut off."),
        _("Export it again, or change “footer:” of the source."),
    ),
    (
        "SW335",
        _E,
        _("{column} is empty, but it is required when {condition}."),
        _("Fill in the cell."),
    ),
    (
        "SW336",
        _E,
        _("{column}: {value} appears twice; the first is in line {line}."),
        _("Keep one of the two."),
    ),
    (
        "SW337",
        _E,
        _("{column}: {value} is not in {month}."),
        _("Correct the date, or move the row to the right month."),
    ),
    (
        "SW338",
        _E,
        _("A space stands before a quotation mark."),
        _("Remove the space: the quotation mark must be the first character of its cell."),
    ),
    (
        "SW339",
        _E,
        _("“{column}” cannot be a column of a wide file."),
        _("A wide file has its keys and one value. Export the file with one row per value, or ignore the column."),
    ),
    (
        "SW340",
        _W,
        _("Line {line} has the sign “�” for a letter that was lost in an earlier conversion."),
        _("Export the file again."),
    ),
    (
        "SW341",
        _W,
        _("The cell {value} has a quotation mark, but is not quoted; it is read as it stands."),
        _("Look at the cell: a quotation mark is lost, or the export does not quote cells with quotation marks."),
    ),
    # 4xx: roster, calendar, access
    ("SW401", _E, _("Team and role change on the first of a month, not on {date}."), _("Change valid_from.")),
    ("SW402", _E, _("Two rows of “{rep}” cover {date}."), _("End the first before the second begins.")),
    ("SW403", _E, _("valid_to {to} is before valid_from {start}."), _("Correct the dates.")),
    ("SW404", _E, _("The team “{team}” is unknown on {date}.{hint}"), _("Known teams: {known}.")),
    ("SW405", _E, _("The role “{role}” is unknown.{hint}"), _("Known roles: {known}.")),
    ("SW406", _E, _("The lead “{lead}” is not on the roster.{hint}"), _("Use a rep id of reps.csv.")),
    (
        "SW407",
        _E,
        _("“{line}” of “{rep}” has different credit shares on the same day."),
        _("Give both rows the same share."),
    ),
    ("SW408", _E, _("The standard “{standard}” is unknown.{hint}"), _("Known: {known}.")),
    (
        "SW409",
        _E,
        _("{name} and started_on differ between the rows of “{rep}”."),
        _("A person’s name, login and start date stay the same."),
    ),
    ("SW410", _E, _("The region “{region}” of “{country}” is unknown."), _("Known: {known}.")),
    ("SW411", _N, _("There is no access.yml: only the handbook is built."), _("Write scorecards/access.yml.")),
    ("SW412", _E, _("The login “{login}” belongs to two people."), _("Give each person their own login.")),
    (
        "SW413",
        _W,
        _("{month} is held back: its files have faults ({count})."),
        _("Mend them. Until then the month and every window that includes it show no figure."),
    ),
    # 5xx: pages
    ("SW501", _E, _("Two pages would be written to “{path}”."), _("Rename one of the two.")),
    (
        "SW502",
        _E,
        _("The language “{language}” has no catalogue of interface texts."),
        _("Add {language}.po to the theme’s locales."),
    ),
    ("SW503", _W, _("“{message}” is not translated into “{language}”."), _("Complete the catalogue.")),
    # 6xx: seals, closed months, corrections
    (
        "SW601",
        _E,
        _("“{field}” was changed after it was sealed on {on}."),
        _(
            "Restore it; write a new revision (standardwerk revise {id} --from DATE); "
            "mend a slip by an entry in errata."
        ),
    ),
    ("SW602", _W, _("What is in force is not sealed yet."), _("Run “standardwerk seal”.")),
    ("SW603", _E, _("“{field}” is sealed and no longer there."), _("Restore it.")),
    (
        "SW604",
        _E,
        _("“{field}” was added to what is sealed."),
        _("Remove it, or write a new revision; give a new name its valid_from."),
    ),
    (
        "SW605",
        _N,
        _("Nothing is sealed: a change of a text in force would not be noticed."),
        _("Run “standardwerk seal”."),
    ),
    (
        "SW606",
        _W,
        _("“{field}” in “{language}” is as it was; “{original}” has changed."),
        _("Bring it up to date, or say that it is with “standardwerk translated {id} {language}”."),
    ),
    (
        "SW607",
        _E,
        _("The erratum’s text “{text}” does not stand exactly once in “{field}”."),
        _("Quote as many words as make it unmistakable."),
    ),
    ("SW608", _E, _("The reason is not written yet."), _("Say in “{language}” why the standard changes.")),
    (
        "SW609",
        _E,
        _("The name “{field}” was changed after it was sealed on {on}."),
        _("Restore it, and add an entry with the new name and its valid_from."),
    ),
    (
        "SW611",
        _E,
        _("The file of the closed month is not as it was written."),
        _("Restore the file; figures change by “standardwerk correct”."),
    ),
    (
        "SW612",
        _E,
        _("{rep}, {standard}, {measure}: published {published} ({published_state}), now {now} ({now_state})."),
        _("Restore the input of {month} or before, or record the reason with “standardwerk correct”."),
    ),
    ("SW613", _E, _("{month} is not closed, or lies before the month whose input changed."), _("Remove the entry.")),
    (
        "SW614",
        _E,
        _("“{missing}”, by which the closed month was judged, is not there."),
        _("Restore it: a closed month keeps what it was judged by."),
    ),
    (
        "SW615",
        _N,
        _("Files of the closed month {month} have changed, but no published figure: {files}."),
        _("Nothing needs to be done."),
    ),
)
