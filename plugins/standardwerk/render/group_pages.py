"""Contexts to HTML: teams, the organisation, trends, and the sheet for a talk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from html import escape
from typing import Any

from markupsafe import Markup

from standardwerk.evaluate.exact import HUNDRED, divide, rounded
from standardwerk.evaluate.grouped import GroupValue
from standardwerk.model.handbook import Limits, Measure
from standardwerk.model.months import Month
from standardwerk.model.scores import STATES_IN_ORDER, Exact, State
from standardwerk.render import charts, words
from standardwerk.render.charts import sentences
from standardwerk.render.scorecard import ScorecardWriter, first_step
from standardwerk.render.view import View
from standardwerk.site.group_contexts import (
    BusinessTotal,
    Completeness,
    ConversationContext,
    GroupPoint,
    GroupRow,
    MeasureTrend,
    MemberSignal,
    OrganisationContext,
    TeamContext,
    TotalRow,
    TrendContext,
)

#: A step of "how to improve" is cut at the end of a sentence beyond so many letters.
STEP_LETTERS = 190
#: The least lines to write on, of agreed actions.
EMPTY_ACTIONS = 3
#: Months between words on an axis.
AXIS_STEP = 3


# Teams ----------------------------------------------------------------------------------------------------------------


def team(view: View, context: TeamContext) -> str:
    """A team's month."""
    titles = {standard.id: revision.wording[view.language].title for standard, revision in context.named}
    states = {status for member in context.members for status in member.statuses.values()}
    measures = {
        (standard.id, measure.id): measure
        for standard, revision in context.named
        for measure in revision.rules.measures
    }

    def measure_of(one: MemberSignal) -> Measure:
        return measures[one.standard, one.measure]

    return view.render(
        "team.html",
        context,
        titles=titles,
        legend=[state for state in STATES_IN_ORDER if state in states],
        missed=State.MISSED,
        measure_of=measure_of,
        signal_word=lambda one: words.signal_words(view.texts, one.signal, measure_of(one), of_another=True),
        correction_words=lambda reason: words.correction_words(view.texts, reason),
    )


# The sheet for a talk -------------------------------------------------------------------------------------------------


def conversation(view: View, context: ConversationContext, writer: ScorecardWriter) -> str:
    """The sheet for a talk; ``writer`` is that of scorecards."""
    scorecard = context.scorecard
    return view.render(
        "conversation.html",
        context,
        # Written by the scorecard's own writer, which escapes.
        results=Markup(writer.results(scorecard)),
        verdict=writer.verdict,
        reason=lambda one: writer.reason(one, scorecard.card),
        step=lambda score: shortened(first_step(score.revision, view.language)),
        signal_word=lambda one: words.signal_words(view.texts, one.figure.signal, one.measure, of_another=True),
        action_word=lambda status: words.action_word(view.texts, status),
        empty=range(max(1, EMPTY_ACTIONS - len(scorecard.notes.actions))),
    )


def shortened(text: str, letters: int = STEP_LETTERS) -> str:
    """A text cut at the end of a sentence, if it is long."""
    if len(text) <= letters:
        return text
    ends = [index + 1 for index, letter in enumerate(text) if letter in ".?!" and text[index + 1 : index + 2] == " "]
    short = [end for end in ends if end <= letters] or ends[:1]
    return text[: short[-1]] if short else text


# The organisation -----------------------------------------------------------------------------------------------------


def organisation(view: View, context: OrganisationContext) -> str:
    """The organisation's month."""
    return view.render(
        "organisation.html",
        context,
        organisation=view.handbook.names.organisation,
        group_value=lambda measure, value: group_words(view, measure, value),
        group_target=lambda measure: group_target(view, measure),
        group_change=lambda row: group_change(view, row),
        group_line=lambda row: group_line(view, row),
        percent_of=percent_of,
        completeness_percent=completeness_percent(context.completeness),
        counts=context.counts,
        turned=context.turned,
        turned_word=lambda before, now: words.turned_word(view.texts, before, now),
        total=lambda found: _Total(view, found),
    )


def no_organisation(view: View) -> str:
    """What stands in its place while there are no figures of the organisation."""
    name, yet = escape(view.handbook.names.organisation), escape(view.texts.gettext("There are no figures yet."))
    head = f'<header class="sw-head">\n<h1>{name}</h1>\n</header>'
    return f'<div class="sw-page sw-organisation">\n{head}\n<p>{yet}</p>\n</div>'


