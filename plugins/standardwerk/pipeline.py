"""Composes the layers: load, evaluate, plan, render, publish. Knows no host."""

from __future__ import annotations

import decimal
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from standardwerk.comparison import Cards, compare, kept_cards, paused_collector
from standardwerk.diagnostics import Diagnostics, Place
from standardwerk.evaluate.exact import exact_context
from standardwerk.evaluate.people import PlanBook, contributions, evaluate_person
from standardwerk.evaluate.proportions import proportion_faults
from standardwerk.evaluate.published import Difference, put_back
from standardwerk.evaluate.rollup import roll_up
from standardwerk.load.cache import TableCache
from standardwerk.load.files import Folder
from standardwerk.load.handbook import ATTACHMENTS
from standardwerk.load.hold import hold_bad_months
from standardwerk.load.project import LoadedProject, load_project
from standardwerk.model.calendar import Calendar
from standardwerk.model.closing import Correction
from standardwerk.model.handbook import Handbook, Method
from standardwerk.model.months import Month
from standardwerk.model.notes import Notes
from standardwerk.model.project import Project, RepRows, Scoring
from standardwerk.model.roster import Person, Roster
from standardwerk.model.scores import Contribution, Scorecard, StandardScore
from standardwerk.publish.writer import Writer
from standardwerk.render import pages as render_pages
from standardwerk.render.data import ScorecardJson, scorecard_csv
from standardwerk.render.editions import columns_of
from standardwerk.render.explain import explain as explain_text
from standardwerk.render.rows import RowWriter
from standardwerk.render.shell import Shell, ShellKey
from standardwerk.render.texts import CatalogueInvalid, CatalogueMissing, Texts
from standardwerk.render.view import View, amounts_of
from standardwerk.render.wording import blocks as wording_blocks
from standardwerk.site import urls
from standardwerk.site.contexts import Site
from standardwerk.site.example import evaluate_example
from standardwerk.site.groups import MemberMonth, member_month, organisation_contexts, team_contexts
from standardwerk.site.handbook_pages import HandbookPages
from standardwerk.site.people import PersonPages, rep_context, scorecard_contexts, team_names
from standardwerk.site.plan import HandbookPage, Sensitivity
from standardwerk.workers import Workers, chunked, get_ready, worker_count


@dataclass(frozen=True)
class Options:
    """What the host was told."""

    config_file: Path
    standards_dir: Path
    scorecards_dir: Path | None
    as_of: date
    workers: int | None
    """Processes for the personal pages; None: as many as there are processors, none for a small site."""
    offline: bool
    theme_dir: Path

    def shown(self, folder: Path) -> str:
        """What a folder is called in messages."""
        base = self.config_file.parent
        return folder.relative_to(base).as_posix() if folder.is_relative_to(base) else folder.name


@dataclass
class Loaded:
    """The outcome of loading: a project, if there is enough for one, and everything that is wrong."""

    project: LoadedSite | None
    diagnostics: Diagnostics
    watch: tuple[Path, ...]


@dataclass
class LoadedSite:
    """A project with its texts and rows."""

    loaded: LoadedProject
    site: Site
    texts: Mapping[str, Texts]
    options: Options
    differences: tuple[Difference, ...] = ()
    """Published figures of closed months that come out differently now."""
    cards: Cards | None = None
    """All scorecards, if they were made to be compared, in this process."""
    workers: Workers | None = None
    """Processes that compared, and will write."""
    views: dict[str, View] = field(default_factory=dict)

    @property
    def project(self) -> Project:
        """The values."""
        return self.loaded.project

    @property
    def handbook(self) -> Handbook:
        """The handbook."""
        return self.loaded.project.handbook

    @property
    def personal(self) -> bool:
        """Whether scorecards are built."""
        return self.project.scoring is not None

    def view(self, language: str) -> View:
        """The view of a language."""
        if language not in self.views:
            self.views[language] = _view(self.site, language, self.texts[language], self.options)
        return self.views[language]


def _view(site: Site, language: str, texts: Texts, options: Options) -> View:
    return View(site, language, texts, options.theme_dir / "templates", index_file=options.offline)


