"""What is kept on a day, to the month."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from standardwerk.model.notes import Action, Notes
from standardwerk.model.retention import Retention, keeping
from standardwerk.model.roster import Roster
from tests.factory import measure, month, person, rep

TODAY = date(2026, 11, 10)


def roster(left: date | None) -> Roster:
    return Roster({"ann": person(replace(rep(), valid_to=left))}, ())


def test_months_are_counted_from_the_running_one():
    found = keeping(Retention(), [], roster(None), TODAY)
    assert (found.scorecards, found.notes, found.originals) == (month("2024-11"),) * 3
    # Scorecards of the first month kept may be made of eleven months more.
    assert found.inputs == month("2023-12")
    assert keeping(Retention(), [measure(window="rolling 24")], roster(None), TODAY).inputs == month("2022-12")
    assert found.leavers == {}


@pytest.mark.parametrize(
    ("left", "is_due"),
    [(date(2026, 5, 1), False), (date(2026, 4, 30), True), (date(2026, 12, 31), False), (None, False)],
)
def test_a_leaver_is_due_when_so_many_months_have_passed(left, is_due):
    found = keeping(Retention(), [], roster(left), TODAY)
    assert found.is_due("ann") is is_due
    assert not found.is_due("bob")


def test_a_reply_is_kept_as_long_as_its_scorecard():
    found = keeping(Retention(notes=3), [], roster(None), TODAY)
    notes = {
        month("2026-07"): Notes("note", "reply", (Action(text="a", owner="rep"),)),
        month("2026-08"): Notes("note", "reply"),
    }
    assert found.of_notes(notes) == {month("2026-07"): Notes(reply="reply"), month("2026-08"): Notes("note", "reply")}
