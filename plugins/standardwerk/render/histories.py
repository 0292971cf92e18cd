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


def month_by_month(known: Mapping[Month, Past], first: Month, last: Month) -> list[Past]:
    """What each month of a line gives; nothing where there is no scorecard."""
    return [known.get(month, {}) for month in months_between(first, last)]


def history_line(pasts: Sequence[Past], key: tuple[str, str], first: Month, last: Month) -> HistoryLine:
    """The line of a standard's measure; where its figures start anew, it is cut. ``pasts``: month by month."""
    points = []
    before: Month | None = None
    for past in pasts:
        found = past.get(key)
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
        self._windows: dict[Month, Sequence[Past]] = {}
        self._lines: dict[tuple[str, Month], HistoryLine] = {}

    def line(self, history: Sequence[Scorecard], score: StandardScore, month: Month) -> HistoryLine:
        """The line of a standard's main measure on the scorecard of a month; ``history`` are those it looks back on."""
        key = (score.standard.id, month)
        found = self._lines.get(key)
        if found is None:
            measure = (score.standard.id, score.main.measure.id)
            first = month.plus(1 - HISTORY_MONTHS)
            found = self._lines[key] = history_line(self._window(history, first, month), measure, first, month)
        return found

    def _window(self, history: Sequence[Scorecard], first: Month, last: Month) -> Sequence[Past]:
        """What a scorecard looks back on, month by month: the same for all its lines."""
        found = self._windows.get(last)
        if found is None:
            known = {card.month: self._past(card) for card in history}
            found = self._windows[last] = month_by_month(known, first, last)
        return found

    def _past(self, card: Scorecard) -> Past:
        found = self._pasts.get(card.month)
        if found is None:
            found = self._pasts[card.month] = past_of(card)
        return found
