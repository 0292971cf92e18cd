"""A CSV by its contract: typed rows with their lines, and every fault with line and column."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from standardwerk.diagnostics import Diagnostics, Place
from standardwerk.load.adding import TableRow, add_up
from standardwerk.load.canonical import canonical_contract, is_canonical
from standardwerk.load.cells import EXPECTED_CELL, Cell, RawCell, text_of
from standardwerk.load.columns import TextColumn, read_column, shown
from standardwerk.load.headers import MONTH, YEAR, Contract
from standardwerk.load.raw import RawTable, take_apart
from standardwerk.model.arrivals import Reading
from standardwerk.model.sources import ColumnForm, Dialect

_YEAR = re.compile(r"[12][0-9]{3}")


@dataclass(frozen=True)
class Table:
    """The rows of a CSV that are whole, in file order: cells by column, and the line each begins in."""

    columns: tuple[str, ...]
    rows: list[TableRow]
    places: tuple[int, ...] = ()
    """The column of the file each column stands in, from 1; 0 for one that is not there."""
    reading: Reading | None = field(default=None, compare=False)
    """How the file was read, if it was a whole one. Tables with equal rows are equal, however they are written."""
    lost: tuple[tuple[Cell, ...], ...] = ()
    """The rows left out, as far as their cells can be read."""
    torn: bool = False
    """Whether rows were left out of which not even that can be said."""


def read_table(
    data: bytes,
    file: str,
    columns: Mapping[str, ColumnForm],
    key: Sequence[str],
    dialect: Dialect,
    diagnostics: Diagnostics,
) -> Table | None:
    """Read a CSV. A row with a fault is reported and left out; None if the file as a whole cannot be read."""
    return read_contract(data, file, Contract(columns, tuple(key), dialect), diagnostics)


def read_contract(data: bytes, file: str, contract: Contract, diagnostics: Diagnostics) -> Table | None:
    """Read a CSV by its whole contract, as :func:`read_table` does: an export as it came, or an imported file."""
    imported = is_canonical(data)
    if imported:
        contract = canonical_contract(contract)
    raw = take_apart(data, file, contract, diagnostics)
    if raw is None:
        return None
    table = make_table(raw, contract, diagnostics)
    if not raw.whole:
        return None
    return replace(table, reading=Reading(imported, raw.encoding, raw.delimiter, tuple(sorted(raw.decimals.items()))))


def make_table(raw: RawTable, contract: Contract, diagnostics: Diagnostics) -> Table:
    """Read the cells of a file that was taken apart."""
    table = _Maker(raw, contract, diagnostics).table()
    made = contract.made
    if made is None:
        return table
    rows: list[TableRow] = []
    if raw.whole:
        rows, raw.left_out = add_up(table.columns, table.rows, made, raw.file, diagnostics)
    places = dict(zip(table.columns, table.places, strict=True))
    at = {key: places[key] for key in made.key} | {MONTH: places[made.transactions.month]}
    torn = bool(table.torn or table.lost or not raw.whole)
    return Table(tuple(made.columns), rows, tuple(at.get(name, 0) for name in made.columns), torn=torn)


class _Maker:
    """Columns of texts to rows of values."""

    def __init__(self, raw: RawTable, contract: Contract, diagnostics: Diagnostics) -> None:
        self.file = raw.file
        self.contract = contract
        self.header = raw.header
        self.raw = raw
        self.diagnostics = diagnostics
        self.bad: set[int] = set()

    def table(self) -> Table:
        contract = self.contract
        texts = self.raw.columns()
        lines: list[int] = self.raw.lines
        at = {name: texts[position] for name, position in self.header.places.items()}
        places: dict[str, int | list[int]] = {name: place + 1 for name, place in self.header.places.items()}
        if contract.wide is not None:
            at, lines, places = self._long(at, texts, lines)
        cells: list[list[Cell]] = []
        for name, form in contract.columns.items():
            if name in at:
                column = TextColumn(name, form, at[name], lines, places[name], contract.values.get(name))
                cells.append(read_column(column, contract.dialect, self.file, self.bad, self.diagnostics))
                if column.decimal:
                    self.raw.decimals[name] = column.decimal
            else:
                cells.append([None] * len(lines))
        rows: list[TableRow] = list(zip(zip(*cells, strict=True), lines, strict=True))
        self._check_key(lines, cells)
        lost = tuple(rows[index][0] for index in sorted(self.bad))
        if lost:
            rows = [row for index, row in enumerate(rows) if index not in self.bad]
        shown_at = (places.get(name, 0) for name in contract.columns)
        at_columns = tuple(at if isinstance(at, int) else 0 for at in shown_at)
        return Table(tuple(contract.columns), rows, at_columns, lost=lost, torn=self.raw.torn)

    def _long(
        self, at: Mapping[str, list[RawCell]], texts: Sequence[list[RawCell]], lines: Sequence[int]
    ) -> tuple[dict[str, list[RawCell]], list[int], dict[str, int | list[int]]]:
        """A wide file as if it had a row for each of its values. An empty cell is no row."""
        wide = self.contract.wide
        assert wide is not None
        years = at.get(YEAR)
        origin: list[int] = []
        keys: list[RawCell] = []
        values: list[RawCell] = []
        columns: list[int] = []
        missing = self.contract.dialect.missing
        for row, line in enumerate(lines):
            year = ""
            if years is not None:
                year = text_of(years[row])
                if not _YEAR.fullmatch(year):
                    place = Place(self.file, line, self.header.places[YEAR] + 1)
                    expected = {"expected": EXPECTED_CELL[YEAR], "example": "2026"}
                    self.diagnostics.add("SW306", place, column=YEAR, value=shown(year), **expected)
                    self.raw.torn = True
                    continue
            for position, key in self.header.spread:
                text = texts[position][row]
                if text and text not in missing:
                    origin.append(row)
                    keys.append(f"{year}-{int(key):02}" if year and "-" not in key else key)
                    values.append(text)
                    columns.append(position + 1)
        long: dict[str, list[RawCell]] = {
            name: [column[row] for row in origin] for name, column in at.items() if name != YEAR
        }
        long |= {wide.key: keys, wide.value: values}
        places: dict[str, int | list[int]] = {name: place + 1 for name, place in self.header.places.items()}
        places |= {wide.key: columns, wide.value: columns}
        return long, [lines[row] for row in origin], places

    def _check_key(self, lines: Sequence[int], cells: Sequence[list[Cell]]) -> None:
        names = list(self.contract.columns)
        key = [name for name in self.contract.key if name in names]
        if not self.header.whole and not self.header.places.keys() >= set(key):
            return
        if self.contract.wide is not None and self.contract.wide.key not in key:
            key.append(self.contract.wide.key)
        if not key:
            return
        keys = list(zip(*(cells[names.index(name)] for name in key), strict=True))
        if len(set(keys)) == len(keys):
            return
        # Where the file itself has months, a row is one per key and month; one without a month may be of any.
        has_months = MONTH in self.header.places and MONTH not in key and self.contract.made is None
        months = cells[names.index(MONTH)] if has_months else None
        first: dict[tuple[Cell, ...], dict[Cell, int]] = {}
        for index, one in enumerate(keys):
            if index in self.bad:
                continue
            line = lines[index]
            month = months[index] if months is not None else None
            its = first.setdefault(one, {})
            before = next(iter(its.values()), index) if month is None else its.get(month, its.get(None, index))
            if before == index:
                its[month] = index
            else:
                self.bad.add(index)
                what = ", ".join(str(part) for part in one)
                self.diagnostics.add("SW311", Place(self.file, line), key=what, line=lines[before])
