"""Loads and checks everything, before anything is written."""

from __future__ import annotations

import decimal
from pathlib import Path

from standardwerk.comparison import Cards, compare, compare_again, paused_collector
from standardwerk.diagnostics import Diagnostics, Place
from standardwerk.evaluate.exact import exact_context
from standardwerk.evaluate.people import PlanBook
from standardwerk.evaluate.proportions import ProportionFault, proportion_faults
from standardwerk.evaluate.published import Difference
from standardwerk.load.cache import TableCache
from standardwerk.load.files import Folder
from standardwerk.load.handbook import original_language
from standardwerk.load.hold import hold_bad_months
from standardwerk.load.project import LoadedProject, load_project
from standardwerk.load.pseudonyms import read_key
from standardwerk.load.seals import REASON_MISSING
from standardwerk.memory import Memory, recall
from standardwerk.model.handbook import Handbook
from standardwerk.model.roster import Person
from standardwerk.pipeline.prints import PersonKeys
from standardwerk.pipeline.project import Loaded, LoadedSite, Options
from standardwerk.render.editions import columns_of
from standardwerk.render.texts import SOURCE_LANGUAGE, CatalogueInvalid, CatalogueMissing, Texts
from standardwerk.render.view import amounts_of
from standardwerk.site.contexts import Site
from standardwerk.workers import Workers, get_ready, worker_count


def locale_folders(options: Options) -> list[Path]:
    """Where catalogues lie: the theme's, then the project's own."""
    return [options.theme_dir / "locales", options.config_file.parent / "theme" / "locales"]


def load(
    options: Options,
    *,
    correcting: bool = False,
    drafting: bool = False,
    figures: bool = True,
    memory: Memory | None = None,
) -> Loaded:
    """Read and check everything; nothing is written.

    ``correcting``: differences from closed months are no fault; they are what the command is about, or it publishes
    nothing. ``drafting``: a reason that is still to be written is none either. Without ``figures`` only what says which
    pages there are, and whose: the handbook, the roster and the notes. ``memory`` is that of a process that serves:
    what did not change since the last time is not worked out again.
    """
    diagnostics, keys = Diagnostics(), PersonKeys()
    standards = Folder(options.standards_dir, options.shown(options.standards_dir))
    scorecards = None
    watch = [options.standards_dir, options.theme_dir]
    if options.scorecards_dir is not None:
        scorecards = Folder(options.scorecards_dir, options.shown(options.scorecards_dir))
        if options.scorecards_dir.is_dir():
            watch.append(options.scorecards_dir)
    if figures and scorecards is not None and _looks_large(scorecards, options):
        get_ready()
    with decimal.localcontext(exact_context()), paused_collector():
        cache = TableCache(options.config_file.parent / ".cache" / "standardwerk")
        key = read_key(options.config_file.parent)
        loaded = load_project(
            standards, scorecards, options.as_of, diagnostics, cache, figures=figures, key=key, memory=memory
        )
        if loaded is None:
            return Loaded(None, diagnostics, tuple(watch))
        if drafting:
            diagnostics.drop(REASON_MISSING)
        texts = _load_texts(loaded.project.handbook, options, diagnostics)
        if figures and scorecards is not None and _rules_are_sound(standards, scorecards, diagnostics):
            _check_figures(loaded, scorecards, diagnostics, memory, keys)
    workers = None if diagnostics.errors or not figures or memory is not None else _workers(loaded, options)
    differences: tuple[Difference, ...] = ()
    cards: Cards | None = None
    if figures and not diagnostics.errors:
        differences, cards = _check_closed(loaded, options, workers, diagnostics, correcting, memory, keys)
    if diagnostics.errors:
        if workers is not None:
            workers.close()
        return Loaded(None, diagnostics, tuple(watch), loaded)
    handbook = loaded.project.handbook
    sources = loaded.project.scoring.sources if loaded.project.scoring is not None else None
    current, amounts = handbook.edition_at(options.as_of), amounts_of(handbook, sources)
    scoring = loaded.project.scoring
    fiscal = scoring.calendar.fiscal_year_start if scoring is not None else 1
    site = Site(
        handbook, options.as_of, current, amounts, columns_of(sources), fiscal, loaded.project.privacy.pay_relevant
    )
    found = LoadedSite(
        loaded, site, texts, options, differences, cards, workers, found=tuple(diagnostics), memory=memory
    )
    return Loaded(found, diagnostics, tuple(watch), loaded)


def report_texts(options: Options, loaded: Loaded, otherwise: str) -> Texts:
    """The texts in which a project is told its faults: in the handbook's first language, as far as that is known."""
    if loaded.read is not None:
        language = loaded.read.project.handbook.languages[0]
    else:
        language = original_language(Folder(options.standards_dir, "")) or otherwise
    try:
        return Texts.load(language, locale_folders(options))
    except (CatalogueMissing, CatalogueInvalid):
        return Texts(SOURCE_LANGUAGE)


def _looks_large(scorecards: Folder, options: Options) -> bool:
    """Whether a look at the folder says that processes will be wanted."""
    if options.cluster or not scorecards.exists("reps.csv"):
        return False
    people = (scorecards.read("reps.csv") or b"").count(b"\n")
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


def _rules_are_sound(standards: Folder, scorecards: Folder, diagnostics: Diagnostics) -> bool:
    """Whether measures can be computed; a fault in a row leaves only this row out."""
    contract = scorecards.name("sources.yml")
    return not any(
        one.place.file == contract or one.place.file.startswith(standards.name("")) for one in diagnostics.errors
    )


def _check_figures(
    loaded: LoadedProject, folder: Folder, diagnostics: Diagnostics, memory: Memory | None, keys: PersonKeys
) -> None:
    scoring, roster = loaded.project.scoring, loaded.project.roster
    if scoring is None or roster is None:
        return
    book, rows = PlanBook(scoring), loaded.rows.by_rep
    for person in roster.people.values():

        def key(person: Person = person) -> bytes:
            return keys.of(scoring, roster, rows)[person.id]

        def look(person: Person = person) -> tuple[ProportionFault, ...]:
            return tuple(proportion_faults(book, person, rows.get(person.id, {})))

        for fault in recall(memory, "proportions", key, look):
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
    return options.hire(pages)


def _check_closed(
    loaded: LoadedProject,
    options: Options,
    workers: Workers | None,
    diagnostics: Diagnostics,
    correcting: bool,
    memory: Memory | None,
    keys: PersonKeys,
) -> tuple[tuple[Difference, ...], Cards | None]:
    """Compare closed months with the figures of now."""
    scoring, roster, ledger = loaded.project.scoring, loaded.project.roster, loaded.project.ledger
    if scoring is None or roster is None or not ledger.closed:
        return (), None
    rows = loaded.rows.by_rep
    if memory is None:
        found = compare(scoring, roster, rows, ledger, workers)
    else:
        pages = len(scoring.months) * len(scoring.handbook.languages)
        known = keys.of(scoring, roster, rows)
        found = compare_again(
            scoring, roster, rows, ledger, memory, known, lambda new: worker_count(options.workers, new * pages)
        )
    closed = ledger.closed
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
