"""What each kind of page shows: values, never markup. Templates get exactly these."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from standardwerk.model.closing import Change, Correction
from standardwerk.model.fingerprint import AnyRevision
from standardwerk.model.handbook import Edition, Handbook, Measure, Method, PageRevision, Revision, Standard
from standardwerk.model.months import Month
from standardwerk.model.notes import Notes
from standardwerk.model.scores import (
    Figure,
    MeasureScore,
    RetroactiveScore,
    Scorecard,
    StandardScore,
)
from standardwerk.site.agreed import CarriedAction
from standardwerk.site.change_values import EditionChanges
from standardwerk.site.first import Advance, Highlight
from standardwerk.site.overview import Business, Trend
from standardwerk.site.ratings import Rating
from standardwerk.site.situation import Situation


@dataclass(frozen=True, slots=True)
class ColumnWords:
    """What a column and its values are called, per language."""

    title: Mapping[str, str] | None
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By value; those that are not here are shown as they are."""


@dataclass(frozen=True, slots=True)
class Site:
    """What all pages share."""

    handbook: Handbook
    as_of: date
    current: Edition | None
    """The edition in force on ``as_of``."""
    amounts: Mapping[tuple[str, str], str]
    """By source and column: how a figure of the column is shown (``currency``, ``number``)."""
    columns: Mapping[str, ColumnWords] = field(default_factory=dict)
    """By name of a column: its words, where it has any. Export rules are told by them."""
    fiscal_year_start: int = 1
    """The month a fiscal year begins with."""
    pay_relevant: str | None = None
    """Whether scorecards have a bearing on pay, ``yes`` or ``no``; None: nothing is said of it."""
    published: tuple[Edition, ...] = field(init=False)
    """The editions that are published by ``as_of``, the oldest first."""

    def __post_init__(self) -> None:
        found = tuple(edition for edition in self.handbook.editions if edition.published_on <= self.as_of)
        object.__setattr__(self, "published", found)


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """A revision in a text's history."""

    revision: AnyRevision
    edition: Edition
    last_day: date | None
    """The last day it is in force; None if no published revision follows."""
    url: str
    is_shown: bool
    """Whether it is the one the page shows."""
    changes_url: str = ""
    """Where its changes are told word by word, the place in the page included; empty in the first edition."""


@dataclass(frozen=True, slots=True)
class StandardContext:
    """A standard's page."""

    standard: Standard
    revision: Revision
    edition: Edition
    history: tuple[HistoryEntry, ...]
    superseded_by: HistoryEntry | None

    @property
    def last_day(self) -> date | None:
        """The last day the revision was in force; None if it still is, or will be."""
        later = [one for one in self.history if one.revision.effective_from > self.revision.effective_from]
        if self.superseded_by is None or not later:
            return None
        return later[0].revision.effective_from - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ListedStandard:
    """A standard in a list."""

    standard: Standard
    revision: Revision
    title: Mapping[str, str]
    url: str
    mark: str = ""
    """``new`` or ``revised`` in the edition that lists it; empty for one that stayed, and in the first edition."""


@dataclass(frozen=True, slots=True)
class RetiredStandard:
    """A standard that is no longer in force, in a list."""

    title: Mapping[str, str]
    number: int
    day: date
    reason: Mapping[str, str]
    url: str
    """Its last text."""
    edition: Edition
    """The edition of its last text."""


@dataclass(frozen=True, slots=True)
class ListedGroup:
    """A group of standards in a list."""

    name: Mapping[str, str]
    standards: tuple[ListedStandard, ...]


@dataclass(frozen=True, slots=True)
class StandardsContext:
    """The list of standards."""

    groups: tuple[ListedGroup, ...]
    retired: tuple[RetiredStandard, ...] = ()


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
    changes_url: str = ""
    """What this edition changed; empty for the first."""
    announced_changes_url: str = ""
    complete_url: str = ""
    of_today: bool = False
    """Whether its hand-written words are today's, on the home page of another edition."""


