"""The annex for works council and data protection, with a sample of each page outside the handbook.

The samples are made of the invented person by the code that makes everybody's pages; those about several people of her
and of copies of her.
"""

from __future__ import annotations

import decimal
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from standardwerk.evaluate.exact import exact_context
from standardwerk.evaluate.people import PlanBook, contributions
from standardwerk.evaluate.rollup import roll_up
from standardwerk.evaluate.totals import TotalBook, Totals, add_totals
from standardwerk.model.arrivals import Arrival, Arrivals
from standardwerk.model.closing import Ledger
from standardwerk.model.months import Month
from standardwerk.model.presence import Presence
from standardwerk.model.project import Row
from standardwerk.model.remainder import Remainder
from standardwerk.model.retention import Keeping
from standardwerk.model.roster import Person, Rep, Roster, Team
from standardwerk.model.sample import INVENTED
from standardwerk.model.sources import Source
from standardwerk.pipeline.figures import NotThereError
from standardwerk.pipeline.project import LoadedSite
from standardwerk.render import group_pages
from standardwerk.render.annex import SamplePage, annex
from standardwerk.render.data_quality import data_quality
from standardwerk.render.overview import rep_overview
from standardwerk.render.scorecard import ScorecardWriter
from standardwerk.render.view import View
from standardwerk.site.annex import annex_context
from standardwerk.site.contexts import MonthState, ScorecardContext
from standardwerk.site.conversation import conversation_context
from standardwerk.site.data_quality import Intakes, data_quality_contexts
from standardwerk.site.organisation import (
    GroupFigures,
    completeness,
    minimum_group,
    organisation_contexts,
    trend_contexts,
)
from standardwerk.site.people import PersonPages, rep_context
from standardwerk.site.sample import EvaluatedSample, evaluate_sample
from standardwerk.site.team import member_month, team_contexts


def _(message: str) -> str:
    return message


def annex_page(site: LoadedSite, language: str) -> str:
    """The annex as an HTML document. Raises :class:`NotThereError` without scorecards."""
    context = annex_context(site.project)
    scoring = site.project.scoring
    if context is None or scoring is None:
        raise NotThereError(_("There are no scorecards in this project."))
    view = site.view(language)
    with decimal.localcontext(exact_context()):
        sample = evaluate_sample(scoring, site.options.as_of)
        pages = [] if sample is None else list(_Samples(site, view, sample).pages())
    return annex(view, context, pages, site.options.theme_dir)


class _Samples:
    """Makes the samples in one language."""

    def __init__(self, site: LoadedSite, view: View, sample: EvaluatedSample) -> None:
        self._site = site
        self._view = view
        self._sample = sample
        self._scorecard = sample.context(site.options.as_of, view.language)
        self._month = self._scorecard.card.month
        self._roster = _roster(sample)
        self._arrivals = _arrivals(sample)

    def pages(self) -> Iterator[SamplePage]:
        """One of each kind, in the order of the page plan."""
        yield from self._of_one(self._scorecard)
        yield from self._of_several()
        yield self._data_quality()

    def _of_one(self, scorecard: ScorecardContext) -> Iterator[SamplePage]:
        view, sample = self._view, self._sample
        writer = ScorecardWriter(view)
        yield SamplePage("scorecard", writer.write(scorecard))
        # Until its month is closed a scorecard has a sheet for the talk.
        opened = replace(scorecard, state=MonthState("open", scorecard.data_as_of))
        sheet = conversation_context(opened, INVENTED, view.language)
        assert sheet is not None
        yield SamplePage("conversation", group_pages.conversation(view, sheet, writer))
        names = {(INVENTED, card.month): (sample.sample.team, sample.sample.lead) for card in sample.cards}
        pages = PersonPages(sample.person, sample.cards, names, {self._month: scorecard.notes})
        scoring = sample.scoring
        overview = rep_context(pages, scoring.handbook, scoring.sources, scoring.calendar, view.language)
        yield SamplePage("rep", rep_overview(view, overview, writer.pieces))

    def _of_several(self) -> Iterator[SamplePage]:
        view, sample, scorecard = self._view, self._sample, self._scorecard
        access, handbook = self._site.project.access, sample.scoring.handbook
        assert access is not None
        states = {card.month: scorecard.state for card in sample.cards}
        before = sample.cards[-2] if len(sample.cards) > 1 else None
        notes = {self._month: scorecard.notes}
        member = member_month(scorecard.card, before, scorecard.state, notes, (), INVENTED)
        for team in team_contexts([member], handbook, self._roster, states, access.team_page, view.language):
            yield SamplePage("team", group_pages.team(view, team))
        figures, totals = self._figures()
        presence = Presence(self._roster, handbook)
        data = {month: completeness(sample.scoring, self._arrivals, presence, month) for month in figures.months}
        for kind, with_totals in (("organisation", False), ("totals", True)):
            for month in organisation_contexts(figures, totals, states, data, view.language, with_totals=with_totals):
                if month.month == self._month:
                    yield SamplePage(kind, group_pages.organisation(view, month))
        for trend in trend_contexts(figures, view.language)[:1]:
            yield SamplePage("trend", group_pages.trend(view, trend))

    def _figures(self) -> tuple[GroupFigures, Totals]:
        """Those of a group of people who are all like her, large enough to be shown."""
        sample = self._sample
        least, book = minimum_group(sample.scoring.handbook), PlanBook(sample.scoring)
        copies = range(2 * least)
        shares = [
            replace(one, rep=f"{INVENTED}-{number}", team=INVENTED)
            for card in sample.cards
            for one in contributions(book, card)
            for number in copies
        ]
        own, totals = TotalBook(sample.scoring).of_person(sample.person, sample.rows), Totals()
        for _number in copies:
            add_totals(totals, own)
        return GroupFigures(roll_up(shares, least), sample.scoring, self._roster), totals

    def _data_quality(self) -> SamplePage:
        scoring, roster = self._sample.scoring, self._roster
        project = replace(
            self._site.project,
            scoring=scoring,
            roster=roster,
            ledger=Ledger(),
            remainder=Remainder(),
            keeping=Keeping(),
        )
        *_before, last = data_quality_contexts(
            Intakes(project, scoring, roster, self._arrivals, (), "", {}), self._view.language
        )
        return SamplePage("data-quality", data_quality(self._view, last))


def _roster(sample: EvaluatedSample) -> Roster:
    """The invented person's team and its lead."""
    lead = f"{INVENTED}-lead"
    start = sample.person.started_on
    team = Team(INVENTED, sample.sample.team, lead, start, None, 0)
    row = Rep(lead, sample.sample.lead, "", "", INVENTED, start, start, None, 0)
    return Roster({INVENTED: sample.person, lead: Person(lead, (row,))}, (team,))


def _arrivals(sample: EvaluatedSample) -> Arrivals:
    """Her rows as if a file had brought them."""
    return {
        name: {month: _arrival(sample.scoring.sources[name], month, rows) for month, rows in its.items()}
        for name, its in sample.rows.items()
    }


def _arrival(source: Source, month: Month, rows: tuple[Row, ...]) -> Arrival:
    totals: dict[str, int | Decimal] = {}
    for cells, _lines in rows:
        for column, cell in zip(source.columns, cells, strict=True):
            if isinstance(cell, int | Decimal):
                totals[column] = totals.get(column, 0) + cell
    return Arrival(f"{month}/{source.file}", len(rows), frozenset({INVENTED}), len(rows), (), totals)
