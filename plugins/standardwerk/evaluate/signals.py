"""Process behaviour charts (XmR) on single-month values.

D. J. Wheeler, "Understanding Variation" (1993): limits at mean ± 2.66 × mean moving range; eight values in a row on one
side of the mean are a shift.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import accumulate, pairwise

from standardwerk.evaluate.exact import divide
from standardwerk.model.scores import Signal

SHOWN_FROM = 6
FIRM_FROM = 15
MOST_POINTS = 24
RUN = 8
_SCALE = 266  # 2.66 × 100


def signal(values: Sequence[Decimal], decimals: int) -> Signal | None:
    """The signal of the last of a series of displayed values; None for fewer than 6."""
    return Points(values, decimals).signal(len(values))


class Points:
    """A series of displayed values. Each signal costs the same, however many values come before it.

    All comparisons are made in whole numbers, so that a value on a limit is not beyond it.
    """

    def __init__(self, values: Sequence[Decimal], decimals: int) -> None:
        self._decimals = decimals
        self._points = [int(value.scaleb(decimals)) for value in values]
        moves = (abs(after - before) for before, after in pairwise(self._points))
        #: Sums of the first so many values, and of the first so many moves between them.
        self._totals = [0, *accumulate(self._points)]
        self._moves = [0, *accumulate(moves)]

    def signal(self, end: int) -> Signal | None:
        """The signal of the last of the first ``end`` values; None for fewer than 6."""
        if end < SHOWN_FROM:
            return None
        begin = max(0, end - MOST_POINTS)
        count = end - begin
        total = self._totals[end] - self._totals[begin]
        moving = self._moves[end - 1] - self._moves[begin]
        # x > total/count + 2.66 · moving/(count−1), multiplied by 100 · count · (count−1)
        distance = 100 * (count - 1) * (self._points[end - 1] * count - total)
        reach = _SCALE * moving * count
        if distance > reach:
            kind = "high"
        elif distance < -reach:
            kind = "low"
        else:
            kind = self._shift(end, count, total)
        scale = 10**self._decimals
        below = 100 * count * (count - 1) * scale
        middle = 100 * (count - 1) * total
        return Signal(
            kind,
            count,
            count < FIRM_FROM,
            divide(total, count * scale, self._decimals),
            divide(middle - reach, below, self._decimals),
            divide(middle + reach, below, self._decimals),
        )

    def _shift(self, end: int, count: int, total: int) -> str:
        """Whether the last eight values all lie on one side of the mean."""
        if count < RUN:
            return "none"
        last = self._points[end - RUN : end]
        if min(last) * count > total:
            return "shift_up"
        return "shift_down" if max(last) * count < total else "none"
