"""The first lines of a CSV: what comes before the header, the delimiter, and which column is which."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from standardwerk.diagnostics import Diagnostics, Place
from standardwerk.load.files import listing, suggest
from standardwerk.model.sources import AUTO, DELIMITERS, ColumnForm, Dialect, Lookup, TransactionsForm, WideForm

#: The column that says for which month a row is; it may be missing, since the folder says so as well.
MONTH = "month"
#: The column of the year in a file that has the months as columns.
YEAR = "year"
_YEAR_HEADERS = ("Jahr", "Geschäftsjahr")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Made:
    """What is made of the rows of a list: one row per key and month."""

    transactions: TransactionsForm
    columns: Mapping[str, ColumnForm]
    key: tuple[str, ...]


@dataclass(frozen=True)
class Contract:
    """What a file must be: its columns in the order of the rows made from it, its key, how it is written."""

    columns: Mapping[str, ColumnForm]
    key: tuple[str, ...]
    dialect: Dialect
    ignore: tuple[str, ...] = ()
    """Headers that are known and not read."""
    wide: WideForm | None = None
    values: Mapping[str, Lookup] = field(default_factory=dict)
    """By column: what stands for the texts of the file."""
    sheet: str = ""
    """The sheet of a workbook; empty: the one that fits."""
    made: Made | None = None
    """What becomes of the rows, if the file is a list of transactions."""
    any_header: bool = False
    """Whether columns that are not named here may be there."""

    def in_file(self) -> dict[str, ColumnForm]:
        """The columns that stand in the file as such."""
        found = dict(self.columns)
        if self.wide is not None:
            found.pop(self.wide.key, None)
            found.pop(self.wide.value, None)
            if self.needs_year:
                found[YEAR] = ColumnForm(type="string", header=_YEAR_HEADERS)
        return found

    @property
    def needs_year(self) -> bool:
        """Whether the months of a wide file are named by their number alone."""
        wide = self.wide
        return wide is not None and wide.key == "month" and any("-" not in month for month in wide.columns.values())


@dataclass
class Header:
    """The header as it was matched."""

    width: int
    places: dict[str, int] = field(default_factory=dict)
    """The position of each column that is there, from 0."""
    spread: list[tuple[int, str]] = field(default_factory=list)
    """In a wide file: positions and the month or product line each stands for."""
    titles: tuple[str, ...] = ()
    """As they stand in the file."""
    line: int = 0
    """The line of the file; 0 if the contract gives the titles."""
    whole: bool = True
    """Whether it is what the contract says; if not, only what was found can be checked."""


def plain(header: str) -> str:
    """A header as it is compared: spaces, upper and lower case do not matter."""
    return _SPACE.sub(" ", unicodedata.normalize("NFC", header)).strip().casefold()


class Lines:
    """The rows of a text behind its preamble, with the line each begins in. Raises ``csv.Error``."""

    def __init__(self, text: str, delimiter: str, skip: int) -> None:
        stream = io.StringIO(text, newline="")
        self.text = text
        self.delimiter = delimiter
        self.skipped = sum(1 for _ in range(skip) if stream.readline())
        self.line = self.skipped + 1
        """The line of the row that was read last, or that could not be read."""
        self._reader = csv.reader(stream, delimiter="\t" if delimiter == "tab" else delimiter, strict=True)

    def __iter__(self) -> Iterator[tuple[list[str], int]]:
        reader, offset = self._reader, self.skipped + 1
        self.line = reader.line_num + offset
        for cells in reader:
            # A row without any text carries nothing.
            if cells and (cells[0] or any(map(str.strip, cells))):
                yield cells, self.line
            self.line = reader.line_num + offset


def open_lines(
    text: str, file: str, contract: Contract, diagnostics: Diagnostics
) -> tuple[Header, Iterator[tuple[list[str], int]], Lines] | None:
    """Find the header; the rows behind it follow. None if there is nothing that could be checked."""
    dialect = contract.dialect
    delimiter = dialect.delimiter
    if delimiter == AUTO:
        chosen = _choose(text, contract)
        if chosen is None:
            known = listing(list(contract.in_file()))
            diagnostics.add("SW331", Place(file, dialect.skip_rows + 1), known=known)
            return None
        delimiter = chosen
    lines = Lines(text, delimiter, dialect.skip_rows)
    rows = iter(lines)
    try:
        first: tuple[list[str], int] | None = (list(dialect.headers), lines.line)
        if not dialect.headers:
            first = next(((cells, line) for cells, line in rows if any(map(str.strip, cells))), None)
    except csv.Error:
        diagnostics.add("SW323", Place(file, lines.line))
        return None
    if first is None:
        diagnostics.add("SW301", Place(file))
        return None
    found = Diagnostics()
    header = match(first[0], Place(file, first[1]), contract, found)
    if not header.whole:
        other = _choose(text, contract)
        if other is not None and other != delimiter:
            diagnostics.add("SW332", Place(file, first[1]), delimiter=delimiter, found=other)
            return None
        diagnostics.extend(found)
        if not header.places and not header.spread:
            return None
    return header, rows, lines


def _choose(text: str, contract: Contract) -> str | None:
    """The one delimiter by which the header is what the contract says."""
    fitting = []
    for delimiter in DELIMITERS:
        lines = Lines(text, delimiter, contract.dialect.skip_rows)
        try:
            cells = next((cells for cells, _ in lines if any(map(str.strip, cells))), None)
        except csv.Error:
            continue
        if contract.dialect.headers:
            if cells is not None and len(cells) == len(contract.dialect.headers):
                fitting.append(delimiter)
        elif cells is not None and match(cells, Place(""), contract, Diagnostics()).whole:
            fitting.append(delimiter)
    if len(fitting) > 1:
        # A single column has no delimiter; which one it would be matters only if one stands in a cell.
        used = any(("\t" if delimiter == "tab" else delimiter) in text for delimiter in fitting)
        return None if used else fitting[0]
    return fitting[0] if fitting else None


def match(header: Sequence[str], place: Place, contract: Contract, diagnostics: Diagnostics) -> Header:
    """Which column stands where, with all faults if the header is not the contract's."""
    titles = list(header)
    # Excel writes empty cells behind the last column; they carry nothing.
    while titles and not titles[-1].strip():
        titles.pop()
    columns = contract.in_file()
    accepted = _accepted(columns)
    ignored = {plain(title) for title in contract.ignore}
    spread = {plain(title): value for title, value in contract.wide.columns.items()} if contract.wide else {}
    found = Header(len(titles), titles=tuple(titles), line=place.line)
    taken: set[str] = set()
    before = len(diagnostics)
    for position, title in enumerate(titles):
        at = Place(place.file, place.line, position + 1)
        name = plain(title)
        if name in spread:
            what = f"={spread[name]}"
            found.spread.append((position, spread[name]))
        elif name in accepted:
            what = accepted[name]
            found.places.setdefault(what, position)
        elif name in ignored or contract.any_header:
            continue
        else:
            known = [*columns, *(contract.wide.columns if contract.wide else ())]
            hint = suggest(name, [*accepted, *spread])
            diagnostics.add("SW303", at, header=title, known=listing(known), **hint)
            continue
        if what in taken:
            diagnostics.add("SW304", at, header=title)
        taken.add(what)
    for name, form in columns.items():
        if name not in found.places and form.required:
            diagnostics.add("SW302", place, column=name, known=listing([name, *form.header]))
    for value in dict.fromkeys(spread.values()):
        if f"={value}" not in taken and contract.wide is not None:
            known = [title for title, its in contract.wide.columns.items() if its == value]
            diagnostics.add("SW302", place, column=value, known=listing(known))
    found.whole = len(diagnostics) == before
    return found


def _accepted(columns: Mapping[str, ColumnForm]) -> dict[str, str]:
    accepted = {plain(name): name for name in columns}
    for name, form in columns.items():
        accepted.update((plain(title), name) for title in _titles(form.header))
    return accepted


def _titles(titles: Iterable[str]) -> Iterable[str]:
    return (title for title in titles if title.strip())
