"""The oracle against cases that were calculated by hand."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
import yaml

from tests.recompute import recompute
from tests.recompute.arithmetic import shown, signal, wilson
from tests.recompute.dates import last_workday_before, month, public_holidays
from tests.recompute.oracle import Scorecard

SCORECARDS = Path(__file__).resolve().parents[2] / "scorecards"
REP = "muster-m"
RATED = ("professional-conduct", "sales-negotiation")
Rows = Sequence[Mapping[str, str]]


class Folder:
    """A scorecards folder of one person, written with the columns' own names; what is left out is 0 or empty."""

    def __init__(self, path: Path) -> None:
        self.path = path
        for name in ("sources.yml", "calendar.yml"):
            shutil.copy(SCORECARDS / name, path)
        declared = yaml.safe_load((path / "sources.yml").read_text("utf-8"))["sources"]
        self.empty = {
            source: {
                name: "0" if column["type"] in {"integer", "number"} and column.get("required", True) else ""
                for name, column in fields["columns"].items()
            }
            for source, fields in declared.items()
        }
        self.person("01.01.2020")
        self.assign({"product_line": "machining"})
        self.write("availability.csv", [])
        self.write("exemptions.csv", [])

    def write(self, name: str, rows: Rows) -> None:
        path = self.path / name
        path.parent.mkdir(exist_ok=True)
        header = list(rows[0]) if rows else ["rep"]
        path.write_text("\n".join(";".join(row) for row in (header, *(row.values() for row in rows))), "utf-8")

    def person(self, started_on: str, valid_to: str = "") -> None:
        fixed = {"rep": REP, "role": "rep", "started_on": started_on}
        self.write("reps.csv", [{**fixed, "valid_from": started_on, "valid_to": valid_to}])

    def assign(self, *lines: Mapping[str, str]) -> None:
        usual = {
            "rep": REP, "product_line": "", "credit_share": "1", "valid_from": "01.01.2020", "valid_to": "",
            "ramp_from": "",
        }  # fmt: skip
        self.write("assignments.csv", [{**usual, **line} for line in lines])

    def month(self, m: str, source: str, *rows: Mapping[str, str]) -> None:
        self.write(f"{m}/{source}.csv", [{"rep": REP, **self.empty[source], **row} for row in rows])

    def cards(self) -> dict[str, Scorecard]:
        return {m: card for (_, m), card in recompute(self.path).items()}


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def test_working_days() -> None:
    assert date(2025, 4, 21) in public_holidays(2025)  # Easter Monday
    assert date(2026, 6, 4) in public_holidays(2026)  # Corpus Christi
    days_off = {date(2025, 12, 24), date(2025, 12, 31)}
    assert last_workday_before(month("2026-01"), days_off) == date(2025, 12, 30)
    assert last_workday_before(month("2025-06"), days_off) == date(2025, 5, 30)  # 31 May is a Saturday


def test_rounding_is_half_to_even() -> None:
    values = ("61.65", "61.75", "-0.04", "2.5", "3.5")
    assert [shown(Fraction(value), 1) for value in values[:3]] == ["61.6", "61.8", "0.0"]
    assert [shown(Fraction(value), 0) for value in values[3:]] == ["2", "4"]


def test_wilson_interval() -> None:
    assert wilson(Fraction(8), Fraction(10), 1) == (Fraction("49.0"), Fraction("94.3"))
    assert wilson(Fraction(0), Fraction(10), 1) == (Fraction(0), Fraction("27.8"))


def test_signals() -> None:
    assert signal([Fraction(10)] * 5) is None
    # Mean 90/8 = 11.25; moving ranges 0 six times and 10: 10/7; 2.66 * 10/7 = 3.8.
    high = signal([Fraction(10)] * 7 + [Fraction(20)])
    assert high is not None
    assert (high.kind, high.points, high.provisional, high.mean, high.upper) == (
        "high", 8, True, Fraction("11.25"), Fraction("15.05"),
    )  # fmt: skip
    # Mean 136/14 = 9.7; moving ranges 20 four times, 0, 12, then 0: 92/13; limits far off.
    before = [Fraction(value) for value in (0, 20, 0, 20, 0, 0)]
    shift = signal([*before, *[Fraction(12)] * 8])
    assert shift is not None and shift.kind == "shift_up"
    seventh = signal([*before, *[Fraction(12)] * 7])
    assert seventh is not None and seventh.kind == "none"


