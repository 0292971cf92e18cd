"""What is in the pieces of files: each is looked at once, and what was found in it is remembered for the files to come.

Nothing found depends on more than the piece and, where links lead, on how deep its page lies. So what is remembered is what
would be found again.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from urllib.parse import unquote

from standardwerk.publish.audit.markup import NOTHING, Address, Facts, facts
from standardwerk.publish.audit.names import NO_TRACE, Names, Trace
from standardwerk.publish.audit.report import short
from standardwerk.publish.audit.tree import OUTSIDE, Tree

#: So many pieces are remembered, none longer than this; then it begins anew.
REMEMBERED = 150_000
LONGEST = 4000
#: Fragments that need no place in the page.
_TOP = frozenset({"", "top"})


@dataclass(frozen=True, slots=True)
class Lead:
    """Where an address of a page leads."""

    finding: tuple[str, str] | None = None
    """Code and address, if something is wrong with it."""
    own: str = ""
    """The place in the page itself that must be there."""
    other: tuple[str, str] | None = None
    """A place in a page of the site: path and fragment."""


NOWHERE = Lead()


def lead(tree: Tree, origin: str, folders: list[str], address: Address) -> Lead:
    """Where an address leads from a page in some folders. ``origin``: the site's host."""
    if address.use == "asked" and address.leaves(origin):
        return Lead(("SW707", short(address.text)))
    if address.scheme:
        return NOWHERE
    target = tree.target(folders, address.text)
    if target is None:
        return Lead(("SW705", short(address.text)))
    if address.use == "asked" or target == OUTSIDE:
        return NOWHERE
    fragment = unquote(address.text.partition("#")[2])
    if fragment in _TOP or fragment.startswith(":~:"):
        return NOWHERE
    return Lead(own=fragment) if not target else Lead(other=(target, fragment))


@dataclass(frozen=True, slots=True)
class Ways:
    """Where the addresses of a piece lead from all pages of a depth."""

    findings: tuple[tuple[str, str], ...]
    own: tuple[str, ...]
    others: tuple[tuple[str, str], ...]
    rest: tuple[Address, ...]
    """Those that lead elsewhere from each folder."""

    @classmethod
    def of(cls, tree: Tree, origin: str, depth: int, addresses: Collection[Address]) -> Ways:
        """Where addresses lead from pages so many folders deep."""
        same = [one for one in addresses if one.scheme or tree.is_same(depth, one.text)]
        # Any folder of the depth will do.
        leads = [lead(tree, origin, [""] * depth, one) for one in same]
        return cls(
            tuple(one.finding for one in leads if one.finding is not None),
            tuple(one.own for one in leads if one.own),
            tuple(one.other for one in leads if one.other is not None),
            tuple(one for one in addresses if one not in same),
        )


@dataclass(frozen=True, slots=True)
class Piece:
    """What was found in a piece of a file."""

    data: bytes
    trace: Trace
    facts: Facts
    ways: dict[int, Ways] = field(default_factory=dict)
    """By the depth of pages, as far as it came to that."""


class Pieces:
    """A memory of pieces of one kind: of markup, or of other files."""

    def __init__(self, names: Names, *, is_markup: bool) -> None:
        self._names = names
        self._is_markup = is_markup
        self._dull: set[bytes] = set()
        self._telling: dict[bytes, Piece] = {}

    def telling(self, pieces: set[bytes]) -> list[Piece]:
        """Those of a file's pieces in which there is anything."""
        known = self._telling.keys() & pieces
        new = list((pieces - self._dull).difference(known))
        found = [self._telling[piece] for piece in known]
        if len(self._dull) + len(self._telling) > REMEMBERED:
            self._dull.clear()
            self._telling.clear()
        traces = self._names.traces(new)
        for piece in new:
            one = Piece(piece, traces.get(piece, NO_TRACE), facts(piece) if self._is_markup else NOTHING)
            is_dull = one.trace is NO_TRACE and one.facts is NOTHING
            if not is_dull:
                found.append(one)
            if len(piece) <= LONGEST:
                if is_dull:
                    self._dull.add(piece)
                else:
                    self._telling[piece] = one
        return found
