"""A person in a month: everything that her rows of that month are made from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from .dice import Dice
from .months import Month
from .organisation import LINES, REP, Assignment, Line, Organisation, Person, Stint
from .profiles import Profile

Cell = str | int | date | None
Row = tuple[Cell, ...]
"""The cells of a row in the order of the contract; amounts in cents, an empty cell is None."""

SEASON = (80, 85, 105, 95, 95, 100, 90, 60, 105, 120, 130, 135)
"""The quota's percent of an average month, by month."""

EASE = (40, 150, 330, 560, 680, 830, 950)
"""What a newcomer reaches of the usual, per mille, by tenure month; then all."""

RULES_CHANGE = Month(2026, 1)
"""From this month on the CRM exports by the rules of edition 2026.1."""


GROWTH = 40
"""Per mille by which quotas and the market grow each year."""


def market(line: Line, year: int) -> int:
    """What a full territory sells of a line in an average month of a year, in euros."""
    return line.quota * (1000 + GROWTH * (year - 2025)) // 1000


def quota_of(person: Person, line: Line, share: int, year: int, month: int) -> int:
    """A month's quota by the agreement of a year, in euros: part-time is in it; rounded as quotas are."""
    euros = market(line, year) * person.size * share * SEASON[month - 1] // 100_000_000
    return (euros + 250) // 500 * 500


@dataclass(frozen=True)
class Situation:
    """A person in a month."""

    organisation: Organisation
    person: Person
    profile: Profile
    month: Month
    index: int
    stint: Stint

    def dice(self, purpose: str) -> Dice:
        """The chance of this person, month and purpose."""
        return Dice(self.organisation.seed, self.person.rep, self.month, purpose)

    def level(self, trait: str) -> int:
        """Her level in a trait."""
        return self.profile.level(trait, self.index)

    def volume(self, trait: str, dice: Dice) -> int:
        """How often something happens this month: her usual volume, less when she is new or not there."""
        return dice.count(self.level(trait) * self.presence * self.ease // 1_000_000)

    @cached_property
    def presence(self) -> int:
        """The part of the month she works, per mille."""
        return self.person.presence(self.month)

    @cached_property
    def lines(self) -> list[tuple[Line, Assignment]]:
        """Her product lines of the month in handbook order; of several rows of a line the earliest start."""
        found: dict[str, Assignment] = {}
        for assignment in self.person.assigned(self.month):
            known = found.get(assignment.line)
            if known is None or self._start(assignment) < self._start(known):
                found[assignment.line] = assignment
        return [(line, found[line.id]) for line in LINES if line.id in found]

    def _start(self, assignment: Assignment) -> date:
        return assignment.ramp_from or self.person.started_on

    def tenure(self, assignment: Assignment | None) -> int:
        """The tenure month of an assignment, or of the person."""
        if assignment is not None:
            return self.person.tenure(self.month, self._start(assignment))
        starts = [self._start(found) for found in self.person.assigned(self.month)] or [self.person.started_on]
        return max(self.person.tenure(self.month, start) for start in starts)

    def ease_of(self, assignment: Assignment | None) -> int:
        """What she reaches of the usual at her tenure, per mille."""
        tenure = self.tenure(assignment)
        return EASE[tenure] if tenure < len(EASE) else 1000

    @cached_property
    def ease(self) -> int:
        """What she reaches of the usual without regard to a line."""
        return self.ease_of(None)

    @cached_property
    def agreed_on(self) -> date | None:
        """When this month's quota was agreed; None if it is not, or not yet."""
        year = self.month.year
        if year in self.person.quota_agreed:
            day = self.person.quota_agreed[year]
        elif self.person.started_on.year == year:
            day = self.person.started_on
        else:
            day = date(year - 1, 12, 11 + year % 3)
        return day if day is not None and Month.of(day) <= self.month else None


Maker = Callable[[Situation], Iterator[Row]]
"""Makes the rows of one source for one person and month."""


def situations(
    organisation: Organisation, profiles: dict[str, Profile], month: Month, index: int
) -> Iterator[Situation]:
    """Everyone who is on the roster in a month, by id."""
    for person in organisation.people:
        stint = person.stint(month)
        if stint is not None and stint.role == REP:
            yield Situation(organisation, person, profiles[person.rep], month, index, stint)
