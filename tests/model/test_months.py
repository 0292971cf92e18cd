from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standardwerk.model.months import Month, months_between
from tests.factory import quick

days = st.dates(date(1, 2, 1), date(9998, 12, 31))


@quick
@given(days)
def test_a_month_is_that_of_its_days(day):
    month = Month.of(day)
    assert str(month) == day.isoformat()[:7]
    assert Month.parse(str(month)) == month
    assert (month.year, month.number) == (day.year, day.month)
    assert month.first_day == day - timedelta(days=day.day - 1)
    assert month.last_day + timedelta(days=1) == month.plus(1).first_day


@quick
@given(days, st.integers(-5, 30))
def test_months_between(day, count):
    first = Month.of(day)
    if day.year > 9990:
        return
    found = months_between(first, first.plus(count))
    assert len(found) == max(count + 1, 0)
    assert all(isinstance(one, Month) for one in found)
    assert found == sorted(set(found))


@pytest.mark.parametrize("text", ["2026-13", "2026-00", "2026-1", "26-01", "2026-01-01", "", " 2026-01", "2026-01\n"])
def test_what_is_no_month(text):
    with pytest.raises(ValueError, match=r"^"):
        Month.parse(text)
