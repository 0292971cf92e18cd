"""The personal pages: evaluated, rendered and written in chunks of whole people."""

from __future__ import annotations

import decimal
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path

from standardwerk.comparison import kept_cards, paused_collector
from standardwerk.evaluate.earlier import cards_as_of
from standardwerk.evaluate.exact import exact_context
from standardwerk.evaluate.people import PlanBook, contributions, evaluate_person
from standardwerk.evaluate.totals import TotalBook, add_totals
from standardwerk.model.closing import Correction
from standardwerk.model.months import Month
from standardwerk.model.notes import Notes
from standardwerk.model.project import RepRows
from standardwerk.model.roster import Person, Roster
from standardwerk.model.scores import Scorecard
from standardwerk.pipeline.groups import GroupPage, group_pages_of, write_data_quality, write_group_pages
from standardwerk.pipeline.outcomes import Outcome, together
from standardwerk.pipeline.project import LoadedSite, Options, make_view
from standardwerk.pipeline.work import Work, shell_key, write_page
from standardwerk.publish.writer import Writer
from standardwerk.render import group_pages
from standardwerk.render.data import ScorecardJson, scorecard_csv
from standardwerk.render.overview import rep_overview
from standardwerk.render.rows import Shared
from standardwerk.render.scorecard import ScorecardWriter
from standardwerk.render.shell import Shell, ShellKey
from standardwerk.render.view import View
from standardwerk.site import urls
from standardwerk.site.contexts import ScorecardContext
from standardwerk.site.conversation import conversation_context
from standardwerk.site.group_contexts import ConversationContext
from standardwerk.site.people import (
    PersonPages,
    among,
    in_language,
    overview_in_language,
    rep_context,
    scorecard_contexts,
    state_of,
    team_names,
)
from standardwerk.site.places import PAGE_KINDS
from standardwerk.site.team import member_month
from standardwerk.workers import CHUNK, PerThread, Workers, chunked


@dataclass(frozen=True)
class Input:
    """A person with everything her pages are made from."""

    person: Person
    rows: RepRows
    notes: Mapping[Month, Notes]
    corrections: tuple[Correction, ...]
    cards: tuple[Scorecard, ...] | None
    """Her scorecards, if they are known; else they are made from the rows."""


class Maker:
    """Makes the pages of people, one after the other: what for all of them is the same is worked out once."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self._book = PlanBook(work.scoring)
        self._totals = TotalBook(work.scoring)
        self._views = {
            language: make_view(work.site, language, texts, work.options) for language, texts in work.texts.items()
        }
        self._writers = {language: ScorecardWriter(view) for language, view in self._views.items()}

    def cards(self, one: Input) -> tuple[Scorecard, ...]:
        """A person's scorecards, as far as they are kept."""
        first = self.work.keeping.scorecards
        return tuple(card for card in _cards(self._book, one, self.work.site.as_of) if card.month >= first)

    def write(self, writer: Writer, one: Input, cards: tuple[Scorecard, ...]) -> None:
        """Render and write all pages of a person that the site holds; none if all her data are due for deletion."""
        if not self.work.keeping.is_due(one.person.id) and _has_anything_of(self.work, one.person):
            _write_person(self.work, self._writers, writer, self._pages(one, cards))

    def contexts(self, one: Input, cards: tuple[Scorecard, ...], language: str) -> list[ScorecardContext]:
        """A person's scorecards as their pages show them."""
        return _contexts(self.work, self._pages(one, cards), language)

    def view(self, language: str) -> View:
        """What writes in a language."""
        return self._views[language]

    def share(self, one: Input, cards: tuple[Scorecard, ...]) -> Outcome:
        """What a person gives to the pages about several people."""
        outcome = Outcome()
        add_totals(outcome.totals, self._totals.of_person(one.person, one.rows))
        if not cards:
            return outcome
        pages, before = self._pages(one, cards), None
        for card in cards:
            state = state_of(pages, card.month, self.work.scoring.calendar, self.work.site.as_of)
            outcome.contributions.add(contributions(self._book, card))
            if not self.work.keeping.is_due(one.person.id) and _has_team(self.work, card):
                member = member_month(card, before, state, pages.notes, pages.corrections, one.person.folder)
                outcome.members.append(member)
            before = card
        return outcome

    def _pages(self, one: Input, cards: tuple[Scorecard, ...]) -> PersonPages:
        known = tuple(each for each in one.corrections if each.date <= self.work.site.as_of)
        work = self.work
        return PersonPages(
            one.person, cards, work.team_names, one.notes, work.closed_on, known, one.rows, work.people_names
        )


_worker: PerThread[Maker] = PerThread()


def _start_worker(work: Work) -> None:
    _worker.set(Maker(work))


