"""What comes back from workers is what they gave, in the order of the people."""

from __future__ import annotations

import pickle
from fractions import Fraction
from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st

from standardwerk.model.months import Month
from standardwerk.model.scores import Contribution
from standardwerk.pipeline.outcomes import Contributions, Outcome, together
from tests.factory import quick

MONTHS = [Month.parse(text) for text in ("2025-12", "2026-01", "2026-02")]
people = st.lists(st.sampled_from(MONTHS), max_size=5)


def of_person(number: int, months: list[Month]) -> list[Contribution]:
    return [
        Contribution(month, "std", "m", "team", None, f"p{number}", Fraction(number, 3), Fraction(index + 1))
        for index, month in enumerate(months)
    ]


@quick
@given(st.lists(people, max_size=8), st.lists(st.tuples(st.integers(0, 3), st.booleans()), max_size=8))
def test_contributions_travel_by_month(given_people: list[list[Month]], chunks: list[tuple[int, bool]]) -> None:
    every = [of_person(number, months) for number, months in enumerate(given_people)]
    ends = [min(end, len(every)) for end in accumulate(size for size, _ in chunks)]
    parts, start = [], 0
    for end, (_, travels) in [*zip(ends, chunks, strict=True), (len(every), (0, True))]:
        part = together([Outcome(Contributions(its)) for its in every[start:end]])
        parts.append(pickle.loads(pickle.dumps(part)) if travels else part)
        start = end
    found = together(parts).contributions
    flat = [one for its in every for one in its]
    assert found.months == sorted({one.month for one in flat})
    for month in MONTHS:
        assert sorted(found.of(month), key=repr) == sorted((one for one in flat if one.month == month), key=repr)
    assert len(list(found)) == len(flat)
    # Travelling again changes nothing.
    assert list(pickle.loads(pickle.dumps(found))) == list(found)


def test_what_travelled_keeps_the_order_of_the_people() -> None:
    parts = [pickle.loads(pickle.dumps(Outcome(Contributions(of_person(number, MONTHS))))) for number in range(5)]
    assert [one.rep for one in together(parts).contributions.of(MONTHS[1])] == ["p0", "p1", "p2", "p3", "p4"]
