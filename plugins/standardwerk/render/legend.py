"""What the marks and charts of a scorecard mean."""

from __future__ import annotations

from decimal import Decimal
from html import escape

from standardwerk.render import charts
from standardwerk.render.view import View

_SHARE = (Decimal(80), None)
_LESS = (Decimal(60), None)
_BULLET = charts.Bullet(Decimal(70), (_SHARE, _LESS), ceiling=100.0, sentence="")
_LINE = charts.Line(
    (
        charts.Point(Decimal(50), False, (Decimal(70), None)),
        charts.Point(Decimal(60), True, (Decimal(70), None)),
        charts.Point(None),
        charts.Point(Decimal(66), True, (Decimal(80), None), True),
        charts.Point(Decimal(84), True, (Decimal(80), None)),
    )
)


def legend(view: View) -> str:
    """A folded legend of the charts; written once per view."""
    found = view.remembered.get("legend")
    if found is None:
        found = view.remembered["legend"] = _legend(view)
    return found


def _legend(view: View) -> str:
    _ = view.texts.gettext
    bullet = _("The bar is the value, the upright line the target. The darker the ground, the farther from it.")
    line = _(
        "The line shows the last 12 months, dashes each month’s own target. "
        "A hollow point is shown, not scored; a gap has no figure; behind a dotted line counting started anew."
    )
    signal = _(
        "“Signal” stands where a month is beyond what is usual for you; all else is noise. "
        "The change at the end of a row is that on last month."
    )
    entries = ((charts.bullet(_BULLET), bullet), (charts.line(_LINE), line), ("", signal))
    items = "".join([f"<li>{chart}<span>{escape(text)}</span></li>" for chart, text in entries])
    head = escape(_("How to read the charts"))
    return f'<details class="sw-fold sw-reading"><summary>{head}</summary><ul>{items}</ul></details>'
