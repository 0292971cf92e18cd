"""Questions about a standard in a browser: graded in the page, nothing sent or stored; readable without script."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.test_pages import overheard

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

STORED = "() => [localStorage.length, sessionStorage.length, document.cookie]"


def question(page: Page, text: str) -> Locator:
    return page.locator(".sw-quiz fieldset").filter(has=page.locator("legend", has_text=text))


def test_an_answer_is_graded_and_its_passage_shown(open_tab: Callable[..., Page], site: str) -> None:
    page = open_tab(color_scheme="light", viewport={"width": 1280, "height": 900}, locale="de-DE")
    page.goto(f"{site}de/standards/pipeline-coverage/")
    # The search of the page fetches what it needs a little later.
    page.wait_for_load_state("networkidle")
    before = page.evaluate(STORED)
    asked: list[str] = []
    # The browser looks for a picture of the tab whenever it likes.
    page.on("request", lambda one: None if one.url.endswith("favicon.png") else asked.append(one.url))
    with overheard(page, site) as heard:
        one = question(page, "Wie viel Pipeline brauchen Sie")
        told, passage = one.locator("[role=status]"), one.locator("details")
        check = one.get_by_role("button", name="Antwort prüfen")
        check.click()
        expect(told).to_have_text("Wählen Sie zuerst eine Antwort.")
        assert not passage.evaluate("one => one.open")
        one.get_by_label("600.000 €").check()
        check.click()
        expect(told).to_have_text("Nicht ganz. Die Textstelle sagt, warum.")
        expect(passage.locator("blockquote")).to_be_visible()
        one.get_by_label("1,8 Mio. €").check()
        expect(told).to_have_text("")
        check.click()
        expect(told).to_have_text("Richtig.")
        passage.locator("a").click()
        assert page.url.endswith("#expectation")
    assert heard == []
    assert asked == []
    assert page.evaluate(STORED) == before
    page.reload()
    assert page.locator(".sw-quiz input:checked").count() == 0


def test_of_several_right_answers_all_are_wanted(open_tab: Callable[..., Page], site: str) -> None:
    page = open_tab(color_scheme="light", viewport={"width": 1280, "height": 900}, locale="de-DE")
    page.goto(f"{site}en/standards/company-leads/")
    one = question(page, "What counts as contact?")
    told, check = one.locator("[role=status]"), one.get_by_role("button", name="Check the answer")
    one.get_by_label("A conversation").check()
    check.click()
    expect(told).to_have_text("Not quite. The passage says why.")
    one.get_by_label("An email that deals with what the person asked").check()
    check.click()
    expect(told).to_have_text("Right.")
    one.get_by_label("An automatic reply").check()
    check.click()
    expect(told).to_have_text("Not quite. The passage says why.")


def test_without_script_the_answers_can_be_read(chromium: Browser, site: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    try:
        page.goto(f"{site}de/standards/territory-quota/")
        one = question(page, "In welchem Monat zählt ein Auftrag?")
        expect(one.get_by_role("button")).to_have_count(0)
        one.locator("summary").click()
        expect(one.locator("details b")).to_have_text("In dem die Auftragsbestätigung hinausgeht")
    finally:
        context.close()


def test_every_standard_in_force_asks_two_or_three_questions(site: str, open_tab: Callable[..., Page]) -> None:
    page = open_tab(color_scheme="light", viewport={"width": 1280, "height": 900}, locale="de-DE")
    page.goto(f"{site}de/standards/")
    links = page.locator(".sw-list a").evaluate_all("all => all.map(one => one.href)")
    assert len(links) == 17
    for link in links:
        page.goto(link)
        assert page.locator(".sw-quiz fieldset").count() in {2, 3}, link
