"""The same scorecards as pages of MkDocs and Material alone: each a Markdown file with the sheet's HTML in it."""

from __future__ import annotations

import shutil
from itertools import islice
from pathlib import Path

from tests.benchmarks.hugo import scorecards, sheet

CONFIG = """\
site_name: Scorecards
theme: {name: material, font: false}
"""


def prepare(site: Path, project: Path, count: int) -> None:
    """A project of the first scorecards of a site."""
    shutil.rmtree(project, ignore_errors=True)
    (project / "docs").mkdir(parents=True)
    (project / "mkdocs.yml").write_text(CONFIG, "utf-8")
    (project / "docs/index.md").write_text("# Scorecards\n", "utf-8")
    for file in islice(scorecards(site), count):
        _, rep, language, month = file.parent.relative_to(site).parts
        page = project / "docs" / rep / language / f"{month}.md"
        page.parent.mkdir(parents=True, exist_ok=True)
        text = sheet(file.read_text("utf-8")).replace("\n", " ")
        page.write_text(f"---\ntitle: {rep} {month}\nsearch: {{exclude: true}}\n---\n\n{text}\n", "utf-8")
