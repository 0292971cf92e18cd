"""All texts of the demo's handbook and of the interface, by language, with the place of each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import yaml
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
STANDARDS = ROOT / "standards"
LANGUAGES = ("de", "en")
_CODE = re.compile(r"```.*?```|`[^`]*`|\]\([^)]*\)|\{[#:][^}]*\}|<[^>]+>", re.S)
_FRONT = re.compile(r"\A---\n.*?\n---\n", re.S)


class Text(NamedTuple):
    """A text a reader sees."""

    place: str
    language: str
    text: str


def _local(value: object, place: str) -> Iterator[Text]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in {"source", "synonyms"}:
                # A quotation, and words readers may look for: not words the handbook uses.
                continue
            if key in LANGUAGES and isinstance(inner, str):
                yield Text(place, str(key), inner)
            else:
                yield from _local(inner, f"{place}:{key}")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _local(inner, f"{place}[{index}]")


def handbook_texts() -> list[Text]:
    """The texts under ``standards/``: wordings without code and link targets, and texts per language in YAML."""
    found: list[Text] = []
    for file in sorted(STANDARDS.rglob("*")):
        name = file.relative_to(ROOT).as_posix()
        if file.suffix == ".md":
            text = _CODE.sub(" ", _FRONT.sub("", file.read_text(encoding="utf-8")))
            found.append(Text(name, file.name.split(".")[-2], text))
        elif file.suffix == ".yml":
            found += _local(yaml.safe_load(file.read_text(encoding="utf-8")), name)
    return found


def interface_texts() -> list[Text]:
    """The texts of the interface: the catalogue's German, and its ids, which are the English."""
    found: list[Text] = []
    file = ROOT / "theme" / "locales" / "de.po"
    with file.open("rb") as stream:
        catalogue = read_po(stream, locale="de")
    for message in catalogue:
        if not message.id:
            continue
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        texts = [message.string] if isinstance(message.string, str) else list(message.string)
        found += [Text(f"de.po: {ids[0]}", "en", text) for text in ids]
        found += [Text(f"de.po: {ids[0]}", "de", text) for text in texts]
    return found