def _run_chunk(chunk: Sequence[Input]) -> Outcome:
    """Evaluate, render and write the pages of whole people."""
    maker = _worker.get()
    assert maker is not None
    writer = Writer(maker.work.root)
    # A person's values are gone with the last use of them; looking for cycles among them again and again found none.
    with decimal.localcontext(exact_context()), paused_collector():
        return together([_make(maker, writer, one) for one in chunk])


def _make(maker: Maker, writer: Writer, one: Input) -> Outcome:
    cards = maker.cards(one)
    if cards:
        maker.write(writer, one, cards)
    return maker.share(one, cards)


def _run_groups(pages: Sequence[GroupPage]) -> None:
    """Render and write pages about several people."""
    maker = _worker.get()
    assert maker is not None
    with decimal.localcontext(exact_context()):
        write_group_pages(maker.work, pages)


def _has(work: Work, kind: str, person: Person, month: Month | None = None) -> bool:
    """Whether the site holds a kind of page of a person."""
    folder = urls.folder(urls.person_folder(person.folder))
    return work.extract.has(PAGE_KINDS[kind], folder, "" if month is None else str(month))


def _has_team(work: Work, card: Scorecard) -> bool:
    """Whether the site holds the team's page that a scorecard is shown on."""
    return work.extract.has(PAGE_KINDS["team"], urls.folder(urls.team_folder(card.team)), str(card.month))


def _has_anything_of(work: Work, person: Person) -> bool:
    return work.extract.has_anything_of(urls.folder(urls.person_folder(person.folder)))


def _cards(book: PlanBook, one: Input, as_of: date) -> tuple[Scorecard, ...]:
    """A person's scorecards as of a day: what was corrected later is as it was first published."""
    cards = one.cards or kept_cards(one.person.id)
    if cards is None:
        with paused_collector():
            cards = tuple(evaluate_person(book, one.person, one.rows))
    return cards_as_of(cards, one.corrections, as_of, book.scoring)


def _write_person(work: Work, writers: Mapping[str, ScorecardWriter], writer: Writer, pages: PersonPages) -> None:
    scoring, languages = work.scoring, tuple(writers)
    folder = pages.person.folder
    documents = ScorecardJson({language: cards.view for language, cards in writers.items()})
    shared = Shared()
    contexts = [
        context
        for context in _contexts(work, pages, languages[0])
        if _has(work, "scorecard", pages.person, context.card.month)
    ]
    has_overview = _has(work, "rep", pages.person)
    if not work.extract.is_whole:
        contexts = among(contexts, has_overview=has_overview)
    overview = rep_context(pages, scoring.handbook, scoring.sources, scoring.calendar, languages[0])
    for language, cards in writers.items():
        view = cards.view
        cards.begin(shared)
        for context in contexts if language == languages[0] else in_language(contexts, folder, language):
            month = context.card.month
            title = f"{context.card.name} – {view.formats.month(month)}"
            html = cards.write(context)

            def url_in(code: str, month: Month = month) -> str:
                return urls.scorecard(folder, code, month)

            write_page(work, writer, view, "scorecard", url_in, title, html)
            if language == languages[0]:
                writer.write(context.json_url, documents.write(context))
                writer.write(context.csv_url, scorecard_csv(context, view.site.pay_relevant))
            sheet = conversation_context(context, folder, language)
            if sheet is not None:
                _write_conversation(work, writer, cards, sheet, folder, title)
        if not has_overview:
            continue
        html = rep_overview(view, overview_in_language(overview, folder, language), cards.pieces)
        write_page(work, writer, view, "rep", lambda code: urls.rep(folder, code), pages.person.name, html)
    for cards in writers.values():
        cards.forget()


def _contexts(work: Work, pages: PersonPages, language: str) -> list[ScorecardContext]:
    scoring = work.scoring
    return scorecard_contexts(pages, scoring.handbook, scoring.sources, scoring.calendar, work.site.as_of, language)


def _write_conversation(
    work: Work, writer: Writer, cards: ScorecardWriter, sheet: ConversationContext, folder: str, title: str
) -> None:
    card, view = sheet.scorecard.card, cards.view
    html = group_pages.conversation(view, sheet, cards)
    write_page(
        work, writer, view, "conversation", lambda code: urls.conversation(folder, code, card.month), title, html
    )


def shell_keys(site: LoadedSite) -> tuple[ShellKey, ...]:
    """The shells the personal pages need."""
    if not site.personal:
        return ()
    return tuple(shell_key(language, kind) for language in site.handbook.languages for kind in PAGE_KINDS.values())


def publish_personal(site: LoadedSite, options: Options, shells: Mapping[ShellKey, Shell], site_dir: Path) -> None:
    """Render and write all personal pages and data."""
    start_personal(site, options, shells, site_dir).finish()


