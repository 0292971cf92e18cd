"""A project's own catalogue of interface texts: begun, and brought up to date with the tool."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po, write_po

from standardwerk.operations import RefusedError

#: Lines of a catalogue's head that say when and by whom; without them equal catalogues are equal files.
_VARYING = ("Project-Id-Version", "POT-Creation-Date", "PO-Revision-Date", "Last-Translator", "Language-Team")


def _(message: str) -> str:
    return message


@dataclass(frozen=True)
class Upkeep:
    """What a catalogue has."""

    messages: int
    open: int
    """Messages without a translation."""


def bring_up_to_date(file: Path, language: str, known: Path) -> Upkeep:
    """Write a catalogue with all messages; what is translated stays, what is no longer used is put last.

    ``known``: a catalogue of the tool, whatever its language: the ids of all messages are English.

    Raises :class:`RefusedError`.
    """
    try:
        Locale.parse(language, sep="-")
    except (ValueError, UnknownLocaleError):
        raise RefusedError(_("“{language}” is no language."), language=language) from None
    if (known.parent / f"{language}.po").exists() or language == "en":
        raise RefusedError(_("The tool has the words of “{language}” itself."), language=language)
    try:
        own = read_po(io.BytesIO(file.read_bytes()), locale=language, abort_invalid=True) if file.exists() else None
    except (PoFileError, ValueError) as error:
        raise RefusedError(_("“{name}” cannot be read: {problem}"), name=file.name, problem=error) from error
    found = Catalog(locale=language) if own is None else own
    found.header_comment = "" if own is None else own.header_comment
    found.update(_messages_of(known), no_fuzzy_matching=True)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(catalogue_text(found), "utf-8", newline="\n")
    messages = [message for message in found if message.id]
    return Upkeep(len(messages), sum(not _is_whole(message.string) for message in messages))


def _messages_of(known: Path) -> Catalog:
    catalogue = read_po(io.BytesIO(known.read_bytes()))
    for message in catalogue:
        message.string = "" if isinstance(message.id, str) else ("",) * len(message.id)
    return catalogue


def _is_whole(said: str | list[str] | tuple[str, ...] | None) -> bool:
    return bool(said) if said is None or isinstance(said, str) else all(said)


def catalogue_text(catalogue: Catalog, *, sort_by_file: bool = False) -> str:
    """A catalogue as a file, without line numbers and dates."""
    out = io.BytesIO()
    write_po(out, catalogue, width=0, include_lineno=False, sort_by_file=sort_by_file)
    varying = tuple(f'"{name}' for name in (*_VARYING, "Generated-By"))
    lines = out.getvalue().decode().splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(varying)).lstrip("\n")
