from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standardwerk.model.calendar import Calendar, CalendarForm
from standardwerk.model.roster import Roster, Team
from standardwerk.model.scores import MeasureScore, Scorecard, StandardScore, State
from standardwerk.site.people import (
    PersonPages,
    amount_unit,
    highlights,
    month_state,
    rep_context,
    results,
    scorecard_contexts,
    team_names,
)
from tests.factory import START, World, figure, measure, month, person, quick, rep, revision, source, standard

CALENDAR = Calendar(CalendarForm(), frozenset())
LIMITS = ((Decimal(80), None), (Decimal(60), None))
MARCH = month("2026-03")


@pytest.mark.parametrize(
    ("as_of", "kind", "until"),
    [
        (date(2026, 3, 31), "provisional", date(2026, 4, 9)),
        (date(2026, 4, 8), "provisional", date(2026, 4, 9)),
        (date(2026, 4, 9), "open", date(2026, 4, 21)),
        (date(2026, 4, 21), "open", date(2026, 4, 21)),
        (date(2026, 4, 22), "final", None),
    ],
)
def test_how_firm_a_month_is(as_of, kind, until):
    # April 2026 begins on a Wednesday: the 7th working day is Thursday the 9th, the 15th is Tuesday the 21st.
    found = month_state(MARCH, CALENDAR, as_of)
    assert (found.kind, found.until) == (kind, until)


def card(*scores: tuple[str, str | None, State] | tuple[str, str | None, State, str], at=MARCH) -> Scorecard:
    made = []
    for number, (name, value, state, *weight) in enumerate(scores, 1):
        one = measure()
        rules = revision([one], weight=weight[0] if weight else "1")
        its = (MeasureScore(one, figure(value, state, limits=LIMITS)),)
        made.append(StandardScore(standard([rules], name, number), rules, state, its))
    return Scorecard("ann", "Ann", "t", "rep", at, "2020-01-01", START, tuple(made))


def shown(now: Scorecard, before: Scorecard | None = None) -> list[tuple[str, str]]:
    return [(one.standard.standard.id, one.reason) for one in highlights(now, before)]


def test_newly_missed_come_first():
    now = card(
        ("a", "70", State.NEAR),
        ("b", "40", State.MISSED),
        ("c", "65", State.NEAR),
        ("d", "50", State.MISSED),
        ("e", "90", State.MET),
    )
    assert shown(now) == [("b", "missed"), ("d", "missed"), ("c", "near")]
    before = card(("a", "90", State.MET), ("b", "40", State.MISSED), ("c", "20", State.MISSED), ("d", "90", State.MET))
    assert shown(now, before) == [("d", "newly_missed"), ("a", "newly_near"), ("b", "missed")]


def test_the_weight_of_a_gap():
    assert shown(card(("a", "40", State.MISSED), ("b", "50", State.MISSED, "2"))) == [("b", "missed"), ("a", "missed")]
    assert shown(card(("a", "50", State.MISSED), ("b", "50", State.MISSED))) == [("a", "missed"), ("b", "missed")]
    assert shown(card(("a", None, State.NO_DATA), ("b", "10", State.TOO_FEW), ("c", "10", State.NOT_CERTAIN))) == []


@quick
@given(st.lists(st.sampled_from([State.MET, State.NEAR, State.MISSED, State.NO_DATA]), max_size=7))
def test_at_most_three_and_none_that_is_well(states):
    made = card(*((f"s{index}", "10", state) for index, state in enumerate(states)))
    found = highlights(made, None)
    bad = [state for state in states if state in {State.MISSED, State.NEAR}]
    assert [one.standard.status for one in found] == sorted(bad, key=[State.MISSED, State.NEAR].index)[:3]


def test_names_of_teams_and_leads():
    roster = Roster(
        {"bob": person(rep("bob"))}, (Team("t", "Team", "bob", START, None, 2), Team("u", "U", "x", START, None, 3))
    )
    assert team_names(roster, "t", MARCH) == ("Team", "Bob")
    assert team_names(roster, "u", MARCH) == ("U", "")
    assert team_names(roster, "gone", MARCH) == ("gone", "")


def test_money_or_numbers():
    world = World(measure(), sources=[source(columns={"a": {"unit": "currency"}, "b": {}})])
    units = [amount_unit(measure(numerator=text), world.scoring.sources) for text in ("a", "b + a", "b", "1", "s.a")]
    assert units == ["currency", "currency", "number", "number", "currency"]


def pages_of(world: World, rows: dict) -> PersonPages:
    cards = tuple(world.cards(s=rows).values())
    return PersonPages(world.who, cards, {("t", one.month): ("Team", "Bob") for one in cards})


def test_months_of_a_person():
    who = person(rep(end=date(2025, 3, 31)), rep(valid_from=date(2025, 5, 1)))
    world = World(measure(), who=who, span=("2025-01", "2026-06"), results=({"standard": "std", "measure": "m"},))
    pages = pages_of(world, {"2025-03": [{"a": 1, "b": 1}]})
    scoring = world.scoring
    found = scorecard_contexts(pages, scoring.handbook, scoring.sources, scoring.calendar, date(2026, 7, 31), "de")
    by_month = {str(one.card.month): one for one in found}
    assert "2025-04" not in by_month
    may = by_month["2025-05"]
    # April has no scorecard: the link leads to March, but the month before is not compared with.
    assert (str(may.previous.month), may.before, str(may.next.month)) == ("2025-03", None, "2025-06")
    assert str(by_month["2025-06"].before.month) == "2025-05"
    assert (by_month["2025-01"].previous, by_month["2026-06"].next) == (None, None)
    assert [str(one.month) for one in by_month["2026-03"].history] == [
        *(f"2025-{number:02}" for number in range(5, 13)),
        "2026-01",
        "2026-02",
        "2026-03",
    ]
    assert len(by_month["2026-06"].history) == 12
    assert (may.team_name, may.lead_name, may.url) == ("Team", "Bob", "scorecards/ann/de/2025-05/")
    assert [one.score.measure.id for one in may.results] == ["m"]
    overview = rep_context(pages, "de")
    assert (overview.url, len(overview.urls), overview.team_name) == ("scorecards/ann/de/", 17, "Team")


def test_results_of_another_standard_are_passed_over():
    world = World(measure(), results=({"standard": "other", "measure": "m"}, {"standard": "std", "measure": "x"}))
    one = world.cards(s={})["2026-01"]
    assert results(one, world.scoring.handbook, world.scoring.sources) == ()
