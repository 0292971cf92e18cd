"""The JSON Schemas for editors: they know what the forms know, and the demo keeps to them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from standardwerk.model.schemas import KINDS, schema_of
from tests.conftest import ROOT
from tests.sites.tiny import Tiny
from tests.yaml12 import Yaml12


def faults(kind: str, text: str) -> list[str]:
    found = Draft202012Validator(schema_of(kind)).iter_errors(yaml.load(text, Yaml12))
    return [f"{one.json_path}: {one.message}" for one in found]


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_is_one(kind: str) -> None:
    schema = schema_of(kind)
    Draft202012Validator.check_schema(schema)
    assert schema["additionalProperties"] is False
    fields = KINDS[kind].form.model_fields
    assert len(schema["properties"]) == len(fields)


def files_of(kind: str) -> list[Path]:
    found = sorted(ROOT.glob(KINDS[kind].files))
    method = ROOT / "standards" / "method"
    if kind in {"revision", "page-revision"}:
        pages = {file.parent for file in ROOT.glob(KINDS["page"].files)}
        found = [file for file in found if file.parent != method and (file.parent in pages) is (kind != "revision")]
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_the_demo_keeps_to_them(kind: str) -> None:
    files = files_of(kind)
    assert files or kind in {"page", "page-revision"}
    assert {file.name: found for file in files if (found := faults(kind, file.read_text("utf-8")))} == {}


@pytest.mark.parametrize(
    ("kind", "path", "change"),
    [
        ("handbook", "standards/handbook.yml", lambda data: data.pop("groups")),
        ("handbook", "standards/handbook.yml", lambda data: data.update(colour="red")),
        ("calendar", "scorecards/calendar.yml", lambda data: data.update(fiscal_year_start=13)),
        ("calendar", "scorecards/calendar.yml", lambda data: data.update(workdays=["Montag"])),
        ("access", "scorecards/access.yml", lambda data: data.update(default="everyone")),
        ("revision", "standards/bookings/2026-01-01.yml", lambda data: data["measures"][0].update(window="rolling")),
        ("revision", "standards/bookings/2026-01-01.yml", lambda data: data["measures"][0].update(unit="miles")),
        ("sources", "scorecards/sources.yml", lambda data: data["sources"]["sales"].update(rows="some")),
        ("sources", "scorecards/sources.yml", lambda data: data.update(delimiter="#")),
    ],
)
def test_a_mistake_is_marked(kind: str, path: str, change: Any) -> None:
    data = yaml.safe_load(yaml.safe_dump(Tiny().files[path]))
    assert faults(kind, yaml.safe_dump(data)) == []
    change(data)
    assert len(faults(kind, yaml.safe_dump(data))) == 1


def test_fields_are_explained() -> None:
    properties = schema_of("sources")["$defs"]["WideForm"]["properties"]
    assert properties["columns"]["description"].startswith("By header: the month")


def properties_of(schema: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """All keys of a kind of file, by where they stand."""
    parts = {"": schema, **schema.get("$defs", {})}
    return {f"{name}.{key}": field for name, part in parts.items() for key, field in part["properties"].items()}


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_is_explained(kind: str) -> None:
    """Editors show the words, and the reference has them: those of a reader, not of a programmer."""
    told = {key: field["description"] for key, field in properties_of(schema_of(kind)).items()}
    assert {key for key, text in told.items() if len(text) < 8 or not text.endswith(".")} == set()
    assert {key for key, text in told.items() if "None" in text or "``" in text} == set()


def test_a_key_that_is_optional_says_what_holds_without_it() -> None:
    """Either as a default of its own, or in words; a list or mapping that is left out is empty."""
    silent = {
        f"{kind}{key}"
        for kind in KINDS
        for key, field in properties_of(schema_of(kind)).items()
        if "default" in field and field["default"] is None and "left out" not in field["description"].lower()
    }
    assert silent == set()
