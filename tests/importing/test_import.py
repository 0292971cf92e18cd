"""``standardwerk import``: what is written, what is refused, what is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest

from standardwerk.diagnostics import Diagnostics
from standardwerk.load.files import Folder
from standardwerk.load.imports import check_manifest
from standardwerk.model.months import Month
from standardwerk.operations import RefusedError
from standardwerk.render.import_report import ImportReport
from standardwerk.render.texts import Texts
from tests.importing.building import codes, plan, project, run, state, workbook
from tests.load.building import load

SOURCES = """\
sources:
  sales:
    key: [rep, product_line]
    skip_rows: 1
    footer: Summe
    missingValues: ["-"]
    ignore: [Angelegt von]
    columns:
      done: {type: integer, header: [Erledigt], minimum: 0, maximum: 1000}
      due: {type: number, header: [Fällig], unit: currency, unit_factor: 1000, title: {de: Fällig, en: Due}}
      day: {type: date, header: [Datum], required: false, in_month: true}
      sure: {type: boolean, header: [Sicher], required: false}
      note: {type: string, header: [Notiz], required: false}
"""
RAW = """\
Bericht vom 01.02.2026
Mitarbeiter;Produktlinie;Erledigt;Fällig;Angelegt von;Datum;Sicher;Notiz
cem;one;3;0,5;x;;;=1+1
ann;two;1.000;-;x;31.01.2026;ja;"zwei
Zeilen; und ""mehr"\""
ann;one;2;1.234,56 €;x;;nein;-x
Summe;1.005;1.235,06 €
"""
WRITTEN = """\
\N{ZERO WIDTH NO-BREAK SPACE}# standardwerk 1
rep;product_line;done;due;day;sure;note
ann;one;2;1234560;;false;'-x
ann;two;1000;;2026-01-31;true;"zwei
Zeilen; und ""mehr\"""
cem;one;3;500;;;'=1+1
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return project(tmp_path, SOURCES.replace("due: {type: number,", "due: {type: number, required: false,"))


def test_an_export_becomes_the_canonical_file(root: Path) -> None:
    code, said = run(root, "--month", "2026-01", files={"export-4711.csv": RAW})
    assert code == 0, said
    files = state(root)
    assert files["2026-01/sales.csv"].decode() == WRITTEN
    assert files["originals/2026-01/export-4711.csv"].decode() == RAW
    assert files["2026-01/import.yml"].decode().splitlines()[1:] == [
        "imports:",
        '  - file: "sales.csv"',
        "    source: sales",
        "    rows: 3",
        f"    sha256: {sha256(WRITTEN.encode()).hexdigest()}",
        '    original: "2026-01/export-4711.csv"',
        f"    original_sha256: {sha256(RAW.encode()).hexdigest()}",
        "    imported_on: 2026-03-10",
    ]
    # It is read as the export itself would be, to the last value.
    loaded, found = load(root)
    assert loaded is not None
    assert [one.code.code for one in found] == []
    rows = loaded.rows.by_rep["ann"]["sales"][Month.parse("2026-01")]
    assert rows[1] == (("ann", "two", 1000, None, date(2026, 1, 31), True, 'zwei\nZeilen; und "mehr"'), 4)
    assert [one.file for one in loaded.rows.imports[Month.parse("2026-01")]] == ["sales.csv"]


def test_what_is_there_is_not_replaced_unasked(root: Path) -> None:
    run(root, "--month", "2026-01", files={"a.csv": RAW})
    before = state(root)
    other = (
        RAW.replace("cem;one;3", "cem;one;4")
        .replace("1.234,56", "1.234,57")
        .replace("ann;two;1.000;-;x;31.01.2026;ja", "ann;two;1.000;1;x;;ja")
    )
    code, said = run(root, "--month", "2026-01", files={"a.csv": other})
    assert code == 1
    assert state(root) == before
    assert "Nothing was imported: 2026-01/sales.csv is there already. Replace it with --replace." in said
    changes = [
        "2026-01/sales.csv: 0 rows added, 0 removed, 3 changed",
        "  ~ ann, one: Due €1,234,560.00 → €1,234,570.00",
        "  ~ ann, two: Due – → €1,000.00; day 31 January 2026 → –",
        "  ~ cem, one: done 3 → 4",
    ]
    assert "\n".join(changes) in said
    code, said = run(root, "--month", "2026-01", "--replace", files={"a.csv": other})
    assert code == 0
    assert "\n".join(changes) in said
    after = state(root)
    # Both originals are kept, though they have one name.
    assert {name: data for name, data in after.items() if name in before and not name.startswith("2026-01/")} == {
        name: data for name, data in before.items() if not name.startswith("2026-01/")
    }
    (kept,) = set(after) - set(before)
    assert kept == f"originals/2026-01/a.{sha256(other.encode()).hexdigest()[:12]}.csv"
    assert f'original: "{kept.removeprefix("originals/")}"' in after["2026-01/import.yml"].decode()


def test_the_same_again_is_no_change(root: Path) -> None:
    run(root, "--month", "2026-01", files={"a.csv": RAW})
    before = state(root)
    code, said = run(root, "--month", "2026-01", files={"b.csv": RAW})
    assert (code, state(root)) == (0, before)
    assert "2026-01/sales.csv is there already, and the same.\nNothing was to be written.\n" in said


def test_rows_that_come_and_go(root: Path) -> None:
    run(root, "--month", "2026-01", files={"a.csv": RAW})
    less = RAW.replace("cem;one;3;0,5;x;;;=1+1\n", "").replace("ann;one;2", "cem;one;2")
    _, said = run(root, "--month", "2026-01", "--dry-run", files={"a.csv": less})
    assert (
        "0 rows added, 1 removed, 1 changed\n  − ann, one: done 2; Due €1,234,560.00; day –; sure no; note -x\n" in said
    )
    assert "  ~ cem, one: done 3 → 2; Due €500.00 → €1,234,560.00; sure – → no; note =1+1 → -x\n" in said


def test_a_dry_run_writes_nothing(root: Path) -> None:
    before = state(root)
    code, said = run(root, "--month", "2026-01", "--dry-run", files={"a.csv": RAW})
    assert (code, state(root)) == (0, before)
    assert said.endswith("Nothing was written (--dry-run).\n")


def test_a_file_with_errors_is_not_compared(root: Path) -> None:
    """What cannot be read of the file there is no row that stays the same, and none that is new."""
    there = root / "scorecards" / "2026-01" / "sales.csv"
    there.parent.mkdir()
    there.write_text(RAW.replace("ann;one;2", "ann;one;x"), "utf-8")
    _, said = run(root, "--month", "2026-01", "--dry-run", files={"a.csv": RAW})
    assert "2026-01/sales.csv: the file there has errors, and cannot be compared.\n" in said
    assert "stay the same" not in said and "added" not in said


def test_a_manifest_that_cannot_be_read_is_not_replaced(root: Path) -> None:
    manifest = root / "scorecards" / "2026-01" / "import.yml"
    manifest.parent.mkdir()
    manifest.write_text("imports: [{file: x}]\n", "utf-8")
    before = state(root)
    code, said = run(root, "--month", "2026-01", files={"a.csv": RAW})
    assert (code, state(root)) == (1, before)
    assert "Nothing was imported: “2026-01/import.yml” cannot be read.\n" in said


def test_a_dry_run_mends_nothing_and_an_import_does(root: Path) -> None:
    run(root, "--month", "2026-01", files={"a.csv": RAW})
    folder = root / "scorecards" / "2026-01"
    folder.rename(folder.with_name(".2026-01.old"))
    before = state(root)
    run(root, "--month", "2026-01", "--dry-run", files={"a.csv": RAW})
    assert state(root) == before
    code, said = run(root, "--month", "2026-01", files={"a.csv": RAW})
    assert code == 0
    assert "is there already, and the same" in said
    assert folder.is_dir()


def test_one_fault_and_nothing_is_written(root: Path) -> None:
    before = state(root)
    bad = RAW.replace("cem;one;3", "zoe;one;3").replace("31.01.2026;ja", "31.02.2026;ja")
    for more in ((), ("--dry-run",)):
        code, said = run(root, "--month", "2026-01", *more, files={"a.csv": bad})
        assert (code, state(root)) == (1, before)
        assert "SW312 a.csv:3:1 The rep “zoe” is unknown." in said
        assert "SW306 a.csv:4:6 day: “31.02.2026” is not a date" in said
        assert "2 rows would be rejected." in said


def test_a_workbook(root: Path) -> None:
    rows = [
        ["Bericht"],
        ["Mitarbeiter", "Produktlinie", "Erledigt", "Fällig", "Angelegt von", "Datum", "Sicher", "Notiz"],
        ["cem", "one", 3, 0.5, "x", None, None, "=1+1"],
        ["ann", "two", 1000, "-", "x", date(2026, 1, 31), True, 'zwei\nZeilen; und "mehr"'],
        ["ann", "one", "2", 1234.56, None, None, False, "-x"],
        ["Summe", 1005],
    ]
    rows[2][-1] = "'=1+1"
    code, said = run(root, "--month", "2026-01", files={"a.xlsx": workbook(rows)})
    assert code == 0, said
    assert "workbook, sheet “Tabelle1”" in said
    assert state(root)["2026-01/sales.csv"].decode() == WRITTEN.replace("'=1+1", "''=1+1")
    code, said = run(root, "--month", "2026-01", files={"a.xlsx": workbook([*rows[:2], ["ann", "one", "x", 1]])})
    assert code == 1
    assert "SW306 a.xlsx[Tabelle1]:3:3 done: “x” is not a whole number." in said


TWO = """\
sources:
  alpha:
    columns: {a: {type: integer}}
  beta:
    file: betas.csv
    columns: {a: {type: integer}, b: {type: integer, required: false}}
  gamma:
    headers: [rep, c]
    columns: {c: {type: integer}}
  off:
    collected: false
    columns: {d: {type: integer}}
