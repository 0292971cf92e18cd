"""The contract of the monthly CSV files (``sources.yml``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import AliasChoices, BeforeValidator, Field, model_validator

from standardwerk.model.expressions import ExpressionField, Type
from standardwerk.model.fields import Boolean, Form, Integer, LocalText, Number, Pattern, Text, one_of, within
from standardwerk.model.handbook import CADENCE_MONTHS
from standardwerk.model.months import Month

COLUMN_TYPES = {
    "string": Type.TEXT,
    "integer": Type.NUMBER,
    "number": Type.NUMBER,
    "date": Type.DATE,
    "datetime": Type.DATE,
    "boolean": Type.BOOLEAN,
    "month": Type.TEXT,
}
#: A dialect's field that the file itself settles.
AUTO = "auto"
DELIMITERS = (";", ",", "|", "tab")
ENCODINGS = ("utf-8", "cp1252", "utf-16")
DATE_ORDERS = ("day-first", "month-first")

#: ``from:`` of a source whose export is a list of single orders, calls, visits …
TRANSACTIONS = "transactions"
#: The source made of the roster: one row per rep, month and assigned product line.
ASSIGNMENTS = "assignments"
#: The columns that make a source one of ratings: what is rated, and how.
RATING_COLUMNS = frozenset({"standard", "item", "rating"})


def _headers(value: object) -> object:
    """Accepted headers as one list: given as a text, a list, or either of them per language."""
    if isinstance(value, str):
        return (value,)
    if isinstance(value, Mapping):
        return tuple(
            title for titles in value.values() for title in (titles if isinstance(titles, list | tuple) else (titles,))
        )
    return value


_Titles = Text | tuple[Text, ...]
Headers = Annotated[tuple[Text, ...], BeforeValidator(_headers, json_schema_input_type=_Titles | Mapping[str, _Titles])]


class LookupForm(Form):
    """A table that says what stands for the texts of a column."""

    file: Text
    """Beside ``sources.yml``; a roster file will do."""
    find: Text
    """The column of the table in which a text is looked for."""
    take: Text
    """The column of the table that stands for it."""


class ColumnForm(Form):
    """A column of a CSV, in the terms of Table Schema."""

    type: Annotated[Text, one_of(*COLUMN_TYPES)]
    """What its cells are."""
    header: Headers = ()
    """The headers by which it is known in files: a text, a list, or either of them for each language. The column's
    own name always is one."""
    required: Boolean = True
    """False: cells may be empty, and the column may be missing."""
    required_when: ExpressionField | None = None
    """With ``required: false``: a condition on the row under which the cell must not be empty; left out: none."""
    unique: Boolean = False
    """True: no value stands twice in a file."""
    in_month: Boolean = False
    """True, for a date: it must lie in the month of its folder."""
    sum: ExpressionField | None = None
    """In a source made from transactions: what is added up; left out: it is a count."""
    count: ExpressionField | None = None
    """In a source made from transactions: which rows are counted, ``rows`` for all; left out: none."""
    count_distinct: Text | None = None
    """In a source made from transactions: the column whose different texts are counted; left out: none."""
    values: Mapping[str, Text] | None = None
    """By text of the file: what stands for it. Other texts stay as they are; left out: all do."""
    lookup: LookupForm | None = None
    """A table beside this file that says what stands for the texts of the export; left out: they stay."""
    unit_factor: Number | None = None
    """Cells are multiplied by it: 1000 for a file in thousands; left out: 1. Limits are for the value afterwards."""
    accumulate: Annotated[Text, one_of("sum", "last", "distinct")] = "sum"
    """``sum``: adds up over months. ``last``: a snapshot. ``distinct``: a count of different things, which never adds
    up."""
    minimum: Number | None = None
    """The smallest number that is accepted; left out: any."""
    maximum: Number | None = None
    """The largest number that is accepted; left out: any."""
    enum: tuple[Text, ...] | None = None
    """The only texts that are accepted; left out: any."""
    title: LocalText | None = None
    """What pages call it, in each language; left out: its name."""
    value_labels: Mapping[str, LocalText] = {}
    """By value: what it means, where the value itself does not say it (an export rule of 0)."""
    unit: Annotated[Text, one_of("currency", "number", "percent", "date")] | None = None
    """How it is shown; left out: as its type is."""

    @model_validator(mode="before")
    @classmethod
    def _distinct_counts_do_not_add_up(cls, data: Any) -> Any:
        if isinstance(data, Mapping) and "count_distinct" in data and "accumulate" not in data:
            return {**data, "accumulate": "distinct"}
        return data


class TransactionsForm(Form):
    """The list that a source's export is: of its rows, one per key and month is made."""

    month: Text
    """The column that says which month a row belongs to: a date, or a month."""
    key: tuple[Text, ...] = ()
    """What no two rows of the list have in common; empty if nothing is known about that."""
    where: ExpressionField | None = None
    """Which rows count; left out: all."""
    columns: Mapping[str, ColumnForm]
    """By name: the columns of the list, as those of any file."""


