from __future__ import annotations

import decimal
from decimal import Decimal
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standardwerk.evaluate.exact import Z, divide, exact_context, mean_of_groups, rounded, wilson_percent
from tests.factory import quick, thorough

numbers = st.one_of(
    st.integers(-(10**9), 10**9),
    st.decimals(-(10**9), 10**9, places=3),
    st.fractions(-1000, 1000, max_denominator=1000),
)


def naive(value: Fraction, decimals: int) -> Fraction:
    """Half to even, by looking at the two neighbours."""
    step = Fraction(1, 10**decimals)
    below = floor(value / step)
    low, high = below * step, (below + 1) * step
    if value - low != high - value:
        return low if value - low < high - value else high
    return low if below % 2 == 0 else high


@thorough
@given(numbers, numbers.filter(bool), st.integers(0, 6), st.sampled_from([1, 100]))
def test_a_quotient_is_rounded_once(numerator, denominator, decimals, factor):
    found = divide(numerator, denominator, decimals, factor)
    assert Fraction(found) == naive(Fraction(numerator) / Fraction(denominator) * factor, decimals)
    assert found.as_tuple().exponent == -decimals


@quick
@given(st.integers(-(10**6), 10**6), st.integers(0, 4))
def test_ties_go_to_even(whole, decimals):
    found = rounded(Fraction(2 * whole + 1, 2 * 10**decimals), decimals)
    assert int(found.scaleb(decimals)) % 2 == 0
    assert abs(Fraction(found) - Fraction(2 * whole + 1, 2 * 10**decimals)) == Fraction(1, 2 * 10**decimals)


@pytest.mark.parametrize(
    ("numerator", "denominator", "decimals", "shown"),
    [(1, 8, 2, "0.12"), (3, 8, 2, "0.38"), (-1, 8, 2, "-0.12"), (1, -3, 1, "-0.3"), (2, 3, 0, "1"), (0, 7, 1, "0.0")],
)
def test_by_hand(numerator, denominator, decimals, shown):
    assert str(divide(numerator, denominator, decimals)) == shown


def inside(bound: Fraction, share: Fraction, trials: int) -> bool:
    """Whether the score test does not reject ``bound``: (p − b)² ≤ z² b (1 − b) / n."""
    return (share - bound) ** 2 <= Fraction(Z) ** 2 * bound * (1 - bound) / trials


@thorough
@given(st.data(), st.integers(1, 5000), st.integers(0, 3))
def test_the_wilson_interval_inverts_the_score_test(data, trials, decimals):
    successes = data.draw(st.integers(0, trials))
    share = Fraction(successes, trials)
    low, high = wilson_percent(successes, trials, decimals)
    half = Fraction(1, 2 * 10**decimals)
    low_at, high_at = Fraction(low), Fraction(high)
    assert 0 <= low_at <= 100 * share + half
    assert 100 * share - half <= high_at <= 100
    # The exact bound lies within half a step of the rounded one: the test changes its mind between the two ends.
    if successes:
        assert not inside((low_at - half) / 100, share, trials) or low_at < half
        assert inside(min((low_at + half) / 100, share), share, trials)
    else:
        assert low == 0
    if successes < trials:
        assert inside(max((high_at - half) / 100, share), share, trials)
        assert not inside((high_at + half) / 100, share, trials) or high_at + half > 100
    else:
        assert high == 100


def test_wilson_by_the_book():
    # Newcombe (1998), table I: 81 of 263 and 15 of 148, Wilson without continuity correction.
    assert wilson_percent(81, 263, 2) == (Decimal("25.53"), Decimal("36.62"))
    assert wilson_percent(15, 148, 2) == (Decimal("6.24"), Decimal("16.05"))


@quick
@given(st.lists(st.lists(st.decimals(-1000, 1000, places=2), min_size=1, max_size=5), min_size=1, max_size=5))
def test_the_mean_of_groups(values):
    groups = {index: (sum(its, Decimal(0)), len(its)) for index, its in enumerate(values)}
    each = [sum(map(Fraction, its)) / len(its) for its in values]
    assert mean_of_groups(groups) == sum(each) / len(each)


def test_an_inexact_sum_is_an_error():
    with decimal.localcontext(exact_context()):
        assert Decimal(10**60) + Decimal("0.000000001") - Decimal(10**60) == Decimal("0.000000001")
        with pytest.raises(decimal.Inexact):
            Decimal(10**199) + Decimal("0.00000000001")
