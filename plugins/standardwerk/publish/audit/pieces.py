"""What is in the pieces of files: each is looked at once, and what was found is remembered for the files to come.

Nothing of it depends on more than the piece and, where links lead, on how deep its page lies. So what is remembered is
what would be found again. Most of a page are blocks that others have, too: lines of many pieces, of which the same holds.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import repeat
from urllib.parse import unquote

from standardwerk.publish.audit.figures import Shapes
from standardwerk.publish.audit.markup import NOTHING, Address, Facts, facts
from standardwerk.publish.audit.names import NO_TRACE, Names, Trace
from standardwerk.publish.audit.report import short
from standardwerk.publish.audit.tree import OUTSIDE, Tree
from standardwerk.render.policy import inline, is_element_begun

#: So many pieces are remembered at least, none longer than this.
REMEMBERED = 50_000
LONGEST = 4000
#: What parts blocks. They are parts of a page as pieces are: each ends where a piece does.
_BETWEEN = b">\n<"
#: Fragments that need no place in the page.
_TOP = frozenset({"", "top"})


@dataclass(frozen=True, slots=True)
class Lead:
    """Where an address of a page leads."""

    address: str
    finding: str = ""
    """A code, if something is wrong with it."""
    own: str = ""
    """The place in the page itself that must be there."""
    other: tuple[str, str] | None = None
    """A place in a page of the site: path and fragment."""


class Site:
    """Where addresses lead in a site."""

    def __init__(self, files: Collection[str], prefix: str, origin: str) -> None:
        """``origin``: the site's host; ``prefix``: where its root is on it."""
        self.tree = Tree(files, prefix)
        self._origin = origin

    def lead(self, folders: list[str], address: Address) -> Lead:
        """Where an address leads from a page in some folders."""
        text = address.text
        if address.use == "asked" and address.leaves(self._origin):
            return Lead(text, "SW707")
        if address.scheme:
            return Lead(text)
        target = self.tree.target(folders, text)
        if target is None:
            return Lead(text, "SW705")
        if address.use == "asked" or target == OUTSIDE:
            return Lead(text)
        fragment = unquote(text.partition("#")[2])
        if fragment in _TOP or fragment.startswith(":~:"):
            return Lead(text)
        return Lead(text, own=fragment) if not target else Lead(text, other=(target, fragment))


@dataclass(frozen=True, slots=True)
class Piece:
    """What was found in a piece of a file, for all files of a depth."""

    data: bytes
    trace: Trace = NO_TRACE
    ids: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    """The places in the page itself that must be there."""
    more: More | None = None
    """What few pieces have."""


@dataclass(frozen=True, slots=True)
class More:
    """What few pieces have: findings, and what is to be looked at in each page."""

    findings: tuple[tuple[str, str], ...] = ()
    """Code, and what is wrong."""
    others: tuple[tuple[str, str], ...] = ()
    """Places in other pages: path and fragment."""
    addresses: tuple[Address, ...] = ()
    """What leads elsewhere from each folder."""
    is_code: bool = False
    is_cut: bool = False


_NO_MORE = More()


@dataclass(frozen=True, slots=True)
class Block:
    """What was found in a whole block."""

    telling: tuple[Piece, ...]
    """Those of its pieces in which there is anything."""
    is_doubtful: bool
    """Whether a script or style is in it that the policy does not know, or that does not end in it."""


_UNSEEN = Block((), is_doubtful=False)


