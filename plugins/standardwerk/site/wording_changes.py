"""What changed in a text, word by word: values, never markup."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import takewhile

SAME, INSERTED, DELETED = "same", "inserted", "deleted"

_TOKEN = re.compile(r"\s+|\w+(?:[.,:’'/-]\w+)*|[^\w\s]")
#: A block of which less than this part stays is shown as replaced.
_ALIKE = 0.4
_KEPT = 0.25
#: More pairs than this are not compared one by one.
_MANY_PAIRS = 10_000


@dataclass(frozen=True, slots=True)
class Block:
    """The least part of a text that stands on lines of its own: a paragraph, an item of a list, a row of a table."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stayed, came or went."""

    change: str
    """``same``, ``inserted`` or ``deleted``."""
    text: str


@dataclass(frozen=True, slots=True)
class BlockChange:
    """A block with its pieces in reading order: what went before what came."""

    kind: str
    pieces: tuple[Piece, ...]

    @property
    def change(self) -> str:
        """``same``, ``inserted``, ``deleted``, or ``mixed``."""
        found = {piece.change for piece in self.pieces}
        return found.pop() if len(found) == 1 else "mixed"


@dataclass(frozen=True, slots=True)
class TextChange:
    """A section of a text."""

    id: str
    title: tuple[Piece, ...]
    blocks: tuple[BlockChange, ...]
    change: str
    """``same``, ``revised``, ``inserted``, ``deleted``, or ``layout``: the same words, set in another way (bold, links,
    pictures)."""


def redline(old: str, new: str) -> tuple[Piece, ...]:
    """The pieces of two lines of text. Those not inserted are ``old``, those not deleted ``new``."""
    if old == new:
        return (Piece(SAME, new),) if new else ()
    left, right = _TOKEN.findall(old), _TOKEN.findall(new)
    # Blanks are everywhere: they match beside words that match, and never by themselves.
    steps = SequenceMatcher(str.isspace, left, right, autojunk=False).get_opcodes()
    runs = _smoothed([_Run("".join(left[a:b]), "".join(right[c:d]), kind == "equal") for kind, a, b, c, d in steps])
    kept = sum(_words(run.new) for run in runs if run.same)
    if kept < _KEPT * max(_words(old), _words(new)):
        runs = [_Run(old, new, False)]
    found: list[Piece] = []
    for run in runs:
        if run.same:
            found.append(Piece(SAME, run.new))
            continue
        if run.old:
            found.append(Piece(DELETED, run.old))
        if run.new:
            found.append(Piece(INSERTED, run.new))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Run:
    """A stretch of a line that stayed, or did not."""

    old: str
    new: str
    same: bool


def _smoothed(runs: list[_Run]) -> list[_Run]:
    """Runs in which no lonely blank, comma or short word stands between two changes."""
    found: list[_Run] = []
    for index, run in enumerate(runs):
        short = len(run.new) <= 5 and sum(char.isalnum() for char in run.new) <= 2
        lonely = run.same and short and 0 < index < len(runs) - 1
        if found and not found[-1].same and (lonely or not run.same):
            found[-1] = _Run(found[-1].old + run.old, found[-1].new + run.new, False)
        else:
            found.append(run)
    return found


def _words(text: str) -> int:
    return len(re.findall(r"\w+", text))


@lru_cache(maxsize=1024)
def compare_blocks(old: tuple[Block, ...], new: tuple[Block, ...]) -> tuple[BlockChange, ...]:
    """The blocks of two texts, those that belong together as one. A process that compares them again has it at hand."""
    found: list[BlockChange] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found += [BlockChange(block.kind, (Piece(SAME, block.text),)) for block in new[c:d]]
        else:
            found += _replaced(old[a:b], new[c:d], found[-1].kind if found else "")
    return tuple(found)


def _between(old: Sequence[Block], new: Sequence[Block], before: str) -> list[BlockChange]:
    """Blocks that went and blocks that came; first of both those that go on with the list before them."""
    gone = [BlockChange(block.kind, (Piece(DELETED, block.text),)) for block in old]
    come = [BlockChange(block.kind, (Piece(INSERTED, block.text),)) for block in new]
    a = len(list(takewhile(lambda change: change.kind == before, gone)))
    b = len(list(takewhile(lambda change: change.kind == before, come)))
    return [*gone[:a], *come[:b], *gone[a:], *come[b:]]


def _replaced(old: Sequence[Block], new: Sequence[Block], before: str) -> list[BlockChange]:
    found: list[BlockChange] = []
    left = right = 0
    for a, b in [*_pairs(old, new), (len(old), len(new))]:
        found += _between(old[left:a], new[right:b], found[-1].kind if found else before)
        if a < len(old):
            found.append(BlockChange(new[b].kind, redline(old[a].text, new[b].text)))
        left, right = a + 1, b + 1
    return found


def _pairs(old: Sequence[Block], new: Sequence[Block]) -> list[tuple[int, int]]:
    """Which blocks belong together, in order: the choice that keeps most."""
    if not old or not new or len(old) * len(new) > _MANY_PAIRS:
        return []
    left, right = [_counted(block) for block in old], [_counted(block) for block in new]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    alike = [[0.0] * len(new) for _ in old]
    for a in reversed(range(len(old))):
        for b in reversed(range(len(new))):
            same = _likeness(left[a], right[b]) if old[a].kind == new[b].kind else 0.0
            alike[a][b] = same if same >= _ALIKE else 0.0
            best[a][b] = max(best[a + 1][b], best[a][b + 1], best[a + 1][b + 1] + alike[a][b])
    found: list[tuple[int, int]] = []
    a = b = 0
    while a < len(old) and b < len(new):
        if alike[a][b] and best[a][b] == best[a + 1][b + 1] + alike[a][b]:
            found.append((a, b))
            a, b = a + 1, b + 1
        elif best[a][b] == best[a + 1][b]:
            a += 1
        else:
            b += 1
    return found


def _counted(block: Block) -> Counter[str]:
    return Counter(re.findall(r"\w+", block.text.lower()))


def _likeness(left: Counter[str], right: Counter[str]) -> float:
    total = left.total() + right.total()
    return 2 * (left & right).total() / total if total else 1.0


def paragraphs(text: str) -> tuple[Block, ...]:
    """The paragraphs of a plain text."""
    return tuple(Block("p", part.strip()) for part in re.split(r"\n\s*\n", text) if part.strip())
