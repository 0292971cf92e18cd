"""A line of many months with words: months below, targets as steps, where an edition begins, some values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from standardwerk.render.charts.scale import Scale, Value, reach
from standardwerk.render.charts.tags import NOTHING, Dot, Label, Layer, Path, Spec, path_of, write

STEP, HEIGHT = 26, 170
_LEFT, _RIGHT = 26, 44
"""Room for the words of the first and the last value."""
_TOP, _BOTTOM = 34, 132
_MARK_LINE, _LABEL_LINE, _GROUP_LINE = 12, 150, 163
_LEAST_SHARE = 0.25
"""As in the small line: noise looks like noise."""
_APART = 2
"""So many months lie between values that are written."""
_ASIDE = 8
"""A value after a line from top to bottom stands beside it, not on it."""


class TrendPoint(NamedTuple):
    """A month of a trend."""

    value: Value | None
    """None: a gap."""
    text: str = ""
    """The value as text."""
    targets: tuple[Value | None, Value | None] = (None, None)
    """The month's own limits of *met*, (low, high)."""
    restart: bool = False
    """The figures start anew with this month: the line is cut before it."""
    mark: str = ""
    """Written above, where something begins: an edition's label."""
    label: str = ""
    """Below the month; empty: none."""
    group: str = ""
    """A second line below: the year."""


@dataclass(frozen=True, slots=True)
class Trend:
    """What a trend chart shows."""

    points: tuple[TrendPoint, ...]
    """Months in order without omission, the oldest first."""
    sentence: str = ""


def trend(options: Trend) -> Markup:
    """A trend as SVG; empty if no month has a value."""
    points = options.points
    shown = [float(point.value) for point in points if point.value is not None]
    if not shown:
        return NOTHING
    limits = [float(limit) for point in points for limit in point.targets if limit is not None]
    scale = Scale(*reach([*shown, *limits], _LEAST_SHARE), _BOTTOM, _TOP)
    width = _LEFT + STEP * len(points) + _RIGHT
    return write(Spec("sw-trendline", width, HEIGHT, options.sentence, _layers(points, scale, width)))


def _layers(points: tuple[TrendPoint, ...], scale: Scale, width: int) -> Iterator[Layer]:
    yield Path("z", f"M0 {_BOTTOM + 6}H{width}")
    marks = [(index, point.mark) for index, point in enumerate(points) if point.mark]
    if marks:
        yield Path("e", "".join(f"M{_edge(index)} {_MARK_LINE + 4}V{_BOTTOM + 6}" for index, _ in marks))
    cuts = [_edge(index) for index, point in enumerate(points) if point.restart and index]
    if cuts:
        yield Path("x", "".join(f"M{at} {_TOP - 8}V{_BOTTOM + 6}" for at in cuts))
    if steps := "".join(_steps(points, scale, side) for side in (0, 1)):
        yield Path("t", steps)
    runs = _runs(points, scale)
    if lines := "".join(path_of(run) for run in runs if len(run) > 1):
        yield Path("v", lines)
    for x, y in (place for run in runs for place in run):
        yield Dot("j", x, y, 2)
    x, y = runs[-1][-1]
    yield Dot("p", x, y, 4)
    for index, word in marks:
        yield Label("m", _edge(index), _MARK_LINE, word)
    for index in _written(points):
        value, text, *_ = points[index]
        assert value is not None
        at = _middle(index) + (_ASIDE if points[index].restart or points[index].mark else 0)
        yield Label("n", at, scale.at(value) - 8, text)
    for index, point in enumerate(points):
        if point.label:
            yield Label("l", _middle(index), _LABEL_LINE, point.label)
        if point.group:
            yield Label("l", _middle(index), _GROUP_LINE, point.group)


def _edge(index: int) -> int:
    """Where a month begins."""
    return _LEFT + STEP * index


def _middle(index: int) -> int:
    return _edge(index) + STEP // 2


def _runs(points: tuple[TrendPoint, ...], scale: Scale) -> list[list[tuple[int, int]]]:
    """Places of the months, a run from gap or cut to gap or cut."""
    runs: list[list[tuple[int, int]]] = []
    is_open = False
    for index, point in enumerate(points):
        if point.value is None:
            is_open = False
            continue
        if point.restart or not is_open:
            runs.append([])
        runs[-1].append((_middle(index), scale.at(point.value)))
        is_open = True
    return runs


def _steps(points: tuple[TrendPoint, ...], scale: Scale, side: int) -> str:
    """The targets, each month its own."""
    text = ""
    before: Value | None = None
    for index, point in enumerate(points):
        limit = point.targets[side]
        if limit is not None and limit != before:
            text += f"{'M' if before is None else 'L'}{_edge(index)} {scale.at(limit)}"
        if limit is not None:
            text += f"H{_edge(index + 1)}"
        before = limit
    return text


def _written(points: tuple[TrendPoint, ...]) -> list[int]:
    """The months whose values are written: the last, the highest, the lowest, the first, if they do not touch."""
    known = [index for index, point in enumerate(points) if point.value is not None]

    def size(index: int) -> float:
        return float(points[index].value or 0)

    wanted = [known[-1], max(known, key=size), min(known, key=size), known[0]]
    found: list[int] = []
    for index in wanted:
        if all(abs(index - other) > _APART for other in found):
            found.append(index)
    return sorted(found)
