"""Scorecards as published figures: in canonical form, compared, and put back to what they were."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from typing import Any

from standardwerk.model.closing import FIELDS, Change, FigureForm, Figures, Published, figure_key, trimmed
from standardwerk.model.handbook import Limits
from standardwerk.model.months import Month
from standardwerk.model.scores import Exact, Figure, Scorecard, StandardScore, State


def plain(number: Exact | None) -> str | None:
    """A number as a decimal text without exponent; a fraction without an end with 12 decimals."""
    # Asked for some hundred times per scorecard: the usual types first, and as they are.
    kind = type(number)
    if kind is Decimal:
        return format(number, "f")
    if number is None:
        return None
    if isinstance(number, int):
        return str(number)
    if isinstance(number, Fraction):
        if number.denominator == 1:
            return str(number.numerator)
        return format(round(Decimal(number.numerator) / Decimal(number.denominator), 12), "f")
    return format(number, "f")


def value_text(value: Decimal | date | None) -> str | None:
    """A displayed value as text."""
    return plain(value) if value is None or isinstance(value, Decimal) else value.isoformat()


def bare(number: Exact | None) -> str | None:
    """A number as text without needless zeros, so that ``1.50`` and ``1.5`` in a file are the same figure."""
    text = plain(number)
    return text.rstrip("0").rstrip(".") if text is not None and "." in text else text


def target_of(figure: Figure) -> Decimal | None:
    """The limit of *met*; a range has no single target."""
    if figure.limits is None:
        return None
    low, high = figure.limits[0]
    return low if high is None else high if low is None else None


def published(figure: Figure, deciding_line: str | None = None) -> Published:
    """A figure as it is sealed."""
    return trimmed(
        (
            figure.status.value if figure.status is not None else None,
            value_text(figure.value),
            bare(figure.numerator),
            bare(figure.denominator),
            bare(figure.n),
            bare(target_of(figure)),
            deciding_line,
        )
    )


def figures_of(card: Scorecard) -> dict[str, dict[str, Published]]:
    """All figures of a scorecard."""
    return {standard.standard.id: standard_figures(standard) for standard in card.standards}


def standard_figures(standard: StandardScore) -> dict[str, Published]:
    """All figures of a standard."""
    found: dict[str, Published] = {}
    for score in standard.measures:
        found[score.measure.id] = published(score.figure, score.deciding_line)
        for line in score.lines:
            found[figure_key(score.measure.id, line.line)] = published(line)
    return found


def canonical(figures: Figures) -> str:
    """Figures as JSON text, the same for the same figures."""
    return json.dumps(figures, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def seal(text: str) -> str:
    """The SHA-256 of a canonical text."""
    return sha256(text.encode()).hexdigest()


def read_figures(text: str) -> dict[str, dict[str, Published]]:
    """Figures from their canonical text."""
    data: Any = json.loads(text)
    return {standard: {key: tuple(values) for key, values in measures.items()} for standard, measures in data.items()}


def corrected(figures: Figures, changes: Iterable[Change]) -> dict[str, dict[str, Published]]:
    """Figures with corrections applied."""
    found = {standard: dict(measures) for standard, measures in figures.items()}
    for change in changes:
        standard, key = change.key
        if change.now is None:
            found.get(standard, {}).pop(key, None)
        else:
            found.setdefault(standard, {})[key] = change.now.published
    return {standard: measures for standard, measures in found.items() if measures}


@dataclass(frozen=True, slots=True)
class Difference:
    """A published figure that comes out differently now. None: there is no such figure."""

    month: Month
    rep: str
    standard: str
    measure: str
    line: str | None
    published: Published | None
    now: Published | None

    @property
    def change(self) -> Change:
        """What a correction records of it."""
        return Change(
            month=self.month,
            rep=self.rep,
            standard=self.standard,
            measure=self.measure,
            line=self.line,
            was=_form(self.published),
            now=_form(self.now),
        )

    @staticmethod
    def state(figure: Published | None) -> str:
        """A figure's state for a message."""
        return field_of(figure or (), 0) or "–"

    @staticmethod
    def words(figure: Published | None) -> str:
        """A figure's value for a message, with what it was divided from and the deciding line."""
        if figure is None:
            return "–"
        text = field_of(figure, 1) or "–"
        top, below, line = field_of(figure, 2), field_of(figure, 3), field_of(figure, 6)
        if top is not None and below is not None:
            text += f" = {top} ÷ {below}"
        return f"{text}, {line}" if line is not None else text


def differences(month: Month, rep: str, before: Figures, now: Figures) -> Iterator[Difference]:
    """What differs between published figures and those of now, in order."""
    for standard in sorted({*before, *now}):
        old, new = before.get(standard, {}), now.get(standard, {})
        for key in sorted({*old, *new}):
            if old.get(key) != new.get(key):
                measure, _, line = key.partition("/")
                yield Difference(month, rep, standard, measure, line or None, old.get(key), new.get(key))


def _form(figure: Published | None) -> FigureForm | None:
    return None if figure is None else FigureForm(**dict(zip(FIELDS, figure, strict=False)))


def field_of(values: Published, index: int) -> str | None:
    """A field of a published figure; None if it has nothing to say."""
    return values[index] if index < len(values) else None


def _number(text: str | None) -> Exact | None:
    if text is None:
        return None
    return int(text) if text.lstrip("-").isdigit() else Decimal(text)


def figure_from(values: Published, like: Figure) -> Figure:
    """A published figure as a figure, for showing it."""
    status, value = field_of(values, 0), field_of(values, 1)
    shown: Decimal | date | None = None
    if value is not None:
        shown = date.fromisoformat(value) if value[4:5] == "-" and len(value) == 10 else Decimal(value)
    denominator, n = _number(field_of(values, 3)), _number(field_of(values, 4))
    return replace(
        like,
        status=State(status) if status is not None else None,
        reason=None,
        value=shown,
        numerator=_number(field_of(values, 2)),
        denominator=denominator,
        denominator_raw=denominator,
        n=n if not isinstance(n, Fraction) else None,
        limits=_limits_with(_number(field_of(values, 5)), like),
        interval=None,
        signal=None,
        flags=(),
        months=(),
    )


def _limits_with(target: Exact | None, like: Figure) -> tuple[Limits, Limits] | None:
    """The limits that were applied with a target: those of now, or in the same proportion with another target."""
    old = target_of(like)
    if like.limits is None or old is None or target == old:
        # A range has no single target, and is never scaled.
        return like.limits
    if target is None:
        return None

    def scaled(limit: Decimal | None) -> Decimal | None:
        if limit is None or not old:
            return limit
        exact = Fraction(limit) * Fraction(target) / Fraction(old)
        return round(Decimal(exact.numerator) / Decimal(exact.denominator), places)

    places = max(0, -int(Decimal(str(target)).as_tuple().exponent))
    (met_low, met_high), near = like.limits
    new = Decimal(str(target))
    met: Limits = (new, None) if met_high is None and met_low is not None else (None, new)
    return met, (scaled(near[0]), scaled(near[1]))
