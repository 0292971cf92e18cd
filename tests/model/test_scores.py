from __future__ import annotations

from standardwerk.model.scores import STATES_IN_ORDER, MeasureScore, Scorecard, StandardScore, State
from tests.factory import START, figure, measure, month, revision, standard


def score(state: State) -> StandardScore:
    measures = (measure(id="g", role="info"), measure())
    made = revision(measures)
    return StandardScore(
        standard([made]), made, state, tuple(MeasureScore(one, figure("1", state)) for one in measures)
    )


def test_the_count_line():
    states = [State.MISSED, State.MET, State.NO_DATA, State.MET]
    card = Scorecard("ann", "Ann", "t", "rep", month("2026-01"), "1", START, tuple(map(score, states)))
    assert list(card.summary.items()) == [(State.MET, 2), (State.MISSED, 1), (State.NO_DATA, 1)]
    assert card.standards[0].main.measure.id == "m"


def test_every_state_has_its_place():
    assert sorted(STATES_IN_ORDER) == sorted(State)
