"""What a person's figures are made from: nothing that judges no month yet, and everything else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pytest

from standardwerk.model.handbook import Revision
from standardwerk.model.roster import Roster
from standardwerk.pipeline.prints import PersonKeys
from tests.factory import (
    START,
    edition,
    handbook,
    measure,
    months,
    person,
    revision,
    rows_in,
    scoring,
    source,
    standard,
)

LAST, LATER = date(2026, 6, 1), date(2026, 7, 1)
EASY = {"bands": {"met": "70", "near": "60"}}


def key(
    revisions: Iterable[Revision], days: Iterable[date] = (START,), label: str = "", amount: int = 90, **method: str
) -> bytes:
    """Ann's key under a standard's revisions; ``label``: of the newest edition."""
    book = handbook([standard(revisions)], days, **method)
    if label:
        *others, newest = book.editions
        book = type(book)(book.names, (*others, edition(newest.effective_from, label)), book.standards, book.methods)
    of = source()
    rows = {"s": rows_in({"2026-03": [{"a": amount, "b": 100}]}, of)}
    made = scoring(book, [of], months("2026-01", "2026-06"))
    return PersonKeys().of(made, Roster({"ann": person()}, ()), {"ann": rows})["ann"]


FIRST = revision([measure()])
BEFORE = key([FIRST])


def test_it_depends_on_the_rules_in_force_and_on_the_rows() -> None:
    assert key([revision([measure()])]) == BEFORE
    assert key([revision([measure(**EASY)])]) != BEFORE
    assert key([FIRST], minimum_group="7") != BEFORE
    assert key([FIRST], amount=91) != BEFORE


@pytest.mark.parametrize(("day", "counts"), [(LATER, False), (LAST, True)])
def test_what_takes_effect_after_the_last_month_is_left_out(day: date, counts: bool) -> None:
    days = (START, day)
    keys = {
        key([FIRST], days),
        key([FIRST], days, "Other"),
        key([FIRST, revision([measure()], day)], days),
        key([FIRST, revision([measure(**EASY)], day)], days),
        key([FIRST, revision([measure()], day, {"m": START})], days),
    }
    assert keys == {BEFORE} if not counts else len(keys - {BEFORE}) == 5


def test_an_announced_standard_is_left_out() -> None:
    announced = standard([revision([measure()], LATER)], "new", 2)
    book = handbook([standard([FIRST]), announced], (START, LATER))
    of = source()
    rows = {"s": rows_in({"2026-03": [{"a": 90, "b": 100}]}, of)}
    made = scoring(book, [of], months("2026-01", "2026-06"))
    assert PersonKeys().of(made, Roster({"ann": person()}, ()), {"ann": rows})["ann"] == BEFORE
