"""Closed months (``closed/*.json``), ``corrections.yml``, and the hashes of a month's inputs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from hashlib import sha256

from standardwerk.diagnostics import Diagnostics, Place
from standardwerk.load.files import Folder
from standardwerk.load.forms import load_form, validate
from standardwerk.load.yaml import Document
from standardwerk.model.closing import FORMAT, ClosedHead, ClosedMonth, Correction, Corrections, Ledger
from standardwerk.model.handbook import Handbook
from standardwerk.model.months import Month
from standardwerk.model.project import Judgement, RepRows
from standardwerk.model.roster import Roster
from standardwerk.model.sources import ASSIGNMENTS, Sources

CLOSED_FOLDER = "closed"
CORRECTIONS_FILE = "corrections.yml"
FIGURES = ',\n"figures":{\n'
END = "\n}}\n"


def closed_path(month: Month) -> str:
    """The file of a closed month, below the scorecards folder."""
    return f"{CLOSED_FOLDER}/{month}.json"


def load_ledger(folder: Folder, diagnostics: Diagnostics) -> Ledger:
    """Read all closed months and corrections."""
    closed: dict[Month, ClosedMonth] = {}
    for file in folder.files(CLOSED_FOLDER):
        path = f"{CLOSED_FOLDER}/{file}"
        found = _closed_month(folder, path, diagnostics)
        if found is None:
            diagnostics.doubt("closed month")
            continue
        if path != closed_path(found.month):
            diagnostics.add("SW611", Place(found.file))
            diagnostics.doubt("closed month")
            continue
        closed[found.month] = found
    return Ledger(closed, _corrections(folder, closed, diagnostics))


def _closed_month(folder: Folder, path: str, diagnostics: Diagnostics) -> ClosedMonth | None:
    text = folder.text(path, diagnostics)
    if text is None:
        return None
    file = folder.name(path)
    head_text, found, rest = text.partition(FIGURES)
    if not found or not rest.endswith(END):
        diagnostics.add("SW611", Place(file))
        return None
    try:
        data = json.loads(head_text + "}")
    except ValueError:
        diagnostics.add("SW611", Place(file, 1))
        return None
    head = validate(ClosedHead, Document(file, _as_text(data), {}), diagnostics)
    if head is None:
        return None
    first = text.count("\n", 0, len(head_text) + len(FIGURES)) + 1
    figures: dict[str, str] = {}
    lines: dict[str, int] = {}
    for number, line in enumerate(rest.removesuffix(END).split("\n"), first):
        rep, colon, figure_text = line.removesuffix(",").partition(":")
        rep = rep.strip('"')
        seal = head.people.get(rep)
        if not line:
            continue
        if not colon or seal != sha256(figure_text.encode()).hexdigest():
            diagnostics.add("SW611", Place(file, number))
            return None
        figures[rep], lines[rep] = figure_text, number
    if head.format != FORMAT or figures.keys() != head.people.keys():
        diagnostics.add("SW611", Place(file))
        return None
    return ClosedMonth(head, file, figures, lines)


def _as_text(value: object) -> object:
    """JSON values as the forms take them: every scalar is text."""
    if isinstance(value, dict):
        return {str(key): _as_text(inner) for key, inner in value.items()}
    return value if isinstance(value, str) or value is None else str(value)


def _corrections(
    folder: Folder, closed: Mapping[Month, ClosedMonth], diagnostics: Diagnostics
) -> tuple[Correction, ...]:
    if not folder.exists(CORRECTIONS_FILE):
        return ()
    loaded = load_form(folder, CORRECTIONS_FILE, Corrections, diagnostics)
    if loaded is None:
        return ()
    form, document = loaded
    for index, correction in enumerate(form.corrections):
        for number, change in enumerate(correction.changes):
            known = change.month in closed or diagnostics.doubts("closed month")
            if not known or change.month < correction.month:
                place = document.place(("corrections", index, "changes", number, "month"))
                diagnostics.add("SW613", place, month=change.month)
    return tuple(sorted(form.corrections, key=lambda one: one.date))


def judgements(ledger: Ledger, handbook: Handbook, diagnostics: Diagnostics) -> dict[Month, Judgement]:
    """What closed months were judged by. They keep it, whatever the handbook says by now."""
    found: dict[Month, Judgement] = {}
    labels = {edition.label for edition in handbook.editions}
    methods = {method.effective_from: method for method in handbook.methods}
    known = {
        (standard.id, revision.effective_from): (standard, revision)
        for standard in handbook.standards
        for revision in standard.revisions
    }
    for month, closed in ledger.closed.items():
        head, place = closed.head, Place(closed.file)
        missing = [f"{name}/{day}" for name, day in head.revisions.items() if (name, day) not in known]
        if head.method not in methods:
            missing.append(f"method/{head.method}")
        for one in missing:
            if not diagnostics.doubts("revision", one) and not diagnostics.doubts("standard", one.partition("/")[0]):
                diagnostics.add("SW614", place, missing=f"{one}.yml")
        if head.edition not in labels:
            missing.append(head.edition)
            if not diagnostics.doubts("edition"):
                diagnostics.add("SW614", place, missing=f"editions.yml: {head.edition}")
        if missing:
            continue
        pairs = []
        for name, day in head.revisions.items():
            standard, revision = known[name, day]
            pairs.append((standard, revision.with_runs(head.runs.get(name, {}))))
        found[month] = Judgement(head.edition, methods[head.method], handbook.in_order(pairs))
    return found


def input_hashes(
    folder: Folder, month: Month, sources: Sources, roster: Roster, rows: Mapping[str, RepRows]
) -> dict[str, str]:
    """The hashes of everything a month's figures come from.

    These are its files; and of the roster, and of files that have the months as columns, what counts for the month.
    ``rows`` by person.
    """
    found: dict[str, str] = {}
    parts = _roster_of(month, roster)
    for source in sources.sources.values():
        if source.name == ASSIGNMENTS or not source.form.collected:
            continue
        path = f"{month}/{source.file}"
        if folder.exists(path):
            # Unreadable is an error of its own.
            found[path] = sha256(folder.read(path) or b"").hexdigest()
        elif source.by_year:
            parts[source.file] = [
                tuple(map(_plain, cells))
                for its in rows.values()
                for cells, _ in its.get(source.name, {}).get(month, ())
            ]
    for file, entries in parts.items():
        if entries:
            text = "\n".join(sorted(";".join(map(str, entry)) for entry in entries))
            found[file] = sha256(text.encode()).hexdigest()
    return dict(sorted(found.items()))


def _plain(cell: object) -> object:
    """A cell, the same for ``1200`` and ``1200.00``."""
    return format(cell.normalize(), "f") if isinstance(cell, Decimal) else cell


def _roster_of(month: Month, roster: Roster) -> dict[str, list[tuple[object, ...]]]:
    """The rows of the roster that count for a month; names, logins and open ends do not."""
    found: dict[str, list[tuple[object, ...]]] = {
        file: [] for file in ("assignments.csv", "availability.csv", "exemptions.csv", "reps.csv")
    }
    for person in roster.people.values():
        row = person.in_month(month)
        if row is None:
            continue
        rep = person.id
        found["reps.csv"].append((rep, row.role, row.team, person.started_on, person.last_day_in(month)))
        for one in person.assigned(month):
            found["assignments.csv"].append((rep, one.product_line, one.credit_share.normalize(), one.ramp_from or ""))
        if month in person.availability:
            found["availability.csv"].append((rep, person.availability[month].normalize()))
        for exemption in person.exemptions:
            if exemption.valid_from <= month.last_day and (exemption.valid_to or date.max) >= month.first_day:
                end = min(exemption.valid_to or date.max, month.last_day)
                start = max(exemption.valid_from, month.first_day)
                found["exemptions.csv"].append((rep, exemption.standard, start, end))
    return found
