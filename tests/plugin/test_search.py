"""The split of the search index, as values and in the browser."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from standardwerk.publish.search import split
from tests.plugin.building import Built

INDEX = {
    "config": {"lang": ["en"], "separator": "-", "pipeline": ["stopWordFilter"], "fields": {"title": {"boost": 2}}},
    "docs": [
        {"location": "de/", "title": "Start", "text": ""},
        {"location": "de/method/#why", "title": "Warum", "text": "x"},
        {"location": "de/editions/2025.1/method/", "title": "alt", "text": ""},
        {"location": "dev/", "title": "not de", "text": ""},
        {"location": "en/method/", "title": "Method", "text": "", "tags": ["a"]},
        {"location": "xx/", "title": "Other", "text": ""},
    ],
}
ROOTS = {"de": "de/", "en": "en/", "xx": "xx/"}
PAGES = ("de/", "de/method/", "en/method/", "xx/", "dev/")


def test_entries_go_to_their_language_seen_from_its_root() -> None:
    indexes = split(INDEX, ROOTS, PAGES, stemmers=("de", "fr"))
    assert {language: [doc["location"] for doc in index["docs"]] for language, index in indexes.items()} == {
        "de": ["", "method/#why"],
        "en": ["method/"],
        "xx": [""],
    }
    assert indexes["en"]["docs"][0]["tags"] == ["a"]
    assert INDEX["docs"][0]["location"] == "de/"


@pytest.mark.parametrize(
    ("language", "lang", "pipeline"),
    [
        ("de", ["de"], ["stemmer", "stopWordFilter", "trimmer"]),
        ("en", ["en"], ["stemmer", "stopWordFilter", "trimmer"]),
        ("de-AT", ["de"], ["stemmer", "stopWordFilter", "trimmer"]),
        ("xx", ["en"], []),
    ],
)
def test_words_are_stemmed_where_a_stemmer_is(language: str, lang: list[str], pipeline: list[str]) -> None:
    config = split(INDEX, {language: f"{language}/"}, PAGES, stemmers=("de",))[language]["config"]
    assert (config["lang"], config["pipeline"]) == (lang, pipeline)
    assert config["fields"] == {"title": {"boost": 2}}


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def address(built: Built) -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(built.site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def browser_page(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page()
    yield page
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("de/method/", {"Angebot": 1, "Angebots": 1, "Vertrag": 1, "Verträ": 2, "Vertriebsziele": 1, "quota": 0}),
        ("scorecards/kranich-j/en/2026-03/", {"customer": 1, "arriving": 1, "quotati": 1, "Kunden": 0}),
    ],
)
def test_search_finds_inflected_forms_of_its_own_language(
    browser_page: Page, address: str, path: str, words: dict[str, int]
) -> None:
    asked: list[str] = []
    browser_page.on("request", lambda request: asked.append(request.url))
    browser_page.goto(address + path)
    field = browser_page.locator(".md-search__input")
    found = {}
    for word in words:
        field.click()
        field.fill("")
        field.press_sequentially(word)
        browser_page.wait_for_timeout(700)
        found[word] = browser_page.locator(".md-search-result__item").count()
    assert found == words
    language = "de" if path.startswith("de") else "en"
    assert [url for url in asked if "search_index" in url] == [f"{address}{language}/search/search_index.json"]
    assert all(url.startswith(address) for url in asked)


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize(
    "path", ["de/", "de/standards/one/", "en/editions/2025.1/method/", "scorecards/kranich-j/de/2026-03/", "404.html"]
)
def test_the_frame_is_accessible(browser_page: Page, address: str, path: str, width: int, scheme: str) -> None:
    browser_page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    browser_page.set_viewport_size({"width": width, "height": 800})
    browser_page.goto(address + path)
    browser_page.wait_for_timeout(300)
    violations = Axe().run(browser_page).response["violations"]
    assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in violations] == []
    assert browser_page.evaluate("document.documentElement.scrollWidth") <= width
