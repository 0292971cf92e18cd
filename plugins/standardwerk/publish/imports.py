"""The writer of imported files: the canonical form of a source's month, and the manifest of a month's folder."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from standardwerk.load.canonical import DELIMITER, GUARDED, MARK
from standardwerk.model.imports import ImportedFile
from standardwerk.model.project import Row
from standardwerk.model.sources import Source
from standardwerk.publish.records import quoted

MANIFEST_HEAD = "# What the files of this folder were imported from. Written by “standardwerk import”.\nimports:\n"


def canonical_file(source: Source, rows: Sequence[Row]) -> bytes:
    """The file of a source's month: the same bytes for the same values, however they were exported.

    UTF-8 with its mark (spreadsheets need it), semicolons, line feeds; the columns of the contract by their names; rows
    as given. See ``load/canonical.py`` for how it is read.
    """
    out = io.StringIO()
    out.write(f"{MARK}\n")
    writer = csv.writer(out, delimiter=DELIMITER, lineterminator="\n")
    writer.writerow(source.columns)
    writer.writerows([[cell_text(cell) for cell in cells] for cells, _line in rows])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def cell_text(cell: object) -> str:
    """A value as it is written: shortest, and never to be taken for a formula."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, int):
        return str(cell)
    if isinstance(cell, Decimal):
        text = format(cell, "f").replace(".", ",")
        return text.rstrip("0").rstrip(",") if "," in text else text
    if isinstance(cell, date):
        return cell.isoformat()
    text = str(cell)
    return f"'{text}" if text.startswith(GUARDED) else text


def manifest_file(imports: Iterable[ImportedFile]) -> bytes:
    """``import.yml``, by file."""
    lines = []
    for one in sorted(imports, key=lambda entry: entry.file):
        lines += [
            f"  - file: {quoted(one.file)}",
            f"    source: {quoted(one.source)}",
            f"    rows: {one.rows}",
            f"    sha256: {one.sha256}",
            f"    original: {quoted(one.original)}",
            f"    original_sha256: {one.original_sha256}",
            f"    imported_on: {one.imported_on}",
        ]
    return (MANIFEST_HEAD + "".join(f"{line}\n" for line in lines)).encode()
