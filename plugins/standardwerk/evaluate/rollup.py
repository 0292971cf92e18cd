"""Sums over people, shown only where nobody can be worked out from them.

Groups are the organisation, its teams, and its product lines. A figure is shown if at least k people are behind it,
and if the hidden part of each split (teams, lines) is either nothing or at least k people in at least two groups, so
that no difference of shown figures is about fewer (primary and complementary suppression; ESSNet SDC, "Handbook on
Statistical Disclosure Control", ch. 4). The two splits are then looked at together (see ``disclosure``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from standardwerk.evaluate.disclosure import Node, small_cut
from standardwerk.model.months import Month
from standardwerk.model.scores import Contribution, Exact


@dataclass(slots=True)
class Total:
    """A sum over people."""

    numerator: Exact = 0
    denominator: Exact = 0
    people: set[str] = field(default_factory=set)

    def add(self, contribution: Contribution) -> None:
        """Add what one person contributes."""
        self.numerator += contribution.numerator  # type: ignore[operator]
        self.denominator += contribution.denominator  # type: ignore[operator]
        self.people.add(contribution.rep)


@dataclass(frozen=True, slots=True)
class RollUp:
    """A measure in a month: what may be shown of it. None stands for a hidden figure."""

    month: Month
    standard: str
    measure: str
    organisation: Total | None
    teams: Mapping[str, Total | None]
    lines: Mapping[str, Total | None]


def roll_up(contributions: Iterable[Contribution], k: int) -> dict[tuple[Month, str, str], RollUp]:
    """Add contributions up by measure and month, and hide what is too small."""
    grouped: dict[tuple[Month, str, str], list[Contribution]] = {}
    for one in contributions:
        grouped.setdefault((one.month, one.standard, one.measure), []).append(one)
    return {key: _one(key, found, k) for key, found in sorted(grouped.items())}


def _one(key: tuple[Month, str, str], found: list[Contribution], k: int) -> RollUp:
    by_person = [one for one in found if one.line is None]
    by_line = [one for one in found if one.line is not None]
    lines = _totals(by_line, lambda one: one.line or "")
    # A measure judged by its worst line has no figure of the person; then the lines themselves are added.
    whole = by_person or by_line
    teams = _totals(whole, lambda one: one.team)
    organisation = Total()
    for one in whole:
        organisation.add(one)
    if len(organisation.people) < k:
        return RollUp(*key, None, dict.fromkeys(teams), dict.fromkeys(lines))
    return RollUp(*key, organisation, *_jointly(suppressed(teams, k), suppressed(lines, k), whole, by_line, k))


Shown = dict[str, Total | None]


def _jointly(
    teams: Shown, lines: Shown, whole: list[Contribution], by_line: list[Contribution], k: int
) -> tuple[Shown, Shown]:
    """Hide more until no sum or difference of shown teams and lines is about fewer than k people."""
    team_of = {one.rep: one.team for one in whole}
    lines_of: dict[str, set[str]] = {rep: set() for rep in team_of}
    # What of a person's total is in none of her lines: of the numerator, and of the denominator.
    rest: dict[str, tuple[Exact, Exact]] = {
        one.rep: (one.numerator, one.denominator) for one in whole if one.line is None
    }
    for one in by_line:
        lines_of.setdefault(one.rep, set()).add(one.line or "")
        if one.rep in rest:
            top, below = rest[one.rep]
            rest[one.rep] = (top - one.numerator, below - one.denominator)  # type: ignore[operator]

    def ties(part: int) -> Counter[frozenset[Node]]:
        found: Counter[frozenset[Node]] = Counter()
        for rep, its in lines_of.items():
            nodes = {("line", line if lines[line] else "") for line in its}
            if not its or (rep in rest and rest[rep][part]):
                nodes.add(("line", ""))
            team = team_of.get(rep)
            nodes.add(("team", team if team is not None and teams[team] else ""))
            found[frozenset(nodes)] += 1
        return found

    while lines:
        touched = small_cut(ties(0), k) or small_cut(ties(1), k)
        shown = [
            ((kind, name) not in touched, len(total.people), kind, name)
            for kind, its in (("line", lines), ("team", teams))
            for name, total in its.items()
            if total is not None
        ]
        if not touched or not shown:
            break
        *_, kind, name = min(shown)
        (lines if kind == "line" else teams)[name] = None
    return teams, lines


def _totals(found: list[Contribution], name: object) -> dict[str, Total]:
    totals: dict[str, Total] = {}
    for one in found:
        totals.setdefault(name(one), Total()).add(one)  # type: ignore[operator]
    return dict(sorted(totals.items()))


def suppressed(groups: Mapping[str, Total], k: int) -> Shown:
    """The groups of a split that may be shown: what is hidden is nothing, or at least k people in two groups or more.

    A person may be in several groups (lines): every group that shares people with a hidden one is judged by the people
    that are in hidden groups only.
    """
    hidden = {name for name, total in groups.items() if len(total.people) < k}
    while hidden and len(hidden) < len(groups):
        people: set[str] = set().union(*(groups[name].people for name in hidden))
        if len(hidden) >= 2 and len(people) >= k:
            break
        smallest = min(
            (name for name in groups if name not in hidden), key=lambda name: (len(groups[name].people), name)
        )
        hidden.add(smallest)
    return {name: None if name in hidden else total for name, total in groups.items()}
