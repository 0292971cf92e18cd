"""Cells of a CSV to exact values, strictly by the declared locale."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.numbers import get_currency_symbol

from standardwerk.model.sources import AUTO, ColumnForm

Cell = str | int | Decimal | date | bool | None
Reader = Callable[[str], Cell]


def _(message: str) -> str:
    return message


@dataclass(frozen=True, slots=True)
class TypedCell:
    """A cell of a workbook that is no text: there is nothing to settle about how it is written."""

    kind: str
    """``number``, ``percent``, ``foreign`` (another currency), ``date``, ``time``, ``boolean``, ``error``, ``formula``
    (one without a value)."""
    text: str
    """``1234.56``, ``2026-03-31``, ``true``; of an error what the workbook shows."""


#: A formula that the software that wrote the workbook did not compute: no empty cell.
NO_VALUE = TypedCell("formula", "")

RawCell = str | TypedCell


def text_of(cell: RawCell) -> str:
    """A cell for a message."""
    return cell if isinstance(cell, str) else cell.text


EXPECTED_CELL = {
    "integer": _("a whole number"),
    "number": _("a number of this file’s locale"),
    "date": _("a date of this file’s locale"),
    "datetime": _("a date of this file’s locale, with or without a time of day"),
    "boolean": _("yes or no"),
    "string": _("a text"),
    "month": _("a month like 2026-03"),
    "places": _("a number with at most 9 decimals"),
    "year": _("a year like 2026"),
}

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_POINTS = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
_YEAR_FIRST = re.compile(r"([0-9]{4})/([0-9]{1,2})/([0-9]{1,2})")
_MONTH = re.compile(r"([0-9]{4})[-/](0[1-9]|1[0-2])|(0?[1-9]|1[0-2])[./]([0-9]{4})")
_PLAIN_NUMBER = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,9})?")
_SLASHES = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
#: A time of day behind a date, without a zone: with one, the day would depend on where one is.
_TIME = re.compile(r"([^\s,]+)(?:[ T]|, )(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:[.,][0-9]{1,9})?)?")
_SHORT_YEAR = re.compile(r"[0-9]{1,2}([./-])[0-9]{1,2}\1[0-9]{2}")
_TRUE = frozenset({"true", "yes", "ja", "x", "1", "wahr"})
_FALSE = frozenset({"false", "no", "nein", "0", "falsch"})
_SPACES = " \u00a0\u202f\u2009"
_APOSTROPHES = "’'"
_MINUS = str.maketrans("−", "-")
_CODE = re.compile(r"[A-Z]{3}\b|.*\b[A-Z]{3}$")


class CellError(ValueError):
    """A cell that is refused for a reason with a code of its own."""

    code = "SW306"


class PercentError(CellError):
    """A percentage where a count or an amount is wanted."""

    code = "SW321"


class CurrencyError(CellError):
    """An amount in another currency than the handbook's."""

    code = "SW326"


class DateOrderError(CellError):
    """A date with slashes, where nothing says whether the day or the month comes first."""

    code = "SW327"


class PlacesError(CellError):
    """A number with more decimals than can be carried."""

    code = "SW306"


class TimeOfDayError(CellError):
    """A date with a time of day, where a day is wanted."""

    code = "SW358"


class ShortYearError(CellError):
    """A year of two digits."""

    code = "SW328"


@cache
def _locale(locale: str) -> Locale:
    try:
        return Locale.parse(locale)
    except (UnknownLocaleError, ValueError, TypeError) as error:
        raise ValueError(locale) from error


@cache
def number_form(locale: str) -> tuple[str, str]:
    """Decimal and grouping character of a locale. Raises ``ValueError`` if it is unknown."""
    symbols = _locale(locale).number_symbols["latn"]
    return symbols["decimal"], symbols["group"]


