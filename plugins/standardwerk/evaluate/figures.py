"""From months to a figure: the window, the state, the verdict."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property, reduce
from typing import Any

from standardwerk.evaluate.exact import divide, wilson_percent
from standardwerk.evaluate.judge import verdict
from standardwerk.evaluate.parts import MeasurePlan
from standardwerk.evaluate.signals import Points
from standardwerk.evaluate.tenure import Weight, tenure_month
from standardwerk.evaluate.track import Entry, Sums
from standardwerk.evaluate.windows import SourceRuns, Tally, WindowSums
from standardwerk.model.handbook import CADENCE_MONTHS, Limits, Measure
from standardwerk.model.months import Month
from standardwerk.model.scores import WITHOUT_VALUE, Figure, MonthPart, Signal, SourceLines, State


@dataclass(frozen=True)
class Series:
    """A measure of one person (or of one of her lines) over the months of its run."""

    plan: MeasurePlan
    track: Mapping[Month, Entry]
    weigh: Callable[[Month, str | None], Weight]
    line: str | None
    run_start: Month
    started_on: date
    fiscal_year_start: int
    held: frozenset[Month]
    due: Callable[[Month], bool]
    """Whether a file of the measure's source is due in a month."""
    has_gap: Callable[[Month], bool]
    """Whether a row that a complete source should have in a month is missing."""
    has_lines: Callable[[Month], bool]
    """Whether the person has product lines in a month (always true where the measure knows none)."""

    @property
    def measure(self) -> Measure:
        """The measure."""
        return self.plan.measure

    def figure(self, month: Month) -> Figure:
        """The figure of a month."""
        return _FigureMaker(self, month).make()

    # What is worked out once for all figures of the series ------------------------------------------------------------

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The months of the run, in order; a window is a slice of them."""
        return tuple(self.track.values())

    @cached_property
    def _months(self) -> tuple[Month, ...]:
        return tuple(self.track)

    def places(self, first: int, last: int) -> tuple[int, int]:
        """The slice of the months from one to another, both included."""
        return bisect_left(self._months, first), bisect_right(self._months, last)

    @cached_property
    def sums(self) -> WindowSums:
        """What counts, over windows."""
        return WindowSums([entry.counted for entry in self.entries])

    @cached_property
    def parts(self) -> tuple[MonthPart, ...]:
        """The months as figures show them."""
        return tuple(entry.month_part(self.measure) for entry in self.entries)

    @cached_property
    def gaps(self) -> Tally:
        """Months in which rows are missing."""
        return Tally(not entry.weight.exempt and self.has_gap(entry.month) for entry in self.entries)

    @cached_property
    def not_agreed(self) -> Tally:
        """Months without an agreed target."""
        return Tally(entry.not_agreed for entry in self.entries)

    @cached_property
    def held_back(self) -> Tally:
        """Months held back."""
        return Tally(entry.month in self.held for entry in self.entries)

    @cached_property
    def sources(self) -> SourceRuns:
        """The lines of files that windows come from."""
        return SourceRuns([entry.sources() for entry in self.entries])

    @cached_property
    def points(self) -> tuple[Points, Mapping[Month, int]]:
        """The single-month values that signals are read from, and the place of each month's among them, from 1."""
        found = [entry for entry in self.entries if entry.counted is not None and entry.own_value is not None]
        values = [entry.own_value for entry in found if entry.own_value is not None]
        return Points(values, self.measure.decimals), {entry.month: place for place, entry in enumerate(found, 1)}


