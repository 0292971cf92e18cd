"""Expressions to functions of a row.

A row's environment is a tuple: the month, the cells of the measure's own source, then those of each joined source
(None where the joined row is missing). An empty cell is None and makes what is computed from it None.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from standardwerk.model.expressions import Call, Column, Expression, Literal, Node
from standardwerk.model.months import Month

Environment = tuple[Any, ...]
Function = Callable[[Environment], Any]

_BINARY: Mapping[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "days_between": lambda first, last: (last - first).days,
}


class Compiler:
    """Compiles expressions over the columns at known places of the environment."""

    def __init__(
        self, places: Mapping[tuple[str, str], tuple[int, int]], workdays: Mapping[tuple[Month, int], date]
    ) -> None:
        self.places = places
        self.workdays = workdays

    def compile(self, expression: Expression) -> Function:
        """The function that computes an expression."""
        return self._node(expression.tree)

    def _node(self, node: Node) -> Function:
        if isinstance(node, Literal):
            value = node.value
            return lambda _: value
        if isinstance(node, Column):
            return self._column(node)
        return self._call(node)

    def _column(self, node: Column) -> Function:
        source, position = self.places[node.source, node.name]
        if source == 1:
            return lambda env: env[1][position]

        def read(env: Environment) -> Any:
            row = env[source]
            return None if row is None else row[position]

        return read

    def _call(self, node: Call) -> Function:
        name = node.name
        if name == "month_start":
            return lambda env: env[0].first_day
        if name == "month_end":
            return lambda env: env[0].last_day
        if name == "workday":
            number, workdays = constant(node.arguments[0]), self.workdays
            return lambda env: workdays[env[0], number]
        functions = [self._node(argument) for argument in node.arguments]
        if name in _BINARY:
            return _binary(_BINARY[name], *functions)
        if name == "if":
            return _choice(*functions)
        if name in {"and", "or"}:
            return _logic(*functions, decided_by=name == "or")
        if name in {"least", "greatest"}:
            return _extreme(functions, min if name == "least" else max)
        if name == "has":
            inner = functions[0]
            return lambda env: inner(env) is not None
        if name == "distinct":
            return functions[0]
        single: Mapping[str, Callable[[Any], Any]] = {"abs": abs, "minus": operator.neg, "not": operator.not_}
        return _unary(single[name], functions[0])


def constant(node: Node) -> int:
    """The whole number an argument is (checked by the parser)."""
    if isinstance(node, Call):
        return -constant(node.arguments[0])
    assert isinstance(node, Literal)
    return int(node.value)


def _binary(apply: Callable[[Any, Any], Any], left: Function, right: Function) -> Function:
    def compute(env: Environment) -> Any:
        first = left(env)
        if first is None:
            return None
        second = right(env)
        return None if second is None else apply(first, second)

    return compute


def _unary(apply: Callable[[Any], Any], inner: Function) -> Function:
    def compute(env: Environment) -> Any:
        value = inner(env)
        return None if value is None else apply(value)

    return compute


def _choice(condition: Function, then: Function, otherwise: Function) -> Function:
    def compute(env: Environment) -> Any:
        found = condition(env)
        if found is None:
            return None
        return then(env) if found else otherwise(env)

    return compute


def _logic(left: Function, right: Function, *, decided_by: bool) -> Function:
    """``and`` and ``or`` in three values: an empty side leaves the outcome open unless the other one decides."""

    def compute(env: Environment) -> Any:
        first = left(env)
        if first is decided_by:
            return first
        second = right(env)
        if second is decided_by or first is not None:
            return second
        return None

    return compute


def _extreme(functions: list[Function], pick: Callable[[list[Any]], Any]) -> Function:
    def compute(env: Environment) -> Any:
        values = [function(env) for function in functions]
        return None if None in values else pick(values)

    return compute