@cache
def _marks(locale: str) -> tuple[str, frozenset[str]]:
    """The decimal character of a locale and everything that may group its digits.

    Spaces may everywhere: they mean nothing else. Austria groups numbers with a space and amounts with a point.
    """
    symbols = _locale(locale).number_symbols["latn"]
    groups = {symbols["group"], symbols.get("currencyGroup", symbols["group"]), *_SPACES}
    if groups & set(_APOSTROPHES):
        groups |= set(_APOSTROPHES)
    return symbols["decimal"], frozenset(groups - {symbols["decimal"]})


@cache
def currency_signs(currency: str) -> tuple[str, ...]:
    """How a currency may be written, the longest first."""
    found = {currency, get_currency_symbol(currency, "de"), get_currency_symbol(currency, "en")}
    if currency == "CHF":
        found |= {"Fr.", "SFr.", "sFr."}
    return tuple(sorted(found, key=lambda sign: (-len(sign), sign)))


def _without(text: str, signs: Iterable[str]) -> str:
    for sign in signs:
        if text.startswith(sign):
            return text[len(sign) :].lstrip(_SPACES)
        if text.endswith(sign):
            return text[: -len(sign)].rstrip(_SPACES)
    return text


@cache
def _number_reader(decimal: str, groups: frozenset[str], currency: str, whole: bool) -> Reader:
    grouping = "[" + "".join(re.escape(one) for one in sorted(groups)) + "]"
    # "0.500" is no grouped 500: nobody writes so, and it may be meant as a half. One number has one grouping mark.
    form = re.compile(
        rf"(?:[0-9]{{1,15}}|[1-9][0-9]{{0,2}}(?P<mark>{grouping})[0-9]{{3}}(?:(?P=mark)[0-9]{{3}}){{0,4}})"
        rf"(?:{re.escape(decimal)}[0-9]{{1,9}})?"
    )
    removed = {ord(one): None for one in groups}
    signs = currency_signs(currency)

    def read(text: str) -> Cell:
        # Most cells are plain digits.
        if text.isascii() and text.isdigit() and len(text) <= 15:
            return int(text)
        plain = text.translate(_MINUS).strip()
        if plain.startswith("%") or plain.endswith(("%", "‰")):
            raise PercentError(text)
        negative = False
        if plain.startswith("(") and plain.endswith(")"):
            negative, plain = True, _without(plain[1:-1].strip(_SPACES), signs)
        else:
            plain = _without(plain, signs)
            if plain[:1] in {"-", "+"}:
                negative, plain = plain[0] == "-", _without(plain[1:].lstrip(_SPACES), signs)
            elif plain.endswith("-"):
                negative, plain = True, _without(plain[:-1].rstrip(_SPACES), signs)
        if not form.fullmatch(plain):
            if _is_foreign(plain):
                raise CurrencyError(text)
            raise ValueError(text)
        value = Decimal(plain.translate(removed).replace(decimal, "."))
        if value == value.to_integral_value():
            return -int(value) if negative else int(value)
        if whole:
            raise ValueError(text)
        return -value if negative else value

    return read


def _is_foreign(text: str) -> bool:
    if not any(char in "0123456789" for char in text):
        return False
    ends = (text[0], text[-1])
    return any(unicodedata.category(char) == "Sc" for char in ends) or bool(_CODE.match(text))


@cache
def date_order(locale: str) -> str | None:
    """How a locale writes dates with slashes: ``day-first``, ``month-first``, or None if it does not."""
    pattern = str(_locale(locale).date_formats["short"].pattern)
    if "/" not in pattern or pattern.lower().startswith("y"):
        return None
    return "month-first" if pattern.index("M") < pattern.index("d") else "day-first"


