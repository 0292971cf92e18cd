"""Faults of the input: a table of codes, and a collection that never prints.

A diagnostic says where (file, line, column), what is wrong and what to do. Its text is a template of the catalogue
(English message ids, translated in ``theme/locales``), so that a diagnostic can be shown in the reader's language
wherever it is reported.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
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
        diagnostic = Diagnostic(CODES[code], place, texts)
        self._found.setdefault((code, place, tuple(sorted(texts.items()))), diagnostic)

    def extend(self, others: Iterable[Diagnostic]) -> None:
        """Take over the diagnostics of a part of the run."""
        for other in others:
            self.add(other.code.code, other.place, **other.values)

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
    ("SW101", _E, _("This is not YAML: {problem}"), _("Mend the line, or the one before it.")),
    ("SW102", _E, _("The key “{key}” stands twice."), _("Keep one of the two.")),
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
    ("SW112", _E, _("“{value}” stands twice."), _("Give each its own id.")),
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
    ("SW224", _E, _("The first edition has no method in force."), _("Write method/{date}.yml and its wording.")),
    ("SW225", _W, _("The file belongs to nothing and is ignored."), _("Remove it, or name it as the reference says.")),
    ("SW226", _E, _("The name of the file is not a date."), _("Name it like 2026-01-01.yml.")),
    ("SW227", _E, _("Two editions start on {date}."), _("Give each edition its own month.")),
    # 3xx: sources and CSV files
    ("SW301", _E, _("The file is empty."), _("Export it again with its header line.")),
    ("SW302", _E, _("The column “{column}” is missing."), _("Accepted headers: {known}.")),
    ("SW303", _E, _("The header “{header}” is unknown.{hint}"), _("Known columns: {known}.")),
    ("SW304", _E, _("The header “{header}” stands twice."), _("Keep one column.")),
    ("SW305", _E, _("The row has {found} cells; the header has {expected}."), _("Mend the row.")),
    ("SW306", _E, _("{column}: {value} is not {expected}."), _("Write it like {example}.")),
    ("SW307", _E, _("{column} is empty."), _("Fill in the cell, or set “required: false” for the column.")),
    ("SW308", _E, _("{column}: {value} is below {limit}."), _("Check the figure.")),
    ("SW309", _E, _("{column}: {value} is above {limit}."), _("Check the figure.")),
    ("SW310", _E, _("{column}: {value} is not one of {known}."), _("Use one of the values.")),
    ("SW311", _E, _("A row for {key} stands twice; the first is in line {line}."), _("Keep one row per key.")),
    ("SW312", _E, _("The rep “{rep}” is unknown.{hint}"), _("Correct the id, or add the person to reps.csv.")),
    ("SW313", _E, _("The product line “{line}” is unknown.{hint}"), _("Known: {known}.")),
    ("SW314", _E, _("“{rep}” is not on the roster in {month}."), _("Correct the row, or the dates in reps.csv.")),
    ("SW315", _E, _("“{rep}” has no “{line}” assigned in {month}."), _("Correct the row, or add the assignment.")),
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
        _("The bytes are not {encoding} (line {line})."),
        _("Set “encoding:” of the source, or export again."),
    ),
    ("SW320", _W, _("The file is of no source and is ignored.{hint}"), _("Name it as in sources.yml, or remove it.")),
    ("SW321", _E, _("{column}: {value} is a percentage."), _("Export numerator and denominator instead.")),
    (
        "SW322",
        _E,
        _("Numerator {numerator} and denominator {denominator} of “{measure}” are no proportion."),
        _("The numerator lies between 0 and the denominator; both are whole numbers."),
    ),
    ("SW323", _E, _("A quotation mark in this row is not closed."), _("Mend the quotes of the row.")),
    # 4xx: roster, calendar, access
    ("SW401", _E, _("Team and role change on the first of a month, not on {date}."), _("Change valid_from.")),
    ("SW402", _E, _("Two rows of “{rep}” cover {date}."), _("End the first before the second begins.")),
    ("SW403", _E, _("valid_to {to} lies before valid_from {start}."), _("Correct the dates.")),
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
        _("A person keeps name, login and start."),
    ),
    ("SW410", _E, _("The region “{region}” of “{country}” is unknown."), _("Known: {known}.")),
    ("SW411", _N, _("There is no access.yml: only the handbook is built."), _("Write scorecards/access.yml.")),
    ("SW412", _E, _("The login “{login}” belongs to two people."), _("Give each person her own login.")),
    # 5xx: pages
    ("SW501", _E, _("Two pages would be written to “{path}”."), _("Rename one of the two.")),
    (
        "SW502",
        _E,
        _("The language “{language}” has no catalogue of interface texts."),
        _("Add {language}.po to the theme’s locales."),
    ),
    ("SW503", _W, _("“{message}” is not translated into “{language}”."), _("Complete the catalogue.")),
)
