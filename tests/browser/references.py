"""Pictures of every kind of page, to see what a change of styles or templates does to the others.

They are taken of a small project of their own (``tests/sites/pictured.py``), so that the demo may change. After a
change that was meant, look at the pages, make the pictures anew, and put them into the same commit::

    python -m tests.browser.references            # all that differ
    python -m tests.browser.references scorecard  # those whose name begins so

Never by a build server: it would agree with whatever it sees. A new kind of page needs one line in ``PAGES``.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageChops
from playwright.sync_api import Browser, sync_playwright

from tests.browser.serving import serve
from tests.sites.pictured import LAST, project

FOLDER = Path(__file__).parent / "references"
MADE_WITH = FOLDER / "made-with.json"
#: The share of pixels that may differ, and how far a channel of one may be off before it counts: the pictures are kept
#: in 64 colours.
MOST_DIFFERENT, TOLERANCE = 0.001, 24
WIDE, PHONE = 1280, 320
#: What a machine's own fonts would draw, and a form's own words, stay out of the pictures.
STYLE = """
:root { --sw-mono: "Source Sans 3"; }
input[type="date"] { visibility: hidden; }
"""
SETTLED = "document.fonts.ready.then(() => document.getAnimations().forEach(one => one.finish()))"

#: By name: the address, with a place for the language where there is one.
PAGES = {
    "home": "{}/",
    "standards": "{}/standards/",
    "standard": "{}/standards/bookings/",
    "standard-rated": "{}/standards/conduct/",
    "method": "{}/method/",
    "onboarding": "{}/onboarding/rep/",
    "hand-written": "{}/contact/",
    "my-scorecard": "{}/my-scorecard/",
    "glossary": "{}/glossary/",
    "sample-scorecard": "{}/sample-scorecard/",
    "standard-quiz": "{}/standards/visits/",
    "editions": "{}/editions/",
    "edition-home": "{}/editions/2026.1/",
    "edition-superseded": "{}/editions/2026.1/standards/bookings/",
    "edition-changes": "{}/editions/2026.2/changes/",
    "edition-announced": "{}/editions/2027.1/changes/",
    "edition-complete": "{}/editions/2026.2/complete/",
    "scorecard": f"scorecards/anne/{{}}/{LAST}/",
    "scorecard-no-data": f"scorecards/cem/{{}}/{LAST}/",
    "scorecard-ramp": f"scorecards/emil/{{}}/{LAST}/",
    "scorecard-entry": "scorecards/emil/{}/2026-06/",
    "scorecard-first-month": "scorecards/anne/{}/2026-01/",
    "rep": "scorecards/anne/{}/",
    "conversation": f"scorecards/anne/{{}}/{LAST}/conversation/",
    "team": f"teams/north/{{}}/{LAST}/",
    "organisation": f"months/{{}}/{LAST}/",
    "organisation-newest": "months/{}/",
    "trend": "months/{}/standards/visits/",
    "totals": f"totals/{{}}/{LAST}/",
    "data-quality": f"data-quality/{{}}/{LAST}/",
    "root": "",
    "me": "me/",
    "401": "401.html",
    "403": "403.html",
    "404": "404.html",
}
#: Looked at in the dark, too, and on a phone.
MAIN = ("home", "standard", "scorecard", "rep", "team", "organisation")
ON_PHONE = ("home", "standard", "scorecard", "scorecard-ramp", "rep", "team", "organisation")
#: With everything open that opens.
OPENED = ("scorecard",)


class Shot(NamedTuple):
    """One picture."""

    name: str
    path: str
    width: int = WIDE
    scheme: str = "light"
    opened: bool = False

    @property
    def file(self) -> Path:
        return FOLDER / f"{self.name}.png"


def _shots() -> Iterator[Shot]:
    for kind, path in PAGES.items():
        languages = ("de", "en") if "{}" in path else ("",)
        for language in languages:
            name = f"{kind}.{language}" if language else kind
            yield Shot(name, path.format(language))
        german = path.format("de")
        if kind in MAIN:
            yield Shot(f"{kind}.dark", german, scheme="dark")
        if kind in ON_PHONE:
            yield Shot(f"{kind}.phone", german, width=PHONE)
        if kind in OPENED:
            yield Shot(f"{kind}.open", german, opened=True)


SHOTS = tuple(_shots())


def take(browser: Browser, site: str, shot: Shot) -> Image.Image:
    """A picture of a whole page as it stands at rest."""
    settings = {"width": shot.width, "height": 800}
    context = browser.new_context(
        viewport=settings,  # type: ignore[arg-type]
        device_scale_factor=1,
        color_scheme=shot.scheme,  # type: ignore[arg-type]
        reduced_motion="reduce",
        locale="de-DE",
        timezone_id="Europe/Berlin",
    )
    try:
        page = context.new_page()
        page.goto(site + shot.path, wait_until="load")
        if shot.opened:
            page.evaluate("document.querySelectorAll('main details').forEach(one => { one.open = true })")
        page.add_style_tag(content=STYLE)
        page.evaluate(SETTLED)
        taken = page.screenshot(full_page=True, animations="disabled", caret="hide", scale="css")
    finally:
        context.close()
    with Image.open(BytesIO(taken)) as image:
        return image.convert("RGB")


def different(seen: Image.Image, kept: Image.Image) -> float:
    """The share of pixels that differ; 1 if the pictures have not the same size."""
    if seen.size != kept.size:
        return 1.0
    channels = ImageChops.difference(seen, kept).split()
    worst = ImageChops.lighter(ImageChops.lighter(channels[0], channels[1]), channels[2])
    return sum(worst.histogram()[TOLERANCE + 1 :]) / (seen.width * seen.height)


def kept(shot: Shot) -> Image.Image | None:
    """The reference of a picture."""
    if not shot.file.is_file():
        return None
    with Image.open(shot.file) as image:
        return image.convert("RGB")


def keep(shot: Shot, seen: Image.Image) -> None:
    """Make a picture the reference, small: in 64 colours."""
    FOLDER.mkdir(exist_ok=True)
    seen.quantize(64, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(shot.file, optimize=True)


def major(version: str) -> str:
    return version.partition(".")[0]


def made_with() -> str:
    """The major version of the Chromium that the references were made with; empty without any."""
    return str(json.loads(MADE_WITH.read_text("utf-8"))["chromium"]) if MADE_WITH.is_file() else ""


def main(names: list[str]) -> None:
    """Make the pictures that differ from what is seen now; with names, only those that begin so."""
    wanted = [shot for shot in SHOTS if not names or shot.name.startswith(tuple(names))]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        built = project().build(Path(folder))
        if built.returncode:
            sys.exit(built.output)
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        anew = made_with() != major(browser.version)
        with serve(built.site) as site:
            for shot in wanted:
                seen, before = take(browser, site, shot), kept(shot)
                share = 1.0 if before is None else different(seen, before)
                if anew or share > MOST_DIFFERENT / 2:
                    keep(shot, seen)
                    print(f"{shot.file.name}: {share:.2%}")
        FOLDER.mkdir(exist_ok=True)
        MADE_WITH.write_text(json.dumps({"chromium": major(browser.version)}) + "\n", "utf-8")
        browser.close()
    if not names:
        for file in set(FOLDER.glob("*.png")) - {shot.file for shot in SHOTS}:
            file.unlink()


if __name__ == "__main__":
    main(sys.argv[1:])
