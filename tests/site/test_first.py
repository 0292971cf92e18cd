"""What a scorecard says to look at first: the rule, and the rule once more in another form."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standardwerk.model.months import Month
from standardwerk.model.scores import MeasureScore, Scorecard, Signal, StandardScore, State
from standardwerk.site.first import advances, highlights, is_worsening
from tests.factory import START, figure, measure, month, quick, revision, standard

MARCH = month("2026-03")
LIMITS = ((Decimal(80), None), (Decimal(60), None))


def signal(kind: str) -> Signal:
    return Signal(kind, 20, False, Decimal(50), Decimal(40), Decimal(60))


def score(name, value, state, weight="1", kind=None, number=1, limits=LIMITS) -> StandardScore:
    one = measure()
    rules = revision([one], weight=weight)
    shown = figure(value, state, limits=limits, signal=signal(kind) if kind else None)
    return StandardScore(standard([rules], name, number), rules, state, (MeasureScore(one, shown),))


def card(*scores: tuple, at: Month = MARCH) -> Scorecard:
    made = tuple(score(*one, number=number) for number, one in enumerate(scores, 1))
    return Scorecard("ann", "Ann", "t", "rep", at, "2020-01-01", START, made)


def shown(now: Scorecard, before: Scorecard | None = None) -> list[tuple[str, str]]:
    return [(one.standard.standard.id, one.reason) for one in highlights(now, before)]


def test_the_largest_gap_comes_first():
    now = card(("a", "50", State.MISSED), ("b", "40", State.MISSED), ("c", "59", State.MISSED), ("d", "90", State.MET))
    assert shown(now) == [("b", "missed"), ("a", "missed"), ("c", "missed")]


def test_a_weight_makes_a_gap_larger():
    # 30/80 × 2 is more than 40/80.
    assert shown(card(("a", "40", State.MISSED), ("b", "50", State.MISSED, "2"))) == [("b", "missed"), ("a", "missed")]


def test_equal_gaps_come_by_number():
    assert shown(card(("z", "50", State.MISSED), ("a", "50", State.MISSED))) == [("z", "missed"), ("a", "missed")]


def test_near_is_shown_when_it_is_new():
    now = card(("a", "70", State.NEAR), ("b", "70", State.NEAR), ("c", "70", State.NEAR), ("d", "70", State.NEAR))
    before = card(("a", "70", State.NEAR), ("b", "90", State.MET), ("c", "50", State.MISSED), ("d", "9", State.TOO_FEW))
    # a was near already, and c has become better.
    assert shown(now, before) == [("b", "newly_near"), ("d", "newly_near")]


def test_near_for_longer_is_shown_when_nothing_is_pressing():
    before = card(("a", "70", State.NEAR), ("b", "50", State.MISSED), ("c", "90", State.MET))
    now = card(("a", "70", State.NEAR), ("b", "61", State.NEAR), ("c", "90", State.MET))
    assert shown(now, before) == [("b", "near"), ("a", "near")]
    assert shown(card(("c", "90", State.MET)), before) == []
    now = card(("a", "70", State.NEAR), ("b", "61", State.NEAR), ("c", "70", State.NEAR))
    assert shown(now, before) == [("c", "newly_near")]


def test_missed_is_shown_always_and_told_when_it_is_new():
    now = card(("a", "50", State.MISSED), ("b", "50", State.MISSED), ("c", "50", State.MISSED))
    before = card(("a", "50", State.MISSED), ("b", "70", State.NEAR))
    assert shown(now, before) == [("a", "missed"), ("b", "newly_missed"), ("c", "missed")]


def well(now: Scorecard, before: Scorecard | None = None) -> list[tuple[str, bool, bool]]:
    return [(one.standard.standard.id, one.newly_met, one.signal is not None) for one in advances(now, before)]


def test_what_went_well_is_what_is_met_anew_or_stands_out_for_the_better():
    now = card(
        ("a", "90", State.MET),
        ("b", "90", State.MET, "1", "high"),
        ("c", "90", State.MET, "1", "low"),
        ("d", "90", State.MET),
        ("e", "70", State.NEAR, "1", "high"),
        ("f", "90", State.MET),
        ("g", "90", State.MET, "1", "none"),
        ("h", "90", State.MET, "2", "shift_up"),
    )
    before = card(
        ("a", "90", State.MET),
        ("b", "70", State.NEAR),
        ("c", "90", State.MET),
        ("d", "9", State.TOO_FEW),
        ("e", "50", State.MISSED),
        ("f", "50", State.MISSED),
        ("g", "90", State.MET),
        ("h", "90", State.MET),
    )
    # d had no verdict before, so it is not met anew; e is not met.
    assert well(now, before) == [("b", True, True), ("f", True, False), ("h", False, True)]
    assert well(now) == [("h", False, True), ("b", False, True)]
    many = tuple((name, "90", State.MET) for name in "abcd")
    assert len(well(card(*many), card(*((name, "70", State.NEAR) for name in "abcd")))) == 3


def test_a_signal_to_the_worse_comes_before_noise():
    now = card(
        ("a", "10", State.MISSED),
        ("b", "59", State.MISSED, "1", "low"),
        ("c", "20", State.MISSED, "1", "high"),
        ("d", "30", State.MISSED, "1", "none"),
    )
    found = highlights(now, None)
    assert [one.standard.standard.id for one in found] == ["b", "a", "c"]
    assert [one.worsening for one in found] == [True, False, False]


@pytest.mark.parametrize(
    ("better", "kind", "worse"),
    [
        ("higher", "low", True),
        ("higher", "shift_down", True),
        ("higher", "high", False),
        ("lower", "high", True),
        ("lower", "shift_up", True),
        ("lower", "shift_down", False),
        ("range", "high", True),
        ("range", "low", True),
        ("range", "none", False),
        ("higher", "none", False),
    ],
)
def test_what_a_signal_to_the_worse_is(better, kind, worse):
    bands = {"met": ("90", "110"), "near": ("80", "120")} if better == "range" else {"met": "80", "near": "60"}
    if better == "lower":
        bands = {"met": "20", "near": "40"}
    assert is_worsening(measure(better=better, bands=bands), signal(kind)) is worse


def test_others_are_never_shown():
    states = [state for state in State if state not in {State.MISSED, State.NEAR}]
    assert shown(card(*((state.value, None, state) for state in states))) == []
    # A condition that is missed has no distance.
    assert shown(card(("a", None, State.MISSED))) == [("a", "missed")]


entries = st.tuples(
    st.integers(0, 120), st.sampled_from([State.MET, State.NEAR, State.MISSED, State.NO_DATA]),
    st.integers(1, 3), st.sampled_from([None, "low", "high", "none"]),
)  # fmt: skip


@quick
@given(st.lists(entries, max_size=7), st.lists(st.sampled_from([State.MET, State.NEAR, State.MISSED]), max_size=7))
def test_by_counting(given_scores, earlier):
    now = card(
        *(
            (f"s{at}", str(value), state, str(weight), kind)
            for at, (value, state, weight, kind) in enumerate(given_scores)
        )
    )
    before = card(*((f"s{at}", "50", state) for at, state in enumerate(earlier)))
    # A score for each: signals are worth more than any gap; what comes earlier in the list wins a draw.
    points, longer = {}, {}
    for at, (value, state, weight, kind) in enumerate(given_scores):
        was = earlier[at] if at < len(earlier) else None
        if state in (State.MISSED, State.NEAR):
            group = longer if state is State.NEAR and was in (State.NEAR, State.MISSED) else points
            group[f"s{at}"] = Fraction(80 - value, 80) * weight + (1000 if kind == "low" else 0)
    chosen = points or longer
    best = sorted(chosen, key=lambda name: chosen[name], reverse=True)[:3]
    assert [name for name, _ in shown(now, before)] == best
