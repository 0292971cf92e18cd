"""As of a day: editions, months, closings, corrections and the roster of then; against a naive reading of the dates."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from standardwerk import pipeline
from standardwerk.evaluate.earlier import cards_as_of
from standardwerk.pipeline import scorecards_of
from standardwerk.site.people import PersonPages, shown_corrections, state_of
from tests.closing.helpers import FEBRUARY, JANUARY, SALES, Project
from tests.sites.tiny import STANDARD, Tiny

CLOSED = {JANUARY: date(2026, 2, 23), FEBRUARY: date(2026, 3, 23)}
FIRST, SECOND = date(2026, 3, 30), date(2026, 4, 20)
"""The days of two corrections of January."""
PUBLISHED, NEXT = date(2026, 2, 10), date(2026, 3, 1)
HIRED = date(2026, 3, 1)
#: Ann's January as first published, after the first and after the second correction (1810, 2010, 2110 of 2000).
VALUES = ("90.5", "100.5", "105.5")
#: 7th and 15th working day of the next month in North Rhine-Westphalia.
DEADLINES = {
    JANUARY: (date(2026, 2, 10), date(2026, 2, 20)),
    FEBRUARY: (date(2026, 3, 10), date(2026, 3, 20)),
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Two months closed, corrected twice; a second edition; someone who comes in March."""
    tiny = Tiny()
    tiny.people.append(["cyd", "Cyd Cole", "cyd", "rep", "north", str(HIRED), str(HIRED), ""])
    tiny.files["standards/editions.yml"]["editions"].append(
        {"label": "2026.2", "effective_from": str(NEXT), "published_on": str(PUBLISHED), "note": tiny.local("Second")}
    )
    rules = {**tiny.revision, "reason": tiny.local("Second"), "on_change": "carry"}
    tiny.files[f"{STANDARD}{NEXT}.yml"] = rules
    for code in tiny.languages:
        tiny.files[f"{STANDARD}{NEXT}.{code}.md"] = tiny.files[f"{STANDARD}2026-01-01.{code}.md"]
    made = Project(tmp_path_factory.mktemp("as-of"), tiny)
    for month, day in CLOSED.items():
        made.done("close", month, on=str(day))
    for was, now, day in (("900", "1100", FIRST), ("1100", "1200", SECOND)):
        made.change(SALES, f"ann,presses,{was},", f"ann,presses,{now},")
        made.done("correct", JANUARY, "--reason", "late-data", "--note", "x", on=str(day))
    return made


def check(project: Project, day: date) -> None:
    loaded = pipeline.load(project.options(str(day)))
    site = loaded.project
    assert site is not None, [str(one.place) for one in loaded.diagnostics]
    handbook, scoring, roster = site.handbook, site.project.scoring, site.project.roster
    assert scoring is not None
    assert roster is not None
    editions = {"2026.1": date(2025, 12, 1), "2026.2": PUBLISHED}
    assert [one.label for one in handbook.editions] == [label for label, on in editions.items() if on <= day]
    assert len(handbook.standards[0].revisions) == len(handbook.editions)
    ended = []
    start = date(2026, 1, 1)
    while (last := (start.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)) <= day:
        ended.append(f"{start:%Y-%m}")
        start = last + timedelta(days=1)
    assert [str(month) for month in scoring.months] == ended
    assert set(roster.people) == {"ann", "bob", "lea"} | ({"cyd"} if day >= HIRED else set())
    closed = {month: on for month, on in CLOSED.items() if on <= day}
    assert {str(month): one.head.closed_on for month, one in site.project.ledger.closed.items()} == closed
    # Ann's January, as it was shown on that day.
    ann = roster.people["ann"]
    corrections = site.project.ledger.of_person("ann")
    cards = cards_as_of(scorecards_of(site, ann), corrections, day, scoring)
    known = tuple(one for one in corrections if one.date <= day)
    closed_on = {month: one.head.closed_on for month, one in site.project.ledger.closed.items()}
    pages = PersonPages(ann, cards, {}, {}, closed_on, known)
    done = [on for on in (FIRST, SECOND) if on <= day]
    for card in cards:
        month = str(card.month)
        if month not in CLOSED:
            continue
        if month == JANUARY:
            assert str(card.standards[0].main.figure.value) == VALUES[len(done)]
        assert [one.correction.date for one in shown_corrections(pages, card)] == done
        published, objections = DEADLINES[month]
        if done:
            expected: tuple[str, Any] = ("corrected", done[-1])
        elif day >= CLOSED[month]:
            expected = ("closed", CLOSED[month])
        elif day < published:
            expected = ("provisional", published)
        else:
            expected = ("open", objections) if day <= objections else ("final", None)
        found = state_of(pages, card.month, scoring.calendar, day)
        assert (found.kind, found.until) == expected, (month, day)


#: Every day on which something begins or ends, with the day before and the day after.
TURNS = {date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31), PUBLISHED, NEXT, FIRST, SECOND, *CLOSED.values()}
TURNS |= {day for its in DEADLINES.values() for day in its}


@pytest.mark.parametrize("day", sorted({one + timedelta(days=by) for one in TURNS for by in (-1, 0, 1)}), ids=str)
def test_a_turning_day(project: Project, day: date) -> None:
    check(project, day)


@settings(max_examples=15, deadline=None, database=None)
@given(st.dates(date(2026, 1, 1), date(2026, 8, 31)))
def test_any_day(project: Project, day: date) -> None:
    check(project, day)


@pytest.mark.parametrize(("month", "first"), [(JANUARY, "2026-02-21"), (FEBRUARY, "2026-03-21")])
def test_a_month_closes_on_the_day_after_the_last_for_objections(
    project: Project, tmp_path: Path, month: str, first: str
) -> None:
    """The boundary days of ``close``: refused on the last day for objections, done on the next."""
    copy = Project.__new__(Project)
    copy.folder = Path(shutil.copytree(project.folder, tmp_path / "project"))
    for file in (
        "corrections.yml",
        f"closed/{FEBRUARY}.json",
        *([f"closed/{JANUARY}.json"] if month == JANUARY else []),
    ):
        (copy.folder / "scorecards" / file).unlink(missing_ok=True)
    copy.change(SALES, "ann,presses,1200,", "ann,presses,900,")
    before = str(date.fromisoformat(first) - timedelta(days=1))
    refused = copy.run("close", month, on=before)
    assert refused.exit_code == 1
    assert "open for objections until" in refused.output
    copy.done("close", month, on=first)
    head = yaml.safe_load(copy.text(f"scorecards/closed/{month}.json"))
    assert str(head["closed_on"]) == first


@pytest.mark.parametrize(("day", "corrections"), [("2026-03-29", 0), (str(FIRST), 1), (str(SECOND), 2)])
def test_explain_tells_the_figure_of_that_day(project: Project, day: str, corrections: int) -> None:
    told = project.done("explain", "ann", JANUARY, Path(STANDARD).name, on=day)
    assert f"\nResult: {VALUES[corrections]}%" in told
    assert f" = {VALUES[corrections]}%\n" in told
    assert told.count("\nCorrections, ") == corrections
    consequence = "  This month changes in consequence of a correction of January 2026.\n"
    assert consequence not in told
    assert project.done("explain", "ann", FEBRUARY, Path(STANDARD).name, on=day).count(consequence) == corrections
    for was, now in pairwise(VALUES[: corrections + 1]):
        assert f"Before: {was}% " in told
        assert f"After: {now}% " in told
