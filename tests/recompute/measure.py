"""What a measure is made of, and the row it reads. The measures themselves stand in `standards.py`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from .dates import Month, last_workday_before, month
from .inputs import Cells, Inputs, read_date, read_number
from .people import Person

ASSIGNMENTS = "assignments"
Amount = Fraction | int | None
Limit = float | tuple[float, float]


@dataclass(frozen=True)
class Row:
    """A row of a source, with a way to the rows of other sources with the same keys."""

    inputs: Inputs
    person: Person
    month: Month
    cells: Cells

    @property
    def line(self) -> str:
        return self.cells["product_line"]

    @property
    def share(self) -> Fraction:
        """The credit share of the row's product line."""
        return self.person.assigned(self.month)[self.line][0]

    def __getitem__(self, column: str) -> Fraction:
        """A number that must be there."""
        found = self.maybe(column)
        assert found is not None, f"{self.person.rep}: {column} is empty"
        return found

    def maybe(self, column: str) -> Fraction | None:
        return read_number(self.cells[column])

    def day(self, column: str) -> date | None:
        return read_date(self.cells[column])

    def same_line(self, source: str) -> Row | None:
        """The row of another source for this rep, month and product line."""
        rows = self.inputs.rows.get((source, self.month, self.person.rep), ())
        found = [cells for cells in rows if cells["product_line"] == self.line]
        assert len(found) <= 1
        return Row(self.inputs, self.person, self.month, found[0]) if found else None

    def last_workday_before(self) -> date:
        """The last working day of the month before."""
        return last_workday_before(self.month, self.inputs.days_off)


@dataclass(frozen=True, slots=True)
class Figures:
    """What a row gives. Numerator None: no data. Denominator None: no data, or not agreed if it is a target."""

    numerator: Amount
    denominator: Amount = 1
    count: Amount = None
    """What n counts, if it is not the denominator."""
    group: str = ""
    distinct: str = ""
    when: date | None = None


RowRule = Callable[[Row], Figures | None]
"""None: the row does not belong to the measure."""


@dataclass(frozen=True)
class Measure:
    """A measure of STANDARDS.md, by hand."""

    id: str
    role: str
    source: str
    row: RowRule
    window: str = "month"
    """`month`, `rolling N` or `year`."""
    joined: str = ""
    """Another source that the row looks into."""
    limits: Mapping[str, tuple[Limit, Limit]] = field(default_factory=dict)
    """From a month on: the limits of met and near, each a number or a pair."""
    better: str = ""
    kind: str = "quotient"
    """`quotient`, `sum`, `mean` or `check`."""
    unit: str = "percent"
    decimals: int = 1
    target: bool = False
    flag_above: int | None = None
    """A displayed value above it bears a mark."""
    lines: str = ""
    """`worst` or `total`: figures per product line."""
    flow: bool = True
    """No snapshot in it: the series of months may give a signal."""
    confident: bool = False
    minimum_n: int = 0
    per_row: bool = False
    distinct: bool = False
    """n counts the different values of the whole window."""
    minimum_months: int = 0
    ramp: bool = True
    due_after_days: int = 0
    round_months: int = 0
    """A round every so many months."""
    valid_months: int = 0
    runs: tuple[str, ...] = ("2025-01",)
    """The months in which it starts, and starts again."""

    @property
    def span(self) -> int:
        return int(self.window.removeprefix("rolling ")) if self.window.startswith("rolling") else 1

    @property
    def factor(self) -> int:
        """From the quotient to the figure."""
        return 100 if self.unit in {"percent", "fraction"} else 1

    def limits_in(self, m: Month) -> tuple[Limit, Limit] | None:
        found = [bands for start, bands in self.limits.items() if month(start) <= m]
        return found[-1] if found else None

    def run_start(self, m: Month) -> Month | None:
        """The first month of the run that m is in; None before the measure exists."""
        found = [month(start) for start in self.runs if month(start) <= m]
        return found[-1] if found else None
