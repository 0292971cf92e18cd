"""Makes the HTML of authors' Markdown harmless, and sets generated blocks into it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html.parser import HTMLParser

import nh3

_TAGS = frozenset(
    {
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "p",
        "div",
        "span",
        "section",
        "blockquote",
        "hr",
        "br",
        "pre",
        "code",
        "a",
        "abbr",
        "b",
        "cite",
        "del",
        "dfn",
        "em",
        "i",
        "ins",
        "kbd",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "strong",
        "sub",
        "sup",
        "time",
        "var",
        "dl",
        "dt",
        "dd",
        "ul",
        "ol",
        "li",
        "details",
        "summary",
        "figure",
        "figcaption",
        "img",
        "table",
        "caption",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "th",
        "td",
    }
)
_ATTRIBUTES = {
    "*": {"id", "class", "lang", "dir", "title"},
    "a": {"href", "hreflang", "role", "aria-describedby"},
    "details": {"open"},
    "img": {"src", "alt", "width", "height", "loading"},
    "li": {"value", "role"},
    "ol": {"start", "reversed"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan", "scope"},
    "time": {"datetime"},
}
_SCHEMES = {"http", "https", "mailto", "tel"}
#: Classes by which the host's scripts would load something from another host or take over the page.
_ACTIVE_CLASSES = re.compile(r"^(mermaid|md-toggle|md-overlay|md-search.*)$")
_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_INVISIBLE = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028\u2029\ufeff]")
_ALIGNED = re.compile(r'(<t[dh]\b[^<>]*?) align="(left|right|center)"([^<>]*>)')
_PICTURE_OF_NOTHING = re.compile(r"<img(?![^<>]* src=)[^<>]*>")
_BLOCK = re.compile(r"<p>\[\[block:([a-z0-9-]+)\]\]</p>")


def sanitise(html: str) -> str:
    """HTML with nothing in it that runs, styles, asks for input or loads from another host."""
    return _ALIGNED.sub(_align, _cleaned(html))


def loses_nothing(html: str) -> bool:
    """Whether no element and no attribute is taken from HTML to make it harmless."""
    return _elements(_cleaned(html)) == _elements(html)


def _cleaned(html: str) -> str:
    clean = nh3.clean(
        html,
        tags=set(_TAGS),
        attributes=_ATTRIBUTES,
        attribute_filter=_attribute,
        url_schemes=_SCHEMES,
        link_rel=None,
    )
    return _PICTURE_OF_NOTHING.sub("", clean)


def _elements(html: str) -> list[tuple[str, list[tuple[str, str]]]]:
    reader = _Elements(convert_charrefs=True)
    reader.feed(html)
    reader.close()
    return reader.found


class _Elements(HTMLParser):
    def __init__(self, *, convert_charrefs: bool) -> None:
        super().__init__(convert_charrefs=convert_charrefs)
        self.found: list[tuple[str, list[tuple[str, str]]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, sorted((name, value or "") for name, value in attrs)))


def set_blocks(html: str, blocks: Mapping[str, str]) -> str:
    """Sanitised HTML with each paragraph ``[[block:NAME]]`` replaced by the block. An unknown name stays as text."""
    return _BLOCK.sub(lambda found: blocks.get(found[1], found[0]), html)


def _attribute(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "id":
        return None if value.startswith("__") else value
    if attribute == "class":
        return " ".join(name for name in value.split() if not _ACTIVE_CLASSES.match(name)) or None
    if attribute == "src":
        return value if _is_relative(value) else None
    return value


def _is_relative(address: str) -> bool:
    """Whether an address stays on the site. Browsers ignore blanks in it and read a backslash as a slash."""
    bare = _INVISIBLE.sub("", address)
    return not (bare.startswith(("/", "\\")) or _SCHEME.match(bare))


def _align(found: re.Match[str]) -> str:
    before, side, after = found.groups()
    if ' class="' in before + after:
        return f"{before}{after}".replace(' class="', f' class="sw-{side} ', 1)
    return f'{before} class="sw-{side}"{after}'
