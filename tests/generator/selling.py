"""Rows by product line: bookings, forecasts, pipeline, demonstrations, certificates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from .dice import Dice
from .months import forecast_deadline, shift_workdays
from .organisation import Assignment, Line
from .situation import RULES_CHANGE, SEASON, Row, Situation, market, quota_of

HORIZON = 3
STALE_DAYS = 30
BIG_ORDER = 30
"""Per mille of orders that are several times the usual size."""


def _orders(s: Situation, line: Line, assignment: Assignment) -> tuple[int, int, int]:
    """Bookings in cents, number of orders, list value in cents. A shared territory sells the same for both."""
    shared = assignment.share < 1000
    dice = Dice(s.organisation.seed, assignment.territory, line.id, s.month) if shared else s.dice(f"sales {line.id}")
    attainment = 1000 if shared else s.level("attainment") * s.presence * s.ease_of(assignment) // 1_000_000
    size = 1000 if shared else s.person.size
    expected = market(line, s.month.year) * size * attainment * SEASON[s.month.month - 1] // 100_000_000
    orders = dice.count(expected * 1000 // line.order)
    bookings = listed = 0
    for _ in range(orders):
        euros = line.order * (465 + dice.below(800)) // 1000
        if dice.chance(BIG_ORDER):
            euros += line.order * dice.between(2000, 7000) // 1000
        cents = euros // 10 * 1000 if euros > 20_000 else euros * 100 + dice.below(20) * 5
        bookings += cents
        listed += cents * 1000 // (1000 - dice.between(20, 150)) // 100 * 100
    return bookings, orders, max(listed, bookings)


def sales(s: Situation) -> Iterator[Row]:
    """Bookings and quota; without an agreed quota both its cells are empty."""
    for line, assignment in s.lines:
        bookings, orders, listed = _orders(s, line, assignment)
        quota = quota_of(s.person, line, assignment.share, *s.month) * 100 if s.agreed_on else None
        yield s.person.rep, line.id, bookings, orders, listed, quota, s.agreed_on


def _submissions(s: Situation, dice: Dice) -> dict[str, date | None]:
    """When each line's forecast was submitted; lines that are missing were not."""
    deadline = forecast_deadline(s.month)
    day = shift_workdays(deadline, -dice.below(5))
    found: dict[str, date | None] = {line.id: day for line, _ in s.lines}
    if s.tenure(None) < 1 and s.person.started_on > s.month.first_day:
        return {}  # Nobody forecasts before the first day at work.
    if found and not dice.chance(s.level("discipline")):
        slip = dice.below(10)
        victim = dice.pick(list(found))
        if slip < 5:
            del found[victim]
        elif slip < 8:
            found[victim] = shift_workdays(deadline, dice.between(1, 6))
        elif slip < 9:
            late = shift_workdays(deadline, dice.between(1, 7))
            found = dict.fromkeys(found, late)
        else:
            found = {victim: day}
    for line, _ in s.lines:
        if (str(s.month), s.person.rep, line.id) in s.organisation.gaps.undated:
            found[line.id] = None
    return found


def forecast(s: Situation) -> Iterator[Row]:
    """The forecast for this month: partly what came, partly hope, the more so the less foresight."""
    if not s.presence:
        return
    dice = s.dice("forecast")
    submitted = _submissions(s, dice)
    for line, assignment in s.lines:
        usual = quota_of(s.person, line, 1000, *s.month) * s.ease_of(assignment) * s.presence // 10_000
        bookings, _, _ = _orders(s, line, assignment)
        foresight = s.level("foresight")
        seen = (bookings * foresight + usual * (1000 - foresight)) // 1000
        cents = seen * (1000 + s.level("optimism") + dice.bell(0, 420)) // 1000
        step = 50_000 if cents < 5_000_000 else 500_000
        if line.id in submitted:
            yield s.person.rep, line.id, max(0, cents // step * step), submitted[line.id]


def pipeline(s: Situation) -> Iterator[Row]:
    """What is open at the month's end. From 2026 on what is stale no longer counts for the months ahead."""
    dice = s.dice("pipeline")
    strict = s.month >= RULES_CHANGE
    for line, assignment in s.lines:
        # The months ahead by this year's quota: next year's is not agreed yet.
        ahead = sum(
            quota_of(s.person, line, assignment.share, s.month.year, s.month.plus(months).month)
            for months in range(1, HORIZON + 1)
        )
        multiple = max(300, s.level("coverage") + s.level(f"coverage_{line.id}") + dice.bell(0, 250))
        multiple = multiple * (400 + s.ease_of(assignment) * 600 // 1000) // 1000
        sound = ahead * multiple // 1000
        stale_share = max(0, s.level("stale") + dice.bell(0, 60) + (1000 - s.presence) // 8)
        everything = sound * dice.between(1150, 1600) // 1000
        stale = everything * stale_share // 1000
        if strict:
            sound = sound * (1000 - stale_share * 5 // 8) // 1000
        sound, everything, stale = (euros // 100 * 100 for euros in (sound, everything, stale))
        stale = min(stale, everything - sound) if strict else stale
        quota = ahead * 100 if s.agreed_on else None
        yield (
            s.person.rep,
            line.id,
            sound * 100,
            quota,
            HORIZON,
            everything * 100,
            stale * 100,
            STALE_DAYS * strict,
        )


def demos(s: Situation) -> Iterator[Row]:
    """Presentations: planned, held, cancelled by the customer."""
    dice = s.dice("demos")
    for line, assignment in s.lines:
        pace = line.demos * s.person.size // 1000
        planned = dice.count(pace * 1200 // 1000) if s.presence else 0
        cancelled = dice.successes(planned, 90)
        due = planned - cancelled
        able = max(300, s.presence * s.ease_of(assignment) // 1000)
        held = dice.successes(due, min(1000, s.level("demos")) * able // 1000)
        if held == due and due and dice.chance(max(0, s.level("demos") - 900)):
            held += 1
        yield s.person.rep, line.id, planned, held, cancelled


def certificates(s: Situation) -> Iterator[Row]:
    """Product certificates; newcomers to a line earn them one by one."""
    dice = Dice(s.organisation.seed, s.person.rep, "certificates")
    for line, assignment in s.lines:
        offset = dice.bell(0, 60)
        level = (s.level("certificates") + offset) * min(1000, s.ease_of(assignment) + 250) // 1000
        valid = max(0, min(line.certificates, (line.certificates * level + 200) // 1000))
        yield s.person.rep, line.id, line.certificates, valid
