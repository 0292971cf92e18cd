"""What pieces are without their figures: pages of months say the same, but for the digits.

A piece's shape is what is left of it without ASCII digits. It is dull if nothing can be in any piece of this shape,
wherever its digits stand: neither a word that names are looked for by, nor a tag that says anything to a browser.
Pieces whose digits may mean more than figures are told apart and looked at by themselves.

Why nothing is missed: digits are signs that neither begin, end nor join anything but words. A word of a name that has
digits is looked for in the piece itself (``Names.is_numbered``), one without stands in the shape, too, unless digits
part it in the piece, and then it is not there. An id that is a number alone means somebody only behind
``scorecards/`` and the like, which a dull shape has not. What digits can make of a tag is in :data:`_SIGNS`, of an
escape in :data:`_HEX`; shapes with ``&`` or ``\\u`` are never dull.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from standardwerk.publish.audit.markup import is_dull
from standardwerk.publish.audit.names import Names

#: So many shapes are remembered.
_REMEMBERED = 50_000
_DIGITS = b"0123456789"
#: Digits that mean more: in escapes of addresses; in pages, at the beginning of a tag or between an attribute and its
#: quotes, too.
_HEX = re.compile(rb"[0-9a-fA-F]{2}")
_SIGNS = bytes.maketrans(_DIGITS + b"<", b"0" * len(_DIGITS) + b"=")
#: Texts of signs that are read alike whatever stands beside them: none joins the sign before it, and each is seen.
_PLAIN = re.compile(r"[\x00-\xac\xae-\u024f\u2010-\u2027\u202f-\u205e\u20a0-\u20bf\u2190-\u2bff]*")


class Shapes:
    """The dull shapes of one kind of files."""

    def __init__(self, names: Names, cut: bytes) -> None:
        """``cut``: the sign that parts pieces of these files: ``<`` in pages."""
        self._names = names
        self._cut = cut
        self._known: set[bytes] = set()
        self._dull: set[bytes] = set()
        self._numbered: set[bytes] = set()

    def worth_a_look(self, pieces: Sequence[bytes]) -> Sequence[bytes]:
        """Those pieces in which there may be anything. ``pieces``: one at least."""
        shapes = self._shapes_of(pieces)
        self._learn({shape for shape in shapes if shape is not None})
        left = [(piece, shape) for piece, shape in zip(pieces, shapes, strict=True) if shape not in self._dull]
        return [piece for piece, shape in left if shape not in self._numbered or self._names.is_numbered(piece)]

    def _shapes_of(self, pieces: Sequence[bytes]) -> list[bytes | None]:
        """None: the piece's digits may mean more than figures."""
        text = self._cut.join(pieces)
        if self._is_odd(text):
            return [None if self._is_odd(piece) else piece.translate(None, _DIGITS) for piece in pieces]
        return list(text.translate(None, _DIGITS).split(self._cut))

    def _is_odd(self, text: bytes) -> bool:
        if b"%" in text and any(map(_HEX.match, text.split(b"%")[1:])):
            return True
        if self._cut == b"<":
            signs = (b"<" + text).translate(_SIGNS)
            if b"=0" in signs or b"=/0" in signs:
                return True
        try:
            text.decode()
        except UnicodeDecodeError:
            return True
        return False

    def _learn(self, shapes: set[bytes]) -> None:
        if len(self._known) > _REMEMBERED:
            for memory in (self._known, self._dull, self._numbered):
                memory.clear()
        new = shapes - self._known
        for shape in new:
            if self._cut == b"<" and not is_dull(shape):
                continue
            text = shape.decode("utf-8", "replace")
            if _PLAIN.fullmatch(text) and self._names.is_silent(text):
                (self._numbered if self._names.may_be_numbered(text) else self._dull).add(shape)
        self._known |= new
