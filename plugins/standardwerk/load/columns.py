"""One column of a CSV at a time: texts to values.

A column has far fewer different texts than cells, so each text is read once and its value is shared by all its rows.
That is fast, keeps rows small, and lets a column as a whole settle how its numbers are written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from standardwerk.diagnostics import Diagnostics, Place
from standardwerk.load.cells import (
    EXPECTED_CELL,
    NO_VALUE,
    Cell,
    CellError,
    PlacesError,
    RawCell,
    Reader,
    example_of,
    number_form,
    read_typed,
    reader_for,
    readings,
    text_of,
)
from standardwerk.load.files import listing, suggest
from standardwerk.model.sources import AUTO, ColumnForm, Dialect, Lookup

_MAX_SHOWN = 60
_NUMBERS = ("integer", "number")


@dataclass
class TextColumn:
    """The cells of a column as they stand in the file."""

    name: str
    form: ColumnForm
    texts: list[RawCell]
    lines: Sequence[int]
    """The line each row begins in."""
    columns: int | Sequence[int]
    """The column of the file; in a wide file that of each row."""
    lookup: Lookup | None = None
    decimal: str = ""
    """Set by reading: the decimal mark of a column of numbers, as declared or settled; empty if none is needed."""

    def place(self, file: str, row: int) -> Place:
        """Where a cell stands."""
        column = self.columns if isinstance(self.columns, int) else self.columns[row]
        return Place(file, self.lines[row], column)


def shown(cell: RawCell) -> str:
    """A cell's text for a message."""
    text = text_of(cell)
    return f"“{text if len(text) <= _MAX_SHOWN else text[:_MAX_SHOWN] + '…'}”"


@dataclass
class _Found:
    values: dict[RawCell, Cell] = field(default_factory=dict)
    faults: dict[RawCell, tuple[str, dict[str, Any]]] = field(default_factory=dict)
    first_only: set[RawCell] = field(default_factory=set)
    """Faults of the column as a whole: reported where they first appear."""


def read_column(column: TextColumn, dialect: Dialect, file: str, bad: set[int], diagnostics: Diagnostics) -> list[Cell]:
    """The values of a column. Rows with a fault are added to ``bad``."""
    form = column.form
    found = _Found()
    different = dict.fromkeys(column.texts)
    given = column.lookup.values if column.lookup is not None else {}
    # An empty cell has no value, unless the contract gives it a meaning.
    texts = [text for text in different if (text and text not in dialect.missing) or (text == "" and "" in given)]
    if len(texts) < len(different):
        for text in different.keys() - set(texts):
            if form.required:
                found.faults[text] = ("SW307", {})
            found.values[text] = None
    if form.type in _NUMBERS and dialect.locale == AUTO:
        read = _settle(column, [text for text in texts if isinstance(text, str)], dialect, found)
    else:
        read = reader_for(form, dialect.locale, dialect.currency, dialect.dates)
        if form.type in _NUMBERS:
            column.decimal = number_form(dialect.locale)[0]
    for text in texts:
        if text not in found.faults:
            _read(text, column, read, dialect, found)
    if found.faults:
        _report(column, found, file, bad, diagnostics)
    values = found.values
    cells = [values[text] for text in column.texts]
    if form.unique:
        _check_unique(column, cells, file, bad, diagnostics)
    return cells


def _read(text: RawCell, column: TextColumn, read: Reader, dialect: Dialect, found: _Found) -> None:
    form = column.form
    found.values[text] = None
    if text == NO_VALUE:
        found.faults[text] = ("SW346", {})
        return
    cell = text
    if column.lookup is not None:
        meaning = _meaning(text, column.lookup)
        if meaning is None:
            hint = suggest(text_of(text), list(column.lookup.values))
            found.faults[text] = ("SW342", {"table": column.lookup.table, **hint})
            return
        cell = meaning
    try:
        value = read(cell) if isinstance(cell, str) else read_typed(cell, form)
    except PlacesError as error:
        found.faults[text] = (error.code, {"expected": EXPECTED_CELL["places"], "example": "0.5"})
        return
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
    elif form.type == "string" and dialect.guarded:
        value = str(value).removeprefix("'")
    if form.enum is not None and not _is_one_of(value, form):
        found.faults.setdefault(text, ("SW310", {"known": listing(list(form.enum))}))
    found.values[text] = value


def _meaning(cell: RawCell, lookup: Lookup) -> RawCell | None:
    """What a text stands for; None if its table does not have it."""
    found = lookup.values.get(text_of(cell))
    return found if found is not None or lookup.table else cell


def _is_one_of(value: Cell, form: ColumnForm) -> bool:
    """Whether a value is one of the column's; numbers are compared as such, however they are written."""
    assert form.enum is not None
    if form.type not in _NUMBERS:
        return str(value) in form.enum
    for one in form.enum:
        try:
            if Decimal(one) == value:
                return True
        except InvalidOperation:
            continue
    return False


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
            column.decimal = column.decimal or ("." if only is point else ",")
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
    reported: set[RawCell] = set(found.first_only)
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
