"""What a piece of HTML asks for: a tag with the text behind it, as pages are cut at each ``<``."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

_TAG = re.compile(rb"""(/?[a-zA-Z][^\s/>]*)((?:[^>"']|"[^"]*"|'[^']*')*)>""")
_ATTRIBUTE = re.compile(rb"""([^\s"'<>/=]+)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_CSS_ADDRESS = re.compile(r"""url\(\s*("[^"]*"|'[^']*'|[^)"']*)\s*\)|@import\s+("[^"]*"|'[^']*')""", re.IGNORECASE)
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_REFRESH = re.compile(r"url\s*=\s*(.*)", re.IGNORECASE | re.DOTALL)
#: Attributes whose address a browser asks for by itself, or sends something to.
_ASKED = frozenset(
    {
        *("src", "srcset", "imagesrcset", "poster", "background", "data", "action", "formaction", "manifest", "ping"),
        *("xlink:href", "lowsrc", "dynsrc", "codebase", "classid", "archive", "profile", "icon"),
    }
)
#: Relations of ``<link>`` that nothing is asked for.
_TOLD = frozenset(
    {"canonical", "alternate", "next", "prev", "author", "license", "help", "search", "bookmark", "nofollow"}
)
#: Addresses that run something, or are a whole page of somebody's.
_RUN = frozenset({"javascript", "vbscript", "data"})
#: Addresses of which no browser asks anybody.
_LOCAL = frozenset({"data", "blob", "about"})

#: A closing tag, or one whose attributes say nothing to a browser of what this is about: most pieces are such.
_DULL = re.compile(
    rb"/|[a-z][a-z0-9]*(?:\s+(?:class|title|lang|dir|role|scope|colspan|rowspan|datetime|for|type|tabindex|hidden|d|x|y|"
    rb"x1|x2|y1|y2|cx|cy|r|rx|width|height|points|transform|text-anchor|viewBox|aria-[a-z]+|data-[a-z-]+)"
    rb"""(?:="[^"]*")?)*\s*/?>"""
)

Use = Literal["link", "asked"]


@dataclass(frozen=True, slots=True)
class Address:
    """An address in a page."""

    use: Use
    """``link``: a reader may follow it; ``asked``: a browser asks for it by itself."""
    text: str
    """As a browser takes it."""
    scheme: str
    """``https``, ``mailto`` …, ``//`` for another host's without one; empty: an address of this host."""

    @classmethod
    def of(cls, use: Use, text: str) -> Address:
        """An address as it is written: line ends and tabs do not count, and ``\\`` is a slash."""
        text = re.sub(r"[\t\n\r]", "", text).strip("\x00\x01\x02 ").replace("\\", "/")
        if text.startswith("//"):
            return cls(use, text, "//")
        match = _SCHEME.match(text)
        return cls(use, text, match[1].lower() if match else "")

    def leaves(self, origin: str) -> bool:
        """Whether it leads off the host. ``origin``: the site's own, like ``https://intranet.example``."""
        if not self.scheme or self.scheme in _LOCAL:
            return False
        return not origin or not f"{self.text}/".startswith(f"{origin}/")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a piece of a page says to a browser."""

    addresses: tuple[Address, ...] = ()
    ids: tuple[str, ...] = ()
    runs: tuple[str, ...] = ()
    """What a strict policy forbids: handlers, styles in attributes, addresses that are scripts."""


NOTHING = Facts()


def facts(piece: bytes) -> Facts:
    """What a piece that follows a ``<`` says to a browser."""
    if _DULL.match(piece):
        return NOTHING
    match = _TAG.match(piece)
    if match is None:
        # No whole tag: text behind a stray sign, or a tag cut by a sign in a value. Then each attribute counts.
        tag, inside = "", piece if piece[:1].isalpha() or b"=" in piece else b""
    else:
        tag, inside = match[1].decode("ascii", "replace").lower(), match[2]
    if b"=" not in inside:
        return NOTHING
    values: dict[str, str] = {}
    for name, value in _ATTRIBUTE.findall(inside):
        text = value[1:-1] if value[:1] in b"\"'" else value
        values.setdefault(name.decode("ascii", "replace").lower(), html.unescape(text.decode("utf-8", "replace")))
    found = list(_addresses(tag, values))
    ids = tuple(values[name] for name in ("id", "name") if name in values and (name == "id" or tag == "a"))
    runs = [f"{name}=" for name in values if name.startswith("on") or name in {"style", "srcdoc"}]
    runs += [one.text for one in found if one.use == "link" and one.scheme in _RUN]
    return Facts(tuple(found), ids, tuple(runs)) if found or ids or runs else NOTHING


def _addresses(tag: str, values: dict[str, str]) -> Iterator[Address]:
    for name, value in values.items():
        if name in {"srcset", "imagesrcset"}:
            yield from (Address.of("asked", one.split()[0]) for one in value.split(",") if one.split())
        elif name == "ping":
            yield from (Address.of("asked", one) for one in value.split())
        elif name in _ASKED and not (name == "xlink:href" and tag == "a"):
            yield Address.of("asked", value)
        elif name in {"href", "xlink:href"}:
            relations = set(values.get("rel", "").lower().split())
            if tag != "link" or not relations or not relations <= _TOLD:
                yield Address.of("link" if tag in {"a", "area"} else "asked", value)
        elif name == "style":
            yield from css_addresses(value)
    refresh = values.get("http-equiv", "").lower() == "refresh" and _REFRESH.search(values.get("content", ""))
    if refresh:
        yield Address.of("asked", refresh[1].strip(" '\""))


def css_addresses(text: str) -> Iterator[Address]:
    """What a style sheet asks for."""
    for url, imported in _CSS_ADDRESS.findall(_CSS_COMMENT.sub("", text)):
        yield Address.of("asked", (url or imported).strip().strip("\"'"))
