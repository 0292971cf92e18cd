"""What an export is about: people, their months, and the files that come of it."""

from __future__ import annotations

import decimal
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from standardwerk.evaluate.exact import exact_context
from standardwerk.model.months import Month
from standardwerk.model.roster import Roster
from standardwerk.model.scores import Scorecard
from standardwerk.pipeline.figures import NotThereError
from standardwerk.pipeline.personal import Input, Maker, work_of
from standardwerk.pipeline.project import LoadedSite
from standardwerk.render.workbook import scorecard_workbook
from standardwerk.site import urls

#: The folder of documents that are for everybody; no person's or team's can be called so.
HANDBOOK = "_handbook/"


def _(message: str) -> str:
    return message


@dataclass(frozen=True, slots=True)
class Choice:
    """What is to be exported: a person's, a team's, a month's scorecards; what is None is not restricted."""

    rep: str | None = None
    team: str | None = None
    month: Month | None = None


@dataclass(frozen=True, slots=True)
class Workbook:
    """A workbook that can be made."""

    name: str
    make: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class PageToPrint:
    """A page of the site, and what its document is called."""

    path: str
    """Of the page's file below the site's root."""
    name: str
    folders: tuple[str, ...] = ("",)
    """Where the document goes below the target, each with ``/`` at its end; once for each."""


class Export:
    """What is chosen of a project. Raises :class:`NotThereError` if there is nothing of it."""

    def __init__(self, site: LoadedSite, choice: Choice) -> None:
        found = work_of(site, {}, Path())
        if found is None:
            raise NotThereError(_("There are no scorecards in this project."))
        work, self.roster, people = found
        self.site = site
        self.choice = choice
        self._maker = Maker(work)
        self._grants = work.access.grants
        _check(choice, self.roster, work.scoring.months)
        self.months: dict[str, tuple[Month, ...]] = {}
        """By person: the months that are chosen."""
        self.teams: set[tuple[str, Month]] = set()
        """The teams that people were in then."""
        with decimal.localcontext(exact_context()):
            for one in people:
                # Whose data are due for deletion has no page any more.
                if choice.rep not in (None, one.person.id) or work.keeping.is_due(one.person.id):
                    continue
                cards = self._chosen(one)
                if cards:
                    self.months[one.person.id] = tuple(card.month for card in cards)
                    self.teams |= {(card.team, card.month) for card in cards if card.team}
        self._people = {one.person.id: one for one in people}
        if not self.months:
            raise NotThereError(_("There is no scorecard that is of all this."))

    def _chosen(self, one: Input) -> tuple[Scorecard, ...]:
        return tuple(
            card
            for card in self._maker.cards(one)
            if self.choice.month in (None, card.month) and self.choice.team in (None, card.team)
        )

    def workbooks(self, languages: Sequence[str]) -> list[Workbook]:
        """A workbook for each person and language."""
        return [
            Workbook(f"{self._stem(rep, months)}.{language}.xlsx", self._making(rep, months, language))
            for rep, months in self.months.items()
            for language in languages
        ]

    def _making(self, rep: str, months: tuple[Month, ...], language: str) -> Callable[[], bytes]:
        def make() -> bytes:
            with decimal.localcontext(exact_context()):
                one = self._people[rep]
                contexts = self._maker.contexts(one, self._maker.cards(one), language)
                chosen = [context for context in contexts if context.card.month in months]
                return scorecard_workbook(self._maker.view(language), chosen)

        return make

    def _stem(self, rep: str, months: Sequence[Month]) -> str:
        """A file's name: the person, and the month if it was asked for."""
        return rep if self.choice.month is None else f"{rep}-{months[0]}"

    def pages(self, languages: Sequence[str], *, sheets: bool = False) -> list[PageToPrint]:
        """Pages to print: each person's scorecards (or sheets for talks); with a team or a month its own page too."""
        found = list(self._people_pages(languages, sheets=sheets))
        choice = self.choice
        if sheets or choice.rep is not None:
            return found
        for language in languages:
            if choice.team is not None:
                for month in sorted({month for months in self.months.values() for month in months}):
                    found.append(_team_page(choice.team, language, month))
            elif choice.month is not None and self._grants("organisation"):
                found.append(_organisation_page(language, choice.month))
        return found

    def pages_for_readers(self, languages: Sequence[str]) -> list[PageToPrint]:
        """Pages to print for everybody who may read them: scorecards, and those of teams and of the organisation."""
        found = list(self._people_pages(languages, sheets=False))
        if self.choice.rep is not None:
            return found
        found += [_team_page(team, language, month) for team, month in sorted(self.teams) for language in languages]
        if self.choice.team is not None:
            return found
        for month in sorted({month for its in self.months.values() for month in its}):
            for language in languages:
                if self._grants("organisation"):
                    found.append(_organisation_page(language, month))
                if self._grants("totals"):
                    found.append(_page(urls.totals(language, month), f"totals-{month}.{language}"))
        return found

    def handbook(self, languages: Sequence[str]) -> list[PageToPrint]:
        """The whole handbook as one document of each language, for all readers."""
        edition = self.site.site.current
        if edition is None:
            return []
        name = urls.edition_slug(edition)
        return [
            replace(_page(urls.complete(language, edition), f"{name}.{language}"), folders=(HANDBOOK,))
            for language in languages
        ]

    def _people_pages(self, languages: Sequence[str], *, sheets: bool) -> Iterator[PageToPrint]:
        address, kind = (urls.conversation, "-sheet") if sheets else (urls.scorecard, "")
        for rep, months in self.months.items():
            for month in months:
                for language in languages:
                    yield PageToPrint(
                        f"{address(self._people[rep].person.folder, language, month)}index.html",
                        f"{rep}-{month}{kind}.{language}.pdf",
                    )


def _team_page(team: str, language: str, month: Month) -> PageToPrint:
    return _page(urls.team(team, language, month), f"team-{team}-{month}.{language}")


def _organisation_page(language: str, month: Month) -> PageToPrint:
    return _page(urls.organisation(language, month), f"organisation-{month}.{language}")


def _page(url: str, name: str) -> PageToPrint:
    return PageToPrint(f"{url}index.html", f"{name}.pdf")


def _check(choice: Choice, roster: Roster, months: Sequence[Month]) -> None:
    if choice.rep is not None and choice.rep not in roster.people:
        raise NotThereError(_("There is no “{rep}” in reps.csv."), rep=choice.rep)
    if choice.team is not None and not any(row.id == choice.team for row in roster.teams):
        raise NotThereError(_("There is no “{team}” in teams.csv."), team=choice.team)
    if choice.month is not None and choice.month not in months:
        raise NotThereError(_("There are no scorecards for {month}."), month=str(choice.month))
