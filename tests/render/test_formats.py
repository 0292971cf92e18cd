"""Formats against Babel, which reads the same CLDR data, and against CLDR itself where it is at hand."""

from __future__ import annotations

import json
import pickle
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

import pytest
from babel import UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.numbers import format_currency, format_decimal, format_percent
from hypothesis import given
from hypothesis import strategies as st

from standardwerk.model.months import Month
from standardwerk.render.formats import Formats
from standardwerk.render.texts import Texts
from tests.render.catalogue import LOCALES, ROOT

LOCALE_NAMES = ("de_DE", "de_AT", "de_CH", "en_GB", "en_US", "fr_FR", "en_IN")
ALL = {(name, currency): Formats(name, currency) for name in LOCALE_NAMES for currency in ("EUR", "CHF", "JPY")}
GERMAN_TEXTS = Texts.load("de", [ROOT / LOCALES])
DE = Formats("de_DE", "EUR", GERMAN_TEXTS)
EN = Formats("en_GB", "EUR")

locales = st.sampled_from(LOCALE_NAMES)
places = st.integers(0, 6)
amounts = st.decimals(-(10**15), 10**15, allow_nan=False, places=6)
days = st.dates(date(1990, 1, 1), date(2100, 12, 31))


def rounded(value: Decimal, decimals: int) -> Decimal:
    """As values come: rounded; without a negative zero, which Babel would show."""
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_EVEN) + 0


def fixed(decimals: int) -> str:
    return "#,##0." + "0" * decimals if decimals else "#,##0"


def grouped(locale: str, decimals: int) -> str:
    return fixed(decimals).replace("#,##0", "#,##,##0") if locale == "en_IN" else fixed(decimals)


@given(locales, amounts, places)
def test_numbers_are_babels(locale: str, amount: Decimal, decimals: int) -> None:
    value = rounded(amount, decimals)
    expected = format_decimal(value, grouped(locale, decimals), locale=locale).replace("-", "−")
    assert ALL[locale, "EUR"].number(value, decimals) == expected


@given(locales, st.integers(-(10**15), 10**15), places)
def test_whole_numbers_are_babels(locale: str, value: int, decimals: int) -> None:
    expected = format_decimal(value, grouped(locale, decimals), locale=locale).replace("-", "−")
    assert ALL[locale, "EUR"].number(value, decimals) == expected


@given(locales, st.decimals(-100_000, 100_000, allow_nan=False, places=6), places)
def test_percentages_are_babels(locale: str, amount: Decimal, decimals: int) -> None:
    value = rounded(amount, decimals)
    pattern = ALL[locale, "EUR"]._babel.percent_formats[None].pattern
    pattern = pattern.replace("#,##,##0" if locale == "en_IN" else "#,##0", grouped(locale, decimals))
    expected = format_percent(value / 100, pattern, locale=locale).replace("-", "−")
    assert ALL[locale, "EUR"].percent(value, decimals) == expected


@given(locales, st.sampled_from(("EUR", "CHF", "JPY")), amounts)
def test_amounts_are_babels(locale: str, currency: str, amount: Decimal) -> None:
    formats = ALL[locale, currency]
    value = rounded(amount, formats.currency_decimals)
    assert formats.currency(value) == format_currency(value, currency, locale=locale).replace("-", "−")


@given(locales, amounts, places)
def test_amounts_may_be_shown_coarser(locale: str, amount: Decimal, decimals: int) -> None:
    formats = ALL[locale, "EUR"]
    assert formats.currency(amount, decimals) == formats.currency(rounded(amount, decimals), decimals)


@given(locales, days)
def test_dates_and_months_are_babels(locale: str, day: date) -> None:
    formats = ALL[locale, "EUR"]
    assert formats.date_long(day) == format_date(day, "long", locale=locale)
    assert formats.month(Month.of(day)) == format_skeleton("yMMMM", day, locale=locale)


