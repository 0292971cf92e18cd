from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from standardwerk.model.access import Access
from standardwerk.model.fields import Date, Integer, Number, is_id
from tests.factory import quick


@pytest.mark.parametrize("text", ["a", "0", "pipeline-coverage", "a--b", "a" * 60, "com10", "console", "2026-1"])
def test_ids(text):
    assert is_id(text)


@pytest.mark.parametrize(
    "text",
    ["", "-a", "A", "a_b", "ä", "a b", "a.b", "a/b", "a\n", "a" * 61, "con", "nul", "aux", "prn", "com1", "lpt9"],
)
def test_no_ids(text):
    assert not is_id(text)


@quick
@given(st.decimals(-(10**14), 10**14, places=6))
def test_numbers_are_exact(value):
    assert TypeAdapter(Number).validate_python(format(value, "f")) == value


@quick
@given(st.dates(), st.integers(-(10**14), 10**14))
def test_dates_and_whole_numbers_as_written(day, number):
    assert TypeAdapter(Date).validate_python(day.isoformat()) == day
    assert TypeAdapter(Integer).validate_python(str(number)) == number


@pytest.mark.parametrize("value", [True, 1.5, "1e5", "1_000", " 1", "1.", "+1", "1,5", "", None, "1" * 16])
def test_no_numbers(value):
    for kind in (Number, Integer):
        with pytest.raises(ValidationError):
            TypeAdapter(kind).validate_python(value)


def test_forms_are_frozen_and_closed():
    access = Access.model_validate({"groups": ()})
    assert access.default == "own-and-lead"
    with pytest.raises(ValidationError):
        access.default = "own"  # type: ignore[misc]
    with pytest.raises(ValidationError):
        Access.model_validate({"may": "all"})
    with pytest.raises(ValidationError):
        Access.model_validate({"default": "everybody"})
