"""The types of fields in YAML files.

Every scalar of a YAML file arrives as text (see ``load.yaml``), and each type here reads the one form it accepts. So
``no`` in a text stays "no", and a label ``2025.1`` keeps its point.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    WithJsonSchema,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from standardwerk.model.months import Month

_INTEGER = re.compile(r"-?\d{1,15}")
_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,9})?")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))})


def _(message: str) -> str:
    return message


#: What a field of each type is called in a diagnostic; message ids of the catalogue.
EXPECTED = {
    "text": _("a text"),
    "integer": _("a whole number"),
    "number": _("a number with a point, like 0.5"),
    "boolean": _("true or false"),
    "date": _("a date like 2026-03-31"),
    "month": _("a month like 2026-03"),
    "list": _("a list"),
    "mapping": _("a mapping of keys to values"),
    "window": _("month, rolling N or year-to-date"),
    "choice": _("one of: {choices}"),
    "range": _("between {low} and {high}"),
    "expression": _("an expression"),
    "pattern": _("a text, or a regular expression between slashes"),
    "id": _("an id"),
    "cells": _("one value, or a list of at most {most}"),
    "day": _("a day of the month, like “day 3” (at most 28), or “day 3 before” of the month before"),
}


def fault(expected: str, **context: Any) -> PydanticCustomError:
    """A field that is not what it should be; ``expected`` is a key of :data:`EXPECTED`."""
    return PydanticCustomError("expected", "{expected}", {"expected": expected, **context})


def is_id(text: str) -> bool:
    """Whether a text can be an id, a folder and a URL segment on every system."""
    return bool(_ID.fullmatch(text)) and text not in _RESERVED


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise fault("text")
    return value


def _read_id(value: object) -> str:
    text = _text(value)
    if not is_id(text):
        raise PydanticCustomError("bad_id", "{value}", {"value": text})
    return text


def _integer(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if not isinstance(value, str) or not _INTEGER.fullmatch(value):
        raise fault("integer")
    return int(value)


def _number(value: object) -> Decimal:
    if isinstance(value, Decimal):
        return value
    if not isinstance(value, str) or not _NUMBER.fullmatch(value):
        raise fault("number")
    return Decimal(value)


def _pattern(value: object) -> str:
    text = _text(value)
    if not text.strip():
        raise fault("pattern")
    if text.startswith("/"):
        if len(text) < 3 or not text.endswith("/"):
            raise fault("pattern")
        try:
            re.compile(text[1:-1])
        except re.error:
            raise fault("pattern") from None
    return text


def _boolean(value: object) -> bool:
    if isinstance(value, bool):
        return value
    if value not in {"true", "false"}:
        raise fault("boolean")
    return value == "true"


def _date(value: object) -> date:
    if isinstance(value, date):
        return value
    if isinstance(value, str) and _DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise fault("date")


def _month(value: object) -> Month:
    if isinstance(value, Month):
        return value
    try:
        return Month.parse(_text(value))
    except ValueError:
        raise fault("month") from None


@dataclass(frozen=True)
class OneOf:
    """A validator for a closed list of words."""

    choices: tuple[str, ...]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self._read, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"type": "string", "enum": list(self.choices)}

    def _read(self, value: object) -> str:
        if value not in self.choices:
            raise fault("choice", choices=", ".join(self.choices))
        return str(value)


def one_of(*choices: str) -> OneOf:
    """A validator for a closed list of words."""
    return OneOf(choices)


@dataclass(frozen=True)
class Within:
    """A validator for numbers from ``low`` to ``high``, both included."""

    low: int
    high: int

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self._read, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {**handler(schema), "minimum": self.low, "maximum": self.high}

    def _read(self, value: Any) -> Any:
        if not self.low <= value <= self.high:
            raise fault("range", low=str(self.low), high=str(self.high))
        return value


def within(low: int, high: int) -> Within:
    """A validator for numbers from ``low`` to ``high``, both included."""
    return Within(low, high)


# What an editor is told of a field. Its YAML parser makes numbers and truth values of unquoted texts; ours does not.
_SCALAR = {"type": ["string", "number", "boolean"]}
_DAY = {"type": "string", "pattern": rf"^{_DATE.pattern}$"}
_BY_LANGUAGE = {"type": "object", "propertyNames": {"pattern": "^[a-z]{2,3}\\b"}, "additionalProperties": _SCALAR}

Text = Annotated[str, BeforeValidator(_text), WithJsonSchema(_SCALAR)]
Id = Annotated[str, BeforeValidator(_read_id), WithJsonSchema({"type": "string", "pattern": f"^{_ID.pattern}$"})]
Integer = Annotated[int, BeforeValidator(_integer), WithJsonSchema({"type": "integer"})]
Number = Annotated[Decimal, BeforeValidator(_number), WithJsonSchema({"type": "number"})]
#: A text, or ``/a regular expression/``.
Pattern = Annotated[str, BeforeValidator(_pattern), WithJsonSchema(_SCALAR)]
Boolean = Annotated[bool, BeforeValidator(_boolean), WithJsonSchema({"type": "boolean"})]
Date = Annotated[date, BeforeValidator(_date), WithJsonSchema(_DAY)]
MonthField = Annotated[Month, BeforeValidator(_month), WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d{2}$"})]


class Local(dict[str, str]):
    """A text in each language of the handbook, by language code."""


#: A text per language; completeness is checked when the languages are known.
LocalText = Annotated[Mapping[str, Text], AfterValidator(Local), WithJsonSchema(_BY_LANGUAGE)]


class Form(BaseModel):
    """A frozen value read from YAML: unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)