def locale_folders(options: Options) -> list[Path]:
    """Where catalogues lie: the theme's, then the project's own."""
    return [options.theme_dir / "locales", options.config_file.parent / "theme" / "locales"]


def load(options: Options, *, correcting: bool = False) -> Loaded:
    """Read and check everything; nothing is written.

    ``correcting``: differences from closed months are no fault; they are about to be recorded.
    """
    diagnostics = Diagnostics()
    standards = Folder(options.standards_dir, options.shown(options.standards_dir))
    scorecards = None
    watch = [options.standards_dir, options.theme_dir]
    if options.scorecards_dir is not None:
        scorecards = Folder(options.scorecards_dir, options.shown(options.scorecards_dir))
        if options.scorecards_dir.is_dir():
            watch.append(options.scorecards_dir)
    if scorecards is not None and _looks_large(scorecards, options):
        get_ready()
    with decimal.localcontext(exact_context()), paused_collector():
        cache = TableCache(options.config_file.parent / ".cache" / "standardwerk")
        loaded = load_project(standards, scorecards, options.as_of, diagnostics, cache)
        if loaded is None:
            return Loaded(None, diagnostics, tuple(watch))
        texts = _load_texts(loaded.project.handbook, options, diagnostics)
        if not diagnostics.errors:
            _check_figures(loaded, scorecards, diagnostics)
    workers = None if diagnostics.errors else _workers(loaded, options)
    differences: tuple[Difference, ...] = ()
    cards: Cards | None = None
    if not diagnostics.errors:
        differences, cards = _check_closed(loaded, workers, diagnostics, correcting)
    if diagnostics.errors:
        if workers is not None:
            workers.close()
        return Loaded(None, diagnostics, tuple(watch))
    handbook = loaded.project.handbook
    sources = loaded.project.scoring.sources if loaded.project.scoring is not None else None
    current, amounts = handbook.edition_at(options.as_of), amounts_of(handbook, sources)
    site = Site(handbook, options.as_of, current, amounts, columns_of(sources))
    return Loaded(LoadedSite(loaded, site, texts, options, differences, cards, workers), diagnostics, tuple(watch))


def _looks_large(scorecards: Folder, options: Options) -> bool:
    """Whether a look at the folder says that workers will be wanted."""
    if not scorecards.exists("reps.csv"):
        return False
    people = scorecards.read("reps.csv").count(b"\n")
    return worker_count(options.workers, people * len(scorecards.folders())) > 1


def _load_texts(handbook: Handbook, options: Options, diagnostics: Diagnostics) -> dict[str, Texts]:
    texts: dict[str, Texts] = {}
    place = Place(f"{options.shown(options.standards_dir)}/handbook.yml")
    for language in handbook.languages:
        try:
            texts[language] = Texts.load(language, locale_folders(options))
        except CatalogueMissing:
            diagnostics.add("SW502", place, language=language)
        except CatalogueInvalid as error:
            diagnostics.add("SW101", Place(error.file.name, error.line), problem=error.problem)
        else:
            for _, message in texts[language].missing():
                diagnostics.add("SW503", place, message=message, language=language)
    return texts


def _check_figures(loaded: LoadedProject, folder: Folder | None, diagnostics: Diagnostics) -> None:
    scoring, roster = loaded.project.scoring, loaded.project.roster
    if scoring is None or roster is None or folder is None:
        return
    book = PlanBook(scoring)
    for person in roster.people.values():
        for fault in proportion_faults(book, person, loaded.rows.by_rep.get(person.id, {})):
            diagnostics.add(
                "SW322",
                Place(folder.name(fault.file), fault.line),
                measure=fault.measure,
                numerator=fault.numerator,
                denominator=fault.denominator,
            )
    hold_bad_months(loaded, folder, diagnostics)


def _workers(loaded: LoadedProject, options: Options) -> Workers | None:
    """Processes to compare closed months, if that is worth them."""
    project = loaded.project
    if project.scoring is None or project.roster is None or not project.ledger.closed:
        return None
    pages = len(project.roster.people) * len(project.scoring.months) * len(project.handbook.languages)
    count = worker_count(options.workers, pages)
    return Workers(count) if count > 1 else None


