"""What one month contributes to a measure: its rows joined, filtered and added up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from standardwerk.evaluate.compile import Compiler, Function
from standardwerk.model.expressions import Call, Expression
from standardwerk.model.handbook import Measure
from standardwerk.model.months import Month
from standardwerk.model.project import Lines, RepRows, Row, Scoring
from standardwerk.model.roster import Person
from standardwerk.model.scores import Exact
from standardwerk.model.sources import ASSIGNMENTS, Source, Sources


@dataclass(slots=True)
class Part:
    """The sums of one month, for one product line or for all rows."""

    numerator: Any = 0
    denominator: Any = 0
    n: Any = 0
    rows: int = 0
    """Rows that count."""
    not_agreed: int = 0
    """Rows whose target is empty."""
    groups: dict[object, tuple[Exact, int]] | None = None
    distinct: set[object] | None = None
    latest: date | None = None
    lines: dict[str, list[int]] = field(default_factory=dict)

    def add_line(self, file: str, line: Lines) -> None:
        """Note a row's line of a file, or its lines, as a source of the figure."""
        found = self.lines.setdefault(file, [])
        if not isinstance(line, int):
            found.extend(line)
        elif not found or found[-1] != line:
            found.append(line)


Parts = Mapping[Month, Mapping[str | None, Part]]


def accumulations(measure: Measure, sources: Sources) -> list[str]:
    """How the columns of numerator and denominator accumulate over months.

    The roster's own columns are neither flow nor stock: a credit share weighs a flow and leaves it one.
    """
    found = []
    for expression in (measure.numerator, measure.denominator, measure.value):
        for column in expression.columns() if expression is not None else ():
            name = column.source or measure.source
            if name != ASSIGNMENTS:
                found.append(sources[name].accumulates(column.name))
    return found


def is_flow(measure: Measure, sources: Sources) -> bool:
    """Whether a measure's months add up: no ratings, no conditions, no snapshots, no distinct counts."""
    return measure.kind not in {"mean", "check"} and all(kind == "sum" for kind in accumulations(measure, sources))


