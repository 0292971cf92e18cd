from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standardwerk.evaluate.compile import Compiler
from standardwerk.model.expressions import (
    Call,
    Column,
    Expression,
    ExpressionError,
    Literal,
    Node,
    Type,
    parse,
    type_of,
)
from tests.factory import quick, thorough
from tests.trees import COMPARISONS, number_trees, truth_trees, write

TYPES = {
    ("", "a"): Type.NUMBER,
    ("", "b"): Type.NUMBER,
    ("", "d"): Type.DATE,
    ("", "e"): Type.DATE,
    ("", "t"): Type.TEXT,
    ("", "f"): Type.BOOLEAN,
    ("s", "a"): Type.NUMBER,
}


def lisp(node: Node) -> str:
    """A tree with all its brackets."""
    if isinstance(node, Literal):
        return repr(node.value) if isinstance(node.value, str) else str(node.value)
    if isinstance(node, Column):
        return f"{node.source}.{node.name}" if node.source else node.name
    return f"({' '.join([node.name, *map(lisp, node.arguments)])})"


def expected(tree: tuple) -> str:
    if tree[0] == "literal":
        return str(Decimal(tree[1]) if "." in tree[1] else int(tree[1]))
    if tree[0] == "text":
        return repr(tree[1][1:-1])
    if tree[0] == "column":
        return tree[1]
    name, parts = (tree[1], tree[2:]) if tree[0] == "call" else (tree[0], tree[1:])
    return f"({' '.join([name, *map(expected, parts)])})"


@thorough
@given(number_trees | truth_trees, st.sampled_from([" ", "", "\n  "]))
def test_what_is_written_with_fewest_brackets_is_parsed_back(tree, space):
    assert lisp(parse(write(tree, space)).tree) == expected(tree)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a + b * 2", "(+ a (* b 2))"),
        ("a - b - 2", "(- (- a b) 2)"),
        ("-a * b", "(* (minus a) b)"),
        ("a - -b", "(- a (minus b))"),
        ("not f and f or f", "(or (and (not f) f) f)"),
        ("f or f and not f", "(or f (and f (not f)))"),
        ("not a == b", "(not (== a b))"),
        ("a + 1 <= b", "(<= (+ a 1) b)"),
        ("(a + b) * 2", "(* (+ a b) 2)"),
        ("s.a", "s.a"),
        ("t == 'a b' or t != \"c'd\"", "(or (== t 'a b') (!= t \"c'd\"))"),
        ("if(a > 1, least(a, b), 0.50)", "(if (> a 1) (least a b) 0.50)"),
        ("workday(-3)", "(workday (minus 3))"),
    ],
)
def test_by_hand(text, tree):
    assert lisp(parse(text).tree) == tree


@pytest.mark.parametrize(
    ("text", "problem", "offset"),
    [
        ("", "end", 0),
        ("  ", "end", 0),
        ("a +", "end", 3),
        ("a + ", "end", 3),
        ("(a", "end", 2),
        ("a $ b", "character", 2),
        ("a / b", "character", 2),
        ("'a", "character", 0),
        ("a b", "after", 2),
        ("a)", "after", 1),
        ("a == b == a", "after", 7),
        ("a = b", "character", 2),
        ("and", "after", 0),
        ("a + * b", "after", 4),
        ("s.1", "after", 2),
        ("s.a.b", "after", 3),
        ("1.", "after", 1),
        ("root(a)", "function", 0),
        ("a + __import__('os')", "function", 4),
        ("abs(a, b)", "arguments", 0),
        ("least(a)", "arguments", 0),
        ("month_start(1)", "arguments", 0),
        ("1 + workday(61)", "constant", 4),
        ("workday(1.5)", "constant", 0),
        ("workday(a)", "constant", 0),
        ("(" * 41 + "a" + ")" * 41, "long", 40),
        ("not " * 41 + "f", "long", 156),
        ("-" * 41 + "a", "long", 39),
        ("a" * 1001, "long", 0),
        ("+".join(["a"] * 102), "long", 201),
    ],
)
def test_errors_say_where(text, problem, offset):
    with pytest.raises(ExpressionError) as found:
        parse(text)
    assert (found.value.problem, found.value.offset) == (problem, offset)


