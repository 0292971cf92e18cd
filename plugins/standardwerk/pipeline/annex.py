"""The annex for works council and data protection, with a sample of each page about people.

The samples are made of the invented person by the code that makes everybody's pages; the pages about several people of
her and copies of her.
"""

from __future__ import annotations

import decimal
from dataclasses import replace

from standardwerk.evaluate.exact import exact_context
from standardwerk.evaluate.people import PlanBook, contributions
from standardwerk.evaluate.rollup import roll_up
from standardwerk.model.roster import Person, Rep, Roster, Team
from standardwerk.model.sample import INVENTED
from standardwerk.pipeline.figures import NotThereError
from standardwerk.pipeline.project import LoadedSite
from standardwerk.render import group_pages
from standardwerk.render.annex import SamplePage, annex
from standardwerk.render.overview import rep_overview
from standardwerk.render.scorecard import ScorecardWriter
from standardwerk.render.view import View
from standardwerk.site.annex import annex_context
from standardwerk.site.contexts import MonthState, ScorecardContext
from standardwerk.site.conversation import conversation_context
from standardwerk.site.group_contexts import Completeness
from standardwerk.site.organisation import GroupFigures, minimum_group, organisation_contexts
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
        pages = [] if sample is None else _samples(site, view, sample)
    return annex(view, context, pages, site.options.theme_dir)


def _samples(site: LoadedSite, view: View, sample: EvaluatedSample) -> list[SamplePage]:
    language, as_of = view.language, site.options.as_of
    scorecard = sample.context(as_of, language)
    scoring = sample.scoring
    notes = {scorecard.card.month: scorecard.notes}
    names = {(INVENTED, card.month): (sample.sample.team, sample.sample.lead) for card in sample.cards}
    pages = PersonPages(sample.person, sample.cards, names, notes)
    writer = ScorecardWriter(view)
    found = [SamplePage("scorecard", writer.write(scorecard))]
    # Until its month is closed a scorecard has a sheet for the talk.
    sheet = conversation_context(replace(scorecard, state=MonthState("open", scorecard.data_as_of)), language)
    if sheet is not None:
        found.append(SamplePage("conversation", group_pages.conversation(view, sheet, writer)))
    overview = rep_context(pages, scoring.handbook, scoring.sources, scoring.calendar, language)
    found.append(SamplePage("rep", rep_overview(view, overview, writer.pieces)))
    return found + _of_several(site, view, sample, scorecard)


def _of_several(site: LoadedSite, view: View, sample: EvaluatedSample, scorecard: ScorecardContext) -> list[SamplePage]:
    """The pages about several people."""
    access, handbook = site.project.access, sample.scoring.handbook
    assert access is not None
    month, roster = scorecard.card.month, _roster(sample)
    states = {card.month: scorecard.state for card in sample.cards}
    before = sample.cards[-2] if len(sample.cards) > 1 else None
    member = member_month(scorecard.card, before, scorecard.state, {month: scorecard.notes}, ())
    teams = team_contexts([member], handbook, roster, states, access.team_page, view.language)
    found = [SamplePage("team", group_pages.team(view, one)) for one in teams]
    least = minimum_group(handbook)
    book = PlanBook(sample.scoring)
    shares = [
        replace(one, rep=f"{INVENTED}-{number}", team=INVENTED)
        for card in sample.cards
        for one in contributions(book, card)
        for number in range(2 * least)
    ]
    figures = GroupFigures(roll_up(shares, least), sample.scoring, roster, has_trends=False)
    rows = 2 * least
    data = dict.fromkeys(figures.months, Completeness(1, 1, rows, rows, ()))
    months = organisation_contexts(figures, {}, states, data, view.language, with_totals=False)
    found += [SamplePage("organisation", group_pages.organisation(view, one)) for one in months if one.month == month]
    return found


def _roster(sample: EvaluatedSample) -> Roster:
    """The invented person's team and its lead."""
    lead = f"{INVENTED}-lead"
    start = sample.person.started_on
    team = Team(INVENTED, sample.sample.team, lead, start, None, 0)
    row = Rep(lead, sample.sample.lead, "", sample.sample.role, INVENTED, start, start, None, 0)
    return Roster({INVENTED: sample.person, lead: Person(lead, (row,))}, (team,))
