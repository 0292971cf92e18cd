"""The command: who and when, where to, in which languages; printing with a browser that is there, or is not."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from standardwerk.cli import main
from standardwerk.publish.printing import PageByPage, PrintError, find_browser, printing
from tests.closing.helpers import AFTER_FEBRUARY, Project
from tests.servers.firm import OTHERS, PEOPLE, firm, is_rep
from tests.sites.tiny import MONTHS, build

JANUARY, FEBRUARY = MONTHS
PAGE = re.compile(rb"/Type\s*/Page\b(?!s)")
HTML = """<!doctype html><html lang="de"><title>A page</title><style>@page {size: A4}</style>
<p>Ein Text.</p><script>document.querySelector("p").textContent = "x".repeat(9000)</script>"""


def run(project: Project, kind: str, *arguments: str) -> Result:
    config = ["-f", str(project.folder / "mkdocs.yml"), "--lang", "en"]
    if kind == "xlsx":
        config += ["--as-of", AFTER_FEBRUARY]
    return CliRunner().invoke(main, ["export", kind, *config, *arguments], catch_exceptions=False)


def done(project: Project, kind: str, *arguments: str) -> str:
    """Run an export that must succeed."""
    result = run(project, kind, *arguments)
    assert result.exit_code == 0, result.output
    return str(result.output)


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


# Workbooks ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def test_a_person_has_all_months_in_a_workbook(project: Project, tmp_path: Path) -> None:
    out = tmp_path / "out"
    told = done(project, "xlsx", "--rep", "ann", "--to", str(out))
    assert told == f"2 files written to {out}.\n"
    assert names(out) == ["ann.de.xlsx", "ann.en.xlsx"]
    sheet = load_workbook(out / "ann.en.xlsx")["Standards"]
    assert [f"{row[0].value:%Y-%m}" for row in sheet.iter_rows(min_row=2)] == [JANUARY, FEBRUARY]


def test_a_month_has_everybody(project: Project, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done(project, "xlsx", "--month", JANUARY, "--language", "en", "--to", str(out))
    assert names(out) == [f"ann-{JANUARY}.en.xlsx", f"bob-{JANUARY}.en.xlsx"]


def test_a_team_has_the_months_people_were_in_it(project: Project, tmp_path: Path) -> None:
    bob = "bob,Bob Baker,bob,rep,{},2020-01-01,2026-{},"
    north, south = bob.format("north", "01-01"), bob.format("south", "02-01")
    project.change("scorecards/reps.csv", north, f"{north}2026-01-31\n{south}")
    project.change("scorecards/teams.csv", "north,North,lea", "south,South,lea,2026-01-01,\nnorth,North,lea")
    out = tmp_path / "out"
    done(project, "xlsx", "--team", "north", "--language", "en", "--to", str(out))
    sheet = load_workbook(out / "bob.en.xlsx")["Standards"]
    assert [f"{row[0].value:%Y-%m}" for row in sheet.iter_rows(min_row=2)] == [JANUARY]


def test_one_file_may_have_a_name(project: Project, tmp_path: Path) -> None:
    out = tmp_path / "deep" / "mine.xlsx"
    told = done(project, "xlsx", "--rep", "ann", "--language", "de", "--to", str(out))
    assert told == f"{out}\n"
    assert names(out.parent) == ["mine.xlsx"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "Say of whom or of when: --rep, --team or --month."),
        (("--rep", "ann", "--language", "fr"), "The handbook has no “fr”. It has: de, en."),
        (("--rep", "nobody"), "There is no “nobody” in reps.csv."),
        (("--team", "east"), "There is no “east” in teams.csv."),
        (("--month", "2031-01"), "There are no scorecards for 2031-01."),
        (("--month", "soon"), "“soon” is not a month like 2026-03."),
        (("--rep", "lea"), "There is no scorecard that is of all this."),
    ],
)
def test_what_there_is_not(project: Project, tmp_path: Path, arguments: tuple[str, ...], told: str) -> None:
    for kind in ("xlsx", "pdf"):
        result = run(project, kind, *arguments, "--to", str(tmp_path / "out"))
        assert (result.exit_code, result.output.strip()) == (2, told)
    assert not (tmp_path / "out").exists()


def test_where_files_may_not_go(project: Project, tmp_path: Path) -> None:
    public = project.folder / "standards" / "bookings"
    for target, told in (
        (public, f"Files in {project.folder / 'standards'} are published with the handbook."),
        (tmp_path / "both.xlsx", "2 files come of this. Name a folder, not a file."),
    ):
        result = run(project, "xlsx", "--rep", "ann", "--to", str(target))
        assert result.exit_code == 1
        assert told in result.output
    assert not [file for file in public.iterdir() if file.suffix == ".xlsx"]


# Printing -------------------------------------------------------------------------------------------------------------

needs_browser = pytest.mark.skipif(find_browser() is None, reason="needs Chromium")


def test_without_a_browser(project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = tmp_path / "site"
    site.mkdir()
    arguments = ("--rep", "ann", "--site", str(site), "--to", str(tmp_path / "out"))
    given = run(project, "pdf", *arguments, "--browser", "no-such-browser")
    assert (given.exit_code, given.output.strip()) == (1, "There is no browser “no-such-browser”.")
    monkeypatch.setattr("standardwerk.operations.exporting.find_browser", lambda name: None)
    none = run(project, "pdf", *arguments)
    assert none.exit_code == 1
    assert "apt install chromium" in none.output


def test_a_browser_is_looked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("standardwerk.publish.printing.PLACES", ())
    assert find_browser() is None
    program = tmp_path / "msedge"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    assert find_browser() == program
    assert find_browser("msedge") == program
    assert find_browser(str(program)) == program
    assert find_browser("chromium") is None


def test_a_program_that_is_no_browser(tmp_path: Path) -> None:
    program = tmp_path / "chromium"
    program.write_text("#!/bin/sh\nexit 0\n")
    program.chmod(0o755)
    with pytest.raises(PrintError), printing(program) as printer:
        printer.print(tmp_path / "x.html")


@pytest.mark.browser
@needs_browser
def test_a_page_is_printed_without_its_script(tmp_path: Path) -> None:
    page = tmp_path / "ä b.html"
    page.write_text(HTML, "utf-8")
    browser = find_browser()
    assert browser is not None
    with printing(browser) as printer:
        documents = [printer.print(page), printer.print(page)]
        with pytest.raises(PrintError):
            printer.print(tmp_path / "gone.html")
    for document in documents:
        assert document.startswith(b"%PDF")
        assert len(PAGE.findall(document)) == 1
        assert b"/MarkInfo" in document
    if shutil.which("pdftotext"):
        (tmp_path / "x.pdf").write_bytes(documents[0])
        read = subprocess.run(["pdftotext", str(tmp_path / "x.pdf"), "-"], capture_output=True, text=True, check=True)
        assert read.stdout.strip() == "Ein Text."


@pytest.mark.browser
@needs_browser
def test_a_browser_for_each_page(tmp_path: Path) -> None:
    """As on systems without such pipes."""
    page = tmp_path / "page.html"
    page.write_text(HTML, "utf-8")
    command = [
        str(find_browser()),
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        f"--user-data-dir={tmp_path / 'own'}",
    ]
    printer = PageByPage(command, tmp_path)
    assert printer.print(page).startswith(b"%PDF")
    with pytest.raises(PrintError):
        PageByPage(["false"], tmp_path).print(page)


@pytest.mark.site
@pytest.mark.browser
@needs_browser
def test_a_site_is_built_aside_to_be_printed(project: Project, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done(project, "pdf", "--month", FEBRUARY, "--language", "de", "--to", str(out))
    assert names(out) == [f"ann-{FEBRUARY}.de.pdf", f"bob-{FEBRUARY}.de.pdf", f"organisation-{FEBRUARY}.de.pdf"]
    sheet = tmp_path / "sheet.pdf"
    arguments = ("--rep", "ann", "--month", FEBRUARY, "--language", "en", "--sheets", "--to", str(sheet))
    done(project, "pdf", *arguments)
    assert len(PAGE.findall(sheet.read_bytes())) == 1
    assert sorted(one.name for one in project.folder.iterdir()) == [".cache", "mkdocs.yml", "scorecards", "standards"]


@pytest.mark.site
@pytest.mark.browser
@needs_browser
def test_a_folder_for_each_reader(tmp_path: Path) -> None:
    """Who gets which document, from the tables of a small firm: Ann moves from Ned's team to Sam's in February."""
    tiny = firm()
    tiny.people[1][2] = tiny.people[2][2] = "=ann"
    project = tiny.write(tmp_path / "project")
    build(project, tmp_path / "site")
    out = tmp_path / "out"
    command = ["export", "pdf", "-f", str(project / "mkdocs.yml"), "--lang", "en", "--site", str(tmp_path / "site")]
    command += ["--by-reader", "--to", str(out), "--language", "de", "--month"]
    for month in MONTHS:
        done = CliRunner().invoke(main, [*command, month], catch_exceptions=False)
        assert done.exit_code == 0, done.output
    got = {folder.name: set(names(folder)) for folder in out.iterdir() if folder.is_dir()}
    cards = {rep: {f"{rep}-{month}.de.pdf" for month in MONTHS} for rep in PEOPLE if is_rep(rep)}

    def of(month: str, *reps: str) -> set[str]:
        return {f"{rep}-{month}.de.pdf" for rep in reps}

    north, south = ({f"team-{team}-{month}.de.pdf" for month in MONTHS} for team in ("north", "south"))
    chief = {login for login, may in OTHERS.items() if "teams" in may}
    logins = dict(csv.reader(read(out / "readers.csv"), delimiter=";"))
    assert {folder: files for folder, files in got.items() if folder in PEOPLE} == cards | {
        "ned": of(JANUARY, "ann", "bob", "fay", "gus") | of(FEBRUARY, "bob", "fay", "gus") | north,
        "sue": of(JANUARY, "cid", "dee", "eve") | {f"team-south-{JANUARY}.de.pdf"},
        "sam": of(FEBRUARY, "ann", "cid", "dee", "eve") | {f"team-south-{FEBRUARY}.de.pdf"},
    }
    others = {logins[folder]: files for folder, files in got.items() if folder in logins and folder not in PEOPLE}
    assert others == dict.fromkeys(chief, north | south) | {
        "the.boss": {f"organisation-{month}.de.pdf" for month in MONTHS},
        "cfo": {f"totals-{month}.de.pdf" for month in MONTHS},
    }
    assert got["_handbook"] == {"2026.1.de.pdf"}
    assert logins["ann"] == "'=ann"
    assert logins["bob"] == "FIRM\\Bob"


def read(file: Path) -> list[str]:
    return file.read_text("utf-8-sig").splitlines()[1:]


def test_a_page_that_is_not_in_the_site(project: Project, tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    arguments = ("--rep", "ann", "--language", "de", "--site", str(site), "--to", str(tmp_path / "out"))
    result = run(project, "pdf", *arguments, "--browser", "true")
    assert result.exit_code == 1
    assert "scorecards/ann/de/2026-01/index.html is not in the site." in result.output
