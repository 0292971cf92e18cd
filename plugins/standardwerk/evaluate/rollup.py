"""Sums over people, shown only where nobody can be worked out from them.

Groups are the organisation, its teams, and its product lines. A figure is shown if at least k people are behind it,
and if the hidden part of each split (teams, lines) is either nothing or at least k people in at least two groups, so
that no difference of shown figures is about fewer (primary and complementary suppression; ESSNet SDC, "Handbook on
Statistical Disclosure Control", ch. 4). The two splits are then looked at together (see ``disclosure``): as everybody
sees them, and as the lead of each team does, who knows the figures of her own people.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from standardwerk.evaluate.disclosure import Node, small_cut
from standardwerk.model.months import Month
from standardwerk.model.remainder import Rest, RestKey
from standardwerk.model.scores import Contribution, Exact

#: The group of those who were erased. No team can be called so.
ERASED = "(erased)"


@dataclass(slots=True)
class Total:
    """A sum over people."""

    numerator: Exact = 0
    denominator: Exact = 0
    people: set[str] = field(default_factory=set)
    is_share: bool = False
    """Whether the numerator is a part of the denominator."""

    def add(self, contribution: Contribution) -> None:
        """Add what one person contributes."""
        self.numerator += contribution.numerator  # type: ignore[operator]
        self.denominator += contribution.denominator  # type: ignore[operator]
        self.people.add(contribution.rep)
        self.is_share = contribution.is_share

    def include(self, other: Total) -> None:
        """Add another sum. Who is behind it is left out of account."""
        self.numerator += other.numerator  # type: ignore[operator]
        self.denominator += other.denominator  # type: ignore[operator]
        self.is_share = other.is_share

    def without(self, other: Total) -> Total:
        """The sum without another one that is in it. Who is behind it is left out of account."""
        left: tuple[Any, Any] = (self.numerator - other.numerator, self.denominator - other.denominator)  # type: ignore[operator]
        return Total(*left, is_share=self.is_share)

    @property
    def is_uniform(self) -> bool:
        """Whether it says the same of everybody in it: nothing, or of a share all there is (0 or 100 %)."""
        return self.numerator == 0 or (self.is_share and self.numerator == self.denominator)


@dataclass(frozen=True, slots=True)
class RollUp:
    """A measure in a month: what may be shown of it. None stands for a hidden figure."""

    month: Month
    standard: str
    measure: str
    organisation: Total | None
    teams: Mapping[str, Total | None]
    lines: Mapping[str, Total | None]
    is_withdrawn: bool = False
    """Whether it is hidden because too few were erased for their part of it to be kept."""


def roll_up(
    contributions: Iterable[Contribution], k: int, rests: Mapping[RestKey, Rest] | None = None
) -> dict[tuple[Month, str, str], RollUp]:
    """Add contributions up by measure and month, and hide what is too small. ``rests``: what erased people left."""
    grouped: dict[tuple[Month, str, str], list[Contribution]] = {key: [] for key in rests or ()}
    for one in contributions:
        grouped.setdefault((one.month, one.standard, one.measure), []).append(one)
    return {key: _one(key, found, k, (rests or {}).get(RestKey(*key))) for key, found in sorted(grouped.items())}


def _one(key: tuple[Month, str, str], found: list[Contribution], k: int, rest: Rest | None) -> RollUp:
    by_line = [one for one in found if one.line is not None]
    # A measure judged by its worst line has no figure of the person; then the lines themselves are added.
    whole = [one for one in found if one.line is None] or by_line
    splits = _Splits(whole, by_line, k, rest)
    if rest is not None and rest.is_withdrawn:
        splits.hide_all()
    else:
        splits.protect()
    teams = {name: total for name, total in splits.teams.items() if name != ERASED}
    return RollUp(*key, splits.organisation, teams, splits.lines, rest is not None and rest.is_withdrawn)


Shown = dict[str, Total | None]
Name = Callable[[Contribution], str]


def _team(one: Contribution) -> str:
    return one.team


def _line(one: Contribution) -> str:
    return one.line or ""


class _Kind(NamedTuple):
    """People who are alike to the attacker."""

    team: str
    counted: bool
    """Whether they are in the sums of organisation and team; else only in those of lines."""
    lines: frozenset[str]
    rest: tuple[bool, bool]
    """Whether something of a person's total is in none of her lines: of the numerator, of the denominator."""


