"""Looks for people in files: ids, logins and full names, however they are escaped.

Three steps, each of which leaves only those names that can be there. :meth:`Names.traces` looks once at each piece of a
file for words that names are made of. A name all of whose words are there must begin in one of the pieces. Then
:meth:`Names.found` reads the whole file as a reader does.
"""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import AnyStr
from urllib.parse import unquote_to_bytes

from standardwerk.site.mentions import Identity

#: Everything but ASCII letters and digits parts words. Names are taken apart alike, so that a name with an umlaut is
#: looked for by the words around it.
_WORDS = bytes(ord(chr(sign).lower()) if sign < 128 and chr(sign).isalnum() else 0x20 for sign in range(256))
NO_MARKS: frozenset[bytes] = frozenset()
#: The same but for letters of other scripts, which stay.
_TOKENS = bytes(sign if sign > 127 else _WORDS[sign] for sign in range(256))
#: So many tokens are remembered.
_REMEMBERED = 100_000
_DIGIT = re.compile(rb"[0-9]")
_PERCENT = re.compile(rb"%[0-9a-fA-F]{2}")
_JSON_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_TAG = re.compile(r"<[^>]*>")
#: Attributes whose values are words of HTML and of the theme, and never of a project.
_FIXED = re.compile(r"""\s(?:class|lang|dir|rel|type|role|media|data-md-[\w-]+)\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>"']+)""")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff\u202a-\u202e\u2066-\u2069]")
#: What parts tokens.
_CUT = re.compile(r"[\s\x00-/:-@\[-`{-\x7f]+")
_PLAIN = re.compile(r"[^\W\d_]+|\d+")
#: Where alone a number means somebody.
_BEFORE_NUMBERS = ("scorecards/", '"rep": "', '"rep":"')
#: What may stand before and behind a name that is an everyday word or a number: then it stands there alone.
_ALONE = (r"(?<![^/\"'=>;,\n\r])", r"(?![^/\"'<;,\n\r?#])")


def unescaped(data: bytes) -> str:
    """A text as it is read: without the escapes of HTML, addresses and JSON, and without signs that nobody sees."""
    if _PERCENT.search(data):
        data = unquote_to_bytes(data)
    text = data.decode("utf-8", "replace")
    if "&" in text:
        text = html.unescape(text)
    if "\\u" in text:
        text = _JSON_ESCAPE.sub(lambda match: chr(int(match[1], 16)), text).encode("utf-8", "replace").decode()
    return _visible(text)


def words(text: str) -> set[bytes]:
    """The words of a text in lower case: what can be compared quickly of names in any script."""
    return set(text.encode("utf-8", "replace").translate(_WORDS).split())


@dataclass(frozen=True, slots=True)
class Trace:
    """What a piece of a file has of names: pieces end where a tag, an object or a line does."""

    marks: frozenset[bytes]
    """The words in it that names are made of, and names that have no such words."""
    text: str
    """What is read in it."""
    folded: str
    """The same without the difference between capitals and small letters."""


NO_TRACE = Trace(NO_MARKS, "", "")


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
            return re.compile(rf"(?:{'|'.join(_BEFORE_NUMBERS)}){re.escape(self.text)}(?!\w)")
        if self.is_unparted:
            return re.compile(re.escape(self.folded))
        if self.is_everyday:
            return re.compile(re.escape(self.text).join(_ALONE))
        parts = r"\s+".join(re.escape(part) for part in self.folded.split())
        return re.compile(rf"(?<!\w){parts}(?!\w|-\w)")

    @cached_property
    def folded(self) -> str:
        """The name without the difference between capitals and small letters."""
        return _folded(self.text)

    @cached_property
    def needed(self) -> frozenset[bytes]:
        """The words that must all be there; of a name without words in ASCII, its longest token."""
        found = frozenset(word for word in words(self.folded) if len(word) > 1)
        return found or frozenset({max(_CUT.split(self.folded), key=len).encode()})

    @cached_property
    def beginning(self) -> re.Pattern[str] | None:
        """What at least one piece has if a file has the name. None: nothing is known of its pieces."""
        first, *more = self.folded.split()
        if "<" in self.text or "{" in self.text:
            return None
        if not more:
            return self.pattern
        if not any(len(word) > 1 for word in words(first)):
            return None
        # Behind it and blanks the next part is in the same piece, or a tag comes, or the piece ends.
        return re.compile(rf"(?<!\w){re.escape(first)}(?=\s+{re.escape(more[0])}|\s*(?:<|$))")

    def may_be_in(self, folded: str) -> bool:
        """Whether it may begin in some pieces, quickly: a name that is never in two pieces is in one of these."""
        return self.beginning is not self.pattern or self.folded in folded

    def may_begin(self, trace: Trace) -> bool:
        """Whether the name may begin in a piece."""
        if self.beginning is None:
            return True
        return self.beginning.search(trace.text if self.is_everyday else trace.folded) is not None


