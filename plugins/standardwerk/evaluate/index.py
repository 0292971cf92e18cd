"""The optional weighted index of a scorecard, 0 to 100."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from standardwerk.evaluate.exact import divide
from standardwerk.model.handbook import Index, Limits
from standardwerk.model.scores import VERDICTS, Figure, IndexScore, StandardScore, State


def points(figure: Figure) -> tuple[int | Decimal, int | Decimal] | None:
    """The points of a judged figure as a fraction, piecewise linear: 100 at the limit of *met*, 50 at that of *near*.

    Below *near* the line goes on with the slope between the two limits and ends at 0. Where both limits are equal,
    100 or 0.
    """
    if figure.limits is None or not isinstance(figure.value, Decimal):
        # A condition has no limits: it holds or it does not.
        return {State.MET: (100, 1), State.MISSED: (0, 1)}.get(figure.status) if figure.status is not None else None
    met, near = figure.limits
    return min(
        (_side(figure.value, low_met, low_near, sign) for low_met, low_near, sign in _sides(met, near)),
        key=lambda pair: divide(pair[0], pair[1], 12),
        default=None,
    )


def _sides(met: Limits, near: Limits) -> list[tuple[Decimal, Decimal, int]]:
    sides = []
    for index, sign in ((0, 1), (1, -1)):
        limit, further = met[index], near[index]
        if limit is not None and further is not None:
            sides.append((limit, further, sign))
    return sides


def _side(value: Decimal, met: Decimal, near: Decimal, sign: int) -> tuple[int | Decimal, int | Decimal]:
    if (value - met) * sign >= 0:
        return 100, 1
    if met == near:
        return 0, 1
    top, below = 100 * (met - near) * sign - 50 * (met - value) * sign, (met - near) * sign
    return (max(top, Decimal(0)), below)


def index_of(scores: Sequence[StandardScore], rules: Index) -> IndexScore:
    """The weighted mean of the standards with a verdict; none below the least coverage."""
    total = sum((score.revision.rules.weight for score in scores), Decimal(0))
    covered = Decimal(0)
    weighted = Decimal(0)
    for score in scores:
        found = points(score.main.figure) if score.status in VERDICTS else None
        if found is not None:
            weight = score.revision.rules.weight
            covered += weight
            weighted += weight * divide(*found, 6)
    coverage = divide(covered, total, 1, 100) if total else Decimal(0)
    if not covered or coverage < rules.minimum_coverage_percent:
        return IndexScore(None, coverage)
    return IndexScore(divide(weighted, covered, 0), coverage)
