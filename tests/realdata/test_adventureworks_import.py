"""Adventure Works through the import: both layouts of the targets, and the order lines as transactions.

The totals are those known of the data, and every single value is compared with one counted here with ``csv``.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from standardwerk.diagnostics import Severity
from standardwerk.load.exports import GivenFile
from standardwerk.model.months import Month, months_between
from standardwerk.operations.importing import Target, carry_out, plan_import
from tests.importing.building import options, project, state
from tests.load.building import BASE, load

REALDATA = Path(__file__).resolve().parents[3] / "shared" / "realdata" / "sales_adventureworks"
pytestmark = pytest.mark.skipif(not REALDATA.is_dir(), reason="../shared/realdata is not there: nothing was imported")

FIRST, LAST = Month.parse("2017-07"), Month.parse("2021-12")
EARLIER, NEWEST = ("Sales.csv", "|", "utf-8-sig"), ("ResellerSales_202006.csv", ",", "utf-16")
WIDE, LONG = ("ResellerSalesTargets.csv", ",", "utf-16"), ("Targets.csv", "|", "utf-8-sig")

SOURCES = """\
locale: {locale}
delimiter: auto
encoding: auto
sources:
  wide:
    rows: events
    missingValues: ["-"]
    wide:
      key: month
      value: quota
      columns: {{M01: 1, M02: 2, M03: 3, M04: 4, M05: 5, M06: 6, M07: 7, M08: 8, M09: 9, M10: 10, M11: 11, M12: 12}}
    columns:
      rep: {{type: string, header: [EmployeeID], lookup: {{file: people.csv, find: number, take: rep}}}}
      quota: {{type: number, unit_factor: 1000, unit: currency}}
  long:
    rows: events
    columns:
      rep: {{type: string, header: [EmployeeID], lookup: {{file: people.csv, find: number, take: rep}}}}
      quota: {{type: number, header: [TargetAmount], unit: currency}}
      month: {{type: month, header: [TargetMonth]}}
  sales:
    from: transactions
    key: [rep, product_line]
    ignore: [SalesOrderLineNumber, DueDate, ShipDate, ResellerKey, PromotionKey, SalesTerritoryKey, Unit Price,
      UnitPrice, Cost, TotalProductCost]
    transactions:
      month: ordered_on
      columns:
        rep: {{type: string, header: [EmployeeKey], lookup: {{file: people.csv, find: key, take: rep}}}}
        product_line: {{type: string, header: [ProductKey], lookup: {{file: articles.csv, find: article, take: line}}}}
        order: {{type: string, header: [SalesOrderNumber]}}
        ordered_on: {{type: date, header: [OrderDate]}}
        units: {{type: integer, header: [Quantity, OrderQuantity], minimum: 1}}
        amount: {{type: number, header: [Sales, SalesAmount], minimum: 0}}
    columns:
      revenue: {{type: number, sum: amount, unit: currency}}
      units: {{type: integer, sum: units}}
      deals: {{type: integer, count_distinct: order}}
      positions: {{type: integer, count: rows}}
  months:
    from: transactions
    ignore: [ProductKey, SalesOrderLineNumber, DueDate, ShipDate, ResellerKey, PromotionKey, SalesTerritoryKey,
      Unit Price, UnitPrice, Cost, TotalProductCost, Quantity, OrderQuantity]
    transactions:
      month: ordered_on
      columns:
        rep: {{type: string, header: [EmployeeKey], lookup: {{file: people.csv, find: key, take: rep}}}}
        order: {{type: string, header: [SalesOrderNumber]}}
        ordered_on: {{type: date, header: [OrderDate]}}
        amount: {{type: number, header: [Sales, SalesAmount], minimum: 0}}
    columns:
      revenue: {{type: number, sum: amount, unit: currency}}
      deals: {{type: integer, count_distinct: order, accumulate: sum}}
