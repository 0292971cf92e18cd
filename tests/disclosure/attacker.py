"""Somebody who tries to work out what a few people have, from everything that is shown of a measure in a month.

She knows who is in which team and has which product lines, and she may be the lead of a team: then she knows the
figures of her own people. Two ways are tried. Sums and differences: is there a combination of shown groups that speaks
of fewer than k people alone? And bounds: she is even told every denominator, knows that a share is between nothing and
all, and narrows down everybody's numerator from what is shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import combinations
from math import ceil, floor

#: Ranks are worked out modulo a prime: of small matrices of 0 and 1 the rank is the same.
PRIME = (1 << 61) - 1


@dataclass(frozen=True)
class Cell:
    """A figure of a person: of a product line, or (None) what is not of a line."""

    person: str
    team: str
    line: str | None


Group = frozenset[Cell]
"""The cells that a shown figure adds up."""


def rank(rows: Iterable[tuple[int, ...]]) -> int:
    left, found = [list(row) for row in rows], 0
    for column in range(len(left[0]) if left else 0):
        pivot = next((row for row in left if row[column]), None)
        if pivot is None:
            continue
        left.remove(pivot)
        inverse = pow(pivot[column], -1, PRIME)
        for row in left:
            if row[column]:
                factor = row[column] * inverse % PRIME
                row[:] = [(one - factor * other) % PRIME for one, other in zip(row, pivot, strict=True)]
        found += 1
    return found


def by_sums(known: Iterable[Group], k: int) -> list[tuple[str, ...]]:
    """People, fewer than k, of whom some sum or difference of known groups speaks alone; alike ones together."""
    groups = [group for group in known if group]
    profiles: dict[str, set[tuple[str | None, tuple[int, ...]]]] = {}
    for cell in set().union(*groups):
        where = tuple(int(cell in group) for group in groups)
        profiles.setdefault(cell.person, set()).add((cell.line, where))
    alike: dict[frozenset[tuple[int, ...]], list[str]] = {}
    for person, cells in sorted(profiles.items()):
        # To sums it does not matter of which line a cell is, only in which groups it is.
        alike.setdefault(frozenset(where for _, where in cells), []).append(person)
    counts = frozenset((profile, len(people)) for profile, people in alike.items())
    return [tuple(sorted(name for profile in some for name in alike[profile])) for some in _spoken_of(counts, k)]


@cache
def _spoken_of(
    counts: frozenset[tuple[frozenset[tuple[int, ...]], int]], k: int
) -> tuple[tuple[frozenset[tuple[int, ...]], ...], ...]:
    """Kinds of people, fewer than k in all, that need not cancel out where everybody else does."""
    number = dict(counts)
    columns = sorted({column for profile in number for column in profile})

    def rank_without(some: tuple[frozenset[tuple[int, ...]], ...]) -> int:
        kept = {column for profile in number if profile not in some for column in profile}
        chosen = [column for column in columns if column in kept]
        return rank(zip(*chosen, strict=True)) if chosen else 0

    full = rank_without(())
    kinds = sorted(number, key=sorted)
    return tuple(
        some
        for size in range(1, k)
        for some in combinations(kinds, size)
        if sum(number[one] for one in some) < k and rank_without(some) < full
    )


Bounds = dict[Cell, tuple[int, int]]


def by_bounds(
    denominators: Mapping[Cell, int],
    shown: Iterable[tuple[Group, tuple[Decimal, Decimal]]],
    given: Mapping[Cell, int],
) -> list[str]:
    """The people of whom every numerator comes out. ``given``: what the attacker knows anyway."""
    bounds: Bounds = {cell: (0, whole) for cell, whole in denominators.items()}
    bounds |= {cell: (value, value) for cell, value in given.items()}
    sums: list[tuple[Group, int, int]] = []
    for group, (low, high) in shown:
        whole = sum(denominators[cell] for cell in group)
        sums.append((group, ceil(whole * low / 100), floor(whole * high / 100)))
    changed = True
    while changed:
        changed = False
        for group, low, high in [*sums, *_differences(sums)]:
            at_least, at_most = sum(bounds[cell][0] for cell in group), sum(bounds[cell][1] for cell in group)
            for cell in group:
                first, last = bounds[cell]
                new = (max(first, low - (at_most - last)), min(last, high - (at_least - first)))
                if new != (first, last):
                    bounds[cell] = new
                    at_least += new[0] - first
                    at_most += new[1] - last
                    changed = True
    people = {cell.person for cell in denominators if cell not in given and denominators[cell]}
    return sorted(
        person
        for person in people
        if all(bounds[cell][0] == bounds[cell][1] for cell in denominators if cell.person == person)
    )


def _differences(sums: list[tuple[Group, int, int]]) -> Iterator[tuple[Group, int, int]]:
    """A group less one within it, and less all those of a split within it."""
    for whole, low, high in sums:
        inside = [one for one in sums if one[0] < whole]
        for some in [*([one] for one in inside), *_apart(inside)]:
            rest = whole.difference(*(group for group, _, _ in some))
            yield rest, low - sum(one[2] for one in some), high - sum(one[1] for one in some)


def _apart(groups: list[tuple[Group, int, int]]) -> Iterator[list[tuple[Group, int, int]]]:
    for size in range(2, len(groups) + 1):
        for some in combinations(groups, size):
            cells = Counter(cell for group, _, _ in some for cell in group)
            if max(cells.values()) == 1:
                yield list(some)