"""


def test_which_source_a_file_is_of(tmp_path: Path) -> None:
    root = project(tmp_path, TWO)
    row = "rep;a\nann;1\n"

    def chosen(name: str, data: str = row, **more: str) -> str:
        (file,) = plan(root, name, data, "2026-01", **more).files
        return file.export.source.name

    assert chosen("ALPHA.CSV") == "alpha"
    assert chosen("betas.txt") == chosen("Beta.csv") == "beta"
    assert chosen("x.csv", "rep;a;b\nann;1;2\n") == "beta"
    assert chosen("x.csv", source="alpha") == "alpha"
    assert chosen("gamma.csv", "ann;1\n") == "gamma"
    with pytest.raises(RefusedError) as error:
        chosen("x.csv")
    assert error.value.values == {"file": "x.csv", "sources": "alpha, beta"}
    for data in ("rep;d\nann;1\n", "rep;z\nann;1\n"):
        with pytest.raises(RefusedError) as error:
            chosen("x.csv", data)
        assert error.value.values == {"file": "x.csv", "known": "alpha, beta, gamma, off"}
    with pytest.raises(RefusedError):
        chosen("x.csv", source="assignments")
    # One is called so, the other's file is.
    twice = project(
        tmp_path / "twice",
        "sources:\n  a: {file: b.csv, columns: {x: {type: integer}}}\n"
        "  b: {file: c.csv, columns: {x: {type: integer}}}\n",
    )
    with pytest.raises(RefusedError) as error:
        plan(twice, "b.csv", row, "2026-01")
    assert error.value.values == {"file": "b.csv", "sources": "a, b"}
    # The name decides, and what does not fit is told.
    assert codes(plan(root, "alpha.csv", "rep;z\nann;1\n", "2026-01")) == ["SW302 alpha.csv:1", "SW303 alpha.csv:1:2"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (RAW.encode("cp1252"), "SW319 any.csv:2 The file is not in utf-8 (line 2)."),
        (RAW.replace(";", "\t").encode(), "SW332 any.csv:2 The cells are separated by “tab”, not by “;”."),
    ],
)
def test_a_file_that_is_written_otherwise_than_declared_is_known_by_its_header(
    root: Path, data: bytes, said: str
) -> None:
    code, told = run(root, "--month", "2026-01", files={"any.csv": data})
    assert code == 1
    assert "any.csv → " in told
    assert said in told


def test_several_files_are_all_written_or_none(tmp_path: Path) -> None:
    root = project(tmp_path, TWO)
    before = state(root)
    good = "rep;a\nann;1\n"
    code, _ = run(root, "--month", "2026-01", files={"alpha.csv": good, "beta.csv": good.replace("ann", "zoe")})
    assert (code, state(root)) == (1, before)
    code, _ = run(root, "--month", "2026-01", files={"alpha.csv": good, "beta.csv": good})
    assert code == 0
    assert {name for name in state(root) if name not in before} == {
        "2026-01/alpha.csv",
        "2026-01/betas.csv",
        "2026-01/import.yml",
        "originals/2026-01/alpha.csv",
        "originals/2026-01/beta.csv",
    }
    # A further file joins the manifest.
    run(root, "--month", "2026-01", files={"gamma.csv": "cem;1\n"})
    found = check_manifest(Folder(root / "scorecards", ""), Month.parse("2026-01"), Diagnostics())
    assert [one.file for one in found] == ["alpha.csv", "betas.csv", "gamma.csv"]
    code, said = run(root, "--month", "2026-01", files={"alpha.csv": good, "alpha.txt": good})
    assert code == 1
    assert "“alpha.csv” and “alpha.txt” both are 2026-01/alpha.csv. Import one of them." in said


MONTHS = """\
sources:
  alpha:
    columns:
      a: {type: integer}
      month: {type: month, header: [Zeitraum], required: false}
  quotas:
    rows: events
    wide: {key: month, value: quota, columns: {M01: 1, M02: 2, M03: 3}}
    missingValues: ["-"]
    columns: {quota: {type: number, unit_factor: 1000}}
