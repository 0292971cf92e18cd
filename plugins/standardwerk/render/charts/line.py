"""The line of up to 12 (or more) months: values, gaps, months shown but not scored, the target of each month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from markupsafe import Markup

from standardwerk.render.charts.scale import Scale, Value, reach, without_far_out
from standardwerk.render.charts.tags import NOTHING, Dot, Drawing, Layer, Path, draw, path_of

HEIGHT = 28
STEP = 12
_TOP, _BOTTOM = 4, 24
_LEAST_SHARE = 0.25
"""The chart's height is at least this part of the largest value, so that noise looks like noise."""


class Point(NamedTuple):
    """A month of a line."""

    value: Value | None
    """None: a gap."""
    scored: bool = True
    targets: tuple[Value | None, Value | None] = (None, None)
    """The month's own limits of *met*, (low, high)."""
    restart: bool = False
    """The figures start anew with this month: the line is cut before it."""


@dataclass(frozen=True, slots=True)
class Line:
    """What a line chart shows."""

    points: tuple[Point, ...]
    """Months in order without omission, the oldest first."""
    sentence: str = ""
    css: str = ""
    """One more class, such as the state of the last month."""


def line(options: Line) -> Markup:
    """A line chart as SVG; empty if no month has a value."""
    drawing = drawn_line(options.points, options.css)
    if drawing is None:
        return NOTHING
    # The sentence is escaped where it is told, the rest is numbers and classes of our own.
    return Markup(drawing.told(options.sentence))


def drawn_line(points: Sequence[Point], css: str = "") -> Drawing | None:
    """A line chart for any sentence; None if no month has a value."""
    # A month's value is drawn on the lines of twelve months.
    levels = [None if point.value is None else _level(point.value) for point in points]
    shown = [level for level in levels if level is not None]
    if not shown:
        return None
    limits = {limit for point in points for limit in point.targets if limit is not None}
    low, high = reach([*without_far_out(shown, _LEAST_SHARE), *map(_level, limits)], _LEAST_SHARE)
    scale = Scale(low, high, _BOTTOM, _TOP)
    heights = {limit: scale.at(limit) for limit in limits}
    layers = _layers(points, levels, scale, heights)
    return draw(f"sw-line {css}" if css else "sw-line", STEP * len(points), HEIGHT, layers)


_level = lru_cache(maxsize=1 << 14)(float)


def _layers(
    points: Sequence[Point], levels: list[float | None], scale: Scale, heights: dict[Value, int]
) -> Iterator[Layer]:
    if targets := _steps(points, heights, 0) + _steps(points, heights, 1):
        yield Path("t", targets)
    runs: list[list[tuple[int, int]]] = []
    run: list[tuple[int, int]] = []
    hollow = []
    cuts = breaks = ""
    last = (0, 0)
    last_scored = True
    x = -STEP // 2
    for point, level in zip(points, levels, strict=True):
        x += STEP
        if point.restart:
            run = []
            if x > STEP:
                cuts += f"M{x - STEP // 2} 0v{HEIGHT}"
        if level is None:
            run = []
            continue
        last, last_scored = (x, scale.at(level)), point.scored
        if not scale.low <= level <= scale.high:
            # The line is broken on its way to a value that lies outside.
            breaks += f"M{x - 3} {_TOP + 5 if level > scale.high else _BOTTOM - 2}l6-3"
        if not run:
            runs.append(run)
        run.append(last)
        if not last_scored:
            hollow.append(last)
    if cuts:
        yield Path("x", cuts)
    if lines := "".join([path_of(run) for run in runs if len(run) > 1]):
        yield Path("v", lines)
    if breaks:
        yield Path("k", breaks)
    if not last_scored:
        hollow.pop()
    if alone := [run[0] for run in runs if len(run) == 1 and run[0] != last and run[0] not in hollow]:
        yield Path("i", _dots(alone))
    if hollow:
        yield Path("u", _dots(hollow))
        yield Path("w", _dots(hollow))
    yield Dot("p" if last_scored else "q", *last, 3)


def _dots(places: list[tuple[int, int]]) -> str:
    """Points without length: round caps make them dots."""
    return "".join([f"M{x} {y}h0" for x, y in places])


def _steps(points: Sequence[Point], heights: dict[Value, int], side: int) -> str:
    """The targets as steps, each month its own; a month without one leaves a gap, a cut of the line starts anew."""
    text = ""
    end = level = -1
    left = -STEP
    for point in points:
        left += STEP
        limit = point.targets[side]
        if limit is None:
            continue
        at = heights[limit]
        if end != left or point.restart:
            text += f"{_run(end)}M{left} {at}"
        elif at != level:
            text += f"H{left}V{at}"
        end, level = left + STEP, at
    return text + _run(end)


def _run(end: int) -> str:
    return f"H{end}" if end >= 0 else ""
