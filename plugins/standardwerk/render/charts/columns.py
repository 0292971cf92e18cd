"""Columns by month as in ISO 24896 and IBCS: actual solid, target outlined, previous year lighter, forecast hatched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from standardwerk.render.charts.scale import Scale, Value, without_far_out
from standardwerk.render.charts.tags import NOTHING, Label, Layer, Path, Spec, box, write

WIDTH, HEIGHT = 320, 136
_TOP, _BOTTOM = 14, 108
_LABEL_LINE, _GROUP_LINE = 120, 132
_HATCH = 4
_LEAST_SHARE = 0.5
"""Columns within three halves of the middle one's height are never cut."""


class Column(NamedTuple):
    """One column with what it is compared with."""

    label: str
    """Below the column: „Mär“."""
    actual: Value | None
    target: Value | None = None
    previous: Value | None = None
    forecast: Value | None = None
    """Shown where there is no actual value yet."""
    text: str = ""
    """Above the column: its value, short."""
    group: str = ""
    """A second line below, where a group of columns begins: „2026“."""


@dataclass(frozen=True, slots=True)
class Columns:
    """What a column chart shows."""

    columns: tuple[Column, ...]
    sentence: str = ""
    css: str = ""


Box = tuple[int, int, int, int]
"""Left, top, right, bottom."""


class _Frame:
    """The scale, and the places of columns."""

    __slots__ = ("bar", "left", "scale", "shift", "slot", "zero")

    def __init__(self, count: int, values: list[float]) -> None:
        least, most = without_far_out(values, _LEAST_SHARE)
        low, high = min(0.0, least), max(0.0, most)
        self.scale = Scale(low, high if high > low else low + 1.0, _BOTTOM - 12 * (low < 0), _TOP)
        self.zero = self.scale.at(0)
        self.slot = min(WIDTH / count, 64.0)
        self.left = (WIDTH - self.slot * count) / 2
        self.bar = round(self.slot * 0.46)
        self.shift = self.slot * 0.17

    def box(self, middle: float, value: Value, side: int) -> Box:
        """The box of a value; ``side`` −1 and 1 stand a little aside of the actual one."""
        left = round(middle + side * self.shift - self.bar / 2)
        at = self.scale.at(value)
        return (left, at, left + self.bar, self.zero) if at < self.zero else (left, self.zero, left + self.bar, at)


def columns(options: Columns) -> Markup:
    """A column chart as SVG; empty without any value."""
    values = [float(value) for column in options.columns for value in column[1:5] if value is not None]
    if not values:
        return NOTHING
    css = f"sw-columns {options.css}" if options.css else "sw-columns"
    frame = _Frame(len(options.columns), values)
    return write(Spec(css, WIDTH, HEIGHT, options.sentence, _layers(options.columns, frame)))


def key(series: str, sentence: str = "") -> Markup:
    """A sample for the legend: ``actual``, ``target``, ``previous`` or ``forecast``."""
    sample = (1, 1, 15, 11)
    layers = {
        "actual": [Path("a", box(*sample))],
        "target": [Path("t", box(*sample))],
        "previous": [Path("y", box(*sample))],
        "forecast": [Path("f", box(*sample)), Path("h", _hatch(sample))],
    }
    return write(Spec("sw-key", 16, 12, sentence, layers[series]))


def _layers(entries: tuple[Column, ...], frame: _Frame) -> Iterator[Layer]:
    shapes = {"y": "", "t": "", "a": "", "f": "", "h": "", "k": ""}
    labels: list[Layer] = []
    middle = frame.left - frame.slot / 2
    for label, actual, target, previous, forecast, text, group in entries:
        middle += frame.slot
        own = forecast if actual is None else actual
        series = (("y", previous, -1), ("t", target, 1), ("f" if actual is None else "a", own, 0))
        for css, value, side in series:
            if value is None:
                continue
            area = frame.box(middle, value, side)
            shapes[css] += box(*area)
            if not frame.scale.low <= float(value) <= frame.scale.high:
                # A column that is far longer than the others is cut, with a break across it.
                at = area[1] + 8 if value > 0 else area[3] - 4
                shapes["k"] += f"M{area[0]} {at}L{area[2]} {at - 4}"
            if css == "f":
                shapes["h"] += _hatch(area)
        centre = round(middle)
        if text and own is not None:
            _, top, _, bottom = frame.box(middle, own, 0)
            labels.append(Label("n", centre, bottom + 9 if own < 0 else top - 3, text))
        labels.append(Label("l", centre, _LABEL_LINE, label))
        if group:
            labels.append(Label("l", centre, _GROUP_LINE, group))
    for css, shape in shapes.items():
        if shape:
            yield Path(css, shape)
    yield Path("z", f"M0 {frame.zero}H{WIDTH}")
    yield from labels


def _hatch(area: Box) -> str:
    """Lines at 45° through a box, cut at its edges."""
    left, top, right, bottom = area
    text = ""
    for start in range(left + top + _HATCH, right + bottom, _HATCH):
        x = min(right, start - top)
        end = max(left, start - bottom)
        text += f"M{x} {start - x}L{end} {start - end}"
    return text
