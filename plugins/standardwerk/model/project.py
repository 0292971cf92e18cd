"""A whole project as it was read: the handbook, and the people with their figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from standardwerk.model.access import Access
from standardwerk.model.calendar import Calendar
from standardwerk.model.closing import Ledger
from standardwerk.model.handbook import Handbook, Method, Revision, Standard
from standardwerk.model.months import Month
from standardwerk.model.privacy import Privacy
from standardwerk.model.remainder import Remainder
from standardwerk.model.retention import Keeping, Retention
from standardwerk.model.roster import Roster
from standardwerk.model.scores import Term
from standardwerk.model.sources import ASSIGNMENTS, Source, Sources

#: The line of the file a row stands in, or the lines it was made from.
Lines = int | tuple[int, ...]
#: A row of a source: its cells, and its line in the file.
Row = tuple[tuple[object, ...], Lines]
#: The rows of one person: by source and month. A month without an entry has no file.
RepRows = Mapping[str, Mapping[Month, tuple[Row, ...]]]


def lines_of(lines: Lines) -> tuple[int, ...]:
    """All lines of a row."""
    return (lines,) if isinstance(lines, int) else lines


@dataclass(frozen=True)
class Judgement:
    """What a month is judged by."""

    edition: str
    """The label of the edition."""
    method: Method
    standards: tuple[tuple[Standard, Revision], ...]
    """By group and number."""


@dataclass(frozen=True)
class Retrospect:
    """What a closed month would be judged by with the revisions that hold for it since, retroactively.

    It moves no published figure; the scorecard shows both results.
    """

    edition: str
    """The label of the edition that holds for the month by now."""
    method: Method
    standards: tuple[tuple[Standard, Revision | None], ...]
    """By group and number, those the month was judged by included; None: no longer in force then."""
    terms: Mapping[str, tuple[Term, ...]]
    """By standard: why its revision holds for the month, the oldest first."""
    method_terms: tuple[Term, ...]
    """The same of the method."""


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
    beside: Mapping[str, frozenset[Month]] = field(default_factory=dict)
    """By source: the months whose rows stand in a file of several months beside the folders."""
    sealed: Mapping[Month, Judgement] = field(default_factory=dict)
    """What closed months were judged by when they were closed; a change of method never restates them."""
    retrospects: Mapping[Month, Retrospect] = field(default_factory=dict)
    """Closed months for which another revision holds by now, retroactively."""

    def file_of(self, source: Source, month: Month) -> str:
        """The file a source's rows of a month stand in, below the folder of scorecards."""
        if source.name == ASSIGNMENTS or month in self.beside.get(source.name, ()):
            return source.file
        return f"{month}/{source.file}"

    def judgement(self, month: Month) -> Judgement:
        """What a month is judged by: what it was closed with, else the edition in force on its first day."""
        found = self.sealed.get(month)
        if found is not None:
            return found
        day = month.first_day
        edition, method = self.handbook.edition_at(day), self.handbook.method_at(day)
        assert edition is not None
        assert method is not None
        return Judgement(edition.label, method, self.handbook.standards_at(day))


@dataclass(frozen=True)
class Project:
    """A project. Without an access model there is no personal part."""

    handbook: Handbook
    scoring: Scoring | None
    roster: Roster | None
    access: Access | None
    as_of: date
    ledger: Ledger = field(default_factory=Ledger)
    """Closed months and corrections."""
    remainder: Remainder = field(default_factory=Remainder)
    """What erased people left in sums."""
    keeping: Keeping = field(default_factory=Keeping)
    """What is kept, and shown, on the day."""
    retention: Retention = field(default_factory=Retention)
    privacy: Privacy = field(default_factory=Privacy)
