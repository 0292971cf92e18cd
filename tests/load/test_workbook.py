"""Workbooks: exact values, and nothing that the sheet does not show."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from standardwerk.diagnostics import CODES, Diagnostics
from standardwerk.load.headers import Contract
from standardwerk.load.tables import make_table
from standardwerk.load.workbook import number_text, read_workbook
from standardwerk.model.sources import ColumnForm, Dialect, Lookup, WideForm
from tests.factory import quick

COLUMNS = {
    "name": ColumnForm(type="string", header=("Wer",)),
    "count": ColumnForm(type="integer", required=False),
    "amount": ColumnForm(type="number", required=False),
    "day": ColumnForm(type="date", required=False),
    "sure": ColumnForm(type="boolean", required=False),
}
GERMAN = Dialect("de", ";", "utf-8", missing=frozenset({"-"}))
#: A spreadsheet knows no time zone.
MOMENT = datetime(2026, 3, 31)  # noqa: DTZ001
HEADER = ("Wer", "count", "amount", "day", "sure")


def book(*sheets: tuple[str, Sequence[Sequence[Any]]], change: Callable[[Workbook], None] | None = None) -> bytes:
    made = Workbook()
    made.remove(made.active)
    for title, rows in sheets:
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    if change is not None:
        change(made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def edited(data: bytes, part: str, *changes: tuple[str, str]) -> bytes:
    """A workbook with something of its XML changed by hand."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == part:
                for pattern, value in changes:
                    changed, count = re.subn(pattern.encode(), value.encode(), text)
                    assert count, pattern
                    text = changed
            new.writestr(name, text)
    return out.getvalue()


def read(
    data: bytes,
    columns: dict[str, ColumnForm] | None = None,
    dialect: Dialect = GERMAN,
    key: tuple[str, ...] = (),
    **more: Any,
) -> tuple[list[tuple[Any, ...]] | None, list[str]]:
    found = Diagnostics()
    contract = Contract(columns or COLUMNS, key, dialect, **more)
    raw = read_workbook(data, "f.xlsx", contract, found)
    table = None if raw is None else make_table(raw, contract, found)
    for one in found:
        assert CODES[one.code.code].what.format(**one.values)
    return None if table is None else [cells for cells, _line in table.rows], [
        f"{one.code.code} {str(one.place).removeprefix('f.xlsx')}" for one in found
    ]


def one_sheet(*rows: Sequence[Any], header: Sequence[Any] = HEADER, **more: Any) -> bytes:
    return book(("Tabelle1", [header, *rows]), **more)


def test_each_kind_of_cell() -> None:
    data = one_sheet(
        ("ann", 1200, 1234.56, date(2026, 3, 31), True),
        ("bob", "1.200", "1.234,56 €", "31.03.2026", "nein"),
        ("-x ", None, -3, MOMENT, 1),
        (4711, "", "(0,5)", None, None),
    )
    assert read(data) == (
        [
            ("ann", 1200, Decimal("1234.56"), date(2026, 3, 31), True),
            ("bob", 1200, Decimal("1234.56"), date(2026, 3, 31), False),
            ("-x", None, -3, date(2026, 3, 31), True),
            ("4711", None, Decimal("-0.5"), None, None),
        ],
        [],
    )


@quick
@given(st.decimals(-(10**9), 10**9, places=4), st.integers(-(10**15) + 1, 10**15 - 1))
def test_a_decimal_survives_its_binary_fraction(value: Decimal, whole: int) -> None:
    """What was typed is read, though the file holds binary fractions; spreadsheets write all 17 digits of them."""
    assert Decimal(number_text(float(value))) == value
    assert Decimal(number_text(float(f"{float(value):.17g}"))) == value
    assert Decimal(number_text(whole)) == whole


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.1 + 0.2, "0.3"),
        (1e21, "1000000000000000000000"),
        (1e-7, "0.0000001"),
        (2.0, "2"),
        (1 / 3, "0.333333333333333"),
    ],
)
def test_numbers_have_15_digits(value: float, text: str) -> None:
    assert number_text(value) == text


