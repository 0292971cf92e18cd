"""How long data of people are kept (``retention.yml``), and what is due for deletion on a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from standardwerk.model.fields import Form, Integer, within
from standardwerk.model.measure import Measure
from standardwerk.model.months import Month
from standardwerk.model.notes import Notes
from standardwerk.model.roster import Roster

#: Months by which a source that is not monthly may be older than the scorecard that shows it.
_ROUND = 11
_ALWAYS = Month(0)


Months = Annotated[Integer, within(1, 1200)]


class Retention(Form):
    """``retention.yml``: months, each. What is missing is kept as long as is usual here."""

    scorecards: Months = 24
    """Scorecards, with replies, closed figures, corrections and the files they are made from."""
    notes: Months = 24
    """Notes and agreed actions. A reply is kept as long as the figures it is about."""
    originals: Months = 24
    """Files that were imported, as they came, and entry sheets."""
    leavers: Months = 6
    """Everything about a person, after the month she left in."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """What is kept on a day; anything older is due for deletion, and not shown."""

    scorecards: Month = _ALWAYS
    """The first month with a scorecard."""
    inputs: Month = _ALWAYS
    """The first month whose files are kept: windows of kept scorecards reach back to it."""
    notes: Month = _ALWAYS
    originals: Month = _ALWAYS
    leavers: Mapping[str, date] | None = None
    """By person who is due: her last day."""

    def is_due(self, rep: str) -> bool:
        """Whether a person has left so long ago that nothing of hers is kept."""
        return self.leavers is not None and rep in self.leavers

    def of_notes(self, notes: Mapping[Month, Notes]) -> Mapping[Month, Notes]:
        """A person's notes without those that are due: of their month nothing but the reply is left."""
        if all(month >= self.notes for month in notes):
            return notes
        return {month: one if month >= self.notes else Notes(reply=one.reply) for month, one in notes.items()}


def keeping(retention: Retention, measures: Iterable[Measure], roster: Roster, as_of: date) -> Keeping:
    """What is kept on a day. ``measures``: all that a scorecard may be made of."""
    now = Month.of(as_of)
    first = now.plus(-retention.scorecards)
    reach = max((measure.window.months - 1 for measure in measures), default=0)
    leavers: dict[str, date] = {}
    for person in roster.people.values():
        left = person.rows[-1].valid_to
        if left is not None and Month.of(left).plus(retention.leavers) < now:
            leavers[person.id] = left
    return Keeping(
        scorecards=first,
        inputs=first.plus(-max(reach, _ROUND)),
        notes=now.plus(-retention.notes),
        originals=now.plus(-retention.originals),
        leavers=leavers,
    )
