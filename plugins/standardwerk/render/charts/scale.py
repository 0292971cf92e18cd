"""From values to places on a chart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

Value = Decimal | int


_ENOUGH = 6
"""Of fewer values none is said to be far out."""


class Scale(NamedTuple):
    """A linear scale from ``low`` … ``high`` to ``start`` … ``end`` (``end`` may be the smaller one)."""

    low: float
    high: float
    start: int
    end: int

    def at(self, value: Value | float) -> int:
        """The place of a value, kept within the chart."""
        share = (float(value) - self.low) / (self.high - self.low)
        share = 0.0 if share < 0.0 else 1.0 if share > 1.0 else share
        return round(self.start + share * (self.end - self.start))


def reach(values: Iterable[float], least_share: float) -> tuple[float, float]:
    """The least and greatest of some values, widened so that small changes of large values stay small to the eye.

    ``least_share`` is the least reach in parts of the largest value.
    """
    found = list(values)
    low, high = min(found), max(found)
    least = max(abs(low), abs(high)) * least_share or 1.0
    if high - low < least:
        middle = (low + high) / 2
        low, high = middle - least / 2, middle + least / 2
    return low, high


def without_far_out(values: Sequence[float], least_share: float) -> tuple[float, float]:
    """The least and greatest of some values without those far out, which would press all others flat.

    Far out (J. W. Tukey, "Exploratory Data Analysis", 1977) is what lies farther from the quartiles than three times
    their distance; that distance is at least ``least_share`` of the median. Of few values none is.
    """
    found = sorted(values)
    count = len(found)
    if count >= _ENOUGH:
        first, middle, third = found[count // 4], found[count // 2], found[-1 - count // 4]
        distance = 3 * max(third - first, abs(middle) * least_share)
        if distance:
            found = [value for value in found if first - distance <= value <= third + distance]
    return found[0], found[-1]
