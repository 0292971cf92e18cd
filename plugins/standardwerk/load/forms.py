"""YAML documents to values of the model: pydantic's findings as diagnostics with their places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Generic, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from standardwerk.diagnostics import Diagnostic, Diagnostics, Place
from standardwerk.load.files import Folder, listing, suggest
from standardwerk.load.yaml import Document, Path, read
from standardwerk.model.expressions import PROBLEMS
from standardwerk.model.fields import EXPECTED, Local, is_id

AnyForm = TypeVar("AnyForm", bound=BaseModel)

_EXPECTED_OF = {
    "model_type": "mapping",
    "mapping_type": "mapping",
    "dict_type": "mapping",
    "tuple_type": "list",
    "list_type": "list",
    "string_type": "text",
    "too_short": "list",
    "too_long": "list",
}


@dataclass(frozen=True, eq=False)
class Sound(Generic[AnyForm]):
    """A YAML file as far as it is free of faults."""

    value: AnyForm
    document: Document
    """The file without what was left out."""
    lost: frozenset[Path] = frozenset()
    """The paths that were left out; the empty path: the whole file could not be read."""
    hurt: frozenset[Place] = frozenset()
    """What something was taken from: what is missing there was not forgotten."""

    def lost_at(self, *path: str) -> bool:
        """Whether something at or below a path was left out, or what it lies in."""
        return any(one[: len(path)] == path[: len(one)] for one in self.lost)

    def lost_below(self, *path: str) -> frozenset[str]:
        """The keys below a path that were left out, as a whole or in part."""
        size = len(path)
        return frozenset(str(one[size]) for one in self.lost if len(one) > size and one[:size] == path)


def load_form(
    folder: Folder,
    path: str,
    form: type[AnyForm],
    diagnostics: Diagnostics,
    languages: LanguageCheck | None = None,
) -> tuple[AnyForm, Document] | None:
    """Read and validate a YAML file. All its faults are reported; None if there is any.

    ``languages`` checks its texts, also of a file with other faults.
    """
    sound = _load(folder, path, form, diagnostics, None)
    if sound is None:
        return None
    if languages is not None:
        languages.check(sound)
    return None if sound.lost else (sound.value, sound.document)


def load_sound(
    folder: Folder, path: str, form: type[AnyForm], diagnostics: Diagnostics, stand_in: Mapping[str, Any]
) -> Sound[AnyForm]:
    """Read a YAML file as far as it is sound. All its faults are reported.

    ``stand_in`` has a plain value for each field that the form cannot do without. A value with losses serves to check
    the rest of the project; nothing is ever built on it, since there are errors.
    """
    sound = _load(folder, path, form, diagnostics, stand_in)
    assert sound is not None
    return sound


def _load(
    folder: Folder, path: str, form: type[AnyForm], diagnostics: Diagnostics, stand_in: Mapping[str, Any] | None
) -> Sound[AnyForm] | None:
    text = folder.text(path, diagnostics)
    if text is not None and (whole := _whole(text, folder.name(path), form)) is not None:
        return whole
    document = read(text, folder.name(path), diagnostics) if text is not None else None
    if document is None:
        if stand_in is None:
            return None
        nothing = Document(folder.name(path), stand_in, {})
        return Sound(form.model_validate(stand_in), nothing, frozenset({()}), frozenset({nothing.place()}))
    try:
        return Sound(form.model_validate(document.data), document)
    except ValidationError as error:
        _report(form, document, error, diagnostics)
        return _sound_part(form, document, error, stand_in or {})


@lru_cache(maxsize=1024)
def _whole(text: str, name: str, form: type[AnyForm]) -> Sound[AnyForm] | None:
    """A file without any fault; None if it has one. A process that reads it again gets the same, frozen values."""
    found = Diagnostics()
    document = read(text, name, found)
    if document is None or len(found):
        return None
    try:
        return Sound(form.model_validate(document.data), document)
    except ValidationError:
        return None


def _sound_part(
    form: type[AnyForm], document: Document, error: ValidationError, stand_in: Mapping[str, Any]
) -> Sound[AnyForm] | None:
    """A document without what its faults are about, as little of it as possible."""
    lost: set[Path] = set()
    hurt: set[Place] = set()
    while True:
        bad = {_lost_with(document, tuple(fault["loc"]), fault["type"]) for fault in error.errors(include_url=False)}
        lost |= bad
        hurt |= {document.place(path[:-1]) for path in bad}
        # What is missing once something is taken away is a fault in turn, and takes with it what it is missing in.
        smaller = document.without(bad)
        if isinstance(smaller.data, dict | None):
            smaller = replace(smaller, data={**stand_in, **(smaller.data or {})})
        if smaller.data == document.data:
            return None
        document = smaller
        try:
            return Sound(form.model_validate(document.data), document, frozenset(lost), frozenset(hurt))
        except ValidationError as still:
            error = still


def _lost_with(document: Document, path: Path, kind: str) -> Path:
    """What must be left out for a fault: the value it is in, or what a value is missing in."""
    if kind == "missing" and len(path) > 1:
        path = path[:-1]
    if kind == "missing" and len(path) == 1:
        return path
    # Branches of a union are part of a fault's path, but not of the file.
    return document.known(path)


def validate(form: type[AnyForm], document: Document, diagnostics: Diagnostics) -> AnyForm | None:
    """Validate a document against a form."""
    try:
        return form.model_validate(document.data)
    except ValidationError as error:
        _report(form, document, error, diagnostics)
        return None


def _report(form: type[BaseModel], document: Document, error: ValidationError, diagnostics: Diagnostics) -> None:
    reported: set[Place] = set()
    for fault in error.errors(include_url=False):
        path = tuple(fault["loc"])
        kind = fault["type"]
        context: dict[str, Any] = fault.get("ctx") or {}
        place = document.place(path, key=kind == "extra_forbidden")
        if kind == "missing":
            diagnostics.add("SW104", document.place(path[:-1]), key=path[-1])
            continue
        # The branches of a union report the same place each; the first one says enough.
        if place in reported:
            continue
        reported.add(place)
        shown = _shown(fault["input"])
        if kind == "extra_forbidden":
            known = sorted(_fields_at(form, path[:-1]))
            diagnostics.add("SW105", place, key=path[-1], known=listing(known), **suggest(str(path[-1]), known))
        elif kind == "bad_id":
            diagnostics.add("SW111", document.place(path), value=context["value"])
        elif kind == "needs":
            diagnostics.add("SW206", place, kind=context["kind"], field=context["field"])
        elif kind == "not_for":
            diagnostics.add("SW205", document.place((*path, context["field"]), key=True), **context)
        elif kind == "limits":
            diagnostics.add("SW207", document.place((*path, "bands")), met=context["met"], near=context["near"])
        elif kind == "expression":
            at = Place(place.file, place.line, place.column + context["offset"] if place.column else 0)
            diagnostics.add("SW208", at, problem=PROBLEMS[context["problem"]], **context["values"])
        elif kind == "expected":
            rest = {name: value for name, value in context.items() if name != "expected"}
            diagnostics.add("SW106", place, value=shown, expected=EXPECTED[context["expected"]], **rest)
        else:
            expected = EXPECTED[_EXPECTED_OF.get(kind, "text")]
            diagnostics.add("SW106", place, value=shown, expected=expected)


def _shown(value: object) -> str:
    if value is None:
        return "∅"
    if isinstance(value, Mapping):
        return "{…}"
    if isinstance(value, list | tuple):
        return "[…]"
    text = str(value)
    return f"“{text if len(text) <= 60 else text[:60] + '…'}”"


def _models_in(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)


def _fields_at(form: type[BaseModel], path: tuple[str | int, ...]) -> set[str]:
    """The known keys at a path of a form."""
    current = form
    for part in path:
        field = current.model_fields.get(str(part))
        if field is not None:
            inner = next(_models_in(field.annotation), None)
            if inner is not None:
                current = inner
    return set(current.model_fields)


class LanguageCheck:
    """Texts per language must have exactly the languages of the handbook; ids must be usable."""

    def __init__(self, languages: tuple[str, ...], diagnostics: Diagnostics) -> None:
        self.languages = languages
        self.diagnostics = diagnostics

    def check(self, sound: Sound[AnyForm]) -> None:
        """Check every text per language inside a form."""
        if not self.diagnostics.doubts("language"):
            self.diagnostics.extend(_language_faults(sound, self.languages))


@lru_cache(maxsize=1024)
def _language_faults(sound: Sound[Any], languages: tuple[str, ...]) -> tuple[Diagnostic, ...]:
    found = Diagnostics()
    for texts, path in _texts_in(sound.value, ()):
        place = sound.document.place(path)
        if place in sound.hurt:
            continue
        for language in languages:
            if not str(texts.get(language) or "").strip():
                found.add("SW109", place, language=language)
        for language in texts:
            if language not in languages:
                known = listing(list(languages))
                found.add("SW110", sound.document.place((*path, language), key=True), language=language, known=known)
    return tuple(found)


def _texts_in(value: object, path: Path) -> Iterator[tuple[Mapping[str, object], Path]]:
    """The texts per language in a value, and where they stand."""
    inner: Iterable[tuple[str | int, object]] = ()
    if isinstance(value, Local):
        yield value, path
    elif isinstance(value, BaseModel):
        inner = ((name, getattr(value, name)) for name in type(value).model_fields)
    elif isinstance(value, Mapping):
        inner = value.items()
    elif isinstance(value, tuple):
        inner = enumerate(value)
    for key, one in inner:
        yield from _texts_in(one, (*path, key))


def check_ids(identities: list[tuple[str, Place]], diagnostics: Diagnostics) -> None:
    """Ids are usable as folders and stand once, upper and lower case taken as equal."""
    seen: set[str] = set()
    for identity, place in identities:
        if not is_id(identity):
            diagnostics.add("SW111", place, value=identity)
        if identity.casefold() in seen:
            diagnostics.add("SW112", place, value=identity)
        seen.add(identity.casefold())
