"""A measure of one person, month by month: what each month offers, and what of it counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from standardwerk.evaluate.exact import divide, mean_of_groups, rounded
from standardwerk.evaluate.parts import Part, Parts
from standardwerk.evaluate.tenure import ONE, Weight
from standardwerk.model.handbook import Measure
from standardwerk.model.months import Month
from standardwerk.model.scores import Exact, MonthPart, SourceLines

#: The roster's file: its lines are the same ones month after month.
ROSTER_FILE = "assignments.csv"


@dataclass(slots=True)
class Sums:
    """Added parts."""

    numerator: Any = 0
    raw: Any = 0
    """The denominator, unscaled."""
    scaled: Any = 0
    """The denominator with ramp and availability."""
    n: Any = 0
    rows: int = 0
    months: int = 0
    factors: Decimal = Decimal(0)
    """Σ ramp factor × availability over the months."""
    groups: dict[object, tuple[Any, int]] | None = None
    distinct: set[object] | None = None
    latest: date | None = None

    @classmethod
    def of(cls, part: Part, factor: Decimal | None, factors: Decimal) -> Sums:
        """The sums of a month with one part."""
        scaled = part.denominator if factor is None else part.denominator * factor
        groups = dict(part.groups) if part.groups else None
        distinct = part.distinct or None
        return cls(
            part.numerator, part.denominator, scaled, part.n, part.rows, 1, factors, groups, distinct, part.latest
        )

    def add_part(self, part: Part, factor: Decimal | None) -> None:
        """Add a part of the same month; ``factor`` multiplies its denominator (None: as it is)."""
        self.numerator += part.numerator
        self.raw += part.denominator
        self.scaled += part.denominator if factor is None else part.denominator * factor
        self.n += part.n
        self.rows += part.rows
        if part.groups:
            self._add_groups(part.groups)
        if part.distinct:
            self.distinct = (self.distinct or set()) | part.distinct
        if part.latest is not None and (self.latest is None or part.latest > self.latest):
            self.latest = part.latest

    def plus(self, other: Sums) -> Sums:
        """These months and others added."""
        total = Sums(
            self.numerator + other.numerator,
            self.raw + other.raw,
            self.scaled + other.scaled,
            self.n + other.n,
            self.rows + other.rows,
            self.months + other.months,
            self.factors + other.factors,
            self.groups,
            self.distinct if not other.distinct else (self.distinct or set()) | other.distinct,
            self.latest,
        )
        if other.groups:
            total.groups = dict(self.groups or {})
            total._add_groups(other.groups)
        if other.latest is not None and (self.latest is None or other.latest > self.latest):
            total.latest = other.latest
        return total

    def _add_groups(self, groups: Mapping[object, tuple[Exact, int]]) -> None:
        mine = self.groups = {} if self.groups is None else self.groups
        for name, (total, count) in groups.items():
            before, rows = mine.get(name, (0, 0))
            mine[name] = (before + total, rows + count)

    def count(self, measure: Measure) -> Any:
        """The n of the figure."""
        return len(self.distinct) if self.distinct is not None else self.n

    def value(self, measure: Measure) -> Decimal | None:
        """The value as displayed; None where the denominator is 0."""
        factor = 100 if measure.shown_as_percent else 1
        if measure.kind == "sum":
            return rounded(self.numerator, measure.decimals)
        if measure.kind == "mean":
            if self.groups is not None:
                return rounded(mean_of_groups(self.groups), measure.decimals) if self.groups else None
            return divide(self.numerator, self.rows, measure.decimals) if self.rows else None
        if not self.scaled:
            return None
        return divide(self.numerator, self.scaled, measure.decimals, factor)


@dataclass(slots=True)
class Entry:
    """One month of a measure."""

    month: Month
    weight: Weight
    present: bool = False
    """There are rows."""
    not_agreed: bool = False
    """There are rows, and none of them has a target."""
    shown: Sums | None = None
    """All data of the month, unscaled; None if there is none."""
    counted: Sums | None = None
    """What counts of it; None if nothing does."""
    parts: list[Part] = field(default_factory=list)
    even: bool = True
    """Whether all that counts has the month's own ramp factor."""
    own_value: Decimal | None = None
    """The value of this month alone, as displayed."""
    _sources: tuple[SourceLines, ...] | None = None
    _part: MonthPart | None = None

    def sources(self) -> tuple[SourceLines, ...]:
        """The lines the month's rows come from, by file."""
        if self._sources is None:
            lines: dict[str, set[int]] = {}
            for part in self.parts:
                for file, numbers in part.lines.items():
                    lines.setdefault(file, set()).update(numbers)
            self._sources = tuple(SourceLines(file, tuple(sorted(lines[file]))) for file in sorted(lines))
        return self._sources

    def month_part(self, measure: Measure) -> MonthPart:
        """The month as a figure's months show it; the same value for every window it is in."""
        if self._part is None:
            self._part = self.new_month_part(measure, in_ramp=False)
        return self._part

    def new_month_part(self, measure: Measure, *, in_ramp: bool) -> MonthPart:
        """The month as shown: what counts of it, or all its data if nothing does.

        In a figure of the ramp-up nothing is scaled and all data count.
        """
        counts = self.shown if in_ramp else self.counted
        sums = counts or self.shown
        target = measure.is_target and not in_ramp
        raw: Any = None
        scaled: Any = None
        if sums is not None and measure.kind == "mean":
            raw = scaled = sums.rows
        elif sums is not None and measure.kind != "sum":
            raw, scaled = sums.raw, sums.scaled
        factor: Decimal | None = ONE
        if target:
            factor = self.weight.ramp_factor if self.even else None
        return MonthPart(
            self.month,
            None if sums is None else sums.numerator,
            raw,
            scaled,
            factor,
            self.weight.availability if target else ONE,
            counts is not None,
            self.own_value,
        )