"""
Table = tuple[str, str, str]


def rows(table: Table) -> Iterator[dict[str, str]]:
    name, delimiter, encoding = table
    with (REALDATA / name).open(encoding=encoding, newline="") as file:
        yield from csv.DictReader(file, delimiter=delimiter, strict=True)


def people() -> list[tuple[str, str, str]]:
    """Rep, key and number of each person."""
    found = rows(("Salesperson.csv", "|", "utf-8-sig"))
    return [(row["UPN"].partition("@")[0], row["EmployeeKey"], row["EmployeeID"]) for row in found]


def lines() -> dict[str, str]:
    """By article: its product line."""
    return {row["ProductKey"]: row["Category"].lower() for row in rows(("Product.csv", "|", "utf-8-sig"))}


LINES = ("bikes", "components", "clothing", "accessories")


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Makes a project with the people and product lines, for exports in a locale."""

    def make(locale: str) -> Path:
        roster = [f"{rep};{rep};;rep;t;2017-07-01;2017-07-01;" for rep, _, _ in people()]
        assigned = [f"{rep};;{line};1;2017-07-01;;" for rep, _, _ in people() for line in LINES]
        return project(
            tmp_path_factory.mktemp("company"),
            SOURCES.format(locale=locale),
            {
                **standards(),
                "scorecards/reps.csv": "\n".join(
                    ["rep;name;login;role;team;started_on;valid_from;valid_to", *roster, ""]
                ),
                "scorecards/teams.csv": "team;name;lead;valid_from;valid_to\nt;T;;2017-07-01;\n",
                "scorecards/assignments.csv": "\n".join(
                    ["rep;territory;product_line;credit_share;valid_from;valid_to;ramp_from", *assigned, ""]
                ),
                "scorecards/people.csv": "\n".join(["rep;key;number", *(";".join(one) for one in people()), ""]),
                "scorecards/articles.csv": "\n".join(["article;line", *(";".join(one) for one in lines().items()), ""]),
            },
        )

    return make


def standards() -> dict[str, str | None]:
    """The small project's handbook, in force since the first order and with the product lines of this company."""
    head, _, _ = BASE["standards/handbook.yml"].partition("product_lines:")
    found: dict[str, str | None] = {
        "standards/handbook.yml": f"{head}product_lines:\n"
        + "".join(f"  - {{id: {line}, name: {{de: {line}, en: {line}}}}}\n" for line in LINES),
        "scorecards/retention.yml": "scorecards: 60\n",
        "standards/editions.yml": "editions:\n  - label: 2017.1\n    effective_from: 2017-07-01\n"
        "    published_on: 2017-06-01\n    note: {de: N, en: N}\n",
    }
    for path, text in BASE.items():
        if "/2026-01-01." in path:
            found |= {path: None, path.replace("2026-01-01", "2017-07-01"): text}
    rules = BASE["standards/alpha/2026-01-01.yml"]
    rules = rules.replace("source: sales", "source: months").replace(": done", ": revenue").replace(": due", ": deals")
    return {**found, "standards/alpha/2017-07-01.yml": rules}


