"""How a figure comes about, in words of one language: what a scorecard's rows show, and what ``explain`` prints.

Both take each step from here, so neither can say anything else than the other.
"""

from __future__ import annotations

from collections.abc import Iterator

from standardwerk.model.handbook import Measure, Revision, Window
from standardwerk.model.months import Month
from standardwerk.model.scores import Figure, MonthPart, Signal, SourceLines, StandardScore
from standardwerk.render import words
from standardwerk.render.change_words import ChangeWords
from standardwerk.render.source_words import grouped, source_words
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
        self._labels: dict[int, tuple[Measure, str]] = {}
        self._windows: dict[Window, str] = {}
        self._targets: dict[str, str] = {}
        self._signals: dict[tuple[str, int, str | None], str] = {}

    def formula(self, measure: Measure, figure: Figure) -> tuple[str, str, str]:
        """The formula: what is counted in words, the same with numbers put in, and the value.

        Empty texts where there is none.
        """
        view = self.view
        value = view.value(measure, figure)
        if not value or (figure.value is None and measure.kind != "check"):
            return "", "", ""
        if measure.kind == "check":
            return "", "", value
        if measure.kind == "mean":
            count = int(str(figure.denominator_raw))
            mean = view.texts.ngettext("mean of {count} rating", "mean of {count} ratings", count)
            return f"{mean} = ", "", value
        label = self._label(measure)
        if measure.kind == "sum":
            return label, "", value
        unit = view.amount_unit_of(measure)
        return label, f"{view.amount(figure.numerator, unit)} ÷ {view.amount(figure.denominator, unit)} = ", value

    def _label(self, measure: Measure) -> str:
        """What a measure counts, in words before the numbers."""
        found = self._labels.get(id(measure))
        if found is None:
            view, labels, text = self.view, measure.labels, ""
            if labels is not None and measure.kind == "sum":
                text = f"{view.local(labels.numerator)}: "
            elif labels is not None:
                below = f" ÷ {view.local(labels.denominator)}" if labels.denominator is not None else ""
                text = f"{view.local(labels.numerator)}{below} = "
            found = self._labels[id(measure)] = (measure, text)
        return found[1]

    def _window(self, window: Window) -> str:
        found = self._windows.get(window)
        if found is None:
            found = self._windows[window] = words.window_words(self.view.texts, window)
        return found

    def _signal(self, signal: Signal, measure: Measure) -> str:
        key = (signal.kind, signal.points if signal.provisional else 0, measure.better)
        found = self._signals.get(key)
        if found is None:
            found = self._signals[key] = words.signal_words(self.view.texts, signal, measure)
        return found

    def _target(self, words: str) -> str:
        """„Zielwert mindestens 30 %“; there are few targets."""
        found = self._targets.get(words)
        if found is None:
            found = self._targets[words] = self._("target {target}", target=words)
        return found

    def steps(
        self, measure: Measure, figure: Figure, month: Month, within: StandardScore | None = None
    ) -> Iterator[Step]:
        """Window, round, target, n, interval, adjusted target, flags, signal: what is needed to follow the figure.

        ``within`` the standard, that a revision cut the window off is told, too.
        """
        view, texts, formats = self.view, self.view.texts, self.view.formats
        yield "window", self._window(measure.window)
        if figure.round_month is not None and figure.round_month != month:
            yield "round", self._("as of {month}", month=formats.month(figure.round_month))
        target = view.target_words(measure, figure.limits)
        if target:
            yield "target", self._target(target)
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
            yield "signal", self._signal(figure.signal, measure)
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
        return source_words(self.view.formats, grouped(sources))
