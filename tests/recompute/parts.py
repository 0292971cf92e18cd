"""One month, one measure, one product line: the parts that a window is added from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from .measure import Figures

RAMP = ((6, Fraction(1)), (5, Fraction("0.75")), (3, Fraction("0.5")), (1, None))
"""From a tenure month on, newest first: the factor, or None for "not scored"."""

DATA, NOT_AGREED, MISSING = "data", "not agreed", "missing"


def ramp_factor(tenure: int, ramp: bool) -> Fraction | None:
    """What a target is multiplied by; None: the month is shown, not scored."""
    if tenure < 1:
        return None
    return next(factor for start, factor in RAMP if start <= tenure) if ramp else Fraction(1)


@dataclass(frozen=True)
class Part:
    """The sums of a month, or of a month of a line."""

    state: str = MISSING
    rows: int = 0
    numerator: Fraction = Fraction()
    raw: Fraction = Fraction()
    """Denominator, unscaled."""
    factor: Fraction = Fraction(1)
    availability: Fraction = Fraction(1)
    count: Fraction = Fraction()
    groups: Mapping[str, list[Fraction]] = field(default_factory=dict)
    distinct: frozenset[str] = frozenset()
    dates: frozenset[date] = frozenset()

    @property
    def denominator(self) -> Fraction:
        return self.raw * self.factor * self.availability


def part(figures: Iterable[Figures], target: bool) -> Part:
    """Add the rows of a month."""
    kept: list[tuple[Fraction, Fraction, Figures]] = []
    not_agreed = False
    for one in figures:
        if one.denominator is None and target:
            not_agreed = True
        elif one.numerator is not None and one.denominator is not None:
            kept.append((Fraction(one.numerator), Fraction(one.denominator), one))
    if not kept:
        return Part(NOT_AGREED if not_agreed else MISSING)
    groups: dict[str, list[Fraction]] = {}
    for value, _, one in kept:
        groups.setdefault(one.group, []).append(value)
    return Part(
        state=DATA,
        rows=len(kept),
        numerator=_sum(numerator for numerator, _, _ in kept),
        raw=_sum(denominator for _, denominator, _ in kept),
        count=_sum(denominator if one.count is None else Fraction(one.count) for _, denominator, one in kept),
        groups=groups,
        distinct=frozenset(one.distinct for _, _, one in kept if one.distinct),
        dates=frozenset(one.when for _, _, one in kept if one.when),
    )


@dataclass(frozen=True)
class Total:
    """The parts of a window, added."""

    rows: int
    numerator: Fraction
    denominator: Fraction
    """Scaled, month by month."""
    raw: Fraction
    count: Fraction
    means: tuple[Fraction, ...]
    """Of each group."""
    distinct: frozenset[str]
    dates: frozenset[date]


def add(parts: Iterable[Part]) -> Total:
    kept = list(parts)
    groups: dict[str, list[Fraction]] = {}
    for one in kept:
        for name, values in one.groups.items():
            groups.setdefault(name, []).extend(values)
    return Total(
        rows=sum(one.rows for one in kept),
        numerator=_sum(one.numerator for one in kept),
        denominator=_sum(one.denominator for one in kept),
        raw=_sum(one.raw for one in kept),
        count=_sum(one.count for one in kept),
        means=tuple(_sum(values) / len(values) for values in groups.values()),
        distinct=frozenset(name for one in kept for name in one.distinct),
        dates=frozenset(day for one in kept for day in one.dates),
    )


def _sum(values: Iterable[Fraction]) -> Fraction:
    return sum(values, Fraction())
