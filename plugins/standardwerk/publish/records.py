"""The project's own records: closed months, corrections, seals.

Written whole or not at all, and the same for the same content.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from standardwerk.model.closing import FIELDS, ClosedHead, Correction, FigureForm
from standardwerk.model.fields import is_id
from standardwerk.model.seals import Lock, Sealed

CORRECTIONS_HEAD = (
    "# Corrections of closed months, the earliest first. Written by “standardwerk correct”; see docs/closing.md.\n"
    "corrections:\n"
)
LOCK_HEAD = "# The seals of what is in force. Written by “standardwerk seal” and “standardwerk translated”.\n"


def write_record(path: Path, text: str) -> None:
    """Replace a file in one step, so that it is never half written."""
    write_bytes(path, text.encode())


def write_bytes(path: Path, data: bytes, mode: int = 0o644) -> None:
    """As :func:`write_record`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(mode)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def closed_text(head: ClosedHead, figures: Mapping[str, str]) -> str:
    """A closed month: JSON, with a line per person, so that a comparison of two states of the file reads well."""
    runs = {name: {one: str(day) for one, day in sorted(its.items())} for name, its in sorted(head.runs.items())}
    lines = [
        f'"format":{head.format}',
        f'"month":"{head.month}"',
        f'"closed_on":"{head.closed_on}"',
        f'"edition":{_json(head.edition)}',
        f'"method":"{head.method}"',
        f'"revisions":{_json({name: str(day) for name, day in sorted(head.revisions.items())})}',
        f'"runs":{_json(runs)}',
        f'"inputs":{_json(dict(sorted(head.inputs.items())))}',
        f'"people":{_json(dict(sorted(head.people.items())))}',
    ]
    if head.remainder:
        lines.append(f'"remainder":"{head.remainder}"')
    people = ",\n".join(f'"{rep}":{text}' for rep, text in sorted(figures.items()))
    return "{" + ",\n".join(lines) + ',\n"figures":{\n' + people + "\n}}\n"


def correction_text(correction: Correction) -> str:
    """An entry of ``corrections.yml``."""
    lines = [
        f"  - month: {correction.month}",
        f"    date: {correction.date}",
        f"    reason: {correction.reason}",
        f"    note: {quoted(correction.note)}",
    ]
    if correction.inputs:
        lines.append("    inputs:")
        for month, files in sorted(correction.inputs.items()):
            lines.append(f"      {month}:")
            lines += [f"        {file}: {value or quoted('')}" for file, value in sorted(files.items())]
    lines.append("    changes:")
    for change in correction.changes:
        parts = [f"month: {change.month}", f"rep: {change.rep}", f"standard: {change.standard}"]
        parts.append(f"measure: {change.measure}")
        if change.line is not None:
            parts.append(f"line: {change.line}")
        parts += [f"{name}: {_figure(form)}" for name, form in (("was", change.was), ("is", change.now)) if form]
        lines.append(f"      - {{{', '.join(parts)}}}")
    return "\n".join(lines) + "\n"


def _figure(form: FigureForm) -> str:
    found = [(name, getattr(form, name)) for name in FIELDS]
    return "{" + ", ".join(f"{name}: {value}" for name, value in found if value is not None) + "}"


def lock_text(lock: Lock) -> str:
    """``editions.lock``."""
    lines = [LOCK_HEAD + f"format: {lock.format}"]
    for section, entries in (("names", lock.names), ("revisions", lock.revisions)):
        lines.append(f"{section}:" if entries else f"{section}: {{}}")
        for key, sealed in sorted(entries.items()):
            lines += [f"  {key}:", *_sealed(sealed)]
    lines.append("translated:" if lock.translated else "translated: {}")
    for key, fields in sorted(lock.translated.items()):
        lines.append(f"  {key}:")
        lines += [f"    {field}: {value}" for field, value in sorted(fields.items())]
    return "\n".join(lines) + "\n"


def _sealed(sealed: Sealed) -> list[str]:
    return [
        f'    "on": {sealed.on}',
        "    fields:",
        *(f"      {field}: {value}" for field, value in sorted(sealed.fields.items())),
    ]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def quoted(text: str) -> str:
    """A text as YAML takes it anywhere."""
    return text if is_id(text) and not text.isdigit() else _json(text)
