"""What search knows of pages with figures: the words about them, all of these, and not the figures."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import html

from standardwerk.render.sample import UNSEARCHED

pytestmark = pytest.mark.site


def said(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


@pytest.mark.parametrize("language", ["de", "en"])
def test_search_finds_what_is_said_of_the_sample_and_none_of_its_figures(demo_site: Path, language: str) -> None:
    page = (demo_site / language / "sample-scorecard" / "index.html").read_text("utf-8")
    told = [said(one) for one in html.document_fromstring(page).xpath("//p[@class='sw-explain']")]
    assert len(told) > 6
    index = json.loads((demo_site / language / "search" / "search_index.json").read_bytes())
    known = {one["location"]: html.fragment_fromstring(one["text"], "div") for one in index["docs"]}
    paragraphs = [said(one) for one in known["sample-scorecard/"].xpath("./p")]
    assert paragraphs[1:] == told
    assert "€" not in said(known["sample-scorecard/"])
    assert set(known) >= {"sample-scorecard/", "sample-scorecard/#marks", "method/#example"}
    assert not any(mark in page for mark in UNSEARCHED)
