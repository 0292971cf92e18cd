"""A file's rows as they stand in it: behind preamble and header, before the footer, each with its line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from standardwerk.diagnostics import Diagnostics, Place
from standardwerk.load.cells import RawCell
from standardwerk.load.columns import shown
from standardwerk.load.decode import decode, encoding_of
from standardwerk.load.headers import Contract, Header, Lines, open_lines


@dataclass
class RawTable:
    """The rows that are as wide as the header, and how the file was read."""

    file: str
    """What the file is called in messages; a workbook's with its sheet."""
    header: Header
    rows: list[Sequence[RawCell]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    """The line (in a workbook: the row) each begins in."""
    encoding: str = ""
    """``utf-8``, ``cp1252``, ``utf-16``, or ``xlsx`` for a workbook."""
    delimiter: str = ""
    """As in the contract; empty for a workbook."""
    sheet: str = ""
    left_out: int = 0
    """Rows of a list that do not count, once it is added up."""
    decimals: dict[str, str] = field(default_factory=dict)
    """The decimal mark of the columns of numbers, once their cells are read; those without a fraction may have none."""
    whole: bool = True
    """Whether header and rows could be read to the end; if not, this only serves to find further faults."""
    torn: bool = False
    """Whether a row could not be taken apart."""

    def columns(self) -> list[list[RawCell]]:
        """The cells column by column, without the spaces around them."""
        if not self.rows:
            return [[] for _ in range(self.header.width)]
        if self.sheet:
            return [list(column) for column in zip(*self.rows, strict=True)]
        return [list(map(str.strip, column)) for column in zip(*self.rows, strict=True)]


def read_raw(data: bytes, file: str, contract: Contract, diagnostics: Diagnostics) -> RawTable | None:
    """Take a CSV apart. A row with a fault is reported and left out; None if the file as a whole cannot be read."""
    raw = take_apart(data, file, contract, diagnostics)
    return raw if raw is not None and raw.whole else None


def take_apart(data: bytes, file: str, contract: Contract, diagnostics: Diagnostics) -> RawTable | None:
    """Take a CSV apart as far as that goes; None if there is nothing that could be checked."""
    encoding = encoding_of(data, file, contract.dialect.encoding, diagnostics)
    text = None if encoding is None else decode(data, file, encoding, diagnostics)
    if encoding is None or text is None:
        return None
    opened = open_lines(text, file, contract, diagnostics)
    if opened is None:
        return None
    header, rows, lines = opened
    raw = RawTable(file, header, encoding=encoding, delimiter=lines.delimiter, whole=header.whole)
    body = _Body(raw, contract, diagnostics, quoted='"' in text)
    if not body.read(rows, lines):
        raw.whole = False
    elif raw.rows and not body.ended and not text.endswith(("\n", "\r")):
        diagnostics.add("SW333", Place(file, raw.lines[-1]))
    return raw


class _Body:
    """The rows behind the header that have its width."""

    def __init__(self, raw: RawTable, contract: Contract, diagnostics: Diagnostics, quoted: bool) -> None:
        self.raw = raw
        self.file = raw.file
        self.width = raw.header.width
        self.diagnostics = diagnostics
        self.quoted = quoted
        self.is_footer = footer_test(contract.dialect.footer)
        self.ended = False
        """Whether the declared footer was found."""

    def read(self, rows: Iterator[tuple[list[str], int]], lines: Lines) -> bool:
        """Take all rows up to the footer; False if a row cannot be taken apart."""
        width, is_footer, quoted = self.width, self.is_footer, self.quoted
        kept, its_lines = self.raw.rows, self.raw.lines
        marked: list[tuple[list[str], int]] = []
        try:
            for cells, line in rows:
                if is_footer is not None and is_footer(cells[0].strip()):
                    self.ended = True
                    break
                has_marks = quoted and any('"' in cell for cell in cells)
                if has_marks and any(cell[:1].isspace() and cell.lstrip().startswith('"') for cell in cells):
                    # Such a cell is not quoted: its delimiters would cut it, its quotes would stay.
                    self.diagnostics.add("SW338", Place(self.file, line))
                    self.raw.torn = True
                    continue
                if len(cells) != width:
                    if len(cells) < width or any(map(str.strip, cells[width:])):
                        # By a header with faults, each row would be told to be too long.
                        if self.raw.header.whole:
                            self.diagnostics.add("SW305", Place(self.file, line), found=len(cells), expected=width)
                        self.raw.torn = True
                        continue
                    cells = cells[:width]
                if has_marks:
                    marked.append((cells, line))
                kept.append(cells)
                its_lines.append(line)
        except csv.Error:
            self.diagnostics.add("SW323", Place(self.file, lines.line))
            return False
        if marked:
            self._check_quotes(marked, lines.text)
        if is_footer is not None and not self.ended:
            self.diagnostics.add("SW334", Place(self.file, its_lines[-1] if its_lines else lines.line))
        return True

    def _check_quotes(self, marked: list[tuple[list[str], int]], text: str) -> None:
        """Cells with quotation marks must be quoted as a whole; else one may be lost."""
        physical = io.StringIO(text, newline="").readlines()
        for cells, line in marked:
            breaks = len(re.findall("\r\n|\r|\n", "".join(cells)))
            raw = "".join(physical[line - 1 : line + breaks])
            for position, cell in enumerate(cells):
                if '"' in cell and '"' + cell.replace('"', '""') + '"' not in raw:
                    self.diagnostics.add("SW341", Place(self.file, line, position + 1), value=shown(cell.strip()))


def footer_test(wanted: str) -> Callable[[str], object] | None:
    """What tells by its first cell whether a row ends the data; None without a footer."""
    if not wanted:
        return None
    if wanted.startswith("/"):
        return re.compile(wanted[1:-1]).search
    return wanted.strip().__eq__
