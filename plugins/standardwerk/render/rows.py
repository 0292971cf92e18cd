"""The rows of a scorecard, written in Python.

A page has 17 rows with several measures and month tables each, some 1,500 places to fill. Templates cost several
milliseconds for them, this a fraction. What a month contributes to a measure looks the same in each of the windows the
month is in, so its table row is written once per person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from html import escape

from standardwerk.model.handbook import Edition, Measure, Standard
from standardwerk.model.months import Month
from standardwerk.model.scores import Figure, MeasureScore, MonthPart, Scorecard, SourceLines, StandardScore
from standardwerk.render import words
from standardwerk.render.anchors import level_above
from standardwerk.render.change_words import ChangeWords
from standardwerk.render.pieces import Pieces
from standardwerk.render.view import Past, View, pasts_of
from standardwerk.site import urls


class RowWriter:
    """Writes the rows of one person's scorecards in one language."""

    def __init__(self, view: View, pieces: Pieces | None = None) -> None:
        self.view = view
        self.pieces = pieces or Pieces(view)
        self._ = view.texts.gettext
        self._month_rows: dict[tuple[int, int], str] = {}
        self._keep: list[object] = []
        self._heads: dict[int, str] = {}
        self._sources: dict[tuple[SourceLines, ...], str] = {}
        self._pasts: dict[Month, dict[tuple[str, str], Past]] = {}
        self._links: dict[tuple[str, str], tuple[str, str, str]] = {}
        self._anchors: dict[tuple[int, str, str], str] = {}
        self._runs: dict[tuple[int, str], tuple[str, str, Month]] = {}

    def row(
        self,
        score: StandardScore,
        card: Scorecard,
        history: tuple[Scorecard, ...],
        earlier: Figure | None,
        edition: Edition,
        url: str,
        *,
        corrected: bool = False,
        twice: bool = False,
    ) -> str:
        """A standard: its line, which opens to the maths.

        ``twice``: it has another result under a retroactive revision.
        """
        view = self.view
        main, figure = score.main, score.main.figure
        title = view.standard_title(score)
        line = f" <small>{escape(view.line_name(main.deciding_line, card.month))}</small>" if main.deciding_line else ""
        if corrected:
            line += f' <small class="sw-corrected">{escape(words.month_state_words(view.texts, "corrected"))}</small>'
        line += self._end_of(score.standard, card.month)
        if twice:
            both = escape(self._("two results"))
            line += f' <small class="sw-corrected">{both}</small>'
        past = self._past(history, score.standard.id, main.measure.id)
        signal = ""
        if figure.signal is not None and figure.signal.kind != "none":
            signal = f'<span class="sw-signal">{escape(words.signal_words(view.texts, figure.signal))}</span>'
        name, links, page = self._links_of(score, edition, url)
        measures = "".join([self.measure(found, card.month, within=score) for found in score.measures])
        bare = " sw-bare" if main.measure.unit in {"points", "number"} and not main.measure.unit_label else ""
        return (
            f'<details class="sw-row" id="{score.standard.id}"><summary>'
            f'<span class="sw-title">{name}{line}</span>'
            f'<span class="sw-value{bare}">{escape(view.value(main.measure, figure)) or "–"}</span>'
            f'<span class="sw-target">{escape(view.target_words(main.measure, figure.limits))}</span>'
            f'<span class="sw-chart">{view.bullet(main, title)}</span>'
            f"{self.pieces.status(figure, 'sw-status sw-state')}"
            f'<span class="sw-chart">{view.history_line(past, card.month, main, title)}</span>'
            f'<span class="sw-change">{escape(view.difference(main.measure, figure, earlier))}</span>'
            f'{signal}</summary><div class="sw-open">{links}{measures}{self._anchors_of(score, page)}</div></details>\n'
        )

    def _end_of(self, standard: Standard, month: Month) -> str:
        """On the last scorecard with a standard: that it ended, if that was known when the month ended."""
        day = month.plus(1).first_day
        ends = any(one.rules.retired and one.effective_from == day for one in standard.revisions)
        edition = self.view.handbook.edition_at(day) if ends else None
        if edition is None or edition.published_on > month.last_day:
            return ""
        ended = escape(self._("retired on {date}", date=self.view.formats.date(day)))
        return f" <small>{ended}</small>"

    def _links_of(self, score: StandardScore, edition: Edition, url: str) -> tuple[str, str, str]:
        """A standard's title, the links to its text, and its address; the same while an edition is in force."""
        key = (edition.label, score.standard.id)
        found = self._links.get(key)
        if found is None:
            view, title = self.view, self.view.standard_title(score)
            page = view.link(urls.standard(view.language, edition, score.standard.id), url)
            standard = escape(self._("The standard in edition {label}", label=edition.label))
            improve = escape(self._("How to improve"))
            links = f'<a href="{page}">{standard}</a> · <a href="{page}#improve">{improve}</a>'
            rules = ChangeWords(view).export_rules(score.revision)
            decided = escape(self._("Decided by the CRM: {rules}", rules=rules))
            beside = f'<p class="sw-small">{decided}</p>' if rules else ""
            found = self._links[key] = (escape(title), f'<p class="sw-links">{links}</p>{beside}', page)
        return found

    def _past(self, history: tuple[Scorecard, ...], standard: str, measure: str) -> dict[Month, Past]:
        """A measure's figures on the scorecards of the last months."""
        found: dict[Month, Past] = {}
        for card in history:
            pasts = self._pasts.get(card.month)
            if pasts is None:
                pasts = self._pasts[card.month] = pasts_of(card)
            past = pasts.get((standard, measure))
            if past is not None:
                found[card.month] = past
        return found

    def _anchors_of(self, score: StandardScore, page: str) -> str:
        """What the level above a rating looks like, folded; the standard's page has the whole scale."""
        anchors, value = score.revision.rules.anchors, score.main.figure.value
        if not anchors or not isinstance(value, Decimal):
            return ""
        level = level_above(value, {level for anchor in anchors for level in anchor.levels})
        if not level:
            return ""
        key = (id(score.revision), level, page)
        found = self._anchors.get(key)
        if found is None:
            head = escape(self._("What level {level} looks like", level=level))
            whole = escape(self._("All levels"))
            texts = "".join(
                [
                    f"<dt>{escape(self.view.local(one.name))}</dt><dd>{escape(self.view.local(one.levels[level]))}</dd>"
                    for one in anchors
                    if level in one.levels
                ]
            )
            found = self._anchors[key] = (
                f'<details class="sw-fold"><summary>{head}</summary><dl class="sw-level">{texts}</dl>'
                f'<p><a href="{page}#anchors">{whole}</a></p></details>'
            )
            self._keep.append(score.revision)
        return found

    def measure(self, score: MeasureScore, month: Month, level: int = 4, within: StandardScore | None = None) -> str:
        """A measure's maths under a heading of a level; ``within`` the standard, it says what a revision cut off."""
        view, measure, figure = self.view, score.measure, score.figure
        head = escape(view.local(measure.title))
        role = escape(words.measure_role_word(view.texts, measure.role))
        told = [part for part in (self.pieces.status(figure), self._quotient(measure, figure)) if part] or ["–"]
        if score.deciding_line:
            told.append(f"({escape(view.line_name(score.deciding_line, month))})")
        small = " · ".join([escape(note) for note in self.notes(measure, figure, month)])
        run = self._run(within, measure, figure, month) if within is not None else ""
        if run:
            small += f" · {escape(run)}"
        tables = ""
        if len(figure.months) > 1 and measure.judged:
            rows = "".join([self._month_row(measure, part) for part in figure.months])
            tables = f"{self._month_head(measure)}{rows}{_TABLE_END}"
        if score.lines:
            tables += self._lines(measure, score.lines, month)
        return (
            f'<section class="sw-measure"><h{level}>{head} <small>{role}</small></h{level}><p>{" ".join(told)}</p>'
            f'<p class="sw-small">{small}</p>{tables}{self._source_note(figure.sources)}</section>'
        )

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

    def _quotient(self, measure: Measure, figure: Figure) -> str:
        """The formula in words, with numbers put in, as HTML."""
        before, value = self._formula(measure, figure)
        return f"{escape(before)}<b>{escape(value)}</b>" if value else ""

    def quotient_text(self, measure: Measure, figure: Figure) -> str:
        """The formula in words, with numbers put in."""
        return "".join(self._formula(measure, figure))

    def _formula(self, measure: Measure, figure: Figure) -> tuple[str, str]:
        """What stands before the value, and the value; two empty texts where there is none."""
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

    def notes(self, measure: Measure, figure: Figure, month: Month) -> Iterable[str]:
        """Window, round, target, n, interval, adjusted target, flags, signal: what is needed to follow the figure."""
        view, texts, formats = self.view, self.view.texts, self.view.formats
        yield words.window_words(texts, measure.window)
        if figure.round_month is not None and figure.round_month != month:
            yield self._("as of {month}", month=formats.month(figure.round_month))
        target = view.target_words(measure, figure.limits)
        if target:
            yield self._("target {target}", target=target)
        if figure.n is not None and (measure.minimum_n is not None or measure.confident):
            yield f"n = {formats.exact(figure.n)}"
        if figure.interval is not None:
            span = formats.span("percent", *figure.interval, measure.decimals)
            yield self._("confidence interval (95%): {range}", range=span)
        if figure.denominator is not None and figure.denominator != figure.denominator_raw:
            unit = view.amount_unit_of(measure)
            full, adjusted = view.amount(figure.denominator_raw, unit), view.amount(figure.denominator, unit)
            yield self._("target adjusted from {full} to {adjusted}", full=full, adjusted=adjusted)
        if measure.is_target and measure.kind == "ratio" and figure.value is not None:
            yield view.gap_words(measure, figure)
        for flag in figure.flags:
            if flag == "flag" and measure.flag is not None:
                yield view.local(measure.flag.text)
            else:
                yield words.flag_words(texts, flag)
        if figure.signal is not None:
            yield words.signal_words(texts, figure.signal)

    # Tables -----------------------------------------------------------------------------------------------------------

    def _count_heads(self, measure: Measure) -> str:
        labels = measure.labels
        top = self.view.local(labels.numerator) if labels is not None else self._("Numerator")
        heads = f'<th scope="col">{escape(top)}</th>'
        if measure.kind != "sum":
            has_words = labels is not None and labels.denominator is not None
            below = self.view.local(labels.denominator) if has_words and labels else self._("Denominator")  # type: ignore[arg-type]
            heads += f'<th scope="col">{escape(below)}</th>'
        return heads

    def _month_head(self, measure: Measure) -> str:
        found = self._heads.get(id(measure))
        if found is None:
            factor = self._("Factor")
            caption = self._("Month by month")
            month = self._("Month")
            last = f'<th scope="col">{escape(factor)}</th>' if measure.is_target else ""
            found = self._heads[id(measure)] = (
                f"{_table(caption)}"
                f'<thead><tr><th scope="col">{escape(month)}</th>'
                f"{self._count_heads(measure)}{last}</tr></thead><tbody>"
            )
            self._keep.append(measure)
        return found

    def _month_row(self, measure: Measure, part: MonthPart) -> str:
        key = (id(measure), id(part))
        found = self._month_rows.get(key)
        if found is None:
            view = self.view
            cells = f"<td>{view.cell(measure, part.numerator)}"
            if measure.kind != "sum":
                cells += f"<td>{view.cell(measure, part.denominator)}"
            if measure.is_target:
                cells += f"<td>{escape(self.factor_text(part))}"
            out = "" if part.counts else ' class="sw-out"'
            # End tags of cells and rows may be left out, and a page has some 150 of these rows.
            found = f'<tr{out}><th scope="row">{view.formats.month_short(part.month)}{cells}'
            self._month_rows[key] = found
            self._keep.append(part)
        return found

    def factor_text(self, part: MonthPart) -> str:
        """Ramp times availability; where lines differ, a word."""
        if part.ramp_factor is None:
            return self._("by line")
        return self.view.formats.exact(part.ramp_factor * part.availability)

    def _lines(self, measure: Measure, lines: tuple[Figure, ...], month: Month) -> str:
        view = self.view
        rows = []
        for one in lines:
            cells = f"<td>{view.cell(measure, one.numerator)}</td>"
            if measure.kind != "sum":
                cells += f"<td>{view.cell(measure, one.denominator)}</td>"
            name = escape(view.line_name(one.line or "", month))
            value = escape(view.value(measure, one)) or "–"
            rows.append(
                f'<tr><th scope="row">{name}</th>{cells}<td>{value}</td><td>{self.pieces.status(one)}</td></tr>'
            )
        value_and_status = (self._("Value"), self._("Status"))
        heads = "".join([f'<th scope="col">{escape(head)}</th>' for head in value_and_status])
        caption = self._("By product line")
        line_head = self._("Product line")
        return (
            f"{_table(caption, 'sw-table sw-lines')}"
            f'<thead><tr><th scope="col">{escape(line_head)}</th>'
            f"{self._count_heads(measure)}{heads}</tr></thead><tbody>{''.join(rows)}{_TABLE_END}"
        )

    # Sources ----------------------------------------------------------------------------------------------------------

    def _source_note(self, sources: tuple[SourceLines, ...]) -> str:
        if not sources:
            return ""
        found = self._sources.get(sources)
        if found is None:
            found = self._sources[sources] = escape(self.source_words(sources))
        source = self._("Source:")
        return f'<p class="sw-small">{escape(source)} {found}</p>'

    def source_words(self, sources: tuple[SourceLines, ...]) -> str:
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


_TABLE_END = "</tbody></table></div>"


def _table(caption: str, classes: str = "sw-table") -> str:
    """The beginning of a table that scrolls by itself where it is wider than the page."""
    name = escape(caption)
    scroll = f'<div class="sw-scroll" role="group" aria-label="{name}" tabindex="0">'
    return f'{scroll}<table class="{classes}"><caption>{name}</caption>'


def earlier_figures(card: Scorecard, before: Scorecard | None) -> Mapping[str, Figure]:
    """The main figures of the month before, where the measure is the same."""
    if before is None:
        return {}
    units = {score.standard.id: score.main.measure for score in card.standards}
    return {
        score.standard.id: score.main.figure
        for score in before.standards
        if score.standard.id in units
        and (units[score.standard.id].id, units[score.standard.id].unit)
        == (score.main.measure.id, score.main.measure.unit)
    }
