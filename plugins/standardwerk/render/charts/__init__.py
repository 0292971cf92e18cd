"""Charts as inline SVG, made at build time: options → scale → spec → layers → one tag writer.

No ids, no ``style`` attributes, no text of the caller's unescaped. Colours come from ``charts.css`` by classes.
"""

from standardwerk.render.charts.bullet import Bullet, bullet, drawn_bullet
from standardwerk.render.charts.columns import Column, Columns, columns, key
from standardwerk.render.charts.line import Line, Point, drawn_line, line
from standardwerk.render.charts.marks import drawing, mark, sign, sprite
from standardwerk.render.charts.tags import Drawing
from standardwerk.render.charts.trend import Trend, TrendPoint, trend

__all__ = [
    "Bullet",
    "Column",
    "Columns",
    "Drawing",
    "Line",
    "Point",
    "Trend",
    "TrendPoint",
    "bullet",
    "columns",
    "drawing",
    "drawn_bullet",
    "drawn_line",
    "key",
    "line",
    "mark",
    "sign",
    "sprite",
    "trend",
]
