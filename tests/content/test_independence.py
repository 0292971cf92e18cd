"""Nothing in the package or the theme knows the demo, a language pair, or the trade it is about."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import yaml

from tests.content.texts import ROOT, STANDARDS

SCORECARDS = ROOT / "scorecards"
CODE = [
    file
    for folder in ("plugins/standardwerk", "theme")
    for file in sorted((ROOT / folder).rglob("*"))
    if file.suffix in {".py", ".html", ".css", ".js", ".json"}
]
#: Words of the demo that any handbook, or any chart of actual and forecast, has.
ORDINARY = {
    "forecast",
    "Results",
    "lead",
    "rep",
    "service",
    "results",
    "management",
    "data-quality",
    "surveys",
    "events",
    "retention",
}


def demo_words() -> set[str]:
    """Ids and names that only the demo has."""
    words = {file.parent.name for file in STANDARDS.glob("*/standard.yml")}
    names = yaml.safe_load((STANDARDS / "handbook.yml").read_text(encoding="utf-8"))
    for kind in ("groups", "product_lines"):
        words |= {one["id"] for one in names[kind]}
        words |= {text for one in names[kind] for text in one["name"].values() if len(text) > 6}
    words |= set(names["organisation"].split()) - {"GmbH"}
    for file in STANDARDS.glob("*/20*.yml"):
        revision = yaml.safe_load(file.read_text(encoding="utf-8"))
        words |= {measure["id"] for measure in revision.get("measures", ()) if "-" in measure["id"]}
        words |= set(revision.get("export_rules", ()))
    sources = yaml.safe_load((SCORECARDS / "sources.yml").read_text(encoding="utf-8"))["sources"]
    words |= {column for source in sources.values() for column in source["columns"] if "_" in column}
    for name in ("reps.csv", "teams.csv"):
        with (SCORECARDS / name).open(encoding="utf-8-sig", newline="") as stream:
            for row in csv.reader(stream, delimiter=";"):
                words |= {row[0], row[1]}
    return {word for word in words if len(word) > 3} - ORDINARY - {"Mitarbeiter", "Team", "Name"}


def test_no_word_of_the_demo_is_in_the_code() -> None:
    words = demo_words()
    assert len(words) > 150
    pattern = re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})(?![\w-])")
    found = [
        f"{file.relative_to(ROOT)}:{number}: {match[1]}"
        for file in CODE
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        for match in pattern.finditer(_without_comments(file, line))
    ]
    assert found == []


def _without_comments(file: Path, line: str) -> str:
    """Comments and docstrings may give an example; code may not."""
    stripped = line.strip()
    if file.suffix == ".py" and (stripped.startswith(("#", '"""')) or "``" in stripped or "„" in stripped):
        return ""
    return line


def test_no_language_is_built_in() -> None:
    """Only English, the language of the message ids, may be named; German headers of the roster are data."""
    pattern = re.compile(r"""["']de["']|["']de_DE["']""")
    # How numbers are written in CSV files; and the annex is for a German institution.
    allowed = {"sources.py", "cells.py", "canonical.py", "cli_annex.py"}
    found = [
        f"{file.relative_to(ROOT)}:{number}"
        for file in CODE
        if file.suffix in {".py", ".html"} and file.name not in allowed
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if pattern.search(line) and not line.strip().startswith("#")
    ]
    assert found == []
