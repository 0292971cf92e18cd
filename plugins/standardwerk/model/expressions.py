"""The language of row expressions: parsed to a tree, checked for types, never ``eval``-ed.

Grammar, loosest binding first::

    or_expr   = and_expr { "or" and_expr }
    and_expr  = not_expr { "and" not_expr }
    not_expr  = "not" not_expr | comparison
    comparison= sum [ ("==" | "!=" | "<" | "<=" | ">" | ">=") sum ]
    sum       = product { ("+" | "-") product }
    product   = unary { "*" unary }
    unary     = "-" unary | atom
    atom      = number | 'text' | name [ "." name ] | name "(" [ or_expr { "," or_expr } ] ")" | "(" or_expr ")"
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from standardwerk.model.fields import fault


class Type(StrEnum):
    """The type of an expression's value."""

    NUMBER = "number"
    TEXT = "text"
    DATE = "date"
    BOOLEAN = "boolean"


@dataclass(frozen=True, slots=True)
class Literal:
    """A number or a text."""

    value: Decimal | int | str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the measure's source, or of another one (``source`` is empty for its own)."""

    source: str
    name: str
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Call:
    """An operator or a function with its arguments."""

    name: str
    arguments: tuple[Node, ...]
    offset: int = 0


Node = Literal | Column | Call


class ExpressionError(ValueError):
    """An expression that cannot be used. ``offset`` counts characters from 0."""

    def __init__(self, problem: str, offset: int, **values: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.offset = offset
        self.values = values


@dataclass(frozen=True, slots=True)
class Expression:
    """A parsed expression: its text as written, and its tree. Equal if the trees are."""

    source: str
    tree: Node

    def columns(self) -> Iterator[Column]:
        """All columns the expression reads, in order of appearance."""
        return _columns(self.tree)

    @property
    def shape(self) -> str:
        """The expression without accidents of writing: equal shapes compute the same."""
        return _shape(self.tree)


def _columns(node: Node) -> Iterator[Column]:
    if isinstance(node, Column):
        yield node
    elif isinstance(node, Call):
        for argument in node.arguments:
            yield from _columns(argument)


def _shape(node: Node) -> str:
    if isinstance(node, Literal):
        return repr(node.value) if isinstance(node.value, str) else str(node.value)
    if isinstance(node, Column):
        return f"{node.source}.{node.name}"
    return f"{node.name}({','.join(map(_shape, node.arguments))})"


#: Functions: types of the arguments (the last one repeats if ``...`` follows) and of the value.
#: ``any`` stands for one type that is the same wherever it appears.
FUNCTIONS: dict[str, tuple[tuple[str, ...], str]] = {
    "abs": (("number",), "number"),
    "least": (("number", "..."), "number"),
    "greatest": (("number", "..."), "number"),
    "if": (("boolean", "any", "any"), "any"),
    "days_between": (("date", "date"), "number"),
    "month_start": ((), "date"),
    "month_end": ((), "date"),
    "workday": (("number",), "date"),
    "has": (("column",), "boolean"),
    "distinct": (("column",), "number"),
}

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<text>'[^']*'|\"[^\"]*\")"
    r"|(?P<name>[A-Za-z_][A-Za-z_0-9]*)|(?P<operator>==|!=|<=|>=|[-+*<>().,]))"
)
_COMPARISONS = frozenset({"==", "!=", "<", "<=", ">", ">="})
_MAX_DEPTH = 40
_MAX_LENGTH = 1000
#: Operators in a row nest as well (to the left), and what walks the tree does so by recursion.
_MAX_CHAIN = 100


def _(message: str) -> str:
    return message


PROBLEMS = {
    "character": _("unexpected character “{found}”"),
    "end": _("the expression ends too early"),
    "after": _("unexpected “{found}”"),
    "function": _("unknown function “{found}”"),
    "arguments": _("{function} takes {count} arguments"),
    "long": _("the expression is too long or too deeply nested"),
    "type": _("{function} does not take a value of type {found}"),
    "column": _("{function} takes a column"),
    "distinct": _("distinct() is only for minimum_n"),
    "constant": _("workday() takes a whole number from −60 to 60"),
}


