from __future__ import annotations

import decimal
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standardwerk.evaluate.compile import Compiler
from standardwerk.evaluate.exact import exact_context
from standardwerk.model.expressions import parse
from tests.factory import World, measure, month, person, source, thorough
from tests.trees import compute, number_trees, truth_trees, write

COLUMNS = ("a", "b", "d", "e", "t", "f")
PLACES = {("", name): (1, index) for index, name in enumerate(COLUMNS)} | {("other", "x"): (2, 0)}
MARCH = month("2026-03")

cells = st.fixed_dictionaries(
    {
        "a": st.none() | st.integers(-20, 20),
        "b": st.none() | st.decimals(-20, 20, places=2),
        "d": st.none() | st.dates(date(2026, 1, 1), date(2026, 3, 1)),
        "e": st.none() | st.dates(date(2026, 1, 1), date(2026, 3, 1)),
        "t": st.none() | st.sampled_from(["won", "lost"]),
        "f": st.none() | st.booleans(),
    }
)


def run(text: str, row: dict[str, object] | None = None, other: object = None, numbers: dict | None = None) -> object:
    function = Compiler(PLACES, numbers or {}).compile(parse(text))
    with decimal.localcontext(exact_context()):
        return function((MARCH, tuple((row or {}).get(name) for name in COLUMNS), other))


@thorough
@given(number_trees | truth_trees, cells, st.sampled_from([" ", "", "  "]))
def test_against_a_naive_evaluator(tree, row, space):
    expected = compute(tree, row, date(2026, 3, 1), date(2026, 3, 31))
    found = run(write(tree, space), row)
    assert found == expected
    assert (found is None) is (expected is None)


UNKNOWN = "f and f"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("f and 1 == 2", False),
        ("1 == 2 and f", False),
        ("f and 1 == 1", None),
        ("f or 1 == 1", True),
        ("1 == 1 or f", True),
        ("f or 1 == 2", None),
        ("not f", None),
        ("has(f)", False),
        ("if(f, 1, 2)", None),
        ("if(1 == 1, 1, a)", 1),
        ("if(1 == 2, 1, a)", None),
        ("a + 1", None),
        ("least(1, a)", None),
        ("days_between(d, e)", None),
        ("a == a", None),
        ("other.x", None),
        ("has(other.x)", False),
    ],
)
def test_empty_cells(text, value):
    assert run(text) is value


def test_joined_columns():
    assert run("other.x + a", {"a": 2}, (Decimal("0.5"),)) == Decimal("2.5")
    assert run("has(other.x)", other=(0,)) is True


def test_working_days():
    days = {(MARCH, 3): date(2026, 3, 4), (MARCH, -1): date(2026, 2, 26)}
    assert run("days_between(workday(-1), workday(3))", numbers=days) == 6


# missing: 0 is about rows, not about cells ----------------------------------------------------------------------------

OTHER = source("o", {"x": {}, "y": {"required": "false"}})


def value_of(own: list[dict], other: list[dict], **fields: object) -> tuple[object, object]:
    both = measure(numerator="o.x", denominator="b", **fields)
    found = World(both, sources=[source(), OTHER], who=person()).figure(
        "2026-01", s={"2026-01": own}, o={"2026-01": other}
    )
    return found.status.value, found.numerator


def test_a_missing_joined_row_is_zero_only_where_said():
    assert value_of([{"a": 1, "b": 10}], [], missing="0") == ("missed", 0)
    assert value_of([{"a": 1, "b": 10}], []) == ("no_data", None)


def test_an_empty_cell_of_a_joined_row_is_no_zero():
    assert value_of([{"b": 10}], [{"x": None}], missing="0") == ("no_data", None)


def test_an_expression_without_joined_columns_keeps_its_empty_cells():
    found = World(measure(missing="0", denominator="o.x"), sources=[source(), OTHER]).figure(
        "2026-01", s={"2026-01": [{"a": None, "b": 1}]}, o={"2026-01": []}
    )
    assert found.status.value == "no_data"
