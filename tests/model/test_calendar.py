from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standardwerk.model.calendar import Calendar, CalendarForm, workdays_of
from tests.factory import month, quick

OFF = frozenset({date(2026, 1, 1), date(2026, 4, 3), date(2026, 4, 6)})
GERMAN = Calendar(CalendarForm(), OFF)


def naive(calendar: Calendar, first: date, number: int) -> date:
    """All working days around, sorted, and counted from the month's first."""
    around = [first + timedelta(days=shift) for shift in range(-200, 200)]
    working = [
        day for day in around if day.strftime("%a").lower() in calendar.form.workdays and day not in calendar.days_off
    ]
    before = [day for day in working if day < first]
    after = [day for day in working if day >= first]
    return after[number - 1] if number > 0 else before[number - 1]


@quick
@given(st.integers(0, 12), st.integers(-60, 60), st.sets(st.dates(date(2025, 11, 1), date(2026, 6, 1)), max_size=20))
def test_working_days_are_counted_from_the_first(index, number, off):
    calendar = Calendar(CalendarForm(), frozenset(off))
    at = month("2025-06").plus(index)
    assert calendar.workday(at, number) == naive(calendar, at.first_day, number)


@pytest.mark.parametrize(
    ("at", "number", "day"),
    [("2026-01", 1, date(2026, 1, 2)), ("2026-04", 3, date(2026, 4, 7)), ("2026-02", 0, date(2026, 1, 30))],
)
def test_by_hand(at, number, day):
    assert GERMAN.workday(month(at), number) == day


def test_deadlines_lie_in_the_month_after():
    deadlines = {kind: GERMAN.deadline(month("2026-03"), kind) for kind in ("inputs", "published", "objections")}
    assert deadlines == {"inputs": date(2026, 4, 9), "published": date(2026, 4, 13), "objections": date(2026, 4, 23)}


def test_a_week_without_working_days_ends():
    never = Calendar(CalendarForm.model_validate({"workdays": ()}), frozenset())
    assert never.workday(month("2026-01"), 1) > date(2026, 1, 1)


def test_all_working_days_asked_for():
    months = [month("2026-01"), month("2026-02")]
    assert workdays_of(GERMAN, months, {0, 2}) == {
        (one, n): naive(GERMAN, one.first_day, n) for one in months for n in (0, 2)
    }
