"""Which agreed actions a month shows from the months before it."""

from __future__ import annotations

from standardwerk.model.notes import Action, Notes
from standardwerk.site.agreed import carried_actions
from tests.factory import month


def action(text: str, status: str = "open", due: str | None = None) -> Action:
    return Action.model_validate({"text": text, "owner": "rep", "status": status} | ({"due": due} if due else {}))


def shown(at: str, **agreed: list[Action]) -> list[tuple[str, str, str, bool]]:
    notes = {month(name.removeprefix("m").replace("_", "-")): Notes(actions=tuple(its)) for name, its in agreed.items()}
    return [
        (one.action.text, one.action.status, str(one.agreed_in), one.overdue)
        for one in carried_actions(notes, month(at))
    ]


def test_last_months_actions_whatever_became_of_them():
    assert shown("2026-03", m2026_02=[action("a"), action("b", "done"), action("c", "dropped")]) == [
        ("a", "open", "2026-02", False),
        ("b", "done", "2026-02", False),
        ("c", "dropped", "2026-02", False),
    ]


def test_earlier_ones_only_while_they_are_open():
    assert shown("2026-03", m2025_11=[action("a"), action("b", "done")], m2026_02=[action("c", "done")]) == [
        ("a", "open", "2025-11", False),
        ("c", "done", "2026-02", False),
    ]


def test_an_action_agreed_again_stands_once_as_it_is_now():
    assert shown("2026-03", m2026_01=[action("a"), action("b")], m2026_02=[action("a", "done")]) == [
        ("b", "open", "2026-01", False),
        ("a", "done", "2026-02", False),
    ]


def test_not_those_of_the_month_itself_or_later():
    assert shown("2026-03", m2026_03=[action("a")], m2026_04=[action("b")]) == []


def test_overdue_is_open_after_its_day():
    days = {"2026-03-30": True, "2026-03-31": False, "2026-04-15": False}
    assert shown("2026-03", m2026_02=[action(day, due=day) for day in days]) == [
        (day, "open", "2026-02", overdue) for day, overdue in days.items()
    ]
    assert shown("2026-03", m2026_02=[action("a", "done", "2026-03-01")]) == [("a", "done", "2026-02", False)]
