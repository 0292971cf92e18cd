"""Scores: the outcome of evaluation, with everything that explains it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from standardwerk.model.handbook import Edition, Limits, Measure, Retroactive, Revision, Standard
from standardwerk.model.months import Month

Exact = int | Decimal | Fraction


class State(StrEnum):
    """The state of a figure. The first nine come in the order in which they are decided."""

    HELD = "held"
    EXEMPT = "exempt"
    NOT_APPLICABLE = "not_applicable"
    NOT_COLLECTED = "not_collected"
    NO_DATA = "no_data"
    NOT_DUE = "not_due"
    RAMP = "ramp"
    TOO_FEW = "too_few"
    NOT_CERTAIN = "not_certain"
    MET = "met"
    NEAR = "near"
    MISSED = "missed"

    #: That of the text, which it is equal to: states are looked up in every figure, and an enumeration's hash is slow.
    __hash__ = str.__hash__


#: States in the order of a scorecard's count line.
STATES_IN_ORDER = (
    State.MET,
    State.NEAR,
    State.MISSED,
    State.NOT_CERTAIN,
    State.TOO_FEW,
    State.RAMP,
    State.NOT_DUE,
    State.NO_DATA,
    State.NOT_COLLECTED,
    State.NOT_APPLICABLE,
    State.EXEMPT,
    State.HELD,
)

VERDICTS = frozenset({State.MET, State.NEAR, State.MISSED, State.NOT_CERTAIN})
#: States in which a figure stands without a value.
WITHOUT_VALUE = frozenset({State.HELD, State.EXEMPT, State.NOT_APPLICABLE, State.NOT_COLLECTED, State.NO_DATA})


@dataclass(frozen=True, slots=True)
class MonthPart:
    """What one month contributes to a figure (all lines of the figure together)."""

    month: Month
    numerator: Exact | None
    """None: no data, or not agreed."""
    denominator: Exact | None
    """Unscaled."""
    denominator_scaled: Exact | None
    """With ramp and availability, where it is a target."""
    ramp_factor: Decimal | None
    """None where the product lines of the month have different ones."""
    availability: Decimal
    counts: bool
    """Whether the month is in the value."""
    value: Decimal | None
    """The value of this month alone, as displayed."""


@dataclass(frozen=True, slots=True)
class SourceLines:
    """Lines of a file that a figure comes from."""

    file: str
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Signal:
    """The outcome of a process behaviour chart for the last month."""

    kind: str
    """``none``, ``high``, ``low``, ``shift_up`` or ``shift_down``."""
    points: int
    provisional: bool
    mean: Decimal
    lower: Decimal
    upper: Decimal


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure for a month: of a person, or of one of her product lines."""

    line: str | None
    status: State | None
    """None for a guard or info that has a value."""
    reason: str | None
    """Why a figure is not applicable: ``no_target``, ``denominator_zero``, ``no_lines``."""
    value: Decimal | date | None
    """As displayed: rounded, in the displayed unit."""
    numerator: Exact | None
    denominator: Exact | None
    """Scaled by ramp and availability if it is a target."""
    denominator_raw: Exact | None
    n: int | Decimal | None
    n_needed: int | Decimal | None
    window_start: Month | None
    round_month: Month | None
    """With a cadence: the month of the round shown."""
    limits: tuple[Limits, Limits] | None
    """(low, high) of *met* and of *near*, as applied."""
    interval: tuple[Decimal, Decimal] | None
    signal: Signal | None
    flags: tuple[str, ...]
    """``flag``: the measure's own mark; ``incomplete``: months without data; ``not_agreed``: months without target."""
    months: tuple[MonthPart, ...]
    sources: tuple[SourceLines, ...]


@dataclass(frozen=True, slots=True)
class MeasureScore:
    """A measure's figure with those of its lines."""

    measure: Measure
    figure: Figure
    lines: tuple[Figure, ...] = ()
    deciding_line: str | None = None


@dataclass(frozen=True, slots=True)
class StandardScore:
    """A standard on a scorecard."""

    standard: Standard
    revision: Revision
    status: State
    measures: tuple[MeasureScore, ...]

    @property
    def main(self) -> MeasureScore:
        """The measure that decides the status."""
        for score in self.measures:
            if score.measure.role == "main":
                return score
        raise LookupError("A standard has a main measure.")


@dataclass(frozen=True, slots=True)
class IndexScore:
    """The optional index."""

    value: Decimal | None
    """0 to 100; None below the least coverage."""
    coverage_percent: Decimal


@dataclass(frozen=True, slots=True)
class Term:
    """Why a revision holds for months before it was published."""

    edition: Edition
    retroactive: Retroactive


@dataclass(frozen=True, slots=True)
class RetroactiveScore:
    """The other result of a closed month: a standard under a revision that was published later and holds for it."""

    standard: Standard
    edition: str
    """The label of the edition that holds for the month by now."""
    score: StandardScore | None
    """None: the standard is no longer in force for the month, or not for the person's role."""
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Scorecard:
    """A person's month."""

    rep: str
    name: str
    team: str
    role: str
    month: Month
    edition: str
    method_from: date
    standards: tuple[StandardScore, ...]
    index: IndexScore | None = None
    retroactive: tuple[RetroactiveScore, ...] = ()
    """Beside the published results of a closed month, those under retroactive revisions."""

    @property
    def summary(self) -> Mapping[State, int]:
        """How many standards are in each state, in the order of the count line; only states that occur."""
        counts = dict.fromkeys(STATES_IN_ORDER, 0)
        for score in self.standards:
            counts[score.status] += 1
        return {state: count for state, count in counts.items() if count}


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one person adds to roll-ups: sums of a measure in a month, for one line or for all."""

    month: Month
    standard: str
    measure: str
    team: str
    line: str | None
    rep: str
    numerator: Exact
    denominator: Exact
    is_share: bool = False
    """Whether the numerator is a part of the denominator (a proportion)."""