class Names:
    """The names of a roster."""

    def __init__(self, identities: Iterable[Identity]) -> None:
        reps: dict[str, set[str]] = defaultdict(set)
        for one in identities:
            text = " ".join(_visible(one.text).split())
            reps[text].add(one.rep)
        self.all = [_Name(text, frozenset(its)) for text, its in reps.items() if text]
        self._by_word: dict[bytes, list[_Name]] = defaultdict(list)
        self._wanted: set[bytes] = set()
        for name in self.all:
            self._wanted |= name.needed
            self._by_word[max(name.needed, key=lambda word: (len(word), word))].append(name)
        self._telling: set[bytes] = set()
        self._dull: set[bytes] = set()
        self._wordless = sorted(one.decode() for one in self._wanted if words(one.decode()) != {one})
        # Numbers mean somebody only behind certain words, unless they are a part of other names, too.
        numbers = {name.text.encode() for name in self.all if name.text.isdecimal()}
        self._has_numbers = bool(numbers)
        numbers -= {word for name in self.all if not name.text.isdecimal() for word in name.needed}
        self._numbered = frozenset(word for word in self._wanted - numbers if _DIGIT.search(word))
        self._without_digits = frozenset(_DIGIT.sub(b"", word) for word in self._numbered)
        self._has_odd_digits = any(_DIGIT.search(word.encode()) for word in self._wordless)

    def trace(self, piece: bytes) -> Trace:
        """What a text has of names."""
        text = unescaped(piece)
        folded = _folded(text)
        return Trace(self._marks(folded), text, folded)

    def is_silent(self, shape: str) -> bool:
        """Whether nothing of names can be in a text that is this one but for digits, unless it is :meth:`is_numbered`.

        ``shape``: of signs that are read alike whatever stands beside them.
        """
        if "&" in shape or "\\u" in shape or (self._has_numbers and any(one in shape for one in _BEFORE_NUMBERS)):
            return False
        return not self._has_odd_digits and not self._marks(_folded(shape))

    def may_be_numbered(self, shape: str) -> bool:
        """Whether such a text may be :meth:`is_numbered`."""
        return b"" in self._without_digits or not self._without_digits.isdisjoint(words(_folded(shape)))

    def is_numbered(self, piece: bytes) -> bool:
        """Whether a piece without escapes has words with digits that names are made of."""
        return not self._numbered.isdisjoint(words(_read(piece)))

    def traces(self, pieces: Sequence[bytes]) -> dict[bytes, Trace]:
        """The same of many pieces: those that have anything."""
        # Few have. So all are taken apart as one first; where something is escaped, a token does not say what is read.
        text = b"\n".join(pieces)
        suspect = [*_places(text, b"&"), *_places(text, b"\\u"), *(match.start() for match in _PERCENT.finditer(text))]
        telling = self._telling_of(set(text.translate(_TOKENS).split()))
        if telling:
            lower = text.lower()
            suspect += [at for token in telling for at in _places(lower, token)]
        if not suspect:
            return {}
        ends = list(accumulate(len(one) + 1 for one in pieces))
        suspects = [pieces[index] for index in sorted({bisect_right(ends, at) for at in suspect})]
        found = ((one, self.trace(one)) for one in suspects)
        return {one: trace for one, trace in found if trace.marks}

    def _telling_of(self, tokens: set[bytes]) -> set[bytes]:
        """Those tokens in which there are marks."""
        found = tokens & self._telling
        new = tokens - self._dull - found
        if len(self._dull) > _REMEMBERED:
            self._dull.clear()
        if self._marks(_read(b" ".join(new))):
            marked = {token for token in new if self._marks(_read(token))}
            self._telling |= marked
            found |= marked
            new -= marked
        self._dull |= new
        return found

    def _marks(self, folded: str) -> frozenset[bytes]:
        marks = self._wanted & words(folded)
        if self._wordless:
            marks |= {one.encode() for one in self._wordless if one in folded}
        return frozenset(marks)

    def found(
        self, path: str, data: bytes, traces: Collection[Trace], allowed: frozenset[str], *, in_code: bool = False
    ) -> Iterator[tuple[str, int]]:
        """Who is named in a file or its path and not allowed: the name, and the line, counted from the path.

        ``traces``: of the path and of all the file's pieces. ``in_code``: the file is a program or a style sheet, where
        everyday words mean nobody.
        """
        marks = NO_MARKS.union(*(trace.marks for trace in traces))
        candidates = [
            name
            for mark in marks
            for name in self._by_word.get(mark, ())
            if not name.reps & allowed and name.needed <= marks
        ]
        if candidates:
            text = "\n".join(trace.folded for trace in traces)
            candidates = [name for name in candidates if name.may_be_in(text) and any(map(name.may_begin, traces))]
        if candidates:
            yield from self.read(path.encode() + b"\n" + data, candidates, in_code=in_code)

    def read(self, data: bytes, candidates: Iterable[_Name], *, in_code: bool) -> Iterator[tuple[str, int]]:
        """Which of some names a reader finds in a whole file, and in which line."""
        text = unescaped(data)
        readings = [text, _TAG.sub(_lines_of, text)]
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
        inner = name.folded
        longer = [one.folded for one in self.all if one is not name and inner in one.folded != inner]
        covered = [(at, at + len(one)) for one in longer for at in _places(text, one)]
        return next(
            (m for m in matches if not any(start <= m.start() and m.end() <= end for start, end in covered)), None
        )


def _read(tokens: bytes) -> str:
    return _folded(_visible(tokens.decode("utf-8", "replace")))


def _places(text: AnyStr, inner: AnyStr) -> Iterator[int]:
    at = text.find(inner)
    while at >= 0:
        yield at
        at = text.find(inner, at + 1)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


def _visible(text: str) -> str:
    """A text without the signs that nobody sees: soft hyphens, joiners, marks of direction."""
    return _INVISIBLE.sub("", text)


def _lines_of(match: re.Match[str]) -> str:
    return " " + "\n" * match[0].count("\n")
