from __future__ import annotations

import pytest

from standardwerk.model.expressions import Type
from standardwerk.model.sources import assignments_source
from tests.factory import DIALECT, month, source


@pytest.mark.parametrize(
    ("cadence", "months"), [("monthly", list(range(1, 13))), ("quarterly", [3, 6, 9, 12]), ("yearly", [12])]
)
def test_when_a_file_is_due(cadence, months):
    found = source(cadence=cadence)
    assert [number for number in range(1, 13) if found.due_in(month(f"2026-{number:02}"))] == months


def test_columns_and_their_types():
    found = source(
        columns={"a": {"accumulate": "last"}, "d": {"type": "date"}, "f": {"type": "boolean"}}, keys=("product_line",)
    )
    assert found.columns == ("rep", "product_line", "a", "d", "f")
    assert (found.position("d"), found.has_lines, source().has_lines) == (3, True, False)
    assert [found.type_of(name) for name in ("rep", "a", "d", "f")] == [Type.TEXT, Type.NUMBER, Type.DATE, Type.BOOLEAN]
    assert (found.accumulates("a"), found.accumulates("rep")) == ("last", "sum")


def test_the_source_of_assigned_lines():
    found = assignments_source(DIALECT)
    assert (found.columns, found.has_lines) == (("rep", "product_line", "credit_share"), True)
    assert found.type_of("credit_share") is Type.NUMBER
