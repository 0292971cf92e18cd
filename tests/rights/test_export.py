"""``person export``: everything about one person, the same bytes each time, and nothing of anybody else."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from standardwerk.cli import main
from tests.rights.people import People
from tests.sites.tiny import MONTHS

JANUARY, FEBRUARY = MONTHS


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> People:
    found = People(tmp_path_factory.mktemp("export"))
    found.path("scorecards/originals/2026-02").mkdir(parents=True)
    found.path("scorecards/originals/2026-02/crm.csv").write_text("Mitarbeiter;x\nnora-a;<7>\nsven-b;8\n", "utf-8")
    found.path("scorecards/notes/2026-02/sven-h.note.md").write_text("As nora-a does.\n", "utf-8")
    found.change("scorecards/notes/2026-01/nora-a.reply.md", "I see it otherwise.", "<script>alert(1)</script>")
    found.close_both()
    return found


def export(project: People, rep: str, name: str = "out.zip") -> tuple[int, str, Path]:
    target = project.folder.parent / name
    config = ["-f", str(project.folder / "mkdocs.yml"), "--lang", "en", "--as-of", "2026-04-10"]
    result = CliRunner().invoke(main, ["person", "export", *config, rep, "--to", str(target)], catch_exceptions=False)
    return result.exit_code, result.output, target


def read(project: People, rep: str) -> dict[str, str]:
    code, output, target = export(project, rep)
    assert code == 0, output
    assert target.stat().st_mode & 0o077 == 0
    with zipfile.ZipFile(io.BytesIO(target.read_bytes())) as packed:
        return {name: packed.read(name).decode() for name in packed.namelist()}


def tables(files: dict[str, str], rep: str) -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = {}
    for table in json.loads(files[f"{rep}/data.json"])["data"]:
        found.setdefault(table["kind"], []).extend(table["rows"])
    return found


def test_everything_is_there(project: People) -> None:
    files = read(project, "nora-a")
    months = [*MONTHS, "2026-03"]
    pages = ["index", *months]
    assert set(files) == {
        "nora-a/data.json",
        "nora-a/style.css",
        *(f"nora-a/{code}/{page}.html" for code in ("de", "en") for page in pages),
        *(f"nora-a/scorecards/{month}.json" for month in months),
    }
    found = tables(files, "nora-a")
    assert found["roster"][0][:2] == ["Nora Aström", "nora.a@tiny.example"]
    assert len(found["assignments"]) == 2
    assert found["exemptions"] == [["bookings", "2026-02-01", "", "lena-lead"]]
    # Two months of two lines of sales, and of two ratings.
    assert len(found["source"]) == 8
    assert sorted(row[1] for row in found["notes"]) == ["action", "action", "note", "note", "reply", "reply"]
    assert found["original"] == [["nora-a", "<7>"]]
    assert found["named"] == [["scorecards/notes/2026-02/sven-h.note.md", "1"]]
    assert len(found["closed"]) == 6
    # Nobody else's rows.
    assert "sven-b" not in files["nora-a/data.json"]


def test_who_rated_others_gets_what_she_gave(project: People) -> None:
    found = tables(read(project, "lena-lead"), "lena-lead")
    assert found["led"] == [["north", "North", "2026-01-01", ""]]
    assert [row[0] for row in found["approved"]] == ["nora-a", "sven-h"]
    assert len(found["given"]) == 32
    assert {row[1] for row in found["given"]} == {"lena-lead"}


def test_the_same_bytes(project: People) -> None:
    first, second = (export(project, "nora-a", name)[2] for name in ("one.zip", "two.zip"))
    assert first.read_bytes() == second.read_bytes()


def test_pages_stand_alone_and_escape(project: People) -> None:
    files = read(project, "nora-a")
    for name, text in files.items():
        if name.endswith(".html"):
            assert "<script" not in text
            targets = {one for one in re.findall(r'(?:href|src)="([^"]*)"', text) if not one.startswith("#")}
            here = Path(name).parent
            for target in targets:
                path = Path(*(here / target).parts)
                assert str(path).replace(f"{here}/../", "nora-a/") in files, (name, target)
    assert "&lt;7&gt;" in files["nora-a/de/index.html"]
    assert "&lt;script&gt;alert(1)" in files["nora-a/de/index.html"]


def test_refusals(project: People) -> None:
    code, output, target = export(project, "nobody", "nobody.zip")
    assert (code, output) == (1, "There is no “nobody” in reps.csv.\n")
    assert not target.exists()
    code, output, _ = export(project, "nora-a", "project/standards/nora.zip")
    assert code == 2
    assert "published with the handbook" in output
