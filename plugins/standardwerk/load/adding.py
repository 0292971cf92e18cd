"""Lists of orders, calls, visits …: one row per key and month is made of them.

What is made keeps the lines of the list it was made from, so that a figure leads to each of its transactions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from standardwerk.diagnostics import Diagnostics, Place
from standardwerk.load.cells import EXPECTED_CELL, Cell
from standardwerk.load.conditions import value_of
from standardwerk.load.headers import MONTH, Made
from standardwerk.load.transactions import is_all_rows
from standardwerk.model.expressions import Expression
from standardwerk.model.months import Month
from standardwerk.model.project import Lines, lines_of
from standardwerk.model.sources import ColumnForm

#: A row of a table: its cells, and its line or the lines it was made from.
TableRow = tuple[tuple[Cell, ...], Lines]


class _Group:
    """The rows of one key and month."""

    def __init__(self, width: int) -> None:
        self.lines: list[int] = []
        self.values: list[list[Any]] = [[] for _ in range(width)]

    def add(self, values: Sequence[Any], line: Lines) -> None:
        self.lines.extend(lines_of(line))
        for its, value in zip(self.values, values, strict=True):
            its.append(value)

    def total(self, at: int, column: ColumnForm) -> int | Decimal:
        if column.count_distinct is None:
            total: int | Decimal = sum(self.values[at])
            return total
        return len({value for value in self.values[at] if value is not None})


def add_up(
    names: Sequence[str],
    rows: Sequence[tuple[tuple[Cell, ...], Lines]],
    made: Made,
    file: str,
    diagnostics: Diagnostics,
) -> tuple[list[tuple[tuple[Cell, ...], Lines]], int]:
    """What is made of the rows of a list, in the order of first appearance; and how many of them do not count.

    ``names`` are the columns of the list. A row that is made has the columns of ``made``, the month last. Exact, in a
    context in which an inexact sum is an error.
    """
    form = made.transactions
    keys = [names.index(key) for key in made.key]
    month_at = names.index(form.month)
    results = {name: column for name, column in made.columns.items() if name not in made.key and name != MONTH}
    groups: dict[tuple[tuple[Cell, ...], Month], _Group] = {}
    left_out = 0
    for cells, line in rows:
        month = _month(cells[month_at])
        row = dict(zip(names, cells, strict=True))
        adder = _Adder(row, month)
        if form.where is not None and not adder.value("where", form.where):
            left_out += not adder.open
        else:
            values = [adder.of(name, column) for name, column in results.items()]
            if not adder.open:
                key = (tuple([cells[at] for at in keys]), month)
                group = groups.get(key)
                if group is None:
                    group = groups[key] = _Group(len(results))
                group.add(values, line)
        for name, expression in adder.open.items():
            empty = ", ".join(column.name for column in expression.columns() if row[column.name] is None)
            diagnostics.add("SW357", Place(file, lines_of(line)[0]), column=name, empty=empty)
    found: list[TableRow] = []
    for (key_cells, month), group in groups.items():
        totals: dict[str, Cell] = dict(zip(made.key, key_cells, strict=True))
        totals |= {name: group.total(at, column) for at, (name, column) in enumerate(results.items())}
        if _within_limits(results, totals, Place(file, group.lines[0]), diagnostics):
            found.append(((*(totals[name] for name in made.columns if name != MONTH), str(month)), tuple(group.lines)))
    return found, left_out


class _Adder:
    """What one row of the list adds. What an empty cell leaves open is noted, by what it is open for."""

    def __init__(self, row: Mapping[str, Any], month: Month) -> None:
        self.row = row
        self.month = month
        self.open: dict[str, Expression] = {}

    def value(self, name: str, expression: Expression) -> Any:
        value = value_of(expression, self.row, self.month)
        if value is None:
            self.open[name] = expression
        return value

    def of(self, name: str, column: ColumnForm) -> Any:
        if column.sum is not None:
            return self.value(name, column.sum)
        if column.count is not None:
            return 1 if is_all_rows(column.count, self.row) else self.value(name, column.count)
        assert column.count_distinct is not None
        return self.row[column.count_distinct]


def _month(cell: Cell) -> Month:
    return Month.of(cell) if isinstance(cell, date) else Month.parse(str(cell))


def _within_limits(
    columns: Mapping[str, ColumnForm], values: Mapping[str, Any], place: Place, diagnostics: Diagnostics
) -> bool:
    good = True
    for name, column in columns.items():
        value = values[name]
        if column.type == "integer" and value != int(value):
            diagnostics.add(
                "SW306", place, column=name, value=f"“{value}”", expected=EXPECTED_CELL["integer"], example="1234"
            )
        elif column.minimum is not None and value < column.minimum:
            diagnostics.add("SW308", place, column=name, value=f"“{value}”", limit=column.minimum)
        elif column.maximum is not None and value > column.maximum:
            diagnostics.add("SW309", place, column=name, value=f"“{value}”", limit=column.maximum)
        else:
            continue
        good = False
    return good
