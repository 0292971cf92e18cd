"""The audit: every file read once, by several processes, folder by folder."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from standardwerk.publish.audit.looking import MARKUP, Auditor
from standardwerk.publish.audit.markup import facts
from standardwerk.publish.audit.report import Audit, Brief, short
from standardwerk.render.policy import POLICY_FILE
from standardwerk.workers import Processes, worker_count

#: Files in a chunk of work.
CHUNK = 400


def files_of(root: Path) -> Iterator[str]:
    """All files below a folder, links included, as paths with ``/``; in order, folder by folder."""
    for folder, folders, names in os.walk(root):
        folders.sort()
        base = os.path.relpath(folder, root).replace(os.sep, "/")
        prefix = "" if base == "." else f"{base}/"
        yield from (prefix + name for name in sorted(names))
        # Links to folders are not followed: they are files that the plan does not know.
        for name in list(folders):
            if Path(folder, name).is_symlink():
                folders.remove(name)
                yield prefix + name


def audit(brief: Brief, workers: int | None) -> Audit:
    """Look at every file. ``workers``: processes; None: as many as are worth it."""
    whole = Audit()
    for name in ("index.html", POLICY_FILE):
        if name not in brief.files:
            whole.add("SW701", name)
    chunks = [brief.files[start : start + CHUNK] for start in range(0, len(brief.files), CHUNK)]
    for part in _parts(brief, chunks, worker_count(workers, len(brief.files))):
        whole.take(part)
    _check_anchors(brief, whole)
    return whole


def _parts(brief: Brief, chunks: Sequence[Sequence[str]], count: int) -> Iterator[Audit]:
    if count == 1 or len(chunks) == 1:
        yield from map(Auditor(brief).look, chunks)
        return
    processes = Processes(count)
    try:
        processes.start(_start, brief)
        yield from processes.map(_look, chunks)
    finally:
        processes.close()


_auditor: dict[str, Auditor] = {}


def _start(brief: Brief) -> None:
    # What is remembered goes with its memory: there is nothing for the collector, and much that it would look at.
    gc.disable()
    _auditor["own"] = Auditor(brief)


def _look(chunk: Sequence[str]) -> Audit:
    return _auditor["own"].look(chunk)


def _check_anchors(brief: Brief, whole: Audit) -> None:
    """Whether the places are there that links to other pages lead to."""
    wanted: dict[str, set[str]] = {}
    for target, fragment in whole.anchors:
        if target.endswith(MARKUP):
            wanted.setdefault(target, set()).add(fragment)
    for target, fragments in sorted(wanted.items()):
        pieces = set(Path(brief.root, target).read_bytes().split(b"<"))
        missing = fragments - {one for piece in pieces for one in facts(piece).ids}
        for fragment in sorted(missing):
            whole.add("SW709", target, address=short(f"#{fragment}"))
