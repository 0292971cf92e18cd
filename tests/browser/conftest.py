"""The demo behind a small server, and tabs to look at it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.serving import serve


@pytest.fixture(scope="session")
def site(demo_site: Path) -> Iterator[str]:
    """The demo's address."""
    with serve(demo_site) as address:
        yield address


@pytest.fixture(scope="session")
def open_tab(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """A tab by its settings, kept for all tests that want the same."""
    tabs: dict[str, Page] = {}

    def tab(**settings: object) -> Page:
        key = repr(sorted(settings.items()))
        if key not in tabs:
            tabs[key] = chromium.new_context(**settings).new_page()  # type: ignore[arg-type]
            tabs[key].set_default_timeout(10_000)
        return tabs[key]

    yield tab
    for page in tabs.values():
        page.context.close()