def test_quota_with_ramp_availability_and_credit_share(folder: Folder) -> None:
    folder.person("01.01.2025")
    folder.assign({"product_line": "machining", "credit_share": "0,5", "valid_from": "01.01.2025"})
    folder.write("availability.csv", [{"rep": REP, "month": "2025-04", "share": "0,8"}])
    for m in ("2025-01", "2025-02", "2025-03", "2025-04", "2025-05"):
        folder.month(m, "sales", {"product_line": "machining", "bookings": "80.000,00", "quota": "100.000,00"})
    cards = {m: card["territory-quota"]["attainment"] for m, card in folder.cards().items()}
    # Tenure months 1 and 2 are shown unscaled.
    february = cards["2025-02"]
    assert (february.status, february.value, february.denominator) == ("ramp", "40.0", Fraction(200_000))
    # Months 3 and 4 at half, month 4 besides at 0.8, month 5 at three quarters: 50,000 + 40,000 + 75,000.
    may = cards["2025-05"]
    assert [may.numerator, may.denominator, may.denominator_raw] == [120_000, 165_000, 300_000]
    assert (may.value, may.status, may.window_start) == ("72.7", "missed", "2025-01")
    assert [m for m, part in may.months.items() if part.counts] == ["2025-03", "2025-04", "2025-05"]
    assert may.months["2025-04"].denominator == 100_000
    assert cards["2025-04"].status == "too_few"  # Two of three months.


def test_limits_of_the_edition(folder: Folder) -> None:
    for m in ("2025-10", "2025-11", "2025-12", "2026-01", "2026-02", "2026-03"):
        folder.month(m, "sales", {"product_line": "machining", "bookings": "96,00", "quota": "100,00"})
    cards = {m: card["territory-quota"]["attainment"] for m, card in folder.cards().items()}
    assert (cards["2025-12"].status, cards["2025-12"].value) == ("met", "96.0")
    assert (cards["2026-02"].status, cards["2026-03"].status) == ("too_few", "near")


def test_quota_not_agreed(folder: Folder) -> None:
    folder.month("2025-01", "sales", {"product_line": "machining", "bookings": "80,00"})
    card = folder.cards()["2025-01"]["territory-quota"]
    assert {name: result.status for name, result in card.items()} == {
        "attainment": "not_applicable", "attainment-month": "not_applicable", "quota-agreed": None,
    }  # fmt: skip


def test_coverage_is_judged_by_its_worst_line(folder: Folder) -> None:
    folder.assign(
        {"product_line": "service"},
        {"product_line": "machining"},
        {"product_line": "retrofit", "valid_from": "01.03.2026", "ramp_from": "01.03.2026"},
    )
    numbers = {"machining": ("280,00", "100,00"), "service": ("205,00", "100,00"), "retrofit": ("1,00", "100,00")}
    folder.month(
        "2026-03",
        "pipeline",
        *({"product_line": line, "pipeline_next": a, "quota_next": b} for line, (a, b) in numbers.items()),
    )
    coverage = folder.cards()["2026-03"]["pipeline-coverage"]["coverage"]
    assert list(coverage.lines) == ["machining", "retrofit", "service"]
    # Retrofit's own ramp has just begun; service shows 2.05 as 2.0, half to even.
    assert [result.status for result in coverage.lines.values()] == ["near", "ramp", "near"]
    assert (coverage.deciding_line, coverage.value, coverage.status) == ("service", "2.0", "near")


