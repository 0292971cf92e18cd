"""Roll-ups: sums are right, and an attacker with all shown totals finds nobody in a group of fewer than k."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standardwerk.evaluate.rollup import RollUp, Total, roll_up, suppressed
from standardwerk.model.scores import Contribution
from tests.factory import month, quick, thorough

JANUARY = month("2026-01")


@dataclass(frozen=True)
class Member:
    """A person: her team, and the lines she has figures of."""

    team: str
    lines: tuple[str, ...]


def contributions(people: list[Member], *, whole: bool) -> list[Contribution]:
    """Line by line, and (where a measure adds its lines up) the person's sum; amounts are powers of two."""
    found, cell = [], 0
    for index, member in enumerate(people):
        total = 0
        for line in member.lines:
            found.append(_contribution(index, member.team, line, 2**cell))
            total += 2**cell
            cell += 1
        if whole or not member.lines:
            found.append(_contribution(index, member.team, None, total or 2**cell))
            cell += not member.lines
    return found


def _contribution(index: int, team: str, line: str | None, amount: int) -> Contribution:
    return Contribution(JANUARY, "std", "m", team, line, f"p{index}", amount, 1)


def rolled(people: list[Member], k: int, *, whole: bool = True) -> RollUp:
    return roll_up(contributions(people, whole=whole), k)[JANUARY, "std", "m"]


# The attacker ---------------------------------------------------------------------------------------------------------

Cell = tuple[Member, str | None]


def knowledge(people: list[Member], shown: RollUp) -> list[set[Cell]]:
    """The cells (alike people taken together) that each shown total adds up."""
    cells = {(member, line) for member in people for line in member.lines or (None,)}
    known = [cells] if shown.organisation is not None else []
    known += [{cell for cell in cells if cell[0].team == team} for team, total in shown.teams.items() if total]
    known += [{cell for cell in cells if cell[1] == line} for line, total in shown.lines.items() if total]
    return known


