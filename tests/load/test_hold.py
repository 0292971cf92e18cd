"""``on_bad_month: hold``: the month and every window with it are held, and nothing of its rows is to be seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from standardwerk.diagnostics import Diagnostics, Place, Severity
from standardwerk.evaluate.people import PlanBook, evaluate_person
from standardwerk.load.files import Folder
from standardwerk.load.hold import hold_bad_months
from standardwerk.model.months import Month
from standardwerk.render.texts import Texts
from standardwerk.render.words import diagnostic_words
from tests.load.building import BASE, load, write

MEASURE = """
  - id: long
    title: {de: L, en: L}
    role: second
    kind: ratio
    source: sales
    numerator: done
    denominator: due
    window: rolling 3
    better: higher
    bands: {met: 80, near: 60}
"""
GOOD = "rep;done;due\nann;8;10\n"
FILES = {
    "standards/alpha/2026-01-01.yml": BASE["standards/alpha/2026-01-01.yml"] + MEASURE.lstrip("\n"),
    "scorecards/2026-01/sales.csv": GOOD,
    "scorecards/2026-02/sales.csv": "rep;done;due\nann;9;10\nbob;x;10\n",
    **{f"scorecards/2026-{month:02}/sales.csv": GOOD for month in (3, 4, 5)},
}
HOLD = {"scorecards/calendar.yml": "country: DE\nregion: NW\non_bad_month: hold\n"}


def test_the_month_and_every_window_with_it_are_held(tmp_path: Path) -> None:
    write(tmp_path, {**FILES, **HOLD})
    loaded, found = load(tmp_path, date(2026, 5, 31))
    assert found.errors == []
    assert [(one.code.code, one.code.severity, one.values.get("held")) for one in found] == [
        ("SW413", Severity.WARNING, None),
        ("SW306", Severity.WARNING, "2026-02"),
    ]
    assert diagnostic_words(Texts("en"), list(found)[1])[1].endswith("2026-02 is held back until then.")
    scoring, person = loaded.project.scoring, loaded.project.roster.people["ann"]
    assert [str(one.month) for one in scoring.calendar.form.held] == ["2026-02"]
    assert [str(month) for month in sorted(scoring.present["sales"])] == ["2026-01", "2026-03", "2026-04", "2026-05"]
    assert all(str(month) != "2026-02" for rows in loaded.rows.by_rep["ann"].values() for month in rows)
    cards = evaluate_person(PlanBook(scoring), person, loaded.rows.by_rep["ann"])
    states = {str(card.month): [score.figure.status.value for score in card.standards[0].measures] for card in cards}
    assert states == {
        "2026-01": ["missed", "missed"],
        "2026-02": ["held", "held"],
        "2026-03": ["missed", "held"],
        "2026-04": ["missed", "held"],
        "2026-05": ["missed", "missed"],
    }


def test_a_closed_month_is_not_held(tmp_path: Path) -> None:
    write(tmp_path, {**FILES, **HOLD})
    loaded, _ = load(tmp_path, date(2026, 5, 31))
    sealed = replace(loaded.project, ledger=replace(loaded.project.ledger, closed={Month.parse("2026-03"): None}))
    found = Diagnostics()
    found.add("SW305", Place("scorecards/2026-03/sales.csv", 2), found=1, expected=2)
    found.add("SW305", Place("scorecards/2026-04/sales.csv", 2), found=1, expected=2)
    hold_bad_months(replace(loaded, project=sealed), Folder(tmp_path / "scorecards", "scorecards"), found)
    assert [str(one.place) for one in found.errors] == ["scorecards/2026-03/sales.csv:2"]


def test_by_default_a_fault_stops_the_build(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    loaded, found = load(tmp_path, date(2026, 5, 31))
    assert [one.code.code for one in found.errors] == ["SW306"]
    assert loaded.project.scoring.calendar.form.held == ()


def test_faults_that_belong_to_no_month_still_stop_it(tmp_path: Path) -> None:
    write(tmp_path, {**FILES, **HOLD, "scorecards/availability.csv": "rep;month;share\nnobody;2026-01;1\n"})
    _, found = load(tmp_path, date(2026, 5, 31))
    assert [one.code.code for one in found.errors] == ["SW312"]


def test_a_whole_file_that_cannot_be_read_is_held_as_well(tmp_path: Path) -> None:
    write(tmp_path, {**FILES, **HOLD, "scorecards/2026-02/sales.csv": b"\xff\x00garbage"})
    loaded, found = load(tmp_path, date(2026, 5, 31))
    assert found.errors == []
    assert [str(one.month) for one in loaded.project.scoring.calendar.form.held] == ["2026-02"]