def group_words(view: View, measure: Measure, value: GroupValue | None) -> str:
    """A group's figure as text; a dash if there is none to show."""
    if value is None:
        return "–"
    text = view.plain_value(measure, value.value, None, None)
    # Not “at least”: that is how a target is told in the column beside it.
    if value.bound == "least":
        return view.texts.gettext("{limit} or more", limit=_short(view, measure, value.value))
    if value.bound == "most":
        return view.texts.gettext("{limit} or less", limit=_short(view, measure, value.value))
    return text


def _short(view: View, measure: Measure, value: Decimal) -> str:
    return view.formats.value(measure.unit, value, words.places(value), view.unit_label(measure))


def group_target(view: View, measure: Measure) -> str:
    """The target in words; that of a plain count is one person's, and is not shown beside a sum."""
    return "" if measure.kind == "sum" else view.target_words(measure)


def group_change(view: View, row: GroupRow) -> str:
    """The change on the month before; empty if it is not known."""
    if row.change is None:
        return ""
    if not row.change:
        return view.texts.gettext("unchanged")
    return view.formats.difference(row.measure.unit, row.change, row.measure.decimals, view.unit_label(row.measure))


def group_line(view: View, row: GroupRow) -> Markup:
    """The small line of 12 months."""
    points = tuple([_point(point) for point in row.history])
    return charts.line(charts.Line(points, _sentence(view, row.measure, row.history, points)))


def _sentence(view: View, measure: Measure, history: Sequence[GroupPoint], points: Sequence[charts.Point]) -> str:
    """What a line of a group's figures shows; a share that is shown as a bound is said as one."""
    months = [point.month for point in history]
    said = [group_words(view, measure, point.value) for point in history]
    title = measure.title[view.language]
    return sentences.line_sentence(view.texts, view.formats, title, measure, months, points, said)


def _point(point: GroupPoint) -> charts.Point:
    limits: Limits = point.limits[0] if point.limits is not None else (None, None)
    return charts.Point(point.value.value if point.value is not None else None, True, limits, point.restarts)


def percent_of(actual: Exact | None, target: Exact | None) -> Decimal | None:
    """A share in percent, rounded to one decimal; None without both."""
    return divide(actual, target, 1, HUNDRED) if actual is not None and target else None


def completeness_percent(found: Completeness) -> Decimal | None:
    """The share of the rows that are there."""
    return percent_of(found.rows, found.rows_due)


class _Total:
    """A business total as its part of the page shows it."""

    def __init__(self, view: View, found: BusinessTotal) -> None:
        self.view = view
        self.measure = found.measure
        self.unit = view.amount_unit_of(found.measure)
        labels = found.measure.labels
        self.title = found.measure.title[view.language]
        name = labels.numerator[view.language] if labels is not None else self.title
        self.name = name[:1].upper() + name[1:]
        self.rows = found.rows
        self.whole = found.rows[0]
        amounts = [amount for _, now, _ in self.whole.months for amount in (now.actual, now.target)]
        largest = max((abs(float(amount)) for amount in amounts if amount is not None), default=0.0)
        self.scale = next((size for size in (1_000_000, 1_000) if largest >= 10 * size), 1)

    def amount(self, number: Exact | None) -> str:
        """An amount, coarse: nobody reads the cents of a sum."""
        if number is None:
            return "–"
        formats = self.view.formats
        return formats.currency(rounded(number, 0), 0) if self.unit == "currency" else formats.exact(number)

    def percent(self, actual: Exact | None, target: Exact | None) -> str:
        """The one as a share of the other."""
        share = percent_of(actual, target)
        return "–" if share is None else self.view.formats.percent(share)

    def change(self, now: Exact | None, before: Exact | None) -> str:
        """By how much of it something has changed."""
        share = percent_of(now, before)
        return "–" if share is None else self.view.formats.percent_change(share - HUNDRED)

    def gap(self) -> str:
        """What is missing to the target, or exceeds it."""
        now = self.whole.now
        if now.actual is None or now.target is None:
            return ""
        gap: Any = now.actual - now.target  # type: ignore[operator]
        if gap < 0:
            return self.view.texts.gettext("{amount} short", amount=self.amount(-gap))
        if gap > 0:
            return self.view.texts.gettext("{amount} ahead", amount=self.amount(gap))
        return self.view.texts.gettext("exactly on target")

    @property
    def has_previous(self) -> bool:
        """Whether something is known of the year before."""
        return any(before.actual is not None for _, _, before in self.whole.months)

    def unit_words(self) -> str:
        """What the figures in the chart are."""
        texts, currency = self.view.texts, self.view.handbook.names.currency if self.unit == "currency" else ""
        if self.scale == 1_000_000:
            return texts.gettext("in millions {currency}", currency=currency).strip()
        if self.scale == 1_000:
            return texts.gettext("in thousands {currency}", currency=currency).strip()
        return currency

    def chart(self) -> Markup:
        """Twelve months of everybody: actual, target, the year before."""
        months = [month for month, _, _ in self.whole.months]
        texts, formats = self.view.texts, self.view.formats
        figures = [(texts.pgettext("series", "actual"), self.amount(self.whole.now.actual))]
        if self.whole.now.target is not None:
            figures.append((texts.pgettext("series", "target"), self.amount(self.whole.now.target)))
        period = formats.month(months[-1])
        sentence = sentences.columns_sentence(texts, self.name, period, figures)
        return charts.columns(charts.Columns(tuple(self._columns(self.whole, with_words=True)), sentence))

    def small_chart(self, row: TotalRow) -> Markup:
        """The same of a product line, without words; the figures stand beside it."""
        return charts.columns(charts.Columns(tuple(self._columns(row, with_words=False)), "", "sw-small-columns"))

    def _columns(self, row: TotalRow, *, with_words: bool) -> Iterable[charts.Column]:
        formats = self.view.formats
        year = 0
        for month, now, before in row.months:
            text = ""
            if with_words and now.actual is not None:
                text = formats.number(divide(now.actual, self.scale, self._decimals), self._decimals)
            group = str(month.year) if with_words and month.year != year else ""
            year = month.year
            label = formats.month_name(month) if with_words else ""
            yield charts.Column(label, _value(now.actual), _value(now.target), _value(before.actual), None, text, group)

    @property
    def _decimals(self) -> int:
        return 1 if self.scale == 1_000_000 else 0