class WideForm(Form):
    """A file with one column per month or product line instead of one row."""

    key: Annotated[Text, one_of("month", "product_line")]
    """Whether the columns are months or product lines."""
    columns: Mapping[str, Text]
    """By header: the month (1 to 12, or 2026-03) or the product line whose values stand in the column."""
    value: Text
    """The column of the contract that gets the values."""


class SourceForm(Form):
    """A source: one CSV per month."""

    file: Text | None = None
    """The file's name in each month's folder; left out: the source's name with ``.csv``."""
    origin: Annotated[Text, one_of("export", TRANSACTIONS)] = Field(
        "export", validation_alias=AliasChoices("from", "origin")
    )
    """``transactions``: the file lists single orders, calls, visits …, which are added up. ``export``: it has the
    figures."""
    transactions: TransactionsForm | None = None
    """What the list is like; left out unless ``from: transactions``."""
    title: LocalText | None = None
    """What pages call it, in each language; left out: its name."""
    collected: Boolean = True
    """False: switched off; its measures are *not collected*."""
    cadence: Annotated[Text, one_of(*CADENCE_MONTHS)] = "monthly"
    """In which months a file is due; others need none."""
    rows: Annotated[Text, one_of("complete", "events")] = "complete"
    """``complete``: each person (and line) has a row. ``events``: rows only where something happened; none is 0."""
    key: tuple[Text, ...] = ("rep",)
    """The columns that no two rows have in common; the month is the folder."""
    locale: Text | None = None
    """How numbers and dates are written; left out: as for all files."""
    delimiter: Annotated[Text, one_of(*DELIMITERS, AUTO)] | None = None
    """What stands between cells; left out: as for all files."""
    encoding: Annotated[Text, one_of(*ENCODINGS, AUTO)] | None = None
    """How letters are written; left out: as for all files."""
    dates: Annotated[Text, one_of(*DATE_ORDERS)] | None = None
    """How dates with slashes are written; left out: as for all files."""
    skip_rows: Annotated[Integer, within(0, 1000)] = 0
    """How many lines stand before the header."""
    footer: Pattern | None = None
    """The first cell of the row that ends the data: its text, or ``/a regular expression/``. Left out: the data end
    with the file."""
    missing_values: tuple[Text, ...] = Field((), validation_alias=AliasChoices("missingValues", "missing_values"))
    """Texts that mean an empty cell, besides the empty text."""
    headers: tuple[Text, ...] = ()
    """What the columns are, in order, for a file without a usable header."""
    sheet: Text = ""
    """The sheet of a workbook that is imported; left out: the visible one whose header fits."""
    ignore: Headers = ()
    """Headers that are known and not read; a list, or one for each language."""
    wide: WideForm | None = None
    """For a file with months or product lines as columns: which is which; left out: it has none."""
    columns: Mapping[str, ColumnForm] = {}
    """By name: the columns that are read, besides ``rep`` and ``product_line`` of the key."""

    @property
    def in_file(self) -> Mapping[str, ColumnForm]:
        """What is said about the columns of the file."""
        return self.columns if self.transactions is None else self.transactions.columns

    @model_validator(mode="before")
    @classmethod
    def _a_list_has_rows_where_something_happened(cls, data: Any) -> Any:
        if isinstance(data, Mapping) and data.get("from") == TRANSACTIONS and "rows" not in data:
            return {**data, "rows": "events"}
        return data


