"""A handbook the tool does not know, with three years of somebody else's sales data (see ``adventureworks/NOTICE``).

The first half reads the committed CSVs and compares them with totals known from the source. The second half builds the
site and compares every figure with a second calculation, written from the documents with ``csv`` and ``Fraction``.
"""

from __future__ import annotations

import csv
import html
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent / "adventureworks"
SCORECARDS = HERE / "scorecards"
MONTHS = [f"{year}-{month:02}" for year in range(2017, 2021) for month in range(1, 13)][6:42]
LANGUAGES = ("de", "en")
LINES = ("bikes", "components", "clothing", "accessories")

TOTAL_REVENUE = Decimal("80977720.21")
TOTAL_UNITS = 214_378
TOTAL_QUOTA = 357_860_000
#: The one month with revenue and without an agreed quota.
NO_QUOTA = ("jillian-carson", "2017-07")
REVENUE_WITHOUT_QUOTA = Decimal("46695.58")

RepMonth = tuple[str, str]


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


@dataclass(frozen=True)
class Facts:
    """What the CSVs say about one person's month."""

    revenue: Decimal
    quota: Decimal | None
    orders: int
    active_resellers: int
    by_line: Mapping[str, tuple[Decimal, int]]
    """Revenue and units."""

    @property
    def units(self) -> int:
        return sum(units for _, units in self.by_line.values())


@cache
def facts() -> dict[RepMonth, Facts]:
    found: dict[RepMonth, Facts] = {}
    for month in MONTHS:
        quotas = {row["rep"]: row["quota"] for row in rows(SCORECARDS / month / "targets.csv")}
        lines: dict[str, dict[str, tuple[Decimal, int]]] = {}
        for row in rows(SCORECARDS / month / "sales.csv"):
            of_rep = lines.setdefault(row["rep"], {})
            assert row["product_line"] not in of_rep, (month, row)
            of_rep[row["product_line"]] = Decimal(row["revenue"]), int(row["units"])
        for row in rows(SCORECARDS / month / "months.csv"):
            rep = row["rep"]
            assert (rep, month) not in found
            quota = quotas.pop(rep)
            found[rep, month] = Facts(
                Decimal(row["revenue"]),
                Decimal(quota) if quota else None,
                int(row["orders"]),
                int(row["active_resellers"]),
                lines.pop(rep),
            )
        assert not quotas
        assert not lines
    return found


def roster_months(row: Mapping[str, str]) -> list[str]:
    """The months a roster row covers."""
    return [month for month in MONTHS if row["valid_from"][:7] <= month <= (row["valid_to"][:7] or MONTHS[-1])]


# The data


def test_the_folders_are_the_36_months() -> None:
    assert sorted(path.name for path in SCORECARDS.iterdir() if path.is_dir()) == MONTHS


def test_revenue_adds_up_to_the_known_total_in_both_sources() -> None:
    assert sum(fact.revenue for fact in facts().values()) == TOTAL_REVENUE
    for fact in facts().values():
        assert sum(revenue for revenue, _ in fact.by_line.values()) == fact.revenue
    by_line = {line: sum(fact.by_line[line][0] for fact in facts().values()) for line in LINES}
    assert by_line == {
        "bikes": Decimal("66796865.43"),
        "components": Decimal("11804248.17"),
        "clothing": Decimal("1798652.33"),
        "accessories": Decimal("577954.28"),
    }


def test_counts_add_up_to_the_known_totals() -> None:
    assert sum(fact.units for fact in facts().values()) == TOTAL_UNITS
    assert sum(fact.orders for fact in facts().values()) == 3_796
    # Some resellers ordered twice in a month: the distinct count is not the count of orders.
    assert sum(fact.active_resellers for fact in facts().values()) == 3_783
    assert sum(fact.orders != fact.active_resellers for fact in facts().values()) == 9


