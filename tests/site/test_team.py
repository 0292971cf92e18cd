"""What a lead reads about her team, and in which order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from standardwerk.model.access import TeamPage
from standardwerk.model.closing import Change, Correction
from standardwerk.model.notes import Action, Notes
from standardwerk.model.roster import Roster, Team
from standardwerk.model.scores import Signal, State
from standardwerk.site.contexts import MonthState
from standardwerk.site.group_contexts import MemberCorrection, StatusChange, Topics
from standardwerk.site.team import (
    MemberMonth,
    changes,
    corrections,
    member_month,
    missed_as_before,
    open_actions,
    signals,
    team_contexts,
)
from tests.factory import START, World, figure, handbook, measure, month, person, rep, revision, standard
from tests.site.test_first import card

ROSTER = Roster(
    {"bob": person(rep("bob"))}, (Team("t", "Team", "bob", START, None, 2), Team("u", "U", "", START, None, 3))
)
PROVISIONAL = MonthState("provisional", date(2026, 4, 9))
CLOSED = MonthState("closed", date(2026, 4, 22))
MARCH = month("2026-03")


def test_a_change_is_a_verdict_on_both_sides_and_the_worst_comes_first():
    now = card(
        ("a", "1", State.MET),
        ("b", "1", State.MISSED),
        ("c", "1", State.NEAR),
        ("d", None, State.NO_DATA),
        ("e", "1", State.MET),
        ("f", "1", State.MISSED),
    )
    before = card(
        ("a", "1", State.NEAR),
        ("b", "1", State.MISSED),
        ("c", "1", State.TOO_FEW),
        ("d", "1", State.MET),
        ("f", "1", State.NOT_CERTAIN),
    )
    assert changes(now, before) == (
        StatusChange("f", State.NOT_CERTAIN, State.MISSED),
        StatusChange("a", State.NEAR, State.MET),
    )
    assert changes(now, None) == ()
    # What is missed is either a change or named by itself.
    assert missed_as_before(now, before) == ("b",)
    assert missed_as_before(now, None) == ("b", "f")


def test_signals_are_those_of_judged_measures():
    def signal(kind: str) -> Signal:
        return Signal(kind, 8, True, *(figure("1").value,) * 3)  # type: ignore[arg-type]

    one = card(("a", "1", State.MET), ("b", "1", State.MET), ("c", "1", State.MET))
    kinds = {"a": "low", "b": "none"}
    scores = []
    for score in one.standards:
        (found,) = score.measures
        kind = kinds.get(score.standard.id)
        with_signal = replace(found, figure=replace(found.figure, signal=signal(kind) if kind else None))
        guard = replace(with_signal, measure=measure(id="g", role="guard"))
        scores.append(replace(score, measures=(with_signal, guard)))
    assert [(found.standard, found.measure) for found in signals(replace(one, standards=tuple(scores)))] == [("a", "m")]


def test_open_actions():
    def action(text: str, due: str | None = None, status: str = "open") -> Action:
        return Action.model_validate({"text": text, "owner": "rep", "due": due, "status": status})

    notes = {
        month("2026-01"): Notes(actions=(action("kept", "2026-05-01"), action("settled"))),
        month("2026-02"): Notes(note="n", actions=(action("settled", status="done"), action("whenever"))),
        month("2026-03"): Notes(note="only a note"),
        month("2026-04"): Notes(actions=(action("later", "2026-04-01"),)),
    }
    assert [one.text for one in open_actions(notes, MARCH)] == ["kept", "whenever"]
    assert [one.text for one in open_actions(notes, month("2026-01"))] == ["kept", "settled"]
    assert [one.text for one in open_actions(notes, month("2026-04"))] == ["later", "kept", "whenever"]
    assert open_actions({}, MARCH) == ()


def correction(made: str, *changed: tuple[str, str]) -> Correction:
    changes = [
        Change.model_validate({"month": at, "rep": "ann", "standard": name, "measure": "m", "was": {}, "is": {}})
        for at, name in changed
    ]
    return Correction.model_validate(
        {"month": changed[0][0], "date": made, "reason": "late-data", "note": "n", "changes": changes}
    )


def test_corrections_of_the_month_and_those_made_in_it():
    known = [
        correction("2026-03-12", ("2026-01", "a"), ("2026-01", "b"), ("2026-01", "a")),
        correction("2026-04-02", ("2026-03", "a")),
        correction("2026-05-02", ("2026-01", "c")),
    ]
    assert corrections(known, MARCH) == (
        MemberCorrection(month("2026-01"), date(2026, 3, 12), "late-data", ("a", "b")),
        MemberCorrection(MARCH, date(2026, 4, 2), "late-data", ("a",)),
    )
    assert [one.standards for one in corrections(known, month("2026-01"))] == [("a", "b"), ("c",)]
    assert corrections(known, month("2026-02")) == ()


@pytest.mark.parametrize(
    ("state", "note", "missing", "sheet"),
    [(PROVISIONAL, "", True, True), (PROVISIONAL, "n", False, True), (CLOSED, "", False, False)],
)
def test_a_note_is_missing_as_long_as_the_month_is_open(state, note, missing, sheet):
    found = member_month(card(("a", "1", State.MET)), None, state, {MARCH: Notes(note=note)}, [], "ann")
    assert (found.topics.note_missing, found.has_sheet) == (missing, sheet)
    # That by itself is nothing to talk about.
    assert not found.topics


# The pages ------------------------------------------------------------------------------------------------------------


def member(name: str = "Ann", at: str = "2026-01", team: str = "t", **given: object) -> MemberMonth:
    fields = {"standards": (("std", START, State.MET),), "topics": Topics(), "has_sheet": False} | given
    return MemberMonth(name.casefold(), name.casefold(), name, team, month(at), **fields)  # type: ignore[arg-type]


def contexts(members: list[MemberMonth], shown: TeamPage | None = None, **given: object):
    book = World(measure()).scoring.handbook
    states = dict.fromkeys([one.month for one in members], PROVISIONAL)
    return team_contexts(members, given.get("book", book), ROSTER, states, shown or TeamPage(), "de")  # type: ignore[arg-type]


def test_people_of_a_team_come_by_their_last_names():
    names = ["Zoe Zander", "Jo Öhler", "Ann Ofen", "Anna Maria Abel", "Bea Abel", "Jan Straßer", "Jan Strasse"]
    (found,) = contexts([replace(member(name), folder=f"r{index}") for index, name in enumerate(names)])
    assert [one.name for one in found.members] == [
        *("Anna Maria Abel", "Bea Abel", "Ann Ofen", "Jo Öhler", "Jan Strasse", "Jan Straßer", "Zoe Zander"),
    ]
    assert found.members[0].url == "scorecards/r3/de/2026-01/"
    assert (found.team_name, found.lead_name, found.url) == ("Team", "Bob", "teams/t/de/2026-01/")


def test_months_of_teams():
    moved = [member(), member(at="2026-02", team="u"), member(at="2026-03"), member(at="2026-04", team="")]
    found = contexts(moved)
    links = [(one.team, str(one.month), one.previous and one.previous.url, one.next and one.next.url) for one in found]
    assert links == [
        ("t", "2026-01", None, "teams/t/de/2026-03/"),
        ("t", "2026-03", "teams/t/de/2026-01/", None),
        ("u", "2026-02", None, None),
    ]


def test_the_table():
    rated = standard([revision([measure(cadence="quarterly")])], "rated", 1)
    monthly = standard([revision([measure()])], "monthly", 3)
    other = standard([revision([measure(), measure(id="n", role="second", cadence="quarterly")])], "other", 2)
    its = tuple((name, START, State.MET) for name in ("rated", "monthly", "other"))

    def table(page: TeamPage) -> list[str]:
        (found,) = contexts([member(standards=its)], page, book=handbook([rated, monthly, other]))
        assert [pair[0].id for pair in found.named] == ["rated", "other", "monthly"]
        columns = [pair[0].id for pair in found.table]
        assert set(found.members[0].statuses) == set(columns)
        return columns

    # By number; those that are measured each month, unless others are chosen.
    assert table(TeamPage()) == ["other", "monthly"]
    assert table(TeamPage(standards=("rated", "monthly"))) == ["rated", "monthly"]
    assert table(TeamPage(matrix="false")) == []
    assert table(TeamPage(matrix="false", standards=("rated",))) == []


def test_the_sheet_is_linked_as_long_as_there_is_one():
    (found,) = contexts([member(has_sheet=True), member("Bob")])
    assert [one.sheet_url for one in found.members] == ["scorecards/ann/de/2026-01/conversation/", ""]
