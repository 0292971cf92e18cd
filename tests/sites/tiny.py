"""The smallest whole project: 1 standard with 1 measure, 2 people, 2 product lines, 2 months, 2 languages.

``Tiny()`` holds the files as plain values by path: a dict becomes YAML, a list of rows a CSV, a text or bytes a file as
it is. A test changes what it is about, and builds::

    tiny = Tiny()
    tiny.people[1][1] = "Ann <b>Other</b>"
    built = tiny.build(tmp_path)
"""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from standardwerk import pipeline
from standardwerk.render.theme import theme_dir

START = "2026-01-01"
MONTHS = ("2026-01", "2026-02")
AS_OF = "2026-03-20"
STANDARD = "standards/bookings/"
WORDING = """\
# {title}

## {expectation} {{#expectation}}

{text}

## {why} {{#why}}

{text}

## {good} {{#good}}

{text}

## {improve} {{#improve}}

{text}
"""
HEADINGS = ("expectation", "why", "good", "improve")


@dataclass
class Built:
    """What came of a build."""

    site: Path
    returncode: int
    output: str

    def read(self, path: str) -> str:
        return (self.site / path).read_text("utf-8")

    def files(self) -> dict[str, bytes]:
        """All files of the site."""
        return {
            file.relative_to(self.site).as_posix(): file.read_bytes()
            for file in sorted(self.site.rglob("*"))
            if file.is_file()
        }

    def pages(self) -> Iterator[tuple[str, str]]:
        """All pages of the site."""
        for file in sorted(self.site.rglob("*.html")):
            yield file.relative_to(self.site).as_posix(), file.read_text("utf-8")


