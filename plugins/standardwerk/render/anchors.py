"""The anchors of a rating as a scale: for each item what its levels look like, from the lowest to the highest."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from html import escape

from markupsafe import Markup

from standardwerk.model.handbook import Anchor
from standardwerk.render.view import View


def anchor_scale(view: View, anchors: Iterable[Anchor], heading: str) -> Markup:
    """The items with their levels side by side; ``heading`` is the element of an item's name."""
    parts = []
    for anchor in anchors:
        levels = "".join(
            [
                f"<div><dt>{escape(level)}</dt><dd>{escape(view.local(text))}</dd></div>"
                for level, text in anchor.levels.items()
            ]
        )
        parts.append(f'<{heading}>{escape(view.local(anchor.name))}</{heading}><dl class="sw-anchors">{levels}</dl>')
    # All texts are escaped above; the element is the caller's own.
    return Markup("".join(parts))


def level_above(value: Decimal, levels: Iterable[str]) -> str:
    """The next level above a rating: what to work towards; the highest for one that reaches it.

    Empty if the levels are not called by whole numbers.
    """
    found = list(levels)
    if not all(level.isdecimal() for level in found):
        return ""
    ordered = sorted(found, key=int)
    return next((level for level in ordered if int(level) > value), ordered[-1])
