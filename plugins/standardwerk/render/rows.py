"""The rows of a scorecard, written in Python.

A page has 17 rows with several measures and month tables each, some 1,500 places to fill. Templates cost several
milliseconds for them, this a fraction. What a month contributes to a measure looks the same in each of the windows the
month is in, so its table row is written once per person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from standardwerk.model.handbook import Edition, Measure, Standard
from standardwerk.model.months import Month
from standardwerk.model.scores import Figure, MeasureScore, MonthPart, Scorecard, SourceLines, StandardScore
from standardwerk.render import words
from standardwerk.render.anchors import level_above
from standardwerk.render.change_words import ChangeWords
from standardwerk.render.escaping import escape
from standardwerk.render.histories import Histories
from standardwerk.render.maths import Maths
from standardwerk.render.pieces import Pieces
from standardwerk.render.source_words import SourceGroups, SourceWords
from standardwerk.render.view import View
from standardwerk.site import urls
from standardwerk.site.ratings import Rating


@dataclass(frozen=True, slots=True)
class Shared:
    """What the pages of one person share in all languages."""

    histories: Histories = field(default_factory=Histories)
    sources: SourceGroups = field(default_factory=SourceGroups)


@dataclass(frozen=True, slots=True)
class _Fixed:
    """What is the same wherever a measure is shown, as HTML."""

    measure: Measure
    start: str
    """The beginning of its section."""
    months: str
    """The beginning of its table of months."""


class RowWriter:
    """Writes the rows of scorecards in one language, person by person."""

    def __init__(self, view: View, pieces: Pieces | None = None) -> None:
        self.view = view
        self.pieces = pieces or Pieces(view)
        self.maths = Maths(view)
        self._ = view.texts.gettext
        self._keep: list[object] = []
        self._fixed: dict[tuple[int, int], _Fixed] = {}
        self._links: dict[tuple[str, str], tuple[str, str, str]] = {}
        self._anchors: dict[tuple[int, str, str], str] = {}
        self._ends: dict[str, frozenset[date]] = {}
        self._source_words = SourceWords(view.formats)
        self.begin(Shared())

    def begin(self, shared: Shared) -> None:
        """Begin with a person; ``shared`` is hers in all languages."""
        self.shared = shared
        # What is found by its id is kept, so that the id stays its own.
        self._month_rows: dict[tuple[int, int], str] = {}
        self._parts: list[MonthPart] = []
        self._sources: dict[int, str] = {}
        self._source_words.forget()

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
        ratings: tuple[Rating, ...] = (),
    ) -> str:
        """A standard: its line, which opens to the maths.

        ``twice``: it has another result under a retroactive revision. ``ratings``: the single ones it stands for.
        """
        view = self.view
        main, figure = score.main, score.main.figure
        title = view.standard_title(score)
        line = f" <small>{escape(view.line_name(main.deciding_line, card.month))}</small>" if main.deciding_line else ""
        if corrected:
            line += f' <small class="sw-corrected">{escape(words.month_state_words(view.texts, "corrected"))}</small>'
        if self._last_days(score.standard):
            line += self._end_of(score.standard, card.month)
        if twice:
            both = escape(self._("two results"))
            line += f' <small class="sw-corrected">{both}</small>'
        drawn = self.shared.histories.line(history, score, card.month)
        signal = ""
        if figure.signal is not None and figure.signal.kind != "none":
            signal = (
                f'<span class="sw-signal">{escape(words.signal_words(view.texts, figure.signal, main.measure))}</span>'
            )
        name, links, page = self._links_of(score, edition, url)
        measures = "".join([self.measure(found, card.month, within=score) for found in score.measures])
        bare = " sw-bare" if main.measure.unit in {"points", "number"} and not main.measure.unit_label else ""
        return (
            f'<details class="sw-row" id="{score.standard.id}"><summary>'
            f'<span class="sw-title">{name}{line}</span>'
            f'<span class="sw-value{bare}">{escape(view.value(main.measure, figure)) or "–"}</span>'
            f'<span class="sw-target">{escape(view.target_words(main.measure, figure.limits))}</span>'
            f"{view.bullet(main, title) or _NO_CHART}"
            f"{self.pieces.status(figure, 'sw-status sw-state')}"
            f"{view.history_line(drawn, main.measure, title) or _NO_CHART}"
            f'<span class="sw-change">{escape(view.difference(main.measure, figure, earlier))}</span>'
            f'{signal}</summary><div class="sw-open">{links}{measures}'
            f"{self._ratings(ratings)}{self._anchors_of(score, page)}</div></details>\n"
        )

    def _end_of(self, standard: Standard, month: Month) -> str:
        """On the last scorecard with a standard: that it ended, if that was known when the month ended."""
        day = month.plus(1).first_day
        edition = self.view.handbook.edition_at(day) if day in self._last_days(standard) else None
        if edition is None or edition.published_on > month.last_day:
            return ""
        ended = escape(self._("retired on {date}", date=self.view.formats.date(day)))
        return f" <small>{ended}</small>"

    def _last_days(self, standard: Standard) -> frozenset[date]:
        """The days on which a standard ends."""
        found = self._ends.get(standard.id)
        if found is None:
            ends = [one.effective_from for one in standard.revisions if one.rules.retired]
            found = self._ends[standard.id] = frozenset(ends)
        return found

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
            decided = escape(self._("Decided by the source system: {rules}", rules=rules))
            beside = f'<p class="sw-small">{decided}</p>' if rules else ""
            found = self._links[key] = (escape(title), f'<p class="sw-links">{links}</p>{beside}', page)
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

    def _ratings(self, ratings: tuple[Rating, ...]) -> str:
        """Each item's rating with who gave it, when, and what else is known of it, folded."""
        if not ratings:
            return ""
        view = self.view
        columns = tuple(dict.fromkeys(name for one in ratings for name in one.more))
        titles = "".join([f'<th scope=col class="sw-wrap">{escape(self._column_title(name))}' for name in columns])
        first, last = _cells((self._("Item"), self._("Rating"))), _cells((self._("Rated by"), self._("Month")))
        own = self._("Self-rating")
        rows = []
        for one in ratings:
            item = one.item if isinstance(one.item, str) else view.local(one.item)
            rater = own if one.is_own else one.rater
            month = view.formats.month_short(one.month)
            more = "".join([self._rating_cell(one.more.get(name)) for name in columns])
            rows.append(f"<tr><th scope=row>{escape(item)}<td>{one.value}{more}<td>{escape(rater) or '–'}<td>{month}")
        caption = self._("Item by item")
        table = (
            f"{_table(caption, 'sw-table sw-lines sw-rated')}<thead><tr>{first}{titles}{last}"
            f"<tbody>{''.join(rows)}{_TABLE_END}"
        )
        return f'<details class="sw-fold"><summary>{escape(caption)}</summary>{table}</details>'

    def _column_title(self, name: str) -> str:
        found = self.view.site.columns.get(name)
        return self.view.local(found.title) if found is not None and found.title is not None else name

    def _rating_cell(self, value: object) -> str:
        """A cell of a further column: what people wrote is in their language, and may be long."""
        if value is None:
            return "<td>"
        if isinstance(value, date):
            return f"<td>{self.view.formats.date(value)}"
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            return f"<td>{self.view.formats.exact(value)}"
        return f'<td class="sw-wrap"{self.pieces.foreign}>{escape(str(value))}'

    def measure(self, score: MeasureScore, month: Month, level: int = 4, within: StandardScore | None = None) -> str:
        """A measure's maths under a heading of a level; ``within`` the standard, it says what a revision cut off."""
        view, measure, figure = self.view, score.measure, score.figure
        fixed = self._fixed.get((id(measure), level)) or self._fix(measure, level)
        status, quotient = self.pieces.status(figure), self._quotient(measure, figure)
        told = f"{status} {quotient}" if status and quotient else status or quotient or "–"
        if score.deciding_line:
            told += f" ({escape(view.line_name(score.deciding_line, month))})"
        small = " · ".join([escape(step) for _, step in self.maths.steps(measure, figure, month, within)])
        tables = ""
        if len(figure.months) > 1 and measure.judged:
            known = self._month_rows
            rows = "".join(
                [known.get((id(measure), id(part))) or self._month_row(measure, part) for part in figure.months]
            )
            tables = f"{fixed.months}{rows}{_TABLE_END}"
        if score.lines:
            tables += self._lines(measure, score.lines, month)
        return f'{fixed.start}{told}<p class="sw-small">{small}{tables}{self._source_note(figure.sources)}</section>'

    def _fix(self, measure: Measure, level: int) -> _Fixed:
        head = escape(self.view.local(measure.title))
        role = escape(words.measure_role_word(self.view.texts, measure.role))
        start = f"<section><h{level}>{head} <small>{role}</small></h{level}><p>"
        found = self._fixed[id(measure), level] = _Fixed(measure, start, self._month_head(measure))
        return found

    def _quotient(self, measure: Measure, figure: Figure) -> str:
        """The formula in words, with numbers put in, as HTML."""
        label, counts, value = self.maths.formula(measure, figure)
        return f"{escape(label)}{escape(counts)}<b>{escape(value)}</b>" if value else ""

    # Tables -----------------------------------------------------------------------------------------------------------

    def _month_head(self, measure: Measure) -> str:
        factor = self._("Factor")
        caption = self._("Month by month")
        month = self._("Month")
        last = (factor,) if measure.is_target else ()
        heads = _heads((month, *self.maths.count_heads(measure), *last))
        return f"{_table(caption)}{heads}"

    def _month_row(self, measure: Measure, part: MonthPart) -> str:
        cells = "".join([f"<td>{cell}" for cell in self.maths.counts(measure, part)])
        if measure.is_target:
            cells += f"<td>{escape(self.maths.factor(part))}"
        out = "" if part.counts else ' class="sw-out"'
        row = f"<tr{out}><th scope=row>{self.view.formats.month_short(part.month)}{cells}"
        self._month_rows[id(measure), id(part)] = row
        self._parts.append(part)
        return row

    def _lines(self, measure: Measure, lines: tuple[Figure, ...], month: Month) -> str:
        view = self.view
        rows = []
        for one in lines:
            cells = "".join([f"<td>{cell}" for cell in self.maths.counts(measure, one)])
            name = escape(view.line_name(one.line or "", month))
            value = escape(view.value(measure, one)) or "–"
            rows.append(f"<tr><th scope=row>{name}{cells}<td>{value}<td>{self.pieces.status(one)}")
        heads = _heads((self._("Product line"), *self.maths.count_heads(measure), self._("Value"), self._("Status")))
        caption = self._("By product line")
        return f"{_table(caption, 'sw-table sw-lines')}{heads}{''.join(rows)}{_TABLE_END}"

    # Sources ----------------------------------------------------------------------------------------------------------

    def _source_note(self, sources: tuple[SourceLines, ...]) -> str:
        if not sources:
            return ""
        # The groups live as long as what is shared of the person, so their id stays their own.
        groups = self.shared.sources.of(sources)
        found = self._sources.get(id(groups))
        if found is None:
            source = self._("Source:")
            told = escape(self._source_words.words(groups))
            found = self._sources[id(groups)] = f'<p class="sw-small">{escape(source)} {told}'
        return found


#: End tags of paragraphs, cells, rows and their groups may be left out, and quotes; a page has some 200 rows.
_NO_CHART = "<span></span>"
"""Keeps the place of a chart."""
_TABLE_END = "</table></div>"


def _heads(names: Iterable[str]) -> str:
    return f"<thead><tr>{_cells(names)}<tbody>"


def _cells(names: Iterable[str]) -> str:
    return "".join([f"<th scope=col>{escape(name)}" for name in names])


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
