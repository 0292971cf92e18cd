"""What the import says, in both languages. ``python -m tests.importing.golden`` writes the files anew, to be read."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tests.importing.building import Files, project, run, workbook

FOLDER = Path(__file__).parent / "golden"

PIPELINE = """\
locale: auto
delimiter: auto
encoding: auto
sources:
  pipeline:
    title: {de: Pipeline, en: Pipeline}
    key: [rep, product_line]
    skip_rows: 3
    footer: /^Summe/
    missingValues: ["-"]
    ignore: [Von, Gebiet]
    columns:
      open:
        title: {de: Offene Pipeline, en: Open pipeline}
        header: {de: Offene Pipeline, en: Open pipeline}
        type: number
        unit: currency
        accumulate: last
      stale: {type: number, header: [Davon ohne Bewegung], unit: currency, accumulate: last}
      horizon: {type: integer, header: [Vorausschau in Monaten], accumulate: last, minimum: 1, maximum: 24}
      agreed: {type: date, header: [Vereinbart am], required: false}
"""
EXPORT = """\
Pipeline-Auswertung
Stand: 02.02.2026

Mitarbeiter\tProduktlinie\tGebiet\tOffene Pipeline\tDavon ohne Bewegung\tVorausschau in Monaten\tVereinbart am\tVon
cem\tone\tSüd\t1.250\t0\t3\t\tÖzkan
ann\ttwo\tNord\t12.500,50\t1.000,00\t3\t31.01.2026\tMüller
ann\tone\tNord\t800\t-\t3\t\tMüller
Summe\t\t\t14.550,50\t1.000,00
"""
LOOSE = PIPELINE.replace("Davon ohne Bewegung],", "Davon ohne Bewegung], required: false,")
ROWS = [
    ["Pipeline-Auswertung"],
    ["Stand", date(2026, 2, 2)],
    [None],
    [
        "Mitarbeiter",
        "Produktlinie",
        "Offene Pipeline",
        "Davon ohne Bewegung",
        "Vorausschau in Monaten",
        "Vereinbart am",
    ],
    ["cem", "one", 1250.1, 0, 3, None],
    ["ann", "two", "12.500,50", 1000, 3, date(2026, 1, 31)],
    ["ann", "one", 800, None, 3, None],
    ["Summe", None, 14550.6],
]
WIDE = """\
sources:
  quotas:
    title: {de: Vertriebsziele, en: Quotas}
    rows: events
    missingValues: ["-"]
    wide: {key: month, value: quota, columns: {Jan: 1, Feb: 2, Mär: 3, Apr: 4, Mai: 5}}
    columns: {quota: {type: number, unit_factor: 1000, unit: currency, title: {de: Vertriebsziel, en: Quota}}}
"""
ORDERS = """\
sources:
  orders:
    title: {de: Aufträge, en: Orders}
    from: transactions
    transactions:
      month: ordered_on
      where: "status != 'storniert'"
      columns:
        order: {type: string, header: [Auftrag]}
        ordered_on: {type: date, header: [Datum]}
        status: {type: string, header: [Status]}
        amount: {type: number, header: [Netto]}
    columns:
      revenue: {type: number, sum: amount, unit: currency, title: {de: Umsatz, en: Revenue}}
      deals: {type: integer, count_distinct: order, accumulate: sum, title: {de: Abschlüsse, en: Deals}}
"""


@dataclass(frozen=True)
class Case:
    """A project, the files handed to the import, and its options; ``before``: files imported first."""

    sources: str
    files: Files
    options: tuple[str, ...] = ("--month", "2026-01")
    before: Files | None = None
    code: int = 0


CASES = {
    "tabs-auto": Case(LOOSE, {"pipeline.tsv": EXPORT.encode("cp1252")}),
    "workbook": Case(LOOSE, {"Auswertung Januar.xlsx": workbook(ROWS)}),
    "rejected": Case(
        LOOSE,
        {
            "pipeline.tsv": EXPORT.replace("1.000,00\t3", "12,5 %\t3")
            .replace("\t800\t", "\t8,00.1\t")
            .replace("cem", "cemm")
        },
        code=1,
    ),
    "open": Case(LOOSE, {"pipeline.tsv": EXPORT.replace("12.500,50", "12.500").replace("1.000,00", "1.000")}, code=1),
    "replaced": Case(
        LOOSE,
        {"pipeline.tsv": EXPORT.replace("\t800\t-", "\t900\t5").replace("cem\tone", "ann\tthree")},
        ("--month", "2026-01", "--replace", "--dry-run"),
        {"pipeline.tsv": EXPORT},
        1,
    ),
    "there-already": Case(
        LOOSE, {"pipeline.tsv": EXPORT.replace("\t800", "\t900")}, before={"pipeline.tsv": EXPORT}, code=1
    ),
    "wide": Case(
        WIDE,
        {"quotas.csv": "rep;Jahr;Jan;Feb;Mär;Apr;Mai\nann;2026;1,5;2;-;4;5\ncem;2026;1;;;;1\n"},
        ("--month", "2026-01..2026-04"),
    ),
    "transactions": Case(
        ORDERS,
        {
            "orders.csv": "Mitarbeiter;Auftrag;Datum;Status;Netto\nann;A1;31.01.2026;neu;1.000,50\n"
            "ann;A1;31.01.2026;neu;20\ncem;A2;02.01.2026;storniert;5\ncem;A3;02.02.2026;neu;7\n"
        },
    ),
    "unknown": Case(LOOSE, {"leads.csv": "a;b\n1;2\n"}, code=1),
}


def said(name: str, language: str, root: Path) -> tuple[int, str]:
    """Run a case in a folder."""
    case = CASES[name]
    project(root, case.sources)
    if case.before is not None:
        run(root, "--month", "2026-01", files=case.before)
    return run(root, *case.options, lang=language, files=case.files)


def each() -> Iterator[tuple[str, str]]:
    yield from ((name, language) for name in CASES for language in ("de", "en"))


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for _name, _language in each():
        with tempfile.TemporaryDirectory() as _root:
            (FOLDER / f"{_name}.{_language}.txt").write_text(said(_name, _language, Path(_root))[1], "utf-8")
