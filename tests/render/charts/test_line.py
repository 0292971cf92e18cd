from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standardwerk.render.charts.line import HEIGHT, Line, Point, line
from tests.render.charts.support import check, sound

SENTENCE = "Abschlussquote, Apr 25 bis Mär 26: zuletzt 27,5 %, niedrigster Wert 20 %, höchster Wert 41 %"
VALUES = (24, 22, 29, 31, 26, 20, 41, 33, 30, 28, 25, 27)


def points(values: tuple[int | None, ...], target: int | None = 30, **changes: dict[int, object]) -> tuple[Point, ...]:
    made = [Point(None if value is None else Decimal(value), True, (_decimal(target), None)) for value in values]
    for name, by_index in changes.items():
        for index, change in by_index.items():
            made[index] = made[index]._replace(**{name: change})
    return tuple(made)


def _decimal(value: int | None) -> Decimal | None:
    return None if value is None else Decimal(value)


CASES = {
    "plain": points(VALUES),
    "gaps": points((24, None, 29, None, None, 20, 41, 33, None, 28, 25, 27)),
    "unscored": points(VALUES, scored=dict.fromkeys(range(4), False)),
    "last-unscored": points(VALUES, scored={11: False}),
    "targets": points(VALUES, targets={index: (Decimal(33), None) for index in range(9, 12)}),
    "range": points((97, 101, 88, 120), targets={index: (Decimal(90), Decimal(110)) for index in range(4)}),
    "restart": points(VALUES, restart={8: True}),
    "constant": points((5,) * 12, None),
    "negative": points((-20, 3, -7, 0), -5),
    "single": points((None, 7, None)),
    "zero": points((0,) * 6, 0),
    "far-out": points((24, 22, 29, 900, 26, 20, 41, 33, 30, 28, 25, 27)),
    "far-out-last": points((24, 22, 29, 31, 26, 20, 41, 33, 30, 28, 25, -900)),
}


@pytest.mark.parametrize("name", CASES)
def test_golden(name: str) -> None:
    check(f"line-{name}", line(Line(CASES[name], SENTENCE if name == "plain" else "")))


def test_no_value_no_chart() -> None:
    assert line(Line(points((None, None)))) == ""
    assert line(Line(())) == ""


def test_a_line_of_a_year_is_small() -> None:
    unscored = tuple(point._replace(scored=False) for point in points(VALUES))
    assert len(line(Line(unscored, SENTENCE, "sw-not-certain")).encode()) < 900
    assert len(line(Line(CASES["plain"], SENTENCE, "sw-met")).encode()) < 400


def test_a_lone_month_is_a_dot() -> None:
    drawing = line(Line(points((24, None, 29, 30))))
    assert 'class="sw-i" d="M6 ' in drawing


def test_small_changes_of_large_values_stay_small() -> None:
    drawing = line(Line(points((9500, 9510, 9490, 9505), None)))
    heights = re.search(r'class="sw-v" d="M6 (\d+)l12 ?(-?\d+)', drawing)
    assert heights
    assert abs(int(heights[2])) <= 1


def test_each_month_has_its_own_target() -> None:
    assert 'class="sw-t" d="M0 14H108V12H144"' in line(Line(CASES["targets"]))


def test_a_restart_cuts_values_and_targets() -> None:
    drawing = line(Line(CASES["restart"]))
    assert 'class="sw-x" d="M96 0v28"' in drawing
    assert drawing.count("M102 ") == 1
    assert "H96M96 " in drawing


def heights(drawing: str) -> list[int]:
    """The heights of a line without gaps."""
    moves = re.search(r'class="sw-v" d="([^"]*)"', drawing)
    assert moves
    steps = [int(number) for number in re.findall(r"-?\d+", moves[1])][1::2]
    return [sum(steps[: at + 1]) for at in range(len(steps))]


def test_a_value_far_out_does_not_press_the_others_flat() -> None:
    plain, far = heights(line(Line(CASES["plain"]))), heights(line(Line(CASES["far-out"])))
    others = [at for at in range(12) if at != 3]
    assert [far[at] for at in others] == [plain[at] for at in others]
    assert far[3] == 4
    assert 'class="sw-k" d="M39 9l6-3"' in line(Line(CASES["far-out"]))
    assert 'class="sw-k"' not in line(Line(CASES["plain"]))


def test_a_target_far_away_is_shown() -> None:
    """How far it is to the target is no outlier."""
    drawing = line(Line(points(VALUES, 900)))
    assert 'class="sw-k"' not in drawing
    assert 'class="sw-t" d="M0 4H144"' in drawing
    assert min(heights(drawing)) > 20


def test_of_few_values_none_is_far_out() -> None:
    assert 'class="sw-k"' not in line(Line(points((1, 1, 900, 1, 1), None)))
    assert 'class="sw-k"' in line(Line(points((1, 1, 900, 1, 1, 1), None)))


def test_all_zero_is_a_level_line() -> None:
    assert len(set(heights(line(Line(CASES["zero"]))))) == 1


one = st.builds(
    Point,
    st.none() | st.decimals(-(10**9), 10**9, allow_nan=False, places=2),
    st.booleans(),
    st.tuples(*[st.none() | st.integers(-1000, 1000)] * 2),
    st.booleans(),
)


@given(st.lists(one, max_size=24))
def test_all_lies_within_the_frame(found: list[Point]) -> None:
    drawing = line(Line(tuple(found), "x"))
    assert bool(drawing) == any(point.value is not None for point in found)
    if drawing:
        root = sound(drawing)
        dot = root[-1]
        assert 0 <= int(dot.attrib["cy"]) <= HEIGHT
        starts = re.findall(r"M(\d+) (-?\d+)", drawing)
        assert all(0 <= int(y) <= HEIGHT for _, y in starts)


@given(st.lists(st.integers(-(10**6), 10**6), min_size=1, max_size=12))
def test_the_last_month_is_where_the_line_ends(values: list[int]) -> None:
    drawing = line(Line(points(tuple(values), None)))
    dot = sound(drawing)[-1]
    moves = re.search(r'class="sw-v" d="([^"]*)"', drawing)
    if moves:
        numbers = [int(number) for number in re.findall(r"-?\d+", moves[1])]
        assert sum(numbers[0::2]) == int(dot.attrib["cx"])
        assert sum(numbers[1::2]) == int(dot.attrib["cy"])
