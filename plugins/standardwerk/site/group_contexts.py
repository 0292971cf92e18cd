"""What the pages about several people show, and the sheet for the talk with one: values, never markup."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from standardwerk.evaluate.grouped import GroupValue
from standardwerk.evaluate.totals import Amounts
from standardwerk.model.handbook import Edition, Limits, Measure, Revision, Standard
from standardwerk.model.months import Month
from standardwerk.model.notes import Action
from standardwerk.model.scores import STATES_IN_ORDER, MeasureScore, Signal, StandardScore, State
from standardwerk.site.contexts import MonthLink, MonthState, ScorecardContext

# The team's month, for its lead ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StatusChange:
    """A verdict that changed since the month before."""

    standard: str
    was: State
    now: State


@dataclass(frozen=True, slots=True)
class MemberSignal:
    """A measure whose last month is no noise."""

    standard: str
    measure: str
    signal: Signal


@dataclass(frozen=True, slots=True)
class MemberCorrection:
    """A closed month of a person that was corrected."""

    month: Month
    day: date
    reason: str
    standards: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Topics:
    """What a lead has to talk about with a person."""

    changes: tuple[StatusChange, ...] = ()
    missed: tuple[str, ...] = ()
    """The other standards that are missed: as in the month before, or without a verdict then. By number."""
    signals: tuple[MemberSignal, ...] = ()
    actions: tuple[Action, ...] = ()
    """Those still open, the earliest due first."""
    corrections: tuple[MemberCorrection, ...] = ()
    note_missing: bool = False
    """The lead has written nothing yet, and the month is not closed. By itself nothing to talk about."""

    def __bool__(self) -> bool:
        return bool(self.changes or self.missed or self.signals or self.actions or self.corrections)


@dataclass(frozen=True, slots=True)
class TeamMember:
    """A person on the team page."""

    rep: str
    name: str
    url: str
    sheet_url: str
    """The sheet for the talk; empty if the month has none any more."""
    statuses: Mapping[str, State]
    """By standard of the table; empty if there is no table."""
    topics: Topics


@dataclass(frozen=True, slots=True)
class TeamContext:
    """A team's month, for its lead."""

    team: str
    team_name: str
    lead_name: str
    month: Month
    edition: Edition
    state: MonthState
    named: tuple[tuple[Standard, Revision], ...]
    """The standards that are spoken of."""
    table: tuple[tuple[Standard, Revision], ...]
    """The standards of the table, by number; empty if there is none."""
    members: tuple[TeamMember, ...]
    """By name."""
    previous: MonthLink | None
    next: MonthLink | None
    organisation_url: str
    """The organisation's month; empty if there is none."""
    url: str


# The sheet for a talk -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TalkChange:
    """A verdict that changed, with its figures."""

    standard: StandardScore
    was: StandardScore


@dataclass(frozen=True, slots=True)
class TalkSignal:
    """A measure whose last month is no noise."""

    standard: StandardScore
    score: MeasureScore


@dataclass(frozen=True, slots=True)
class ConversationContext:
    """The sheet for the talk about a scorecard, to be printed."""

    scorecard: ScorecardContext
    changes: tuple[TalkChange, ...]
    signals: tuple[TalkSignal, ...]
    url: str


# The organisation -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class GroupPoint:
    """A measure of all people in a month."""

    month: Month
    value: GroupValue | None
    """None: hidden, or nothing to show."""
    limits: tuple[Limits, Limits] | None
    run: Month | None
    """The month with which counting began; None if the measure was not in force."""
    restarts: bool = False
    """Whether counting began anew after the point before."""
    edition: Edition | None = None
    """The edition that begins with this month."""
    is_withdrawn: bool = False
    """Whether the figure was withdrawn because people were erased."""


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A measure on the organisation's month."""

    standard: Standard
    revision: Revision
    measure: Measure
    value: GroupValue | None
    change: Decimal | None
    """On the month before; None if one of the two is not shown exactly, or counting began anew."""
    history: tuple[GroupPoint, ...]
    """12 months, this one the last."""
    teams: Mapping[str, GroupValue | None]
    lines: Mapping[str, GroupValue | None]
    """In handbook order."""
    trend_url: str
    """Empty if there is no page of it."""

    @property
    def turned(self) -> tuple[State, State] | None:
        """The state it was in the month before and the one it is in, if these differ; None if counting began anew."""
        if len(self.history) < 2 or self.history[-1].restarts:
            return None
        before, now = (point.value.status if point.value is not None else None for point in self.history[-2:])
        return (before, now) if before is not None and now is not None and before is not now else None


