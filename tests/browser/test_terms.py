"""Definitions of terms in a browser: by mouse, keyboard and touch, as WCAG 1.4.13 wants them; and without script."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PAGE = "de/standards/pipeline-coverage/"
WIDE = {"width": 1280, "height": 900}


@pytest.fixture
def page(open_tab: Callable[..., Page], site: str) -> Page:
    page = open_tab(color_scheme="light", viewport=WIDE, locale="de-DE")
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    page.goto("about:blank")
    page.goto(site + PAGE)
    return page


def test_pointing_shows_it_one_may_point_at_it_and_escape_ends_it(page: Page) -> None:
    tip, term = page.locator(".sw-tip"), page.locator("a.sw-term", has_text="Vertriebsziel").first
    expect(tip).to_be_hidden()
    term.hover()
    expect(tip).to_be_visible()
    assert tip.inner_text().startswith("Der Auftragseingang in Euro")
    tip.hover()
    page.wait_for_timeout(400)
    expect(tip).to_be_visible()
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    page.locator("h1").hover()
    term.hover()
    expect(tip).to_be_visible()
    page.locator("h1").hover()
    expect(tip).to_be_hidden()


def test_the_keyboard_reaches_it(page: Page) -> None:
    tip, term = page.locator(".sw-tip"), page.locator("a.sw-term").first
    term.focus()
    expect(tip).to_be_visible()
    page.wait_for_timeout(400)
    expect(tip).to_be_visible()
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    expect(tip).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/de/glossary/#*")


def test_a_screen_reader_has_it_with_the_term(page: Page) -> None:
    expect(page.locator("a.sw-term", has_text="Kontrollgröße").first).to_have_accessible_description(
        "Eine Größe ohne Bewertung, die zeigt, ob ein guter Wert auf Kosten von etwas anderem entstanden ist."
    )


@pytest.mark.parametrize("width", [320, 800])
def test_a_first_touch_shows_it_and_a_second_leads_to_the_glossary(chromium: Browser, site: str, width: int) -> None:
    context = chromium.new_context(has_touch=True, viewport={"width": width, "height": 700})
    page = context.new_page()
    try:
        page.goto(site + PAGE)
        tip = page.locator(".sw-tip")
        for term in page.locator("a.sw-term").all():
            page.locator("h1").tap()
            expect(tip).to_be_hidden()
            term.tap()
            expect(tip).to_be_visible()
            box = tip.bounding_box()
            assert box is not None
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width
        assert page.url == site + PAGE
        page.locator("h1").tap()
        expect(tip).to_be_hidden()
        term.tap()
        term.tap()
        page.wait_for_url("**/de/glossary/#*")
    finally:
        context.close()


def test_without_script_a_term_leads_to_its_definition(chromium: Browser, site: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    try:
        page.goto(f"{site}en/standards/pipeline-coverage/")
        page.locator("a.sw-term", has_text="quota").first.click()
        assert page.url == f"{site}en/glossary/#quota"
        assert page.locator("h2#quota").inner_text().startswith("quota")
        assert page.locator("h2#quota + p").inner_text().startswith("The bookings in euros you have agreed")
    finally:
        context.close()
