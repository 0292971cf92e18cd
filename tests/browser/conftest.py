"""One browser, and the demo behind a small server."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="session")
def site(demo_site: Path) -> Iterator[str]:
    """The demo's address."""
    handler = functools.partial(_Quiet, directory=str(demo_site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=OPTIONS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def open_tab(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """A tab by its settings, kept for all tests that want the same."""
    tabs: dict[str, Page] = {}

    def tab(**settings: object) -> Page:
        key = repr(sorted(settings.items()))
        if key not in tabs:
            tabs[key] = chromium.new_context(**settings).new_page()  # type: ignore[arg-type]
        return tabs[key]

    yield tab
    for page in tabs.values():
        page.context.close()
