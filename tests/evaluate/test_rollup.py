"""Roll-ups: sums are right, and an attacker with all shown totals finds nobody in a group of fewer than k."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standardwerk.evaluate.remainder import Share, with_erased
from standardwerk.evaluate.rollup import RollUp, Total, roll_up, suppressed
from standardwerk.model.remainder import Remainder
from standardwerk.model.scores import Contribution
from tests.factory import month, quick, thorough

JANUARY = month("2026-01")


@dataclass(frozen=True)
class Member:
    """A person: her team, the lines she has figures of, and whether she has one of them all."""

    team: str
    lines: tuple[str, ...]
    counted: bool = True


def contributions(people: list[Member], *, whole: bool) -> list[Contribution]:
    """Line by line, and (where a measure adds its lines up) the person's sum; amounts are powers of two."""
    found, cell = [], 0
    for index, member in enumerate(people):
        total = 0
        for line in member.lines:
            found.append(_contribution(index, member.team, line, 2**cell))
            total += 2**cell
            cell += 1
        if (whole and member.counted) or not member.lines:
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
    counted = {cell for cell in cells if cell[0].counted or not cell[0].lines}
    known = [counted] if shown.organisation is not None else []
    known += [{cell for cell in counted if cell[0].team == team} for team, total in shown.teams.items() if total]
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


def found_out(people: list[Member], shown: RollUp, k: int, lead_of: str | None = None) -> list[tuple[Member, ...]]:
    """Groups of fewer than k people about whom some sum and difference of shown totals speaks alone.

    There is one if combinations that cancel out everybody else need not cancel out the group. The lead of a team knows
    each of her people's figures, and can leave them out.
    """
    known = knowledge(people, shown)
    cells = sorted({cell for one in known for cell in one if cell[0].team != lead_of}, key=str)

    def matrix(without: tuple[Member, ...]) -> list[list[Fraction]]:
        return [[Fraction(cell in one) for cell in cells if cell[0] not in without] for one in known]

    full = rank(matrix(()))
    others = [member for member in people if member.team != lead_of]
    return [group for group in small_groups(others, k) if rank(matrix(group)) < full]


def found_out_by_anyone(people: list[Member], shown: RollUp, k: int) -> list[tuple[Member, ...]]:
    leads = [None, *sorted({member.team for member in people})]
    return [group for lead in leads for group in found_out(people, shown, k, lead)]


def test_the_attacker_is_no_fool():
    two = [Member("a", ())] * 3 + [Member("b", ())]
    both = RollUp(JANUARY, "std", "m", Total(), {"a": Total(), "b": None}, {})
    # b's one person is the organisation without a.
    assert found_out(two, both, 2) == [(Member("b", ()),)]
    hidden = RollUp(JANUARY, "std", "m", Total(), {"a": None, "b": None}, {})
    assert found_out(two, hidden, 2) == []
    # But a's lead takes her own three away.
    assert found_out(two, hidden, 2, "a") == [(Member("b", ()),)]


lines = st.sampled_from([(), ("one",), ("two",), ("one", "two"), ("two", "three"), ("one", "two", "three")])
members = st.builds(Member, st.sampled_from("aabbcd"), lines)
not_all_counted = st.builds(Member, st.sampled_from("aabbcd"), lines, st.sampled_from([True, True, False]))


@quick
@given(st.lists(members.map(lambda one: Member(one.team, ())), max_size=14, min_size=1), st.integers(2, 4))
def test_nobody_is_found_out_from_teams(people, k):
    assert found_out_by_anyone(people, rolled(people, k), k) == []


@quick
@given(st.lists(members, max_size=14, min_size=1), st.integers(2, 4), st.booleans())
def test_nobody_is_found_out_from_teams_and_lines(people, k, whole):
    people = [one for one in people if one.lines] or [Member("a", ("one",))]
    assert found_out_by_anyone(people, rolled(people, k, whole=whole), k) == []


@quick
@given(st.lists(members, max_size=12, min_size=1), st.integers(2, 4))
def test_nobody_is_found_out_where_some_have_no_lines(people, k):
    assert found_out_by_anyone(people, rolled(people, k), k) == []


@quick
@given(st.lists(not_all_counted, max_size=14, min_size=1), st.integers(2, 4))
def test_nobody_is_found_out_where_some_have_lines_only(people, k):
    if any(one.counted or not one.lines for one in people):
        assert found_out_by_anyone(people, rolled(people, k), k) == []


def test_a_line_less_a_team_within_it():
    """Line one is team a and one more person: the difference would be hers."""
    people = [Member("a", ("one",))] * 5 + [Member("b", ("one",))] + [Member("b", ("two",))] * 9
    assert found_out_by_anyone(people, rolled(people, 5), 5) == []


# Erased people --------------------------------------------------------------------------------------------------------


def without(people: list[Member], gone: list[Member], k: int, *, whole: bool) -> tuple[RollUp, RollUp]:
    """What is shown before and after people are erased."""
    together = contributions([*people, *gone], whole=whole)
    mark = len(people)
    left = [one for one in together if int(one.rep[1:]) < mark]
    erased = [one for one in together if int(one.rep[1:]) >= mark]
    shares = (
        [Share([one for one in its if one.rep == rep], {}) for rep in {one.rep for one in its}]
        for its in (erased, left)
    )
    remainder = with_erased(Remainder(), *shares, k)
    key = (JANUARY, "std", "m")
    return roll_up(together, k)[key], roll_up(left, k, remainder.sums)[key]


