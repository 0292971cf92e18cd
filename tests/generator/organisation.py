"""Who works where, when and on what: the roster as values, with the covering rules of `scores.md`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from .months import Month

REP, LEAD = "rep", "lead"


@dataclass(frozen=True, slots=True)
class Line:
    """A product line, and what a full territory sells of it."""

    id: str
    quota: int
    """Per month, in euros."""
    order: int
    """What an order is worth on average, in euros."""
    demos: int
    """Planned presentations per month, per mille."""
    certificates: int


LINES = (
    Line("machining", 190_000, 125_000, 900, 3),
    Line("automation", 110_000, 48_000, 1100, 3),
    Line("retrofit", 64_000, 24_000, 700, 2),
    Line("service", 34_000, 5_200, 350, 2),
)
LINE = {line.id: line for line in LINES}


@dataclass(frozen=True, slots=True)
class Stint:
    """A role in a team: one row of reps.csv."""

    team: str
    valid_from: date
    valid_to: date | None = None
    role: str = REP


@dataclass(frozen=True, slots=True)
class Assignment:
    """A product line in a territory: one row of assignments.csv."""

    territory: str
    line: str
    valid_from: date
    valid_to: date | None = None
    ramp_from: date | None = None
    share: int = 1000
    """Credit share, per mille."""


@dataclass(frozen=True)
class Person:
    """A person with her history and what is peculiar to her figures."""

    rep: str
    name: str
    login: str
    started_on: date
    stints: tuple[Stint, ...]
    assignments: tuple[Assignment, ...] = ()
    size: int = 1000
    """Her part of a full territory's quota, per mille; part-time is in it."""
    levels: Mapping[str, int] = field(default_factory=dict)
    """Traits that are set instead of drawn."""
    trends: Mapping[str, int] = field(default_factory=dict)
    """Traits that rise or fall by so much over the whole time."""
    quota_agreed: Mapping[int, date | None] = field(default_factory=dict)
    """By year: when the quota was agreed, None: never. Left out: in time."""
    availability: Mapping[Month, int] = field(default_factory=dict)
    """Per mille."""

    def stint(self, month: Month) -> Stint | None:
        """The stint that counts in a month: on its last day, else the one that ended last."""
        first, last = month.first_day, month.last_day
        found = [s for s in self.stints if covers(s, first, last)]
        on_last_day = [s for s in found if covers(s, last, last)]
        return (on_last_day or sorted(found, key=lambda s: s.valid_to or date.max))[-1] if found else None

    def assigned(self, month: Month) -> list[Assignment]:
        """The assignments that count in a month: on its last day, else those that ended in it."""
        last = month.last_day
        on_last_day = [a for a in self.assignments if covers(a, last, last)]
        return on_last_day or [
            a for a in self.assignments if a.valid_to and Month.of(a.valid_to) == month and a.valid_from <= a.valid_to
        ]

    def presence(self, month: Month) -> int:
        """The part of the month she works, per mille: employed and available."""
        first, last = month.first_day, month.last_day
        days = 0
        for stint in self.stints:
            if covers(stint, first, last):
                days += (min(stint.valid_to or last, last) - max(stint.valid_from, first)).days + 1
        return self.availability.get(month, 1000) * days // last.day

    def tenure(self, month: Month, start: date) -> int:
        """The tenure month; 0 is the entry month."""
        return month.since(Month.of(start)) + (1 if start.day == 1 else 0)


def covers(row: Stint | Assignment | Team, first: date, last: date) -> bool:
    """Whether a row is valid on a day from first to last."""
    return row.valid_from <= last and (row.valid_to is None or row.valid_to >= first)


@dataclass(frozen=True, slots=True)
class Team:
    """One row of teams.csv."""

    team: str
    name: str
    lead: str
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Exemption:
    """One row of exemptions.csv."""

    rep: str
    standard: str
    start: date
    end: date
    approved_by: str


@dataclass(frozen=True)
class Gaps:
    """What the CRM failed to export."""

    files: frozenset[tuple[str, str]] = frozenset()
    """Month and source."""
    rows: frozenset[tuple[str, str, str]] = frozenset()
    """Month, source and rep."""
    undated: frozenset[tuple[str, str, str]] = frozenset()
    """Month, rep and line of forecasts without a date."""


@dataclass(frozen=True)
class Organisation:
    """Everything that the figures are made from."""

    seed: str
    months: tuple[Month, ...]
    teams: tuple[Team, ...]
    people: tuple[Person, ...]
    exemptions: tuple[Exemption, ...] = ()
    gaps: Gaps = Gaps()

    def lead(self, team: str, month: Month) -> str:
        """Who leads a team on the last day of a month."""
        last = month.last_day
        return next(t.lead for t in self.teams if t.team == team and covers(t, last, last))
