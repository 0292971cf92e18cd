from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from standardwerk.model.months import Month
from standardwerk.model.roster import Roster, Team, covers, of_month
from tests.factory import assignment, month, person, quick, rep

FIRST = date(2026, 1, 1)
spans = st.tuples(st.integers(0, 80), st.none() | st.integers(0, 80))


@quick
@given(st.lists(spans, max_size=4), st.integers(0, 2))
def test_who_counts_in_a_month(given_spans, index):
    """By looking at each day: the last day's entries, else those with the latest end among the days before."""
    at = Month.of(FIRST).plus(index)
    entries = [
        assignment(
            "one", start=FIRST + timedelta(start), end=None if end is None else FIRST + timedelta(end), at=number
        )
        for number, (start, end) in enumerate(given_spans)
    ]
    day, expected = at.last_day, []
    while day >= at.first_day and not expected:
        expected = [one.line for one in entries if covers(one, day)]
        day -= timedelta(days=1)
    assert [one.line for one in of_month(entries, at)] == expected


def test_edges_of_a_period():
    one = assignment("one", start=date(2026, 2, 1), end=date(2026, 2, 28))
    days = [date(2026, 1, 31), date(2026, 2, 1), date(2026, 2, 28), date(2026, 3, 1)]
    assert [covers(one, day) for day in days] == [False, True, True, False]


def test_a_person_month_by_month():
    who = person(rep(end=date(2026, 2, 28)), rep(valid_from=date(2026, 3, 1), end=date(2026, 4, 10), team="u"))
    teams = [row and row.team for row in (who.in_month(month(f"2026-0{number}")) for number in (2, 3, 4, 5))]
    assert teams == ["t", "u", "u", None]
    assert who.last_day_in(month("2026-04")) == date(2026, 4, 10)
    assert who.last_day_in(month("2026-03")) == date(2026, 3, 31)
    assert who.in_month(month("2026-03")) is who.in_month(month("2026-03"))


def test_the_team_of_a_month():
    rows = (
        Team("t", "Old", "bob", FIRST, date(2026, 2, 28), 2),
        Team("t", "New", "ann", date(2026, 3, 1), None, 3),
        Team("u", "Other", "", FIRST, None, 4),
    )
    roster = Roster({}, rows)
    assert [roster.team_at("t", month(text)).name for text in ("2026-02", "2026-03")] == ["Old", "New"]
    assert roster.team_at("x", month("2026-02")) is None
    assert roster.team_at("t", month("2025-12")) is None
