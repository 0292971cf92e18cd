"""A raw export of any form: which source it is of, its rows by month, and what of them cannot be taken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path, PurePath

from standardwerk.diagnostics import Diagnostics, Place
from standardwerk.load.cache import TableCache
from standardwerk.load.canonical import canonical_contract, is_canonical
from standardwerk.load.closing import load_ledger
from standardwerk.load.files import Folder
from standardwerk.load.forms import LanguageCheck
from standardwerk.load.handbook import load_handbook
from standardwerk.load.headers import MONTH, Contract
from standardwerk.load.raw import RawTable, read_raw
from standardwerk.load.roster import load_roster
from standardwerk.load.rows import LoadedRows, RowReader
from standardwerk.load.sheets import SheetHead, read_sheet, sheet_contract, sheet_head
from standardwerk.load.sources import contract_of, load_sources
from standardwerk.load.tables import Table, make_table
from standardwerk.load.workbook import MAGIC, OLD_MAGIC, read_workbook
from standardwerk.model.handbook import Handbook
from standardwerk.model.months import Month
from standardwerk.model.project import Row, lines_of
from standardwerk.model.roster import Roster
from standardwerk.model.sources import ASSIGNMENTS, Source, Sources


@dataclass(frozen=True)
class Basis:
    """What an export is read by and checked against."""

    handbook: Handbook
    sources: Sources
    roster: Roster
    closed: frozenset[Month]


def load_basis(standards: Folder, scorecards: Folder, as_of: date, diagnostics: Diagnostics) -> Basis | None:
    """Read what is needed to import, and nothing else: faults of the month's files do not stand in the way."""
    ignored = Diagnostics()
    loaded = load_handbook(standards, ignored)
    if not loaded.whole:
        diagnostics.extend(ignored)
        return None
    handbook = loaded.handbook.published_by(as_of)
    languages = LanguageCheck(handbook.languages, diagnostics)
    sources = load_sources(scorecards, languages, diagnostics, handbook.names.currency)
    if diagnostics.doubts("source") or diagnostics.doubts("dialect"):
        return None
    roster = load_roster(scorecards, sources.dialect, handbook, diagnostics)
    closed = frozenset(load_ledger(scorecards, Diagnostics()).closed)
    return Basis(handbook, sources, roster, closed)


@dataclass(frozen=True)
class GivenFile:
    """A file that was handed to the import. Its folder is nobody's business."""

    name: str
    data: bytes


def read_any(given: GivenFile, contract: Contract, diagnostics: Diagnostics) -> RawTable | None:
    """Take a CSV or a workbook apart."""
    if given.data.startswith((MAGIC, OLD_MAGIC)):
        return read_workbook(given.data, given.name, contract, diagnostics)
    if is_canonical(given.data):
        contract = canonical_contract(contract)
    return read_raw(given.data, given.name, contract, diagnostics)


def fitting(given: GivenFile, sources: Sources) -> tuple[Source, ...]:
    """The sources a file may be of: those it is named after, else those whose header it has, however it is written."""
    own = [source for source in sources.sources.values() if source.name != ASSIGNMENTS and source.form.collected]
    head = sheet_head(given.data)
    if head is not None:
        return tuple(source for source in own if source.name == head.source)
    stem = PurePath(given.name).stem.casefold()
    named = [source for source in own if stem in {source.name.casefold(), PurePath(source.file).stem.casefold()}]
    if named:
        return tuple(named)
    # Any file fits a contract that brings the header itself.
    contracts = [(source, contract_of(source)) for source in own if not source.dialect.headers]
    found = tuple(source for source, contract in contracts if _fits(given, contract))
    if found:
        return found
    # A header in another encoding, or between other delimiters, says as well whose fault that is.
    return tuple(
        source
        for source, contract in contracts
        if any(
            _fits(given, replace(contract, dialect=replace(contract.dialect, encoding=encoding, delimiter="auto")))
            for encoding in ("auto", "cp1252")
        )
    )


def _fits(given: GivenFile, contract: Contract) -> bool:
    return read_any(given, contract, Diagnostics()) is not None


@dataclass
class Export:
    """A raw export as it was understood."""

    file: str
    source: Source
    raw: RawTable | None
    """None: the file as a whole cannot be read."""
    sheet: SheetHead | None = None
    """What the file says of itself, if it is an entry sheet that came back."""
    types: frozenset[str] = frozenset()
    """Of its columns."""
    has_months: bool = False
    """Whether the file itself says for which months its rows are."""
    rows: dict[Month, tuple[Row, ...]] = field(default_factory=dict)
    """The rows that can be taken, in the order of their keys, by month asked for."""
    given: Counter[Month] = field(default_factory=Counter)
    """How many rows there are for each month asked for, without those whose cells cannot be read."""
    others: Counter[Month] = field(default_factory=Counter)
    """How many rows there are for other months."""
    found: Diagnostics = field(default_factory=Diagnostics)


def read_export(given: GivenFile, source: Source, months: Sequence[Month], basis: Basis) -> Export:
    """Read an export by the contract of its source and check its rows as those of a month's file are checked."""
    head = sheet_head(given.data)
    export = Export(given.name, source, None, head)
    contract = contract_of(source)
    if head is not None:
        contract = sheet_contract(contract)
        if [head.month] == list(months):
            export.raw = read_sheet(given.data, given.name, head, contract, export.found)
        else:
            export.found.add("SW355", Place(given.name), found=head.month, month=", ".join(map(str, months)))
    else:
        export.raw = read_any(given, contract, export.found)
    if export.raw is None:
        return export
    if is_canonical(given.data):
        contract = canonical_contract(contract)
    export.types = frozenset(form.type for form in contract.columns.values())
    table = make_table(export.raw, contract, export.found)
    export.has_months = (contract.wide is not None and contract.wide.key == MONTH) or bool(table.places[-1])
    by_month = _by_month(table, export, months)
    loaded = LoadedRows()
    reader = RowReader(Folder(Path(), ""), basis.handbook, basis.roster, loaded, TableCache(None), export.found)
    for month, rows in by_month.items():
        export.given[month] = len(rows)
        reader.take(month, source, table, rows, export.raw.file)
        taken = [row for its in loaded.by_rep.values() for row in its.get(source.name, {}).get(month, ())]
        export.rows[month] = in_order(source, taken)
    return export


def in_order(source: Source, rows: Iterable[Row]) -> tuple[Row, ...]:
    """Rows by their keys."""
    keys = [source.position(key) for key in ("rep", *source.keys)]
    return tuple(sorted(rows, key=lambda row: tuple(_sortable(row[0][key]) for key in keys)))


def _sortable(value: object) -> tuple[int, object]:
    # Keys of one column are of one type; an empty one comes first.
    return (0, "") if value is None else (1, value)


def _by_month(table: Table, export: Export, months: Sequence[Month]) -> dict[Month, list[Row]]:
    found: dict[Month, list[Row]] = {} if export.has_months else {month: [] for month in months}
    for cells, line in table.rows:
        text = cells[-1]
        if text is None and len(months) != 1:
            export.found.add("SW307", Place(table_file(export), lines_of(line)[0], table.places[-1]), column="month")
            continue
        month = months[0] if text is None else Month.parse(str(text))
        if month in months:
            found.setdefault(month, []).append((cells, line))
        else:
            export.others[month] += 1
    return dict(sorted(found.items()))


def table_file(export: Export) -> str:
    """What the file is called in messages."""
    return export.raw.file if export.raw is not None else export.file
