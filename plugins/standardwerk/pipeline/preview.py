"""What a draft target would have meant on past months: everybody evaluated twice, and only what may be told kept."""

from __future__ import annotations

import decimal

from standardwerk.evaluate.exact import exact_context
from standardwerk.evaluate.people import Evaluator, PlanBook, contributions
from standardwerk.evaluate.preview import Preview, judged_by, judged_in, months_of, preview_month
from standardwerk.evaluate.rollup import roll_up
from standardwerk.model.handbook import Bands, Measure, Revision, Standard
from standardwerk.model.months import Month
from standardwerk.model.project import Scoring
from standardwerk.model.scores import Scorecard
from standardwerk.pipeline.project import LoadedSite
from standardwerk.site.organisation import minimum_group


def preview(site: LoadedSite, standard: Standard, revision: Revision, measure: Measure, bands: Bands) -> Preview:
    """Past months under the limits by which they were judged, and under other ones. The site has scorecards."""
    scoring = site.project.scoring
    assert scoring is not None
    months = months_of(scoring, standard, revision, measure)
    k = minimum_group(site.handbook)
    now_scoring = judged_by(scoring, standard, months, measure.id)
    draft_scoring = judged_by(scoring, standard, months, measure.id, bands)
    now, draft = _cards(site, now_scoring, months), _cards(site, draft_scoring, months)
    book = PlanBook(now_scoring)
    with decimal.localcontext(exact_context()):
        rollups = roll_up((each for card in now for each in contributions(book, card)), k)
        verdicts = judged_in(now, measure.id), judged_in(draft, measure.id)
        found = []
        for month in months:
            sides = []
            for one, judged in zip((now_scoring, draft_scoring), verdicts, strict=True):
                as_judged = one.judgement(month).standards[0][1].measure(measure.id)
                assert as_judged is not None
                sides.append((as_judged, judged.get(month, [])))
            found.append(preview_month(rollups.get((month, standard.id, measure.id)), k, *sides))
    draft_measure = measure.model_copy(update={"bands": bands})
    return Preview(standard, revision, measure, draft_measure, k, tuple(found), months)


def _cards(site: LoadedSite, scoring: Scoring, months: tuple[Month, ...]) -> list[Scorecard]:
    """The scorecards of everybody in some months."""
    roster = site.project.roster
    assert roster is not None
    book, wanted = PlanBook(scoring), frozenset(months)
    with decimal.localcontext(exact_context()):
        people = [Evaluator(book, one, site.loaded.rows.by_rep.get(one.id, {})) for one in roster.people.values()]
        return [one.scorecard(month) for one in people for month in one.months if month in wanted]
