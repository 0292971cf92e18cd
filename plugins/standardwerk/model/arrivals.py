"""What came of a source for a month, as it was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from standardwerk.model.months import Month
from standardwerk.model.presence import RowKey


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file was read: as declared, or as the file itself settled it."""

    imported: bool
    """Whether it is one that ``standardwerk import`` wrote."""
    encoding: str
    delimiter: str
    """As in the contract: a sign, or ``tab``."""
    decimals: tuple[tuple[str, str], ...] = ()
    """The decimal mark of the columns of numbers; those without a fraction may have none."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A source's rows of a month. Rows with a fault are not among them."""

    file: str
    """Where they stand, below the scorecards folder."""
    rows: int
    people: frozenset[str]
    """The reps with a row."""
    expected: int | None
    """How many rows a complete file has; None where nobody can say."""
    missing: tuple[RowKey, ...]
    """What has no row and should have one."""
    totals: Mapping[str, int | Decimal]
    """By column: the sum of its cells. Of columns of numbers, except distinct counts."""
    reading: Reading | None = None


#: By source and month. A file that cannot be read at all is not among them.
Arrivals = Mapping[str, Mapping[Month, Arrival]]
