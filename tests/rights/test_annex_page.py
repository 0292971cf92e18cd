"""The annex as a page: valid, accessible, by itself, no wider than a small telephone."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from standardwerk import pipeline
from standardwerk.pipeline.annex import annex_page
from standardwerk.render.theme import theme_dir
from tests.browser.test_pages import NARROW, OPEN, STICK_OUT, WIDE, overheard, violations
from tests.conftest import ROOT
from tests.sites.test_html import CHECKER, faults

pytestmark = pytest.mark.site

UNKNOWN = "CSS: “paint-order”: Property “paint-order” doesn't exist."


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's, in German."""
    folders = (ROOT / "mkdocs.yml", ROOT / "standards", ROOT / "scorecards")
    site = pipeline.load(pipeline.Options(*folders, date(2026, 11, 10), 1, False, theme_dir()), figures=False).project
    assert site is not None
    target = tmp_path_factory.mktemp("annex") / "annex.html"
    target.write_text(annex_page(site, "de"), "utf-8")
    return target


@pytest.mark.skipif(shutil.which("java") is None, reason="Java is missing (apt-get install default-jre-headless)")
def test_it_is_valid(document: Path) -> None:
    assert CHECKER.is_file(), "run .ci/vnu .venv/vnu"
    # All that it does not know: a property of SVG 2 that browsers have, for the words in charts.
    told = {one.partition(": ")[2] for one in faults([document], document.parent)}
    assert told == {UNKNOWN}


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_read_it(chromium: Browser, document: Path, scheme: str) -> None:
    page = chromium.new_page(color_scheme=scheme, locale="de-DE", viewport=WIDE)  # type: ignore[arg-type]
    found: dict[str, list[str]] = {}
    try:
        with overheard(page, document.as_uri()) as heard:
            page.goto(document.as_uri())
            assert page.evaluate("document.documentElement.lang") == "de"
            for size in (WIDE, NARROW):
                page.set_viewport_size(size)  # type: ignore[arg-type]
                for is_open in (False, True):
                    page.evaluate(OPEN, is_open)
                    where = f"{size['width']} px, open {is_open}"
                    found[f"axe, {where}"] = violations(page)
                    found[f"too wide, {where}"] = page.evaluate(STICK_OUT)
        found["heard"] = heard
    finally:
        page.close()
    assert {what: told for what, told in found.items() if told} == {}
