"""Who is asked to rate whom on what: by small rosters, with the rows counted by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from standardwerk.model.months import Month
from standardwerk.model.roster import Person, Roster, Team
from standardwerk.model.sheets import Choice, SheetRow
from standardwerk.site.sheets import EntrySheets, entry_sheets, rating_values
from tests.factory import START, X, handbook, measure, month, person, rep, revision, source, standard

DECEMBER, OCTOBER = month("2026-12"), month("2026-10")
STRING = {"type": "string"}
SOURCE = source(
    "r",
    {
        "standard": STRING,
        "item": STRING,
        "deal": {**STRING, "required": "false"},
        "rater": STRING,
        "rating": {"type": "integer", "minimum": "1", "maximum": "5"},
        "evidence": {**STRING, "required": "false", "required_when": "rating <= 2 or rating == 5"},
    },
    keys=("standard", "item", "deal", "rater"),
    cadence="quarterly",
    rows="events",
)


def rated(identity: str, number: int, items: str, where: str = "", roles: Any = None, **more: Any) -> Any:
    anchors = tuple({"item": item, "name": {"de": item.upper()}, "levels": {"1": X, "5": X}} for item in items)
    fields = {"kind": "mean", "source": "r", "value": "rating", **({"where": where} if where else {}), **more}
    rules = {"anchors": anchors, **({"roles": roles} if roles else {})}
    return standard([revision([measure(**fields)], **rules)], identity, number)


CONDUCT = rated("conduct", 1, "ab", "standard == 'conduct' and rater != rep")
TALKS = rated(
    "talks", 2, "xy", "standard == 'negotiation'", minimum_n={"count": "distinct(deal)", "value": 2, "label": X}
)
TEAMS = (
    Team("t", "Team", "lea", START, None, 2),
    Team("u", "Up", "lea", START, None, 3),
    Team("v", "Vale", "leo", START, None, 4),
    Team("w", "Wood", "", START, None, 5),
)


def roster(*people: Person) -> Roster:
    leads = [person(rep("lea", role="lead", team="t")), person(rep("leo", role="lead", team="v"))]
    return Roster({one.id: one for one in (*people, *leads)}, TEAMS)


def sheets(
    *people: Person, standards: Any = (CONDUCT, TALKS), repeat: int = 1, at: Month = DECEMBER, **more: Any
) -> EntrySheets:
    return entry_sheets(handbook(standards), roster(*people), SOURCE, at, repeat, **more)


def asked(found: EntrySheets) -> dict[str, list[str]]:
    return {one.lead.id: sorted({row.rep for row in one.rows}) for one in found.sheets}


def test_one_sheet_for_each_lead_with_all_her_teams() -> None:
    found = sheets(person(rep("ann", team="t")), person(rep("bea", team="u")), person(rep("cem", team="v")))
    assert asked(found) == {"lea": ["ann", "bea"], "leo": ["cem"]}
    first = found.sheets[0]
    assert first.teams == (Choice("t", "Team"), Choice("u", "Up"))
    assert first.lead == Choice("lea", "Lea")
    assert found.leaderless == ()


def test_the_rows_of_a_person_by_standard_item_and_observation() -> None:
    (found,) = sheets(person(rep("ann", team="t")), repeat=2).sheets
    assert found.rows == (
        SheetRow("ann", "conduct", "a", 1),
        SheetRow("ann", "conduct", "b", 1),
        *(SheetRow("ann", "negotiation", item, block) for block in (1, 2) for item in "xy"),
    )
    assert [(scale.standard, scale.observed) for scale in found.scales] == [("conduct", ()), ("negotiation", ("deal",))]
    assert found.repeated("negotiation")
    assert not found.repeated("conduct")


def test_only_the_team_that_is_named() -> None:
    found = sheets(person(rep("ann", team="t")), person(rep("bea", team="u")), team="u")
    assert asked(found) == {"lea": ["bea"]}


def test_a_team_without_a_lead_is_told() -> None:
    found = sheets(person(rep("ann", team="w")), person(rep("bea", team="t")))
    assert asked(found) == {"lea": ["bea"]}
    assert found.leaderless == (Choice("w", "Wood"),)


def test_nobody_rates_herself() -> None:
    playing = person(rep("lea", role="rep", team="t"))
    teams = Roster({"lea": playing, "ann": person(rep("ann", team="t"))}, TEAMS)
    found = entry_sheets(handbook([CONDUCT]), teams, SOURCE, DECEMBER, 1)
    assert asked(found) == {"lea": ["ann"]}


def test_the_roster_at_the_end_of_the_month_decides() -> None:
    moved = person(rep("ann", team="v", end=date(2026, 11, 30)), rep("ann", team="t", valid_from=date(2026, 12, 1)))
    left = person(rep("bea", team="t", end=date(2026, 11, 15)))
    leaving = person(rep("cem", team="t", end=date(2026, 12, 15)))
    to_come = person(rep("dan", team="t", start=date(2027, 1, 1)))
    assert asked(sheets(moved, left, leaving, to_come)) == {"lea": ["ann", "cem"]}


def test_who_is_not_rated() -> None:
    away = person(rep("ann", team="t"), availability={"2026-12": "0"})
    half = person(rep("bea", team="t"), availability={"2026-12": "0.5"})
    exempt = Person("cem", (rep("cem", team="t"),), exemptions=person(exemptions=[("conduct", START, None)]).exemptions)
    found = sheets(away, half, exempt)
    assert asked(found) == {"lea": ["bea", "cem"]}
    assert {row.standard for row in found.sheets[0].rows if row.rep == "cem"} == {"negotiation"}
    assert half.availability[DECEMBER] == Decimal("0.5")


def test_a_standard_for_other_roles_is_not_asked() -> None:
    assert sheets(person(rep("ann", team="t")), standards=[rated("conduct", 1, "a", roles=("inside",))]).sheets == ()


def test_nothing_is_due_outside_the_round() -> None:
    ann = person(rep("ann", team="t"))
    assert sheets(ann, at=OCTOBER).sheets == ()
    # The source comes each quarter, the standard once a year.
    yearly = rated("conduct", 1, "a", cadence="yearly")
    assert sheets(ann, standards=[yearly], at=month("2026-09")).sheets == ()
    assert asked(sheets(ann, standards=[yearly])) == {"lea": ["ann"]}


def test_what_is_rated_must_have_its_items_as_data() -> None:
    assert sheets(person(rep("ann", team="t")), standards=[rated("conduct", 1, "")]).sheets == ()


def test_people_by_last_name_and_told_apart() -> None:
    people = [
        person(rep("z1", team="t", name="Jo Öhm")),
        person(rep("z2", team="t", name="Ann Able")),
        person(rep("z3", team="t", name="Jo Öhm")),
    ]
    (found,) = sheets(*people).sheets
    assert found.people == (Choice("z2", "Ann Able"), Choice("z1", "Jo Öhm (z1)"), Choice("z3", "Jo Öhm (z3)"))
    assert list(dict.fromkeys(row.rep for row in found.rows)) == ["z2", "z1", "z3"]


def test_for_which_ratings_evidence_is_needed() -> None:
    (found,) = sheets(person(rep("ann", team="t"))).sheets
    assert found.ratings == (1, 2, 3, 4, 5)
    assert found.needs == {"evidence": (1, 2, 5)}
    assert found.entered == ("deal", "rating", "evidence")


def test_the_values_of_a_rating() -> None:
    def values(**form: Any) -> tuple[int | str, ...]:
        return rating_values(source("r", {"standard": STRING, "item": STRING, "rating": form}))

    assert values(type="string", enum=("good", "bad")) == ("good", "bad")
    assert values(type="integer", minimum="0", maximum="3") == (0, 1, 2, 3)
    # Too many to choose from, or not said.
    assert values(type="integer", minimum="0", maximum="100") == ()
    assert values(type="integer", minimum="1") == ()
    assert values(type="number", minimum="1", maximum="5") == ()
