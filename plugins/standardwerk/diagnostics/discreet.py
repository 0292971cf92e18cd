"""Diagnostics without what they say of people: for logs that others read than those who may see the figures.

The place stays: whoever may open the file finds there what is left out here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from standardwerk.diagnostics.collector import Diagnostic, Place

HIDDEN = "…"
#: Values that are words of the tool or of the contract, and never come from a row.
_OPEN = frozenset(
    {
        "column",
        "count",
        "expected",
        "field",
        "key",
        "kind",
        "measure",
        "month",
        "offset",
        "problem",
        "source",
        "standard",
    }
)
#: Below it files bear the names of people.
_NOTES = "notes"


def discreet(found: Iterable[Diagnostic], folder: str) -> list[Diagnostic]:
    """Diagnostics with the values hidden that come from files below a folder (of people and their figures)."""
    return [_discreet(one, folder) if one.place.file.startswith(f"{folder}/") else one for one in found]


def _discreet(diagnostic: Diagnostic, folder: str) -> Diagnostic:
    values = {name: value if name in _OPEN else HIDDEN for name, value in diagnostic.values.items()}
    if "hint" in values:
        values["hint"] = ""
    place = diagnostic.place
    if place.file.startswith(f"{folder}/{_NOTES}/"):
        place = Place(f"{place.file.rpartition('/')[0]}/{HIDDEN}", place.line, place.column)
    return replace(diagnostic, place=place, values=values)
