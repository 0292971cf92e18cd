"""States and their order, windows and limits: each by a world of one standard."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standardwerk.model.handbook import Window
from standardwerk.model.months import Month
from standardwerk.model.scores import State
from tests.evaluate.test_exact import naive as half_even
from tests.factory import START, World, X, assignment, measure, month, person, quick, rep, source

GOOD = {"2026-03": [{"a": 90, "b": 100}]}
OPTIONAL = source(columns={"a": {}, "b": {"required": "false"}})
RAMP = [{"from_month": "1", "scored": "false"}, {"from_month": "4", "factor": "0.5"}, {"from_month": "7"}]


# Every reason for a state, the first in order last to be removed: with all of them the first one shows. ---------------


def world_with(reasons: set[str]) -> tuple[World, dict]:
    """A world in which the given reasons for a state hold in March 2026, and no other."""
    late = "not_due" in reasons
    ramped = "ramp" in reasons
    start = date(2026, 1, 1) if ramped or late else START
    made = measure(
        is_target="true",
        minimum_n="10000" if "too_few" in reasons else "1",
        ramp="true" if ramped else "false",
        **({"due_after_days": "200"} if late else {}),
    )
    world = World(
        made,
        sources=[source(columns={"a": {}, "b": {}}, collected="false" if "not_collected" in reasons else "true")],
        who=person(rep(start=start), exemptions=[("std", date(2026, 3, 1), None)] if "exempt" in reasons else []),
        calendar={"held": ("2026-03",)} if "held" in reasons else {},
        ramp=RAMP,
    )
    rows = GOOD
    if "no_data" in reasons:
        rows = {"2026-03": []}
    if "not_applicable" in reasons:
        rows = {"2026-03": [{"a": 90, "b": None}]}
    return world, rows


REASONS = ["held", "exempt", "not_applicable", "not_collected", "no_data", "not_due", "ramp", "too_few"]


@quick
@given(st.sets(st.sampled_from(REASONS)))
def test_of_several_reasons_the_first_in_order_counts(reasons):
    world, rows = world_with(reasons)
    found = world.figure("2026-03", s=rows)
    expected = next((one for one in REASONS if one in reasons), "met")
    assert found.status.value == expected
    assert (found.value is None) is (expected in REASONS[:5])


@pytest.mark.parametrize("reason", REASONS)
def test_each_reason_alone(reason):
    world, rows = world_with({reason})
    assert world.state("2026-03", s=rows).value == reason


# Not applicable, no data ----------------------------------------------------------------------------------------------


def reason_of(made, rows, **world) -> tuple[str, str | None]:
    found = World(made, **world).figure("2026-03", s={"2026-03": rows})
    return found.status.value, found.reason


def test_why_a_figure_is_not_applicable():
    with_lines = [source(keys=("product_line",))]
    assert reason_of(measure(by="product_line"), [], sources=with_lines) == ("not_applicable", "no_lines")
    assert reason_of(measure(is_target="true"), [{"a": 1, "b": None}], sources=[OPTIONAL]) == (
        "not_applicable",
        "no_target",
    )
    assert reason_of(measure(), [{"a": 0, "b": 0}]) == ("not_applicable", "denominator_zero")
    assert reason_of(measure(), []) == ("no_data", None)
    assert reason_of(measure(source="assignments", numerator="0", denominator="1"), []) == (
        "not_applicable",
        "no_lines",
    )


def test_an_empty_denominator_that_is_no_target_is_no_data():
    assert reason_of(measure(), [{"a": 1, "b": None}], sources=[OPTIONAL]) == ("no_data", None)


def test_a_month_without_target_counts_on_neither_side():
    rolling = measure(is_target="true", window="rolling 3")
    rows = {"2026-01": [{"a": 70, "b": 100}], "2026-02": [{"a": 50, "b": None}], "2026-03": [{"a": 20, "b": 100}]}
    found = World(rolling, sources=[OPTIONAL]).figure("2026-03", s=rows)
    assert (found.value, found.numerator, found.flags) == (45, 90, ("not_agreed",))


def test_events_need_a_row_anywhere_in_the_window():
    events = [source(rows="events")]
    rolling = measure(window="rolling 2")
    world = World(rolling, sources=events)
    rows = {"2026-01": [{"a": 1, "b": 1}]}
    states = {text: world.state(text, s=rows).value for text in ("2026-01", "2026-02", "2026-03")}
    assert states == {"2026-01": "met", "2026-02": "met", "2026-03": "no_data"}
    assert World(rolling).state("2026-02", s=rows) is State.NO_DATA


def test_where_no_file_is_due_the_window_decides():
    quarterly = [source(cadence="quarterly")]
    world = World(measure(window="rolling 3"), sources=quarterly, span=("2026-01", "2026-08"))
    rows = {"2026-03": [{"a": 90, "b": 100}]}
    states = [world.state(f"2026-0{number}", s=rows).value for number in range(2, 8)]
    assert states == ["no_data", "met", "met", "met", "no_data", "no_data"]


def test_switched_off_is_so_for_a_joined_source_too():
    joined = measure(numerator="o.x", denominator="b")
    off = source("o", {"x": {}}, collected="false")
    assert World(joined, sources=[source(), off]).state("2026-03", s=GOOD) is State.NOT_COLLECTED


# Too few, due, ramp ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("needed", "expected"), [("100", "met"), ("101", "too_few")])
def test_too_few_of_the_denominator(needed, expected):
    assert World(measure(minimum_n=needed)).state("2026-03", s=GOOD).value == expected


def test_too_few_months():
    world = World(measure(window="rolling 3", minimum_months="2"))
    rows = {"2026-03": GOOD["2026-03"], "2026-04": GOOD["2026-03"]}
    assert [world.state(text, s=rows).value for text in ("2026-03", "2026-04")] == ["too_few", "met"]


def test_a_count_per_row_and_a_distinct_count():
    per_row = measure(minimum_n={"count": "b", "value": "3", "per": "row"})
    two = {"2026-03": [{"a": 4, "b": 4}, {"a": 1, "b": 1}]}
    found = World(per_row).figure("2026-03", s=two)
    assert (found.status, found.n, found.n_needed) == (State.TOO_FEW, 5, 6)
    distinct = measure(minimum_n={"count": "distinct(b)", "value": "2"}, window="rolling 2", kind="mean")
    same = {
        "2026-02": [{"a": 90, "b": 7}],
        "2026-03": [{"a": 90, "b": 7}, {"a": 90, "b": None}],
        "2026-04": [{"a": 90, "b": 8}],
    }
    world = World(distinct)
    assert [(world.figure(at, s=same).n, world.state(at, s=same).value) for at in ("2026-03", "2026-04")] == [
        (1, "too_few"),
        (2, "met"),
    ]


def test_due_from_the_first_full_month_after_so_many_days():
    every = {str(month("2026-01").plus(index)): GOOD["2026-03"] for index in range(6)}
    world = World(measure(due_after_days="31"), who=person(rep(start=date(2026, 1, 1))))
    # 1 February is the 32nd day: February is the first full month.
    assert [world.state(text, s=every).value for text in ("2026-01", "2026-02")] == ["not_due", "met"]
    world = World(measure(due_after_days="32"), who=person(rep(start=date(2026, 1, 1))))
    assert [world.state(text, s=every).value for text in ("2026-02", "2026-03")] == ["not_due", "met"]


def test_in_ramp_up_all_data_are_shown_and_nothing_is_scaled():
    hired = person(rep(start=date(2026, 1, 1)), availability={"2026-02": "0.5"})
    world = World(measure(is_target="true", window="rolling 6"), who=hired, ramp=RAMP, span=("2026-01", "2026-07"))
    every = {str(month("2026-01").plus(index)): [{"a": 30, "b": 100}] for index in range(7)}
    march, april, july = (world.figure(text, s=every) for text in ("2026-03", "2026-04", "2026-07"))
    assert (march.status, march.value, march.denominator) == (State.RAMP, 30, 300)
    # April counts alone, half its target; in July four months: 3 × 50 + 100.
    assert (april.status, april.value, april.denominator, april.denominator_raw) == (State.NEAR, 60, 50, 100)
    assert (july.value, july.numerator, july.denominator) == (48, 120, 250)


# Windows --------------------------------------------------------------------------------------------------------------

windows = st.one_of(
    st.just("month"),
    st.just("year-to-date"),
    st.integers(2, 14).map(lambda length: f"rolling {length}"),
)


@quick
@given(windows, st.integers(0, 23), st.integers(1, 12), st.integers(0, 12), st.sets(st.integers(0, 23)))
def test_a_window_holds_the_months_it_says(window, at, fiscal, entered, gaps):
    """Each month's amount is a power of two, so the sum tells which months are in it."""
    first = month("2025-01")
    made = measure(kind="sum", window=window)
    who = person(rep(start=Month(first + entered).first_day))
    world = World(made, who=who, span=("2025-01", "2026-12"), calendar={"fiscal_year_start": str(fiscal)})
    rows = {str(Month(first + index)): [{"a": 2**index}] for index in range(24) if index not in gaps}
    card = world.cards(s=rows).get(str(Month(first + at)))
    if at < entered:
        assert card is None
        return
    wanted, index = set(), at
    while index >= max(entered, 0):
        wanted.add(index)
        length = at - index + 1
        begins_year = (first + index) % 12 + 1 == fiscal
        if window == "month" or (window == "year-to-date" and begins_year) or window == f"rolling {length}":
            break
        index -= 1
    found = card.standards[0].main.figure
    assert str(found.window_start) == str(Month(first + min(wanted)))
    if at in gaps:
        assert found.status is State.NO_DATA
    else:
        assert found.value == sum(2**index for index in wanted - gaps)
        assert ("incomplete" in found.flags) is bool(wanted & gaps)


