"""A person's overview: all her months at a glance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from standardwerk.evaluate.parts import is_flow
from standardwerk.evaluate.yeartodate import YearToDate, first_month_of_year, own_part, year_to_date
from standardwerk.model.handbook import Handbook, Measure
from standardwerk.model.months import Month, months_between
from standardwerk.model.scores import Exact, Scorecard, StandardScore
from standardwerk.model.sources import Sources


@dataclass(frozen=True, slots=True)
class Trend:
    """A standard over all months."""

    newest: StandardScore
    """Its score on the newest scorecard that has it."""
    scores: Mapping[Month, StandardScore]
    """By month with a scorecard that has it."""
    to_date: YearToDate | None
    """Its months of the year, added up."""


@dataclass(frozen=True, slots=True)
class BusinessMonth:
    """Amounts of a month: what was reached, what was to be reached, what was reached a year before."""

    month: Month
    actual: Exact | None
    target: Exact | None
    previous: Exact | None


@dataclass(frozen=True, slots=True)
class Business:
    """The year's amounts month by month, of a result the method puts at the top of scorecards."""

    measure: Measure
    months: tuple[BusinessMonth, ...]


def trends(
    cards: Sequence[Scorecard], handbook: Handbook, sources: Sources, fiscal_year_start: int
) -> tuple[Trend, ...]:
    """Every standard that was ever on a scorecard, by group and number."""
    by_standard: dict[str, dict[Month, StandardScore]] = {}
    for card in cards:
        for score in card.standards:
            by_standard.setdefault(score.standard.id, {})[card.month] = score
    found = []
    for standard, scores in by_standard.items():
        newest = scores[max(scores)]
        found.append(Trend(newest, scores, year_to_date(cards, standard, sources, fiscal_year_start)))
    order = {group: index for index, group in enumerate(handbook.names.group_ids)}

    def place(trend: Trend) -> tuple[int, int]:
        identity = trend.newest.standard.identity
        return order.get(identity.group, len(order)), identity.number

    found.sort(key=place)
    return tuple(found)


def business(
    cards: Sequence[Scorecard], handbook: Handbook, sources: Sources, fiscal_year_start: int
) -> Business | None:
    """The year of the first result that is an amount against its target and adds up; None without one."""
    newest = cards[-1]
    method = handbook.method_at(newest.month.first_day)
    by_id = {score.standard.id: score for score in newest.standards}
    for ref in method.rules.results if method is not None else ():
        score = by_id.get(ref.standard)
        measure = score.main.measure if score is not None else None
        if measure is None or measure.id != ref.measure or not measure.is_target or not is_flow(measure, sources):
            continue
        amounts = {card.month: own_part(card, ref.standard, measure) for card in cards}
        months = []
        for month in months_between(first_month_of_year(newest.month, fiscal_year_start), newest.month):
            part, before = amounts.get(month), amounts.get(month.plus(-12))
            months.append(
                BusinessMonth(
                    month,
                    part[1].numerator if part is not None else None,
                    part[1].denominator_scaled if part is not None else None,
                    before[1].numerator if before is not None else None,
                )
            )
        return Business(measure, tuple(months))
    return None


def all_months(cards: Sequence[Scorecard]) -> tuple[Month, ...]:
    """The months from the first scorecard to the last, those without one included."""
    return tuple(months_between(cards[0].month, cards[-1].month))
