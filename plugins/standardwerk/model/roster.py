"""People, teams, assignments: who was where in a month."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Protocol, TypeVar

from standardwerk.model.months import Month


class Dated(Protocol):
    """Something valid from a day to another, both included; None: open."""

    @property
    def valid_from(self) -> date:
        """The first day."""

    @property
    def valid_to(self) -> date | None:
        """The last day."""


AnyDated = TypeVar("AnyDated", bound=Dated)


def covers(entry: Dated, day: date) -> bool:
    """Whether an entry is valid on a day."""
    return entry.valid_from <= day and (entry.valid_to is None or day <= entry.valid_to)


def of_month(entries: Iterable[AnyDated], month: Month) -> list[AnyDated]:
    """The entries that count for a month: those that cover its last day, else those that end within it.

    The second case is the leaver's: her last month has the rows she left with. Of several ends the latest counts.
    """
    known = list(entries)
    last = month.last_day
    found = [entry for entry in known if covers(entry, last)]
    if found:
        return found
    ending = [
        entry
        for entry in known
        if entry.valid_to is not None
        and month.first_day <= entry.valid_to < last
        and entry.valid_from <= entry.valid_to
    ]
    latest = max((entry.valid_to for entry in ending if entry.valid_to is not None), default=None)
    return [entry for entry in ending if entry.valid_to == latest]


@dataclass(frozen=True, slots=True)
class Rep:
    """A row of ``reps.csv``: a person in a role and team for a time."""

    id: str
    name: str
    login: str
    role: str
    team: str
    started_on: date
    valid_from: date
    valid_to: date | None
    line: int


@dataclass(frozen=True, slots=True)
class Team:
    """A row of ``teams.csv``."""

    id: str
    name: str
    lead: str
    """The lead's rep id; empty if there is none."""
    valid_from: date
    valid_to: date | None
    line: int


@dataclass(frozen=True, slots=True)
class Assignment:
    """A row of ``assignments.csv``."""

    rep: str
    territory: str
    product_line: str
    credit_share: Decimal
    valid_from: date
    valid_to: date | None
    ramp_from: date | None
    line: int


@dataclass(frozen=True, slots=True)
class Availability:
    """The share of a month a person's targets count; 1 unless said, never with a reason."""

    rep: str
    month: Month
    share: Decimal
    line: int


@dataclass(frozen=True, slots=True)
class Exemption:
    """A standard that does not apply to a person for a time."""

    rep: str
    standard: str
    valid_from: date
    valid_to: date | None
    approved_by: str
    line: int


@dataclass(frozen=True)
class Person:
    """Everything the roster says about one person. Small, and sent to the worker that makes her pages."""

    id: str
    rows: tuple[Rep, ...]
    assignments: tuple[Assignment, ...] = ()
    availability: Mapping[Month, Decimal] = field(default_factory=dict)
    exemptions: tuple[Exemption, ...] = ()
    pseudonym: str = ""
    """What her folder is called instead of her id; empty: her id."""
    _rows: dict[Month, Rep | None] = field(default_factory=dict, compare=False, repr=False)
    _assigned: dict[Month, list[Assignment]] = field(default_factory=dict, compare=False, repr=False)

    @property
    def name(self) -> str:
        """Full name."""
        return self.rows[-1].name

    @property
    def folder(self) -> str:
        """The name of the folder with her pages."""
        return self.pseudonym or self.id

    @property
    def started_on(self) -> date:
        """The first day with the company."""
        return self.rows[0].started_on

    def in_month(self, month: Month) -> Rep | None:
        """The roster row of a month; None if she was not there."""
        if month not in self._rows:
            found = of_month(self.rows, month)
            self._rows[month] = found[-1] if found else None
        return self._rows[month]

    def assigned(self, month: Month) -> list[Assignment]:
        """Her assignments of a month."""
        found = self._assigned.get(month)
        if found is None:
            found = self._assigned[month] = of_month(self.assignments, month)
        return found

    def as_of(self, day: date) -> Person:
        """The person without what begins later."""
        return Person(
            self.id,
            tuple(row for row in self.rows if row.valid_from <= day),
            tuple(one for one in self.assignments if one.valid_from <= day),
            {month: share for month, share in self.availability.items() if month.first_day <= day},
            tuple(one for one in self.exemptions if one.valid_from <= day),
            self.pseudonym,
        )

    def last_day_in(self, month: Month) -> date:
        """The month's last day, or the person's if she left before."""
        row = self.in_month(month)
        return min(month.last_day, row.valid_to) if row is not None and row.valid_to is not None else month.last_day


@dataclass(frozen=True, slots=True)
class Roster:
    """All people and teams."""

    people: Mapping[str, Person]
    teams: tuple[Team, ...]

    def as_of(self, day: date) -> Roster:
        """The roster without what begins later: rows, and people and teams that have no other."""
        people = {name: person.as_of(day) for name, person in self.people.items()}
        return Roster(
            {name: person for name, person in people.items() if person.rows},
            tuple(team for team in self.teams if team.valid_from <= day),
        )

    def team_at(self, team: str, month: Month) -> Team | None:
        """The row of a team that counts for a month."""
        found = of_month((row for row in self.teams if row.id == team), month)
        return found[-1] if found else None
