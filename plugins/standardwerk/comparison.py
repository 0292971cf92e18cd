"""Closed months against the figures of now, before anything is written.

People are evaluated once, in the process that will write their pages: a small organisation's scorecards are remembered
there. Of a large one only seals are made, so that memory stays flat; people are evaluated again to be written.
"""

from __future__ import annotations

import decimal
import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from standardwerk.evaluate.exact import exact_context
from standardwerk.evaluate.people import PlanBook, evaluate_person
from standardwerk.evaluate.published import (
    Difference,
    canonical,
    corrected,
    differences,
    figures_of,
    read_figures,
    seal,
)
from standardwerk.memory import Memory
from standardwerk.model.closing import Change, Ledger
from standardwerk.model.months import Month
from standardwerk.model.project import RepRows, Scoring
from standardwerk.model.roster import Person, Roster
from standardwerk.model.scores import Scorecard
from standardwerk.workers import PerThread, Processes, Workers, chunked

#: Scorecards (a person's month each) that may be kept in memory, some 50 kB each.
KEPT = 2_000

Cards = Mapping[str, tuple[Scorecard, ...]]
Seals = dict[tuple[str, Month], str]


@dataclass(frozen=True)
class Compared:
    """What a comparison found, and the scorecards it was made with if there are few."""

    differences: tuple[Difference, ...]
    cards: Cards | None


def compare(
    scoring: Scoring, roster: Roster, rows: Mapping[str, RepRows], ledger: Ledger, workers: Workers | None = None
) -> Compared:
    """Compare every closed month; in other processes if there are ``workers``."""
    people = list(roster.people.values())
    few = len(people) * len(scoring.months) <= KEPT
    cards: Cards | None = None
    if few and workers is None:
        with decimal.localcontext(exact_context()), paused_collector():
            book = PlanBook(scoring)
            cards = {one.id: tuple(evaluate_person(book, one, rows.get(one.id, {}))) for one in people}
            found = {
                (rep, card.month): _seal(card)
                for rep, its in cards.items()
                for card in its
                if card.month in ledger.closed
            }
    else:
        found = _seals(scoring, people, rows, ledger, workers, few)
    return Compared(_differing(scoring, roster, rows, ledger, found, cards), cards)


def compare_again(
    scoring: Scoring,
    roster: Roster,
    rows: Mapping[str, RepRows],
    ledger: Ledger,
    memory: Memory,
    keys: Mapping[str, bytes],
    count_workers: Callable[[int], int],
) -> Compared:
    """Like :func:`compare`, where it is done again and again: people of whom nothing changed are not evaluated.

    ``keys``: by person, a hash of everything her figures are made from. ``count_workers`` says how many processes a
    number of people is worth.
    """
    closed = tuple(sorted(ledger.closed))
    known = {one.id: memory.find("seals", (keys[one.id], closed)) for one in roster.people.values()}
    new = [one for one in roster.people.values() if known[one.id] is None]
    count = count_workers(len(new))
    workers = Processes(count) if count > 1 else None
    try:
        fresh = _seals(scoring, new, rows, ledger, workers, keep=False)
    finally:
        if workers is not None:
            workers.close()
    for one in new:
        its = {month: fresh[one.id, month] for month in closed if (one.id, month) in fresh}
        known[one.id] = memory.keep("seals", (keys[one.id], closed), its)
    found = {(rep, month): value for rep, its in known.items() for month, value in its.items()}
    return Compared(_differing(scoring, roster, rows, ledger, found, None), None)


