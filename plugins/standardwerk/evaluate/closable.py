"""Whether a month can be closed, and what stands in the way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from standardwerk.model.closing import Ledger
from standardwerk.model.months import Month, months_between
from standardwerk.model.project import Scoring


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What stands in the way of closing a month."""

    kind: str
    """``not_ended`` (or without an edition), ``closed``, ``held``, ``held_source``, ``objections`` or ``earlier``."""
    month: Month
    """The month concerned: with ``earlier`` the one that comes first."""
    source: str = ""
    """The source that is held back."""
    until: date | None = None
    """The last day for objections."""


def obstacle(
    scoring: Scoring, ledger: Ledger, month: Month, today: date, *, with_held: bool = False
) -> Obstacle | None:
    """What stands in the way of closing a month on a day. ``with_held``: a source held back does not."""
    if month not in scoring.months:
        return Obstacle("not_ended", month)
    if month in ledger.closed:
        return Obstacle("closed", month)
    held = [one for one in scoring.calendar.form.held if one.month == month]
    if any(one.source is None for one in held):
        return Obstacle("held", month)
    if held and not with_held:
        return Obstacle("held_source", month, source=str(held[0].source))
    until = scoring.calendar.deadline(month, "objections")
    if today <= until:
        return Obstacle("objections", month, until=until)
    for earlier in months_between(scoring.months[0], month.plus(-1)):
        if earlier not in ledger.closed:
            return Obstacle("earlier", earlier)
    return None
