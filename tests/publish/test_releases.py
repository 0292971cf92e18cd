"""Releases and their switch: whole at any moment, whoever is killed."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from standardwerk.publish.releases import BusyError, Releases, TargetTakenError, keep_unchanged
from tests.publish import publishing_process

NOW = datetime(2026, 11, 25, 8, 30, tzinfo=UTC)
WAYS = pytest.mark.parametrize("by_index", [False, True], ids=["link", "index"])
#: Times a process is killed, for each way.
KILLS = 25


def release(releases: Releases, text: str) -> str:
    part = releases.begin(NOW)
    (part / "index.html").write_text(text)
    name = releases.finish(part)
    releases.switch(name)
    return name


def read(releases: Releases) -> str:
    """What a reader gets."""
    if releases.by_index:
        pointer = (releases.target / "index.html").read_text()
        name = pointer.partition("url=")[2].partition("/")[0]
        return (releases.target / name / "index.html").read_text()
    return (releases.target / "index.html").read_text()


@WAYS
def test_a_release_is_read_once_it_is_switched_to(tmp_path: Path, by_index: bool) -> None:
    releases = Releases(tmp_path / "site", by_index=by_index)
    with releases.locked():
        assert releases.current() is None
        first = release(releases, "first")
        assert read(releases) == "first"
        part = releases.begin(NOW)
        (part / "index.html").write_text("half")
        assert read(releases) == "first"
    with releases.locked():
        second = release(releases, "second")
    assert releases.names() == [first, second]
    assert releases.current() == second
    assert read(releases) == "second"
    assert not list(releases.folder.glob("*.part"))


@WAYS
def test_back_to_the_release_before(tmp_path: Path, by_index: bool) -> None:
    releases = Releases(tmp_path / "site", by_index=by_index)
    with releases.locked():
        names = [release(releases, str(number)) for number in range(3)]
        assert releases.before() == names[1]
        releases.switch(names[1])
        assert read(releases) == "1"
        assert releases.before() == names[0]
        releases.switch(names[0])
        assert releases.before() is None


@WAYS
def test_old_releases_go_but_never_the_one_that_is_read(tmp_path: Path, by_index: bool) -> None:
    releases = Releases(tmp_path / "site", by_index=by_index)
    with releases.locked():
        names = [release(releases, str(number)) for number in range(5)]
        releases.switch(names[0])
        assert releases.prune(2) == names[1:3]
        assert releases.names() == [names[0], *names[3:]]
        assert read(releases) == "0"


def test_one_at_a_time(tmp_path: Path) -> None:
    releases = Releases(tmp_path / "site")
    with releases.locked(), pytest.raises(BusyError), Releases(tmp_path / "site").locked():
        pytest.fail("two runs at once")
    with releases.locked():
        pass


@WAYS
def test_what_others_put_there_is_not_touched(tmp_path: Path, by_index: bool) -> None:
    target = tmp_path / "site"
    target.mkdir()
    (target / "index.html").write_text("by hand")
    with pytest.raises(TargetTakenError), Releases(target, by_index=by_index).locked():
        pytest.fail("taken")
    assert [path.name for path in target.iterdir()] == ["index.html"]


def test_equal_files_stay_the_old_ones(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    for folder in (old, new):
        (folder / "a").mkdir(parents=True)
        (folder / "a" / "same").write_text("same")
        (folder / "other").write_text(folder.name)
    (new / "fresh").write_text("fresh")
    os.utime(old / "a" / "same", (1_000_000, 1_000_000))
    os.utime(old / "other", (1_000_000, 1_000_000))
    assert keep_unchanged(old, new) == (1, 3)
    assert (new / "a" / "same").stat().st_mtime == 1_000_000
    assert (new / "other").stat().st_mtime > 1_000_000
    assert {path.relative_to(new).as_posix(): path.read_text() for path in new.rglob("*") if path.is_file()} == {
        "a/same": "same",
        "other": "new",
        "fresh": "fresh",
    }


@WAYS
def test_killed_at_any_moment_a_whole_site_is_left(tmp_path: Path, by_index: bool) -> None:
    """A process that publishes is killed again and again; after each time the site is whole, and of one version."""
    dice = random.Random(20261125)
    releases = Releases(tmp_path / "site", by_index=by_index)
    seen = set()
    for turn in range(KILLS):
        # A version a process may reach stays below those of the next one.
        command = [sys.executable, publishing_process.__file__, str(releases.target)]
        process = subprocess.Popen([*command, "index" if by_index else "link", str(1 + turn * 1000)])
        deadline = time.monotonic() + 30
        before = releases.current()
        while releases.current() == before and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.001)
        time.sleep(dice.uniform(0, 0.05))
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
        name = releases.current()
        assert name is not None
        files = [file for file in releases.path(name).rglob("*") if file.is_file()]
        assert len(files) == publishing_process.FILES + 1
        version = read(releases)
        for file in files:
            number = int(file.stem) if file.stem.isdigit() else 1
            assert file.read_text() == (f"{number}\n" if number % 3 == 0 else version), file
        seen.add(version)
    assert len(seen) == KILLS
    with releases.locked():
        assert not list(releases.folder.glob("*.part"))
        assert len(releases.names()) <= 4