def rank(rows: list[list[Fraction]]) -> int:
    rows, found = [list(row) for row in rows], 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((row for row in rows[found:] if row[column]), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        rows.insert(found, pivot)
        for row in rows[found + 1 :]:
            if row[column]:
                factor = row[column] / pivot[column]
                row[:] = [left - factor * right for left, right in zip(row, pivot, strict=True)]
        found += 1
    return found


def small_groups(people: list[Member], k: int) -> Iterator[tuple[Member, ...]]:
    counts = Counter(people)
    for size in range(1, k):
        for some in combinations(counts, size):
            if sum(counts[member] for member in some) < k:
                yield some


def found_out(people: list[Member], shown: RollUp, k: int) -> list[tuple[Member, ...]]:
    """Groups of fewer than k people about whom some sum and difference of shown totals speaks alone.

    There is one if combinations that cancel out everybody else need not cancel out the group.
    """
    known = knowledge(people, shown)
    cells = sorted({cell for one in known for cell in one}, key=str)

    def matrix(without: tuple[Member, ...]) -> list[list[Fraction]]:
        return [[Fraction(cell in one) for cell in cells if cell[0] not in without] for one in known]

    full = rank(matrix(()))
    return [group for group in small_groups(people, k) if rank(matrix(group)) < full]


def test_the_attacker_is_no_fool():
    two = [Member("a", ())] * 3 + [Member("b", ())]
    both = RollUp(JANUARY, "std", "m", Total(), {"a": Total(), "b": None}, {})
    # b's one person is the organisation without a.
    assert found_out(two, both, 2) == [(Member("b", ()),)]
    hidden = RollUp(JANUARY, "std", "m", Total(), {"a": None, "b": None}, {})
    assert found_out(two, hidden, 2) == []


lines = st.sampled_from([(), ("one",), ("two",), ("one", "two"), ("two", "three"), ("one", "two", "three")])
members = st.builds(Member, st.sampled_from("aabbcd"), lines)


@quick
@given(st.lists(members.map(lambda one: Member(one.team, ())), max_size=14, min_size=1), st.integers(2, 4))
def test_nobody_is_found_out_from_teams(people, k):
    assert found_out(people, rolled(people, k), k) == []


@quick
@given(st.lists(members, max_size=14, min_size=1), st.integers(2, 4), st.booleans())
def test_nobody_is_found_out_from_teams_and_lines(people, k, whole):
    people = [one for one in people if one.lines] or [Member("a", ("one",))]
    assert found_out(people, rolled(people, k, whole=whole), k) == []


@quick
@given(st.lists(members, max_size=12, min_size=1), st.integers(2, 4))
def test_nobody_is_found_out_with_and_without_lines(people, k):
    assert found_out(people, rolled(people, k), k) == []


def test_a_line_less_a_team_within_it():
    """Line one is team a and one more person: the difference would be hers."""
    people = [Member("a", ("one",))] * 5 + [Member("b", ("one",))] + [Member("b", ("two",))] * 9
    assert found_out(people, rolled(people, 5), 5) == []


# What is shown --------------------------------------------------------------------------------------------------------


@thorough
@given(st.lists(members, max_size=14, min_size=1), st.integers(2, 5), st.booleans())
def test_what_is_shown_is_the_sum_over_at_least_k_people(people, k, whole):
    whole = whole or not all(one.lines for one in people)
    its = contributions(people, whole=whole)
    shown = roll_up(its, k)[JANUARY, "std", "m"]
    of_people = [one for one in its if one.line is None] or its
    groups = [(shown.organisation, of_people)]
    groups += [(total, [one for one in of_people if one.team == team]) for team, total in shown.teams.items()]
    groups += [(total, [one for one in its if one.line == line]) for line, total in shown.lines.items()]
    for total, behind in groups:
        if total is not None:
            assert total.numerator == sum(one.numerator for one in behind)
            assert total.denominator == len(behind)
            assert total.people == {one.rep for one in behind}
            assert len(total.people) >= k
    assert set(shown.teams) == {one.team for one in people}


def test_large_groups_are_all_shown():
    people = [Member(team, (line,)) for team in "abc" for line in ("one", "two") for _ in range(5)]
    shown = rolled(people, 5)
    assert [len(total.people) for total in shown.teams.values()] == [10, 10, 10]
    assert [len(total.people) for total in shown.lines.values()] == [15, 15]


def test_teams_across_lines_need_no_large_cells():
    """Three people per team and line: no cell can be worked out, so nothing needs to be hidden."""
    people = [Member(team, (line,)) for team in "abc" for line in ("one", "two") for _ in range(3)]
    shown = rolled(people, 5)
    assert None not in [*shown.teams.values(), *shown.lines.values()]


@pytest.mark.parametrize(
    ("sizes", "hidden"),
    [
        ({"a": 9, "b": 7, "c": 6}, set()),
        ({"a": 9, "b": 7, "c": 4}, {"b", "c"}),
        ({"a": 9, "b": 3, "c": 3}, {"b", "c"}),
        ({"a": 9, "b": 3, "c": 1}, {"a", "b", "c"}),
        ({"a": 9, "b": 9, "c": 2, "d": 1}, {"a", "c", "d"}),
        ({"a": 4}, {"a"}),
        ({"a": 5}, set()),
    ],
)
def test_hidden_teams(sizes, hidden):
    teams = {name: Total(people={f"{name}{index}" for index in range(size)}) for name, size in sizes.items()}
    shown = suppressed(teams, 5)
    assert {name for name, total in shown.items() if total is None} == hidden


def test_an_organisation_of_fewer_than_k_shows_nothing():
    shown = rolled([Member("a", ("one",))] * 4, 5)
    assert (shown.organisation, shown.teams, shown.lines) == (None, {"a": None}, {"one": None})
    assert roll_up([], 5) == {}
