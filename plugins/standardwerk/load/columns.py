"""One column of a CSV at a time: texts to values.

A column has far fewer different texts than cells, so each text is read once and its value is shared by all its rows.
That is fast, keeps rows small, and lets a column as a whole settle how its numbers are written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from standardwerk.diagnostics import Diagnostics, Place
from standardwerk.load.cells import EXPECTED_CELL, Cell, CellError, Reader, example_of, reader_for, readings
from standardwerk.load.files import listing
from standardwerk.model.sources import AUTO, ColumnForm, Dialect

_MAX_SHOWN = 60
_NUMBERS = ("integer", "number")


@dataclass
class TextColumn:
    """The cells of a column as they stand in the file."""

    name: str
    form: ColumnForm
    texts: list[str]
    lines: Sequence[int]
    """The line each row begins in."""
    columns: int | Sequence[int]
    """The column of the file; in a wide file that of each row."""

    def place(self, file: str, row: int) -> Place:
        """Where a cell stands."""
        column = self.columns if isinstance(self.columns, int) else self.columns[row]
        return Place(file, self.lines[row], column)


def shown(text: str) -> str:
    """A cell's text for a message."""
    return f"“{text if len(text) <= _MAX_SHOWN else text[:_MAX_SHOWN] + '…'}”"


@dataclass
class _Found:
    values: dict[str, Cell] = field(default_factory=dict)
    faults: dict[str, tuple[str, dict[str, Any]]] = field(default_factory=dict)
    first_only: set[str] = field(default_factory=set)
    """Faults of the column as a whole: reported where they first appear."""


def read_column(column: TextColumn, dialect: Dialect, file: str, bad: set[int], diagnostics: Diagnostics) -> list[Cell]:
    """The values of a column. Rows with a fault are added to ``bad``."""
    form = column.form
    found = _Found()
    different = dict.fromkeys(column.texts)
    texts = [text for text in different if text and text not in dialect.missing]
    if len(texts) < len(different):
        for text in different.keys() - set(texts):
            if form.required:
                found.faults[text] = ("SW307", {})
            found.values[text] = None
    if form.type in _NUMBERS and dialect.locale == AUTO:
        read = _settle(column, texts, dialect, found)
    else:
        read = reader_for(form, dialect.locale, dialect.currency, dialect.dates)
    for text in texts:
        if text not in found.faults:
            _read(text, form, read, dialect, found)
    if found.faults:
        _report(column, found, file, bad, diagnostics)
    values = found.values
    cells = [values[text] for text in column.texts]
    if form.unique:
        _check_unique(column, cells, file, bad, diagnostics)
    return cells


def _read(text: str, form: ColumnForm, read: Reader, dialect: Dialect, found: _Found) -> None:
    found.values[text] = None
    try:
        value = read(text)
    except CellError as error:
        found.faults[text] = (error.code, {"currency": dialect.currency} if error.code == "SW326" else {})
        return
    except ValueError:
        expected = {"expected": EXPECTED_CELL[form.type], "example": example_of(form, dialect.locale)}
        found.faults[text] = ("SW306", expected)
        return
    if form.type in _NUMBERS:
        assert isinstance(value, int | Decimal)
        if form.type == "integer" and not isinstance(value, int):
            expected = {"expected": EXPECTED_CELL[form.type], "example": example_of(form, dialect.locale)}
            found.faults[text] = ("SW306", expected)
            return
        if form.unit_factor is not None:
            product = value * form.unit_factor
            value = int(product) if product == product.to_integral_value() else product
        if form.minimum is not None and value < form.minimum:
            found.faults[text] = ("SW308", {"limit": form.minimum})
        elif form.maximum is not None and value > form.maximum:
            found.faults[text] = ("SW309", {"limit": form.maximum})
    if form.enum is not None and text not in form.enum:
        found.faults.setdefault(text, ("SW310", {"known": listing(list(form.enum))}))
    found.values[text] = value


def _settle(column: TextColumn, texts: Sequence[str], dialect: Dialect, found: _Found) -> Reader:
    """The one way in which all numbers of the column can be read. What stays open or contradicts is a fault."""
    comma, point = readings(dialect.currency)
    settled: Reader | None = None
    witness = ""
    open_texts: list[tuple[str, Cell, Cell]] = []
    for text in texts:
        both = [_try(read, text) for read in (comma, point)]
        if None in both:
            if both == [None, None]:
                continue
            only = point if both[0] is None else comma
            if settled is None:
                settled, witness = only, text
            elif settled is not only:
                line = column.lines[column.texts.index(witness)]
                found.faults[text] = ("SW325", {"other": shown(witness), "line": line})
                found.values[text] = None
        elif both[0] != both[1]:
            open_texts.append((text, both[0], both[1]))
    if settled is None and open_texts:
        for text, first, second in open_texts:
            found.faults[text] = ("SW324", {"first": str(first), "second": str(second)})
            found.values[text] = None
        found.first_only.update(text for text, _, _ in open_texts[1:])
    return settled or comma


def _try(read: Reader, text: str) -> Cell:
    try:
        return read(text)
    except ValueError:
        return None


def _report(column: TextColumn, found: _Found, file: str, bad: set[int], diagnostics: Diagnostics) -> None:
    reported: set[str] = set(found.first_only)
    for row, text in enumerate(column.texts):
        if text not in found.faults:
            continue
        bad.add(row)
        code, values = found.faults[text]
        if code == "SW324":
            if text in reported:
                continue
            reported.add(text)
        diagnostics.add(code, column.place(file, row), column=column.name, value=shown(text), **values)


def _check_unique(
    column: TextColumn, cells: Sequence[Cell], file: str, bad: set[int], diagnostics: Diagnostics
) -> None:
    first: dict[Cell, int] = {}
    for row, cell in enumerate(cells):
        if cell is None or row in bad:
            continue
        line = first.setdefault(cell, column.lines[row])
        if line != column.lines[row]:
            bad.add(row)
            place = column.place(file, row)
            diagnostics.add("SW336", place, column=column.name, value=shown(column.texts[row]), line=line)
