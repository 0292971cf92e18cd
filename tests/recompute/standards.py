"""The 17 standards by hand, after STANDARDS.md; the ids are those of `standards/`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .measure import ASSIGNMENTS, Figures, Measure, Row, RowRule

MAIN, SECOND, GUARD, INFO = "main", "second", "guard", "info"
FIRST = "2025-01"

EDITIONS = {"2025-01": "2025.1", "2025-07": "2025.2", "2026-01": "2026.1"}
REVISED: Mapping[str, tuple[str, ...]] = {
    "professional-conduct": ("2025-07",),
    "meetings-events": ("2025-07",),
    "contact-database": ("2025-07",),
    "pipeline-coverage": ("2026-01",),
    "company-leads": ("2026-01",),
    "territory-quota": ("2026-01",),
    "product-expertise": ("2026-01",),
}
"""Where a standard has further revisions than its first."""

RESTARTED = (FIRST, "2026-01")


def columns(numerator: str, denominator: str) -> RowRule:
    """One column over another."""
    return lambda row: Figures(row[numerator], row[denominator])


def higher(met: float, near: float) -> dict[str, Any]:
    return {"better": "higher", "limits": {FIRST: (met, near)}}


# 1 customer-satisfaction

SATISFACTION = (
    Measure("satisfaction", MAIN, "surveys", columns("satisfied", "responses"), "rolling 12",
            **higher(85, 70), confident=True, minimum_n=10),
    Measure("call-back", SECOND, "surveys", columns("low_called_back", "low_responses"), "rolling 12",
            **higher(100, 80), minimum_n=3),
    Measure("survey-reach", GUARD, "surveys", columns("surveys_sent", "customers_active"), flow=False),
)  # fmt: skip

# 2 professional-conduct, 11 sales-negotiation: ratings, by others and by oneself


def rated(standard: str, by_oneself: bool = False) -> RowRule:
    def row_rule(row: Row) -> Figures | None:
        cells = row.cells
        if cells["standard"] != standard or (cells["rater"] == row.person.rep) is not by_oneself:
            return None
        return Figures(row["rating"], group=cells["item"], distinct=cells["deal"])

    return row_rule


_RATING: dict[str, Any] = {"kind": "mean", "unit": "points", "flow": False, "ramp": False}
_ROUND: dict[str, Any] = {"round_months": 3, "valid_months": 6}

CONDUCT = (
    Measure("rating", MAIN, "ratings", rated("professional-conduct"), **_RATING, **_ROUND, **higher(3.5, 2.5)),
    Measure("self-rating", INFO, "ratings", rated("professional-conduct", by_oneself=True), **_RATING, **_ROUND),
)


def price(row: Row) -> Figures:
    return Figures(row["bookings"], row["list_value"])


NEGOTIATION = (
    Measure("rating", MAIN, "ratings", rated("sales-negotiation"), "rolling 6", **_RATING, **higher(3.5, 2.5),
            minimum_n=2, distinct=True),
    Measure("net-price", INFO, "sales", price, "rolling 6", ramp=False),
)  # fmt: skip

# 3 territory-quota


def attained(row: Row) -> Figures:
    return Figures(row["bookings"] * row.share, row.maybe("quota"))


def agreed(row: Row) -> Figures:
    day = row.day("quota_agreed_on")
    return Figures(int(day is not None), when=day)


QUOTA = (
    Measure("attainment", MAIN, "sales", attained, "year", better="higher", target=True, minimum_months=3,
            limits={FIRST: (95, 75), "2026-01": (100, 80)}),
    Measure("attainment-month", INFO, "sales", attained, target=True),
    Measure("quota-agreed", INFO, "sales", agreed, kind="check", unit="date", decimals=0,
            flow=False),
)  # fmt: skip

# 4 territory-potential

POTENTIAL = (
    Measure("accounts-in-rhythm", MAIN, "territory", columns("accounts_in_rhythm", "target_accounts"),
            **higher(80, 60), flow=False),
    Measure("new-opportunities", SECOND, "territory", columns("opportunities_qualified", "opportunities_agreed"),
            "rolling 3", **higher(100, 60), target=True),
    Measure("rejected", GUARD, "territory", columns("opportunities_rejected", "opportunities_qualified"),
            "rolling 6", better="lower"),
)  # fmt: skip

# 5 monthly-forecast


def on_time(row: Row) -> Figures:
    """A missing row was not submitted, nor was one without a date."""
    forecast = row.same_line("forecast")
    submitted = forecast.day("submitted_on") if forecast else None
    return Figures(int(submitted is not None and submitted <= row.last_workday_before()))


def error(row: Row) -> Figures:
    forecast = row.same_line("forecast")
    if forecast is None:
        return Figures(None)
    sold, seen = row["bookings"], forecast["forecast"]
    return Figures(abs(sold - seen), max(sold, seen), count=row["orders"])


def bias(row: Row) -> Figures:
    forecast = row.same_line("forecast")
    if forecast is None:
        return Figures(None)
    return Figures(forecast["forecast"] - row["bookings"], forecast["forecast"])


FORECAST = (
    Measure("on-time", MAIN, ASSIGNMENTS, on_time, "rolling 3", "forecast", **higher(100, 90), ramp=False),
    Measure("forecast-error", SECOND, "sales", error, "rolling 6", "forecast", better="lower",
            limits={FIRST: (50, 70)}, lines="total", minimum_n=1, per_row=True),
    Measure("bias", GUARD, "sales", bias, "rolling 6", "forecast", better="range",
            limits={FIRST: ((-20, 20), (-40, 40))}),
)  # fmt: skip

# 6 pipeline-coverage: counted afresh from 2026 on


def coverage(row: Row) -> Figures:
    return Figures(row["pipeline_next"], row.maybe("quota_next"))


def needed(row: Row) -> Figures:
    return Figures(row["quotes_decided"], row["quotes_won"], count=row["quotes_decided"])


COVERAGE = (
    Measure("coverage", MAIN, "pipeline", coverage, **higher(3, 2), unit="multiple", target=True, lines="worst",
            flow=False, runs=RESTARTED, flag_above=6),
    Measure("stale-share", GUARD, "pipeline", columns("pipeline_stale", "pipeline_open"), better="lower", flow=False,
            runs=RESTARTED),
    Measure("needed-multiple", INFO, "leads", needed, "rolling 12", unit="multiple", minimum_n=20, runs=RESTARTED),
)  # fmt: skip

# 7 crm-proficiency, 8 crm-hygiene

PROFICIENCY = (
    Measure("modules", MAIN, "training", columns("modules_valid", "modules_required"), **higher(100, 80),
            flow=False, ramp=False, due_after_days=90),
)  # fmt: skip


def in_order(row: Row) -> Figures:
    return Figures(row["open_records"] - row["records_violating"], row["open_records"])


HYGIENE = (Measure("records-in-order", MAIN, "crm", in_order, **higher(95, 85), flow=False, ramp=False),)

# 9 lead-conversion


def quoted(row: Row) -> Figures:
    return Figures(row["quotes_issued"], row["quotes_issued"] + row["qualified_dropped"])


CONVERSION = (
    Measure("win-rate", MAIN, "leads", columns("quotes_won", "quotes_decided"), "rolling 12", **higher(30, 18),
            confident=True, minimum_n=20),
    Measure("qualified-leads", SECOND, "leads", columns("leads_qualified", "leads_decided"), "rolling 12",
            **higher(25, 15), minimum_n=20),
    Measure("qualified-to-quote", SECOND, "leads", quoted, "rolling 12", **higher(50, 30), minimum_n=20),
    Measure("old-quotes", GUARD, "leads", columns("quotes_open_180d", "quotes_open"), better="lower", flow=False),
)  # fmt: skip

# 10 contact-database

CONTACTS = (
    Measure("complete-contacts", MAIN, "crm", columns("contacts_complete", "contacts_active"), **higher(95, 85),
            flow=False),
    Measure("three-roles", SECOND, "territory", columns("accounts_three_roles", "target_accounts"),
            **higher(60, 40), flow=False, runs=("2025-07",)),
)  # fmt: skip

# 12 product-demos


def held(row: Row) -> Figures:
    due = row["planned"] - row["cancelled_by_customer"]
    return Figures(min(row["held"], due), due)


def line_shown(row: Row) -> Figures:
    due = row["planned"] > row["cancelled_by_customer"]
    return Figures(int(due and row["held"] > 0), int(due))


DEMOS = (
    Measure("demos-held", MAIN, "demos", held, "rolling 3", **higher(90, 70), target=True, lines="total"),
    Measure("lines-shown", GUARD, "demos", line_shown, unit="fraction"),
)

# 13 product-expertise, 14 industry-relations

EXPERTISE = (
    Measure("certificates", MAIN, "certificates", columns("certificates_valid", "certificates_required"),
            **higher(100, 75), lines="total", flow=False, ramp=False, due_after_days=90),
)  # fmt: skip
RELATIONS = (
    Measure("contacts-in-touch", MAIN, "territory", columns("contacts_active_180d", "contacts_agreed"),
            **higher(80, 50), unit="fraction", decimals=0, target=True, flow=False),
)  # fmt: skip

# 15 meetings-events, 16 company-leads (afresh from 2026 on), 17 company-resources


def attended(row: Row) -> Figures:
    return Figures(row["attended"], row["invited"] - row["excused"])


MEETINGS = (
    Measure("attendance", MAIN, "events", attended, "rolling 6", better="higher", ramp=False,
            limits={FIRST: (85, 70), "2025-07": (90, 75)}),
)  # fmt: skip
LEADS = (
    Measure("first-contact", MAIN, "leads", columns("contacted_in_sla", "leads_sla_due"), "rolling 3",
            **higher(90, 75), minimum_n=10, ramp=False, runs=RESTARTED),
    Measure("decided-in-30-days", SECOND, "leads", columns("disposed_30d", "leads_30d_due"), "rolling 3",
            **higher(90, 75), minimum_n=10, ramp=False, runs=RESTARTED),
)  # fmt: skip


def used(row: Row) -> Figures:
    return Figures(row["resources_used"])


RESOURCES = (
    Measure("supported-deals", MAIN, "resources", columns("deals_with_support", "deals_above_threshold"),
            "rolling 6", **higher(70, 40), minimum_n=5),
    Measure("resources-used", INFO, "support_log", used, "rolling 6", kind="sum", unit="number", decimals=0),
)  # fmt: skip

STANDARDS: Mapping[str, tuple[Measure, ...]] = {
    "customer-satisfaction": SATISFACTION,
    "professional-conduct": CONDUCT,
    "territory-quota": QUOTA,
    "territory-potential": POTENTIAL,
    "monthly-forecast": FORECAST,
    "pipeline-coverage": COVERAGE,
    "crm-proficiency": PROFICIENCY,
    "crm-hygiene": HYGIENE,
    "lead-conversion": CONVERSION,
    "contact-database": CONTACTS,
    "sales-negotiation": NEGOTIATION,
    "product-demos": DEMOS,
    "product-expertise": EXPERTISE,
    "industry-relations": RELATIONS,
    "meetings-events": MEETINGS,
    "company-leads": LEADS,
    "company-resources": RESOURCES,
}
"""By number, 1 to 17."""
