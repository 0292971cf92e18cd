from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standardwerk.model.handbook import Limits
from standardwerk.render.charts.bullet import HEIGHT, WIDTH, Bullet, bullet
from tests.render.charts.support import check, places, sound

HIGHER = ((Decimal(30), None), (Decimal(20), None))
LOWER = ((None, Decimal(5)), (None, Decimal(8)))
RANGE = ((Decimal(90), Decimal(110)), (Decimal(80), Decimal(120)))
NEGATIVE = ((Decimal(-5), None), (Decimal(-10), None))
ZERO = ((None, Decimal(0)), (None, Decimal(0)))
SENTENCE = "Abschlussquote: 27,5 %, Zielwert mindestens 30 %, knapp verfehlt"


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("higher", Bullet(Decimal("27.5"), HIGHER, 100, SENTENCE, "sw-near")),
        ("lower", Bullet(Decimal(3), LOWER)),
        ("range", Bullet(Decimal(97), RANGE)),
        ("far", Bullet(Decimal(900), HIGHER)),
        ("negative", Bullet(Decimal(-7), NEGATIVE)),
        ("far-negative", Bullet(Decimal(-300), HIGHER)),
        ("zero", Bullet(Decimal(0), HIGHER)),
        ("zero-limit", Bullet(Decimal(0), ZERO)),
        ("no-limits", Bullet(Decimal(7), None)),
    ],
)
def test_golden(name: str, options: Bullet) -> None:
    check(f"bullet-{name}", bullet(options))


def bar(drawing: str) -> tuple[int, int]:
    """Left and right end of the value."""
    found = re.search(r'class="sw-v" d="M(\d+) \d+H(\d+)', drawing)
    assert found
    return int(found[1]), int(found[2])


def test_a_value_of_zero_can_be_seen() -> None:
    left, right = bar(bullet(Bullet(Decimal(0), HIGHER)))
    assert right > left


def test_an_outlier_is_cut_and_does_not_crush_the_scale() -> None:
    far, farther = (bullet(Bullet(Decimal(value), HIGHER)) for value in (900, 900_000))
    assert far == farther
    assert 'class="sw-k"' in far
    assert 'class="sw-k"' not in bullet(Bullet(Decimal(41), HIGHER))


def test_a_proportion_ends_at_its_ceiling() -> None:
    limits = ((Decimal(90), None), (Decimal(70), None))
    assert bar(bullet(Bullet(Decimal(100), limits, 100))) == (0, WIDTH)


def test_a_scorecard_s_bullet_is_small() -> None:
    assert len(bullet(Bullet(Decimal(97), RANGE, None, SENTENCE, "sw-not-certain")).encode()) < 500


def test_the_sentence_is_escaped_once() -> None:
    root = sound(bullet(Bullet(Decimal(1), HIGHER, None, 'R&D <b> "x"')))
    assert root.get("aria-label") == 'R&D <b> "x"'


def test_without_a_sentence_it_is_hidden() -> None:
    assert sound(bullet(Bullet(Decimal(1), HIGHER))).get("aria-hidden") == "true"


numbers = st.decimals(-(10**9), 10**9, allow_nan=False, places=2)


@st.composite
def limits(draw: st.DrawFn) -> tuple[Limits, Limits]:
    found = sorted(draw(st.lists(numbers, min_size=4, max_size=4)))
    kind = draw(st.sampled_from(("higher", "lower", "range")))
    if kind == "higher":
        return (found[1], None), (found[0], None)
    if kind == "lower":
        return (None, found[0]), (None, found[1])
    return (found[1], found[2]), (found[0], found[3])


@given(numbers, st.none() | limits(), st.none() | st.just(100.0))
def test_all_lies_within_the_frame(value: Decimal, found: tuple[Limits, Limits] | None, ceiling: float | None) -> None:
    drawing = bullet(Bullet(value, found, ceiling, "x"))
    sound(drawing)
    assert all(-HEIGHT <= place <= WIDTH for place in places(drawing))
    left, right = bar(drawing)
    assert 0 <= left < right <= WIDTH


@given(st.integers(0, 60), st.integers(0, 60))
def test_larger_values_have_bars_at_least_as_long(one: int, other: int) -> None:
    """Compared by their share of the target's place, since the scale stretches for values beyond it."""

    def share(value: int) -> float:
        drawing = bullet(Bullet(Decimal(value), HIGHER))
        target = re.search(r'class="sw-t" d="M(\d+)', drawing)
        assert target
        return bar(drawing)[1] / int(target[1])

    low, high = sorted((one, other))
    assert share(low) <= share(high) + 0.03
