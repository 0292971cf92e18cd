"""What is remembered of parts of files, for the files to come: each part is looked at once.

What is in a line of a page is what is in its pieces, for a line ends where a piece does. So what is remembered is what
would be found again. Pages have most of their lines in common, and most pieces of the others; and of what is new most is
new for its figures alone (``figures.py``).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Generic, TypeVar

from standardwerk.publish.audit.figures import Shapes
from standardwerk.publish.audit.names import Names
from standardwerk.publish.audit.pieces import Piece, Pieces
from standardwerk.render.policy import inline, is_element_begun

#: So many parts are remembered at least, none longer than this.
REMEMBERED = 50_000
LONGEST = 4000
#: What parts lines of a page.
_LINES = b">\n<"

What = TypeVar("What")


class Memory(Generic[What]):
    """What is in parts of files."""

    def __init__(self, look_at: Callable[[Sequence[bytes]], dict[bytes, What]]) -> None:
        """``look_at``: finds those of some parts in which there is anything."""
        self._look_at = look_at
        # Many parts never come again (figures do not), some in each file: these are taken along.
        self._dull: set[bytes] = set()
        self._dull_before: set[bytes] = set()
        self._telling: dict[bytes, What] = {}
        self._telling_before: dict[bytes, What] = {}

    def of(self, parts: set[bytes]) -> list[What]:
        """What is in those parts in which there is anything."""
        left = parts - self._dull
        told = [self._telling[part] for part in left if part in self._telling]
        if len(told) < len(left):
            told += self._learn(left.difference(self._telling))
        return told

    def _learn(self, parts: set[bytes]) -> list[What]:
        """Take parts along from before, or look at them."""
        if len(self._dull) + len(self._telling) > REMEMBERED:
            self._dull_before, self._dull = self._dull, set()
            self._telling_before, self._telling = self._telling, {}
        new = parts - self._dull_before
        told = {part: self._telling_before[part] for part in new if part in self._telling_before}
        if len(told) < len(new):
            told |= self._look_at([part for part in new if part not in told])
        self._telling |= {part: what for part, what in told.items() if len(part) <= LONGEST}
        self._dull.update(part for part in parts.difference(told) if len(part) <= LONGEST)
        return list(told.values())


class OfData:
    """Remembers files that are no pages."""

    def __init__(self, names: Names, pieces: Pieces, cut: bytes) -> None:
        """``cut``: what parts pieces."""
        shapes = Shapes(names, cut)
        self._cut = cut
        self._pieces = Memory[Piece](lambda new: pieces.look_at(shapes.worth_a_look(new)))

    def telling(self, data: bytes) -> list[Piece]:
        """Those of a file's pieces in which there is anything."""
        return self._pieces.of(set(data.split(self._cut)))


@dataclass(frozen=True, slots=True)
class Line:
    """What is in a line of a page."""

    telling: Mapping[bytes, Piece]
    is_doubtful: bool
    """Whether a script or style is in it that the policy does not know, or that does not end in it."""


_UNSEEN = Line({}, is_doubtful=False)


class OfPages:
    """Remembers pages of a depth."""

    def __init__(self, names: Names, pieces: Pieces, inlined: frozenset[tuple[str, str]]) -> None:
        """``inlined``: scripts and styles that pages may have inside, as :func:`inline` tells them."""
        self._inlined = inlined
        shapes = Shapes(names, b"<")
        self._pieces = Memory[Piece](lambda new: pieces.look_at(shapes.worth_a_look(new)))
        # A line is remembered when it comes again.
        self._lines: dict[bytes, Line | None] = {}
        self._seen: set[int] = set()

    def telling(self, page: bytes) -> tuple[Collection[Piece], bool]:
        """Those of a page's pieces in which there is anything, and whether a script or style in it is doubtful."""
        first, *rest = page.split(_LINES)
        # The first may begin with no tag, and the last ends otherwise.
        lines, last = set(rest[:-1]), rest[-1:]
        found = list(map(self._lines.get, lines, repeat(_UNSEEN)))
        unseen = [line for line, what in zip(lines, found, strict=True) if what is _UNSEEN]
        told = {piece.data: piece for piece in self._in(_LINES.join([first, *unseen, *last]))}
        is_doubtful = _has_code(told.values())
        for what in found:
            if what is not None:
                told |= what.telling
                is_doubtful = is_doubtful or what.is_doubtful
        self._see(unseen)
        return told.values(), is_doubtful

    def _in(self, text: bytes) -> list[Piece]:
        return self._pieces.of(set(text.split(b"<")))

    def _see(self, lines: Sequence[bytes]) -> None:
        """Remember lines, if they were seen before."""
        signs = list(map(hash, lines))
        if not self._seen.isdisjoint(signs):
            for line, sign in zip(lines, signs, strict=True):
                if sign in self._seen and len(line) <= LONGEST:
                    self._lines[line] = self._line(line + _LINES[:-1])
        self._seen.update(signs)
        if len(self._lines) > REMEMBERED or len(self._seen) > 4 * REMEMBERED:
            self._lines.clear()
            self._seen.clear()

    def _line(self, line: bytes) -> Line | None:
        telling = {piece.data: piece for piece in self._in(line)}
        if not telling:
            return None
        element = b"<" + line
        is_doubtful = _has_code(telling.values()) and (
            is_element_begun(element) or not self._inlined.issuperset(inline(element))
        )
        return Line(telling, is_doubtful)


def _has_code(pieces: Iterable[Piece]) -> bool:
    return any(piece.more is not None and piece.more.is_code for piece in pieces)
