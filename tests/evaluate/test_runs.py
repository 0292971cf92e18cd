"""``on_change``: which months a window reaches back to, for random histories of a standard."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from standardwerk.load.handbook import _with_runs
from standardwerk.model.months import Month
from standardwerk.model.scores import State
from tests.factory import World, measure, month, revision, source, thorough

FIRST = month("2026-01")
MONTHS = 10


@dataclass(frozen=True)
class Change:
    """A revision: when, what it says, and what is in it."""

    at: int
    on_change: str | None
    formula: int
    """Which of two spellings and two meanings of the formula."""
    rules: str
    has_measure: bool
    retired: bool


FORMULAS = ("a", " ( a ) ", "a + 0", "a+0")
MEANINGS = (0, 0, 1, 1)

changes = st.lists(
    st.builds(
        Change,
        st.integers(0, MONTHS - 1),
        st.sampled_from([None, None, "carry", "restart"]),
        st.integers(0, 3),
        st.sampled_from(["7", "7", "14"]),
        st.sampled_from([True, True, True, False]),
        st.sampled_from([False, False, False, True]),
    ),
    max_size=5,
    unique_by=lambda change: change.at,
).map(lambda its: sorted(its, key=lambda change: change.at))


def run_start(history: list[Change], at: int) -> int:
    """Walk back from the revision in force as long as each one carries on with the one before."""
    past = [change for change in history if change.at <= at]
    start = past.pop()
    while past:
        before = past.pop()
        if before.retired or not before.has_measure or start.on_change == "restart":
            break
        differs = MEANINGS[start.formula] != MEANINGS[before.formula] or start.rules != before.rules
        if start.on_change is None and differs:
            break
        start = before
    return start.at


@thorough
@given(changes, st.sampled_from(["month", "rolling 3", "rolling 12", "year-to-date"]), st.integers(0, MONTHS - 1))
def test_a_window_reaches_back_to_the_start_of_its_run(later, window, at):
    history = [Change(-1, None, 0, "7", True, False), *later]
    revisions = [
        revision(
            [
                measure(kind="sum", value=FORMULAS[change.formula], window=window) if change.has_measure else _other(),
                *([_other(role="second")] if change.has_measure else []),
            ]
            if not change.retired
            else [],
            Month(FIRST + change.at).first_day,
            run_start={},
            on_change=change.on_change,
            export_rules={"days": change.rules},
            retired="true" if change.retired else "false",
        )
        for change in history
    ]
    span = (str(Month(FIRST - 1)), str(Month(FIRST + MONTHS - 1)))
    world = World(revisions=_with_runs(revisions), span=span, sources=[source()])
    rows = {str(Month(FIRST + index)): [{"a": 2 ** (index + 1), "b": 1}] for index in range(-1, MONTHS)}
    card = world.cards(s=rows)[str(Month(FIRST + at))]
    now = [change for change in history if change.at <= at][-1]
    if now.retired:
        assert card.standards == ()
        return
    found = next((one.figure for one in card.standards[0].measures if one.measure.id == "m"), None)
    if not now.has_measure:
        assert found is None
        return
    reach = {"month": 1, "rolling 3": 3, "rolling 12": 12, "year-to-date": at + 1}[window]
    first = max(run_start(history, at), at - reach + 1, -1)
    assert found.status in {State.MET, State.NEAR, State.MISSED}
    assert found.value == sum(2 ** (index + 1) for index in range(first, at + 1))
    assert found.window_start == FIRST + first


def _other(role: str = "main"):
    return measure(id="other", role=role, kind="sum", value="b")


def test_the_same_formula_written_differently_goes_on():
    both = [measure(kind="sum", value=text, window="rolling 3") for text in ("a", "(a)")]
    revisions = [revision([one], Month(FIRST + index).first_day) for index, one in enumerate(both)]
    assert [one.run_start["m"].month for one in _with_runs(revisions)] == [1, 1]


def test_limits_and_windows_do_not_restart_but_the_unit_does():
    first = revision([measure()], Month(FIRST).first_day)
    eased = revision([measure(bands={"met": "1", "near": "0"}, window="rolling 3")], Month(FIRST + 1).first_day)
    other = revision([measure(unit="multiple")], Month(FIRST + 2).first_day)
    assert [one.run_start["m"].month for one in _with_runs([first, eased, other])] == [1, 1, 3]
