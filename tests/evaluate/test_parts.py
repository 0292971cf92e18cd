from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from standardwerk.evaluate.parts import MeasurePlan, Part, index_rows, rows_of
from standardwerk.model.handbook import Measure
from standardwerk.model.sources import assignments_source
from tests.factory import World, assignment, measure, month, person, quick, rows_in, source

JANUARY = month("2026-01")


def parts(made: Measure, world: World | None = None, **rows: object) -> dict[str | None, Part]:
    world = world or World(made)
    known = {one.name: one for one in world.sources}
    given_rows = {name: rows_in(its, known[name]) for name, its in rows.items()}
    return MeasurePlan(made, world.scoring).parts(world.who, given_rows, (JANUARY,)).get(JANUARY, {})


cells = st.none() | st.integers(0, 20)
row = st.fixed_dictionaries({"a": cells, "b": cells, "t": st.sampled_from(["won", "lost", None])})
COLUMNS = {
    name: {"required": "false", "type": kind} for name, kind in (("a", "number"), ("b", "number"), ("t", "string"))
}


@quick
@given(st.lists(row, max_size=6), st.booleans(), st.booleans())
def test_rows_are_filtered_and_added(given_rows, filtered, target):
    where = {"where": "t != 'lost'"} if filtered else {}
    made = measure(is_target="true" if target else "false", **where)
    found = parts(made, World(made, sources=[source(columns=COLUMNS)]), s={"2026-01": given_rows}).get(None)
    kept = [(line, one) for line, one in enumerate(given_rows, 2) if not filtered or one["t"] == "won"]
    if not kept:
        assert found is None
        return
    without_target = [one for _, one in kept if one["b"] is None] if target else []
    counting = [one for _, one in kept if one["a"] is not None and one["b"] is not None]
    assert found.not_agreed == len(without_target)
    assert (found.rows, found.numerator) == (len(counting), sum(one["a"] for one in counting))
    assert found.denominator == found.n == sum(one["b"] for one in counting)
    assert found.lines == {"2026-01/s.csv": [line for line, _ in kept]}


def test_one_part_per_line():
    made = measure(by="product_line")
    by_line = source(keys=("product_line",))
    its = [{"product_line": line, "a": 1, "b": index} for index, line in enumerate(("one", "two", "one"), 1)]
    found = parts(made, World(made, sources=[by_line]), s={"2026-01": its})
    assert {line: part.denominator for line, part in found.items()} == {"one": 4, "two": 2}


def test_a_joined_row_is_found_by_its_keys():
    joined = measure(numerator="o.x + p.y")
    by_line = source(keys=("product_line",))
    sources = [by_line, source("o", {"x": {}}, keys=("product_line",)), source("p", {"y": {}})]
    found = parts(
        joined,
        World(joined, sources=sources),
        s={"2026-01": [{"product_line": "one", "b": 1}, {"product_line": "two", "b": 1}]},
        o={"2026-01": [{"product_line": "two", "x": 5}, {"product_line": "one", "x": 3}]},
        p={"2026-01": [{"y": 10}]},
    )[None]
    assert (found.numerator, found.denominator) == (28, 2)
    assert found.lines == {"2026-01/s.csv": [2, 3], "2026-01/o.csv": [3, 2], "2026-01/p.csv": [2]}


def test_without_a_joined_file_nothing_is_known():
    joined = measure(numerator="o.x", missing="0")
    sources = [source(), source("o", {"x": {}})]
    own = {"2026-01": [{"b": 1}]}
    there = World(joined, sources=sources)
    gone = World(joined, sources=sources, absent={"o": ["2026-01"]})
    quarterly = [source(), source("o", {"x": {}}, cadence="quarterly")]
    not_due = World(joined, sources=quarterly, absent={"o": ["2026-01"]})
    assert [bool(parts(joined, world, s=own)) for world in (there, gone, not_due)] == [True, False, True]


def test_the_roster_as_a_source():
    who = person(
        lines=[
            assignment("one", "0.5", at=4),
            assignment("one", "0.5", at=5),
            assignment("two", at=6, start=date(2026, 2, 1)),
            assignment("two", at=7, end=date(2026, 1, 30)),
        ]
    )
    roster = assignments_source(source().dialect)
    assert rows_of(roster, who, {}, JANUARY) == ((("ann", "one", Decimal("0.5")), 4),)
    assert [line for _, line in rows_of(roster, who, {}, JANUARY.plus(1))] == [4, 6]


def test_a_row_made_of_several_lines_leads_to_each():
    sums = Part()
    for line in (3, (4, 9, 4), 9, 9):
        sums.add_line("orders.csv", line)
    assert sums.lines == {"orders.csv": [3, 4, 9, 4, 9]}


def test_the_file_of_a_month():
    scoring = World(measure(), sources=[source()]).scoring
    beside = replace(scoring, beside={"s": frozenset({JANUARY})})
    assert scoring.file_of(source(), JANUARY) == "2026-01/s.csv"
    assert beside.file_of(source(), JANUARY) == "s.csv"
    assert beside.file_of(source(), JANUARY.plus(1)) == "2026-02/s.csv"
    assert scoring.file_of(assignments_source(source().dialect), JANUARY) == "assignments.csv"


def test_rows_by_key():
    by_line = source(keys=("product_line",))
    rows = ((("ann", "one", 1, 2), 2), (("ann", "two", 3, 4), 3))
    assert {key: line for key, (_, line) in index_rows(by_line, rows).items()} == {("one",): 2, ("two",): 3}
    assert index_rows(source(), rows[:1]) == {(): rows[0]}


def test_what_can_be_compared_and_added_up():
    sources = [source(columns={"a": {}, "b": {}, "last": {"accumulate": "last"}, "ids": {"accumulate": "distinct"}})]
    made = {
        "flow": measure(),
        "stock": measure(numerator="last"),
        "distinct": measure(kind="sum", value="ids"),
        "rating": measure(kind="mean"),
        "check": measure(kind="check", condition="a > 0"),
        "share": measure(source="assignments", numerator="credit_share", denominator="1"),
    }
    world = World(*made.values(), sources=sources)
    plans = {name: MeasurePlan(one, world.scoring) for name, one in made.items()}
    assert {name for name, plan in plans.items() if plan.signalled} == {"flow", "share"}
    assert {name for name, plan in plans.items() if plan.adds_up} == {"flow", "stock", "share"}


def test_nothing_is_zero_for_a_count():
    """A month whose file came, with no row or none that ``where`` keeps, counts with 0; without it nothing is known."""
    count = measure(kind="sum", value="a", where="a > 1")
    events = source(rows="events")
    none = parts(count, World(count, sources=[events]))
    assert {line: (part.rows, part.numerator, part.lines) for line, part in none.items()} == {None: (1, 0, {})}
    assert parts(count, World(count, sources=[events], absent={"s": ["2026-01"]})) == {}
    complete = World(count)
    assert parts(count, complete) == {}
    assert parts(count, complete, s={"2026-01": [{"a": 1}]})[None].rows == 1
    assert parts(count, complete, s={"2026-01": [{"a": 1}, {"a": 5}]})[None].numerator == 5
    ratio = measure()
    assert parts(ratio, World(ratio, sources=[events])) == {}


def test_nothing_is_zero_in_each_assigned_line():
    count = measure(kind="sum", value="a", by="product_line")
    events = source(keys=("product_line",), rows="events")
    world = World(count, sources=[events], who=person(lines=["one", "two"]))
    found = parts(count, world, s={"2026-01": [{"product_line": "two", "a": 3}]})
    assert {line: part.numerator for line, part in found.items()} == {"one": 0, "two": 3}
