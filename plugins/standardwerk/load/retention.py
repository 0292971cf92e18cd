"""``retention.yml`` and ``privacy.yml``, and what is due for deletion."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

from standardwerk.diagnostics import Diagnostics, Place
from standardwerk.load.files import Folder
from standardwerk.load.forms import LanguageCheck, load_form
from standardwerk.load.imports import ORIGINALS
from standardwerk.load.notes import FOLDER as NOTES
from standardwerk.model.handbook import Handbook
from standardwerk.model.months import Month
from standardwerk.model.privacy import Privacy
from standardwerk.model.retention import Keeping, Retention, keeping
from standardwerk.model.roster import Roster
from standardwerk.model.sheets import SHEETS_FOLDER

RETENTION_FILE = "retention.yml"
PRIVACY_FILE = "privacy.yml"
REPLY = ".reply.md"


def load_privacy(folder: Folder, languages: LanguageCheck, diagnostics: Diagnostics) -> Privacy:
    """What ``privacy.yml`` says; nothing without it."""
    if not folder.exists(PRIVACY_FILE):
        return Privacy()
    loaded = load_form(folder, PRIVACY_FILE, Privacy, diagnostics, languages)
    return loaded[0] if loaded is not None else Privacy()


def load_retention(folder: Folder, diagnostics: Diagnostics) -> Retention | None:
    """How long data are kept: what is usual, if the file says nothing else. None if it cannot be read."""
    if not folder.exists(RETENTION_FILE):
        return Retention()
    loaded = load_form(folder, RETENTION_FILE, Retention, diagnostics)
    return loaded[0] if loaded is not None else None


def keeping_of(retention: Retention | None, handbook: Handbook, roster: Roster, as_of: date) -> Keeping:
    """What is kept on a day. Nothing is left out by a rule that cannot be read."""
    if retention is None:
        return Keeping()
    measures = (
        measure
        for standard in handbook.standards
        for revision in standard.revisions
        for measure in revision.rules.measures
    )
    return keeping(retention, measures, roster, as_of)


def due_files(folder: Folder, kept: Keeping) -> list[str]:
    """The files that are due: notes, replies, originals, entry sheets, closed months, files of months. Sorted."""
    found: list[str] = []
    for base, first, reply_first in (
        ("", kept.inputs, kept.inputs),
        # As long as any figure of the month is kept, closed ones included, what the person said of it is, too.
        (NOTES, kept.notes, kept.inputs),
        (ORIGINALS, kept.originals, kept.originals),
        (SHEETS_FOLDER, kept.originals, kept.originals),
    ):
        for name in folder.folders(base):
            month = _month(name)
            if month is None:
                continue
            path = f"{base}/{name}" if base else name
            for file in folder.files(path):
                if month < (reply_first if file.endswith(REPLY) else first):
                    found.append(f"{path}/{file}")
    for file in folder.files("closed"):
        month = _month(file.removesuffix(".json"))
        if month is not None and month < kept.inputs:
            found.append(f"closed/{file}")
    return sorted(found)


def _month(name: str) -> Month | None:
    with suppress(ValueError):
        return Month.parse(name)
    return None


def report_due(folder: Folder, kept: Keeping, diagnostics: Diagnostics) -> None:
    """Say what is due for deletion."""
    files = due_files(folder, kept)
    if files:
        diagnostics.add("SW617", Place(folder.name(files[0])), count=len(files))
    for rep, left in sorted((kept.leavers or {}).items()):
        diagnostics.add("SW618", Place(folder.name("reps.csv")), rep=rep, date=left)
