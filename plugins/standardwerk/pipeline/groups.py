"""The pages about several people, made from what the chunks of people gave back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from standardwerk.evaluate.rollup import RollUp, roll_up
from standardwerk.model.arrivals import Arrivals
from standardwerk.model.months import Month
from standardwerk.model.presence import Presence
from standardwerk.model.remainder import Remainder
from standardwerk.model.roster import Roster
from standardwerk.pipeline.data_quality import data_quality_pages
from standardwerk.pipeline.outcomes import Contributions, Outcome
from standardwerk.pipeline.project import LoadedSite, make_view
from standardwerk.pipeline.work import Work, write_page
from standardwerk.publish.writer import Writer
from standardwerk.render import group_pages
from standardwerk.render.view import View
from standardwerk.site import urls
from standardwerk.site.group_contexts import OrganisationContext, TeamContext, TrendContext
from standardwerk.site.organisation import (
    GroupFigures,
    completeness,
    minimum_group,
    organisation_contexts,
    trend_contexts,
)
from standardwerk.site.people import month_state
from standardwerk.site.team import team_contexts


@dataclass(frozen=True, slots=True)
class GroupPage:
    """A page about several people, to be rendered by whoever has time. Can be pickled."""

    kind: str
    language: str
    context: TeamContext | OrganisationContext | TrendContext | None
    """None: there are no figures of the organisation yet."""


def group_pages_of(work: Work, roster: Roster, arrivals: Arrivals, outcome: Outcome) -> Iterator[GroupPage]:
    """The pages of teams and of the organisation, and each standard's trend."""
    scoring = work.scoring
    # A page that nobody may open is personal data lying about.
    is_open = work.access.grants("organisation") and work.extract.has_group("organisation")
    remainder = _ended(work)
    rollups = _rolled_up(outcome.contributions, minimum_group(scoring.handbook), remainder)
    figures = GroupFigures(rollups, scoring, roster, remainder, has_trends=is_open)
    states = {
        month: month_state(month, scoring.calendar, work.site.as_of, work.closed_on.get(month))
        for month in scoring.months
    }
    presence = Presence(roster, scoring.handbook)
    data = {month: completeness(scoring, arrivals, presence, month) for month in figures.months}
    shown = work.access.team_page
    # Whoever leads a team may be in no group that may read the organisation's months.
    months = frozenset(figures.months) if is_open and "organisation" in work.access.everyone else frozenset()
    for language in work.languages:
        for team in team_contexts(outcome.members, scoring.handbook, roster, states, shown, language, months):
            yield GroupPage("team", language, team)
        if is_open:
            newest = None
            for newest in organisation_contexts(figures, {}, states, data, language, with_totals=False):
                yield GroupPage("organisation", language, newest)
            yield GroupPage("organisation-newest", language, newest)
            for trend in trend_contexts(figures, language):
                yield GroupPage("trend", language, trend)
        if work.access.grants("totals") and work.extract.has_group("totals"):
            for context in organisation_contexts(figures, outcome.totals, states, data, language, with_totals=True):
                yield GroupPage("totals", language, context)


def _rolled_up(contributions: Contributions, k: int, remainder: Remainder) -> dict[tuple[Month, str, str], RollUp]:
    """Month by month: then one month's contributions are in memory."""
    found: dict[tuple[Month, str, str], RollUp] = {}
    for month in sorted({*contributions.months, *(key.month for key in remainder.sums)}):
        rests = {key: rest for key, rest in remainder.sums.items() if key.month == month}
        found |= roll_up(contributions.of(month), k, rests)
    return found


def write_group_pages(work: Work, pages: Iterable[GroupPage]) -> None:
    """Render and write pages about several people."""
    writer = Writer(work.root)
    # Views of their own: they remember parts of the pages, which came from elsewhere and are soon gone.
    writers: dict[str, _Pages] = {}
    for page in pages:
        if page.language not in writers:
            view = make_view(work.site, page.language, work.texts[page.language], work.options)
            writers[page.language] = _Pages(work, writer, view)
        writers[page.language].write(page)


def write_shared(site: LoadedSite, work: Work, roster: Roster, outcome: Outcome) -> None:
    """Write all pages that are no single person's, in this process."""
    write_group_pages(work, group_pages_of(work, roster, site.loaded.rows.arrivals, outcome))
    write_data_quality(work, site)


def write_data_quality(work: Work, site: LoadedSite) -> None:
    """Write the pages about the quality of data."""
    writer = Writer(work.root)
    for view, month, title, html in data_quality_pages(site):

        def month_url(code: str, month: Month = month) -> str:
            return urls.data_quality(code, month)

        write_page(work, writer, view, "data-quality", month_url, title, html)


def _ended(work: Work) -> Remainder:
    """What erased people left in the months there are."""
    months, remainder = frozenset(work.scoring.months), work.remainder.since(work.keeping.scorecards)
    return Remainder(
        {key: rest for key, rest in remainder.sums.items() if key.month in months},
        {key: rest for key, rest in remainder.totals.items() if key.month in months},
    )


@dataclass(frozen=True)
class _Pages:
    """Writes the pages of one language."""

    work: Work
    writer: Writer
    view: View

    def write(self, page: GroupPage) -> None:
        """Render and write one."""
        context = page.context
        if isinstance(context, TeamContext):
            self._team(context)
        elif isinstance(context, TrendContext):
            self._trend(context)
        elif page.kind == "organisation-newest":
            self._newest(context)
        elif context is not None:
            self._organisation(page.kind, context)

    def _team(self, context: TeamContext) -> None:
        title = f"{context.team_name} – {self.view.formats.month(context.month)}"
        html = group_pages.team(self.view, context)
        self._write("team", lambda code: urls.team(context.team, code, context.month), title, html)

    def _organisation(self, kind: str, context: OrganisationContext) -> None:
        address = urls.totals if kind == "totals" else urls.organisation
        title = f"{self.view.handbook.names.organisation} – {self.view.formats.month(context.month)}"
        html = group_pages.organisation(self.view, context)
        self._write(kind, lambda code: address(code, context.month), title, html)

    def _newest(self, context: OrganisationContext | None) -> None:
        """The organisation's newest month once more, at an address that stays."""
        title = self.view.handbook.names.organisation
        if context is None:
            html = group_pages.no_organisation(self.view)
        else:
            html = group_pages.organisation(
                self.view, replace(context, url=urls.organisation_newest(self.view.language))
            )
        self._write("organisation-newest", urls.organisation_newest, title, html)

    def _trend(self, context: TrendContext) -> None:
        title = context.revision.wording[self.view.language].title
        html = group_pages.trend(self.view, context)
        self._write("trend", lambda code: urls.trend(code, context.standard.id), title, html)

    def _write(self, kind: str, url_in: Callable[[str], str], title: str, html: str) -> None:
        write_page(self.work, self.writer, self.view, kind, url_in, title, html)
