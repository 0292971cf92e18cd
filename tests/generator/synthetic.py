"""An invented organisation of any size, with the usual coming and going."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from .dice import Dice
from .months import Month
from .naming import FIRST, LAST, login, rep_id
from .organisation import LEAD, LINES, Assignment, Exemption, Organisation, Person, Stint, Team
from .writing import by_rep

TEAM_SIZE = 8
LEAVERS, HIRES, MOVERS, NEWCOMERS_TO_A_LINE = 70, 90, 40, 50
"""Per mille over the whole time."""


def synthetic(seed: str, reps: int, months: tuple[Month, ...]) -> Organisation:
    """So many people with scorecards, in teams of about eight."""
    begin = months[0].first_day
    count = max(1, (reps + TEAM_SIZE // 2) // TEAM_SIZE)
    teams = [f"team-{number:03d}" for number in range(1, count + 1)]
    leads = [_lead(seed, team, begin) for team in teams]
    people = [_rep(seed, number, teams, months) for number in range(reps)]
    return Organisation(
        seed=seed,
        months=months,
        teams=tuple(
            Team(team, f"Team {number}", lead.rep, begin)
            for number, (team, lead) in enumerate(zip(teams, leads, strict=True), 1)
        ),
        people=by_rep((*leads, *people)),
        exemptions=tuple(
            Exemption(person.rep, "meetings-events", begin, months[-1].last_day, leads[0].rep)
            for person in people[::97]
        ),
    )


def _named(seed: str, *key: object) -> tuple[str, str]:
    dice = Dice(seed, "name", *key)
    return dice.pick(FIRST), dice.pick(LAST)


def _lead(seed: str, team: str, begin: date) -> Person:
    first, last = _named(seed, team)
    number = team.rpartition("-")[2]
    return Person(
        f"{rep_id(first, last)}-l{number}",
        f"{first} {last}",
        f"{login(first, last)}.l{number}",
        date(begin.year - 5, 4, 1),
        (Stint(team, begin, role=LEAD),),
    )


def _rep(seed: str, number: int, teams: Sequence[str], months: tuple[Month, ...]) -> Person:
    dice = Dice(seed, "rep", number)
    first, last = _named(seed, number)
    begin = months[0].first_day
    started = date(begin.year - dice.between(1, 20), dice.between(1, 12), 1)
    team = teams[number % len(teams)]
    entered, left = begin, None
    inside = len(months) - 1
    if inside and dice.chance(HIRES):
        month = months[dice.between(1, inside)]
        started = entered = month.first_day + timedelta(days=dice.pick((0, 0, 0, 14)))
    elif inside and dice.chance(LEAVERS):
        month = months[dice.between(0, inside - 1)]
        left = dice.pick((month.last_day, month.last_day, date(month.year, month.month, 13)))
    stints: tuple[Stint, ...] = (Stint(team, entered, left),)
    if inside and left is None and entered == begin and dice.chance(MOVERS):
        moved = months[dice.between(1, inside)].first_day
        stints = (Stint(team, begin, moved - timedelta(days=1)), Stint(dice.pick(teams), moved))
    away = {months[dice.below(len(months))]: dice.pick((0, 400, 500, 800)) for _ in range(3)} if dice.chance(40) else {}
    return Person(
        f"{rep_id(first, last)}-{number + 1:04d}",
        f"{first} {last}",
        f"{login(first, last)}{number + 1:04d}",
        started,
        stints,
        _assignments(dice, number, entered, left, months),
        size=dice.pick((500, 800, 900, 1000, 1000, 1000, 1100, 1200)),
        availability=away,
        quota_agreed={month.year: None for month in months[-1:]} if dice.chance(10) else {},
    )


def _assignments(
    dice: Dice, number: int, entered: date, left: date | None, months: tuple[Month, ...]
) -> tuple[Assignment, ...]:
    if dice.chance(10):
        return ()
    territory = f"Gebiet {number + 1:04d}"
    dropped = {dice.below(len(LINES) * 2), dice.below(len(LINES) * 2)}
    chosen = [line.id for index, line in enumerate(LINES) if index not in dropped]
    found = [Assignment(territory, line, entered, left) for line in chosen]
    later = [month.first_day for month in months if month.first_day > entered]
    if left is None and later and dice.chance(NEWCOMERS_TO_A_LINE):
        start = dice.pick(later)
        found[-1] = Assignment(territory, chosen[-1], start, None, start)
    return tuple(found)
