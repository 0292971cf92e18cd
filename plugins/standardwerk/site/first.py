"""“Look here first”: the few standards a reader of a scorecard should begin with; and what went well."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from standardwerk.evaluate.judge import gap
from standardwerk.model.handbook import Measure
from standardwerk.model.scores import VERDICTS, Scorecard, Signal, StandardScore, State

#: How many standards are named at most.
MOST = 3


@dataclass(frozen=True, slots=True)
class Highlight:
    """A standard to look at first, and why."""

    standard: StandardScore
    reason: str
    """``newly_missed``, ``missed``, ``newly_near`` or ``near``."""
    worsening: bool
    """Whether its last month is a signal in the wrong direction."""


@dataclass(frozen=True, slots=True)
class Advance:
    """A standard that has become good, and why it is named."""

    standard: StandardScore
    newly_met: bool
    """It is met, and had another verdict in the month before."""
    signal: Signal | None
    """Its last month, if that is a signal in the right direction."""


def advances(card: Scorecard, before: Scorecard | None) -> tuple[Advance, ...]:
    """What went well, at most three: standards whose main measure is met, newly or with a signal for the better.

    Newly met ones come before signals, then the standard's weight and number decide. What has long been good is no
    news, and is not named.
    """
    earlier = {score.standard.id: score.status for score in before.standards} if before is not None else {}
    ranked = []
    for score in card.standards:
        if score.status is not State.MET:
            continue
        main, signal = score.main, score.main.figure.signal
        newly = earlier.get(score.standard.id, State.MET) in VERDICTS - {State.MET}
        better = signal is not None and signal.kind != "none" and not is_worsening(main.measure, signal)
        if newly or better:
            key = (not newly, -score.revision.rules.weight, score.standard.identity.number)
            ranked.append((key, Advance(score, newly, signal if better else None)))
    ranked.sort(key=lambda pair: pair[0])
    return tuple(advance for _, advance in ranked[:MOST])


def highlights(card: Scorecard, before: Scorecard | None) -> tuple[Highlight, ...]:
    """The standards to look at first, at most three.

    Those whose main measure is missed, or near and was not so in the month before; if there are none, those that have
    been near for longer. Among them signals in the wrong direction come before noise, then the largest gap to the limit
    of *met* times the standard's weight, then the standard's number.
    """
    earlier = {score.standard.id: score.status for score in before.standards} if before is not None else {}
    reasons = [(score, _reason(score.status, earlier.get(score.standard.id))) for score in card.standards]
    pressing = [(score, reason) for score, reason in reasons if reason not in {"", "near"}]
    ranked = []
    for score, reason in pressing or [(score, reason) for score, reason in reasons if reason]:
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
    if now is State.NEAR:
        return "near" if earlier in {State.NEAR, State.MISSED} else "newly_near"
    return ""


def _distance(score: StandardScore) -> Decimal:
    figure = score.main.figure
    if figure.limits is None or figure.value is None or isinstance(figure.value, date):
        return Decimal(0)
    return gap(figure.value, figure.limits[0])
