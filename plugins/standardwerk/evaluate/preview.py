"""What a draft target would have meant: verdicts of past months under other limits, told of many people only.

A number of people is told as a span of at least k numbers, always the same spans (0 to k − 1, k to 2k − 1, …): two
drafts, or a draft and the limits in force, differ by whole spans and never by one person. A month is hidden where the
roll-up of the measure is. A span is hidden where sums lead to a narrower one, or where somebody who knows some verdicts
(her own, or as a lead those of her team) could tell that all others were judged so, or none.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from standardwerk.evaluate.grouped import GroupValue, group_value
from standardwerk.evaluate.rollup import RollUp
from standardwerk.model.handbook import Bands, Measure, Revision, Standard
from standardwerk.model.months import Month
from standardwerk.model.project import Judgement, Scoring
from standardwerk.model.scores import MeasureScore, Scorecard, State


@dataclass(frozen=True, slots=True)
class Span:
    """A number of people, as it may be told: from ``least`` to ``most``."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Verdicts:
    """How a month comes out under some limits."""

    value: GroupValue | None
    """The value of all people, with its verdict."""
    met: Span | None
    """How many people meet it; None: hidden."""
    missed: Span | None
    """How many people miss it; None: hidden."""


@dataclass(frozen=True, slots=True)
class MonthPreview:
    """A past month under the limits by which it was judged, and under the draft."""

    month: Month
    people: int
    """How many people have a figure."""
    now: Verdicts
    draft: Verdicts


@dataclass(frozen=True, slots=True)
class Preview:
    """What a draft target would have meant."""

    standard: Standard
    revision: Revision
    """The revision that counts today."""
    measure: Measure
    """With the limits in force."""
    draft: Measure
    """With those of the draft."""
    minimum_group: int
    months: tuple[MonthPreview | None, ...]
    """Since counting began; None: hidden."""
    span: tuple[Month, ...]
    """The months, shown or hidden."""


def months_of(scoring: Scoring, standard: Standard, revision: Revision, measure: Measure) -> tuple[Month, ...]:
    """The past months whose figures are made as today's are: since counting began anew for the last time."""
    first = Month.of(revision.run_start[measure.id])
    return tuple(
        month
        for month in scoring.months
        if month >= first and (pair := _pair(scoring, standard, month)) is not None and pair[1].measure(measure.id)
    )


def judged_by(
    scoring: Scoring, standard: Standard, months: Iterable[Month], measure: str, bands: Bands | None = None
) -> Scoring:
    """Scoring of one measure alone in some months; with ``bands`` as if these had been its limits."""
    judgements = {}
    for month in months:
        pair, judgement = _pair(scoring, standard, month), scoring.judgement(month)
        assert pair is not None
        alone = (pair[0], _alone(pair[1], measure, bands))
        judgements[month] = Judgement(judgement.edition, judgement.method, (alone,))
    return replace(scoring, sealed=judgements, retrospects={})


def _pair(scoring: Scoring, standard: Standard, month: Month) -> tuple[Standard, Revision] | None:
    return next((pair for pair in scoring.judgement(month).standards if pair[0].id == standard.id), None)


def _alone(revision: Revision, measure: str, bands: Bands | None) -> Revision:
    """A revision with one measure and, since a standard has one, its main measure."""
    measures = tuple(
        one if bands is None or one.id != measure else one.model_copy(update={"bands": bands})
        for one in revision.rules.measures
        if one.id == measure or one.role == "main"
    )
    return replace(revision, rules=revision.rules.model_copy(update={"measures": measures}))


@dataclass(frozen=True, slots=True)
class Judged:
    """A person's verdict in a month."""

    rep: str
    team: str
    status: State | None


def preview_month(
    rollup: RollUp | None, k: int, now: tuple[Measure, list[Judged]], draft: tuple[Measure, list[Judged]]
) -> MonthPreview | None:
    """A month under both limits; None if the roll-up of its measure is hidden."""
    if rollup is None or rollup.organisation is None:
        return None
    everybody = rollup.organisation

    def under(measure: Measure, judged: list[Judged]) -> Verdicts:
        return Verdicts(
            group_value(measure, everybody), *told([one for one in judged if one.rep in everybody.people], k)
        )

    return MonthPreview(rollup.month, len(everybody.people), under(*now), under(*draft))


def told(people: list[Judged], k: int) -> tuple[Span | None, Span | None]:
    """How many people meet a target, and how many miss it, as far as it may be told."""
    known = [_Known(0, 0, 0), *[_Known(1, *one) for one in ((1, 0), (0, 1), (0, 0))]]
    for team in {one.team for one in people}:
        own = [one.status for one in people if one.team == team]
        known.append(_Known(len(own), own.count(State.MET), own.count(State.MISSED)))
    total = len(people)
    anything = Span(0, total)
    met, missed = (spanned(sum(one.status is state for one in people), total, k) for state in (State.MET, State.MISSED))
    if _is_open(met, missed, total, known, k):
        return met, missed
    return (met, None) if _is_open(met, anything, total, known, k) else (None, None)


class _Known(NamedTuple):
    """What somebody knows: so many people, and how many of them meet the target or miss it."""

    people: int
    met: int
    missed: int


def _is_open(met: Span, missed: Span, total: int, known: list[_Known], k: int) -> bool:
    """Whether both spans may be told: they stay as wide as k, and leave open what all others were judged."""
    if (
        min(met.most, total - missed.least) - met.least + 1 < k
        or min(missed.most, total - met.least) - missed.least + 1 < k
    ):
        return False
    return all(_leaves_open(met, missed, total - own.people, own) for own in known)


def _leaves_open(met: Span, missed: Span, others: int, own: _Known) -> bool:
    """Whether it stays open to somebody that all others meet, miss, or do neither; and that none does."""
    if not others:
        return True
    low, high = max(0, met.least - own.met), min(others, met.most - own.met)
    low_missed, high_missed = max(0, missed.least - own.missed), min(others, missed.most - own.missed)
    ranges = (
        (low, min(high, others - low_missed)),
        (low_missed, min(high_missed, others - low)),
        (others - min(others, high + high_missed), others - low - low_missed),
    )
    return all(least < others and most > 0 for least, most in ranges)


def spanned(count: int, total: int, k: int) -> Span:
    """The span a number of ``total`` people lies in; the last one takes what is too short for a span of its own."""
    spans = max((total + 1) // k, 1)
    place = min(count // k, spans - 1)
    return Span(place * k, total if place == spans - 1 else place * k + k - 1)


def judged_in(cards: Iterable[Scorecard], measure: str) -> dict[Month, list[Judged]]:
    """By month the verdicts on a measure, of scorecards of one standard."""
    found: dict[Month, list[Judged]] = {}
    for card in cards:
        for standard in card.standards:
            score: MeasureScore | None = next((one for one in standard.measures if one.measure.id == measure), None)
            if score is not None:
                found.setdefault(card.month, []).append(Judged(card.rep, card.team, score.figure.status))
    return found
