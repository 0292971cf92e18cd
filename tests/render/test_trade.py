"""Nothing in code or theme says what one trade calls its things: such words come from the handbook and its sources."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from babel.messages.pofile import read_po

from tests.render.catalogue import LOCALES, ROOT, extract
from tests.sites.trades import SELLING

#: Messages of other trades' handbooks, too, may give examples; the sample of ``standardwerk new`` is one.
EXAMPLES = ("plugins/standardwerk/diagnostics/codes/", "plugins/standardwerk/operations/scaffold")


def texts(message: object) -> Iterator[str]:
    """A message's text, or texts."""
    yield from [message] if isinstance(message, str) else message  # type: ignore[misc]


def test_messages_are_of_no_trade() -> None:
    shown = [
        message
        for message in extract(ROOT)
        if not all(place.startswith(EXAMPLES) for place, _ in message.locations) and message.id
    ]
    assert len(shown) > 800
    assert [text for message in shown for text in texts(message.id) if SELLING.search(text)] == []


@pytest.mark.parametrize("file", sorted((ROOT / LOCALES).glob("*.po")), ids=lambda file: file.stem)
def test_translations_are_of_no_trade(file: object) -> None:
    with file.open("rb") as stream:  # type: ignore[attr-defined]
        catalogue = read_po(stream)
    shown = [
        message
        for message in catalogue
        if message.id and not all(place.startswith(EXAMPLES) for place, _ in message.locations)
    ]
    assert len(shown) > 800
    assert [text for message in shown for text in texts(message.string) if SELLING.search(text)] == []


def test_the_theme_is_of_no_trade() -> None:
    """Templates, styles, scripts: comments included. (``pipeline`` is a word of lunr’s.)"""
    files = [file for ending in ("html", "css", "js") for file in (ROOT / "theme").rglob(f"*.{ending}")]
    assert len(files) > 25
    found = {(file.name, match[0]) for file in files for match in SELLING.finditer(file.read_text("utf-8"))}
    assert found <= {("standardwerk.js", "Pipeline"), ("standardwerk.js", "pipeline")}
