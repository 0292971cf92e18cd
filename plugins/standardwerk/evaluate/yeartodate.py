"""A measure's months of a fiscal year added up, whatever its own window is: for reading, never for a verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from standardwerk.evaluate.exact import divide
from standardwerk.evaluate.parts import is_flow
from standardwerk.model.handbook import Measure
from standardwerk.model.months import Month
from standardwerk.model.scores import Exact, Figure, MonthPart, Scorecard, State
from standardwerk.model.sources import Sources


@dataclass(frozen=True, slots=True)
class YearToDate:
    """The sum of a year's months so far."""

    value: Decimal
    """As displayed."""
    numerator: Exact
    denominator: Exact | None
    """None for a plain sum."""


def first_month_of_year(month: Month, fiscal_year_start: int) -> Month:
    """The first month of the fiscal year a month lies in."""
    return month.plus(-((month.number - fiscal_year_start) % 12))


def year_to_date(
    cards: Sequence[Scorecard], standard: str, sources: Sources, fiscal_year_start: int
) -> YearToDate | None:
    """A standard's main measure from the year's first month to the last scorecard (``cards``: the oldest first).

    None for what does not add up (snapshots, ratings, conditions, the weakest line) and where nothing counts. Months
    before the measure's run began are another count; months in ramp-up do not count, unless the last one is in ramp-up
    itself.
    """
    last = cards[-1]
    score = next((one for one in last.standards if one.standard.id == standard), None)
    if score is None or not is_flow(score.main.measure, sources):
        return None
    measure = score.main.measure
    if measure.lines == "worst" and measure.by:
        return None
    begin = max(first_month_of_year(last.month, fiscal_year_start), Month.of(score.revision.run_start[measure.id]))
    in_ramp = score.main.figure.status is State.RAMP
    numerator: Exact = 0
    denominator: Exact = 0
    found = False
    for card in cards:
        part = own_part(card, standard, measure) if card.month >= begin else None
        if part is None or part[1].numerator is None or not part[1].counts:
            continue
        figure, month = part
        if figure.status is State.RAMP and not in_ramp:
            continue
        found = True
        numerator += month.numerator  # type: ignore[operator]
        if measure.kind != "sum":
            denominator += month.denominator_scaled or 0  # type: ignore[operator]
    if not found:
        return None
    if measure.kind == "sum":
        return YearToDate(divide(numerator, 1, measure.decimals), numerator, None)
    if not denominator:
        return None
    factor = 100 if measure.shown_as_percent else 1
    return YearToDate(divide(numerator, denominator, measure.decimals, factor), numerator, denominator)


def own_part(card: Scorecard, standard: str, measure: Measure) -> tuple[Figure, MonthPart] | None:
    """What a scorecard's own month contributes to a standard's main measure, if it is that measure."""
    for score in card.standards:
        if score.standard.id == standard and score.main.measure.formula == measure.formula:
            figure = score.main.figure
            if figure.months and figure.months[-1].month == card.month:
                return figure, figure.months[-1]
    return None
