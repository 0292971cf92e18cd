"""The data-quality page as HTML."""

from __future__ import annotations

from decimal import Decimal

from standardwerk.diagnostics import Diagnostic, Severity
from standardwerk.evaluate.exact import divide
from standardwerk.model.scores import State
from standardwerk.render import words
from standardwerk.render.formats import MINUS, NBSP
from standardwerk.render.import_report import NOTATION, written_as
from standardwerk.render.intake_words import IntakeWords
from standardwerk.render.view import View
from standardwerk.site.data_quality import DataQualityContext, SourceQuality, Total
from standardwerk.site.intake import SourceIntake, is_error

_MARKS = {"faulty": State.MISSED, "missing": State.MISSED, "awaited": State.NOT_DUE}


def data_quality(view: View, context: DataQualityContext) -> str:
    """A month's data-quality page."""
    writer = _Writer(view)
    return view.render(
        "data-quality.html",
        context,
        due=context.due,
        came=context.came,
        expected_rows=context.expected_rows,
        missing_rows=context.missing_rows,
        complete_percent=context.complete_percent,
        rejected=context.rejected,
        words=writer.words,
        file_mark=writer.mark,
        rows_change=writer.rows_change,
        arrived_on=writer.arrived_on,
        read_as=writer.read_as,
        sum_now=writer.now,
        sum_before=writer.before,
        sum_change=writer.change,
        told=writer.told,
        place=writer.place,
        correction_words=lambda reason: words.correction_words(view.texts, reason),
    )


class _Writer:
    """Words and figures of the page."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.formats = view.formats
        self.words = IntakeWords(view.texts, view.formats, view.handbook.languages)

    def mark(self, one: SourceIntake) -> State:
        """The state whose shape stands beside the word for a file."""
        if one.held:
            return State.HELD
        if one.state == "arrived":
            return State.NEAR if one.arrival is not None and one.arrival.missing else State.MET
        return _MARKS[one.state]

    def arrived_on(self, one: SourceQuality) -> str:
        """The day of the import; of a file that lies there as it came nobody knows it."""
        days = [each.imported_on for each in one.imports]
        return self.formats.date(max(days)) if days else "–"

    def read_as(self, one: SourceQuality) -> str:
        """What the file was made from, or how it is written."""
        reading = one.intake.arrival.reading if one.intake.arrival is not None else None
        if reading is None:
            return "–"
        if reading.imported:
            names = sorted({each.original.rpartition("/")[2] for each in one.imports})
            return self.view.texts.gettext("imported") + (f": {', '.join(names)}" if names else "")
        form = written_as(self.view.texts, reading.encoding, reading.delimiter)
        return ", ".join([form, *(NOTATION[mark] for mark in sorted({mark for _, mark in reading.decimals}))])

    def rows_change(self, one: SourceQuality) -> str:
        """By how many rows the file differs from the one before."""
        if one.rows_before is None or one.intake.arrival is None:
            return "–"
        return self._signed(one.intake.arrival.rows - one.rows_before)

    def now(self, total: Total) -> str:
        """A total."""
        return self._amount(total.now, total)

    def before(self, total: Total) -> str:
        """What it was."""
        return "–" if total.before is None else self._amount(total.before, total)

    def _amount(self, value: int | Decimal, total: Total) -> str:
        """Both totals of a row are written with cents if one of them has any."""
        if total.unit != "currency":
            return self.formats.exact(value)
        whole = all(each is None or each == int(each) for each in (total.now, total.before))
        return self.formats.currency(value, 0 if whole else None)

    def change(self, total: Total) -> str:
        """Its change in percent; in numbers where it was nothing before."""
        if total.before is None:
            return "–"
        if total.now == total.before:
            return "±0"
        if not total.before:
            return self._signed(total.now)
        difference = Decimal(total.now) - Decimal(total.before)
        percent = divide(difference, abs(Decimal(total.before)), 1, 100)
        shown = self.formats.percent(abs(percent))
        return shown if not percent else ("+" if percent > 0 else MINUS) + shown

    def told(self, one: Diagnostic) -> tuple[str, str, str]:
        """How grave it is, what is wrong, what to do."""
        severity = Severity.ERROR if is_error(one) else one.code.severity
        return words.severity_word(self.view.texts, severity), *words.diagnostic_words(self.view.texts, one)

    def place(self, one: Diagnostic) -> str:
        """File, line and column."""
        at, name = one.place, one.place.file.rpartition("/")[2]
        parts = [name]
        if at.line:
            parts.append(self.formats.lines([at.line]))
        if at.column:
            parts.append(self.view.texts.gettext("column {column}", column=at.column))
        return ", ".join(parts).replace(" ", NBSP)

    def _signed(self, value: int | Decimal) -> str:
        if not value:
            return "±0"
        return ("+" if value > 0 else MINUS) + self.formats.exact(abs(Decimal(value)))
