"""Diagnostics as lines of text, and as annotations of a code review."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import groupby

from standardwerk.diagnostics import Diagnostic, Severity
from standardwerk.render.texts import Texts
from standardwerk.render.words import diagnostic_words, shown_values

#: The code of a published figure that comes out differently.
CHANGED = "SW612"

_ANNOTATION = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def text_line(texts: Texts, diagnostic: Diagnostic) -> str:
    """``SW306 scorecards/2026-03/crm.csv:14:5 What is wrong. What to do.``"""
    what, cure = diagnostic_words(texts, diagnostic)
    return printable(f"{diagnostic.code.code} {diagnostic.place} {what} {cure}")


def report(texts: Texts, found: Sequence[Diagnostic], form: str) -> Iterator[str]:
    """Diagnostics as ``text``, as ``github`` annotations or as ``json``, and how many there are at the end."""
    if form == "json":
        yield json.dumps(_as_json(texts, found), ensure_ascii=False, indent=2).encode("utf-8", "replace").decode()
    elif form == "github":
        yield from (github(texts, one) for one in found)
        yield summary(texts, found)
    else:
        yield from report_lines(texts, found)
        yield summary(texts, found)


def _as_json(texts: Texts, found: Sequence[Diagnostic]) -> dict[str, object]:
    listed = []
    for one in found:
        what, cure = diagnostic_words(texts, one)
        listed.append(
            {
                "code": one.code.code,
                "severity": one.code.severity.value,
                "file": one.place.file,
                "line": one.place.line,
                "column": one.place.column,
                "what": what,
                "cure": cure,
            }
        )
    counts = _counts(found)
    return {"diagnostics": listed, "summary": {f"{severity.value}s": counts[severity] for severity in Severity}}


def report_lines(texts: Texts, found: Sequence[Diagnostic]) -> Iterator[str]:
    """Each diagnostic as a line; the changed figures of a closed month as one table."""
    for key, group in groupby(found, lambda one: one.place.file if one.code.code == CHANGED else ""):
        its = list(group)
        if key:
            yield from changed_figures(texts, its)
        else:
            yield from (text_line(texts, one) for one in its)


def changed_figures(texts: Texts, found: Sequence[Diagnostic]) -> Iterator[str]:
    """A table of published figures of a closed month that come out differently."""
    first = found[0]
    _what, cure = diagnostic_words(texts, first)
    head = texts.ngettext(
        "{count} published figure of the closed month {month} comes out differently.",
        "{count} published figures of the closed month {month} come out differently.",
        len(found),
        month=first.values["month"],
    )
    yield printable(f"{CHANGED} {first.place.file} {head} {cure}")
    titles = (
        texts.gettext("Line"),
        texts.gettext("Person"),
        texts.gettext("Standard"),
        texts.gettext("Measure"),
        texts.gettext("Published"),
        texts.gettext("Now"),
    )
    rows = [titles]
    for one in found:
        values = shown_values(texts, one)
        rows.append(
            (
                str(one.place.line or "–"),
                values["rep"],
                values["standard"],
                values["measure"],
                f"{values['published']} ({values['published_state']})",
                f"{values['now']} ({values['now_state']})",
            )
        )
    yield from (printable(f"  {row}") for row in aligned(rows))


def github(texts: Texts, diagnostic: Diagnostic) -> str:
    """A workflow command that annotates the line."""
    what, cure = diagnostic_words(texts, diagnostic)
    place = diagnostic.place
    where = f"file={_property(place.file)}"
    if place.line:
        where += f",line={place.line}"
    if place.column:
        where += f",col={place.column}"
    kind = _ANNOTATION[diagnostic.code.severity]
    return f"::{kind} {where},title={diagnostic.code.code}::{_data(f'{what} {cure}')}"


def summary(texts: Texts, found: Sequence[Diagnostic]) -> str:
    """How many errors, warnings and notes there are."""
    counts = _counts(found)
    return texts.gettext(
        "{errors}, {warnings}, {notes}.",
        errors=texts.ngettext("{count} error", "{count} errors", counts[Severity.ERROR]),
        warnings=texts.ngettext("{count} warning", "{count} warnings", counts[Severity.WARNING]),
        notes=texts.ngettext("{count} note", "{count} notes", counts[Severity.NOTE]),
    )


def _counts(found: Sequence[Diagnostic]) -> dict[Severity, int]:
    return {severity: sum(one.code.severity is severity for one in found) for severity in Severity}


def aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The rows of a table as lines, its columns below each other."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def printable(text: str) -> str:
    """A text for a terminal or a log: control characters, which could move the cursor or fake a line, are shown."""
    return "".join(char if char.isprintable() or char in "\u00a0\u202f" else f"\\x{ord(char):02x}" for char in text)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