def work_of(
    site: LoadedSite, shells: Mapping[ShellKey, Shell], site_dir: Path
) -> tuple[Work, Roster, tuple[Input, ...]] | None:
    """What the personal pages are made from; None if none are built."""
    project = site.project
    if project.scoring is None or project.roster is None or project.access is None:
        return None
    roster, scoring = project.roster, project.scoring
    names = {
        (team, month): team_names(roster, team, month)
        for team in {row.team for person in roster.people.values() for row in person.rows}
        for month in scoring.months
    }
    closed_on = {month: one.head.closed_on for month, one in project.ledger.closed.items()}
    people_names = {person.id: person.name for person in roster.people.values()}
    work = Work(
        scoring,
        site.site,
        site.texts,
        site.options,
        shells,
        names,
        people_names,
        closed_on,
        project.access,
        site_dir,
        project.remainder,
        project.keeping,
        site.extract,
    )
    rows, notes, cards = site.loaded.rows.by_rep, site.loaded.notes, site.cards
    people = tuple(
        Input(
            person,
            rows.get(person.id, {}),
            project.keeping.of_notes(notes.get(person.id, {})),
            project.ledger.of_person(person.id),
            None if cards is None else cards[person.id],
        )
        for person in roster.people.values()
    )
    return work, roster, people


def start_personal(
    site: LoadedSite, options: Options, shells: Mapping[ShellKey, Shell], site_dir: Path
) -> PersonalPages:
    """Begin with the personal pages: workers write them while the host builds the handbook.

    The site's rows are gone then: they are let go of as chunks are done, since those of a thousand people take more
    memory than what comes back for them.
    """
    found = work_of(site, shells, site_dir) if site.personal else None
    if found is None:
        return PersonalPages(site, None, None, (), None)
    work, roster, people = found
    if not work.extract.is_whole and not work.extract.permissions:
        # Nothing of anybody else is in it, not even in a sum.
        people = tuple(one for one in people if _has_anything_of(work, one.person))
    workers, site.workers = site.workers, None
    if workers is None:
        workers = options.hire(len(people) * len(work.scoring.months) * len(site.texts))
    pages = PersonalPages(site, work, roster, people, workers)
    site.loaded.rows.by_rep.clear()
    return pages


class PersonalPages:
    """The personal pages on their way to the site's folder."""

    def __init__(
        self,
        site: LoadedSite,
        work: Work | None,
        roster: Roster | None,
        people: Sequence[Input],
        workers: Workers | None,
    ) -> None:
        self._site = site
        self._work = work
        self._roster = roster
        self._people = people
        self._count = len(people)
        self._workers = workers
        self._outcomes: Iterator[Outcome] = iter(())
        self._parts: list[Outcome] = []
        if work is not None and workers is not None:
            workers.start(_start_worker, work)
            self._outcomes = workers.map(_run_chunk, chunked(people, workers.count))
            self._people = ()

    def finish(self) -> None:
        """Write everything that is not written yet."""
        self.write_people()
        self.write_groups()

    def write_people(self, told: Callable[[int, int], None] = lambda done, expected: None) -> None:
        """Wait for (or, without workers, write) the pages of people.

        ``told`` is called for each chunk, with its scorecard pages and with how many there are at most.
        """
        work = self._work
        if work is None:
            return
        expected = self._count * len(work.scoring.months) * len(work.languages)
        if self._workers is None:
            _start_worker(work)
            self._outcomes = map(_run_chunk, chunked(self._people, 1))
        try:
            for part in self._outcomes:
                self._parts.append(part)
                told(len(part.members) * len(work.languages), expected)
        except BaseException:
            self.cancel()
            raise

    def write_groups(self) -> None:
        """Write the pages about several people, when those of all are written."""
        work, roster = self._work, self._roster
        if work is None or roster is None:
            return
        try:
            with decimal.localcontext(exact_context()):
                pages = group_pages_of(work, roster, self._site.loaded.rows.arrivals, together(self._parts))
                if self._workers is None:
                    write_group_pages(work, pages)
                    waiting: Iterator[None] = iter(())
                else:
                    waiting = self._give_out(pages, self._workers)
                write_data_quality(work, self._site)
                _wait_for(waiting)
        finally:
            self.cancel()

    def _give_out(self, pages: Iterator[GroupPage], workers: Workers) -> Iterator[None]:
        """Let workers write pages, and work out the next ones meanwhile. What is returned has to be waited for."""
        waiting: Iterator[None] = iter(())
        while batch := tuple(islice(pages, 2 * CHUNK * workers.count)):
            given = workers.map(_run_groups, chunked(batch, workers.count))
            _wait_for(waiting)
            waiting = given
        return waiting

    def cancel(self) -> None:
        """End the workers."""
        _worker.clear()
        if self._workers is not None:
            self._workers.close()


def _wait_for(outcomes: Iterator[None]) -> None:
    for _ in outcomes:
        pass
