"""What pieces are without their figures: pages of months say the same, but for the digits.

A piece's shape is what is left of it without ASCII digits. It is dull if nothing can be in any piece of this shape,
wherever its digits stand: neither a word that names are looked for by, nor a tag that says anything to a browser. Pieces
whose digits may mean more than figures are told apart and looked at by themselves.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from standardwerk.publish.audit.markup import is_dull
from standardwerk.publish.audit.names import Names

#: So many shapes are remembered.
_REMEMBERED = 50_000
_DIGITS = b"0123456789"
#: Escapes of addresses; in pages, digits that a tag begins with or that part an attribute from its quotes, too.
_ESCAPE = re.compile(rb"%[0-9a-fA-F]{2}")
_ODD = (b"<0", b"</0", b"=0")
#: All digits are alike.
_ZEROS = bytes.maketrans(_DIGITS, b"0" * len(_DIGITS))
#: Texts of signs that are read alike whatever stands beside them: none joins the sign before it, and each is seen.
_PLAIN = re.compile(r"[\x00-\xac\xae-\u024f\u2010-\u2027\u202f-\u205e\u20a0-\u20bf\u2190-\u2bff]*")


class Shapes:
    """The dull shapes of one kind of files."""

    def __init__(self, names: Names, cut: bytes, *, is_markup: bool) -> None:
        """``cut``: the sign that parts pieces of these files."""
        self._names = names
        self._cut = cut
        self._is_markup = is_markup
        self._known: set[bytes] = set()
        self._dull: set[bytes] = set()
        self._numbered: set[bytes] = set()

    def worth_a_look(self, pieces: Sequence[bytes]) -> Sequence[bytes]:
        """Those pieces in which there may be anything."""
        odd: list[bytes] = []
        text = self._cut.join(pieces)
        if self._is_odd(text):
            odd = [piece for piece in pieces if self._is_odd(piece)]
            pieces = [piece for piece in pieces if not self._is_odd(piece)]
            text = self._cut.join(pieces)
        shapes = text.translate(None, _DIGITS).split(self._cut)
        self._learn(set(shapes))
        dull, numbered = self._dull, self._numbered
        left = [(piece, shape) for piece, shape in zip(pieces, shapes, strict=False) if shape not in dull]
        return odd + [piece for piece, shape in left if shape not in numbered or self._names.is_numbered(piece)]

    def _is_odd(self, text: bytes) -> bool:
        """Whether digits may mean more in a piece, or in one of many."""
        if b"%" in text and _ESCAPE.search(text):
            return True
        if self._is_markup:
            zeros = b"<" + text.translate(_ZEROS)
            if any(one in zeros for one in _ODD):
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
            text = shape.decode("utf-8", "replace")
            if (is_dull(shape) or not self._is_markup) and _PLAIN.fullmatch(text) and self._names.is_silent(text):
                (self._numbered if self._names.may_be_numbered(text) else self._dull).add(shape)
        self._known |= new
