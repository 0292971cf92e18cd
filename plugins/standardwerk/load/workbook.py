"""A workbook (XLSX) to raw rows: exact values, and no value that is not what the sheet shows."""

from __future__ import annotations

import io
import lzma
import re
import struct
import unicodedata
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

from standardwerk.diagnostics import Diagnostics, Place
from standardwerk.load.cells import NO_VALUE, RawCell, TypedCell, currency_signs
from standardwerk.load.files import listing
from standardwerk.load.headers import Contract, match
from standardwerk.load.raw import RawTable, footer_test

#: What every XLSX file begins with.
MAGIC = b"PK\x03\x04"
#: What a workbook of an older form, or one with a password, begins with.
OLD_MAGIC = b"\xd0\xcf\x11\xe0"

MAX_UNPACKED = 500_000_000
"""Bytes. A small file that unpacks to more is no export."""
_DIGITS = 15
"""Significant digits of a number in a spreadsheet; what lies behind them is the rest of a binary fraction."""
_LITERAL = re.compile(r'"([^"]*)"|\\(.)')
_CURRENCY = re.compile(r"\[\$([^\]-]*)(?:-[^\]]*)?\]")
_ZEROS = re.compile(r"0{2,}")
#: What a sheet may have besides values that matters: formulas, and cells that are merged.
_NOTED = re.compile(rb"<(?:\w+:)?(?:f|mergeCell)[\s/>]")
#: What is raised for a workbook, or another packed file, that is damaged, locked, or packed in an unknown way (then
#: zipfile has it not implemented); openpyxl does not say what it may be.
DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, ElementTree.ParseError),
    *(NotImplementedError, RuntimeError, LookupError, ValueError, TypeError, AttributeError, ArithmeticError),
    *(OSError, EOFError),
)


def _(message: str) -> str:
    return message


PROBLEMS = {
    "old": _("it is of an older form, or has a password"),
    "broken": _("it is damaged, or something else"),
    "large": _("it is too large"),
}


