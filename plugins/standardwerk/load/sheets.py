"""Entry sheets that come back: what was filled in, as raw rows of their source."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Any

from standardwerk.diagnostics import Diagnostics, Place
from standardwerk.load.canonical import canonical_contract
from standardwerk.load.cells import RawCell, text_of
from standardwerk.load.files import listing, suggest
from standardwerk.load.headers import Contract
from standardwerk.load.raw import RawTable
from standardwerk.load.workbook import DAMAGED, MAX_UNPACKED, read_workbook
from standardwerk.model.months import Month
from standardwerk.model.sheets import (
    BLOCK,
    FILLED,
    HEAD_SHEET,
    ITEM,
    MARK,
    OWN_COLUMNS,
    PERSON,
    RATING,
    ROWS_BEFORE,
    STANDARD,
)


@dataclass(frozen=True)
class SheetHead:
    """What the hidden sheet of a workbook says about it."""

    source: str
    month: Month
    rater: str
    people: Mapping[str, str]
    """By name: the rep."""
    standards: Mapping[str, str]
    """By title: what the rows of the standard have."""
    items: Mapping[tuple[str, str], str]
    """By standard and name: the item."""

    def covers(self, rep: object, standard: object, rater: object) -> bool:
        """Whether a rating is one of those that the sheet asks for."""
        return rep in self.people.values() and standard in self.standards.values() and rater in {self.rater, None}


def sheet_head(data: bytes) -> SheetHead | None:
    """What a workbook says of itself; None if it is no entry sheet, or none that can be read."""
    from openpyxl import load_workbook

    try:
        if sum(entry.file_size for entry in zipfile.ZipFile(io.BytesIO(data)).infolist()) > MAX_UNPACKED:
            return None
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            if HEAD_SHEET not in book.sheetnames:
                return None
            rows = [list(row) for row in book[HEAD_SHEET].iter_rows(values_only=True)]
        return _head(rows)
    except DAMAGED:
        return None


def _head(rows: Sequence[Sequence[Any]]) -> SheetHead | None:
    if not rows or rows[0][0] != MARK:
        return None
    # A number that was made of a text is still the text that it looks like.
    columns = [[None if cell is None else str(cell) for cell in column] for column in zip_longest(*rows)]
    facts = dict(zip(columns[0], columns[1], strict=True))
    lists = {str(column[0]): column[1:] for column in columns[2:] if column[0]}
    items = zip(lists["item.standard"], lists["item.label"], lists["item"], strict=True)
    return SheetHead(
        source=str(facts["source"]),
        month=Month.parse(str(facts["month"])),
        rater=str(facts["rater"] or ""),
        people=_pairs(lists[PERSON], lists["rep"]),
        standards=_pairs(lists[STANDARD], lists["standard"]),
        items={(str(standard), str(label)): str(item) for standard, label, item in items if item},
    )


def _pairs(labels: Sequence[str | None], ids: Sequence[str | None]) -> dict[str, str]:
    return {label: identity for label, identity in zip(labels, ids, strict=True) if label and identity}


def sheet_contract(contract: Contract) -> Contract:
    """How an entry sheet of a source is read: by names, since the tool wrote them; its values by the contract."""
    plain = canonical_contract(contract)
    dialect = replace(contract.dialect, skip_rows=ROWS_BEFORE, footer="", headers=(), missing=frozenset())
    return replace(plain, dialect=dialect, ignore=OWN_COLUMNS)


def read_sheet(
    data: bytes, file: str, head: SheetHead, contract: Contract, diagnostics: Diagnostics
) -> RawTable | None:
    """The rows with a rating. ``contract`` is that of the sheet. None if the workbook cannot be read."""
    raw = read_workbook(data, file, contract, diagnostics)
    if raw is None:
        return None
    gone = [name for name in OWN_COLUMNS if name not in raw.header.titles]
    for name in gone:
        diagnostics.add("SW302", Place(raw.file, raw.header.line), column=name, known=name)
    return None if gone else _Reader(raw, head, contract, diagnostics).read()


class _Reader:
    def __init__(self, raw: RawTable, head: SheetHead, contract: Contract, diagnostics: Diagnostics) -> None:
        self.raw = raw
        self.head = head
        self.diagnostics = diagnostics
        places = raw.header.places
        self.at = {**places, **{title: position for position, title in enumerate(raw.header.titles)}}
        entered = [name for name in places if name not in FILLED and name != RATING]
        self.keys = [name for name in entered if name in contract.key]
        self.others = [name for name in entered if name not in contract.key]

    def read(self) -> RawTable:
        """Ids for names, what is entered once for several rows, and no row without a rating."""
        rows = [(list(cells), line) for cells, line in zip(self.raw.rows, self.raw.lines, strict=True)]
        for cells, line in rows:
            self._name(cells, line)
        observed = self._observed([cells for cells, _ in rows])
        kept: list[Sequence[RawCell]] = []
        lines: list[int] = []
        rated: set[tuple[str, ...]] = set()
        for cells, line in rows:
            if cells[self.at[RATING]] == "":
                continue
            block = self._block(cells)
            rated.add(block)
            for name, value in observed.get(block, {}).items():
                if cells[self.at[name]] == "":
                    cells[self.at[name]] = value
            kept.append(cells)
            lines.append(line)
        for cells, line in rows:
            if cells[self.at[RATING]] == "":
                self._check_unrated(cells, line, self._block(cells) in rated)
        return replace(self.raw, rows=kept, lines=lines)

    def _name(self, cells: list[RawCell], line: int) -> None:
        """Put in the ids of a row whose names were chosen from the lists, and who rates."""
        if "rater" in self.at and cells[self.at["rater"]] == "":
            cells[self.at["rater"]] = self.head.rater
        if cells[self.at[RATING]] == "":
            return
        self._choose(cells, line, PERSON, "rep", self.head.people)
        self._choose(cells, line, STANDARD, "standard", self.head.standards)
        standard = text_of(cells[self.at["standard"]])
        own = {label: item for (of, label), item in self.head.items.items() if of == standard}
        self._choose(cells, line, ITEM, "item", own)

    def _choose(self, cells: list[RawCell], line: int, shown: str, column: str, ids: Mapping[str, str]) -> None:
        label = text_of(cells[self.at[shown]])
        if cells[self.at[column]] != "" or not label:
            return
        if label in ids:
            cells[self.at[column]] = ids[label]
            return
        known = list(ids)
        place = Place(self.raw.file, line, self.at[shown] + 1)
        self.diagnostics.add("SW353", place, value=label, known=listing(known), **suggest(label, known))

    def _block(self, cells: Sequence[RawCell]) -> tuple[str, ...]:
        return tuple(text_of(cells[self.at[name]]) for name in ("rep", "standard", BLOCK))

    def _observed(self, rows: Sequence[Sequence[RawCell]]) -> dict[tuple[str, ...], dict[str, RawCell]]:
        """By observation: what is entered once for all its items. Rows that were added stand for themselves."""
        found: dict[tuple[str, ...], dict[str, RawCell]] = {}
        for cells in rows:
            block = self._block(cells)
            if block[-1]:
                for name in self.keys:
                    if cells[self.at[name]] != "":
                        found.setdefault(block, {}).setdefault(name, cells[self.at[name]])
        return found

    def _check_unrated(self, cells: Sequence[RawCell], line: int, rated: bool) -> None:
        """What is written beside a rating that is not there is not passed over in silence."""
        names = [*self.others, *(() if rated else self.keys)]
        filled = [name for name in names if cells[self.at[name]] != ""]
        if filled:
            place = Place(self.raw.file, line, self.at[filled[0]] + 1)
            self.diagnostics.add("SW354", place, columns=", ".join(filled))
