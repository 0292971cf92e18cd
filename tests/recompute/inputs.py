"""The CSVs of `scorecards/`, read with plain `csv`."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from pathlib import Path

import yaml

from .dates import Month, month

Cells = Mapping[str, str]

_VALID = {"Gültig ab": "valid_from", "Gültig von": "valid_from", "Gültig bis": "valid_to"}

ROSTER_HEADERS: Mapping[str, Mapping[str, str]] = {
    "reps": {
        "Mitarbeiter": "rep", "Name": "name", "Anmeldename": "login", "Rolle": "role", "Team": "team",
        "Eintritt": "started_on", **_VALID,
    },
    "assignments": {
        "Mitarbeiter": "rep", "Vertriebsgebiet": "territory", "Produktlinie": "product_line", "Anteil": "credit_share",
        **_VALID, "Einarbeitung ab": "ramp_from",
    },
    "availability": {"Mitarbeiter": "rep", "Monat": "month", "Zeitanteil": "share"},
    "exemptions": {
        "Mitarbeiter": "rep", "Standard": "standard", "Von": "from", "Bis": "to", "Genehmigt von": "approved_by",
    },
}  # fmt: skip


def read_number(text: str) -> Fraction | None:
    """``12.345,50``; an empty cell is None."""
    return Fraction(text.replace(".", "").replace(",", ".")) if text else None


def read_date(text: str) -> date | None:
    """``31.03.2026``; an empty cell is None."""
    if not text:
        return None
    day, month_, year = text.split(".")
    return date(int(year), int(month_), int(day))


@dataclass(frozen=True)
class Source:
    name: str
    events: bool
    cadence: int
    """Every so many months a file is due."""
    by_line: bool
    header: Mapping[str, str]
    """Accepted header to column."""

    def is_due(self, m: Month) -> bool:
        return (m + 1) % self.cadence == 0


@dataclass
class Inputs:
    """Everything below a scorecards folder."""

    sources: dict[str, Source] = field(default_factory=dict)
    rows: dict[tuple[str, Month, str], list[Cells]] = field(default_factory=dict)
    """By source, month and rep."""
    files: set[tuple[str, Month]] = field(default_factory=set)
    """By source and month: which files there are."""
    months: list[Month] = field(default_factory=list)
    roster: dict[str, list[Cells]] = field(default_factory=dict)
    days_off: frozenset[date] = frozenset()
    held: frozenset[tuple[Month, str]] = frozenset()
    """Months held back, each with a source, or all sources: empty."""


def read(folder: Path) -> Inputs:
    inputs = Inputs()
    declared = yaml.safe_load((folder / "sources.yml").read_text("utf-8"))["sources"]
    for name, fields in declared.items():
        if fields.get("collected", True):
            inputs.sources[name] = _source(name, fields)
    calendar = yaml.safe_load((folder / "calendar.yml").read_text("utf-8"))
    inputs.days_off = frozenset(calendar.get("holidays") or ())
    held = [one if isinstance(one, dict) else {"month": one} for one in calendar.get("held") or ()]
    inputs.held = frozenset((month(one["month"]), one.get("source", "")) for one in held)
    for name, header in ROSTER_HEADERS.items():
        path = folder / f"{name}.csv"
        inputs.roster[name] = _table(path, header) if path.exists() else []
    for place in sorted(folder.iterdir()):
        if place.is_dir() and re.fullmatch(r"\d{4}-\d{2}", place.name):
            m = month(place.name)
            inputs.months.append(m)
            for source in inputs.sources.values():
                path = place / f"{source.name}.csv"
                if not path.exists():
                    continue
                inputs.files.add((source.name, m))
                for cells in _table(path, source.header):
                    inputs.rows.setdefault((source.name, m, cells["rep"]), []).append(cells)
    return inputs


def _source(name: str, fields: Mapping[str, object]) -> Source:
    columns = fields["columns"]
    assert isinstance(columns, dict)
    header = {"Mitarbeiter": "rep", "Produktlinie": "product_line"}
    for column, details in columns.items():
        header.update(dict.fromkeys(details.get("header", ()), column))
    key = fields["key"]
    assert isinstance(key, list)
    return Source(
        name=name,
        events=fields.get("rows") == "events",
        cadence={"monthly": 1, "quarterly": 3, "yearly": 12}[str(fields.get("cadence", "monthly"))],
        by_line="product_line" in key,
        header=header,
    )


def _table(path: Path, header: Mapping[str, str]) -> list[Cells]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        table = csv.reader(lines, delimiter=";", strict=True)
        names = [header.get(title, title) for title in next(table)]
        return [dict(zip(names, map(str.strip, row), strict=True)) for row in table]