class _Splits:
    """The organisation by teams and by lines, and what of it is shown."""

    def __init__(
        self, whole: list[Contribution], by_line: list[Contribution], k: int, rest: Rest | None = None
    ) -> None:
        self.k = k
        self.kinds = _kinds(whole, by_line)
        erased: set[str] = set()
        if rest is not None and not rest.is_withdrawn:
            # Those who were erased are a group of their own, never shown.
            whole = [*whole, _of_erased(rest)]
            erased = {f"{ERASED}{number}" for number in range(rest.people)}
            self.kinds[_Kind(ERASED, True, frozenset(), (True, True))] += rest.people
        self.whole, self.by_line = whole, by_line
        everybody = Total()
        for one in whole:
            everybody.add(one)
        self.organisation: Total | None = everybody
        self.all_teams = _totals(whole, _team)
        self.all_lines = _totals(by_line, _line)
        if erased:
            everybody.people |= erased
            self.all_teams[ERASED].people |= erased
        self.teams: Shown = dict(self.all_teams)
        self.lines: Shown = dict(self.all_lines)
        self.gone_teams = self.gone_lines = frozenset[str]()
        if rest is not None:
            self.gone_teams = frozenset(self.all_teams) - rest.teams
            self.gone_lines = frozenset(self.all_lines) - rest.lines

    def protect(self) -> None:
        """Hide until no sum or difference of what is shown is about fewer than k people, or says the same of all."""
        if self.organisation is None or len(self.organisation.people) < self.k:
            self.hide_all()
            return
        self.teams = suppressed(self.all_teams, self.k, self.gone_teams)
        self.lines = suppressed(self.all_lines, self.k, self.gone_lines)
        while touched := self._small_cut():
            if not self._hide_one(touched):
                self.hide_all()
                return
        self._show_again()
        if self.organisation.is_uniform:
            # All are the same: no exact figure is shown of anybody.
            return
        splits = ((self.teams, self.whole, _team), (self.lines, self.by_line, _line))
        if not all(self._leave_open(*split) for split in splits):
            self.hide_all()

    def hide_all(self) -> None:
        """Show nothing."""
        self.organisation = None
        self.teams, self.lines = dict.fromkeys(self.all_teams), dict.fromkeys(self.all_lines)

    def _hide_one(self, touched: set[Node]) -> bool:
        """Hide the smallest group on a cut, else of a split on it; False if all are hidden."""
        shown = [
            ((kind, name) not in touched, (kind, "") not in touched, kind == "line", len(total.people), name)
            for kind, its in (("line", self.lines), ("team", self.teams))
            for name, total in its.items()
            if total is not None
        ]
        if shown:
            *_, is_line, _, name = min(shown)
            (self.lines if is_line else self.teams)[name] = None
        return bool(shown)

    def _show_again(self) -> None:
        """Show what was hidden on the way and need not be, the largest groups first."""
        hidden = [
            (len(total.people), name, shown, total)
            for shown, its in ((self.lines, self.all_lines), (self.teams, self.all_teams))
            for name, total in its.items()
            if shown[name] is None and len(total.people) >= self.k
            if name not in (self.gone_lines if shown is self.lines else self.gone_teams)
        ]
        for _, name, shown, total in sorted(hidden, key=lambda one: (-one[0], one[1])):
            shown[name] = total
            if self._small_cut():
                shown[name] = None

    def _small_cut(self) -> set[Node]:
        """What a sum or difference about fewer than k people goes through, for everybody or for the lead of a team."""
        for part in {tuple(kind.rest[part] for kind in self.kinds): part for part in (0, 1)}.values():
            if touched := small_cut(self._ties(part), self.k, strangers=frozenset({ERASED})):
                return touched
        return set()

    def _ties(self, part: int) -> dict[str, Counter[frozenset[Node]]]:
        """By team: how many of its people tie the same groups."""
        found: dict[str, Counter[frozenset[Node]]] = {team: Counter() for team in self.all_teams}
        for kind, people in self.kinds.items():
            nodes = {("line", line if self.lines[line] else "") for line in kind.lines}
            if not nodes or kind.rest[part] or not kind.counted:
                nodes.add(("line", ""))
            if kind.counted:
                nodes.add(("team", kind.team if self.teams[kind.team] else ""))
            found.setdefault(kind.team, Counter())[frozenset(nodes)] += people
        return found

    def _leave_open(self, shown: Shown, found: list[Contribution], name: Name) -> bool:
        """Hide until those of whom no exact figure is known are no longer all the same, all together.

        Of a share that says the same of all (0 or 100 %) no exact figure is shown. It must not be what is left of the
        others either: for everybody, and for the lead of each team, who knows her own people's. Where others are hidden
        for it, it is hidden with them, so that nothing tells which of them it is. False if hiding all is not enough.
        """
        sums: dict[str, dict[str, Total]] = {group: {} for group in shown}
        for one in found:
            sums[name(one)].setdefault(one.team, Total()).add(one)
        for group, total in shown.items():
            # A line of which only a lead's own people are not the same.
            if total is not None and not total.is_uniform and _say_the_same(sums[group]):
                shown[group] = None
        while True:
            same = {group for group, total in shown.items() if total is not None and total.is_uniform}
            unknown = same | {group for group, total in shown.items() if total is None}
            by_team: dict[str, Total] = {}
            for group in unknown:
                for team, part in sums[group].items():
                    by_team.setdefault(team, Total()).include(part)
            if not _say_the_same(by_team):
                return True
            shown.update(dict.fromkeys(same))
            exact = {group: total for group, total in shown.items() if total is not None}
            if not exact:
                return False
            shown[_smallest(exact)] = None