def test_german() -> None:
    assert DE.currency(Decimal("1234.56")) == "1.234,56\u00a0€"
    assert DE.currency(Decimal("-412300.50"), 0) == "−412.300\u00a0€"
    assert DE.percent(Decimal("61.7")) == "61,7\u00a0%"
    assert DE.multiple(Decimal("1.9")) == "1,9-fach"
    assert DE.fraction(4, 6) == "4\u00a0von\u00a06"
    assert DE.date(date(2026, 3, 31)) == "31.03.2026"
    assert DE.date_long(date(2026, 3, 31)) == "31. März 2026"
    assert DE.month(Month.parse("2026-03")) == "März 2026"
    assert DE.month_short(Month.parse("2026-03")) == "Mär\u00a026"
    assert DE.month_name(Month.parse("2026-09")) == "Sep"
    assert DE.quarter(Month.parse("2026-05")) == "2. Quartal 2026"
    assert DE.months(Month.parse("2025-04"), Month.parse("2026-03")) == "April 2025 bis März 2026"
    assert DE.lines([14, 15, 16]) == "Zeilen 14–16"
    assert DE.lines([20, 14]) == "Zeilen 14, 20"
    assert DE.lines([14]) == "Zeile 14"
    assert [DE.days(1), DE.days(14), DE.days(Decimal("1.0"), 1)] == ["1\u00a0Tag", "14\u00a0Tage", "1,0\u00a0Tage"]
    assert DE.hours(24) == "24\u00a0h"


def test_english() -> None:
    assert EN.currency(Decimal("1234.56")) == "€1,234.56"
    assert EN.currency(-5, 0) == "−€5"
    assert EN.percent(Decimal("61.7")) == "61.7%"
    assert EN.multiple(Decimal("1.9")) == "1.9×"
    assert EN.fraction(4, 6) == "4\u00a0of\u00a06"
    assert EN.date(date(2026, 3, 31)) == "31 March 2026"
    assert EN.month(Month.parse("2026-03")) == "March 2026"
    assert EN.month_short(Month.parse("2026-03")) == "Mar\u00a026"
    assert EN.lines([14, 15]) == "lines 14–15"
    assert Formats("en_US", "USD").date(date(2026, 3, 31)) == "March 31, 2026"


def test_differences_have_a_sign() -> None:
    assert DE.signed(Decimal("1.5"), 1) == "+1,5"
    assert DE.signed(Decimal("-1.5"), 1) == "−1,5"
    assert DE.signed(Decimal("0.0"), 1) == "0,0"
    assert DE.percent_change(Decimal("18.2")) == "+18,2\N{NO-BREAK SPACE}%"
    assert DE.percent_change(Decimal("-4.8")) == "−4,8\N{NO-BREAK SPACE}%"
    assert DE.difference("percent", Decimal("2.3"), 1) == "+2,3\u00a0Pp."
    assert EN.difference("percent", Decimal("-2.3"), 1) == "−2.3\u00a0pp"
    assert DE.difference("currency", Decimal(-1200)) == "−1.200\u00a0€"
    assert EN.difference("currency", Decimal(1200)) == "+€1,200"
    assert Formats("de_CH", "CHF").difference("currency", 1200) == "CHF+1’200"
    assert DE.difference("multiple", Decimal("0.2"), 1) == "+0,2-fach"
    assert DE.difference("days", 1) == "+1\u00a0Tag"
    assert DE.difference("number", 3, 0, "Verträge") == "+3\u00a0Verträge"


def test_zero_has_no_minus() -> None:
    assert DE.percent(Decimal("-0.0")) == "0,0\u00a0%"
    assert DE.currency(Decimal("-0.4"), 0) == "0\u00a0€"


@pytest.mark.parametrize(
    ("unit", "value", "decimals", "label", "german", "english"),
    [
        ("percent", Decimal("27.5"), 1, None, "27,5\u00a0%", "27.5%"),
        ("currency", Decimal(1500000), 0, None, "1.500.000\u00a0€", "€1,500,000"),
        ("number", Decimal(12), 0, None, "12", "12"),
        ("number", Decimal(1200), 0, "km", "1.200\u00a0km", "1,200\u00a0km"),
        ("multiple", Decimal("3.0"), 1, None, "3,0-fach", "3.0×"),
        ("points", Decimal("3.5"), 1, None, "3,5", "3.5"),
        ("days", Decimal(1), 0, None, "1\u00a0Tag", "1\u00a0day"),
        ("hours", Decimal("3.5"), 1, None, "3,5\u00a0h", "3.5\u00a0h"),
        ("fraction", Decimal("66.7"), 1, None, "66,7\u00a0%", "66.7%"),
        ("date", date(2026, 3, 31), 0, None, "31.03.2026", "31 March 2026"),
    ],
)
def test_values_by_unit(
    unit: str, value: Decimal | date, decimals: int, label: str | None, german: str, english: str
) -> None:
    assert DE.value(unit, value, decimals, label) == german
    assert EN.value(unit, value, decimals, label) == english


