"""What changed about a closed month afterwards: corrections, and the results under retroactive revisions."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from standardwerk.model.handbook import Measure
from standardwerk.model.months import Month
from standardwerk.model.scores import Figure, Scorecard, State
from standardwerk.render import words
from standardwerk.render.pieces import Pieces
from standardwerk.site import urls
from standardwerk.site.contexts import ScorecardContext, ShownChange, ShownCorrection, ShownPair, ShownRetroactive


class Afterwards:
    """Writes these sections in one language."""

    def __init__(self, pieces: Pieces) -> None:
        self.view = pieces.view
        self._ = pieces.view.texts.gettext
        self.pieces = pieces

    def states(self, context: ScorecardContext) -> Iterator[State | None]:
        """The states whose marks the sections show."""
        for correction in context.corrections:
            for change in correction.shown:
                yield from (figure.status for figure in (change.was, change.now) if figure)
        for one in context.retroactive:
            for pair in one.figures:
                yield from (found[1].status for found in (pair.published, pair.other) if found)

    def _h(self, message: str, **values: object) -> str:
        return escape(self._(message, **values))

    # Corrections ------------------------------------------------------------------------------------------------------

    def corrections(self, context: ScorecardContext) -> str:
        """The corrections with the figures before and after; empty without any."""
        if not context.corrections:
            return ""
        parts = "".join([self._correction(one, context.card) for one in context.corrections])
        head = self._h("Corrections")
        return f'<section class="sw-corrections" id="corrections">\n<h2>{head}</h2>\n{parts}</section>\n'

    def _correction(self, shown: ShownCorrection, card: Scorecard) -> str:
        view, correction = self.view, shown.correction
        reason = words.correction_words(view.texts, correction.reason)
        head = escape(f"{view.formats.date(correction.date)}: {reason}")
        why = f"<span{self.pieces.foreign}>{escape(correction.note)}</span>"
        if correction.month != card.month:
            month = view.formats.month(correction.month)
            why += " " + self._h("This month changes in consequence of a correction of {month}.", month=month)
        table = ""
        if shown.shown:
            heads = (self._("Measure"), self._("Before"), self._("After"))
            rows = "".join([self._change(change, card) for change in shown.shown])
            table = _table(self._("Figures before and after"), heads, rows)
        return f"<h3>{head}</h3>\n<p>{why}</p>\n{table}\n"

    def _change(self, change: ShownChange, card: Scorecard) -> str:
        view, score = self.view, change.standard
        name = f": {view.local(change.score.measure.title)}{self._line(change.line, card.month)}"
        cells = "".join(
            [f"<td>{self._figure(change.score.measure, figure)}</td>" for figure in (change.was, change.now)]
        )
        title = escape(view.standard_title(score))
        return f'<tr><th scope="row"><a href="#{score.standard.id}">{title}</a>{escape(name)}</th>{cells}</tr>'

    def _line(self, line: str | None, month: Month) -> str:
        return f", {self.view.line_name(line, month)}" if line else ""

    def _figure(self, measure: Measure, figure: Figure | None) -> str:
        if figure is None:
            return "–"
        view = self.view
        html = escape(view.value(measure, figure)) or "–"
        if figure.numerator is not None and figure.denominator is not None:
            parts = f"{view.part(measure, figure.numerator)} ÷ {view.part(measure, figure.denominator)}"
            html += f" <small>({escape(parts)})</small>"
        return f"{html} {self.pieces.status(figure)}"

    # Retroactive revisions --------------------------------------------------------------------------------------------

    def retroactive(self, context: ScorecardContext) -> str:
        """Both results of a closed month, where a later revision holds for it; empty without any."""
        if not context.retroactive:
            return ""
        parts = "".join([self._both(one, context) for one in context.retroactive])
        head = self._h("Under retroactive revisions")
        intro = self._h(
            "The results above are those that were published, and they stay. "
            "For comparison, the results under revisions that were published later and hold for this month as well:"
        )
        return (
            f'<section class="sw-corrections" id="retroactive">\n<h2>{head}</h2>\n<p>{intro}</p>\n{parts}</section>\n'
        )

    def _both(self, one: ShownRetroactive, context: ScorecardContext) -> str:
        view, shown = self.view, one.other.score or one.published
        assert shown is not None
        title = view.standard_title(shown)
        parts = [f"<h3>{escape(title)}</h3>"]
        for term in one.other.terms:
            day = view.formats.date(term.edition.published_on)
            since = self._("Edition {label}, published on {date}:", label=term.edition.label, date=day)
            why = f"{since} {view.local(term.retroactive.reason)} ({term.retroactive.agreement_ref})"
            parts.append(f"<p>{escape(why)}</p>")
        if one.other.score is None:
            gone = self._h("Under it this standard is not scored in this month.")
            return "\n".join([*parts, f"<p>{gone}</p>\n"])
        page = view.link(urls.standard(view.language, one.edition, one.other.standard.id), context.url)
        link = self._h("The standard, edition {label}: {title}", label=one.edition.label, title=title)
        parts.append(f'<p><a href="{page}">{link}</a></p>')
        if one.figures:
            heads = (self._("Measure"), self._("Published"), self._("Under the retroactive revision"))
            rows = "".join([self._pair(pair, context.card.month) for pair in one.figures])
            parts.append(_table(self._("Both results"), heads, rows))
        else:
            same = self._h("Both give the same result.")
            parts.append(f"<p>{same}</p>")
        return "\n".join(parts) + "\n"

    def _pair(self, pair: ShownPair, month: Month) -> str:
        name = escape(self.view.local(pair.measure.title) + self._line(pair.line, month))
        cells = []
        for found in (pair.published, pair.other):
            html = "–"
            if found is not None:
                html = self._figure(*found)
                target = self.view.target_words(found[0], found[1].limits)
                said = self._h("target {target}", target=target)
                html += f" <small>{said}</small>" if target else ""
            cells.append(f"<td>{html}</td>")
        return f'<tr><th scope="row">{name}</th>{"".join(cells)}</tr>'


def _table(caption: str, heads: tuple[str, ...], rows: str) -> str:
    name = escape(caption)
    cells = "".join([f'<th scope="col">{escape(head)}</th>' for head in heads])
    return (
        f'<div class="sw-scroll" role="group" aria-label="{name}" tabindex="0"><table class="sw-table">'
        f"<caption>{name}</caption><thead><tr>{cells}</tr></thead><tbody>{rows}</tbody></table></div>"
    )
