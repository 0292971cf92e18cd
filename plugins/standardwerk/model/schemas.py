"""JSON Schemas of the YAML files, made from their forms: editors complete keys and mark faults while one writes.

An editor sees less than ``standardwerk check`` does: a schema knows keys, types and words, not what fits together.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel

from standardwerk.model.access import Access
from standardwerk.model.calendar import CalendarForm
from standardwerk.model.closing import Corrections
from standardwerk.model.fields import Form
from standardwerk.model.handbook import Editions
from standardwerk.model.method import MethodForm
from standardwerk.model.names import Names
from standardwerk.model.notes import ActionsForm
from standardwerk.model.page import PageForm, PageRevisionForm
from standardwerk.model.privacy import Privacy
from standardwerk.model.retention import Retention
from standardwerk.model.sample import Sample
from standardwerk.model.sources import SourcesForm
from standardwerk.model.standard import RevisionForm, StandardForm
from standardwerk.model.terms import Glossary

DIALECT = "https://json-schema.org/draft/2020-12/schema"


@dataclass(frozen=True)
class SchemaKind:
    """The files a schema is for."""

    form: type[Form]
    files: str
    """A pattern below the project's folder."""


KINDS: Mapping[str, SchemaKind] = {
    "handbook": SchemaKind(Names, "standards/handbook.yml"),
    "editions": SchemaKind(Editions, "standards/editions.yml"),
    "glossary": SchemaKind(Glossary, "standards/glossary.yml"),
    "sample": SchemaKind(Sample, "standards/sample.yml"),
    "standard": SchemaKind(StandardForm, "standards/*/standard.yml"),
    "revision": SchemaKind(RevisionForm, "standards/*/[0-9]*.yml"),
    "method": SchemaKind(MethodForm, "standards/method/[0-9]*.yml"),
    "page": SchemaKind(PageForm, "standards/*/page.yml"),
    "page-revision": SchemaKind(PageRevisionForm, "standards/*/[0-9]*.yml"),
    "sources": SchemaKind(SourcesForm, "scorecards/sources.yml"),
    "calendar": SchemaKind(CalendarForm, "scorecards/calendar.yml"),
    "access": SchemaKind(Access, "scorecards/access.yml"),
    "privacy": SchemaKind(Privacy, "scorecards/privacy.yml"),
    "retention": SchemaKind(Retention, "scorecards/retention.yml"),
    "corrections": SchemaKind(Corrections, "scorecards/corrections.yml"),
    "actions": SchemaKind(ActionsForm, "scorecards/notes/*/*.actions.yml"),
}


def schema_of(kind: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a kind of file. Raises :class:`KeyError` for an unknown kind."""
    form = KINDS[kind].form
    schema = form.model_json_schema(mode="validation", by_alias=True)
    definitions = schema.get("$defs", {})
    for model in _models_of(form):
        part = schema if model is form else definitions[model.__name__]
        for name, key in keys_of(model).items():
            part["properties"][key]["description"] = _told(attribute_docstrings(model).get(name, ""))
        part["description"] = _told(part["description"])
    return {"$schema": DIALECT, **_without_titles(schema), "title": KINDS[kind].files}


def keys_of(model: type[BaseModel]) -> Mapping[str, str]:
    """By field of a form: its key in the file, in the order of the form."""
    schema = model.model_json_schema(mode="validation", by_alias=True)
    return dict(zip(model.model_fields, schema["properties"], strict=True))


def _told(text: str) -> str:
    """A docstring as editors show it: Markdown, in which one sign marks code."""
    return text.replace("``", "`")


def _without_titles(schema: Any, *, of_fields: bool = False) -> Any:
    """The schema without the titles that repeat the names of fields."""
    if isinstance(schema, dict):
        return {
            name: _without_titles(part, of_fields=name in {"properties", "$defs"} and not of_fields)
            for name, part in schema.items()
            if name != "title" or of_fields
        }
    return [_without_titles(part) for part in schema] if isinstance(schema, list) else schema


def _models_of(form: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """A form and all forms inside it, each once."""
    seen: dict[type[BaseModel], None] = {}
    waiting: list[object] = [form]
    while waiting:
        one = waiting.pop()
        if isinstance(one, type) and issubclass(one, BaseModel):
            if one not in seen:
                seen[one] = None
                waiting += [field.annotation for field in one.model_fields.values()]
        else:
            waiting += get_args(one)
    yield from seen


@cache
def attribute_docstrings(model: type) -> Mapping[str, str]:
    """The docstrings under the fields of a form or a dataclass, those it has from others included."""
    found: dict[str, str] = {}
    for one in reversed(model.__mro__):
        if one.__module__.startswith(__name__.partition(".")[0]):
            found.update(_own_docstrings(one))
    return found


def _own_docstrings(model: type) -> Mapping[str, str]:
    (body,) = ast.parse(inspect.cleandoc("\n" + inspect.getsource(model))).body
    assert isinstance(body, ast.ClassDef)
    found = {}
    for field, text in zip(body.body, body.body[1:], strict=False):
        is_text = (
            isinstance(text, ast.Expr) and isinstance(text.value, ast.Constant) and isinstance(text.value.value, str)
        )
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and is_text:
            found[field.target.id] = " ".join(inspect.cleandoc(text.value.value).split())  # type: ignore[attr-defined]
    return found
