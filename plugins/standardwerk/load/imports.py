"""``import.yml`` of a month's folder: what its files were imported from, and whether they are what was written."""

from __future__ import annotations

from hashlib import sha256

from standardwerk.diagnostics import Diagnostics, Place
from standardwerk.load.canonical import MANIFEST
from standardwerk.load.files import Folder
from standardwerk.load.forms import load_form
from standardwerk.model.imports import ImportedFile, Manifest
from standardwerk.model.months import Month

#: Where the files lie that were imported, by month.
ORIGINALS = "originals"


def load_manifest(folder: Folder, month: Month, diagnostics: Diagnostics) -> tuple[ImportedFile, ...]:
    """What was imported into a month's folder; nothing if there is no manifest."""
    path = f"{month}/{MANIFEST}"
    if not folder.exists(path):
        return ()
    loaded = load_form(folder, path, Manifest, diagnostics)
    return loaded[0].imports if loaded is not None else ()


def check_manifest(folder: Folder, month: Month, diagnostics: Diagnostics) -> tuple[ImportedFile, ...]:
    """Read the manifest, and say where the folder is no longer what it records."""
    found = load_manifest(folder, month, diagnostics)
    place = Place(folder.name(f"{month}/{MANIFEST}"))
    for one in found:
        path = f"{month}/{one.file}"
        if not folder.exists(path):
            diagnostics.add("SW349", place, file=one.file)
        elif sha256(folder.read(path) or b"").hexdigest() != one.sha256:
            diagnostics.add("SW350", Place(folder.name(path)), original=f"{ORIGINALS}/{one.original}")
        if not folder.exists(f"{ORIGINALS}/{one.original}"):
            diagnostics.add("SW351", place, original=f"{ORIGINALS}/{one.original}")
    return found