def test_a_fraction_shows_its_parts() -> None:
    assert DE.value("fraction", Decimal("66.7"), 1, None, (4, 6)) == "4\u00a0von\u00a06"
    assert DE.value("fraction", Decimal("66.7"), 1, None, (4, Fraction(9, 2))) == "4\u00a0von\u00a04,5"


def test_spans() -> None:
    assert DE.span("percent", Decimal("12.1"), Decimal("30.4"), 1) == "12,1–30,4\u00a0%"
    assert EN.span("currency", Decimal(10), Decimal(20)) == "€10–€20"
    assert DE.span("number", Decimal(-3), Decimal(4)) == "−3 bis 4"


def test_exact_numbers_show_what_they_have() -> None:
    assert DE.exact(1200) == "1.200"
    assert DE.exact(Decimal("12.50")) == "12,5"
    assert DE.exact(Decimal("1E+3")) == "1.000"
    assert DE.exact(Fraction(9, 2)) == "4,5"
    assert DE.exact(Fraction(1, 3)) == "≈\u00a00,3333"
    assert DE.currency(Fraction(100, 3)) == "33,33\u00a0€"


def test_nothing_is_rounded_silently() -> None:
    with pytest.raises(ValueError, match="more than 1 decimals"):
        DE.percent(Decimal("61.75"), 1)


def test_formats_go_to_other_processes() -> None:
    again = pickle.loads(pickle.dumps(DE))
    assert again.currency(Decimal("1234.56")) == "1.234,56\u00a0€"
    assert again.days(2) == "2\u00a0Tage"


def test_names_of_languages() -> None:
    assert EN.language("de") == "German"
    assert DE.language("en_GB") == "Englisch"
    assert DE.language("de_AT") == "Deutsch"


def test_an_unknown_locale_is_refused() -> None:
    with pytest.raises(UnknownLocaleError):
        Formats("xx_XX", "EUR")


CLDR = ROOT.parent / "shared" / "realdata" / "cldr"


@pytest.mark.skipif(not CLDR.is_dir(), reason="../shared/realdata is not there: nothing was compared")
@pytest.mark.parametrize("locale", ["de", "de-AT", "de-CH", "en", "en-GB"])
def test_cldr_itself(locale: str) -> None:
    numbers = json.loads((CLDR / f"cldr-numbers-full/main/{locale}/numbers.json").read_text(encoding="utf-8"))
    numbers = numbers["main"][locale]["numbers"]
    symbols = numbers["symbols-numberSystem-latn"]
    formats = Formats(locale.replace("-", "_"), "EUR")
    group, decimal = symbols.get("currencyGroup", symbols["group"]), symbols["decimal"]
    pattern = numbers["currencyFormats-numberSystem-latn"]["standard"].split(";")[0]
    amount = pattern.replace("#,##0.00", f"1{group}234{decimal}50")
    symbol = "EUR" if locale == "de-CH" else "€"
    assert formats.currency(Decimal("1234.50")) == amount.replace("¤", symbol)
    pattern = numbers["percentFormats-numberSystem-latn"]["standard"]
    assert formats.percent(Decimal("61.7")) == pattern.replace("#,##0", f"61{decimal}7")
    # Babel groups plain numbers of de-AT like amounts.
    assert formats.number(1234) in {f"1{symbols['group']}234", f"1{group}234"}
    calendar = json.loads((CLDR / f"cldr-dates-full/main/{locale}/ca-gregorian.json").read_text(encoding="utf-8"))
    names = calendar["main"][locale]["dates"]["calendars"]["gregorian"]["months"]
    for number in range(1, 13):
        month = Month(2026 * 12 + number - 1)
        assert formats.month(month) == f"{names['format']['wide'][str(number)]} 2026"
        assert formats.month_name(month) == names["stand-alone"]["abbreviated"][str(number)]
