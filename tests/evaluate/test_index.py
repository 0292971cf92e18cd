from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standardwerk.evaluate.index import index_of, points
from standardwerk.model.handbook import Index
from standardwerk.model.scores import MeasureScore, StandardScore, State
from tests.factory import figure, measure, quick, revision, standard

LIMITS = {
    "higher": ((Decimal(80), None), (Decimal(60), None)),
    "lower": ((None, Decimal(5)), (None, Decimal(10))),
    "range": ((Decimal(-20), Decimal(20)), (Decimal(-40), Decimal(30))),
    "equal": ((Decimal(1), None), (Decimal(1), None)),
}


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        ("higher", {"200": 100, "80": 100, "70": 75, "60": 50, "50": 25, "40": 0, "-9": 0}),
        ("lower", {"0": 100, "5": 100, "7.5": 75, "10": 50, "15": 0, "99": 0}),
        ("range", {"0": 100, "-20": 100, "-30": 75, "-60": 0, "25": 75, "30": 50, "40": 0}),
        ("equal", {"1": 100, "0.9": 0}),
    ],
)
def test_points_by_hand(limits, expected):
    found = {value: points(figure(value, limits=LIMITS[limits])) for value in expected}
    assert {value: Fraction(top) / Fraction(below) for value, (top, below) in found.items()} == expected


def test_a_condition_has_all_points_or_none():
    assert points(figure("3")) == (100, 1)
    assert points(replace(figure("3"), status=State.MISSED)) == (0, 1)


def test_no_points_without_a_verdict():
    assert points(replace(figure("3"), status=None)) is None
    assert points(replace(figure(None, limits=LIMITS["higher"]), status=State.NO_DATA)) is None


def score(value: str, weight: str, status: State = State.MET) -> StandardScore:
    one = measure()
    made = revision([one], weight=weight)
    return StandardScore(
        standard([made]), made, status, (MeasureScore(one, figure(value, status, limits=LIMITS["higher"])),)
    )


weights = st.integers(0, 10)
given_scores = st.lists(
    st.tuples(st.integers(30, 90), weights, st.sampled_from([State.NEAR, State.NO_DATA])), max_size=6
)


@quick
@given(given_scores, st.integers(1, 100))
def test_the_weighted_mean_against_fractions(scores, least):
    found = index_of([score(str(value), str(weight), state) for value, weight, state in scores], _rules(least))
    total = sum(weight for _, weight, _ in scores)
    judged = [(value, weight) for value, weight, state in scores if state is State.NEAR]
    covered = sum(weight for _, weight in judged)
    if not covered or abs(Fraction(found.coverage_percent) - Fraction(100 * covered, total)) > Fraction(1, 20):
        assert found.value is None
        assert not covered
        return
    if found.coverage_percent < least:
        assert found.value is None
        return
    mean = sum(min(max(Fraction(value - 40, 40) * 100, 0), 100) * weight for value, weight in judged) / covered
    assert abs(Fraction(found.value) - mean) <= Fraction(1, 2) + Fraction(1, 10**5)


def _rules(least: int) -> Index:
    return Index.model_validate({"minimum_coverage_percent": least})


def test_below_the_least_coverage_there_is_none():
    scores = [score("80", "6"), score("80", "4", State.RAMP)]
    assert index_of(scores, _rules(60)).value == 100
    assert index_of(scores, _rules(60)).coverage_percent == 60
    assert index_of(scores, _rules(61)).value is None
    assert index_of([], _rules(60)).value is None
