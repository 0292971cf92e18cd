"""A person's overview: the year's amounts, every month's verdict on every standard, and the figures of every line."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby

from standardwerk.evaluate.exact import divide
from standardwerk.model.handbook import named_at
from standardwerk.model.months import Month
from standardwerk.model.scores import STATES_IN_ORDER, Exact, MeasureScore, StandardScore
from standardwerk.render import charts, words
from standardwerk.render.charts import mark, sentences, sign, sprite
from standardwerk.render.histories import history_line, month_by_month, past_of
from standardwerk.render.pieces import Pieces
from standardwerk.render.view import View
from standardwerk.site.contexts import RepContext
from standardwerk.site.overview import Business, BusinessMonth, Trend, all_months

#: Beside what was corrected.
_CORRECTED = "†"


def rep_overview(view: View, context: RepContext, pieces: Pieces) -> str:
    """The content of the page."""
    writer = _Overview(view, context, pieces)
    return (
        f'<div class="sw-page sw-rep">\n{sprite()}\n{writer.head()}{writer.business()}{writer.matrix()}'
        f"{writer.trends()}</div>"
    )


class _Overview:
    def __init__(self, view: View, context: RepContext, pieces: Pieces) -> None:
        self.view = view
        self.context = context
        self.pieces = pieces
        self._ = view.texts.gettext
        self.months = all_months(context.cards)

    def _h(self, message: str, **values: object) -> str:
        return escape(self._(message, **values))

    def head(self) -> str:
        view, context = self.view, self.context
        newest = context.cards[-1]
        kind = self._h("Scorecards")
        to_newest = self._h("Newest month: {month}", month=view.formats.month(newest.month))
        return (
            f'<header class="sw-head">\n<p class="sw-kicker">{kind}</p>\n<h1><bdi>{escape(newest.name)}</bdi></h1>\n'
            f'<p class="sw-meta">{escape(context.team_name)}</p>\n'
            f'<p class="sw-newest"><a class="md-button md-button--primary" '
            f'href="{view.link(context.urls[newest.month], context.url)}">{to_newest}</a></p>\n</header>\n'
        )

    # The year's amounts -----------------------------------------------------------------------------------------------

    def business(self) -> str:
        """Columns by month: actual solid, target outlined, the year before lighter; the figures as a table."""
        found = self.context.business
        if found is None or all(month.actual is None for month in found.months):
            return ""
        view, formats = self.view, self.view.formats
        title = view.local(found.measure.labels.numerator) if found.measure.labels else view.local(found.measure.title)
        money = view.amount_unit_of(found.measure) == "currency"
        unit = self._("in thousands of {currency}", currency=formats.currency_code) if money else ""
        series = self._series(found)
        chart = charts.columns(charts.Columns(tuple(self._columns(found, money)), self._sentence(found, title)))
        keys = "".join([f"<li>{charts.key(name)} {escape(word)}</li>" for name, word, _ in series])
        period = formats.months(found.months[0].month, found.months[-1].month)
        if unit:
            keys += f'<li class="sw-small">{escape(unit)}</li>'
        return (
            f'<section class="sw-business">\n<h2>{escape(title)} <small>{escape(period)}</small></h2>\n'
            f'<ul class="sw-keys">{keys}</ul>\n{chart}\n{self._business_table(found, title)}</section>\n'
        )

    def _series(self, found: Business) -> list[tuple[str, str, list[Exact | None]]]:
        """The series that have a value: name of the sample, word, values."""
        every = [
            ("actual", self._("Actual"), [month.actual for month in found.months]),
            ("target", self._("Target"), [month.target for month in found.months]),
            ("previous", self._("Year before"), [month.previous for month in found.months]),
        ]
        return [one for one in every if any(value is not None for value in one[2])]

    def _columns(self, found: Business, money: bool) -> list[charts.Column]:
        factor = 1000 if money else 1

        def scaled(value: Exact | None) -> int | None:
            return None if value is None else int(divide(value, factor, 0))

        def column(month: BusinessMonth) -> charts.Column:
            actual = scaled(month.actual)
            text = self.view.formats.number(actual) if actual is not None else ""
            label = self.view.formats.month_name(month.month)
            return charts.Column(label, actual, scaled(month.target), scaled(month.previous), None, text)

        return [column(month) for month in found.months]

    def _sentence(self, found: Business, title: str) -> str:
        formats = self.view.formats
        period = formats.months(found.months[0].month, found.months[-1].month)
        totals = []
        for _name, word, values in self._series(found):
            known = [value for value in values if value is not None]
            totals.append((word, self._amount(found, sum(known[1:], known[0]))))
        return sentences.columns_sentence(self.view.texts, title, period, totals)

    def _amount(self, found: Business, value: Exact | None) -> str:
        return self.view.cell(found.measure, value)

    def _business_table(self, found: Business, title: str) -> str:
        series = self._series(found)
        month_head, fold = self._h("Month"), self._h("Figures as a table")
        heads = "".join([f'<th scope="col">{escape(word)}</th>' for _, word, _ in series])
        rows = []
        for index, month in enumerate(found.months):
            cells = "".join([f"<td>{escape(self._amount(found, values[index]))}</td>" for _, _, values in series])
            name = escape(self.view.formats.month_short(month.month))
            rows.append(f'<tr><th scope="row">{name}</th>{cells}</tr>')
        return (
            f'<details class="sw-fold"><summary>{fold}</summary><div class="sw-scroll" role="group" '
            f'aria-label="{escape(title)}" tabindex="0"><table class="sw-table"><caption>{escape(title)}</caption>'
            f'<thead><tr><th scope="col">{month_head}</th>{heads}</tr></thead><tbody>{"".join(rows)}</tbody></table>'
            f"</div></details>\n"
        )

    # The matrix -------------------------------------------------------------------------------------------------------

    def matrix(self) -> str:
        """Standards × months, and the year so far."""
        label = self._h("All months")
        caption = self._h("Status of each standard by month")
        standard, to_date = self._h("Standard"), self._h("Year to date")
        years = "".join(
            [
                f'<th scope="colgroup" colspan="{sum(1 for _ in months)}">{year}</th>'
                for year, months in groupby(self.months, lambda month: month.year)
            ]
        )
        months = "".join([self._month_head(month) for month in self.months])
        note = self._h(
            "Year to date: the months of the year added up, whatever the standard’s own period is; it is not scored. "
            "Snapshots, ratings and dates do not add up."
        )
        return (
            f'<section>\n<h2 id="months">{label}</h2>\n'
            f'<div class="sw-scroll sw-latest" role="region" aria-labelledby="months" tabindex="0">'
            f'<table class="sw-matrix sw-history-matrix">'
            f'<caption class="sw-aloud">{caption}</caption>'
            f'<thead><tr><th scope="col" rowspan="2">{standard}</th>{years}'
            f'<th scope="col" rowspan="2">{to_date}</th></tr><tr>{months}</tr></thead>'
            f"{self._groups()}</table></div>\n{self._states()}\n"
            f'<p class="sw-small">{self._footnotes()}{note}</p>\n</section>\n'
        )

    def _month_head(self, month: Month) -> str:
        view, context = self.view, self.context
        name, whole = view.formats.month_name(month), escape(view.formats.month(month))
        url = context.urls.get(month)
        if url is None:
            return f'<th scope="col"><abbr title="{whole}">{escape(name)}</abbr></th>'
        sign, word = self._mark_of(month)
        more = f'<span aria-hidden="true">{sign}</span><span class="sw-aloud">, {escape(word)}</span>' if sign else ""
        href = view.link(url, context.url)
        return f'<th scope="col"><a href="{href}" title="{whole}">{escape(name)}</a>{more}</th>'

    def _mark_of(self, month: Month) -> tuple[str, str]:
        texts = self.view.texts
        if month in self.context.corrected:
            return _CORRECTED, words.month_state_words(texts, "corrected")
        if month not in self.context.closed:
            return "*", words.month_state_words(texts, "not closed")
        return "", ""

    def _footnotes(self) -> str:
        found = dict(self._mark_of(month) for month in self.context.urls)
        if self.context.corrected:
            found[_CORRECTED] = self._(
                "A figure was corrected after the month was closed; "
                "the month’s page tells what it was, what it is, and why"
            )
        return "".join([f"{sign} {escape(word)}. " for sign, word in sorted(found.items()) if sign])

    def _groups(self) -> str:
        handbook, parts = self.view.handbook, []
        day = self.months[-1].first_day
        for group, found in groupby(self.context.trends, lambda one: one.newest.standard.identity.group):
            named = named_at(handbook.names.groups, group, day)
            name = escape(named.name[self.view.language]) if named is not None else ""
            rows = "".join([self._row(trend) for trend in found])
            columns = len(self.months) + 2
            parts.append(
                f'<tbody><tr class="sw-group"><th scope="rowgroup" colspan="{columns}"><span>{name}</span></th></tr>'
                f"{rows}</tbody>"
            )
        return "".join(parts)

    def _row(self, trend: Trend) -> str:
        cells = "".join([f"<td>{self._cell(trend.scores.get(month), month)}</td>" for month in self.months])
        title = escape(self.view.standard_title(trend.newest))
        identity = trend.newest.standard.id
        value = escape(self._to_date(trend)) or "–"
        return f'<tr><th scope="row"><a href="#{identity}">{title}</a></th>{cells}<td>{value}</td></tr>'

    def _cell(self, score: StandardScore | None, month: Month) -> str:
        if score is None:
            return ""
        shown = mark(score.status, words.state_word(self.view.texts, score.status))
        if score.standard.id not in self.context.corrected.get(month, ()):
            return shown
        word = escape(words.month_state_words(self.view.texts, "corrected"))
        return (
            f'{shown}<span class="sw-star" aria-hidden="true">{_CORRECTED}</span><span class="sw-aloud">, {word}</span>'
        )

    def _to_date(self, trend: Trend) -> str:
        found = trend.to_date
        if found is None:
            return ""
        return self.view.plain_value(trend.newest.main.measure, found.value, found.numerator, found.denominator)

    def _states(self) -> str:
        """The marks that occur, with their words."""
        occur = {score.status for trend in self.context.trends for score in trend.scores.values()}
        items = [
            f'<li class="sw-{state.value.replace("_", "-")}">{sign(state)} '
            f"{escape(words.state_word(self.view.texts, state))}</li>"
            for state in STATES_IN_ORDER
            if state in occur
        ]
        return f'<ul class="sw-counts">{"".join(items)}</ul>'

    # Figures ----------------------------------------------------------------------------------------------------------

    def trends(self) -> str:
        """Each standard's line over all months, and its figures."""
        head = self._h("Figures month by month")
        known = {card.month: past_of(card) for card in self.context.cards}
        pasts = month_by_month(known, self.months[0], self.months[-1])
        parts = []
        for trend in self.context.trends:
            main = trend.newest.main
            key = (trend.newest.standard.id, main.measure.id)
            title = self.view.standard_title(trend.newest)
            drawn = history_line(pasts, key, self.months[0], self.months[-1])
            line = self.view.history_line(drawn, main.measure, title)
            parts.append(
                f'<details class="sw-course" id="{trend.newest.standard.id}"><summary><span>{escape(title)}</span>'
                f"<span>{line}</span>{self._last(main)}</summary>{self._table(trend, title)}</details>\n"
            )
        return f'<section class="sw-trends">\n<h2>{head}</h2>\n{"".join(parts)}</section>\n'

    def _last(self, main: MeasureScore) -> str:
        """The newest value and its state, where the line ends."""
        value = escape(self.view.value(main.measure, main.figure)) or "–"
        return f'<b class="sw-value">{value}</b>{self.pieces.status(main.figure)}'

    def _table(self, trend: Trend, title: str) -> str:
        view = self.view
        heads = (self._("Month"), self._("Value"), self._("Target"), self._("Status"))
        rows = []
        for month in sorted(trend.scores, reverse=True):
            main = trend.scores[month].main
            figure = main.figure
            value = escape(view.value(main.measure, figure)) or "–"
            if main.deciding_line:
                value += f" <small>{escape(view.line_name(main.deciding_line, month))}</small>"
            target = escape(view.target_words(main.measure, figure.limits))
            name = escape(view.formats.month_short(month))
            rows.append(
                f'<tr><th scope="row">{name}</th><td>{value}</td><td>{target}</td>'
                f"<td>{self.pieces.status(figure)}</td></tr>"
            )
        columns = "".join([f'<th scope="col">{escape(head)}</th>' for head in heads])
        return _table(title, columns, rows)


def _table(title: str, columns: str, rows: Sequence[str]) -> str:
    name = escape(title)
    return (
        f'<div class="sw-scroll" role="group" aria-label="{name}" tabindex="0"><table class="sw-table sw-lines">'
        f"<caption>{name}</caption><thead><tr>{columns}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )
