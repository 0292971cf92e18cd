"""The onboarding page in a browser: dates and ticks that never leave it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.mark.parametrize(
    ("language", "dates"),
    [
        ("de", ["15.12.2026", "15.12.2026 bis 21.12.2026", "13.01.2027", "12.02.2027", "14.03.2027"]),
        ("en", ["15 Dec 2026", "15 Dec 2026 to 21 Dec 2026", "13 Jan 2027", "12 Feb 2027", "14 Mar 2027"]),
    ],
)
def test_a_first_day_makes_dates(open_tab: Callable[..., Page], site: str, language: str, dates: list[str]) -> None:
    page = open_tab(color_scheme="light", viewport={"width": 1280, "height": 900}, locale="de-DE")
    page.goto(f"{site}{language}/onboarding/rep/")
    assert page.locator(".sw-when").all_inner_texts() == [""] * page.locator(".sw-when").count()
    page.locator(".sw-start input").fill("2026-12-15")
    page.locator(".sw-start button").click()
    page.wait_for_url("**?start=2026-12-15")
    assert page.locator(".sw-when[data-when]").all_inner_texts()[:5] == dates
    # The first full month after a 15th of December is January; month 6 is June.
    months = page.locator(".sw-when[data-month]").all_inner_texts()
    assert ("2027" in months[0]) and ("Jan" in months[0])
    assert "Jun" in months[-1]


def test_a_first_day_that_is_none_is_ignored(open_tab: Callable[..., Page], site: str) -> None:
    page = open_tab(color_scheme="light", viewport={"width": 1280, "height": 900}, locale="de-DE")
    for start in ("2026-02-30", "<b>", "morgen"):
        page.goto(f"{site}de/onboarding/rep/?start={start}")
        assert set(page.locator(".sw-when").all_inner_texts()) == {""}


def test_ticks_are_remembered_here(open_tab: Callable[..., Page], site: str) -> None:
    page = open_tab(color_scheme="light", viewport={"width": 1280, "height": 900}, locale="de-DE")
    page.goto(f"{site}de/onboarding/rep/")
    first = page.locator("input[data-step]").first
    assert not first.is_checked()
    first.check()
    page.goto(f"{site}en/onboarding/rep/")
    assert page.locator("input[data-step]").first.is_checked()
    page.locator("input[data-step]").first.uncheck()
    page.reload()
    assert not page.locator("input[data-step]").first.is_checked()
