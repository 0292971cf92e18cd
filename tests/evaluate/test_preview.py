"""Draft targets: what is told of past months is right, and tells nothing of anybody."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standardwerk.evaluate.preview import Judged, Span, spanned, told
from standardwerk.model.scores import State
from tests.factory import quick

STATES = (State.MET, State.NEAR, State.MISSED, State.NOT_CERTAIN, State.TOO_FEW)


@pytest.mark.parametrize(
    ("count", "total", "k", "span"),
    [
        (0, 20, 5, (0, 4)),
        (4, 20, 5, (0, 4)),
        (5, 20, 5, (5, 9)),
        (15, 20, 5, (15, 20)),  # 20 alone would be a span of one number
        (19, 20, 5, (15, 20)),
        (24, 24, 5, (20, 24)),
        (10, 23, 5, (10, 14)),
        (20, 23, 5, (15, 23)),
        (3, 7, 5, (0, 7)),
        (0, 0, 5, (0, 0)),
    ],
)
def test_spans(count: int, total: int, k: int, span: tuple[int, int]) -> None:
    assert spanned(count, total, k) == Span(*span)


@given(st.integers(1, 60), st.integers(2, 9))
def test_spans_are_a_division_of_all_numbers(total: int, k: int) -> None:
    found = [spanned(count, total, k) for count in range(total + 1)]
    for count, span in enumerate(found):
        assert span.least <= count <= span.most
    assert list(dict.fromkeys(found)) == sorted(set(found), key=lambda span: span.least)
    assert sum(span.most - span.least + 1 for span in set(found)) == total + 1
    if total + 1 >= k:
        assert all(span.most - span.least + 1 >= k for span in found)


def possible(
    people: list[Judged], known: list[Judged], shown: tuple[Span | None, Span | None]
) -> Iterator[tuple[int, int, int]]:
    """Every way the others can have been judged (met, missed, neither), by trying all."""
    own = [one.status for one in known]
    others = len(people) - len(known)
    for met, missed in product(range(others + 1), repeat=2):
        totals = (own.count(State.MET) + met, own.count(State.MISSED) + missed)
        fits = all(span is None or span.least <= total <= span.most for span, total in zip(shown, totals, strict=True))
        if met + missed <= others and fits:
            yield met, missed, others - met - missed


@quick
@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(STATES)), min_size=1, max_size=30),
    st.integers(2, 6),
)
def test_nobody_can_tell_what_all_others_were_judged(found: list[tuple[str, State]], k: int) -> None:
    people = [Judged(f"p{number}", team, state) for number, (team, state) in enumerate(found)]
    shown = told(people, k)
    if shown == (None, None):
        return
    knowing = [[], *[[one] for one in people]]
    knowing += [[one for one in people if one.team == team] for team in "abc"]
    for known in knowing:
        others = len(people) - len(known)
        ways = list(possible(people, known, shown))
        assert ways
        if not others:
            continue
        for verdict in range(3):
            numbers = {way[verdict] for way in ways}
            assert numbers != {0}, (known, shown)
            assert numbers != {others}, (known, shown)
    # Everybody sees each number only as one of k or more.
    for place, span in enumerate(shown):
        if span is not None:
            assert len({way[place] for way in possible(people, [], shown)}) >= k


def test_enough_people_of_all_kinds_are_told() -> None:
    people = [Judged(f"p{n}", "ab"[n % 2], STATES[n % 3]) for n in range(30)]
    assert told(people, 5) == (Span(10, 14), Span(10, 14))


def test_a_number_that_follows_from_the_other_is_hidden() -> None:
    # 15 to 20 of 20 meet, 5 to 9 miss: then 15 and 5 exactly.
    people = [Judged(f"p{n}", "ab"[n % 2], State.MET if n < 15 else State.MISSED) for n in range(20)]
    assert told(people, 5) == (Span(15, 20), None)


def test_a_lead_who_could_tell_is_told_nothing() -> None:
    # The ten of team a all miss; of team b nine of ten meet it: 5 to 9 would be fine for a stranger …
    people = [Judged(f"a{n}", "a", State.MISSED) for n in range(15)] + [
        Judged(f"b{n}", "b", State.MET) for n in range(5)
    ]
    # … but the lead of a knows that all her own miss, so all five others meet it.
    assert told(people, 5) == (None, None)


def test_two_drafts_differ_by_whole_spans() -> None:
    """However close two drafts are, a person who lies between them shows by nothing but the border of a span."""
    people = [Judged(f"p{n}", "ab"[n % 2], None) for n in range(24)]
    seen = set()
    for meeting in range(25):
        verdicts = [Judged(one.rep, one.team, State.MET if n < meeting else State.NEAR) for n, one in enumerate(people)]
        seen.add(told(verdicts, 5)[0])
    assert seen <= {None, Span(0, 4), Span(5, 9), Span(10, 14), Span(15, 19), Span(20, 24)}
    assert Span(10, 14) in seen
