"""The scorecards of a person."""

from __future__ import annotations

import decimal
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from standardwerk.evaluate.exact import exact_context
from standardwerk.evaluate.figures import Series
from standardwerk.evaluate.index import index_of
from standardwerk.evaluate.judge import gap
from standardwerk.evaluate.parts import MeasurePlan, Part, rows_of
from standardwerk.evaluate.published import standard_figures
from standardwerk.evaluate.tenure import Tenure, Weight
from standardwerk.evaluate.track import build_track
from standardwerk.model.handbook import Measure, Method, Revision, Standard
from standardwerk.model.months import Month
from standardwerk.model.project import Judgement, RepRows, Scoring
from standardwerk.model.roster import Person
from standardwerk.model.scores import (
    VERDICTS,
    Contribution,
    Figure,
    MeasureScore,
    RetroactiveScore,
    Scorecard,
    StandardScore,
    State,
)
from standardwerk.model.sources import ASSIGNMENTS

_SEVERITY = {State.MISSED: 0, State.NEAR: 1, State.NOT_CERTAIN: 2, State.MET: 3}
_ORDER = {state: index for index, state in enumerate(State)}


class PlanBook:
    """Compiled measures, shared by all persons a worker evaluates."""

    def __init__(self, scoring: Scoring) -> None:
        self.scoring = scoring
        self._plans: dict[int, MeasurePlan] = {}
        self._keep: list[Measure] = []
        self._judgements: dict[Month, Judgement] = {}
        self._proportions: dict[Month, tuple[MeasurePlan, ...]] = {}

    def plan(self, measure: Measure) -> MeasurePlan:
        """The compiled measure."""
        found = self._plans.get(id(measure))
        if found is None:
            found = self._plans[id(measure)] = MeasurePlan(measure, self.scoring)
            self._keep.append(measure)
        return found

    def proportions(self, month: Month) -> tuple[MeasurePlan, ...]:
        """The proportions whose data are collected, by the revisions in force in a month."""
        found = self._proportions.get(month)
        if found is None:
            plans = (
                self.plan(measure)
                for _, revision in self.scoring.handbook.standards_at(month.first_day)
                for measure in revision.rules.measures
                if measure.kind == "proportion"
            )
            found = self._proportions[month] = tuple(plan for plan in plans if plan.collected)
        return found

    def held_months(self, measure: Measure) -> frozenset[Month]:
        """The months in which a source of the measure is held back."""
        plan = self.plan(measure)
        names = {None, plan.source.name, *(source.name for source in plan.joined)}
        return frozenset(one.month for one in self.scoring.calendar.form.held if one.source in names)

    def judgement(self, month: Month) -> Judgement:
        """What a month is judged by."""
        found = self._judgements.get(month)
        if found is None:
            found = self._judgements[month] = self.scoring.judgement(month)
        return found


def parts_key(measure: Measure) -> tuple[object, ...]:
    """Measures with equal keys have equal parts, whatever their limits are."""
    count = measure.minimum_n.count if measure.minimum_n is not None else None
    return (
        *measure.formula,
        measure.is_target,
        measure.date.shape if measure.date is not None else None,
        count.shape if count is not None else None,
    )


