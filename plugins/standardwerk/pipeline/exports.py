"""What an export is about: people, their months, and the files that come of it."""

from __future__ import annotations

import decimal
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from standardwerk.evaluate.exact import exact_context
from standardwerk.model.months import Month
from standardwerk.model.roster import Roster
from standardwerk.pipeline.figures import NotThereError
from standardwerk.pipeline.personal import Input, Maker, work_of
from standardwerk.pipeline.project import LoadedSite
from standardwerk.render.workbook import scorecard_workbook
from standardwerk.site import urls


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


class Export:
    """What is chosen of a project. Raises :class:`NotThereError` if there is nothing of it."""

    def __init__(self, site: LoadedSite, choice: Choice) -> None:
        found = work_of(site, {}, Path())
        if found is None:
            raise NotThereError(_("There are no scorecards in this project."))
        work, self.roster, people = found
        self.choice = choice
        self._maker = Maker(work)
        self._has_organisation = work.access.grants("organisation")
        _check(choice, self.roster, work.scoring.months)
        with decimal.localcontext(exact_context()):
            self.months = {
                one.person.id: months
                for one in people
                if choice.rep in (None, one.person.id) and (months := self._months(one))
            }
        self._people = {one.person.id: one for one in people}
        if not self.months:
            raise NotThereError(_("There is no scorecard that is of all this."))

    def _months(self, one: Input) -> tuple[Month, ...]:
        return tuple(
            card.month
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
                    page = urls.team(choice.team, language, month)
                    found.append(PageToPrint(f"{page}index.html", f"team-{choice.team}-{month}.{language}.pdf"))
            elif choice.month is not None and self._has_organisation:
                page = urls.organisation(language, choice.month)
                found.append(PageToPrint(f"{page}index.html", f"organisation-{choice.month}.{language}.pdf"))
        return found

    def _people_pages(self, languages: Sequence[str], *, sheets: bool) -> Iterator[PageToPrint]:
        address, kind = (urls.conversation, "-sheet") if sheets else (urls.scorecard, "")
        for rep, months in self.months.items():
            for month in months:
                for language in languages:
                    yield PageToPrint(
                        f"{address(self._people[rep].person.folder, language, month)}index.html",
                        f"{rep}-{month}{kind}.{language}.pdf",
                    )


def _check(choice: Choice, roster: Roster, months: Sequence[Month]) -> None:
    if choice.rep is not None and choice.rep not in roster.people:
        raise NotThereError(_("There is no “{rep}” in reps.csv."), rep=choice.rep)
    if choice.team is not None and not any(row.id == choice.team for row in roster.teams):
        raise NotThereError(_("There is no “{team}” in teams.csv."), team=choice.team)
    if choice.month is not None and choice.month not in months:
        raise NotThereError(_("There are no scorecards for {month}."), month=str(choice.month))
