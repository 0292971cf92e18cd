"""``person erase``: nothing of her is left, what was published of others stays, and what cannot stay says so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from standardwerk import pipeline
from standardwerk.operations import NotReadError, erasing
from standardwerk.operations.cutting import Cut
from tests.rights.people import GONE, NORTH, People, traces_of
from tests.sites.tiny import MONTHS

JANUARY, FEBRUARY = MONTHS


@pytest.fixture
def project(tmp_path: Path) -> People:
    found = People(tmp_path)
    found.close_both()
    return found


def test_no_byte_of_them_is_left(project: People) -> None:
    project.done("check")
    assert any(name.startswith(".cache/") for name in project.files())
    told = project.erase(*GONE)
    assert "Trial run" not in told
    for name, data in project.files().items():
        for rep in GONE:
            for trace in traces_of(rep):
                assert trace.encode() not in data, (name, trace)
                assert trace not in name
    assert project.codes() == set()


def test_what_is_others_stays(project: People) -> None:
    before = project.files()
    project.erase(*GONE)
    after = project.files()
    gone = set(before) - set(after)
    assert {name for name in gone if not name.startswith(".cache/")} == {
        f"scorecards/notes/{month}/nora-a.{kind}" for month in MONTHS for kind in ("note.md", "reply.md", "actions.yml")
    }
    sales = f"scorecards/{JANUARY}/sales.csv"
    kept = [
        line for line in before[sales].splitlines() if not line.startswith(tuple(f"{rep},".encode() for rep in GONE))
    ]
    assert after[sales].splitlines() == kept
    assert "sven-h,erased,3\n" in project.text(f"scorecards/{FEBRUARY}/ratings.csv")
    assert project.text("scorecards/exemptions.csv").endswith("sven-h,bookings,2026-01-01,2026-01-31,\n")
    assert "north,North,,2026-01-01" in project.text("scorecards/teams.csv")
    closed = json.loads(project.text(f"scorecards/closed/{JANUARY}.json"))
    assert len(closed["people"]) == len(closed["figures"]) == 16 - len(GONE) + 1
    was = json.loads(before[f"scorecards/closed/{JANUARY}.json"])
    assert closed["figures"] == {rep: figures for rep, figures in was["figures"].items() if rep not in GONE}


def test_a_trial_run_tells_the_same_and_changes_nothing(project: People) -> None:
    project.done("check")
    before = {name: data for name, data in project.files().items() if not name.startswith(".cache/")}
    trial = json.loads(project.erase(*GONE, yes=False, more=("--format", "json")))
    assert {name: data for name, data in project.files().items() if not name.startswith(".cache/")} == before
    assert not list(project.folder.glob(".*new"))
    done = json.loads(project.erase(*GONE, more=("--format", "json")))
    assert trial["done"] is False
    assert done["done"] is True
    assert {name: value for name, value in trial.items() if name not in {"done", "cache_entries"}} == {
        name: value for name, value in done.items() if name not in {"done", "cache_entries"}
    }
    # In February one of the five is exempt.
    assert trial["sums_kept"] == 3
    assert trial["sums_withdrawn"] == {FEBRUARY: 1}
    assert {"path": "sales.csv", "kind": "rows", "count": 10} not in trial["removed"]
    assert {"path": f"{JANUARY}/sales.csv", "kind": "rows", "count": 10} in trial["removed"]
    assert trial["still_named"] == []


def test_fewer_than_k_are_withdrawn(project: People) -> None:
    found = json.loads(project.erase("nora-a", more=("--format", "json")))
    assert found["sums_kept"] == 0
    assert found["sums_withdrawn"] == {JANUARY: 2, FEBRUARY: 1}
    assert '"people":0' in project.text("scorecards/remainder.json")
    # What was withdrawn does not come back with the next five.
    again = json.loads(project.erase(*NORTH[1:6], more=("--format", "json")))
    assert again["sums_withdrawn"] == {}
    assert project.codes() == set()


def test_corrections_of_others_stay(project: People) -> None:
    sales = f"scorecards/{JANUARY}/sales.csv"
    text = project.text(sales)
    for rep in ("nora-a", "sven-g"):
        line = next(one for one in text.splitlines() if one.startswith(f"{rep},presses"))
        text = text.replace(line, f"{rep},presses,990,1000")
    project.path(sales).write_text(text, "utf-8")
    project.done("correct", JANUARY, "--reason", "late-data", "--note", "Two orders came late.")
    assert project.text("scorecards/corrections.yml").count("nora-a") == 2
    project.erase(*GONE)
    kept = project.text("scorecards/corrections.yml")
    assert "nora-a" not in kept
    assert "sven-g" in kept
    assert "Two orders came late." in kept
    assert project.codes() == set()
    # The last one takes the correction with her.
    project.erase("sven-g")
    assert not project.path("scorecards/corrections.yml").exists()
    assert project.codes() == set()


def test_what_others_wrote_is_listed(project: People) -> None:
    note = "scorecards/notes/2026-02/sven-h.note.md"
    project.path(note).write_text("Fine.\n\nAsk nora-a, or Nora Aström.\n", "utf-8")
    found = json.loads(project.erase("nora-a", more=("--format", "json")))
    assert found["still_named"] == [{"path": note, "lines": [3]}]
    told = project.erase("nora-b", yes=False)
    assert "Still named" not in told


def test_a_broken_workbook_is_listed_since_it_may_name_her(project: People) -> None:
    original = "scorecards/originals/2026-02/list.xlsx"
    project.path(original).parent.mkdir(parents=True, exist_ok=True)
    project.path(original).write_bytes(b"PK\x03\x04 nora-a")
    found = json.loads(project.erase("nora-a", more=("--format", "json")))
    assert {"path": original, "lines": [], "cannot_be_read": True} in found["still_named"]
    assert f"- `{original}` (cannot be read)" in project.erase("nora-b", yes=False)


def test_an_original_is_cut_and_its_record_brought_up_to_date(tmp_path: Path) -> None:
    project = People(tmp_path)
    export = tmp_path / "sales.csv"
    export.write_bytes(project.path(f"scorecards/{FEBRUARY}/sales.csv").read_bytes())
    project.path(f"scorecards/{FEBRUARY}/sales.csv").unlink()
    project.done("import", str(export), "--month", FEBRUARY, "--source", "sales")
    project.erase(*GONE)
    assert project.codes() == set()
    originals = [name for name in project.files() if name.startswith("scorecards/originals/")]
    assert originals
    for name in originals:
        assert b"nora-a" not in project.files()[name]
        assert b"sven-h" in project.files()[name]
    assert "rows: 22" in project.text(f"scorecards/{FEBRUARY}/import.yml")


def test_a_project_that_would_be_wrong_is_left_as_it_is(project: People, monkeypatch: pytest.MonkeyPatch) -> None:
    """If cutting went wrong, nobody is half erased."""
    monkeypatch.setattr(erasing, "cut_table", lambda *_, **__: Cut(b"rep;x\n", 1))
    before = project.files()
    loaded = pipeline.load(project.options()).project
    assert loaded is not None
    with pytest.raises(NotReadError):
        erasing.erase(loaded, ["lena-lead"], dry_run=False)
    assert {name: data for name, data in project.files().items() if name in before} == before
    assert not list(project.folder.glob(".*new"))


def test_nobody_of_that_name(project: People) -> None:
    result = project.run("check")
    assert result.exit_code == 0
    loaded = pipeline.load(project.options()).project
    assert loaded is not None
    with pytest.raises(erasing.RefusedError):
        erasing.erase(loaded, ["nobody"], dry_run=True)