def _check_closed(
    loaded: LoadedProject, workers: Workers | None, diagnostics: Diagnostics, correcting: bool
) -> tuple[tuple[Difference, ...], Cards | None]:
    """Compare closed months with the figures of now."""
    project = loaded.project
    if project.scoring is None or project.roster is None or not project.ledger.closed:
        return (), None
    found = compare(project.scoring, project.roster, loaded.rows.by_rep, project.ledger, workers)
    closed = project.ledger.closed
    for one in found.differences if not correcting else ():
        file = closed[one.month]
        diagnostics.add(
            "SW612",
            Place(file.file, file.lines.get(one.rep, 0)),
            month=one.month,
            rep=one.rep,
            standard=one.standard,
            measure=one.measure if one.line is None else f"{one.measure} ({one.line})",
            published=one.words(one.published),
            published_state=one.state(one.published),
            now=one.words(one.now),
            now_state=one.state(one.now),
        )
    touched = {one.month for one in found.differences}
    for month, files in loaded.changed_inputs.items():
        if month not in touched:
            diagnostics.add("SW615", Place(closed[month].file), month=month, files=", ".join(files))
    return found.differences, found.cards


# The handbook ---------------------------------------------------------------------------------------------------------


def handbook_pages(site: LoadedSite, options: Options | None = None) -> tuple[HandbookPage, ...]:
    """The public pages."""

    def example(method: Method) -> tuple[StandardScore, Month] | None:
        if site.project.scoring is None:
            return None
        with decimal.localcontext(exact_context()):
            return evaluate_example(site.project.scoring, method)

    found: list[HandbookPage] = []
    for language in site.handbook.languages:
        translate = site.texts[language].gettext
        found += HandbookPages(site.site, language, translate, example, site.personal, wording_blocks).pages()
    return tuple(found)


def render_blocks(site: LoadedSite, page: HandbookPage) -> Mapping[str, str]:
    """The generated parts of a public page, as trusted HTML."""
    return render_pages.blocks(site.view(page.language), page, site.personal)


def root_page(site: LoadedSite) -> str:
    """The choice of language at ``/``."""
    names = site.handbook.names
    first = site.handbook.languages[0]
    template = site.view(first).environment.get_template("root.html")
    return template.render(
        first=first,
        titles=names.title,
        organisation=names.organisation,
        choices={code: language.name for code, language in names.languages.items()},
        index="index.html" if site.options.offline else "",
    )


def assets(site: LoadedSite, options: Options | None = None) -> Mapping[str, Path]:
    """Images and attachments of the handbook: by path in the site. They lie beside each page that may show them."""
    found: dict[str, Path] = {}
    root = site.options.standards_dir
    trees = [f"{language}/" for language in site.handbook.languages]
    trees += [
        urls.tree(language, edition) for language in site.handbook.languages for edition in site.handbook.editions
    ]
    for file in sorted(root.rglob("*")):
        if not file.is_file() or file.suffix.lower() not in ATTACHMENTS:
            continue
        inside = file.relative_to(root)
        if any(part.startswith(".") for part in inside.parts):
            continue
        folder = inside.parts[0] if len(inside.parts) > 1 else ""
        is_standard = any(standard.id == folder for standard in site.handbook.standards)
        where = f"standards/{inside.as_posix()}" if is_standard else inside.as_posix()
        for tree in trees:
            found[tree + where] = file
    return found


class NotThereError(LookupError):
    """A person, month or standard that is not in the project."""

    def __init__(self, message: str, **values: str) -> None:
        super().__init__(message)
        self.message = message
        """A message id."""
        self.values = values


def _(message: str) -> str:
    return message


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


# The personal pages ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Work:
    """What every worker needs, sent once."""

    scoring: Scoring
    site: Site
    texts: Mapping[str, Texts]
    options: Options
    shells: Mapping[ShellKey, Shell]
    team_names: Mapping[tuple[str, Month], tuple[str, str]]
    closed_on: Mapping[Month, date]
    root: Path


@dataclass(frozen=True)
class _Input:
    """A person with everything her pages are made from."""

    person: Person
    rows: RepRows
    notes: Mapping[Month, Notes]
    corrections: tuple[Correction, ...]
    cards: tuple[Scorecard, ...] | None
    """Her scorecards, if they are known; else they are made from the rows."""


