"""Any table, however it was exported, becomes the same file; and that file is read back to the same values."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from standardwerk.diagnostics import Diagnostics
from standardwerk.load.canonical import is_canonical
from standardwerk.load.exports import GivenFile, in_order, read_any
from standardwerk.load.sources import contract_of
from standardwerk.load.tables import make_table, read_contract
from standardwerk.model.sources import ColumnForm, Dialect, Source, SourceForm
from standardwerk.publish.imports import canonical_file, cell_text
from tests.factory import thorough
from tests.load.test_dialects import STYLES, cell, choices, write

#: The letters are the same in every western code page; the first of a text may make a formula of it.
TEXT = st.text("=+-@'abcÄß;,|\"' \n0", min_size=1, max_size=8).map(str.strip).filter(lambda text: text not in {"", "-"})
ROWS = st.dictionaries(
    TEXT,
    st.tuples(
        st.none() | st.integers(-999, 999),
        st.none() | st.decimals(-999, 999, places=2),
        st.none() | st.dates(date(2000, 1, 1), date(2040, 1, 1)),
        st.none() | st.booleans(),
        st.none() | TEXT.filter(lambda text: text != "n/a"),
    ),
    max_size=6,
)
NAMES = ("count", "amount", "day", "sure", "note")
TITLES = ("Mitarbeiter", "Zahl", "Betrag", "Tag", "Sicher", "Notiz")


def source(dialect: Dialect) -> Source:
    types = dict(zip(NAMES, ("integer", "number", "date", "boolean", "string"), strict=True))
    columns = {
        name: ColumnForm(type=types[name], header=(title,), required=False)
        for name, title in zip(NAMES, TITLES[1:], strict=True)
    }
    return Source("s", "s.csv", SourceForm(columns=columns), dialect, (), ("rep", *NAMES))


def by_hand(rows: Mapping[str, Sequence[Any]]) -> str:
    """The canonical file, written by what the documentation says about it."""

    def quoted(text: str) -> str:
        text = "'" + text if text[:1] and text[0] in "=+-@'" else text
        return '"' + text.replace('"', '""') + '"' if any(char in text for char in ';"\r\n') else text

    lines = ["\N{ZERO WIDTH NO-BREAK SPACE}# standardwerk 1", ";".join(("rep", *NAMES))]
    for rep, (count, amount, day, sure, note) in sorted(rows.items()):
        cells = [quoted(rep), "" if count is None else str(count)]
        if amount is None:
            cells.append("")
        else:
            cents = int(amount * 100)
            whole, rest = divmod(abs(cents), 100)
            fraction = f"{rest:02}".rstrip("0")
            cells.append(("-" if cents < 0 else "") + str(whole) + ("," + fraction if fraction else ""))
        cells.append("" if day is None else f"{day.year:04}-{day.month:02}-{day.day:02}")
        cells.append({None: "", True: "true", False: "false"}[sure])
        cells.append("" if note is None else quoted(note))
        lines.append(";".join(cells))
    return "\n".join([*lines, ""])


def imported(data: bytes, dialect: Dialect) -> bytes:
    """What the import makes of a file."""
    its = source(dialect)
    contract, found = contract_of(its), Diagnostics()
    raw = read_any(GivenFile("f", data), contract, found)
    assert raw is not None, list(found)
    table = make_table(raw, contract, found)
    assert [f"{one.code.code} {one.place}" for one in found] == []
    return canonical_file(its, in_order(its, [(cells[:-1], line) for cells, line in table.rows]))


@thorough
@given(ROWS, choices, st.data())
def test_any_writing_of_a_table_becomes_the_same_file(rows: dict[str, Any], how: dict[str, Any], data: Any) -> None:
    style = how["style"]
    table = [list(TITLES)]
    for rep, values in data.draw(st.permutations(sorted(rows.items()))):
        cells = [rep, *(cell(value, style, data.draw) for value in values[:-1]), values[-1] or "-"]
        if how["codec"] == "cp1252" or how["auto"]:
            # The signs that are in no code page, or other bytes in each.
            cells = [text.replace("−", "-").replace("€", "EUR").replace("’", "'") for text in cells]
        table.append(cells)
    dialect = Dialect(
        STYLES[style][0],
        "auto" if how["auto"] else how["delimiter"],
        "auto" if how["auto"] else {"bom": "utf-8", "big": "utf-16"}.get(how["codec"], how["codec"]),
        {"english": "day-first", "american": "month-first"}.get(style),
        how["preamble"],
        how["footer"],
        frozenset({"-", "n/a"}),
    )
    made = imported(write(table, how), dialect)
    assert made.decode() == by_hand(rows)
    _check_it_is_read_back(made, rows)


@thorough
@given(ROWS, st.data())
def test_a_workbook_of_a_table_becomes_the_same_file(rows: dict[str, Any], data: Any) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(list(TITLES))
    for at, (rep, values) in enumerate(data.draw(st.permutations(sorted(rows.items()))), 2):
        for column, value in enumerate((rep, *values), 1):
            typed = value
            if isinstance(value, int | Decimal | date) and data.draw(st.booleans()):
                # People type numbers and days into cells of text.
                typed = cell(value, "german", data.draw)
            place = sheet.cell(at, column, typed)
            if isinstance(typed, str):
                place.data_type = "s"
    out = io.BytesIO()
    book.save(out)
    made = imported(out.getvalue(), Dialect("de", ";", "utf-8", missing=frozenset({"-", "n/a"})))
    assert made.decode() == by_hand(rows)
    _check_it_is_read_back(made, rows)


def _check_it_is_read_back(made: bytes, rows: Mapping[str, Sequence[Any]]) -> None:
    assert is_canonical(made)
    # Whatever the contract says about how the export is written, nothing of it applies.
    dialect = Dialect("en_US", ",", "cp1252", "month-first", 7, "Total", frozenset({"", "0", "true"}))
    found = Diagnostics()
    table = read_contract(made, "f", contract_of(source(dialect)), found)
    assert list(found) == []
    assert table is not None
    assert [cells[:-1] for cells, _ in table.rows] == [(rep, *values) for rep, values in sorted(rows.items())]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "true"),
        (-5, "-5"),
        (Decimal("1234567.50"), "1234567,5"),
        (Decimal("-0.000000001"), "-0,000000001"),
        (Decimal("1E+3"), "1000"),
        (date(2026, 3, 1), "2026-03-01"),
        ("=cmd|'/c calc'!A0", "'=cmd|'/c calc'!A0"),
        ("+49 201", "'+49 201"),
        ("-3", "'-3"),
        ("@x", "'@x"),
        ("'x", "''x"),
        ("x=1", "x=1"),
    ],
)
def test_cells(value: object, text: str) -> None:
    assert cell_text(value) == text


@pytest.mark.parametrize(
    ("data", "known"),
    [
        (b"# standardwerk 1\nrep\n", True),
        (b"\xef\xbb\xbf# standardwerk 1\r\nrep\r\n", True),
        # As a spreadsheet saves it.
        (b"# standardwerk 1;;;\r\nrep;a;b;c\r\n", True),
        (b'"# standardwerk 1"\nrep\n', True),
        (b"# standardwerk 2\nrep\n", False),
        (b"# standardwerk 1 x\nrep\n", False),
        (b"# standardwerk 1", False),
        (b"rep;# standardwerk 1\n", False),
    ],
)
def test_what_the_first_line_says(data: bytes, known: bool) -> None:
    assert is_canonical(data) is known
