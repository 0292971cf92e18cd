"""Exact arithmetic: rounding of quotients, and the Wilson interval.

Sums and products of whole numbers and decimals are exact: :func:`exact_context` makes an inexact one an error instead
of a wrong cent. Quotients are rounded once, from whole numbers, half to even.
"""

from __future__ import annotations

import decimal
from decimal import Decimal
from fractions import Fraction

from standardwerk.model.scores import Exact

#: The standard normal quantile of 97.5 %.
Z = Decimal("1.959963984540054")
_WIDE = decimal.Context(prec=50)
HUNDRED = 100


def exact_context() -> decimal.Context:
    """A context in which no sum or product of cells loses a digit."""
    return decimal.Context(
        prec=200, rounding=decimal.ROUND_HALF_EVEN, traps=[decimal.Inexact, decimal.InvalidOperation]
    )


def _whole(number: Exact) -> tuple[int, int]:
    """A number as numerator and denominator."""
    if isinstance(number, int):
        return number, 1
    return number.as_integer_ratio()


def divide(numerator: Exact, denominator: Exact, decimals: int, factor: int = 1) -> Decimal:
    """``factor × numerator ÷ denominator``, rounded half to even to so many decimals. The denominator is not 0."""
    # Asked for a hundred times per scorecard: whole numbers, the usual ones, take no way round.
    top, below = (numerator, 1) if type(numerator) is int else _whole(numerator)
    over, bottom = (denominator, 1) if type(denominator) is int else _whole(denominator)
    dividend, divisor = top * bottom * factor * 10**decimals, below * over
    if divisor < 0:
        dividend, divisor = -dividend, -divisor
    quotient, rest = divmod(dividend, divisor)
    twice = 2 * rest
    if twice > divisor or (twice == divisor and quotient & 1):
        quotient += 1
    return Decimal(quotient).scaleb(-decimals, _WIDE)


def rounded(number: Exact, decimals: int) -> Decimal:
    """A number rounded half to even to so many decimals."""
    return divide(number, 1, decimals)


def wilson_percent(successes: int, trials: int, decimals: int) -> tuple[Decimal, Decimal]:
    """The Wilson score interval (95 %) of a proportion, in percent, each bound rounded half to even.

    E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927), 209-212::

        (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) ÷ (1 + z²/n)
    """
    with decimal.localcontext(_WIDE):
        n = Decimal(trials)
        share = Decimal(successes) / n
        square = Z * Z
        centre = share + square / (2 * n)
        spread = Z * (share * (1 - share) / n + square / (4 * n * n)).sqrt()
        scale = 1 + square / n
        step = Decimal(1).scaleb(-decimals)
        low = max(HUNDRED * (centre - spread) / scale, Decimal(0))
        high = min(HUNDRED * (centre + spread) / scale, Decimal(HUNDRED))
        # At 0 and n the bound is exactly 0 or 100; the root is rounded, so that is said here.
        if successes == 0:
            low = Decimal(0)
        if successes == trials:
            high = Decimal(HUNDRED)
        return low.quantize(step), high.quantize(step)


def mean_of_groups(groups: dict[object, tuple[Exact, int]]) -> Fraction:
    """The mean of the groups' means; ``groups`` holds sum and count of each and is not empty."""
    means = [Fraction(*_whole(total)) / count for total, count in groups.values()]
    return sum(means, Fraction(0)) / len(means)
