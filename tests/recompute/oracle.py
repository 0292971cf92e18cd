"""Every figure and state of a `scorecards/` folder, after `plugins/docs/scores.md`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

from .arithmetic import Signal, rounded, shown, signal, wilson
from .dates import Month, first_day, label, month_of
from .inputs import read
from .measure import ASSIGNMENTS, Limit, Measure
from .parts import DATA, MISSING, NOT_AGREED, Part, Total, add
from .people import people
from .series import Series
from .standards import MAIN, SECOND, STANDARDS

AS_OF = date(2026, 11, 10)

WITHOUT_VALUE = ("held", "exempt", "not_applicable", "not_collected", "no_data")
VERDICTS = ("missed", "near", "not_certain", "met")
OTHERS = (*WITHOUT_VALUE, "not_due", "ramp", "too_few")
SILENT = ("not_due", "ramp", *VERDICTS)
"""Guards and infos keep quiet about these."""


@dataclass(frozen=True)
class MonthPart:
    """A month of the window: what counts of it; if nothing does, what there is."""

    counts: bool
    numerator: Fraction | None
    denominator: Fraction | None
    """Unscaled."""
    scaled: Fraction | None
    """With ramp and availability, of what counts."""
    factor: Fraction | None
    """The ramp's, of these lines, 1 where it does not score; None if theirs differ."""
    availability: Fraction


@dataclass(frozen=True)
class Result:
    """A measure of a person in a month."""

    status: str | None
    reason: str | None = None
    window_start: str | None = None
    value: str | None = None
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    denominator_raw: Fraction | None = None
    n: Fraction | None = None
    interval: tuple[Fraction, Fraction] | None = None
    signal: Signal | None = None
    deciding_line: str | None = None
    lines: Mapping[str, Result] = field(default_factory=dict)
    months: Mapping[str, MonthPart] = field(default_factory=dict)
    round: str | None = None
    flags: tuple[str, ...] = ()


Scorecard = dict[str, dict[str, Result]]
"""By standard and measure."""


def roster(scorecards_dir: Path) -> dict[tuple[str, str], tuple[str, str]]:
    """Name and team of everyone with a scorecard, by rep and month."""
    inputs = read(scorecards_dir)
    return {
        (person.rep, label(m)): (stint.cells["name"], stint.cells["team"])
        for person in people(inputs).values()
        for m in inputs.months
        if (stint := person.stint(m))
    }


def recompute(scorecards_dir: Path, as_of: date = AS_OF) -> dict[tuple[str, str], Scorecard]:
    """All scorecards, by rep and month."""
    inputs = read(scorecards_dir)
    ended = [m for m in inputs.months if m < month_of(as_of)]
    found: dict[tuple[str, str], Scorecard] = {}
    for person in people(inputs).values():
        rows = [Series(inputs, person, standard, one) for standard, measures in STANDARDS.items() for one in measures]
        for m in ended:
            if person.stint(m):
                card = found.setdefault((person.rep, label(m)), {standard: {} for standard in STANDARDS})
                for series in rows:
                    if series.measure.run_start(m) is not None:
                        card[series.standard][series.measure.id] = _result(series, m)
    return found


def _result(series: Series, m: Month) -> Result:
    case, measure = Case(series, m), series.measure
    if not measure.lines:
        return case.judge(None)
    lines = {line: case.judge(line) for line in series.person.assigned(m)}
    if measure.lines == "total" or not lines:
        return replace(case.judge(None), lines=lines)
    deciding = min(lines, key=lambda line: _severity(measure, m, lines[line]))
    return replace(lines[deciding], lines=lines, deciding_line=deciding)


def _severity(measure: Measure, m: Month, result: Result) -> tuple[int, Fraction]:
    """Worst first; among equals the largest relative gap to the limit of met. What has no verdict comes last."""
    order = (*VERDICTS, *OTHERS)
    limits = measure.limits_in(m)
    assert limits is not None and not isinstance(limits[0], tuple) and measure.better == "higher"
    met = Fraction(limits[0])
    gap = (met - Fraction(result.value)) / met if result.value is not None else Fraction()
    return order.index(result.status or ""), -gap


