"""What is in the pieces of files.

Nothing of it depends on more than the piece and, where links lead, on how deep its page lies.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from standardwerk.publish.audit.markup import NOTHING, Address, Facts, facts
from standardwerk.publish.audit.names import NO_TRACE, Names, Trace
from standardwerk.publish.audit.report import short
from standardwerk.publish.audit.tree import OUTSIDE, Tree

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


class Pieces:
    """Looks at pieces of one kind: of markup, or of other files."""

    def __init__(self, names: Names, site: Site, depth: int | None) -> None:
        """``depth``: how many folders deep pages lie; None: the files are no pages."""
        self._names = names
        self._site = site
        self._depth = depth

    def look_at(self, pieces: Sequence[bytes]) -> dict[bytes, Piece]:
        """Those pieces in which there is anything."""
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
