"""The maths of one figure as plain text, step by step in the reader's language; the same steps as on the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from standardwerk.evaluate.exact import divide
from standardwerk.evaluate.index import points
from standardwerk.model.handbook import Measure
from standardwerk.model.months import Month
from standardwerk.model.scores import VERDICTS, Figure, MeasureScore, MonthPart, Signal, StandardScore, State
from standardwerk.render import words
from standardwerk.render.change_words import ChangeWords
from standardwerk.render.maths import Maths, Step
from standardwerk.render.report import aligned, printable
from standardwerk.render.view import View
from standardwerk.site.contexts import ScorecardContext, ShownChange

Held = Mapping[str, frozenset[Month]]
"""By measure: the months in which a source of it is held back."""


def explain(
    view: View, context: ScorecardContext, score: StandardScore, held: Held, differing: tuple[ShownChange, ...] = ()
) -> str:
    """A standard of a scorecard, from the verdict down to the lines of the files.

    ``differing``: its figures that were published otherwise, without a correction.
    """
    return "".join([f"{printable(line)}\n" for line in _Explanation(view, context, score, held).lines(differing)])


class _Explanation:
    def __init__(self, view: View, context: ScorecardContext, score: StandardScore, held: Held) -> None:
        self.view = view
        self._ = view.texts.gettext
        self.maths = Maths(view)
        self.context = context
        self.month = context.card.month
        self.score = score
        self.held = held

    def lines(self, differing: tuple[ShownChange, ...]) -> Iterator[str]:
        yield from self._head()
        if differing:
            yield from self._not_as_published(differing)
        for found in self.score.measures:
            yield ""
            yield from self._measure(found)
        yield from self._corrections()
        yield from self._retroactive()

    # The standard -----------------------------------------------------------------------------------------------------

    def _head(self) -> Iterator[str]:
        view, score, card = self.view, self.score, self.context.card
        formats, main = view.formats, score.main
        yield f"{view.standard_title(score)} – {card.name}, {formats.month(self.month)}"
        edition = self._("Edition {label}", label=card.edition)
        since = self._("in force since {date}", date=formats.date(score.revision.effective_from))
        firm = ", ".join(filter(None, words.firmness(view.texts, formats, self.context.state)))
        yield f"{edition}, {since} · {firm}"
        rules = ChangeWords(view).export_rules(score.revision)
        if rules:
            yield self._("Decided by the source system: {rules}", rules=rules)
        told = [view.value(main.measure, main.figure) or "–"]
        if main.deciding_line:
            told[0] += f" ({view.line_name(main.deciding_line, self.month)})"
        target = view.target_words(main.measure, main.figure.limits)
        if target:
            told.append(self._("target {target}", target=target))
        told.append(self._state(main.figure))
        result = self._("Result")
        yield f"{result}: {' · '.join(told)}"
        if card.index is not None:
            yield from self._weight(main.figure)

    def _weight(self, figure: Figure) -> Iterator[str]:
        """What the standard adds to the index."""
        formats = self.view.formats
        index, weight = self._("Index"), self._("Weight")
        told = [f"{weight} {formats.exact(self.score.revision.rules.weight)}"]
        found = points(figure) if self.score.status in VERDICTS else None
        if found is not None:
            told.append(self._("{points} of 100 points", points=formats.number(divide(*found, 0))))
        yield f"{index}: {' · '.join(told)}"

    def _not_as_published(self, differing: tuple[ShownChange, ...]) -> Iterator[str]:
        """What a build would stop for."""
        head = self._("This is not what was published, and no correction says why")
        yield f"{head}:"
        yield from self._changes(differing, self._("Published"), self._("Now"))
        cure = self._(
            "Restore the input of {month} or before, or record the reason with “standardwerk correct”.",
            month=self.month,
        )
        yield f"  {cure}"

    # A measure --------------------------------------------------------------------------------------------------------

    def _measure(self, score: MeasureScore) -> Iterator[str]:
        """Numbered steps: period, data, calculation, target, cases, remarks, status; then the product lines."""
        measure, figure = score.measure, score.figure
        title = f"{self.view.local(measure.title)} ({words.measure_role_word(self.view.texts, measure.role)})"
        line = f": {self.view.line_name(score.deciding_line, self.month)}" if score.deciding_line else ""
        yield title + line
        number = 0
        for label, text, rows in self._steps(measure, figure):
            if text or rows:
                number += 1
                yield f"  {number}. {label}: {text}".rstrip()
                yield from (f"     {row}" for row in rows)
        if score.lines:
            yield "  " + self._("By product line") + ":"
            yield from (f"     {row}" for row in self._lines(measure, score.lines))

    def _steps(self, measure: Measure, figure: Figure) -> Iterator[tuple[str, str, list[str]]]:
        """Label, text and table of each step; those that have neither text nor table are left out."""
        steps = list(self.maths.steps(measure, figure, self.month, self.score))
        period = [*_of(steps, "window"), self.view.period(measure, figure, self._last(figure)), *_of(steps, "round")]
        yield self._("Period"), " · ".join([*period, *_of(steps, "run")]), []
        yield self._("Held back"), self._held_months(measure, figure), []
        yield self._("Data"), self.maths.sources(figure.sources), self._months(measure, figure)
        yield self._("Calculation"), "".join(self.maths.formula(measure, figure)), []
        wanted = self.view.target_words(measure, figure.limits)
        target = [*([wanted] if wanted else []), *self._near(measure, figure), *_of(steps, "adjusted", "gap")]
        yield self._("Target"), " · ".join(target), []
        yield (
            self._("Cases"),
            " · ".join([*_of(steps, "n"), *self._needed(measure, figure), *_of(steps, "interval")]),
            [],
        )
        yield self._("Remarks"), " · ".join([*_of(steps, "flag", "signal"), *self._usual(measure, figure.signal)]), []
        yield self._("Status"), self._explained(figure), []

    def _last(self, figure: Figure) -> Month:
        return figure.round_month or self.month

    def _held_months(self, measure: Measure, figure: Figure) -> str:
        if figure.status is not State.HELD:
            return ""
        first, last = figure.window_start or self.month, self.month
        months = [month for month in sorted(self.held.get(measure.id, ())) if min(first, last) <= month <= last]
        return ", ".join([self.view.formats.month(month) for month in months])

    def _near(self, measure: Measure, figure: Figure) -> Iterator[str]:
        """The second limit, as applied."""
        if figure.limits is not None:
            view = self.view
            limit = words.limit_words(
                view.texts, view.formats, figure.limits[1], measure.unit, view.unit_label(measure)
            )
            yield f"{words.state_word(view.texts, State.NEAR)}: {limit}"

    def _needed(self, measure: Measure, figure: Figure) -> Iterator[str]:
        """What a verdict needs."""
        minimum = measure.minimum_n
        if minimum is not None and figure.n_needed is not None:
            what = f" ({self.view.local(minimum.label)})" if minimum.label is not None else ""
            yield self._("{count} needed", count=self.view.formats.exact(figure.n_needed)) + what
        if measure.minimum_months is not None:
            yield self.view.texts.ngettext(
                "{count} month with data needed", "{count} months with data needed", measure.minimum_months
            )

    def _usual(self, measure: Measure, signal: Signal | None) -> Iterator[str]:
        """Within which limits a single month is noise."""
        if signal is not None:
            view = self.view
            span = view.formats.span(
                measure.unit, signal.lower, signal.upper, measure.decimals, view.unit_label(measure)
            )
            yield self._("usual for a month: {range}", range=span)

    def _state(self, figure: Figure) -> str:
        return words.figure_state_words(self.view.texts, self.view.formats, figure)

    def _explained(self, figure: Figure) -> str:
        if figure.status is None:
            return ""
        return f"{self._state(figure)}. {words.state_explained(self.view.texts, figure.status)}"

    # Tables -----------------------------------------------------------------------------------------------------------

    def _months(self, measure: Measure, figure: Figure) -> list[str]:
        """The months of the window; one that does not count stands in brackets."""
        if not figure.months:
            return []
        rows = [(self._("Month"), *self.maths.count_heads(measure))]
        if measure.is_target:
            rows[0] += (self._("Factor"),)
        for part in figure.months:
            name = self.view.formats.month_short(part.month)
            cells = (name if part.counts else f"({name})", *self.maths.counts(measure, part))
            rows.append((*cells, self._factor(part)) if measure.is_target else cells)
        if not all(part.counts for part in figure.months):
            return [*aligned(rows), self._("In brackets: months that are not counted.")]
        return list(aligned(rows))

    def _factor(self, part: MonthPart) -> str:
        """Ramp times availability, where both have a say."""
        factor, formats = self.maths.factor(part), self.view.formats
        if part.ramp_factor is None or 1 in (part.ramp_factor, part.availability):
            return factor
        return f"{formats.exact(part.ramp_factor)} × {formats.exact(part.availability)} = {factor}"

    def _lines(self, measure: Measure, lines: tuple[Figure, ...]) -> list[str]:
        heads = (self._("Product line"), *self.maths.count_heads(measure), self._("Value"), self._("Status"))
        rows = [(*heads, self._("Data"))]
        for one in lines:
            name = self.view.line_name(one.line or "", self.month)
            value = self.view.value(measure, one) or "–"
            state = self._state(one)
            rows.append((name, *self.maths.counts(measure, one), value, state, self.maths.sources(one.sources)))
        return list(aligned(rows))

    # What changed afterwards ------------------------------------------------------------------------------------------

    def _corrections(self) -> Iterator[str]:
        for one in self.context.corrections:
            changes = [change for change in one.shown if change.standard.standard.id == self.score.standard.id]
            if changes:
                reason = words.correction_words(self.view.texts, one.correction.reason)
                yield ""
                yield self._("Corrections") + f", {self.view.formats.date(one.correction.date)}: {reason}"
                yield f"  {one.correction.note}"
                if one.correction.month != self.month:
                    month = self.view.formats.month(one.correction.month)
                    yield "  " + self._("This month changes in consequence of a correction of {month}.", month=month)
            yield from self._changes(changes, self._("Before"), self._("After"))

    def _changes(self, changes: Iterable[ShownChange], was: str, now: str) -> Iterator[str]:
        for change in changes:
            measure = change.score.measure
            told = [f"{side}: {self._figure(measure, one)}" for side, one in ((was, change.was), (now, change.now))]
            yield f"  {self._name(measure, change.line)} – {' · '.join(told)}"

    def _retroactive(self) -> Iterator[str]:
        for one in self.context.retroactive:
            if one.other.standard.id != self.score.standard.id:
                continue
            yield ""
            yield self._("Under retroactive revisions")
            for term in one.other.terms:
                yield f"  {self.view.local(term.retroactive.reason)} ({term.retroactive.agreement_ref})"
            if one.other.score is None:
                yield "  " + self._("Under it this standard is not scored in this month.")
            elif not one.figures:
                yield "  " + self._("Both give the same result.")
            for pair in one.figures:
                sides = ((self._("Published"), pair.published), (self._("Under the retroactive revision"), pair.other))
                told = [f"{side}: {self._figure(*found) if found else '–'}" for side, found in sides]
                yield f"  {self._name(pair.measure, pair.line)} – {' · '.join(told)}"

    def _name(self, measure: Measure, line: str | None) -> str:
        return self.view.local(measure.title) + (f", {self.view.line_name(line, self.month)}" if line else "")

    def _figure(self, measure: Measure, figure: Figure | None) -> str:
        if figure is None:
            return "–"
        value, state = self.view.value(measure, figure) or "–", self._state(figure)
        return f"{value} ({state})" if state else value


def _of(steps: list[Step], *kinds: str) -> list[str]:
    """The steps of some kinds."""
    return [text for kind, text in steps if kind in kinds]