@dataclass
class Tiny:
    """A project."""

    languages: tuple[str, ...] = ("de", "en")
    lines: tuple[str, ...] = ("presses", "service")
    files: dict[str, Any] = field(default_factory=dict)
    options: dict[str, Any] = field(default_factory=lambda: {"as_of": AS_OF})

    def __post_init__(self) -> None:
        self.files = {**self._handbook(), **self._scorecards()} | self.files

    def local(self, text: str) -> dict[str, str]:
        """A text in each language, told apart by its language."""
        return {language: f"{text} ({language})" for language in self.languages}

    def _handbook(self) -> dict[str, Any]:
        names: dict[str, Any] = {
            "title": self.local("Handbook"),
            "organisation": "Tiny Ltd",
            "languages": {code: {"name": code.upper(), "locale": code} for code in self.languages},
            "groups": [{"id": "results", "name": self.local("Results")}],
            "roles": [
                {"id": "rep", "name": self.local("Rep")},
                {"id": "lead", "name": self.local("Lead"), "scorecard": False},
            ],
        }
        measure: dict[str, Any] = {
            "id": "attainment",
            "title": self.local("Attainment"),
            "role": "main",
            "kind": "ratio",
            "source": "sales",
            "numerator": "bookings",
            "denominator": "quota",
            "labels": {"numerator": self.local("orders"), "denominator": self.local("quota")},
            "is_target": True,
            "window": "rolling 3",
            "unit": "percent",
            "decimals": 1,
            "better": "higher",
            "bands": {"met": 100, "near": 80},
        }
        if self.lines:
            names["product_lines"] = [{"id": line, "name": self.local(line.title())} for line in self.lines]
            measure["by"] = "product_line"
        found: dict[str, Any] = {
            "standards/handbook.yml": names,
            "standards/editions.yml": {
                "editions": [
                    {
                        "label": "2026.1",
                        "effective_from": START,
                        "published_on": "2025-12-01",
                        "note": self.local("First edition"),
                    }
                ]
            },
            f"{STANDARD}standard.yml": {"number": 1, "group": "results", "owner": self.local("Owner")},
            f"{STANDARD}{START}.yml": {"reason": self.local("First revision"), "measures": [measure]},
            f"standards/method/{START}.yml": {
                "reason": self.local("First method"),
                "ramp": [{"from_month": 1, "factor": 1}],
            },
        }
        for code in self.languages:
            headings = {name: f"{name.title()} ({code})" for name in HEADINGS}
            wording = WORDING.format(title=f"Bookings ({code})", text=f"Text ({code}).", **headings)
            found[f"{STANDARD}{START}.{code}.md"] = wording
            found[f"standards/method/{START}.{code}.md"] = f"# Method ({code})\n\nText.\n"
            found[f"standards/index.{code}.md"] = f"# Welcome ({code})\n\nText.\n"
        return found

    def _scorecards(self) -> dict[str, Any]:
        keyed = ["rep", *(["product_line"] if self.lines else [])]
        found: dict[str, Any] = {
            "scorecards/sources.yml": {
                "locale": "en",
                "delimiter": ",",
                "sources": {
                    "sales": {
                        "key": keyed,
                        "columns": {
                            "bookings": {"type": "number", "unit": "currency"},
                            "quota": {"type": "number", "unit": "currency", "required": False},
                        },
                    }
                },
            },
            "scorecards/calendar.yml": {"country": "DE", "region": "NW"},
            "scorecards/access.yml": {"default": "own-and-lead", "everyone": ["organisation"]},
            "scorecards/reps.csv": [
                ["rep", "name", "login", "role", "team", "started_on", "valid_from", "valid_to"],
                ["ann", "Ann Able", "ann", "rep", "north", "2020-01-01", START, ""],
                ["bob", "Bob Baker", "bob", "rep", "north", "2020-01-01", START, ""],
                ["lea", "Lea Lead", "lea", "lead", "north", "2020-01-01", START, ""],
            ],
            "scorecards/teams.csv": [
                ["team", "name", "lead", "valid_from", "valid_to"],
                ["north", "North", "lea", START, ""],
            ],
        }
        if self.lines:
            found["scorecards/assignments.csv"] = [
                ["rep", "territory", "product_line", "credit_share", "valid_from", "valid_to", "ramp_from"],
                *([rep, "T1", line, "1", START, "", ""] for rep in ("ann", "bob") for line in self.lines),
            ]
        for index, month in enumerate(MONTHS):
            found[f"scorecards/{month}/sales.csv"] = [
                [*keyed, "bookings", "quota"],
                *(
                    [rep, *([line] if line else []), str(900 + 100 * index + 10 * place), "1000"]
                    for place, (rep, line) in enumerate(
                        (rep, line) for rep in ("ann", "bob") for line in (self.lines or ("",))
                    )
                ),
            ]
        return found

    # Places that tests like to change ---------------------------------------------------------------------------------

    @property
    def names(self) -> dict[str, Any]:
        return self.files["standards/handbook.yml"]  # type: ignore[no-any-return]

    @property
    def edition(self) -> dict[str, Any]:
        return self.files["standards/editions.yml"]["editions"][0]  # type: ignore[no-any-return]

    @property
    def revision(self) -> dict[str, Any]:
        return self.files[f"{STANDARD}{START}.yml"]  # type: ignore[no-any-return]

    @property
    def measure(self) -> dict[str, Any]:
        return self.revision["measures"][0]  # type: ignore[no-any-return]

    @property
    def people(self) -> list[list[str]]:
        """Rows of reps.csv, its header first."""
        return self.files["scorecards/reps.csv"]  # type: ignore[no-any-return]

    def without_scorecards(self) -> Tiny:
        """Drop everything personal."""
        self.files = {path: value for path, value in self.files.items() if not path.startswith("scorecards/")}
        return self

    # Use --------------------------------------------------------------------------------------------------------------

    def write(self, folder: Path) -> Path:
        """Write the project into a folder."""
        config = {
            "site_name": "Tiny",
            "docs_dir": "standards",
            "theme": {"name": "material"},
            "plugins": ["search", {"standardwerk": self.options}],
        }
        for path, value in {**self.files, "mkdocs.yml": config}.items():
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(_bytes(value))
        return folder

    def build(self, folder: Path, *arguments: str, site: str = "site", **environment: str) -> Built:
        """Write and build the project with MkDocs; the site lies beside it."""
        project = self.write(folder / "project")
        return build(project, folder / site, *arguments, **environment)

    def check(self, folder: Path) -> dict[str, list[str]]:
        """Write and read the project; what is wrong with it, by code."""
        project = self.write(folder / "project")
        options = pipeline.Options(
            config_file=project / "mkdocs.yml",
            standards_dir=project / "standards",
            scorecards_dir=project / "scorecards",
            as_of=date.fromisoformat(AS_OF),
            workers=1,
            offline=False,
            theme_dir=theme_dir(),
        )
        found: dict[str, list[str]] = {}
        for diagnostic in pipeline.load(options).diagnostics:
            found.setdefault(diagnostic.code.code, []).append(str(diagnostic.place))
        return found


def build(project: Path, site: Path, *arguments: str, **environment: str) -> Built:
    """Build a project that is written already."""
    command = [sys.executable, "-m", "mkdocs", "build", "--site-dir", str(site), *arguments]
    own = {"NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}
    done = subprocess.run(
        command,
        cwd=project,
        env={**os.environ, **own, **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    return Built(site, done.returncode, done.stdout + done.stderr)


class _Plain(yaml.SafeDumper):
    """Writes a value out wherever it stands: aliases are not read."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _bytes(value: object) -> bytes:
    if isinstance(value, bytes):
        return value
    if isinstance(value, str):
        return value.encode()
    if isinstance(value, Mapping):
        return yaml.dump(dict(value), Dumper=_Plain, allow_unicode=True, sort_keys=False, width=10_000).encode()
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(value)  # type: ignore[arg-type]
    return out.getvalue().encode()
