from __future__ import annotations

import itertools
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standardwerk.render.charts.trend import HEIGHT, Trend, TrendPoint, trend
from tests.render.charts.support import check, places, sound

VALUES = (85, 87, 86, 88, 90, 87, 86, 88, 91, 90, 88, 87, 80, 82, 83, 86)


def points(
    values: tuple[int | None, ...], target: int | None = 90, **changes: dict[int, object]
) -> tuple[TrendPoint, ...]:
    limit = None if target is None else Decimal(target)
    made = [
        TrendPoint(
            None if value is None else Decimal(value), f"{value} %", (limit, None), label="Jan" if not index % 3 else ""
        )
        for index, value in enumerate(values)
    ]
    for name, by_index in changes.items():
        for index, change in by_index.items():
            made[index] = made[index]._replace(**{name: change})
    return tuple(made)


CASES = {
    "editions": points(
        VALUES, mark={0: "2025.1", 6: "2025.2", 12: "2026.1"}, restart={12: True}, group={0: "2025", 12: "2026"}
    ),
    "gaps": points((85, None, 87, None, None, 88, 90)),
    "targets": points(VALUES[:8], targets={index: (Decimal(80), None) for index in range(4, 8)}),
    "range": points((97, 101, 88, 120), targets={index: (Decimal(90), Decimal(110)) for index in range(4)}),
    "no-target": points((3, 4), None),
    "constant": points((5,) * 6, None),
    "single": points((None, 7, None)),
}


@pytest.mark.parametrize("name", CASES)
def test_golden(name: str) -> None:
    check(f"trend-{name}", trend(Trend(CASES[name], "A sentence")))


def test_no_value_no_chart() -> None:
    assert trend(Trend(points((None, None)))) == ""
    assert trend(Trend(())) == ""


def test_a_cut_is_no_line_and_a_gap_neither() -> None:
    (lines,) = re.findall(
        r'<path class="sw-v" d="([^"]*)"', str(trend(Trend(points((1, 2, None, 4, 5, 6, 7), restart={5: True}))))
    )
    assert lines.count("M") == 3


def test_values_that_are_written_do_not_touch() -> None:
    texts = re.findall(r'<text class="sw-n" x="(\d+)"', str(trend(Trend(CASES["editions"]))))
    assert len(texts) > 2
    assert all(int(later) - int(one) > 52 for one, later in itertools.pairwise(texts))


numbers = st.one_of(st.none(), st.decimals(-1000, 1000, places=1))


@given(st.lists(st.tuples(numbers, numbers, st.booleans()), min_size=1, max_size=24))
def test_every_trend_is_sound(given_: list[tuple[Decimal | None, Decimal | None, bool]]) -> None:
    made = tuple(TrendPoint(value, str(value), (limit, None), cut, "<&>", "x") for value, limit, cut in given_)
    drawing = str(trend(Trend(made, 'A "sentence" & more')))
    if not any(value is not None for value, _, _ in given_):
        assert drawing == ""
        return
    root = sound(drawing)
    width = float(root.get("viewBox", "").split()[2])
    assert all(-STEP_TALLEST <= one <= max(width, HEIGHT) for one in places(drawing))
    assert drawing.count("<circle") == sum(value is not None for value, _, _ in given_) + 1


#: Relative steps of a line go up and down by no more than the chart is high.
STEP_TALLEST = HEIGHT
