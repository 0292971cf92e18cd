"""Releases of a site beside each other, and the switch from one to the next.

A release is built under a name that nobody reads, made whole, and only then switched to: by a symbolic link that is
replaced in one step, or, where the target knows no links (file shares), by the one file that leads to a release.
A run that is killed leaves the old site as it was, and perhaps a part that the next run removes.
"""

from __future__ import annotations

import contextlib
import filecmp
import os
import re
import secrets
import shutil
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

_NAME = re.compile(r"\d{8}-\d{6}(?:-\d{3})?")
_PART, _TRASH = ".part", ".gone"
_SWITCH = re.compile(r'url=([^/"]+)/index\.html"')
_INDEX = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="refresh" content="0; url={name}/index.html">
<title>→</title>
</head>
<body><p><a href="{name}/index.html">→</a></p></body>
</html>
"""


class TargetTakenError(RuntimeError):
    """The target is a folder or file that publishing did not make."""


class BusyError(RuntimeError):
    """Another run publishes to the same target."""


class Releases:
    """The releases of one target.

    ``by_index``: no link is made. The releases lie in the target itself, and its ``index.html`` leads to the newest.
    Otherwise the target is a link, and the releases lie in a hidden folder beside it.
    """

    def __init__(self, target: Path, *, by_index: bool = False) -> None:
        self.target = target.absolute()
        self.by_index = by_index
        self.folder = self.target if by_index else self.target.with_name(f".{self.target.name}.releases")
        self._pointer = self.target / "index.html" if by_index else self.target

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the target's lock; the system lets go of it when a process ends, however it ends.

        Raises :class:`BusyError`, and :class:`TargetTakenError` for a target that is not ours to switch.
        """
        self._check_target()
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / ".lock").open("a+b") as file:
            _lock(file.fileno())
            self._remove_leftovers()
            yield

    def _check_target(self) -> None:
        if self.by_index:
            ours = not self._pointer.exists() or self.current() is not None
        else:
            ours = self.target.is_symlink() or not self.target.exists()
        if not ours or (self.target.exists() and not self.target.is_dir()):
            raise TargetTakenError(str(self.target))

    def _remove_leftovers(self) -> None:
        for path in self.folder.iterdir():
            if path.name.endswith((_PART, _TRASH)):
                # Nobody reads it. What cannot be removed as yet is left to the next run.
                with contextlib.suppress(OSError):
                    _remove(path)

    def names(self) -> list[str]:
        """The whole releases, the oldest first."""
        if not self.folder.is_dir():
            return []
        return sorted(path.name for path in self.folder.iterdir() if path.is_dir() and _NAME.fullmatch(path.name))

    def current(self) -> str | None:
        """The release that is read now."""
        if self.by_index:
            found = _SWITCH.search(self._pointer.read_text("utf-8")) if self._pointer.is_file() else None
            return found[1] if found else None
        return Path(os.readlink(self.target)).name if self.target.is_symlink() else None  # noqa: PTH115 - as it is

    def path(self, name: str) -> Path:
        """A release's folder."""
        return self.folder / name

    def begin(self, now: datetime) -> Path:
        """An empty folder for a new release. Its name is the time; nobody reads it yet."""
        name, last = f"{now:%Y%m%d-%H%M%S}", (self.names() or [""])[-1]
        if name <= last:
            # A second release within a second, or a clock that was put back: names keep the order of the releases.
            name = f"{last[:15]}-{int(last[16:] or 1) + 1:03d}"
        # What a killed run left behind may still be writing: it knows another folder.
        part = self.folder / f"{name}.{secrets.token_hex(8)}{_PART}"
        part.mkdir()
        return part

    def finish(self, part: Path) -> str:
        """Make a release of a folder that :meth:`begin` gave and that is whole now. Its name."""
        name = part.name.partition(".")[0]
        part.rename(self.folder / name)
        return name

    def switch(self, name: str) -> None:
        """Let readers have a release, in one step."""
        fresh = self.folder / (f".switch-{name}" + _PART)
        if self.by_index:
            with fresh.open("w", encoding="utf-8") as file:
                file.write(_INDEX.format(name=name))
                file.flush()
                os.fsync(file.fileno())
        else:
            fresh.symlink_to(Path(self.folder.name) / name, target_is_directory=True)
        fresh.replace(self._pointer)

    def prune(self, keep: int) -> list[str]:
        """Remove all but the newest ``keep`` releases (at least 1) and the one that is read. What was removed."""
        current = self.current()
        old = [name for name in self.names()[: -max(1, keep)] if name != current]
        for name in old:
            gone = self.path(name).with_name(name + _TRASH)
            self.path(name).rename(gone)
            _remove(gone)
        return old

    def before(self) -> str | None:
        """The newest release that is older than the one that is read."""
        current = self.current()
        older = [name for name in self.names() if current is not None and name < current]
        return older[-1] if older else None


def keep_unchanged(old: Path, new: Path) -> tuple[int, int]:
    """Let equal files of a new release be those of the old one: their time stamps stay, and copies move less.

    Returns how many files are the old ones, and how many there are.
    """
    kept = total = 0
    for folder, _, files in os.walk(new):
        before = old / Path(folder).relative_to(new)
        for name in files:
            total += 1
            file, other = Path(folder, name), before / name
            if not other.is_file() or not filecmp.cmp(file, other, shallow=False):
                continue
            kept += 1
            twin = file.with_name(name + _PART)
            try:
                os.link(other, twin)
            except OSError:
                shutil.copystat(other, file)
            else:
                twin.replace(file)
    return kept, total


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()


if sys.platform == "win32":  # pragma: no cover - the suite runs elsewhere
    import msvcrt

    def _lock(handle: int) -> None:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            raise BusyError from error
else:
    import fcntl

    def _lock(handle: int) -> None:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise BusyError from error