@pytest.mark.parametrize("text", ["(" * 39 + "a" + ")" * 39, "not " * 39 + "f", "+".join(["a"] * 101), "a" * 1000])
def test_what_is_within_the_limits_can_be_used(text):
    parsed = parse(text)
    types = TYPES | {("", "a" * 1000): Type.NUMBER}
    assert type_of(parsed.tree, types) in {Type.NUMBER, Type.BOOLEAN}
    assert hash(parsed) == hash(parse(text))
    assert parsed.shape == parse(text).shape
    places = dict.fromkeys(types, (1, 0))
    assert Compiler(places, {}).compile(parsed)((0, (1,))) is not None


@quick
@given(st.text(max_size=40) | st.text("ab1.+-*()<>=!,' ", max_size=40))
def test_nothing_but_expression_errors(text):
    try:
        parsed = parse(text)
    except ExpressionError as error:
        assert 0 <= error.offset <= len(text)
    else:
        assert isinstance(parsed, Expression)


# Types ----------------------------------------------------------------------------------------------------------------


@quick
@given(number_trees, truth_trees)
def test_well_typed_trees_have_their_type(number, truth):
    assert type_of(parse(write(number)).tree, TYPES) is Type.NUMBER
    assert type_of(parse(write(truth)).tree, TYPES) is Type.BOOLEAN


WRONG = [
    "a + d",
    "-t",
    "f * a",
    "a and f",
    "not a",
    "a == t",
    "d < a",
    "t < t",
    "f > f",
    "if(a, 1, 2)",
    "if(f, 1, 'x')",
    "days_between(a, d)",
    "abs(d)",
    "least(a, t)",
    "month_start() + 1",
]


@pytest.mark.parametrize("text", WRONG)
def test_wrong_types(text):
    with pytest.raises(ExpressionError) as found:
        type_of(parse(text).tree, TYPES)
    assert found.value.problem == "type"


@pytest.mark.parametrize(
    ("text", "counting", "problem"),
    [
        ("has(1)", False, "column"),
        ("has(a + b)", False, "column"),
        ("distinct(t)", False, "distinct"),
        ("distinct(t)", True, None),
        ("distinct(t) + 1", True, "distinct"),
        ("distinct(1)", True, "column"),
        ("has(d)", False, None),
        ("workday(0) <= month_end()", False, None),
        ("if(f, d, e) == d", False, None),
    ],
)
def test_has_and_distinct(text, counting, problem):
    if problem is None:
        assert type_of(parse(text).tree, TYPES, counting=counting) in {Type.NUMBER, Type.BOOLEAN}
        return
    with pytest.raises(ExpressionError) as found:
        type_of(parse(text).tree, TYPES, counting=counting)
    assert found.value.problem == problem


# Shapes ---------------------------------------------------------------------------------------------------------------


@quick
@given(truth_trees, truth_trees)
def test_shapes_are_equal_where_the_trees_are(first, second):
    one, other = parse(write(first)), parse(f" ( {write(second, '  ')} ) ")
    assert (one.shape == other.shape) is (lisp(one.tree) == lisp(other.tree))


def test_a_text_is_not_a_column_and_columns_come_in_order():
    assert parse("t == 'a'").shape != parse("t == a").shape
    columns = list(parse("if(a > s.a, b, a)").columns())
    assert [(one.source, one.name, one.offset) for one in columns] == [
        ("", "a", 3),
        ("s", "a", 7),
        ("", "b", 12),
        ("", "a", 15),
    ]


def test_every_comparison_is_parsed():
    assert {parse(f"a {one} b").tree.name for one in COMPARISONS} == set(COMPARISONS)
    assert isinstance(parse("a<b").tree, Call)
