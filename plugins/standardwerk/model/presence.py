"""Who is there in a month, and which rows a complete file therefore has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from standardwerk.model.handbook import Handbook
from standardwerk.model.months import Month
from standardwerk.model.roster import Roster
from standardwerk.model.sources import Source

#: What a row is about: the rep, and the product line where rows have one.
RowKey = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Present:
    """The people of a month."""

    people: frozenset[str]
    """Everyone on the roster."""
    scored: frozenset[str]
    """Those of them who get a scorecard."""
    lines: Mapping[str, frozenset[str]]
    """By person: the assigned product lines."""

    def expected(self, source: Source) -> frozenset[RowKey] | None:
        """What the source's file has rows for if nothing is missing; None where nobody can say."""
        if source.form.rows != "complete":
            return None
        if not source.keys:
            return frozenset((rep,) for rep in self.scored)
        if source.keys == ("product_line",):
            return frozenset((rep, line) for rep in self.scored for line in self.lines[rep])
        return None


class Presence:
    """The people of each month, worked out once per month."""

    def __init__(self, roster: Roster, handbook: Handbook) -> None:
        self.roster = roster
        self._roles = {role.id for role in handbook.names.roles if role.scorecard}
        self._months: dict[Month, Present] = {}

    def of(self, month: Month) -> Present:
        """The people of a month."""
        found = self._months.get(month)
        if found is None:
            found = self._months[month] = self._present(month)
        return found

    def _present(self, month: Month) -> Present:
        people: set[str] = set()
        scored: set[str] = set()
        lines: dict[str, frozenset[str]] = {}
        for person in self.roster.people.values():
            row = person.in_month(month)
            if row is not None:
                people.add(person.id)
                lines[person.id] = frozenset(entry.product_line for entry in person.assigned(month))
                if row.role in self._roles:
                    scored.add(person.id)
        return Present(frozenset(people), frozenset(scored), lines)


def used_sources(handbook: Handbook, month: Month) -> frozenset[str]:
    """The sources that the standards in force in a month need."""
    return frozenset(
        name
        for _, revision in handbook.standards_at(month.first_day)
        for measure in revision.rules.measures
        for name in (
            measure.source,
            *(column.source for _, expression in measure.expressions for column in expression.columns()),
        )
    )