def _say_the_same(by_team: Mapping[str, Total]) -> bool:
    """Whether people, given by team, are all the same: together, or without a team whose lead knows it."""
    together = Total()
    for part in by_team.values():
        together.include(part)
    if by_team and together.is_uniform:
        return True
    return len(by_team) > 1 and any(together.without(part).is_uniform for part in by_team.values())


def _kinds(whole: list[Contribution], by_line: list[Contribution]) -> Counter[_Kind]:
    counted = {one.rep for one in whole}
    lines: dict[str, set[str]] = {rep: set() for rep in counted}
    rest: dict[str, tuple[Exact, Exact]] = {
        one.rep: (one.numerator, one.denominator) for one in whole if one.line is None
    }
    for one in by_line:
        lines.setdefault(one.rep, set()).add(one.line or "")
        if one.rep in rest:
            top, below = rest[one.rep]
            rest[one.rep] = (top - one.numerator, below - one.denominator)  # type: ignore[operator]
    teams = {one.rep: one.team for one in (*by_line, *whole)}
    found: Counter[_Kind] = Counter()
    for rep, its in lines.items():
        top, below = rest.get(rep, (0, 0))
        found[_Kind(teams[rep], rep in counted, frozenset(its), (bool(top), bool(below)))] += 1
    return found


def _totals(found: list[Contribution], name: Name) -> dict[str, Total]:
    totals: dict[str, Total] = {}
    for one in found:
        totals.setdefault(name(one), Total()).add(one)
    return dict(sorted(totals.items()))


def _smallest(groups: Mapping[str, Total]) -> str:
    return min(groups, key=lambda name: (len(groups[name].people), name))


def _of_erased(rest: Rest) -> Contribution:
    """What erased people left, as one contribution; whose month and measure it is does not matter here."""
    top, below = rest.numerator or 0, rest.denominator or 0
    return Contribution(Month(0), "", "", ERASED, None, f"{ERASED}0", top, below, rest.is_share)


def suppressed(groups: Mapping[str, Total], k: int, gone: frozenset[str] = frozenset()) -> Shown:
    """The groups of a split that may be shown: what is hidden is nothing, or at least k people in two groups or more.

    ``gone``: groups that are hidden whatever their size.

    A person may be in several groups (lines): every group that shares people with a hidden one is judged by the people
    that are in hidden groups only.
    """
    hidden = {name for name, total in groups.items() if len(total.people) < k or name in gone}
    while hidden and len(hidden) < len(groups):
        people: set[str] = set().union(*(groups[name].people for name in hidden))
        if len(hidden) >= 2 and len(people) >= k:
            break
        hidden.add(_smallest({name: total for name, total in groups.items() if name not in hidden}))
    return {name: None if name in hidden else total for name, total in groups.items()}
