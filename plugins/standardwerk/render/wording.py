"""Wordings in Markdown to HTML and to plain blocks, outside the host: for documents and comparisons."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from functools import lru_cache
from html.parser import HTMLParser

import markdown

from standardwerk.render import sanitise as harmless
from standardwerk.render.sanitise import sanitise
from standardwerk.render.theme import EXTENSIONS
from standardwerk.site.wording_changes import Block

_TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)((?:[^"<>]|"[^"]*")*)>')
_ATTRIBUTE = re.compile(r' (id|href|src)="([^"]*)"')
_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*:|^//", re.IGNORECASE)

#: Elements that stand on lines of their own.
_BLOCKS = frozenset(
    {"p", "div", "li", "dt", "dd", "tr", "pre", "blockquote", "figcaption", "summary", "caption", "hr", "section"}
    | {"table", "ul", "ol", "dl", "details", "figure", *(f"h{level}" for level in range(1, 7))}
)
_KINDS = {"li": "item", "dt": "term", "dd": "item", "tr": "row", "pre": "code", "blockquote": "quote"}
_BLANKS = re.compile(r"[ \t\r\n\f]+")


@lru_cache(maxsize=1)
def _converter() -> markdown.Markdown:
    settings = {name: dict(values) for name, values in EXTENSIONS.items()}
    settings["toc"] = {**settings.get("toc", {}), "permalink": False}
    return markdown.Markdown(extensions=list(settings), extension_configs=settings)


@lru_cache(maxsize=2048)
def html_of(text: str) -> str:
    """A wording as harmless HTML. Its links and ids are as written."""
    return sanitise(_converted(text))


def loses_nothing(text: str) -> bool:
    """Whether a wording is harmless as it is written."""
    return harmless.loses_nothing(_converted(text))


def _converted(text: str) -> str:
    return str(_converter().reset().convert(text.replace("\0", "\ufffd")))


def inside(html: str, prefix: str, folder: str, link: Callable[[str], str], deeper: int = 1) -> str:
    """HTML of a page as a part of a document: ids begin with ``prefix``, headings are ``deeper`` levels lower.

    ``folder`` is the page's own address; ``link`` makes an address below the site's root one from the document.
    ``#/id`` leads to an id of the document.
    """

    def address(value: str) -> str:
        if value.startswith("#/"):
            return f"#{value[2:]}"
        if value.startswith("#"):
            return f"#{prefix}-{value[1:]}"
        if _SCHEME.match(value):
            return value
        path, mark, section = value.partition("#")
        target = path[1:] if path.startswith("/") else posixpath.normpath(posixpath.join(folder, path))
        if target.endswith("index.md"):
            target = target.removesuffix("index.md")
        return link(target) + mark + section

    def attribute(found: re.Match[str]) -> str:
        name, value = found.groups()
        return f' {name}="{prefix}-{value}"' if name == "id" else f' {name}="{address(value)}"'

    def tag(found: re.Match[str]) -> str:
        end, name, rest = found.groups()
        if len(name) == 2 and name[0] == "h" and name[1].isdigit():
            name = f"h{min(6, int(name[1]) + deeper)}"
        return f"<{end}{name}{_ATTRIBUTE.sub(attribute, rest)}>"

    return _TAG.sub(tag, html)


@lru_cache(maxsize=2048)
def blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a wording as plain text: what a reader sees, without how it is set."""
    reader = _Blocks()
    reader.feed(html_of(text))
    reader.close()
    reader.end()
    return tuple(reader.found)


class _Blocks(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Block] = []
        self.open: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"td", "th"} and "".join(self.text).strip():
            self.text.append(" | ")
        elif tag == "br":
            self.text.append(" ")
        elif tag == "img":
            self.text.append(f"[{dict(attrs).get('alt') or ''}]")
        elif tag in _BLOCKS:
            self.end()
            if tag != "hr":
                self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.end()
            if tag in self.open:
                while self.open.pop() != tag:
                    pass

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def end(self) -> None:
        """What was read since the last block is one."""
        text = _BLANKS.sub(" ", "".join(self.text)).strip(" ")
        self.text.clear()
        if text:
            self.found.append(Block(self._kind(), text))

    def _kind(self) -> str:
        for tag in reversed(self.open):
            if tag in _KINDS:
                return _KINDS[tag]
            if tag[0] == "h" and tag[1:].isdigit():
                return "heading"
        return "p"
