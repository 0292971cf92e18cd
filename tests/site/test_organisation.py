"""The organisation's month and trends: figures of groups, changes, what began anew, completeness, totals."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from standardwerk.evaluate.rollup import RollUp, Total, roll_up
from standardwerk.evaluate.totals import Amounts, TotalKey, Totals
from standardwerk.model.arrivals import Arrival
from standardwerk.model.presence import Presence
from standardwerk.model.roster import Roster, Team
from standardwerk.model.scores import Contribution, State
from standardwerk.site.contexts import MonthState
from standardwerk.site.group_contexts import Completeness
from standardwerk.site.organisation import (
    GroupFigures,
    business_totals,
    completeness,
    organisation_contexts,
    trend_contexts,
)
from tests.factory import START, World, measure, month, months, person, rep, revision, source

TEAMS = (Team("t", "Team", "", START, None, 2), Team("u", "Other", "", START, None, 3))
ROSTER = Roster({"ann": person(rep())}, TEAMS)
NOTHING = Completeness(0, 0, 0, 0, ())


def rolled(at: str, value: int, name: str = "m", teams: dict[str, Total | None] | None = None) -> RollUp:
    total = Total(value, 100, {str(index) for index in range(6)})
    return RollUp(month(at), "std", name, total, teams or {}, {})


def figures(*found: RollUp, world: World | None = None) -> GroupFigures:
    rollups = {(one.month, one.standard, one.measure): one for one in found}
    return GroupFigures(rollups, (world or World(measure())).scoring, ROSTER)


def contexts(given: GroupFigures, totals: Totals | None = None, *, with_totals: bool = False):
    states = dict.fromkeys(given.scoring.months, MonthState("final", None))
    data = dict.fromkeys(given.months, NOTHING)
    return organisation_contexts(given, totals or {}, states, data, "de", with_totals=with_totals)


def test_months_of_the_organisation():
    world = World(measure(), measure(id="n", role="second"), minimum_group="7")
    found = contexts(figures(rolled("2026-03", 80, "n"), rolled("2026-03", 70), rolled("2026-01", 60), world=world))
    first, second = found
    assert (str(first.month), str(second.month), first.minimum_group) == ("2026-01", "2026-03", 7)
    assert (first.previous, first.next.url, second.previous.url, second.next) == (
        *(None, "months/de/2026-03/", "months/de/2026-01/", None),
    )
    ((name, rows),) = second.groups
    # In the order of the revision's measures.
    assert (name, [row.measure.id for row in rows]) == ({"de": "x"}, ["m", "n"])
    assert {row.trend_url for row in rows} == {"months/de/standards/std/"}


def test_the_page_for_named_groups_has_its_own_address():
    (found,) = contexts(figures(rolled("2026-01", 60)), with_totals=True)
    assert found.url == "totals/de/2026-01/"


def test_teams_come_by_name_hidden_ones_too():
    teams = {"t": None, "u": Total(3, 4, {"x"}), "": None}
    (found,) = contexts(figures(rolled("2026-01", 60, teams=teams)))
    assert list(found.team_names.items()) == [("u", "Other"), ("t", "Team")]
    ((_, (row,)),) = found.groups
    assert row.teams["t"] is None
    assert row.teams["u"] is not None


def test_a_change_is_between_two_figures_counted_alike():
    changed = revision([measure()], date(2026, 3, 1), {"m": date(2026, 3, 1)})
    world = World(revisions=[revision([measure()]), changed])
    given = figures(*(rolled(f"2026-0{number}", 10 * number) for number in (1, 2, 3, 4, 6)), world=world)
    rows = {str(one.month): one.groups[0][1][0] for one in contexts(given)}
    assert {at: row.change for at, row in rows.items()} == {
        "2026-01": None,
        "2026-02": Decimal(10),
        # Counting began anew.
        "2026-03": None,
        "2026-04": Decimal(10),
        # Of May nothing is shown.
        "2026-06": None,
    }
    history = rows["2026-06"].history
    assert [str(point.month) for point in history] == [f"2026-0{number}" for number in range(1, 7)]
    assert [point.restarts for point in history] == [False, False, True, False, False, False]
    assert history[4].value is None
    assert [point.edition and point.edition.label for point in history] == [None, None, "2026-03-01", None, None, None]


def test_what_turned():
    """The target is 80 %, near is from 60 % on."""
    given = figures(*(rolled(f"2026-0{at}", value) for at, value in enumerate((50, 85, 70, 50, 70, 70), start=1)))
    met, near, missed = State.MET, State.NEAR, State.MISSED
    found = {one.month.number: one for one in contexts(given)}
    assert {at: list(one.turned) for at, one in found.items()} == {
        1: [],
        2: [(missed, met)],
        3: [(met, near)],
        4: [(near, missed)],
        5: [(missed, near)],
        6: [],
    }
    assert [one.counts for one in found.values()] == [{state: 1} for state in (missed, met, near, missed, near, near)]
    assert found[2].turned[missed, met] == found[2].groups[0][1]


def test_what_turned_comes_with_the_best_news_first():
    values = {"a": (50, 85), "b": (85, 50), "c": (85, 70), "d": (50, 70), "e": (70, 85), "f": (70, 70)}
    world = World(*(measure(id=name, role="main" if name == "a" else "second") for name in values))
    given = figures(
        *(
            rolled(f"2026-0{at}", value, name)
            for name, pair in values.items()
            for at, value in enumerate(pair, start=1)
        ),
        world=world,
    )
    found = contexts(given)[-1].turned
    assert ["".join(row.measure.id for row in rows) for rows in found.values()] == ["a", "e", "d", "c", "b"]


def test_a_share_shown_by_a_bound_has_no_change():
    share = World(measure(kind="proportion"))
    given = figures(rolled("2026-01", 90), rolled("2026-02", 100), rolled("2026-03", 92), world=share)
    rows = [one.groups[0][1][0] for one in contexts(given)]
    assert [(row.value.value, row.value.bound, row.change) for row in rows if row.value] == [
        (Decimal(90), None, None),
        (Decimal(95), "least", None),
        (Decimal(92), None, None),
    ]


def test_the_headline_is_what_the_method_chooses():
    headline = [{"standard": "std", "measure": name} for name in ("n", "m", "gone")]
    world = World(measure(), measure(id="n", role="second"), organisation={"headline": headline})
    (found,) = contexts(figures(rolled("2026-01", 60), world=world))
    assert [(row.measure.id, row.value is None) for row in found.headline] == [("n", True), ("m", False)]


# Trends ---------------------------------------------------------------------------------------------------------------


def test_a_trend():
    stricter = measure(bands={"met": "90", "near": "60"})
    world = World(
        revisions=[revision([measure()]), revision([stricter], date(2026, 3, 1), {"m": START})],
        span=("2023-01", "2026-06"),
    )
    given = figures(
        *(rolled(str(one), 50, teams={"t": None, "u": Total(3, 4, {"x"})}) for one in months("2023-01", "2026-06")),
        world=world,
    )
    (found,) = trend_contexts(given, "de")
    (trend,) = found.measures
    assert len(trend.months) == 24
    assert (str(trend.months[0].point.month), str(trend.months[-1].point.month)) == ("2024-07", "2026-06")
    # Limits changed; counting did not begin anew.
    assert not any(one.point.restarts for one in trend.months)
    assert [one.point.limits[0][0] for one in trend.months if one.point.limits][-5:] == [80, 90, 90, 90, 90]
    assert (trend.teams, trend.lines) == (("u",), ())
    assert (found.url, found.organisation_url) == ("months/de/standards/std/", "months/de/2026-06/")


def test_no_trend_of_what_is_never_shown():
    hidden = RollUp(month("2026-01"), "std", "m", None, {}, {})
    assert trend_contexts(figures(hidden), "de") == []
    assert trend_contexts(figures(), "de") == []


def test_lines_in_the_order_of_the_handbook():
    found = [
        Contribution(month("2026-01"), "std", "m", "t", line, f"p{index}", 1, 2)
        for index in range(10)
        for line in ("two", "one")
    ]
    world = World(measure(by="product_line"), sources=[source(keys=("product_line",))])
    given = GroupFigures(roll_up(found, 5), world.scoring, ROSTER)
    ((_, (row,)),) = contexts(given)[0].groups
    assert list(row.lines) == ["one", "two"]
    assert [value and value.value for value in row.lines.values()] == [50, 50]


# Data -----------------------------------------------------------------------------------------------------------------


def arrival(expected: int | None, missing: int) -> Arrival:
    lacking = tuple((str(index),) for index in range(missing))
    return Arrival("f", 0, frozenset(), expected, lacking, {})


def test_completeness():
    sources = [
        source("s", title={"de": "S"}),
        source("gone", title={"de": "Gone"}),
        source("late"),
        source("events", rows="events"),
        source("unused"),
    ]
    its = [measure(), *(measure(id=name, role="info", source=name) for name in ("gone", "late", "events"))]
    world = World(*its, sources=sources)
    people = {name: person(rep(name)) for name in ("ann", "bob", "cat")}
    january = month("2026-01")
    arrivals = {"s": {january: arrival(3, 1)}, "events": {january: arrival(None, 0)}}
    found = completeness(world.scoring, arrivals, Presence(Roster(people, TEAMS), world.scoring.handbook), january)
    # Of the files that are not there, nobody's row is.
    assert found == Completeness(2, 4, 2, 9, ({"de": "Gone"}, {"de": "late"}))


def test_business_totals():
    totals = {"totals": [{"standard": "std", "measure": "m"}, {"standard": "std", "measure": "gone"}]}
    world = World(measure(), span=("2025-01", "2026-06"), organisation=totals)

    def key(at: str, line: str | None) -> TotalKey:
        return TotalKey(month(at), "std", "m", line)

    given: Totals = {
        key("2026-06", "two"): Amounts(30, 20),
        key("2026-06", "one"): Amounts(5, None),
        key("2026-06", None): Amounts(1, 1),
        key("2026-05", "one"): Amounts(4, 4),
        key("2025-06", "two"): Amounts(7, 7),
    }
    made = figures(rolled("2026-06", 60), world=world)
    (found,) = business_totals(made, given, month("2026-06"))
    assert [(row.line, row.now, row.before, row.year_ago) for row in found.rows] == [
        (None, Amounts(36, 21), Amounts(4, 4), Amounts(7, 7)),
        ("one", Amounts(5, None), Amounts(4, 4), Amounts()),
        ("two", Amounts(30, 20), Amounts(), Amounts(7, 7)),
    ]
    assert [str(at) for at, *_ in found.rows[0].months][:2] == ["2025-07", "2025-08"]
    assert found.rows[0].months[-1][1:] == (Amounts(36, 21), Amounts(7, 7))
    assert business_totals(made, {}, month("2026-06")) == ()
    (without,) = contexts(made, given)
    assert without.totals == ()
    (with_totals,) = contexts(made, given, with_totals=True)
    assert len(with_totals.totals) == 1