@contextmanager
def paused_collector() -> Iterator[None]:
    """Evaluation makes many values and no cycles; looking for cycles among them takes a third of its time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _seal(card: Scorecard) -> str:
    return seal(canonical(figures_of(card)))


def _wanted(ledger: Ledger, changes: Mapping[tuple[Month, str], Sequence[Change]]) -> Seals:
    """The seals the figures must have: as published, with corrections."""
    wanted: Seals = {}
    for month, closed in ledger.closed.items():
        wanted.update({(rep, month): value for rep, value in closed.head.people.items()})
    for (month, rep), its in changes.items():
        if month in ledger.closed:
            text = ledger.closed[month].figures.get(rep)
            figures = corrected(read_figures(text) if text is not None else {}, its)
            if figures:
                wanted[rep, month] = seal(canonical(figures))
            else:
                wanted.pop((rep, month), None)
    return wanted


def _differing(
    scoring: Scoring,
    roster: Roster,
    rows: Mapping[str, RepRows],
    ledger: Ledger,
    found: Seals,
    cards: Cards | None,
) -> tuple[Difference, ...]:
    """The figures behind the seals that are not as they must be."""
    changes = ledger.changes()
    wanted = _wanted(ledger, changes)
    odd = sorted(key for key in {*found, *wanted} if found.get(key) != wanted.get(key))
    return tuple(_differences(scoring, roster, rows, ledger, changes, odd, cards))


def _differences(
    scoring: Scoring,
    roster: Roster,
    rows: Mapping[str, RepRows],
    ledger: Ledger,
    changes: Mapping[tuple[Month, str], Sequence[Change]],
    odd: Sequence[tuple[str, Month]],
    cards: Cards | None,
) -> Iterator[Difference]:
    book = PlanBook(scoring)
    known: dict[str, tuple[Scorecard, ...]] = {}
    for rep, month in sorted(odd, key=lambda key: (key[1], key[0])):
        if rep not in known:
            person = roster.people.get(rep)
            if cards is not None:
                known[rep] = cards.get(rep, ())
            elif person is not None:
                known[rep] = tuple(evaluate_person(book, person, rows.get(rep, {})))
            else:
                known[rep] = ()
        card = next((one for one in known[rep] if one.month == month), None)
        text = ledger.closed[month].figures.get(rep)
        before = corrected(read_figures(text) if text is not None else {}, changes.get((month, rep), ()))
        with decimal.localcontext(exact_context()):
            yield from differences(month, rep, before, figures_of(card) if card is not None else {})


# Many people ---------------------------------------------------------------------------------------------------------

_Chunk = Sequence[tuple[Person, RepRows]]


@dataclass
class _State:
    """What a process knows."""

    book: PlanBook
    months: frozenset[Month]
    keep: bool
    cards: dict[str, tuple[Scorecard, ...]]


_worker: PerThread[_State] = PerThread()


def kept_cards(rep: str) -> tuple[Scorecard, ...] | None:
    """The scorecards that this process made to compare them, handed over once; None if it did not."""
    state = _worker.get()
    return state.cards.pop(rep, None) if state is not None else None


def _seals(
    scoring: Scoring,
    people: Sequence[Person],
    rows: Mapping[str, RepRows],
    ledger: Ledger,
    workers: Workers | None,
    keep: bool,
) -> Seals:
    months = frozenset(ledger.closed)
    every = [(one, rows.get(one.id, {})) for one in people]
    found: Seals = {}
    if workers is None:
        _start(scoring, months, False)
        for chunk in chunked(every, 1):
            found.update(_chunk_seals(chunk))
        _worker.clear()
    else:
        workers.start(_start, scoring, months, keep and workers.remember)
        for part in workers.map(_chunk_seals, chunked(every, workers.count)):
            found.update(part)
    return found


def _start(scoring: Scoring, months: frozenset[Month], keep: bool) -> None:
    _worker.set(_State(PlanBook(scoring), months, keep, {}))


def _chunk_seals(chunk: _Chunk) -> Seals:
    state = _worker.get()
    assert state is not None
    found: Seals = {}
    with decimal.localcontext(exact_context()), paused_collector():
        for person, rows in chunk:
            cards = tuple(evaluate_person(state.book, person, rows))
            if state.keep:
                state.cards[person.id] = cards
            for card in cards:
                if card.month in state.months:
                    found[person.id, card.month] = _seal(card)
    return found