class Case:
    """One measure of one person, judged in one month."""

    def __init__(self, series: Series, judged: Month) -> None:
        self.series, self.judged = series, judged
        self.measure, self.person, self.standard = series.measure, series.person, series.standard
        newest = self._round()
        self.round = None if newest is None else label(newest)
        self.month = judged if newest is None else newest
        start = {"month": self.month, "year": self.month // 12 * 12}.get(
            self.measure.window, self.month - self.measure.span + 1
        )
        self.window = self._months(start) if newest is not None or not self.measure.round_months else []

    def _round(self) -> Month | None:
        """The newest round with data that is still shown, for a measure with rounds."""
        measure, m = self.measure, self.judged
        rounds = range(m, m - measure.valid_months, -1) if measure.round_months else ()
        for r in rounds:
            ends_round = (r + 1) % measure.round_months == 0
            there = ends_round and self.person.stint(r)
            if there and (self.series.part(r, None).state == DATA or self.series.is_held(r)):
                return r
        return None

    def _months(self, start: Month) -> list[Month]:
        """From a month on, within the measure's run, those in which she has a scorecard."""
        run = self.measure.run_start(self.judged)
        assert run is not None
        return [m for m in range(max(start, run), self.month + 1) if self.person.stint(m)]

    def judge(self, line: str | None) -> Result:
        """The figure and state of the month, of one line or of the whole."""
        measure = self.measure
        here = self.series.units(self.judged, line)
        in_ramp = bool(here) and all(self.series.factor(self.judged, unit) is None for unit in here)
        used = [
            (k, unit)
            for k in self.window
            for unit in self.series.units(k, line)
            if (self.series.part(k, unit).state == DATA if in_ramp else self.series.counts(k, unit))
        ]
        parts = {key: self.series.part(*key) for key in used}
        if in_ramp:
            parts = {key: replace(one, factor=Fraction(1), availability=Fraction(1)) for key, one in parts.items()}
        total = add(parts.values())
        status, reason = self._before_value(line, total if used else None)
        if status is not None:
            parts = {key: self.series.part(*key) for key in parts if self.series.counts(*key)}
        bare = Result(
            status,
            reason,
            window_start=label(self.window[0]) if self.window else None,
            months={label(k): self._month_part(k, line, parts) for k in self.window},
            round=self.round,
        )
        if status is not None:
            return bare
        n = Fraction(len(total.distinct)) if measure.distinct else total.count
        value, interval = self._value(total), self._interval(total)
        status = self._shown_only(in_ramp, total, n, len({k for k, _ in used})) or self._verdict(value, interval)
        return replace(
            bare,
            status=None if measure.role not in {MAIN, SECOND} and status in SILENT else status,
            value=self._shown(value, total),
            numerator=total.numerator,
            denominator=None if measure.kind == "sum" else total.denominator,
            denominator_raw=None if measure.kind == "sum" else total.raw,
            n=n,
            interval=interval,
            signal=self._signal(line),
            flags=tuple(self._flags(line, value)),
        )

    def _flags(self, line: str | None, value: Fraction | None) -> Iterator[str]:
        """The marks beside a value."""
        measure, source = self.measure, self.series.source
        if measure.flag_above is not None and value is not None and value > measure.flag_above:
            yield "flag"
        months = [m for m in self.window if not self.person.is_exempt(self.standard, m)]
        due = [m for m in months if source is not None and not source.events and source.is_due(m)]
        if any(self.series.has_gap(m, line) for m in due) or any(map(self.series.lacks_file, months)):
            yield "incomplete"
        if any(self.series.part(m, unit).state == NOT_AGREED for m in months for unit in self.series.units(m, line)):
            yield "not_agreed"

    def _month_part(self, m: Month, line: str | None, used: Mapping[tuple[Month, str | None], Part]) -> MonthPart:
        counted = [one for (k, _), one in used.items() if k == m]
        parts = counted or [self.series.part(m, unit) for unit in self.series.units(m, line)]
        total = add(parts)
        has_data = total.rows > 0
        has_denominator = has_data and self.measure.kind != "sum"
        factors = {one.factor for one in parts} or {Fraction(1)}
        return MonthPart(
            counts=bool(counted),
            numerator=total.numerator if has_data else None,
            denominator=total.raw if has_denominator else None,
            scaled=(total.denominator if counted else total.raw) if has_denominator else None,
            factor=factors.pop() if len(factors) == 1 else None,
            availability=parts[0].availability if parts else Fraction(1),
        )

    def _before_value(self, line: str | None, total: Total | None) -> tuple[str | None, str | None]:
        """The states without a value, in their order, and why it does not apply. Total None: nothing counts."""
        measure, m = self.measure, self.month
        if any(map(self.series.is_held, {self.judged, *self.window})):
            return "held", None
        if self.person.is_exempt(self.standard, self.judged):
            return "exempt", None
        with_lines = measure.source == ASSIGNMENTS or (self.series.source is not None and self.series.source.by_line)
        if with_lines and not self.person.assigned(m):
            return "not_applicable", "no_lines"
        states = {self.series.part(m, unit).state for unit in self.series.units(m, line)}
        state = next((one for one in (DATA, NOT_AGREED) if one in states), MISSING)
        if state == NOT_AGREED:
            return "not_applicable", "no_target"
        if not self.series.is_collected:
            return "not_collected", None
        if total is None or (state == MISSING and self._is_missed(line)):
            return "no_data", None
        if measure.kind == "quotient" and total.denominator == 0:
            return ("not_applicable", "denominator_zero") if state == DATA else ("no_data", None)
        return None, None

    def _is_missed(self, line: str | None) -> bool:
        """Whether a month without rows is one without data: what happens only now and then looks at the window."""
        source, m = self.series.source, self.month
        if source is not None and (source.events or not source.is_due(m)):
            window = [(k, unit) for k in self.window for unit in self.series.units(k, line)]
            return all(self.series.part(*key).state == MISSING for key in window)
        return True

    def _value(self, total: Total) -> Fraction | None:
        measure = self.measure
        if measure.kind == "sum":
            return rounded(total.numerator, measure.decimals)
        if measure.kind == "mean":
            return rounded(sum(total.means, Fraction()) / len(total.means), measure.decimals) if total.means else None
        if measure.kind == "check" or not total.denominator:
            return None
        return rounded(total.numerator / total.denominator * measure.factor, measure.decimals)

    def _shown(self, value: Fraction | None, total: Total) -> str | None:
        if self.measure.kind == "check":
            return max(total.dates).isoformat() if total.dates else None
        return None if value is None else shown(value, self.measure.decimals)

    def _interval(self, total: Total) -> tuple[Fraction, Fraction] | None:
        if not self.measure.confident:
            return None
        return wilson(total.numerator, total.denominator, self.measure.decimals)

    def _shown_only(self, in_ramp: bool, total: Total, n: Fraction, months: int) -> str | None:
        """The states that show the value without judging it."""
        measure = self.measure
        if measure.due_after_days:
            day = self.person.started_on(self.judged) + timedelta(days=measure.due_after_days)
            if first_day(self.judged) <= day:
                return "not_due"
        if in_ramp:
            return "ramp"
        needed = measure.minimum_n * (total.rows if measure.per_row else 1)
        return "too_few" if n < needed or months < measure.minimum_months else None

    def _verdict(self, value: Fraction | None, interval: tuple[Fraction, Fraction] | None) -> str | None:
        measure, limits = self.measure, self.measure.limits_in(self.judged)
        if measure.role not in {MAIN, SECOND}:
            return None
        assert limits is not None and value is not None
        met, near = limits
        if _reaches(measure, value, met):
            return "met"
        is_near = _reaches(measure, value, near)
        if interval is not None and any(_reaches(measure, bound, met if is_near else near) for bound in interval):
            return "not_certain"
        return "near" if is_near else "missed"

    def _signal(self, line: str | None) -> Signal | None:
        """What the month's own value says against those before it."""
        measure = self.measure
        if not measure.flow:
            return None
        series: list[Fraction] = []
        own = False
        for k in self._months(0):
            total = add(self.series.part(k, unit) for unit in self.series.units(k, line) if self.series.counts(k, unit))
            value = self._value(total) if total.rows else None
            own = value is not None
            if value is not None:
                series.append(value)
        return signal(series) if own else None


def _reaches(measure: Measure, value: Fraction, limit: Limit) -> bool:
    if isinstance(limit, tuple):
        return limit[0] <= value <= limit[1]
    return value >= Fraction(limit) if measure.better == "higher" else value <= Fraction(limit)
