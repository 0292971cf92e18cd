"""Figures, dates and amounts as text, by CLDR data.

The patterns are taken once from Babel; after that a number costs well below a microsecond. Values come rounded: a value
with more decimals than are shown is refused, except for amounts of money, which may be shown coarser (half-even).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import get_currency_precision, get_currency_symbol, parse_pattern

from standardwerk.model.months import Month
from standardwerk.render.texts import Texts

MINUS = "\N{MINUS SIGN}"
NBSP = "\N{NO-BREAK SPACE}"

_QUANTA = tuple(Decimal(1).scaleb(-places) for places in range(10))
_SPECS = tuple(f",.{places}f" for places in range(10))
_EXACT_PLACES = 4
_KEPT = 50_000
"""Texts of numbers that are remembered at most, some 150 bytes each."""

Number = Decimal | int
Exact = Decimal | int | Fraction
Affix = tuple[tuple[str, str], tuple[str, str], tuple[str, str]]
"""What stands before and after a number: if it is not negative, if it is, and if its plus sign is shown."""

_PLAIN: Affix = (("", ""), (MINUS, ""), ("+", ""))


def _(message: str) -> str:
    return message


def ngettext(one: str, many: str) -> tuple[str, str]:
    """Mark the forms of a message for the catalogue."""
    return one, many


class Formats:
    """The formats of one locale and currency. Raises Babel's ``UnknownLocaleError`` for an unknown locale."""

    def __init__(self, locale: str, currency: str, texts: Texts | None = None) -> None:
        """``texts`` gives the words of units; without it they are English."""
        self.locale = locale
        self.currency_code = currency
        self.texts = texts or Texts("en")
        parsed = Locale.parse(locale)
        self._babel = parsed
        symbols = parsed.number_symbols["latn"]
        self._decimal: str = symbols["decimal"]
        self._group: str = symbols["group"]
        self._currency_group: str = symbols.get("currencyGroup", self._group)
        decimal = parse_pattern(parsed.decimal_formats[None].pattern)
        self._grouping: tuple[int, int] = decimal.grouping
        percent_sign: str = symbols["percentSign"]
        self._percent = _affix(parsed.percent_formats[None].pattern, "%", percent_sign)
        symbol = get_currency_symbol(currency, locale=parsed)
        self._money = _affix(parsed.currency_formats["standard"].pattern, "¤", symbol)
        self.currency_decimals: int = get_currency_precision(currency)
        """Decimals of the currency's small unit: 2 for EUR, 0 for JPY."""
        self._multiple = self._around(_("{value}×"))
        self._percentage_points = self._around(_("{value}\N{NO-BREAK SPACE}pp"))
        self._hours = self._around(_("{value}\N{NO-BREAK SPACE}h"))
        self._written: dict[tuple[object, ...], str] = {}
        """Numbers that were written: most are, again and again."""
        self._dates: dict[tuple[str, datetime.date], str] = {}
        self._months: dict[tuple[str, int], str] = {}
        medium: str = parsed.date_formats["medium"].pattern
        self._numeric_dates = "MMM" not in medium and set(medium) <= set("dMy./-")

    # Numbers

    def number(self, value: Number, decimals: int = 0) -> str:
        """A number with grouping: ``1.234,5``."""
        return self._write(value, decimals, self._group, _PLAIN)

    def percent(self, value: Number, decimals: int = 1) -> str:
        """A value in percent: ``61,7 %``."""
        return self._write(value, decimals, self._group, self._percent)

    def percent_change(self, value: Number, decimals: int = 1) -> str:
        """A change in percent of what was, with its sign: ``+61,7 %``."""
        return self._write(value, decimals, self._group, self._percent, plus=True)

    def currency(self, value: Exact, decimals: int | None = None) -> str:
        """An amount: ``1.234,56 €``; with fewer decimals it is rounded half-even."""
        places = self.currency_decimals if decimals is None else decimals
        key = ("amount", value, places)
        found = self._written.get(key)
        if found is None:
            found = self._keep(key, self._write(_coarser(value, places), places, self._currency_group, self._money))
        return found

    def multiple(self, value: Number, decimals: int = 1) -> str:
        """A multiple: ``1,9-fach``."""
        return self._write(value, decimals, self._group, self._multiple)

    def points(self, value: Number, decimals: int = 1) -> str:
        """A rating: ``3,4``; the table says what the scale is."""
        return self._write(value, decimals, self._group, _PLAIN)

    def hours(self, value: Number, decimals: int = 0) -> str:
        """Hours: ``24 h``."""
        return self._write(value, decimals, self._group, self._hours)

    def days(self, value: Number, decimals: int = 0) -> str:
        """Days: ``1 Tag``, ``3,5 Tage``."""
        return self._days(value, decimals)

    def fraction(self, count: Exact, total: Exact) -> str:
        """A part of a whole: ``4 von 6``."""
        part, whole = self.exact(count), self.exact(total)
        return self.texts.gettext("{count}\N{NO-BREAK SPACE}of\N{NO-BREAK SPACE}{total}", count=part, total=whole)

    def signed(self, value: Number, decimals: int = 0) -> str:
        """A difference with its sign: ``+1,5``, ``−1,5``; zero has none."""
        return self._write(value, decimals, self._group, _PLAIN, plus=True)

    def exact(self, value: Exact) -> str:
        """A number with the decimals it has. A fraction without an end is cut to four, and marked: ``≈ 0,3333``."""
        key = ("exact", value)
        found = self._written.get(key)
        return self._keep(key, self._exact(value)) if found is None else found

    def _exact(self, value: Exact) -> str:
        if isinstance(value, int):
            return self._write(value, 0, self._group, _PLAIN)
        if isinstance(value, Fraction):
            found = _coarser(value, _EXACT_PLACES)
            return self._exact(found) if found == value else f"≈{NBSP}{self._exact(found)}"
        exponent = value.normalize().as_tuple().exponent
        places = max(0, -exponent) if isinstance(exponent, int) else 0
        return self._write(value, places, self._group, _PLAIN)

    # Values of measures

    def value(
        self,
        unit: str,
        value: Number | datetime.date,
        decimals: int = 0,
        unit_label: str | None = None,
        parts: tuple[Exact, Exact] | None = None,
    ) -> str:
        """A measure's value by its unit. ``parts`` are numerator and denominator, which a ``fraction`` shows.

        A ``unit_label`` stands behind the number for the units that have no sign of their own.
        """
        if isinstance(value, datetime.date):
            return self.date(value)
        if unit == "fraction" and parts is not None:
            return self.fraction(*parts)
        if unit in {"percent", "fraction"}:
            return self.percent(value, decimals)
        if unit == "currency":
            return self.currency(value, decimals)
        if unit == "multiple":
            return self.multiple(value, decimals)
        if unit == "hours":
            return self.hours(value, decimals)
        if unit == "days" and not unit_label:
            return self.days(value, decimals)
        text = self.number(value, decimals)
        return f"{text}{NBSP}{unit_label}" if unit_label else text

    def difference(self, unit: str, value: Number, decimals: int = 0, unit_label: str | None = None) -> str:
        """The difference of two values of a measure, with its sign. Of percentages it is in percentage points."""
        if unit == "currency":
            return self._write(_coarser(value, decimals), decimals, self._currency_group, self._money, plus=True)
        affix = _PLAIN
        if unit in {"percent", "fraction"}:
            affix = self._percentage_points
        elif unit == "multiple":
            affix = self._multiple
        elif unit == "hours":
            affix = self._hours
        elif unit == "days" and not unit_label:
            return self._days(value, decimals, plus=True)
        text = self._write(value, decimals, self._group, affix, plus=True)
        return f"{text}{NBSP}{unit_label}" if unit_label and affix is _PLAIN else text

    def span(self, unit: str, low: Decimal, high: Decimal, decimals: int = 0, unit_label: str | None = None) -> str:
        """From one value to another, the unit once where it is a sign behind: ``12,1–30,4 %``."""
        first, second = self.value(unit, low, decimals, unit_label), self.value(unit, high, decimals, unit_label)
        bare = self.number(low, decimals)
        tail = first.removeprefix(bare)
        if first.startswith(bare) and second.endswith(tail):
            first = bare
        if low < 0 or high < 0:
            return self.texts.gettext("{low} to {high}", low=first, high=second)
        return f"{first}–{second}"

    def language(self, locale: str) -> str:
        """A language's name, in this one."""
        return Locale.parse(locale).get_language_name(self._babel) or locale

    # Dates, months, lines

    def date(self, day: datetime.date) -> str:
        """A day for tables and text: ``31.03.2026``, ``31 March 2026``."""
        return self._day("medium" if self._numeric_dates else "long", day)

    def date_long(self, day: datetime.date) -> str:
        """A day with the month's name: ``31. März 2026``."""
        return self._day("long", day)

    def month(self, month: Month) -> str:
        """A month: ``März 2026``."""
        return self._month("yMMMM", month)

    def month_short(self, month: Month) -> str:
        """A month for an axis: ``Mär 26``."""
        return self._month("short", month)

    def month_name(self, month: Month) -> str:
        """A month for an axis with the year elsewhere: ``Mär``."""
        return self._month("name", month)

    def quarter(self, month: Month) -> str:
        """The quarter a month lies in: ``1. Quartal 2026``."""
        return self._month("yQQQQ", month)

    def months(self, first: Month, last: Month) -> str:
        """A period: ``April 2025 bis März 2026``, or one month."""
        if first == last:
            return self.month(first)
        return self.texts.gettext("{first} to {last}", first=self.month(first), last=self.month(last))

    def lines(self, numbers: Iterable[int]) -> str:
        """Lines of a file: ``Zeile 14``, ``Zeilen 14–16, 20``."""
        spans: list[list[int]] = []
        for number in sorted(set(numbers)):
            if spans and spans[-1][1] == number - 1:
                spans[-1][1] = number
            else:
                spans.append([number, number])
        count = sum(last - first + 1 for first, last in spans)
        text = ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in spans)
        return self.texts.ngettext("line {lines}", "lines {lines}", count, lines=text)

    # Inside

    def _keep(self, key: tuple[object, ...], text: str) -> str:
        if len(self._written) >= _KEPT:
            self._written.clear()
        self._written[key] = text
        return text

    def _write(self, value: Number, decimals: int, group: str, affix: Affix, *, plus: bool = False) -> str:
        # The affixes are the locale's: each is kept, so that its id stays its own.
        key = (value, decimals, id(affix), plus)
        found = self._written.get(key)
        return self._keep(key, self._new(value, decimals, group, affix, plus=plus)) if found is None else found

    def _new(self, value: Number, decimals: int, group: str, affix: Affix, *, plus: bool) -> str:
        if isinstance(value, int):
            text = f"{value:,d}"
            if decimals:
                text += "." + "0" * decimals
        else:
            if value != value.quantize(_QUANTA[decimals], ROUND_HALF_EVEN):
                raise ValueError(f"{value} has more than {decimals} decimals")
            text = format(value, _SPECS[decimals])
        before, after = affix[0]
        if text[0] == "-":
            text = text[1:]
            if value:
                before, after = affix[1]
        elif plus and value:
            before, after = affix[2]
        if self._grouping != (3, 3):
            text = _regroup(text, self._grouping)
        if decimals:
            whole, _point, rest = text.partition(".")
            return f"{before}{whole.replace(',', group)}{self._decimal}{rest}{after}"
        return f"{before}{text.replace(',', group)}{after}"

    def _around(self, message: str) -> Affix:
        before, _field, after = self.texts.template(message).partition("{value}")
        return (before, after), (f"{before}{MINUS}", after), (f"{before}+", after)

    def _days(self, value: Number, decimals: int, *, plus: bool = False) -> str:
        whole = value == int(value) and (not decimals or value == 0)
        count = int(value) if whole else 2
        form = self.texts.plural("", *ngettext("{value}\N{NO-BREAK SPACE}day", "{value}\N{NO-BREAK SPACE}days"), count)
        before, _field, after = form.partition("{value}")
        return before + self._write(value, decimals, self._group, _PLAIN, plus=plus) + after

    def _day(self, width: str, day: datetime.date) -> str:
        found = self._dates.get((width, day))
        if found is None:
            found = self._dates[width, day] = format_date(day, width, locale=self._babel)
        return found

    def _month(self, form: str, month: Month) -> str:
        found = self._months.get((form, month))
        if found is None:
            found = self._months[form, month] = self._make_month(form, month)
        return found

    def _make_month(self, form: str, month: Month) -> str:
        day = month.first_day
        if form in {"short", "name"}:
            name = str(self._babel.months["stand-alone"]["abbreviated"][month.number])
            return name if form == "name" else f"{name}{NBSP}{month.year % 100:02d}"
        return str(format_skeleton(form, day, locale=self._babel))


def _affix(pattern: str, sign: str, symbol: str) -> Affix:
    parsed = parse_pattern(pattern)
    positive, negative = (
        (prefix.replace(sign, symbol), suffix.replace(sign, symbol))
        for prefix, suffix in zip(parsed.prefix, parsed.suffix, strict=True)
    )
    with_minus = (negative[0].replace("-", MINUS), negative[1].replace("-", MINUS))
    return positive, with_minus, (negative[0].replace("-", "+"), negative[1].replace("-", "+"))


def _coarser(value: Exact, decimals: int) -> Number:
    if isinstance(value, Fraction):
        return Decimal(round(value * 10**decimals)).scaleb(-decimals)
    return value if isinstance(value, int) else value.quantize(_QUANTA[decimals], ROUND_HALF_EVEN)


def _regroup(text: str, grouping: tuple[int, int]) -> str:
    """Group the digits of ``1,234.5`` in another way, like India's 12,34,567."""
    whole, point, rest = text.replace(",", "").partition(".")
    last, others = grouping
    groups = [whole[-last:]]
    whole = whole[:-last]
    while whole:
        groups.insert(0, whole[-others:])
        whole = whole[:-others]
    return ",".join(groups) + point + rest
