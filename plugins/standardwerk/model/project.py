"""A whole project as it was read: the handbook, and the people with their figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from standardwerk.model.access import Access
from standardwerk.model.calendar import Calendar
from standardwerk.model.handbook import Handbook
from standardwerk.model.months import Month
from standardwerk.model.roster import Roster
from standardwerk.model.sources import Sources

#: A row of a source: its cells, and its line in the file.
Row = tuple[tuple[object, ...], int]
#: The rows of one person: by source and month. A month without an entry has no file.
RepRows = Mapping[str, Mapping[Month, tuple[Row, ...]]]


@dataclass(frozen=True)
class Scoring:
    """What scores are made from, besides the rows. Immutable, and sent to every worker once."""

    handbook: Handbook
    sources: Sources
    calendar: Calendar
    workdays: Mapping[tuple[Month, int], date]
    months: tuple[Month, ...]
    """The months that have ended and have an edition, the earliest first."""
    present: Mapping[str, frozenset[Month]]
    """By source: the months whose file is there."""


@dataclass(frozen=True)
class Project:
    """A project. Without an access model there is no personal part."""

    handbook: Handbook
    scoring: Scoring | None
    roster: Roster | None
    access: Access | None
    as_of: date
