"""Entry sheets: what a lead is asked to rate, and the marks by which the import knows a sheet that comes back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from standardwerk.model.months import Month
from standardwerk.model.sources import Source
from standardwerk.model.standard import Anchor

#: Where sheets lie unless another folder is named: below the scorecards folder, since they hold names.
SHEETS_FOLDER = "sheets"
#: The hidden sheet of the workbook that says what it is, and holds the lists to choose from.
HEAD_SHEET = "standardwerk"
MARK = "standardwerk sheet 1"
#: Columns that are the sheet's own and belong to no contract. Names of columns have no point in them.
PERSON, STANDARD, ITEM, BLOCK = "sheet.person", "sheet.standard", "sheet.item", "sheet.block"
OWN_COLUMNS = (PERSON, STANDARD, ITEM, BLOCK)
#: The rows before the one with the names of the columns, which is hidden: title, how to fill in, visible header.
ROWS_BEFORE = 3
#: Columns of a source of ratings that the sheet fills in itself, where the source has them.
FILLED = ("rep", "standard", "item", "rater")
RATING = "rating"


@dataclass(frozen=True, slots=True)
class Choice:
    """Something with an id and a name to choose it by."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Scale:
    """A rated standard, as the revision in force describes it."""

    standard: str
    """What the source's column ``standard`` has for it."""
    number: int
    title: Mapping[str, str]
    anchors: tuple[Anchor, ...]
    observed: tuple[str, ...]
    """Key columns that tell several ratings of an item apart, like the opportunity at which it was observed."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A rating to be entered."""

    rep: str
    standard: str
    item: str
    block: int
    """Rows of a person, standard and block belong to one observation; from 1."""


@dataclass(frozen=True, slots=True)
class EntrySheet:
    """What one lead is asked to rate."""

    source: Source
    month: Month
    lead: Choice
    teams: tuple[Choice, ...]
    people: tuple[Choice, ...]
    """By name."""
    scales: tuple[Scale, ...]
    rows: tuple[SheetRow, ...]
    ratings: tuple[int | str, ...]
    """The values a rating may have; empty if the contract does not list them."""
    needs: Mapping[str, tuple[int | str, ...]]
    """By column: the ratings for which it must be filled in."""

    @property
    def entered(self) -> tuple[str, ...]:
        """The columns that are filled in by hand, in the order of the contract."""
        return tuple(name for name in self.source.columns if name not in FILLED)

    def scale(self, standard: str) -> Scale:
        """The scale of a standard."""
        return next(one for one in self.scales if one.standard == standard)

    def repeated(self, standard: str) -> bool:
        """Whether there is room for several observations of a standard."""
        return any(row.standard == standard and row.block > 1 for row in self.rows)
