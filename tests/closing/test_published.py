"""Published figures: canonical, compared, corrected, put back."""

from __future__ import annotations

import json
from decimal import Decimal

import yaml
from hypothesis import given
from hypothesis import strategies as st

from standardwerk.evaluate.published import (
    canonical,
    corrected,
    differences,
    figures_of,
    published,
    put_back,
    read_figures,
)
from standardwerk.model.closing import FIELDS, Change, Correction, FigureForm, figure_key, trimmed
from standardwerk.model.scores import Scorecard
from standardwerk.publish.records import correction_text
from tests.factory import World, measure, month

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


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 400)), min_size=3, max_size=3))
def test_put_back_gives_the_published_figures(pairs: list[tuple[int, int]]) -> None:
    """A card of other inputs, put back by the recorded changes, shows what the first card showed."""
    world = World(measure(), span=("2026-01", "2026-03"))

    def card(scale: int) -> Scorecard:
        rows = {f"2026-0{at}": [{"a": a * scale, "b": b * scale + 1}] for at, (a, b) in enumerate(pairs, 1)}
        return world.cards(s=rows)["2026-03"]

    first, later = card(1), card(2)
    back = put_back(later, _changes(figures_of(first), figures_of(later)))
    assert figures_of(back) == figures_of(first)
    assert back.summary == first.summary


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
