"""A person's scorecards as a workbook (XLSX): a sheet per part, figures as numbers, days as days, texts as texts.

Two workbooks of the same scorecards are the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal

from xlsxwriter import Workbook

from standardwerk.evaluate.published import plain
from standardwerk.model.handbook import Measure, named_at
from standardwerk.model.scores import Exact, Figure, MeasureScore, MonthPart, StandardScore
from standardwerk.render import words
from standardwerk.render.number_formats import NumberFormats, number
from standardwerk.render.rows import earlier_figures
from standardwerk.render.view import View
from standardwerk.render.workbook_sheets import Cell, Day, Number, Sheet, SheetWriter
from standardwerk.site.contexts import ScorecardContext, ShownChange, ShownCorrection


def scorecard_workbook(view: View, contexts: Sequence[ScorecardContext]) -> bytes:
    """A person's scorecards, at least one, in one language."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = Workbook(out, options)
    newest = contexts[-1]
    made = max(context.data_as_of for context in contexts)
    title = f"{newest.card.name} – {view.formats.months(contexts[0].card.month, newest.card.month)}"
    book.set_properties({"title": title, "created": datetime.combine(made, time.min)})
    writer = SheetWriter(book, title)
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

    def sheets(self, contexts: Sequence[ScorecardContext]) -> Iterator[Sheet]:
        """All of them."""
        _ = self._
        month, measure, value = _("Month"), _("Measure"), _("Value")
        top, below = _("Numerator"), _("Denominator")
        about = Sheet(
            _("Scorecard"),
            (
                *(month, _("Name"), _("Team"), _("Team lead"), _("Role"), _("Edition"), _("State"), _("Data as of")),
                _("Reply"),
                *((_("Bearing on pay"),) if self.view.site.pay_relevant is not None else ()),
            ),
        )
        results = Sheet(_("Results"), (month, _("Standard"), measure, value, top, below, _("Difference"), _("Status")))
        standards = Sheet(
            _("Standards"),
            (
                *(month, _("No."), _("Group"), _("Standard"), measure, _("Kind of measure"), value, _("Product line")),
                *(_("Target from"), _("Target to"), _("Status"), _("Reason"), _("n"), _("n needed"), top, below),
                *(_("Window from"), _("Change on last month"), _("Signal"), _("Value as shown"), _("Corrected on")),
            ),
            frozen=4,
        )
        lines = Sheet(
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
        months = Sheet(
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
        corrections = Sheet(
            _("Corrections"),
            (
                *(month, _("Standard"), measure, _("Product line"), _("Corrected on"), _("Reason"), _("Explanation")),
                *(_("Changed month"), _("Value before"), _("Status before"), _("Numerator before")),
                *(_("Denominator before"), _("Value after"), _("Status after"), _("Numerator after")),
                _("Denominator after"),
            ),
            frozen=4,
        )
        for context in contexts:
            self._about(about, context)
            self._results(results, context)
            self._standards(standards, lines, months, context)
            for shown in context.corrections:
                corrections.rows += [self._corrected(change, shown, context) for change in shown.shown]
        found = (about, results, standards, lines, months, corrections)
        yield from (one for one in found if one.rows or one is standards)

    # Rows -------------------------------------------------------------------------------------------------------------

    def _month(self, context: ScorecardContext) -> Day:
        return Day(context.card.month.first_day, self.forms.month)

    def _about(self, sheet: Sheet, context: ScorecardContext) -> None:
        card = context.card
        role = self.view.local(context.role_name) if context.role_name else ""
        said = self.view.site.pay_relevant
        state = words.month_state_words(self.view.texts, _STATES.get(context.state.kind, context.state.kind))
        sheet.rows.append(
            (
                *(self._month(context), card.name, context.team_name, context.lead_name, role, card.edition, state),
                Day(context.data_as_of, self.forms.date),
                context.notes.reply.strip(),
                *((self._yes_or_no(said == "yes"),) if said is not None else ()),
            )
        )

    def _results(self, sheet: Sheet, context: ScorecardContext) -> None:
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

    def _standards(self, sheet: Sheet, lines: Sheet, months: Sheet, context: ScorecardContext) -> None:
        card, day = context.card, context.card.month.first_day
        earlier = earlier_figures(card, context.before)
        corrected = {
            (change.standard, change.measure): Day(one.correction.date, self.forms.date)
            for one in context.corrections
            for change in one.changes
        }
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
                        corrected.get((standard.standard.id, score.measure.id)),
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
        return (
            self._month(context),
            view.standard_title(standard),
            view.local(measure.title),
            Day(part.month.first_day, self.forms.month),
            self._yes_or_no(part.counts),
            self._number(measure, part.value),
            _number(part.numerator, amount),
            _number(part.denominator, amount),
            _number(part.denominator_scaled, amount),
        )

    def _corrected(self, change: ShownChange, shown: ShownCorrection, context: ScorecardContext) -> tuple[Cell, ...]:
        view, measure, correction = self.view, change.score.measure, shown.correction
        amount = self.forms.amount(view.amount_unit_of(measure))

        def told(figure: Figure | None) -> tuple[Cell, ...]:
            if figure is None:
                return (None,) * 4
            return (
                self._value(measure, figure),
                self._status(figure),
                _number(figure.numerator, amount),
                _number(figure.denominator, amount),
            )

        return (
            self._month(context),
            view.standard_title(change.standard),
            view.local(measure.title),
            view.line_name(change.line, context.card.month) if change.line else "",
            Day(correction.date, self.forms.date),
            words.correction_words(view.texts, correction.reason),
            correction.note,
            Day(correction.month.first_day, self.forms.month),
            *told(change.was),
            *told(change.now),
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

    def _yes_or_no(self, said: bool) -> str:
        return self.view.texts.pgettext("check", "yes") if said else self.view.texts.pgettext("check", "no")

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
