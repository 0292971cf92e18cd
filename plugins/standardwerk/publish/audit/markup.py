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

#: What may run or style the page stands behind such a tag.
_CODE = re.compile(rb"script|style", re.IGNORECASE)
#: A closing tag, or one whose attributes say nothing to a browser of what this is about: most pieces are such.
_DULL = re.compile(
    rb"/[a-zA-Z][a-zA-Z0-9-]*\s*>|(?!script|style)[a-z][a-z0-9]*(?:\s+(?:class|title|lang|dir|role|scope|colspan|rowspan|datetime|for|type|tabindex|hidden|d|x|y|"
    rb"x1|x2|y1|y2|cx|cy|r|rx|width|height|points|transform|text-anchor|viewBox|aria-[a-z]+|data-[a-z-]+)"
    rb"""(?:="[^"]*"|=[a-z]+(?=[\s>]))?)*\s*/?>"""
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
    is_code: bool = False
    """Whether a script or a style may begin here."""
    is_cut: bool = False
    """Whether its tag does not end in it: then a ``<`` is inside the tag, and :func:`whole_tag` has all of it."""


NOTHING = Facts()


def facts(piece: bytes) -> Facts:
    """What a piece that follows a ``<`` says to a browser."""
    if _DULL.match(piece):
        return NOTHING
    is_code = _CODE.match(piece) is not None
    match = _TAG.match(piece)
    is_cut = False
    if match is None:
        # No whole tag: text behind a stray sign, or a tag cut by a sign in a value. Then each attribute counts.
        is_cut = piece[:1].isalpha() or (piece[:1] == b"/" and piece[1:2].isalpha())
        tag, inside = "", piece if is_cut or b"=" in piece else b""
    else:
        tag, inside = match[1].decode("ascii", "replace").lower(), match[2]
    values: dict[str, str] = {}
    for name, value in _ATTRIBUTE.findall(inside) if b"=" in inside else ():
        text = value[1:-1] if value[:1] in b"\"'" else value
        values.setdefault(name.decode("ascii", "replace").lower(), html.unescape(text.decode("utf-8", "replace")))
    found = tuple(_addresses(tag, values))
    ids = tuple(values[name] for name in ("id", "name") if name in values and (name == "id" or tag == "a"))
    runs = [f"{name}=" for name in values if name.startswith("on") or name in {"style", "srcdoc"}]
    runs += [one.text for one in found if one.use == "link" and one.scheme in _RUN]
    its = Facts(found, ids, tuple(runs), is_code, is_cut)
    return NOTHING if its == NOTHING else its


def is_dull(piece: bytes) -> bool:
    """Whether a piece's tag says nothing to a browser. There are others of which :func:`facts` finds nothing."""
    return _DULL.match(piece) is not None


def whole_tag(page: bytes, start: int) -> bytes:
    """A tag from behind its ``<``, signs in its values and all; empty if it never ends."""
    match = _TAG.match(page, start)
    return match[0] if match is not None else b""


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
