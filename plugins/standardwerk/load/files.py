"""Reading files below a folder, and the names they have in messages."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from standardwerk.diagnostics import Diagnostics, Place

#: Larger files are no input: they would take the memory of the machine.
MOST_BYTES = 2**28


def _(message: str) -> str:
    return message


_NO_FOLDER = _("a folder is needed")
_FOLDER = _("it is a folder")
_NO_FILE = _("it is neither a file nor a folder")
_FORBIDDEN = _("it must not be opened")
_LARGE = _("it is larger than 256 MB")
HINT = "Did you mean “{suggestion}”?"


def suggest(value: str, known: list[str]) -> dict[str, str]:
    """The fields ``hint`` and ``suggestion`` of a diagnostic about an unknown name."""
    found = _nearest(value, tuple(known))
    return {"hint": " " + HINT, "suggestion": found} if found else {"hint": ""}


@lru_cache(4096)
def _nearest(value: str, known: tuple[str, ...]) -> str:
    # Looking for one among a thousand takes milliseconds, and one wrong id stands in many rows.
    return next(iter(get_close_matches(value, known, n=1, cutoff=0.6)), "")


def aside(name: str) -> str:
    """What a folder is called while another takes its place."""
    return f".{name}.old"


def listing(known: list[str], most: int = 30) -> str:
    """Known names for a message; a long list is cut."""
    return ", ".join(known[:most]) + (" …" if len(known) > most else "") if known else "–"


@dataclass(frozen=True)
class Folder:
    """A folder of input. Messages name its files by ``shown`` and the path below it, never by the machine's path."""

    root: Path
    shown: str
    texts: dict[str, str] = field(default_factory=dict, compare=False)
    """Files given as text instead (for tests and for drafts)."""
    unreadable: dict[str, str] = field(default_factory=dict, compare=False)
    """By path: why what is there cannot be read; reported by :meth:`report`."""

    def name(self, path: str) -> str:
        """What a file is called in messages."""
        return (f"{self.shown}/{path}" if self.shown else path).rstrip("/")

    def is_there(self) -> bool:
        """Whether there is a folder to read."""
        mode = _mode(self.root)
        if mode and not S_ISDIR(mode):
            self.unreadable[""] = _NO_FOLDER
        return S_ISDIR(mode)

    def exists(self, path: str) -> bool:
        """Whether the file is there."""
        if path in self.texts:
            return True
        mode = _mode(self.root / path)
        if S_ISDIR(mode):
            # Whoever asks wants a file; to say that it is missing would be misleading.
            self.unreadable[path] = _FOLDER
        return S_ISREG(mode)

    def folders(self, path: str = "") -> list[str]:
        """Names of the folders in a folder, sorted; hidden ones left out."""
        return [one.name for one in self._entries(path) if _is_folder(one) and not one.name.startswith(".")]

    def set_aside(self) -> list[str]:
        """Names of the folders that are gone while another was to take their place; see ``publish/folders.py``."""
        names = {one.name for one in self._entries("") if _is_folder(one)}
        return sorted(
            name for name in (found[1:-4] for found in names if found == aside(found[1:-4])) if name not in names
        )

    def files(self, path: str = "") -> list[str]:
        """Names of the files in a folder, sorted; hidden ones left out."""
        found = []
        for one in self._entries(path):
            if one.name.startswith("."):
                continue
            if _is_file(one):
                found.append(one.name)
            elif not _is_folder(one):
                self.unreadable[f"{path}/{one.name}" if path else one.name] = _NO_FILE
        return found

    def _entries(self, path: str) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(self.root / path) as entries:
                return sorted(entries, key=lambda one: one.name)
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            self.unreadable[path] = _problem(error)
            return []

    def read(self, path: str) -> bytes | None:
        """The bytes of a file; None if it cannot be read."""
        if path in self.texts:
            return self.texts[path].encode()
        where = self.root / path
        try:
            if where.stat().st_size > MOST_BYTES:
                self.unreadable[path] = _LARGE
                return None
            return where.read_bytes()
        except OSError as error:
            self.unreadable[path] = _problem(error)
            return None

    def text(self, path: str, diagnostics: Diagnostics) -> str | None:
        """A UTF-8 file's text with line feeds; None and a diagnostic if it is missing or no UTF-8."""
        place = Place(self.name(path))
        if not self.exists(path):
            if path not in self.unreadable:
                diagnostics.add("SW107", place)
            return None
        data = self.read(path)
        if data is None:
            return None
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            diagnostics.add("SW108", place, offset=error.start)
            return None
        # A zero is in no text; browsers and spreadsheets each make something else of it.
        if "\0" in text:
            diagnostics.add("SW108", place, offset=data.index(0))
            return None
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def report(self, diagnostics: Diagnostics) -> None:
        """Report what is there and cannot be read."""
        for path, problem in self.unreadable.items():
            diagnostics.add("SW114", Place(self.name(path)), problem=problem)


def present(path: Path) -> bool:
    """Whether something stands at a path, whatever it is."""
    return _mode(path) != 0


def _mode(path: Path) -> int:
    """What stands at a path, for :mod:`stat`; 0 if nothing does. (``Path.is_file`` raises where it may not look.)"""
    try:
        return path.stat().st_mode
    except OSError:
        return 0


def _is_folder(entry: os.DirEntry[str]) -> bool:
    # Where a link leads may be closed.
    with suppress(OSError):
        return entry.is_dir()
    return False


def _is_file(entry: os.DirEntry[str]) -> bool:
    with suppress(OSError):
        return entry.is_file()
    return False


def _problem(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return _FORBIDDEN
    return _FOLDER if isinstance(error, IsADirectoryError) else error.strerror or type(error).__name__
