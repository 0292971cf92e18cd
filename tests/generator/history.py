"""How the demo's months were closed and corrected: `python -m tests.generator.history`.

The CSVs of the demo are those of today. Two of them were different when their months were closed: answers to the
customer survey of 2026-05 came late, and an attendance of 2026-07 had not been entered. This script closes month after
month with the figures of then, corrects what turned up, and writes `closed/` and `corrections.yml`.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from standardwerk import pipeline
from standardwerk.comparison import compare
from standardwerk.diagnostics import Diagnostics
from standardwerk.load.closing import CLOSED_FOLDER, CORRECTIONS_FILE, load_ledger
from standardwerk.load.files import Folder
from standardwerk.model.closing import Ledger
from standardwerk.model.months import Month, months_between
from standardwerk.operations import closing
from standardwerk.render.theme import theme_dir

ROOT = Path(__file__).resolve().parents[2]
FIRST = Month.parse("2025-01")

SURVEYS = "2026-05/surveys.csv"
EVENTS = "2026-07/events.csv"
#: Lines as they are now, and as they were.
THEN: Mapping[str, Mapping[str, str]] = {
    SURVEYS: {
        "eisvogel-d;29;11;8;3;3;146": "eisvogel-d;29;9;8;1;1;146",
        "habichtshoeh-g;25;9;7;1;1;127": "habichtshoeh-g;25;3;1;1;1;127",
        "kranichfeld-j;24;10;9;1;1;106": "kranichfeld-j;24;7;7;0;0;106",
    },
    EVENTS: {"moosbruck-v;4;0;3": "moosbruck-v;4;0;2"},
}
LATE = "Elf Antworten auf die Kundenbefragung vom Mai kamen erst nach dem Abschluss des Monats und sind nachgetragen."
FORGOTTEN = "Eine Teilnahme im Juli war bei der Erfassung vergessen worden."


class History:
    """The demo in a scratch folder, on one day after another."""

    def __init__(self, folder: Path) -> None:
        self.scorecards = folder / "scorecards"
        shutil.copytree(ROOT / "standards", folder / "standards", ignore=shutil.ignore_patterns("editions.lock"))
        shutil.copytree(ROOT / "scorecards", self.scorecards, ignore=shutil.ignore_patterns("closed", CORRECTIONS_FILE))
        self.options = pipeline.Options(
            folder / "mkdocs.yml", folder / "standards", self.scorecards, date.max, 1, False, theme_dir()
        )
        for file in THEN:
            self.swap(file, back=True)

    def swap(self, file: str, *, back: bool = False) -> None:
        """Write a file's lines as they are now, or back as they were."""
        path = self.scorecards / file
        data = path.read_bytes()
        for now, then in THEN[file].items():
            old, new = (now, then) if back else (then, now)
            if data.count(old.encode()) != 1:
                raise ValueError(f"{file}: {old}")
            data = data.replace(old.encode(), new.encode())
        path.write_bytes(data)

    def on(self, day: date, *, correcting: bool = False) -> pipeline.LoadedSite:
        """The project as it is on a day."""
        loaded = pipeline.load(replace(self.options, as_of=day), correcting=correcting)
        if loaded.project is None:
            raise ValueError([str(one) for one in loaded.diagnostics.errors])
        return loaded.project

    def close(self, first: Month, last: Month) -> None:
        """Close months, each on the day after the time for objections."""
        site = self.on(last.plus(2).first_day)
        project = site.project
        assert project.scoring is not None
        assert project.roster is not None
        site.cards = compare(project.scoring, project.roster, site.loaded.rows.by_rep, Ledger()).cards
        for month in months_between(first, last):
            day = project.scoring.calendar.deadline(month, "objections") + timedelta(days=1)
            site.options = replace(site.options, as_of=day)
            closing.close(site, month, with_held=True)
            ledger = load_ledger(Folder(self.scorecards, "scorecards"), Diagnostics())
            site.loaded.project = replace(project, ledger=ledger)

    def correct(self, day: date, file: str, reason: str, note: str) -> None:
        """Mend a file and record the correction."""
        self.swap(file)
        closing.correct(self.on(day, correcting=True), Month.parse(file[:7]), reason, note)


def write(target: Path) -> None:
    """Write ``closed/`` and ``corrections.yml`` into a scorecards folder."""
    with tempfile.TemporaryDirectory() as scratch:
        history = History(Path(scratch))
        history.close(FIRST, Month.parse("2026-07"))
        history.correct(date(2026, 9, 14), SURVEYS, "late-data", LATE)
        history.close(Month.parse("2026-08"), Month.parse("2026-08"))
        history.correct(date(2026, 10, 12), EVENTS, "entry-error", FORGOTTEN)
        history.close(Month.parse("2026-09"), Month.parse("2026-09"))
        shutil.rmtree(target / CLOSED_FOLDER, ignore_errors=True)
        shutil.copytree(history.scorecards / CLOSED_FOLDER, target / CLOSED_FOLDER)
        shutil.copy(history.scorecards / CORRECTIONS_FILE, target / CORRECTIONS_FILE)


def main() -> None:
    """Write the history of the demo."""
    parser = argparse.ArgumentParser(prog="python -m tests.generator.history", description=main.__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT / "scorecards", help="the scorecards folder")
    write(parser.parse_args().folder)


if __name__ == "__main__":
    main()
