"""Pieces that the personal pages share, written in Python: they stand in many places of many pages."""

from __future__ import annotations

from collections.abc import Iterable

from standardwerk.model.months import Month
from standardwerk.model.notes import Action
from standardwerk.model.scores import Figure, State
from standardwerk.render import words
from standardwerk.render.charts import sign
from standardwerk.render.escaping import escape
from standardwerk.render.view import View
from standardwerk.site import urls
from standardwerk.site.contexts import MonthLink

#: The state whose mark an action has: open ones wait, done ones are well, dropped ones no longer apply.
ACTION_MARKS = {"open": State.NOT_DUE, "done": State.MET, "dropped": State.NOT_APPLICABLE}


class Pieces:
    """Writes pieces in one language; what it has written it remembers."""

    def __init__(self, view: View) -> None:
        self.view = view
        self._ = view.texts.gettext
        self.languages = tuple(view.handbook.names.languages)
        self.foreign = "" if view.language == self.languages[0] else f' lang="{self.languages[0]}"'
        """The attribute of a text that people wrote: they write in the handbook's first language."""
        self._statuses: dict[tuple[object, ...], str] = {}

    def status(self, figure: Figure, classes: str = "sw-state") -> str:
        """Mark and word of a state; empty without one."""
        if figure.status is None:
            return ""
        counted = (figure.n, figure.n_needed) if figure.status is State.TOO_FEW else None
        key = (figure.status, figure.reason, counted, classes)
        found = self._statuses.get(key)
        if found is None:
            text = escape(words.figure_state_words(self.view.texts, self.view.formats, figure))
            found = self._statuses[key] = self.state_with(figure.status, text, classes)
        return found

    def state_with(self, state: State, html: str, classes: str = "sw-state") -> str:
        """The mark of a state before a text in its colour."""
        return f'<span class="{classes} {_css(state)}">{sign(state)} {html}</span>'

    def months(self, previous: MonthLink | None, following: MonthLink | None, overview: str, url: str) -> str:
        """The ways to the months before and after, and to all."""
        view, parts = self.view, []
        if previous is not None:
            name = escape(view.formats.month(previous.month))
            parts.append(f'<a rel="prev" href="{view.link(previous.url, url)}">‹ {name}</a>')
        if overview:
            every = escape(self._("All months"))
            parts.append(f'<a href="{view.link(overview, url)}">{every}</a>')
        if following is not None:
            name = escape(view.formats.month(following.month))
            parts.append(f'<a rel="next" href="{view.link(following.url, url)}">{name} ›</a>')
        if not parts:
            return ""
        label = escape(self._("Months"))
        return f'<nav class="sw-months" aria-label="{label}">{"".join(parts)}</nav>'

    def actions(self, listed: Iterable[tuple[Action, Month | None, bool]]) -> str:
        """Agreed actions: mark of their state, text, who, until when; the month they come from, if it is given."""
        items = []
        for action, month, overdue in listed:
            by = self._("by you") if action.owner == "rep" else self._("by the team lead")
            told = [by]
            if action.due is not None:
                told.append(self._("until {date}", date=self.view.formats.date(action.due)))
            if month is not None:
                told.append(self._("agreed in {month}", month=self.view.formats.month(month)))
            small = escape(", ".join(told))
            state = self._state_of(action.status, overdue)
            items.append(f"<li>{state} <span{self.foreign}>{escape(action.text)}</span> <small>{small}</small></li>")
        return f'<ul class="sw-actions">{"".join(items)}</ul>'

    def _state_of(self, status: str, overdue: bool) -> str:
        word = words.action_word(self.view.texts, status)
        if overdue:
            word = self._("{state}, overdue", state=word)
        return self.state_with(ACTION_MARKS[status], escape(word))

    def edition_link(self, edition: object, label: str, url: str) -> str:
        """The way to an edition."""
        href = self.view.link(urls.tree(self.view.language, edition), url)  # type: ignore[arg-type]
        name = escape(self._("Edition {label}", label=label))
        return f'<a href="{href}">{name}</a>'


def _css(state: State) -> str:
    return "sw-" + state.value.replace("_", "-")
