"""A year's months added up: compared with the figure of a measure whose window is the year."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standardwerk.evaluate.yeartodate import first_month_of_year, year_to_date
from tests.factory import World, measure, month, person, quick, rep, revision, source


def found(world: World, start: int = 1, **rows):
    return year_to_date(list(world.cards(**rows).values()), "std", world.scoring.sources, start)


def rows(*pairs: tuple[int, int], first: str = "2026-01"):
    begin = month(first)
    return {str(begin.plus(at)): [{"a": top, "b": below}] for at, (top, below) in enumerate(pairs)}


def test_the_year_begins_with_its_fiscal_month():
    years = {1: "2026-01", 4: "2025-04", 3: "2026-03", 12: "2025-12"}
    assert {start: str(first_month_of_year(month("2026-03"), start)) for start in years} == years


def test_months_of_a_short_window_are_added_up():
    world = World(measure(window="month"), span=("2025-12", "2026-03"))
    year = found(world, s={"2025-12": [{"a": 9, "b": 9}], **rows((1, 2), (3, 4), (5, 10))})
    assert (year.value, year.numerator, year.denominator) == (Decimal(56), 9, 16)
    # With a year that began in December: 18 of 25.
    assert found(world, 12, s={"2025-12": [{"a": 9, "b": 9}], **rows((1, 2), (3, 4), (5, 10))}).value == Decimal(72)


@quick
@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 50)), min_size=1, max_size=6))
def test_a_measure_of_the_year_says_the_same(pairs):
    last = str(month("2026-01").plus(len(pairs) - 1))
    own = World(measure(window="year-to-date"), span=("2026-01", last))
    short = World(measure(window="month"), span=("2026-01", last))
    assert found(short, s=rows(*pairs)).value == own.figure(last, s=rows(*pairs)).value


def test_targets_are_those_that_count():
    """Half a month's availability: half its target."""
    who = person(availability={"2026-02": "0.5"})
    world = World(measure(window="month", is_target="true"), who=who, span=("2026-01", "2026-02"))
    year = found(world, s=rows((10, 20), (10, 20)))
    assert (year.value, year.denominator) == (Decimal(67), 30)


def test_months_in_ramp_up_do_not_count():
    who = person(rep(start=date(2026, 1, 1), valid_from=date(2026, 1, 1)))
    ramp = ({"from_month": "1", "scored": "false"}, {"from_month": "3", "factor": "1"})
    world = World(measure(window="month"), who=who, span=("2026-01", "2026-03"), ramp=ramp)
    assert found(world, s=rows((9, 9), (9, 9), (1, 2))).value == Decimal(50)
    # In ramp-up all months are shown.
    world = World(measure(window="month"), who=who, span=("2026-01", "2026-02"), ramp=ramp)
    assert found(world, s=rows((9, 9), (1, 9))).value == Decimal(56)


def test_a_new_count_begins_with_its_run():
    first = revision([measure(window="month")])
    second = revision([measure(window="month")], date(2026, 3, 1))
    world = World(revisions=[first, second], span=("2026-01", "2026-04"))
    assert found(world, s=rows((9, 9), (9, 9), (1, 2), (2, 2))).value == Decimal(75)


@pytest.mark.parametrize(
    "one",
    [
        measure(kind="mean", unit="points"),
        measure(kind="check", condition="a > b"),
    ],
)
def test_what_does_not_add_up(one):
    assert found(World(one, span=("2026-01", "2026-02")), s=rows((1, 2), (1, 2))) is None


def test_a_snapshot_does_not_add_up():
    stock = source(columns={"a": {"accumulate": "last"}, "b": {"accumulate": "last"}})
    assert found(World(measure(window="month"), sources=[stock], span=("2026-01", "2026-02")), s=rows((1, 2))) is None


def test_nothing_counts():
    world = World(measure(window="month"), span=("2026-01", "2026-02"))
    assert found(world, s={}) is None
    assert found(world, s=rows((0, 0))) is None
