"""Who works when on what: the roster's rules ("Who and when", "Tenure, ramp, availability")."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cache

from .dates import Month, first_day, last_day, month, month_of
from .inputs import Cells, Inputs, read_date, read_number

LINES = ("machining", "automation", "retrofit", "service")
"""The product lines in the handbook's order."""

SCORED_ROLE = "rep"


@dataclass(frozen=True)
class Span:
    """A row that is valid from a day to a day, both inclusive."""

    cells: Cells
    valid_from: date
    valid_to: date

    @classmethod
    def of(cls, cells: Cells, start: str = "valid_from", end: str = "valid_to") -> Span:
        return cls(cells, read_date(cells[start]) or date.min, read_date(cells[end]) or date.max)

    def touches(self, m: Month) -> bool:
        return self.valid_from <= last_day(m) and self.valid_to >= first_day(m)

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day <= self.valid_to


@dataclass
class Person:
    rep: str
    stints: list[Span] = field(default_factory=list)
    assignments: list[Span] = field(default_factory=list)
    shares: dict[Month, Fraction] = field(default_factory=dict)
    exemptions: list[Span] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.stint = cache(self._stint)
        self.assigned = cache(self._assigned)

    def _stint(self, m: Month) -> Span | None:
        """Her row of the month, if she has a scorecard in it."""
        rows = [row for row in self.stints if row.touches(m)]
        if not rows:
            return None
        on_last_day = [row for row in rows if row.holds_on(last_day(m))]
        row = on_last_day[0] if on_last_day else max(rows, key=lambda one: one.valid_to)
        return row if row.cells["role"] == SCORED_ROLE else None

    def started_on(self, m: Month) -> date:
        stint = self.stint(m)
        day = read_date(stint.cells["started_on"]) if stint else None
        assert day is not None, f"{self.rep} has no scorecard in this month"
        return day

    def _assigned(self, m: Month) -> Mapping[str, tuple[Fraction, date]]:
        """Her product lines of the month: credit share and the day the tenure starts, in handbook order."""
        rows = [row for row in self.assignments if row.holds_on(last_day(m))]
        if not rows:
            rows = [row for row in self.assignments if row.touches(m) and month_of(row.valid_to) == m]
        found: dict[str, tuple[Fraction, date]] = {}
        for row in rows:
            line, share = row.cells["product_line"], read_number(row.cells["credit_share"])
            begun = read_date(row.cells["ramp_from"])
            start = begun if begun and begun <= last_day(m) else self.started_on(m)
            assert share is not None
            if line in found:
                assert found[line][0] == share, f"{self.rep}: two credit shares of {line}"
                start = min(start, found[line][1])
            found[line] = share, start
        assert found.keys() <= set(LINES)
        return {line: found[line] for line in LINES if line in found}

    def tenure(self, m: Month, line: str | None) -> int:
        """The tenure month of a line's figure, or of one without line; 0 is the entry month."""
        lines = self.assigned(m)
        if line is not None:
            return _tenure(m, lines[line][1])
        return max(_tenure(m, start) for start in [day for _, day in lines.values()] or [self.started_on(m)])

    def availability(self, m: Month) -> Fraction:
        return self.shares.get(m, Fraction(1))

    def is_exempt(self, standard: str, m: Month) -> bool:
        stint = self.stint(m)
        assert stint is not None
        day = min(last_day(m), stint.valid_to)
        return self.availability(m) == 0 or any(
            row.cells["standard"] == standard and row.holds_on(day) for row in self.exemptions
        )


def _tenure(m: Month, start: date) -> int:
    return m - month_of(start) + (start.day == 1)


def people(inputs: Inputs) -> dict[str, Person]:
    """Everyone of the roster."""
    found: dict[str, Person] = {}
    for cells in inputs.roster["reps"]:
        found.setdefault(cells["rep"], Person(cells["rep"])).stints.append(Span.of(cells))
    for cells in inputs.roster["assignments"]:
        found[cells["rep"]].assignments.append(Span.of(cells))
    for cells in inputs.roster["availability"]:
        share = read_number(cells["share"])
        assert share is not None
        found[cells["rep"]].shares[month(cells["month"])] = share
    for cells in inputs.roster["exemptions"]:
        found[cells["rep"]].exemptions.append(Span.of(cells, "from", "to"))
    return found