def test_quotas_add_up_to_the_known_total() -> None:
    agreed = [fact.quota for fact in facts().values() if fact.quota is not None]
    assert len(agreed) == 539
    assert sum(agreed) == TOTAL_QUOTA


def test_months_with_revenue_and_quota() -> None:
    sold = {key for key, fact in facts().items() if fact.revenue}
    agreed = {key for key, fact in facts().items() if fact.quota is not None}
    assert len(sold) == 464
    assert len(sold & agreed) == 463
    assert sold - agreed == {NO_QUOTA}
    assert facts()[NO_QUOTA].revenue == REVENUE_WITHOUT_QUOTA


def test_every_month_of_the_roster_has_its_rows() -> None:
    found = {(row["rep"], month) for row in rows(SCORECARDS / "reps.csv") for month in roster_months(row)}
    assert found == set(facts())
    assert len(found) == 540
    assert all(set(fact.by_line) == set(LINES) for fact in facts().values())


def test_the_roster_is_the_sales_force() -> None:
    people = rows(SCORECARDS / "reps.csv")
    assert len({row["rep"] for row in people}) == 18
    assert {row["rep"]: row["name"] for row in people}["jose-saraiva"] == "José Saraiva"
    assert [(row["team"], row["valid_from"], row["valid_to"]) for row in people if row["rep"] == "jose-saraiva"] == [
        ("north-america", "2017-07-01", "2018-06-30"),
        ("europe", "2018-07-01", ""),
    ]
    assert {row["team"]: row["lead"] for row in rows(SCORECARDS / "teams.csv")} == {
        "sales-management": "brian-welcker",
        "north-america": "stephen-jiang",
        "europe": "amy-alberts",
        "pacific": "syed-abbas",
    }
    assigned = {(row["rep"], row["valid_from"], row["product_line"]) for row in rows(SCORECARDS / "assignments.csv")}
    assert assigned == {(row["rep"], row["valid_from"], line) for row in people for line in LINES}


def test_the_notice_carries_source_and_licence() -> None:
    notice = (HERE / "NOTICE").read_text(encoding="utf-8")
    assert "MicrosoftLearning/PL-300-Microsoft-Power-BI-Data-Analyst" in notice
    assert "Permission is hereby granted, free of charge" in notice


# The site: a second calculation


@dataclass(frozen=True)
class Figure:
    """A measure's figure. ``numerator`` and ``denominator`` only for quotients with a value."""

    status: str | None
    value: Fraction | None
    numerator: Fraction | None = None
    denominator: Fraction | None = None


NOT_APPLICABLE = Figure("not_applicable", None)


def verdict(value: Fraction, met: Fraction | int, near: Fraction | int) -> str:
    return "met" if value >= met else "near" if value >= near else "missed"


def fiscal_year_to(month: str) -> list[str]:
    """The months from July to ``month``."""
    year, number = map(int, month.split("-"))
    start = f"{year if number >= 7 else year - 1}-07"
    return [other for other in MONTHS if start <= other <= month]


def window(rep: str, months: list[str]) -> list[tuple[str, Facts]]:
    return [(month, facts()[rep, month]) for month in months if (rep, month) in facts()]


def attainment(rep: str, month: str, months: list[str]) -> Figure:
    if facts()[rep, month].quota is None:
        return NOT_APPLICABLE
    agreed = [fact for _, fact in window(rep, months) if fact.quota is not None]
    numerator = Fraction(sum(fact.revenue for fact in agreed))
    denominator = Fraction(sum(fact.quota or 0 for fact in agreed))
    value = round(numerator / denominator * 100, 1)
    near = 80 if month < "2019-01" else 70
    return Figure(verdict(value, 100, near), value, numerator, denominator)


def attainment_of_month(rep: str, month: str) -> Figure:
    return attainment(rep, month, [month])


def attainment_year_to_date(rep: str, month: str) -> Figure:
    return attainment(rep, month, fiscal_year_to(month))


