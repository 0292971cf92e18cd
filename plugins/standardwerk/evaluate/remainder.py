"""What erased people leave behind in the sums of groups: see ``model/remainder.py``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from standardwerk.evaluate.rollup import Total
from standardwerk.evaluate.totals import Amounts, Totals, plus
from standardwerk.model.remainder import Remainder, Rest, RestKey
from standardwerk.model.scores import Contribution


@dataclass(frozen=True)
class Share:
    """What one person gives to the pages about several people."""

    contributions: Sequence[Contribution]
    totals: Totals


def with_erased(before: Remainder, shares: Iterable[Share], others: Iterable[Share], k: int) -> Remainder:
    """The remainder once further people are erased; ``others`` stay.

    A sum is kept only over at least k people who are erased at once, or are added to so many; and a roll-up's only if
    it does not say the same of all of them. What was withdrawn stays so: nothing is left to make it right from.
    """
    erased = list(shares)
    # Whether a measure has a sum of its own over all lines is settled by everybody together.
    wholes = {_key(one) for share in (*erased, *others) for one in share.contributions if one.line is None}
    return Remainder(
        _together(before.sums, _sums(erased, wholes), lambda rest: rest.people >= k and not _is_uniform(rest)),
        _together(before.totals, _totals(erased), lambda rest: rest.people >= k),
    )


def _together(
    before: Mapping[RestKey, Rest], more: Mapping[RestKey, Rest], may_be_kept: Callable[[Rest], bool]
) -> dict[RestKey, Rest]:
    found = dict(before)
    for key, rest in more.items():
        old = before.get(key)
        if old is not None:
            rest = replace(
                rest,
                people=old.people + rest.people,
                numerator=plus(old.numerator, rest.numerator),
                denominator=plus(old.denominator, rest.denominator),
                teams=old.teams | rest.teams,
                lines=old.lines | rest.lines,
            )
        if (old is not None and old.is_withdrawn) or not may_be_kept(rest):
            rest = Rest(0)
        found[key] = rest
    return dict(sorted(found.items()))


def _is_uniform(rest: Rest) -> bool:
    return Total(rest.numerator or 0, rest.denominator or 0, is_share=rest.is_share).is_uniform


def _key(one: Contribution) -> RestKey:
    return RestKey(one.month, one.standard, one.measure)


def _sums(erased: Iterable[Share], wholes: set[RestKey]) -> dict[RestKey, Rest]:
    grouped: dict[RestKey, list[Contribution]] = {}
    for share in erased:
        for one in share.contributions:
            grouped.setdefault(_key(one), []).append(one)
    found = {}
    for key, its in grouped.items():
        total = Total()
        for one in its:
            if one.line is None or key not in wholes:
                total.add(one)
        found[key] = Rest(
            len(total.people),
            total.numerator,
            total.denominator,
            total.is_share,
            frozenset(one.team for one in its),
            frozenset(one.line for one in its if one.line is not None),
        )
    return found


def _totals(erased: Iterable[Share]) -> dict[RestKey, Rest]:
    amounts: dict[RestKey, Amounts] = {}
    people: dict[RestKey, int] = {}
    lines: dict[RestKey, set[str]] = {}
    for share in erased:
        for key in {RestKey(*key[:3]) for key in share.totals}:
            people[key] = people.get(key, 0) + 1
        for total, amount in share.totals.items():
            key = RestKey(*total[:3])
            amounts.setdefault(key, Amounts()).add(amount)
            its = lines.setdefault(key, set())
            if total.line is not None:
                its.add(total.line)
    return {
        key: Rest(people[key], found.actual, found.target, lines=frozenset(lines[key]))
        for key, found in amounts.items()
    }
