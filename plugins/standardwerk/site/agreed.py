"""Agreed actions that a month has from the months before it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from standardwerk.model.months import Month
from standardwerk.model.notes import Action, Notes


@dataclass(frozen=True, slots=True)
class CarriedAction:
    """An action agreed in an earlier month."""

    action: Action
    agreed_in: Month
    overdue: bool
    """Whether it is open though its day came before the month's last."""


def carried_actions(notes: Mapping[Month, Notes], month: Month) -> tuple[CarriedAction, ...]:
    """The actions of the month before, whatever became of them, and those of earlier months that are still open.

    An action that was agreed again with the same text stands once, as it was last agreed.
    """
    found: dict[str, CarriedAction] = {}
    for earlier in sorted(one for one in notes if one < month):
        for action in notes[earlier].actions:
            overdue = action.status == "open" and action.due is not None and action.due < month.last_day
            found.pop(action.text, None)
            found[action.text] = CarriedAction(action, earlier, overdue)
    return tuple(one for one in found.values() if one.agreed_in == month - 1 or one.action.status == "open")
