"""Read a generated folder back, strictly, with nothing but the contract."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path

from tests.generator.contract import SOURCE, headers
from tests.generator.months import Month

Value = str | int | Decimal | date | None
Record = dict[str, Value]

_AMOUNT = re.compile(r"\d{1,3}(\.\d{3})*,\d{2}")
_WHOLE = re.compile(r"\d+")
_DAY = re.compile(r"(\d{2})\.(\d{2})\.(\d{4})")


def table(path: Path) -> list[list[str]]:
    """The cells of a CSV, header first: UTF-8 with BOM, CRLF, semicolons."""
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf"), path
    assert data.count(b"\n") == data.count(b"\r\n"), path
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";", strict=True))
    assert all(len(row) == len(rows[0]) for row in rows), path
    return rows


def parse(kind: str, text: str) -> Value:
    """A cell of a type, written as Germans write it."""
    if not text:
        return None
    if kind == "number":
        assert _AMOUNT.fullmatch(text), text
        return Decimal(text.replace(".", "").replace(",", "."))
    if kind == "integer":
        assert _WHOLE.fullmatch(text), text
        return int(text)
    if kind == "date":
        found = _DAY.fullmatch(text)
        assert found, text
        return date(int(found[3]), int(found[2]), int(found[1]))
    return text


class Figures:
    """All rows of a folder by source, month and rep."""

    def __init__(self, folder: Path) -> None:
        self.rows: dict[str, dict[Month, dict[str, list[Record]]]] = defaultdict(lambda: defaultdict(dict))
        for path in sorted(folder.glob("20??-??/*.csv")):
            self._read(path)

    def _read(self, path: Path) -> None:
        source, month = SOURCE[path.stem], Month.parse(path.parent.name)
        own = {column.name: column for column in source.columns}
        names = [key for key in source.keys if key not in own] + list(own)
        lines = table(path)
        assert lines[0] == headers(source), path
        found = self.rows[source.name][month]
        for line in lines[1:]:
            record = {
                name: parse(own[name].type if name in own else "string", cell)
                for name, cell in zip(names, line, strict=True)
            }
            for column in source.columns:
                value = record[column.name]
                assert value is not None or not column.required, (path, column.name)
                if isinstance(value, int | Decimal):
                    assert column.minimum is None or value >= column.minimum, (path, column.name)
                    assert column.maximum is None or value <= column.maximum, (path, column.name)
            found.setdefault(str(record["rep"]), []).append(record)

    def of(self, source: str, month: Month, rep: str) -> list[Record]:
        """The rows of a rep in a month."""
        return self.rows[source].get(month, {}).get(rep, [])

    def each(self, source: str) -> list[tuple[Month, Record]]:
        """All rows of a source."""
        return [
            (month, record)
            for month, people in sorted(self.rows[source].items())
            for records in people.values()
            for record in records
        ]
