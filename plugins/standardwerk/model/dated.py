"""What takes effect on a day and holds until the next one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Protocol, TypeVar

from standardwerk.model.fields import Form, LocalText, Text


class Retroactive(Form):
    """Why a revision may take effect before it was published."""

    reason: LocalText
    """Why, in each language; shown wherever both results are."""
    agreement_ref: Text
    """The agreement that allows it, as it is called."""


class TakesEffect(Protocol):
    """An edition, or a revision."""

    @property
    def effective_from(self) -> date:
        """The first day it holds."""


AnyTakesEffect = TypeVar("AnyTakesEffect", bound=TakesEffect)


def newest(entries: Iterable[AnyTakesEffect], day: date) -> AnyTakesEffect | None:
    """Of entries in the order of their days the one that holds on a day; None before the first."""
    found = None
    for entry in entries:
        if entry.effective_from <= day:
            found = entry
    return found
