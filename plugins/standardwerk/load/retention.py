"""``retention.yml``, and what is due for deletion."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

from standardwerk.diagnostics import Diagnostics, Place
from standardwerk.load.files import Folder
from standardwerk.load.forms import load_form
from standardwerk.load.imports import ORIGINALS
from standardwerk.load.notes import FOLDER as NOTES
from standardwerk.model.handbook import Handbook
from standardwerk.model.months import Month
from standardwerk.model.retention import Keeping, Retention, keeping
from standardwerk.model.roster import Roster

RETENTION_FILE = "retention.yml"
REPLY = ".reply.md"


def load_keeping(folder: Folder, handbook: Handbook, roster: Roster, as_of: date, diagnostics: Diagnostics) -> Keeping:
    """What is kept on a day; by what is usual, if the file says nothing else."""
    retention = Retention()
    if folder.exists(RETENTION_FILE):
        loaded = load_form(folder, RETENTION_FILE, Retention, diagnostics)
        if loaded is None:
            # Nothing is left out by a rule that cannot be read.
            return Keeping()
        retention = loaded[0]
    measures = (
        measure
        for standard in handbook.standards
        for revision in standard.revisions
        for measure in revision.rules.measures
    )
    return keeping(retention, measures, roster, as_of)


def due_files(folder: Folder, kept: Keeping) -> list[str]:
    """The files that are due: notes, replies, originals, closed months, files of months. Sorted."""
    found: list[str] = []
    for base, first, reply_first in (
        ("", kept.inputs, kept.inputs),
        (NOTES, kept.notes, kept.scorecards),
        (ORIGINALS, kept.originals, kept.originals),
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