"""


def test_a_file_of_several_months(tmp_path: Path) -> None:
    root = project(tmp_path, MONTHS)
    data = "rep;a;Zeitraum\nann;1;01/2026\ncem;2;15.01.2026\nann;3;2026-02\ncem;4;2026/03/31\n"
    code, said = run(root, "--month", "2026-01", files={"alpha.csv": data})
    assert code == 0, said
    assert "Not imported  2 rows for February 2026 to March 2026" in said
    assert state(root)["2026-01/alpha.csv"].decode().split("\n", 1)[1] == "rep;a\nann;1\ncem;2\n"
    assert "2026-02/alpha.csv" not in state(root)
    code, said = run(root, "--month", "2026-02..2026-05", files={"alpha.csv": data})
    assert code == 0, said
    assert state(root)["2026-03/alpha.csv"].decode().split("\n", 1)[1] == "rep;a\ncem;4\n"
    # The original lies once, with the newest of its months.
    assert 'original: "2026-03/alpha.csv"' in state(root)["2026-02/import.yml"].decode()
    code, said = run(root, "--month", "2026-06", files={"alpha.csv": data})
    assert code == 1
    assert "“alpha.csv” has no row for 2026-06; it has rows for 2026-01, 2026-02, 2026-03." in said
    code, said = run(root, "--month", "2026-01", "--month", "2026-02", files={"alpha.csv": "rep;a\nann;1\n"})
    assert code == 1
    assert "does not say for which month each row is" in said
    # An empty cell means the month asked for, if it is one.
    partly = "rep;a;Zeitraum\nann;1;\ncem;2;2026-01\n"
    assert codes(plan(root, "alpha.csv", partly, "2026-01")) == []
    assert codes(plan(root, "alpha.csv", partly, "2026-01", "2026-02")) == ["SW318 alpha.csv", "SW307 alpha.csv:2:3"]


def test_months_as_columns(tmp_path: Path) -> None:
    root = project(tmp_path, MONTHS)
    data = "rep;Jahr;M01;M02;M03\nann;2026;1,5;-;3\ncem;2026;2;-;\n"
    code, said = run(root, "--month", "2026-01..2026-03", files={"quotas.csv": data})
    assert code == 0, said
    files = state(root)
    assert files["2026-01/quotas.csv"].decode().split("\n", 1)[1] == "rep;quota\nann;1500\ncem;2000\n"
    assert files["2026-03/quotas.csv"].decode().split("\n", 1)[1] == "rep;quota\nann;3000\n"
    assert "2026-02/quotas.csv" not in files
    loaded, _ = load(root, date(2026, 3, 31))
    assert loaded is not None
    assert loaded.rows.by_rep["ann"]["quotas"][Month.parse("2026-03")] == ((("ann", 3000), 3),)


def test_a_closed_month_is_named(root: Path) -> None:
    january, february = Month.parse("2026-01"), Month.parse("2026-02")
    basis = replace(plan(root, "a.csv", RAW, "2026-01").basis, closed=frozenset({january}))
    told = list(ImportReport(basis, Texts("en")).outlook([], [january, february, january]))
    assert told == [
        "January 2026 is closed: where a published figure changes, record the reason with “standardwerk correct”."
    ]


def test_product_lines_as_columns(tmp_path: Path) -> None:
    sources = """\
