"""What a group's figure says: its value, and never the same of everybody in it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standardwerk.evaluate.grouped import GroupValue, group_value
from standardwerk.evaluate.rollup import Total
from standardwerk.model.scores import State
from tests.factory import measure, thorough

SHARE = measure(kind="proportion", decimals="1", bands={"met": "90", "near": "75"})


def total(numerator: object, denominator: object, people: int = 5) -> Total:
    return Total(numerator, denominator, {str(index) for index in range(people)})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("numerator", "denominator", "value", "bound", "status"),
    [
        (82, 100, "82.0", None, State.NEAR),
        (949, 1000, "94.9", None, State.MET),
        (95, 100, "95.0", "least", State.MET),
        (100, 100, "95.0", "least", State.MET),
        (20, 20, "95.0", "least", State.MET),
        # Of 19 one less would be 94.7 %: with 95 % as the step all would be known to have all.
        (19, 19, "90.0", "least", State.MET),
        (18, 19, "90.0", "least", State.MET),
        (5, 5, "80.0", "least", None),
        (4, 5, "80.0", "least", None),
        (0, 100, "5.0", "most", State.MISSED),
        (1, 100, "5.0", "most", State.MISSED),
        (51, 1000, "5.1", None, State.MISSED),
        (0, 6, "20.0", "most", State.MISSED),
        (Decimal("7.5"), Decimal("12.5"), "60.0", None, State.MISSED),
    ],
)
def test_shares(numerator, denominator, value, bound, status):
    assert group_value(SHARE, total(numerator, denominator)) == GroupValue(Decimal(value), 5, bound, status)


@thorough
@given(st.integers(5, 400).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))))
def test_a_share_of_all_or_nothing_is_one_of_several(pair):
    """Of no denominator does what is shown say that it is all, or nothing."""
    numerator, denominator = pair
    shown = group_value(SHARE, total(numerator, denominator))
    alike = [one for one in range(denominator + 1) if group_value(SHARE, total(one, denominator)) == shown]
    assert numerator in alike
    assert alike != [0]
    assert alike != [denominator]


def test_too_little_to_be_one_of_several():
    assert group_value(SHARE, total(1, 1)) is None
    assert group_value(SHARE, total(1, 0)) is None
    assert group_value(SHARE, None) is None


def test_a_status_is_shown_where_it_is_sure():
    """At least 95 % may meet a limit of 97 %, or not; at most 5 % misses it."""
    strict = measure(kind="proportion", bands={"met": "97", "near": "90"})
    assert group_value(strict, total(100, 100)).status is None
    assert group_value(strict, total(0, 100)).status is State.MISSED
    between = measure(kind="proportion", better="range", bands={"met": ("96", "98"), "near": ("90", "100")})
    assert group_value(between, total(100, 100)).status is None


def test_quotients_and_sums():
    ratio = measure(unit="multiple", decimals="1", bands={"met": "3", "near": "2"})
    assert group_value(ratio, total(7, 2)) == GroupValue(Decimal("3.5"), 5, None, State.MET)
    assert group_value(ratio, total(7, 0)) is None
    # Nothing at all is nothing of each.
    assert group_value(ratio, total(0, 9)) is None
    counted = measure(kind="sum", unit="number")
    # The limits are for one person.
    assert group_value(counted, total(42, 0)) == GroupValue(Decimal(42), 5)
    assert group_value(counted, total(0, 0)) is None


def test_a_share_in_another_unit():
    plain = measure(kind="proportion", unit="number", decimals="1", bands={"met": "1", "near": "0.5"})
    assert group_value(plain, total(100, 100)) == GroupValue(Decimal("0.9"), 5, "least", None)
    assert group_value(plain, total(0, 100)) == GroupValue(Decimal("0.1"), 5, "most", State.MISSED)
