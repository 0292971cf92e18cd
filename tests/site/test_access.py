"""Who may read what: cases by hand, and random rosters against a second reading of the rules."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from standardwerk.model.access import Access
from standardwerk.model.roster import Roster, Team
from standardwerk.site.access import Grants, grants
from tests.factory import START, handbook, months, person, rep, revision, standard
from tests.factory import quick as few

SPAN = months("2026-01", "2026-04")
X = {"de": "x"}


def team(identity: str, lead: str, first: date = START, last: date | None = None) -> Team:
    return Team(identity, identity.title(), lead, first, last, 2)


def built(people: list[Any], teams: list[Team], **access: Any) -> Grants:
    book = handbook([standard([revision([])])])
    roster = Roster({one.id: one for one in people}, tuple(teams))
    return grants(book, roster, Access.model_validate(access), SPAN)


def card(who: str, month: str) -> str:
    return f"scorecards/{who}/de/{month}/index.html"


def cards(who: str, month: str) -> tuple[str, ...]:
    return card(who, month), f"scorecards/{who}/{month}.json", f"scorecards/{who}/{month}.csv"


def small(**access: Any) -> Grants:
    """Ann changes from north (led by Lea, from March by Max) to south in April; Max leads south in April."""
    people = [
        person(
            rep("ann", login="Ann", team="north", end=date(2026, 3, 31)),
            rep("ann", date(2026, 4, 1), login="Ann", team="south"),
        ),
        person(rep("bob", login="bob", team="north")),
        person(rep("lea", login="lea", role="lead", team="north")),
        person(rep("max", login="max", role="lead", team="south")),
        person(rep("zoe", login="", team="north")),
    ]
    teams = [
        team("north", "lea", last=date(2026, 2, 28)),
        team("north", "max", date(2026, 3, 1)),
        team("south", "max"),
    ]
    return built(people, teams, **access)


def test_a_person_and_the_lead_of_the_month() -> None:
    found = small()
    for month, lead in (("2026-01", "lea"), ("2026-02", "lea"), ("2026-03", "max"), ("2026-04", "max")):
        for path in cards("ann", month):
            assert found.of(path) == {"ann", lead}, path
    assert found.of("teams/north/de/2026-02/index.html") == {"lea"}
    assert found.of("teams/north/de/2026-03/index.html") == {"max"}
    assert found.of("teams/south/de/2026-04/index.html") == {"max"}
    # Nobody was in the team: there is no page, and nobody may read one.
    assert found.of("teams/south/de/2026-03/index.html") == set()


def test_the_overview_is_hers_alone() -> None:
    assert small().of("scorecards/ann/de/index.html") == {"ann"}


def test_who_has_no_login_reads_nothing_and_her_lead_does() -> None:
    found = small()
    assert found.of("scorecards/zoe/de/index.html") == set()
    assert found.of(card("zoe", "2026-01")) == {"lea"}


def test_what_nobody_knows_is_nobodys() -> None:
    found = small(groups=[{"id": "g", "name": X, "logins": ["boss"], "may": ["organisation", "teams"]}])
    for path in (
        *("scorecards/index.html", "scorecards/ann", "scorecards/nobody/de/index.html", "teams/north/x.html"),
        *("months/x.json", "new/de/index.html", "SCORECARDS/ann/de/index.html", "", "/"),
    ):
        assert found.of(path) == set(), path
    # In her own folder everything is hers, and of what is not known nothing is anybody else's.
    assert found.of("scorecards/ann/new/x.html") == {"ann"}
    assert found.of(card("ann", "2025-12")) == {"ann"}


def test_own_leaves_out_leads() -> None:
    found = small(default="own")
    assert found.of(card("ann", "2026-01")) == {"ann"}
    assert found.of("teams/north/de/2026-01/index.html") == set()
    assert not found.led


def test_groups_read_what_they_may_and_no_more() -> None:
    groups = [
        {"id": "heads", "name": X, "logins": ["boss", "LEA"], "may": ["organisation"]},
        {"id": "staff", "name": X, "logins": ["FIRM\\hr"], "may": ["teams"]},
    ]
    found = small(groups=groups)
    assert {reader.login: key for key, reader in found.readers.items()} == {
        **{"Ann": "ann", "bob": "bob", "lea": "lea", "max": "max"},
        **{"boss": "login.1", "FIRM\\hr": "login.2"},
    }
    assert found.of("months/de/2026-01/index.html") == {"login.1", "lea"}
    assert found.of("teams/north/de/2026-01/index.html") == {"lea", "login.2"}
    assert found.of(card("ann", "2026-01")) == {"ann", "lea"}
    everyone = small(everyone=["organisation"])
    assert everyone.of("months/de/2026-01/index.html") == {"ann", "bob", "lea", "max"}


def test_me_leads_to_the_newest_of_ones_own() -> None:
    found = small(groups=[{"id": "g", "name": X, "logins": ["boss", "lea", "hr"], "may": ["organisation"]}])
    assert {key: home["de"] for key, home in found.home.items()} == {
        "ann": "scorecards/ann/de/2026-04/",
        "bob": "scorecards/bob/de/2026-04/",
        "lea": "teams/north/de/2026-02/",
        "max": "teams/north/de/2026-04/",
        "login.1": "months/de/2026-04/",
        "login.2": "months/de/2026-04/",
    }
    assert {key: found.of(home["de"] + "index.html") >= {key} for key, home in found.home.items()} == dict.fromkeys(
        found.home, True
    )


# Random rosters -------------------------------------------------------------------------------------------------------

WHO = ("ann", "bob", "cy", "lea")
WHERE = ("north", "south", "")
MONTHS = ("2026-01", "2026-02", "2026-03", "2026-04")


@few
@given(st.data())
def test_random_rosters(data: st.DataObject) -> None:
    """A person's team and a team's lead are drawn month by month; the rows of the files follow."""
    member = {who: [data.draw(st.sampled_from(WHERE)) for _ in MONTHS] for who in WHO}
    lead = {name: [data.draw(st.sampled_from((*WHO, ""))) for _ in MONTHS] for name in WHERE if name}
    default = data.draw(st.sampled_from(["own", "own-and-lead"]))
    firsts = [month.first_day for month in SPAN]
    lasts = [month.last_day for month in SPAN]
    people = [
        person(*(rep(who, firsts[at], lasts[at], login=who.upper(), team=member[who][at]) for at in range(4)))
        for who in WHO
    ]
    teams = [team(name, lead[name][at], firsts[at], lasts[at]) for name in lead for at in range(4)]
    found = built(people, teams, default=default)
    for who, (at, month) in product(WHO, enumerate(MONTHS)):
        expected = {who}
        boss = lead[member[who][at]][at] if member[who][at] else ""
        if boss and default == "own-and-lead":
            expected.add(boss)
        for path in cards(who, month):
            assert found.of(path) == expected
    for name, (at, month) in product(lead, enumerate(MONTHS)):
        members = [who for who in WHO if member[who][at] == name]
        expected = {lead[name][at]} if lead[name][at] and members and default == "own-and-lead" else set()
        assert found.of(f"teams/{name}/de/{month}/index.html") == expected
