"""Working days, the fiscal year and the month's deadlines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated

from pydantic import BeforeValidator

from standardwerk.model.expressions import Call, Literal, Node
from standardwerk.model.fields import Date, Form, Integer, MonthField, Text, one_of, within
from standardwerk.model.handbook import Handbook
from standardwerk.model.months import Month

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Deadlines(Form):
    """Working days of the following month."""

    inputs: Annotated[Integer, within(1, 60)] = 5
    """By which working day the files are there."""
    published: Annotated[Integer, within(1, 60)] = 7
    """On which working day the scorecards are published."""
    objections: Annotated[Integer, within(1, 60)] = 15
    """Until which working day objections may be raised."""


class Held(Form):
    """A month whose figures are held back while its data are checked: all of it, or one source."""

    month: MonthField
    """The month, like ``2026-05``."""
    source: Text | None = None
    """The only source that is held back; left out: all of the month."""


def _held(value: object) -> object:
    return {"month": value} if isinstance(value, str) else value


class CalendarForm(Form):
    """``calendar.yml``."""

    country: Text = "DE"
    """Whose public holidays are no working days: a code of two letters (ISO 3166)."""
    region: Text | None = None
    """The federal state or region with holidays of its own, like ``NW``; left out: those of the whole country."""
    fiscal_year_start: Annotated[Integer, within(1, 12)] = 1
    """The month a fiscal year begins with, 1 to 12; year to date counts from there."""
    workdays: tuple[Annotated[Text, one_of(*WEEKDAYS)], ...] = WEEKDAYS[:5]
    """The days of the week on which people work."""
    holidays: tuple[Date, ...] = ()
    """Days off of the company, besides the public holidays."""
    deadlines: Deadlines = Deadlines()
    """The days of the month's routine, as working days of the following month."""
    on_bad_month: Annotated[Text, one_of("stop", "hold")] = "stop"
    """What an error in a month's files does: ``stop`` the build, or ``hold`` that month back."""
    held: tuple[Annotated[Held, BeforeValidator(_held, json_schema_input_type=Held | str)], ...] = ()
    """Months held back while their data are checked: ``2026-05``, or with a ``source`` only that."""


@dataclass(frozen=True)
class Calendar:
    """The company's calendar. ``days_off`` are the public holidays and the company's own."""

    form: CalendarForm
    days_off: frozenset[date]

    @property
    def fiscal_year_start(self) -> int:
        """The month a fiscal year begins with, 1 to 12."""
        return self.form.fiscal_year_start

    def is_workday(self, day: date) -> bool:
        """Whether people work on a day."""
        return WEEKDAYS[day.weekday()] in self.form.workdays and day not in self.days_off

    def workday(self, month: Month, number: int) -> date:
        """The n-th working day counted from a month's start: 1 is the first, 0 the last one before the month."""
        day, step = (month.first_day, 1) if number > 0 else (month.first_day - timedelta(days=1), -1)
        remaining = number if number > 0 else 1 - number
        # A calendar without any working day must not loop for ever.
        for _ in range(2000):
            if self.is_workday(day):
                remaining -= 1
                if not remaining:
                    return day
            day += timedelta(days=step)
        return day

    def deadline(self, month: Month, kind: str) -> date:
        """The day of a deadline for a month: ``inputs``, ``published`` or ``objections``."""
        return self.workday(month.plus(1), getattr(self.form.deadlines, kind))


def workdays_of(calendar: Calendar, months: list[Month], numbers: set[int]) -> Mapping[tuple[Month, int], date]:
    """The working days expressions ask for, computed once and sent to the workers."""
    return {(month, number): calendar.workday(month, number) for month in months for number in numbers}


def workday_numbers(handbook: Handbook) -> set[int]:
    """The n of every ``workday(n)`` in the handbook."""
    found: set[int] = set()

    def walk(node: Node) -> None:
        if isinstance(node, Call):
            if node.name == "workday":
                argument = node.arguments[0]
                sign = 1
                if isinstance(argument, Call):
                    argument, sign = argument.arguments[0], -1
                if isinstance(argument, Literal) and isinstance(argument.value, int):
                    found.add(sign * argument.value)
            for inner in node.arguments:
                walk(inner)

    for standard in handbook.standards:
        for revision in standard.revisions:
            for measure in revision.rules.measures:
                for _, expression in measure.expressions:
                    walk(expression.tree)
    return found
