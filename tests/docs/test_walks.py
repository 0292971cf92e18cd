"""Each guide is walked through: its commands run, in its order, and print what it shows."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.docs.walk import Walk, blocks

DOCS = Path(__file__).resolve().parents[2] / "plugins" / "docs"
#: Any day: the guides say themselves which one they play on.
TODAY = date(2028, 5, 17)


@pytest.mark.site
@pytest.mark.parametrize("name", ["tutorial.md", "how-to.md", "leitfaden.de.md"])
def test_a_guide_comes_true(name: str, tmp_path: Path) -> None:
    walk = Walk(tmp_path, TODAY)
    for block in blocks((DOCS / name).read_text("utf-8")):
        walk.take(block)
    assert walk.commands > 5


def test_what_does_not_come_true_is_noticed(tmp_path: Path) -> None:
    guide = "```sh\necho one; echo two\n```\n```text\n{}\n```\n"
    for text in ("one\ntwo", "o…e"):
        walk = Walk(tmp_path, TODAY)
        for block in blocks(guide.format(text)):
            walk.take(block)
    for text in ("two\none", "three"):
        walk = Walk(tmp_path, TODAY)
        with pytest.raises(AssertionError):
            for block in blocks(guide.format(text)):
                walk.take(block)
    with pytest.raises(AssertionError):
        Walk(tmp_path, TODAY).take(next(blocks("```sh\nfalse\n```\n")))
