"""Small worlds in memory: one person, one standard, one source, as evaluation gets them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import settings

from standardwerk.evaluate.people import PlanBook, evaluate_person
from standardwerk.model.calendar import Calendar, CalendarForm, workdays_of
from standardwerk.model.handbook import (
    Edition,
    Handbook,
    Measure,
    Method,
    MethodForm,
    Names,
    Revision,
    RevisionForm,
    Standard,
    StandardForm,
)
from standardwerk.model.months import Month, months_between
from standardwerk.model.project import Row, Scoring
from standardwerk.model.roster import Assignment, Exemption, Person, Rep
from standardwerk.model.scores import Figure, MeasureScore, Scorecard, State
from standardwerk.model.sources import Dialect, Source, SourceForm, Sources, assignments_source

X = {"de": "x"}
DIALECT = Dialect("de", ";", "utf-8")
START = date(2020, 1, 1)

#: How many times as many cases as usual property tests try: ``STANDARDWERK_FUZZ=100``.
TIMES = int(os.environ.get("STANDARDWERK_FUZZ", "1"))
#: Property tests of the core: enough examples to find things, few enough to stay fast.
quick = settings(max_examples=30, deadline=None, database=None)
thorough = settings(max_examples=70 * TIMES, deadline=None, database=None)


def month(text: str) -> Month:
    return Month.parse(text)


def months(first: str, last: str) -> tuple[Month, ...]:
    return tuple(months_between(month(first), month(last)))


def measure(**given: Any) -> Measure:
    """A ratio a ÷ b, the higher the better, in whole percent."""
    fields: dict[str, Any] = {"id": "m", "title": X, "role": "main", "kind": "ratio", "source": "s"}
    if given.get("kind", "ratio") in {"ratio", "proportion"}:
        fields |= {"numerator": "a", "denominator": "b", "unit": "percent"}
    if given.get("kind") in {"sum", "mean"}:
        fields |= {"value": "a"}
    if given.get("kind") != "check" and given.get("role", "main") in {"main", "second"}:
        fields |= {"better": "higher", "bands": {"met": "80", "near": "60"}}
    return Measure.model_validate(fields | given)


def source(
    name: str = "s",
    columns: Mapping[str, Mapping[str, Any]] | None = None,
    keys: tuple[str, ...] = (),
    **form: Any,
) -> Source:
    columns = {"a": {}, "b": {}} if columns is None else columns
    typed = {column: {"type": "number", **fields} for column, fields in columns.items()}
    parsed = SourceForm.model_validate({"key": ("rep", *keys), "columns": typed, **form})
    others = tuple(column for column in typed if column not in keys)
    return Source(name, f"{name}.csv", parsed, DIALECT, keys, ("rep", *keys, *others))


def names(lines: Sequence[str] = ("one", "two")) -> Names:
    return Names.model_validate(
        {
            "title": X,
            "organisation": "O",
            "languages": {"de": {"name": "Deutsch", "locale": "de_DE"}},
            "groups": ({"id": "g", "name": X},),
            "roles": ({"id": "rep", "name": X}, {"id": "lead", "name": X, "scorecard": "false"}),
            "product_lines": tuple({"id": line, "name": X} for line in lines),
        }
    )


def edition(day: date, label: str | None = None, **given: Any) -> Edition:
    fields = {"label": label or str(day), "effective_from": day, "published_on": day, "note": X}
    return Edition.model_validate(fields | given)


def revision(
    measures: Iterable[Measure], day: date = START, run_start: Mapping[str, date] | None = None, **rules: Any
) -> Revision:
    form = RevisionForm.model_validate({"reason": X, "measures": tuple(measures), **rules})
    starts = {one.id: day for one in form.measures} | dict(run_start or {})
    return Revision(day, form, {}, starts)


def standard(revisions: Iterable[Revision], identity: str = "std", number: int = 1, group: str = "g") -> Standard:
    form = StandardForm.model_validate({"number": number, "group": group, "owner": X})
    return Standard(identity, form, tuple(revisions))


def handbook(standards: Iterable[Standard], days: Iterable[date] = (START,), **method: Any) -> Handbook:
    first, *_ = days = sorted(days)
    form = MethodForm.model_validate({"reason": X, **method})
    return Handbook(names(), tuple(map(edition, days)), tuple(standards), (Method(first, form, {}),))


def scoring(
    book: Handbook,
    sources: Iterable[Source],
    span: tuple[Month, ...],
    absent: Mapping[str, Iterable[Month]] | None = None,
    numbers: Iterable[int] = (),
    **calendar: Any,
) -> Scoring:
    """A scoring in which every file is there but those of ``absent``."""
    known = {one.name: one for one in sources} | {"assignments": assignments_source(DIALECT)}
    days = Calendar(CalendarForm.model_validate(calendar), frozenset())
    present = {name: frozenset(span) - frozenset((absent or {}).get(name, ())) for name in known}
    return Scoring(book, Sources(DIALECT, known), days, workdays_of(days, list(span), set(numbers)), span, present)


def rep(identity: str = "ann", start: date = START, end: date | None = None, **given: Any) -> Rep:
    fields = {"name": identity.title(), "login": "", "role": "rep", "team": "t", "started_on": start} | given
    return Rep(identity, valid_from=given.get("valid_from", start), valid_to=end, line=2, **_without(fields))


def _without(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if name != "valid_from"}


def assignment(
    line: str,
    share: str = "1",
    start: date = START,
    end: date | None = None,
    ramp_from: date | None = None,
    at: int = 2,
) -> Assignment:
    return Assignment("ann", "", line, Decimal(share), start, end, ramp_from, at)


def person(
    *rows: Rep,
    lines: Iterable[Assignment | str] = (),
    availability: Mapping[str, str] | None = None,
    exemptions: Iterable[tuple[str, date, date | None]] = (),
) -> Person:
    return Person(
        rows[0].id if rows else "ann",
        rows or (rep(),),
        tuple(assignment(line) if isinstance(line, str) else line for line in lines),
        {month(text): Decimal(share) for text, share in (availability or {}).items()},
        tuple(Exemption("ann", name, first, last, "", 2) for name, first, last in exemptions),
    )


Cells = Mapping[str, Any]


def rows_in(given: Mapping[str, Sequence[Cells]], of: Source, who: str = "ann") -> dict[Month, tuple[Row, ...]]:
    """Rows as loading hands them over; the n-th row of a month stands in line n + 1."""
    return {
        month(text): tuple(
            (tuple(who if column == "rep" else cells.get(column) for column in of.columns), line)
            for line, cells in enumerate(its, 2)
        )
        for text, its in given.items()
    }


class World:
    """One standard with its measures, one person, and rows by source and month."""

    def __init__(
        self,
        *measures: Measure,
        sources: Sequence[Source] = (),
        who: Person | None = None,
        span: tuple[str, str] = ("2026-01", "2026-06"),
        revisions: Sequence[Revision] = (),
        absent: Mapping[str, Sequence[str]] | None = None,
        numbers: Iterable[int] = (),
        calendar: Mapping[str, Any] | None = None,
        rules: Mapping[str, Any] | None = None,
        **method: Any,
    ) -> None:
        self.sources = list(sources) or [source()]
        self.who = who or person()
        revisions = revisions or [revision(measures, **(rules or {}))]
        days = {START, *(one.effective_from for one in revisions)}
        self.scoring = scoring(
            handbook([standard(revisions)], days, **method),
            self.sources,
            months(*span),
            {name: [month(one) for one in its] for name, its in (absent or {}).items()},
            numbers,
            **(calendar or {}),
        )

    def cards(self, **rows: Mapping[str, Sequence[Cells]]) -> dict[str, Scorecard]:
        known = {one.name: one for one in self.sources}
        given = {name: rows_in(its, known[name]) for name, its in rows.items()}
        return {str(card.month): card for card in evaluate_person(PlanBook(self.scoring), self.who, given)}

    def score(self, at: str, identity: str = "m", **rows: Mapping[str, Sequence[Cells]]) -> MeasureScore:
        card = self.cards(**rows)[at]
        return next(one for one in card.standards[0].measures if one.measure.id == identity)

    def figure(self, at: str, **rows: Mapping[str, Sequence[Cells]]) -> Figure:
        return self.score(at, **rows).figure

    def state(self, at: str, **rows: Mapping[str, Sequence[Cells]]) -> State | None:
        return self.figure(at, **rows).status


def figure(value: str | None = None, status: State | None = State.MET, **given: Any) -> Figure:
    """A figure as evaluation would make it, for what comes after."""
    fields: dict[str, Any] = dict.fromkeys(Figure.__slots__)
    fields |= {"flags": (), "months": (), "sources": (), "status": status}
    return Figure(**fields | {"value": None if value is None else Decimal(value)} | given)