def test_a_window_is_written_back_as_it_was_read():
    assert [str(Window(*one)) for one in (("month", 1), ("rolling", 4), ("year-to-date", 12))] == [
        "month",
        "rolling 4",
        "year-to-date",
    ]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, {"2026-02": None, "2026-03": "2026-03", "2026-05": "2026-03", "2026-06": None, "2026-12": None}),
        ({"valid_months": "6"}, {"2026-06": "2026-03", "2026-08": "2026-03", "2026-09": None}),
    ],
)
def test_between_rounds_the_newest_one_is_shown(fields, expected):
    world = World(measure(cadence="quarterly", **fields), span=("2026-01", "2026-12"))
    found = {text: world.figure(text, s=GOOD) for text in expected}
    assert {text: str(one.round_month) if one.round_month else None for text, one in found.items()} == expected
    assert {one.status for one in found.values()} == {State.MET, State.NO_DATA}


def test_months_of_a_held_window_are_held():
    world = World(measure(window="rolling 3"), calendar={"held": ("2026-02",)})
    every = {f"2026-0{number}": GOOD["2026-03"] for number in range(1, 7)}
    states = [world.state(f"2026-0{number}", s=every).value for number in range(1, 7)]
    assert states == ["met", "held", "held", "held", "met", "met"]


