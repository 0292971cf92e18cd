"""What erased people leave: sums over at least k, exact, and nothing where they are fewer or all the same."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction

import pytest

from standardwerk.evaluate.remainder import Share, with_erased
from standardwerk.evaluate.totals import Amounts, TotalKey, in_month
from standardwerk.model.handbook import MeasureRef
from standardwerk.model.remainder import Remainder, Rest, RestKey, remainder_text, rests
from standardwerk.model.scores import Contribution
from tests.factory import month

JANUARY = month("2026-01")
KEY = RestKey(JANUARY, "std", "m")
REF = MeasureRef(standard="std", measure="m")


def share(number: int, numerator, denominator, *, is_share=False, line=None, team="a") -> Share:
    one = Contribution(JANUARY, "std", "m", team, line, f"p{number}", numerator, denominator, is_share)
    return Share([one], {})


#: Others, so that there is a figure that is shown.
OTHERS = [share(100 + number, 1, 3, team=team) for team in ("others", "more") for number in range(5)]


def kept(*shares: Share, k: int = 3, before: Remainder | None = None) -> Rest:
    return with_erased(before or Remainder(), shares, OTHERS, k).sums[KEY]


def test_a_sum_over_k_is_kept_and_one_over_fewer_is_not():
    three = [share(number, Decimal("0.10") * number, 2) for number in (1, 2, 3)]
    # The teams none of them was in may still be shown.
    assert kept(*three) == Rest(3, Decimal("0.60"), 6, teams=frozenset({"others", "more"}))
    assert kept(*three[:2]) == Rest(0)


def test_what_says_the_same_of_all_is_not_kept():
    assert kept(*(share(number, 4, 4, is_share=True) for number in range(3))) == Rest(0)
    assert kept(*(share(number, 0, 4, is_share=True) for number in range(3))) == Rest(0)
    assert kept(*(share(number, 0, 4) for number in range(3))) == Rest(0)
    # Of a ratio, numerator and denominator may be the same by chance.
    assert kept(*(share(number, 4, 4) for number in range(3))).people == 3


def test_a_figure_that_can_no_longer_be_shown_is_withdrawn():
    """Only those who go have less than all there is: without them, what is left says the same of all who stay."""
    gone = [share(number, 2 + number % 2, 4, is_share=True, team="ac"[number % 2]) for number in range(5)]
    stay = [share(10 + number, 4, 4, is_share=True, team="ac"[number % 2]) for number in range(8)]
    others = [*stay[2:], *(share(20 + number, 3, 4, is_share=True, team="ac"[number]) for number in range(2))]
    assert with_erased(Remainder(), gone, others, 5).sums[KEY].people == 5
    assert with_erased(Remainder(), gone, stay, 5).sums[KEY] == Rest(0)


def test_a_later_one_is_added_but_nothing_comes_back():
    three = with_erased(Remainder(), [share(number, 1, 2) for number in range(3)], OTHERS, 3)
    one, left = OTHERS[0], OTHERS[1:]
    found = with_erased(three, [one], left, 3).sums[KEY]
    assert found == Rest(4, 4, 9, teams=frozenset({"more"}))
    two = with_erased(Remainder(), [share(number, 1, 2) for number in range(2)], OTHERS, 3)
    assert kept(*(share(number, 1, 2) for number in range(5)), before=two) == Rest(0)


def test_of_a_figure_that_is_hidden_nothing_is_kept():
    assert with_erased(Remainder(), [share(number, 1, 2) for number in range(3)], [], 5).sums[KEY] == Rest(0)


def test_lines_make_the_sum_only_where_nobody_has_one_of_all_lines():
    def of(number: int, *lines: str) -> Share:
        return Share([share(number, 1, 1, line=line).contributions[0] for line in lines], {})

    by_line = [of(number, "one", "two") for number in range(3)]
    others = [of(10 + number, "two", "three") for number in range(6)]
    found = with_erased(Remainder(), by_line, others, 3).sums[KEY]
    assert (found.people, found.numerator, found.denominator) == (3, 6, 6)
    assert found.lines <= {"three"}
    # Others have a figure of all lines; then these people are in none.
    assert with_erased(Remainder(), by_line, OTHERS, 3).sums[KEY] == Rest(0)


def total(number: int, line: str | None, actual, target) -> Share:
    return Share([], {TotalKey(JANUARY, "std", "m", line): Amounts(actual, target)})


def test_business_totals_stay_right_as_a_whole():
    gone = [total(1, "one", 10, 5), total(2, "one", 20, 3), total(3, "one", 30, 5)]
    others = [total(4, "one", 1, 1), total(5, "two", 2, 2)]
    left = {key: amounts for one in others for key, amounts in one.totals.items()}
    remainder = with_erased(Remainder(), gone, others, 3)
    found = in_month(left, REF, JANUARY, ("one", "two"), remainder.totals)
    assert found == {"one": Amounts(), "two": Amounts(2, 2), None: Amounts(63, 16)}
    # Too few: none of it is shown.
    few = with_erased(Remainder(), gone[:2], others, 3)
    assert in_month(left, REF, JANUARY, ("one", "two"), few.totals) == {
        "one": Amounts(),
        "two": Amounts(),
        None: Amounts(),
    }
    # All there were are gone.
    assert in_month({}, REF, JANUARY, ("one", "two"), remainder.totals) == {None: Amounts(60, 13)}


def test_a_target_that_few_have_is_no_sum_over_k():
    gone = [total(1, "one", 10, 5), total(2, "one", 20, None), total(3, "one", 30, None)]
    assert with_erased(Remainder(), gone, [], 3).totals[KEY] == Rest(0)
    without_targets = [total(number, "one", 10, None) for number in range(3)]
    before = with_erased(Remainder(), without_targets, [], 3)
    assert before.totals[KEY] == Rest(3, 30, None)
    # The first target would be one person's.
    assert with_erased(before, [total(7, "one", 1, 1)], [], 3).totals[KEY] == Rest(0)


@pytest.mark.parametrize("number", [0, -7, Decimal("12.50"), Fraction(1, 3), Fraction(4, 2), None])
def test_the_file_has_every_number_exactly(number):
    remainder = Remainder({KEY: Rest(5, number, 3, True, frozenset({"b", "a"}), frozenset({"x"}))})
    data = json.loads(remainder_text(remainder))["months"]["2026-01"]
    assert rests(JANUARY, data["sums"]) == dict(remainder.sums)
    assert remainder_text(Remainder(rests(JANUARY, data["sums"]))) == remainder_text(remainder)
