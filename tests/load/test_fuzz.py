"""Broken files: never a traceback, and never a wrong value without a diagnostic.

Seeds and counts are printed (``pytest -rP``). ``STANDARDWERK_FUZZ=100`` tries a hundred times as many files, from
another seed.
"""

from __future__ import annotations

import csv
import io
import random
import re
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from standardwerk.diagnostics import Diagnostics
from standardwerk.load.headers import Contract
from standardwerk.load.tables import Table, read_contract
from standardwerk.model.sources import ColumnForm, Dialect, WideForm
from tests.factory import TIMES

ROOT = Path(__file__).resolve().parents[2]
REALDATA = ROOT.parent / "shared" / "realdata"
SEED = 20261123 if TIMES == 1 else 20261123 + TIMES
RUNS = 3000 * TIMES
COLUMNS = {
    "rep": ColumnForm(type="string"),
    "count": ColumnForm(type="integer", required=False, minimum="0"),
    "amount": ColumnForm(type="number", required=False),
    "day": ColumnForm(type="date", required=False),
    "sure": ColumnForm(type="boolean", required=False),
    "month": ColumnForm(type="string", required=False),
}
WIDE = WideForm(key="month", value="amount", columns={"Jan": "1", "Feb": "2"})
SOUND = "rep;count;amount;day;sure\r\n" + "".join(
    f"person-{number};{number};{number}.{number}00,{number}5;{number:02}.03.2026;ja\r\n" for number in range(1, 9)
)


def contracts(dice: random.Random) -> Contract:
    dialect = Dialect(
        dice.choice(["de", "en", "de_CH", "auto"]),
        dice.choice([";", ",", "|", "tab", "auto"]),
        dice.choice(["utf-8", "utf-16", "cp1252", "auto"]),
        dice.choice([None, "day-first", "month-first"]),
        dice.choice([0, 0, 2]),
        dice.choice(["", "", "Summe", "/^x+$/"]),
        frozenset(dice.choice([(), ("-",)])),
        headers=dice.choice([(), (), ("rep", "amount")]),
    )
    key = dice.choice([(), ("rep",)])
    return Contract(COLUMNS, key, dialect, (), dice.choice([None, None, WIDE]))


def read(data: bytes, contract: Contract) -> tuple[Table | None, Diagnostics]:
    found = Diagnostics()
    return read_contract(data, "f", contract, found), found


def mutate(data: bytes, dice: random.Random) -> bytes:
    found = bytearray(data)
    for _ in range(dice.randint(1, 5)):
        at = dice.randrange(len(found) + 1)
        what = dice.randrange(6)
        if what == 0:
            del found[at:]
        elif what == 1:
            found[at:at] = bytes([dice.randrange(256)])
        elif what == 2:
            del found[at : at + dice.randint(1, 4)]
        elif what == 3:
            found[at:at] = dice.choice([b'"', b";", b"\r", b"\n", b"\0", b"\xff\xfe", b"\xef\xbb\xbf", "−%€½".encode()])
        elif what == 4:
            other = dice.randrange(len(found) + 1)
            found[at:at] = found[min(at, other) : max(at, other)][:200]
        elif found:
            found[at % len(found)] ^= 1 << dice.randrange(8)
    return bytes(found)


def check(data: bytes, contract: Contract, count: Counter[str]) -> None:
    table, found = read(data, contract)
    count["refused" if table is None else "read with diagnostics" if len(found) else "read"] += 1
    assert table is not None or len(found)
    for cells, _ in table.rows if table else ():
        for name, cell in zip(COLUMNS, cells, strict=True):
            assert cell is None or isinstance(cell, str | int | Decimal | date)
            assert not isinstance(cell, Decimal) or cell.is_finite()
            assert cell is not None or not COLUMNS[name].required or name == "month"


def test_random_bytes() -> None:
    dice, count = random.Random(SEED), Counter()
    alphabets = [bytes(range(256)), b"rep;count,amount|day\tsure\"\r\n 0123456789.,-'", "repä;1,5\n".encode("utf-16")]
    for _ in range(RUNS):
        data = bytes(dice.choices(dice.choice(alphabets), k=dice.randrange(200)))
        if dice.random() < 0.5:
            data = b"rep;count;amount;day;sure\n" + data
        check(data, contracts(dice), count)
    print(f"random bytes: seed {SEED}, {RUNS} files, {dict(count)}")


def test_mutated_files() -> None:
    dice, count = random.Random(SEED + 1), Counter()
    files = [SOUND.encode(), SOUND.encode("utf-16"), SOUND.encode("cp1252")]
    files += [path.read_bytes() for path in sorted((ROOT / "scorecards").glob("2026-0[1-3]/*.csv"))]
    files += [path.read_bytes()[:5000] for path in sorted(REALDATA.glob("*/**/*.csv"))]
    fitting = Contract(COLUMNS, ("rep",), Dialect("auto", "auto", "auto"))
    for run in range(RUNS):
        # Half of them are ours, by their own contract, so that faults deep in a file are met as well.
        chosen = (files[run % 3], fitting) if run % 2 else (dice.choice(files), contracts(dice))
        check(mutate(chosen[0], dice), chosen[1], count)
    print(f"mutated files: seed {SEED + 1}, {RUNS} files of {len(files)}, {dict(count)}")


