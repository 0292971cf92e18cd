"""The roster files: people, teams, assignments, availability, exemptions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from standardwerk.diagnostics import Diagnostics, Place
from standardwerk.load.files import Folder, listing, suggest
from standardwerk.load.tables import read_table
from standardwerk.model.fields import is_id
from standardwerk.model.handbook import Handbook
from standardwerk.model.months import Month
from standardwerk.model.project import lines_of
from standardwerk.model.roster import Assignment, Availability, Exemption, Person, Rep, Roster, Team, covers
from standardwerk.model.sources import ColumnForm, Dialect


def _column(kind: str, *headers: str, required: bool = True, **limits: Any) -> ColumnForm:
    return ColumnForm(type=kind, header=headers, required=required, **limits)


_PERIOD = {
    "valid_from": _column("date", "gültig ab"),
    "valid_to": _column("date", "gültig bis", required=False),
}
_REP = _column("string", "Mitarbeiter", "Person")

REPS = {
    "rep": _REP,
    "name": _column("string", "Name"),
    "login": _column("string", "Anmeldename", required=False),
    "role": _column("string", "Rolle"),
    "team": _column("string", "Team", required=False),
    "started_on": _column("date", "Eintritt"),
    **_PERIOD,
}
TEAMS = {
    "team": _column("string"),
    "name": _column("string"),
    "lead": _column("string", "Teamleitung", "Leitung", required=False),
    **_PERIOD,
}
ASSIGNMENTS = {
    "rep": _REP,
    "territory": _column("string", "Vertriebsgebiet", "Gebiet", required=False),
    "product_line": _column("string", "Produktlinie"),
    "credit_share": _column("number", "Anteil", minimum="0", maximum="1"),
    **_PERIOD,
    "ramp_from": _column("date", "Einarbeitung ab", required=False),
}
AVAILABILITY = {
    "rep": _REP,
    "month": _column("string", "Monat"),
    "share": _column("number", "Zeitanteil", "Anteil", minimum="0", maximum="1"),
}
EXEMPTIONS = {
    "rep": _REP,
    "standard": _column("string"),
    "from": _column("date", "von", "gültig ab"),
    "to": _column("date", "bis", "gültig bis", required=False),
    "approved_by": _column("string", "genehmigt von", "freigegeben von", required=False),
}


#: What a file lists, for what is in doubt by its faults.
_LISTS = {"reps.csv": "rep", "teams.csv": "team", "assignments.csv": "assignment"}


@dataclass(frozen=True, slots=True)
class _Row:
    cells: dict[str, Any]
    line: int


class _Loader:
    def __init__(self, folder: Folder, dialect: Dialect, handbook: Handbook, diagnostics: Diagnostics) -> None:
        self.folder = folder
        self.dialect = dialect
        self.handbook = handbook
        self.diagnostics = diagnostics

    def place(self, file: str, line: int) -> Place:
        return Place(self.folder.name(file), line)

    def rows(self, file: str, columns: dict[str, ColumnForm], key: tuple[str, ...], *, needed: bool) -> list[_Row]:
        if not self.folder.exists(file):
            if needed:
                if file not in self.folder.unreadable:
                    self.diagnostics.add("SW107", Place(self.folder.name(file)))
                self.doubt(file)
            return []
        data = self.folder.read(file)
        table = None
        if data is not None:
            table = read_table(data, self.folder.name(file), columns, key, self.dialect, self.diagnostics)
        if table is None:
            self.doubt(file)
            return []
        if table.torn:
            self.doubt(file)
        for cells in table.lost:
            self.doubt(file, cells[0])
        return [_Row(dict(zip(table.columns, cells, strict=True)), lines_of(line)[0]) for cells, line in table.rows]

    def doubt(self, file: str, name: object = None) -> None:
        """What a row with a fault is about is in doubt; without a name everything the file lists."""
        kind = _LISTS.get(file)
        if kind is not None:
            self.diagnostics.doubt(kind, name if isinstance(name, str) else None)

    def period(
        self, file: str, row: _Row, start: str = "valid_from", end: str = "valid_to"
    ) -> tuple[date, date | None]:
        first, last = row.cells[start], row.cells[end]
        if last is not None and last < first:
            self.diagnostics.add("SW403", self.place(file, row.line), to=last, start=first)
        return first, last

    def load(self) -> Roster:
        teams = self.teams()
        people = self.people(teams)
        known = sorted(people)
        assignments: dict[str, list[Assignment]] = defaultdict(list)
        for one in self.assignments(people, known):
            assignments[one.rep].append(one)
        availability: dict[str, dict[Month, Decimal]] = defaultdict(dict)
        for entry in self.availability(people, known):
            availability[entry.rep][entry.month] = entry.share
        exemptions: dict[str, list[Exemption]] = defaultdict(list)
        for exemption in self.exemptions(people, known):
            exemptions[exemption.rep].append(exemption)
        for team in teams:
            if team.lead and team.lead not in people and not self.diagnostics.doubts("rep", team.lead):
                self.diagnostics.add(
                    "SW406", self.place("teams.csv", team.line), lead=team.lead, **suggest(team.lead, known)
                )
        return Roster(
            {
                rep: Person(rep, tuple(rows), tuple(assignments[rep]), availability[rep], tuple(exemptions[rep]))
                for rep, rows in sorted(people.items())
            },
            tuple(teams),
        )

    def teams(self) -> list[Team]:
        found: list[Team] = []
        for row in self.rows("teams.csv", TEAMS, ("team", "valid_from"), needed=True):
            cells = row.cells
            if not is_id(cells["team"]):
                self.diagnostics.add("SW111", self.place("teams.csv", row.line), value=cells["team"])
                self.doubt("teams.csv", cells["team"])
                continue
            before = len(self.diagnostics)
            first, last = self.period("teams.csv", row)
            if len(self.diagnostics) > before:
                self.doubt("teams.csv", cells["team"])
            found.append(Team(cells["team"], cells["name"], cells["lead"] or "", first, last, row.line))
        return found

    def people(self, teams: list[Team]) -> dict[str, list[Rep]]:
        found: dict[str, list[Rep]] = {}
        roles = list(dict.fromkeys(role.id for role in self.handbook.names.roles))
        for row in self.rows("reps.csv", REPS, ("rep", "valid_from"), needed=True):
            cells, place = row.cells, self.place("reps.csv", row.line)
            if not is_id(cells["rep"]):
                self.diagnostics.add("SW111", place, value=cells["rep"])
                self.doubt("reps.csv", cells["rep"])
                continue
            before = len(self.diagnostics)
            first, last = self.period("reps.csv", row)
            if len(self.diagnostics) > before:
                self.doubt("reps.csv", cells["rep"])
            rep = Rep(
                cells["rep"],
                cells["name"],
                cells["login"] or "",
                cells["role"],
                cells["team"] or "",
                cells["started_on"],
                first,
                last,
                row.line,
            )
            if rep.role not in roles and not self.diagnostics.doubts("role"):
                self.diagnostics.add("SW405", place, role=rep.role, known=listing(roles), **suggest(rep.role, roles))
            in_team = any(team.id == rep.team and covers(team, first) for team in teams)
            if rep.team and not in_team and not self.diagnostics.doubts("team", rep.team):
                known = sorted({team.id for team in teams})
                self.diagnostics.add(
                    "SW404", place, team=rep.team, date=first, known=listing(known), **suggest(rep.team, known)
                )
            found.setdefault(rep.id, []).append(rep)
        for rows in found.values():
            rows.sort(key=lambda one: one.valid_from)
            self._check_person(rows)
        return found

    def _check_person(self, rows: list[Rep]) -> None:
        for before, after in pairwise(rows):
            place = self.place("reps.csv", after.line)
            if before.valid_to is None or before.valid_to >= after.valid_from:
                self.diagnostics.add("SW402", place, rep=after.id, date=after.valid_from)
            if (before.role, before.team) != (after.role, after.team) and after.valid_from.day != 1:
                self.diagnostics.add("SW401", place, date=after.valid_from)
            for name in ("name", "login", "started_on"):
                if getattr(before, name) != getattr(after, name):
                    self.diagnostics.add("SW409", place, name=name, rep=after.id)

    def known_rep(self, rep: str, people: dict[str, list[Rep]], known: list[str], file: str, line: int) -> bool:
        if rep in people:
            return True
        # Whose row it was meant to be is not known.
        self.doubt(file)
        if self.diagnostics.doubts("rep", rep):
            return False
        self.diagnostics.add("SW312", self.place(file, line), rep=rep, **suggest(rep, known))
        return False

    def assignments(self, people: dict[str, list[Rep]], known: list[str]) -> Iterable[Assignment]:
        file = "assignments.csv"
        lines = list(self.handbook.names.line_ids)
        by_rep: dict[tuple[str, str], list[Assignment]] = defaultdict(list)
        key = ("rep", "territory", "product_line", "valid_from")
        for row in self.rows(file, ASSIGNMENTS, key, needed=False):
            cells = row.cells
            if not self.known_rep(cells["rep"], people, known, file, row.line):
                continue
            line = cells["product_line"]
            before = len(self.diagnostics)
            first, last = self.period(file, row)
            if line not in lines or len(self.diagnostics) > before:
                self.doubt(file, cells["rep"])
            if line not in lines:
                if not self.diagnostics.doubts("product line"):
                    self.diagnostics.add(
                        "SW313", self.place(file, row.line), line=line, known=listing(lines), **suggest(line, lines)
                    )
                continue
            share = Decimal(cells["credit_share"])
            one = Assignment(
                cells["rep"], cells["territory"] or "", line, share, first, last, cells["ramp_from"], row.line
            )
            for other in by_rep[one.rep, line]:
                overlap = (other.valid_to is None or first <= other.valid_to) and (
                    last is None or other.valid_from <= last
                )
                if overlap and other.credit_share != share:
                    self.diagnostics.add("SW407", self.place(file, row.line), line=line, rep=one.rep)
            by_rep[one.rep, line].append(one)
            yield one

    def availability(self, people: dict[str, list[Rep]], known: list[str]) -> Iterable[Availability]:
        file = "availability.csv"
        for row in self.rows(file, AVAILABILITY, ("rep", "month"), needed=False):
            cells = row.cells
            if not self.known_rep(cells["rep"], people, known, file, row.line):
                continue
            try:
                month = Month.parse(cells["month"])
            except ValueError:
                self.diagnostics.add(
                    "SW306",
                    self.place(file, row.line),
                    column="month",
                    value=f"“{cells['month']}”",
                    expected="a month like 2026-03",
                    example="2026-03",
                )
                continue
            yield Availability(cells["rep"], month, Decimal(cells["share"]), row.line)

    def exemptions(self, people: dict[str, list[Rep]], known: list[str]) -> Iterable[Exemption]:
        file = "exemptions.csv"
        standards = sorted(standard.id for standard in self.handbook.standards)
        for row in self.rows(file, EXEMPTIONS, ("rep", "standard", "from"), needed=False):
            cells = row.cells
            if not self.known_rep(cells["rep"], people, known, file, row.line):
                continue
            first, last = self.period(file, row, "from", "to")
            if cells["standard"] not in standards:
                if self.diagnostics.doubts("standard", cells["standard"]):
                    continue
                self.diagnostics.add(
                    "SW408",
                    self.place(file, row.line),
                    standard=cells["standard"],
                    known=listing(standards),
                    **suggest(cells["standard"], standards),
                )
                continue
            yield Exemption(cells["rep"], cells["standard"], first, last, cells["approved_by"] or "", row.line)


def load_roster(folder: Folder, dialect: Dialect, handbook: Handbook, diagnostics: Diagnostics) -> Roster:
    """Read people, teams and assignments, with all their faults. Who is in doubt by them is told to ``diagnostics``."""
    if diagnostics.doubts("dialect"):
        for kind in _LISTS.values():
            diagnostics.doubt(kind)
        return Roster({}, ())
    return _Loader(folder, dialect, handbook, diagnostics).load()