def read_workbook(data: bytes, file: str, contract: Contract, diagnostics: Diagnostics) -> RawTable | None:
    """Take a workbook apart: the sheet of the contract, else the one visible sheet whose header fits."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED:
            _refuse("large", file, diagnostics)
            return None
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _read(archive, data, file, contract, diagnostics)
    except DAMAGED:
        _refuse("old" if data.startswith(OLD_MAGIC) else "broken", file, diagnostics)
        return None


def _refuse(problem: str, file: str, diagnostics: Diagnostics) -> None:
    diagnostics.add("SW343", Place(file), problem=PROBLEMS[problem])


def _read(
    archive: zipfile.ZipFile, data: bytes, file: str, contract: Contract, diagnostics: Diagnostics
) -> RawTable | None:
    # Only here, as below: reading the package takes as long as many a command.
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    parts = _parts(archive)
    sheets = [sheet for sheet in book.worksheets if _is_candidate(sheet, contract)]
    found: list[tuple[RawTable, Any]] = []
    faults = Diagnostics()
    for sheet in sheets:
        faults = Diagnostics()
        header = _header(sheet, f"{file}[{sheet.title}]", contract, faults)
        if header is not None:
            found.append((header, sheet))
    if len(found) != 1:
        shown = listing([sheet.title for _raw, sheet in found] or [sheet.title for sheet in book.worksheets])
        if len(sheets) == 1:
            # There is only one that can be meant: what is wrong with its header says more.
            diagnostics.extend(faults)
        else:
            diagnostics.add("SW345" if found else "SW344", Place(file), sheets=shown)
        return None
    raw, sheet = found[0]
    layout = _layout(archive, parts[sheet.title])
    _Body(raw, contract, layout, diagnostics).read(sheet)
    return raw


def _is_candidate(sheet: Any, contract: Contract) -> bool:
    if contract.sheet:
        return bool(sheet.title == contract.sheet)
    return bool(sheet.sheet_state == "visible")


def _header(sheet: Any, file: str, contract: Contract, diagnostics: Diagnostics) -> RawTable | None:
    """The sheet with its header matched and without its rows."""
    dialect = contract.dialect
    titles: list[str] | None = list(dialect.headers) or None
    line = 0
    if titles is None:
        rows = ((number, [_title(cell.value) for cell in cells]) for number, cells in _rows(sheet, dialect.skip_rows))
        line, titles = next(((number, row) for number, row in rows if any(map(str.strip, row))), (0, None))
    if titles is None:
        diagnostics.add("SW301", Place(file))
        return None
    header = match(titles, Place(file, line or 1), contract, diagnostics)
    if not header.whole:
        return None
    header.line = line
    return RawTable(file, header, encoding="xlsx", sheet=sheet.title)


def _title(value: object) -> str:
    if isinstance(value, datetime):
        # A month as a column is a date to a spreadsheet.
        return f"{value:%Y-%m-%d}"
    return "" if value is None else str(value)


def _rows(sheet: Any, skip: int) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """The rows of a sheet with their numbers, as far as there are any."""
    # What the file says about its size is often wrong, and would cut off rows.
    sheet.reset_dimensions()
    for number, cells in enumerate(sheet.iter_rows(), 1):
        if number > skip:
            yield number, cells


class _Body:
    """The rows behind the header."""

    def __init__(self, raw: RawTable, contract: Contract, layout: _Layout, diagnostics: Diagnostics) -> None:
        self.raw = raw
        self.contract = contract
        self.layout = layout
        self.diagnostics = diagnostics
        self.signs = currency_signs(contract.dialect.currency)
        self.formats: dict[str, str] = {}

    def read(self, sheet: Any) -> None:
        """Take all rows up to the footer."""
        raw, width = self.raw, self.raw.header.width
        dialect = self.contract.dialect
        is_footer = footer_test(dialect.footer)
        ended = False
        rows: list[Sequence[RawCell]] = []
        for number, cells in _rows(sheet, max(raw.header.line, dialect.skip_rows)):
            values = [self._value(cell, number, position) for position, cell in enumerate(cells, 1)]
            if not any(values):
                continue
            if is_footer is not None and is_footer(str(values[0] if isinstance(values[0], str) else values[0].text)):
                ended = True
                break
            if any(values[width:]):
                self.diagnostics.add("SW305", Place(raw.file, number), found=len(values), expected=width)
                continue
            self._check_merged(number)
            rows.append([*values[:width], *[""] * (width - len(values))])
            raw.lines.append(number)
        raw.rows = rows
        if is_footer is not None and not ended:
            self.diagnostics.add("SW334", Place(raw.file, raw.lines[-1] if raw.lines else raw.header.line))

    def _check_merged(self, number: int) -> None:
        for first, last, column, shown in self.layout.merged:
            if first <= number <= last:
                self.diagnostics.add("SW347", Place(self.raw.file, first, column), range=shown)

    def _value(self, cell: Any, number: int, position: int) -> RawCell:
        value = cell.value
        if value is None:
            if cell.data_type == "n" and (number, position) in self.layout.formulas:
                return NO_VALUE
            return ""
        if cell.data_type == "e":
            return TypedCell("error", str(value))
        if isinstance(value, bool):
            return TypedCell("boolean", "true" if value else "false")
        if isinstance(value, int | float):
            return self._number(value, cell.number_format or "General")
        if isinstance(value, datetime | date | time | timedelta):
            return _moment(value)
        return str(value).strip()

    def _number(self, value: float, code: str) -> RawCell:
        kind = self.formats.get(code)
        if kind is None:
            kind = self.formats[code] = _kind(code, self.signs)
        text = number_text(value)
        if kind.isdigit():
            # Zeros in front belong to what the sheet shows: a postcode, a number of staff.
            return text.zfill(int(kind)) if text.isdigit() else TypedCell("number", text)
        return TypedCell(kind, text)


def number_text(value: float) -> str:
    """The shortest decimal text of a number of a workbook, at most the 15 digits that a spreadsheet has."""
    if isinstance(value, int):
        return str(value)
    found = Decimal(repr(value))
    if len(found.as_tuple().digits) > _DIGITS:
        found = Decimal(f"{value:.{_DIGITS}g}")
    text = format(found, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _kind(code: str, signs: tuple[str, ...]) -> str:
    """What a number format makes of a number; a number of digits if it only fills up with zeros."""
    positive = code.partition(";")[0]
    if _ZEROS.fullmatch(positive):
        return str(len(positive))
    texts = [found[1] or found[2] or "" for found in _LITERAL.finditer(positive)]
    bare = _LITERAL.sub("", positive)
    if "%" in bare:
        return "percent"
    texts += _CURRENCY.findall(bare)
    texts.append("".join(char for char in _CURRENCY.sub("", bare) if unicodedata.category(char) == "Sc"))
    for text in texts:
        said = text.strip()
        is_money = any(unicodedata.category(char) == "Sc" for char in said) or re.fullmatch("[A-Z]{3}", said)
        if is_money and said not in signs:
            return "foreign"
    return "number"


def _moment(value: datetime | date | time | timedelta) -> TypedCell:
    if isinstance(value, datetime):
        if value.time() == time():
            return TypedCell("date", f"{value:%Y-%m-%d}")
        return TypedCell("time", f"{value:%Y-%m-%d %H:%M:%S}")
    if isinstance(value, date):
        return TypedCell("date", f"{value:%Y-%m-%d}")
    return TypedCell("time", str(value))


@dataclass
class _Layout:
    """What stands in a sheet besides its values."""

    formulas: set[tuple[int, int]] = field(default_factory=set)
    """Row and column of the formulas."""
    merged: list[tuple[int, int, int, str]] = field(default_factory=list)
    """First and last row, first column, and the range as the sheet calls it."""


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """By sheet: the part of the file it is in."""
    targets = {
        node.get("Id"): str(node.get("Target"))
        for node in ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    }
    found: dict[str, str] = {}
    for node in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter():
        if _local(node.tag) == "sheet":
            target = targets.get(next((value for name, value in node.items() if _local(name) == "id"), ""), "")
            found[str(node.get("name"))] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return found


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _layout(archive: zipfile.ZipFile, part: str) -> _Layout:
    found = _Layout()
    data = archive.read(part)
    if not _NOTED.search(data):
        # So it is with most exports; taking a sheet apart once more takes as long as reading it.
        return found
    for _event, node in ElementTree.iterparse(io.BytesIO(data)):
        name = _local(node.tag)
        if name == "row":
            for cell in node:
                if any(_local(inner.tag) == "f" for inner in cell):
                    # Cells with formulas say where they are; what openpyxl writes without a place has none.
                    found.formulas.add(_position(cell.get("r") or ""))
            node.clear()
        elif name == "mergeCell":
            first, _colon, last = (node.get("ref") or "").partition(":")
            row, column = _position(first)
            found.merged.append((row, _position(last or first)[0], column, node.get("ref") or ""))
    return found


def _position(reference: str) -> tuple[int, int]:
    """Row and column of a cell: 7 and 1 for ``A7``."""
    from openpyxl.utils.cell import coordinate_to_tuple

    row, column = coordinate_to_tuple(reference)
    return int(row), int(column)
