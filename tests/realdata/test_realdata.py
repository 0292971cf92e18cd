"""Files by other people, beside the repository: what reading them gives is written in ``expected.yml``."""

from __future__ import annotations

import io
import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from standardwerk.diagnostics import Diagnostics
from standardwerk.load.headers import Contract
from standardwerk.load.tables import Table, read_contract
from standardwerk.model.sources import ColumnForm, Dialect

HERE = Path(__file__).parent
REALDATA = HERE.parents[2] / "shared" / "realdata"
EXPECTED: dict[str, list[dict[str, Any]]] = yaml.safe_load((HERE / "expected.yml").read_text("utf-8"))
CASES = [(folder, case) for folder, cases in EXPECTED.items() for case in cases]
PYTHON_TYPES = {"integer": int, "number": (int, Decimal), "date": date, "boolean": bool}

pytestmark = pytest.mark.skipif(not REALDATA.is_dir(), reason="../shared/realdata is not there: nothing was compared")


def _titles(data: bytes, delimiter: str, skip: int) -> list[str]:
    """The first line's cells, split naively: enough to name columns."""
    for codec in ("utf-16", "utf-8-sig", "cp1252", "latin-1"):
        if codec == "utf-16" and data[:2] not in {b"\xff\xfe", b"\xfe\xff"}:
            continue
        try:
            text = data.decode(codec)
            break
        except UnicodeDecodeError:
            continue
    lines = io.StringIO(text, newline="").readlines()[skip:]
    first = next((line for line in lines if line.strip(delimiter + "\r\n ")), "")
    return [title.strip().strip('"').strip() for title in first.split(delimiter)]


def read(folder: str, case: dict[str, Any]) -> tuple[Table | None, list[str]]:
    data = (REALDATA / folder / case["file"]).read_bytes()
    delimiter = case.get("delimiter", ",")
    titles = case.get("headers") or _titles(data, "\t" if delimiter == "tab" else delimiter, case.get("skip", 0))
    types = case.get("types", {})
    columns = {title: ColumnForm(type=types.get(title, "string"), required=False) for title in titles if title}
    assert set(types) <= set(columns)
    dialect = Dialect(
        case.get("locale", "auto"),
        delimiter,
        case.get("encoding", "auto"),
        case.get("dates"),
        case.get("skip", 0),
        case.get("footer", ""),
        frozenset(case.get("missing", ())),
        headers=tuple(case.get("headers", ())),
    )
    found = Diagnostics()
    table = read_contract(data, "f", Contract(columns, (), dialect), found)
    return table, [f"{one.code.code}{str(one.place).removeprefix('f')}" for one in found]


@pytest.mark.parametrize(("folder", "case"), CASES, ids=lambda one: one if isinstance(one, str) else one["file"])
def test_it_is_read_as_expected(folder: str, case: dict[str, Any]) -> None:
    table, faults = read(folder, case)
    if "codes" in case:
        assert sorted({fault.partition(":")[0] for fault in faults}) == sorted(case["codes"])
    else:
        assert sorted(faults) == sorted(case.get("faults", ()))
    if "rows" in case:
        assert (None if table is None else len(table.rows)) == case["rows"]
    for column, kind in case.get("types", {}).items():
        if table is not None:
            cells = [row[table.columns.index(column)] for row, _ in table.rows]
            assert all(cell is None or isinstance(cell, PYTHON_TYPES[kind]) for cell in cells)
            if column in case.get("sums", {}):
                assert sum(Decimal(cell) for cell in cells if cell is not None) == Decimal(case["sums"][column])


SPECTRUM = list(EXPECTED["csv_spectrum"])


@pytest.mark.parametrize("case", SPECTRUM, ids=lambda case: case["file"])
def test_csv_spectrum_is_read_as_its_truth_says(case: dict[str, Any]) -> None:
    table, _ = read("csv_spectrum", case)
    assert table is not None
    name = Path(case["file"]).stem
    truth = json.loads((REALDATA / "csv_spectrum" / "json" / f"{name}.json").read_text("utf-8"))
    rows = [{name: cell or "" for name, cell in zip(table.columns, row, strict=True)} for row, _ in table.rows]
    if name == "location_coordinates":
        # The truth is one object, and its telephone number is not the file's.
        truth = [truth | {"Contact Phone Number": "2095257564"}]
    if name == "newlines_crlf":
        # The file came with line feeds only; its truth is that of the file with CRLF.
        data = (REALDATA / "csv_spectrum" / case["file"]).read_bytes()
        assert b"\r" not in data
        columns = {title: ColumnForm(type="string") for title in "abc"}
        contract = Contract(columns, (), Dialect("auto", ",", "utf-8"))
        table = read_contract(data.replace(b"\n", b"\r\n"), "f", contract, Diagnostics())
        rows = [dict(zip(table.columns, row, strict=True)) for row, _ in table.rows]
    assert rows == truth


def test_every_file_has_an_expectation() -> None:
    suffixes = {".csv", ".tsv", ".ssv"}
    for folder, cases in EXPECTED.items():
        root = REALDATA / folder
        there = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.suffix.lower() in suffixes}
        assert there - {case["file"] for case in cases} == set()


def test_every_folder_of_tables_has_expectations() -> None:
    """``sales_adventureworks`` has a test of its own; the other folders hold no tables to read."""
    tables = {path.name for path in REALDATA.iterdir() if path.name.startswith(("csv_", "de_"))}
    assert set(EXPECTED) == tables
    assert len(tables) == 6