sources:
  quotas:
    key: [rep, product_line]
    rows: events
    wide: {key: product_line, value: quota, columns: {Eins: one, Zwei: two}}
    columns: {quota: {type: number, unit_factor: 1000}}
"""
    root = project(tmp_path, sources)
    code, said = run(root, "--month", "2026-01", files={"quotas.csv": "rep;Zwei;Eins\ncem;;1\nann;2;1,5\n"})
    assert code == 0, said
    written = state(root)["2026-01/quotas.csv"].decode()
    assert written.split("\n", 1)[1] == "rep;product_line;quota\nann;one;1500\nann;two;2000\ncem;one;1000\n"
    loaded, found = load(root)
    assert loaded is not None
    assert [one for one in found if one.place.file.endswith("quotas.csv")] == []
    assert loaded.rows.by_rep["cem"]["quotas"][Month.parse("2026-01")] == ((("cem", "one", 1000), 5),)
    # What was imported once may be imported again as it is.
    code, said = run(root, "--month", "2026-02", files={"quotas.csv": written})
    assert code == 0, said
    assert state(root)["2026-02/quotas.csv"].decode() == written


def test_what_a_terminal_could_take_for_a_command(tmp_path: Path) -> None:
    """Texts of files and names of files reach the terminal, which must not obey them."""
    root = project(tmp_path, TWO)
    _, said = run(root, "--month", "2026-01", files={"alpha.csv": "rep;a;\x85\nann\u202e;1;\n"})
    assert "\x85" not in said and "\u202e" not in said
    _, said = run(root, "--month", "2026-01", files={"alpha.csv": "rep;a\n\u202eann;1\n"})
    assert "\u202e" not in said
    assert "ann" in said


def test_faults_of_the_project_are_told(tmp_path: Path) -> None:
    root = project(tmp_path, TWO + "  bad: {columns: {a: {type: nothing}}}\n")
    code, said = run(root, "--month", "2026-01", files={"alpha.csv": "rep;a\nann;1\n"})
    assert code == 1
    assert said.startswith("SW106 scorecards/sources.yml:")
    code, said = run(root, "--month", "January", files={"alpha.csv": "rep;a\nann;1\n"})
    assert (code, said) == (2, "“January” is not a month like 2026-03.\n")


ORDERS = """\
sources:
  orders:
    from: transactions
    key: [rep, product_line]
    ignore: [Kunde]
    transactions:
      month: ordered_on
      key: [order, position]
      where: "status != 'storniert'"
      columns:
        rep: {type: string, header: [Verantwortlich], lookup: {file: reps.csv, find: name, take: rep}}
        product_line: {type: string, header: [Sparte], values: {Eins: one, Zwei: two}}
        order: {type: string, header: [Auftrag]}
        position: {type: integer, header: [Pos.]}
        ordered_on: {type: date, header: [Auftragsdatum]}
        status: {type: string}
        amount: {type: number, header: [Netto]}
        discount: {type: number, header: [Rabatt], required: false}
    columns:
      revenue: {type: number, sum: "if(has(discount), amount - discount, amount)", unit: currency}
      list_value: {type: number, sum: amount, unit: currency}
      deals: {type: integer, count_distinct: order, accumulate: sum}
      positions: {type: integer, count: rows}
      large: {type: integer, count: "amount >= 1000 and status == 'geliefert'"}
