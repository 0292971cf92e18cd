"""Cells of a CSV to exact values, strictly by the declared locale."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache

from babel import Locale, UnknownLocaleError

from standardwerk.model.sources import ColumnForm

Cell = str | int | Decimal | date | bool | None
Reader = Callable[[str], Cell]


def _(message: str) -> str:
    return message


EXPECTED_CELL = {
    "integer": _("a whole number"),
    "number": _("a number of this file’s locale"),
    "date": _("a date of this file’s locale"),
    "boolean": _("yes or no"),
    "string": _("a text"),
    "month": _("a month like 2026-03"),
}

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_DAY_FIRST = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")
_TRUE = frozenset({"true", "yes", "ja", "x", "1", "wahr"})
_FALSE = frozenset({"false", "no", "nein", "0", "falsch"})
_SPACES = "\u00a0\u202f\u2009"


class PercentError(ValueError):
    """A percentage where a count or an amount is wanted."""


@cache
def number_form(locale: str) -> tuple[str, str]:
    """Decimal and grouping character of a locale. Raises ``ValueError`` if it is unknown."""
    try:
        parsed = Locale.parse(locale)
    except (UnknownLocaleError, ValueError) as error:
        raise ValueError(locale) from error
    symbols = parsed.number_symbols["latn"]
    return symbols["decimal"], symbols["group"]


def _number_reader(locale: str, *, whole: bool) -> Reader:
    decimal, group = number_form(locale)
    groups = {group}
    if group in {"’", "'"}:
        groups |= {"’", "'"}
    if group.isspace():
        groups |= {" ", *_SPACES}
    grouping = "[" + "".join(re.escape(one) for one in sorted(groups)) + "]"
    form = re.compile(rf"-?(?:\d{{1,15}}|[1-9]\d{{0,2}}(?:{grouping}\d{{3}}){{1,5}})(?:{re.escape(decimal)}(\d{{1,9}}))?")
    # "0.500" is no grouped 500: nobody writes so, and it may be meant as a half.
    removed = {ord(one): None for one in groups}

    def read(text: str) -> Cell:
        # Most cells are plain digits.
        if text.isascii() and text.isdigit() and len(text) <= 15:
            return int(text)
        plain = text.replace("−", "-").removesuffix("€").removeprefix("€").strip(" " + _SPACES)
        if plain.endswith("%"):
            raise PercentError(text)
        match = form.fullmatch(plain)
        if not match:
            raise ValueError(text)
        value = Decimal(plain.translate(removed).replace(decimal, "."))
        if whole:
            if value != value.to_integral_value():
                raise ValueError(text)
            return int(value)
        return value

    return read


def _date_reader(locale: str) -> Reader:
    month_first = locale.replace("-", "_") in {"en", "en_US"}

    def read(text: str) -> Cell:
        if _ISO.fullmatch(text):
            return date.fromisoformat(text)
        match = _DAY_FIRST.fullmatch(text)
        if not match:
            raise ValueError(text)
        first, second, year = (int(part) for part in match.groups())
        # 03/04/2026 is read month first only where the declared locale writes it so; with points, never.
        return date(year, first, second) if month_first and "/" in text else date(year, second, first)

    return read


def _boolean(text: str) -> Cell:
    word = text.casefold()
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    raise ValueError(text)


def _string(text: str) -> Cell:
    return text


def reader_for(column: ColumnForm, locale: str) -> Reader:
    """The function that reads a column's cells; it raises ``ValueError``, or :class:`PercentError`."""
    if column.type == "integer":
        return _number_reader(locale, whole=True)
    if column.type == "number":
        return _number_reader(locale, whole=False)
    if column.type == "date":
        return _date_reader(locale)
    return _boolean if column.type == "boolean" else _string


def example_of(column: ColumnForm, locale: str) -> str:
    """How a cell of the column is written, for a message."""
    decimal, _ = number_form(locale)
    if column.type == "integer":
        return "1234"
    if column.type == "number":
        return f"1234{decimal}56"
    if column.type == "date":
        return "2026-03-31"
    return "ja, nein" if column.type == "boolean" else "…"
