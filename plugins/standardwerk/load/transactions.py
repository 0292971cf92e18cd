"""Whether a source says all that is needed to make its rows from a list of transactions."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from standardwerk.diagnostics import Diagnostics, Place
from standardwerk.load.conditions import check_expression
from standardwerk.load.files import listing, suggest
from standardwerk.load.headers import MONTH
from standardwerk.load.yaml import Document
from standardwerk.model.expressions import Column, Expression, Type
from standardwerk.model.fields import EXPECTED
from standardwerk.model.sources import COLUMN_TYPES, TRANSACTIONS, ColumnForm, SourceForm

#: ``count: rows`` counts every row.
ALL_ROWS = "rows"
_AGGREGATES = ("sum", "count", "count_distinct")
#: What a column may say that is made and not read.
_RESULT = frozenset({*_AGGREGATES, "type", "title", "unit", "accumulate", "minimum", "maximum"})
_SHARED = ("rep", "product_line", MONTH)


def check_transactions(
    source: SourceForm, name: str, document: Document, path: tuple[str, ...], diagnostics: Diagnostics
) -> None:
    """Whether a source says all that is needed to make its rows from a list, and nothing of it if they are not."""
    _Check(source, name, document, path, diagnostics).check()


class _Check:
    def __init__(
        self, source: SourceForm, name: str, document: Document, path: tuple[str, ...], diagnostics: Diagnostics
    ) -> None:
        self.source = source
        self.name = name
        self.document = document
        self.path = path
        self.diagnostics = diagnostics

    def check(self) -> None:
        form = self.source.transactions
        if (self.source.origin == TRANSACTIONS) != (form is not None):
            missing = "from" if form is not None else TRANSACTIONS
            self.diagnostics.add("SW104", self.document.place(self.path, key=True), key=missing)
            return
        self._refuse_aggregates(self.source.columns if form is None else form.columns, listed=form is not None)
        if form is None:
            return
        if self.source.wide is not None:
            known = listing(sorted(set(SourceForm.model_fields) - {"wide"}))
            self.diagnostics.add("SW105", self._place("wide", key=True), key="wide", known=known, hint="")
        types = {name: COLUMN_TYPES[column.type] for name, column in form.columns.items()}
        types = {**dict.fromkeys((key for key in _SHARED if key in (*self.source.key, MONTH)), Type.TEXT), **types}
        self._month(form.columns)
        for index, key in enumerate(form.key):
            self._known(key, types, (TRANSACTIONS, "key", index))
        for index, key in enumerate(self.source.key):
            self._known(key, types, ("key", index))
            if types.get(key, Type.TEXT) is not Type.TEXT:
                self._expected(form.columns[key].type, ("string",), (TRANSACTIONS, "columns", key, "type"))
        if form.where is not None:
            self._expression(form.where, types, Type.BOOLEAN, (TRANSACTIONS, "where"))
        for name, column in self.source.columns.items():
            self._column(name, column, types)

    def _place(self, *path: str | int, key: bool = False) -> Place:
        return self.document.place((*self.path, *path), key=key)

    def _refuse_aggregates(self, columns: Mapping[str, ColumnForm], *, listed: bool) -> None:
        before = (TRANSACTIONS, "columns") if listed else ("columns",)
        known = sorted(set(ColumnForm.model_fields) - set(_AGGREGATES))
        for name, column in columns.items():
            for key in _AGGREGATES:
                if getattr(column, key) is not None:
                    place = self._place(*before, name, key, key=True)
                    self.diagnostics.add("SW105", place, key=key, known=listing(known), hint="")

    def _month(self, columns: Mapping[str, ColumnForm]) -> None:
        form = self.source.transactions
        assert form is not None
        if form.month == MONTH and MONTH not in columns:
            return
        if self._known(form.month, columns, (TRANSACTIONS, "month")):
            path = (TRANSACTIONS, "columns", form.month, "type")
            self._expected(columns[form.month].type, ("date", "datetime", "month"), path)

    def _known(self, name: str, columns: Mapping[str, object], path: tuple[str | int, ...]) -> bool:
        if name in columns:
            return True
        known = list(columns)
        self.diagnostics.add("SW113", self._place(*path), value=name, known=listing(known), **suggest(name, known))
        return False

    def _expected(self, found: str, wanted: tuple[str, ...], path: tuple[str | int, ...]) -> None:
        if found not in wanted:
            choices = ", ".join(wanted)
            expected = EXPECTED["choice"]
            self.diagnostics.add("SW106", self._place(*path), value=f"“{found}”", expected=expected, choices=choices)

    def _column(self, name: str, column: ColumnForm, types: Mapping[str, Type]) -> None:
        path = ("columns", name)
        for key in sorted(column.model_fields_set - _RESULT):
            place = self._place(*path, key, key=True)
            self.diagnostics.add("SW105", place, key=key, known=listing(sorted(_RESULT)), hint="")
        given = [key for key in _AGGREGATES if getattr(column, key) is not None]
        if len(given) != 1:
            self.diagnostics.add("SW356", self._place(*path, key=True), column=name)
            return
        self._expected(column.type, ("integer", "number") if column.sum is not None else ("integer",), (*path, "type"))
        if column.sum is not None:
            self._expression(column.sum, types, Type.NUMBER, (*path, "sum"))
        elif column.count is not None and not is_all_rows(column.count, types):
            self._expression(column.count, types, Type.BOOLEAN, (*path, "count"))
        elif column.count_distinct is not None:
            self._known(column.count_distinct, types, (*path, "count_distinct"))

    def _expression(
        self, expression: Expression, types: Mapping[str, Type], wanted: Type, path: tuple[str | int, ...]
    ) -> None:
        check_expression(expression, f"{self.name}.{TRANSACTIONS}", types, wanted, self._place(*path), self.diagnostics)


def is_all_rows(expression: Expression, columns: Collection[str]) -> bool:
    """Whether ``count`` means every row."""
    return expression.tree == Column("", ALL_ROWS) and ALL_ROWS not in columns
