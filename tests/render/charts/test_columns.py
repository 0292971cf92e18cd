from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standardwerk.render.charts.columns import HEIGHT, WIDTH, Column, Columns, columns, key
from tests.render.charts.support import check, places, sound

QUARTER = Columns(
    (
        Column("Jan", Decimal(412), Decimal(450), Decimal(380), None, "412", "2026"),
        Column("Feb", Decimal(-50), Decimal(450), Decimal(380), None, "−50"),
        Column("Mär", None, Decimal(450), Decimal(380), Decimal(420), "420"),
    ),
    "Auftragseingang, Januar bis März 2026: Ist 362 T€, Zielwert 1.350 T€",
)


def test_golden() -> None:
    check("columns-quarter", columns(QUARTER))


def year(*actual: int) -> Columns:
    return Columns(tuple(Column(str(at), value) for at, value in enumerate(actual, 1)))


CASES = {
    "single": year(7),
    "zero": year(0, 0, 0),
    "constant": year(5, 5, 5, 5),
    "negative": year(-3, -5, -1),
    "far-out": year(3, 4, 300, 5, 4, 3),
}


@pytest.mark.parametrize("name", CASES)
def test_golden_cases(name: str) -> None:
    check(f"columns-{name}", columns(CASES[name]))


def boxes(drawing: str, css: str = "a") -> list[tuple[int, int, int, int]]:
    """Left, top, right, bottom of all boxes of a series."""
    found = re.search(rf'class="sw-{css}" d="([^"]*)"', drawing)
    assert found
    corners = re.findall(r"M(-?\d+) (-?\d+)H(-?\d+)V(-?\d+)", found[1])
    return [(int(left), int(top), int(right), int(bottom)) for left, top, right, bottom in corners]


def test_heights_are_in_proportion() -> None:
    heights = [bottom - top for _, top, _, bottom in boxes(columns(year(1, 2, 4)))]
    assert [round(height / heights[0]) for height in heights] == [1, 2, 4]


def test_a_value_far_out_does_not_press_the_others_flat() -> None:
    drawing = columns(CASES["far-out"])
    heights = [bottom - top for _, top, _, bottom in boxes(drawing)]
    assert min(heights) > max(heights) / 2
    assert 'class="sw-k"' in drawing
    assert 'class="sw-k"' not in columns(year(3, 4, 5, 6, 7, 8))


def test_below_zero_columns_hang() -> None:
    hanging = boxes(columns(CASES["negative"]))
    assert len({top for _, top, _, _ in hanging}) == 1
    assert hanging[1][3] > hanging[0][3] > hanging[2][3]


@pytest.mark.parametrize("series", ["actual", "target", "previous", "forecast"])
def test_keys(series: str) -> None:
    check(f"key-{series}", key(series))


def test_a_forecast_stands_only_where_there_is_no_actual_value() -> None:
    both = Column("Jan", 5, forecast=7)
    drawing = columns(Columns((both,)))
    assert 'class="sw-a"' in drawing
    assert 'class="sw-f"' not in drawing
    assert 'class="sw-h"' not in drawing


def test_no_value_no_chart() -> None:
    assert columns(Columns((Column("Jan", None),))) == ""
    assert columns(Columns(())) == ""


def test_a_year_is_small() -> None:
    year = tuple(Column("Jan", 100 + index, 300, 200, None, "100") for index in range(12))
    assert len(columns(Columns(year)).encode()) < 3000


def test_texts_are_escaped() -> None:
    texts = [element.text for element in sound(columns(Columns((Column("<Q&A>", 1),)))) if element.tag == "text"]
    assert texts == ["<Q&A>"]


value = st.none() | st.integers(-(10**9), 10**9)


@given(
    st.lists(st.builds(Column, st.just("Jan"), value, value, value, value, st.just("1"), st.just("2026")), max_size=24)
)
def test_all_lies_within_the_frame(entries: list[Column]) -> None:
    drawing = columns(Columns(tuple(entries), "x"))
    if drawing:
        sound(drawing)
        assert all(0 <= place <= max(WIDTH, HEIGHT) for place in places(drawing))
