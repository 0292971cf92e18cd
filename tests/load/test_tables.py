from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from standardwerk.diagnostics import Diagnostics
from standardwerk.load.tables import Table, read_table
from standardwerk.model.sources import ColumnForm, Dialect
from tests.factory import quick, thorough

COLUMNS = {
    "name": ColumnForm(type="string", header=("Wer",)),
    "count": ColumnForm(type="integer", required=False),
    "amount": ColumnForm(type="number", required=False),
    "day": ColumnForm(type="date", required=False),
}
GERMAN = Dialect("de", ";", "utf-8")
CODECS = {"utf-8": "utf-8", "cp1252": "cp1252", "utf-16": "utf-16"}


def table(data: bytes | str, dialect: Dialect = GERMAN, key=()) -> tuple[Table | None, list[str]]:
    found = Diagnostics()
    data = data.encode() if isinstance(data, str) else data
    return read_table(data, "f", COLUMNS, key, dialect, found), [f"{one.code.code} {one.place}" for one in found]


def is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


names = st.text(st.characters(codec="cp1252", exclude_categories=["Cc", "Zs", "Zl", "Zp"]), min_size=1, max_size=6)
words = st.lists(names, min_size=1, max_size=3).flatmap(
    lambda parts: st.sampled_from([" ", "\n", ";", ",", '"', "|", "\t"]).map(lambda glue: glue.join(parts))
)
rows = st.lists(
    st.tuples(
        words,
        st.none() | st.integers(-(10**9), 10**9),
        st.none() | st.decimals(-1000, 1000, places=2),
        st.none() | st.dates(date(2000, 1, 1), date(2040, 1, 1)),
    ),
    max_size=5,
)


@thorough
@given(
    rows,
    st.sampled_from([";", ",", "|", "tab"]),
    st.sampled_from(sorted(CODECS)),
    st.sampled_from(["de", "en", "de_CH"]),
    st.booleans(),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_every_dialect_is_read_back(its, delimiter, encoding, locale, bom, quoting, ending):
    out = io.StringIO(newline="")
    mark = "\t" if delimiter == "tab" else delimiter
    writer = csv.writer(out, delimiter=mark, quoting=quoting, lineterminator=ending)
    writer.writerow(["Wer", "day", "COUNT", " amount "])
    starts, text = [], out.getvalue()
    for name, count, amount, day in its:
        starts.append(text.count("\n") + 1)
        point = {"de": ",", "en": ".", "de_CH": "."}[locale]
        cells = [name, day and f"{day:%d.%m.%Y}", count, None if amount is None else str(amount).replace(".", point)]
        writer.writerow(["" if cell is None else cell for cell in cells])
        text = out.getvalue()
    data = text.encode(CODECS[encoding])
    # Bytes of cp1252 that are UTF-8 as well are refused: they are hardly what was declared.
    assume(encoding != "cp1252" or text.isascii() or not is_utf8(data))
    if bom and encoding == "utf-8":
        data = b"\xef\xbb\xbf" + data
    found, faults = table(data, Dialect(locale, delimiter, encoding))
    assert faults == []
    assert found.columns == tuple(COLUMNS)
    assert [line for _, line in found.rows] == starts
    assert [cells for cells, _ in found.rows] == its


@thorough
@given(
    st.binary(max_size=80) | st.text('name;count\n\r"1, \0', max_size=60).map(str.encode),
    st.sampled_from(sorted(CODECS)),
)
def test_nothing_raises(data, encoding):
    for prefix in (b"", "name;count;amount;day\n".encode(CODECS[encoding])):
        found, faults = table(prefix + data, Dialect("de", ";", encoding))
        assert found is not None or faults


HEAD = "name;count;amount;day\n"


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("", ["SW301 f"]),
        ("  \n", ["SW301 f"]),
        ("count\n", ["SW302 f:1"]),
        ("name;wer\n", ["SW304 f:1:2"]),
        ("name;nme\n", ["SW303 f:1:2"]),
        (HEAD + "a;1;2\n", ["SW305 f:2"]),
        (HEAD + "a;1;2;;;\nb;1;2;;x\n", ["SW305 f:3"]),
        (HEAD + '"a\nb";1;2;\nc;x;2;\n', ["SW306 f:4:2"]),
        (HEAD + ";1;;\n", ["SW307 f:2:1"]),
        (HEAD + "a;1;5 %;\n", ["SW321 f:2:3"]),
        (HEAD + 'a;1;2;\n"b;1;2;\n', ["SW323 f:3"]),
        (HEAD + 'a;"1"x;2;\n', ["SW323 f:2"]),
        (HEAD + f"a;{'9' * 200};2;\n", ["SW306 f:2:2"]),
        (HEAD + f"{'a' * 200_000};1;2;\n", ["SW323 f:2"]),
    ],
    ids=lambda value: str(value)[-20:],
)
def test_faults(text, faults):
    assert table(text)[1] == faults


def test_bytes_of_another_encoding():
    assert table(HEAD.encode() + "a;1;;\nä;2;;\n".encode("cp1252"))[1] == ["SW319 f:3"]
    assert table(b"a\0b", Dialect("de", ";", "utf-16"))[1] == ["SW319 f:1"]
    assert table(HEAD.encode() + b"\x81;;;\n", Dialect("de", ";", "cp1252"))[1] == ["SW319 f:2"]


def test_a_faulty_row_is_left_out_and_the_others_stay():
    found, faults = table(HEAD + "a;1;;\nb;x;;\n\nc;3;;\n", key=("name",))
    assert [(cells[0], line) for cells, line in found.rows] == [("a", 2), ("c", 5)]
    assert faults == ["SW306 f:3:2"]


def test_a_key_stands_once():
    found, faults = table(HEAD + "a;1;;\na;2;;\na;1;;\nb;1;;\n", key=("name", "count"))
    assert faults == ["SW311 f:4"]
    assert len(found.rows) == 3


def test_limits_are_for_numbers():
    columns = {
        "name": ColumnForm(type="string", minimum="1", maximum="2"),
        "x": ColumnForm(type="number", minimum="1", maximum="2"),
    }
    found = Diagnostics()
    read_table(b"name;x\na;1\na;2\na;0,9\na;2,1\n", "f", columns, (), Dialect("de", ";", "utf-8"), found)
    assert [f"{one.code.code} {one.place}" for one in found] == ["SW308 f:4:2", "SW309 f:5:2"]


def test_missing_optional_columns_are_empty():
    assert table("Wer\nx\n")[0].rows == [(("x", None, None, None), 2)]


def test_amounts_are_exact():
    assert table(HEAD + "a;;1.234.567.890,123456789;\n")[0].rows[0][0][2] == Decimal("1234567890.123456789")


@quick
@given(st.lists(st.sampled_from(["name", "count", "amount", "day"]), min_size=1, unique=True))
def test_columns_may_stand_in_any_order(order):
    cells = {"name": "n", "count": "7", "amount": "1,5", "day": "1.2.2026"}
    found, faults = table(f"{';'.join(order)}\n{';'.join(cells[name] for name in order)}\n")
    if "name" not in order:
        assert faults == ["SW302 f:1"]
        return
    values = {"name": "n", "count": 7, "amount": Decimal("1.5"), "day": date(2026, 2, 1)}
    assert found.rows[0][0] == tuple(values[name] if name in order else None for name in COLUMNS)
