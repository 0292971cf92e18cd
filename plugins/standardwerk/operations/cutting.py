"""Takes a person out of a file: her rows go, and where others' rows name her, the name goes. Everything else stays.

A file is cut as text, not read by its contract, so that every byte of other people's rows is what it was.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import count

from standardwerk.load.headers import plain
from standardwerk.load.workbook import DAMAGED

#: What stands for somebody who rated others, in rows that stay theirs.
SOMEBODY = "erased"
_DELIMITERS = ";,\t|"
#: How a workbook begins.
_PACKED = b"PK\x03\x04"
#: A header is looked for in so many first lines.
_MOST_HEAD = 30
_ENCODINGS = ("utf-8-sig", "cp1252", "latin-1")


@dataclass(frozen=True)
class Traces:
    """By what people are known."""

    names: frozenset[str]
    """Ids, names, logins: they are theirs wherever they stand."""
    keys: frozenset[str] = frozenset()
    """What tables say for them, like a number of staff: it is theirs only in columns that such a table is for."""

    @cached_property
    def known(self) -> frozenset[str]:
        """The names as cells are compared."""
        return frozenset(map(_folded, self.names)) - {""}

    @cached_property
    def _keys(self) -> frozenset[str]:
        return frozenset(map(_folded, self.keys)) - {""}

    def is_in(self, cell: str, *, by_key: bool = False) -> bool:
        """Whether a cell is one of them; ``by_key``: in a column that has keys."""
        folded = _folded(cell)
        return folded in self.known or (by_key and folded in self._keys)

    @cached_property
    def _anywhere(self) -> re.Pattern[str]:
        words = "|".join(sorted(map(re.escape, self.known), key=len, reverse=True))
        return re.compile(rf"(?<![\w-])(?:{words})(?![\w-])")

    def lines(self, text: str) -> list[int]:
        """The lines of a text that name them."""
        if not self.known:
            return []
        folded = unicodedata.normalize("NFC", text).casefold()
        return sorted({folded.count("\n", 0, found.start()) + 1 for found in self._anywhere.finditer(folded)})


def _folded(cell: str) -> str:
    return unicodedata.normalize("NFC", cell).strip().removeprefix("'").casefold()


@dataclass(frozen=True, slots=True)
class Cut:
    """A file without a person."""

    data: bytes
    rows: int = 0
    """Rows that were removed."""
    cells: int = 0
    """Cells of others' rows in which a name was replaced."""


def decoded(data: bytes) -> tuple[str, str]:
    """A file's text and its encoding; every file has one."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace"), "utf-16"
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise AssertionError("Latin-1 reads all bytes.")


def _encoded(text: str, encoding: str, before: bytes) -> bytes:
    if encoding == "utf-8-sig" and not before.startswith(b"\xef\xbb\xbf"):
        encoding = "utf-8"
    if encoding == "utf-16":
        # Python writes its own order of bytes with a mark, and reads either.
        big = before.startswith(b"\xfe\xff")
        return (b"\xfe\xff" if big else b"\xff\xfe") + text.encode("utf-16-be" if big else "utf-16-le")
    return text.encode(encoding)


@dataclass(frozen=True, slots=True)
class Columns:
    """How columns are called, as headers are compared."""

    rep: frozenset[str]
    """The person a row is about."""
    keyed: frozenset[str] = frozenset()
    """Columns with keys of people."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of a table as it stands there."""

    text: str
    cells: list[str]
    named: tuple[int, ...]
    """The cells that name somebody."""
    is_own: bool
    """Whether the row is about her."""


class _Table:
    """A CSV as text: nothing is known of it but how columns of people are called."""

    def __init__(self, data: bytes, traces: Traces, columns: Columns, *, whole_rows: bool = True) -> None:
        """``whole_rows``: without a column that says whom a row is about, it is about whoever it names."""
        self.text, self.encoding = decoded(data)
        records = list(_records(self.text))
        self.delimiter = _delimiter(records)
        self.header: list[str] = []
        self.lines: list[_Line] = []
        rep: int | None = None
        keyed: set[int] = set()
        for number, record in enumerate(records):
            cells = _cells(record, self.delimiter)
            if rep is None and number < _MOST_HEAD:
                rep = next((at for at, cell in enumerate(cells) if plain(cell) in columns.rep), None)
                if rep is not None:
                    self.header = cells
                    keyed = {at for at, cell in enumerate(cells) if plain(cell) in columns.keyed}
            named = tuple(at for at, cell in enumerate(cells) if traces.is_in(cell, by_key=at in keyed))
            is_own = bool(named) and ((rep in named) if rep is not None else whole_rows)
            self.lines.append(_Line(record, cells, named, is_own))


