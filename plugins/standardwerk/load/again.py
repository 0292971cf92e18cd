"""The monthly rows where they are read again and again: those of the last time, if reading would give the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeVar

from standardwerk.diagnostics import Diagnostic, Diagnostics
from standardwerk.load.cache import TableCache
from standardwerk.load.files import Folder
from standardwerk.load.rows import LoadedRows, load_rows
from standardwerk.memory import Memory, plain_print
from standardwerk.model.handbook import Handbook
from standardwerk.model.months import Month
from standardwerk.model.roster import Roster
from standardwerk.model.sources import Sources

Answer = TypeVar("Answer")
Asked = Mapping[tuple[str, str], object]
"""What a folder was asked, and what it answered; of a file's bytes their hash."""


@dataclass(frozen=True)
class _Kept:
    """Rows, what was found while they were read, and all that their folder was asked for."""

    rows: LoadedRows
    found: tuple[Diagnostic, ...]
    asked: Asked


def load_rows_again(
    memory: Memory,
    folder: Folder,
    handbook: Handbook,
    sources: Sources,
    roster: Roster,
    months: tuple[Month, ...],
    diagnostics: Diagnostics,
    cache: TableCache | None,
) -> LoadedRows:
    """Like ``load_rows``: what it gave of the same rules, sources and people, if the folder still answers the same."""
    if diagnostics.has_doubts or folder.unreadable:
        # What is open is asked for everywhere.
        return load_rows(folder, handbook, sources, roster, months, diagnostics, cache)
    # What begins later has no say in how rows are read.
    handbook = handbook.scoring_by(months[-1].last_day) if months else handbook
    key = plain_print(_rules(handbook), sources, roster, months)
    kept: _Kept | None = memory.find("rows", key)
    if kept is None or not _answers(folder, kept.asked):
        noting, own = _Noting(folder), Diagnostics()
        rows = load_rows(noting, handbook, sources, roster, months, own, cache)
        kept = _Kept(rows, tuple(own), noting.asked)
        if not folder.unreadable:
            memory.keep("rows", key, kept)
    diagnostics.extend(kept.found)
    # Months may be held back, and then lose their rows.
    return kept.rows.copy()


def _rules(handbook: Handbook) -> object:
    """Everything but the wording."""
    standards = [
        (one.id, one.identity, [(each.effective_from, each.rules, each.run_start) for each in one.revisions])
        for one in handbook.standards
    ]
    return handbook.names, handbook.editions, standards


class _Noting(Folder):
    """A folder that notes what it is asked."""

    def __init__(self, folder: Folder) -> None:
        super().__init__(folder.root, folder.shown, folder.texts, folder.unreadable)
        self.asked: dict[tuple[str, str], object]
        object.__setattr__(self, "asked", {})

    def _note(self, question: str, path: str, answer: Answer) -> Answer:
        self.asked[question, path] = _brief(answer)
        return answer

    def exists(self, path: str) -> bool:
        return self._note("exists", path, super().exists(path))

    def folders(self, path: str = "") -> list[str]:
        return self._note("folders", path, super().folders(path))

    def files(self, path: str = "") -> list[str]:
        return self._note("files", path, super().files(path))

    def set_aside(self) -> list[str]:
        return self._note("set_aside", "", super().set_aside())

    def read(self, path: str) -> bytes | None:
        return self._note("read", path, super().read(path))


def _answers(folder: Folder, asked: Asked) -> bool:
    """Whether a folder answers as before. A copy is asked, so that no fault is noted of what nobody else looks at."""
    copy = Folder(folder.root, folder.shown, folder.texts)

    def answer(question: str, path: str) -> object:
        return copy.set_aside() if question == "set_aside" else getattr(copy, question)(path)

    return all(_brief(answer(*one)) == before for one, before in asked.items()) and not copy.unreadable


def _brief(answer: object) -> object:
    return sha256(answer).digest() if isinstance(answer, bytes) else answer
