"""On paper: a scorecard is one A4 page with selectable text, whatever stands beside the figures."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.places import address

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

#: The usual one; the one with most beside it; an entry month; held back; a leaver's last; a correction or none, newest.
SHEETS = (
    "scorecards/kranichfeld-j/de/2026-03/",
    "scorecards/nebelthau-k/de/2026-09/",
    "scorecards/nebelthau-k/en/2026-09/",
    "scorecards/nebelthau-k/de/2026-10/",
    "scorecards/eisvogel-d/de/2025-09/",
    "scorecards/kranichfeld-j/de/2025-02/",
    "scorecards/haselhoff-b/de/2026-03/",
    "scorecards/strohbeck-r/de/2026-10/",
    "scorecards/silberdorn-l/en/2026-10/",
)
A4 = (595, 842)
"""In points."""


def paper(tab: Page) -> tuple[int, tuple[int, int], bytes]:
    """The pages, the size of the first, and the whole file unpacked, as Chromium prints it."""
    printed = tab.pdf(prefer_css_page_size=True, print_background=False)
    plain = printed
    for match in re.finditer(rb"stream\r?\n(.*?)endstream", printed, re.DOTALL):
        try:
            plain += zlib.decompress(match[1])
        except zlib.error:
            continue
    root = next(tree for tree in re.findall(rb"<<[^<>]*>>", plain) if re.search(rb"/Type ?/Pages\b", tree))
    pages = re.search(rb"/Count ?(\d+)", root)
    box = re.search(rb"/MediaBox ?\[ ?0 0 ([\d.]+) ([\d.]+)", plain)
    assert box and pages
    return int(pages[1]), (round(float(box[1])), round(float(box[2]))), plain


@pytest.mark.parametrize("path", SHEETS)
def test_a_scorecard_is_one_sheet(open_tab: Callable[..., Page], site: str, path: str) -> None:
    page = open_tab(color_scheme="light", viewport={"width": 1280, "height": 900}, locale="de-DE")
    page.goto(site + path)
    page.evaluate("document.fonts.ready")
    pages, size, plain = paper(page)
    assert pages == 1
    assert size == A4
    # Text is text: it is drawn with fonts that say which letters they hold.
    assert b"/ToUnicode" in plain
    assert len(re.findall(rb"\bTj|\bTJ", plain)) > 100
    page.emulate_media(media="print")
    seen = page.locator(".sw-scorecard").inner_text()
    page.emulate_media(media="null")
    rows = page.locator(".sw-row .sw-title").all_inner_texts()
    assert len(rows) > 10
    # On the sheet: who, edition, state and date of the data, each standard, and nothing that leads elsewhere.
    wanted = [page.locator("h1").inner_text(), *(row.splitlines()[0] for row in rows)]
    assert [text for text in wanted if text not in seen] == []
    assert re.search(r"(Ausgabe|Edition) \d{4}\.\d", seen)
    assert re.search(r"Datenstand \d\d\.\d\d\.\d{4}|data as of \d+ \w+ \d{4}", seen)
    assert "JSON" not in seen


def test_nothing_is_cut(open_tab: Callable[..., Page], site: str) -> None:
    """Laid out as on paper, no text is wider than its place, and none lies over another."""
    page = open_tab(color_scheme="light", viewport={"width": 696, "height": 1000}, locale="de-DE")
    page.goto(site + "scorecards/nebelthau-k/de/2026-09/")
    page.emulate_media(media="print")
    cut = page.evaluate("""() => [...document.querySelectorAll('.sw-scorecard :is(summary > span, p, li, h3)')]
        .filter(one => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== 'inline')
        .map(one => one.className + ': ' + one.textContent)""")
    page.emulate_media(media="null")
    assert cut == []


@pytest.mark.parametrize("kind", ["rep", "standard, several measures", "method", "home", "team", "organisation"])
def test_other_pages_print(open_tab: Callable[..., Page], site: str, kind: str) -> None:
    page = open_tab(color_scheme="dark", viewport={"width": 1280, "height": 900}, locale="de-DE")
    page.goto(site + address(kind, "de"))
    pages, size, _ = paper(page)
    assert size == A4
    assert pages <= 5
    # Dark colours stay on the screen.
    page.emulate_media(media="print")
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    ink = page.evaluate("getComputedStyle(document.querySelector('h1')).color")
    page.emulate_media(media="null")
    assert (background, ink) == ("rgb(255, 255, 255)", "rgb(0, 0, 0)")


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_table_of_people_has_its_words_on_paper(open_tab: Callable[..., Page], site: str, language: str) -> None:
    """Under each mark, so that no key is needed, which would come on a sheet of its own."""
    page = open_tab(color_scheme="light", viewport={"width": 1280, "height": 900}, locale="de-DE")
    page.goto(site + address("team", language))
    page.evaluate("document.fonts.ready")
    pages, _size, _plain = paper(page)
    page.emulate_media(media="print")
    words = page.locator(".sw-people td .sw-word")
    assert words.count() > 50
    assert all(words.nth(index).is_visible() for index in range(words.count()))
    assert not page.locator(".sw-people .sw-marks").is_visible()
    page.emulate_media(media="null")
    # Two sheets of what to talk about, and the table.
    assert pages <= 3
