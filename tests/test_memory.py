"""What is remembered is what making it again would give."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

import pytest

from standardwerk.memory import Memory, Prints, plain_print, recall


@dataclass(frozen=True)
class Text:
    title: str
    body: str


@dataclass(frozen=True)
class Shelf:
    name: str
    texts: tuple[Text, ...]


@pytest.mark.parametrize(
    ("one", "other"),
    [(1, True), (1, Decimal(1)), (Decimal("1.0"), Decimal("1.00")), ("1", 1), ({"a": 1, "b": 2}, {"b": 2, "a": 1})],
)
def test_values_that_would_print_differently_have_other_hashes(one: object, other: object) -> None:
    assert one == other or str(one) == str(other)
    assert plain_print(one) != plain_print(other)
    assert Prints({}).of([one]) != Prints({}).of([other])


def test_a_shared_value_is_hashed_once_and_by_what_it_says() -> None:
    asked: list[Text] = []

    def title_of(text: Text) -> str:
        asked.append(text)
        return text.title

    text, same_title, other = Text("a", "x"), Text("a", "y"), Text("b", "x")
    prints = Prints({Text: title_of})
    first = prints.of(Shelf("one", (text, text)))
    assert asked == [text]
    assert prints.of(Shelf("one", (text, same_title))) == first
    assert prints.of(Shelf("one", (same_title, text))) == first
    assert prints.of(Shelf("one", (text, other))) != first
    assert prints.of(Shelf("two", (text, text))) != first
    whole = Prints({Text: None})
    assert whole.of(Shelf("one", (text,))) != whole.of(Shelf("one", (same_title,)))


@dataclass(frozen=True, slots=True)
class Pair:
    first: object
    second: object = None


@dataclass(frozen=True, slots=True)
class Single:
    first: object


class Level(Enum):
    LOW = 1
    HIGH = 2


def test_everything_a_value_says_is_hashed() -> None:
    values: list[object] = [
        Pair(1),
        Pair(1, 2),
        Pair(2, 1),
        Pair("1"),
        Pair(Pair(1)),
        Single(1),
        Single((1,)),
        Single(Pair),
        Single(Single),
        Level.LOW,
        Level.HIGH,
        re.compile("a"),
        re.compile("b"),
        Text("a", "b"),
        Text("b", "a"),
        date(2026, 1, 2),
    ]
    hashes = [Prints({Text: None}).of(one) for one in values]
    assert len(set(hashes)) == len(values)
    assert hashes == [Prints({Text: None}).of(one) for one in values]


def test_a_shared_value_that_stays_is_not_hashed_again() -> None:
    asked: list[Text] = []

    def title_of(text: Text) -> str:
        asked.append(text)
        return text.title

    text, prints = Text("a", "x"), Prints({Text: title_of})
    first = prints.of(Shelf("one", (text,)))
    for _ in range(3):
        assert prints.turn().of(Shelf("one", (text,))) == first
    assert asked == [text]
    # What was not met for a while is forgotten, so that nothing is kept that nobody has any more.
    assert prints.turn().turn().of(Shelf("one", (text,))) == first
    assert asked == [text, text]


def test_hashes_are_the_same_for_values_made_anew() -> None:
    def made() -> Shelf:
        return Shelf("one", tuple(Text(f"t{n % 3}", "b" * n) for n in range(9)))

    assert Prints({Text: None}).of(made()) == Prints({Text: None}).of(made())


def test_what_the_last_whole_build_did_not_use_is_forgotten() -> None:
    memory = Memory()
    made: list[str] = []

    def ask(kind: str, key: str) -> str:
        def make() -> str:
            made.append(f"{kind}{key}")
            return f"{kind}{key}!"

        return recall(memory, kind, lambda: key, make)

    assert ask("a", "1") == ask("a", "1") == "a1!"
    ask("b", "1")
    assert made == ["a1", "b1"]
    memory.turn()
    ask("a", "1")
    # A build that failed half-way is none: nothing is forgotten by it.
    assert made == ["a1", "b1"]
    ask("b", "1")
    memory.turn()
    ask("a", "1")
    memory.turn()
    assert made == ["a1", "b1"]
    ask("b", "1")
    assert made == ["a1", "b1", "b1"]


def test_without_a_memory_nothing_is_hashed() -> None:
    def never() -> bytes:
        raise AssertionError

    assert recall(None, "a", never, lambda: 5) == 5
