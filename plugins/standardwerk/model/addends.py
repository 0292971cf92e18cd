"""Which columns of the sources add up: those whose sums the measures of a month use."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from standardwerk.model.expressions import Call, Column, Expression, Node, Type
from standardwerk.model.handbook import Handbook
from standardwerk.model.measure import Measure
from standardwerk.model.months import Month
from standardwerk.model.sources import Source

#: Functions whose value is a sum over rows if their arguments are (of ``if``: what follows the condition).
_ADDING = frozenset({"+", "-", "*", "minus", "abs", "least", "greatest", "if"})


def added_columns(handbook: Handbook, month: Month) -> Mapping[str, frozenset[str]]:
    """By source: the columns that stand in a numerator, a denominator or the value of a sum.

    A column that only a mean, a condition or a comparison reads does not add up: ratings, days, rules of the export.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for _, revision in handbook.standards_at(month.first_day):
        for measure in revision.rules.measures:
            for expression in _summed(measure):
                for column in _added(expression.tree):
                    found[column.source or measure.source].add(column.name)
    return {source: frozenset(names) for source, names in found.items()}


def totals_of(source: Source) -> tuple[str, ...]:
    """The columns of a source whose cells can be added at all."""
    return tuple(
        name
        for name in source.columns
        if source.type_of(name) is Type.NUMBER and source.accumulates(name) != "distinct" and name not in source.keys
    )


def _summed(measure: Measure) -> Iterator[Expression]:
    value = measure.value if measure.kind == "sum" else None
    yield from (one for one in (measure.numerator, measure.denominator, value) if one is not None)


def _added(node: Node) -> Iterator[Column]:
    if isinstance(node, Column):
        yield node
    elif isinstance(node, Call) and node.name in _ADDING:
        for argument in node.arguments[1:] if node.name == "if" else node.arguments:
            yield from _added(argument)