def german(table: Table) -> bytes:
    """The table as a German spreadsheet would write it."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    for index, row in enumerate(rows(table)):
        if not index:
            writer.writerow(row)
        writer.writerow([_german(column, cell) for column, cell in row.items()])
    return out.getvalue().encode("cp1252")


def _german(column: str, cell: str) -> str:
    if cell and column.endswith(("Date", "Month")):
        return f"{date.fromisoformat(cell.replace('/', '-')):%d.%m.%Y}"
    if column in {"Sales", "SalesAmount", "Unit Price", "UnitPrice", "Cost", "TotalProductCost", "TargetAmount"}:
        return f"{Decimal(cell):,}".translate(str.maketrans(",.", ".,"))
    return cell


def original(table: Table) -> bytes:
    return (REALDATA / table[0]).read_bytes()


WRITINGS = {"as it came": ("en", original), "German spreadsheet": ("de", german)}
each_writing = pytest.mark.parametrize("writing", WRITINGS)


def imported(root: Path, source: str, table: Table, data: bytes, first: Month, last: Month) -> list[Target]:
    given = GivenFile(table[0], data)
    found = plan_import(options(root), [given], months_between(first, last), source, whole_range=True)
    (file,) = found.files
    assert [str(one) for one in file.export.found if one.code.severity is not Severity.NOTE] == []
    assert not file.export.others
    return carry_out(options(root), found)


def values(targets: list[Target]) -> dict[tuple[object, ...], object]:
    """By month and keys: the rest of the row."""
    keys = 1 + len(targets[0].source.keys)
    return {(str(one.month), *cells[:keys]): cells[keys:] for one in targets for cells, _ in one.rows}


@each_writing
def test_both_layouts_of_the_targets(writing: str, company: Callable[[str], Path]) -> None:
    locale, write = WRITINGS[writing]
    root = company(locale)
    reps = {number: rep for rep, _, number in people()}
    expected = {
        (row["TargetMonth"][:7].replace("/", "-"), reps[row["EmployeeID"]]): (Decimal(row["TargetAmount"]),)
        for row in rows(LONG)
    }
    wide = imported(root, "wide", WIDE, write(WIDE), FIRST, LAST)
    long = imported(root, "long", LONG, write(LONG), FIRST, LAST)
    assert values(wide) == values(long) == expected
    assert len(expected) == 809
    assert sum(value for (value,) in expected.values()) == 676_210_000
    # The same values are the same bytes, whatever they came from.
    assert [one.data for one in wide] == [one.data for one in long]


@each_writing
def test_order_lines_become_months(writing: str, company: Callable[[str], Path]) -> None:
    locale, write = WRITINGS[writing]
    root = company(locale)
    june = Month.parse("2020-06")
    by_line = imported(root, "sales", EARLIER, write(EARLIER), FIRST, june.plus(-1))
    by_line += imported(root, "sales", NEWEST, write(NEWEST), june, june)
    by_rep = imported(root, "months", EARLIER, write(EARLIER), FIRST, june.plus(-1))
    by_rep += imported(root, "months", NEWEST, write(NEWEST), june, june)

    reps, line_of = {key: rep for rep, key, _ in people()}, lines()
    revenue: dict[tuple[str, ...], Decimal] = defaultdict(Decimal)
    units: dict[tuple[str, ...], int] = defaultdict(int)
    orders: dict[tuple[str, ...], list[str]] = defaultdict(list)
    count = 0
    for table, quantity, amount in ((EARLIER, "Quantity", "Sales"), (NEWEST, "OrderQuantity", "SalesAmount")):
        for row in rows(table):
            count += 1
            month, rep = row["OrderDate"][:7].replace("/", "-"), reps[row["EmployeeKey"]]
            for key in ((month, rep), (month, rep, line_of[row["ProductKey"]])):
                revenue[key] += Decimal(row[amount])
                units[key] += int(row[quantity])
                orders[key].append(row["SalesOrderNumber"])
    assert count == 60_855
    assert values(by_line) == {
        key: (revenue[key], units[key], len(set(its)), len(its)) for key, its in orders.items() if len(key) == 3
    }
    assert values(by_rep) == {key: (revenue[key], len(set(its))) for key, its in orders.items() if len(key) == 2}
    totals = [cells for cells in values(by_rep).values() if isinstance(cells, tuple)]
    assert sum(cells[0] for cells in totals) == Decimal("80977720.21")
    assert sum(cells[1] for cells in totals) == 3_796

    # What was written is read back as it was made, and leads to the original.
    loaded, found = load(root, LAST.last_day)
    assert loaded is not None
    assert not found.errors
    read = {
        (str(month), rep, *cells[1:])
        for rep, its in loaded.rows.by_rep.items()
        for month, own in its["months"].items()
        for cells, _ in own
    }
    assert read == {(*key, *cells) for key, cells in values(by_rep).items() if isinstance(cells, tuple)}
    names = {name for name in state(root) if name.startswith("originals/")}
    assert names == {f"originals/2020-05/{EARLIER[0]}", f"originals/2020-06/{NEWEST[0]}"}


def test_the_list_itself_in_the_month_folder(company: Callable[[str], Path]) -> None:
    """Added up when it is read, a figure leads to each line of the list."""
    root = company("en")
    (root / "scorecards" / "2020-06").mkdir()
    (root / "scorecards" / "2020-06" / "months.csv").write_bytes(original(NEWEST))
    loaded, found = load(root, LAST.last_day)
    assert loaded is not None
    assert not found.errors
    lines_by_key: dict[str, list[int]] = defaultdict(list)
    for line, row in enumerate(rows(NEWEST), 2):
        lines_by_key[row["EmployeeKey"]].append(line)
    for rep, key, _ in people():
        its = loaded.rows.by_rep.get(rep, {}).get("months", {}).get(Month.parse("2020-06"), ())
        assert [lines for _, lines in its] == ([tuple(lines_by_key[key])] if key in lines_by_key else [])
