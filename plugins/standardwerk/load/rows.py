"""The monthly CSVs: rows per person, checked against roster, product lines and export rules."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from standardwerk.diagnostics import Diagnostics, Place
from standardwerk.load.cache import TableCache
from standardwerk.load.canonical import MANIFEST, is_canonical
from standardwerk.load.conditions import holds
from standardwerk.load.files import Folder, aside, listing, suggest
from standardwerk.load.headers import Contract
from standardwerk.load.imports import check_manifest
from standardwerk.load.sources import contract_of
from standardwerk.load.tables import Table
from standardwerk.model.addends import totals_of
from standardwerk.model.arrivals import Arrival
from standardwerk.model.handbook import Handbook
from standardwerk.model.imports import ImportedFile
from standardwerk.model.months import Month
from standardwerk.model.presence import Presence, used_sources
from standardwerk.model.project import Lines, Row, lines_of
from standardwerk.model.roster import Roster
from standardwerk.model.sheets import SHEETS_FOLDER
from standardwerk.model.sources import ASSIGNMENTS, ColumnForm, Source, Sources

_MONTH_FOLDER = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_Row = tuple[tuple[Any, ...], Lines]
#: Folders of ``scorecards/`` that hold something other than a month.
OTHER_FOLDERS = frozenset({"originals", "notes", "closed", SHEETS_FOLDER})


@dataclass
class LoadedRows:
    """All rows: by person, source and month, and the months whose file is there."""

    by_rep: dict[str, dict[str, dict[Month, tuple[Row, ...]]]] = field(default_factory=dict)
    present: dict[str, set[Month]] = field(default_factory=lambda: defaultdict(set))
    beside: dict[str, set[Month]] = field(default_factory=lambda: defaultdict(set))
    """By source: months read from a file of several months."""
    imports: dict[Month, tuple[ImportedFile, ...]] = field(default_factory=dict)
    """By month: what was imported into its folder."""
    arrivals: dict[str, dict[Month, Arrival]] = field(default_factory=lambda: defaultdict(dict))
    """By source and month: what came; also of months that are held back later, and lose their rows."""

    def copy(self) -> LoadedRows:
        """The same, to be changed; rows themselves never are."""
        return LoadedRows(
            {rep: {name: dict(months) for name, months in its.items()} for rep, its in self.by_rep.items()},
            defaultdict(set, {name: set(months) for name, months in self.present.items()}),
            defaultdict(set, {name: set(months) for name, months in self.beside.items()}),
            dict(self.imports),
            defaultdict(dict, {name: dict(months) for name, months in self.arrivals.items()}),
        )


def load_rows(
    folder: Folder,
    handbook: Handbook,
    sources: Sources,
    roster: Roster,
    months: Iterable[Month],
    diagnostics: Diagnostics,
    cache: TableCache | None = None,
) -> LoadedRows:
    """Read the files of all given months."""
    loaded = LoadedRows()
    wanted = set(months)
    reader = RowReader(folder, handbook, roster, loaded, cache or TableCache(None), diagnostics)
    given = [source for source in sources.sources.values() if source.name != ASSIGNMENTS]
    files = {source.file: source for source in given}
    for name in folder.set_aside():
        if _MONTH_FOLDER.fullmatch(name):
            diagnostics.add("SW352", Place(folder.name(name)), month=name, folder=aside(name))
    for name in folder.folders():
        if not _MONTH_FOLDER.fullmatch(name):
            if name not in OTHER_FOLDERS and name not in folder.unreadable:
                diagnostics.add("SW225", Place(folder.name(name)))
            continue
        month = Month.parse(name)
        if month not in wanted:
            continue
        there = folder.files(name)
        if MANIFEST in there:
            loaded.imports[month] = check_manifest(folder, month, diagnostics)
        for file in there:
            if file not in files and file != MANIFEST and not diagnostics.doubts("source file", file):
                diagnostics.add("SW320", Place(folder.name(f"{name}/{file}")), **suggest(file, list(files)))
        for inner in folder.folders(name):
            if inner not in files and not diagnostics.doubts("source file", inner):
                diagnostics.add("SW225", Place(folder.name(f"{name}/{inner}")))
        for file, source in files.items():
            if source.form.collected and folder.exists(f"{name}/{file}"):
                if source.by_year and not is_canonical(folder.read(f"{name}/{file}") or b""):
                    # The export has several months, and lies beside the folders.
                    diagnostics.add("SW320", Place(folder.name(f"{name}/{file}")), hint="")
                else:
                    reader.read_month(month, source)
    for source in given:
        if source.by_year and source.form.collected and folder.exists(source.file):
            reader.read_year(source, wanted)
    reader.cache.tidy()
    for month in sorted(wanted):
        used = used_sources(handbook, month)
        for source in given:
            if (
                source.form.collected
                and source.name in used
                and month not in loaded.present[source.name]
                and source.due_in(month)
            ):
                path = source.file if source.by_year else f"{month}/{source.file}"
                if path not in folder.unreadable:
                    diagnostics.add("SW317", Place(folder.name(path)), month=month)
    return loaded


class RowReader:
    """Reads files by their contracts, and checks their rows against roster, product lines and export rules."""

    def __init__(
        self,
        folder: Folder,
        handbook: Handbook,
        roster: Roster,
        loaded: LoadedRows,
        cache: TableCache,
        diagnostics: Diagnostics,
    ) -> None:
        self.folder = folder
        self.handbook = handbook
        self.presence = Presence(roster, handbook)
        self.loaded = loaded
        self.cache = cache
        self.diagnostics = diagnostics
        self.contracts: dict[str, Contract] = {}

    def read_month(self, month: Month, source: Source) -> None:
        """Read a source's file of a month."""
        self.loaded.present[source.name].add(month)
        path = f"{month}/{source.file}"
        table = self._table(path, source)
        if table is not None:
            self.take(month, source, table, table.rows, path)

    def read_year(self, source: Source, wanted: set[Month]) -> None:
        """Read a file that has the months as columns. A month without any value in it has no file, so to speak."""
        table = self._table(source.file, source)
        by_month: dict[Month, list[_Row]] = defaultdict(list)
        for cells, line in table.rows if table is not None else ():
            by_month[Month.parse(str(cells[-1]))].append((cells, line))
        for month, rows in sorted(by_month.items()):
            if month in self.loaded.present[source.name]:
                place = Place(self.folder.name(source.file), lines_of(rows[0][1])[0])
                self.diagnostics.add("SW348", place, month=month, other=self.folder.name(f"{month}/{source.file}"))
            elif month in wanted and table is not None:
                self.loaded.present[source.name].add(month)
                self.loaded.beside[source.name].add(month)
                self.take(month, source, table, rows, source.file)
        if table is None or table.lost or table.torn:
            # For which months there are values is not known.
            self.loaded.present[source.name].update(wanted)

    def _table(self, path: str, source: Source) -> Table | None:
        contract = self.contracts.get(source.name)
        if contract is None:
            contract = self.contracts[source.name] = contract_of(source)
        data = self.folder.read(path)
        return None if data is None else self.cache.read(data, self.folder.name(path), contract, self.diagnostics)

    def _open(self, source: Source) -> bool:
        """Whether faults elsewhere leave open which rows a file must have."""
        kinds = ("rep", "role", *(("assignment", "product line") if source.has_lines else ()))
        return any(map(self.diagnostics.doubts, kinds))

    def take(self, month: Month, source: Source, table: Table, its_rows: list[_Row], path: str) -> None:
        """Take a file's rows of a month, if they are what roster, product lines and export rules allow."""
        diagnostics, handbook, file = self.diagnostics, self.handbook, self.folder.name(path)
        present = self.presence.of(month)
        there, lines = present.people, present.lines
        width = len(source.columns)
        line_position = source.position("product_line") if source.has_lines else -1
        rules = _rules_of(source, table)
        rows: dict[str, list[Row]] = defaultdict(list)
        found: set[tuple[str, ...]] = set()
        month_text = str(month)
        before = len(diagnostics)
        for cells, line in its_rows:
            rep: Any = cells[0]
            if rep not in there:
                for one in lines_of(line):
                    _report_unknown(rep, month, self.presence, Place(file, one, table.places[0]), diagnostics)
                continue
            if cells[-1] is not None and cells[-1] != month_text:
                for one in lines_of(line):
                    diagnostics.add("SW316", Place(file, one), found=cells[-1], month=month)
                continue
            key: tuple[str, ...] = (rep,)
            if line_position >= 0:
                product_line: Any = cells[line_position]
                if product_line not in lines[rep]:
                    for one in lines_of(line):
                        _report_line(rep, product_line, month, handbook, Place(file, one), diagnostics)
                    continue
                key = (rep, product_line)
            found.add(key)
            if rules and not _check_rules(
                rules, table.columns, cells, month, Place(file, lines_of(line)[0]), diagnostics
            ):
                continue
            rows[rep].append((cells[:width], line))
        for rep, its in rows.items():
            self.loaded.by_rep.setdefault(rep, {}).setdefault(source.name, {})[month] = tuple(its)
        _check_export_rules(handbook, source, month, table.columns, its_rows, file, diagnostics)
        expected = present.expected(source)
        missing = tuple(sorted(expected - found)) if expected is not None else ()
        # Of a file with faults it is not known yet which rows it has.
        if missing and not (self._open(source) or table.torn or table.lost or len(diagnostics) > before):
            diagnostics.add("SW318", Place(file), missing=listing([" / ".join(key) for key in missing], 6))
        self.loaded.arrivals[source.name][month] = Arrival(
            file=path,
            rows=sum(map(len, rows.values())),
            people=frozenset(rows),
            expected=None if expected is None else len(expected),
            missing=missing,
            totals=_totals(source, rows.values()),
            reading=table.reading,
        )


