"""Business totals: every row counts, unscaled, whoever it belongs to."""

from __future__ import annotations

from decimal import Decimal

from standardwerk.evaluate.totals import Amounts, TotalBook, TotalKey, add_totals, in_month
from standardwerk.model.handbook import MeasureRef
from tests.factory import World, assignment, measure, month, person, rep, rows_in, source

REF = MeasureRef(standard="std", measure="m")
TOTALS = {"totals": [{"standard": "std", "measure": "m"}]}
JANUARY = month("2026-01")


def total_of(world: World, rows, who=None) -> dict[TotalKey, Amounts]:
    given = {name: rows_in(its, one) for one in world.sources for name, its in rows.items() if name == one.name}
    return TotalBook(world.scoring).of_person(who or world.who, given)


def test_rows_count_without_a_target_in_ramp_up_and_in_absence():
    ramp = [{"from_month": "1", "scored": "false"}]
    who = person(rep(start=JANUARY.first_day), lines=["one", "two"], availability={"2026-01": "0.5"})
    world = World(
        measure(is_target="true", ramp="true"),
        sources=[source(keys=("product_line",))],
        who=who,
        organisation=TOTALS,
        ramp=ramp,
    )
    found = total_of(
        world,
        {"s": {"2026-01": [{"product_line": "one", "a": 7, "b": None}, {"product_line": "two", "a": 5, "b": 8}]}},
    )
    assert found == {
        TotalKey(JANUARY, "std", "m", "one"): Amounts(7, None),
        TotalKey(JANUARY, "std", "m", "two"): Amounts(5, 8),
    }


def test_a_joined_share_weighs_the_amount():
    who = person(rep(), lines=[assignment("one", "0.25")])
    world = World(
        measure(numerator="a * assignments.credit_share"),
        sources=[source(keys=("product_line",))],
        who=who,
        organisation=TOTALS,
    )
    found = total_of(world, {"s": {"2026-02": [{"product_line": "one", "a": Decimal("10.10"), "b": 4}]}})
    assert found == {TotalKey(month("2026-02"), "std", "m", "one"): Amounts(Decimal("2.5250"), 4)}


def test_without_product_lines_and_without_a_denominator():
    world = World(measure(kind="sum", unit="number"), organisation=TOTALS)
    found = total_of(world, {"s": {"2026-01": [{"a": 3, "b": 1}]}})
    assert found == {TotalKey(JANUARY, "std", "m", None): Amounts(3, None)}


def test_whoever_has_rows_counts_scorecard_or_not():
    lead = person(rep("lea", role="lead"))
    world = World(measure(), organisation=TOTALS)
    assert total_of(world, {"s": {"2026-01": [{"a": 3, "b": 4}]}}, lead)


def test_what_is_held_back_is_in_no_total():
    rows = {"s": {"2026-01": [{"a": 3, "b": 4}], "2026-02": [{"a": 5, "b": 6}]}}
    for held in ("2026-01", {"month": "2026-01", "source": "s"}):
        world = World(measure(), organisation=TOTALS, calendar={"held": [held]})
        assert [str(key.month) for key in total_of(world, rows)] == ["2026-02"]
    world = World(measure(), organisation=TOTALS, calendar={"held": [{"month": "2026-01", "source": "other"}]})
    assert len(total_of(world, rows)) == 2


def test_only_what_is_chosen_is_added_up():
    assert total_of(World(measure()), {"s": {"2026-01": [{"a": 3, "b": 4}]}}) == {}


def test_totals_add_up():
    found: dict[TotalKey, Amounts] = {}
    one, two = TotalKey(JANUARY, "std", "m", "one"), TotalKey(JANUARY, "std", "m", "two")
    add_totals(found, {one: Amounts(1, None)})
    add_totals(found, {one: Amounts(2, 5), two: Amounts(None, 3)})
    assert found == {one: Amounts(3, 5), two: Amounts(None, 3)}
    assert list(in_month(found, REF, JANUARY, ("two", "one")).items()) == [
        ("two", Amounts(None, 3)),
        ("one", Amounts(3, 5)),
        (None, Amounts(3, 8)),
    ]
    assert in_month(found, REF, month("2026-02"), ("one",)) == {}
