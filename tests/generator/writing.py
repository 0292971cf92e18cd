"""Text of the files: CSV as a German CRM writes it, YAML as people write it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from .contract import SOURCES, Column, Source, headers
from .months import COMPANY_DAYS_OFF, Month
from .organisation import Organisation, Person
from .situation import Cell, Row

BOM = "\ufeff"
CRLF = "\r\n"

REPS = ("Mitarbeiter", "Name", "Anmeldename", "Rolle", "Team", "Eintritt", "Gültig ab", "Gültig bis")
TEAMS = ("Team", "Name", "Teamleitung", "Gültig ab", "Gültig bis")
ASSIGNMENTS = (
    "Mitarbeiter",
    "Vertriebsgebiet",
    "Produktlinie",
    "Anteil",
    "Gültig ab",
    "Gültig bis",
    "Einarbeitung ab",
)
AVAILABILITY = ("Mitarbeiter", "Monat", "Zeitanteil")
EXEMPTIONS = ("Mitarbeiter", "Standard", "Von", "Bis", "Genehmigt von")


def amount(cents: int) -> str:
    """``12.345,50``."""
    euros, rest = divmod(cents, 100)
    return f"{euros:,}".replace(",", ".") + f",{rest:02d}"


def share(permille: int) -> str:
    """``0,5``."""
    whole, rest = divmod(permille, 1000)
    return f"{whole},{rest:03d}".rstrip("0") if rest else str(whole)


def day(value: date | None) -> str:
    """``31.03.2026``."""
    return f"{value.day:02d}.{value.month:02d}.{value.year:04d}" if value else ""


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if re.search(r'[;"\r\n]', text) else text


def csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A whole file."""
    return BOM + "".join(";".join(map(_quoted, row)) + CRLF for row in (header, *rows))


def _cell(kind: str, value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, int):
        return amount(value) if kind == "number" else str(value)
    return day(value) if isinstance(value, date) else value


def source_csv(source: Source, rows: Iterable[Row]) -> str:
    """The CSV of a source in a month."""
    kinds = {column.name: column.type for column in source.columns}
    order = [key for key in source.keys if key not in kinds] + list(kinds)
    types = [kinds.get(name, "string") for name in order]
    return csv(headers(source), ([_cell(kind, value) for kind, value in zip(types, row, strict=True)] for row in rows))


def roster(organisation: Organisation) -> dict[str, str]:
    """The roster's files by name."""
    people = organisation.people
    reps = [
        (p.rep, p.name, p.login, s.role, s.team, day(p.started_on), day(s.valid_from), day(s.valid_to))
        for p in people
        for s in p.stints
    ]
    assigned = [
        (p.rep, a.territory, a.line, share(a.share), day(a.valid_from), day(a.valid_to), day(a.ramp_from))
        for p in people
        for a in p.assignments
    ]
    available = [(p.rep, str(m), share(part)) for p in people for m, part in sorted(p.availability.items())]
    return {
        "reps.csv": csv(REPS, reps),
        "teams.csv": csv(
            TEAMS, [(t.team, t.name, t.lead, day(t.valid_from), day(t.valid_to)) for t in organisation.teams]
        ),
        "assignments.csv": csv(ASSIGNMENTS, assigned),
        "availability.csv": csv(AVAILABILITY, available),
        "exemptions.csv": csv(
            EXEMPTIONS,
            [(e.rep, e.standard, day(e.start), day(e.end), e.approved_by) for e in organisation.exemptions],
        ),
    }


_PLAIN = re.compile(r"[A-Za-zÄÖÜäöüß][\w ÄÖÜäöüß.()/-]*[\wÄÖÜäöüß.)]")


def _scalar(text: str) -> str:
    plain = _PLAIN.fullmatch(text) and text.lower() not in {"yes", "no", "on", "off", "true", "false", "null"}
    return text if plain else '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _local(de: str, en: str) -> str:
    return f"{{de: {_scalar(de)}, en: {_scalar(en)}}}"


def _column(column: Column) -> list[str]:
    labels = [f'"{value}": {_local(de, en)}' for value, de, en in column.labels]
    words = list(dict.fromkeys((column.de, column.en, *column.also)))
    fields: Mapping[str, object] = {
        "title": _local(*(column.title or (column.de, column.en))),
        "value_labels": f"{{{', '.join(labels)}}}" if labels else "",
        "header": f"[{', '.join(map(_scalar, words))}]",
        "type": column.type,
        "unit": column.unit,
        "accumulate": column.accumulate,
        "required": "" if column.required else "false",
        "required_when": f'"{column.when}"' if column.when else "",
        "minimum": "" if column.minimum is None else column.minimum,
        "maximum": "" if column.maximum is None else column.maximum,
    }
    return [f"      {column.name}:", *(f"        {key}: {value}" for key, value in fields.items() if value != "")]


def sources_yml() -> str:
    """The contract of all sources."""
    lines = [
        "# What the CRM exports each month, and how the columns are called in its files.",
        "locale: de",
        'delimiter: ";"',
        "encoding: utf-8",
        "sources:",
    ]
    for source in SOURCES:
        lines += [f"  {source.name}:", f"    title: {_local(source.de, source.en)}"]
        lines += [] if source.collected else ["    collected: false"]
        lines += [] if source.cadence == "monthly" else [f"    cadence: {source.cadence}"]
        lines += [f"    rows: {source.rows}", f"    key: [{', '.join(source.keys)}]", "    columns:"]
        for column in source.columns:
            lines += _column(column)
    return "\n".join(lines) + "\n"


def calendar_yml(months: Sequence[Month]) -> str:
    """Working days and deadlines."""
    years = range(months[0].year - 1, months[-1].year + 2)
    days_off = ", ".join(f"{year:04d}-{month:02d}-{on:02d}" for year in years for month, on in COMPANY_DAYS_OFF)
    return (
        "country: DE\n"
        "region: NW\n"
        "fiscal_year_start: 1\n"
        "workdays: [mon, tue, wed, thu, fri]\n"
        f"holidays: [{days_off}]\n"
        "deadlines:                      # working days of the following month\n"
        "  inputs: 5\n"
        "  published: 7\n"
        "  objections: 15\n"
        "held:                           # the list of large deals of that month is being checked\n"
        "  - {month: 2025-02, source: resources}\n"
    )


#: Leavers are kept as long as everybody else, so that every page there may be is there.
RETENTION_YML = """\
# How long data of people are kept, in months. Older data are not shown; “standardwerk retention” deletes them.
scorecards: 24 # with replies, closed figures, corrections and the files they are made from
notes: 24 # notes and agreed actions
originals: 24 # files as they were imported
leavers: 24 # everything about a person who has left; usual are 6: the demo keeps its leavers to show them
"""

ACCESS_YML = """\
default: own-and-lead
groups:
  - {id: management, name: {de: Geschäftsleitung, en: Management}, logins: [g.falkenrath], may: [organisation, totals]}
  - id: sales-operations
    name: {de: Vertriebssteuerung, en: Sales operations}
    logins: [s.zahlenkamp]
    may: [data-quality]
everyone: [organisation]
"""


def write(path: Path, text: str) -> None:
    """Write a file with its line ends as they are."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


def by_rep(people: Iterable[Person]) -> tuple[Person, ...]:
    """People in the order of every file."""
    return tuple(sorted(people, key=lambda person: person.rep))
