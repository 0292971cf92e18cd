"""The commands of the month's routine, as they are typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.closing.helpers import AFTER_JANUARY, FEBRUARY, JANUARY, SALES, Project

# The fifth, seventh and fifteenth working day of March 2026: 6, 10 and 20 March.
BEFORE = "2026-03-05"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def test_the_status_as_text(project: Project) -> None:
    text = project.done("status", on=BEFORE)
    assert text.splitlines() == [
        "February 2026: provisional until March 10, 2026",
        "As of March 5, 2026",
        "",
        "Files",
        "  sales  sales.csv  arrived, 4\N{NO-BREAK SPACE}rows",
        "",
        "Days of the month",
        "  figures delivered by     March 6, 2026   next",
        "  scorecards published on  March 10, 2026  later",
        "  objections until         March 20, 2026  later",
        "",
        "Months",
        "  January 2026: can be closed",
        "  February 2026: provisional until March 10, 2026",
        "",
        "Editions in force and not sealed",
        "  2026.1",
        "",
        "Next step",
        "  standardwerk seal",
        "    In force and not sealed: 2026.1.",
        "",
        "After that",
        "  standardwerk close 2026-01",
        "    The time for objections to January 2026 is over.",
        "  mkdocs build --strict",
        "    Publish February 2026; again after each change, until March 10, 2026.",
        "  standardwerk close 2026-02",
        "    From March 21, 2026, when the time for objections to February 2026 has ended.",
    ]


def test_the_status_in_german(project: Project) -> None:
    project.done("seal", on=BEFORE)
    project.change(SALES, "bob,service,", "bob,unheard,")
    text = project.run("status", "--month", JANUARY, "--lang", "de", on=BEFORE)
    assert text.exit_code == 0
    assert "  sales  sales.csv  1 Fehler (Zeile 5), 3\N{NO-BREAK SPACE}Zeilen, 1 Zeile fehlt" in text.output
    assert "Personen ohne Zeile oder mit zu wenigen\n  Bob Baker  sales.csv" in text.output
    assert text.output.endswith(
        "Nächster Schritt\n  standardwerk check\n"
        f"    Bis die Fehler behoben sind, wird nichts gebaut: {SALES}.\n"
        "\nDanach\n  standardwerk close 2026-01\n    Die Frist für Einwendungen zu Januar 2026 ist abgelaufen.\n"
    )


def test_the_status_as_json(project: Project) -> None:
    project.done("close", JANUARY, on=AFTER_JANUARY)
    found = json.loads(project.done("status", "--format", "json", on=BEFORE))
    assert found["months"] == [
        {"month": JANUARY, "state": "closed", "day": AFTER_JANUARY},
        {"month": FEBRUARY, "state": "provisional", "day": "2026-03-10"},
    ]
    assert found["month"]["sources"] == [
        {
            "source": "sales",
            "file": f"{FEBRUARY}/sales.csv",
            "state": "arrived",
            "held": False,
            "rows": 4,
            "expected_rows": 4,
            "missing_rows": [],
            "errors": 0,
            "rejected_lines": 0,
            "next_due": None,
        }
    ]
    assert found["month"]["deadlines"]["inputs"] == {"day": "2026-03-06", "state": "next"}
    assert [one["command"] for one in found["steps"]] == [
        "standardwerk seal",
        "mkdocs build --strict",
        "standardwerk close 2026-02",
    ]
    # No words: the same in every language.
    assert json.loads(project.done("status", "--format", "json", "--lang", "de", on=BEFORE)) == found


def test_a_closed_month_that_comes_out_differently_is_an_error(project: Project) -> None:
    project.done("seal", on=BEFORE)
    project.done("close", JANUARY, on=AFTER_JANUARY)
    project.change(SALES, "ann,presses,900,", "ann,presses,1100,")
    found = json.loads(project.done("status", "--format", "json", on=BEFORE))
    assert found["errors"] > 0
    assert found["files_with_errors_elsewhere"] == [f"scorecards/closed/{JANUARY}.json"]
    assert found["steps"][0]["command"] == "standardwerk check"


@pytest.mark.parametrize(
    ("month", "words"), [("2026-3", "is not a month"), ("2026-04", "has not begun"), ("2025-12", "has no edition")]
)
def test_the_status_of_no_month(project: Project, month: str, words: str) -> None:
    result = project.run("status", "--month", month, on=BEFORE)
    assert result.exit_code == 2
    assert words in result.output


def test_the_status_of_what_cannot_be_read(project: Project) -> None:
    project.path("standards/handbook.yml").write_text("title: [", "utf-8")
    text = project.done("status", on=BEFORE)
    assert text.startswith("1 error: the month cannot be read.\n")
    assert "\nNext step\n  standardwerk check\n" in text


def test_the_status_of_a_handbook_alone(project: Project) -> None:
    project.path("scorecards/access.yml").unlink()
    assert project.done("status", on=BEFORE).startswith("There are no scorecards in this project.\n")
