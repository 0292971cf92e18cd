"""The worked example of the method page: rows of an invented person, computed by the engine of the scorecards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from standardwerk.evaluate.people import Evaluator, PlanBook
from standardwerk.model.handbook import Example, Method
from standardwerk.model.months import Month
from standardwerk.model.project import Row, Scoring
from standardwerk.model.roster import Assignment, Person, Rep
from standardwerk.model.scores import StandardScore
from standardwerk.model.sources import ASSIGNMENTS, Source

INVENTED = "example"


def evaluate_example(scoring: Scoring, method: Method) -> tuple[StandardScore, Month] | None:
    """The example's score; None if the method has none, or its standard is not in force in its month."""
    example = method.rules.example
    if example is None:
        return None
    role = next((role.id for role in scoring.handbook.names.roles if role.scorecard), None)
    edition = scoring.handbook.edition_at(example.month.first_day)
    if role is None or edition is None:
        return None
    person = _person(example, role)
    rows: dict[str, Mapping[Month, tuple[Row, ...]]] = {}
    present = dict(scoring.present)
    for name, given in example.rows.items():
        if name != ASSIGNMENTS and name in scoring.sources.sources:
            rows[name] = {example.month: tuple(_row(scoring.sources[name], one) for one in given)}
            present[name] = present.get(name, frozenset()) | {example.month}
    invented = replace(scoring, months=(example.month,), present=present)
    card = Evaluator(PlanBook(invented), person, rows).scorecard(example.month)
    score = next((one for one in card.standards if one.standard.id == example.standard), None)
    if score is None:
        return None
    shown = tuple(replace(found, figure=replace(found.figure, sources=())) for found in score.measures)
    return replace(score, measures=shown), example.month


def _person(example: Example, role: str) -> Person:
    start = example.started_on
    row = Rep(INVENTED, INVENTED, "", role, "", start, start, None, 0)
    assignments = tuple(
        Assignment(INVENTED, "", one["product_line"], Decimal(one.get("credit_share", "1")), start, None, None, 0)
        for one in example.rows.get(ASSIGNMENTS, ())
    )
    return Person(INVENTED, (row,), assignments)


def _row(source: Source, given: Mapping[str, str]) -> Row:
    def cell(column: str) -> Any:
        if column == "rep":
            return INVENTED
        text = given.get(column)
        form = source.form.columns.get(column)
        if text is None or form is None:
            return text
        if form.type == "integer":
            return int(text)
        if form.type == "number":
            return Decimal(text)
        return date.fromisoformat(text) if form.type == "date" else text

    return tuple(cell(column) for column in source.columns), 0
