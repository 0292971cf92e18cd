"""Process behaviour charts (XmR) on single-month values.

D. J. Wheeler, "Understanding Variation" (1993): limits at mean ± 2.66 × mean moving range; eight values in a row on one
side of the mean are a shift.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from standardwerk.evaluate.exact import divide
from standardwerk.model.scores import Signal

SHOWN_FROM = 6
FIRM_FROM = 15
MOST_POINTS = 24
RUN = 8
_SCALE = 266  # 2.66 × 100


def signal(values: Sequence[Decimal], decimals: int) -> Signal | None:
    """The signal of the last of a series of displayed values; None for fewer than 6.

    All comparisons are made in whole numbers, so that a value on a limit is not beyond it.
    """
    points = [int(value.scaleb(decimals)) for value in values[-MOST_POINTS:]]
    count = len(points)
    if count < SHOWN_FROM:
        return None
    total = sum(points)
    moving = sum(abs(after - before) for before, after in pairwise(points))
    # x > total/count + 2.66 · moving/(count−1), multiplied by 100 · count · (count−1)
    distance = 100 * (count - 1) * (points[-1] * count - total)
    reach = _SCALE * moving * count
    sides = [point * count - total for point in points[-RUN:]]
    if distance > reach:
        kind = "high"
    elif distance < -reach:
        kind = "low"
    elif len(sides) == RUN and all(side > 0 for side in sides):
        kind = "shift_up"
    elif len(sides) == RUN and all(side < 0 for side in sides):
        kind = "shift_down"
    else:
        kind = "none"
    scale = 10**decimals
    below = 100 * count * (count - 1)
    middle = 100 * (count - 1) * total
    return Signal(
        kind,
        count,
        count < FIRM_FROM,
        divide(total, count * scale, decimals),
        divide(middle - reach, below * scale, decimals),
        divide(middle + reach, below * scale, decimals),
    )
