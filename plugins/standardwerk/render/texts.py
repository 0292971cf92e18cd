"""The texts of the interface in one language, from gettext catalogues.

The message ids are the English texts. A message may hold ``{name}`` fields; a value that fills one is put in as it is
and never read as a template. ``{{`` and ``}}`` stand for braces.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from gettext import c2py
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Any

from babel.messages.pofile import PoFileError, read_po
from markupsafe import Markup

#: The language of the message ids: needs no catalogue.
SOURCE_LANGUAGE = "en"
_SOURCE_PLURAL = "(n != 1)"
_FIELD = re.compile(r"\{\{|\}\}|\{([a-z_][a-z_0-9]*)\}")

Key = tuple[str, str]
"""Context (or an empty text) and message id."""


class CatalogueMissing(LookupError):  # noqa: N818 - the name says it all
    """No folder has a catalogue for the language."""

    def __init__(self, language: str, folders: Sequence[Path]) -> None:
        super().__init__(language)
        self.language = language
        self.folders = tuple(folders)


class CatalogueInvalid(ValueError):  # noqa: N818
    """A catalogue that cannot be read."""

    def __init__(self, file: Path, line: int, problem: str) -> None:
        super().__init__(f"{file}:{line}: {problem}")
        self.file = file
        self.line = line
        """From 1; 0 means the whole file."""
        self.problem = problem


class Texts:
    """The texts of one language. Can be pickled; looking up a text costs well below a microsecond."""

    __slots__ = ("_missing", "_plain", "_plural", "_translated", "language", "print")

    def __init__(
        self,
        language: str,
        translated: Mapping[Key, tuple[str, ...]] | None = None,
        plural: str = _SOURCE_PLURAL,
        missing: Sequence[Key] = (),
        print: str = "",
    ) -> None:
        self.language = language
        self.print = print
        """A hash of the catalogues the texts are from."""
        self._translated = dict(translated or {})
        self._plural = plural
        self._missing = dict.fromkeys(missing)
        #: Texts that were asked for, taken apart: most are, on every page.
        self._plain: dict[str, tuple[str, tuple[str, ...]]] = {}

    @classmethod
    def load(cls, language: str, folders: Sequence[Path]) -> Texts:
        """Read ``<language>.po`` of each folder; a later folder adds messages and replaces those of earlier ones.

        Raises :class:`CatalogueMissing` if there is none (and the language is not that of the ids), and
        :class:`CatalogueInvalid`.
        """
        translated: dict[Key, tuple[str, ...]] = {}
        missing: dict[Key, None] = {}
        plural = _SOURCE_PLURAL
        files = [file for file in (folder / f"{language}.po" for folder in folders) if file.is_file()]
        if not files and language != SOURCE_LANGUAGE:
            raise CatalogueMissing(language, folders)
        for file in files:
            plural = _read(file, language, translated, missing)
        still = [key for key in missing if key not in translated and language != SOURCE_LANGUAGE]
        contents = sha256(b"".join(sha256(file.read_bytes()).digest() for file in files))
        return cls(language, translated, plural, still, contents.hexdigest())

    def missing(self) -> tuple[Key, ...]:
        """Messages without a translation, sorted: those the catalogues leave open, and those asked for in vain."""
        return tuple(sorted(self._missing))

    def gettext(self, message: str, /, **values: object) -> str:
        """The text for a message, its fields filled."""
        found = self._plain.get(message)
        if found is None:
            found = self._plain[message] = _form(self._find("", message))
        form, names = found
        if not names:
            return form
        for value in values.values():
            if type(value) is not str and hasattr(value, "__html__"):
                return fill(self._find("", message), values)
        return form % tuple([values[name] for name in names])

    def pgettext(self, context: str, message: str, /, **values: object) -> str:
        """The text for a message in a context, which tells equal English words apart."""
        return fill(self._find(context, message), values)

    def ngettext(self, one: str, many: str, count: int, /, **values: object) -> str:
        """The text for a number of things. ``{count}`` is the number, unless a formatted one is given."""
        return self.npgettext("", one, many, count, **values)

    def npgettext(self, context: str, one: str, many: str, count: int, /, **values: object) -> str:
        """Like :meth:`ngettext`, in a context."""
        values.setdefault("count", count)
        return fill(self.plural(context, one, many, count), values)

    #: ``texts._("…")``, which extraction of messages looks for as well.
    _ = gettext

    def find(self, message: str, context: str = "") -> str | None:
        """The translation of a message if there is one; nothing is noted if there is none."""
        forms = self._translated.get((context, message))
        return forms[0] if forms is not None else None

    def template(self, message: str, context: str = "") -> str:
        """The text with its fields open, for callers that take it apart once."""
        return self._find(context, message)

    def plural(self, context: str, one: str, many: str, count: int) -> str:
        """The form for a number of things, with its fields open."""
        forms = self._translated.get((context, one))
        if forms is None:
            self._note(context, one)
            return one if count == 1 else many
        index = _plural_rule(self._plural)(abs(count))
        return forms[index] if index < len(forms) else forms[-1]

    def _find(self, context: str, message: str) -> str:
        forms = self._translated.get((context, message))
        if forms is not None:
            return forms[0]
        self._note(context, message)
        return message

    def _note(self, context: str, message: str) -> None:
        if self.language != SOURCE_LANGUAGE:
            self._missing[context, message] = None


def fill(text: str, values: Mapping[str, object]) -> str:
    """Put values into the fields of a text, each once and as it is.

    If a value is HTML (has ``__html__``), the text and the other values are escaped and the outcome is HTML. Raises
    ``KeyError`` for a field without a value.
    """
    if "{" not in text and "}" not in text:
        return text
    for value in values.values():
        if type(value) is not str and hasattr(value, "__html__"):
            pieces = _pieces(text)
            html = [(_html(values[name]) if name else escape(literal, quote=False)) for literal, name in pieces]
            return Markup("".join(html))
    form, names = _form(text)
    return form % tuple([values[name] for name in names]) if names else form


def fields(text: str) -> frozenset[str]:
    """The names of a text's fields."""
    return frozenset(name for _, name in _pieces(text) if name)


