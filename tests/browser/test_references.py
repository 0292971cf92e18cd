"""Every kind of page looks as it did when somebody last looked at it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Browser

from tests.browser import places, references
from tests.browser.references import FOLDER, MOST_DIFFERENT, SHOTS, Shot
from tests.browser.serving import serve
from tests.sites.pictured import project

pytestmark = [pytest.mark.browser, pytest.mark.site, pytest.mark.xdist_group("references")]

MOST_BYTES = 4_000_000


@pytest.fixture(scope="module")
def pictured(tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> Iterator[str]:
    """The site that the pictures are of."""
    made, here = references.made_with(), references.major(chromium.version)
    if made != here:
        pytest.skip(
            f"the references were made with Chromium {made}, here is {here}: python -m tests.browser.references"
        )
    built = project().build(tmp_path_factory.mktemp("pictured"))
    assert built.returncode == 0, built.output
    with serve(built.site) as address:
        yield address


@pytest.mark.parametrize("shot", SHOTS, ids=[shot.name for shot in SHOTS])
def test_a_page_looks_as_it_did(chromium: Browser, pictured: str, tmp_path: Path, shot: Shot) -> None:
    kept = references.kept(shot)
    assert kept is not None, f"there is no {shot.file.name}: python -m tests.browser.references {shot.name}"
    seen = references.take(chromium, pictured, shot)
    share = references.different(seen, kept)
    if share > MOST_DIFFERENT:
        seen.save(tmp_path / shot.file.name)
    assert share <= MOST_DIFFERENT, (
        f"{share:.2%} of the pixels differ (sizes {seen.size} and {kept.size}). See {tmp_path / shot.file.name}; "
        f"if it is meant: python -m tests.browser.references {shot.name}"
    )


def test_every_kind_of_page_has_a_picture() -> None:
    """What the other browser tests open, by the same place in the site."""

    def shape(path: str) -> str:
        parts = [part for part in path.replace("index.html", "").split("/") if part]
        fixed = {
            "scorecards", "teams", "months", "totals", "data-quality", "standards", "editions", "changes", "complete",
            "conversation", "onboarding", "method", "me", "my-scorecard", "glossary", "sample-scorecard",
        }  # fmt: skip
        return "/".join(part if part in fixed or part.endswith(".html") else "*" for part in parts)

    opened = {shape(places.address(kind, "de")) for kind, _ in places.ALL}
    assert opened - {shape(shot.path) for shot in SHOTS} == set()


def test_the_pictures_are_small_and_all_are_used() -> None:
    files = sorted(FOLDER.glob("*.png"))
    assert {file.stem for file in files} == {shot.name for shot in SHOTS}
    assert sum(file.stat().st_size for file in files) < MOST_BYTES


def test_a_difference_is_seen() -> None:
    """One row of a hundred is too much; half a tenth of a percent is not."""
    plain = Image.new("RGB", (200, 100), "white")
    for height, is_same in ((0, True), (1, False)):
        other = plain.copy()
        if height:
            ImageDraw.Draw(other).rectangle((0, 0, 199, height - 1), fill="#004466")
        ImageDraw.Draw(other).rectangle((0, 99, 8, 99), fill="#aa0000")
        assert (references.different(plain, other) <= MOST_DIFFERENT) is is_same
    assert references.different(plain, Image.new("RGB", (200, 101), "white")) == 1.0
    # A palette's slight shift of a colour is none.
    assert references.different(plain, Image.new("RGB", (200, 100), "#f8f8f8")) == 0.0
