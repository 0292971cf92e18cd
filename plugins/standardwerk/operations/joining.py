"""Entry sheets of several leads become one file of their source, with what others have entered before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import PurePath

from standardwerk.load.sheets import SheetHead
from standardwerk.model.imports import ImportedFile
from standardwerk.model.project import Row
from standardwerk.model.sources import Source
from standardwerk.operations import RefusedError


def _(message: str) -> str:
    return message


@dataclass(frozen=True)
class Returned:
    """A sheet that came back."""

    file: str
    head: SheetHead
    rows: tuple[Row, ...]


def joined_rows(source: Source, sheets: Sequence[Returned], before: Sequence[Row]) -> list[Row]:
    """The rows of the sheets, and those from before that none of the sheets asks for.

    What a sheet asks for it replaces, also where it is now empty. Raises :class:`RefusedError` for a sheet without any
    rating, and for two that ask for the same.
    """
    for one in sheets:
        if not one.rows:
            raise RefusedError(_("“{file}” has no rating yet."), file=one.file)
    for one, other in combinations(sheets, 2):
        if any(_asked(source, row, other.head) for row in one.rows):
            raise RefusedError(
                _("“{first}” and “{second}” ask for the same ratings. Import one of them."),
                first=one.file,
                second=other.file,
            )
    kept = [row for row in before if not any(_asked(source, row, one.head) for one in sheets)]
    return [*kept, *(row for one in sheets for row in one.rows)]


def _asked(source: Source, row: Row, head: SheetHead) -> bool:
    cells = row[0]
    rater = cells[source.position("rater")] if "rater" in source.columns else None
    return head.covers(cells[source.position("rep")], cells[source.position("standard")], rater)


def still_true(imported: Sequence[ImportedFile], file: str, digest: str, given: str) -> list[ImportedFile]:
    """What a manifest goes on saying of a file that gets rows of a sheet: all but an earlier state of that sheet."""
    name = PurePath(given)
    found = []
    for one in imported:
        original = PurePath(one.original)
        is_earlier = original.name == given or (
            original.suffix == name.suffix and original.name.startswith(f"{name.stem}.")
        )
        if one.file == file and not is_earlier:
            found.append(one.model_copy(update={"sha256": digest}))
    return found
