"""Hand-written pages. Without revisions a page shows today's text in every edition; with them it is part of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from standardwerk.model.dated import newest
from standardwerk.model.fields import Boolean, Form, Integer, LocalText
from standardwerk.model.wording import Erratum, Wording


class PageForm(Form):
    """``page.yml``: what never changes of a page with revisions."""

    order: Integer = 0
    """Where it stands among the pages."""


class PageRevisionForm(Form):
    """The YAML file of a page's revision."""

    reason: LocalText
    """Why the text changed, in each language; shown in the history."""
    retired: Boolean = False
    """True: the page ends on this day, and no text is needed."""
    errata: tuple[Erratum, ...] = ()
    """Slips of wording that were mended after the text was sealed."""


@dataclass(frozen=True, slots=True)
class PageRevision:
    """A page's text from a day on."""

    effective_from: date
    rules: PageRevisionForm
    wording: Mapping[str, Wording]
    stale: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By language: the fields whose original has moved on since they were translated."""


@dataclass(frozen=True, slots=True)
class RevisedPage:
    """A page with all its revisions, the oldest first."""

    name: str
    form: PageForm
    revisions: tuple[PageRevision, ...]

    def at(self, day: date) -> PageRevision | None:
        """The revision in force on a day; None before the first, and once retired."""
        found = newest(self.revisions, day)
        return None if found is None or found.rules.retired else found


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it is shown in one language on a day."""

    name: str
    language: str
    wording: Wording
    markdown: str
    """The whole text, its title included."""
    order: int
    series: RevisedPage | None = None
    """The page with its revisions; None: it has none, and shows the same text in every edition."""
    revision: PageRevision | None = None
    """The revision that is shown."""
