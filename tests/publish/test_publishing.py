"""``standardwerk publish`` and ``announce``, on a small project."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from standardwerk.cli import main
from standardwerk.operations import RefusedError
from standardwerk.operations.publishing import FindingsError, publish, roll_back
from standardwerk.publish.releases import Releases
from tests.sites.tiny import Tiny

NOW = datetime(2026, 11, 25, 8, 30, tzinfo=UTC)


def write(text: str, folder: Path) -> None:
    (folder / "index.html").write_text(text)


def run(project: Path, *arguments: str) -> Result:
    command, *rest = arguments
    return CliRunner().invoke(main, [command, "-f", str(project / "mkdocs.yml"), "--lang", "en", *rest])


def test_what_is_found_against_a_site_keeps_the_old_one(tmp_path: Path) -> None:
    releases = Releases(tmp_path / "site")
    publish(releases, lambda folder: write("old", folder), lambda folder: [], keep=3, now=NOW)
    with pytest.raises(FindingsError, match="a leak"):
        publish(releases, lambda folder: write("new", folder), lambda folder: ["a leak"], keep=3, now=NOW)

    def fails(folder: Path) -> None:
        write("half", folder)
        raise OSError("no space")

    with pytest.raises(OSError, match="no space"):
        publish(releases, fails, lambda folder: [], keep=3, now=NOW)
    assert (releases.target / "index.html").read_text() == "old"
    assert len(releases.names()) == 1
    with pytest.raises(RefusedError, match="no older release"):
        roll_back(releases)


def test_only_so_many_releases_are_kept(tmp_path: Path) -> None:
    releases = Releases(tmp_path / "site")
    done = [
        publish(releases, lambda folder, n=n: write(str(n), folder), lambda folder: [], keep=2, now=NOW)  # type: ignore[misc]
        for n in range(4)
    ]
    assert [len(one.removed) for one in done] == [0, 0, 1, 1]
    assert releases.names() == [done[2].release, done[3].release]


@pytest.mark.site
def test_from_a_project_to_its_readers_and_back(tmp_path: Path) -> None:
    tiny = Tiny()
    project = tiny.write(tmp_path / "project")
    target = tmp_path / "www"
    first = run(project, "publish", str(target))
    assert first.exit_code == 0, first.output
    assert "0 of them unchanged" in first.output
    page = target / "scorecards/ann/en/2026-02/index.html"
    before = page.read_text("utf-8")

    tiny.files["scorecards/2026-02/sales.csv"][1][2] = "100"
    tiny.write(project)
    second = run(project, "publish", str(target))
    assert second.exit_code == 0, second.output
    assert page.read_text("utf-8") != before
    # Nothing of Bob's pages has changed.
    bob = "scorecards/bob/en/2026-02/index.html"
    releases = Releases(target)
    assert len({releases.path(name).joinpath(bob).stat().st_mtime_ns for name in releases.names()}) == 1

    tiny.files["scorecards/2026-02/sales.csv"][1][2] = "12 %"
    tiny.write(project)
    third = run(project, "publish", str(target))
    assert third.exit_code == 1
    assert "SW321" in third.output
    assert len(releases.names()) == 2

    back = run(project, "publish", "--rollback", str(target))
    assert back.exit_code == 0, back.output
    assert page.read_text("utf-8") == before


def test_whom_to_tell(tmp_path: Path) -> None:
    tiny = Tiny()
    tiny.people[1][2] = "=ann"
    project = tiny.write(tmp_path)
    told = run(project, "announce", "2026-02", "--address", "https://intranet.example/h/")
    assert told.exit_code == 0, told.output
    rows = list(csv.reader(io.StringIO(told.output), delimiter=";"))
    # The 15th working day of March 2026 in North Rhine-Westphalia, counted by hand.
    assert rows == [
        ["login", "link", "deadline"],
        ["'=ann", "https://intranet.example/h/scorecards/ann/de/2026-02/", "2026-03-20"],
        ["bob", "https://intranet.example/h/scorecards/bob/de/2026-02/", "2026-03-20"],
    ]
    assert run(project, "announce", "2026-07", "--address", "https://x.example/").exit_code == 1
    assert run(project, "announce", "2026-02", "--address", "javascript:alert(1)").exit_code == 2
