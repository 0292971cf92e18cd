"""Calendar months as ordered whole numbers."""

from __future__ import annotations

import calendar
import re
from datetime import date
from functools import cache

_FORM = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


class Month(int):
    """A month: ``year * 12 + month - 1``. Sorts, hashes and subtracts as that number; prints as ``2026-03``."""

    __slots__ = ()

    @classmethod
    def of(cls, day: date) -> Month:
        """The month a day lies in."""
        return cls(day.year * 12 + day.month - 1)

    @classmethod
    def parse(cls, text: str) -> Month:
        """Read ``2026-03``. Raises ``ValueError`` for anything else."""
        match = _FORM.fullmatch(text)
        if not match:
            raise ValueError(text)
        return cls(int(match[1]) * 12 + int(match[2]) - 1)

    @property
    def year(self) -> int:
        """The calendar year."""
        return int(self) // 12

    @property
    def number(self) -> int:
        """The month of the year, 1 to 12."""
        return int(self) % 12 + 1

    @property
    def first_day(self) -> date:
        """The first of the month."""
        return _days(int(self))[0]

    @property
    def last_day(self) -> date:
        """The last day of the month."""
        return _days(int(self))[1]

    def plus(self, months: int) -> Month:
        """The month so many months later (or earlier, if negative)."""
        return Month(int(self) + months)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"

    __repr__ = __str__


@cache
def _days(number: int) -> tuple[date, date]:
    """First and last day of a month; asked for millions of times for the same few months."""
    year, month = number // 12, number % 12 + 1
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def months_between(first: Month, last: Month) -> list[Month]:
    """The months from ``first`` to ``last``, both included; empty if ``last`` is earlier."""
    return [Month(number) for number in range(first, last + 1)]
