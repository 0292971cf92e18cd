"""What is said of a start, a ramp-up, an end, and figures that are missing."""

from __future__ import annotations

from datetime import date

import pytest

from standardwerk.model.scores import MeasureScore, Scorecard, StandardScore, State
from standardwerk.site.situation import Situation, situation
from tests.factory import START, assignment, figure, handbook, measure, month, person, rep, revision, standard

#: As in the demo: two months without scores, then lower targets.
RAMP = (
    {"from_month": "1", "scored": "false"},
    {"from_month": "3", "factor": "0.5"},
    {"from_month": "6", "factor": "1"},
)


def found(at: str, *states: State, who=None, is_last: bool = False, ramp=RAMP) -> Situation:
    one = measure()
    rules = revision([one])
    book = handbook([standard([rules])], ramp=ramp)
    scores = tuple(
        StandardScore(standard([rules], f"s{number}", number), rules, state, (MeasureScore(one, figure("1", state)),))
        for number, state in enumerate(states, 1)
    )
    card = Scorecard("ann", "Ann", "t", "rep", month(at), "2020-01-01", START, scores)
    return situation(card, who or person(), book, is_last=is_last)


def hired(day: date, **given):
    return person(rep(start=day, valid_from=day), **given)


@pytest.mark.parametrize(
    ("day", "at", "first", "until"),
    [
        # Mid-month: the entry month is not scored; the ramp-up is October and November.
        (date(2025, 9, 15), "2025-09", "2025-10", None),
        (date(2025, 9, 15), "2025-10", None, "2025-11"),
        (date(2025, 9, 15), "2025-11", None, "2025-11"),
        (date(2025, 9, 15), "2025-12", None, None),
        # On the first of a month: it is a full month.
        (date(2025, 9, 1), "2025-09", None, "2025-10"),
    ],
)
def test_a_start(day, at, first, until):
    one = found(at, State.RAMP, State.MET, who=hired(day))
    assert (str(one.first_scored or "") or None, str(one.ramp_until or "") or None) == (first, until)


def test_a_new_product_line_after_years():
    """One line in ramp-up beside old ones: there is no end that holds for the whole scorecard."""
    who = person(lines=[assignment("one"), assignment("two", ramp_from=date(2026, 3, 1))])
    assert found("2026-03", State.RAMP, State.MET, who=who).ramp_until is None
    # A new territory alone is a ramp-up of its own.
    who = person(lines=[assignment("one", ramp_from=date(2026, 3, 1))])
    assert str(found("2026-03", State.RAMP, who=who).ramp_until) == "2026-04"


def test_a_ramp_that_never_scores_ends():
    one = found("2026-03", State.RAMP, who=hired(date(2026, 3, 1)), ramp=({"from_month": "1", "scored": "false"},))
    assert one.ramp_until is not None


def test_nothing_to_say():
    assert found("2026-03", State.MET, State.MISSED) == Situation()


def test_missing_figures():
    assert found("2026-03", State.NO_DATA, State.NOT_COLLECTED) == Situation(empty=True, unscored=True)
    assert found("2026-03", State.HELD, State.NO_DATA) == Situation(held=True, unscored=True)
    assert found("2026-03", State.TOO_FEW) == Situation(unscored=True)
    assert found("2026-03", State.NO_DATA, State.MET) == Situation()


def test_an_end():
    who = person(rep(end=date(2026, 3, 13)))
    assert found("2026-03", State.MET, who=who, is_last=True).last_day == date(2026, 3, 13)
    assert found("2026-02", State.MET, who=who).last_day is None
    # The last scorecard so far, long before the day.
    assert found("2026-02", State.MET, who=who, is_last=True).last_day is None
    assert found("2026-03", State.MET, is_last=True).last_day is None
