"""Entry sheets as workbooks.

Whatever comes from the project is written as text, never as a formula. What is filled in is unlocked; the rest is
protected (without a password: against slips, not against people). Ids are hidden beside the names.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from standardwerk.model.sheets import (
    BLOCK,
    FILLED,
    HEAD_SHEET,
    ITEM,
    MARK,
    PERSON,
    RATING,
    ROWS_BEFORE,
    STANDARD,
    EntrySheet,
    Scale,
    SheetRow,
)
from standardwerk.render.formats import Formats
from standardwerk.render.texts import Texts

#: Rows for ratings that were not foreseen: a further observation, say.
SPARE_ROWS = 12
_FIRST = ROWS_BEFORE + 1
"""The first row of data, counted from 0: behind the rows before and the names of the columns."""
_WIDTHS = {PERSON: 24, STANDARD: 30, ITEM: 24, RATING: 13}
_WIDE, _NORMAL = 60, 20
_ANCHOR_WIDTH, _ANCHOR_SIGNS, _LINE = 48, 44, 15
"""Of an anchor's column: its width, how many signs of usual text a line of it holds, and a line's height in points."""
#: What a sheet's name must not have.
_NO_NAME = re.compile(r"[\[\]:*?/\\']")

_INK, _PAPER, _FIELD, _RULE, _WANTED = "#17344F", "#F3F5F7", "#FFF8E1", "#AEB8C1", "#F7C9A9"


def entry_workbook(sheet: EntrySheet, language: str, texts: Mapping[str, Texts], formats: Formats) -> bytes:
    """The workbook of a lead. Its words are in one language; the anchors are there in each."""
    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    _Writer(book, sheet, language, texts, formats).write()
    book.close()
    return out.getvalue()


class _Writer:
    def __init__(
        self, book: Workbook, sheet: EntrySheet, language: str, texts: Mapping[str, Texts], formats: Formats
    ) -> None:
        self.book = book
        self.sheet = sheet
        self.language = language
        self.languages = texts
        self.texts = texts[language]
        self._ = self.texts.gettext
        self.formats = formats
        filled = [name for name in FILLED if name in sheet.source.columns]
        self.columns = [PERSON, STANDARD, ITEM, *sheet.entered, *filled, BLOCK]
        self.shown = len(self.columns) - len(filled) - 1
        self.people = {one.id: one.label for one in sheet.people}
        self.ranges: dict[str, str] = {}
        self._styles: dict[tuple[tuple[str, Any], ...], Any] = {}

    def write(self) -> None:
        """Everything."""
        sheet = self.sheet
        title = self.title()
        self.book.set_properties(
            {"title": title, "created": datetime.combine(sheet.month.first_day, datetime.min.time())}
        )
        # The order of the sheets is that of their making: what is filled in comes first.
        entry = self.book.add_worksheet(_sheet_name(self._("Ratings")))
        anchors = {language: self._anchors(language) for language in dict.fromkeys((self.language, *self.languages))}
        self._head()
        self._entry(entry, title, anchors[self.language])

    def title(self) -> str:
        """What the sheet is for."""
        teams = ", ".join(one.label for one in self.sheet.teams)
        return self._("Ratings {month}, {teams}", month=self.formats.month(self.sheet.month), teams=teams)

    def style(self, **fields: Any) -> Any:
        """A format; equal ones are made once."""
        key = tuple(sorted(fields.items()))
        if key not in self._styles:
            base = {"font_name": "Calibri", "font_size": 11, "valign": "top", "border_color": _RULE}
            self._styles[key] = self.book.add_format({**base, **fields})
        return self._styles[key]

    # What is filled in

    def _entry(self, sheet: Any, title: str, anchors: Mapping[tuple[str, str], str]) -> None:
        sheet.write_string(0, 0, title, self.style(bold=True, font_size=14))
        sheet.write_string(1, 0, self._how())
        header = self.style(
            bold=True, font_color="#FFFFFF", bg_color=_INK, text_wrap=True, border=1, border_color=_RULE
        )
        for position, name in enumerate(self.columns):
            sheet.write_string(ROWS_BEFORE, position, name)
            if position < self.shown:
                sheet.write_string(ROWS_BEFORE - 1, position, self._header(name), header)
                sheet.set_column(position, position, _WIDTHS.get(name, self._width(name)))
            else:
                sheet.set_column(position, position, None, None, {"hidden": True})
        sheet.set_row(ROWS_BEFORE, None, None, {"hidden": True})
        before: SheetRow | None = None
        for at, row in enumerate(self.sheet.rows, _FIRST):
            self._row(sheet, at, row, before, anchors)
            before = row
        last = _FIRST + len(self.sheet.rows)
        sheet.write_string(last, 0, self._("Further ratings"), self.style(bold=True))
        for at in range(last + 1, last + 1 + SPARE_ROWS):
            self._spare(sheet, at)
        self._rules(sheet, _FIRST, last + SPARE_ROWS, last + 1)
        self._setup(sheet, title)

    def _how(self) -> str:
        parts = [self._("Fill in the light fields. A row without a rating does not count.")]
        for name, ratings in self.sheet.needs.items():
            which = ", ".join(map(str, ratings))
            if len(ratings) < len(self.sheet.ratings):
                parts.append(self._("{column} is needed for {ratings}.", column=self._title(name), ratings=which))
        parts.append(self._("What the ratings mean stands on the next sheet; a click on the item leads there."))
        return " ".join(parts)

    def _header(self, name: str) -> str:
        own = {PERSON: self._("Name"), STANDARD: self._("Standard"), ITEM: self._("Item")}
        return own.get(name) or self._title(name)

    def _title(self, name: str) -> str:
        form = self.sheet.source.form.columns[name]
        return form.title[self.language] if form.title is not None else name

    def _width(self, name: str) -> int:
        is_free = name in self.sheet.entered and name not in self.sheet.source.keys
        return _WIDE if is_free and self.sheet.source.form.columns[name].type == "string" else _NORMAL

    def _row(
        self, sheet: Any, at: int, row: SheetRow, before: SheetRow | None, anchors: Mapping[tuple[str, str], str]
    ) -> None:
        """A rating that is asked for."""
        scale = self.sheet.scale(row.standard)
        first = before is None or (before.rep, before.standard, before.block) != (row.rep, row.standard, row.block)
        new = before is None or before.rep != row.rep
        edge = {"top": 2 if new else 1 if first else 4, "text_wrap": True}
        quiet = self.style(bg_color=_PAPER, **edge)
        sheet.write_string(at, 0, self.people[row.rep], self.style(bg_color=_PAPER, bold=new, **edge))
        # Which of several observations a row belongs to.
        number = f" ({row.block})" if self.sheet.repeated(row.standard) else ""
        sheet.write_string(at, 1, self._scale_label(scale) + number, quiet)
        item = next(one for one in scale.anchors if one.item == row.item)
        link = self.style(bg_color=_PAPER, font_color="#0B5A96", underline=1, **edge)
        sheet.write_url(at, 2, anchors[row.standard, row.item], link, item.name[self.language])
        for position, name in enumerate(self.sheet.entered, 3):
            is_key = name in self.sheet.source.keys
            # What tells observations apart is entered once for all items of one.
            is_open = not is_key or (name in scale.observed and first)
            sheet.write_blank(at, position, None, self._field(name, edge) if is_open else quiet)
        ids = {"rep": row.rep, "standard": row.standard, "item": row.item}
        for position, name in enumerate(self.columns):
            if position >= self.shown and name in ids:
                sheet.write_string(at, position, ids[name])
        sheet.write_number(at, len(self.columns) - 1, row.block)

    def _field(self, name: str, edge: Mapping[str, Any]) -> Any:
        # Texts stay texts, whatever they look like.
        number_format = {} if self.sheet.source.form.columns[name].type != "string" else {"num_format": "@"}
        return self.style(bg_color=_FIELD, locked=False, border=1, **{**edge, **number_format})

    def _spare(self, sheet: Any, at: int) -> None:
        for position in range(3):
            sheet.write_blank(at, position, None, self.style(bg_color=_FIELD, locked=False, border=1, text_wrap=True))
        for position, name in enumerate(self.sheet.entered, 3):
            sheet.write_blank(at, position, None, self._field(name, {"text_wrap": True}))

    def _rules(self, sheet: Any, first: int, last: int, spare: int) -> None:
        """Lists to choose from, and what is still wanted."""
        refused = {"error_title": self._("Not in the list"), "error_message": self._("Choose a value of the list.")}
        rating = self.columns.index(RATING)
        if self.sheet.ratings:
            sheet.data_validation(
                first,
                rating,
                last,
                rating,
                {
                    "validate": "list",
                    "source": self.ranges[RATING],
                    "input_title": self._title(RATING)[:32],
                    "input_message": self._hint()[:255],
                    **refused,
                },
            )
        for position, name in enumerate((PERSON, STANDARD, ITEM)):
            rule = {"validate": "list", "source": self.ranges[name], **refused}
            sheet.data_validation(spare, position, last, position, rule)
        wanted = self.book.add_format({"bg_color": _WANTED})
        for name, ratings in self.sheet.needs.items():
            column = self.columns.index(name)
            cell = xl_rowcol_to_cell(first, rating, col_abs=True)
            own = xl_rowcol_to_cell(first, column, col_abs=True)
            either = ",".join(f"{cell}={_literal(one)}" for one in ratings)
            if name not in self.sheet.source.keys:
                rule = {"type": "formula", "criteria": f'=AND({own}="",OR({either}))', "format": wanted}
                sheet.conditional_format(first, column, last, column, rule)

    def _hint(self) -> str:
        values = [str(one) for one in self.sheet.ratings]
        return self._("{first} to {last}", first=values[0], last=values[-1]) if len(values) > 1 else values[0]

    def _setup(self, sheet: Any, title: str) -> None:
        sheet.freeze_panes(_FIRST, 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(ROWS_BEFORE - 1)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.set_footer(f"&L{title.replace('&', '&&')}&R&P / &N")
        sheet.hide_gridlines(2)
        sheet.protect("", {"format_columns": True, "format_rows": True, "select_locked_cells": True})
        sheet.set_selection(_FIRST, self.columns.index(RATING), _FIRST, self.columns.index(RATING))
        sheet.activate()

    # What the ratings mean

    def _anchors(self, language: str) -> dict[tuple[str, str], str]:
        """A sheet with the anchors in a language. Gives back where each item stands."""
        texts = self.languages[language]
        name = _sheet_name(texts.gettext("Rating scale"), f" ({language})")
        sheet = self.book.add_worksheet(name)
        named = {level for scale in self.sheet.scales for one in scale.anchors for level in one.levels}
        levels = sorted(named, key=lambda level: (len(level), level))
        header = self.style(bold=True, font_color="#FFFFFF", bg_color=_INK, border=1)
        for position, text in enumerate((texts.gettext("Standard"), texts.gettext("Item"), *levels)):
            sheet.write_string(0, position, text, header)
        cell = self.style(text_wrap=True, border=1)
        places: dict[tuple[str, str], str] = {}
        at = 1
        for scale in self.sheet.scales:
            for one in scale.anchors:
                sheet.write_string(at, 0, self._scale_label(scale, language), cell)
                sheet.write_string(at, 1, one.name[language], self.style(text_wrap=True, bold=True, border=1))
                meanings = [one.levels[level][language] if level in one.levels else "" for level in levels]
                for position, text in enumerate(meanings, 2):
                    sheet.write_string(at, position, text, cell)
                # Not every program makes rows as high as their text.
                sheet.set_row(at, _LINE * max(-(-len(text) // _ANCHOR_SIGNS) for text in ("-", *meanings)) + 3)
                places[scale.standard, one.item] = f"internal:'{name}'!{xl_rowcol_to_cell(at, 1)}"
                at += 1
        sheet.set_column(0, 1, 24)
        sheet.set_column(2, len(levels) + 1, _ANCHOR_WIDTH)
        sheet.freeze_panes(1, 2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.hide_gridlines(2)
        sheet.protect("", {"format_columns": True, "format_rows": True})
        return places

    def _scale_label(self, scale: Scale, language: str | None = None) -> str:
        return f"{scale.number} {scale.title[language or self.language]}"

    # What the import reads

    def _head(self) -> None:
        """The hidden sheet: what the workbook is, and the lists to choose from, with their ids."""
        sheet, head = self.sheet, self.book.add_worksheet(HEAD_SHEET)
        facts = (MARK, "source", "month", "rater"), ("", sheet.source.name, str(sheet.month), sheet.lead.id)
        for position, texts in enumerate(facts):
            for at, text in enumerate(texts):
                head.write_string(at, position, text)
        items = [(scale.standard, one) for scale in sheet.scales for one in scale.anchors]
        lists: dict[str, Sequence[Any]] = {
            PERSON: [one.label for one in sheet.people],
            "rep": [one.id for one in sheet.people],
            STANDARD: [self._scale_label(scale) for scale in sheet.scales],
            "standard": [scale.standard for scale in sheet.scales],
            "item.standard": [standard for standard, _ in items],
            "item.label": [one.name[self.language] for _, one in items],
            "item": [one.item for _, one in items],
            ITEM: list(dict.fromkeys(one.name[self.language] for _, one in items)),
            RATING: sheet.ratings,
        }
        for position, (name, values) in enumerate(lists.items(), len(facts) + 1):
            head.write_string(0, position, name)
            for at, value in enumerate(values, 1):
                if isinstance(value, int):
                    head.write_number(at, position, value)
                else:
                    head.write_string(at, position, value)
            column = xl_col_to_name(position, col_abs=True)
            self.ranges[name] = f"={HEAD_SHEET}!{column}$2:{column}${len(values) + 1}"
        head.protect()
        head.hide()


def _literal(value: int | str) -> str:
    return str(value) if isinstance(value, int) else '"' + value.replace('"', '""') + '"'


def _sheet_name(text: str, tail: str = "") -> str:
    return _NO_NAME.sub("", text)[: 31 - len(tail)] + tail
