"""Charts as inline SVG, made at build time: options → scale → spec → layers → one tag writer.

No ids, no ``style`` attributes, no text of the caller's unescaped. Colours come from ``charts.css`` by classes.
"""

from standardwerk.render.charts.bullet import Bullet, bullet
from standardwerk.render.charts.columns import Column, Columns, columns, key
from standardwerk.render.charts.line import Line, Point, line
from standardwerk.render.charts.marks import drawing, mark, sign, sprite
from standardwerk.render.charts.trend import Trend, TrendPoint, trend

__all__ = [
    "Bullet",
    "Column",
    "Columns",
    "Line",
    "Point",
    "Trend",
    "TrendPoint",
    "bullet",
    "columns",
    "drawing",
    "key",
    "line",
    "mark",
    "sign",
    "sprite",
    "trend",
]