"""
ORDER_LIST = """\
Auftrag;Pos.;Auftragsdatum;Verantwortlich;Sparte;Status;Netto;Rabatt;Kunde
A1;1;02.01.2026;Ann Ä;Eins;geliefert;1.000,10 €;0,10;Müller
A1;2;02.01.2026;Ann Ä;Eins;geliefert;99,95;;Müller
A2;1;31.01.2026;Ann Ä;Eins;offen;2.000,00;0;Meier
A2;2;31.01.2026;Ann Ä;Zwei;storniert;5.000,00;0;Meier
A3;1;01.02.2026;Ann Ä;Eins;offen;7,00;0;Meier
A4;1;15.01.2026;Cem Ç;Eins;geliefert;−12,50;0;Schulz
"""


def test_a_list_of_orders_becomes_monthly_rows(tmp_path: Path) -> None:
    root = project(tmp_path, ORDERS)
    code, said = run(root, "--month", "2026-01", files={"Auftragsliste.csv": ORDER_LIST})
    assert code == 0, said
    assert "Transactions  6 rows, 1 of them does not count\n" in said
    assert "Not imported  1 row for February 2026\n" in said
    # 1,000.10 − 0.10 + 99.95 + 2,000.00
    assert state(root)["2026-01/orders.csv"].decode().split("\n", 1)[1] == (
        "rep;product_line;revenue;list_value;deals;positions;large\n"
        "ann;one;3099,95;3100,05;2;3;1\n"
        "cem;one;-12,5;-12,5;1;1;0\n"
    )
    assert state(root)["originals/2026-01/Auftragsliste.csv"].decode() == ORDER_LIST


def test_the_list_may_lie_in_the_month_folder_itself(tmp_path: Path) -> None:
    only = "".join(line for line in ORDER_LIST.splitlines(keepends=True) if not line.startswith("A3"))
    root = project(tmp_path, ORDERS, {"scorecards/2026-01/orders.csv": only})
    loaded, found = load(root)
    assert loaded is not None
    assert not [one for one in found if one.place.file.startswith("scorecards/2026-01")]
    january = Month.parse("2026-01")
    assert loaded.rows.by_rep["ann"]["orders"][january] == (
        (("ann", "one", Decimal("3099.95"), Decimal("3100.05"), 2, 3, 1), (2, 3, 4)),
    )
    # Both ways give the same values; only the lines differ.
    run(root, "--month", "2026-01", "--replace", files={"Auftragsliste.csv": only})
    again, _ = load(root)
    assert again is not None
    assert again.rows.by_rep["ann"]["orders"][january][0][0] == loaded.rows.by_rep["ann"]["orders"][january][0][0]
    # Without an order, nothing was sold: a list has rows only where something happened.
    assert loaded.project.scoring is not None
    assert loaded.project.scoring.sources["orders"].form.rows == "events"


def test_a_fault_in_any_transaction_is_named_with_its_line(tmp_path: Path) -> None:
    root = project(tmp_path, ORDERS)
    bad = ORDER_LIST.replace("A1;2;02.01.2026", "A1;1;31.02.2026").replace(
        "A4;1;15.01.2026;Cem Ç;Eins", "A2;1;15.01.2026;Cem;Vier"
    )
    assert codes(plan(root, "orders.csv", bad, "2026-01")) == [
        "SW306 orders.csv:3:3",
        "SW342 orders.csv:7:4",
    ]
    bad = ORDER_LIST.replace("A4;1;15.01.2026;Cem Ç;Eins", "A2;1;15.01.2026;Cem Ç;Vier")
    assert codes(plan(root, "orders.csv", bad, "2026-01")) == ["SW311 orders.csv:7"]
    # Neither does a cancelled order of nobody count, nor is it a fault.
    assert codes(plan(root, "orders.csv", ORDER_LIST.replace("Ann Ä;Zwei", "Ann Ä;Drei"), "2026-01")) == []
    assert codes(plan(root, "orders.csv", ORDER_LIST.replace("Cem Ç;Eins", "Cem Ç;Zwei"), "2026-01")) == [
        "SW315 orders.csv:7"
    ]
