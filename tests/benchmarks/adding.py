"""What a new month touches: a site with all months beside the one that was built before the last of them came."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from filecmp import cmp
from pathlib import Path

_OF_PEOPLE = {"data-quality", "me", "months", "scorecards", "teams", "totals"}
_MONTH = re.compile(r"\d{4}-\d{2}")


@dataclass
class Touched:
    """Files of a site that are the same in the one before, and others."""

    same: int = 0
    same_bytes: int = 0
    moved: Counter[str] = field(default_factory=Counter)
    """Files that are new or otherwise, by what they are."""
    moved_bytes: Counter[str] = field(default_factory=Counter)

    def lines(self) -> Iterator[str]:
        """The table."""
        yield "| what moves | files | MB |"
        yield "|---|---:|---:|"
        for kind, count in sorted(self.moved.items()):
            yield f"| {kind} | {count:,} | {self.moved_bytes[kind] / 1e6:.1f} |"
        yield f"| all of these | {self.moved.total():,} | {self.moved_bytes.total() / 1e6:.1f} |"
        yield f"| stays as it is | {self.same:,} | {self.same_bytes / 1e6:.1f} |"


def touched(before: Path, after: Path, month: str, month_before: str) -> Touched:
    """Compare two sites byte by byte; the months are the last ones of ``after`` and of ``before``."""
    found = Touched()
    for folder, _folders, names in os.walk(after):
        for name in names:
            file = Path(folder, name)
            path = file.relative_to(after)
            size, old = file.stat().st_size, before / path
            if old.is_file() and cmp(old, file, shallow=False):
                found.same += 1
                found.same_bytes += size
            else:
                kind = _kind(path.as_posix(), month, month_before)
                found.moved[kind] += 1
                found.moved_bytes[kind] += size
    return found


def _kind(path: str, month: str, month_before: str) -> str:
    folder, _, rest = path.partition("/")
    if folder not in _OF_PEOPLE:
        return "handbook"
    months = set(_MONTH.findall(rest))
    if not months:
        return "overviews, newest month, development of standards"
    if month in months:
        return "pages and data of the new month"
    return "the month before (it leads to the next one)" if month_before in months else "older months"