def _value(amount: Exact | None) -> Any:
    return amount if amount is None or isinstance(amount, int | Decimal) else divide(amount, 1, 2)


# Trends ---------------------------------------------------------------------------------------------------------------


def trend(view: View, context: TrendContext) -> str:
    """A standard's trend."""
    return view.render(
        "trend.html",
        context,
        title=context.revision.wording[view.language].title,
        group_value=lambda measure, value: group_words(view, measure, value),
        group_target=lambda measure: group_target(view, measure),
        limit_words=lambda measure, limits: words.target_words(view.texts, view.formats, measure, limits),
        trend_chart=lambda found: trend_chart(view, found),
        begun=lambda found: begun(view, found),
    )


def trend_chart(view: View, found: MeasureTrend) -> Markup:
    """The line of a measure, with words."""
    points = []
    for index, month in enumerate(found.months):
        point, at = month.point, month.point.month
        small = _point(point)
        labelled = (at.number - 1) % AXIS_STEP == 0
        points.append(
            charts.TrendPoint(
                value=small.value,
                text=group_words(view, found.measure, point.value) if point.value is not None else "",
                targets=small.targets,
                restart=point.restarts,
                mark=point.edition.label if point.edition is not None else "",
                label=view.formats.month_name(at) if labelled else "",
                group=str(at.year) if at.number == 1 or index == 0 else "",
            )
        )
    history = [month.point for month in found.months]
    sentence = _sentence(view, found.measure, history, [_point(point) for point in history])
    return charts.trend(charts.Trend(tuple(points), sentence))


def begun(view: View, found: MeasureTrend) -> list[tuple[Month, str, Sequence[str]]]:
    """What changed with which month: (month, label of the edition that begins, what changed), the oldest first."""
    texts = view.texts
    told: list[tuple[Month, str, Sequence[str]]] = []
    before: GroupPoint | None = None
    for month in found.months:
        point = month.point
        if before is not None and (point.edition is not None or point.restarts):
            notes = []
            if point.restarts:
                notes.append(texts.gettext("counting starts afresh"))
            if point.limits is not None and before.limits is not None and point.limits[0] != before.limits[0]:
                now = words.target_words(texts, view.formats, found.measure, point.limits)
                was = words.target_words(texts, view.formats, found.measure, before.limits)
                notes.append(texts.gettext("target {now}, before {was}", now=now, was=was))
            if notes:
                told.append((point.month, point.edition.label if point.edition is not None else "", notes))
        before = point
    return told
