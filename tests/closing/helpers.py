"""A tiny project on which commands are tried."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from standardwerk import pipeline
from standardwerk.cli import main
from standardwerk.render.theme import theme_dir
from tests.sites.tiny import MONTHS, STANDARD, START, Tiny

JANUARY, FEBRUARY = MONTHS
AFTER_JANUARY, AFTER_FEBRUARY = "2026-02-23", "2026-03-23"
LATER = "2026-04-10"


class Project:
    """A written project, and the commands."""

    def __init__(self, folder: Path, tiny: Tiny | None = None) -> None:
        self.folder = (tiny or Tiny()).write(folder / "project")

    def run(self, *arguments: str, on: str = LATER) -> Result:
        command, *rest = arguments
        config = ["-f", str(self.folder / "mkdocs.yml"), "--lang", "en", "--as-of", on]
        return CliRunner().invoke(main, [command, *config, *rest], catch_exceptions=False)

    def done(self, *arguments: str, on: str = LATER) -> str:
        """Run a command that must succeed."""
        result = self.run(*arguments, on=on)
        assert result.exit_code == 0, result.output
        return result.output

    def found(self, on: str = LATER) -> list[dict[str, Any]]:
        """What `check` finds."""
        result: list[dict[str, Any]] = json.loads(self.run("check", "--format", "json", on=on).output)["diagnostics"]
        return result

    def codes(self, on: str = LATER) -> set[str]:
        return {one["code"] for one in self.found(on)} - {"SW605", "SW317", "SW503"}

    def only(self, code: str, on: str = LATER) -> dict[str, Any]:
        """The one finding of a code."""
        (one,) = [one for one in self.found(on) if one["code"] == code]
        return one

    def path(self, name: str) -> Path:
        return self.folder / name

    def text(self, name: str) -> str:
        return self.path(name).read_text("utf-8")

    def change(self, name: str, old: str, new: str) -> None:
        text = self.text(name)
        assert old in text, (name, old)
        self.path(name).write_text(text.replace(old, new, 1), "utf-8")

    def close_both(self) -> None:
        self.done("close", JANUARY, on=AFTER_JANUARY)
        self.done("close", FEBRUARY, on=AFTER_FEBRUARY)

    def options(self, on: str = LATER) -> pipeline.Options:
        return pipeline.Options(
            self.folder / "mkdocs.yml",
            self.folder / "standards",
            self.folder / "scorecards",
            date.fromisoformat(on),
            1,
            False,
            theme_dir(),
        )

    def line_of(self, name: str, text: str) -> int:
        """The line in which a text stands first."""
        return next(number for number, line in enumerate(self.text(name).split("\n"), 1) if text in line)


RULES = f"{STANDARD}{START}.yml"
WORDING = f"{STANDARD}{START}.de.md"
SALES = f"scorecards/{JANUARY}/sales.csv"
