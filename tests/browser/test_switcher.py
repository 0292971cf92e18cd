"""The switcher of editions: plain links that work without script, by keyboard, and have a name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.serving import serve
from tests.sites.copying import build_demo, copy_demo

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

NAMES = {"de": "Ausgabe", "en": "Edition"}
LABELS = ("2027.1", "2026.1", "2025.2", "2025.1")


def ways(page: Page) -> dict[str, str]:
    """By label: where the switcher leads from the page, as the browser has it."""
    found = page.locator(".sw-switch li").all()
    return {
        label: one.locator("a").evaluate("link => link.href") if one.locator("a").count() else ""
        for label, one in zip(LABELS, found, strict=True)
    }


@pytest.mark.parametrize("language", ["de", "en"])
def test_it_is_named_and_says_where_one_is(open_tab: Callable[..., Page], site: str, language: str) -> None:
    page = open_tab()
    page.goto(f"{site}{language}/editions/2025.2/standards/meetings-events/")
    switch = page.get_by_role("navigation", name=NAMES[language], exact=True)
    assert switch.count() == 1
    summary = switch.locator("summary")
    assert "2025.2" in summary.inner_text()
    summary.click()
    assert page.locator(".sw-switch [aria-current=page]").inner_text() == f"{NAMES[language]} 2025.2"
    links = switch.get_by_role("listitem").get_by_role("link")
    assert [link.inner_text() for link in links.all()] == [
        f"{NAMES[language]} {one}" for one in ("2027.1", "2026.1", "2025.1")
    ]


def test_it_is_worked_by_keyboard(open_tab: Callable[..., Page], site: str) -> None:
    page = open_tab(java_script_enabled=False)
    page.goto(f"{site}de/editions/2025.2/standards/meetings-events/")
    summary = page.locator(".sw-switch summary")
    reached = False
    for _ in range(60):
        page.keyboard.press("Tab")
        reached = summary.evaluate("one => one === document.activeElement")
        if reached:
            break
    assert reached, "Tab does not reach the switcher"
    # The focus is seen.
    assert summary.evaluate("one => getComputedStyle(one).outlineStyle") != "none"
    page.keyboard.press("Enter")
    assert page.locator(".sw-switch details").get_attribute("open") is not None
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site}de/standards/meetings-events/")


def test_it_leads_to_the_same_page_or_says_why_not(open_tab: Callable[..., Page], site: str) -> None:
    page = open_tab(java_script_enabled=False)
    page.goto(f"{site}de/standards/pipeline-coverage/")
    root = f"{site}de/editions/"
    assert ways(page) == {
        "2027.1": f"{root}2027.1/standards/pipeline-coverage/",
        "2026.1": "",
        "2025.2": f"{root}2025.2/standards/pipeline-coverage/",
        "2025.1": f"{root}2025.1/standards/pipeline-coverage/",
    }
    page.goto(f"{root}2027.1/standards/customer-retention/")
    assert ways(page)["2025.1"] == f"{root}2025.1/"
    page.locator(".sw-switch summary").click()
    told = page.locator(".sw-switch li").last.inner_text()
    assert "in dieser Ausgabe noch nicht enthalten" in told
    page.locator(".sw-switch li a").last.click()
    assert page.url == f"{root}2025.1/"
    assert "Abgelöst." in page.locator(".md-banner").inner_text()


@pytest.fixture(scope="module")
def below_a_path(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demo below a path of a server."""
    base = tmp_path_factory.mktemp("path")
    build_demo(copy_demo(base / "project"), base / "root" / "a" / "handbook", site_url="http://127.0.0.1/a/handbook/")
    with serve(base / "root") as address:
        yield f"{address}a/handbook/"


@pytest.fixture(scope="module")
def from_disk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo as files."""
    base = tmp_path_factory.mktemp("disk")
    return build_demo(copy_demo(base / "project"), base / "site", offline=True)


@pytest.mark.site
def test_below_a_path(open_tab: Callable[..., Page], below_a_path: str) -> None:
    page = open_tab(java_script_enabled=False)
    page.goto(f"{below_a_path}en/editions/2025.1/standards/company-leads/")
    page.locator(".sw-switch summary").click()
    page.locator(".sw-switch li a").first.click()
    assert page.url == f"{below_a_path}en/editions/2027.1/standards/company-leads/"
    page.locator(".sw-languages a").click()
    assert page.url == f"{below_a_path}de/editions/2027.1/standards/company-leads/"
    page.locator(".md-banner a").click()
    assert page.url == f"{below_a_path}de/standards/company-leads/"


@pytest.mark.site
def test_from_a_disk(open_tab: Callable[..., Page], from_disk: Path) -> None:
    page = open_tab(java_script_enabled=False)
    root = from_disk.as_uri()
    page.goto(f"{root}/de/standards/company-leads/index.html")
    page.locator(".sw-switch summary").click()
    page.locator(".sw-switch li a").last.click()
    assert page.url == f"{root}/de/editions/2025.1/standards/company-leads/index.html"
    page.locator(".sw-languages a").click()
    assert page.url == f"{root}/en/editions/2025.1/standards/company-leads/index.html"
    assert page.locator("h1").inner_text().strip()
