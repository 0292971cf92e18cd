"""Chromium behind nginx with the generated rules: no page needs what its policy forbids, and nobody else is asked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.servers.conftest import served
from tests.servers.firm import FEBRUARY, JANUARY, PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.site, pytest.mark.xdist_group("browser")]

HANDBOOK = ("", "de/", "de/standards/", "de/standards/bookings/", "de/method/", "de/editions/", "de/my-scorecard/")
EDITION = ("en/editions/2026.1/", "en/editions/2026.1/complete/", "en/nothing/")
PAGES = {
    "Ann": (
        *HANDBOOK,
        *EDITION,
        *("me/", "scorecards/ann/de/", f"scorecards/ann/en/{FEBRUARY}/", f"scorecards/bob/de/{JANUARY}/"),
    ),
    "ned@firm.example": (f"teams/north/de/{JANUARY}/", f"scorecards/ann/de/{JANUARY}/conversation/"),
    "the.boss": (f"months/de/{JANUARY}/",),
    "cfo": (f"totals/de/{JANUARY}/",),
    "da#ta": (f"data-quality/de/{JANUARY}/",),
}
HEARD = """addEventListener("securitypolicyviolation", event => {
  (window.violations ||= []).push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`)
})"""


@pytest.fixture(scope="module")
def address(firm_project: Path) -> Iterator[str]:
    with served("nginx", firm_project) as (port, _):
        yield f"http://127.0.0.1:{port}/"


def test_the_policy_fits_every_page(chromium: Browser, address: str) -> None:
    faults: list[str] = []
    seen = 0
    for name, paths in PAGES.items():
        context = chromium.new_context(http_credentials={"username": name, "password": PASSWORD}, locale="de-DE")
        context.add_init_script(HEARD)
        page = context.new_page()
        page.on("request", lambda one: None if one.url.startswith(address) else faults.append(f"asked: {one.url}"))
        for path in paths:
            response = page.goto(address + path)
            assert response is not None
            assert response.status in {200, 403, 404}, path
            assert "default-src 'none'" in (response.header_value("content-security-policy") or ""), path
            page.wait_for_load_state("networkidle")
            faults.extend(f"{path}: {one}" for one in page.evaluate("window.violations || []"))
            seen += 1
        context.close()
    assert seen > 15
    assert faults == []


def test_a_script_that_is_not_the_themes_does_not_run(chromium: Browser, address: str) -> None:
    page = chromium.new_page()
    page.add_init_script(HEARD)
    page.goto(address + "de/")
    page.evaluate(
        "const one = document.createElement('script'); one.textContent = 'window.ran = 1'; document.body.append(one)"
    )
    assert page.evaluate("window.ran") is None
    assert page.evaluate("window.violations.length") == 1
    page.close()
