"""A CSV by its contract: typed rows with their lines, and every fault with line and column."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from standardwerk.diagnostics import Diagnostics, Place
from standardwerk.load.cells import EXPECTED_CELL, Cell, PercentError, Reader, example_of, reader_for
from standardwerk.load.files import listing, suggest
from standardwerk.model.sources import ColumnForm, Dialect

_CODECS = {"utf-8": "utf-8-sig", "cp1252": "cp1252", "utf-16": "utf-16"}
_MAX_SHOWN = 60


@dataclass(frozen=True)
class Table:
    """The rows of a CSV that are whole, in file order: cells by column, and the line each begins in."""

    columns: tuple[str, ...]
    rows: list[tuple[tuple[Cell, ...], int]]


def read_table(
    data: bytes,
    file: str,
    columns: Mapping[str, ColumnForm],
    key: Sequence[str],
    dialect: Dialect,
    diagnostics: Diagnostics,
) -> Table | None:
    """Read a CSV. A row with a fault is reported and left out; None if the file as a whole cannot be read."""
    text = _decode(data, file, dialect, diagnostics)
    if text is None:
        return None
    delimiter = "\t" if dialect.delimiter == "tab" else dialect.delimiter
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        header = next(lines, None)
    except csv.Error:
        diagnostics.add("SW323", Place(file, 1))
        return None
    if not header or not any(cell.strip() for cell in header):
        diagnostics.add("SW301", Place(file))
        return None
    order = _match_header(header, file, columns, diagnostics)
    if order is None:
        return None
    rows = _Rows(file, columns, order, len(header), key, dialect, diagnostics)
    line = lines.line_num + 1
    try:
        for cells in lines:
            if cells and (len(cells) > 1 or cells[0].strip()):
                rows.add(cells, line)
            line = lines.line_num + 1
    except csv.Error:
        diagnostics.add("SW323", Place(file, line))
        return None
    return Table(tuple(columns), rows.rows)


def _decode(data: bytes, file: str, dialect: Dialect, diagnostics: Diagnostics) -> str | None:
    try:
        return data.decode(_CODECS[dialect.encoding])
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        diagnostics.add("SW319", Place(file, line), encoding=dialect.encoding, line=line)
        return None


def _match_header(
    header: Sequence[str], file: str, columns: Mapping[str, ColumnForm], diagnostics: Diagnostics
) -> list[int] | None:
    """For each column its place in the header; -1 where an optional one is not there."""
    accepted = {name.casefold(): name for name in columns}
    for name, form in columns.items():
        accepted.update((title.strip().casefold(), name) for title in form.header)
    found: dict[str, int] = {}
    good = True
    for position, title in enumerate(header):
        place = Place(file, 1, position + 1)
        column = accepted.get(title.strip().casefold())
        if column is None:
            known = list(columns)
            diagnostics.add("SW303", place, header=title, known=listing(known), **suggest(title, list(accepted)))
            good = False
        elif column in found:
            diagnostics.add("SW304", place, header=title)
            good = False
        else:
            found[column] = position
    for name, form in columns.items():
        if name not in found and form.required:
            diagnostics.add("SW302", Place(file, 1), column=name, known=listing([name, *form.header]))
            good = False
    return [found.get(name, -1) for name in columns] if good else None


class _Rows:
    def __init__(
        self,
        file: str,
        columns: Mapping[str, ColumnForm],
        order: list[int],
        width: int,
        key: Sequence[str],
        dialect: Dialect,
        diagnostics: Diagnostics,
    ) -> None:
        self.file = file
        self.width = width
        self.dialect = dialect
        self.diagnostics = diagnostics
        self.fields: list[tuple[str, ColumnForm, Reader, int]] = [
            (name, form, reader_for(form, dialect.locale), position)
            for (name, form), position in zip(columns.items(), order, strict=True)
        ]
        names = list(columns)
        self.key = [names.index(name) for name in key]
        self.seen: dict[tuple[Cell, ...], int] = {}
        self.rows: list[tuple[tuple[Cell, ...], int]] = []

    def add(self, cells: list[str], line: int) -> None:
        if len(cells) != self.width:
            # Excel writes empty cells behind the last column; they carry nothing.
            if len(cells) > self.width and not any(cell.strip() for cell in cells[self.width :]):
                cells = cells[: self.width]
            else:
                self.diagnostics.add("SW305", Place(self.file, line), found=len(cells), expected=self.width)
                return
        before = len(self.diagnostics)
        row = tuple(
            [
                self.cell(name, form, read, cells[position].strip(), line, position) if position >= 0 else None
                for name, form, read, position in self.fields
            ]
        )
        if len(self.diagnostics) != before:
            return
        if self.key:
            key = tuple([row[index] for index in self.key])
            first = self.seen.setdefault(key, line)
            if first != line:
                shown = ", ".join(str(part) for part in key)
                self.diagnostics.add("SW311", Place(self.file, line), key=shown, line=first)
                return
        self.rows.append((row, line))

    def cell(self, name: str, form: ColumnForm, read: Reader, text: str, line: int, position: int) -> Cell:
        if not text:
            if form.required:
                self.diagnostics.add("SW307", Place(self.file, line, position + 1), column=name)
            return None
        try:
            value = read(text)
        except PercentError:
            self.fault("SW321", name, text, line, position)
            return None
        except ValueError:
            self.fault(
                "SW306",
                name,
                text,
                line,
                position,
                expected=EXPECTED_CELL[form.type],
                example=example_of(form, self.dialect.locale),
            )
            return None
        number = isinstance(value, int | Decimal)
        if number and form.minimum is not None and value < form.minimum:  # type: ignore[operator]
            self.fault("SW308", name, text, line, position, limit=form.minimum)
        elif number and form.maximum is not None and value > form.maximum:  # type: ignore[operator]
            self.fault("SW309", name, text, line, position, limit=form.maximum)
        elif form.enum is not None and text not in form.enum:
            self.fault("SW310", name, text, line, position, known=listing(list(form.enum)))
        return value

    def fault(self, code: str, column: str, text: str, line: int, position: int, **values: object) -> None:
        shown = text if len(text) <= _MAX_SHOWN else text[:_MAX_SHOWN] + "…"
        place = Place(self.file, line, position + 1)
        self.diagnostics.add(code, place, column=column, value=f"“{shown}”", **values)
