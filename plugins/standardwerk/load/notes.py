"""Notes, replies and agreed actions below ``scorecards/notes/<month>/``."""

from __future__ import annotations

from dataclasses import replace

from standardwerk.diagnostics import Diagnostics, Place
from standardwerk.load.files import Folder, suggest
from standardwerk.load.forms import load_form
from standardwerk.model.months import Month
from standardwerk.model.notes import ActionsForm, Notes
from standardwerk.model.roster import Roster

FOLDER = "notes"
_KINDS = (".note.md", ".reply.md", ".actions.yml")


def load_notes(folder: Folder, roster: Roster, diagnostics: Diagnostics) -> dict[str, dict[Month, Notes]]:
    """All notes by person and month. A file that belongs to nobody is an error, so that no reply is lost."""
    found: dict[str, dict[Month, Notes]] = {}
    for name in folder.folders(FOLDER):
        try:
            month = Month.parse(name)
        except ValueError:
            diagnostics.add("SW225", Place(folder.name(f"{FOLDER}/{name}")))
            continue
        for file in folder.files(f"{FOLDER}/{name}"):
            _read(folder, f"{FOLDER}/{name}/{file}", file, month, roster, found, diagnostics)
    return found


def _read(
    folder: Folder,
    path: str,
    file: str,
    month: Month,
    roster: Roster,
    found: dict[str, dict[Month, Notes]],
    diagnostics: Diagnostics,
) -> None:
    kind = next((one for one in _KINDS if file.endswith(one)), None)
    place = Place(folder.name(path))
    if kind is None:
        diagnostics.add("SW225", place)
        return
    rep = file.removesuffix(kind)
    person = roster.people.get(rep)
    if diagnostics.doubts("rep", rep):
        return
    if person is None:
        diagnostics.add("SW312", place, rep=rep, **suggest(rep, list(roster.people)))
        return
    if person.in_month(month) is None:
        diagnostics.add("SW314", place, rep=rep, month=month)
        return
    months = found.setdefault(rep, {})
    notes = months.get(month, Notes())
    if kind == ".actions.yml":
        loaded = load_form(folder, path, ActionsForm, diagnostics)
        if loaded is not None:
            months[month] = replace(notes, actions=loaded[0].actions)
        return
    text = folder.text(path, diagnostics)
    if text is not None:
        months[month] = replace(notes, note=text) if kind == ".note.md" else replace(notes, reply=text)
