"""Every scorecard's JSON is as its schema says, and the documentation names every key of the schema."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from jsonschema import Draft202012Validator

ROOT = Path(__file__).resolve().parents[2]
SCHEMA: dict[str, Any] = json.loads((ROOT / "plugins/standardwerk/schemas/scorecard.schema.json").read_text("utf-8"))
DOCUMENT = (ROOT / "plugins/docs/scorecard-json.md").read_text("utf-8")
STATES = frozenset(SCHEMA["$defs"]["state"]["enum"])
"""The keys of the summary."""
LEAST_CARDS = 400


def parts(node: object) -> Iterator[dict[str, Any]]:
    """All mappings of the schema."""
    if isinstance(node, dict):
        yield node
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from parts(child)


def objects() -> list[dict[str, Any]]:
    """The shapes of objects, without those that only restrict one."""
    return [part for part in parts(SCHEMA) if part.get("type") == "object"]


def keys() -> set[str]:
    return {key for one in objects() for key in one.get("properties", ())}


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_objects_are_closed() -> None:
    for one in objects():
        if "properties" in one:
            assert one["additionalProperties"] is False
        assert "description" in one


def test_every_key_is_described() -> None:
    for one in objects():
        for key, value in one.get("properties", {}).items():
            name = value.get("$ref", "").removeprefix("#/$defs/")
            assert key in STATES or "description" in value or "description" in SCHEMA["$defs"][name], key


def test_the_documentation_names_every_key() -> None:
    named = set(re.findall(r"`([a-z_]+)", DOCUMENT))
    assert not keys() - named


@pytest.mark.site
def test_every_scorecard_is_valid(demo_site: Path) -> None:
    # Hundreds of large files: this one is a hundred times as fast as the validator in Python.
    validator = jsonschema_rs.Draft202012Validator(SCHEMA)
    files = sorted((demo_site / "scorecards").glob("*/????-??.json"))
    assert len(files) > LEAST_CARDS
    faults = [
        f"{file.parent.name} {file.stem} {'/'.join(map(str, fault.instance_path))}: {fault.message[:200]}"
        for file in files
        for fault in validator.iter_errors(json.loads(file.read_text("utf-8")))
    ]
    if faults:
        pytest.fail("\n".join([f"{len(faults)} faults", *faults[:20]]), pytrace=False)


@pytest.mark.site
def test_a_wrong_scorecard_is_not(demo_site: Path) -> None:
    file = min((demo_site / "scorecards").glob("*/????-??.json"))
    card = json.loads(file.read_text("utf-8"))
    validator = Draft202012Validator(SCHEMA)
    measure = card["standards"][0]["measures"][0]
    for change in ({"value": 85.0}, {"further": 1}, {"status": "no_data", "value": "1.0"}, {"reason": "no_lines"}):
        wrong = {**card, "standards": [{**card["standards"][0], "measures": [{**measure, **change}]}]}
        assert not validator.is_valid(wrong), change
