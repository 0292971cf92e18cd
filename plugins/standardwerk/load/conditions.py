"""Expressions of the contract (``required_when``, ``where``, ``sum``): checked when it is read, computed row by row.

Measures are compiled in ``evaluate``; a contract's expressions are asked before there is anything to evaluate.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any

from standardwerk.diagnostics import Diagnostics, Place
from standardwerk.load.files import listing, suggest
from standardwerk.model.expressions import (
    PROBLEMS,
    Call,
    Column,
    Expression,
    ExpressionError,
    Literal,
    Node,
    Type,
    type_of,
)
from standardwerk.model.months import Month

_APPLY: Mapping[str, Callable[..., Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "minus": operator.neg,
    "not": operator.not_,
    "abs": abs,
    "least": min,
    "greatest": max,
    "days_between": lambda first, last: (last - first).days,
}


def check_expression(
    expression: Expression,
    owner: str,
    columns: Mapping[str, Type],
    wanted: Type,
    place: Place,
    diagnostics: Diagnostics,
) -> None:
    """An expression of a contract knows the columns of its own file (those of ``owner``), and gives what is wanted."""
    types: dict[tuple[str, str], Type] = {}
    for column in expression.columns():
        at = _shift(place, column.offset)
        if column.source or column.name not in columns:
            name = f"{column.source}.{column.name}" if column.source else column.name
            known = list(columns)
            hint = suggest(name, known)
            diagnostics.add("SW209", at, column=name, source=owner, known=listing(known), **hint)
            return
        types["", column.name] = columns[column.name]
    try:
        _refuse_workday(expression.tree)
        found = type_of(expression.tree, types)
    except ExpressionError as error:
        diagnostics.add("SW208", _shift(place, error.offset), problem=PROBLEMS[error.problem], **error.values)
        return
    if found is not wanted:
        diagnostics.add("SW210", place, found=found.value, expected=wanted.value)


def _refuse_workday(node: Node) -> None:
    # Working days are worked out for measures; the contract of a file does not know the calendar.
    if isinstance(node, Call):
        if node.name == "workday":
            raise ExpressionError("function", node.offset, found=node.name)
        for argument in node.arguments:
            _refuse_workday(argument)


def _shift(place: Place, offset: int) -> Place:
    return Place(place.file, place.line, place.column + offset if place.column else 0)


def holds(expression: Expression, cells: Mapping[str, Any], month: Month) -> bool:
    """Whether a condition is true for a row. What an empty cell leaves open is not."""
    return value_of(expression, cells, month) is True


def value_of(expression: Expression, cells: Mapping[str, Any], month: Month) -> Any:
    """The value for a row; None where an empty cell leaves it open."""
    return _value(expression.tree, cells, month)


def _value(node: Node, cells: Mapping[str, Any], month: Month) -> Any:
    if isinstance(node, Literal):
        return node.value
    if isinstance(node, Column):
        return cells[node.name]
    name = node.name
    if name in {"month_start", "month_end"}:
        return month.first_day if name == "month_start" else month.last_day
    values = [_value(argument, cells, month) for argument in node.arguments]
    if name == "has":
        return values[0] is not None
    if name in {"and", "or"}:
        decisive = name == "or"
        return decisive if decisive in values else None if None in values else not decisive
    if name == "if":
        return None if values[0] is None else values[1] if values[0] else values[2]
    return None if None in values else _APPLY[name](*values)