def test_what_a_number_format_shows() -> None:
    def formats(made: Workbook) -> None:
        sheet = made.active
        for row, code in enumerate(codes, 2):
            sheet.cell(row, 1).number_format = code if code.strip("0") == "" else "General"
            sheet.cell(row, 3).number_format = code

    codes = ["00000", '#,##0.00 "€"', "[$€-407] #,##0", '0 "CHF"', "0.0%", '[$$-409]#,##0;[Red]"EUR"0', '0 "Stk"']
    data = one_sheet(*((12, 1, 5) for _ in codes), change=formats)
    rows, faults = read(data)
    assert rows is not None
    assert [row[0] for row in rows] == ["00012", "12", "12", "12"]
    assert faults == ["SW326 [Tabelle1]:5:3", "SW321 [Tabelle1]:6:3", "SW326 [Tabelle1]:7:3"]


def test_what_is_no_value_of_its_column() -> None:
    data = one_sheet(
        (1.5, 1.5, True, MOMENT.replace(hour=12), "vielleicht"),
        (date(2026, 1, 1), date(2026, 1, 1), "#N/A", 45000, time(12)),
        ("x", 1, 1 / 3, None, None),
        ("x", 1e15, 1e18, None, None),
    )
    rows, faults = read(data)
    assert rows == []
    first = [f"{'SW358' if at == 4 else 'SW306'} [Tabelle1]:2:{at}" for at in range(1, 6)]
    assert faults == first + [f"SW306 [Tabelle1]:3:{at}" for at in range(1, 6)] + [
        "SW306 [Tabelle1]:4:3",
        "SW306 [Tabelle1]:5:2",
        "SW306 [Tabelle1]:5:3",
    ]


def test_preamble_footer_empty_rows_and_empty_columns() -> None:
    rows = [("Bericht",), (), HEADER, ("ann", 1), (), ("bob", 2, None, None, None, None), ("Summe", 3), ("x", "y")]
    dialect = Dialect("de", ";", "utf-8", skip_rows=2, footer="Summe")
    assert read(book(("T", rows)), dialect=dialect) == (
        [("ann", 1, None, None, None), ("bob", 2, None, None, None)],
        [],
    )
    assert read(book(("T", rows[:6])), dialect=dialect)[1] == ["SW334 [T]:6"]
    assert read(book(("T", [*rows[:4], ("ann", 1, 1, None, None, 7)])), dialect=GERMAN)[1][0].startswith("SW30")
    wide = one_sheet(("ann", 1, None, None, None, 7))
    assert read(wide)[1] == ["SW305 [Tabelle1]:2"]


def test_the_sheet_that_is_meant() -> None:
    good = [HEADER, ("ann", 1)]
    assert read(book(("Info", [("x",)]), ("Daten", good)))[0] == [("ann", 1, None, None, None)]
    assert read(book(("A", good), ("B", good)))[1] == ["SW345 "]
    assert read(book(("A", good), ("B", [HEADER, ("bob", 2)])), sheet="B")[0] == [("bob", 2, None, None, None)]
    assert read(book(("A", [("x",)]), ("B", [("y",)])))[1] == ["SW344 "]
    assert read(book(("A", good)), sheet="C")[1] == ["SW344 "]
    # The only one there is: its header is what is wrong.
    assert read(book(("A", [("Wer", "unknown"), ("ann", 1)])))[1] == ["SW303 [A]:1:2"]
    assert read(book(("A", [])))[1] == ["SW301 [A]"]

    def hide(made: Workbook) -> None:
        made["A"].sheet_state = "hidden"

    assert read(book(("A", good), ("B", [HEADER, ("bob", 2)]), change=hide))[0] == [("bob", 2, None, None, None)]


def test_a_formula_without_a_value_is_no_empty_cell() -> None:
    data = one_sheet(("ann", "=1+1"), ("bob", 2))
    assert read(data) == ([("bob", 2, None, None, None)], ["SW346 [Tabelle1]:2:2"])
    part, cell = "xl/worksheets/sheet1.xml", r'<c r="B2"><f>1\+1</f><v( ?/|></v)>'
    computed = edited(data, part, (cell, '<c r="B2"><f>1+1</f><v>2</v>'))
    assert read(computed) == ([("ann", 2, None, None, None), ("bob", 2, None, None, None)], [])
    # A formula may give an empty text.
    empty = edited(data, part, (cell, '<c r="B2" t="str"><f>""</f><v></v>'))
    assert read(empty)[1] == []


