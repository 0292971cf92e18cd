from __future__ import annotations

import decimal
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from standardwerk.evaluate.people import PlanBook, contributions, evaluate_person, parts_key
from standardwerk.model.scores import State
from tests.factory import World, assignment, measure, month, person, quick, rep, revision, source

BY_LINE = source(keys=("product_line",))
ROWS = {"2026-01": [{"a": 90, "b": 100}]}


def by_line(cells: dict[str, tuple[int, int]]) -> dict[str, list[dict]]:
    return {"2026-01": [{"product_line": line, "a": top, "b": below} for line, (top, below) in cells.items()]}


counts = st.tuples(st.integers(0, 130), st.sampled_from([0, 50, 100, 120]))
SEVERITY = {State.MISSED: 0, State.NEAR: 1, State.NOT_CERTAIN: 2, State.MET: 3}


@quick
@given(st.fixed_dictionaries({"one": counts, "two": counts}), st.sampled_from(["higher", "lower"]))
def test_the_worst_line_decides(cells, better):
    limits = {"met": "80", "near": "60"} if better == "higher" else {"met": "80", "near": "90"}
    made = measure(by="product_line", lines="worst", better=better, bands=limits)
    found = World(made, sources=[BY_LINE], who=person(lines=["one", "two"])).score("2026-01", s=by_line(cells))
    by_hand = {}
    for line, (top, below) in cells.items():
        if below:
            value = round(100 * top / below + 0.0)
            short = 80 - value if better == "higher" else value - 80
            room = 20 if better == "higher" else 10
            by_hand[line] = (0 if short > room else 1 if short > 0 else 3, -short)
    if not by_hand:
        assert found.figure.status is State.NOT_APPLICABLE
        return
    worst = min(sorted(by_hand), key=lambda line: by_hand[line])
    assert (found.deciding_line, found.figure.line) == (worst, worst)
    assert SEVERITY[found.figure.status] == by_hand[worst][0]
    assert [figure.line for figure in found.lines] == ["one", "two"]


def test_a_guard_by_its_worst_line_has_no_verdict():
    bands = {"better": "higher", "bands": {"met": "80", "near": "60"}}
    guard = measure(id="g", role="guard", by="product_line", lines="worst", **bands)
    world = World(measure(), guard, sources=[BY_LINE], who=person(lines=["one", "two"]))
    found = world.score("2026-01", "g", s=by_line({"one": (70, 100), "two": (40, 100)}))
    assert (found.deciding_line, found.figure.status, found.figure.value) == ("two", None, 40)


def test_without_lines_there_is_no_deciding_line():
    made = measure(by="product_line", lines="worst")
    found = World(made, sources=[BY_LINE]).score("2026-01", s=by_line({}))
    assert (found.deciding_line, found.lines, found.figure.reason) == (None, (), "no_lines")


def test_a_scorecard_says_who_when_and_by_what():
    changed = person(
        rep(end=date(2026, 2, 28)),
        rep(valid_from=date(2026, 3, 1), end=date(2026, 4, 30), team="u"),
        rep(valid_from=date(2026, 5, 1), role="lead"),
    )
    revisions = [revision([measure()]), revision([measure()], date(2026, 2, 1))]
    cards = World(revisions=revisions, who=changed).cards(s=ROWS)
    assert {text: (card.team, card.edition) for text, card in cards.items()} == {
        "2026-01": ("t", "2020-01-01"),
        "2026-02": ("t", "2026-02-01"),
        "2026-03": ("u", "2026-02-01"),
        "2026-04": ("u", "2026-02-01"),
    }
    assert {card.name for card in cards.values()} == {"Ann"}
    assert {card.summary.get(State.NO_DATA, 0) for card in cards.values()} == {0, 1}


def test_a_revision_for_other_roles_is_not_on_the_card():
    assert World(measure(), rules={"roles": ("lead",)}).cards(s=ROWS)["2026-01"].standards == ()
    assert len(World(measure(), rules={"roles": ("rep", "lead")}).cards(s=ROWS)["2026-01"].standards) == 1


