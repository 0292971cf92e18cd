"""A CSV by its contract: typed rows with their lines, and every fault with line and column."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from standardwerk.diagnostics import Diagnostics, Place
from standardwerk.load.cells import EXPECTED_CELL, Cell
from standardwerk.load.columns import TextColumn, read_column, shown
from standardwerk.load.decode import decode
from standardwerk.load.headers import YEAR, Contract, Header, Lines, open_lines
from standardwerk.model.sources import ColumnForm, Dialect

_YEAR = re.compile(r"[12][0-9]{3}")


@dataclass(frozen=True)
class Table:
    """The rows of a CSV that are whole, in file order: cells by column, and the line each begins in."""

    columns: tuple[str, ...]
    rows: list[tuple[tuple[Cell, ...], int]]
    places: tuple[int, ...] = ()
    """The column of the file each column stands in, from 1; 0 for one that is not there."""


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
    """Read a CSV by its whole contract, as :func:`read_table` does."""
    text = decode(data, file, contract.dialect.encoding, diagnostics)
    if text is None:
        return None
    opened = open_lines(text, file, contract, diagnostics)
    if opened is None:
        return None
    header, rows, lines = opened
    body = _Body(file, header, contract.dialect, diagnostics, quoted='"' in text)
    if not body.read(rows, lines):
        return None
    if body.rows and not body.ended and not text.endswith(("\n", "\r")):
        diagnostics.add("SW333", Place(file, body.lines[-1]))
    return _Maker(file, contract, header, body, diagnostics).table()


class _Body:
    """The rows behind the header that have its width."""

    def __init__(self, file: str, header: Header, dialect: Dialect, diagnostics: Diagnostics, quoted: bool) -> None:
        self.file = file
        self.width = header.width
        self.diagnostics = diagnostics
        self.quoted = quoted
        self.is_footer = _footer(dialect.footer)
        self.ended = False
        """Whether the declared footer was found."""
        self.rows: list[list[str]] = []
        self.lines: list[int] = []

    def read(self, rows: Iterator[tuple[list[str], int]], lines: Lines) -> bool:
        """Take all rows up to the footer; False if a row cannot be taken apart."""
        width, is_footer, quoted = self.width, self.is_footer, self.quoted
        marked: list[tuple[list[str], int]] = []
        try:
            for cells, line in rows:
                if is_footer is not None and is_footer(cells[0].strip()):
                    self.ended = True
                    break
                has_marks = quoted and any('"' in cell for cell in cells)
                if has_marks and any(cell[:1].isspace() and cell.lstrip().startswith('"') for cell in cells):
                    # Such a cell is not quoted: its delimiters would cut it, its quotes would stay.
                    self.diagnostics.add("SW338", Place(self.file, line))
                    continue
                if len(cells) != width:
                    if len(cells) < width or any(map(str.strip, cells[width:])):
                        self.diagnostics.add("SW305", Place(self.file, line), found=len(cells), expected=width)
                        continue
                    cells = cells[:width]
                if has_marks:
                    marked.append((cells, line))
                self.rows.append(cells)
                self.lines.append(line)
        except csv.Error:
            self.diagnostics.add("SW323", Place(self.file, lines.line))
            return False
        if marked:
            self._check_quotes(marked, lines.text)
        if is_footer is not None and not self.ended:
            self.diagnostics.add("SW334", Place(self.file, self.lines[-1] if self.lines else lines.line))
        return True

    def _check_quotes(self, marked: list[tuple[list[str], int]], text: str) -> None:
        """Cells with quotation marks must be quoted as a whole; else one may be lost."""
        physical = io.StringIO(text, newline="").readlines()
        for cells, line in marked:
            breaks = len(re.findall("\r\n|\r|\n", "".join(cells)))
            raw = "".join(physical[line - 1 : line + breaks])
            for position, cell in enumerate(cells):
                if '"' in cell and '"' + cell.replace('"', '""') + '"' not in raw:
                    self.diagnostics.add("SW341", Place(self.file, line, position + 1), value=shown(cell.strip()))


def _footer(wanted: str) -> Callable[[str], object] | None:
    if not wanted:
        return None
    if wanted.startswith("/"):
        return re.compile(wanted[1:-1]).search
    return wanted.strip().__eq__


class _Maker:
    """Columns of texts to rows of values."""

    def __init__(self, file: str, contract: Contract, header: Header, body: _Body, diagnostics: Diagnostics) -> None:
        self.file = file
        self.contract = contract
        self.header = header
        self.body = body
        self.diagnostics = diagnostics
        self.bad: set[int] = set()

    def table(self) -> Table:
        contract = self.contract
        texts = [list(map(str.strip, column)) for column in zip(*self.body.rows, strict=True)]
        if not texts:
            texts = [[] for _ in range(self.header.width)]
        lines: list[int] = self.body.lines
        at = {name: texts[position] for name, position in self.header.places.items()}
        places: dict[str, int | list[int]] = {name: place + 1 for name, place in self.header.places.items()}
        if contract.wide is not None:
            at, lines, places = self._long(at, texts, lines)
        cells: list[list[Cell]] = []
        for name, form in contract.columns.items():
            if name in at:
                column = TextColumn(name, form, at[name], lines, places[name])
                cells.append(read_column(column, contract.dialect, self.file, self.bad, self.diagnostics))
            else:
                cells.append([None] * len(lines))
        rows = list(zip(zip(*cells, strict=True), lines, strict=True))
        self._check_key(rows, cells)
        if self.bad:
            rows = [row for index, row in enumerate(rows) if index not in self.bad]
        shown_at = (places.get(name, 0) for name in contract.columns)
        return Table(tuple(contract.columns), rows, tuple(at if isinstance(at, int) else 0 for at in shown_at))

    def _long(
        self, at: Mapping[str, list[str]], texts: Sequence[list[str]], lines: Sequence[int]
    ) -> tuple[dict[str, list[str]], list[int], dict[str, int | list[int]]]:
        """A wide file as if it had a row for each of its values. An empty cell is no row."""
        wide = self.contract.wide
        assert wide is not None
        years = at.get(YEAR)
        origin: list[int] = []
        keys: list[str] = []
        values: list[str] = []
        columns: list[int] = []
        missing = self.contract.dialect.missing
        for row, line in enumerate(lines):
            year = ""
            if years is not None:
                year = years[row]
                if not _YEAR.fullmatch(year):
                    place = Place(self.file, line, self.header.places[YEAR] + 1)
                    expected = {"expected": EXPECTED_CELL[YEAR], "example": "2026"}
                    self.diagnostics.add("SW306", place, column=YEAR, value=shown(year), **expected)
                    continue
            for position, key in self.header.spread:
                text = texts[position][row]
                if text and text not in missing:
                    origin.append(row)
                    keys.append(f"{year}-{int(key):02}" if year and "-" not in key else key)
                    values.append(text)
                    columns.append(position + 1)
        long: dict[str, list[str]] = {
            name: [column[row] for row in origin] for name, column in at.items() if name != YEAR
        }
        long |= {wide.key: keys, wide.value: values}
        places: dict[str, int | list[int]] = {name: place + 1 for name, place in self.header.places.items()}
        places |= {wide.key: columns, wide.value: columns}
        return long, [lines[row] for row in origin], places

    def _check_key(self, rows: Sequence[tuple[tuple[Cell, ...], int]], cells: Sequence[list[Cell]]) -> None:
        names = list(self.contract.columns)
        key = [name for name in self.contract.key if name in names]
        if self.contract.wide is not None and self.contract.wide.key not in key:
            key.append(self.contract.wide.key)
        if not key:
            return
        keys = list(zip(*(cells[names.index(name)] for name in key), strict=True))
        if len(set(keys)) == len(keys):
            return
        first: dict[tuple[Cell, ...], int] = {}
        for index, one in enumerate(keys):
            if index in self.bad:
                continue
            line = rows[index][1]
            before = first.setdefault(one, index)
            if before != index:
                self.bad.add(index)
                what = ", ".join(str(part) for part in one)
                self.diagnostics.add("SW311", Place(self.file, line), key=what, line=rows[before][1])
