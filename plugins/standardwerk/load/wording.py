"""Markdown wordings: a title, and sections named by ``{#id}``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from standardwerk.diagnostics import Diagnostic, Diagnostics, Place
from standardwerk.model.handbook import Section, Wording
from standardwerk.model.terms import lines_of

_HEADING = re.compile(r"^(#{1,2})[ \t]+(\S.*)?$")
_ID_AT_END = re.compile(r"\{#([^}\s]+)\}$")
_FRONT_ORDER = re.compile(r"^order:\s*(-?\d{1,6})\s*$")
#: Links of ours: ``standard:<id>``, ``method:``, ``page:<name>``, with an optional section; ``term:<id>``.
LINK = re.compile(r"\]\((standard|method|page|term):([^)#\s]*)(#[^)\s]*)?\)")


@dataclass(frozen=True, slots=True)
class Link:
    """A link to another part of the handbook, and where it stands."""

    kind: str
    target: str
    section: str
    place: Place


def parse(text: str, file: str, diagnostics: Diagnostics) -> Wording:
    """Split a wording into title, lead and sections. Headings inside code blocks are none."""
    found, faults = _parsed(text, file)
    diagnostics.extend(faults)
    return found


@lru_cache(maxsize=1024)
def _parsed(text: str, file: str) -> tuple[Wording, tuple[Diagnostic, ...]]:
    """A wording and its faults. A process that reads it again gets the same, frozen values."""
    diagnostics = Diagnostics()
    title = ""
    sections: list[Section] = []
    identity, heading, heading_line = "", "", 0
    lines: list[str] = []
    lead: list[str] = []

    def close() -> None:
        if identity:
            sections.append(Section(identity, heading, "\n".join(lines).strip(), heading_line))

    for number, (line, is_code) in enumerate(lines_of(text), 1):
        level, words, name = ("", "", "") if is_code else _heading(line)
        if level == "#" and not title:
            title = words
            continue
        if level == "##":
            close()
            heading, heading_line, lines = words, number, []
            identity = name
            if not identity:
                diagnostics.add("SW217", Place(file, number, 1), section=heading)
            elif any(section.id == identity for section in sections):
                diagnostics.add("SW112", Place(file, number, 1), value=identity)
            continue
        (lines if heading_line else lead).append(line)
    close()
    if not title:
        diagnostics.add("SW220", Place(file, 1, 1))
    return Wording(file, title, "\n".join(lead).strip(), tuple(sections)), tuple(diagnostics)


def _heading(line: str) -> tuple[str, str, str]:
    """The level (``#`` or ``##``), the words and the id of a heading; three empty texts if the line is none."""
    found = _HEADING.match(line.rstrip())
    if not found:
        return "", "", ""
    words = (found[2] or "").rstrip("#").rstrip()
    name = _ID_AT_END.search(words)
    return found[1], words[: name.start()].rstrip() if name else words, name[1] if name else ""


def front_matter(text: str) -> tuple[int, str, int]:
    """The ``order`` of a page, its text without front matter, and the lines the front matter takes."""
    if not text.startswith("---\n"):
        return 0, text, 0
    end = text.find("\n---\n", 3)
    if end < 0:
        return 0, text, 0
    order = 0
    for line in text[4:end].split("\n"):
        if match := _FRONT_ORDER.match(line):
            order = int(match[1])
    head = text[: end + 5]
    return order, text[end + 5 :], head.count("\n")


@lru_cache(maxsize=1024)
def links(text: str, file: str) -> tuple[Link, ...]:
    """All links of ours in a text; what stands in code blocks is none."""
    found: list[Link] = []
    for number, (line, is_code) in enumerate(lines_of(text), 1):
        for match in LINK.finditer(line) if not is_code else ():
            section = (match[3] or "").removeprefix("#")
            found.append(Link(match[1], match[2], section, Place(file, number, match.start() + 3)))
    return tuple(found)