@quick
@given(
    st.lists(members, max_size=12, min_size=1),
    st.lists(members, max_size=7, min_size=1),
    st.integers(2, 4),
    st.booleans(),
)
def test_nobody_is_found_out_once_people_are_erased(people, gone, k, whole):
    people, gone = ([one for one in its if one.lines] or [Member("a", ("one",))] for its in (people, gone))
    before, after = without(people, gone, k, whole=whole)
    if len(gone) < k:
        assert after.is_withdrawn
        assert after.organisation is None
        assert not any([*after.teams.values(), *after.lines.values()])
        return
    if after.organisation is not None and before.organisation is not None:
        assert after.organisation.numerator == before.organisation.numerator
        assert after.organisation.denominator == before.organisation.denominator
        assert len(after.organisation.people) == len(before.organisation.people)
    for kind in ("teams", "lines"):
        for name, total in getattr(after, kind).items():
            assert total is None or total.numerator == sum(
                one.numerator
                for one in contributions([*people, *gone], whole=whole)
                if (one.line == name if kind == "lines" else one.team == name and (one.line is None or not whole))
            )
    # Nothing is shown that was not shown before: whoever keeps the old page learns nothing by comparing.
    assert before.organisation is not None or after.organisation is None
    for kind in ("teams", "lines"):
        was = getattr(before, kind)
        assert not [name for name, total in getattr(after, kind).items() if total is not None and was[name] is None]
    # Nobody leads those who are gone: to the attacker they are a team apart.
    strangers = [Member(f"gone from {one.team}", one.lines) for one in gone]
    everybody = [*people, *strangers]
    for lead in [None, *sorted({one.team for one in people})]:
        assert found_out(everybody, after, k, lead) == []


def test_the_whole_stays_shown_where_enough_are_left():
    people = [Member(team, ("one",)) for team in "abc" for _ in range(6)]
    before, after = without(people, [Member("a", ("one",))] * 5, 5, whole=True)
    assert after.organisation is not None
    assert before.organisation is not None
    assert after.organisation.numerator == before.organisation.numerator
    assert {name for name, total in after.teams.items() if total} == {"b", "c"}
    assert after.lines == {"one": None}


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


def test_a_lead_does_not_work_out_a_small_team_from_hers():
    """Everybody sees 9 and 7 + 4 people. But the lead of the seven knows them, and could work out the four."""
    shown = rolled([Member("a", ())] * 9 + [Member("b", ())] * 7 + [Member("c", ())] * 4, 5)
    assert shown.organisation is not None
    assert shown.teams == {"a": None, "b": None, "c": None}


def test_an_organisation_of_a_team_and_a_few():
    assert rolled([Member("a", ())] * 9 + [Member("b", ())] * 4, 5).organisation is None


def of_all(*people: tuple[str, str | None, int]) -> RollUp:
    """Team, line and numerator of each person; the denominators are 2."""
    found = [
        Contribution(JANUARY, "std", "m", team, line, f"p{index}", numerator, 2, is_share=True)
        for index, (team, line, numerator) in enumerate(people)
    ]
    return roll_up(found, 2)[JANUARY, "std", "m"]


@pytest.mark.parametrize("same", [0, 2])
def test_what_is_hidden_does_not_say_the_same_of_all(same):
    """Of hidden teams the sum is known. If it is nothing, or all, others are hidden with them."""
    few = [("c", None, same), ("d", None, same), ("e", None, same)]
    others = [("a", None, 1)] * 3 + [("b", None, 1)] * 4
    # With a alone her lead would know the rest again.
    assert None not in of_all(*others, ("c", None, 1), ("c", None, same)).teams.values()
    assert set(of_all(*others, *few).teams.values()) == {None}
    mixed = of_all(*others, few[0], ("d", None, 1), ("e", None, 1))
    assert {name for name, total in mixed.teams.items() if total is None} == {"c", "d", "e"}
    lines = of_all(*(("a", line, numerator) for line, _, numerator in [*others, *few]))
    assert {name for name, total in lines.lines.items() if total is None} == {"a", "c", "d", "e"}


@pytest.mark.parametrize("same", [0, 2])
def test_a_team_that_says_the_same_of_all_is_not_left_over(same):
    """A large team of which a share is nothing, or all: what the others leave of the whole would say so."""
    mixed = [("a", None, 1)] * 3 + [("b", None, 1)] * 4
    alike = [("c", None, same)] * 3
    shown = of_all(*mixed, *alike)
    assert shown.organisation is not None
    assert set(shown.teams.values()) == {None}
    # If the others are not known anyway, it may be shown: as a share that is close to it.
    few = [("d", None, 1), ("e", None, 1), ("f", None, 1)]
    assert {name for name, total in of_all(*mixed, *alike, *few).teams.items() if total is None} == {"d", "e", "f"}
    # All the same, everywhere: the whole says no more than a team.
    assert None not in of_all(*alike, *(("a", None, same) for _ in range(3))).teams.values()


def test_many_teams_take_no_time():
    people = [
        Member(f"t{index // 8}", (("one", "two", "three", "four") * 2)[index % 4 : index % 4 + 1 + index % 3])
        for index in range(400)
    ]
    start = process_time()
    shown = rolled(people, 5)
    assert process_time() - start < 1
    assert None not in [*shown.teams.values(), *shown.lines.values()]


def test_an_organisation_of_fewer_than_k_shows_nothing():
    shown = rolled([Member("a", ("one",))] * 4, 5)
    assert (shown.organisation, shown.teams, shown.lines) == (None, {"a": None}, {"one": None})
    assert roll_up([], 5) == {}
