"""What came of a month's sources: by small projects on disk, with the states worked out by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from standardwerk.site.intake import SourceIntake, by_file, intake
from tests.factory import month
from tests.load.building import BASE, load, write

JANUARY = month("2026-01")
# The fifth working day of February 2026: 2, 3, 4, 5, 6 February (Monday to Friday).
INPUTS = date(2026, 2, 6)
SOURCES = str(BASE["scorecards/sources.yml"])
SECOND = """\
  visits:
    columns:
      seen: {type: integer}
"""
RULES = str(BASE["standards/alpha/2026-01-01.yml"])
BY_VISITS = (
    RULES
    + """\
  - id: v
    title: {de: V, en: V}
    role: info
    kind: sum
    source: visits
    value: seen
"""
)


def came(
    root: Path, files: dict[str, str | bytes | None], as_of: date = INPUTS, at: str = "2026-01"
) -> dict[str, SourceIntake]:
    write(root, files)
    project, diagnostics = load(root, as_of)
    assert project is not None
    scoring = project.project.scoring
    assert scoring is not None
    found = intake(scoring, project.rows.arrivals, by_file(diagnostics, "scorecards"), month(at), as_of)
    return {one.source.name: one for one in found}


def test_a_file_that_came(tmp_path: Path) -> None:
    (one,) = came(tmp_path, {}).values()
    assert (one.source.name, one.path, one.state, one.held) == ("sales", "2026-01/sales.csv", "arrived", False)
    assert one.arrival is not None
    assert (one.arrival.rows, one.arrival.expected, one.arrival.missing, one.arrival.people) == (1, 1, (), {"ann"})


@pytest.mark.parametrize(
    ("day", "state"), [(INPUTS, "awaited"), (date(2026, 2, 7), "missing"), (date(2026, 1, 31), "awaited")]
)
def test_a_file_that_did_not_come_is_late_after_the_day_for_inputs(tmp_path: Path, day: date, state: str) -> None:
    one = came(tmp_path, {"scorecards/2026-01/sales.csv": None}, day)["sales"]
    assert (one.state, one.arrival, one.errors) == (state, None, ())


def test_whoever_has_no_row_is_named(tmp_path: Path) -> None:
    reps = str(BASE["scorecards/reps.csv"]) + "cid;Cid C;cid.c;rep;t;2025-01-01;2025-01-01;\n"
    one = came(tmp_path, {"scorecards/reps.csv": reps})["sales"]
    assert one.arrival is not None
    assert (one.arrival.expected, one.arrival.missing) == (2, (("cid",),))


def test_lines_are_expected_as_they_are_assigned(tmp_path: Path) -> None:
    lines = str(BASE["scorecards/assignments.csv"]) + "ann;nord;two;1;2025-01-01;;\n"
    one = came(
        tmp_path,
        {
            "scorecards/assignments.csv": lines,
            "scorecards/sources.yml": SOURCES.replace("  sales:\n", "  sales:\n    key: [rep, product_line]\n"),
            "scorecards/2026-01/sales.csv": "rep;product_line;done;due\nann;one;8;10\n",
        },
    )["sales"]
    assert one.arrival is not None
    assert (one.arrival.expected, one.arrival.missing) == (2, (("ann", "two"),))


def test_nobody_is_expected_in_a_file_of_events(tmp_path: Path) -> None:
    one = came(
        tmp_path,
        {
            "scorecards/sources.yml": SOURCES.replace("  sales:\n", "  sales:\n    rows: events\n"),
            "scorecards/2026-01/sales.csv": "rep;done;due\n",
        },
    )["sales"]
    assert one.arrival is not None
    assert (one.state, one.arrival.rows, one.arrival.expected, one.arrival.missing) == ("arrived", 0, None, ())


def test_lines_with_errors_are_counted_once_each(tmp_path: Path) -> None:
    text = "rep;done;due\nann;8;10\nzoe;1;1\nann;x;y\n"
    one = came(tmp_path, {"scorecards/2026-01/sales.csv": text})["sales"]
    assert one.state == "faulty"
    assert [(error.code.code, error.place.line) for error in one.errors] == [("SW312", 3), ("SW306", 4), ("SW306", 4)]
    assert one.rejected == 2
    assert one.arrival is not None
    assert one.arrival.rows == 1


def test_a_file_that_cannot_be_read_has_no_rows_to_reject(tmp_path: Path) -> None:
    one = came(tmp_path, {"scorecards/2026-01/sales.csv": "rep;done\nann;8\n"})["sales"]
    assert (one.state, one.arrival, len(one.errors), one.rejected) == ("faulty", None, 1, 0)


def test_a_month_held_back_for_errors_still_shows_what_came(tmp_path: Path) -> None:
    one = came(
        tmp_path,
        {
            "scorecards/calendar.yml": "country: DE\nregion: NW\non_bad_month: hold\n",
            "scorecards/2026-01/sales.csv": "rep;done;due\nann;8;10\nzoe;1;1\n",
        },
    )["sales"]
    assert (one.state, one.held, one.rejected) == ("faulty", True, 1)
    assert one.arrival is not None
    assert one.arrival.rows == 1


def test_one_source_held_back(tmp_path: Path) -> None:
    both = {
        "scorecards/sources.yml": SOURCES + SECOND,
        "standards/alpha/2026-01-01.yml": BY_VISITS,
        "scorecards/calendar.yml": "country: DE\nregion: NW\nheld: [{month: 2026-01, source: visits}]\n",
        "scorecards/2026-01/visits.csv": "rep;seen\nann;3\n",
    }
    found = came(tmp_path, both)
    assert {name: (one.state, one.held) for name, one in found.items()} == {
        "sales": ("arrived", False),
        "visits": ("arrived", True),
    }


@pytest.mark.parametrize(
    ("rules", "more", "state"),
    [
        (BY_VISITS, "", "missing"),
        (RULES, "", "not_needed"),
        (BY_VISITS, "    collected: false\n", "not_collected"),
        (BY_VISITS, "    cadence: quarterly\n", "not_due"),
    ],
)
def test_a_file_nobody_waits_for(tmp_path: Path, rules: str, more: str, state: str) -> None:
    second = SECOND.replace("  visits:\n", f"  visits:\n{more}")
    files: dict[str, str | bytes | None] = {
        "scorecards/sources.yml": SOURCES + second,
        "standards/alpha/2026-01-01.yml": rules,
    }
    one = came(tmp_path, files, date(2026, 2, 7))["visits"]
    assert one.state == state
    assert (str(one.next_due) if one.next_due is not None else None) == ("2026-03" if state == "not_due" else None)


def test_a_month_that_runs_shows_the_files_that_lie_there(tmp_path: Path) -> None:
    write(tmp_path, {})
    project, _ = load(tmp_path, date(2026, 2, 20))
    assert project is not None
    assert project.project.scoring is not None
    for there, state in (([], "awaited"), (["sales.csv"], "arrived")):
        (one,) = intake(project.project.scoring, project.rows.arrivals, {}, month("2026-02"), date(2026, 2, 20), there)
        assert (one.state, one.arrival) == (state, None)
