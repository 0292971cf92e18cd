"""A text with its revisions, whatever it is: a standard, the method, a hand-written page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from standardwerk.model.dated import newest
from standardwerk.model.fingerprint import AnyRevision


@dataclass(frozen=True, slots=True)
class TextSeries:
    """A text with all its revisions, the oldest first."""

    id: str
    """Its folder, which no other text shares; also its place on a page of changes."""
    revisions: tuple[AnyRevision, ...]

    def at(self, day: date) -> AnyRevision | None:
        """The revision in force on a day; None before the first, and once retired."""
        found = newest(self.revisions, day)
        return None if found is None or found.rules.retired else found
