"""What is shown of a sum over people: a value that cannot be taken back to what any of them has."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from standardwerk.evaluate.exact import HUNDRED, divide
from standardwerk.evaluate.judge import verdict, within
from standardwerk.evaluate.rollup import Total
from standardwerk.model.measure import Measure
from standardwerk.model.scores import State

#: A share close to all or nothing is shown as one of these, in percent: the first that leaves open whether it is all.
_STEPS = (95, 90, 80, 75, 50)


@dataclass(frozen=True, slots=True)
class GroupValue:
    """A measure of a group in a month, as displayed."""

    value: Decimal
    people: int
    """How many are behind it."""
    bound: str | None = None
    """``least`` or ``most``: the share is at least, or at most, the value; more is not said."""
    status: State | None = None
    """By the limits of the measure; None where they are for one person, or what is shown does not decide it."""


def group_value(measure: Measure, total: Total | None) -> GroupValue | None:
    """The value of a group. None if it is hidden, if there is nothing to divide by, or if it says the same of all.

    A share of 100 % says of everybody in the group that hers is 100 %. So beyond a step a share is given by the step,
    which is chosen such that at least one case more or less would be given by the same.
    """
    if total is None:
        return None
    people = len(total.people)
    if measure.kind == "proportion":
        if not total.denominator:
            return None
        return _share(measure, total, people)
    if total.is_uniform and total.numerator == 0:
        return None
    if measure.kind == "sum":
        return GroupValue(divide(total.numerator, 1, measure.decimals), people)
    if not total.denominator:
        return None
    factor = HUNDRED if measure.shown_as_percent else 1
    value = divide(total.numerator, total.denominator, measure.decimals, factor)
    return GroupValue(value, people, None, _status(measure, value, value))


def _share(measure: Measure, total: Total, people: int) -> GroupValue | None:
    whole = HUNDRED if measure.shown_as_percent else 1
    value = divide(total.numerator, total.denominator, measure.decimals, whole)
    step = next((one for one in _STEPS if total.denominator * (HUNDRED - one) >= HUNDRED), None)
    if step is None:
        return None
    scale = whole * 10**measure.decimals
    high = Decimal(step * scale // HUNDRED).scaleb(-measure.decimals)
    low = Decimal(-(-(HUNDRED - step) * scale // HUNDRED)).scaleb(-measure.decimals)
    if total.numerator * HUNDRED >= total.denominator * step:
        return GroupValue(high, people, "least", _status(measure, high, Decimal(whole)))
    if total.numerator * HUNDRED <= total.denominator * (HUNDRED - step):
        return GroupValue(low, people, "most", _status(measure, Decimal(0), low))
    return GroupValue(value, people, None, _status(measure, value, value))


def _status(measure: Measure, low: Decimal, high: Decimal) -> State | None:
    """The verdict on all values from one to another, if it is the same."""
    if measure.bands is None or measure.better is None:
        return None
    limits = measure.bands.limits(measure.better)
    found = {verdict(value, *limits) for value in (low, high)}
    inside = [edge for pair in limits for edge in pair if edge is not None and within(edge, (low, high))]
    found |= {verdict(edge, *limits) for edge in inside}
    return found.pop() if len(found) == 1 else None
