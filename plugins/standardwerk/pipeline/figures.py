"""Scorecards of a person, and the maths of one figure."""

from __future__ import annotations

import decimal

from standardwerk.evaluate.exact import exact_context
from standardwerk.evaluate.people import PlanBook, evaluate_person
from standardwerk.model.months import Month
from standardwerk.model.roster import Person
from standardwerk.model.scores import Scorecard
from standardwerk.pipeline.project import LoadedSite
from standardwerk.render.explain import explain as explain_text


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
    """The maths of one standard of a scorecard as text. Raises :class:`NotThereError`."""
    scoring, roster = site.project.scoring, site.project.roster
    if scoring is None or roster is None:
        raise NotThereError(_("There are no scorecards in this project."))
    person = roster.people.get(rep)
    if person is None:
        raise NotThereError(_("There is no “{rep}” in reps.csv."), rep=rep)
    cards = scorecards_of(site, person)
    card = next((one for one in cards if one.month == month), None)
    if card is None:
        raise NotThereError(_("“{rep}” has no scorecard for {month}."), rep=rep, month=str(month))
    score = next((one for one in card.standards if one.standard.id == standard), None)
    if score is None:
        known = ", ".join(one.standard.id for one in card.standards)
        raise NotThereError(
            _("“{standard}” is not on this scorecard. It has: {known}."), standard=standard, known=known
        )
    view = site.view(language or site.handbook.languages[0])
    with decimal.localcontext(exact_context()):
        return explain_text(view, card, score)


def scorecards_of(site: LoadedSite, person: Person) -> tuple[Scorecard, ...]:
    """All scorecards of a person, with what the present inputs give."""
    if site.cards is not None:
        return site.cards[person.id]
    assert site.project.scoring is not None
    return tuple(evaluate_person(PlanBook(site.project.scoring), person, site.loaded.rows.by_rep.get(person.id, {})))
