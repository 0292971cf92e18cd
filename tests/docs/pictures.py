"""The pictures of the README: pages of the demo, as they look today.

``python -m tests.docs.pictures`` builds the demo and takes them anew, after a change of how pages look; given the
folder of a built demo, it takes them there.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.browser.references import SETTLED
from tests.browser.serving import serve

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "plugins/docs/images"
SIZE = {"width": 1280, "height": 900}
#: The button that appears where somebody has scrolled.
STYLE = ".md-top { visibility: hidden; }"
#: The bar at the top of the window lies over what is scrolled there.
BELOW_THE_BAR = "heading => window.scrollTo(0, heading.getBoundingClientRect().top + window.scrollY - 72)"


class Picture(NamedTuple):
    """A page, the heading it begins with (else its top), and its scheme."""

    path: str
    begins: str = ""
    scheme: str = "light"


PICTURES = {
    "scorecard": Picture("scorecards/nebelthau-k/en/2026-10/"),
    "scorecard-open": Picture("scorecards/nebelthau-k/en/2026-10/", "All standards"),
    "standard": Picture("en/standards/customer-satisfaction/", "How it is measured"),
    "onboarding": Picture("en/onboarding/rep/"),
    "team": Picture("teams/nord/en/2026-10/", scheme="dark"),
}


def take(browser: Browser, address: str, picture: Picture) -> Image.Image:
    """A picture of what a reader sees."""
    page = browser.new_page(viewport=SIZE, color_scheme=picture.scheme, reduced_motion="reduce")
    try:
        page.goto(address + picture.path)
        page.add_style_tag(content=STYLE)
        if picture.begins:
            page.locator("h2", has_text=picture.begins).evaluate(BELOW_THE_BAR)
        page.evaluate(SETTLED)
        page.wait_for_timeout(500)
        seen = Image.open(io.BytesIO(page.screenshot()))
        return seen.convert("RGB").quantize(256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    finally:
        page.close()


def main(site: Path) -> None:
    """Take all pictures of a built demo."""
    with serve(site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for name, picture in PICTURES.items():
            take(browser, address, picture).save(FOLDER / f"{name}.png", optimize=True)
        browser.close()


if __name__ == "__main__":
    if sys.argv[1:]:
        main(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(ROOT / "mkdocs.yml"), "-d", folder]
            subprocess.run(command, check=True)
            main(Path(folder))
