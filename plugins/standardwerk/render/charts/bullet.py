"""The bullet graph (Stephen Few): a value as a bar, its target as a mark, before bands of met, near and missed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from standardwerk.model.handbook import Limits
from standardwerk.render.charts.scale import Scale, Value
from standardwerk.render.charts.tags import Drawing, Layer, Path, box, draw

WIDTH, HEIGHT = 160, 20
_BAND = (3, 17)
_BAR = (7, 13)
_BEYOND = 1.25
"""How far the scale goes beyond the last limit, in parts of the distance from zero to the limits."""
_FARTHEST = 2.0
"""How far it is stretched for a value beyond; a value farther out is cut, with a break in its bar."""


@dataclass(frozen=True, slots=True)
class Bullet:
    """What a bullet graph shows."""

    value: Value
    limits: tuple[Limits, Limits] | None
    """(low, high) of *met* and of *near*; None: bar only."""
    ceiling: float | None = None
    """The highest value there can be: 100 for a proportion in percent."""
    sentence: str = ""
    css: str = ""
    """One more class, such as the state."""


class _Frame:
    """The scale of a bullet graph and its limits as numbers."""

    __slots__ = ("cut", "met", "near", "scale", "value", "zero")

    def __init__(self, shown: Value, limits: tuple[Limits, Limits] | None, ceiling: float | None) -> None:
        value = float(shown)
        none: Limits = (None, None)
        met, near = limits or (none, none)
        self.met = tuple(None if limit is None else float(limit) for limit in met)
        self.near = tuple(None if limit is None else float(limit) for limit in near)
        known = [limit for limit in (*self.met, *self.near) if limit is not None]
        low, high = min(known, default=0.0), max(known, default=0.0)
        low, high = min(0.0, low), max(0.0, high)
        if low == high:
            low, high = min(0.0, value), max(0.0, value) or (1.0 if value >= 0 else 0.0)
        size = high - low
        top, bottom = high, low
        if high > 0.0 or value > 0.0:
            top = max(low + size * (_BEYOND if high > 0.0 else 1.0), min(value * 1.04, low + size * _FARTHEST))
            if ceiling is not None and high <= ceiling:
                top = min(top, ceiling)
        if low < 0.0 or value < 0.0:
            bottom = min(high - size * (_BEYOND if low < 0.0 else 1.0), max(value * 1.04, high - size * _FARTHEST))
        self.scale = Scale(bottom, top, 0, WIDTH)
        self.value = self.scale.at(value)
        self.zero = self.scale.at(0.0)
        self.cut = value > top or value < bottom


def bullet(options: Bullet) -> Markup:
    """A bullet graph as SVG."""
    drawing = drawn_bullet(options.value, options.limits, options.ceiling, options.css)
    # The sentence is escaped where it is told, the rest is numbers and classes of our own.
    return Markup(drawing.told(options.sentence))


@lru_cache(maxsize=1 << 14)
def drawn_bullet(
    value: Value, limits: tuple[Limits, Limits] | None, ceiling: float | None = None, css: str = ""
) -> Drawing:
    """A bullet graph for any sentence. The same few values and limits are drawn for many people."""
    frame = _Frame(value, limits, ceiling)
    return draw(f"sw-bullet {css}" if css else "sw-bullet", WIDTH, HEIGHT, _layers(frame, limits is not None))


def _layers(frame: _Frame, has_bands: bool) -> Iterator[Layer]:
    top, bottom = _BAND
    yield Path("b", box(0, top, WIDTH, bottom))
    if has_bands:
        for limits in (frame.met, frame.near):
            if shape := _outside(limits, frame.scale):
                yield Path("b", shape)
    top, bottom = _BAR
    left, right = sorted((frame.zero, frame.value))
    if left == right:
        left = min(max(left - 1, 0), WIDTH - 2)
        right = left + 2
    yield Path("v", box(left, top, right, bottom))
    if frame.cut:
        at = right - 14 if frame.value >= frame.zero else left + 8
        yield Path("k", f"M{at} {_BAND[1]}l6-14")
    marks = [frame.scale.at(limit) for limit in frame.met if limit is not None]
    if marks:
        yield Path("t", "".join(f"M{min(max(at, 1), WIDTH - 1)} 0v{HEIGHT}" for at in marks))


def _outside(limits: tuple[float | None, ...], scale: Scale) -> str:
    """The part of the band that is beyond the limits. The tones of parts that lie over each other add up."""
    low, high = limits
    shape = ""
    if low is not None and (at := scale.at(low)) > 0:
        shape += box(0, _BAND[0], at, _BAND[1])
    if high is not None and (at := scale.at(high)) < WIDTH:
        shape += box(at, _BAND[0], WIDTH, _BAND[1])
    return shape
