"""A mark per state: a shape that is told apart without colour. Drawn once per page, then used by reference."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from markupsafe import Markup

from standardwerk.model.scores import STATES_IN_ORDER, State
from standardwerk.render.charts.tags import Path, Spec, reference, symbols, write

#: Shapes on 16 × 16: ``sw-s`` is filled, ``sw-o`` a line, ``sw-d`` a row of dots, ``sw-c`` cut out of what is filled.
#: The classes stand alone in the style sheet, for a referred shape does not know what it lies in.
_SHAPES = {
    State.MET: (Path("s", "M8 1a7 7 0 1 0 0 14 7 7 0 0 0 0-14z"), Path("c", "M4.5 8.2 7 10.7l4.5-5")),
    State.NEAR: (Path("s", "M8 1.2 15.6 14.6H.4z"), Path("c", "M8 6v4m0 2.2v.3")),
    State.MISSED: (Path("s", "M2 2h12v12H2z"), Path("c", "m5 5 6 6m0-6-6 6")),
    State.NOT_CERTAIN: (Path("o", "M8 1.5 14.5 8 8 14.5 1.5 8z"), Path("o", "M5 8.6q1.5-2 3-.6t3-.6")),
    State.TOO_FEW: (Path("d", "M3 8h0m5 0h0m5 0h0"),),
    State.RAMP: (Path("o", "M2 13.5h4v-4h4v-4h4V2"),),
    State.NOT_DUE: (Path("o", "M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8zM8 4.5V8l2.5 1.8"),),
    State.NO_DATA: (Path("o", "M3 8h10"),),
    State.NOT_COLLECTED: (Path("o", "M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8zM3.7 12.3l8.6-8.6"),),
    State.NOT_APPLICABLE: (Path("o", "m4 13 8-10"),),
    State.EXEMPT: (Path("o", "M2 2h12v12H2zM5 8h6"),),
    State.HELD: (Path("o", "M5.5 3v10m5-10v10"),),
}


def mark(state: State, word: str = "") -> Markup:
    """The mark of a state. Without a ``word`` it is hidden from screen readers: the word stands beside it then."""
    name = _name(state)
    return reference(f"sw-mark {name}", name, word)


def sign(state: State) -> Markup:
    """The mark of a state inside an element that has the state's class, before the word that says the same."""
    return reference("sw-mark", _name(state), "")


def drawing(state: State) -> Markup:
    """The mark of a state drawn in place, for pages without a sprite; the word that says the same stands beside it."""
    return write(Spec("sw-mark", 16, 16, "", _SHAPES[state]))


def sprite(states: Iterable[State] = STATES_IN_ORDER) -> Markup:
    """The shapes that :func:`mark` refers to; once on each page that has marks."""
    return _sprite(frozenset(states))


@cache
def _sprite(wanted: frozenset[State]) -> Markup:
    return symbols("sw-sprite", 16, {_name(state): _SHAPES[state] for state in STATES_IN_ORDER if state in wanted})


def _name(state: State) -> str:
    return "sw-" + state.value.replace("_", "-")
