"""What erased people leave behind: sums over at least k of them, so that what was published stays right.

Nothing in it is about fewer than k people. Where fewer were erased, the sum is not kept: it says only that there was
one, and the roll-up it was part of is withdrawn.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from standardwerk.model.months import Month
from standardwerk.model.scores import Exact

FORMAT = 1


class RestKey(NamedTuple):
    """A measure in a month."""

    month: Month
    standard: str
    measure: str


@dataclass(frozen=True, slots=True)
class Rest:
    """The part of erased people in a measure's sums."""

    people: int
    """How many they are; 0 if they are fewer than k: then nothing is kept of them."""
    numerator: Exact | None = None
    denominator: Exact | None = None
    is_share: bool = False
    teams: frozenset[str] = frozenset()
    """The teams whose figures may still be shown: they were shown before, and none of the people was in them.

    So after an erasure nothing is shown that was not shown before, and nobody learns by comparing the two.
    """
    lines: frozenset[str] = frozenset()
    """Likewise the product lines."""

    @property
    def is_withdrawn(self) -> bool:
        """Whether the roll-up cannot be shown any more."""
        return self.people == 0


@dataclass(frozen=True)
class Remainder:
    """``remainder.json``."""

    sums: Mapping[RestKey, Rest] = field(default_factory=dict)
    """Of roll-ups."""
    totals: Mapping[RestKey, Rest] = field(default_factory=dict)
    """Of business totals: numerators are what was sold, denominators the targets."""

    @property
    def months(self) -> tuple[Month, ...]:
        """The months of which something is kept, or withdrawn."""
        return tuple(sorted({key.month for key in (*self.sums, *self.totals)}))

    def since(self, first: Month) -> Remainder:
        """The months from one on."""
        return Remainder(
            {key: rest for key, rest in self.sums.items() if key.month >= first},
            {key: rest for key, rest in self.totals.items() if key.month >= first},
        )

    def text(self, month: Month) -> str:
        """A month as JSON text, the same for the same content; empty if there is nothing of it."""
        found = {
            name: {f"{key.standard}/{key.measure}": _data(rest) for key, rest in its.items() if key.month == month}
            for name, its in (("sums", self.sums), ("totals", self.totals))
        }
        if not any(found.values()):
            return ""
        return json.dumps(found, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _data(rest: Rest) -> dict[str, Any]:
    return {
        "people": rest.people,
        "numerator": _number(rest.numerator),
        "denominator": _number(rest.denominator),
        "share": rest.is_share,
        "teams": sorted(rest.teams),
        "lines": sorted(rest.lines),
    }


def _number(number: Exact | None) -> str | None:
    """A number, exact: ``12.5``, or ``1/3`` where decimals have no end."""
    if number is None:
        return None
    return str(number) if isinstance(number, int | Fraction) else format(number, "f")


def remainder_text(remainder: Remainder) -> str:
    """``remainder.json``: a line for each month."""
    lines = ",\n".join(f'"{month}":{remainder.text(month)}' for month in remainder.months)
    return f'{{"format":{FORMAT},\n"months":{{\n{lines}\n}}}}\n'


def rests(month: Month, data: Mapping[str, Any]) -> dict[RestKey, Rest]:
    """The entries of a month.

    Raises ``ValueError``, ``LookupError``, ``TypeError`` or ``ArithmeticError`` if they are not ours.
    """
    found: dict[RestKey, Rest] = {}
    for name, its in data.items():
        standard, separator, measure = name.partition("/")
        people = int(its["people"])
        if not separator or people < 0:
            raise ValueError(name)
        rest = Rest(
            people,
            _exact(its["numerator"]),
            _exact(its["denominator"]),
            bool(its["share"]),
            frozenset(map(str, its["teams"])),
            frozenset(map(str, its["lines"])),
        )
        found[RestKey(month, standard, measure)] = rest
    return found


def _exact(text: object) -> Exact | None:
    if text is None:
        return None
    written = str(text)
    if "/" in written:
        return Fraction(written)
    return int(written) if written.lstrip("-").isdigit() else Decimal(written)
