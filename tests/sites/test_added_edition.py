"""A new edition never rescores: announcing 2027.1 changes no scorecard by a byte."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from tests.sites.copying import build_demo, copy_demo

pytestmark = pytest.mark.site

ADDED = "2027-01-01"
_MAIN = re.compile(rb'<div class="sw-page sw-page--.*</article>', re.DOTALL)


def without(project: Path) -> Path:
    """The project as it was before the edition was published."""
    standards = project / "standards"
    file = standards / "editions.yml"
    editions = yaml.load(file.read_text("utf-8"), yaml.BaseLoader)
    editions["editions"] = [one for one in editions["editions"] if one["effective_from"] != ADDED]
    file.write_text(yaml.safe_dump(editions, allow_unicode=True), "utf-8")
    for one in standards.glob(f"*/{ADDED}.*"):
        one.unlink()
    for folder in standards.iterdir():
        if (folder / "standard.yml").exists() and not list(folder.glob("20*.yml")):
            for one in folder.iterdir():
                one.unlink()
            folder.rmdir()
    return project


def test_an_announced_edition_changes_no_scorecard(demo_site: Path, tmp_path: Path) -> None:
    site = build_demo(without(copy_demo(tmp_path / "project")), tmp_path / "site")
    assert not (site / "de" / "editions" / "2027.1").exists()
    assert (demo_site / "de" / "editions" / "2027.1").exists()
    files = sorted(path.relative_to(site) for path in (site / "scorecards").rglob("*") if path.is_file())
    assert files == sorted(
        path.relative_to(demo_site) for path in (demo_site / "scorecards").rglob("*") if path.is_file()
    )
    assert sum(path.suffix == ".json" for path in files) > 300
    pages = 0
    for path in files:
        before, after = (site / path).read_bytes(), (demo_site / path).read_bytes()
        if path.suffix == ".html":
            pages += 1
            before, after = _MAIN.findall(before)[0], _MAIN.findall(after)[0]
            assert b"<h1" in before
        assert before == after, path
    assert pages > 600
