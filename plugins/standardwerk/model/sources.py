"""The contract of the monthly CSV files (``sources.yml``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from standardwerk.model.expressions import Type
from standardwerk.model.fields import Boolean, Form, LocalText, Number, Text, one_of
from standardwerk.model.handbook import CADENCE_MONTHS
from standardwerk.model.months import Month

COLUMN_TYPES = {
    "string": Type.TEXT,
    "integer": Type.NUMBER,
    "number": Type.NUMBER,
    "date": Type.DATE,
    "boolean": Type.BOOLEAN,
}
DELIMITERS = (";", ",", "|", "tab")
ENCODINGS = ("utf-8", "cp1252", "utf-16")

#: The source made of the roster: one row per rep, month and assigned product line.
ASSIGNMENTS = "assignments"


class ColumnForm(Form):
    """A column of a CSV."""

    type: Annotated[Text, one_of(*COLUMN_TYPES)]
    header: tuple[Text, ...] = ()
    required: Boolean = True
    accumulate: Annotated[Text, one_of("sum", "last", "distinct")] = "sum"
    minimum: Number | None = None
    maximum: Number | None = None
    enum: tuple[Text, ...] | None = None
    title: LocalText | None = None
    unit: Annotated[Text, one_of("currency", "number", "percent", "date")] | None = None


class SourceForm(Form):
    """A source: one CSV per month."""

    file: Text | None = None
    title: LocalText | None = None
    collected: Boolean = True
    cadence: Annotated[Text, one_of(*CADENCE_MONTHS)] = "monthly"
    rows: Annotated[Text, one_of("complete", "events")] = "complete"
    key: tuple[Text, ...] = ("rep",)
    locale: Text | None = None
    delimiter: Annotated[Text, one_of(*DELIMITERS)] | None = None
    encoding: Annotated[Text, one_of(*ENCODINGS)] | None = None
    columns: Mapping[str, ColumnForm] = {}


class SourcesForm(Form):
    """``sources.yml``."""

    locale: Text = "de"
    delimiter: Annotated[Text, one_of(*DELIMITERS)] = ";"
    encoding: Annotated[Text, one_of(*ENCODINGS)] = "utf-8"
    sources: Mapping[str, SourceForm]


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a CSV is written."""

    locale: str
    delimiter: str
    encoding: str


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
