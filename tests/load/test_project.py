from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from standardwerk.diagnostics import Diagnostics
from standardwerk.load.files import Folder, listing, suggest
from standardwerk.load.project import load_project, scored_months
from tests.factory import START, handbook, measure, month, revision, standard
from tests.load.building import load, write


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    root = tmp_path_factory.mktemp("project")
    write(
        root,
        {
            "scorecards/2026-02/sales.csv": "rep;done;due\nbob;1;2\nann;9;10,5\n",
            "scorecards/2026-03/sales.csv": "not read yet",
            "scorecards/availability.csv": "rep;month;share\nann;2026-02;0,5\n",
            "scorecards/exemptions.csv": "rep;standard;von;bis;genehmigt von\nann;alpha;2026-02-01;;bob\n",
            "standards/about.de.md": "---\norder: 2\n---\n# Über\n\ntext\n",
            "standards/about.en.md": "# About\n",
        },
    )
    loaded, diagnostics = load(root, date(2026, 2, 28))
    assert list(diagnostics) == []
    return loaded


def test_the_handbook(project):
    found = project.project.handbook
    assert found.languages == ("de", "en")
    assert [one.id for one in found.standards] == ["alpha"]
    assert [str(one.effective_from) for one in found.standards[0].revisions] == ["2026-01-01"]
    wording = found.standards[0].revisions[0].wording["en"]
    assert [one.id for one in wording.sections] == ["expectation", "why", "good", "improve"]
    pages = {(one.name, one.language): (one.wording.title, one.order) for one in found.pages}
    assert pages == {("about", "de"): ("Über", 2), ("about", "en"): ("About", 0)}


def test_rows_by_person(project):
    january, february = month("2026-01"), month("2026-02")
    assert project.rows.by_rep == {
        "ann": {"sales": {january: ((("ann", 8, 10), 2),), february: ((("ann", 9, Decimal("10.5")), 3),)}},
        "bob": {"sales": {february: ((("bob", 1, 2), 2),)}},
    }
    assert project.project.scoring.present == {"sales": {january, february}}


def test_the_roster(project):
    ann = project.project.roster.people["ann"]
    assert (ann.name, ann.started_on, ann.rows[0].login) == ("Ann A", date(2025, 1, 1), "ann.a")
    assert ann.availability == {month("2026-02"): Decimal("0.5")}
    assert [(one.standard, one.valid_from, one.valid_to) for one in ann.exemptions] == [
        ("alpha", date(2026, 2, 1), None)
    ]
    assert [(one.product_line, one.credit_share, one.line) for one in ann.assignments] == [("one", 1, 2)]
    assert [(one.id, one.lead) for one in project.project.roster.teams] == [("t", "bob")]


def test_public_holidays_are_no_working_days(project):
    calendar = project.project.scoring.calendar
    assert [calendar.is_workday(date(2026, 1, day)) for day in (1, 2, 3, 6)] == [False, True, False, True]
    # Corpus Christi is a holiday in North Rhine-Westphalia, not in Berlin.
    assert not calendar.is_workday(date(2026, 6, 4))


def test_working_days_of_expressions_are_worked_out(tmp_path: Path):
    made = """\
reason: {de: R, en: R}
measures:
  - id: m
    title: {de: M, en: M}
    role: main
    kind: check
    source: sales
    condition: days_between(workday(-1), workday(2)) > 0
"""
    write(tmp_path, {"standards/alpha/2026-01-01.yml": made})
    loaded, diagnostics = load(tmp_path)
    assert list(diagnostics) == []
    january = month("2026-01")
    # New Year is a Thursday; before it 31 (0) and 30 (−1) December, after it Friday 2 and Monday 5.
    assert loaded.project.scoring.workdays == {(january, -1): date(2025, 12, 30), (january, 2): date(2026, 1, 5)}


@pytest.mark.parametrize(
    ("as_of", "last"),
    [
        (date(2020, 3, 30), "2020-02"),
        (date(2020, 3, 31), "2020-03"),
        (date(2020, 1, 30), None),
        (date(2019, 1, 1), None),
    ],
)
def test_months_that_have_ended(as_of, last):
    found = scored_months(handbook([standard([revision([measure()])])], [START]), as_of)
    assert (str(found[-1]) if found else None) == last
    assert [str(one) for one in found[:1]] == (["2020-01"] if last else [])


def test_without_scorecards_there_is_the_handbook_alone(tmp_path: Path):
    write(tmp_path, {})
    for scorecards in (None, Folder(tmp_path / "nowhere", "x")):
        found = Diagnostics()
        loaded = load_project(Folder(tmp_path / "standards", "standards"), scorecards, date(2026, 1, 31), found)
        assert (loaded.project.scoring, loaded.project.roster, found.errors) == (None, None, [])


def test_bytes_of_windows_are_read(tmp_path: Path):
    write(tmp_path, {"standards/alpha/2026-01-01.yml": None})
    source = Path(tmp_path / "standards/alpha/standard.yml")
    source.write_bytes(b"\xef\xbb\xbf" + source.read_bytes().replace(b"\n", b"\r\n"))
    found = Diagnostics()
    assert Folder(tmp_path / "standards", "s").text("alpha/standard.yml", found).startswith("number: 1\ngroup: g\n")


def test_files_and_folders_of_a_folder(tmp_path: Path):
    write(tmp_path, {"scorecards/.git/x": "", "scorecards/.hidden": ""})
    folder = Folder(tmp_path / "scorecards", "s", {"draft.md": "text"})
    assert folder.folders() == ["2026-01"]
    assert ".hidden" not in folder.files()
    assert (folder.exists("draft.md"), folder.text("draft.md", Diagnostics()), folder.name("a")) == (
        True,
        "text",
        "s/a",
    )
    assert folder.files("nowhere") == folder.folders("nowhere") == []


def test_names_in_messages():
    assert suggest("pipline", ["pipeline", "sales"])["suggestion"] == "pipeline"
    assert suggest("zzz", ["pipeline"]) == {"hint": ""}
    assert (listing([]), listing(["a", "b"]), listing(["a", "b", "c"], 2)) == ("–", "a, b", "a, b …")
