from __future__ import annotations

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


@pytest.mark.parametrize("series", ["actual", "target", "previous", "forecast"])
def test_keys(series: str) -> None:
    check(f"key-{series}", key(series))


def test_a_forecast_stands_only_where_there_is_no_actual_value() -> None:
    both = Column("Jan", 5, forecast=7)
    drawing = columns(Columns((both,)))
    assert 'class="a"' in drawing
    assert 'class="f"' not in drawing
    assert 'class="h"' not in drawing


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
