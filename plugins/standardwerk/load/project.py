"""A whole project: the handbook, and with an access model the people and their figures."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date

from standardwerk.diagnostics import Diagnostics, Place
from standardwerk.load.again import load_rows_again
from standardwerk.load.cache import TableCache
from standardwerk.load.checks import SourceChecks, check_handbook
from standardwerk.load.closing import input_hashes, judgements, load_ledger
from standardwerk.load.files import Folder, listing, suggest
from standardwerk.load.forms import LanguageCheck
from standardwerk.load.handbook import LoadedHandbook, load_handbook
from standardwerk.load.hold import hold_bad_months
from standardwerk.load.logins import check_logins
from standardwerk.load.notes import load_notes
from standardwerk.load.page_checks import check_method_choices
from standardwerk.load.pseudonyms import with_pseudonyms
from standardwerk.load.remainder import load_remainder
from standardwerk.load.retention import keeping_of, load_privacy, load_retention, report_due
from standardwerk.load.retrospects import retrospects
from standardwerk.load.roster import load_roster
from standardwerk.load.rows import LoadedRows, load_rows
from standardwerk.load.sample import check_sample
from standardwerk.load.seals import check_seals
from standardwerk.load.sources import load_access, load_calendar, load_sources
from standardwerk.memory import Memory, recall
from standardwerk.model.access import Access
from standardwerk.model.calendar import Calendar, workday_numbers, workdays_of
from standardwerk.model.fingerprint import Fingerprints
from standardwerk.model.handbook import Handbook
from standardwerk.model.months import Month, months_between
from standardwerk.model.notes import Notes
from standardwerk.model.project import Project, RepRows, Scoring
from standardwerk.model.retention import Retention
from standardwerk.model.sources import Sources


@dataclass
class LoadedProject:
    """What was read; the rows are kept apart because they travel to the workers piece by piece."""

    project: Project
    rows: LoadedRows
    notes: Mapping[str, Mapping[Month, Notes]] = field(default_factory=dict)
    changed_inputs: Mapping[Month, Mapping[str, str]] = field(default_factory=dict)
    """By closed month: files that have changed since, with their hashes (empty: the file is gone)."""
    fingerprints: Fingerprints = field(default_factory=Fingerprints)
    """Of the handbook's revisions."""
    everything: Handbook | None = None
    """The handbook with editions that are not published yet."""


def load_project(
    standards: Folder,
    scorecards: Folder | None,
    as_of: date,
    diagnostics: Diagnostics,
    cache: TableCache | None = None,
    *,
    figures: bool = True,
    key: str = "",
    memory: Memory | None = None,
) -> LoadedProject | None:
    """Read and check everything. Faults go to ``diagnostics``; None if there is not even a handbook.

    A fault in one file does not hide those of the others: what is sound is checked, and what a fault leaves open is
    passed over (``Diagnostics.doubt``). Without ``figures`` the months' files are left unread: what is known then is
    which pages there are, and whose. ``key``: that of the pseudonyms. ``memory``: that of a process that serves.
    """
    found = _load(standards, scorecards, as_of, diagnostics, cache, figures, key, memory)
    for folder in (standards, scorecards):
        if folder is not None:
            folder.report(diagnostics)
    return found


def _load(
    standards: Folder,
    scorecards: Folder | None,
    as_of: date,
    diagnostics: Diagnostics,
    cache: TableCache | None,
    figures: bool,
    key: str,
    memory: Memory | None,
) -> LoadedProject | None:
    loaded = load_handbook(standards, diagnostics)
    loaded.fingerprints = recall(memory, "fingerprints", lambda: "", Fingerprints).turn()
    check_handbook(loaded, diagnostics)
    check_method_choices(loaded, diagnostics)
    everything = check_seals(standards, loaded, as_of, diagnostics)
    loaded.handbook = handbook = everything.published_by(as_of)
    bare = LoadedProject(
        Project(handbook, None, None, None, as_of),
        LoadedRows(),
        everything=everything,
        fingerprints=loaded.fingerprints,
    )
    if scorecards is None or not scorecards.is_there():
        return bare if loaded.whole else None
    if not scorecards.exists("access.yml") and not scorecards.unreadable:
        diagnostics.add("SW411", Place(scorecards.name("access.yml")))
        return bare if loaded.whole else None
    found = _load_people(loaded, scorecards, as_of, diagnostics, cache, figures, key, memory) or bare
    found.everything, found.fingerprints = everything, loaded.fingerprints
    return found if loaded.whole else None


