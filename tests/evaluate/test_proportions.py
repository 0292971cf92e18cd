from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from standardwerk.evaluate.people import PlanBook
from standardwerk.evaluate.proportions import proportion_faults
from tests.factory import World, measure, month, person, quick, rep, revision, rows_in, source

OPTIONAL = {"a": {"required": "false"}, "b": {"required": "false"}}


def faults(world: World, **rows) -> list[tuple[str, str, int]]:
    known = {one.name: one for one in world.sources}
    given_rows = {name: rows_in(its, known[name]) for name, its in rows.items()}
    found = proportion_faults(PlanBook(world.scoring), world.who, given_rows)
    return [(one.measure, one.file, one.line) for one in found]


amounts = st.none() | st.integers(-3, 5) | st.sampled_from([Decimal("1.5"), Decimal("2.0")])


@quick
@given(st.lists(st.tuples(amounts, amounts), max_size=5))
def test_a_proportion_is_a_part_of_a_whole(pairs):
    world = World(measure(kind="proportion"), sources=[source(columns=OPTIONAL)])
    rows = {"2026-02": [{"a": top, "b": below} for top, below in pairs]}
    wrong = [
        ("m", "2026-02/s.csv", line)
        for line, (top, below) in enumerate(pairs, 2)
        if None not in (top, below) and not (top in range(10) and below in range(10) and top <= below)
    ]
    assert faults(world, s=rows) == wrong


def test_only_what_the_measure_reads_is_checked():
    bad = {"2026-02": [{"a": 5, "b": 1}]}
    assert faults(World(measure()), s=bad) == []
    assert faults(World(measure(kind="proportion", where="a < 5")), s=bad) == []
    assert faults(World(measure(kind="proportion"), sources=[source(collected="false")]), s=bad) == []
    assert faults(World(measure(kind="proportion"), who=person(rep(start=date(2026, 3, 1)))), s=bad) == []
    joined = World(measure(kind="proportion", numerator="o.a"), sources=[source(), source("o")])
    assert faults(joined, s={"2026-02": [{"b": 1}]}, o={"2026-02": [{"a": 2}]}) == [("m", "2026-02/s.csv", 2)]


def test_each_month_by_its_own_revision():
    revisions = [
        revision([measure(kind="proportion")]),
        revision([measure(kind="proportion", denominator="b + 9")], month("2026-03").first_day),
    ]
    rows = {text: [{"a": 5, "b": 1}] for text in ("2026-02", "2026-03")}
    assert faults(World(revisions=revisions), s=rows) == [("m", "2026-02/s.csv", 2)]
