"""Nothing in code or theme says what one trade calls its things: such words come from the handbook and its sources."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

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


def strings(file: Path) -> Iterator[str]:
    """The texts in code that it can show or compare with: all but those that explain."""
    tree = ast.parse(file.read_text("utf-8"))
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node.value


def test_the_code_is_of_no_trade() -> None:
    """But for headers by which a roster may be known, besides those that say no more than “person” and “area”."""
    package = ROOT / "plugins/standardwerk"
    files = [file for file in package.rglob("*.py") if not file.relative_to(ROOT).as_posix().startswith(EXAMPLES)]
    assert len(files) > 200
    found = {(file.stem, text) for file in files for text in strings(file) if SELLING.search(text)}
    # A package, a word of lunr’s, and the notation of charts (IBCS) have words that selling has, too.
    ours = {("workers", "standardwerk.pipeline"), ("search", "pipeline"), ("columns", "forecast")}
    assert found - ours == {("sources", "Vertriebsmitarbeiter"), ("roster", "Vertriebsgebiet")}
