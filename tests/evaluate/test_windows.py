"""Windows that move on give what adding their months one by one gives, to the last digit."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import reduce
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from standardwerk.evaluate.signals import Points, signal
from standardwerk.evaluate.track import Sums
from standardwerk.evaluate.windows import SourceRuns, Tally, WindowSums
from standardwerk.model.scores import SourceLines
from tests.factory import quick

NUMBERS = st.one_of(st.integers(-999, 999), st.decimals(-99, 99, places=2), st.decimals(0, 9, places=3))
MONTHS = st.builds(
    Sums,
    numerator=NUMBERS,
    raw=NUMBERS,
    scaled=NUMBERS,
    n=st.integers(0, 99),
    rows=st.integers(1, 9),
    months=st.just(1),
    factors=st.decimals(0, 1, places=2),
    groups=st.none() | st.dictionaries(st.sampled_from("abc"), st.tuples(NUMBERS, st.integers(1, 5)), min_size=1),
    distinct=st.none() | st.sets(st.sampled_from("xyz"), min_size=1),
    latest=st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31)),
)


def naive(months: list[Sums | None]) -> tuple[Any, ...] | None:
    """Each field by itself."""
    there = [one for one in months if one is not None]
    if not there:
        return None
    groups: dict[object, tuple[Any, int]] = {}
    for one in there:
        for name, (total, count) in (one.groups or {}).items():
            before, rows = groups.get(name, (0, 0))
            groups[name] = (before + total, rows + count)
    days = [one.latest for one in there if one.latest is not None]
    fields = ("numerator", "raw", "scaled", "n", "rows", "months", "factors")
    return (
        *(str(reduce(lambda total, one: total + one, [getattr(one, name) for one in there])) for name in fields),
        sorted((name, str(total), count) for name, (total, count) in groups.items()),
        set().union(*(one.distinct or () for one in there)),
        max(days, default=None),
    )


def shown(sums: Sums | None) -> tuple[Any, ...] | None:
    if sums is None:
        return None
    fields = ("numerator", "raw", "scaled", "n", "rows", "months", "factors")
    groups = sorted((name, str(total), count) for name, (total, count) in (sums.groups or {}).items())
    return (*(str(getattr(sums, name)) for name in fields), groups, sums.distinct or set(), sums.latest)


@quick
@given(st.lists(st.none() | MONTHS, max_size=9), st.data())
def test_any_windows_in_any_order(months: list[Sums | None], data: st.DataObject) -> None:
    sums = WindowSums(months)
    place = st.integers(0, len(months))
    for start, end in data.draw(st.lists(st.tuples(place, place), max_size=12)):
        assert shown(sums.between(start, end)) == naive(months[start:end])


@quick
@given(st.lists(st.none() | MONTHS, max_size=12), st.integers(1, 12))
def test_rolling_windows_leave_the_months_as_they_are(months: list[Sums | None], length: int) -> None:
    before = [shown(one) for one in months]
    sums = WindowSums(months)
    for end in range(1, len(months) + 1):
        start = max(0, end - length)
        assert shown(sums.between(start, end)) == naive(months[start:end])
    assert [shown(one) for one in months] == before


def test_a_rolling_window_adds_each_month_a_few_times() -> None:
    """However long it is: by adding each window anew 60 months would take 60 · 11 additions."""

    class Counted(Sums):
        count = 0

        def plus(self, other: Sums) -> Sums:
            Counted.count += 1
            return Counted(**{name: getattr(super(Counted, self).plus(other), name) for name in Sums.__slots__})

    sums = WindowSums([Counted(1, 1, 1, 1, 1, 1, Decimal(1)) for _ in range(60)])
    for end in range(1, 61):
        found = sums.between(max(0, end - 12), end)
        assert found is not None
        assert found.numerator == min(12, end)
    assert Counted.count < 60 * 4


@quick
@given(st.lists(st.booleans(), max_size=9), st.data())
def test_a_tally(months: list[bool], data: st.DataObject) -> None:
    end = data.draw(st.integers(0, len(months)))
    start = data.draw(st.integers(0, end))
    assert Tally(months).any(start, end) is any(months[start:end])


def test_the_roster_is_told_once_after_the_files() -> None:
    def roster(*lines: int) -> SourceLines:
        return SourceLines("assignments.csv", lines)

    january, march = SourceLines("2026-01/s.csv", (2, 3)), SourceLines("2026-03/s.csv", (4,))
    runs = SourceRuns([(january, roster(7, 9)), (), (march, roster(8, 9))])
    assert runs.between(0, 3) == (january, march, roster(7, 8, 9))
    assert runs.between(0, 2) == (january, roster(7, 9))
    assert runs.between(1, 2) == runs.between(2, 2) == ()
    assert runs.between(2, 3) == (march, roster(8, 9))


@quick
@given(st.lists(st.decimals(-5, 5, places=1), max_size=40))
def test_the_signal_at_each_place_is_that_of_the_values_up_to_it(values: list[Decimal]) -> None:
    points = Points(values, 1)
    for end in range(len(values) + 1):
        assert points.signal(end) == signal(values[:end], 1)
