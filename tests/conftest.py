"""Shared by all tests: the demo, built once."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 600
"""Seconds that a worker waits for another one's build."""


@pytest.fixture(scope="session")
def demo_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's own handbook as a site, built once for all workers."""
    base = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent
    site, done = base / "demo-site", base / "demo-site.done"
    try:
        (base / "demo-site.lock").mkdir()
    except FileExistsError:
        deadline = time.monotonic() + PATIENCE
        while not done.exists() and time.monotonic() < deadline:
            time.sleep(0.2)
    else:
        command = [sys.executable, "-m", "mkdocs", "build", "-q", "-d", str(site)]
        built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        done.write_text("" if built.returncode == 0 else built.stdout + built.stderr or "failed", "utf-8")
    problem = done.read_text("utf-8") if done.exists() else "another worker's build did not end"
    if problem:
        pytest.fail(f"the demo does not build:\n{problem}", pytrace=False)
    return site


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The one browser of a test run: Playwright allows no second one beside it."""
    from playwright.sync_api import sync_playwright

    options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=options)
        yield browser
        browser.close()


# On a build server messages leave out what they would say of people; the tests are about what they say.
os.environ.pop("CI", None)

# A slow moment of a shared machine is no fault of the code.
settings.register_profile("no-deadline", deadline=None)
settings.load_profile("no-deadline")
