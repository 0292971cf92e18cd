"""Rounding, the Wilson interval and the signals of a series: exact where the specification is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import pairwise

Z = Decimal("1.959963984540054")
MOST_POINTS, FEWEST_POINTS, SURE_POINTS, RUN = 24, 6, 15, 8


def rounded(value: Fraction, decimals: int) -> Fraction:
    """Half to even."""
    return Fraction(round(value * 10**decimals), 10**decimals)


def shown(value: Fraction, decimals: int) -> str:
    """As it is displayed: ``61.7``."""
    return f"{Decimal(round(value * 10**decimals)).scaleb(-decimals):.{decimals}f}"


def wilson(successes: Fraction, trials: Fraction, decimals: int) -> tuple[Fraction, Fraction]:
    """The 95 % score interval of a proportion, in percent."""
    with localcontext() as context:
        context.prec = 60
        hits, n = (Decimal(x.numerator) / Decimal(x.denominator) for x in (successes, trials))
        p, z2 = hits / n, Z * Z
        middle = p + z2 / (2 * n)
        half = Z * (p * (1 - p) / n + z2 / (4 * n * n)).sqrt()
        low, high = ((middle + side) / (1 + z2 / n) * 100 for side in (-half, half))
        return rounded(Fraction(low), decimals), rounded(Fraction(high), decimals)


@dataclass(frozen=True, slots=True)
class Signal:
    kind: str
    points: int
    provisional: bool
    mean: Fraction
    lower: Fraction
    upper: Fraction


def signal(series: Sequence[Fraction]) -> Signal | None:
    """What the last value of a series says against the whole of it (XmR)."""
    values = series[-MOST_POINTS:]
    count = len(values)
    if count < FEWEST_POINTS:
        return None
    mean = sum(values, Fraction()) / count
    moves = [abs(after - before) for before, after in pairwise(values)]
    reach = Fraction(266, 100) * sum(moves, Fraction()) / len(moves)
    last, run = values[-1], values[-RUN:]
    kind = "none"
    if last > mean + reach:
        kind = "high"
    elif last < mean - reach:
        kind = "low"
    elif len(run) == RUN and all(value > mean for value in run):
        kind = "shift_up"
    elif len(run) == RUN and all(value < mean for value in run):
        kind = "shift_down"
    return Signal(kind, count, count < SURE_POINTS, mean, mean - reach, mean + reach)
