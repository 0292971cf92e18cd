"""Words for what came of a month's sources, for its days and for how far it has come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from standardwerk.model.months import Month
from standardwerk.model.sources import Source
from standardwerk.render.formats import Formats
from standardwerk.render.texts import Texts
from standardwerk.site.intake import SourceIntake
from standardwerk.site.status import Deadline, Standing


def pgettext(context: str, message: str) -> tuple[str, str]:
    """Mark a message of a context for the catalogue."""
    return context, message


_STATES = {
    "arrived": pgettext("file", "arrived"),
    "faulty": pgettext("file", "has errors"),
    "missing": pgettext("file", "missing"),
    "awaited": pgettext("file", "not there yet"),
    "not_due": pgettext("file", "not due"),
    "not_needed": pgettext("file", "not needed"),
    "not_collected": pgettext("file", "not collected"),
}
_DEADLINES = {
    "inputs": pgettext("deadline", "figures delivered by"),
    "published": pgettext("deadline", "scorecards published on"),
    "objections": pgettext("deadline", "objections until"),
}
_DAYS = {
    "passed": pgettext("deadline", "passed"),
    "today": pgettext("deadline", "today"),
    "next": pgettext("deadline", "next"),
    "later": pgettext("deadline", "later"),
}


class IntakeWords:
    """The words in one language. ``languages`` are those of the handbook, the original first."""

    def __init__(self, texts: Texts, formats: Formats, languages: tuple[str, ...]) -> None:
        self.texts = texts
        self.formats = formats
        self.languages = languages

    def local(self, text: Mapping[str, str]) -> str:
        """A text per language: in this one, or the original if the handbook does not have it."""
        return text.get(self.texts.language, text[self.languages[0]])

    def title(self, source: Source) -> str:
        """What a source is called."""
        return self.local(source.form.title) if source.form.title is not None else source.name

    def column(self, name: str, title: Mapping[str, str] | None) -> str:
        """What a column is called."""
        return self.local(title) if title is not None else name

    def state(self, one: SourceIntake) -> str:
        """The state of a source's file in a word."""
        return self.texts.pgettext(*_STATES[one.state])

    def file_state(self, one: SourceIntake) -> str:
        """The same, and whether rows are missing."""
        if one.state == "arrived" and one.arrival is not None and one.arrival.missing:
            return self.texts.pgettext("file", "incomplete")
        return self.state(one)

    def state_capital(self, one: SourceIntake) -> str:
        """The same at the beginning of a line."""
        word = self.state(one)
        return word[:1].upper() + word[1:]

    def deadline(self, one: Deadline) -> str:
        """What is due on the day."""
        return self.texts.pgettext(*_DEADLINES[one.kind])

    def day_state(self, one: Deadline) -> str:
        """Whether the day has passed."""
        return self.texts.pgettext(*_DAYS[one.state])

    def rows(self, count: int) -> str:
        """How many rows."""
        shown = self.formats.exact(count)
        return self.texts.ngettext("{count}\N{NO-BREAK SPACE}row", "{count}\N{NO-BREAK SPACE}rows", count, count=shown)

    def errors(self, one: SourceIntake) -> str:
        """How many errors, and where: „2 Fehler in Zeilen 14, 17“."""
        count = len(one.errors)
        shown = self.texts.ngettext("{count} error", "{count} errors", count)
        lines = {each.place.line for each in one.errors if each.place.line}
        return shown if not lines else f"{shown} ({self.formats.lines(lines)})"

    def standing(self, one: Standing) -> str:
        """How far a month has come."""
        _, day = self.texts.gettext, self.formats.date(one.day) if one.day is not None else ""
        if one.kind == "running":
            return _("runs until {date}", date=day)
        if one.kind == "held":
            return self.texts.pgettext("month", "held back, data are being checked")
        if one.kind == "provisional":
            return _("provisional until {date}", date=day)
        if one.kind == "open":
            return _("objections until {date}", date=day)
        if one.kind == "closed":
            return _("closed month (since {date})", date=day)
        if one.kind == "corrected":
            return _("closed month") + ", " + _("corrected on {date}", date=day)
        if one.kind == "closable":
            return _("can be closed")
        return _("the time for objections is over")

    def next_due(self, one: SourceIntake) -> str:
        """When a source that is not due in this month will be."""
        if one.next_due is None:
            return ""
        return self.texts.gettext("next in {month}", month=self.formats.month(one.next_due))

    def months(self, months: Iterable[Month]) -> str:
        """Months, those in a row as a span: „Januar bis März 2026, Mai 2026“."""
        spans: list[tuple[Month, Month]] = []
        for month in sorted(months):
            if spans and spans[-1][1] == month - 1:
                spans[-1] = (spans[-1][0], month)
            else:
                spans.append((month, month))
        return ", ".join(self.formats.months(first, last) for first, last in spans)
