"""Looking at a built site before readers do."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from standardwerk.diagnostics import Diagnostic, Diagnostics, Place
from standardwerk.diagnostics.discreet import HIDDEN
from standardwerk.load.files import Folder
from standardwerk.load.rows import load_rows
from standardwerk.model.access import Access
from standardwerk.model.months import Month
from standardwerk.model.roster import Roster
from standardwerk.pipeline import LoadedSite
from standardwerk.publish.audit.auditing import audit, files_of
from standardwerk.publish.audit.report import Audit, Brief
from standardwerk.render.policy import POLICY_FILE, Policy
from standardwerk.site.mentions import identities, mentions
from standardwerk.site.ratings import raters


def audit_site(site: LoadedSite, folder: Path, site_url: str, workers: int | None = None) -> Audit:
    """Look at every file of a project's built site. ``site_url``: where the site will be, empty if that is not said."""
    project = site.project
    roster, access = project.roster or Roster({}, ()), project.access or Access()
    months = project.scoring.months if project.scoring is not None else ()
    extract = site.extract
    try:
        policy = Policy.from_json((folder / POLICY_FILE).read_text("utf-8"))
    except (OSError, ValueError):
        policy = Policy()
    brief = Brief(
        str(folder),
        mentions(site.handbook, roster, access, months, _rated_by(site), extract),
        identities(roster, access),
        policy,
        tuple(files_of(folder)),
        site_url,
    )
    return audit(brief, workers)


def _rated_by(site: LoadedSite) -> dict[str, dict[Month, frozenset[str]]]:
    """Who rated each person, by the month of the rating; read from the files, if the rows were not."""
    project, rows = site.project, site.loaded.rows.by_rep
    if project.scoring is None or project.roster is None or site.options.scorecards_dir is None:
        return {}
    sources = project.scoring.sources.of_ratings
    if not rows and sources.sources:
        folder = Folder(site.options.scorecards_dir, "")
        # Faults are told by who builds.
        given = load_rows(folder, site.handbook, sources, project.roster, project.scoring.months, Diagnostics())
        rows = given.by_rep
    found = ((rep, raters(its, sources)) for rep, its in rows.items() if rep in project.roster.people)
    return {rep: its for rep, its in found if its}


def told(found: Audit, *, privately: bool) -> list[Diagnostic]:
    """The findings as messages may tell them. ``privately``: without names, and without the folders that bear them."""
    if not privately:
        return list(found.found)
    return [replace(one, place=_hidden(one.place), values=dict.fromkeys(one.values, HIDDEN)) for one in found.found]


def _hidden(place: Place) -> Place:
    folders = place.file.split("/")
    if folders[0] == "scorecards" and len(folders) > 1:
        folders[1] = HIDDEN
    return Place("/".join(folders), place.line, place.column)
