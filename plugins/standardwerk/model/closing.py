"""Closed months and corrections: what was published, and what it was changed to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated

from pydantic import ConfigDict, Field

from standardwerk.model.fields import Date, Form, Id, Integer, MonthField, Text, one_of
from standardwerk.model.months import Month

FORMAT = 1
#: Why a closed month is corrected. A change of method is none of them: it never restates.
REASONS = ("late-data", "entry-error", "reclassification", "calculation", "agreement", "objection")

#: A published figure: status, value, numerator, denominator, n, target, deciding line; empty ends are cut off.
Published = tuple[str | None, ...]
#: The figures of a scorecard: by standard, and by measure or ``measure/line``.
Figures = Mapping[str, Mapping[str, Published]]

FIELDS = ("status", "value", "numerator", "denominator", "n", "target", "deciding_line")


def figure_key(measure: str, line: str | None) -> str:
    """The key of a figure within its standard."""
    return measure if line is None else f"{measure}/{line}"


class FigureForm(Form):
    """A figure in ``corrections.yml``; a field that is not there has nothing to say."""

    status: Text | None = None
    """Its state, like ``met`` or ``no_data``; left out: nothing to say."""
    value: Text | None = None
    """The figure as displayed; left out: none."""
    numerator: Text | None = None
    """What stands above the line; left out: nothing."""
    denominator: Text | None = None
    """What stands below the line; left out: nothing."""
    n: Text | None = None
    """How many were counted; left out: nothing was."""
    target: Text | None = None
    """The target, adjusted as shown; left out: there is none."""
    deciding_line: Text | None = None
    """The product line that decides; left out: there is none."""

    @property
    def published(self) -> Published:
        """The figure as closed months have it."""
        return trimmed([getattr(self, name) for name in FIELDS])


def trimmed(values: Iterable[str | None]) -> Published:
    """Values without the empty ones at the end."""
    found = list(values)
    while found and found[-1] is None:
        found.pop()
    return tuple(found)


class Change(Form):
    """A published figure that a correction changes. ``was`` or ``is`` is missing where there is no such figure."""

    model_config = ConfigDict(populate_by_name=True)

    month: MonthField
    """The month of the figure."""
    rep: Id
    """Whose it is."""
    standard: Id
    """The standard."""
    measure: Id
    """The measure."""
    line: Id | None = None
    """The product line; left out: it is the figure of all."""
    was: FigureForm | None = None
    """The figure before; left out: there was none."""
    now: FigureForm | None = Field(default=None, alias="is")
    """The figure after; left out: there is none."""

    @property
    def key(self) -> tuple[str, str]:
        """Standard, and measure with line."""
        return self.standard, figure_key(self.measure, self.line)


class Correction(Form):
    """A correction: the month whose input changed, why, and every published figure that changes."""

    month: MonthField
    """The month whose input changed."""
    date: Date
    """The day of the correction."""
    reason: Annotated[Text, one_of(*REASONS)]
    """The kind of reason."""
    note: Text
    """What was wrong; shown to the person and her lead. It may be edited."""
    inputs: Mapping[Text, Mapping[Text, Text]] = {}
    """By month: the changed files with their new hashes."""
    changes: tuple[Change, ...]
    """Every published figure that changes, in every closed month."""


class Corrections(Form):
    """``corrections.yml``."""

    corrections: tuple[Correction, ...]
    """All corrections, in the order of their days."""


class ClosedHead(Form):
    """What a closed month's file says before the figures."""

    format: Integer
    month: MonthField
    closed_on: Date
    edition: Text
    method: Date
    revisions: Mapping[Id, Date]
    runs: Mapping[Id, Mapping[Id, Date]]
    """By standard and measure: where windows begin, if that is not the revision's first day."""
    inputs: Mapping[Text, Text]
    people: Mapping[Id, Text]
    """By person: the SHA-256 of her figures."""
    remainder: Text = ""
    """The SHA-256 of what erased people left in the month's sums; empty if there is nothing."""


@dataclass(frozen=True)
class ClosedMonth:
    """A closed month as it was sealed."""

    head: ClosedHead
    file: str
    figures: Mapping[str, str]
    """By person: her figures as JSON text, read only when something differs."""
    lines: Mapping[str, int]
    """By person: the line of the file."""

    @property
    def month(self) -> Month:
        """The month."""
        return self.head.month


@dataclass(frozen=True)
class Ledger:
    """All closed months and corrections of a project."""

    closed: Mapping[Month, ClosedMonth] = field(default_factory=dict)
    corrections: tuple[Correction, ...] = ()
    """In the order of their dates."""

    def closed_on(self, month: Month, day: date) -> date | None:
        """The day a month was closed, if that is not after a day."""
        found = self.closed.get(month)
        return found.head.closed_on if found is not None and found.head.closed_on <= day else None

    def as_of(self, day: date) -> Ledger:
        """The months closed up to a day, with all corrections (inputs are as present)."""
        known = {month: one for month, one in self.closed.items() if one.head.closed_on <= day}
        return Ledger(known, self.corrections)

    def since(self, first: Month) -> Ledger:
        """The months from one on: those before are due for deletion."""
        return Ledger({month: one for month, one in self.closed.items() if month >= first}, self.corrections)

    def changes(self) -> Mapping[tuple[Month, str], tuple[Change, ...]]:
        """All changes by month and person, in the order of the corrections."""
        found: dict[tuple[Month, str], list[Change]] = {}
        for correction in self.corrections:
            for change in correction.changes:
                found.setdefault((change.month, change.rep), []).append(change)
        return {key: tuple(changes) for key, changes in found.items()}

    def of_person(self, rep: str) -> tuple[Correction, ...]:
        """The corrections that change figures of a person, with these changes only."""
        found = []
        for correction in self.corrections:
            own = tuple(change for change in correction.changes if change.rep == rep)
            if own:
                found.append(correction.model_copy(update={"changes": own}))
        return tuple(found)

    def inputs(self, month: Month) -> Mapping[str, str]:
        """The hashes a closed month's inputs have by now, corrections taken in."""
        found = dict(self.closed[month].head.inputs)
        for correction in self.corrections:
            for file, value in correction.inputs.get(str(month), {}).items():
                if value:
                    found[file] = value
                else:
                    found.pop(file, None)
        return found
