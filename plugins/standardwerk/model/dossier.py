"""Everything a project has about one person, as tables of texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Table:
    """Rows about the person from one place."""

    name: str
    """What it is: ``roster``, ``assignments`` … (see ``render/dossier.py``), or ``source``, ``original``."""
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    place: str = ""
    """The file, below the folder of scorecards."""
    titles: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By column: what it is called, by language."""
    title: Mapping[str, str] = field(default_factory=dict)
    """What the table is called, by language, if its source says so."""


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything about one person."""

    rep: str
    name: str
    as_of: date
    tables: tuple[Table, ...]
    months: tuple[str, ...]
    """The months with a scorecard, each of which is a page and a JSON of its own."""
