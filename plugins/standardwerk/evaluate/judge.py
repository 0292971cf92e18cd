"""A displayed value against its limits."""

from __future__ import annotations

from decimal import Context, Decimal

from standardwerk.model.handbook import Limits
from standardwerk.model.scores import State

_WIDE = Context(prec=30)


def within(value: Decimal, limits: Limits) -> bool:
    """Whether a value lies within limits, both included."""
    low, high = limits
    return (low is None or value >= low) and (high is None or value <= high)


def verdict(value: Decimal, met: Limits, near: Limits, interval: tuple[Decimal, Decimal] | None = None) -> State:
    """The verdict on a displayed value; with an interval, a verdict it does not rule out is *not certain*."""
    if within(value, met):
        return State.MET
    state, better = (State.NEAR, met) if within(value, near) else (State.MISSED, near)
    if interval is not None and _reaches(interval, better):
        return State.NOT_CERTAIN
    return state


def _reaches(interval: tuple[Decimal, Decimal], limits: Limits) -> bool:
    low, high = limits
    return (low is None or interval[1] >= low) and (high is None or interval[0] <= high)


def gap(value: Decimal, met: Limits) -> Decimal:
    """How far a value is from the limit of *met*, as a share of it; positive is short of it, negative is beyond it.

    With a limit of 0 the distance itself is taken.
    """
    low, high = met
    distances = []
    if low is not None:
        distances.append((low - value, low))
    if high is not None:
        distances.append((value - high, high))
    if not distances:
        return Decimal(0)
    return max(_WIDE.divide(distance, abs(limit)) if limit else distance for distance, limit in distances)