def _totals(source: Source, rows: Iterable[list[Row]]) -> dict[str, Any]:
    columns = list(zip(*[cells for its in rows for cells, _ in its], strict=True))
    found: dict[str, Any] = {}
    for name in totals_of(source) if columns else ():
        column: Any = columns[source.position(name)]
        found[name] = sum(filter(None, column)) if None in column else sum(column)
    return found


#: A column with its position in a row and its column in the file.
_Rule = tuple[str, ColumnForm, int, int]


def _rules_of(source: Source, table: Table) -> list[_Rule]:
    """The columns whose rules need the month or the other cells of the row."""
    return [
        (name, form, table.columns.index(name), table.places[table.columns.index(name)])
        for name, form in source.form.columns.items()
        if name in table.columns and (form.in_month or form.required_when is not None)
    ]


def _check_rules(
    rules: list[_Rule],
    columns: tuple[str, ...],
    cells: tuple[Any, ...],
    month: Month,
    place: Place,
    diagnostics: Diagnostics,
) -> bool:
    before = len(diagnostics)
    for name, form, position, column in rules:
        at = Place(place.file, place.line, column)
        cell = cells[position]
        if form.in_month and isinstance(cell, date) and Month.of(cell) != month:
            diagnostics.add("SW337", at, column=name, value=f"“{cell}”", month=month)
        condition = form.required_when
        if condition is not None and cell is None and holds(condition, dict(zip(columns, cells, strict=True)), month):
            diagnostics.add("SW335", at, column=name, condition=condition.source)
    return len(diagnostics) == before


