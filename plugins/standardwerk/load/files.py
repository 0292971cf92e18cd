"""Reading files below a folder, and the names they have in messages."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from standardwerk.diagnostics import Diagnostics, Place

HINT = "Did you mean “{suggestion}”?"


def suggest(value: str, known: list[str]) -> dict[str, str]:
    """The fields ``hint`` and ``suggestion`` of a diagnostic about an unknown name."""
    found = get_close_matches(value, known, n=1, cutoff=0.6)
    return {"hint": " " + HINT, "suggestion": found[0]} if found else {"hint": ""}


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

    def name(self, path: str) -> str:
        """What a file is called in messages."""
        return f"{self.shown}/{path}" if self.shown else path

    def exists(self, path: str) -> bool:
        """Whether the file is there."""
        return path in self.texts or (self.root / path).is_file()

    def folders(self, path: str = "") -> list[str]:
        """Names of the folders in a folder, sorted; hidden ones left out."""
        where = self.root / path
        if not where.is_dir():
            return []
        return sorted(entry.name for entry in where.iterdir() if entry.is_dir() and not entry.name.startswith("."))

    def set_aside(self) -> list[str]:
        """Names of the folders that are gone while another was to take their place; see ``publish/folders.py``."""
        if not self.root.is_dir():
            return []
        names = {entry.name for entry in self.root.iterdir() if entry.is_dir()}
        return sorted(
            name for name in (found[1:-4] for found in names if found == aside(found[1:-4])) if name not in names
        )

    def files(self, path: str = "") -> list[str]:
        """Names of the files in a folder, sorted; hidden ones left out."""
        where = self.root / path
        if not where.is_dir():
            return []
        return sorted(entry.name for entry in where.iterdir() if entry.is_file() and not entry.name.startswith("."))

    def read(self, path: str) -> bytes:
        """The bytes of a file."""
        if path in self.texts:
            return self.texts[path].encode()
        return (self.root / path).read_bytes()

    def text(self, path: str, diagnostics: Diagnostics) -> str | None:
        """A UTF-8 file's text with line feeds; None and a diagnostic if it is missing or no UTF-8."""
        place = Place(self.name(path))
        if not self.exists(path):
            diagnostics.add("SW107", place)
            return None
        data = self.read(path)
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
