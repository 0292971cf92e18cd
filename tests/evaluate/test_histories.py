"""Windows over random editions and rosters: entry, leave, transfer, ramp-up, absence; against a naive model.

The model knows days and fractions only. It goes through the months one by one and asks of each whether it counts.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import event, example, given
from hypothesis import strategies as st

from standardwerk.evaluate.people import PlanBook, evaluate_person
from standardwerk.load.handbook import _with_runs
from standardwerk.model.handbook import Handbook, Method, MethodForm
from standardwerk.model.months import Month
from standardwerk.model.roster import Assignment, Exemption, Person, Rep
from tests.evaluate.test_runs import FORMULAS, MEANINGS, Change, run_start
from tests.factory import X, edition, measure, names, revision, rows_in, scoring, source, standard, thorough

MONTHS = 10
LINES = ("one", "two")
WINDOWS = ("month", "rolling 3", "rolling 12", "rolling 12", "year-to-date", "year-to-date")
ROLES = ("rep", "rep", "rep", "lead", "away")
RAMPS = (
    (),
    ((1, False, 1), (3, True, Fraction(1, 2)), (5, True, 1)),
    ((1, True, Fraction(1, 4)), (2, True, 1)),
)
"""Steps of a ramp-up: from which month, whether scored, the factor."""


def first_day(at: int) -> date:
    """The first of a month, counted from January 2026."""
    return date(2026 + at // 12, at % 12 + 1, 1)


def last_day(at: int) -> date:
    day = first_day(at)
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def place_of(day: date) -> int:
    return (day.year - 2026) * 12 + day.month - 1


@dataclass(frozen=True)
class Time:
    """A row of the roster: from a day to a day, both included."""

    valid_from: date
    valid_to: date | None
    what: str
    """A role, or a product line."""
    ramp_from: date | None = None

    def covers(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def of_month(rows: list[Time], at: int) -> list[Time]:
    """What covers the last day of a month; if nothing does, what ended last within it."""
    day = last_day(at)
    while day >= first_day(at):
        found = [one for one in rows if one.covers(day) and (day == last_day(at) or one.valid_to == day)]
        if found:
            return found
        day -= timedelta(days=1)
    return []


@dataclass(frozen=True)
class History:
    """A standard's revisions, and a person's time under them."""

    changes: list[Change]
    limits: list[int]
    """By revision: the limit of *met*."""
    methods: list[tuple[int, Any]]
    """From which month, and its ramp-up."""
    editions: list[int]
    window: str
    by: str
    """``none``, ``worst`` or ``total``."""
    started_on: date
    roles: list[Time]
    lines: list[Time]
    absence: dict[int, Fraction]
    exemption: tuple[date, date] | None
    missing: set[tuple[int, str]]

    # What holds in a month --------------------------------------------------------------------------------------------

    def role(self, at: int) -> str | None:
        found = of_month(self.roles, at)
        return found[-1].what if found else None

    def assigned(self, at: int) -> list[str]:
        return sorted({one.what for one in of_month(self.lines, at)})

    def ramp(self, at: int, line: str, judged: int) -> tuple[bool, Fraction]:
        """Whether a month is scored, and the factor, by the method of the judged month."""
        steps = [ramp for begin, ramp in self.methods if begin <= judged][-1]
        tenures = []
        for one in of_month(self.lines, at):
            if line in ("", one.what):
                begun = one.ramp_from is not None and one.ramp_from <= last_day(at)
                tenures.append(self.tenure((begun and one.ramp_from) or self.started_on, at))
        tenure = max(tenures, default=self.tenure(self.started_on, at))
        if tenure < 1:
            return False, Fraction(1)
        applying = [step for step in steps if step[0] <= tenure]
        return (applying[-1][1], Fraction(applying[-1][2])) if applying else (True, Fraction(1))

    @staticmethod
    def tenure(start: date, at: int) -> int:
        """The first days of a month since the start, this month's included."""
        return sum(1 for number in range(at - 40, at + 1) if start <= first_day(number))

    def exempt(self, at: int) -> bool:
        day = max(min(last_day(at), one.valid_to or last_day(at)) for one in of_month(self.roles, at))
        exempted = self.exemption is not None and self.exemption[0] <= day <= self.exemption[1]
        return exempted or self.absence.get(at) == 0

    def rows(self, at: int) -> list[str]:
        """The product lines that have a row ("" is that of a source without lines)."""
        found = self.assigned(at) if self.by != "none" else [""]
        return [line for line in found if (at, line) not in self.missing]

    # A figure ---------------------------------------------------------------------------------------------------------

    def months(self) -> list[int]:
        return [at for at in range(MONTHS) if self.role(at) == "rep"]

    def change(self, at: int) -> Change:
        return [one for one in self.changes if one.at <= at][-1]

    def limit(self, at: int) -> int:
        return self.limits[self.changes.index(self.change(at))]

    def window_of(self, at: int) -> list[int]:
        first = {"month": at, "rolling 3": at - 2, "rolling 12": at - 11, "year-to-date": at - at % 12}[self.window]
        return [one for one in self.months() if max(first, run_start(self.changes, at)) <= one <= at]

    def figure(self, at: int, line: str | None) -> dict[str, Any]:
        """Of a line, or (None) of all lines together."""
        window = self.window_of(at)
        in_ramp = not self.ramp(at, line or "", at)[0]
        counting = {}
        for one in window:
            for name in self.rows(one):
                if line not in (None, name):
                    continue
                scored, factor = self.ramp(one, name, at)
                if in_ramp:
                    counting[one, name] = Fraction(1)
                elif scored and not self.exempt(one):
                    counting[one, name] = factor * self.absence.get(one, Fraction(1))
        top = sum(amount(one, name, self.change(at)) for one, name in counting)
        bottom = sum((10 * share for share in counting.values()), Fraction(0))
        has_row = any(line in (None, name) for name in self.rows(at))
        state = self.state(at, in_ramp, has_row and bool(counting), top, bottom)
        valued = state in {"ramp", "met", "near", "missed"}
        return {
            "status": state,
            "window_start": window[0] if window else None,
            "numerator": top if valued else None,
            "denominator": bottom if valued else None,
        }

    def state(self, at: int, in_ramp: bool, has_data: bool, top: int, bottom: Fraction) -> str:
        if self.exempt(at):
            return "exempt"
        if self.by != "none" and not self.assigned(at):
            return "not_applicable"
        if not has_data:
            return "no_data"
        if in_ramp:
            return "ramp"
        value = round(top / bottom)
        return "met" if value >= self.limit(at) else "near" if value >= self.limit(at) // 2 else "missed"

    def main_figure(self, at: int) -> dict[str, Any]:
        lines = self.assigned(at)
        if self.by != "worst" or not lines:
            return self.figure(at, None if self.by != "none" else "")
        order = ["missed", "near", "met", "exempt", "not_applicable", "no_data", "ramp"]
        limit = self.limit(at)

        def rank(line: str) -> tuple[int, float]:
            found = self.figure(at, line)
            value = round(found["numerator"] / found["denominator"]) if found["denominator"] else limit
            return order.index(found["status"]), value if found["status"] in order[:3] else 0

        return self.figure(at, min(lines, key=rank))


