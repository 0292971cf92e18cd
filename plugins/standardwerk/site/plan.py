"""Pages as values: path, language, audience, alternates. What a page shows is its context (see ``contexts``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from standardwerk.model.fingerprint import AnyRevision
from standardwerk.model.handbook import Edition, Term
from standardwerk.site.text_series import TextSeries


class Sensitivity(StrEnum):
    """Who a page is for. It decides the folder the page may lie in."""

    PUBLIC = "public"
    PERSON = "person"
    TEAM = "team"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Section:
    """A place in the navigation: the titles of the sections above the page, from the outermost in."""

    titles: tuple[str, ...] = ()
    order: tuple[int, ...] = ()
    """Sorts pages and sections; one number per level and one for the page itself."""


@dataclass(frozen=True, slots=True)
class EditionLink:
    """The way from a page to an edition."""

    edition: Edition
    state: str
    """``current``, ``announced`` or ``superseded``."""
    last_day: date | None
    """The last day the edition is in force, if that is known."""
    url: str
    """The same page in that edition, or the edition's home."""
    is_here: bool
    """Whether the page belongs to that edition itself."""
    why: str
    """Why it leads to the home: ``not_yet``, ``retired``, ``first`` (changes nothing) or ``outside`` (no page of an
    edition); empty if it leads to the same page."""


@dataclass(frozen=True, slots=True)
class TextState:
    """What became, or becomes, of the text that a page shows."""

    kind: str
    """In the past ``superseded``, ``retired``, ``still`` (in force); today ``will_change``, ``will_retire``; in an
    announced edition ``new``, ``will_be``, ``as_now``. In any but today's ``timeless``: a text without revisions."""
    day: date
    edition: Edition
    """The edition that did it, or does."""
    changes_url: str
    """Where the change is told, the place in the page included; empty if nowhere."""


@dataclass(frozen=True, slots=True)
class EditionFrame:
    """A page among the editions."""

    edition: Edition
    """The edition the page shows."""
    state: str
    last_day: date | None
    in_force: Edition | None
    in_force_url: str
    """The same page in the edition in force, or that edition's home."""
    same_page: bool
    """Whether it is the same page."""
    permanent_url: str
    """On a current page: its address in the edition's own tree; empty elsewhere."""
    links: tuple[EditionLink, ...]
    """All published editions, the newest first."""
    text: TextState | None
    """Of a page with an author's text."""


@dataclass(frozen=True, slots=True)
class HandbookPage:
    """A public page. It is handed to the host as Markdown and gets the host's search, navigation and link check."""

    path: str
    """Where it lies below the site's root, as Markdown: ``de/standards/pipeline-coverage/index.md``."""
    kind: str
    """``home``, ``standard``, ``method``, ``page``, ``changes``, ``complete``, ``editions``, ``my-scorecard`` …"""
    language: str
    edition: str | None
    """The label of the tree the page belongs to; None for the current tree (``/de/…``)."""
    title: str
    markdown: str
    """The text with links resolved. A line ``[[block:NAME]]`` alone stands for a generated block."""
    alternates: Mapping[str, str]
    """By language: the path of the same page (Markdown path, as above), its own included."""
    section: Section | None = None
    """None: not in the navigation."""
    context: object = None
    """What the generated blocks show: a dataclass of ``contexts``."""
    src_file: str | None = None
    """The file the wording comes from, for messages; relative to the project."""
    series: TextSeries | None = None
    """The text it shows, with its revisions."""
    revision: AnyRevision | None = None
    """The revision of it that is shown."""
    timeless: bool = False
    """Whether its text has no revisions: every edition shows it as it is today."""
    frame: EditionFrame | None = None
    """The page among the editions."""
    canonical: str | None = None
    """On a page of an edition: the path of the current page it stands beside, if there is one."""

    terms: tuple[Term, ...] = ()
    """The terms of the glossary that its text refers to."""
    wide: bool = False
    """Whether it takes the room of navigation and contents beside it."""

    @property
    def url(self) -> str:
        """The page's address below the site's root, with ``/`` at the end: ``de/standards/pipeline-coverage/``."""
        return url_of(self.path)

    @property
    def hidden(self) -> tuple[str, ...]:
        """What does not stand beside it: ``navigation``, where there is nothing more in its section, and ``toc``."""
        if self.wide:
            return ("navigation", "toc")
        return () if self.section is not None and self.section.titles else ("navigation",)

    @property
    def tree(self) -> str:
        """The root of the page's tree: ``de/`` or ``de/editions/2025.1/``."""
        return f"{self.language}/" if self.edition is None else f"{self.language}/editions/{self.edition}/"


@dataclass(frozen=True, slots=True)
class DirectPage:
    """A page outside the host: rendered directly and set into the theme's page shell."""

    path: str
    """Where it lies: ``scorecards/kranich-j/de/2026-03/index.html``."""
    kind: str
    """``scorecard``, ``rep``, ``team``, ``organisation``."""
    language: str
    title: str
    sensitivity: Sensitivity
    alternates: Mapping[str, str]
    """By language: the path of the same page, its own included."""
    context: object = field(compare=False, default=None)

    @property
    def depth(self) -> int:
        """How many folders deep it lies."""
        return self.path.count("/")


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file of figures: JSON or CSV."""

    path: str
    sensitivity: Sensitivity
    context: object = field(compare=False, default=None)


def url_of(path: str) -> str:
    """The address of a page's path: the folder of an ``index``."""
    folder, _, name = path.rpartition("/")
    if name in {"index.md", "index.html"}:
        return f"{folder}/" if folder else ""
    return path.removesuffix(".md") + "/" if path.endswith(".md") else path


def relative(target: str, base: str) -> str:
    """The address ``target`` seen from the page at address ``base``; both from the site's root, both kept as written.

    >>> relative("de/method/", "scorecards/x/de/2026-03/")
    '../../../../de/method/'
    """
    here = base.split("/")[:-1]
    there = target.split("/")
    shared = 0
    while shared < min(len(here), len(there) - 1) and here[shared] == there[shared]:
        shared += 1
    return "../" * (len(here) - shared) + "/".join(there[shared:]) or "./"
