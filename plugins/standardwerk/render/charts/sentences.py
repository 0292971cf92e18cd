"""What a chart says, as a sentence for those who do not see it."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
from typing import NamedTuple

from standardwerk.model.handbook import Measure
from standardwerk.model.months import Month
from standardwerk.model.scores import Figure
from standardwerk.render import words
from standardwerk.render.charts.line import Point
from standardwerk.render.charts.scale import Value
from standardwerk.render.formats import Formats
from standardwerk.render.texts import Texts


def bullet_sentence(texts: Texts, formats: Formats, title: str, measure: Measure, figure: Figure) -> str:
    """„Abschlussquote: 27,5 %, Zielwert mindestens 30 %, knapp verfehlt“; empty without a value."""
    if figure.value is None:
        return ""
    parts = None
    if measure.unit == "fraction" and figure.numerator is not None and figure.denominator is not None:
        parts = (figure.numerator, figure.denominator)
    label = _label(texts, measure)
    value = formats.value(measure.unit, figure.value, measure.decimals, label, parts)
    target = words.target_words(texts, formats, measure, figure.limits)
    return told_bullet(texts, title, value, target, figure)


def told_bullet(texts: Texts, title: str, value: str, target: str, figure: Figure) -> str:
    """The same with value and target as text."""
    state = words.state_word(texts, figure.status) if figure.status is not None else ""
    if target and state:
        return texts.gettext(
            "{name}: {value}, target {target}, {state}", name=title, value=value, target=target, state=state
        )
    if target:
        return texts.gettext("{name}: {value}, target {target}", name=title, value=value, target=target)
    return f"{title}: {value}, {state}" if state else f"{title}: {value}"


def line_sentence(
    texts: Texts,
    formats: Formats,
    title: str,
    measure: Measure,
    months: Sequence[Month],
    points: Sequence[Point],
    said: Sequence[str] = (),
) -> str:
    """„Abschlussquote, Apr 25 bis Mär 26: zuletzt 27,5 %, niedrigster Wert 20 %, höchster Wert 41 %“.

    ``said``: the values as text, point by point, where they are not shown as they are („95 % oder mehr“).
    """
    reach = reach_of(points)
    return reach_sentence(texts, formats, title, measure, (months[0], months[-1]), reach, said) if reach else ""


class Reach(NamedTuple):
    """Where a line ends, and what it reaches: values with their places among the months."""

    last: tuple[Value, int]
    lowest: tuple[Value, int]
    highest: tuple[Value, int]
    gaps: int
    """Months without a value."""


def reach_of(points: Sequence[Point]) -> Reach | None:
    """None if no month has a value."""
    values = [(point.value, at) for at, point in enumerate(points) if point.value is not None]
    if not values:
        return None
    lowest, highest = min(values, key=_VALUE), max(values, key=_VALUE)
    return Reach(values[-1], lowest, highest, len(points) - len(values))


_VALUE = itemgetter(0)


def reach_sentence(
    texts: Texts,
    formats: Formats,
    title: str,
    measure: Measure,
    months: tuple[Month, Month],
    reach: Reach,
    said: Sequence[str] = (),
) -> str:
    """The sentence of a line from one month to another."""
    first, end = months
    period = texts.gettext("{first} to {last}", first=formats.month_short(first), last=formats.month_short(end))
    label = _label(texts, measure)

    def shown(found: tuple[Value, int]) -> str:
        value, at = found
        return said[at] if said else formats.value(measure.unit, value, measure.decimals, label)

    last, lowest, highest, gaps = reach
    if lowest[0] == highest[0]:
        text = texts.gettext("{name}, {period}: last {last}", name=title, period=period, last=shown(last))
    else:
        text = texts.gettext(
            "{name}, {period}: last {last}, lowest {lowest}, highest {highest}",
            name=title,
            period=period,
            last=shown(last),
            lowest=shown(lowest),
            highest=shown(highest),
        )
    if gaps:
        text += ", " + texts.ngettext("{count} month without a value", "{count} months without a value", gaps)
    return text


def columns_sentence(texts: Texts, title: str, period: str, totals: Sequence[tuple[str, str]]) -> str:
    """„Auftragseingang, Januar bis März 2026: Ist 412.300 €, Zielwert 450.000 €“; pairs of word and figure as text."""
    listed = ", ".join(f"{word} {figure}" for word, figure in totals)
    return texts.gettext("{name}, {period}: {figures}", name=title, period=period, figures=listed)


def _label(texts: Texts, measure: Measure) -> str | None:
    return measure.unit_label.get(texts.language) if measure.unit_label else None