SPELLINGS = tuple(text.replace("0", "1") for text in FORMULAS)


def amount(at: int, line: str, change: Change) -> int:
    """What a row counts: a power of two, so that a sum says which rows are in it; by the formula of the revision."""
    return power(at, line) + MEANINGS[change.formula]


def power(at: int, line: str) -> int:
    return int(2 ** (2 * at + LINES.index(line or "one")))


def around(days: Iterable[date]) -> st.SearchStrategy[date]:
    """Days, those before and those after them: what holds "until" a day is told apart there."""
    return st.sampled_from(sorted({day + timedelta(days=by) for day in days for by in (-1, 0, 1)}))


@st.composite
def times(draw: Any, start: date) -> list[Time]:
    """A person's roles from her first day on, each from the first of a month, until she leaves."""
    turns = sorted(draw(st.sets(st.integers(place_of(start) + 1, MONTHS - 1), max_size=3)))
    begins = [start, *(first_day(at) for at in turns)]
    end = draw(st.none() | st.dates(begins[-1], last_day(MONTHS - 1)))
    ends = [*(begin - timedelta(days=1) for begin in begins[1:]), end]
    roles = ["rep", *(draw(st.sampled_from(ROLES)) for _ in turns)]
    found = [Time(begin, to, role) for begin, to, role in zip(begins, ends, roles, strict=True)]
    return [one for one in found if one.what != "away"]