def build_entry(
    month: Month,
    parts: Iterable[tuple[str | None, Part]],
    measure: Measure,
    weigh: Callable[[Month, str | None], Weight],
    line: str | None,
) -> Entry:
    """Put a month together from its parts, each with the weight of its line."""
    entry = Entry(month, weigh(month, line))
    agreed = False
    scored: list[tuple[Part, Weight]] = []
    there = 0
    for name, part in parts:
        entry.present = True
        entry.parts.append(part)
        agreed = agreed or not part.not_agreed or bool(part.rows)
        if not part.rows:
            continue
        there += 1
        if entry.shown is None:
            entry.shown = Sums.of(part, None, ONE)
        else:
            entry.shown.add_part(part, None)
        weight = entry.weight if name == line else weigh(month, name)
        if weight.ramp_factor != entry.weight.ramp_factor and (weight.scored or not entry.weight.scored):
            entry.even = False
        if weight.scored and not weight.exempt:
            scored.append((part, weight))
    if not measure.is_target and len(scored) == there:
        # All of it counts, and nothing is scaled.
        entry.counted = entry.shown
    else:
        entry.counted = _counted(scored, entry.weight, measure)
    entry.not_agreed = entry.present and not agreed
    sums = entry.counted or entry.shown
    entry.own_value = None if sums is None else sums.value(measure)
    return entry


def _counted(scored: Iterable[tuple[Part, Weight]], own: Weight, measure: Measure) -> Sums | None:
    """What counts of a month: the parts that are scored, their targets scaled."""
    counted: Sums | None = None
    for part, weight in scored:
        factor = weight.factor if measure.is_target else None
        if counted is None:
            counted = Sums.of(part, factor, own.factor if measure.is_target else ONE)
        else:
            counted.add_part(part, factor)
    return counted


def build_track(
    parts: Parts,
    months: Iterable[Month],
    measure: Measure,
    weigh: Callable[[Month, str | None], Weight],
    line: str | None,
) -> dict[Month, Entry]:
    """The entries of a measure, of one line or (``line`` None) of all its parts together."""
    track: dict[Month, Entry] = {}
    for month in months:
        found = parts.get(month, {})
        chosen = list(found.items()) if line is None else [(line, found[line])] if line in found else []
        track[month] = build_entry(month, chosen, measure, weigh, line)
    return track
