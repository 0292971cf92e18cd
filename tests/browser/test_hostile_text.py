"""The handbook of hostile texts in a browser: nothing of it runs, search results included."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.serving import serve
from tests.sites.test_hostile import poisoned
from tests.sites.tiny import MONTHS

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

STICK_OUT = """() => [...document.querySelectorAll('body *')]
    .filter(one => one.getBoundingClientRect().right > innerWidth + 1)
    .map(one => `${one.tagName} ${one.className} ${Math.round(one.getBoundingClientRect().right)}`).slice(0, 12)"""
PAGES = (
    "",
    "de/",
    "de/standards/bookings/",
    "en/written/",
    "de/editions/",
    f"scorecards/ann/de/{MONTHS[-1]}/",
    f"scorecards/bob/en/{MONTHS[-1]}/",
    f"teams/north/de/{MONTHS[-1]}/",
    f"months/en/{MONTHS[-1]}/",
    f"totals/de/{MONTHS[-1]}/",
    "months/de/standards/bookings/",
    f"scorecards/ann/de/{MONTHS[-1]}/conversation/",
)


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    tiny, _ = poisoned()
    built = tiny.build(tmp_path_factory.mktemp("hostile"))
    assert built.returncode == 0, built.output
    with serve(built.site) as address:
        yield address


def test_nothing_runs(chromium: Browser, hostile_site: str) -> None:
    page = chromium.new_context(viewport={"width": 320, "height": 800}).new_page()
    page.set_default_timeout(10_000)
    faults: list[str] = []
    page.on("dialog", lambda dialog: (faults.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.on("pageerror", lambda error: faults.append(f"error: {error}"))
    page.on("request", lambda asked: None if asked.url.startswith(hostile_site) else faults.append(asked.url))
    for path in PAGES:
        page.goto(hostile_site + path)
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 320:
            faults.append(f"{path}: {width} px: {page.evaluate(STICK_OUT)}")
        for link in page.locator("main a").all()[:40]:
            address = page.evaluate("link => link.href", link.element_handle())
            assert not address.startswith(("javascript:", "data:")), (path, address)
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{hostile_site}de/")
    page.locator(".md-search__input").click()
    page.locator(".md-search__input").press_sequentially("text alert")
    page.wait_for_selector(".md-search-result__item")
    page.wait_for_timeout(300)
    assert page.locator(".md-search-result :is(script, img, iframe, svg [onload], [onerror], [onclick])").count() == 0
    page.context.close()
    assert faults == []
