"""Looks for people in files: ids, logins and full names, however they are escaped.

Two steps. :meth:`Names.marks` is quick: of the words of a text those that somebody's names are made of. Only if a file
has all the words of a name, :meth:`Names.found` reads it as a reader does.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote_to_bytes

from standardwerk.site.mentions import Identity

#: Everything but ASCII letters and digits parts words. Names are taken apart alike, so that a name with an umlaut is
#: looked for by the words around it.
_WORDS = bytes(ord(chr(sign).lower()) if sign < 128 and chr(sign).isalnum() else 0x20 for sign in range(256))
NO_MARKS: frozenset[bytes] = frozenset()
_PERCENT = re.compile(rb"%[0-9a-fA-F]{2}")
_JSON_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_TAG = re.compile(r"<[^>]*>")
#: Attributes whose values are words of HTML and of the theme, and never of a project.
_FIXED = re.compile(r"""\s(?:class|lang|dir|rel|type|role|media|data-md-[\w-]+)\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>"']+)""")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff\u202a-\u202e\u2066-\u2069]")
#: Signs that nobody sees inside words: soft hyphen, space without width, joiner.
_IN_WORDS = ("\u00ad".encode(), "\u200b".encode(), "\u2060".encode())
_PLAIN = re.compile(r"[^\W\d_]+|\d+")
#: What may stand before and behind a name that is an everyday word or a number: then it stands there alone.
_ALONE = (r"(?<![^/\"'=>;,\n\r])", r"(?![^/\"'<;,\n\r?#])")


def unescaped(data: bytes) -> bytes:
    """A text as it is read: without the escapes of HTML, addresses and JSON, and without hyphens nobody sees."""
    if _PERCENT.search(data):
        data = unquote_to_bytes(data)
    if b"&" in data or b"\\u" in data:
        text = html.unescape(data.decode("utf-8", "replace"))
        text = _JSON_ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
        data = text.encode("utf-8", "replace")
    for sign in _IN_WORDS:
        data = data.replace(sign, b"")
    return data


def words(data: bytes) -> set[bytes]:
    """The words of a text, in lower case."""
    return set(data.translate(_WORDS).split())


@dataclass(frozen=True)
class _Name:
    text: str
    reps: frozenset[str]
    """Whose it is: namesakes share it."""

    @cached_property
    def is_everyday(self) -> bool:
        """Whether it is a single word or a number, which may stand in a text by chance."""
        return bool(_PLAIN.fullmatch(self.text)) and not self.is_unparted

    @cached_property
    def is_unparted(self) -> bool:
        """Whether it is in a script like Chinese, in which no blanks part words."""
        return self.text.isalpha() and self.text.lower() == self.text.upper()

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What is looked for."""
        if self.text.isdecimal():
            # A number means somebody only where an id stands.
            return re.compile(rf"(?:scorecards/|\"rep\": ?\"){re.escape(self.text)}(?!\w)")
        if self.is_unparted:
            return re.compile(re.escape(_folded(self.text)))
        if self.is_everyday:
            return re.compile(re.escape(self.text).join(_ALONE))
        parts = r"\s+".join(re.escape(part) for part in _folded(self.text).split())
        return re.compile(rf"(?<!\w){parts}(?!\w|-\w)")

    @cached_property
    def needed(self) -> tuple[frozenset[bytes], ...]:
        """The words that must all be there, for each way of writing its letters; an empty set says nothing."""
        ways = (unicodedata.normalize(form, text) for form in ("NFC", "NFD") for text in (self.text, self.text.upper()))
        return tuple(dict.fromkeys(frozenset(word for word in words(way.encode()) if len(word) > 1) for way in ways))


class Names:
    """The names of a roster."""

    def __init__(self, identities: Iterable[Identity]) -> None:
        reps: dict[str, set[str]] = defaultdict(set)
        for one in identities:
            text = " ".join(_visible(one.text).split())
            reps[text].add(one.rep)
        self._names = [_Name(text, frozenset(its)) for text, its in reps.items() if text]
        self._by_word: dict[bytes, list[tuple[frozenset[bytes], _Name]]] = defaultdict(list)
        self._wordless: list[tuple[bytes, _Name]] = []
        self._wanted: set[bytes] = set()
        for name in self._names:
            for needed in name.needed:
                self._wanted |= needed
                if needed:
                    self._by_word[max(needed, key=lambda word: (len(word), word))].append((needed, name))
                else:
                    self._wordless.append((name.text.encode(), name))

    def marks(self, data: bytes) -> frozenset[bytes]:
        """The words of a text that names are made of."""
        return frozenset(self._wanted & words(unescaped(data)))

    def marks_of_each(self, pieces: Collection[bytes]) -> dict[bytes, frozenset[bytes]]:
        """The same of many texts: those that have any."""
        # Few have: all are looked at as one first, and then only those that can have what was found.
        found = self.marks(b"\n".join(pieces))
        if not found:
            return {}
        marks = ((piece, self.marks(piece)) for piece in pieces if _may_have(piece, found))
        return {piece: its for piece, its in marks if its}

    def found(
        self, data: bytes, marks: frozenset[bytes], allowed: frozenset[str], *, in_code: bool = False
    ) -> Iterator[tuple[str, int]]:
        """Who is named in a file and not allowed: the name, and the line. ``marks``: of the whole file.

        ``in_code``: the file is a program or a style sheet, where everyday words mean nobody.
        """
        candidates: dict[_Name, None] = {}
        for mark in marks:
            for needed, name in self._by_word.get(mark, ()):
                if not name.reps & allowed and needed <= marks:
                    candidates[name] = None
        for written, name in self._wordless:
            if written in data and not name.reps & allowed:
                candidates[name] = None
        if not candidates:
            return
        text = unescaped(data).decode("utf-8", "replace")
        readings = [_visible(text), _visible(_TAG.sub(_lines_of, text))]
        folded = [_folded(one) for one in readings]
        readings[0] = _FIXED.sub(_lines_of, readings[0])
        for name in sorted(candidates, key=lambda name: name.text):
            if in_code and name.is_everyday:
                continue
            for one in readings if name.is_everyday else folded:
                match = self._match(name, one)
                if match is not None:
                    yield name.text, one.count("\n", 0, match.start()) + 1
                    break

    def _match(self, name: _Name, text: str) -> re.Match[str] | None:
        """The first place of a name that is no part of somebody else's longer one."""
        matches = list(name.pattern.finditer(text))
        if not matches or name.is_everyday:
            return matches[0] if matches else None
        inner = _folded(name.text)
        longer = [_folded(one.text) for one in self._names if one is not name and inner in _folded(one.text) != inner]
        covered = [span for one in longer for span in _spans(one, text)]
        return next(
            (m for m in matches if not any(start <= m.start() and m.end() <= end for start, end in covered)), None
        )


def _may_have(piece: bytes, marks: Collection[bytes]) -> bool:
    if b"%" in piece or b"&" in piece or b"\\" in piece:
        return True
    lower = piece.lower()
    return any(mark in lower for mark in marks)


def _spans(inner: str, text: str) -> Iterator[tuple[int, int]]:
    at = text.find(inner)
    while at >= 0:
        yield at, at + len(inner)
        at = text.find(inner, at + 1)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


def _visible(text: str) -> str:
    """A text without the signs that nobody sees: soft hyphens, joiners, marks of direction."""
    return _INVISIBLE.sub("", text)


def _lines_of(match: re.Match[str]) -> str:
    return " " + "\n" * match[0].count("\n")
