"""A person's scorecards as a workbook (XLSX): a sheet per part, figures as numbers, days as days, texts as texts.

No text can become a formula: every text is written as one, whatever it begins with. Two workbooks of the same
scorecards are the same bytes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from typing import Any

from xlsxwriter import Workbook

from standardwerk.evaluate.published import plain
from standardwerk.model.handbook import Measure, named_at
from standardwerk.model.scores import Exact, Figure, MeasureScore, MonthPart, StandardScore
from standardwerk.render import words
from standardwerk.render.number_formats import NumberFormats, number
from standardwerk.render.rows import earlier_figures
from standardwerk.render.view import View
from standardwerk.site.contexts import ScorecardContext

_INK = "#17344F"
_NARROW, _WIDE, _DAY_WIDTH = 8, 44, 17
#: What a sheet's name must not have, and how long it may be.
_NO_NAME, _NAME_LETTERS = re.compile(r"[\[\]:*?/\\']"), 31
#: A spreadsheet keeps so many digits of a number; one with more is written as text.
_DIGITS = 15


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
class _Sheet:
    """A table: its name, its columns, its rows."""

    name: str
    heads: tuple[str, ...]
    rows: list[tuple[Cell, ...]] = field(default_factory=list)
    frozen: int = 1
    """Columns that stay when the reader goes to the right."""


def scorecard_workbook(view: View, contexts: Sequence[ScorecardContext]) -> bytes:
    """A person's scorecards, at least one, in one language."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = Workbook(out, options)
    newest = contexts[-1]
    made = max(context.data_as_of for context in contexts)
    title = f"{newest.card.name} – {view.formats.months(contexts[0].card.month, newest.card.month)}"
    book.set_properties({"title": title, "created": datetime.combine(made, time.min)})
    writer = _Writer(book, title)
    for sheet in _Tables(view).sheets(contexts):
        writer.write(sheet)
    book.close()
    return out.getvalue()