class SourcesForm(Form):
    """``sources.yml``."""

    locale: Text = "de"
    """How numbers and dates are written: a CLDR locale like ``de``, ``de_CH``, ``en_GB``; or ``auto``: each column
    settles it."""
    delimiter: Annotated[Text, one_of(*DELIMITERS, AUTO)] = ";"
    """What stands between cells; ``auto``: whatever makes the header what the contract says."""
    encoding: Annotated[Text, one_of(*ENCODINGS, AUTO)] = "utf-8"
    """How letters are written; ``auto``: what the bytes say, if they do."""
    dates: Annotated[Text, one_of(*DATE_ORDERS)] | None = None
    """How dates with slashes are written; left out: as the locale does."""
    sources: Mapping[str, SourceForm]
    """By name: each file that comes every month."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a CSV is written."""

    locale: str
    delimiter: str
    encoding: str
    dates: str | None = None
    """How dates with slashes are written; None: as the locale does."""
    skip_rows: int = 0
    """Lines before the header."""
    footer: str = ""
    """The first cell of the row that ends the data, or ``/regular expression/`` for it."""
    missing: frozenset[str] = frozenset()
    """Texts that mean an empty cell."""
    currency: str = "EUR"
    headers: tuple[str, ...] = ()
    """The headers of a file that has none, or none that can be used."""
    guarded: bool = False
    """Texts that could be taken for formulas carry an apostrophe that is not theirs."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """What is put for the texts of a column."""

    values: Mapping[str, str]
    table: str = ""
    """The file they come from; a text that is not in it is a fault. Empty: other texts stay as they are."""


@dataclass(frozen=True, slots=True)
class Source:
    """A source with its defaults filled in.

    A row is a tuple of cells in the order of :attr:`columns`; the keys come first. Whole numbers are ``int``, amounts
    ``Decimal``, an empty cell is ``None``.
    """

    name: str
    file: str
    form: SourceForm
    dialect: Dialect
    keys: tuple[str, ...]
    """The key columns without ``rep``, which every row belongs to, and the month, which is the folder."""
    columns: tuple[str, ...]
    """Names of the cells of a row."""
    lookups: Mapping[str, Lookup] = field(default_factory=dict)
    """By column: what is put for the texts of the file."""

    @property
    def by_year(self) -> bool:
        """Whether one file has the months as columns; it lies beside the month folders, not in them."""
        return self.form.wide is not None and self.form.wide.key == "month"

    @property
    def is_ratings(self) -> bool:
        """Whether people are rated in it, item by item of a standard."""
        return self.form.columns.keys() >= RATING_COLUMNS

    @property
    def has_lines(self) -> bool:
        """Whether rows are per product line."""
        return "product_line" in self.keys

    def position(self, column: str) -> int:
        """The index of a column in a row."""
        return self.columns.index(column)

    def type_of(self, column: str) -> Type:
        """The type of a column in expressions."""
        form = self.form.columns.get(column)
        return COLUMN_TYPES[form.type] if form is not None else Type.TEXT

    def accumulates(self, column: str) -> str:
        """``sum``, ``last`` or ``distinct``."""
        form = self.form.columns.get(column)
        return form.accumulate if form is not None else "sum"

    def due_in(self, month: Month) -> bool:
        """Whether a file is due in a month: the last month of each round."""
        return month.number % CADENCE_MONTHS[self.form.cadence] == 0


@dataclass(frozen=True, slots=True)
class Sources:
    """All sources, in the order of ``sources.yml``, and the dialect of the roster files."""

    dialect: Dialect
    sources: Mapping[str, Source]

    @property
    def of_ratings(self) -> Sources:
        """Those in which people are rated."""
        return Sources(self.dialect, {name: source for name, source in self.sources.items() if source.is_ratings})

    def __getitem__(self, name: str) -> Source:
        return self.sources[name]


def assignments_source(dialect: Dialect) -> Source:
    """The built-in source of assigned lines."""
    form = SourceForm(
        key=("rep", "product_line"),
        columns={
            "credit_share": ColumnForm(type="number", accumulate="last"),
        },
    )
    return Source(
        ASSIGNMENTS, "assignments.csv", form, dialect, ("product_line",), ("rep", "product_line", "credit_share")
    )
