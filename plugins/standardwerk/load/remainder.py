"""``remainder.json``: what erased people left in the sums of groups; sealed in the closed months."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from standardwerk.diagnostics import Diagnostics, Place
from standardwerk.load.files import Folder
from standardwerk.model.closing import Ledger
from standardwerk.model.months import Month
from standardwerk.model.remainder import FORMAT, Remainder, Rest, RestKey, rests

REMAINDER_FILE = "remainder.json"


def remainder_seal(remainder: Remainder, month: Month) -> str:
    """The SHA-256 of a month; empty if there is nothing of it."""
    text = remainder.text(month)
    return sha256(text.encode()).hexdigest() if text else ""


def load_remainder(folder: Folder, ledger: Ledger, diagnostics: Diagnostics) -> Remainder:
    """Read the file, and compare it with the seals of closed months."""
    found = _read(folder, diagnostics) if folder.exists(REMAINDER_FILE) else Remainder()
    if found is None:
        return Remainder()
    for month, closed in sorted(ledger.closed.items()):
        if closed.head.remainder != remainder_seal(found, month):
            diagnostics.add("SW616", Place(folder.name(REMAINDER_FILE)), month=month)
    return found


def _read(folder: Folder, diagnostics: Diagnostics) -> Remainder | None:
    text = folder.text(REMAINDER_FILE, diagnostics)
    if text is None:
        return None
    sums: dict[RestKey, Rest] = {}
    totals: dict[RestKey, Rest] = {}
    months = "–"
    try:
        data: Any = json.loads(text)
        if data["format"] != FORMAT:
            raise ValueError(data["format"])
        for months, its in data["months"].items():
            month = Month.parse(months)
            sums |= rests(month, its["sums"])
            totals |= rests(month, its["totals"])
    except (ValueError, LookupError, TypeError, ArithmeticError, AttributeError):
        diagnostics.add("SW616", Place(folder.name(REMAINDER_FILE)), month=months)
        return None
    return Remainder(sums, totals)