@dataclass(frozen=True)
class _Outcome:
    """What a chunk gives back: sums for roll-ups, and what team pages show."""

    contributions: list[Contribution]
    members: list[MemberMonth]


_worker: dict[str, Any] = {}


def _start_worker(work: _Work) -> None:
    decimal.setcontext(exact_context())
    _worker["work"] = work
    _worker["book"] = PlanBook(work.scoring)
    _worker["views"] = {
        language: _view(work.site, language, texts, work.options) for language, texts in work.texts.items()
    }


def _run_chunk(chunk: Sequence[_Input]) -> _Outcome:
    """Evaluate, render and write the pages of whole people."""
    work: _Work = _worker["work"]
    book: PlanBook = _worker["book"]
    views: dict[str, View] = _worker["views"]
    writer = Writer(work.root)
    sums: list[Contribution] = []
    members: list[MemberMonth] = []
    for one in chunk:
        cards = _cards(book, one, work.site.as_of)
        if not cards:
            continue
        known = tuple(each for each in one.corrections if each.date <= work.site.as_of)
        pages = PersonPages(one.person, cards, work.team_names, one.notes, work.closed_on, known)
        _write_person(work, views, writer, pages)
        before: Scorecard | None = None
        for card in cards:
            sums += contributions(book, card)
            members.append(member_month(card, before))
            before = card
    return _Outcome(sums, members)


def _cards(book: PlanBook, one: _Input, as_of: date) -> tuple[Scorecard, ...]:
    """A person's scorecards as of a day: what was corrected later is as it was first published."""
    cards = one.cards or kept_cards(one.person.id)
    if cards is None:
        with paused_collector():
            cards = tuple(evaluate_person(book, one.person, one.rows))
    later = [change for each in one.corrections if each.date > as_of for change in each.changes]
    if not later:
        return cards
    return tuple(put_back(card, [change for change in later if change.month == card.month]) for card in cards)


def _write_person(work: _Work, views: Mapping[str, View], writer: Writer, pages: PersonPages) -> None:
    scoring, languages = work.scoring, tuple(views)
    rep = pages.person.id
    documents = ScorecardJson(views)
    for language, view in views.items():
        contexts = scorecard_contexts(
            pages, scoring.handbook, scoring.sources, scoring.calendar, work.site.as_of, language
        )
        rows = RowWriter(view)
        for context in contexts:
            month = context.card.month
            title = f"{context.card.name} – {view.formats.month(month)}"
            html = render_pages.scorecard(view, context, rows)

            def url_in(code: str, month: Month = month) -> str:
                return urls.scorecard(rep, code, month)

            _write_page(work, writer, view, "scorecard", Sensitivity.PERSON, url_in, title, html, languages)
            if language == languages[0]:
                writer.write(context.json_url, documents.write(context))
                writer.write(context.csv_url, scorecard_csv(context.card))
        overview = rep_context(pages, language)
        html = render_pages.rep(view, overview)
        _write_page(
            work,
            writer,
            view,
            "rep",
            Sensitivity.PERSON,
            lambda code: urls.rep(rep, code),
            pages.person.name,
            html,
            languages,
        )
    for view in views.values():
        view.forget()


def _write_page(
    work: _Work,
    writer: Writer,
    view: View,
    kind: str,
    sensitivity: Sensitivity,
    url_in: Callable[[str], str],
    title: str,
    html: str,
    languages: Sequence[str],
) -> None:
    url = url_in(view.language)
    shell = work.shells[ShellKey(view.language, kind, url.count("/"), sensitivity)]
    alternates = {code: view.link(url_in(code), url) for code in languages}
    writer.write(f"{url}index.html", shell.fill(title=title, content=html, alternates=alternates))


def shell_keys(site: LoadedSite) -> tuple[ShellKey, ...]:
    """The shells the personal pages need."""
    if not site.personal:
        return ()
    kinds = (
        ("scorecard", 4, Sensitivity.PERSON),
        ("rep", 3, Sensitivity.PERSON),
        ("team", 4, Sensitivity.TEAM),
        ("organisation", 3, Sensitivity.GROUP),
    )
    return tuple(
        ShellKey(language, kind, depth, sensitivity)
        for language in site.handbook.languages
        for kind, depth, sensitivity in kinds
    )


