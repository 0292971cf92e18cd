from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from standardwerk.evaluate.signals import signal
from tests.evaluate.test_exact import naive as round_half_even
from tests.factory import World, measure, month, source, thorough


def naive(values):
    """The rules as Wheeler words them."""
    points = [Fraction(value) for value in values][-24:]
    if len(points) < 6:
        return None
    mean = sum(points) / len(points)
    ranges = [abs(points[index] - points[index - 1]) for index in range(1, len(points))]
    reach = Fraction("2.66") * sum(ranges) / len(ranges)
    last = points[-1]
    kind = "none"
    if last > mean + reach:
        kind = "high"
    elif last < mean - reach:
        kind = "low"
    elif len(points) >= 8 and min(points[-8:]) > mean:
        kind = "shift_up"
    elif len(points) >= 8 and max(points[-8:]) < mean:
        kind = "shift_down"
    return kind, len(points), len(points) < 15, mean, mean - reach, mean + reach


def series(low: int, high: int):
    return st.lists(st.integers(low, high), max_size=30)


steps = st.builds(lambda first, second: first + second, series(0, 3), series(3, 9))


@thorough
@given(st.one_of(series(-5, 5), steps, series(-(10**8), 10**8)), st.integers(0, 2))
def test_against_fractions(points, decimals):
    values = [Decimal(point).scaleb(-decimals) for point in points]
    expected, found = naive(values), signal(values, decimals)
    if expected is None:
        assert found is None
        return
    assert (found.kind, found.points, found.provisional) == expected[:3]
    assert [Fraction(one) for one in (found.mean, found.lower, found.upper)] == [
        round_half_even(one, decimals) for one in expected[3:]
    ]


def kinds(*values: int) -> str:
    found = signal([Decimal(value) for value in values], 0)
    return "" if found is None else found.kind


def test_by_hand():
    assert kinds(5, 5, 5, 5, 5) == ""
    assert kinds(5, 5, 5, 5, 5, 5) == "none"
    assert kinds(*[10, 11] * 6, 30) == "high"
    assert kinds(*[10, 11] * 6, -9) == "low"
    # Seven in a row are no shift, eight are; all within the limits.
    assert kinds(*[6, 0] * 6, *[4] * 7) == "none"
    assert kinds(*[6, 0] * 6, *[4] * 8) == "shift_up"
    assert kinds(*[0, 6] * 6, *[2] * 7) == "none"
    assert kinds(*[0, 6] * 6, *[2] * 8) == "shift_down"


def test_a_value_on_the_limit_is_not_beyond_it():
    # Mean (2 · 113 + 923) ÷ 6 = 191.5, mean range (4 · 113 + 923) ÷ 5 = 275: 191.5 + 2.66 · 275 = 923 exactly.
    assert kinds(0, 113, 0, 113, 0, 923) == "none"
    assert kinds(0, 113, 0, 113, 0, 924) == "high"
    assert kinds(923, 810, 923, 810, 923, 0) == "none"
    assert kinds(924, 811, 924, 811, 924, 0) == "low"


def test_only_months_of_the_run_and_the_person_feed_a_signal():
    world = World(measure(decimals="0"), span=("2025-07", "2026-06"))
    its = {str(month("2025-07").plus(index)): [{"a": 50 + index, "b": 100}] for index in range(12)}
    assert world.figure("2026-06", s=its).signal.points == 12
    assert world.figure("2025-12", s=its).signal.points == 6
    assert world.figure("2025-11", s=its).signal is None


def test_no_signals_for_snapshots_ratings_and_checks():
    its = {str(month("2025-07").plus(index)): [{"a": 5, "b": 10}] for index in range(12)}
    snapshot = source(columns={"a": {"accumulate": "last"}, "b": {}})
    worlds = [
        World(measure(), sources=[snapshot], span=("2025-07", "2026-06")),
        World(measure(kind="mean"), span=("2025-07", "2026-06")),
        World(measure(kind="check", condition="a > 1"), span=("2025-07", "2026-06")),
    ]
    assert [world.figure("2026-06", s=its).signal for world in worlds] == [None, None, None]