def _html(value: object) -> str:
    method: Callable[[], str] | None = getattr(value, "__html__", None)
    return str(method()) if method else escape(str(value))


@lru_cache(maxsize=4096)
def _pieces(text: str) -> tuple[tuple[str, str], ...]:
    """(literal, "") and ("", name of a field) in order."""
    pieces: list[tuple[str, str]] = []
    end = 0
    for match in _FIELD.finditer(text):
        pieces.append((text[end : match.start()], ""))
        pieces.append(("", match[1]) if match[1] else (match[0][0], ""))
        end = match.end()
    pieces.append((text[end:], ""))
    return tuple(piece for piece in pieces if piece != ("", ""))


@lru_cache(maxsize=4096)
def _form(text: str) -> tuple[str, tuple[str, ...]]:
    """A text as a form for ``%``, and the names of its fields in order; without fields the text as it is."""
    pieces = _pieces(text)
    names = tuple(name for _, name in pieces if name)
    if not names:
        return "".join([literal for literal, _ in pieces]), ()
    return "".join(["%s" if name else literal.replace("%", "%%") for literal, name in pieces]), names


@lru_cache(maxsize=64)
def _plural_rule(expression: str) -> Callable[[int], int]:
    rule: Callable[[int], int] = c2py(expression)
    return rule


def _read(file: Path, language: str, translated: dict[Key, tuple[str, ...]], missing: dict[Key, None]) -> str:
    """Add a catalogue to the messages; returns its plural rule."""
    try:
        rule, messages, open_ones = _parsed(file.read_bytes())
    except PoFileError as error:
        raise CatalogueInvalid(file, error.lineno or 0, str(error.args[0])) from error
    except (ValueError, UnicodeDecodeError) as error:
        raise CatalogueInvalid(file, 0, str(error)) from error
    translated.update(messages)
    missing.update(dict.fromkeys(open_ones))
    return rule


@lru_cache(maxsize=16)
def _parsed(data: bytes) -> tuple[str, Mapping[Key, tuple[str, ...]], tuple[Key, ...]]:
    """A catalogue's plural rule, its messages, and those it leaves open."""
    catalogue = read_po(io.BytesIO(data), abort_invalid=True, charset="utf-8")
    rule = str(catalogue.plural_expr)
    _plural_rule(rule)
    translated: dict[Key, tuple[str, ...]] = {}
    missing: list[Key] = []
    for message in catalogue:
        if not message.id:
            continue
        ids = _forms(message.id)
        forms = _forms(message.string)
        key = (message.context or "", ids[0])
        allowed = frozenset[str]().union(*map(fields, ids))
        if message.fuzzy or not all(forms) or any(not fields(form) <= allowed for form in forms):
            missing.append(key)
        else:
            translated[key] = forms
    return rule, translated, tuple(missing)


def _forms(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)
