"""Where a month stands and what to do next, on days of a small project worked out by hand.

Its one month is January 2026, its days are working days of February 2026 (North Rhine-Westphalia, no holiday in it):
figures by the 5th (6 February), published on the 7th (10 February), objections until the 15th (20 February).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from standardwerk.model.closing import ClosedHead, ClosedMonth, Correction, Ledger
from standardwerk.model.months import Month
from standardwerk.model.notes import Action, Notes
from standardwerk.site.status import Given, Status, deadlines, status_of
from tests.factory import edition, month
from tests.load.building import BASE, load, write

JANUARY, FEBRUARY = month("2026-01"), month("2026-02")
NO_FILE: dict[str, str | bytes | None] = {"scorecards/2026-01/sales.csv": None}


def day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


def given(root: Path, files: Mapping[str, str | bytes | None], as_of: date, **more: Any) -> Given:
    write(root, dict(files))
    project, diagnostics = load(root, as_of)
    assert project is not None
    fields: dict[str, Any] = {"project": project.project, "arrivals": project.rows.arrivals, "notes": project.notes}
    fields |= {"found": tuple(diagnostics), "folder": "scorecards", "folders": {}, "unsealed": ()}
    return Given(**fields | more)


def closed(found: Given, months: Mapping[str, str], corrections: tuple[Correction, ...] = ()) -> Given:
    """As if months had been closed on days."""
    ledger = Ledger(
        {
            month(one): ClosedMonth(
                ClosedHead.model_construct(month=month(one), closed_on=day(on), inputs={}), "closed.json", {}, {}
            )
            for one, on in months.items()
        },
        corrections,
    )
    return replace(found, project=replace(found.project, ledger=ledger))


def steps(status: Status) -> list[str]:
    return [f"{one.kind}: {one.command}" + (f" from {one.since}" if one.since else "") for one in status.steps]


CLOSE = "close: standardwerk close 2026-01"
BUILD = "build: mkdocs build --strict"


@pytest.mark.parametrize(
    ("today", "states"),
    [
        ("02-01", ["next", "later", "later"]),
        ("02-06", ["today", "next", "later"]),
        ("02-07", ["passed", "next", "later"]),
        ("02-10", ["passed", "today", "next"]),
        ("02-20", ["passed", "passed", "today"]),
        ("02-21", ["passed", "passed", "passed"]),
    ],
)
def test_the_days_of_a_month(tmp_path: Path, today: str, states: list[str]) -> None:
    scoring = given(tmp_path, {}, day("01-31")).project.scoring
    assert scoring is not None
    found = deadlines(scoring.calendar, JANUARY, day(today))
    assert [(one.kind, one.day) for one in found] == [
        ("inputs", day("02-06")),
        ("published", day("02-10")),
        ("objections", day("02-20")),
    ]
    assert [one.state for one in found] == states


@pytest.mark.parametrize(
    ("today", "kind", "until", "todo"),
    [
        ("02-05", "provisional", "02-10", [BUILD, f"{CLOSE} from 2026-02-21"]),
        ("02-10", "open", "02-20", [BUILD, f"{CLOSE} from 2026-02-21"]),
        ("02-20", "open", "02-20", [BUILD, f"{CLOSE} from 2026-02-21"]),
        ("02-21", "closable", None, [CLOSE]),
    ],
)
def test_a_month_whose_files_are_there(
    tmp_path: Path, today: str, kind: str, until: str | None, todo: list[str]
) -> None:
    found = status_of(given(tmp_path, {}, day(today)))
    assert found.month is not None
    assert found.month.standing.month == JANUARY
    assert (found.month.standing.kind, found.month.standing.day) == (kind, None if until is None else day(until))
    assert steps(found) == todo


def test_the_last_day_to_publish_and_the_last_to_publish_again(tmp_path: Path) -> None:
    for today, until in (("02-05", "02-10"), ("02-10", "02-10"), ("02-11", "02-20")):
        found = status_of(given(tmp_path, {}, day(today)))
        assert next(one.until for one in found.steps if one.kind == "build") == day(until)


def test_what_is_missing_comes_before_all_else(tmp_path: Path) -> None:
    found = status_of(given(tmp_path, NO_FILE, day("02-09")))
    first = found.steps[0]
    assert (first.kind, first.command) == ("import", "standardwerk import FILE --month 2026-01")
    assert (first.files, first.until) == (("sales.csv",), day("02-06"))
    assert [one.kind for one in found.steps] == ["import", "build", "close"]


def test_ratings_come_by_sheets(tmp_path: Path) -> None:
    sources = str(BASE["scorecards/sources.yml"]) + (
        "  ratings:\n    rows: events\n    key: [rep, standard, item]\n    columns:\n      standard: {type: string}\n"
        "      item: {type: string}\n      rating: {type: integer}\n"
    )
    rules = str(BASE["standards/alpha/2026-01-01.yml"]) + (
        "  - {id: r, title: {de: R, en: R}, role: info, kind: mean, source: ratings, value: rating}\n"
    )
    files = {"scorecards/sources.yml": sources, "standards/alpha/2026-01-01.yml": rules}
    found = status_of(given(tmp_path, files, day("02-05")))
    assert steps(found)[0] == "sheet: standardwerk sheet ratings --month 2026-01"
    assert found.steps[0].files == ("ratings.csv",)


def test_errors_come_first_and_say_where(tmp_path: Path) -> None:
    files = {
        "scorecards/2026-01/sales.csv": "rep;done;due\nzoe;8;10\n",
        "scorecards/teams.csv": "team;name;lead;valid_from;valid_to\nt;Team;zoe;2025-01-01;\n",
    }
    found = status_of(given(tmp_path, files, day("02-05")))
    assert (found.errors, found.elsewhere) == (2, ("scorecards/teams.csv",))
    assert steps(found)[0] == "check: standardwerk check"
    assert found.steps[0].files == ("scorecards/2026-01/sales.csv", "scorecards/teams.csv")


def test_a_month_held_back_for_errors(tmp_path: Path) -> None:
    files = {
        "scorecards/2026-01/sales.csv": "rep;done;due\nzoe;8;10\n",
        "scorecards/calendar.yml": "country: DE\nregion: NW\non_bad_month: hold\n",
    }
    found = status_of(given(tmp_path, files, day("02-25")))
    assert found.month is not None
    assert (found.errors, found.month.standing.kind) == (0, "held")
    assert steps(found) == ["check: standardwerk check"]
    assert found.steps[0].files == ("scorecards/2026-01/sales.csv",)


def test_a_month_held_back_by_the_calendar(tmp_path: Path) -> None:
    files = {"scorecards/calendar.yml": "country: DE\nregion: NW\nheld: [2026-01]\n"}
    found = status_of(given(tmp_path, files, day("02-25")))
    assert steps(found) == ["release: standardwerk check"]


def test_a_month_held_back_stands_in_the_way_of_the_next(tmp_path: Path) -> None:
    files = {
        "scorecards/calendar.yml": "country: DE\nregion: NW\nheld: [2026-01]\n",
        "scorecards/2026-02/sales.csv": "rep;done;due\nann;8;10\n",
    }
    found = status_of(given(tmp_path, files, day("03-25")))
    assert found.month is not None
    assert (found.month.month, found.month.standing.kind) == (FEBRUARY, "final")
    assert steps(found) == ["status: standardwerk status --month 2026-01"]


def test_a_month_held_back_is_not_forgotten_when_files_of_the_next_begin_to_come(tmp_path: Path) -> None:
    files = {
        "scorecards/2026-01/sales.csv": "rep;done;due\nzoe;8;10\n",
        "scorecards/calendar.yml": "country: DE\nregion: NW\non_bad_month: hold\n",
    }
    found = status_of(given(tmp_path, files, day("02-25"), folders={FEBRUARY: ["sales.csv"]}))
    assert found.month is not None
    assert (found.month.month, found.month.standing.kind) == (FEBRUARY, "running")
    assert steps(found) == ["status: standardwerk status --month 2026-01"]


def test_a_source_held_back_is_sealed_as_it_is(tmp_path: Path) -> None:
    files = {"scorecards/calendar.yml": "country: DE\nregion: NW\nheld: [{month: 2026-01, source: sales}]\n"}
    found = status_of(given(tmp_path, files, day("02-21")))
    assert steps(found) == [f"{CLOSE} --with-held"]
    assert found.steps[0].files == ("sales",)


def test_every_month_that_can_be_closed_in_order(tmp_path: Path) -> None:
    files = {"scorecards/2026-02/sales.csv": "rep;done;due\nann;8;10\n"}
    found = status_of(given(tmp_path, files, day("03-25")))
    # February waits for January, which comes first.
    assert [(str(one.month), one.kind) for one in found.months] == [("2026-01", "closable"), ("2026-02", "final")]
    assert steps(found) == [CLOSE]


def test_seals_before_closing(tmp_path: Path) -> None:
    one = edition(day("01-01"), "2026.1")
    found = status_of(given(tmp_path, {}, day("02-25"), unsealed=(one,)))
    assert steps(found) == ["seal: standardwerk seal", CLOSE]
    assert found.unsealed == (one,)


def test_a_closed_month_waits_for_the_end_of_the_next(tmp_path: Path) -> None:
    found = status_of(closed(given(tmp_path, {}, day("02-25")), {"2026-01": "02-23"}))
    assert found.month is not None
    assert (found.month.standing.kind, found.month.standing.day) == ("closed", day("02-23"))
    assert steps(found) == ["status: standardwerk status --month 2026-02 from 2026-03-01"]


def test_a_month_long_done_leads_to_the_newest(tmp_path: Path) -> None:
    files = {"scorecards/2026-02/sales.csv": "rep;done;due\nann;8;10\n"}
    found = closed(given(tmp_path, files, day("03-25")), {"2026-01": "02-23", "2026-02": "03-23"})
    assert steps(status_of(found, JANUARY)) == ["status: standardwerk status"]


def test_a_corrected_month_says_when_from_that_day_on(tmp_path: Path) -> None:
    change = {"month": "2026-01", "rep": "ann", "standard": "alpha", "measure": "m"}
    correction = Correction.model_validate(
        {"month": "2026-01", "date": "2026-03-04", "reason": "late-data", "note": "N", "changes": (change,)}
    )
    for today, state in (("03-04", ("corrected", day("03-04"))), ("03-03", ("closed", day("02-23")))):
        found = closed(given(tmp_path, {}, day(today)), {"2026-01": "02-23"}, (correction,))
        one = status_of(found, JANUARY).month
        assert one is not None
        assert (one.standing.kind, one.standing.day) == state


def test_which_month_it_is_about(tmp_path: Path) -> None:
    today = day("02-25")
    assert _asked(given(tmp_path, {}, today)) == JANUARY
    # The running month, once its files begin to come; and on its last day.
    assert _asked(given(tmp_path, {}, today, folders={FEBRUARY: ["sales.csv"]})) == FEBRUARY
    assert _asked(given(tmp_path, {}, day("02-28"))) == FEBRUARY
    # Before the first month has ended there is only the running one.
    assert _asked(given(tmp_path, {}, day("01-10"))) == JANUARY


def _asked(found: Given) -> Month:
    status = status_of(found)
    assert status.month is not None
    return status.month.month


def test_a_running_month_asks_for_nothing_yet(tmp_path: Path) -> None:
    found = closed(given(tmp_path, {}, day("02-25")), {"2026-01": "02-23"})
    status = status_of(found, FEBRUARY)
    assert status.month is not None
    assert (status.month.standing.kind, status.month.standing.day) == ("running", day("02-28"))
    assert steps(status) == ["status: standardwerk status --month 2026-02 from 2026-03-01"]


def test_what_is_written_beside_is_counted(tmp_path: Path) -> None:
    actions = (Action(text="a", owner="rep"), Action(text="b", owner="lead", status="done"))
    notes = {
        "ann": {JANUARY: Notes("A note.", " \n", actions), FEBRUARY: Notes("Later.")},
        "bob": {JANUARY: Notes("", "A reply.")},
    }
    one = status_of(given(tmp_path, {}, day("02-05"), notes=notes)).month
    assert one is not None
    assert (one.notes, one.replies, one.actions, one.open_actions) == (1, 1, 2, 1)


def test_people_by_the_files_they_are_missing_in(tmp_path: Path) -> None:
    reps = str(BASE["scorecards/reps.csv"]) + "cid;Cid C;cid.c;rep;t;2025-01-01;2025-01-01;\n"
    one = status_of(given(tmp_path, {"scorecards/reps.csv": reps}, day("02-05"))).month
    assert one is not None
    assert one.missing == {"cid": ("2026-01/sales.csv",)}


def test_without_scorecards_there_is_only_the_handbook(tmp_path: Path) -> None:
    found = status_of(given(tmp_path, {"scorecards/access.yml": None}, day("02-05")))
    assert (found.month, found.months, found.steps, found.errors) == (None, (), (), 0)


def test_a_contract_that_cannot_be_read(tmp_path: Path) -> None:
    found = status_of(given(tmp_path, {"scorecards/sources.yml": "sources: 3\n"}, day("02-05")))
    assert found.month is None
    assert found.elsewhere == ("scorecards/sources.yml",)
    assert steps(found) == ["check: standardwerk check"]
