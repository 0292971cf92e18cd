from __future__ import annotations

from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from standardwerk.evaluate.parts import Part
from standardwerk.evaluate.tenure import ONE, Weight
from standardwerk.evaluate.track import Sums, build_entry
from standardwerk.model.months import Month
from tests.evaluate.test_exact import naive as half_even
from tests.factory import World, assignment, measure, month, person, quick, source

BY_LINE = source(keys=("product_line",), columns={"a": {}, "b": {"required": "false"}})
FACTORS = [{"from_month": "1", "factor": "0.5"}, {"from_month": "4", "factor": "1"}]
TEXTS = [f"2026-0{number}" for number in range(1, 5)]
FIRST = month("2026-01")

amounts = st.integers(0, 9)
cells = st.none() | st.tuples(amounts, st.none() | st.integers(1, 9))
plans = st.fixed_dictionaries({line: st.lists(cells, min_size=4, max_size=4) for line in ("one", "two")})


@quick
@given(
    plans,
    st.fixed_dictionaries({line: st.none() | st.integers(0, 3) for line in ("one", "two")}),
    st.lists(st.sampled_from([0, "0.5", "1"]), min_size=4, max_size=4),
    st.booleans(),
)
def test_all_counting_months_of_all_lines_are_added(plan, begun, shares, target):
    """Total of two lines over four months against sums of fractions."""
    who = person(
        lines=[
            assignment(line, ramp_from=None if at is None else Month(FIRST + at).first_day)
            for line, at in begun.items()
        ],
        availability={text: str(share) for text, share in zip(TEXTS, shares, strict=True)},
    )
    made = measure(by="product_line", window="rolling 4", is_target="true" if target else "false", decimals="2")
    rows = {
        text: [
            {"product_line": line, "a": plan[line][index][0], "b": plan[line][index][1]}
            for line in plan
            if plan[line][index] is not None
        ]
        for index, text in enumerate(TEXTS)
    }
    found = World(made, sources=[BY_LINE], who=who, ramp=FACTORS).figure("2026-04", s=rows)
    top, below = Fraction(0), Fraction(0)
    for index in range(4):
        for line, its in plan.items():
            share = Fraction(str(shares[index]))
            if its[index] is None or its[index][1] is None or not share:
                continue
            since = None if begun[line] is None else index - begun[line]
            ramp = Fraction(1, 2) if since is not None and 0 <= since < 3 else Fraction(1)
            top += its[index][0]
            below += its[index][1] * (ramp * share if target else 1)
    if found.value is not None:
        assert (found.numerator, found.denominator) == (top, below)
        assert found.value == half_even(100 * top / below, 2)
    else:
        april = [its[3] for its in plan.values() if its[3] is not None]
        assert not shares[3] or not any(cell[1] is not None for cell in april)


def test_a_month_shows_what_counts_of_it():
    who = person(lines=[assignment("one"), assignment("two", ramp_from=date(2026, 3, 1))])
    rows = [{"product_line": line, "a": 40, "b": 100} for line in ("one", "two")]
    made = measure(by="product_line", is_target="true")
    steps = [{"from_month": "1", "scored": "false"}, {"from_month": "2", "factor": "0.5"}, {"from_month": "3"}]
    world = World(made, sources=[BY_LINE], who=who, ramp=steps)
    given_rows = dict.fromkeys(("2026-03", "2026-04", "2026-05"), rows)
    parts = [world.figure(text, s=given_rows).months[0] for text in given_rows]
    shown = [(one.numerator, one.denominator, one.denominator_scaled, one.ramp_factor, one.counts) for one in parts]
    assert shown == [(40, 100, 100, 1, True), (80, 200, 150, None, True), (80, 200, 200, 1, True)]
    assert [one.value for one in parts] == [40, 53, 40]


def test_an_exempt_month_shows_its_data_and_does_not_count():
    made = measure(window="rolling 2")
    who = person(exemptions=[("std", date(2026, 1, 1), date(2026, 1, 31))])
    found = World(made, who=who).figure("2026-02", s={text: [{"a": 80, "b": 100}] for text in TEXTS[:2]})
    assert [(one.numerator, one.counts) for one in found.months] == [(80, False), (80, True)]
    assert found.numerator == 80


def test_a_group_without_rows_adds_nothing():
    rated = measure(kind="mean", group="g", decimals="2", window="rolling 2")
    columns = {"a": {"required": "false"}, "g": {"type": "string"}}
    rows = {
        "2026-01": [{"a": 1, "g": "x"}, {"a": 2, "g": "x"}, {"a": None, "g": "z"}],
        "2026-02": [{"a": 3, "g": "x"}, {"a": 5, "g": "y"}],
    }
    found = World(rated, sources=[source(columns=columns)]).figure("2026-02", s=rows)
    # x: (1 + 2 + 3) ÷ 3 = 2; y: 5; z has no data.
    assert (str(found.value), found.denominator) == ("3.50", 4)


def test_an_entry_of_nothing():
    full = Weight(True, ONE, ONE, False)
    entry = build_entry(FIRST, [(None, Part(not_agreed=2))], measure(is_target="true"), lambda *_: full, None)
    assert (entry.present, entry.not_agreed, entry.shown, entry.counted) == (True, True, None, None)
    assert Sums().value(measure()) is None
