"""The data-quality page of a month: what came, what is missing, what changed. For the people who run it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from standardwerk.diagnostics import Diagnostic
from standardwerk.model.addends import added_columns
from standardwerk.model.arrivals import Arrival, Arrivals
from standardwerk.model.closing import Correction
from standardwerk.model.imports import ImportedFile
from standardwerk.model.measure import CADENCE_MONTHS
from standardwerk.model.months import Month
from standardwerk.model.project import Project, Scoring
from standardwerk.model.roster import Roster
from standardwerk.model.sources import Source
from standardwerk.site import urls
from standardwerk.site.contexts import MonthLink
from standardwerk.site.intake import SourceIntake, by_file, intake, is_error, path_of
from standardwerk.site.sorting import sort_name
from standardwerk.site.status import Standing, standing

#: Codes that the page tells in another way: what is missing, that the month is held back, files changed since closing.
_TOLD = frozenset({"SW317", "SW318", "SW413", "SW615"})


@dataclass(frozen=True, slots=True)
class Total:
    """The sum of a column over all rows, and what it was."""

    column: str
    title: Mapping[str, str] | None
    unit: str
    """``currency`` or ``number``."""
    now: int | Decimal
    before: int | Decimal | None


@dataclass(frozen=True, slots=True)
class MissingRows:
    """What a file does not have of a person."""

    name: str
    lines: tuple[str, ...]
    """The product lines without a row; empty where rows have none."""


@dataclass(frozen=True, slots=True)
class SourceQuality:
    """A source in a month."""

    intake: SourceIntake
    complete_percent: Decimal | None
    """The share of the expected rows that is there, cut to one decimal: 100 only if nothing is missing."""
    before: Month | None
    """The month that it is compared with: one round earlier; None if nothing came then."""
    rows_before: int | None
    totals: tuple[Total, ...]
    missing: tuple[MissingRows, ...]
    imports: tuple[ImportedFile, ...]
    """What the file was imported from; nothing if it lies there as it came."""


@dataclass(frozen=True, slots=True)
class PersonChange:
    """Someone who came into the files, or is no longer in them."""

    name: str
    kind: str
    """``joined`` (the roster, on ``day``), ``left`` (it, after ``day``), ``here`` (was on the roster before, too; now
    has rows), ``gone`` (is on the roster still; has no row)."""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class MonthCorrection:
    """A correction that touches the month."""

    correction: Correction
    files: tuple[str, ...]
    """The files of this month that were changed."""
    figures: int
    """How many figures of this month were changed."""


@dataclass(frozen=True, slots=True)
class DataQualityContext:
    """What the page shows."""

    month: Month
    as_of: date
    standing: Standing
    sources: tuple[SourceQuality, ...]
    """Those that are due, or came."""
    others: tuple[SourceIntake, ...]
    """Those of which nothing is expected in this month."""
    found: tuple[Diagnostic, ...]
    """Everything else that is wrong or strange in the month's files."""
    held_sources: tuple[Source, ...]
    """Sources that calendar.yml holds back, where it does not hold back the whole month."""
    before: Month | None
    """The month people are compared with; None for the first."""
    appeared: tuple[PersonChange, ...]
    disappeared: tuple[PersonChange, ...]
    changed_files: tuple[tuple[str, bool], ...]
    """Files that have changed since the month was closed (or corrected), and whether they are still there."""
    corrections: tuple[MonthCorrection, ...]
    previous: MonthLink | None
    next: MonthLink | None
    url: str

    @property
    def due(self) -> int:
        """How many files are due, or came."""
        return len(self.sources)

    @property
    def came(self) -> int:
        """How many of them are there."""
        return sum(one.intake.state in {"arrived", "faulty"} for one in self.sources)

    @property
    def expected_rows(self) -> int:
        """How many rows complete files have; of those that say so."""
        return sum(one.intake.arrival.expected or 0 for one in self.sources if one.intake.arrival is not None)

    @property
    def missing_rows(self) -> int:
        """How many of them are not there."""
        return sum(len(one.intake.arrival.missing) for one in self.sources if one.intake.arrival is not None)

    @property
    def complete_percent(self) -> Decimal | None:
        """The share of the expected rows that is there, cut to one decimal."""
        return _share(self.expected_rows, self.missing_rows)

    @property
    def rejected(self) -> int:
        """How many lines have a fault."""
        return sum(one.intake.rejected for one in self.sources)


@dataclass(frozen=True, slots=True)
class Intakes:
    """What the pages of all months are made from."""

    project: Project
    scoring: Scoring
    roster: Roster
    arrivals: Arrivals
    found: tuple[Diagnostic, ...]
    folder: str
    """What the scorecards folder is called in diagnostics."""
    changed: Mapping[Month, Mapping[str, str]]
    """By closed month: files that have changed since, with their hashes (empty: gone)."""
    imports: Mapping[Month, tuple[ImportedFile, ...]] = field(default_factory=dict)
    """By month: what was imported into its folder."""


def data_quality_contexts(given: Intakes, language: str) -> Iterator[DataQualityContext]:
    """The pages of all months in a language, the earliest first."""
    months = tuple(month for month in given.scoring.months if month >= given.project.keeping.scorecards)
    found = by_file(given.found, given.folder)
    for index, month in enumerate(months):
        yield _context(given, found, month, language, months[index - 1 : index], months[index + 1 : index + 2])


