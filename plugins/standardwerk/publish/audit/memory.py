"""What is remembered of parts of files, for the files to come: each part is looked at once.

What is in a line of a page is what is in its pieces, for a line ends where a piece does. So what is remembered is what
would be found again. Pages have most of their lines in common, and most pieces of the others. Of what is new, most is
new for its figures alone (``figures.py``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat

from standardwerk.publish.audit.figures import Shapes
from standardwerk.publish.audit.names import Names
from standardwerk.publish.audit.pieces import Piece, Pieces
from standardwerk.render.policy import inline, is_element_begun

#: So many pieces and lines are remembered at least, none longer than this.
REMEMBERED = 50_000
LONGEST = 4000
#: What parts lines of a page.
_LINES = b">\n<"


class PieceMemory:
    """What is in pieces of files of one kind."""

    def __init__(self, names: Names, pieces: Pieces, cut: bytes) -> None:
        """``cut``: the sign that parts pieces."""
        self._shapes = Shapes(names, cut)
        self._pieces = pieces
        self._cut = cut
        # Many pieces never come again (figures do not), some in each file: these are taken along.
        self._dull: set[bytes] = set()
        self._dull_before: set[bytes] = set()
        self._telling: dict[bytes, Piece] = {}
        self._telling_before: dict[bytes, Piece] = {}

    def telling(self, text: bytes) -> list[Piece]:
        """Those of a text's pieces in which there is anything."""
        left = set(text.split(self._cut)) - self._dull
        told = [self._telling[piece] for piece in left if piece in self._telling]
        if len(told) < len(left):
            told += self._learn(left.difference(self._telling))
        return told

    def _learn(self, pieces: set[bytes]) -> Collection[Piece]:
        """Take pieces along from before, or look at them."""
        if len(self._dull) + len(self._telling) > REMEMBERED:
            self._dull_before, self._dull = self._dull, set()
            self._telling_before, self._telling = self._telling, {}
        new = pieces - self._dull_before
        told = {piece: self._telling_before[piece] for piece in new if piece in self._telling_before}
        if len(told) < len(new):
            told |= self._pieces.look_at(self._shapes.worth_a_look(list(new.difference(told))))
        self._telling |= {piece: what for piece, what in told.items() if len(piece) <= LONGEST}
        self._dull.update(piece for piece in pieces.difference(told) if len(piece) <= LONGEST)
        return told.values()


@dataclass(frozen=True, slots=True)
class Line:
    """What is in a line of a page."""

    telling: Mapping[bytes, Piece]
    is_doubtful: bool
    """Whether a script or style is in it that the policy does not know, or that does not end in it."""


_UNSEEN = Line({}, is_doubtful=False)


class PageMemory:
    """What is in lines and pieces of pages of one depth."""

    def __init__(self, names: Names, pieces: Pieces, inlined: frozenset[tuple[str, str]]) -> None:
        """``inlined``: scripts and styles that pages may have inside, as :func:`inline` tells them."""
        self._inlined = inlined
        self._pieces = PieceMemory(names, pieces, b"<")
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
        told = {piece.data: piece for piece in self._pieces.telling(_LINES.join([first, *unseen, *last]))}
        is_doubtful = _has_code(told.values())
        for what in found:
            if what is not None:
                told |= what.telling
                is_doubtful = is_doubtful or what.is_doubtful
        self._see(unseen)
        return told.values(), is_doubtful

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
        telling = {piece.data: piece for piece in self._pieces.telling(line)}
        if not telling:
            return None
        element = b"<" + line
        is_doubtful = _has_code(telling.values()) and (
            is_element_begun(element) or not self._inlined.issuperset(inline(element))
        )
        return Line(telling, is_doubtful)


def _has_code(pieces: Iterable[Piece]) -> bool:
    return any(piece.more is not None and piece.more.is_code for piece in pieces)