def test_merged_cells_are_not_read_as_empty_ones() -> None:
    def merge(made: Workbook) -> None:
        made.active.merge_cells("A2:A3")

    data = one_sheet(("ann", 1), (None, 2), change=merge)
    assert read(data)[1] == ["SW347 [Tabelle1]:2:1", "SW307 [Tabelle1]:3:1"]
    # Above the header they carry no figures.
    rows = [("Bericht", None), HEADER, ("ann", 1)]
    titled = book(("T", rows), change=lambda made: made.active.merge_cells("A1:B1"))
    assert read(titled, dialect=Dialect("de", ";", "utf-8", skip_rows=1))[1] == []


def test_what_the_file_says_about_its_size_cuts_nothing_off() -> None:
    data = one_sheet(("ann", 1), ("bob", 2))
    wrong = edited(data, "xl/worksheets/sheet1.xml", (r'<dimension ref="[^"]*" ?/>', '<dimension ref="A1"/>'))
    assert [row[:2] for row in read(wrong)[0] or ()] == [("ann", 1), ("bob", 2)]


def test_hidden_rows_are_read_as_well() -> None:
    def hide(made: Workbook) -> None:
        made.active.row_dimensions[2].hidden = True

    assert len(read(one_sheet(("ann", 1), ("bob", 2), change=hide))[0] or ()) == 2


def test_months_as_columns_are_dates_to_a_spreadsheet() -> None:
    columns = {
        "rep": ColumnForm(type="string"),
        "quota": ColumnForm(type="number", unit_factor="1000"),
        "month": ColumnForm(type="string"),
    }
    wide = WideForm(key="month", value="quota", columns={"2026-01-01": "2026-01", "Feb": "2026-02"})
    data = one_sheet(("ann", 1.5, "-"), ("bob", "2,5", 3), header=("rep", MOMENT.replace(month=1, day=1), "Feb"))
    rows, faults = read(data, columns, key=("rep",), wide=wide)
    assert (rows, faults) == ([("ann", 1500, "2026-01"), ("bob", 2500, "2026-01"), ("bob", 3000, "2026-02")], [])


def test_a_time_of_day_counts_with_its_day_where_that_is_declared() -> None:
    noon = MOMENT.replace(hour=12)
    columns = {"name": ColumnForm(type="string"), "at": ColumnForm(type="datetime")}
    rows = one_sheet(("ann", noon), ("bob", MOMENT), ("cem", "31.03.2026 9:00"), header=("name", "at"))
    assert read(rows, columns) == ([(name, date(2026, 3, 31)) for name in ("ann", "bob", "cem")], [])
    columns["at"] = ColumnForm(type="date")
    assert read(rows, columns)[1] == ["SW358 [Tabelle1]:2:2", "SW358 [Tabelle1]:4:2"]


def test_tables_for_texts_take_numbers_too() -> None:
    values = {"name": Lookup({"4711": "ann"}, "people.csv")}
    rows, faults = read(one_sheet((4711, 1), (4712, 2)), values=values)
    assert ([row[0] for row in rows or ()], faults) == (["ann"], ["SW342 [Tabelle1]:3:1"])


def test_no_workbook() -> None:
    good = one_sheet(("ann", 1))
    assert read(b"\xd0\xcf\x11\xe0" + b"\0" * 600)[1] == ["SW343 "]
    assert read(b"PK\x03\x04 and nothing else")[1] == ["SW343 "]
    for cut in (30, len(good) // 2, len(good) - 10):
        assert read(good[:cut])[1] == ["SW343 "]
    assert read(edited(good, "xl/worksheets/sheet1.xml", ("</worksheet>", "")))[1] == ["SW343 "]
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("document.txt", "x")
    assert read(other.getvalue())[1] == ["SW343 "]


def test_a_damaged_workbook_is_never_a_traceback() -> None:
    """300 workbooks with a few bytes changed (seed 4): refused, or read with what is still there."""
    good = one_sheet(("ann", 1, 1.5, date(2026, 1, 1), True), ("bob", 2, 2.5, None, False))
    dice = random.Random(4)
    for _ in range(300):
        data = bytearray(good)
        for _ in range(dice.randint(1, 5)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        rows, faults = read(bytes(data))
        assert rows is not None or faults
