"""What is wrong with a project as a page of its own, for its author while the site is served.

It stands alone, without theme, templates or files, since any of them may be what is at fault.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from standardwerk.diagnostics import Diagnostic, Severity
from standardwerk.render.report import printable
from standardwerk.render.texts import Texts
from standardwerk.render.words import diagnostic_words

_STYLE = """
:root { color-scheme: light dark }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.5rem; line-height: 1.25 }
h2 { font: 600 1rem/1.5 ui-monospace, monospace; margin: 2rem 0 0 }
h1, h2, li, p { overflow-wrap: anywhere }
ul { list-style: none; padding: 0; margin: 0 }
li { border-left: .25rem solid #b3261e; margin: .5rem 0; padding: .25rem 0 .25rem .75rem }
li.warning { border-color: #8a6100 }
p { margin: 0 }
code { font-family: ui-monospace, monospace }
"""


@dataclass(frozen=True, slots=True)
class Unexpected:
    """A failure that is no fault the checks know: in a template, a setting, or in the program itself."""

    message: str
    """As it was raised, in English."""
    file: str
    """Below the project, or the bare name; empty if unknown."""
    line: int


def fault_page(texts: Texts, found: Iterable[Diagnostic], unexpected: Unexpected | None = None) -> str:
    """The page, with everything that stops the site."""
    gettext = texts.gettext
    faults = sorted(found, key=lambda one: one.place.file)
    parts = [_group(texts, file, list(its)) for file, its in groupby(faults, lambda one: one.place.file)]
    if unexpected is not None:
        parts.append(_unexpected(texts, unexpected))
    count = len(faults) + (unexpected is not None)
    title = texts.ngettext(
        "{count} fault keeps the handbook from being shown",
        "{count} faults keep the handbook from being shown",
        count,
    )
    lead = gettext("This page goes away by itself once they are mended and the files are saved.")
    return (
        f'<!doctype html>\n<html lang="{escape(texts.language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n<h1>{escape(title)}</h1>\n<p>{escape(lead)}</p>\n{''.join(parts)}</main>\n</body>\n</html>\n"
    )


def _group(texts: Texts, file: str, faults: Sequence[Diagnostic]) -> str:
    """The faults of a file."""
    items = []
    for one in sorted(faults, key=lambda one: (one.place.line, one.place.column)):
        what, cure = (escape(printable(text)) for text in diagnostic_words(texts, one))
        css = ' class="warning"' if one.code.severity is Severity.WARNING else ""
        where = _place(texts, one.place.line, one.place.column)
        items.append(f"<li{css}><p><code>{one.code.code}</code> {where}</p><p>{what}</p><p>{cure}</p></li>\n")
    return f"<h2>{escape(printable(file))}</h2>\n<ul>\n{''.join(items)}</ul>\n"


def _unexpected(texts: Texts, fault: Unexpected) -> str:
    cure = texts.gettext("Undo the last change, or mend it. The terminal in which the site is served shows more.")
    head = f"<h2>{escape(printable(fault.file))}</h2>\n" if fault.file else ""
    where = f"<p>{_place(texts, fault.line, 0)}</p>" if fault.line else ""
    message = escape(printable(fault.message))
    return f'{head}<ul>\n<li>{where}<p lang="en">{message}</p><p>{escape(cure)}</p></li>\n</ul>\n'


def _place(texts: Texts, line: int, column: int) -> str:
    if not line:
        return ""
    if not column:
        return escape(texts.gettext("line {line}", line=line))
    return escape(texts.gettext("line {line}, column {column}", line=line, column=column))
