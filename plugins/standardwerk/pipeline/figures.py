"""Scorecards of a person, and the maths of one figure."""

from __future__ import annotations

import decimal

from standardwerk.evaluate.earlier import cards_as_of
from standardwerk.evaluate.exact import exact_context
from standardwerk.evaluate.people import PlanBook, evaluate_person
from standardwerk.model.months import Month
from standardwerk.model.roster import Person
from standardwerk.model.scores import Scorecard
from standardwerk.pipeline.project import LoadedSite
from standardwerk.render.explain import explain as explain_text
from standardwerk.site.people import PersonPages, scorecard_contexts, shown_changes, team_names


def _(message: str) -> str:
    return message


class NotThereError(LookupError):
    """A person, month or standard that is not in the project."""

    def __init__(self, message: str, **values: str) -> None:
        super().__init__(message)
        self.message = message
        """A message id."""
        self.values = values


def explain(site: LoadedSite, rep: str, month: Month, standard: str, language: str | None = None) -> str:
    """The maths of one standard of a scorecard as its page shows it, as text. Raises :class:`NotThereError`.

    Of a site loaded with ``correcting``, published figures that come out differently are told beside those of now.
    """
    scoring, roster = site.project.scoring, site.project.roster
    if scoring is None or roster is None:
        raise NotThereError(_("There are no scorecards in this project."))
    person = roster.people.get(rep)
    if person is None:
        raise NotThereError(_("There is no “{rep}” in reps.csv."), rep=rep)
    language = language or site.handbook.languages[0]
    pages = _pages(site, person)
    contexts = scorecard_contexts(pages, scoring.handbook, scoring.sources, scoring.calendar, site.site.as_of, language)
    context = next((one for one in contexts if one.card.month == month), None)
    if context is None:
        raise NotThereError(_("“{rep}” has no scorecard for {month}."), rep=rep, month=str(month))
    score = next((one for one in context.card.standards if one.standard.id == standard), None)
    if score is None:
        known = ", ".join(one.standard.id for one in context.card.standards)
        raise NotThereError(
            _("“{standard}” is not on this scorecard. It has: {known}."), standard=standard, known=known
        )
    book = PlanBook(scoring)
    held = {one.measure.id: book.held_months(one.measure) for one in score.measures}
    odd = [one for one in site.differences if (one.rep, one.month, one.standard) == (rep, month, standard)]
    with decimal.localcontext(exact_context()):
        differing = shown_changes(context.card, [one.change for one in odd])
        return explain_text(site.view(language), context, score, held, differing)


def _pages(site: LoadedSite, person: Person) -> PersonPages:
    """What a person's pages show as of the site's day: what was corrected later is as it was first published."""
    scoring, roster, ledger = site.project.scoring, site.project.roster, site.project.ledger
    assert scoring is not None
    assert roster is not None
    corrections = ledger.of_person(person.id)
    cards = cards_as_of(scorecards_of(site, person), corrections, site.site.as_of, scoring)
    teams = {(card.team, card.month): team_names(roster, card.team, card.month) for card in cards}
    closed_on = {month: one.head.closed_on for month, one in ledger.closed.items()}
    known = tuple(one for one in corrections if one.date <= site.site.as_of)
    return PersonPages(person, cards, teams, {}, closed_on, known)


def scorecards_of(site: LoadedSite, person: Person) -> tuple[Scorecard, ...]:
    """All scorecards of a person, with what the present inputs give."""
    if site.cards is not None:
        return site.cards[person.id]
    assert site.project.scoring is not None
    return tuple(evaluate_person(PlanBook(site.project.scoring), person, site.loaded.rows.by_rep.get(person.id, {})))
