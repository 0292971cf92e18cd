"""What each kind of page shows: values, never markup. Templates get exactly these."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from standardwerk.evaluate.rollup import RollUp
from standardwerk.model.handbook import Edition, Handbook, Method, Revision, Standard
from standardwerk.model.months import Month
from standardwerk.model.notes import Action, Notes
from standardwerk.model.scores import Exact, MeasureScore, Scorecard, StandardScore, State


@dataclass(frozen=True, slots=True)
class Site:
    """What all pages share."""

    handbook: Handbook
    as_of: date
    current: Edition | None
    """The edition in force on ``as_of``."""
    amounts: Mapping[tuple[str, str], str]
    """By source and column: how a figure of the column is shown (``currency``, ``number``)."""


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """A revision in a standard's history."""

    revision: Revision
    edition: Edition
    url: str
    is_shown: bool
    """Whether it is the one the page shows."""


@dataclass(frozen=True, slots=True)
class StandardContext:
    """A standard's page."""

    standard: Standard
    revision: Revision
    edition: Edition
    history: tuple[HistoryEntry, ...]
    superseded_by: HistoryEntry | None


@dataclass(frozen=True, slots=True)
class ListedStandard:
    """A standard in a list."""

    standard: Standard
    revision: Revision
    title: Mapping[str, str]
    url: str


@dataclass(frozen=True, slots=True)
class ListedGroup:
    """A group of standards in a list."""

    name: Mapping[str, str]
    standards: tuple[ListedStandard, ...]


@dataclass(frozen=True, slots=True)
class StandardsContext:
    """The list of standards."""

    groups: tuple[ListedGroup, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """A way into the handbook."""

    kind: str
    """``new``, ``standards`` or ``scorecard``."""
    url: str


@dataclass(frozen=True, slots=True)
class HomeContext:
    """The home page of a tree."""

    edition: Edition
    announced: Edition | None
    """The next edition, if it is published and not yet in force."""
    announced_url: str
    ways: tuple[Way, ...]
    groups: tuple[ListedGroup, ...]


@dataclass(frozen=True, slots=True)
class MethodContext:
    """The method page, with its worked example."""

    method: Method
    edition: Edition
    example: StandardScore | None
    example_month: Month | None


@dataclass(frozen=True, slots=True)
class ListedEdition:
    """An edition in the timeline."""

    edition: Edition
    state: str
    """``current``, ``announced`` or ``superseded``."""
    url: str
    changed: tuple[ListedStandard, ...]
    """Standards with a revision of this edition."""
    first: bool


@dataclass(frozen=True, slots=True)
class EditionsContext:
    """The timeline of editions."""

    editions: tuple[ListedEdition, ...]


@dataclass(frozen=True, slots=True)
class MyScorecardContext:
    """How to get to one's own scorecard; holds no names."""

    example_path: str


@dataclass(frozen=True, slots=True)
class MonthState:
    """How firm a month's figures are."""

    kind: str
    """``provisional``, ``open`` (for objections) or ``final``."""
    until: date | None
    """The day until which that holds."""


@dataclass(frozen=True, slots=True)
class Result:
    """A figure at the top of the scorecard: an amount against its target."""

    standard: StandardScore
    score: MeasureScore
    amount_unit: str


@dataclass(frozen=True, slots=True)
class Highlight:
    """A standard to look at first, and why."""

    standard: StandardScore
    reason: str
    """``newly_missed``, ``missed``, ``newly_near`` or ``near``."""


@dataclass(frozen=True, slots=True)
class MonthLink:
    """A link to another month."""

    month: Month
    url: str


@dataclass(frozen=True, slots=True)
class ScorecardContext:
    """A scorecard."""

    card: Scorecard
    history: tuple[Scorecard, ...]
    """Up to 12 scorecards that end with this one, the oldest first; months without one are missing."""
    before: Scorecard | None
    """The scorecard of the month before."""
    team_name: str
    lead_name: str
    role_name: Mapping[str, str]
    edition: Edition
    state: MonthState
    results: tuple[Result, ...]
    highlights: tuple[Highlight, ...]
    previous: MonthLink | None
    next: MonthLink | None
    overview_url: str
    json_url: str
    csv_url: str
    url: str
    notes: Notes
    """What is written beside this month."""
    agreed: tuple[Action, ...]
    """The actions agreed in the month before."""


@dataclass(frozen=True, slots=True)
class RepContext:
    """A person's overview."""

    cards: tuple[Scorecard, ...]
    """All her scorecards, the oldest first."""
    urls: Mapping[Month, str]
    team_name: str
    url: str


@dataclass(frozen=True, slots=True)
class MemberFigure:
    """What a team page shows of a standard of a person: small, so that it travels from a worker cheaply."""

    status: State
    value: Decimal | date | None
    """As displayed."""
    numerator: Exact | None
    denominator: Exact | None


@dataclass(frozen=True, slots=True)
class TeamMember:
    """A person on the team page."""

    rep: str
    name: str
    url: str
    figures: Mapping[str, MemberFigure]
    """By standard."""
    changed: tuple[str, ...]
    """Standards whose verdict changed since the month before."""


@dataclass(frozen=True, slots=True)
class TeamContext:
    """A team's month, for its lead."""

    team: str
    team_name: str
    lead_name: str
    month: Month
    edition: Edition
    standards: tuple[tuple[Standard, Revision], ...]
    members: tuple[TeamMember, ...]
    previous: MonthLink | None
    next: MonthLink | None
    url: str


@dataclass(frozen=True, slots=True)
class RolledStandard:
    """A standard on the organisation's page."""

    standard: Standard
    revision: Revision
    rollups: tuple[RollUp, ...]


@dataclass(frozen=True, slots=True)
class OrganisationContext:
    """The organisation's month: nothing about fewer than k people."""

    month: Month
    edition: Edition
    minimum_group: int
    team_names: Mapping[str, str]
    groups: tuple[tuple[Mapping[str, str], tuple[RolledStandard, ...]], ...]
    previous: MonthLink | None
    next: MonthLink | None
    url: str
