"""How a figure comes about, in words of one language: what a scorecard's rows show, and what ``explain`` prints.

Both take each step from here, so neither can say anything else than the other.
"""

from __future__ import annotations

from collections.abc import Iterator

from standardwerk.model.handbook import Measure, Revision
from standardwerk.model.months import Month
from standardwerk.model.scores import Figure, MonthPart, SourceLines, StandardScore
from standardwerk.render import words
from standardwerk.render.change_words import ChangeWords
from standardwerk.render.view import View

#: What a step is about (``window``, ``round``, ``target``, ``n``, ``interval``, ``adjusted``, ``gap``, ``flag``,
#: ``signal``, ``run``), and the step in words.
Step = tuple[str, str]


class Maths:
    """Tells the steps in one language; what is the same for many months it works out once."""

    def __init__(self, view: View) -> None:
        self.view = view
        self._ = view.texts.gettext
        self._runs: dict[tuple[int, str], tuple[str, str, Month]] = {}
        self._keep: list[Revision] = []

    def formula(self, measure: Measure, figure: Figure) -> tuple[str, str]:
        """The formula in words, with numbers put in: what stands before the value, and the value.

        Two empty texts where there is none.
        """
        view, labels = self.view, measure.labels
        value = view.value(measure, figure)
        if not value or (figure.value is None and measure.kind != "check"):
            return "", ""
        if measure.kind == "check":
            return "", value
        if measure.kind == "sum":
            return (f"{view.local(labels.numerator)}: " if labels is not None else ""), value
        if measure.kind == "mean":
            count = int(str(figure.denominator_raw))
            mean = view.texts.ngettext("mean of {count} rating", "mean of {count} ratings", count)
            return f"{mean} = ", value
        unit = view.amount_unit_of(measure)
        quotient = f"{view.amount(figure.numerator, unit)} ÷ {view.amount(figure.denominator, unit)} = "
        if labels is None:
            return quotient, value
        below = f" ÷ {view.local(labels.denominator)}" if labels.denominator is not None else ""
        return f"{view.local(labels.numerator)}{below} = {quotient}", value

    def steps(
        self, measure: Measure, figure: Figure, month: Month, within: StandardScore | None = None
    ) -> Iterator[Step]:
        """Window, round, target, n, interval, adjusted target, flags, signal: what is needed to follow the figure.

        ``within`` the standard, that a revision cut the window off is told, too.
        """
        view, texts, formats = self.view, self.view.texts, self.view.formats
        yield "window", words.window_words(texts, measure.window)
        if figure.round_month is not None and figure.round_month != month:
            yield "round", self._("as of {month}", month=formats.month(figure.round_month))
        target = view.target_words(measure, figure.limits)
        if target:
            yield "target", self._("target {target}", target=target)
        if figure.n is not None and (measure.minimum_n is not None or measure.confident):
            yield "n", f"n = {formats.exact(figure.n)}"
        if figure.interval is not None:
            span = formats.span("percent", *figure.interval, measure.decimals)
            yield "interval", self._("confidence interval (95%): {range}", range=span)
        if figure.denominator is not None and figure.denominator != figure.denominator_raw:
            unit = view.amount_unit_of(measure)
            full, adjusted = view.amount(figure.denominator_raw, unit), view.amount(figure.denominator, unit)
            yield "adjusted", self._("target adjusted from {full} to {adjusted}", full=full, adjusted=adjusted)
        if measure.is_target and measure.kind == "ratio" and figure.value is not None:
            yield "gap", view.gap_words(measure, figure)
        for flag in figure.flags:
            if flag == "flag" and measure.flag is not None:
                yield "flag", view.local(measure.flag.text)
            else:
                yield "flag", words.flag_words(texts, flag)
        if figure.signal is not None:
            yield "signal", words.signal_words(texts, figure.signal)
        run = self._run(within, measure, figure, month) if within is not None else ""
        if run:
            yield "run", run

    def _run(self, score: StandardScore, measure: Measure, figure: Figure, month: Month) -> str:
        """Where a revision began the window anew, or months from before it count under its limits: that, in words."""
        window, start = measure.window, figure.window_start
        if window.kind == "month" or start is None:
            return ""
        revision = score.revision
        key = (id(revision), measure.id)
        found = self._runs.get(key)
        if found is None:
            told = ChangeWords(self.view)
            restarted, carried = (tell(score.standard, revision, measure) for tell in (told.restarted, told.carried))
            found = self._runs[key] = (restarted, carried, Month.of(revision.run_start[measure.id]))
            self._keep.append(revision)
        restarted, carried, run = found
        if (
            restarted
            and start == run
            and window.start(figure.round_month or month, self.view.site.fiscal_year_start) < run
        ):
            return restarted
        return carried if start < Month.of(revision.effective_from) else ""

    # Tables -----------------------------------------------------------------------------------------------------------

    def count_heads(self, measure: Measure) -> tuple[str, ...]:
        """What the columns of numerators and denominators are called; a sum has none of the latter."""
        labels = measure.labels
        names = {
            "mean": (self._("Sum of the ratings"), self._("Ratings")),
            "check": (self._("Rows that meet the condition"), self._("Rows")),
        }
        top, below = names.get(measure.kind, (self._("Numerator"), self._("Denominator")))
        if labels is not None:
            top = self.view.local(labels.numerator)
            below = self.view.local(labels.denominator) if labels.denominator is not None else below
        return (top,) if measure.kind == "sum" else (top, below)

    def counts(self, measure: Measure, of: Figure | MonthPart) -> tuple[str, ...]:
        """The cells of these columns: for a month, or for a product line."""
        top = self.view.cell(measure, of.numerator)
        return (top,) if measure.kind == "sum" else (top, self.view.cell(measure, of.denominator))

    def factor(self, part: MonthPart) -> str:
        """Ramp times availability; where lines differ, a word."""
        if part.ramp_factor is None:
            return self._("by line")
        return self.view.formats.exact(part.ramp_factor * part.availability)

    # Sources ----------------------------------------------------------------------------------------------------------

    def sources(self, sources: tuple[SourceLines, ...]) -> str:
        """„surveys.csv, Zeile 9 (Nov 25–Dez 25), Zeile 8 (Jan 26)“: months with equal lines together."""
        formats = self.view.formats
        by_file: dict[str, dict[tuple[int, ...], list[Month]]] = {}
        for source in sources:
            month, slash, name = source.file.rpartition("/")
            months = by_file.setdefault(name, {}).setdefault(source.lines, [])
            if slash:
                months.append(Month.parse(month))
        told = []
        for name, groups in by_file.items():
            parts = [
                formats.lines(lines) + (f" ({self._spans(months)})" if months else "")
                for lines, months in groups.items()
            ]
            told.append(f"{name}, {', '.join(parts)}")
        return "; ".join(told)

    def _spans(self, months: list[Month]) -> str:
        """Months in order, those that follow each other as one span."""
        formats = self.view.formats
        spans: list[list[Month]] = []
        for month in months:
            if spans and spans[-1][1] == month - 1:
                spans[-1][1] = month
            else:
                spans.append([month, month])
        return ", ".join(
            [
                formats.month_short(first)
                if first == last
                else f"{formats.month_short(first)}–{formats.month_short(last)}"
                for first, last in spans
            ]
        )