@st.composite
def assignments(draw: Any, start: date, left: date | None) -> list[Time]:
    """Product lines with territories that come and go (or go with her), some with a ramp-up of their own."""
    found = []
    for line in LINES:
        for _ in range(draw(st.sampled_from([0, 1, 1, 2]))):
            begin = draw(st.just(start) | st.sampled_from([first_day(at) for at in range(MONTHS)]))
            ends = [st.none(), st.dates(begin, begin + timedelta(days=300))]
            if left is not None and left > begin:
                ends += [st.just(left), around([left, max(begin, left - timedelta(days=5))])]
            end = draw(st.one_of(ends))
            ramp = draw(st.none() | st.just(begin) | st.dates(begin, begin + timedelta(days=70)))
            found.append(Time(begin, end, line, ramp))
    return found


def exemptions(roles: list[Time]) -> st.SearchStrategy[tuple[date, date] | None]:
    """From a day to a day that decide about a month: its last one, or that on which she leaves."""
    months = [last_day(at) for at in range(MONTHS)]
    left = [one.valid_to for one in roles[-1:] if one.valid_to is not None]
    day = around(months) | around(left or months)
    return st.none() | st.tuples(day, day).map(lambda days: (min(days), max(days)))


CHANGES = st.lists(
    st.builds(
        Change,
        st.integers(0, MONTHS - 1),
        st.sampled_from(["carry", "carry", "restart", None, None]),
        st.integers(0, 3),
        st.sampled_from(["7", "7", "14"]),
        st.just(True),
        st.sampled_from([False, False, False, False, True]),
    ),
    min_size=1,
    max_size=5,
    unique_by=lambda change: change.at,
).map(lambda its: sorted(its, key=lambda change: change.at))


@st.composite
def histories(draw: Any) -> History:
    found = [Change(-1, None, 0, "7", True, False), *draw(CHANGES)]
    start = draw(st.just(date(2020, 1, 1)) | st.dates(date(2025, 10, 1), date(2026, 6, 30)))
    month = st.integers(0, MONTHS - 1)
    second = draw(st.none() | st.tuples(month, st.sampled_from(RAMPS)))
    roles = draw(times(max(start, date(2025, 10, 1))))
    return History(
        changes=found,
        limits=[draw(st.sampled_from([2, 10, 1000, 10**4])) for _ in found],
        methods=[(-1, draw(st.sampled_from(RAMPS))), *([second] if second else [])],
        editions=sorted({-1, *(one.at for one in found), *draw(st.sets(month, max_size=3))}),
        window=draw(st.sampled_from(WINDOWS)),
        by=draw(st.sampled_from(["none", "worst", "total"])),
        started_on=start,
        roles=roles,
        lines=draw(assignments(max(start, date(2025, 10, 1)), roles[-1].valid_to)),
        absence=draw(st.dictionaries(month, st.sampled_from([Fraction(0), Fraction(1, 2)]), max_size=2)),
        exemption=draw(exemptions(roles)),
        missing=draw(st.sets(st.tuples(month, st.sampled_from(["", *LINES])), max_size=3)),
    )


