"""A scorecard's content, written in Python: the head, what to look at first, the rows, what was written beside them.

One writer is kept for all scorecards in a language. What is equal in many of them (the edition's link, the legend, the
groups' names) is written once: scorecards lie equally deep, so their links to the handbook are the same.
"""

from __future__ import annotations

from itertools import groupby

from standardwerk.model.handbook import Edition, Revision, named_at
from standardwerk.model.scores import Scorecard
from standardwerk.render import words
from standardwerk.render.afterwards import Afterwards
from standardwerk.render.charts import sign, sprite
from standardwerk.render.escaping import escape
from standardwerk.render.legend import legend
from standardwerk.render.notes import note_html
from standardwerk.render.pieces import ACTION_MARKS, Pieces
from standardwerk.render.rows import RowWriter, Shared, earlier_figures
from standardwerk.render.view import View
from standardwerk.render.wording import blocks
from standardwerk.site import urls
from standardwerk.site.contexts import Result, ScorecardContext
from standardwerk.site.first import Advance, Highlight

#: Characters beside the figures from which on a sheet is set smaller; what an action and a corrected figure take.
_MUCH, _ACTION, _CORRECTION = 500, 60, 120


class ScorecardWriter:
    """Writes scorecards in one language, person by person."""

    def __init__(self, view: View) -> None:
        self.view = view
        self._ = view.texts.gettext
        self.pieces = Pieces(view)
        self.rows = RowWriter(view, self.pieces)
        self.afterwards = Afterwards(self.pieces)
        self._once: dict[tuple[str, object], str] = {}
        self._last: tuple[ScorecardContext, str] | None = None

    def begin(self, shared: Shared) -> None:
        """Begin with a person; ``shared`` is hers in all languages."""
        self.rows.begin(shared)

    def forget(self) -> None:
        """Let go of everything that is a person's."""
        self.rows.begin(Shared())
        self._last = None
        self.view.forget()

    def write(self, context: ScorecardContext) -> str:
        """The content of the page."""
        return "".join(
            (
                f'<div class="sw-page sw-scorecard{_density(context)}">\n{self.sprite(context)}\n',
                *self.parts(context).values(),
                "</div>",
            )
        )

    def parts(self, context: ScorecardContext, name: str = "h1") -> dict[str, str]:
        """The parts of the page in their order; ``name`` is the element the person's name is set in."""
        return {
            "head": self._head(context, name),
            "situation": self._situation(context),
            "results": self.results(context),
            "agreed": self._agreed(context),
            "first": self._first(context),
            "standards": self._standards(context),
            "corrections": self.afterwards.corrections(context),
            "retroactive": self.afterwards.retroactive(context),
            "index": self._index(context.card),
            "notes": self._notes(context),
            "foot": self._foot(context),
        }

    def sprite(self, context: ScorecardContext) -> str:
        """The marks of the states that occur."""
        states = {
            figure.status
            for score in context.card.standards
            for one in score.measures
            for figure in (one.figure, *one.lines)
        }
        states |= {ACTION_MARKS[action.status] for action in context.notes.actions}
        states |= {ACTION_MARKS[one.action.status] for one in context.agreed}
        states |= set(self.afterwards.states(context))
        key = ("sprite", frozenset(states))
        if key not in self._once:
            self._once[key] = sprite(state for state in states if state is not None)
        return self._once[key]

    def _h(self, message: str, **values: object) -> str:
        """A text as HTML."""
        return escape(self._(message, **values))

    # Head -------------------------------------------------------------------------------------------------------------

    def _head(self, context: ScorecardContext, name: str = "h1") -> str:
        view, card = self.view, context.card
        whose = [context.team_name]
        if context.role_name:
            whose.insert(0, view.local(context.role_name))
        if context.lead_name:
            whose.append(self._("Team lead: {name}", name=context.lead_name))
        edition = self._edition(context.edition, context.url)
        as_of = self._h("data as of {date}", date=view.formats.date(context.data_as_of))
        months = self.pieces.months(context.previous, context.next, context.overview_url, context.url)
        kind = self._h("Scorecard")
        return (
            f'<header class="sw-head">\n<p class="sw-kicker">{kind} · '
            f"{escape(view.formats.month(card.month))}</p>\n<{name}><bdi>{escape(card.name)}</bdi></{name}>\n"
            f'<p class="sw-meta">{escape(" · ".join(whose))}</p>\n'
            f'<p class="sw-meta">{edition} · {self._firmness(context)} · {as_of}</p>\n{months}\n</header>\n'
        )

    def _edition(self, edition: Edition, url: str) -> str:
        key = ("edition", edition.label)
        if key not in self._once:
            self._once[key] = self.pieces.edition_link(edition, edition.label, url)
        return self._once[key]

    def _firmness(self, context: ScorecardContext) -> str:
        """How firm the month's figures are."""
        settled, notable = map(escape, words.firmness(self.view.texts, self.view.formats, context.state))
        if not notable:
            return settled
        if not settled:
            return f"<b>{notable}</b>"
        return f'{settled}, <a href="#corrections"><b>{notable}</b></a>'

    def _situation(self, context: ScorecardContext) -> str:
        """What must be known before the figures."""
        found, formats, told = context.situation, self.view.formats, []
        if found.held:
            told.append(self._("Some figures are held back: their data are being checked, and they will follow."))
        if found.empty:
            told.append(self._("There are no figures for this month yet."))
        if found.first_scored is not None:
            told.append(
                self._(
                    "This is the entry month: figures are shown, not scored. "
                    "Your first scored scorecard appears in {month}.",
                    month=formats.month(found.first_scored),
                )
            )
        elif found.ramp_until is not None:
            told.append(
                self._(
                    "You are in ramp-up until {month}: until then some standards are shown, not scored.",
                    month=formats.month(found.ramp_until),
                )
            )
        if found.last_day is not None:
            told.append(self._("The last scorecard: with us until {date}.", date=formats.date(found.last_day)))
        if not told:
            return ""
        return f'<div class="sw-hint">{"".join([f"<p>{escape(one)}</p>" for one in told])}</div>\n'

    # Results ----------------------------------------------------------------------------------------------------------

    def results(self, context: ScorecardContext) -> str:
        """The figures that are read first; the sheet for a talk shows the same as the scorecard before it."""
        if self._last is None or self._last[0] is not context:
            self._last = (context, self._results(context))
        return self._last[1]

    def _results(self, context: ScorecardContext) -> str:
        if not context.results:
            return ""
        cards = "".join([self._result(result, context.card) for result in context.results])
        label = self._h("Results")
        return f'<section class="sw-results" aria-label="{label}">\n{cards}</section>\n'

    def _result(self, result: Result, card: Scorecard) -> str:
        """A figure with its target. Amounts of money stand first, the percentage beside them."""
        view, score = self.view, result.score
        measure, figure = score.measure, score.figure
        period = escape(view.period(measure, figure, card.month))
        head = f"<h2>{escape(view.local(measure.title))} <small>{period}</small></h2>"
        value = view.value(measure, figure)
        status = self.pieces.status(figure)
        if not value:
            return f'<div class="sw-result">{head}<p>{status or "–"}</p></div>\n'
        told = []
        if figure.denominator and result.amount_unit == "currency" and measure.unit == "percent":
            big = view.amount(figure.numerator, "currency")
            target = view.amount(view.target_amount(measure, figure), "currency")
            told.append(self._("{percent} of {target}", percent=value, target=target))
        else:
            big = value
            if score.deciding_line:
                told.append(view.line_name(score.deciding_line, card.month))
            if figure.denominator:
                amount = view.amount(figure.numerator, result.amount_unit)
                target = view.amount(view.target_amount(measure, figure), result.amount_unit)
                told.append(self._("{amount} of {target}", amount=amount, target=target))
        lines = "".join([f"<p>{escape(one)}</p>" for one in told])
        gap = ""
        if measure.is_target and figure.denominator:
            gap = f'<p class="sw-gap">{escape(view.gap_words(measure, figure))}</p>'
        state = f"<p>{status}</p>" if status else ""
        chart = view.bullet(score, view.local(measure.title))
        return f'<div class="sw-result">{head}<p class="sw-big">{escape(big)}</p>{lines}{gap}{state}{chart}</div>\n'

    # What to do -------------------------------------------------------------------------------------------------------

    def _agreed(self, context: ScorecardContext) -> str:
        if not context.agreed:
            return ""
        last = context.card.month - 1
        listed = [(one.action, None if one.agreed_in == last else one.agreed_in, one.overdue) for one in context.agreed]
        head = self._h("Agreed last month")
        return f'<section class="sw-agreed">\n<h2>{head}</h2>\n{self.pieces.actions(listed)}\n</section>\n'

    def _first(self, context: ScorecardContext) -> str:
        head = self._h("Look here first")
        if not context.highlights:
            if context.situation.unscored:
                return ""
            well = self._h("No standard is missed or near.")
            return f'<section class="sw-panel sw-first">\n<h2>{head}</h2>\n<p>{well}</p>\n</section>\n'
        items = "".join([self._highlight(one, context) for one in context.highlights])
        return f'<section class="sw-panel sw-first">\n<h2>{head}</h2>\n<ol>\n{items}</ol>\n</section>\n'

    def _highlight(self, one: Highlight, context: ScorecardContext) -> str:
        """A standard with the reason, and the first step of how to improve."""
        view, score = self.view, one.standard
        identity = score.standard.id
        reason = self.reason(one, context.card)
        state = self.pieces.state_with(score.status, escape(self.verdict(one)))
        improve = self._improve(score.revision, context.edition, identity, context.url)
        return (
            f'<li><a href="#{identity}"><b>{escape(view.standard_title(score))}</b></a> {state}: '
            f"{escape(reason)}. {improve}</li>\n"
        )

    def verdict(self, one: Highlight) -> str:
        """What a standard to look at first is, in a word: „neu verfehlt“."""
        return {
            "newly_missed": self._("now missed"),
            "missed": words.state_word(self.view.texts, one.standard.status),
            "newly_near": self._("now near"),
            "near": words.state_word(self.view.texts, one.standard.status),
        }[one.reason]

    def reason(self, one: Highlight, card: Scorecard) -> str:
        """Why to look at a standard first: „Service 1,9-fach, Zielwert mindestens 3-fach“."""
        view, main = self.view, one.standard.main
        figure = main.figure
        value, target = view.value(main.measure, figure), view.target_words(main.measure, figure.limits)
        if main.deciding_line:
            value = f"{view.line_name(main.deciding_line, card.month)} {value}"
        reason = self._("{value}, target {target}", value=value, target=target) if target else value
        if one.worsening and figure.signal is not None:
            reason = f"{reason}; {words.signal_words(view.texts, figure.signal, one.standard.main.measure)}"
        return reason

    def _improve(self, revision: Revision, edition: Edition, identity: str, url: str) -> str:
        key = ("improve", (edition.label, identity))
        if key not in self._once:
            page = self.view.link(urls.standard(self.view.language, edition, identity), url)
            how = self._h("How to improve")
            which = escape(self._title(revision))
            link = f'<a class="sw-link" href="{page}#improve">{how}<span class="sw-aloud">: {which}</span></a>'
            step = first_step(revision, self.view.language)
            self._once[key] = f'<span class="sw-step">{escape(step)} {link}</span>' if step else link
        return self._once[key]

    def _title(self, revision: Revision) -> str:
        return revision.wording[self.view.language].title

    # Standards --------------------------------------------------------------------------------------------------------

    def _standards(self, context: ScorecardContext) -> str:
        card = context.card
        earlier = earlier_figures(card, context.before)
        corrected = {change.standard for one in context.corrections for change in one.changes}
        twice = {one.other.standard.id for one in context.retroactive}
        parts = []
        for group, scores in groupby(card.standards, lambda score: score.standard.identity.group):
            parts.append(f'<h3>{self._group(group, context.edition)}</h3>\n<div class="sw-rows">')
            for score in scores:
                identity = score.standard.id
                parts.append(
                    self.rows.row(
                        score,
                        card,
                        context.history,
                        earlier.get(identity),
                        context.edition,
                        context.url,
                        corrected=identity in corrected,
                        twice=identity in twice,
                        ratings=context.ratings.get(identity, ()),
                    )
                )
            parts.append("</div>\n")
        heads = self._once.get(("heads", None)) or self._heads()
        head = self._h("All standards")
        return (
            f'<section class="sw-standards">\n<h2>{head}</h2>\n{self._counts(context)}\n'
            f"{self._well(context)}{legend(self.view)}\n{heads}\n{''.join(parts)}</section>\n"
        )

    def _heads(self) -> str:
        """Above the rows: what stands in them. Rows say it to screen readers themselves."""
        heads = (
            self._("Standard"),
            self._("Value"),
            self._("Target"),
            "",
            self._("Status"),
            self._("12 months"),
            self._("Change on last month"),
        )
        cells = "".join([f"<span>{escape(head)}</span>" for head in heads])
        found = self._once["heads", None] = f'<div class="sw-heads" aria-hidden="true">{cells}</div>'
        return found

    def _group(self, group: str, edition: Edition) -> str:
        key = ("group", (group, edition.label))
        if key not in self._once:
            name = named_at(self.view.handbook.names.groups, group, edition.effective_from)
            self._once[key] = escape(name.name[self.view.language]) if name is not None else ""
        return self._once[key]

    def _counts(self, context: ScorecardContext) -> str:
        """How many standards are in each state, with the change on the month before."""
        before = context.before.summary if context.before is not None else None
        items, changed = [], False
        for state, count in context.card.summary.items():
            word = escape(words.state_word(self.view.texts, state))
            change = count - before.get(state, 0) if before is not None else 0
            more = f" <small>({self.view.formats.signed(change)})</small>" if change else ""
            changed = changed or bool(change)
            css = state.value.replace("_", "-")
            items.append(f'<li class="sw-{css}">{sign(state)} <b>{count}</b> {word}{more}</li>')
        if before is None:
            said = self._h("no month before to compare with")
            items.append(f'<li class="sw-small">{said}</li>')
        elif changed:
            said = self._h("(change on last month)")
            items.append(f'<li class="sw-small">{said}</li>')
        return f'<ul class="sw-counts">{"".join(items)}</ul>'

    def _well(self, context: ScorecardContext) -> str:
        """What has become good: standards that are met again, and those that stand out for the better."""
        if not context.advances:
            return ""
        told = "; ".join([self._advance(one) for one in context.advances])
        well = self._h("Went well:")
        return f'<p class="sw-well"><b>{well}</b> {told}</p>\n'

    def _advance(self, one: Advance) -> str:
        view, main = self.view, one.standard.main
        title = escape(view.standard_title(one.standard))
        why = self._("now met") if one.newly_met else ""
        if one.signal is not None:
            signal = words.signal_words(view.texts, one.signal, main.measure)
            why = f"{why}; {signal}" if why else signal
        value = escape(view.value(main.measure, main.figure))
        return f'<a href="#{one.standard.standard.id}">{title}</a> {value} ({escape(why)})'

    # What was written, and where to turn ------------------------------------------------------------------------------

    def _index(self, card: Scorecard) -> str:
        if card.index is None:
            return ""
        formats = self.view.formats
        if card.index.value is not None:
            text = self._("Index: {value} of 100", value=formats.number(card.index.value))
        else:
            text = self._("Index: not enough standards scored")
        coverage = self._("coverage {percent}", percent=formats.percent(card.index.coverage_percent))
        return f'<p class="sw-index">{escape(f"{text} ({coverage})")}</p>\n'

    def _notes(self, context: ScorecardContext) -> str:
        notes, foreign = context.notes, self.pieces.foreign
        parts = []
        for title, text in ((self._("Note by the team lead"), notes.note), (self._("Reply"), notes.reply)):
            if text:
                parts.append(
                    f"<div><h3>{escape(title)}</h3>\n<blockquote{foreign}>{note_html(text)}</blockquote></div>\n"
                )
        if notes.actions:
            listed = [(action, None, False) for action in notes.actions]
            head = self._h("Agreed actions")
            parts.append(f"<div><h3>{head}</h3>\n{self.pieces.actions(listed)}</div>\n")
        if not parts:
            return ""
        head = self._h("Note, reply, actions")
        return (
            f'<section class="sw-notes">\n<h2>{head}</h2>\n<div class="sw-written">{"".join(parts)}</div></section>\n'
        )

    def _foot(self, context: ScorecardContext) -> str:
        """Method, whom to ask, downloads; and once more the way to the months beside."""
        view, url = self.view, context.url
        key = ("method", context.edition.label)
        if key not in self._once:
            method = view.link(urls.method(view.language, context.edition), url)
            how = self._h("How scoring works")
            self._once[key] = f'<a href="{method}">{how}</a>'
        ask = self._("Questions about a figure: ask your team lead.")
        if context.lead_name:
            ask = self._("Questions about a figure: ask {name}, your team lead.", name=context.lead_name)
        if context.state.kind == "open" and context.state.until is not None:
            until = view.formats.date(context.state.until)
            ask += " " + self._("If it is wrong, object until {date}.", date=until)
        if view.site.pay_relevant == "no":
            ask += " " + self._("This scorecard has no bearing on pay.")
        ways = [self._once[key]]
        for told, file in (
            (self._h("Figures as JSON"), context.json_url),
            (self._h("Figures as CSV"), context.csv_url),
        ):
            if file:
                ways.append(f'<a href="{view.link(file, url)}" download>{told}</a>')
        return f'<footer class="sw-foot">\n<p>{escape(ask)}</p>\n<p>{" · ".join(ways)}</p>\n</footer>\n'


def _density(context: ScorecardContext) -> str:
    """A class for scorecards with much text beside the figures: on paper they are set smaller, to fit on one sheet."""
    notes = context.notes
    actions = [*notes.actions, *(one.action for one in context.agreed)]
    written = len(notes.note) + len(notes.reply) + sum(len(action.text) + _ACTION for action in actions)
    written += sum(_CORRECTION * (1 + len(one.shown)) for one in context.corrections)
    written += sum(_CORRECTION * (1 + len(one.figures)) for one in context.retroactive)
    return " sw-dense" if written > _MUCH else ""


def first_step(revision: Revision, language: str) -> str:
    """The first step of how to improve, as plain text; empty if the wording has none."""
    section = revision.wording[language].section("improve")
    found = blocks(section.markdown) if section is not None else ()
    return next((block.text for block in found if block.kind in {"item", "p"}), "")
