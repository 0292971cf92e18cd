from __future__ import annotations

import decimal
from dataclasses import replace
from datetime import date

from standardwerk.evaluate.exact import exact_context
from standardwerk.model.handbook import Example
from standardwerk.model.scores import State
from standardwerk.site.example import evaluate_example
from tests.factory import World, measure, month, source

FIELDS = {"standard": "std", "month": "2026-03", "started_on": "2020-01-01"}
LINES = ({"product_line": "one", "credit_share": "0.5"},)


def example(made, rows, columns=None, **fields):
    world = World(made, sources=[source(columns=columns, keys=("product_line",))], absent={"s": ["2026-03"]})
    method = world.scoring.handbook.methods[0]
    rules = method.rules.model_copy(update={"example": Example.model_validate(FIELDS | {"rows": rows} | fields)})
    with decimal.localcontext(exact_context()):
        return evaluate_example(world.scoring, replace(method, rules=rules))


def test_the_example_is_computed_by_the_engine():
    its = ({"product_line": "one", "a": "45.5", "b": "50"}, {"product_line": "two", "a": "9", "b": "50"})
    score, at = example(measure(), {"s": its, "assignments": LINES})
    assert (at, score.status) == (month("2026-03"), State.MISSED)
    figure = score.main.figure
    # 54.5 of 100 is 54 half to even.
    assert (str(figure.value), figure.numerator, figure.sources) == ("54", decimal.Decimal("54.5"), ())


def test_cells_have_the_types_of_their_columns():
    columns = {"a": {"type": "integer"}, "b": {"required": "false"}, "d": {"type": "date"}}
    made = measure(kind="check", condition="a == 3 and not has(b)", date="d", unit="date")
    score, _ = example(
        made, {"s": ({"product_line": "one", "a": "3", "d": "2026-03-02"},), "assignments": LINES}, columns
    )
    assert (score.status, score.main.figure.value) == (State.MET, date(2026, 3, 2))


def test_an_example_that_leads_nowhere_is_none():
    assert example(measure(), {}, standard="other") is None
    assert example(measure(), {}, month="2019-12") is None
    world = World(measure())
    assert evaluate_example(world.scoring, world.scoring.handbook.methods[0]) is None