def evaluated(history: History) -> dict[int, Any]:
    """The same by the engine, by month."""
    form: dict[str, Any] = {"by": "product_line", "lines": history.by} if history.by != "none" else {}
    revisions = [
        revision(
            []
            if change.retired
            else [
                measure(
                    numerator=SPELLINGS[change.formula],
                    unit="number",
                    is_target="true",
                    window=history.window,
                    bands={"met": str(limit), "near": str(limit // 2)},
                    **form,
                )
            ],
            first_day(change.at),
            run_start={},
            on_change=change.on_change,
            export_rules={"days": change.rules},
            retired=str(change.retired).lower(),
        )
        for change, limit in zip(history.changes, history.limits, strict=True)
    ]
    methods = []
    for begin, steps in history.methods:
        ramp = [
            {"from_month": str(at), "scored": str(scored).lower(), "factor": str(float(factor))}
            for at, scored, factor in steps
        ]
        methods.append(Method(first_day(begin), MethodForm.model_validate({"reason": X, "ramp": ramp}), {}))
    book = Handbook(
        names(),
        tuple(edition(first_day(at), f"E{at}") for at in history.editions),
        (standard(_with_runs(revisions)),),
        tuple(methods),
    )
    of = source(keys=("product_line",)) if history.by != "none" else source()
    span = tuple(Month.of(first_day(at)) for at in range(MONTHS))
    who = Person(
        "ann",
        tuple(
            Rep("ann", "Ann", "", one.what, "t", history.started_on, one.valid_from, one.valid_to, 2)
            for one in history.roles
        ),
        tuple(
            Assignment("ann", str(index), one.what, Decimal(1), one.valid_from, one.valid_to, one.ramp_from, 2)
            for index, one in enumerate(history.lines)
        ),
        {Month.of(first_day(at)): Decimal(str(float(share))) for at, share in history.absence.items()},
        () if history.exemption is None else (Exemption("ann", "std", *history.exemption, "", 2),),
    )
    rows = {
        str(span[at]): [{"product_line": line, "a": power(at, line), "b": 10} for line in history.rows(at)]
        for at in range(MONTHS)
    }
    cards = evaluate_person(PlanBook(scoring(book, [of], span)), who, {"s": rows_in(rows, of)})
    return {place_of(card.month.first_day): card for card in cards}


def a_history(changes: Iterable[Change] = (), left: date | None = None, **given: Any) -> History:
    """A person who has been there for long, over the year to date; what is given is otherwise."""
    found = [Change(-1, None, 0, "7", True, False), *changes]
    long_ago = date(2020, 1, 1)
    usual: dict[str, Any] = {
        "changes": found,
        "limits": [10] * len(found),
        "methods": [(-1, ())],
        "editions": [one.at for one in found],
        "window": "year-to-date",
        "by": "none",
        "started_on": long_ago,
        "roles": [Time(long_ago, left, "rep")],
        "lines": [],
        "absence": {},
        "exemption": None,
        "missing": set(),
    }
    return History(**usual | given)


def revised(at: int, on_change: str | None, formula: int = 0, rules: str = "7", retired: bool = False) -> Change:
    return Change(at, on_change, formula, rules, True, retired)


LEFT, OUT = date(2026, 5, 12), timedelta(days=1)


# What chance brings seldom: one carried change after the other; back after being retired; a last day within a month.
@thorough
@given(histories())
@example(a_history([revised(2, "carry"), revised(4, "carry", 2), revised(6, "carry", 2, "14")]))
@example(a_history([revised(2, "carry", 2), revised(4, "restart"), revised(6, "carry")]))
@example(a_history([revised(2, None, retired=True), revised(4, "carry"), revised(6, None)]))
@example(a_history([revised(2, None), revised(4, None, 0, "14"), revised(6, None, 2, "14")]))
@example(a_history(methods=[(-1, RAMPS[2]), (3, RAMPS[1])], started_on=date(2026, 1, 1)))
@example(a_history(left=LEFT, exemption=(LEFT, LEFT)))
@example(a_history(left=LEFT, exemption=(LEFT - 5 * OUT, LEFT - OUT)))
@example(a_history(left=LEFT, exemption=(LEFT + OUT, last_day(4))))
@example(a_history(left=first_day(4), exemption=(first_day(4), first_day(4))))
@example(
    a_history(left=LEFT, by="total", lines=[Time(first_day(0), LEFT - OUT, "one"), Time(first_day(0), LEFT, "two")])
)
def test_figures_under_random_editions_and_rosters(history: History) -> None:
    cards = evaluated(history)
    assert list(cards) == history.months()
    for at, card in cards.items():
        assert card.edition == f"E{max(one for one in history.editions if one <= at)}"
        assert card.method_from == first_day([begin for begin, _ in history.methods if begin <= at][-1])
        if history.change(at).retired:
            assert card.standards == ()
            event("retired")
            continue
        (found,) = card.standards
        assert found.revision.effective_from == first_day(history.change(at).at)
        (score,) = found.measures
        check(score.figure, history.main_figure(at))
        assert [one.line for one in score.lines] == (history.assigned(at) if history.by != "none" else [])
        for one in score.lines:
            check(one, history.figure(at, one.line))
        event(score.figure.status.value)


def check(found: Any, expected: dict[str, Any]) -> None:
    start = None if found.window_start is None else place_of(found.window_start.first_day)
    assert {
        "status": found.status.value,
        "window_start": start,
        "numerator": found.numerator,
        "denominator": None if found.denominator is None else Fraction(found.denominator),
    } == expected