class _Parser:
    def __init__(self, source: str) -> None:
        if len(source) > _MAX_LENGTH:
            raise ExpressionError("long", 0)
        self.tokens: list[tuple[str, str, int]] = []
        position = 0
        end = len(source.rstrip())
        while position < end:
            match = _TOKEN.match(source, position)
            if not match or match.lastgroup is None:
                offset = position + len(source[position:]) - len(source[position:].lstrip())
                raise ExpressionError("character", offset, found=source[offset])
            self.tokens.append((match.lastgroup, match[match.lastgroup], match.start(match.lastgroup)))
            position = match.end()
        self.index = 0
        self.end = end
        self.depth = 0
        self.links = 0

    def peek(self) -> tuple[str, str, int]:
        return self.tokens[self.index] if self.index < len(self.tokens) else ("end", "", self.end)

    def take(self) -> tuple[str, str, int]:
        token = self.peek()
        if token[0] == "end":
            raise ExpressionError("end", self.end)
        self.index += 1
        return token

    def accept(self, *words: str) -> tuple[str, int] | None:
        kind, text, offset = self.peek()
        if kind in {"operator", "name"} and text in words:
            self.index += 1
            return text, offset
        return None

    def expect(self, word: str) -> None:
        if not self.accept(word):
            _, text, offset = self.take()
            raise ExpressionError("after", offset, found=text)

    def parse(self) -> Node:
        node = self.either()
        kind, text, offset = self.peek()
        if kind != "end":
            raise ExpressionError("after", offset, found=text)
        return node

    def _chain(self, words: tuple[str, ...], part: str) -> Node:
        node: Node = getattr(self, part)()
        while found := self.accept(*words):
            self.links += 1
            if self.links > _MAX_CHAIN:
                raise ExpressionError("long", found[1])
            node = Call(found[0], (node, getattr(self, part)()), found[1])
        return node

    def either(self) -> Node:
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            raise ExpressionError("long", self.peek()[2])
        node = self._chain(("or",), "both")
        self.depth -= 1
        return node

    def both(self) -> Node:
        return self._chain(("and",), "negation")

    def negation(self) -> Node:
        if found := self.accept("not"):
            self.depth += 1
            if self.depth > _MAX_DEPTH:
                raise ExpressionError("long", found[1])
            node = Call("not", (self.negation(),), found[1])
            self.depth -= 1
            return node
        return self.comparison()

    def comparison(self) -> Node:
        node = self.sum()
        if found := self.accept(*_COMPARISONS):
            return Call(found[0], (node, self.sum()), found[1])
        return node

    def sum(self) -> Node:
        return self._chain(("+", "-"), "product")

    def product(self) -> Node:
        return self._chain(("*",), "unary")

    def unary(self) -> Node:
        if found := self.accept("-"):
            self.depth += 1
            if self.depth > _MAX_DEPTH:
                raise ExpressionError("long", found[1])
            node = Call("minus", (self.unary(),), found[1])
            self.depth -= 1
            return node
        return self.atom()

    def atom(self) -> Node:
        kind, text, offset = self.take()
        if kind == "number":
            return Literal(Decimal(text) if "." in text else int(text))
        if kind == "text":
            return Literal(text[1:-1])
        if kind == "name" and text not in {"and", "or", "not"}:
            if self.accept("("):
                return self.call(text, offset)
            if self.accept("."):
                kind, name, at = self.take()
                if kind != "name":
                    raise ExpressionError("after", at, found=name)
                return Column(text, name, offset)
            return Column("", text, offset)
        if text == "(":
            node = self.either()
            self.expect(")")
            return node
        raise ExpressionError("after", offset, found=text)

    def call(self, name: str, offset: int) -> Node:
        if name not in FUNCTIONS:
            raise ExpressionError("function", offset, found=name)
        arguments: list[Node] = []
        if not self.accept(")"):
            arguments.append(self.either())
            while self.accept(","):
                arguments.append(self.either())
            self.expect(")")
        wanted = FUNCTIONS[name][0]
        open_ended = bool(wanted) and wanted[-1] == "..."
        fits = len(arguments) >= 2 if open_ended else len(arguments) == len(wanted)
        if not fits:
            count = "2+" if open_ended else str(len(wanted))
            raise ExpressionError("arguments", offset, function=name, count=count)
        if name == "workday" and not _is_small_whole_number(arguments[0]):
            raise ExpressionError("constant", offset)
        return Call(name, tuple(arguments), offset)


def _is_small_whole_number(node: Node) -> bool:
    if isinstance(node, Call) and node.name == "minus":
        node = node.arguments[0]
    return isinstance(node, Literal) and isinstance(node.value, int) and node.value <= 60


def parse(source: str) -> Expression:
    """Parse an expression. Raises :class:`ExpressionError` with the offset of the fault."""
    return Expression(source, _Parser(source).parse())


def type_of(node: Node, column_type: dict[tuple[str, str], Type], *, counting: bool = False) -> Type:
    """The type of a tree whose columns have the given types. Raises :class:`ExpressionError`.

    ``counting`` allows ``distinct()`` as the outermost function.
    """
    if isinstance(node, Literal):
        return Type.TEXT if isinstance(node.value, str) else Type.NUMBER
    if isinstance(node, Column):
        return column_type[node.source, node.name]

    def expect(argument: Node, *wanted: Type) -> Type:
        found = type_of(argument, column_type)
        if found not in wanted:
            raise ExpressionError("type", node.offset, function=node.name, found=found.value)
        return found

    arguments = node.arguments
    if node.name in {"and", "or", "not"}:
        for argument in arguments:
            expect(argument, Type.BOOLEAN)
        return Type.BOOLEAN
    if node.name in _COMPARISONS:
        anything = (Type.NUMBER, Type.DATE, Type.TEXT, Type.BOOLEAN)
        left = expect(arguments[0], *(anything if node.name in {"==", "!="} else anything[:2]))
        expect(arguments[1], left)
        return Type.BOOLEAN
    if node.name in {"+", "-", "*", "minus"}:
        for argument in arguments:
            expect(argument, Type.NUMBER)
        return Type.NUMBER
    if node.name == "if":
        expect(arguments[0], Type.BOOLEAN)
        return expect(arguments[2], expect(arguments[1], *Type))
    if node.name in {"has", "distinct"}:
        if not isinstance(arguments[0], Column):
            raise ExpressionError("column", node.offset, function=node.name)
        if node.name == "distinct" and not counting:
            raise ExpressionError("distinct", node.offset)
    else:
        wanted = Type(FUNCTIONS[node.name][0][0]) if arguments else Type.NUMBER
        for argument in arguments:
            expect(argument, wanted)
    return Type(FUNCTIONS[node.name][1])


def _read(value: object) -> Expression:
    if isinstance(value, Expression):
        return value
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise fault("expression")
    try:
        return parse(str(value))
    except ExpressionError as error:
        raise PydanticCustomError(
            "expression", "{problem}", {"problem": error.problem, "offset": error.offset, "values": error.values}
        ) from None


ExpressionField = Annotated[Expression, BeforeValidator(_read, json_schema_input_type=str | int)]
