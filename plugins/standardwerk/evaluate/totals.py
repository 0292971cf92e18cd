"""Business totals: the amounts of a measure added up over everybody, scored or not, and its target beside them.

They are no roll-ups of scores. A row counts whoever it belongs to and however new she is, nothing is scaled, and a row
without an agreed target counts all the same. Only named groups see them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from standardwerk.evaluate.parts import MeasurePlan
from standardwerk.model.expressions import Expression
from standardwerk.model.handbook import Measure, MeasureRef, Revision, Standard
from standardwerk.model.months import Month
from standardwerk.model.project import RepRows, Scoring
from standardwerk.model.remainder import Rest, RestKey
from standardwerk.model.roster import Person
from standardwerk.model.scores import Exact


class TotalKey(NamedTuple):
    """What is added up."""

    month: Month
    standard: str
    measure: str
    line: str | None
    """None: rows without product lines."""


@dataclass(slots=True)
class Amounts:
    """Sums of numerators and of denominators; None as long as there is nothing to add."""

    actual: Exact | None = None
    target: Exact | None = None

    def add(self, other: Amounts) -> None:
        """Add further sums."""
        self.actual = plus(self.actual, other.actual)
        self.target = plus(self.target, other.target)


Totals = dict[TotalKey, Amounts]
Shown = Mapping[str | None, Amounts]


def plus(one: Exact | None, other: Exact | None) -> Exact | None:
    """A sum in which nothing stands for nothing."""
    if one is None or other is None:
        return one if other is None else other
    return one + other  # type: ignore[operator]


def add_totals(totals: Totals, more: Mapping[TotalKey, Amounts]) -> None:
    """Add totals to totals."""
    for key, amounts in more.items():
        totals.setdefault(key, Amounts()).add(amounts)


def measure_at(scoring: Scoring, ref: MeasureRef, month: Month) -> tuple[Standard, Revision, Measure] | None:
    """The measure a month has by that name, if it has one."""
    for standard, revision in scoring.judgement(month).standards:
        if standard.id == ref.standard and (measure := revision.measure(ref.measure)) is not None:
            return standard, revision, measure
    return None


@dataclass
class TotalBook:
    """Adds up the totals of a project's months; formulas are compiled once."""

    scoring: Scoring
    _plans: dict[int, tuple[Measure, MeasurePlan, MeasurePlan | None]] = field(default_factory=dict)

    def of_person(self, person: Person, rows: RepRows) -> Totals:
        """What one person's rows add."""
        found: Totals = {}
        for month in self.scoring.months:
            for ref in self.scoring.judgement(month).method.rules.organisation.totals:
                known = measure_at(self.scoring, ref, month)
                if known is not None:
                    self._add(found, ref, known[2], month, person, rows)
        return found

    def _add(
        self, found: Totals, ref: MeasureRef, measure: Measure, month: Month, person: Person, rows: RepRows
    ) -> None:
        actual, target = self._plans_of(measure)
        if any(held.month == month for held in self.scoring.calendar.form.held if self._concerns(actual, held.source)):
            return
        for plan, is_target in ((actual, False), (target, True)):
            if plan is None:
                continue
            for line, part in plan.parts(person, rows, (month,)).get(month, {}).items():
                if part.rows:
                    amounts = Amounts(target=part.numerator) if is_target else Amounts(part.numerator)
                    found.setdefault(TotalKey(month, ref.standard, ref.measure, line), Amounts()).add(amounts)

    @staticmethod
    def _concerns(plan: MeasurePlan, source: str | None) -> bool:
        return source is None or source in {plan.source.name, *(one.name for one in plan.joined)}

    def _plans_of(self, measure: Measure) -> tuple[MeasurePlan, MeasurePlan | None]:
        known = self._plans.get(id(measure))
        if known is None:
            top = measure.numerator or measure.value
            assert top is not None
            below = None if measure.denominator is None else self._plan(measure, measure.denominator)
            known = self._plans[id(measure)] = (measure, self._plan(measure, top), below)
        return known[1], known[2]

    def _plan(self, measure: Measure, expression: Expression) -> MeasurePlan:
        has_lines = self.scoring.sources[measure.source].has_lines
        alone = {"kind": "sum", "value": expression, "numerator": None, "denominator": None, "is_target": False}
        more = {"minimum_n": None, "date": None, "by": "product_line" if has_lines else None}
        return MeasurePlan(measure.model_copy(update=alone | more), self.scoring)


def in_month(
    totals: Mapping[TotalKey, Amounts],
    ref: MeasureRef,
    month: Month,
    lines: Iterable[str],
    rests: Mapping[RestKey, Rest] | None = None,
) -> Shown:
    """The totals of a measure in a month, by line in the order given; under None those of all lines together.

    ``rests``: what erased people left. The sum of all lines has it; lines they had a part in are empty from then on.
    """
    its = {
        line: found
        for line in (*lines, None)
        if (found := totals.get(TotalKey(month, ref.standard, ref.measure, line))) is not None
    }
    whole = Amounts()
    for amounts in its.values():
        whole.add(amounts)
    rest = (rests or {}).get(RestKey(month, ref.standard, ref.measure))
    if rest is not None:
        its = {line: found if line in rest.lines else Amounts() for line, found in its.items() if line is not None}
        if rest.is_withdrawn:
            return its | {None: Amounts()}
        whole.add(Amounts(rest.numerator, rest.denominator))
        return its | {None: whole}
    return its | {None: whole} if its else {}
