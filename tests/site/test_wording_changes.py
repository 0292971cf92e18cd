"""A redline tells the truth: what is not struck out is the new text, what is not underlined the old one."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from standardwerk.site.wording_changes import (
    DELETED,
    INSERTED,
    SAME,
    Block,
    BlockChange,
    Piece,
    compare_blocks,
    paragraphs,
    redline,
)
from tests.factory import thorough

words = st.sampled_from(["der", "Kunde", "24", "48", "Stunden", "12,5 %", "–", ".", ",", "  ", "(", "x-y", "é", "\n"])
lines = st.one_of(st.lists(words, max_size=25).map(" ".join), st.text(max_size=40))
blocks = st.lists(st.builds(Block, st.sampled_from(["p", "item", "heading"]), lines), max_size=8)


def old(pieces: tuple[Piece, ...]) -> str:
    return "".join(piece.text for piece in pieces if piece.change != INSERTED)


def new(pieces: tuple[Piece, ...]) -> str:
    return "".join(piece.text for piece in pieces if piece.change != DELETED)


@thorough
@given(lines, lines)
def test_a_line(before: str, after: str) -> None:
    found = redline(before, after)
    assert (old(found), new(found)) == (before, after)
    assert all(piece.text for piece in found)
    assert all(one.change != other.change for one, other in pairwise(found))
    assert (before == after) == all(piece.change == SAME for piece in found)


def side(changes: tuple[BlockChange, ...], left_out: str) -> list[Block]:
    """The blocks of one of the two texts, read from their comparison."""
    found = []
    for change in changes:
        kept = [piece for piece in change.pieces if piece.change != left_out]
        if kept or not change.pieces:
            found.append(Block(change.kind, "".join(piece.text for piece in kept)))
    return found


@thorough
@given(blocks, blocks)
def test_a_text(before: list[Block], after: list[Block]) -> None:
    # A block without text is none: nothing could be said of it.
    before, after = [one for one in before if one.text], [one for one in after if one.text]
    found = compare_blocks(tuple(before), tuple(after))
    assert side(found, INSERTED) == before
    assert side(found, DELETED) == after


@thorough
@given(blocks)
def test_an_equal_text_has_no_change(text: list[Block]) -> None:
    assert all(change.change in {SAME, "mixed"} for change in compare_blocks(tuple(text), tuple(text)) if change.pieces)


def test_few_words_are_told_as_few_words() -> None:
    found = redline("Rufen Sie innerhalb von 48 Stunden zurück.", "Rufen Sie innerhalb von 24 Stunden zurück.")
    assert found == (
        Piece(SAME, "Rufen Sie innerhalb von "),
        Piece(DELETED, "48"),
        Piece(INSERTED, "24"),
        Piece(SAME, " Stunden zurück."),
    )


def test_another_sentence_is_told_whole() -> None:
    found = redline("Der Kunde zahlt die Rechnung.", "Wir liefern am Montag, wenn es regnet.")
    assert [piece.change for piece in found] == [DELETED, INSERTED]


def test_a_paragraph_between_others_is_told_alone() -> None:
    before = paragraphs("Erster Absatz, der bleibt.\n\nDritter Absatz, der auch bleibt.")
    after = paragraphs("Erster Absatz, der bleibt.\n\nGanz neu.\n\nDritter Absatz, der auch so bleibt.")
    assert [change.change for change in compare_blocks(before, after)] == [SAME, INSERTED, "mixed"]
