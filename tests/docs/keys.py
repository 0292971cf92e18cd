"""The reference of all keys of YAML files, written from the schemas that editors use.

``python -m tests.docs.reference`` writes it, and a test holds it equal.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from standardwerk.model.schemas import KINDS, schema_of

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "plugins/docs/keys.md"

HEAD = """# Every key of every YAML file

Written from the code; a test holds it equal. Examples of whole files, and the rules of CSV files: [files](formats.md).
An editor that has the schemas (`standardwerk schema`) shows the same words.

A key in **bold** must be there. “Text per language” is a mapping like `{de: …, en: …}` with exactly the languages of
the handbook.
"""
#: What the schema of a field looks like, and what a reader calls it.
_SCALAR = ["string", "number", "boolean"]
_EXPRESSION = [{"type": "string"}, {"type": "integer"}]
_WORDS = {"integer": "whole number", "number": "number", "boolean": "true or false", "string": "text"}
_PATTERNS = {
    r"^\d{4}-\d{2}-\d{2}$": "date like 2026-03-31",
    r"^\d{4}-\d{2}$": "month like 2026-03",
    r"^[a-z0-9][a-z0-9-]{0,59}$": "id",
    r"^(month|year-to-date|rolling \d{1,2})$": "window",
}


def document() -> str:
    """The whole page."""
    told: set[str] = set()
    return "".join((HEAD, *(text for kind in KINDS for text in _file(kind, told)))).rstrip("\n") + "\n"


def _file(kind: str, told: set[str]) -> Iterator[str]:
    schema = schema_of(kind)
    yield f"\n## `{KINDS[kind].files}`\n\n{schema['description']}\n"
    yield _table(schema)
    for name, part in schema.get("$defs", {}).items():
        if name not in told:
            told.add(name)
            yield f"\n### {_name(name)}\n\n{part['description']}\n"
            yield _table(part)


def _table(part: Mapping[str, Any]) -> str:
    rows = ["\n| key | value | left out | meaning |\n|---|---|---|---|\n"]
    for key, field in part["properties"].items():
        needed = key in part.get("required", ())
        name = f"**`{key}`**" if needed else f"`{key}`"
        cells = (name, _value(field), "" if needed else _default(field), field["description"])
        rows.append(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |\n")
    return "".join(rows)


def _default(field: Mapping[str, Any]) -> str:
    default = field.get("default")
    if default is None or default in ([], {}, "") or isinstance(default, dict):
        return ""
    return f"`{default if isinstance(default, str) else json.dumps(default)}`"


def _value(field: Mapping[str, Any]) -> str:
    """What stands at a key, in words."""
    if "$ref" in field:
        name = field["$ref"].rpartition("/")[2]
        return f"[{_name(name)}](#{_name(name).lower()})"
    if field.get("anyOf", ())[:2] == _EXPRESSION:
        return "[expression](formats.md#expressions)"
    if "anyOf" in field:
        return " or ".join(dict.fromkeys(_value(one) for one in field["anyOf"] if one != {"type": "null"}))
    if "enum" in field:
        return " ".join(f"`{word}`" for word in field["enum"])
    if "const" in field:
        return f"`{field['const']}`"
    if field.get("type") == "array":
        return _list(field)
    if field.get("type") == "object":
        return (
            "text per language" if "propertyNames" in field else f"mapping to {_value(field['additionalProperties'])}"
        )
    return _plain(field)


def _list(field: Mapping[str, Any]) -> str:
    if "prefixItems" in field:
        return f"pair of {_value(field['prefixItems'][0])}s"
    return f"list of {_value(field['items'])}"


def _plain(field: Mapping[str, Any]) -> str:
    if field.get("type") == _SCALAR:
        return "text"
    if "pattern" in field:
        return _PATTERNS[field["pattern"]]
    word = _WORDS[field["type"]]
    low, high = field.get("minimum"), field.get("maximum")
    return word if low is None else f"{word}, {low}" if low == high else f"{word}, {low} to {high}"


def _name(definition: str) -> str:
    return definition.removesuffix("Form")