def rows_with(data: bytes, traces: Traces, columns: Columns) -> tuple[list[str], list[list[str]]]:
    """The header of a CSV as far as it is known, and the rows that name somebody; of a workbook nothing."""
    if data.startswith(_PACKED):
        return [], []
    table = _Table(data, traces, columns)
    return table.header, [line.cells for line in table.lines if line.named]


def cut_table(data: bytes, traces: Traces, columns: Columns, *, empty: bool, whole_rows: bool = True) -> Cut:
    """Take people out of a CSV.

    Rows that are about them go; in other columns they are replaced, by nothing (``empty``) or by :data:`SOMEBODY`.
    Without a column that says whom a row is about, every row that has them in a cell goes, unless ``whole_rows`` is
    false.
    """
    table = _Table(data, traces, columns, whole_rows=whole_rows)
    words = _Words(table.text)
    rows = cells = 0
    kept: list[str] = []
    for line in table.lines:
        if line.is_own:
            rows += 1
        elif line.named:
            cells += len(line.named)
            replaced = [
                ("" if empty else words.of(cell)) if at in line.named else cell for at, cell in enumerate(line.cells)
            ]
            kept.append(_row(replaced, table.delimiter) + line.text[len(line.text.rstrip("\r\n")) :])
        else:
            kept.append(line.text)
    return Cut(_encoded("".join(kept), table.encoding, data) if rows or cells else data, rows, cells)


class _Words:
    """What stands for names in a file: one word for each, none that the file has already."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._of: dict[str, str] = {}

    def of(self, cell: str) -> str:
        """The word for a cell."""
        folded = _folded(cell)
        if folded not in self._of:
            candidates = (SOMEBODY if number == 1 else f"{SOMEBODY}-{number}" for number in count(1))
            self._of[folded] = next(
                word
                for word in candidates
                if word not in self._of.values() and not re.search(rf"(?<![\w-]){word}(?![\w-])", self.text)
            )
        return self._of[folded]


def _row(cells: list[str], delimiter: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="").writerow(cells)
    return out.getvalue()


def _records(text: str) -> Iterator[str]:
    """The rows of a CSV as they stand there, each with its end; a row may have line breaks between quotes."""
    start, quoted = 0, False
    for found in re.finditer('"|\r\n|\n|\r', text):
        if found[0] == '"':
            quoted = not quoted
        elif not quoted:
            yield text[start : found.end()]
            start = found.end()
    if start < len(text):
        yield text[start:]


def _delimiter(records: Iterable[str]) -> str:
    first = "".join(list(records)[:_MOST_HEAD])
    return max(_DELIMITERS, key=lambda sign: (first.count(sign), -_DELIMITERS.index(sign)))


def _cells(record: str, delimiter: str) -> list[str]:
    return next(csv.reader([record.rstrip("\r\n")], delimiter=delimiter, strict=False), []) if record.strip() else []


def cut_names(text: str, traces: Traces) -> tuple[str, int]:
    """A YAML text without people in its lists (``[a, b]``, or a line ``- a``); how many entries went."""
    gone = 0
    lines = []
    for line in text.splitlines(keepends=True):
        entry = re.fullmatch(r"""\s*-\s*["']?([^"'#:\[\]{}]+?)["']?\s*(?:#.*)?""", line.rstrip("\r\n"))
        if entry is not None and traces.is_in(entry[1]):
            gone += 1
            continue
        kept = line
        for listed in re.findall(r"\[[^\[\]]*\]", line):
            names = [one for one in listed[1:-1].split(",") if one.strip()]
            others = [one for one in names if not traces.is_in(one.strip().strip("\"'"))]
            if len(others) < len(names):
                gone += len(names) - len(others)
                kept = kept.replace(listed, f"[{','.join(others).strip()}]", 1)
        lines.append(kept)
    return "".join(lines), gone


def mentions(data: bytes, traces: Traces) -> list[int]:
    """The lines that name somebody; of a workbook line 0, if any of its pages does."""
    if data.startswith(_PACKED):
        return [0] if any(traces.lines(text) for text in _packed(data)) else []
    return traces.lines(decoded(data)[0])


def _packed(data: bytes) -> Iterator[str]:
    """The texts in a packed file; of one that is broken nothing."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            for name in packed.namelist():
                yield packed.read(name).decode("utf-8", "replace")
    except DAMAGED:
        # Whoever looks for names asks is_broken as well.
        return


def is_broken(data: bytes) -> bool:
    """Whether it is a packed file that cannot be read, so that nobody can say whom it names."""
    if not data.startswith(_PACKED):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return packed.testzip() is not None
    except DAMAGED:
        return True
