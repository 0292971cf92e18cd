"""The lines of a person's measures over months: drawn once, and told in each language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from standardwerk.model.months import Month, months_between
from standardwerk.model.scores import Scorecard, StandardScore, State
from standardwerk.render import charts
from standardwerk.render.charts.sentences import Reach, reach_of
from standardwerk.site.people import HISTORY_MONTHS

_SHOWN_ONLY = frozenset({State.RAMP, State.TOO_FEW, State.NOT_DUE})
_GAP = charts.Point(None)

#: By standard and measure: the point of a month, and the month its run began.
Past = Mapping[tuple[str, str], tuple[charts.Point, Month]]


class HistoryLine(NamedTuple):
    """A measure's line, in no language yet."""

    drawing: charts.Drawing | None
    """None: no month has a value."""
    months: tuple[Month, Month]
    """The first and the last."""
    reach: Reach | None


def past_of(card: Scorecard) -> Past:
    """What a scorecard gives to the lines of later months."""
    found = {}
    for score in card.standards:
        for one in score.measures:
            figure = one.figure
            if isinstance(figure.value, Decimal):
                limits = figure.limits[0] if figure.limits is not None else (None, None)
                point = charts.Point(figure.value, figure.status not in _SHOWN_ONLY, limits)
                run_start = Month.of(score.revision.run_start[one.measure.id])
                found[score.standard.id, one.measure.id] = (point, run_start)
    return found


def history_line(pasts: Mapping[Month, Past], key: tuple[str, str], first: Month, last: Month) -> HistoryLine:
    """The line of a standard's measure; where its figures start anew, it is cut."""
    points = []
    before: Month | None = None
    for month in months_between(first, last):
        past = pasts.get(month)
        found = past.get(key) if past is not None else None
        if found is None:
            points.append(_GAP)
            continue
        point, run_start = found
        points.append(point._replace(restart=True) if before is not None and run_start != before else point)
        before = run_start
    return HistoryLine(charts.drawn_line(points), (first, last), reach_of(points))


class Histories:
    """The lines on the scorecards of one person."""

    def __init__(self) -> None:
        self._pasts: dict[Month, Past] = {}
        self._lines: dict[tuple[str, Month], HistoryLine] = {}

    def line(self, history: Sequence[Scorecard], score: StandardScore, month: Month) -> HistoryLine:
        """The line of a standard's main measure on the scorecard of a month; ``history`` are those it looks back on."""
        key = (score.standard.id, month)
        found = self._lines.get(key)
        if found is None:
            pasts = {card.month: self._past(card) for card in history}
            measure = (score.standard.id, score.main.measure.id)
            found = self._lines[key] = history_line(pasts, measure, month.plus(1 - HISTORY_MONTHS), month)
        return found

    def _past(self, card: Scorecard) -> Past:
        found = self._pasts.get(card.month)
        if found is None:
            found = self._pasts[card.month] = past_of(card)
        return found
