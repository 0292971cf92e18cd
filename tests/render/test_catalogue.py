"""Each catalogue of the theme has all messages of code and templates, and no others."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from standardwerk.diagnostics import CODES
from standardwerk.render.texts import fields
from tests.render.catalogue import KEYWORDS, LOCALES, ROOT, extract

FILES = sorted((ROOT / LOCALES).glob("*.po"))
Key = tuple[str | None, str]


def key(message: object, context: str | None) -> Key:
    return (context, message if isinstance(message, str) else message[0])  # type: ignore[index]


@pytest.fixture(scope="module")
def used() -> dict[Key, tuple[str, ...]]:
    messages = [message for message in extract(ROOT) if message.id]
    return {
        key(message.id, message.context): (message.id,) if isinstance(message.id, str) else tuple(message.id)
        for message in messages
    }


def test_messages_are_found(used: dict[Key, tuple[str, ...]]) -> None:
    for code in CODES.values():
        assert {(None, code.what), (None, code.cure)} <= used.keys()
    assert ("state", "met") in used
    assert used[None, "mean of {count} rating"] == ("mean of {count} rating", "mean of {count} ratings")


def test_no_message_hides_in_a_formatted_string() -> None:
    """Before Python 3.12 extraction does not look into them: the message would stay English."""
    hidden = [
        (file.name, call.lineno)
        for file in sorted((ROOT / "plugins/standardwerk").rglob("*.py"))
        for text in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and call.args and isinstance(call.args[0], ast.Constant)
        if getattr(call.func, "attr", getattr(call.func, "id", "")) in KEYWORDS
    ]
    assert hidden == []


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_catalogue(file: Path, used: dict[Key, tuple[str, ...]]) -> None:
    with file.open("rb") as stream:
        catalogue = read_po(stream, locale=file.stem, abort_invalid=True)
    entries = {key(message.id, message.context): message for message in catalogue if message.id}
    forms = {
        found: [message.string] if isinstance(message.string, str) else list(message.string)
        for found, message in entries.items()
    }
    hint = "run python -m tests.render.catalogue, then fill in the translations"
    assert sorted(map(str, used.keys() - entries.keys())) == [], hint
    assert sorted(map(str, entries.keys() - used.keys())) == [], hint
    assert [found for found, texts in forms.items() if not all(texts)] == []
    assert [found for found, message in entries.items() if message.fuzzy] == []
    assert list(catalogue.obsolete) == []
    for found, texts in forms.items():
        wanted = frozenset[str]().union(*map(fields, used[found]))
        for text in texts:
            assert fields(text) <= wanted, text
            # A plural form may leave the number out: „letzter Monat“.
            assert fields(text) == wanted or len(texts) > 1, text


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_typography(file: Path) -> None:
    with file.open("rb") as stream:
        catalogue = read_po(stream, locale=file.stem)
    texts = [str(message.string) for message in catalogue if message.id]
    if file.stem == "de":
        assert [text for text in texts if "“" in text.replace("„", "", 1) and "„" not in text] == []
        assert [text for text in texts if " - " in text or "..." in text or "Sie müssen" in text] == []
