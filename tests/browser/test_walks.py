"""The questions of somebody new, from the home page: each is answered within three clicks, in both languages.

A click is on a link that the page shows by its words; nobody knows an address.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

MOST_CLICKS = 3


@dataclass(frozen=True)
class Walk:
    """A question: the links one follows, and what stands on the screen then."""

    language: str
    links: tuple[str, ...]
    """In the text of each page."""
    heading: str
    """Where the answer stands; on a wide screen a link of the page’s contents leads to it."""
    answer: str


WALKS = {
    "what is expected of me in week 1": (
        Walk("de", ("Neu hier?", "1. Woche"), "1. Woche", "Pipeline nach Produktlinien zeigen"),
        Walk("en", ("New here?", "Week 1"), "Week 1", "taken through the pipeline you are inheriting"),
    ),
    "which standards count for me now": (
        Walk("de", ("Neu hier?", "Was ab wann zählt"), "Was ab wann zählt", "ohne Bewertung"),
        Walk("en", ("New here?", "What counts from when"), "What counts from when", "shown, not scored"),
    ),
    "how is pipeline coverage computed": (
        Walk(
            "de",
            ("Standards", "Pipeline-Deckung"),
            "So wird gemessen",
            "Pipeline der nächsten Monate ÷ Vertriebsziel derselben Monate",
        ),
        Walk(
            "en",
            ("Standards", "Pipeline coverage"),
            "How it is measured",
            "pipeline for the months ahead ÷ quota for the same months",
        ),
    ),
    "what does this mark mean": (
        Walk("de", ("Meine Scorecard",), "Was die Zeichen bedeuten", "knapp verfehlt"),
        Walk("en", ("My scorecard",), "What the marks mean", "near"),
    ),
}


@pytest.mark.parametrize("question", WALKS)
@pytest.mark.parametrize("index", [0, 1])
@pytest.mark.parametrize("width", [1280, 400])
def test_a_question_is_answered(
    open_tab: Callable[..., Page], site: str, question: str, index: int, width: int
) -> None:
    walk = WALKS[question][index]
    page = open_tab(color_scheme="light", viewport={"width": width, "height": 900}, locale="de-DE")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{site}{walk.language}/")
    clicks = len(walk.links)
    for words in walk.links:
        page.locator(".md-content").get_by_role("link", name=words).first.click()
    contents = page.locator(".md-sidebar--secondary").get_by_role("link", name=walk.heading).locator("visible=true")
    heading = page.locator(".md-content :is(h2, h3)").filter(has_text=walk.heading).first
    if contents.count():
        contents.first.click()
        clicks += 1
    heading.scroll_into_view_if_needed()
    expect(heading).to_be_in_viewport()
    assert clicks <= MOST_CLICKS
    answer = heading.locator("xpath=following-sibling::*").filter(has_text=walk.answer).first
    expect(answer).to_be_visible()
