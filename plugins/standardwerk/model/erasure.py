"""The protocol of an erasure: what was removed where, and what still names the people."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from standardwerk.model.months import Month


@dataclass(frozen=True, slots=True)
class Removed:
    """What was done to a file."""

    path: str
    """Below the folder of scorecards."""
    kind: str
    """``file`` (all of it), ``rows``, ``names`` (in others' rows), ``figures`` (of closed months and corrections)."""
    count: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A place that still names somebody; what others wrote is theirs to change."""

    path: str
    """Below the project's folder, or below that of scorecards if it lies elsewhere."""
    lines: tuple[int, ...]
    is_broken: bool = False
    """The file cannot be read: it may name somebody."""


@dataclass
class Erasure:
    """The protocol of an erasure."""

    reps: tuple[str, ...]
    on: date
    done: bool
    """False: a trial run; nothing was changed."""
    minimum_group: int
    removed: list[Removed] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    kept: int = 0
    """Sums of roll-ups and business totals, by measure and month, in which the people stay as part of a sum."""
    withdrawn: dict[Month, int] = field(default_factory=dict)
    """By month: how many can no longer be shown."""
    cached: int = 0
    """Entries of the cache that were removed: all there were."""