def publish_personal(site: LoadedSite, options: Options, shells: Mapping[ShellKey, Shell], site_dir: Path) -> None:
    """Render and write all personal pages and data."""
    start_personal(site, options, shells, site_dir).finish()


def start_personal(
    site: LoadedSite, options: Options, shells: Mapping[ShellKey, Shell], site_dir: Path
) -> PersonalPages:
    """Begin with the personal pages: workers write them while the host builds the handbook."""
    project = site.project
    if project.scoring is None or project.roster is None:
        return PersonalPages(None, None, (), None)
    roster, scoring = project.roster, project.scoring
    names = {
        (team, month): team_names(roster, team, month)
        for team in {row.team for person in roster.people.values() for row in person.rows}
        for month in scoring.months
    }
    closed_on = {month: one.head.closed_on for month, one in project.ledger.closed.items()}
    work = _Work(scoring, site.site, site.texts, site.options, shells, names, closed_on, site_dir)
    rows, notes, cards = site.loaded.rows.by_rep, site.loaded.notes, site.cards
    people = [
        _Input(
            person,
            rows.get(person.id, {}),
            notes.get(person.id, {}),
            project.ledger.of_person(person.id),
            None if cards is None else cards[person.id],
        )
        for person in roster.people.values()
    ]
    workers, site.workers = site.workers, None
    count = worker_count(options.workers, len(people) * len(scoring.months) * len(site.texts))
    if count > 1 and workers is None:
        workers = Workers(count)
    return PersonalPages(work, roster, people, workers)


class PersonalPages:
    """The personal pages on their way to the site's folder."""

    def __init__(
        self, work: _Work | None, roster: Roster | None, people: Sequence[_Input], workers: Workers | None
    ) -> None:
        self._work = work
        self._roster = roster
        self._people = people
        self._workers = workers
        self._outcomes: Iterator[_Outcome] = iter(())
        if work is not None and workers is not None:
            workers.start(_start_worker, work)
            self._outcomes = workers.map(_run_chunk, chunked(people, workers.count))

    def finish(self) -> None:
        """Wait for (or, without workers, write) the pages of people; then write those about several."""
        work, roster = self._work, self._roster
        if work is None or roster is None:
            return
        if self._workers is None:
            with decimal.localcontext(exact_context()):
                _start_worker(work)
                parts = [_run_chunk(chunk) for chunk in chunked(self._people, 1)]
            _worker.clear()
        else:
            try:
                parts = list(self._outcomes)
            finally:
                self.cancel()
        outcome = _Outcome(
            [one for part in parts for one in part.contributions], [one for part in parts for one in part.members]
        )
        with decimal.localcontext(exact_context()):
            _write_groups(work, roster, work.scoring.calendar, outcome)

    def cancel(self) -> None:
        """End the workers."""
        if self._workers is not None:
            self._workers.close()


def _write_groups(work: _Work, roster: Roster, calendar: Calendar, outcome: _Outcome) -> None:
    handbook = work.scoring.handbook
    writer = Writer(work.root)
    languages = tuple(work.texts)
    minimum = max((method.rules.minimum_group for method in handbook.methods), default=5)
    rollups = roll_up(outcome.contributions, minimum)
    for language, texts in work.texts.items():
        view = _view(work.site, language, texts, work.options)
        for team in team_contexts(outcome.members, handbook, roster, language):

            def team_url(code: str, team: str = team.team, month: Month = team.month) -> str:
                return urls.team(team, code, month)

            title = f"{team.team_name} – {view.formats.month(team.month)}"
            html = render_pages.team(view, team)
            _write_page(work, writer, view, "team", Sensitivity.TEAM, team_url, title, html, languages)
        for context in organisation_contexts(rollups, handbook, roster, language):

            def month_url(code: str, month: Month = context.month) -> str:
                return urls.organisation(code, month)

            title = f"{handbook.names.organisation} – {view.formats.month(context.month)}"
            html = render_pages.organisation(view, context)
            _write_page(work, writer, view, "organisation", Sensitivity.GROUP, month_url, title, html, languages)
