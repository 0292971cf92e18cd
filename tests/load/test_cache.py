"""Kept tables: an unchanged file is not parsed again, and nothing old is ever found."""

from __future__ import annotations

import os
import pickle
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest

from standardwerk.diagnostics import Diagnostics
from standardwerk.load import cache as cache_module
from standardwerk.load.cache import TableCache
from standardwerk.load.headers import Contract
from standardwerk.load.tables import Table
from standardwerk.model.sources import ColumnForm, Dialect

COLUMNS = {
    "rep": ColumnForm(type="string"),
    "amount": ColumnForm(type="number"),
    "day": ColumnForm(type="date", required=False),
}
CONTRACT = Contract(COLUMNS, ("rep",), Dialect("de", ";", "utf-8"))
DATA = b"rep;amount;day\nann;1.234,56;31.03.2026\n\nbob;2;\n"


def read(folder: Path, data: bytes = DATA, contract: Contract = CONTRACT) -> tuple[Table | None, int, list[str]]:
    kept, found = TableCache(folder), Diagnostics()
    table = kept.read(data, "f", contract, found)
    return table, kept.hits, [one.code.code for one in found]


def test_the_second_time_the_same_table_is_found(tmp_path: Path) -> None:
    first, hits, faults = read(tmp_path)
    assert (hits, faults) == (0, [])
    assert first is not None
    assert [row for row, _ in first.rows] == [("ann", Decimal("1234.56"), date(2026, 3, 31)), ("bob", 2, None)]
    assert [line for _, line in first.rows] == [2, 4]
    assert read(tmp_path) == (first, 1, [])
    assert type(read(tmp_path)[0].rows[1][0][1]) is int


def test_a_changed_file_with_the_same_time_and_size_is_read_again(tmp_path: Path) -> None:
    read(tmp_path)
    for entry in tmp_path.iterdir():
        os.utime(entry, (2**31, 2**31))
    table, hits, _ = read(tmp_path, DATA.replace(b"1.234,56", b"1.234,57"))
    assert (hits, table.rows[0][0][1]) == (0, Decimal("1234.57"))


@pytest.mark.parametrize(
    "contract",
    [
        Contract(COLUMNS, ("rep",), Dialect("de", ";", "utf-8", missing=frozenset({"2"}))),
        Contract(COLUMNS, (), Dialect("de", ";", "utf-8")),
        Contract(COLUMNS, ("rep",), Dialect("de", ";", "utf-8", footer="bob")),
        Contract(COLUMNS, ("rep",), Dialect("de", ";", "auto")),
        Contract({**COLUMNS, "amount": ColumnForm(type="number", unit_factor="1000")}, ("rep",), CONTRACT.dialect),
        Contract({**COLUMNS, "amount": ColumnForm(type="number", maximum="5000")}, ("rep",), CONTRACT.dialect),
        Contract(dict(reversed(COLUMNS.items())), ("rep",), CONTRACT.dialect),
    ],
)
def test_a_changed_contract_is_another_table(tmp_path: Path, contract: Contract) -> None:
    read(tmp_path)
    table, hits, faults = read(tmp_path, contract=contract)
    assert hits == 0
    assert read(tmp_path / "empty", contract=contract) == (table, 0, faults)


def test_another_version_reads_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read(tmp_path)
    monkeypatch.setattr(cache_module, "_readers", lambda: b"another")
    assert read(tmp_path)[1] == 0


def test_tables_with_faults_are_not_kept(tmp_path: Path) -> None:
    for data in (b"rep;amount\nann;x\n", b"rep;amount\nann;1", b"nothing"):
        first = read(tmp_path, data)
        assert first[2]
        assert read(tmp_path, data) == first
    assert list(tmp_path.iterdir()) == []


def test_broken_entries_are_passed_over(tmp_path: Path) -> None:
    sound, _, _ = read(tmp_path)
    (entry,) = tmp_path.iterdir()
    whole = entry.read_bytes()
    tried = 0
    for position in range(0, len(whole)):
        for broken in (whole[:position], whole[:position] + bytes([whole[position] ^ 1]) + whole[position + 1 :]):
            entry.write_bytes(broken)
            assert read(tmp_path) == (sound, 0, [])
            tried += 1
    print(f"broken entries: {tried}")
    assert read(tmp_path)[1] == 1


class _Evil:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("exit 1",)


@pytest.mark.parametrize(
    "content", [_Evil(), 7, ("a",), ((), [[1], [1, 2]], [1], ()), (("rep",), [["x"]], (1, 9), (1,))]
)
def test_an_entry_that_is_not_ours_is_not_trusted(tmp_path: Path, content: object) -> None:
    sound, _, _ = read(tmp_path)
    (entry,) = tmp_path.iterdir()
    payload = pickle.dumps(content)
    entry.write_bytes(sha256(entry.name.encode() + payload).digest() + payload)
    assert read(tmp_path) == (sound, 0, [])


def test_an_entry_under_another_name_is_not_taken_for_it(tmp_path: Path) -> None:
    read(tmp_path)
    (old,) = tmp_path.iterdir()
    changed = DATA.replace(b"bob;2", b"bob;3")
    read(tmp_path, changed)
    (new,) = set(tmp_path.iterdir()) - {old}
    new.write_bytes(old.read_bytes())
    table, hits, _ = read(tmp_path, changed)
    assert (hits, table.rows[1][0][1]) == (0, 3)


def test_a_folder_that_cannot_be_written_costs_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    table, hits, faults = read(tmp_path / "file" / "cache")
    assert (len(table.rows), hits, faults) == (2, 0, [])
    assert TableCache(None).read(DATA, "f", CONTRACT, Diagnostics()) == table


def test_much_that_is_not_needed_is_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache_module, "_SPARE", 2)
    for number in range(5):
        read(tmp_path, DATA + f"c;{number};\n".encode())
    kept = TableCache(tmp_path)
    kept.read(DATA, "f", CONTRACT, Diagnostics())
    kept.tidy()
    assert len(list(tmp_path.iterdir())) == 1
