"""Tables as the sheets of a workbook (XLSX).

No text can become a formula: every text is written as one, whatever it begins with.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from typing import Any

from xlsxwriter import Workbook

from standardwerk.evaluate.published import plain
from standardwerk.model.scores import Exact

_INK = "#17344F"
_NARROW, _WIDE, _DAY_WIDTH = 8, 44, 17
#: What a sheet's name must not have, and how long it may be.
_NO_NAME, _NAME_LETTERS = re.compile(r"[\[\]:*?/\\']"), 31
#: A spreadsheet keeps so many digits of a number; one with more is written as text.
_DIGITS = 15
#: A cell holds no more; what is longer would be left out without a word.
_CELL_LETTERS = 32_767


@dataclass(frozen=True, slots=True)
class Number:
    """A cell with a number, and how it is shown."""

    value: Exact
    form: str


@dataclass(frozen=True, slots=True)
class Day:
    """A cell with a day (or a month, as its first day), and how it is shown."""

    value: date
    form: str


Cell = str | Number | Day | None


@dataclass
class Sheet:
    """A table: its name, its columns, its rows."""

    name: str
    heads: tuple[str, ...]
    rows: list[tuple[Cell, ...]] = field(default_factory=list)
    frozen: int = 1
    """Columns that stay when the reader goes to the right."""


class SheetWriter:
    """Tables to a workbook."""

    def __init__(self, book: Workbook, title: str) -> None:
        self.book = book
        self.title = title
        self._styles: dict[str, Any] = {}
        self.head = book.add_format(
            {"bold": True, "font_color": "#FFFFFF", "bg_color": _INK, "text_wrap": True, "valign": "top"}
        )
        self.text = book.add_format({"valign": "top"})

    def write(self, table: Sheet) -> None:
        """A sheet: header that stays and filters, columns as wide as what is in them."""
        sheet = self.book.add_worksheet(_NO_NAME.sub(" ", table.name)[:_NAME_LETTERS])
        widths = [_NARROW] * len(table.heads)
        for column, head in enumerate(table.heads):
            sheet.write_string(0, column, head, self.head)
            widths[column] = max(widths[column], max(map(len, head.split()), default=0) + 3)
        for row, cells in enumerate(table.rows, 1):
            for column, cell in enumerate(cells):
                widths[column] = max(widths[column], self._cell(sheet, row, column, cell))
        for column, width in enumerate(widths):
            sheet.set_column(column, column, min(width, _WIDE))
        sheet.freeze_panes(1, table.frozen)
        sheet.autofilter(0, 0, max(len(table.rows), 1), len(table.heads) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.set_header("&L" + self.title.replace("&", "&&"))
        sheet.set_footer("&C&P / &N")

    def _cell(self, sheet: Any, row: int, column: int, cell: Cell) -> int:
        """Write a cell; returns how wide it is."""
        if cell is None or cell == "":
            return 0
        if isinstance(cell, str):
            shown = cell if len(cell) <= _CELL_LETTERS else cell[: _CELL_LETTERS - 1] + "…"
            sheet.write_string(row, column, shown, self.text)
            return len(cell) + 1
        if isinstance(cell, Day):
            sheet.write_datetime(row, column, datetime.combine(cell.value, time.min), self._style(cell.form, "left"))
            return _DAY_WIDTH
        value = _rounded(cell.value)
        if len((plain(value) or "").replace(".", "").lstrip("-0")) > _DIGITS:
            sheet.write_string(row, column, plain(value) or "", self.text)
            return _DIGITS
        sheet.write_number(row, column, value, self._style(cell.form))
        return len(plain(value) or "") + len(cell.form) // 2

    def _style(self, form: str, align: str = "right") -> Any:
        if form not in self._styles:
            self._styles[form] = self.book.add_format({"num_format": form, "valign": "top", "align": align})
        return self._styles[form]


def _rounded(amount: Exact) -> Decimal | int:
    """A number as it is; a fraction without an end with twelve decimals."""
    return Decimal(plain(amount) or "0") if isinstance(amount, Fraction) else amount
