"""A folder is replaced at once; what is not changed stays the file that it was, with its owner and rights."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from standardwerk.publish.folders import FolderDraft
from tests.rights.people import People

PERSON, OTHER = 65533, 65532
REPLY = "scorecards/notes/2026-01/nora-a.reply.md"
AS = "import os, sys; os.setgid({0}); os.setuid({0}); open(sys.argv[1], 'a').write('More.\\n')"


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user may enter: those of pytest let nobody else in."""
    with tempfile.TemporaryDirectory(prefix="standardwerk-") as name:
        yield Path(name)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "folder"
    (found / "notes").mkdir(parents=True)
    for name in ("a.csv", "b.csv", "notes/c.md"):
        (found / name).write_text(name, "utf-8")
    (found / "notes/c.md").chmod(0o640)
    return found


def test_what_is_not_changed_stays_the_file_it_was(folder: Path) -> None:
    was = {name: (folder / name).stat() for name in ("a.csv", "b.csv", "notes/c.md")}
    draft = FolderDraft(folder, {"b.csv": b"other"})
    # Somebody writes while the draft is made: her text is not lost.
    with (folder / "notes/c.md").open("a") as file:
        file.write(" and more")
    draft.swap()
    draft.discard()
    now = {name: (folder / name).stat() for name in was}
    assert {name for name in was if was[name].st_ino == now[name].st_ino} == {"a.csv", "notes/c.md"}
    assert (folder / "b.csv").read_bytes() == b"other"
    assert (folder / "notes/c.md").read_text("utf-8") == "notes/c.md and more"
    assert stat.S_IMODE(now["notes/c.md"].st_mode) == 0o640
    assert sorted(path.name for path in folder.parent.rglob("*") if path.is_file()) == ["a.csv", "b.csv", "c.md"]


def test_a_draft_that_is_not_taken_changes_nothing(folder: Path) -> None:
    draft = FolderDraft(folder, {})
    (draft.draft / "a.csv").write_text("changed", "utf-8")
    draft.discard()
    assert (folder / "a.csv").read_text("utf-8") == "a.csv"
    draft = FolderDraft(folder, {})
    (draft.draft / "a.csv").write_text("changed", "utf-8")
    draft.swap()
    draft.undo()
    draft.discard()
    assert {name: (folder / name).read_text("utf-8") for name in ("a.csv", "b.csv")} == {
        name: name for name in ("a.csv", "b.csv")
    }


def test_a_system_without_second_names_keeps_copies(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, target: Path) -> None:
        raise OSError

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    draft = FolderDraft(folder, {"b.csv": b"other"})
    draft.swap()
    draft.discard()
    assert (folder / "a.csv").read_text("utf-8") == "a.csv"
    assert (folder / "b.csv").read_bytes() == b"other"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs to act as several users")
def test_a_reply_is_her_file_alone_before_and_after_an_erasure(open_folder: Path) -> None:
    """The commands of the guide, tried as three users: she, somebody else, and whoever runs the handbook."""
    project = People(open_folder)
    reply = project.path(REPLY)
    for above in (reply, *reply.parents):
        if above.is_relative_to(open_folder):
            above.chmod(0o644 if above == reply else 0o711)
    os.chown(reply, PERSON, PERSON)

    def writes(user: int) -> bool:
        command = [sys.executable, "-c", AS.format(user), str(reply)]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0

    assert (writes(PERSON), writes(OTHER)) == (True, False)
    project.erase("nora-b", "nora-c", "nora-d", "nora-e", "nora-f")
    assert (writes(PERSON), writes(OTHER)) == (True, False)
    assert reply.read_text("utf-8") == "I see it otherwise.\nMore.\nMore.\n"
