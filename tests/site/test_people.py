from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from standardwerk.model.calendar import Calendar, CalendarForm
from standardwerk.model.roster import Roster, Team
from standardwerk.site.people import (
    PersonPages,
    amount_unit,
    month_state,
    rep_context,
    results,
    scorecard_contexts,
    team_names,
)
from tests.factory import START, World, measure, month, person, rep, source

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
    overview = rep_context(pages, scoring.handbook, scoring.sources, scoring.calendar, "de")
    assert (overview.url, len(overview.urls), overview.team_name) == ("scorecards/ann/de/", 17, "Team")


def test_results_of_another_standard_are_passed_over():
    world = World(measure(), results=({"standard": "other", "measure": "m"}, {"standard": "std", "measure": "x"}))
    one = world.cards(s={})["2026-01"]
    assert results(one, world.scoring.handbook, world.scoring.sources) == ()
