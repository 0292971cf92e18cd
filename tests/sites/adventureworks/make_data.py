"""Make the roster and the monthly CSVs of this site from the Adventure Works sales tables.

``python make_data.py FOLDER [--to scorecards]``. FOLDER holds the tables named in NOTICE. Only facts are carried over,
added up per salesperson, month and product line; nothing is invented, scaled or left out of the 36 months with sales.

- A person's roster runs from her first month with revenue or quota. Months without a sale have revenue 0.
- The team is the group of regions in which the person sold; it changes when the group does. Managers lead theirs.
- A month without an agreed quota has an empty cell.
"""

from __future__ import annotations

import argparse
import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from pathlib import Path

#: Product lines by category, in the order of the handbook.
LINES = {"Bikes": "bikes", "Components": "components", "Clothing": "clothing", "Accessories": "accessories"}
#: The team a title leads. People with another title are sales representatives.
LEADS = {
    "Director of Sales": "Sales Management",
    "North American Sales Manager": "North America",
    "European Sales Manager": "Europe",
    "Pacific Sales Manager": "Pacific",
}
CENT = Decimal("0.01")

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Seller:
    """A salesperson."""

    id: str
    name: str
    login: str
    title: str
    regions: tuple[str, ...]
    """The regions of the sales organisation's own list; it has no dates."""


@dataclass(frozen=True, slots=True)
class Sale:
    """A line of an order."""

    rep: str
    month: str
    order: str
    reseller: str
    line: str
    region: str
    units: int
    revenue: Decimal


@dataclass(frozen=True, slots=True)
class Company:
    """The tables, read."""

    sellers: tuple[Seller, ...]
    """By id."""
    groups: Mapping[str, str]
    """By region, in the order of the table: its group."""
    sales: tuple[Sale, ...]
    quotas: Mapping[tuple[str, str], Decimal]
    """By rep id and month; also of months after the last sale."""

    @property
    def months(self) -> tuple[str, ...]:
        """The months with sales."""
        return tuple(sorted({sale.month for sale in self.sales}))


@dataclass(frozen=True, slots=True)
class Stay:
    """Consecutive months of a person in one team."""

    seller: Seller
    team: str
    months: tuple[str, ...]
    last: bool


def read(path: Path, delimiter: str, encoding: str = "utf-8-sig") -> Iterator[Row]:
    """The rows of a table."""
    with path.open(encoding=encoding, newline="") as file:
        yield from csv.DictReader(file, delimiter=delimiter, strict=True)


def month_of(text: str) -> str:
    """The month ``2017-08`` of a date ``2017/08/25`` or ``2017-08-25``."""
    day = date.fromisoformat(text.replace("/", "-"))
    return f"{day:%Y-%m}"


def read_company(folder: Path) -> Company:
    """Read the tables of a folder."""
    regions = {row["SalesTerritoryKey"]: row for row in read(folder / "Region.csv", "|")}
    own_regions: dict[str, list[str]] = defaultdict(list)
    for row in read(folder / "SalespersonRegion.csv", "|"):
        own_regions[row["EmployeeKey"]].append(regions[row["SalesTerritoryKey"]]["Region"])
    by_key: dict[str, Seller] = {}
    by_employee_id: dict[str, Seller] = {}
    for row in read(folder / "Salesperson.csv", "|"):
        key = row["EmployeeKey"]
        seller = Seller(
            id=row["UPN"].partition("@")[0],
            name=row["Salesperson"],
            login=row["UPN"],
            title=row["Title"],
            regions=tuple(own_regions[key]),
        )
        by_key[key] = by_employee_id[row["EmployeeID"]] = seller

    lines = {row["ProductKey"]: LINES[row["Category"]] for row in read(folder / "Product.csv", "|")}

    def sales(rows: Iterable[Row], units: str, revenue: str) -> list[Sale]:
        return [
            Sale(
                rep=by_key[row["EmployeeKey"]].id,
                month=month_of(row["OrderDate"]),
                order=row["SalesOrderNumber"],
                reseller=row["ResellerKey"],
                line=lines[row["ProductKey"]],
                region=regions[row["SalesTerritoryKey"]]["Region"],
                units=int(row[units]),
                revenue=Decimal(row[revenue]),
            )
            for row in rows
        ]

    earlier = sales(read(folder / "Sales.csv", "|"), "Quantity", "Sales")
    newest = sales(read(folder / "ResellerSales_202006.csv", ",", "utf-16"), "OrderQuantity", "SalesAmount")
    both = {sale.month for sale in earlier} & {sale.month for sale in newest}
    if both:
        raise ValueError(f"months in both files of sales: {sorted(both)}")

    quotas: dict[tuple[str, str], Decimal] = {}
    for row in read(folder / "Targets.csv", "|"):
        agreed = by_employee_id[row["EmployeeID"]].id, month_of(row["TargetMonth"])
        if agreed in quotas:
            raise ValueError(f"two quotas of {agreed}")
        quotas[agreed] = Decimal(row["TargetAmount"])
    return Company(
        sellers=tuple(sorted(by_key.values(), key=lambda seller: seller.id)),
        groups={row["Region"]: row["Group"] for row in regions.values()},
        sales=tuple(earlier + newest),
        quotas=quotas,
    )