class Pieces:
    """A memory of pieces of one kind: of markup, or of other files."""

    def __init__(
        self,
        names: Names,
        site: Site,
        cut: bytes,
        depth: int | None,
        inlined: frozenset[tuple[str, str]] = frozenset(),
    ) -> None:
        """``cut``: the sign that parts pieces. ``depth``: how many folders deep pages lie; None: the files are no pages.

        ``inlined``: scripts and styles that pages may have inside, as :func:`inline` tells them.
        """
        self._names = names
        self._site = site
        self._depth = depth
        self._inlined = inlined
        self._cut = cut
        self._shapes = Shapes(names, cut, is_markup=depth is not None)
        # Most pieces never come again (figures do not), some in each page: these are taken along.
        self._dull: set[bytes] = set()
        self._dull_before: set[bytes] = set()
        self._telling: dict[bytes, Piece] = {}
        self._telling_before: dict[bytes, Piece] = {}
        # A block is remembered when it comes again.
        self._blocks: dict[bytes, Block | None] = {}
        self._seen: set[int] = set()

    def of_page(self, page: bytes) -> tuple[Collection[Piece], bool]:
        """Those of a page's pieces in which there is anything, and whether a script or style in it is doubtful."""
        first, *rest = page.split(_BETWEEN)
        # The first may begin with no tag, and the last ends otherwise: these are no blocks.
        last = rest[-1:]
        blocks = set(rest[:-1])
        found = list(map(self._blocks.get, blocks, repeat(_UNSEEN)))
        unseen = [block for block, what in zip(blocks, found, strict=True) if what is _UNSEEN]
        told = self.telling(set(_BETWEEN.join([first, *unseen, *last]).split(b"<")))
        is_doubtful = any(piece.more is not None and piece.more.is_code for piece in told)
        telling = {piece.data: piece for piece in told}
        for what in found:
            if what is not None:
                telling.update((piece.data, piece) for piece in what.telling)
                is_doubtful = is_doubtful or what.is_doubtful
        self._see(unseen)
        return telling.values(), is_doubtful

    def _see(self, blocks: Sequence[bytes]) -> None:
        """Remember blocks, if they were seen before."""
        signs = list(map(hash, blocks))
        if not self._seen.isdisjoint(signs):
            for block, sign in zip(blocks, signs, strict=True):
                if sign in self._seen and len(block) <= LONGEST:
                    self._blocks[block] = self._block(block + _BETWEEN[:-1])
        self._seen.update(signs)
        if len(self._blocks) > REMEMBERED or len(self._seen) > 4 * REMEMBERED:
            self._blocks.clear()
            self._seen.clear()

    def _block(self, block: bytes) -> Block | None:
        telling = tuple(self.telling(set(block.split(b"<"))))
        is_doubtful = any(piece.more is not None and piece.more.is_code for piece in telling) and (
            is_element_begun(b"<" + block) or not self._inlined.issuperset(inline(b"<" + block))
        )
        return Block(telling, is_doubtful) if telling else None

    def telling(self, pieces: set[bytes]) -> list[Piece]:
        """Those of a file's pieces in which there is anything."""
        left = pieces - self._dull
        told = [self._telling[piece] for piece in left if piece in self._telling]
        if len(told) < len(left):
            told += self._learn([piece for piece in left if piece not in self._telling])
        return told

    def _learn(self, pieces: Sequence[bytes]) -> Collection[Piece]:
        """Take pieces along from before, or look at them."""
        if len(self._dull) + len(self._telling) > REMEMBERED:
            self._dull_before, self._dull = self._dull, set()
            self._telling_before, self._telling = self._telling, {}
        told = {piece: self._telling_before[piece] for piece in pieces if piece in self._telling_before}
        new = [piece for piece in pieces if piece not in told and piece not in self._dull_before]
        told |= self._look_at(self._shapes.worth_a_look(new))
        self._telling |= {piece: what for piece, what in told.items() if len(piece) <= LONGEST}
        self._dull.update(piece for piece in pieces if piece not in told and len(piece) <= LONGEST)
        return told.values()

    def _look_at(self, pieces: Sequence[bytes]) -> dict[bytes, Piece]:
        found = {piece: Piece(piece, trace) for piece, trace in self._names.traces(pieces).items()}
        if self._depth is not None:
            for piece in pieces:
                its = facts(piece)
                if its is not NOTHING:
                    trace = found[piece].trace if piece in found else NO_TRACE
                    what = self._piece(piece, trace, its, self._depth)
                    if what is not None:
                        found[piece] = what
        return found

    def _piece(self, data: bytes, trace: Trace, its: Facts, depth: int) -> Piece | None:
        same = [one for one in its.addresses if one.scheme or self._site.tree.is_same(depth, one.text)]
        # Any folder of the depth will do.
        leads = [self._site.lead([""] * depth, one) for one in same]
        own = tuple(one.own for one in leads if one.own)
        more = More(
            (
                *(("SW706", short(run)) for run in its.runs),
                *((one.finding, short(one.address)) for one in leads if one.finding),
            ),
            tuple(one.other for one in leads if one.other is not None),
            tuple(one for one in its.addresses if one not in same),
            its.is_code,
            its.is_cut,
        )
        if trace is NO_TRACE and not its.ids and not own and more == _NO_MORE:
            return None
        return Piece(data, trace, its.ids, own, None if more == _NO_MORE else more)
