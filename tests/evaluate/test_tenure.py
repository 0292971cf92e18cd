from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standardwerk.evaluate.tenure import Tenure, tenure_month
from standardwerk.model.handbook import MethodForm
from tests.factory import X, assignment, month, person, quick, rep

RAMP = (
    {"from_month": "1", "scored": "false"},
    {"from_month": "3", "factor": "0.5"},
    {"from_month": "6", "factor": "1"},
)
METHOD = MethodForm.model_validate({"reason": X, "ramp": RAMP})
SOME = st.dates(date(2020, 1, 1), date(2027, 12, 31))


@quick
@given(SOME, st.integers(0, 900))
def test_tenure_counts_first_days_since_the_start(start, later):
    day = start + timedelta(days=later)
    passed, one = 0, start
    while (one.year, one.month) <= (day.year, day.month):
        passed += one.day == 1
        one += timedelta(days=1)
    assert tenure_month(start, month(f"{day:%Y-%m}")) == passed


@pytest.mark.parametrize(
    ("start", "at", "expected"),
    [
        (date(2026, 3, 1), "2026-03", 1),
        (date(2026, 3, 2), "2026-03", 0),
        (date(2026, 3, 31), "2026-04", 1),
        (date(2026, 3, 1), "2026-02", 0),
        (date(2026, 3, 2), "2027-03", 12),
    ],
)
def test_by_hand(start, at, expected):
    assert tenure_month(start, month(at)) == expected


def weights(who, *texts: str, line: str | None = None, ramped: bool = True) -> list[tuple[bool, str]]:
    tenure = Tenure(who)
    found = [tenure.weight(month(text), line, METHOD, ramped, "std") for text in texts]
    return [(one.scored, str(one.ramp_factor)) for one in found]


def test_the_ramp_step_by_step():
    hired = person(rep(start=date(2026, 1, 15)))
    assert weights(hired, "2026-01", "2026-02", "2026-03", "2026-04", "2026-06", "2026-07") == [
        (False, "1"),
        (False, "1"),
        (False, "1"),
        (True, "0.5"),
        (True, "0.5"),
        (True, "1"),
    ]
    # ramp: false counts from the first full month on, at full weight.
    assert weights(hired, "2026-01", "2026-02", ramped=False) == [(False, "1"), (True, "1")]


def test_a_new_line_restarts_only_its_own_ramp():
    who = person(lines=[assignment("one"), assignment("two", ramp_from=date(2026, 2, 1))])
    assert weights(who, "2026-02", line="one") == [(True, "1")]
    assert weights(who, "2026-01", "2026-02", "2026-04", line="two") == [(True, "1"), (False, "1"), (True, "0.5")]
    assert weights(who, "2026-02") == [(True, "1")]


def test_new_lines_altogether_restart_the_whole_ramp():
    begun = date(2026, 2, 10)
    who = person(lines=[assignment("one", ramp_from=begun), assignment("two", ramp_from=begun)])
    assert weights(who, "2026-02", "2026-03", "2026-05") == [(False, "1"), (False, "1"), (True, "0.5")]


def test_of_several_rows_of_a_line_the_earliest_start_counts():
    who = person(lines=[assignment("one", ramp_from=date(2026, 2, 1)), assignment("one", ramp_from=date(2025, 12, 1))])
    assert weights(who, "2026-02", line="one") == [(True, "0.5")]


def test_without_assignments_the_entry_counts():
    assert weights(person(rep(start=date(2026, 1, 1))), "2026-01", "2026-03", line="one") == [
        (False, "1"),
        (True, "0.5"),
    ]


def test_availability_and_exemptions():
    who = person(
        rep(end=date(2026, 5, 10)),
        availability={"2026-01": "0.6", "2026-02": "0"},
        exemptions=[("std", date(2026, 3, 31), date(2026, 4, 29)), ("std", date(2026, 5, 1), date(2026, 5, 10))],
    )
    tenure = Tenure(who)
    found = {text: tenure.weight(month(text), None, METHOD, True, "std") for text in ("2026-01", "2026-02", "2026-03")}
    assert found["2026-01"].factor == Decimal("0.6")
    assert [one.exempt for one in found.values()] == [False, True, True]
    # April's last day is not covered; of May, the leaver's own last day is.
    assert not tenure.weight(month("2026-04"), None, METHOD, True, "std").exempt
    assert tenure.weight(month("2026-05"), None, METHOD, True, "std").exempt
    assert not tenure.weight(month("2026-03"), None, METHOD, True, "another").exempt