def _date_reader(order: str | None) -> Reader:
    def read(text: str) -> Cell:
        if _ISO.fullmatch(text):
            return date.fromisoformat(text)
        if match := _POINTS.fullmatch(text):
            day, month, year = (int(part) for part in match.groups())
            return date(year, month, day)
        if match := _SLASHES.fullmatch(text):
            if order is None:
                raise DateOrderError(text)
            first, second, year = (int(part) for part in match.groups())
            return date(year, first, second) if order == "month-first" else date(year, second, first)
        if match := _YEAR_FIRST.fullmatch(text):
            # Nobody writes the day before the month behind a year.
            year, month, day = (int(part) for part in match.groups())
            return date(year, month, day)
        if _SHORT_YEAR.fullmatch(text):
            raise ShortYearError(text)
        if match := _TIME.fullmatch(text):
            read(match[1])
            raise TimeOfDayError(text)
        raise ValueError(text)

    return read


def _datetime_reader(order: str | None) -> Reader:
    read_date = _date_reader(order)

    def read(text: str) -> Cell:
        match = _TIME.fullmatch(text)
        return read_date(match[1] if match else text)

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


def _month_reader(order: str | None) -> Reader:
    read_date = _date_reader(order)

    def read(text: str) -> Cell:
        if match := _MONTH.fullmatch(text):
            year, month = (match[1], match[2]) if match[1] else (match[4], match[3])
            return f"{year}-{int(month):02}"
        # A date stands for its month.
        return f"{read_date(text):%Y-%m}"

    return read


def read_typed(cell: TypedCell, column: ColumnForm) -> Cell:
    """The value of a workbook's cell in a column; raises as the functions of :func:`reader_for` do."""
    kind, text, wanted = cell.kind, cell.text, column.type
    if kind in {"percent", "foreign"} and wanted in {"integer", "number"}:
        raise PercentError(text) if kind == "percent" else CurrencyError(text)
    if kind == "number":
        if wanted in {"integer", "number"}:
            if not _PLAIN_NUMBER.fullmatch(text):
                raise PlacesError(text)
            value = Decimal(text)
            return int(value) if value == value.to_integral_value() else value
        if wanted == "string" and "." not in text:
            return text
        if wanted == "boolean" and text in {"0", "1"}:
            return text == "1"
    if kind == "date" and wanted in {"date", "datetime", "month"}:
        return date.fromisoformat(text) if wanted != "month" else text[:7]
    if kind == "time" and _ISO.fullmatch(text[:10]):
        if wanted == "date":
            raise TimeOfDayError(text)
        if wanted == "datetime":
            return date.fromisoformat(text[:10])
    if kind == "boolean" and wanted == "boolean":
        return text == "true"
    raise ValueError(text)


def reader_for(column: ColumnForm, locale: str, currency: str = "EUR", dates: str | None = None) -> Reader:
    """The function that reads a column's cells; it raises ``ValueError``, or a :class:`CellError` with its code."""
    if column.type in {"integer", "number"}:
        decimal, groups = _marks(locale)
        return _number_reader(decimal, groups, currency, column.type == "integer")
    makers = {"date": _date_reader, "datetime": _datetime_reader, "month": _month_reader}
    if column.type in makers:
        return makers[column.type](dates or (None if locale == AUTO else date_order(locale)))
    return _boolean if column.type == "boolean" else _string


def readings(currency: str) -> tuple[Reader, Reader]:
    """The two ways a number of an unknown locale may be read: with a decimal comma, and with a decimal point."""
    others = {*_SPACES, *_APOSTROPHES}
    return (
        _number_reader(",", frozenset({".", *others}), currency, False),
        _number_reader(".", frozenset({",", *others}), currency, False),
    )


def example_of(column: ColumnForm, locale: str) -> str:
    """How a cell of the column is written, for a message."""
    if column.type == "integer":
        return "1234"
    if column.type == "number":
        return f"1234{number_form('de' if locale == AUTO else locale)[0]}56"
    if column.type in {"date", "datetime", "month"}:
        return "2026-03" if column.type == "month" else "2026-03-31"
    return "ja, nein" if column.type == "boolean" else "…"
