"""What chunks of people give back for the pages about several people."""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from standardwerk.evaluate.totals import Totals, add_totals
from standardwerk.model.months import Month
from standardwerk.model.scores import Contribution
from standardwerk.site.team import MemberMonth


class Contributions:
    """What people add to roll-ups, by month.

    On the way from a worker they are packed, and stay so until their month is added up: those of a thousand people take
    several hundred megabytes.
    """

    def __init__(self, found: Iterable[Contribution] = ()) -> None:
        self._packed: dict[Month, list[bytes]] = {}
        self._plain: dict[Month, list[Contribution]] = {}
        self.add(found)

    def add(self, found: Iterable[Contribution]) -> None:
        """Take over those of a person."""
        for one in found:
            self._plain.setdefault(one.month, []).append(one)

    def take(self, other: Contributions) -> None:
        """Take over those of a chunk."""
        for month, packs in other._packed.items():
            self._packed.setdefault(month, []).extend(packs)
        for month, its in other._plain.items():
            self._plain.setdefault(month, []).extend(its)

    @property
    def months(self) -> list[Month]:
        """The months there are any of, in order."""
        return sorted({*self._packed, *self._plain})

    def of(self, month: Month) -> list[Contribution]:
        """Those of a month."""
        packed = [one for pack in self._packed.get(month, ()) for one in pickle.loads(zlib.decompress(pack))]
        return packed + self._plain.get(month, [])

    def __iter__(self) -> Iterator[Contribution]:
        return (one for month in self.months for one in self.of(month))

    def __getstate__(self) -> dict[str, object]:
        packed = {month: list(packs) for month, packs in self._packed.items()}
        for month, its in self._plain.items():
            packed.setdefault(month, []).append(zlib.compress(pickle.dumps(its, protocol=5), 1))
        return {"_packed": packed, "_plain": {}}


@dataclass
class Outcome:
    """What a chunk of people gives back: sums for roll-ups and business totals, and what team pages show."""

    contributions: Contributions = field(default_factory=Contributions)
    totals: Totals = field(default_factory=dict)
    members: list[MemberMonth] = field(default_factory=list)


def together(parts: Iterable[Outcome]) -> Outcome:
    """All that the chunks gave back."""
    found = Outcome()
    for part in parts:
        found.contributions.take(part.contributions)
        found.members += part.members
        add_totals(found.totals, part.totals)
    return found
