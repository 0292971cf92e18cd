"""Rows by person: leads, territory, CRM, surveys, training, events, resources."""

from __future__ import annotations

from collections.abc import Iterator

from .dice import Dice
from .situation import RULES_CHANGE, Row, Situation

MODULES = 5
SLA_HOURS, STRICT_SLA_HOURS = 48, 24
SLA_DIP = (70, 50, 30, 15)
"""How many per mille fewer leads are reached in time in the first months of the shorter deadline."""


def _part(dice: Dice, whole: int, permille: int, blur: int = 12) -> int:
    """About that part of a whole."""
    return max(0, min(whole, (whole * (permille + dice.bell(0, blur)) + 500) // 1000))


def leads(s: Situation) -> Iterator[Row]:
    """From the lead to the won quotation, and the leads the company gave."""
    dice = s.dice("leads")
    sells = bool(s.lines)
    decided = s.volume("lead_volume", dice) * (10 if sells else 4) // 10
    qualified = dice.successes(decided, s.level("qualify"))
    ready = qualified + dice.count(s.presence) if sells else 0
    issued = dice.successes(ready, s.level("quoting"))
    dropped = ready - issued
    quotes = s.volume("quotes", dice) if sells else 0
    won = dice.successes(quotes, s.level("win"))
    waiting = s.level("quotes") * s.ease * (3000 + dice.bell(0, 600)) // 1_000_000_000 if sells else 0
    due = s.volume("company_leads", dice)
    strict = s.month >= RULES_CHANGE
    since = s.month.since(RULES_CHANGE)
    dip = SLA_DIP[since] if 0 <= since < len(SLA_DIP) else 0
    contacted = dice.successes(due, max(0, s.level("contact") - dip))
    old_due = s.volume("company_leads", dice)
    yield (
        s.person.rep,
        decided,
        qualified,
        dropped,
        issued,
        quotes,
        won,
        waiting,
        _part(dice, waiting, s.level("old_quotes"), 60),
        due,
        contacted,
        old_due,
        dice.successes(old_due, s.level("dispose")),
        STRICT_SLA_HOURS if strict else SLA_HOURS,
    )


def territory(s: Situation) -> Iterator[Row]:
    """Target accounts, agreed opportunities and contacts of the trade."""
    dice = s.dice("territory")
    fixed = Dice(s.organisation.seed, s.person.rep, "territory", s.month.year)
    accounts = s.level("accounts") // 1000 + fixed.between(-2, 2)
    agreed = (s.level("agreed") + fixed.between(-400, 400) + 500) // 1000
    missed = (1000 - s.presence) // 3 + (1000 - s.ease) // 4
    qualified = dice.count(agreed * s.level("potential") * s.presence * s.ease // 1_000_000)
    known = fixed.between(4, 8)
    yield (
        s.person.rep,
        accounts,
        _part(dice, accounts, s.level("rhythm") - missed),
        _part(dice, accounts, s.level("roles") - missed // 2),
        qualified,
        agreed,
        dice.successes(qualified, s.level("rejected")),
        known,
        _part(dice, known, s.level("influencers") - missed, 60),
    )


def crm(s: Situation) -> Iterator[Row]:
    """Open records and those that break a rule, contacts and those that are complete."""
    dice = s.dice("crm")
    records = s.level("records") * (400 + s.ease * 6 // 10) // 1_000_000 + dice.bell(0, 12)
    contacts = s.level("contacts") * (400 + s.ease * 6 // 10) // 1_000_000 + dice.bell(0, 8)
    idle = (1000 - s.presence) // 7
    yield (
        s.person.rep,
        records,
        records - _part(dice, records, s.level("tidy") - idle),
        contacts,
        _part(dice, contacts, s.level("complete"), 8),
    )


def surveys(s: Situation) -> Iterator[Row]:
    """The customer survey: about two in five answer."""
    dice = s.dice("surveys")
    sent = s.volume("surveys", dice)
    responses = dice.successes(sent, 420)
    satisfied = dice.successes(responses, s.level("satisfaction"))
    low = dice.successes(responses - satisfied, 700)
    called = dice.successes(low, s.level("call_back"))
    active = s.level("surveys") * 5 // 1000 + dice.between(4, 7)
    yield s.person.rep, sent, responses, satisfied, low, called, max(active, sent)


def training(s: Situation) -> Iterator[Row]:
    """CRM modules; a newcomer passes them one after another, and now and then one expires."""
    employed = s.person.tenure(s.month, s.person.started_on)
    valid = (MODULES * s.level("modules") + 500) // 1000
    yield s.person.rep, MODULES, max(0, min(MODULES, valid, 1 + 3 * employed // 2))


def events(s: Situation) -> Iterator[Row]:
    """Meetings and events: fewer in August, more in spring and autumn."""
    dice = s.dice("events")
    busy = {3: 1300, 8: 500, 9: 1400, 12: 700}.get(s.month.month, 1000)
    invited = dice.count((s.level("meetings") * busy // 1000) * max(s.presence, 300) // 1000)
    excused = invited if not s.presence else dice.successes(invited, 60 + (1000 - s.presence) // 3)
    yield s.person.rep, invited, excused, dice.successes(invited - excused, s.level("attendance"))


def resources(s: Situation) -> Iterator[Row]:
    """Large deals, and those the company's experts helped with."""
    dice = s.dice("resources")
    deals = s.volume("large_deals", dice) if s.lines else 0
    supported = dice.successes(deals, s.level("support"))
    yield s.person.rep, deals, supported
