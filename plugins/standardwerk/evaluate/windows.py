"""Sums over windows that move on: each month is added a few times, however long the windows are.

Only additions are made, no month is taken off again: sums are what adding the window's months one by one gives, to the
last digit written.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate, chain

from standardwerk.evaluate.track import ROSTER_FILE, Sums
from standardwerk.model.scores import SourceLines


class WindowSums:
    """Sums over windows ``[start, end)`` of a list of months; cheap as long as neither end moves back."""

    def __init__(self, months: Sequence[Sums | None]) -> None:
        self._months = months
        #: Up to the pivot: the sums of what begins at a place; from there on: one sum, of what lies before the end.
        self._pivot = 0
        self._before: list[Sums | None] = []
        self._first = 0
        self._after: Sums | None = None
        self._end = 0

    def between(self, start: int, end: int) -> Sums | None:
        """The months of a window added; None if none of them has anything. Not to be changed by who asks."""
        if start >= end:
            return None
        if start < self._first or end < self._end or start >= self._pivot:
            self._turn(start, end)
        else:
            for place in range(self._end, end):
                self._after = _together(self._after, self._months[place])
            self._end = end
        return _together(self._before[start - self._first], self._after)

    def _turn(self, start: int, end: int) -> None:
        """Begin anew with a window: put the pivot at its end."""
        found: list[Sums | None] = []
        total: Sums | None = None
        for place in range(end - 1, start - 1, -1):
            total = _together(total, self._months[place])
            found.append(total)
        found.reverse()
        self._pivot = self._end = end
        self._first, self._before, self._after = start, found, None


def _together(one: Sums | None, other: Sums | None) -> Sums | None:
    if one is None:
        return other
    return one if other is None else one.plus(other)


class Tally:
    """In which months something is so."""

    def __init__(self, months: Iterable[bool]) -> None:
        self._counts = [0, *accumulate(months)]

    def any(self, start: int, end: int) -> bool:
        """Whether it is so in a month of the window."""
        return self._counts[end] > self._counts[start]


class SourceRuns:
    """The lines that each month comes from, put together for windows.

    The roster's file is the same one month after month: its lines are told once, after those of the months' own files.
    """

    def __init__(self, months: Sequence[tuple[SourceLines, ...]]) -> None:
        own = [tuple([one for one in its if one.file != ROSTER_FILE]) for its in months]
        self._flat = tuple(chain.from_iterable(own))
        self._ends = [0, *accumulate(map(len, own))]
        self._roster = [next((one for one in its if one.file == ROSTER_FILE), None) for its in months]
        self._known: dict[frozenset[SourceLines], SourceLines] = {}

    def between(self, start: int, end: int) -> tuple[SourceLines, ...]:
        """The lines of a window."""
        found = self._flat[self._ends[start] : self._ends[end]]
        roster = frozenset([one for one in self._roster[start:end] if one is not None])
        return (*found, self._together(roster)) if roster else found

    def _together(self, lines: frozenset[SourceLines]) -> SourceLines:
        known = self._known.get(lines)
        if known is None:
            numbers = sorted({number for one in lines for number in one.lines})
            known = self._known[lines] = SourceLines(ROSTER_FILE, tuple(numbers))
        return known