def test_forecasts_on_time_and_their_error(folder: Folder) -> None:
    folder.assign(
        *({"product_line": line, "valid_from": "01.06.2025"} for line in ("machining", "automation", "service")),
    )
    sold = {"machining": "100,00", "automation": "50,00", "service": "30,00"}
    folder.month(
        "2025-06", "sales",
        *({"product_line": line, "bookings": value, "orders": "1"} for line, value in sold.items()),
    )  # fmt: skip
    folder.month(
        "2025-06", "forecast",
        {"product_line": "machining", "forecast": "80,00", "submitted_on": "30.05.2025"},
        {"product_line": "automation", "forecast": "90,00", "submitted_on": "02.06.2025"},
    )  # fmt: skip
    card = folder.cards()["2025-06"]["monthly-forecast"]
    # One in time, one late, one missing or without a date.
    assert [card["on-time"].numerator, card["on-time"].denominator, card["on-time"].status] == [1, 3, "missed"]
    # |100 - 80| + |50 - 90| = 60 of max(100, 80) + max(50, 90) = 190: 31.6 %.
    assert (card["forecast-error"].value, card["forecast-error"].status) == ("31.6", "met")
    # (80 - 100) + (90 - 50) = 20 of 80 + 90 = 170: 11.8 %.
    assert (card["bias"].value, card["bias"].status) == ("11.8", None)


def test_satisfaction_is_not_certainly_missed(folder: Folder) -> None:
    folder.month("2025-01", "surveys", {"responses": "10", "satisfied": "8"})
    folder.month("2025-02", "surveys", {"responses": "30", "satisfied": "12"})
    cards = {m: card["customer-satisfaction"]["satisfaction"] for m, card in folder.cards().items()}
    # 80 % of 10: the interval reaches 94.3 and with it the limit of 85.
    assert cards["2025-01"].status == "not_certain"
    # 20 of 40: 35.2 to 64.8 does not reach 70.
    assert (cards["2025-02"].value, cards["2025-02"].status) == ("50.0", "missed")
    assert cards["2025-02"].interval == (Fraction("35.2"), Fraction("64.8"))


def test_company_leads_start_again_with_the_edition(folder: Folder) -> None:
    folder.person("01.11.2025")
    for m, reached in (("2025-11", "12"), ("2025-12", "12"), ("2026-01", "6"), ("2026-02", "12")):
        folder.month(m, "leads", {"leads_sla_due": "12", "contacted_in_sla": reached})
    cards = {m: card["company-leads"]["first-contact"] for m, card in folder.cards().items()}
    assert (cards["2025-12"].value, cards["2025-12"].window_start) == ("100.0", "2025-11")
    assert (cards["2026-01"].value, cards["2026-01"].status) == ("50.0", "missed")
    # 18 of 24, without December.
    assert (cards["2026-02"].value, cards["2026-02"].status, cards["2026-02"].window_start) == (
        "75.0",
        "near",
        "2026-01",
    )


def test_ratings_are_the_mean_of_the_items_means(folder: Folder) -> None:
    def rating(item: str, value: str, rater: str = "chef-c") -> dict[str, str]:
        return {"standard": "professional-conduct", "item": item, "deal": "", "rating": value, "rater": rater}

    for m in ("2025-03", "2025-04", "2025-08", "2025-09"):
        folder.month(m, "crm")
    folder.month("2025-03", "ratings", rating("a", "5"), rating("a", "4"), rating("b", "2"), rating("a", "1", REP))
    cards = {m: card["professional-conduct"] for m, card in folder.cards().items()}
    # Items 4.5 and 2: 3.25, shown as 3.2; shown until August.
    assert (cards["2025-04"]["rating"].value, cards["2025-04"]["rating"].status) == ("3.2", "near")
    assert cards["2025-04"]["self-rating"].value == "1.0"
    assert (cards["2025-08"]["rating"].value, cards["2025-09"]["rating"].status) == ("3.2", "no_data")


def test_a_round_in_an_exempt_month_is_no_data(folder: Folder) -> None:
    folder.write("availability.csv", [{"rep": REP, "month": "2025-03", "share": "0"}])
    rating = {"item": "a", "rating": "4", "rater": "chef-c"}
    folder.month(
        "2025-03",
        "ratings",
        {"standard": "professional-conduct", "deal": "", **rating},
        {"standard": "sales-negotiation", "deal": "V-1", **rating},
        {"standard": "sales-negotiation", "deal": "V-2", **rating},
    )
    folder.month("2025-04", "crm")
    found = {
        m: [(card[standard]["rating"].status, card[standard]["rating"].reason) for standard in RATED]
        for m, card in folder.cards().items()
    }
    assert found == {"2025-03": [("exempt", None)] * 2, "2025-04": [("no_data", None)] * 2}


