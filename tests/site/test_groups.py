from __future__ import annotations

from dataclasses import replace

from standardwerk.evaluate.rollup import RollUp, Total
from standardwerk.model.roster import Roster, Team
from standardwerk.model.scores import State
from standardwerk.site.groups import member_month, organisation_contexts, team_contexts
from tests.factory import START, World, measure, month, person, rep
from tests.site.test_first import card

ROSTER = Roster(
    {"bob": person(rep("bob"))}, (Team("t", "Team", "bob", START, None, 2), Team("u", "U", "", START, None, 3))
)


def test_what_changed_is_a_verdict_on_both_sides():
    now = card(
        ("a", "1", State.MET),
        ("b", "1", State.MISSED),
        ("c", "1", State.NEAR),
        ("d", None, State.NO_DATA),
        ("e", "1", State.MET),
    )
    before = card(("a", "1", State.NEAR), ("b", "1", State.MISSED), ("c", "1", State.TOO_FEW), ("d", "1", State.MET))
    found = member_month(now, before)
    assert found.changed == ("a",)
    assert member_month(now, None).changed == ()
    assert {name: one.status for name, one in found.figures.items()} == {
        "a": State.MET,
        "b": State.MISSED,
        "c": State.NEAR,
        "d": State.NO_DATA,
        "e": State.MET,
    }


def test_people_of_a_team_come_by_their_last_names():
    world = World(measure())
    cards = world.cards(s={})
    one = member_month(cards["2026-01"], None)
    names = ["Zoe Zander", "Jo Öhler", "Ann Ofen", "Anna Maria Abel", "Bea Abel", "Jan Straßer", "Jan Strasse"]
    members = [replace(one, rep=f"r{index}", name=name) for index, name in enumerate(names)]
    (found,) = team_contexts(members, world.scoring.handbook, ROSTER, "de")
    assert [member.name for member in found.members] == [
        "Anna Maria Abel",
        "Bea Abel",
        "Ann Ofen",
        "Jo Öhler",
        "Jan Strasse",
        "Jan Straßer",
        "Zoe Zander",
    ]
    assert found.members[0].url == "scorecards/r3/de/2026-01/"
    assert (found.team_name, found.lead_name, found.url) == ("Team", "Bob", "teams/t/de/2026-01/")


def test_months_of_teams():
    world = World(measure())
    cards = world.cards(s={})
    member = {text: member_month(one, None) for text, one in cards.items()}
    moved = [
        member["2026-01"],
        replace(member["2026-02"], team="u"),
        member["2026-03"],
        replace(member["2026-04"], team=""),
    ]
    found = team_contexts(moved, world.scoring.handbook, ROSTER, "de")
    links = [(one.team, str(one.month), one.previous and one.previous.url, one.next and one.next.url) for one in found]
    assert links == [
        ("t", "2026-01", None, "teams/t/de/2026-03/"),
        ("t", "2026-03", "teams/t/de/2026-01/", None),
        ("u", "2026-02", None, None),
    ]
    assert [[pair[0].id for pair in one.standards] for one in found] == [["std"]] * 3
    without = team_contexts([replace(member["2026-01"], figures={})], world.scoring.handbook, ROSTER, "de")
    assert without[0].standards == ()


def test_months_of_the_organisation():
    world = World(measure(), measure(id="n", role="second"), minimum_group="7")
    rolled = {}
    for text, measures in (("2026-03", "nm"), ("2026-01", "m")):
        for name in measures:
            key = (month(text), "std", name)
            rolled[key] = RollUp(*key, Total(3, 4, {"x"}), {"t": None}, {})
    first, second = organisation_contexts(rolled, world.scoring.handbook, ROSTER, "de")
    assert (str(first.month), str(second.month), first.minimum_group) == ("2026-01", "2026-03", 7)
    assert (first.previous, first.next.url, second.previous.url, second.next) == (
        None,
        "months/de/2026-03/",
        "months/de/2026-01/",
        None,
    )
    ((name, (standard,)),) = second.groups
    assert (name, standard.standard.id) == ({"de": "x"}, "std")
    # In the order of the revision's measures.
    assert [one.measure for one in standard.rollups] == ["m", "n"]
    assert second.team_names == {"t": "Team", "u": "U"}
