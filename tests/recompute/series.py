"""One measure of one person, month by month: its parts, and which of them count."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from functools import cache

from .dates import Month
from .inputs import Inputs
from .measure import ASSIGNMENTS, Measure, Row
from .parts import DATA, Part, part, ramp_factor
from .people import Person


class Series:
    """The parts of all months."""

    def __init__(self, inputs: Inputs, person: Person, standard: str, measure: Measure) -> None:
        self.inputs, self.person, self.standard, self.measure = inputs, person, standard, measure
        self.source = inputs.sources.get(measure.source)
        self.part = cache(self._part)
        self.factor = cache(self._factor)

    def _part(self, m: Month, line: str | None) -> Part:
        measure = self.measure
        if self.lacks_file(m):
            return Part()
        figures = [measure.row(row) for row in self._rows(m) if line is None or row.line == line]
        found = part([one for one in figures if one is not None], measure.target)
        factor = self.factor(m, line)
        if not measure.target:
            return found
        factor = Fraction(1) if factor is None else factor
        return replace(found, factor=factor, availability=self.person.availability(m))

    def _rows(self, m: Month) -> Iterable[Row]:
        if self.measure.source == ASSIGNMENTS:
            return [Row(self.inputs, self.person, m, {"product_line": line}) for line in self.person.assigned(m)]
        rows = self.inputs.rows.get((self.measure.source, m, self.person.rep), [])
        return [Row(self.inputs, self.person, m, cells) for cells in rows]

    def units(self, m: Month, line: str | None) -> list[str | None]:
        """What a month falls into: the line asked for, all assigned lines, or the month as a whole."""
        lines = self.person.assigned(m)
        if line is not None:
            return [line] if line in lines else []
        return list(lines) if self.measure.lines else [None]

    def is_held(self, m: Month) -> bool:
        """Whether the month is held back, or a source of it that the measure reads."""
        measure = self.measure
        return any((m, source) in self.inputs.held for source in {"", measure.source, measure.joined})

    @property
    def is_collected(self) -> bool:
        measure = self.measure
        return {measure.source, measure.joined} - {ASSIGNMENTS, ""} <= self.inputs.sources.keys()

    def lacks_file(self, m: Month) -> bool:
        """Whether the whole file of the joined source is missing."""
        joined = self.inputs.sources.get(self.measure.joined)
        return joined is not None and joined.is_due(m) and (joined.name, m) not in self.inputs.files

    def has_gap(self, m: Month, line: str | None) -> bool:
        """Whether a row that a complete source should have is missing."""
        rows = [row for row in self._rows(m) if line is None or row.line == line]
        if self.source is None or not self.source.by_line:
            return not rows
        due = self.person.assigned(m) if line is None else self.units(m, line)
        return not {row.line for row in rows}.issuperset(due)

    def _factor(self, m: Month, line: str | None) -> Fraction | None:
        """The ramp's factor; None: not scored."""
        return ramp_factor(self.person.tenure(m, line), self.measure.ramp)

    def counts(self, m: Month, unit: str | None) -> bool:
        return (
            self.part(m, unit).state == DATA
            and not self.person.is_exempt(self.standard, m)
            and self.factor(m, unit) is not None
        )
