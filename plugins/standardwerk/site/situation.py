"""What a reader must know of a month before its figures: a start, ramp-up, an end, figures that are missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from standardwerk.evaluate.tenure import Tenure, tenure_month
from standardwerk.model.handbook import Handbook
from standardwerk.model.months import Month
from standardwerk.model.roster import Person
from standardwerk.model.scores import VERDICTS, WITHOUT_VALUE, Scorecard, State

#: How far ahead the end of a ramp-up is looked for.
_FARTHEST = 36


@dataclass(frozen=True, slots=True)
class Situation:
    """The circumstances of a scorecard. Each part is empty where there is nothing to say."""

    first_scored: Month | None = None
    """In the entry month: the month of the first scorecard that is scored."""
    ramp_until: Month | None = None
    """In ramp-up: its last month."""
    last_day: date | None = None
    """On a leaver's last scorecard: the last day."""
    held: bool = False
    """Figures are held back."""
    empty: bool = False
    """No standard has a value."""
    unscored: bool = False
    """No standard has a verdict, though there are values."""


def situation(card: Scorecard, person: Person, handbook: Handbook, *, is_last: bool) -> Situation:
    """The circumstances of a scorecard; ``is_last`` if the person has no later one."""
    states = {score.status for score in card.standards}
    month = card.month
    entry = tenure_month(person.started_on, month) <= 0
    last_row = person.rows[-1]
    leaves = last_row.valid_to if is_last and last_row.valid_to is not None else None
    return Situation(
        first_scored=_first_full(person, month) if entry else None,
        ramp_until=_ramp_until(person, month, handbook) if State.RAMP in states and not entry else None,
        last_day=leaves if leaves is not None and leaves <= month.last_day else None,
        held=State.HELD in states,
        empty=bool(states) and states <= WITHOUT_VALUE - {State.HELD},
        unscored=not states & VERDICTS,
    )


def _first_full(person: Person, month: Month) -> Month:
    while tenure_month(person.started_on, month) <= 0:
        month = month.plus(1)
    return month


def _ramp_until(person: Person, month: Month, handbook: Handbook) -> Month | None:
    """The last month of the ramp-up a month lies in; None if only some of the product lines are in ramp-up."""
    tenure = Tenure(person)
    found = None
    for _ in range(_FARTHEST):
        method = handbook.method_at(month.first_day)
        if method is None or tenure.ramp(month, None, method.rules, True)[0]:
            break
        found, month = month, month.plus(1)
    return found
