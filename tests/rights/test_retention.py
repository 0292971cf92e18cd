"""``retention.yml``: what is too old is listed, not shown, and deleted by a command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from standardwerk import pipeline
from standardwerk.cli import main
from standardwerk.pipeline.personal import publish_personal
from tests.rights.people import People, traces_of
from tests.sites.tiny import MONTHS

JANUARY, FEBRUARY = MONTHS
APRIL, MUCH_LATER = "2026-04-10", "2027-05-10"


@pytest.fixture
def project(tmp_path: Path) -> People:
    found = People(tmp_path)
    folder = found.path(f"scorecards/originals/{JANUARY}")
    folder.mkdir(parents=True)
    (folder / "crm.csv").write_text("rep;x\nsven-b;8\n", "utf-8")
    sheets = found.path(f"scorecards/sheets/{JANUARY}")
    sheets.mkdir(parents=True)
    (sheets / "lena-lead.csv").write_text("rep;rating\nsven-b;3\n", "utf-8")
    return found


def keep(project: People, **months: int) -> None:
    text = "".join(f"{name}: {count}\n" for name, count in months.items())
    project.path("scorecards/retention.yml").write_text(text, "utf-8")


def clear(project: People, *more: str, on: str = APRIL) -> dict[str, object]:
    config = ["-f", str(project.folder / "mkdocs.yml"), "--as-of", on, "--format", "json"]
    result = CliRunner().invoke(main, ["retention", *config, *more], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    found: dict[str, object] = json.loads(result.output)
    return found


def removed(found: dict[str, object]) -> set[str]:
    return {one["path"] for one in found["removed"] if one["kind"] == "file"}  # type: ignore[attr-defined]


def test_nothing_is_due_by_what_is_usual(project: People) -> None:
    assert project.codes() == set()
    assert clear(project)["removed"] == []
    assert removed(clear(project, on="2028-02-10")) == {
        name.removeprefix("scorecards/")
        for name in project.files()
        if name.startswith(("scorecards/notes/2026-01/", "scorecards/originals/2026-01/", "scorecards/sheets/2026-01/"))
        and not name.endswith(".reply.md")
    }


def test_what_is_too_old_is_listed_and_deleted(project: People) -> None:
    project.close_both()
    keep(project, scorecards=2, notes=2, originals=1, leavers=6)
    found = project.only("SW617")
    assert found["file"] == f"scorecards/notes/{JANUARY}/nora-a.actions.yml"
    # The month's files are needed by windows of later ones; and as its figures stay, so does the reply to them.
    notes = {f"notes/{JANUARY}/nora-a.{kind}" for kind in ("note.md", "actions.yml")}
    expected = {*notes, f"notes/{JANUARY}/sven-h.note.md", f"originals/{JANUARY}/crm.csv"}
    expected.add(f"sheets/{JANUARY}/lena-lead.csv")
    assert removed(clear(project)) == expected
    assert project.path(f"scorecards/originals/{JANUARY}/crm.csv").exists()
    assert removed(clear(project, "--yes")) == expected
    assert not project.path(f"scorecards/originals/{JANUARY}").exists()
    assert project.codes() == set()
    assert project.path(f"scorecards/closed/{JANUARY}.json").exists()


def test_whole_months_go_with_what_was_published_of_them(project: People) -> None:
    project.close_both()
    keep(project, scorecards=2)
    found = removed(clear(project, "--yes", on=MUCH_LATER))
    assert {f"closed/{JANUARY}.json", f"{JANUARY}/sales.csv", f"{FEBRUARY}/ratings.csv"} <= found
    assert not project.path(f"scorecards/{JANUARY}").exists()
    assert not project.path("scorecards/closed").exists()
    assert project.codes(on=MUCH_LATER) == set()


def test_a_leaver_is_not_shown_and_then_erased(project: People) -> None:
    text = project.text("scorecards/reps.csv").splitlines()
    text = [f"{line}2026-02-28" if line.startswith("nora-b,") else line for line in text]
    project.path("scorecards/reps.csv").write_text("\n".join(text) + "\n", "utf-8")
    project.close_both()
    keep(project, leavers=1)
    assert "nora-b" in project.only("SW618")["what"]
    site = project.folder.parent / "site"
    loaded = pipeline.load(project.options()).project
    assert loaded is not None
    pages = _people(loaded, site)
    assert "nora-b" not in pages
    assert "nora-a" in pages
    clear(project, "--yes")
    assert project.codes() == set()
    assert not [name for name, data in project.files().items() if any(t.encode() in data for t in traces_of("nora-b"))]


def test_a_month_that_is_too_old_has_no_page(project: People) -> None:
    keep(project, scorecards=2)
    loaded = pipeline.load(project.options()).project
    assert loaded is not None
    pages = _people(loaded, project.folder.parent / "site")
    assert pages["nora-a"] == {FEBRUARY, "2026-03"}


def _people(loaded: pipeline.LoadedSite, site: Path) -> dict[str, set[str]]:
    """The months of people of whom pages are built."""
    from standardwerk.render.shell import CONTENT, TITLE, Shell

    shell = Shell.compile(f"<title>{TITLE}</title>{CONTENT}")
    publish_personal(loaded, loaded.options, dict.fromkeys(pipeline.shell_keys(loaded), shell), site)
    return {
        folder.name: {page.parent.name for page in folder.glob("de/*/index.html")}
        for folder in (site / "scorecards").iterdir()
    }


def test_a_rule_that_cannot_be_read_leaves_nothing_out(project: People) -> None:
    project.path("scorecards/retention.yml").write_text("scorecards: soon\n", "utf-8")
    assert project.codes() == {"SW106"}