class _FigureMaker:
    def __init__(self, series: Series, month: Month) -> None:
        self.series = series
        self.measure = series.measure
        self.month = month
        self.round_month: Month | None = None
        self.start = self.end = 0
        """The window, as a slice of the series' months."""
        self.window_start: Month | None = None
        self.sums: Sums | None = None
        self.reason: str | None = None

    def make(self) -> Figure:
        self._open_window()
        weight = self.series.weigh(self.month, self.series.line)
        in_ramp = not weight.scored
        self.sums = self._add_up(in_ramp)
        state = self._state(weight, in_ramp)
        if state in WITHOUT_VALUE:
            return self._without_value(state)
        return self._with_value(state, in_ramp)

    # The window ---------------------------------------------------------------------------------------------------

    def _open_window(self) -> None:
        measure, series = self.measure, self.series
        end = self.month
        if measure.cadence != "monthly":
            self.round_month = self._newest_round()
            if self.round_month is None:
                return
            end = self.round_month
        start = max(measure.window.start(end, series.fiscal_year_start), series.run_start)
        self.start, self.end = series.places(start, end)
        self.window_start = series.entries[self.start].month if self.start < self.end else None

    def _newest_round(self) -> Month | None:
        length = CADENCE_MONTHS[self.measure.cadence]
        valid = self.measure.valid_months or length
        for number in range(self.month, self.month - valid, -1):
            month = Month(number)
            entry = self.series.track.get(month)
            if month.number % length != 0 or month < self.series.run_start or entry is None:
                continue
            if entry.shown is not None or month in self.series.held:
                return month
        return None

    def _add_up(self, in_ramp: bool) -> Sums | None:
        """The counting months added; in ramp-up all months with data, unscaled."""
        if not in_ramp:
            return self.series.sums.between(self.start, self.end)
        shown = [entry.shown for entry in self.series.entries[self.start : self.end] if entry.shown is not None]
        return reduce(Sums.plus, shown) if shown else None

    # The state ----------------------------------------------------------------------------------------------------

    def _state(self, weight: Weight, in_ramp: bool) -> State | None:
        series, measure = self.series, self.measure
        if series.held and self._is_held():
            return State.HELD
        if weight.exempt:
            return State.EXEMPT
        own = series.track.get(self.month)
        if self._not_applicable(own):
            return State.NOT_APPLICABLE
        if not series.plan.collected:
            return State.NOT_COLLECTED
        if self._no_data(own):
            return State.NO_DATA
        if measure.due_after_days is not None and not self._due_by_tenure(measure.due_after_days):
            return State.NOT_DUE
        if in_ramp:
            return State.RAMP
        return State.TOO_FEW if self._too_few() else None

    def _is_held(self) -> bool:
        held = self.series.held
        return self.month in held or self.round_month in held or self.series.held_back.any(self.start, self.end)

    def _not_applicable(self, own: Entry | None) -> bool:
        if not self.series.has_lines(self.month):
            self.reason = "no_lines"
        elif own is not None and own.not_agreed:
            self.reason = "no_target"
        elif own is not None and own.present and self.sums is not None and self._denominator_is_zero():
            self.reason = "denominator_zero"
        return self.reason is not None

    def _denominator_is_zero(self) -> bool:
        assert self.sums is not None
        return self.measure.kind in {"proportion", "ratio"} and not self.sums.scaled

    def _no_data(self, own: Entry | None) -> bool:
        if self.sums is None:
            return True
        if self.measure.kind in {"proportion", "ratio"} and not self.sums.scaled:
            return True
        if self.measure.cadence != "monthly" or self.series.plan.source.form.rows == "events":
            return False
        return self.series.due(self.month) and (own is None or own.shown is None)

    def _due_by_tenure(self, days: int) -> bool:
        return tenure_month(self.series.started_on + timedelta(days=days), self.month) >= 1

    def _needed_n(self) -> Any:
        minimum = self.measure.minimum_n
        if minimum is None or self.sums is None:
            return None
        return minimum.value * self.sums.rows if minimum.per == "row" else minimum.value

    def _too_few(self) -> bool:
        assert self.sums is not None
        needed = self._needed_n()
        if needed is not None and self.sums.count(self.measure) < needed:
            return True
        return self.measure.minimum_months is not None and self.sums.months < self.measure.minimum_months

    # The figure ---------------------------------------------------------------------------------------------------

    def _limits(self) -> tuple[Limits, Limits] | None:
        measure = self.measure
        limits = self.series.plan.limits
        if limits is None or measure.kind != "sum" or not measure.is_target or self.sums is None:
            return limits
        met, near = limits
        factors, months = self.sums.factors, measure.window.months

        def scaled(limit: Decimal | None) -> Decimal | None:
            return None if limit is None else divide(limit * factors, months, measure.decimals)

        return (scaled(met[0]), scaled(met[1])), (scaled(near[0]), scaled(near[1]))

    def _with_value(self, state: State | None, in_ramp: bool) -> Figure:
        measure, sums = self.measure, self.sums
        assert sums is not None
        limits = self._limits()
        interval = None
        if measure.confident and sums.raw:
            interval = wilson_percent(int(sums.numerator), int(sums.raw), measure.decimals)
        value: Decimal | date | None = self._value(sums)
        if measure.kind == "check":
            if state is None:
                state = State.MET if sums.numerator == sums.raw else State.MISSED
            if measure.date is not None:
                value = sums.latest
        elif state is None and limits is not None:
            assert isinstance(value, Decimal)
            state = verdict(value, *limits, interval)
        status = state if measure.judged or state is State.TOO_FEW else None
        quotient = measure.kind in {"proportion", "ratio", "check"}
        return Figure(
            line=self.series.line,
            status=status,
            reason=None,
            value=value,
            numerator=sums.numerator,
            denominator=sums.scaled if quotient else (sums.rows if measure.kind == "mean" else None),
            denominator_raw=sums.raw if quotient else (sums.rows if measure.kind == "mean" else None),
            n=sums.count(measure),
            n_needed=self._needed_n(),
            window_start=self.window_start,
            round_month=self.round_month,
            limits=limits,
            interval=interval,
            signal=self._signal(),
            flags=self._flags(value),
            months=self._months(in_ramp),
            sources=self._sources(),
        )

    def _value(self, sums: Sums) -> Decimal | None:
        """The value as displayed; that of a single month is known already."""
        entry = self.series.entries[self.start]
        return entry.own_value if sums is entry.counted else sums.value(self.measure)

    def _without_value(self, state: State) -> Figure:
        return Figure(
            line=self.series.line,
            status=state,
            reason=self.reason if state is State.NOT_APPLICABLE else None,
            value=None,
            numerator=None,
            denominator=None,
            denominator_raw=None,
            n=None,
            n_needed=None,
            window_start=self.window_start,
            round_month=self.round_month,
            limits=None if self.measure.kind == "sum" else self._limits(),
            interval=None,
            signal=None,
            flags=(),
            months=self._months(False),
            sources=self._sources(),
        )

    def _signal(self) -> Signal | None:
        if not self.series.plan.signalled:
            return None
        points, places = self.series.points
        place = places.get(self.month)
        return None if place is None else points.signal(place)

    def _flags(self, value: Decimal | date | None) -> tuple[str, ...]:
        flags = []
        flag = self.measure.flag
        if flag is not None and isinstance(value, Decimal):
            above = flag.above is not None and value > flag.above
            below = flag.below is not None and value < flag.below
            if above or below:
                flags.append("flag")
        if self.measure.cadence == "monthly" and self.series.gaps.any(self.start, self.end):
            flags.append("incomplete")
        if self.series.not_agreed.any(self.start, self.end):
            flags.append("not_agreed")
        return tuple(flags)

    def _months(self, in_ramp: bool) -> tuple[MonthPart, ...]:
        if not in_ramp:
            return self.series.parts[self.start : self.end]
        entries = self.series.entries[self.start : self.end]
        return tuple([entry.new_month_part(self.measure, in_ramp=True) for entry in entries])

    def _sources(self) -> tuple[SourceLines, ...]:
        return self.series.sources.between(self.start, self.end)
