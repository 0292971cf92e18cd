"""Months and working days."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

import holidays

COMPANY_DAYS_OFF = ((12, 24), (12, 31))


class Month(NamedTuple):
    """A calendar month; months compare and sort by time."""

    year: int
    month: int

    @classmethod
    def parse(cls, text: str) -> Month:
        """Read ``2026-03``."""
        year, _, month = text.partition("-")
        found = cls(int(year), int(month))
        if str(found) != text or not 1 <= found.month <= 12:
            raise ValueError(text)
        return found

    @classmethod
    def of(cls, day: date) -> Month:
        """The month of a day."""
        return cls(day.year, day.month)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    def plus(self, months: int) -> Month:
        """So many months later."""
        year, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        return Month(year, month + 1)

    def since(self, other: Month) -> int:
        """How many months later this one is."""
        return (self.year - other.year) * 12 + self.month - other.month

    @property
    def first_day(self) -> date:
        """Its first day."""
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        """Its last day."""
        return self.plus(1).first_day - timedelta(days=1)


def span(end: Month, months: int) -> tuple[Month, ...]:
    """So many months, the last one being end."""
    return tuple(end.plus(back) for back in range(1 - months, 1))


@cache
def _days_off(year: int) -> frozenset[date]:
    public = holidays.country_holidays("DE", subdiv="NW", years=year)
    return frozenset(public) | {date(year, month, day) for month, day in COMPANY_DAYS_OFF}


def is_workday(day: date) -> bool:
    """Monday to Friday, not a public holiday in North Rhine-Westphalia, not a day off of the company."""
    return day.weekday() < 5 and day not in _days_off(day.year)


@cache
def shift_workdays(day: date, days: int) -> date:
    """The working day so many working days before or after a day; with 0, the last one up to the day."""
    step = timedelta(days=1 if days > 0 else -1)
    if days == 0:
        while not is_workday(day):
            day += step
        return day
    for _ in range(abs(days)):
        day += step
        while not is_workday(day):
            day += step
    return day


@cache
def forecast_deadline(month: Month) -> date:
    """The last working day before the month."""
    return shift_workdays(month.plus(-1).last_day, 0)