def _load_people(
    loaded: LoadedHandbook,
    folder: Folder,
    as_of: date,
    diagnostics: Diagnostics,
    cache: TableCache | None,
    figures: bool,
    key: str,
    memory: Memory | None,
) -> LoadedProject | None:
    handbook = loaded.handbook
    languages = LanguageCheck(handbook.languages, diagnostics)
    access = load_access(folder, handbook, languages, diagnostics)
    sources = load_sources(folder, languages, diagnostics, handbook.names.currency)
    months = _months_there(folder, as_of) if diagnostics.doubts("edition") else scored_months(handbook, as_of)
    years = (months[0].year - 1, as_of.year + 1) if months else (as_of.year, as_of.year + 1)
    calendar = load_calendar(folder, diagnostics, years)
    SourceChecks(loaded, sources, diagnostics).check()
    if calendar is not None:
        _check_held(calendar, sources, folder, diagnostics)
    roster = load_roster(folder, sources.dialect, handbook, diagnostics)
    if loaded.sample is not None:
        check_sample(loaded.sample, sources, roster, diagnostics)
    check_logins(folder, roster, access or Access(), diagnostics)
    roster = with_pseudonyms(roster, access or Access(), key, Place(folder.name("access.yml")), diagnostics)
    retention, privacy = load_retention(folder, diagnostics), load_privacy(folder, languages, diagnostics)
    kept = keeping_of(retention, handbook, roster, as_of)
    months = tuple(month for month in months if month >= kept.inputs)
    if not figures:
        rows = LoadedRows()
    elif memory is None:
        rows = load_rows(folder, handbook, sources, roster, months, diagnostics, cache)
    else:
        rows = load_rows_again(memory, folder, handbook, sources, roster, months, diagnostics, cache)
    ledger = load_ledger(folder, diagnostics)
    remainder = load_remainder(folder, ledger, diagnostics)
    ledger = ledger.as_of(as_of).since(kept.inputs)
    sealed = judgements(ledger, handbook, diagnostics)
    notes = load_notes(folder, roster, diagnostics)
    report_due(folder, kept, diagnostics)
    sound = not (diagnostics.doubts("source") or diagnostics.doubts("dialect"))
    if calendar is None or access is None or not sound or not loaded.whole:
        return None
    scoring = Scoring(
        handbook=handbook,
        sources=sources,
        calendar=calendar,
        workdays=workdays_of(calendar, list(months), workday_numbers(handbook)),
        months=months,
        present={name: frozenset(found) for name, found in rows.present.items()},
        beside={name: frozenset(found) for name, found in rows.beside.items()},
        sealed=sealed,
        retrospects=retrospects(sealed, handbook),
    )
    project = Project(
        handbook,
        scoring,
        roster.as_of(as_of),
        access,
        as_of,
        ledger,
        remainder,
        kept,
        retention or Retention(),
        privacy,
    )
    changed = _changed_inputs(project, folder, rows.by_rep) if figures else {}
    found = LoadedProject(project, rows, notes, changed)
    hold_bad_months(found, folder, diagnostics)
    return found


def _changed_inputs(project: Project, folder: Folder, rows: Mapping[str, RepRows]) -> dict[Month, dict[str, str]]:
    """By closed month: the files that are not what they were when it was closed (or corrected), with their hashes."""
    found: dict[Month, dict[str, str]] = {}
    if project.scoring is None or project.roster is None:
        return found
    for month in sorted(project.ledger.closed):
        before = project.ledger.inputs(month)
        now = input_hashes(folder, month, project.scoring.sources, project.roster, rows)
        changed = {file: now.get(file, "") for file in sorted({*before, *now}) if before.get(file) != now.get(file)}
        if changed:
            found[month] = changed
    return found


def _check_held(calendar: Calendar, sources: Sources, folder: Folder, diagnostics: Diagnostics) -> None:
    for held in calendar.form.held:
        if held.source is None or diagnostics.doubts("source", held.source):
            continue
        if held.source not in sources.sources:
            known = list(sources.sources)
            place = Place(folder.name("calendar.yml"))
            diagnostics.add("SW113", place, value=held.source, known=listing(known), **suggest(held.source, known))


def _months_there(folder: Folder, as_of: date) -> tuple[Month, ...]:
    """The months that have a folder, for checking them although the editions are not known."""
    found = []
    for name in folder.folders():
        with suppress(ValueError):
            found.append(Month.parse(name))
    last = Month.of(as_of)
    return tuple(sorted(month for month in found if month < last or as_of == last.last_day))


def scored_months(handbook: Handbook, as_of: date) -> tuple[Month, ...]:
    """The months from the first edition on that have ended by a day."""
    if not handbook.editions:
        return ()
    first = handbook.editions[0].first_month
    last = Month.of(as_of)
    # The month of as_of itself has ended only on its last day.
    return tuple(months_between(first, last if as_of == last.last_day else last.plus(-1)))