def revenue(rep: str, month: str) -> Figure:
    return Figure(None, Fraction(facts()[rep, month].revenue))


def units_of_month(rep: str, month: str) -> Figure:
    units = Fraction(facts()[rep, month].units)
    return Figure(verdict(units, 400, 250), units)


def units_year_to_date(rep: str, month: str) -> Figure:
    counted = [fact.units for _, fact in window(rep, fiscal_year_to(month))]
    met, near = (round(Fraction(limit * len(counted), 12)) for limit in (5000, 3000))
    units = Fraction(sum(counted))
    return Figure(verdict(units, met, near), units)


def bike_share(rep: str, month: str) -> Figure:
    fact = facts()[rep, month]
    if not fact.revenue:
        return NOT_APPLICABLE
    numerator, denominator = Fraction(fact.by_line["bikes"][0]), Fraction(fact.revenue)
    value = round(numerator / denominator * 100, 1)
    status = "met" if 70 <= value <= 90 else "near" if 60 <= value <= 95 else "missed"
    return Figure(status, value, numerator, denominator)


def active_resellers(rep: str, month: str) -> Figure:
    count = Fraction(facts()[rep, month].active_resellers)
    return Figure(verdict(count, 8, 5), count)


def orders(rep: str, month: str) -> Figure:
    return Figure(None, Fraction(facts()[rep, month].orders))


EXPECTED: dict[str, Callable[[str, str], Figure]] = {
    "revenue-quota/year-to-date": attainment_year_to_date,
    "revenue-quota/month": attainment_of_month,
    "revenue-quota/revenue": revenue,
    "units-sold/month": units_of_month,
    "units-sold/year-to-date": units_year_to_date,
    "bike-share/share": bike_share,
    "active-resellers/month": active_resellers,
    "active-resellers/orders": orders,
}
MAIN = {
    "revenue-quota": "year-to-date",
    "units-sold": "month",
    "bike-share": "share",
    "active-resellers": "month",
}


@pytest.mark.parametrize(
    "measure",
    [name for name, figure in EXPECTED.items() if figure not in (revenue, orders)],
)
def test_the_data_reach_every_verdict(measure: str) -> None:
    found = {EXPECTED[measure](*key).status for key in facts()}
    assert {"met", "near", "missed"} <= found


def test_both_editions_decide_something() -> None:
    """Between the two limits of "near" lie months of either edition, so a mixed-up edition cannot go unseen."""
    between = [
        month
        for rep, month in facts()
        if (value := attainment_of_month(rep, month).value) is not None and 70 <= value < 80
    ]
    assert any(month < "2019-01" for month in between)
    assert any(month >= "2019-01" for month in between)


