from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from babel import localedata
from hypothesis import given
from hypothesis import strategies as st

from standardwerk.load.cells import PercentError, TimeOfDayError, example_of, number_form, reader_for
from standardwerk.model.sources import ColumnForm
from tests.factory import quick, thorough

#: Decimal and grouping character by hand, not from the data the code reads.
FORMS = {
    "de": (",", "."),
    "de_DE": (",", "."),
    "en": (".", ","),
    "en_US": (".", ","),
    "en_GB": (".", ","),
    "de_CH": (".", "’"),
    "fr": (",", "\u202f"),
    "sv": (",", "\u00a0"),
    "it": (",", "."),
}
locales = st.sampled_from(sorted(FORMS))


def reader(kind: str, locale: str = "de"):
    return reader_for(ColumnForm(type=kind), locale)


def grouped(digits: str, mark: str) -> str:
    head = len(digits) % 3 or 3
    return mark.join([digits[:head], *(digits[at : at + 3] for at in range(head, len(digits), 3))])


def written(value: Decimal, locale: str, *, groups: bool, minus: str = "-") -> str:
    point, mark = FORMS[locale]
    whole, _, rest = format(abs(value), "f").partition(".")
    text = (grouped(whole, mark) if groups else whole) + (point + rest if rest else "")
    return (minus if value < 0 else "") + text


amounts = st.decimals(-(10**12), 10**12, places=2) | st.integers(-(10**12), 10**12).map(Decimal)


@thorough
@given(amounts, locales, st.booleans(), st.sampled_from("-−"), st.sampled_from(["", " €", "\u00a0€", "€"]))
def test_numbers_are_read_back(value, locale, groups, minus, sign):
    assert reader("number", locale)(written(value, locale, groups=groups, minus=minus) + sign) == value


@quick
@given(st.integers(-(10**14), 10**14), locales, st.booleans())
def test_whole_numbers_are_read_back(value, locale, groups):
    found = reader("integer", locale)(written(Decimal(value), locale, groups=groups))
    assert found == value
    assert type(found) is int


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("de", "1.5"),
        ("de", "12.34"),
        ("de", "1.2345"),
        ("de", "0.500"),
        ("de", "012.345"),
        ("de", "1,234.56"),
        ("de", "1.234.56"),
        ("de", "1.234 567"),
        ("de", "1,"),
        ("de", ",5"),
        ("de", "--1"),
        ("de", "1e3"),
        ("de", "NaN"),
        ("de", "€"),
        ("de", "1" * 16),
        ("en", "1,5"),
        ("en", "0,500"),
        ("en", "1.234,56"),
        ("de_CH", "1,5"),
        ("fr", "1.5"),
    ],
)
def test_what_may_mean_something_else_is_no_number(locale, text):
    with pytest.raises(ValueError, match=r"."):
        reader("number", locale)(text)


def test_a_group_is_a_group_by_the_declared_locale_only():
    assert (reader("number", "de")("1.234"), reader("number", "en")("1.234")) == (1234, Decimal("1.234"))
    assert reader("number", "de_CH")("1'234'567.5") == reader("number", "de_CH")("1’234’567.5") == Decimal("1234567.5")
    assert reader("number", "fr")("1 234,5") == Decimal("1234.5")
    assert reader("integer")("12,0") == 12
    with pytest.raises(ValueError, match="12,5"):
        reader("integer")("12,5")


@pytest.mark.parametrize("text", ["12 %", "12,5%", "%"])
def test_percentages_are_refused(text):
    with pytest.raises(PercentError):
        reader("number")(text)


days = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@quick
@given(days, locales)
def test_dates_are_read_back(day, locale):
    read = reader("date", locale)
    assert read(f"{day.year}-{day.month:02}-{day.day:02}") == day
    assert read(f"{day.day:02}.{day.month:02}.{day.year}") == read(f"{day.day}.{day.month}.{day.year}") == day
    month_first, day_first = f"{day.month}/{day.day}/{day.year}", f"{day.day}/{day.month}/{day.year}"
    if locale in {"en", "en_US"}:
        assert read(month_first) == day
    elif locale in {"en_GB", "fr", "it"}:
        assert read(day_first) == day
    else:
        # Nobody writes so in this locale: it may be either.
        with pytest.raises(ValueError, match=r"."):
            read(day_first)


@pytest.mark.parametrize(
    "text", ["31.02.2026", "2026-02-30", "1.2.26", "13/13/2026", "2026-1-1", "1.2/2026x", "0.0.0000"]
)
def test_no_dates(text):
    with pytest.raises(ValueError, match=r"."):
        reader("date")(text)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("31.03.2026 14:05", date(2026, 3, 31)),
        ("2026-03-31T14:05:06", date(2026, 3, 31)),
        ("2026-03-31 00:00:00.000", date(2026, 3, 31)),
        ("31.3.2026, 9:00", date(2026, 3, 31)),
        ("2026/03/31", date(2026, 3, 31)),
    ],
)
def test_a_time_of_day_has_a_day(text, day):
    assert reader("datetime")(text) == day
    if " " in text or "T" in text:
        with pytest.raises(TimeOfDayError):
            reader("date")(text)


@pytest.mark.parametrize(
    "text", ["2026-03-31T14:05:06Z", "2026-03-31 14:05+01:00", "31.03.2026 24:00", "31.03.2026 9", "30.02.2026 10:00"]
)
def test_a_zone_or_no_time_has_none(text):
    with pytest.raises(ValueError, match=r"."):
        reader("datetime")(text)


@pytest.mark.parametrize(
    "text", ["2026-03", "2026/03", "03.2026", "3/2026", "03/2026", "31.03.2026", "2026-03-01", "2026/03/17"]
)
def test_months(text):
    assert reader("month")(text) == "2026-03"


@pytest.mark.parametrize("text", ["März 2026", "2026-13", "13/2026", "3.26", "2026", "03-2026", "01/03/2026"])
def test_no_months(text):
    with pytest.raises(ValueError, match=r"."):
        reader("month")(text)


def test_truth_values():
    read = reader("boolean")
    assert [read(text) for text in ("ja", "X", "TRUE", "1", "Nein", "0", "falsch")] == [True] * 4 + [False] * 3
    with pytest.raises(ValueError, match="vielleicht"):
        read("vielleicht")


@quick
@given(
    st.sampled_from(["integer", "number", "date", "datetime", "month", "boolean", "string"]),
    st.text(max_size=12),
    locales,
)
def test_nothing_but_value_errors(kind, text, locale):
    try:
        reader(kind, locale)(text)
    except ValueError:
        assert kind != "string"


@quick
@given(st.sampled_from(sorted(localedata.locale_identifiers())))
def test_every_locale_can_be_declared_and_its_examples_are_read(locale):
    number_form(locale)
    for kind in ("integer", "number", "date"):
        column = ColumnForm(type=kind)
        assert reader_for(column, locale)(example_of(column, locale)) in {1234, Decimal("1234.56"), date(2026, 3, 31)}


@pytest.mark.parametrize("locale", ["xx", "", "de-DE", "deutsch", "de_DE_x_y_z"])
def test_unknown_locales(locale):
    with pytest.raises(ValueError, match=locale or "^$"):
        number_form(locale)
