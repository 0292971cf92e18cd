"""Every kind of page in a browser: accessible, quiet, by itself, and no wider than a small telephone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page

from tests.browser.places import ALL, address

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 800}
#: Ends what moves, so that colours are measured as they stay.
SETTLE = "document.getAnimations().forEach(animation => animation.finish())"
OPEN = "open => document.querySelectorAll('details').forEach(one => { one.open = open })"
STICK_OUT = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
    [...document.querySelectorAll('body *')].filter(one => one.getBoundingClientRect().right > innerWidth + 1)
    .map(one => `${one.tagName} ${one.className} ${Math.round(one.getBoundingClientRect().right)}`).slice(0, 8)
    .concat(document.documentElement.scrollWidth)"""


@contextmanager
def overheard(page: Page, site: str) -> Iterator[list[str]]:
    """What a page complains of, and whom else it asks, while it is used."""
    heard: list[str] = []

    def console(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            heard.append(f"{message.type}: {message.text}")

    listeners = {
        "console": console,
        "pageerror": lambda error: heard.append(f"error: {error}"),
        "requestfailed": lambda request: heard.append(f"failed: {request.url}"),
        "request": lambda request: None if request.url.startswith(site) else heard.append(f"asked: {request.url}"),
    }
    for event, listener in listeners.items():
        page.on(event, listener)  # type: ignore[call-overload]
    yield heard
    for event, listener in listeners.items():
        page.remove_listener(event, listener)


def violations(page: Page) -> list[str]:
    """What all default rules of axe find, with nothing left out (only what is right is not told in full)."""
    page.evaluate(SETTLE)
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [f"{fault['id']}: {node['html'][:200]}" for fault in found for node in fault["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("kind", "language"), ALL)
def test_a_page(open_tab: Callable[..., Page], site: str, kind: str, language: str, scheme: str) -> None:
    page = open_tab(color_scheme=scheme, viewport=WIDE, locale="de-DE")
    faults: dict[str, list[str]] = {}
    # What the page before was still fetching is not this one's fault.
    page.goto("about:blank")
    with overheard(page, site) as heard:
        page.set_viewport_size(WIDE)  # type: ignore[arg-type]
        response = page.goto(site + address(kind, language))
        assert response is not None
        assert response.status == 200
        assert page.evaluate("document.documentElement.lang") == (language or "de")
        states = [False, True] if page.locator("details").count() else [False]
        for is_open in states:
            page.evaluate(OPEN, is_open)
            faults[f"axe, open {is_open}"] = violations(page)
        page.set_viewport_size(NARROW)  # type: ignore[arg-type]
        for is_open in reversed(states):
            page.evaluate(OPEN, is_open)
            faults[f"wider than 320 px, open {is_open}"] = page.evaluate(STICK_OUT)
        if scheme == "light" and language != "en":
            faults["axe at 320 px"] = violations(page)
    faults["heard"] = heard
    assert {what: found for what, found in faults.items() if found} == {}


def test_the_scheme_is_the_systems(open_tab: Callable[..., Page], site: str) -> None:
    """The dark pages above were dark."""
    for scheme, is_dark in (("light", False), ("dark", True)):
        page = open_tab(color_scheme=scheme, viewport=WIDE, locale="de-DE")
        for kind in ("home", "scorecard", "root"):
            page.goto(site + address(kind, "de"))
            colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
            red = int(colour.partition("(")[2].partition(",")[0])
            assert (red < 128) is is_dark, (kind, scheme, colour)


def test_a_row_of_a_scorecard_is_one_line(open_tab: Callable[..., Page], site: str) -> None:
    """Marks and charts keep their size, whatever other style sheets say."""
    page = open_tab(color_scheme="light", viewport=WIDE, locale="de-DE")
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    page.goto(site + address("scorecard", "de"))
    size = "all => all.map(one => [one.getBoundingClientRect().width, one.getBoundingClientRect().height])"
    marks = page.locator(".sw-status svg").evaluate_all(size)
    assert marks
    assert all(width == height and width < 20 for width, height in marks)
    lines = page.locator(".sw-row summary:not(:has(small, .sw-signal))").evaluate_all(size)
    assert lines
    assert max(height for _, height in lines) < 64
