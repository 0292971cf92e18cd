"""From values to places on a chart."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

Value = Decimal | int


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