# The site: what the tool built


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site. It is built from a copy, so that nothing is left in the repository."""
    folder = tmp_path_factory.mktemp("adventureworks")
    project = folder / "project"
    shutil.copytree(HERE, project)
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder / "site")]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}
    build = subprocess.run(
        command, cwd=project, env=environment, capture_output=True, encoding="utf-8", timeout=300, check=False
    )
    assert build.returncode == 0, build.stdout + build.stderr
    return folder / "site"


@pytest.fixture(scope="session")
def cards(site: Path) -> dict[RepMonth, dict[str, Any]]:
    return {
        (path.parent.name, path.stem): json.loads(path.read_text(encoding="utf-8"))
        for path in (site / "scorecards").glob("*/*.json")
        if re.fullmatch(r"\d{4}-\d{2}", path.stem)
    }


def measure_of(card: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    standard_id, measure_id = name.split("/")
    (standard,) = (standard for standard in card["standards"] if standard["id"] == standard_id)
    (measure,) = (measure for measure in standard["measures"] if measure["id"] == measure_id)
    return dict(measure)


def number(text: object) -> Fraction:
    """An amount of the JSON: a decimal string, never a float."""
    assert isinstance(text, str), text
    return Fraction(Decimal(text))


def figure_of(measure: Mapping[str, Any], expected: Figure) -> Figure:
    """The published figure, with as much of it as ``expected`` speaks of."""
    return Figure(
        measure["status"],
        None if measure["value"] is None else number(measure["value"]),
        None if expected.numerator is None else number(measure["numerator"]),
        None if expected.denominator is None else number(measure["denominator"]),
    )


@pytest.mark.site
def test_everyone_has_her_scorecards(cards: dict[RepMonth, dict[str, Any]]) -> None:
    assert set(cards) == set(facts())
    names = {row["rep"]: row["name"] for row in rows(SCORECARDS / "reps.csv")}
    for (rep, month), card in cards.items():
        assert (card["rep"], card["month"], card["name"]) == (rep, month, names[rep])
        assert {standard["id"] for standard in card["standards"]} == set(MAIN)


@pytest.mark.site
def test_the_team_is_the_one_of_the_month(cards: dict[RepMonth, dict[str, Any]]) -> None:
    names = {row["team"]: row["name"] for row in rows(SCORECARDS / "teams.csv")}
    expected = {
        (row["rep"], month): {row["team"], names[row["team"]]}
        for row in rows(SCORECARDS / "reps.csv")
        for month in roster_months(row)
    }
    assert [key for key, card in cards.items() if card["team"] not in expected[key]] == []


@pytest.mark.site
@pytest.mark.parametrize("name", EXPECTED)
def test_every_figure_is_the_one_calculated_here(name: str, cards: dict[RepMonth, dict[str, Any]]) -> None:
    expected = {key: EXPECTED[name](*key) for key in facts()}
    found = {key: figure_of(measure_of(cards[key], name), expected[key]) for key in facts()}
    wrong = {key: (found[key], expected[key]) for key in facts() if found[key] != expected[key]}
    assert wrong == {}


@pytest.mark.site
def test_a_standard_has_the_status_of_its_main_measure(cards: dict[RepMonth, dict[str, Any]]) -> None:
    for key, card in cards.items():
        for standard in card["standards"]:
            main = EXPECTED[f"{standard['id']}/{MAIN[standard['id']]}"](*key)
            assert standard["status"] == main.status, (key, standard["id"])


@pytest.mark.site
def test_year_to_date_names_the_months_it_is_made_of(cards: dict[RepMonth, dict[str, Any]]) -> None:
    for (rep, month), card in cards.items():
        measure = measure_of(card, "revenue-quota/year-to-date")
        if measure["status"] == "not_applicable":
            continue
        agreed = [part for part in measure["months"] if part["denominator"] is not None]
        assert [(part["month"], number(part["numerator"]), number(part["denominator"])) for part in agreed] == [
            (other, Fraction(fact.revenue), Fraction(fact.quota))
            for other, fact in window(rep, fiscal_year_to(month))
            if fact.quota is not None
        ], (rep, month)


@pytest.mark.site
def test_published_figures_add_up_to_the_known_totals(cards: dict[RepMonth, dict[str, Any]]) -> None:
    def total(name: str, field: str) -> Fraction:
        measures = [measure_of(card, name) for card in cards.values()]
        return sum(
            (number(measure[field]) for measure in measures if measure["status"] != "not_applicable"), Fraction()
        )

    assert total("revenue-quota/revenue", "value") == Fraction(TOTAL_REVENUE)
    assert total("bike-share/share", "denominator") == Fraction(TOTAL_REVENUE)
    assert total("revenue-quota/month", "numerator") == Fraction(TOTAL_REVENUE - REVENUE_WITHOUT_QUOTA)
    assert total("revenue-quota/month", "denominator") == TOTAL_QUOTA
    assert total("units-sold/month", "value") == TOTAL_UNITS


@pytest.mark.site
def test_a_month_without_quota_is_not_applicable_and_not_zero(cards: dict[RepMonth, dict[str, Any]]) -> None:
    rep, _ = NO_QUOTA
    assert {
        key
        for key, card in cards.items()
        if any(
            measure_of(card, f"revenue-quota/{name}")["status"] == "not_applicable"
            for name in ("month", "year-to-date")
        )
    } == {NO_QUOTA}
    first = measure_of(cards[NO_QUOTA], "revenue-quota/revenue")
    assert number(first["value"]) == Fraction(REVENUE_WITHOUT_QUOTA)
    august = measure_of(cards[rep, "2017-08"], "revenue-quota/year-to-date")
    assert number(august["numerator"]) == Fraction(facts()[rep, "2017-08"].revenue)


def page(site: Path, *parts: str) -> str:
    """The text of a page, its character references resolved."""
    return html.unescape(site.joinpath(*parts, "index.html").read_text(encoding="utf-8"))


@pytest.mark.site
def test_every_scorecard_has_a_page_in_both_languages(site: Path) -> None:
    for language in LANGUAGES:
        for rep, month in facts():
            assert (site / "scorecards" / rep / language / month / "index.html").is_file(), (rep, language, month)
        for rep in {rep for rep, _ in facts()}:
            assert (site / "scorecards" / rep / language / "index.html").is_file(), (rep, language)


@pytest.mark.site
def test_every_standard_has_a_page_in_both_languages(site: Path) -> None:
    titles = {
        "de": ("Umsatz und Vertriebsziel", "Verkaufte Stück", "Anteil der Fahrräder", "Aktive Händler"),
        "en": ("Revenue against quota", "Units sold", "Share of bikes", "Active resellers"),
    }
    for language in LANGUAGES:
        for standard, title in zip(MAIN, titles[language], strict=True):
            assert title in page(site, language, "standards", standard)


@pytest.mark.site
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_name_is_written_with_its_accent(site: Path, language: str) -> None:
    for text in (
        page(site, "scorecards", "jose-saraiva", language),
        page(site, "scorecards", "jose-saraiva", language, "2020-06"),
    ):
        assert "José Saraiva" in text
        assert "JosÃ" not in text
        assert "\N{REPLACEMENT CHARACTER}" not in text


@pytest.mark.site
def test_figures_are_written_as_in_the_language_of_the_page(site: Path) -> None:
    attained = attainment_year_to_date("jose-saraiva", "2020-06").value
    assert attained is not None
    percent = f"{float(attained):.1f}"
    amount = f"{facts()['jose-saraiva', '2020-06'].revenue:,.2f}"
    german, english = (page(site, "scorecards", "jose-saraiva", language, "2020-06") for language in LANGUAGES)
    assert percent in english
    assert amount in english
    assert percent.replace(".", ",") in german
    assert amount.translate(str.maketrans(".,", ",.")) in german
    assert "€" not in german + english


def texts(site: Path) -> Iterator[tuple[Path, str]]:
    """The text files of the site with their paths below its root."""
    for path in sorted(site.rglob("*")):
        if path.suffix in {".html", ".json", ".csv", ".xml", ".txt"}:
            yield path.relative_to(site), path.read_text(encoding="utf-8")


@pytest.mark.site
def test_nothing_of_the_demo_is_on_it(site: Path) -> None:
    foreign = re.compile(
        "falkenrath|kranich|pipeline-coverage|pipeline-deckung|vertriebsleistungsstandard", re.IGNORECASE
    )
    assert [str(path) for path, text in texts(site) if foreign.search(text)] == []


@pytest.mark.site
def test_people_are_only_in_the_personal_folders(site: Path) -> None:
    personal = {"scorecards", "teams", "months", "data-quality", "me"}
    people = rows(SCORECARDS / "reps.csv")
    names = re.compile(
        "|".join(sorted({re.escape(row[field]) for row in people for field in ("rep", "name", "login")}))
    )
    assert [str(path) for path, text in texts(site) if path.parts[0] not in personal and names.search(text)] == []