def stays(company: Company) -> list[Stay]:
    """Where everyone was: by person, then month."""
    sold_in: dict[tuple[str, str], set[str]] = defaultdict(set)
    for sale in company.sales:
        sold_in[sale.rep, sale.month].add(company.groups[sale.region])

    def teams(seller: Seller, months: Sequence[str]) -> list[str]:
        if seller.title in LEADS:
            return [LEADS[seller.title]] * len(months)
        found: list[str] = []
        for month in months:
            groups = sold_in[seller.id, month] or set(found[-1:])
            if len(groups) > 1:
                raise ValueError(f"{seller.name} sold in {sorted(groups)} in {month}")
            found.extend(groups)
        # Months before the first sale belong to the team of the first sale.
        return [found[0]] * (len(months) - len(found)) + found

    result = []
    for seller in company.sellers:
        active = [m for m in company.months if sold_in[seller.id, m] or (seller.id, m) in company.quotas]
        months = [month for month in company.months if active[0] <= month <= active[-1]]
        runs = [
            (team, tuple(month for month, _ in run))
            for team, run in groupby(zip(months, teams(seller, months), strict=True), key=lambda pair: pair[1])
        ]
        result += [Stay(seller, team, run, last=index == len(runs)) for index, (team, run) in enumerate(runs, 1)]
    return result


def territory(company: Company, stay: Stay) -> str:
    """The regions of a stay, in the order of the table; a group of which all regions are in is named as a whole."""
    sold_in = {s.region for s in company.sales if s.rep == stay.seller.id and s.month in stay.months}
    mine = sold_in or set(stay.seller.regions)
    names: list[str] = []
    for region, group in company.groups.items():
        members = {other for other, its_group in company.groups.items() if its_group == group}
        if region in mine:
            names.append(group if len(members) > 1 and members <= mine else region)
    return " + ".join(dict.fromkeys(names))


def slug(team: str) -> str:
    """The id of a team."""
    return team.lower().replace(" ", "-")


def first_day(month: str) -> str:
    """The first of a month."""
    return f"{month}-01"


def last_day(stay: Stay, months: Sequence[str]) -> str:
    """The last day of a stay; empty if it goes on after the last month with sales."""
    if stay.last and stay.months[-1] == months[-1]:
        return ""
    year, month = map(int, stay.months[-1].split("-"))
    following = date(year + month // 12, month % 12 + 1, 1)
    return str(date.fromordinal(following.toordinal() - 1))


def write(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a CSV as ``sources.yml`` describes it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=",", lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def write_roster(company: Company, found: Sequence[Stay], folder: Path) -> None:
    """``reps.csv``, ``teams.csv`` and ``assignments.csv``."""
    started = {stay.seller.id: first_day(stay.months[0]) for stay in reversed(found)}
    write(
        folder / "reps.csv",
        ("rep", "name", "login", "role", "team", "started_on", "valid_from", "valid_to"),
        [
            (
                stay.seller.id,
                stay.seller.name,
                stay.seller.login,
                "manager" if stay.seller.title in LEADS else "rep",
                slug(stay.team),
                started[stay.seller.id],
                first_day(stay.months[0]),
                last_day(stay, company.months),
            )
            for stay in found
        ],
    )
    lead_of = {LEADS[seller.title]: seller.id for seller in company.sellers if seller.title in LEADS}
    teams = sorted({stay.team for stay in found}, key=lambda team: list(LEADS.values()).index(team))
    write(
        folder / "teams.csv",
        ("team", "name", "lead", "valid_from", "valid_to"),
        [
            (slug(team), team, lead_of[team], first_day(min(s.months[0] for s in found if s.team == team)), "")
            for team in teams
        ],
    )
    write(
        folder / "assignments.csv",
        ("rep", "territory", "product_line", "credit_share", "valid_from", "valid_to", "ramp_from"),
        [
            (
                stay.seller.id,
                territory(company, stay),
                line,
                1,
                first_day(stay.months[0]),
                last_day(stay, company.months),
                "",
            )
            for stay in found
            for line in LINES.values()
        ],
    )


def write_months(company: Company, found: Sequence[Stay], folder: Path) -> None:
    """A folder per month with ``sales.csv``, ``months.csv`` and ``targets.csv``."""
    revenue: dict[tuple[str, str, str], Decimal] = defaultdict(Decimal)
    units: dict[tuple[str, str, str], int] = defaultdict(int)
    orders: dict[tuple[str, str], set[str]] = defaultdict(set)
    resellers: dict[tuple[str, str], set[str]] = defaultdict(set)
    for sale in company.sales:
        revenue[sale.rep, sale.month, sale.line] += sale.revenue
        units[sale.rep, sale.month, sale.line] += sale.units
        orders[sale.rep, sale.month].add(sale.order)
        resellers[sale.rep, sale.month].add(sale.reseller)

    def amount(value: Decimal) -> str:
        if value != value.quantize(CENT):
            raise ValueError(f"not a whole number of cents: {value}")
        return str(value.quantize(CENT))

    for month in company.months:
        reps = [stay.seller.id for stay in found if month in stay.months]
        write(
            folder / month / "sales.csv",
            ("rep", "product_line", "revenue", "units"),
            [
                (rep, line, amount(revenue[rep, month, line]), units[rep, month, line])
                for rep in reps
                for line in LINES.values()
            ],
        )
        write(
            folder / month / "months.csv",
            ("rep", "revenue", "orders", "active_resellers"),
            [
                (
                    rep,
                    amount(sum((revenue[rep, month, line] for line in LINES.values()), Decimal())),
                    len(orders[rep, month]),
                    len(resellers[rep, month]),
                )
                for rep in reps
            ],
        )
        write(
            folder / month / "targets.csv",
            ("rep", "quota"),
            [(rep, company.quotas.get((rep, month), "")) for rep in reps],
        )


def main() -> None:
    """Convert the tables of a folder."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, help="the folder with the tables")
    parser.add_argument("--to", type=Path, default=Path(__file__).parent / "scorecards", help="where to write")
    arguments = parser.parse_args()
    company = read_company(arguments.folder)
    found = stays(company)
    write_roster(company, found, arguments.to)
    write_months(company, found, arguments.to)


if __name__ == "__main__":
    main()
