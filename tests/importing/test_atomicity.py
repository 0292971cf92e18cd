"""Whoever looks at a month's folder sees all of the old files or all of the new ones, whatever happens in between."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from standardwerk.publish import folders
from standardwerk.publish.folders import replace_in_folders, restore
from tests.importing.building import project, run, state

SOURCES = """\
sources:
  alpha: {columns: {a: {type: integer}}}
  beta: {columns: {b: {type: integer}}}
"""
FIRST = {"alpha.csv": "rep;a\nann;1\n", "beta.csv": "rep;b\nann;1\n"}
SECOND = {"alpha.csv": "rep;a\nann;2\n", "beta.csv": "rep;b\nann;2\n"}


def months(root: Path) -> dict[str, bytes]:
    return {name: data for name, data in state(root).items() if name.startswith("2026-")}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = project(tmp_path, SOURCES)
    assert run(made, "--month", "2026-01", files=FIRST)[0] == 0
    return made


@pytest.mark.parametrize("exchanging", [True, False], ids=["exchange", "two renames"])
@pytest.mark.parametrize("failing", ["rename", "fsync", "copytree", "mkdir", "write_bytes"])
def test_a_failure_leaves_everything_as_it_was(
    root: Path, failing: str, exchanging: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each call of the operating system fails in turn, as on a full disk."""
    if not exchanging:
        monkeypatch.setattr(folders, "_exchange", lambda first, second: False)
    before = state(root)
    owner = {"rename": Path, "mkdir": Path, "fsync": os, "copytree": folders.shutil}.get(failing)
    original = getattr(owner, failing) if owner is not None else None
    for nth in range(1, 12):
        calls = 0

        def fail(*arguments: object, _nth: int = nth, **more: object) -> object:
            nonlocal calls
            calls += "inbox" not in str(arguments[0])
            if calls == _nth:
                raise OSError(28, "No space left on device", str(root / "scorecards" / "x"))
            assert original is not None
            return original(*arguments, **more)

        with monkeypatch.context() as patch:
            if owner is None:
                patch.setattr("standardwerk.operations.importing.write_bytes", lambda path, data: fail_writing())
            else:
                patch.setattr(owner, failing, fail)
            code, said = run(root, "--month", "2026-01", "--replace", files=SECOND)
        if code == 0:
            break
        assert "Nothing was imported: “x” cannot be written (No space left on device)." in said
        after = {name: data for name, data in state(root).items() if "/." not in f"/{name}"}
        assert after == before, (failing, nth)
        if owner is None:
            return
    else:
        pytest.fail("it never succeeded")
    assert nth > 1 or not exchanging or failing == "rename"


def fail_writing() -> None:
    raise OSError(28, "No space left on device", "x")


KILLED = """\
    import os, signal, sys
    from pathlib import Path
    sys.path.insert(0, {repository!r})
    from standardwerk.publish import folders
    from tests.importing.building import run

    calls = 0
    def trace(frame, event, argument):
        global calls
        if frame.f_code.co_filename == folders.__file__:
            calls += event == "line"
            if calls == {nth}:
                os.kill(os.getpid(), signal.SIGKILL)
        return trace
    sys.settrace(trace)
    code, said = run(Path({root!r}), "--month", "2026-01", "--replace", files={files!r})
    sys.exit(0)
"""


@pytest.mark.site
@pytest.mark.skipif(sys.platform != "linux", reason="folders are exchanged in one step only on Linux")
def test_killed_at_any_line_the_folder_is_the_old_or_the_new_one(root: Path) -> None:
    repository = str(Path(__file__).resolve().parents[2])
    old = months(root)
    new: dict[str, bytes] | None = None
    seen = set()
    # The exchange is about the 47th line of some 65 that are run.
    for nth in (3, 30, *range(44, 52), 60, 1000):
        script = textwrap.dedent(KILLED).format(repository=repository, nth=nth, root=str(root), files=SECOND)
        done = subprocess.run([sys.executable, "-c", script], cwd=repository, timeout=120, check=False)
        found = months(root)
        changed = found != old
        if changed:
            new = new or found
            assert found == new
            assert b"ann;2" in found["2026-01/alpha.csv"] and b"ann;2" in found["2026-01/beta.csv"]
        seen.add(changed)
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL
        # Back to the first state, by an import that finds what the killed one left behind.
        assert run(root, "--month", "2026-01", "--replace", files=FIRST)[0] == 0
        assert months(root)["2026-01/alpha.csv"] == old["2026-01/alpha.csv"]
        old = months(root)
        assert not [path for path in (root / "scorecards").iterdir() if path.name.startswith(".")]
    assert seen == {True, False}


def test_what_two_renames_left_behind_is_taken_up(tmp_path: Path) -> None:
    folder, old = tmp_path / "2026-01", tmp_path / ".2026-01.old"
    old.mkdir()
    (old / "a").write_text("1")
    restore(folder)
    assert (folder / "a").read_text() == "1"
    assert not old.exists()
    old.mkdir()
    restore(folder)
    assert (folder / "a").read_text() == "1"
    assert not old.exists()


def test_several_folders_change_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two, three = (tmp_path / name for name in ("2026-01", "2026-02", "2026-03"))
    for folder in (one, two):
        folder.mkdir()
        (folder / "a").write_text("old")
        (folder / "kept").write_text("kept")
    replace_in_folders({one: {"a": b"new"}, three: {"a": b"new"}})
    assert [(one / "a").read_text(), (one / "kept").read_text(), (three / "a").read_text()] == ["new", "kept", "new"]
    swap = folders.FolderDraft.swap

    def failing(self: folders.FolderDraft) -> None:
        if self.folder == two and not self.existed:
            raise OSError
        swap(self)

    monkeypatch.setattr(folders.FolderDraft, "swap", failing)
    four = tmp_path / "2026-04"
    with pytest.raises(OSError):
        replace_in_folders({one: {"a": b"newer"}, four: {"a": b"x"}, two: {"a": b"x"}})
    assert [(one / "a").read_text(), (two / "a").read_text(), four.exists()] == ["new", "old", False]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["2026-01", "2026-02", "2026-03"]
