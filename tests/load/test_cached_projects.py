"""A whole project read again: what did not change is not parsed again, and no change escapes, whatever its time."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from standardwerk.diagnostics import Diagnostics
from standardwerk.load import cache as cache_module
from standardwerk.load.cache import TableCache
from standardwerk.load.files import Folder
from standardwerk.load.project import load_project
from tests.load.building import BASE, write

MONTHS = [f"2026-{month:02}" for month in range(1, 13)]
LONG_AGO = 1_000_000_000


class Reader:
    """Reads a project again and again, and lists which files were parsed."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root = root
        self.parsed: list[str] = []
        parse = cache_module.read_contract

        def noting(data: bytes, file: str, *more: object) -> object:
            self.parsed.append(file)
            return parse(data, file, *more)

        monkeypatch.setattr(cache_module, "read_contract", noting)

    def read(self) -> tuple[list[str], dict[str, Decimal | int]]:
        """The files that were parsed, and what each month says of Ann's ``done``."""
        self.parsed.clear()
        folders = (Folder(self.root / "standards", "standards"), Folder(self.root / "scorecards", "scorecards"))
        loaded = load_project(*folders, date(2026, 12, 31), Diagnostics(), TableCache(self.root / ".cache"))
        assert loaded is not None
        rows = loaded.rows.by_rep["ann"]["sales"]
        position = loaded.project.scoring.sources.sources["sales"].position("done")
        return list(self.parsed), {str(month): its[0][0][position] for month, its in sorted(rows.items())}


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Reader:
    files = {f"scorecards/{month}/sales.csv": BASE["scorecards/2026-01/sales.csv"] for month in MONTHS}
    write(tmp_path, files)
    _still(tmp_path)
    return Reader(tmp_path, monkeypatch)


def _still(root: Path) -> None:
    """Every file has the same old time, whatever was written when."""
    for path in root.rglob("*"):
        os.utime(path, (LONG_AGO, LONG_AGO))


def test_the_second_time_nothing_is_parsed(reader: Reader) -> None:
    first, values = reader.read()
    # Equal files are one: what is kept goes by content.
    assert first == ["scorecards/2026-01/sales.csv"]
    assert values == dict.fromkeys(MONTHS, 8)
    assert reader.read() == ([], values)


def test_a_month_with_another_figure_alone_is_parsed_though_time_and_size_are_the_same(reader: Reader) -> None:
    _, values = reader.read()
    path = reader.root / "scorecards/2026-07/sales.csv"
    was = path.read_bytes()
    path.write_bytes(was.replace(b"ann;8;10", b"ann;7;10"))
    assert len(path.read_bytes()) == len(was)
    _still(reader.root)
    assert reader.read() == (["scorecards/2026-07/sales.csv"], values | {"2026-07": 7})
    assert reader.read()[0] == []
    # Back to what it was: the old table is the right one.
    path.write_bytes(was)
    _still(reader.root)
    assert reader.read() == ([], values)


def _swap(root: Path) -> None:
    """Two months change places: each file is known, under another name."""
    one, other = (root / f"scorecards/2026-0{number}/sales.csv" for number in (3, 4))
    one.write_bytes(b"rep;done;due\nann;3;10\n")
    other.write_bytes(b"rep;done;due\nann;4;10\n")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (_swap, {"2026-03": 3, "2026-04": 4}),
        # The contract reads the same bytes in another way.
        (
            lambda root: _edit(root / "scorecards/sources.yml", "type: integer,", 'type: integer, unit_factor: "100",'),
            dict.fromkeys(MONTHS, 800),
        ),
    ],
)
def test_no_change_escapes(reader: Reader, change: Callable[[Path], None], expected: dict[str, int]) -> None:
    _, values = reader.read()
    change(reader.root)
    _still(reader.root)
    parsed, now = reader.read()
    assert parsed
    assert now == values | expected
    if change is _swap:
        one, other = (reader.root / f"scorecards/2026-0{number}/sales.csv" for number in (3, 4))
        first, second = one.read_bytes(), other.read_bytes()
        one.write_bytes(second)
        other.write_bytes(first)
        _still(reader.root)
        assert reader.read() == ([], values | {"2026-03": 4, "2026-04": 3})


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")
