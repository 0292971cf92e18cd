"""What erased people leave behind in the sums of groups: see ``model/remainder.py``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from standardwerk.evaluate.rollup import RollUp, Total, roll_up
from standardwerk.evaluate.totals import Amounts, Totals, plus
from standardwerk.model.months import Month
from standardwerk.model.remainder import Remainder, Rest, RestKey
from standardwerk.model.scores import Contribution


@dataclass(frozen=True)
class Share:
    """What one person gives to the pages about several people."""

    contributions: Sequence[Contribution]
    totals: Totals


def with_erased(before: Remainder, shares: Sequence[Share], others: Sequence[Share], k: int) -> Remainder:
    """The remainder once further people are erased; ``others`` stay.

    A sum is kept only over at least k people who are erased at once, or are added to so many; and only if it does not
    say the same of all of them, and if the figure can still be shown with it. What was withdrawn stays so: nothing is
    left to make it right from.
    """
    erased, everybody = list(shares), [*shares, *others]
    shown = roll_up((one for share in everybody for one in share.contributions), k, before.sums)
    # Whether a measure has a sum of its own over all lines is settled by everybody together.
    wholes = {_key(one) for share in everybody for one in share.contributions if one.line is None}
    lines: dict[RestKey, set[str | None]] = {}
    for share in everybody:
        for total in share.totals:
            lines.setdefault(RestKey(*total[:3]), set()).add(total.line)
    sums = _together(before.sums, _sums(erased, wholes, shown), k)
    left = roll_up((one for share in others for one in share.contributions), k, sums)
    for key in sums.keys() & shown.keys():
        if shown[key].organisation is not None and left[key].organisation is None:
            # Those who stay could be worked out from it (all the same, say). It is gone then, and has to say so.
            sums[key] = Rest(0)
    return Remainder(sums, _together(before.totals, _totals(erased, lines), k))


def _together(before: Mapping[RestKey, Rest], more: Mapping[RestKey, Rest], k: int) -> dict[RestKey, Rest]:
    found = dict(before)
    for key, rest in more.items():
        old = before.get(key)
        if old is not None:
            parts = ((old.numerator, rest.numerator), (old.denominator, rest.denominator))
            # A part that the old sum did not have is of the new people alone.
            alone = any(was is None and now is not None for was, now in parts)
            rest = replace(
                rest,
                people=rest.people if alone else old.people + rest.people,
                numerator=plus(old.numerator, rest.numerator),
                denominator=plus(old.denominator, rest.denominator),
                teams=old.teams & rest.teams,
                lines=old.lines & rest.lines,
            )
        if (old is not None and old.is_withdrawn) or rest.people < k or _is_uniform(rest):
            rest = Rest(0)
        found[key] = rest
    return dict(sorted(found.items()))


def _is_uniform(rest: Rest) -> bool:
    return Total(rest.numerator or 0, rest.denominator or 0, is_share=rest.is_share).is_uniform


def _key(one: Contribution) -> RestKey:
    return RestKey(one.month, one.standard, one.measure)


def _sums(
    erased: Iterable[Share], wholes: set[RestKey], shown: Mapping[tuple[Month, str, str], RollUp]
) -> dict[RestKey, Rest]:
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
        now = shown[key]
        found[key] = Rest(
            # Of a figure that is hidden anyway nothing is kept.
            len(total.people) if now.organisation is not None else 0,
            total.numerator,
            total.denominator,
            total.is_share,
            frozenset(team for team, sum_ in now.teams.items() if sum_ is not None) - {one.team for one in its},
            frozenset(line for line, sum_ in now.lines.items() if sum_ is not None) - {one.line for one in its},
        )
    return found


def _totals(erased: Iterable[Share], lines: Mapping[RestKey, set[str | None]]) -> dict[RestKey, Rest]:
    grouped: dict[RestKey, list[tuple[str | None, Amounts]]] = {}
    behind: dict[RestKey, tuple[set[int], set[int]]] = {}
    for person, share in enumerate(erased):
        for total, amounts in share.totals.items():
            key = RestKey(*total[:3])
            grouped.setdefault(key, []).append((total.line, amounts))
            for part, people in zip(
                (amounts.actual, amounts.target), behind.setdefault(key, (set(), set())), strict=True
            ):
                if part is not None:
                    people.add(person)
    found = {}
    for key, its in grouped.items():
        whole = Amounts()
        for _line, amounts in its:
            whole.add(amounts)
        # Of amount and target, what fewer people have says how many are behind the two.
        people_behind = min((len(people) for people in behind[key] if people), default=0)
        right = frozenset(line for line in lines[key] if line is not None) - {line for line, _amounts in its}
        found[key] = Rest(people_behind, whole.actual, whole.target, lines=right)
    return found