def _context(
    given: Intakes,
    found: Mapping[str, tuple[Diagnostic, ...]],
    month: Month,
    language: str,
    previous: tuple[Month, ...],
    following: tuple[Month, ...],
) -> DataQualityContext:
    scoring, as_of = given.scoring, given.project.as_of
    its = intake(scoring, given.arrivals, found, month, as_of)
    shown = [one for one in its if one.state in {"arrived", "faulty", "missing", "awaited"}]
    before = previous[0] if previous else None
    appeared, disappeared = _people(given, month, before)
    held = {one.source for one in scoring.calendar.form.held if one.month == month}
    changed = given.changed.get(month, {})
    return DataQualityContext(
        month=month,
        as_of=as_of,
        standing=standing(scoring, given.project.ledger, month, as_of),
        sources=tuple(_source(given, found, one, month) for one in shown),
        others=tuple(one for one in its if one not in shown),
        found=tuple(
            one
            for file, each in sorted(found.items())
            for one in each
            if file.startswith(f"{month}/") and one.code.code not in _TOLD
        ),
        held_sources=tuple(one.source for one in its if one.source.name in held) if None not in held else (),
        before=before,
        appeared=appeared,
        disappeared=disappeared,
        changed_files=tuple((file, bool(value)) for file, value in sorted(changed.items())),
        corrections=_corrections(given, month),
        previous=_link(language, previous),
        next=_link(language, following),
        url=urls.data_quality(language, month),
    )


def _link(language: str, months: tuple[Month, ...]) -> MonthLink | None:
    return MonthLink(months[0], urls.data_quality(language, months[0])) if months else None


def _source(
    given: Intakes, found: Mapping[str, tuple[Diagnostic, ...]], one: SourceIntake, month: Month
) -> SourceQuality:
    source, arrival = one.source, one.arrival
    round_before = month.plus(-CADENCE_MONTHS[source.form.cadence])
    before = given.arrivals.get(source.name, {}).get(round_before)
    if any(map(is_error, found.get(path_of(source, round_before), ()))):
        # What came of it then is not the whole.
        before = None
    return SourceQuality(
        intake=one,
        complete_percent=_share(arrival.expected, len(arrival.missing)) if arrival is not None else None,
        before=round_before if before is not None else None,
        rows_before=before.rows if before is not None else None,
        totals=_totals(given, source, arrival, before, month) if one.state == "arrived" else (),
        missing=_missing(given.roster, arrival) if arrival is not None else (),
        imports=tuple(
            each for each in given.imports.get(month, ()) if one.path == f"{month}/{each.file}" and arrival is not None
        ),
    )


def _share(expected: int | None, missing: int) -> Decimal | None:
    """In percent, cut to one decimal."""
    return Decimal((expected - missing) * 1000 // expected) / 10 if expected else None


def _totals(
    given: Intakes, source: Source, now: Arrival | None, before: Arrival | None, month: Month
) -> tuple[Total, ...]:
    """The sums of the columns that add up, in the order of the contract."""
    if now is None:
        return ()
    adding = added_columns(given.scoring.handbook, month).get(source.name, frozenset())
    found = []
    for name, total in now.totals.items():
        if name in adding:
            form = source.form.columns.get(name)
            unit = "currency" if form is not None and form.unit == "currency" else "number"
            title = form.title if form is not None else None
            found.append(Total(name, title, unit, total, before.totals.get(name) if before is not None else None))
    return tuple(found)


def _missing(roster: Roster, arrival: Arrival) -> tuple[MissingRows, ...]:
    """By person, by name."""
    lines: dict[str, list[str]] = {}
    for rep, *others in arrival.missing:
        lines.setdefault(rep, []).extend(others)
    return tuple(
        MissingRows(roster.people[rep].name, tuple(its))
        for rep, its in sorted(lines.items(), key=lambda pair: (sort_name(roster.people[pair[0]].name), pair[0]))
    )


def _people(
    given: Intakes, month: Month, before: Month | None
) -> tuple[tuple[PersonChange, ...], tuple[PersonChange, ...]]:
    """Who has rows in the monthly files now and had none, and the other way round."""
    if before is None:
        return (), ()
    now, then = _reps(given, month), _reps(given, before)
    if not now or not then:
        # A month without any file says nothing about people.
        return (), ()
    appeared, disappeared = [], []
    for rep in sorted(now ^ then, key=lambda rep: (sort_name(given.roster.people[rep].name), rep)):
        person = given.roster.people[rep]
        row, earlier = person.in_month(month), person.in_month(before)
        if rep in now:
            joined = row.valid_from if row is not None and earlier is None else None
            appeared.append(PersonChange(person.name, "here" if joined is None else "joined", joined))
        else:
            left = earlier.valid_to if earlier is not None and row is None else None
            disappeared.append(PersonChange(person.name, "gone" if left is None else "left", left))
    return tuple(appeared), tuple(disappeared)


def _reps(given: Intakes, month: Month) -> frozenset[str]:
    sources = given.scoring.sources.sources.values()
    monthly = (one for one in sources if one.form.cadence == "monthly")
    found = (given.arrivals.get(one.name, {}).get(month) for one in monthly)
    return frozenset(rep for arrival in found if arrival is not None for rep in arrival.people)


def _corrections(given: Intakes, month: Month) -> tuple[MonthCorrection, ...]:
    found = []
    for one in given.project.ledger.corrections:
        files = tuple(sorted(one.inputs.get(str(month), {})))
        figures = sum(change.month == month for change in one.changes)
        if (files or figures) and one.date <= given.project.as_of:
            found.append(MonthCorrection(one, files, figures))
    return tuple(found)