# Limits, roles, flags -------------------------------------------------------------------------------------------------


@quick
@given(
    st.lists(st.sampled_from(["0", "0.25", "0.5", "1"]), min_size=4, max_size=4),
    st.integers(1, 1000),
    st.integers(0, 2),
    st.integers(0, 3),
)
def test_the_limits_of_a_plain_count_shrink(shares, limit, decimals, month_at):
    made = measure(
        kind="sum", is_target="true", window="rolling 4", decimals=str(decimals), bands={"met": str(limit), "near": "0"}
    )
    texts = [f"2026-0{number}" for number in range(1, 5)]
    who = person(availability=dict(zip(texts, shares, strict=True)))
    found = World(made, who=who).figure(texts[month_at], s={text: [{"a": 1}] for text in texts})
    counting = [Fraction(share) for share in shares[: month_at + 1]]
    if not counting[-1]:
        assert found.status is State.EXEMPT
        return
    exact = limit * sum(counting) / 4
    assert found.limits[0][0] == half_even(exact, decimals)
    assert found.value == sum(1 for share in counting if share)


def test_an_example_of_shrunken_limits():
    made = measure(kind="sum", is_target="true", window="year-to-date", bands={"met": "12", "near": "6"})
    rows = {f"2026-0{number}": [{"a": 1}] for number in range(1, 4)}
    found = World(made).figure("2026-03", s=rows)
    assert (found.limits, found.status) == (((Decimal(3), None), (Decimal(2), None)), State.MET)


