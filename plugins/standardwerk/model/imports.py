"""What was imported into a month's folder, and what an import changes there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from standardwerk.model.fields import Date, Form, Integer, Text
from standardwerk.model.project import Row
from standardwerk.model.sources import Source


class ImportedFile(Form):
    """A file of a month's folder that was imported."""

    file: Text
    source: Text
    rows: Integer
    sha256: Text
    """Of the file as it was written."""
    original: Text
    """What it was imported from, below ``originals/``."""
    original_sha256: Text
    imported_on: Date


class Manifest(Form):
    """``import.yml`` of a month's folder."""

    imports: tuple[ImportedFile, ...] = ()


#: The cells of a row that identify it within its source and month.
Key = tuple[Any, ...]


@dataclass(frozen=True)
class RowChange:
    """A row that both files have, with other values."""

    key: Key
    cells: tuple[tuple[str, object, object], ...]
    """Column, value before, value now."""


@dataclass(frozen=True)
class Differences:
    """What differs between a month's file and the one that replaces it."""

    added: tuple[Row, ...] = ()
    removed: tuple[Row, ...] = ()
    changed: tuple[RowChange, ...] = field(default=())

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


def differences(source: Source, before: Sequence[Row], now: Sequence[Row]) -> Differences:
    """Compare the rows of a source's month by their keys. Rows come in the order they are given in."""
    positions = [source.position(key) for key in ("rep", *source.keys)]
    old, new = _by_key(positions, before), _by_key(positions, now)
    changed: list[RowChange] = []
    for key, row in new.items():
        if key in old and old[key][0] != row[0]:
            pairs = zip(source.columns, old[key][0], row[0], strict=True)
            changed.append(RowChange(key, tuple((name, was, value) for name, was, value in pairs if was != value)))
    return Differences(
        added=tuple(row for key, row in new.items() if key not in old),
        removed=tuple(row for key, row in old.items() if key not in new),
        changed=tuple(changed),
    )


def _by_key(positions: Sequence[int], rows: Sequence[Row]) -> Mapping[Key, Row]:
    return {tuple(row[0][position] for position in positions): row for row in rows}
