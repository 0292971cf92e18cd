"""Months as whole numbers, and working days in North Rhine-Westphalia by hand."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from functools import cache

Month = int
"""Months since the year 0."""


def month(text: str) -> Month:
    """Read ``2026-03``."""
    year, number = text.split("-")
    return int(year) * 12 + int(number) - 1


def month_of(day: date) -> Month:
    return day.year * 12 + day.month - 1


def label(m: Month) -> str:
    return f"{m // 12:04d}-{m % 12 + 1:02d}"


def first_day(m: Month) -> date:
    return date(m // 12, m % 12 + 1, 1)


def last_day(m: Month) -> date:
    return first_day(m + 1) - timedelta(days=1)


@cache
def public_holidays(year: int) -> frozenset[date]:
    """The eleven public holidays of North Rhine-Westphalia."""
    easter = _easter(year)
    moving = (easter + timedelta(days=days) for days in (-2, 1, 39, 50, 60))
    fixed = (date(year, *on) for on in ((1, 1), (5, 1), (10, 3), (11, 1), (12, 25), (12, 26)))
    return frozenset([*moving, *fixed])


def _easter(year: int) -> date:
    """Easter Sunday (Gauss, with Lichtenberg's supplement)."""
    century = year // 100
    moon = 15 + (3 * century + 3) // 4 - (8 * century + 13) // 25
    sun = 2 - (3 * century + 3) // 4
    cycle = year % 19
    seed = (19 * cycle + moon) % 30
    limit = 21 + seed - ((seed + cycle // 11) // 29)
    sunday = 7 - (year + year // 4 + sun) % 7
    return date(year, 3, 1) + timedelta(days=limit + 7 - (limit - sunday) % 7 - 1)


def last_workday_before(m: Month, days_off: Collection[date]) -> date:
    """The last working day of the month before, ``workday(0)``."""
    day = first_day(m) - timedelta(days=1)
    while day.weekday() >= 5 or day in public_holidays(day.year) or day in days_off:
        day -= timedelta(days=1)
    return day