def _report_unknown(rep: Any, month: Month, presence: Presence, place: Place, diagnostics: Diagnostics) -> None:
    if diagnostics.doubts("rep", rep):
        return
    if rep in presence.roster.people:
        diagnostics.add("SW314", place, rep=rep, month=month)
    else:
        diagnostics.add("SW312", place, rep=rep, **suggest(str(rep), list(presence.roster.people)))


def _report_line(rep: str, line: Any, month: Month, handbook: Handbook, place: Place, diagnostics: Diagnostics) -> None:
    known = list(handbook.names.line_ids)
    if line in known:
        if not diagnostics.doubts("assignment", rep):
            diagnostics.add("SW315", place, rep=rep, line=line, month=month)
    elif not diagnostics.doubts("product line"):
        diagnostics.add("SW313", place, line=line, known=listing(known), **suggest(str(line), known))


def _check_export_rules(
    handbook: Handbook,
    source: Source,
    month: Month,
    columns: tuple[str, ...],
    rows: list[_Row],
    file: str,
    diagnostics: Diagnostics,
) -> None:
    """The value a CSV repeats of an export rule must be that of the revision in force."""
    for _, revision in handbook.standards_at(month.first_day):
        uses = {measure.source for measure in revision.rules.measures}
        for rule, wanted in revision.rules.export_rules.items():
            if rule not in columns or source.name not in uses:
                continue
            position = columns.index(rule)
            for cells, line in rows:
                if cells[position] is not None and not _says(cells[position], wanted):
                    place = Place(file, lines_of(line)[0])
                    diagnostics.add("SW214", place, rule=rule, rule_value=wanted, found=cells[position])
                    break


def _says(cell: Any, wanted: str) -> bool:
    """Whether a cell repeats an export rule: as text, or as the number or truth value it is read as."""
    if isinstance(cell, bool):
        return str(cell).lower() == wanted
    if isinstance(cell, Decimal):
        try:
            return cell == Decimal(wanted)
        except InvalidOperation:
            return False
    return str(cell) == wanted
