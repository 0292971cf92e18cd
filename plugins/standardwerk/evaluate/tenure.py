"""Tenure, ramp and availability: how far a month counts for a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from standardwerk.model.handbook import MethodForm
from standardwerk.model.months import Month
from standardwerk.model.roster import Person

ONE = Decimal(1)


def tenure_month(start: date, month: Month) -> int:
    """The tenure month: 1 is the first full month, 0 the entry month."""
    first_full = Month.of(start) if start.day == 1 else Month.of(start).plus(1)
    return month - first_full + 1


@dataclass(frozen=True, slots=True)
class Weight:
    """How a month counts for a measure."""

    scored: bool
    ramp_factor: Decimal
    availability: Decimal
    exempt: bool

    @property
    def factor(self) -> Decimal:
        """What a target is multiplied by."""
        return self.ramp_factor * self.availability


def ramp_at(tenure: int, method: MethodForm, ramped: bool) -> tuple[bool, Decimal]:
    """Whether a tenure month is scored, and the factor on targets. ``ramped``: whether the measure has a ramp-up."""
    if tenure <= 0:
        return False, ONE
    steps = [step for step in method.ramp if step.from_month <= tenure] if ramped else []
    if not steps:
        return True, ONE
    newest = max(steps, key=lambda step: step.from_month)
    return newest.scored, newest.factor


class Tenure:
    """The tenure of a person, and of each of her product lines, month by month."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self._lines: dict[Month, dict[str, int]] = {}
        self._weights: dict[tuple[Month, str | None, int, bool, bool], Weight] = {}
        self._methods: dict[int, MethodForm] = {}
        self._exempted = frozenset(entry.standard for entry in person.exemptions)

    def _of_lines(self, month: Month) -> dict[str, int]:
        found = self._lines.get(month)
        if found is None:
            found = self._lines[month] = {}
            last_day = month.last_day
            for entry in self.person.assigned(month):
                begun = entry.ramp_from is not None and entry.ramp_from <= last_day
                start = entry.ramp_from if begun and entry.ramp_from is not None else self.person.started_on
                tenure = tenure_month(start, month)
                found[entry.product_line] = max(found.get(entry.product_line, tenure), tenure)
        return found

    def at(self, month: Month, line: str | None) -> int:
        """The tenure month of a figure. One without product line takes the longest of the lines'."""
        lines = self._of_lines(month)
        if line is not None and line in lines:
            return lines[line]
        return max(lines.values()) if lines else tenure_month(self.person.started_on, month)

    def ramp(self, month: Month, line: str | None, method: MethodForm, ramped: bool) -> tuple[bool, Decimal]:
        """Whether a month is scored, and the factor on targets."""
        return ramp_at(self.at(month, line), method, ramped)

    def weight(self, month: Month, line: str | None, method: MethodForm, ramped: bool, standard: str) -> Weight:
        """How a month counts for a measure of a standard. The same value for all measures it is the same for."""
        exempted = standard in self._exempted and self.exempted(month, standard)
        # The method is kept, so that its id stays its own.
        key = (month, line, id(self._methods.setdefault(id(method), method)), ramped, exempted)
        found = self._weights.get(key)
        if found is None:
            found = self._weights[key] = self._weight(month, line, method, ramped, exempted)
        return found

    def _weight(self, month: Month, line: str | None, method: MethodForm, ramped: bool, exempted: bool) -> Weight:
        scored, factor = self.ramp(month, line, method, ramped)
        availability = self.person.availability.get(month, ONE)
        return Weight(scored, factor, availability, not availability or exempted)

    def exempted(self, month: Month, standard: str) -> bool:
        """Whether an exemption covers the month's last day, or the person's last day in it."""
        day = self.person.last_day_in(month)
        return any(
            entry.standard == standard and entry.valid_from <= day and (entry.valid_to is None or day <= entry.valid_to)
            for entry in self.person.exemptions
        )
