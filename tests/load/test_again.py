"""Rows read again while serving: as they are read anew, and not read if nothing they depend on has changed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from standardwerk.diagnostics import Diagnostics
from standardwerk.load import again
from standardwerk.load.files import Folder
from standardwerk.load.project import LoadedProject, load_project
from standardwerk.load.rows import load_rows
from standardwerk.memory import Memory
from tests.load.building import BASE, WORDING, write

DAY = date(2026, 2, 28)
SALES = BASE["scorecards/2026-01/sales.csv"]
REPS = BASE["scorecards/reps.csv"]
CALENDAR = BASE["scorecards/calendar.yml"]
RULES = BASE["standards/alpha/2026-01-01.yml"]
HELD = {"scorecards/calendar.yml": f"{CALENDAR}on_bad_month: hold\n"}
MANIFEST = "imports: [{original: a.xlsx, original_sha256: x, file: sales.csv, sha256: y, on: 2026-02-01}]\n"

Files = dict[str, Any]

#: An edition after the day, published by then.
LATER: Files = {
    "standards/editions.yml": BASE["standards/editions.yml"]
    + "  - label: 2026.3\n    effective_from: 2026-03-01\n    published_on: 2026-02-15\n    note: {de: N, en: N}\n",
    "standards/alpha/2026-03-01.de.md": WORDING,
    "standards/alpha/2026-03-01.en.md": BASE["standards/alpha/2026-01-01.en.md"],
}

#: Each step: files of the project beside those it always has (None: not there), and whether rows are read.
STEPS: list[tuple[str, Files, bool]] = [
    ("nothing", {}, False),
    ("a wording", {"standards/alpha/2026-01-01.de.md": f"{WORDING}\nMehr.\n"}, False),
    ("a rule", {"standards/alpha/2026-01-01.yml": RULES.replace("met: 80", "met: 85")}, True),
    ("a rule that begins later", {**LATER, "standards/alpha/2026-03-01.yml": RULES}, True),
    ("which changes", {**LATER, "standards/alpha/2026-03-01.yml": RULES.replace("met: 80", "met: 90")}, False),
    ("a figure", {"scorecards/2026-01/sales.csv": SALES.replace("8", "9")}, True),
    ("figures back", {}, True),
    ("a bad figure", {"scorecards/2026-01/sales.csv": SALES.replace("8", "viele")}, True),
    ("the bad figure still", {"scorecards/2026-01/sales.csv": SALES.replace("8", "viele")}, False),
    ("another month", {"scorecards/2026-02/sales.csv": SALES}, True),
    ("a month with a fault", {"scorecards/2026-02/sales.csv": SALES.replace("ann", "nobody")}, True),
    ("which is held back", {"scorecards/2026-02/sales.csv": SALES.replace("ann", "nobody"), **HELD}, False),
    ("held back, again", {"scorecards/2026-02/sales.csv": SALES.replace("ann", "nobody"), **HELD}, False),
    ("an unknown file", {"scorecards/2026-01/other.csv": "a;b\n"}, True),
    ("an unknown folder", {"scorecards/2026-01/more/x.txt": "", "scorecards/extra/x.txt": ""}, True),
    ("an import", {"scorecards/2026-01/import.yml": MANIFEST}, True),
    ("its original", {"scorecards/2026-01/import.yml": MANIFEST, "scorecards/originals/a.xlsx": "x"}, True),
    ("no file", {"scorecards/2026-01/sales.csv": None, "scorecards/2026-01/x/y": ""}, True),
    ("a rule of exports", {"standards/alpha/2026-01-01.yml": f"{RULES}export_rules: {{done: 5}}\n"}, True),
    (
        "fewer people",
        {"scorecards/reps.csv": REPS.replace("2025-01-01;2025-01-01;\nbob", "2025-01-01;2026-02-01;\nbob")},
        True,
    ),
    ("a roster in doubt", {"scorecards/reps.csv": REPS.replace("rep;t", "rap;t")}, True),
    ("a folder for a file", {"scorecards/2026-01/sales.csv": None, "scorecards/2026-01/sales.csv/x": ""}, True),
    ("everything back", {}, True),
]


class Project:
    """A project that changes, and is read with a memory and without."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root, self.memory, self.reads = root, Memory(), 0

        def counting(*arguments: Any) -> Any:
            self.reads += 1
            return load_rows(*arguments)

        monkeypatch.setattr(again, "load_rows", counting)

    def load(self, name: str, memory: Memory | None) -> tuple[LoadedProject | None, Diagnostics]:
        found, root = Diagnostics(), self.root / name
        folders = (Folder(root / "standards", "standards"), Folder(root / "scorecards", "scorecards"))
        return load_project(*folders, DAY, found, memory=memory), found


def test_rows_are_those_of_reading_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = Project(tmp_path / "served", monkeypatch)
    for number, (name, files, read) in enumerate([("the start", {}, True), *STEPS]):
        # The same path each time, as while serving.
        folder = project.root / "now"
        if folder.exists():
            folder.rename(project.root / f"before-{number}")
        write(folder, files)
        project.reads = 0
        served, told = project.load("now", project.memory)
        project.memory.turn()
        assert (project.reads > 0) == read, name
        fresh, told_fresh = project.load("now", None)
        assert list(told) == list(told_fresh), name
        assert (served is None) == (fresh is None)
        if served is not None and fresh is not None:
            assert served.rows == fresh.rows, name
            assert served.project.scoring == fresh.project.scoring, name
