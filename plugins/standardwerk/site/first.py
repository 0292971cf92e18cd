"""“Look here first”: the few standards a reader of a scorecard should begin with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from standardwerk.evaluate.judge import gap
from standardwerk.model.handbook import Measure
from standardwerk.model.scores import Scorecard, Signal, StandardScore, State

#: How many standards are named at most.
MOST = 3


@dataclass(frozen=True, slots=True)
class Highlight:
    """A standard to look at first, and why."""

    standard: StandardScore
    reason: str
    """``newly_missed``, ``missed`` or ``newly_near``."""
    worsening: bool
    """Whether its last month is a signal in the wrong direction."""


def highlights(card: Scorecard, before: Scorecard | None) -> tuple[Highlight, ...]:
    """The standards to look at first, at most three.

    Those whose main measure is missed, or near and was not so in the month before. Among them signals in the wrong
    direction come before noise, then the largest gap to the limit of *met* times the standard's weight, then the
    standard's number.
    """
    earlier = {score.standard.id: score.status for score in before.standards} if before is not None else {}
    ranked = []
    for score in card.standards:
        reason = _reason(score.status, earlier.get(score.standard.id))
        if not reason:
            continue
        main = score.main
        worse = main.figure.signal is not None and is_worsening(main.measure, main.figure.signal)
        key = (not worse, -_distance(score) * score.revision.rules.weight, score.standard.identity.number)
        ranked.append((key, Highlight(score, reason, worse)))
    ranked.sort(key=lambda pair: pair[0])
    return tuple(highlight for _, highlight in ranked[:MOST])


def is_worsening(measure: Measure, signal: Signal) -> bool:
    """Whether a signal points to the worse; where a range is wanted, any signal leads away from what was usual."""
    if signal.kind == "none":
        return False
    if measure.better == "range":
        return True
    return (signal.kind in {"high", "shift_up"}) == (measure.better == "lower")


def _reason(now: State, earlier: State | None) -> str:
    if now is State.MISSED:
        return "missed" if earlier in {None, State.MISSED} else "newly_missed"
    if now is State.NEAR and earlier not in {State.NEAR, State.MISSED}:
        return "newly_near"
    return ""


def _distance(score: StandardScore) -> Decimal:
    figure = score.main.figure
    if figure.limits is None or figure.value is None or isinstance(figure.value, date):
        return Decimal(0)
    return gap(figure.value, figure.limits[0])
