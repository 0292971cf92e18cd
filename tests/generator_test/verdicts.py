"""The status of each main measure, roughly as `scores.md` says: enough to see whether the figures are believable.

Not the engine's rules in full: restarts, exemptions and rounding are left out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import sqrt
from typing import Any

from tests.generator.months import Month, forecast_deadline
from tests.generator.organisation import Organisation, Person

from .reading import Figures, Record

RAMP = ((1, 0), (3, 500), (5, 750), (6, 1000))


@dataclass(frozen=True)
class Main:
    """A standard's main measure: numerator and denominator of a row."""

    number: int
    source: str
    top: Callable[[Any], Any]
    bottom: Callable[[Any], Any]
    window: int
    met: int
    near: int
    minimum: int = 0
    target: bool = False
    ramp: bool = True
    confident: bool = False


def _is(name: str) -> Callable[[Any], Any]:
    return lambda row: row[name]


MAINS = (
    Main(1, "surveys", _is("satisfied"), _is("responses"), 12, 85, 70, 10, confident=True),
    Main(3, "sales", _is("bookings"), _is("quota"), 0, 100, 80, target=True),
    Main(4, "territory", _is("accounts_in_rhythm"), _is("target_accounts"), 1, 80, 60),
    Main(5, "forecast", _is("on_time"), lambda row: 1, 3, 100, 90, ramp=False),
    Main(6, "pipeline", _is("pipeline_next"), _is("quota_next"), 1, 300, 200, target=True),
    Main(7, "training", _is("modules_valid"), _is("modules_required"), 1, 100, 80, ramp=False),
    Main(8, "crm", lambda r: r["open_records"] - r["records_violating"], _is("open_records"), 1, 95, 85, ramp=False),
    Main(9, "leads", _is("quotes_won"), _is("quotes_decided"), 12, 30, 18, 20, confident=True),
    Main(10, "crm", _is("contacts_complete"), _is("contacts_active"), 1, 95, 85),
    Main(
        12,
        "demos",
        lambda r: min(r["held"], r["planned"] - r["cancelled_by_customer"]),
        lambda r: r["planned"] - r["cancelled_by_customer"],
        3,
        90,
        70,
        target=True,
    ),
    Main(13, "certificates", _is("certificates_valid"), _is("certificates_required"), 1, 100, 75, ramp=False),
    Main(14, "territory", _is("contacts_active_180d"), _is("contacts_agreed"), 1, 80, 50, target=True),
    Main(15, "events", _is("attended"), lambda r: r["invited"] - r["excused"], 6, 90, 75, ramp=False),
    Main(16, "leads", _is("contacted_in_sla"), _is("leads_sla_due"), 3, 90, 75, 10, ramp=False),
    Main(17, "resources", _is("deals_with_support"), _is("deals_above_threshold"), 6, 70, 40, 5),
)


class Judge:
    """The statuses of a folder's figures."""

    def __init__(self, organisation: Organisation, figures: Figures) -> None:
        self.organisation, self.figures = organisation, figures

    def _factor(self, main: Main, person: Person, month: Month, line: object) -> int:
        starts = [a.ramp_from or person.started_on for a in person.assigned(month) if line in (None, a.line)]
        tenure = max((person.tenure(month, start) for start in starts), default=person.tenure(month, person.started_on))
        if not tenure:
            return 0
        factor = max(step for step in RAMP if step[0] <= tenure)[1] if main.ramp else 1000
        return factor * person.availability.get(month, 1000) if main.target and factor else 1000 * factor

    def _rows(self, main: Main, person: Person, month: Month) -> list[Record]:
        rows = self.figures.of(main.source, month, person.rep)
        if main.number == 5:
            dates = {row["product_line"]: row["submitted_on"] for row in rows}
            due = forecast_deadline(month)
            lines = {assignment.line for assignment in person.assigned(month)}
            return [
                {"product_line": line, "on_time": int(isinstance(day := dates.get(line), date) and day <= due)}
                for line in sorted(lines)
            ]
        if main.number == 3:
            shares = {assignment.line: assignment.share for assignment in person.assigned(month)}
            return [
                {**row, "bookings": Decimal(str(row["bookings"])) * shares[str(row["product_line"])] / 1000}
                for row in rows
            ]
        return rows

    def status(self, main: Main, person: Person, month: Month) -> str:
        """met, near, missed, not_certain, or why there is none."""
        months = month.month if main.window == 0 else main.window
        sums: dict[object, list[Decimal]] = {}
        counted = 0
        for back in range(months):
            past = month.plus(-back)
            rows = self._rows(main, person, past)
            if not person.availability.get(past, 1000):
                continue
            scored = False
            for row in rows:
                line = row.get("product_line")
                factor = self._factor(main, person, past, line)
                if main.bottom(row) is None or not factor:
                    continue
                scored = True
                entry = sums.setdefault(line if main.number == 6 else None, [Decimal(), Decimal(), Decimal()])
                entry[0] += main.top(row)
                entry[1] += Decimal(main.bottom(row)) * factor / 1_000_000
                entry[2] += main.bottom(row)
            counted += scored
            if not back and not scored:
                return "ramp or none"
        if main.number == 3 and counted < 3:
            return "too_few"
        if not any(entry[1] for entry in sums.values()):
            return "none"
        return max((self._verdict(main, *entry) for entry in sums.values() if entry[1]), key=ORDER.index)

    def _verdict(self, main: Main, top: Decimal, bottom: Decimal, number: Decimal) -> str:
        if number < main.minimum:
            return "too_few"
        value = round(100 * top / bottom, 1)
        if value >= main.met:
            return "met"
        found, limit = ("near", main.met) if value >= main.near else ("missed", main.near)
        if main.confident and wilson(int(top), int(bottom)) >= limit:
            return "not_certain"
        return found


ORDER = ("too_few", "met", "not_certain", "near", "missed")


def wilson(successes: int, trials: int) -> float:
    """The upper end of the 95 % interval in percent; good enough for a look at the demo."""
    z = 1.959963984540054
    share = successes / trials
    centre = share + z * z / (2 * trials)
    margin = z * sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials))
    return 100 * (centre + margin) / (1 + z * z / trials)


def rating_status(organisation: Organisation, figures: Figures, standard: str, person: Person, month: Month) -> str:
    """The status of a rated standard in the last month of a quarter."""
    quarters = (month,) if standard == "professional-conduct" else (month, month.plus(-3))
    items: dict[str, list[int]] = {}
    deals = set()
    for quarter in quarters:
        for row in figures.of("ratings", quarter, person.rep):
            if row["standard"] == standard and row["rater"] != person.rep:
                items.setdefault(str(row["item"]), []).append(int(str(row["rating"])))
                deals.add(row["deal"])
    if not items or (standard == "sales-negotiation" and len(deals) < 2):
        return "too_few" if items else "none"
    mean = sum((Decimal(sum(found)) / len(found) for found in items.values()), Decimal()) / len(items)
    return "met" if round(mean, 1) >= Decimal("3.5") else "near" if round(mean, 1) >= Decimal("2.5") else "missed"
