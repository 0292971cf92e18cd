"""Spreadsheet number formats that show a figure as the pages do: made from the CLDR patterns the pages use."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from standardwerk.model.measure import Measure
from standardwerk.render.formats import Formats
from standardwerk.render.view import View

#: A spreadsheet multiplies by 100 by itself where a format has this sign.
_PERCENT = re.compile(r"[%٪]")
_SAMPLE = date(2026, 11, 23)


class NumberFormats:
    """The formats of one language."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.formats: Formats = view.formats
        # Names of months are those of the language, whatever the reader's spreadsheet speaks.
        spoken = f"[$-{view.formats.locale.replace('_', '-')}]"
        self.date = _date_format(view.formats, spoken)
        self.month = f"{spoken}mmmm\\ yyyy"

    def of(self, measure: Measure) -> str:
        """The format of a measure's value."""
        formats, places = self.formats, measure.decimals
        if measure.shown_as_percent:
            return self.percent(places)
        if measure.unit == "currency":
            return self.currency(places)
        if measure.unit == "multiple":
            return _around(formats.multiple(Decimal(1), 0), places)
        if measure.unit == "hours":
            return _around(formats.hours(Decimal(1), 0), places)
        label = self.view.unit_label(measure)
        return f'{number(places)}"\u00a0{_quoted(label)}"' if label else number(places)

    def percent(self, places: int) -> str:
        """A share: the cell has a hundredth of it."""
        return _around(self.formats.percent(Decimal(1), 0), places)

    def currency(self, places: int | None = None) -> str:
        """An amount of money, with the currency's decimals unless others are given."""
        return _around(
            self.formats.currency(Decimal(1), 0), self.formats.currency_decimals if places is None else places
        )

    def amount(self, unit: str) -> str:
        """A numerator or denominator: money, or a number with the decimals it has."""
        return self.currency() if unit == "currency" else "#,##0.########" if unit == "exact" else "#,##0"


def number(places: int) -> str:
    """A plain number with grouping."""
    return "#,##0" + ("." + "0" * places if places else "")


def _around(shown: str, places: int) -> str:
    """What stands around the 1 of a shown text, around a number: ``1 €`` becomes ``#,##0.00" €"``."""
    before, _, after = shown.partition("1")
    return f"{_literal(before)}{number(places)}{_literal(after)}"


def _literal(text: str) -> str:
    """A text of a format: quoted, but for the sign of percent, which has its meaning."""
    return "".join(
        "%" if _PERCENT.fullmatch(part) else f'"{_quoted(part)}"' for part in re.split(r"([%٪])", text) if part
    )


def _quoted(text: str) -> str:
    return text.replace('"', "''")


def _date_format(formats: Formats, spoken: str) -> str:
    """Days, months and years in the order and with the signs of the language."""
    shown = formats.date(_SAMPLE)
    numeric = shown.replace("2026", "yyyy").replace("23", "dd")
    if "11" in numeric:
        return numeric.replace("11", "mm").replace(" ", "\\ ").replace("/", "\\/")
    parts = {"yyyy": "yyyy", "dd": "d"}
    words = re.split(r"(yyyy|dd)", numeric)
    return spoken + "".join(
        parts.get(word) or re.sub(r"[^\W\d_]{3,}", "mmmm", word).replace(" ", "\\ ") for word in words
    )
