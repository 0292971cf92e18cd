"""The checks of large sites find what is wrong."""

from __future__ import annotations

import json
from pathlib import Path

from tests.benchmarks import checking


def test_links_that_lead_nowhere_are_found(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "index.html").write_text(
        '<a href="a/#there">1</a> <a href="a/#gone">2</a> <a href="#me">3</a>', "utf-8"
    )
    (tmp_path / "a/index.html").write_text('<p id=there><a href="../">4</a> <img src="b.png">', "utf-8")
    assert checking.broken_links(tmp_path) == (
        5,
        [
            "index.html: #me is not in it",
            "a/index.html: a/b.png is not there",
            "index.html: a/index.html#gone is not there",
        ],
    )


def test_figures_are_compared_without_the_lines_they_come_from(tmp_path: Path) -> None:
    for site, line, value in (("large", 900, "1"), ("small", 9, "1"), ("wrong", 9, "2")):
        (tmp_path / site / "scorecards/p").mkdir(parents=True)
        figures = {"value": value, "lines": [], "sources": [{"file": "crm.csv", "lines": [[line, line]]}]}
        (tmp_path / site / "scorecards/p/2026-01.json").write_text(json.dumps(figures), "utf-8")
    assert list(checking.different_figures(tmp_path / "large", tmp_path / "small")) == []
    assert list(checking.different_figures(tmp_path / "large", tmp_path / "wrong")) == ["scorecards/p/2026-01.json"]