class Evaluator:
    """Evaluates one person; keeps what her months share."""

    def __init__(self, book: PlanBook, person: Person, rows: RepRows) -> None:
        self.book = book
        self.scoring = book.scoring
        self.person = person
        self.rows = rows
        self.tenure = Tenure(person)
        with_scorecard = {role.id for role in self.scoring.handbook.names.roles if role.scorecard}
        self.months = tuple(
            month
            for month in self.scoring.months
            if (row := person.in_month(month)) is not None and row.role in with_scorecard
        )
        self._parts: dict[tuple[object, ...], dict[Month, dict[str | None, Part]]] = {}
        self._series: dict[tuple[int, date, str | None, date], Series] = {}

    def scorecards(self) -> Iterator[Scorecard]:
        """All her scorecards, the earliest first."""
        for month in self.months:
            yield self.scorecard(month)

    def scorecard(self, month: Month) -> Scorecard:
        """Her scorecard of a month in which she has one."""
        row = self.person.in_month(month)
        judgement = self.book.judgement(month)
        method = judgement.method
        assert row is not None
        scores = []
        for standard, revision in judgement.standards:
            if revision.rules.roles is None or row.role in revision.rules.roles:
                scores.append(self._standard(standard, revision, method, month))
        index = index_of(scores, method.rules.index) if method.rules.index is not None else None
        return Scorecard(
            rep=self.person.id,
            name=row.name,
            team=row.team,
            role=row.role,
            month=month,
            edition=judgement.edition,
            method_from=method.effective_from,
            standards=tuple(scores),
            index=index,
            retroactive=self._retroactive(month, row.role, scores),
        )

    def _retroactive(self, month: Month, role: str, published: list[StandardScore]) -> tuple[RetroactiveScore, ...]:
        """The results of a closed month under revisions that hold for it since."""
        retrospect = self.scoring.retrospects.get(month)
        if retrospect is None:
            return ()
        by_id = {score.standard.id: score for score in published}
        found = []
        for standard, revision in retrospect.standards:
            own, before = retrospect.terms.get(standard.id, ()), by_id.get(standard.id)
            if not own and not retrospect.method_terms:
                continue
            score = None
            if revision is not None and (revision.rules.roles is None or role in revision.rules.roles):
                score = self._standard(standard, revision, retrospect.method, month)
            # Another method leaves most standards as they are; they need no second result.
            same = before is not None and score is not None and standard_figures(before) == standard_figures(score)
            if (before is not None or score is not None) and (own or not same):
                found.append(RetroactiveScore(standard, retrospect.edition, score, (*own, *retrospect.method_terms)))
        return tuple(found)

    def _standard(self, standard: Standard, revision: Revision, method: Method, month: Month) -> StandardScore:
        measures = tuple(
            self._measure(standard, revision, measure, method, month) for measure in revision.rules.measures
        )
        main = next(score for score in measures if score.measure.role == "main")
        assert main.figure.status is not None
        return StandardScore(standard, revision, main.figure.status, measures)

    def _measure(
        self, standard: Standard, revision: Revision, measure: Measure, method: Method, month: Month
    ) -> MeasureScore:
        def of_line(line: str | None) -> Figure:
            return self._series_of(standard, revision, measure, method, line).figure(month)

        if measure.by is None:
            return MeasureScore(measure, of_line(None))
        assigned = {entry.product_line for entry in self.person.assigned(month)}
        lines = [line for line in self.scoring.handbook.names.line_ids if line in assigned]
        figures = tuple(of_line(line) for line in lines)
        if measure.lines == "total" or not figures:
            return MeasureScore(measure, of_line(None), figures)
        deciding = min(figures, key=lambda figure: _rank(figure, lines))
        return MeasureScore(measure, deciding, figures, deciding.line)

    def _series_of(
        self, standard: Standard, revision: Revision, measure: Measure, method: Method, line: str | None
    ) -> Series:
        key = (id(measure), method.effective_from, line, revision.run_start[measure.id])
        found = self._series.get(key)
        if found is None:
            found = self._series[key] = self._new_series(standard, revision, measure, method, line)
        return found

    def _new_series(
        self, standard: Standard, revision: Revision, measure: Measure, method: Method, line: str | None
    ) -> Series:
        plan = self.book.plan(measure)
        run_start = Month.of(revision.run_start[measure.id])
        # None of the functions knows the evaluator, which knows the series: nothing is left for the collector.
        rules, tenure, person = method.rules, self.tenure, self.person

        def weigh(month: Month, of_line: str | None) -> Weight:
            return tenure.weight(month, of_line, rules, measure.ramp, standard.id)

        parts = self._parts_of(plan)
        months = [month for month in self.months if month >= run_start]
        track = build_track(parts, months, measure, weigh, line)
        knows_lines = plan.source.has_lines
        return Series(
            plan=plan,
            track=track,
            weigh=weigh,
            line=line,
            run_start=run_start,
            started_on=person.started_on,
            fiscal_year_start=self.scoring.calendar.fiscal_year_start,
            held=self.book.held_months(measure),
            due=plan.source.due_in,
            has_gap=self._gaps(plan, line),
            has_lines=(lambda month: bool(person.assigned(month))) if knows_lines else (lambda month: True),
        )

    def _gaps(self, plan: MeasurePlan, line: str | None) -> Callable[[Month], bool]:
        """Whether rows that a complete source should have for the person (or for one of her lines) are missing."""
        source, person, its_rows = plan.source, self.person, self.rows
        if source.name == ASSIGNMENTS or source.form.rows != "complete" or source.keys not in ((), ("product_line",)):
            return lambda month: False

        def has_gap(month: Month) -> bool:
            if not source.due_in(month):
                return False
            rows = rows_of(source, person, its_rows, month)
            if not source.has_lines:
                return not rows
            position = source.position("product_line")
            there = {cells[position] for cells, _ in rows}
            expected = {entry.product_line for entry in person.assigned(month)}
            return bool((expected if line is None else expected & {line}) - there)

        return has_gap

    def _parts_of(self, plan: MeasurePlan) -> dict[Month, dict[str | None, Part]]:
        key = parts_key(plan.measure)
        found = self._parts.get(key)
        if found is None:
            found = self._parts[key] = plan.parts(self.person, self.rows, self.months)
        return found


def _rank(figure: Figure, lines: list[str]) -> tuple[object, ...]:
    """Sorts the deciding line first: a verdict before none, the worse before the better, the larger gap first.

    A guard's line with a value has no status; the gap alone ranks it.
    """
    status = figure.status
    order = 0 if status is None else _SEVERITY.get(status, 0)
    without_verdict = 0 if status is None or status in VERDICTS else 1 + _ORDER[status]
    distance = Decimal(0)
    if isinstance(figure.value, Decimal) and figure.limits is not None:
        distance = gap(figure.value, figure.limits[0])
    return (without_verdict, order, -distance, lines.index(figure.line or lines[0]))


def contributions(book: PlanBook, card: Scorecard) -> Iterator[Contribution]:
    """What a scorecard adds to roll-ups: judged measures whose sums over people are right."""
    counted = VERDICTS | {State.TOO_FEW}
    for standard in card.standards:
        for score in standard.measures:
            plan = book.plan(score.measure)
            if not score.measure.judged or not plan.adds_up or not plan.collected:
                continue
            figures = [score.figure] if score.measure.by is None or score.measure.lines == "total" else []
            figures += score.lines
            for figure in figures:
                if figure.status in counted and figure.numerator is not None:
                    yield Contribution(
                        month=card.month,
                        standard=standard.standard.id,
                        measure=score.measure.id,
                        team=card.team,
                        line=figure.line,
                        rep=card.rep,
                        numerator=figure.numerator,
                        denominator=figure.denominator if figure.denominator is not None else 0,
                        is_share=score.measure.kind == "proportion",
                    )


def evaluate_person(book: PlanBook, person: Person, rows: RepRows) -> list[Scorecard]:
    """All scorecards of a person, computed exactly."""
    with decimal.localcontext(exact_context()):
        return list(Evaluator(book, person, rows).scorecards())