class MeasurePlan:
    """A measure's formula, compiled once and used for every person."""

    def __init__(self, measure: Measure, scoring: Scoring) -> None:
        self.measure = measure
        self.scoring = scoring
        self.source: Source = scoring.sources[measure.source]
        joined = [
            column.source
            for _, expression in measure.expressions
            for column in expression.columns()
            if column.source and column.source != measure.source
        ]
        self.joined: tuple[Source, ...] = tuple(scoring.sources[name] for name in dict.fromkeys(joined))
        #: For each joined source: the places of its keys in a row of this measure's source.
        self.join_keys = tuple(tuple(self.source.position(key) for key in other.keys) for other in self.joined)
        places: dict[tuple[str, str], tuple[int, int]] = {}
        for index, source in enumerate((self.source, *self.joined), 1):
            for position, column in enumerate(source.columns):
                places[source.name, column] = (index, position)
                if index == 1:
                    places["", column] = (index, position)
        self.compiler = Compiler(places, scoring.workdays)
        self.where = self._optional(measure.where)
        top = measure.numerator or measure.value or measure.condition
        assert top is not None
        self.numerator = self._with_missing(top)
        self.denominator = None if measure.denominator is None else self._with_missing(measure.denominator)
        self.date = self._optional(measure.date)
        self.group = None if measure.group is None else self.source.position(measure.group)
        count = measure.minimum_n.count if measure.minimum_n is not None else None
        self.count = self._optional(count)
        self.counts_distinct = count is not None and isinstance(count.tree, Call) and count.tree.name == "distinct"
        self.line_position = self.source.position("product_line") if measure.by else None
        #: (low, high) of *met* and of *near*, as the measure has them.
        self.limits = measure.bands.limits(measure.better) if measure.bands and measure.better else None

        accumulates = accumulations(measure, scoring.sources)
        #: Whether all sources of the measure are switched on.
        self.collected = all(source.form.collected for source in (self.source, *self.joined))
        #: Whether single months can be compared: flows, no ratings, no snapshots.
        self.signalled = is_flow(measure, scoring.sources)
        #: Whether sums over people are right: no ratings, no distinct counts.
        self.adds_up = measure.kind not in {"mean", "check"} and "distinct" not in accumulates

    def _optional(self, expression: Expression | None) -> Function | None:
        return None if expression is None else self.compiler.compile(expression)

    def _with_missing(self, expression: Expression) -> Function:
        """The expression's function; with ``missing: 0`` it yields 0 where a joined row it reads is missing."""
        compute = self.compiler.compile(expression)
        if self.measure.missing is None:
            return compute
        names = [source.name for source in self.joined]
        read = [2 + names.index(column.source) for column in expression.columns() if column.source in names]
        if not read:
            return compute

        def with_missing(env: tuple[Any, ...]) -> Any:
            value = compute(env)
            if value is None and any(env[index] is None for index in read):
                return 0
            return value

        return with_missing

    def parts(self, person: Person, rows: RepRows, months: tuple[Month, ...]) -> dict[Month, dict[str | None, Part]]:
        """The parts of each month that has rows."""
        found: dict[Month, dict[str | None, Part]] = {}
        for month in months:
            # Without a joined source's whole file nothing is known of its rows, so none of them is "missing: 0".
            if self.joined and not all(self._there(source, month) for source in self.joined):
                continue
            own = rows_of(self.source, person, rows, month)
            parts: dict[str | None, Part] = {}
            if own:
                lookups = [index_rows(source, rows_of(source, person, rows, month)) for source in self.joined]
                parts = self._month(month, own, lookups)
            if self.measure.kind == "sum" and (own or self._nothing_happened(month)):
                for name in self._lines_of(person, month):
                    parts.setdefault(name, Part(rows=1))
            if own or parts:
                found[month] = parts
        return found

    def _nothing_happened(self, month: Month) -> bool:
        """Whether a month without a row says that there was nothing: its file came, and has rows only for events."""
        source = self.source
        return source.form.rows == "events" and month in self.scoring.present.get(source.name, ())

    def _lines_of(self, person: Person, month: Month) -> list[str | None]:
        """What a person's month falls into: her product lines, or the month as a whole."""
        if self.line_position is None:
            return [None]
        return [entry.product_line for entry in person.assigned(month)]

    def _there(self, source: Source, month: Month) -> bool:
        """Whether a joined source's file is there, or none is due."""
        if source.name == ASSIGNMENTS or not source.due_in(month):
            return True
        return month in self.scoring.present.get(source.name, ())

    def _month(
        self, month: Month, own: tuple[Row, ...], lookups: list[dict[tuple[object, ...], Row]]
    ) -> dict[str | None, Part]:
        parts: dict[str | None, Part] = {}
        for cells, line in own:
            env: tuple[Any, ...] = (month, cells)
            matches: list[Row | None] = []
            if lookups:
                matches = [
                    lookup.get(tuple([cells[position] for position in keys]))
                    for lookup, keys in zip(lookups, self.join_keys, strict=True)
                ]
                env = (month, cells, *[match[0] if match is not None else None for match in matches])
            if self.where is not None and self.where(env) is not True:
                continue
            name: Any = cells[self.line_position] if self.line_position is not None else None
            part = parts.get(name)
            if part is None:
                part = parts[name] = Part()
            self._row(env, part)
            part.add_line(self.scoring.file_of(self.source, month), line)
            for source, match in zip(self.joined, matches, strict=False):
                if match is not None:
                    part.add_line(self.scoring.file_of(source, month), match[1])
        return parts

    def _row(self, env: tuple[Any, ...], part: Part) -> None:
        numerator = self.numerator(env)
        denominator = 1 if self.denominator is None else self.denominator(env)
        if denominator is None and self.measure.is_target:
            part.not_agreed += 1
            return
        if numerator is None or denominator is None:
            return
        part.rows += 1
        part.numerator += numerator if self.measure.kind != "check" else int(numerator)
        part.denominator += denominator
        if self.group is not None:
            groups = part.groups = {} if part.groups is None else part.groups
            total, count = groups.get(env[1][self.group], (0, 0))
            groups[env[1][self.group]] = (total + numerator, count + 1)
        if self.date is not None:
            day = self.date(env)
            if day is not None and (part.latest is None or day > part.latest):
                part.latest = day
        if self.counts_distinct:
            assert self.count is not None
            seen = part.distinct = set() if part.distinct is None else part.distinct
            value = self.count(env)
            if value is not None:
                seen.add(value)
        elif self.count is not None:
            part.n += self.count(env) or 0
        else:
            part.n += denominator if self.denominator is not None else 1


def rows_of(source: Source, person: Person, rows: RepRows, month: Month) -> tuple[Row, ...]:
    """A person's rows of a source in a month; those of ``assignments`` come from the roster."""
    if source.name != ASSIGNMENTS:
        return rows.get(source.name, {}).get(month, ())
    found: dict[str, Row] = {}
    for entry in person.assigned(month):
        found.setdefault(entry.product_line, ((person.id, entry.product_line, entry.credit_share), entry.line))
    return tuple(found.values())


def index_rows(source: Source, rows: tuple[Row, ...]) -> dict[tuple[object, ...], Row]:
    """Rows by their keys."""
    positions = [source.position(key) for key in source.keys]
    return {tuple([cells[position] for position in positions]): (cells, line) for cells, line in rows}