@pytest.mark.parametrize("role", ["guard", "info"])
def test_guards_and_infos_have_no_verdict(role):
    bands = {"better": "higher", "bands": {"met": "99", "near": "98"}} if role == "guard" else {}
    world = World(measure(), measure(id="g", role=role, minimum_n="50", **bands))
    few = {"2026-03": [{"a": 4, "b": 5}], "2026-04": [{"a": 40, "b": 50}], "2026-05": []}
    found = [world.score(text, "g", s=few).figure for text in ("2026-03", "2026-04", "2026-05")]
    assert [one.status for one in found] == [State.TOO_FEW, None, State.NO_DATA]
    assert [one.value for one in found] == [80, 80, None]


def test_a_flag_is_a_mark_and_no_status():
    flagged = measure(flag={"above": "90", "text": X})
    assert World(flagged).figure("2026-03", s=GOOD).flags == ()
    over = World(flagged).figure("2026-03", s={"2026-03": [{"a": 91, "b": 100}]})
    assert (over.flags, over.status) == (("flag",), State.MET)
    assert World(measure(flag={"below": "91", "text": X})).figure("2026-03", s=GOOD).flags == ("flag",)


def test_checks():
    check = measure(kind="check", condition="a > 0", date="d", unit="date")
    world = World(check, sources=[source(columns={"a": {}, "d": {"type": "date", "required": "false"}})])
    days = [date(2026, 3, 2), date(2026, 3, 9)]
    found = world.figure("2026-03", s={"2026-03": [{"a": 1, "d": day} for day in days]})
    assert (found.status, found.value) == (State.MET, date(2026, 3, 9))
    one_fails = world.figure("2026-03", s={"2026-03": [{"a": 1, "d": days[0]}, {"a": 0, "d": None}]})
    assert (one_fails.status, one_fails.value, one_fails.numerator, one_fails.denominator) == (
        State.MISSED,
        days[0],
        1,
        2,
    )


def test_confident_proportions():
    sure = measure(kind="proportion", confident="true")
    # 15 of 30: 33 % to 67 %, so 60 % is within reach; 150 of 300: 44 % to 56 %.
    few, many = ({"2026-03": [{"a": half, "b": 2 * half}]} for half in (15, 150))
    assert World(sure).state("2026-03", s=few) is State.NOT_CERTAIN
    assert World(sure).state("2026-03", s=many) is State.MISSED
    assert World(measure(kind="proportion")).state("2026-03", s=few) is State.MISSED


def test_the_status_is_decided_on_the_value_as_displayed():
    shown = World(measure()).figure("2026-03", s={"2026-03": [{"a": Decimal("79.5"), "b": 100}]})
    assert (shown.value, shown.status) == (80, State.MET)
    finer = World(measure(decimals="1")).figure("2026-03", s={"2026-03": [{"a": Decimal("79.5"), "b": 100}]})
    assert (finer.value, finer.status) == (Decimal("79.5"), State.NEAR)


def test_the_share_of_credit_weighs_what_is_joined_to_it():
    lines = [source(keys=("product_line",))]
    joined = measure(source="assignments", numerator="s.a * credit_share", denominator="s.b")
    who = person(lines=[assignment("one", "0.5"), assignment("two", "1", at=3)])
    rows = [{"product_line": "one", "a": 100, "b": 50}, {"product_line": "two", "a": 10, "b": 50}]
    found = World(joined, sources=lines, who=who).figure("2026-03", s={"2026-03": rows})
    assert (found.numerator, found.value) == (60, 60)
    assert [(one.file, one.lines) for one in found.sources] == [("2026-03/s.csv", (2, 3)), ("assignments.csv", (2, 3))]