def mildly(text: str, dice: random.Random) -> str:
    """A text in which people wrote something else here and there."""
    for _ in range(dice.randint(1, 3)):
        at = dice.randrange(text.index("\n"), len(text))
        text = (
            text[:at]
            + dice.choice("0123456789.,;-−()' \u00a0€%xj\r\n\"") * dice.choice((0, 1, 1))
            + text[at + dice.randrange(2) :]
        )
    return text


def naive(data: bytes) -> dict[int, list[str]]:
    """The cells of each line, by Python's own reader."""
    text = data.decode("utf-8-sig")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";", doublequote=True)
    rows, line = {}, 1
    for row in reader:
        rows[line] = row
        line = reader.line_num + 1
    return rows


def naive_value(text: str, kind: str) -> object:
    """What a reader of German makes of a cell; an error if she would hesitate."""
    text = text.strip(" \u00a0\t")
    if kind == "string" or not text:
        return text or None
    if kind == "boolean":
        return {"ja": True, "nein": False, "x": True, "wahr": True, "falsch": False, "true": True, "false": False}[
            text.lower()
        ] if text not in {"0", "1"} else text == "1"  # fmt: skip
    if kind == "date":
        german = re.fullmatch(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})", text)
        parts = (german[3], german[2], german[1]) if german else re.split("[-/]", text)
        return date(*map(int, parts))
    negative = bool(re.search(r"^[-−]|[-−]$|^\(.*\)$", text))
    bare = re.sub(r"[-−()€+ \u00a0\u202f]|EUR", "", text)
    assert re.fullmatch(r"[0-9]+(,[0-9]+)?|[0-9]{1,3}(\.[0-9]{3})+(,[0-9]+)?", bare), text
    return Decimal(bare.replace(".", "").replace(",", ".")) * (-1 if negative else 1)


def test_what_is_read_of_a_mutated_file_is_what_it_says() -> None:
    """A second, naive reader finds the same values in every row that is taken."""
    dice, rows, files = random.Random(SEED + 2), 0, 0
    names = ("rep", "count", "amount", "day", "sure")
    contract = Contract({name: COLUMNS[name] for name in names}, ("rep",), Dialect("de", ";", "utf-8"))
    sound = SOUND.replace("person-", "pérsön-")
    for _ in range(RUNS // 2):
        data = mildly(sound, dice).encode()
        table, found = read(data, contract)
        if table is None or found.errors:
            continue
        files += 1
        lines = naive(data)
        head = [title.strip() for title in next(row for row in lines.values() if any(row))]
        for cells, line in table.rows:
            told = dict(zip(head, lines[line], strict=False))
            values = [naive_value(told.get(name, ""), COLUMNS[name].type) for name in names]
            assert list(cells) == values, (data, line)
            rows += 1
    print(f"second reader: seed {SEED + 2}, {RUNS // 2} files, {files} without an error, {rows} rows compared")
    assert rows > RUNS // 2


def test_a_cut_file_gives_no_wrong_value_without_a_diagnostic() -> None:
    contract = Contract(COLUMNS, ("rep",), Dialect("de", ";", "utf-8"))
    whole, none = read(SOUND.encode(), contract)
    assert whole is not None
    assert not len(none)
    true, silent = {row for row, _ in whole.rows}, 0
    for length in range(len(SOUND)):
        table, found = read(SOUND.encode()[:length], contract)
        if not len(found):
            assert table is not None
            assert {row for row, _ in table.rows} <= true
            silent += bool(table.rows)
    print(f"cut files: {len(SOUND)} lengths, {silent} whole rows without a diagnostic")
    # Only at the ends of lines is nothing to be seen: after CR and after LF.
    assert silent == 2 * 8 - 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_the_wrong_contract_gives_no_wrong_value_without_a_diagnostic(encoding: str) -> None:
    """Every other dialect either reads the very same values, or says something."""
    text = SOUND.replace("person-", "pérsön-")
    right = Dialect("de", ";", encoding)
    whole, _ = read(text.encode(encoding), Contract(COLUMNS, ("rep",), right))
    assert whole is not None
    tried = 0
    for locale in ("de", "de_AT", "de_CH", "en", "en_US", "fr", "auto"):
        for delimiter in (";", ",", "|", "tab", "auto"):
            for other in ("utf-8", "utf-16", "cp1252", "auto"):
                contract = Contract(COLUMNS, ("rep",), Dialect(locale, delimiter, other))
                table, found = read(text.encode(encoding), contract)
                tried += 1
                if not len(found):
                    assert table == whole
    print(f"wrong contracts: {tried} for {encoding}")
