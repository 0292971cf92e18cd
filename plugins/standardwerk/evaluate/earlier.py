"""Scorecards as of an earlier day: what was corrected later is put back to what had been published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from standardwerk.evaluate.published import field_of, figure_from
from standardwerk.model.closing import Change, Correction, Published, figure_key
from standardwerk.model.handbook import Measure, Revision, Standard
from standardwerk.model.project import Scoring
from standardwerk.model.scores import Figure, MeasureScore, Scorecard, StandardScore

#: By standard and figure: what had been published, None where there was nothing.
_Before = Mapping[tuple[str, str], Published | None]


def cards_as_of(
    cards: tuple[Scorecard, ...], corrections: Iterable[Correction], day: date, scoring: Scoring
) -> tuple[Scorecard, ...]:
    """A person's scorecards as they were shown on a day: what was corrected later is as it was published before."""
    later = [change for each in corrections if each.date > day for change in each.changes]
    if not later:
        return cards
    found = []
    for card in cards:
        its = [change for change in later if change.month == card.month]
        before = put_back(card, its, scoring.judgement(card.month).standards)
        if before is not None:
            found.append(before)
    return tuple(found)


def put_back(
    card: Scorecard, changes: Iterable[Change], standards: Iterable[tuple[Standard, Revision]]
) -> Scorecard | None:
    """The scorecard with figures as they were before corrections, the earliest of a figure counting.

    ``standards``: those by which the month is judged. What only the present inputs explain (months, interval, signal)
    is left out of such a figure. None: there was no scorecard.
    """
    before: dict[tuple[str, str], Published | None] = {}
    for change in changes:
        before.setdefault(change.key, change.was.published if change.was is not None else None)
    if not before:
        return card
    now = {score.standard.id: score for score in card.standards}
    found = []
    for standard, revision in standards:
        score = _standard_back(standard, revision, now.get(standard.id), before)
        if score is not None:
            found.append(score)
    return replace(card, standards=tuple(found)) if found else None


def _standard_back(
    standard: Standard, revision: Revision, now: StandardScore | None, before: _Before
) -> StandardScore | None:
    if not any(identity == standard.id for identity, _ in before):
        return now
    scores = {score.measure.id: score for score in now.measures} if now is not None else {}
    measures = []
    for measure in revision.rules.measures:
        score = _measure_back(standard.id, measure, scores.get(measure.id), before)
        if score is not None:
            measures.append(score)
    main = next((one for one in measures if one.measure.role == "main"), None)
    if main is None or main.figure.status is None:
        return None
    return StandardScore(standard, revision, main.figure.status, tuple(measures))


def _measure_back(standard: str, measure: Measure, now: MeasureScore | None, before: _Before) -> MeasureScore | None:
    was = before.get((standard, measure.id))
    figure, deciding = (now.figure, now.deciding_line) if now is not None else (None, None)
    if (standard, measure.id) in before:
        if was is None:
            return None
        deciding = field_of(was, 6)
        figure = replace(figure_back(was, figure, None, measure), line=deciding)
    if figure is None:
        return None
    lines = now.lines if now is not None else ()
    return MeasureScore(measure, figure, tuple(_lines_back(standard, measure, lines, before)), deciding)


def _lines_back(standard: str, measure: Measure, now: tuple[Figure, ...], before: _Before) -> Iterator[Figure]:
    """The lines there were: those of now that had been there, and those that are there no more."""
    there = {figure_key(measure.id, line.line): line for line in now}
    for key, line in there.items():
        if (standard, key) not in before:
            yield line
        elif (was := before[standard, key]) is not None:
            yield figure_back(was, line, line.line, measure)
    for (identity, key), was in before.items():
        name, slash, gone = key.partition("/")
        if identity == standard and name == measure.id and slash and key not in there and was is not None:
            yield figure_back(was, None, gone, measure)


def figure_back(was: Published, now: Figure | None, line: str | None, measure: Measure) -> Figure:
    """What had been published; where nothing of now says what applied, the measure's own limits did."""
    like = now or _nothing(line)
    if like.limits is None and measure.bands is not None and measure.better is not None:
        like = replace(like, limits=measure.bands.limits(measure.better))
    return figure_from(was, like)


def _nothing(line: str | None) -> Figure:
    """A figure that says nothing."""
    return Figure(
        line=line,
        status=None,
        reason=None,
        value=None,
        numerator=None,
        denominator=None,
        denominator_raw=None,
        n=None,
        n_needed=None,
        window_start=None,
        round_month=None,
        limits=None,
        interval=None,
        signal=None,
        flags=(),
        months=(),
        sources=(),
    )