@dataclass(frozen=True, slots=True)
class Completeness:
    """How much of a month's data is there."""

    files: int
    files_due: int
    rows: int
    rows_due: int
    """Of those sources of which it can be said."""
    missing: tuple[Mapping[str, str], ...]
    """The titles of the sources that are due and not there."""


@dataclass(frozen=True, slots=True)
class TotalRow:
    """A business total: of everybody, or of a product line."""

    line: str | None
    now: Amounts
    before: Amounts
    """The month before."""
    year_ago: Amounts
    months: tuple[tuple[Month, Amounts, Amounts], ...]
    """12 months, each with its amounts and those a year earlier."""


@dataclass(frozen=True, slots=True)
class BusinessTotal:
    """A measure's amounts added up over everybody, whole and by product line."""

    standard: Standard
    revision: Revision
    measure: Measure
    rows: tuple[TotalRow, ...]
    """The whole first."""


@dataclass(frozen=True, slots=True)
class OrganisationContext:
    """The organisation's month: nothing about fewer than k people, but for business totals."""

    month: Month
    edition: Edition
    state: MonthState
    minimum_group: int
    team_names: Mapping[str, str]
    headline: tuple[GroupRow, ...]
    completeness: Completeness
    totals: tuple[BusinessTotal, ...]
    """Only on the page for named groups."""
    groups: tuple[tuple[Mapping[str, str], tuple[GroupRow, ...]], ...]
    has_erased: bool
    """Whether people were erased who had a part in the month's figures."""
    previous: MonthLink | None
    next: MonthLink | None
    url: str

    @property
    def counts(self) -> dict[State, int]:
        """How many measures are in each state, of those that have one."""
        found = Counter(row.value.status for _, rows in self.groups for row in rows if row.value is not None)
        return {state: found[state] for state in STATES_IN_ORDER if found[state]}

    @property
    def turned(self) -> dict[tuple[State, State], tuple[GroupRow, ...]]:
        """The measures that are in another state than the month before: by what it was and is, the best news first."""
        found: dict[tuple[State, State], list[GroupRow]] = {}
        for _, rows in self.groups:
            for row in rows:
                if row.turned is not None:
                    found.setdefault(row.turned, []).append(row)
        order = STATES_IN_ORDER.index
        return {turn: tuple(found[turn]) for turn in sorted(found, key=lambda turn: (order(turn[1]), -order(turn[0])))}


@dataclass(frozen=True, slots=True)
class TrendMonth:
    """A month of a standard's trend: of all people, by team, by product line."""

    point: GroupPoint
    teams: Mapping[str, GroupValue | None]
    lines: Mapping[str, GroupValue | None]


@dataclass(frozen=True, slots=True)
class MeasureTrend:
    """A measure over up to 24 months, the oldest first."""

    measure: Measure
    months: tuple[TrendMonth, ...]
    teams: tuple[str, ...]
    """The teams with a figure in some month."""
    lines: tuple[str, ...]
    """The product lines with one, in handbook order."""


@dataclass(frozen=True, slots=True)
class TrendContext:
    """A standard's trend."""

    standard: Standard
    revision: Revision
    """The newest that was in force in one of the months."""
    edition: Edition
    """That of the last month."""
    measures: tuple[MeasureTrend, ...]
    team_names: Mapping[str, str]
    minimum_group: int
    organisation_url: str
    """The organisation's last month."""
    has_erased: bool
    """Whether people were erased who had a part in one of the months."""
    url: str
