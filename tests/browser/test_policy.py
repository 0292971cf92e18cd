"""Every kind of page under the headers that servers are told to send: nothing is missing, and nobody else is asked.

Pages are used, too: search, folded parts, colours, narrow and wide, as if printed. ``tests/servers/test_browser.py``
does the same with a real server and its rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import cast

import pytest
from playwright.sync_api import Browser, Page

from standardwerk import pipeline
from standardwerk.operations.access import policy_of
from standardwerk.render.servers.common import Served
from standardwerk.render.theme import theme_dir
from standardwerk.site.access import Grants
from standardwerk.site.places import PAGE_KINDS, Places
from tests.browser.places import ALL, address
from tests.browser.serving import serve
from tests.browser.test_pages import overheard
from tests.conftest import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

HEARD = """window.violations = []; addEventListener("securitypolicyviolation", event => {
  violations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`)
})"""
OPEN = "document.querySelectorAll('details').forEach(one => { one.open = true })"
WORDS = {"de": "angebote", "en": "quotes"}


@pytest.fixture(scope="module")
def headers(demo_site: Path) -> Mapping[str, str]:
    """Those of an answer for certain people, which are the stricter ones."""
    return Served(cast("Grants", None), policy_of(demo_site)).personal_headers


@pytest.fixture(scope="module")
def guarded(demo_site: Path, headers: Mapping[str, str]) -> Iterator[str]:
    with serve(demo_site, headers) as site:
        yield site


@pytest.fixture(scope="module")
def tab(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(locale="de-DE", viewport={"width": 1280, "height": 900})
    context.add_init_script(HEARD)
    page = context.new_page()
    page.set_default_timeout(20_000)
    yield page
    context.close()


def test_the_headers_are_strict(headers: Mapping[str, str]) -> None:
    policy = {one.split()[0]: one.split()[1:] for one in headers["Content-Security-Policy"].split(";")}
    assert policy["default-src"] == ["'none'"]
    for name in ("script-src", "style-src"):
        assert policy[name][0] == "'self'"
        assert all(re.fullmatch(r"'sha256-[\w+/]{43}='", one) for one in policy[name][1:])
    assert policy["frame-ancestors"] == policy["base-uri"] == ["'none'"]
    assert not [
        one for values in policy.values() for one in values if "unsafe" in one or (":" in one and one != "data:")
    ]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"].startswith("private")


def test_all_kinds_of_pages_are_looked_at() -> None:
    """Whatever kinds there are: outside the handbook by the table, in it by the plan of the demo."""
    looked = [address(kind, language) for kind, language in ALL]
    places = Places(("de", "en"))
    assert {place.kind.name for url in looked if (place := places.of(f"{url}index.html"))} == set(PAGE_KINDS)
    folders = (ROOT / "mkdocs.yml", ROOT / "standards", ROOT / "scorecards")
    project = pipeline.load(pipeline.Options(*folders, date(2026, 11, 10), 1, False, theme_dir())).project
    assert project is not None
    pages = pipeline.handbook_pages(project)
    assert {page.kind for page in pages if page.url in looked} == {page.kind for page in pages}


def quiet(page: Page, heard: list[str]) -> list[str]:
    page.wait_for_load_state("networkidle")
    return [*heard, *page.evaluate("violations")]


def test_no_page_needs_what_the_policy_forbids(tab: Page, guarded: str) -> None:
    faults = {}
    for kind, language in ALL:
        tab.goto("about:blank")
        with overheard(tab, guarded) as heard:
            answer = tab.goto(guarded + address(kind, language), wait_until="load")
            assert answer is not None
            assert answer.headers["content-security-policy"].startswith("default-src 'none'")
            tab.evaluate(OPEN)
            found = quiet(tab, heard)
        if found:
            faults[kind, language] = found
    assert faults == {}
    assert len(ALL) > 55


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_page_that_is_used(tab: Page, guarded: str, language: str) -> None:
    tab.goto("about:blank")
    with overheard(tab, guarded) as heard:
        tab.goto(guarded + address("standard, by product line", language))
        tab.fill("[data-md-component=search-query]", WORDS[language])
        tab.wait_for_selector(".md-search-result__item")
        found = quiet(tab, heard)
        tab.click(".md-search-result__item a >> nth=0")
        tab.wait_for_load_state()
        for _ in range(3):
            tab.click("form[data-md-component=palette] label >> visible=true")
        found += quiet(tab, heard)
        for width in (320, 1280):
            tab.set_viewport_size({"width": width, "height": 900})
            tab.goto(guarded + address("scorecard", language))
            tab.emulate_media(media="print")
            tab.emulate_media(media="screen", color_scheme="dark")
            tab.evaluate(OPEN)
            found += quiet(tab, heard)
    assert found == []


def test_what_is_forbidden_is_heard(tab: Page, guarded: str) -> None:
    tab.goto(guarded + "de/")
    tab.evaluate(
        """() => { const one = document.createElement("script"); one.textContent = "window.ran = 1"
        document.body.append(one); document.body.setAttribute("style", "color: red")
        const two = document.createElement("img"); two.src = "https://elsewhere.example/x.png"
        document.body.append(two) }"""
    )
    tab.wait_for_function("violations.length >= 3")
    assert tab.evaluate("window.ran") is None
    kinds = {one.split()[0] for one in tab.evaluate("violations")}
    assert kinds == {"script-src-elem", "style-src-attr", "img-src"}