class _Tables:
    """Scorecards as tables."""

    def __init__(self, view: View) -> None:
        self.view = view
        self._ = view.texts.gettext
        self.forms = NumberFormats(view)

    def sheets(self, contexts: Sequence[ScorecardContext]) -> Iterator[_Sheet]:
        """All of them."""
        _ = self._
        month, measure, value = _("Month"), _("Measure"), _("Value")
        top, below = _("Numerator"), _("Denominator")
        about = _Sheet(
            _("Scorecard"),
            (month, _("Name"), _("Team"), _("Team lead"), _("Role"), _("Edition"), _("State"), _("Data as of")),
        )
        results = _Sheet(_("Results"), (month, _("Standard"), measure, value, top, below, _("Difference"), _("Status")))
        standards = _Sheet(
            _("Standards"),
            (
                *(month, _("No."), _("Group"), _("Standard"), measure, _("Kind of measure"), value, _("Product line")),
                *(_("Target from"), _("Target to"), _("Status"), _("Reason"), _("n"), _("n needed"), top, below),
                *(_("Window from"), _("Change on last month"), _("Signal"), _("Value as shown")),
            ),
            frozen=4,
        )
        lines = _Sheet(
            _("Product lines"),
            (
                month,
                _("Standard"),
                measure,
                _("Product line"),
                value,
                _("Target from"),
                _("Target to"),
                _("Status"),
                top,
                below,
            ),
            frozen=4,
        )
        months = _Sheet(
            _("Months"),
            (
                month,
                _("Standard"),
                measure,
                _("Month of the window"),
                _("Counts"),
                value,
                top,
                below,
                _("Denominator as applied"),
            ),
            frozen=4,
        )
        for context in contexts:
            self._about(about, context)
            self._results(results, context)
            self._standards(standards, lines, months, context)
        yield from (one for one in (about, results, standards, lines, months) if one.rows or one is standards)

    # Rows -------------------------------------------------------------------------------------------------------------

    def _month(self, context: ScorecardContext) -> Day:
        return Day(context.card.month.first_day, self.forms.month)

    def _about(self, sheet: _Sheet, context: ScorecardContext) -> None:
        card = context.card
        role = self.view.local(context.role_name) if context.role_name else ""
        state = words.month_state_words(self.view.texts, _STATES.get(context.state.kind, context.state.kind))
        sheet.rows.append(
            (
                *(self._month(context), card.name, context.team_name, context.lead_name, role, card.edition, state),
                Day(context.data_as_of, self.forms.date),
            )
        )

    def _results(self, sheet: _Sheet, context: ScorecardContext) -> None:
        for result in context.results:
            score, figure = result.score, result.score.figure
            amount = self.forms.amount(result.amount_unit)
            target = self.view.target_amount(score.measure, figure) if figure.denominator else None
            gap = figure.numerator - target if target is not None and score.measure.is_target else None
            sheet.rows.append(
                (
                    self._month(context),
                    self.view.standard_title(result.standard),
                    self.view.local(score.measure.title),
                    self._value(score.measure, figure),
                    _number(figure.numerator, amount),
                    _number(target, amount),
                    _number(gap, amount),
                    self._status(figure),
                )
            )

    def _standards(self, sheet: _Sheet, lines: _Sheet, months: _Sheet, context: ScorecardContext) -> None:
        card, day = context.card, context.card.month.first_day
        earlier = earlier_figures(card, context.before)
        for standard in card.standards:
            group = named_at(self.view.handbook.names.groups, standard.standard.identity.group, day)
            for score in standard.measures:
                before = earlier.get(standard.standard.id) if score is standard.main else None
                sheet.rows.append(
                    (
                        self._month(context),
                        Number(standard.standard.identity.number, "0"),
                        self.view.local(group.name) if group is not None else "",
                        *self._measure(standard, score, context, before),
                    )
                )
                for line in score.lines:
                    lines.rows.append(self._line(standard, score, line, context))
                for part in score.figure.months:
                    months.rows.append(self._part(standard, score, part, context))

    def _measure(
        self, standard: StandardScore, score: MeasureScore, context: ScorecardContext, before: Figure | None
    ) -> Iterator[Cell]:
        view, measure, figure = self.view, score.measure, score.figure
        amount = self.forms.amount(view.amount_unit_of(measure))
        yield view.standard_title(standard)
        yield view.local(measure.title)
        yield words.measure_role_word(view.texts, measure.role)
        yield self._value(measure, figure)
        yield view.line_name(score.deciding_line, context.card.month) if score.deciding_line else ""
        yield from self._limits(measure, figure)
        yield self._status(figure)
        yield words.reason_words(view.texts, figure.reason) if figure.reason else ""
        yield _number(figure.n, self.forms.amount("number"))
        yield _number(figure.n_needed, self.forms.amount("number"))
        yield _number(figure.numerator, amount)
        yield _number(figure.denominator, amount)
        yield Day(figure.window_start.first_day, self.forms.month) if figure.window_start is not None else None
        yield self._change(measure, figure, before)
        signal = figure.signal
        yield words.signal_words(view.texts, signal, measure) if signal is not None and signal.kind != "none" else ""
        yield view.value(measure, figure)

    def _line(
        self, standard: StandardScore, score: MeasureScore, line: Figure, context: ScorecardContext
    ) -> tuple[Cell, ...]:
        view, measure = self.view, score.measure
        amount = self.forms.amount(view.amount_unit_of(measure))
        return (
            self._month(context),
            view.standard_title(standard),
            view.local(measure.title),
            view.line_name(line.line or "", context.card.month),
            self._value(measure, line),
            *self._limits(measure, line),
            self._status(line),
            _number(line.numerator, amount),
            _number(line.denominator, amount),
        )

    def _part(
        self, standard: StandardScore, score: MeasureScore, part: MonthPart, context: ScorecardContext
    ) -> tuple[Cell, ...]:
        view, measure = self.view, score.measure
        amount = self.forms.amount(view.amount_unit_of(measure))
        yes, no = view.texts.pgettext("check", "yes"), view.texts.pgettext("check", "no")
        return (
            self._month(context),
            view.standard_title(standard),
            view.local(measure.title),
            Day(part.month.first_day, self.forms.month),
            yes if part.counts else no,
            self._number(measure, part.value),
            _number(part.numerator, amount),
            _number(part.denominator, amount),
            _number(part.denominator_scaled, amount),
        )

    # Cells ------------------------------------------------------------------------------------------------------------

    def _value(self, measure: Measure, figure: Figure) -> Cell:
        if isinstance(figure.value, date):
            return Day(figure.value, self.forms.date)
        if figure.value is None:
            return self.view.value(measure, figure)
        return self._number(measure, figure.value)

    def _number(self, measure: Measure, value: Decimal | None) -> Cell:
        """A displayed value; of what is shown in percent a hundredth, as a spreadsheet has it."""
        if value is None:
            return None
        return Number(value.scaleb(-2) if measure.shown_as_percent else value, self.forms.of(measure))

    def _limits(self, measure: Measure, figure: Figure) -> tuple[Cell, Cell]:
        low, high = figure.limits[0] if figure.limits is not None else (None, None)
        return self._number(measure, low), self._number(measure, high)

    def _change(self, measure: Measure, figure: Figure, before: Figure | None) -> Cell:
        if before is None or not isinstance(figure.value, Decimal) or not isinstance(before.value, Decimal):
            return None
        return self._number(measure, figure.value - before.value)

    def _status(self, figure: Figure) -> str:
        return words.state_word(self.view.texts, figure.status) if figure.status is not None else ""


#: States of a month by the words there are for them.
_STATES = {"final": "not closed"}


def _number(amount: Exact | None, form: str) -> Cell:
    """A count or an amount. Counts that are no whole numbers show the decimals they have."""
    if amount is None:
        return None
    if form == "#,##0" and amount != int(amount):
        return Number(amount, _decimals(amount))
    return Number(amount, form)


def _decimals(amount: Exact) -> str:
    text = plain(amount) or ""
    return number(min(len(text.rstrip("0").partition(".")[2]), 6))


class _Writer:
    """Tables to a workbook."""

    def __init__(self, book: Workbook, title: str) -> None:
        self.book = book
        self.title = title
        self._styles: dict[str, Any] = {}
        self.head = book.add_format(
            {"bold": True, "font_color": "#FFFFFF", "bg_color": _INK, "text_wrap": True, "valign": "top"}
        )
        self.text = book.add_format({"valign": "top"})

    def write(self, table: _Sheet) -> None:
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
            sheet.write_string(row, column, cell, self.text)
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
