"""The tag writer: the last stage of each chart, and the only place that makes markup and escapes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from markupsafe import Markup

from standardwerk.render.escaping import escape


class Path(NamedTuple):
    """A shape of straight lines and arcs."""

    css: str
    """One-letter class without our prefix, of use only inside a chart's class."""
    d: str


class Dot(NamedTuple):
    """A circle."""

    css: str
    x: int
    y: int
    radius: int


class Label(NamedTuple):
    """A text in a chart."""

    css: str
    x: int
    y: int
    text: str


Layer = Path | Dot | Label


class Spec(NamedTuple):
    """A chart ready to be written."""

    css: str
    width: int
    height: int
    sentence: str
    """What the chart says. If it is empty, the text beside the chart says so: screen readers pass it by."""
    layers: Iterable[Layer]


class Drawing(NamedTuple):
    """A chart without what it says, which is told in a language."""

    start: str
    rest: str

    def told(self, sentence: str) -> str:
        """The chart as markup."""
        return f"{self.start}{_spoken(sentence)}{self.rest}"


def draw(css: str, width: int, height: int, layers: Iterable[Layer]) -> Drawing:
    """A chart from its layers."""
    parts = [">"]
    for layer in layers:
        if type(layer) is Path:
            parts.append(f'<path class="sw-{layer.css}" d="{layer.d}"/>')
        elif type(layer) is Dot:
            parts.append(f'<circle class="sw-{layer.css}" cx="{layer.x}" cy="{layer.y}" r="{layer.radius}"/>')
        elif type(layer) is Label:
            parts.append(
                f'<text class="sw-{layer.css}" x="{layer.x}" y="{layer.y}">{escape(layer.text, quote=False)}</text>'
            )
    parts.append("</svg>")
    return Drawing(f'<svg class="{css}" viewBox="0 0 {width} {height}" ', "".join(parts))


#: No chart: nothing to escape.
NOTHING = Markup("")


def write(spec: Spec) -> Markup:
    """A chart as markup."""
    # Texts are escaped in draw and told; paths are numbers, and classes are the charts' own.
    return Markup(draw(spec.css, spec.width, spec.height, spec.layers).told(spec.sentence))


def reference(css: str, symbol: str, sentence: str) -> Markup:
    """A drawing by reference to a symbol of the page."""
    # The sentence is escaped in _spoken; class and symbol are the charts' own.
    return Markup(f'<svg class="{css}" {_spoken(sentence)}><use href="#{symbol}"/></svg>')


def symbols(css: str, size: int, drawings: Mapping[str, Iterable[Path]]) -> Markup:
    """Drawings to refer to, by id."""
    parts = [f'<svg class="{css}" width="0" height="0" aria-hidden="true">']
    for name, paths in drawings.items():
        parts.append(f'<symbol id="{name}" viewBox="0 0 {size} {size}">')
        parts.extend(f'<path class="sw-{path.css}" d="{path.d}"/>' for path in paths)
        parts.append("</symbol>")
    parts.append("</svg>")
    # Names, sizes and paths are the charts' own.
    return Markup("".join(parts))


def _spoken(sentence: str) -> str:
    return f'role="img" aria-label="{escape(sentence)}"' if sentence else 'aria-hidden="true"'


def path_of(points: Sequence[tuple[int, int]]) -> str:
    """A line through points from left to right, in the short relative form."""
    x, y = points[0]
    pieces = [f"M{x} {y}"]
    command = "l"
    for next_x, next_y in points[1:]:
        step_y = next_y - y
        pieces.append(f"{command}{next_x - x}{step_y}" if step_y < 0 else f"{command}{next_x - x} {step_y}")
        command = " "
        x, y = next_x, next_y
    return "".join(pieces)


def box(left: int, top: int, right: int, bottom: int) -> str:
    """A rectangle."""
    return f"M{left} {top}H{right}V{bottom}H{left}z"
