"""Without script everything is there; with it, search knows its own language only and nobody's name."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.places import COMMON, LANGUAGES, MONTH, REP, REP_NAME, TRANSLATED, address
from tests.conftest import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

#: Forms of words that the handbook does not use itself, of words that it does.
INFLECTED = {
    "de": ("Verkaufschanc", "Vertriebsziels", "Pipelines", "Produktvorführungs", "Angeboten"),
    "en": ("forecasted", "pipelined", "quotas", "negotiates", "customers'"),
}
OTHER = {"de": "customer", "en": "Kunden"}
ITEM = ".md-search-result__item"
INTERNAL_NAMES = re.compile(r"\x00standardwerk|standardwerk:|\[\[block|\{\{|\{%|Undefined")


@pytest.mark.parametrize("kind", TRANSLATED)
def test_without_script_the_language_link_leads_to_the_same_page(
    open_tab: Callable[..., Page], site: str, kind: str
) -> None:
    page = open_tab(java_script_enabled=False)
    for language, other in (LANGUAGES, LANGUAGES[::-1]):
        if page.url != site + address(kind, language):
            page.goto(site + address(kind, language))
        heading = page.locator("h1").inner_text()
        assert heading.strip()
        assert not INTERNAL_NAMES.search(page.locator("main").inner_text())
        link = page.locator(".sw-languages a")
        assert link.get_attribute("hreflang") == other
        link.click()
        assert page.url == site + address(kind, other)
        assert page.locator("html").get_attribute("lang") == other


@pytest.mark.parametrize("kind", COMMON)
def test_without_script_the_common_pages_lead_to_each_language(
    open_tab: Callable[..., Page], site: str, kind: str
) -> None:
    page = open_tab(java_script_enabled=False)
    for language in LANGUAGES:
        page.goto(site + address(kind, ""))
        page.locator(f":is(section[lang], main > ul) a[href$='{language}/']").click()
        assert page.url == f"{site}{language}/"
        assert page.locator("html").get_attribute("lang") == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_script_a_scorecard_is_complete(
    open_tab: Callable[..., Page], site: str, demo_site: Path, language: str
) -> None:
    card = json.loads((demo_site / "scorecards" / REP / f"{MONTH}.json").read_text("utf-8"))
    page = open_tab(java_script_enabled=False)
    page.goto(site + address("scorecard", language))
    assert page.locator("h1").inner_text() == card["name"]
    rows = page.locator("details.sw-row")
    assert rows.count() == len(card["standards"]) > 10
    for index in range(rows.count()):
        row = rows.nth(index)
        assert all(row.locator(place).inner_text().strip() for place in (".sw-title", ".sw-status", ".sw-value"))
    first = rows.first
    assert not first.locator("section").first.is_visible()
    first.locator("summary").click()
    assert first.locator("section").count() == len(card["standards"][0]["measures"])
    assert first.locator("section").first.is_visible()
    assert "÷" in first.locator("section").first.inner_text()
    for text in page.locator("summary > svg").all():
        assert (text.get_attribute("aria-label") or text.text_content() or "").strip()


def ask(page: Page, words: str) -> list[str]:
    """The addresses that a search finds."""
    meta = page.locator(".md-search-result__meta")
    page.locator(".md-search__input").fill("")
    page.wait_for_timeout(150)
    before = meta.inner_text()
    page.locator(".md-search__input").press_sequentially(words)
    page.wait_for_function(
        "([place, before]) => document.querySelector(place).innerText !== before",
        arg=[".md-search-result__meta", before],
    )
    page.wait_for_timeout(300)
    return [str(link.get_attribute("href")) for link in page.locator(f"{ITEM} a.md-search-result__link").all()]


def words_of(demo_site: Path, language: str) -> set[str]:
    index = (demo_site / language / "search" / "search_index.json").read_text("utf-8").casefold()
    return set(re.findall(r"[^\W\d_]+", index))


@pytest.mark.parametrize(("kind", "language"), [("standards", "de"), ("scorecard", "en")])
def test_search_finds_inflected_forms_in_its_language_only(
    open_tab: Callable[..., Page], site: str, demo_site: Path, kind: str, language: str
) -> None:
    known = words_of(demo_site, language)
    forms = [word for word in INFLECTED[language] if word.casefold() not in known][:2]
    assert forms, "each of these forms stands in the handbook by now; use others"
    page = open_tab(viewport={"width": 1280, "height": 900}, locale="de-DE")
    page.goto(site + address(kind, language))
    page.locator(".md-search__input").click()
    page.wait_for_selector(".md-search-result__meta:not(:empty)")
    found = {word: ask(page, word) for word in forms}
    assert any(found.values()), found
    for word, links in found.items():
        targets = [page.evaluate("link => new URL(link, location).href", link) for link in links]
        tree = f"{site}{language}/"
        assert all(target.startswith(tree) and "/editions/2" not in target for target in targets), (word, targets)
    assert ask(page, OTHER[language]) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_search_never_finds_a_person(open_tab: Callable[..., Page], site: str, demo_site: Path, language: str) -> None:
    with (ROOT / "scorecards" / "reps.csv").open(encoding="utf-8-sig", newline="") as file:
        names = {row["Name"].casefold() for row in csv.DictReader(file, delimiter=";")}
    assert len(names) > 20
    known = words_of(demo_site, language)
    assert not {name for name in names if set(re.findall(r"[^\W\d_]+", name)) <= known}
    page = open_tab(viewport={"width": 1280, "height": 900}, locale="de-DE")
    page.goto(site + address("scorecard", language))
    page.locator(".md-search__input").click()
    page.wait_for_selector(".md-search-result__meta:not(:empty)")
    assert ask(page, REP_NAME) == []
