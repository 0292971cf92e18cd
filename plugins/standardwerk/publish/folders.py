"""A folder's files replaced at once: whoever looks sees all of the old ones or all of the new ones."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from standardwerk.load.files import aside

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


class FolderDraft:
    """The next state of a folder, written beside it and not to be seen yet."""

    def __init__(self, folder: Path, files: Mapping[str, bytes]) -> None:
        """Write the draft: what the folder has, with these files in place of theirs. Raises ``OSError``."""
        self.folder = folder
        self.draft = folder.with_name(f".{folder.name}.new")
        self.old = self.draft
        """Where the old state is after the swap: exchanged with the draft, or set aside."""
        self.existed = False
        self._copied: dict[Path, tuple[int, int]] = {}
        restore(folder)
        try:
            if folder.is_dir():
                shutil.copytree(folder, self.draft)
                self._copied = {path: _state(path) for path in _files(self.draft)}
            self.draft.mkdir(parents=True, exist_ok=True)
            for name, data in files.items():
                with (self.draft / name).open("wb") as file:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
        except BaseException:
            self.discard()
            raise

    def swap(self) -> None:
        """Put the draft in the folder's place, and keep the old state until it is discarded."""
        self._keep_unchanged()
        self.existed = self.folder.is_dir()
        if not self.existed:
            self.draft.rename(self.folder)
        elif not _exchange(self.draft, self.folder):
            self.old = self.folder.with_name(aside(self.folder.name))
            self.folder.rename(self.old)
            try:
                self.draft.rename(self.folder)
            except BaseException:
                self.old.rename(self.folder)
                raise

    def _keep_unchanged(self) -> None:
        """Put the files that the draft left alone back in it: owner and rights, which a copy loses, stay with them.

        Where a system knows no second name for a file, the copy stays.
        """
        for path, state in self._copied.items():
            if path.is_file() and _state(path) == state:
                own = self.folder / path.relative_to(self.draft)
                second = path.with_name(f".{path.name}.link")
                with suppress(OSError):
                    second.hardlink_to(own)
                    second.replace(path)

    def undo(self) -> None:
        """Put the old state back."""
        if self.existed and self.old == self.draft:
            _exchange(self.draft, self.folder)
        else:
            self.folder.rename(self.draft)
            if self.existed:
                self.old.rename(self.folder)

    def discard(self) -> None:
        """Remove what is not in use: the draft, or after the swap the old state."""
        shutil.rmtree(self.draft, ignore_errors=True)
        shutil.rmtree(self.old, ignore_errors=True)


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]


def _state(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_size, found.st_mtime_ns


def replace_in_folders(changes: Mapping[Path, Mapping[str, bytes]]) -> None:
    """Replace files in several folders. A fault leaves all of them as they were. Raises ``OSError``."""
    drafts: list[FolderDraft] = []
    swapped: list[FolderDraft] = []
    try:
        drafts += [FolderDraft(folder, files) for folder, files in changes.items()]
        for draft in drafts:
            draft.swap()
            swapped.append(draft)
    except BaseException:
        for draft in reversed(swapped):
            draft.undo()
        raise
    finally:
        for draft in drafts:
            draft.discard()


def restore(folder: Path) -> None:
    """Take up what a run that was killed left behind: the old state between two renames, or a draft."""
    shutil.rmtree(folder.with_name(f".{folder.name}.new"), ignore_errors=True)
    old = folder.with_name(aside(folder.name))
    if not old.is_dir():
        return
    if folder.is_dir():
        shutil.rmtree(old, ignore_errors=True)
    else:
        old.rename(folder)


def _exchange(first: Path, second: Path) -> bool:
    """Exchange two folders in one step, where the system can; False if it cannot."""
    if not sys.platform.startswith("linux"):
        return False
    with suppress(AttributeError, OSError):
        call = ctypes.CDLL(None, use_errno=True).renameat2
        call.argtypes = (ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint)
        paths = [os.fsencode(path) for path in (first, second)]
        return int(call(_AT_FDCWD, paths[0], _AT_FDCWD, paths[1], _RENAME_EXCHANGE)) == 0
    return False
