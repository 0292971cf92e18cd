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
#: Digits that mean more: in escapes of addresses; in pages, at the beginning of a tag or between an attribute and its
#: quotes, too.
_ESCAPE = re.compile(rb"%[0-9a-fA-F]{2}")
#: All digits are alike.
_ZEROS = bytes.maketrans(_DIGITS, b"0" * len(_DIGITS))
#: Texts of signs that are read alike whatever stands beside them: none joins the sign before it, and each is seen.
_PLAIN = re.compile(r"[\x00-\xac\xae-\u024f\u2010-\u2027\u202f-\u205e\u20a0-\u20bf\u2190-\u2bff]*")


def without_figures(parts: Sequence[bytes], cut: bytes) -> list[tuple[bytes, bytes | None]]:
    """Parts of files and their shapes; None if a part's digits may mean more than figures. ``cut``: what parts parts."""
    text = cut.join(parts)
    if not _is_odd(text, cut):
        return list(zip(parts, text.translate(None, _DIGITS).split(cut), strict=True))
    return [(part, None if _is_odd(part, cut) else part.translate(None, _DIGITS)) for part in parts]


def _is_odd(text: bytes, cut: bytes) -> bool:
    if b"%" in text and _ESCAPE.search(text):
        return True
    if cut.startswith(b"<"):
        zeros = (cut + text).translate(_ZEROS)
        if b"<0" in zeros or b"</0" in zeros or b"=0" in zeros:
            return True
    try:
        text.decode()
    except UnicodeDecodeError:
        return True
    return False


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
        """Those pieces in which there may be anything."""
        pairs = without_figures(pieces, self._cut)
        self._learn({shape for _, shape in pairs if shape is not None})
        left = [(piece, shape) for piece, shape in pairs if shape not in self._dull]
        return [piece for piece, shape in left if shape not in self._numbered or self._names.is_numbered(piece)]

    def are_dull(self, shapes: Sequence[bytes]) -> bool:
        """Whether shapes of pieces are all known to be dull."""
        return self._dull.issuperset(shapes)

    def _learn(self, shapes: set[bytes]) -> None:
        if len(self._known) > _REMEMBERED:
            for memory in (self._known, self._dull, self._numbered):
                memory.clear()
        new = shapes - self._known
        for shape in new:
            text = shape.decode("utf-8", "replace")
            has_dull_tag = self._cut != b"<" or is_dull(shape)
            if has_dull_tag and _PLAIN.fullmatch(text) and self._names.is_silent(text):
                (self._numbered if self._names.may_be_numbered(text) else self._dull).add(shape)
        self._known |= new
