"""Published figures: canonical, compared, corrected, put back."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import yaml
from hypothesis import given
from hypothesis import strategies as st

from standardwerk.evaluate.earlier import put_back
from standardwerk.evaluate.people import PlanBook, evaluate_person
from standardwerk.evaluate.published import (
    canonical,
    corrected,
    differences,
    figures_of,
    published,
    read_figures,
)
from standardwerk.model.closing import FIELDS, Change, Correction, FigureForm, figure_key, trimmed
from standardwerk.model.handbook import Names
from standardwerk.model.project import Scoring
from standardwerk.model.scores import Scorecard
from standardwerk.publish.records import correction_text
from tests.factory import (
    START,
    World,
    X,
    handbook,
    measure,
    month,
    months,
    names,
    person,
    rep,
    revision,
    rows_in,
    scoring,
    source,
    standard,
    thorough,
)

MONTH = month("2026-03")
cells = st.one_of(st.none(), st.sampled_from(["met", "12.5", "100", "-3"]))
figure = st.lists(cells, max_size=7).map(trimmed)
figures = st.dictionaries(
    st.sampled_from(["std", "other"]),
    st.dictionaries(st.sampled_from(["m", "m/one", "n"]), figure, min_size=1),
    max_size=2,
)


def _changes(before: dict, now: dict) -> list[Change]:
    def form(values: tuple | None) -> FigureForm | None:
        return None if values is None else FigureForm(**dict(zip(FIELDS, values, strict=False)))

    return [
        Change(
            month=one.month,
            rep=one.rep,
            standard=one.standard,
            measure=one.measure,
            line=one.line,
            was=form(one.published),
            now=form(one.now),
        )
        for one in differences(MONTH, "ann", before, now)
    ]


@given(figures, figures)
def test_recorded_differences_lead_from_the_one_to_the_other(before: dict, now: dict) -> None:
    assert corrected(before, _changes(before, now)) == now
    assert _changes(now, now) == []


@given(figures)
def test_the_canonical_text_is_read_back(its: dict) -> None:
    text = canonical(its)
    assert canonical(read_figures(text)) == text
    assert canonical(dict(reversed(its.items()))) == text


LINES = ("one", "two", "three")


RATIO = measure(by="product_line", lines="worst", minimum_n="5")
INFO = measure(id="n", role="info", kind="sum", value="a")
PLAIN = measure(id="q", kind="sum", value="a", window="rolling 3", is_target="true")
STANDARDS = (
    standard([revision([RATIO, INFO], START, roles=("rep",))], "std", 1),
    standard([revision([PLAIN], START)], "other", 2),
)
SOURCE = source(keys=("product_line",))


def _scoring() -> Scoring:
    roles = ({"id": "rep", "name": X}, {"id": "other", "name": X})
    book = replace(handbook(STANDARDS), names=Names.model_validate(names(LINES).model_dump() | {"roles": roles}))
    return scoring(book, [SOURCE], months("2026-01", "2026-03"))


@st.composite
def states(draw: st.DrawFn) -> Scorecard:
    """A person's March under drawn inputs and a drawn roster: what a correction may lead from, or to."""
    lines = sorted(draw(st.sets(st.sampled_from(LINES))))
    role = draw(st.sampled_from(["rep", "rep", "other"]))
    exempt = [("std", START, None)] if draw(st.integers(0, 4)) == 0 else ()
    cells = st.fixed_dictionaries({"a": st.integers(0, 20), "b": st.integers(0, 20)})
    rows = {
        at: [{"product_line": line, **draw(cells)} for line in lines if draw(st.integers(0, 5))]
        for at in ("2026-01", "2026-02", "2026-03")
    }
    who = person(rep(role=role), lines=lines, exemptions=exempt)
    return evaluate_person(PlanBook(_scoring()), who, {"s": rows_in(rows, SOURCE)})[-1]


def told(card: Scorecard) -> dict[str, object]:
    """What a reader learns of a scorecard, besides its figures."""
    return {
        one.standard.id: (one.status, [(score.measure.id, score.deciding_line) for score in one.measures])
        for one in card.standards
    }


@thorough
@given(st.lists(states(), min_size=2, max_size=4), st.data())
def test_a_day_sees_the_figures_of_that_day(history: list[Scorecard], data: st.DataObject) -> None:
    """Inputs changed several times, each change a correction: as of a day the figures are those after it."""
    corrections = [_changes(figures_of(before), figures_of(after)) for before, after in pairwise(history)]
    day = data.draw(st.integers(0, len(corrections)))
    later = [change for changes in corrections[day:] for change in changes]
    back = put_back(history[-1], later, [(one, one.revisions[0]) for one in STANDARDS])
    assert back is not None
    assert figures_of(back) == figures_of(history[day])
    assert told(back) == told(history[day])


def test_a_scorecard_that_came_by_a_correction_was_not_there_before() -> None:
    card = World(measure()).cards(s={"2026-03": [{"a": 1, "b": 1}]})["2026-03"]
    standards = [(one.standard, one.revision) for one in card.standards]
    assert put_back(card, _changes({}, figures_of(card)), standards) is None
    assert put_back(card, [], standards) is card


def test_numbers_are_equal_however_they_are_written() -> None:
    world = World(measure())
    texts = []
    for written in ("1.5", "1.50"):
        rows = {"2026-01": [{"a": Decimal(written), "b": Decimal("2.0")}]}
        texts.append(published(world.figure("2026-01", s=rows)))
    assert texts[0] == texts[1]
    assert texts[0][2:4] == ("1.5", "2")


def test_keys_name_the_line() -> None:
    assert figure_key("m", None) == "m"
    assert figure_key("m", "one") == "m/one"


def test_a_correction_s_text_is_yaml() -> None:
    change = {"month": "2026-03", "rep": "ann", "standard": "std", "measure": "m", "was": {"status": "met"}}
    given_entry = {
        "month": "2026-03",
        "date": "2026-05-01",
        "reason": "late-data",
        "note": 'A "quoted" note: # not a comment',
        "inputs": {"2026-03": {"2026-03/s.csv": ""}},
        "changes": (change,),
    }
    entry = Correction.model_validate(given_entry)
    (read,) = yaml.load("corrections:\n" + correction_text(entry), yaml.BaseLoader)["corrections"]
    assert read["note"] == given_entry["note"]
    assert read["inputs"] == given_entry["inputs"]
    assert json.loads(json.dumps(read["changes"])) == [change]
