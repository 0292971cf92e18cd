"""The frame around personal pages: rendered once by the host with sentinels, then filled per page.

A shell is the theme's whole page with sentinels in the places that differ from page to page. Everything else (header,
tabs, scripts, relative links to assets) is equal for pages of one language, kind, depth and audience: a
:class:`ShellKey`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape

from standardwerk.site.plan import Sensitivity

# Between zeros, which no text of a handbook can hold (they are refused when files are read).
_AS_IT_IS = re.compile(r"(<(?:script|style|pre|textarea)\b.*?</(?:script|style|pre|textarea)>)", re.DOTALL)
_BLANKS = re.compile(r"[ \t]*\n\s*")
_SENTINEL = re.compile(r"\0standardwerk:([a-z]+(?::[A-Za-z0-9_-]+)?)\0")

TITLE = "\0standardwerk:title\0"
"""Stands where the page's title goes."""
CONTENT = "\0standardwerk:content\0"
"""Stands where the page's content goes."""


def alternate(language: str) -> str:
    """Stands where the address of the same page in a language goes."""
    return f"\0standardwerk:alternate:{language}\0"


@dataclass(frozen=True, slots=True)
class ShellKey:
    """Pages with an equal key share a shell."""

    language: str
    kind: str
    depth: int
    """How many folders deep the page lies (``DirectPage.depth``)."""
    sensitivity: Sensitivity


class ShellError(ValueError):
    """The theme's template does not show what a shell needs."""


@dataclass(frozen=True, slots=True)
class Shell:
    """A page of the theme with open places. Can be pickled."""

    pieces: tuple[str, ...]
    """Literal text at even places; at odd places the name of what goes there."""

    @classmethod
    def compile(cls, html: str) -> Shell:
        """Take a page rendered with sentinels apart. Raises :class:`ShellError` if title or content is not in it."""
        pieces = tuple(_SENTINEL.split(squeezed(html)))
        names = pieces[1::2]
        if "title" not in names or names.count("content") != 1:
            raise ShellError(f"The page template shows {sorted(set(names))}; it needs title, and content once.")
        return cls(pieces)

    @property
    def languages(self) -> frozenset[str]:
        """The languages whose addresses :meth:`fill` needs."""
        return frozenset(name.partition(":")[2] for name in self.pieces[1::2] if name.startswith("alternate:"))

    def fill(self, *, title: str, content: str, alternates: Mapping[str, str]) -> str:
        """The whole page.

        ``title`` is plain text; ``content`` is trusted HTML with its own ``<h1>``; ``alternates`` has, by language, the
        address of the same page seen from this one. Raises ``KeyError`` if a language of the shell is missing.
        """
        values = {"title": escape(title), "content": content}
        values.update((f"alternate:{language}", escape(address)) for language, address in alternates.items())
        filled = list(self.pieces)
        filled[1::2] = [values[name] for name in self.pieces[1::2]]
        return "".join(filled)


def squeezed(html: str) -> str:
    """A page of the theme without the blanks its template leaves between elements: a fifth of a shell.

    Every run of blanks with a line break becomes one; elements whose blanks count are left as they are.
    """
    parts = _AS_IT_IS.split(html)
    parts[::2] = [_BLANKS.sub("\n", part) for part in parts[::2]]
    return "".join(parts)


@dataclass(frozen=True, slots=True)
class Alternate:
    """The same page in another language, or the way to a language."""

    language: str
    name: str
    """The language's own name."""
    href: str
    """Seen from the page."""
    gettext: Callable[[str], str]
    """The texts of that language."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What the theme's page templates get as ``sw``, besides the host's own context."""

    language: str
    kind: str
    """The page's kind, as in the page plan."""
    root: str
    """The root of the language's tree seen from the page, with ``/`` at the end: where its search index lies."""
    alternates: tuple[Alternate, ...] = ()
    """The same page in the other languages."""
    sensitivity: Sensitivity = Sensitivity.PUBLIC
    places: Mapping[str, str] = field(default_factory=dict)
    """Trusted HTML for places outside the content: ``banner`` (above the header), ``edition`` and ``notice`` (above
    the content); ``style`` is CSS of the page alone."""
    feed: str = ""
    """The address of the feed of editions seen from the page; empty on personal pages, and where there is none."""
    waits: bool = False
    """Whether the page is rendered later, or was before (``mkdocs serve``): then the template gives nothing."""

    @property
    def direct(self) -> bool:
        """Whether the page is personal: set into a shell, brings its own heading, found by no search."""
        return self.sensitivity is not Sensitivity.PUBLIC