def test_a_month_of_lines_shows_what_counts(folder: Folder) -> None:
    folder.assign(
        {"product_line": "machining"},
        {"product_line": "retrofit", "valid_from": "01.03.2025", "ramp_from": "01.01.2025"},
        {"product_line": "service", "valid_from": "01.03.2025", "ramp_from": "01.03.2025"},
    )
    lines = [{"product_line": line, "planned": "4", "held": "2"} for line in ("machining", "retrofit", "service")]
    for m in ("2025-01", "2025-02"):
        folder.month(m, "demos", lines[0])
    folder.month("2025-03", "demos", *lines)
    result = folder.cards()["2025-03"]["product-demos"]["demos-held"]
    # Retrofit counts at half, service not yet.
    part = result.months["2025-03"]
    assert (part.numerator, part.denominator, part.scaled, part.factor) == (4, 8, 6, None)
    assert result.months["2025-02"].factor == 1
    # 2 + 2 + 4 of 4 + 4 + 6.
    assert (result.value, result.flags) == ("57.1", ())
    alone = result.lines["service"]
    assert (alone.status, alone.flags) == ("ramp", ())
    assert [alone.months["2025-03"].counts, alone.months["2025-03"].scaled] == [True, 4]


def test_flags(folder: Folder) -> None:
    for m in ("2025-01", "2025-03"):
        folder.month(m, "events", {"invited": "4", "attended": "4"})
    for m, quota in (("2025-01", ""), ("2025-02", "100,00"), ("2025-03", "100,00")):
        folder.month(m, "sales", {"product_line": "machining", "bookings": "90,00", "quota": quota})
        folder.month(m, "pipeline", {"product_line": "machining", "pipeline_next": "700,00", "quota_next": "100,00"})
    cards = folder.cards()
    assert cards["2025-01"]["meetings-events"]["attendance"].flags == ()
    assert cards["2025-02"]["meetings-events"]["attendance"].flags == ()  # No value: no data.
    assert cards["2025-03"]["meetings-events"]["attendance"].flags == ("incomplete",)
    assert cards["2025-03"]["territory-quota"]["attainment"].flags == ("not_agreed",)
    assert cards["2025-03"]["pipeline-coverage"]["coverage"].flags == ("flag",)


def test_held_back_and_not_collected(folder: Folder) -> None:
    (folder.path / "calendar.yml").write_text("held: [{month: 2025-02, source: sales}, {month: 2025-04}]", "utf-8")
    for m in ("2025-01", "2025-02", "2025-03", "2025-04"):
        folder.month(m, "sales", {"product_line": "machining", "bookings": "90,00", "quota": "100,00"})
        folder.month(m, "crm", {"open_records": "100"})
    cards = folder.cards()
    attainment = [card["territory-quota"]["attainment"].status for card in cards.values()]
    assert attainment == ["too_few", "held", "held", "held"]
    assert [card["crm-hygiene"]["records-in-order"].status for card in cards.values()] == ["met"] * 3 + ["held"]
    assert cards["2025-01"]["company-resources"]["resources-used"].status == "not_collected"


def test_a_leaver_and_an_entry_month(folder: Folder) -> None:
    folder.person("10.02.2025", "20.04.2025")
    for m in ("2025-01", "2025-02", "2025-03", "2025-04", "2025-05"):
        folder.month(m, "training", {"modules_required": "5", "modules_valid": "3"})
        folder.month(m, "crm", {"open_records": "200", "records_violating": "10"})
    cards = folder.cards()
    assert list(cards) == ["2025-02", "2025-03", "2025-04"]
    assert [card["crm-hygiene"]["records-in-order"].status for card in cards.values()] == ["ramp", "met", "met"]
    # Due from the first full month after 11 May on.
    assert [card["crm-proficiency"]["modules"].status for card in cards.values()] == ["not_due"] * 3
    assert cards["2025-04"]["contact-database"]["complete-contacts"].status == "not_applicable"