def test_months_before_entry_are_in_no_window():
    who = person(rep(start=date(2026, 2, 1)))
    found = World(measure(window="rolling 3"), who=who).figure("2026-03", s=ROWS | {"2026-03": [{"a": 1, "b": 10}]})
    assert (str(found.window_start), found.value) == ("2026-02", 10)


def test_the_leavers_last_month():
    who = person(rep(end=date(2026, 3, 10)))
    assert list(World(measure(), who=who).cards(s=ROWS)) == ["2026-01", "2026-02", "2026-03"]


def test_the_index_is_there_if_the_method_has_one():
    assert World(measure()).cards(s=ROWS)["2026-01"].index is None
    with_index = World(measure(), index={"minimum_coverage_percent": "60"}).cards(s=ROWS)
    assert (with_index["2026-01"].index.value, with_index["2026-02"].index.value) == (100, None)


def test_measures_that_differ_in_limits_only_share_their_parts():
    assert parts_key(measure()) == parts_key(measure(bands={"met": "1", "near": "0"}, window="rolling 3"))
    for other in (
        {"where": "a > 0"},
        {"is_target": "true"},
        {"missing": "0"},
        {"minimum_n": {"count": "a", "value": "1"}},
    ):
        assert parts_key(measure()) != parts_key(measure(**other))


def test_evaluation_needs_no_context_of_its_own():
    world = World(measure(kind="sum"))
    huge = decimal.Decimal("123456789012345.123456789")
    with decimal.localcontext(decimal.Context(prec=3)):
        assert world.figure("2026-01", s={"2026-01": [{"a": huge}, {"a": huge}]}).numerator == _double(huge)


def _double(value: decimal.Decimal) -> decimal.Decimal:
    with decimal.localcontext(decimal.Context(prec=60)):
        return value * 2


# Contributions --------------------------------------------------------------------------------------------------------


def contributed(world: World, **rows) -> list[tuple[str, str | None, object, object]]:
    book = PlanBook(world.scoring)
    card = world.cards(**rows)["2026-01"]
    return [(one.measure, one.line, one.numerator, one.denominator) for one in contributions(book, card)]


def test_judged_measures_that_add_up_contribute():
    columns = {"a": {}, "b": {}, "ids": {"accumulate": "distinct"}}
    world = World(
        measure(minimum_n="1000"),
        measure(id="second", role="second", kind="sum"),
        measure(id="info", role="info"),
        measure(id="rating", role="second", kind="mean"),
        measure(id="ids", role="second", kind="sum", value="ids"),
        measure(id="check", role="second", kind="check", condition="a > 0"),
        sources=[source(columns=columns)],
    )
    rows = {"2026-01": [{"a": 90, "b": 100, "ids": 3}]}
    assert contributed(world, s=rows) == [("m", None, 90, 100), ("second", None, 90, 0)]


def test_states_without_verdict_do_not_contribute():
    ramp = [{"from_month": "1", "scored": "false"}]
    for world in (
        World(measure(), who=person(rep(start=date(2026, 1, 1))), ramp=ramp),
        World(measure(), who=person(exemptions=[("std", date(2026, 1, 1), None)])),
        World(measure(), calendar={"held": ("2026-01",)}),
    ):
        assert contributed(world, s=ROWS) == []


def test_lines_contribute_with_and_without_their_total():
    rows = by_line({"one": (3, 4), "two": (1, 6)})
    who = person(lines=[assignment("one"), assignment("two")])
    total = World(measure(by="product_line"), sources=[BY_LINE], who=who)
    worst = World(measure(by="product_line", lines="worst"), sources=[BY_LINE], who=who)
    lines = [("m", "one", 3, 4), ("m", "two", 1, 6)]
    assert contributed(total, s=rows) == [("m", None, 4, 10), *lines]
    assert contributed(worst, s=rows) == lines


def test_a_person_without_scorecard_has_none():
    world = World(measure(), who=person(rep(role="lead")))
    assert evaluate_person(PlanBook(world.scoring), world.who, {}) == []
    assert month("2026-01") in world.scoring.months