@dataclass(frozen=True, slots=True)
class MethodContext:
    """The method page, with its worked example."""

    method: Method
    edition: Edition
    example: StandardScore | None
    example_month: Month | None
    history: tuple[HistoryEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class PageContext:
    """A hand-written page with revisions."""

    revision: PageRevision
    history: tuple[HistoryEntry, ...]


@dataclass(frozen=True, slots=True)
class ListedText:
    """The method or a hand-written page in the timeline."""

    title: str
    url: str
    mark: str
    """``new``, ``revised`` or ``retired``."""


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
    last_day: date | None = None
    """The last day it is in force, if that is known."""
    changes_url: str = ""
    complete_url: str = ""
    retired: tuple[RetiredStandard, ...] = ()
    """Standards that end with this edition."""
    texts: tuple[ListedText, ...] = ()
    """The method and the hand-written pages with a revision of this edition."""


@dataclass(frozen=True, slots=True)
class EditionsContext:
    """The timeline of editions."""

    editions: tuple[ListedEdition, ...]


@dataclass(frozen=True, slots=True)
class ChangesContext:
    """What an edition changes."""

    changes: EditionChanges
    announced: bool
    old_urls: Mapping[str, str]
    """By standard or hand-written page: its page in the edition before."""
    new_urls: Mapping[str, str]
    """By standard or hand-written page: its page in this edition."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A standard, the method or a hand-written page in the document of a whole edition."""

    id: str
    number: str
    title: str
    markdown: str
    """With links as addresses below the site's root (``/de/…``) or into the document (``#/id``), and its own blocks."""
    folder: str
    """Below the site's root: where the pictures of the text lie."""
    context: StandardContext | MethodContext | PageContext


@dataclass(frozen=True, slots=True)
class CompleteContext:
    """A whole edition in one document, to be printed and signed."""

    edition: Edition
    state: str
    last_day: date | None
    hash: str
    """SHA-256 of its texts and rules."""
    sealed_hash: str
    """The same without its errata: as it was when it came into force."""
    groups: tuple[tuple[str, tuple[Chapter, ...]], ...]
    method: Chapter | None
    pages: tuple[Chapter, ...] = ()
    """The hand-written pages with revisions."""


@dataclass(frozen=True, slots=True)
class MyScorecardContext:
    """How to get to one's own scorecard; holds no names."""

    sample_url: str
    """The sample scorecard; empty if there is none."""
    organisation_url: str = ""
    """The organisation's newest month, if everybody may read it."""
    audience: str = "all"
    """For whom the site is: a kind of extract."""


@dataclass(frozen=True, slots=True)
class MonthState:
    """How firm a month's figures are."""

    kind: str
    """``provisional``, ``open`` (for objections), ``final`` (no longer), ``closed`` or ``corrected``."""
    until: date | None
    """The day until which that holds; of a closed or corrected month the day on which that was done."""


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A figure before and after a correction; None where there was, or is, no such figure."""

    standard: StandardScore
    score: MeasureScore
    line: str | None
    was: Figure | None
    now: Figure | None


@dataclass(frozen=True, slots=True)
class ShownCorrection:
    """A correction on a scorecard."""

    correction: Correction
    changes: tuple[Change, ...]
    """Those of this scorecard."""
    shown: tuple[ShownChange, ...]
    """The same, as figures."""


@dataclass(frozen=True, slots=True)
class ShownPair:
    """A figure under two revisions, each with its measure; None: it has no such figure."""

    line: str | None
    published: tuple[Measure, Figure] | None
    other: tuple[Measure, Figure] | None

    @property
    def measure(self) -> Measure:
        """The measure as the later revision has it, if it has it."""
        found = self.other or self.published
        assert found is not None
        return found[0]


@dataclass(frozen=True, slots=True)
class ShownRetroactive:
    """Both results of a standard: the published one, and that of the revision that holds for the month by now."""

    other: RetroactiveScore
    published: StandardScore | None
    edition: Edition
    """The edition in which the other revision is read."""
    figures: tuple[ShownPair, ...]
    """The figures that differ; none if both give the same."""


@dataclass(frozen=True, slots=True)
class Result:
    """A figure at the top of the scorecard: an amount against its target."""

    standard: StandardScore
    score: MeasureScore
    amount_unit: str


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
    advances: tuple[Advance, ...]
    previous: MonthLink | None
    next: MonthLink | None
    overview_url: str
    json_url: str
    csv_url: str
    url: str
    notes: Notes
    """What is written beside this month."""
    agreed: tuple[CarriedAction, ...]
    """The actions of earlier months that belong here."""
    situation: Situation
    ratings: Mapping[str, tuple[Rating, ...]] = field(default_factory=dict)
    """By rated standard: its single ratings."""
    corrections: tuple[ShownCorrection, ...] = ()
    retroactive: tuple[ShownRetroactive, ...] = ()

    @property
    def closed(self) -> bool:
        """Whether the month is closed."""
        return self.state.kind in {"closed", "corrected"}

    @property
    def data_as_of(self) -> date:
        """The day up to which data are in: the month's last day, or the day it was closed or corrected."""
        if self.closed and self.state.until is not None:
            return self.state.until
        return self.card.month.last_day


@dataclass(frozen=True, slots=True)
class RepContext:
    """A person's overview."""

    cards: tuple[Scorecard, ...]
    """All her scorecards, the oldest first."""
    urls: Mapping[Month, str]
    closed: frozenset[Month]
    corrected: Mapping[Month, frozenset[str]]
    """By corrected month: the standards of which figures were corrected."""
    team_name: str
    url: str
    trends: tuple[Trend, ...]
    business: Business | None
