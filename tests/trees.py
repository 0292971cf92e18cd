"""Random expressions: written as text, and computed naively."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

Tree = tuple[Any, ...]

#: How tightly each operator binds; a comparison does not chain.
BINDING = {"or": 1, "and": 2, "not": 3, "compare": 4, "+": 5, "-": 5, "*": 6, "minus": 7}
COMPARISONS = ("==", "!=", "<", "<=", ">", ">=")

numbers = st.one_of(
    st.integers(0, 20).map(lambda value: ("literal", str(value))),
    st.sampled_from(["0.5", "1.25", "10.0"]).map(lambda value: ("literal", value)),
    st.sampled_from(["a", "b"]).map(lambda name: ("column", name)),
)
dates = st.one_of(
    st.just(("column", "d")),
    st.just(("column", "e")),
    st.sampled_from([("call", "month_start"), ("call", "month_end")]),
)
texts = st.one_of(st.just(("column", "t")), st.sampled_from(["'won'", '"lost"']).map(lambda text: ("text", text)))


def binary(names: tuple[str, ...], left: Any, right: Any) -> Any:
    return st.tuples(st.sampled_from(names), left, right)


def _numbers(depth: int) -> Any:
    if not depth:
        return numbers
    inner = st.deferred(lambda: _numbers(depth - 1))
    return st.one_of(
        numbers,
        binary(("+", "-", "*"), inner, inner),
        st.tuples(st.just("minus"), inner),
        st.tuples(st.just("call"), st.just("abs"), inner),
        st.tuples(st.just("call"), st.sampled_from(["least", "greatest"]), inner, inner, inner),
        st.tuples(st.just("call"), st.just("if"), st.deferred(lambda: _truths(depth - 1)), inner, inner),
        st.tuples(st.just("call"), st.just("days_between"), dates, dates),
    )


def _truths(depth: int) -> Any:
    basic = st.one_of(
        st.tuples(st.sampled_from(COMPARISONS), numbers, numbers),
        st.tuples(st.sampled_from(COMPARISONS), dates, dates),
        st.tuples(st.sampled_from(COMPARISONS[:2]), texts, texts),
        st.just(("call", "has", ("column", "a"))),
        st.just(("column", "f")),
    )
    if not depth:
        return basic
    inner = st.deferred(lambda: _truths(depth - 1))
    figures = st.deferred(lambda: _numbers(depth - 1))
    return st.one_of(
        basic,
        binary(("and", "or"), inner, inner),
        st.tuples(st.just("not"), inner),
        st.tuples(st.sampled_from(COMPARISONS), figures, figures),
    )


number_trees = _numbers(3)
truth_trees = _truths(3)


def write(tree: Tree, space: str = " ", bound: int = 0) -> str:
    """A tree as text with as few brackets as the grammar allows."""
    kind = tree[0]
    if kind in {"literal", "column", "text"}:
        return str(tree[1])
    if kind == "call":
        return f"{tree[1]}({f',{space}'.join(write(part, space) for part in tree[2:])})"
    binding = BINDING["compare" if kind in COMPARISONS else kind]
    if kind == "not":
        text = f"not {write(tree[1], space, binding)}"
    elif kind == "minus":
        text = f"-{write(tree[1], space, binding)}"
    else:
        # Equal operators are taken from the left, so the right side needs brackets; a comparison needs them on both.
        left = binding + 1 if kind in COMPARISONS else binding
        gap = " " if kind in {"and", "or"} else space
        text = f"{write(tree[1], space, left)}{gap}{kind}{gap}{write(tree[2], space, binding + 1)}"
    return f"({text})" if binding < bound else text


def compute(tree: Tree, cells: Mapping[str, Any], first: date, last: date) -> Any:
    """The value of a tree; None is an empty cell. Numbers are fractions, days are counted on a number line."""
    kind = tree[0]
    if kind == "literal":
        return Fraction(tree[1])
    if kind == "text":
        return tree[1][1:-1]
    if kind == "column":
        value = cells[tree[1]]
        return Fraction(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else value

    def of(index: int) -> Any:
        return compute(tree[index], cells, first, last)

    if kind in {"and", "or"}:
        sides = [of(1), of(2)]
        decides = kind == "or"
        return decides if decides in sides else None if None in sides else not decides
    if kind == "call" and tree[1] == "has":
        return of(2) is not None
    if kind == "call" and tree[1] == "if":
        condition = of(2)
        return None if condition is None else of(3) if condition else of(4)
    values = [of(index) for index in range(2 if kind == "call" else 1, len(tree))]
    if None in values:
        return None
    return _apply(tree[1] if kind == "call" else kind, values, first, last)


def _apply(name: str, values: list[Any], first: date, last: date) -> Any:
    if name in COMPARISONS:
        left, right = values
        return {
            "==": left == right,
            "!=": left != right,
            "<": name in {"<", "<="} and left < right,
            "<=": name in {"<", "<="} and not right < left,
            ">": name in {">", ">="} and right < left,
            ">=": name in {">", ">="} and not left < right,
        }[name]
    if name == "days_between":
        start, end = values
        days = 0
        while start != end:
            step = 1 if start < end else -1
            start += timedelta(days=step)
            days += step
        return Fraction(days)
    return {
        "+": lambda: values[0] + values[1],
        "-": lambda: values[0] - values[1],
        "*": lambda: values[0] * values[1],
        "minus": lambda: 0 - values[0],
        "not": lambda: values[0] is False,
        "abs": lambda: values[0] if values[0] > 0 else 0 - values[0],
        "least": lambda: sorted(values)[0],
        "greatest": lambda: sorted(values)[-1],
        "month_start": lambda: first,
        "month_end": lambda: last,
    }[name]()
