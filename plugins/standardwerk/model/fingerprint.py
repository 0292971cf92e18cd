"""Content hashes: of each field of a revision per language, and of a whole edition.

Two revisions have equal fingerprints if they say and score the same. Accidents of writing do not count: the end of
lines, blanks at their ends, the order of keys, ``3`` or ``3.0``, a default written out. Aids (quiz, reason of the
change, marks of terms) are not part of it.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from hashlib import sha256
from typing import Any

from pydantic import BaseModel

from standardwerk.memory import Memory
from standardwerk.model.expressions import Expression
from standardwerk.model.fields import Local
from standardwerk.model.handbook import (
    Edition,
    Handbook,
    Method,
    Named,
    Names,
    PageRevision,
    Revision,
    Window,
    Wording,
    named_at,
)
from standardwerk.model.terms import without_marks

Fingerprint = dict[str, str]
"""By field: the SHA-256 of its content. A field of one language ends in its code: ``section.why.de``."""
AnyRevision = Revision | Method | PageRevision

_BANDS = ("better", "bands")


def fingerprint(revision: Revision) -> Fingerprint:
    """The fields of a revision.

    ``title.de``, ``lead.de``, ``section.<id>.de``, ``steps.de``, ``anchors.de``; of each measure ``measure.<id>`` (what
    is counted, and how), ``measure.<id>.de`` (its words) and ``bands.<id>`` (its targets); ``weight``, ``roles``,
    ``export_rules``, ``on_change``, ``retired``, ``retroactive``. A field that says nothing is left out.
    """
    rules = revision.rules
    content: dict[str, Any] = dict(_wording_fields(revision.wording))
    for name in ("weight", "roles", "export_rules", "on_change", "retired", "retroactive"):
        if name in _said(rules):
            content[name] = getattr(rules, name)
    languages = _languages(revision)
    for language in languages:
        for name, many in (("steps", rules.onboarding), ("anchors", rules.anchors)):
            if many:
                content[f"{name}.{language}"] = [_in_language(one, language) for one in many]
    for measure in rules.measures:
        content[f"measure.{measure.id}"] = _without_words(measure, _BANDS)
        for language in languages:
            content[f"measure.{measure.id}.{language}"] = _words_only(measure, language)
        if measure.bands is not None:
            content[f"bands.{measure.id}"] = {name: getattr(measure, name) for name in _BANDS}
    return {name: digest(value) for name, value in sorted(content.items())}


def method_fingerprint(method: Method) -> Fingerprint:
    """The fields of a revision of the method. Its worked example is an aid."""
    content: dict[str, Any] = dict(_wording_fields(method.wording))
    for name in ("minimum_group", "ramp", "index", "results"):
        content[name] = getattr(method.rules, name)
    if method.rules.retroactive is not None:
        content["retroactive"] = method.rules.retroactive
    return {name: digest(value) for name, value in sorted(content.items())}


def page_fingerprint(revision: PageRevision) -> Fingerprint:
    """The fields of a hand-written page's revision."""
    content: dict[str, Any] = dict(_wording_fields(revision.wording))
    if revision.rules.retired:
        content["retired"] = True
    return {name: digest(value) for name, value in sorted(content.items())}


def fingerprint_of(revision: AnyRevision) -> Fingerprint:
    """The fields of any revision."""
    if isinstance(revision, Revision):
        return fingerprint(revision)
    return method_fingerprint(revision) if isinstance(revision, Method) else page_fingerprint(revision)


class Fingerprints:
    """The fingerprints of a handbook's revisions, each worked out once: those with the same rules and wording share."""

    def __init__(self) -> None:
        # By identity: revisions are kept, so that the ids of what they are made of stay their own.
        self._known = Memory()

    def turn(self) -> Fingerprints:
        """Forget the revisions that were not asked for since the last time."""
        self._known.turn()
        return self

    def of(self, revision: AnyRevision) -> Fingerprint:
        """The fields of a revision."""
        key = id(revision.rules), *map(id, revision.wording.values())
        found: tuple[AnyRevision, Fingerprint] = self._known.find("revision", key) or self._known.keep(
            "revision", key, (revision, fingerprint_of(revision))
        )
        return found[1]


def names_fingerprint(names: Names, day: date) -> Fingerprint:
    """The names of ``handbook.yml`` as they hold on a day: ``title.de``, ``group.<id>.de``, ``role.<id>.de`` …."""
    content: dict[str, Any] = {"organisation": names.organisation, "currency": names.currency}
    for language in names.languages:
        content[f"title.{language}"] = names.title[language]
    kinds: tuple[tuple[str, Iterable[Named]], ...] = (
        ("group", names.groups),
        ("role", names.roles),
        ("product_line", names.product_lines),
    )
    for kind, entries in kinds:
        every = tuple(entries)
        for identity in dict.fromkeys(one.id for one in every if (one.valid_from or date.min) <= day):
            entry = named_at(every, identity, day)
            assert entry is not None
            content[f"{kind}.{identity}"] = _without_words(entry, ("valid_from",))
            for language in names.languages:
                content[f"{kind}.{identity}.{language}"] = _words_only(entry, language)
    return {name: digest(value) for name, value in sorted(content.items())}


def edition_hash(handbook: Handbook, edition: Edition, known: Fingerprints | None = None) -> str:
    """The SHA-256 of everything an edition says and scores, in all languages.

    It covers the edition's label and first day, its standards with number, group and fingerprint, the method, the
    hand-written pages with revisions, and the names in force. A later edition does not change it. ``known``: the
    fingerprints of its revisions, as far as they were asked for.
    """
    day = edition.effective_from
    fingerprints = known or Fingerprints()
    method = handbook.method_at(day)
    return digest(
        {
            "label": edition.label,
            "effective_from": day,
            "names": names_fingerprint(handbook.names, day),
            "method": fingerprints.of(method) if method is not None else None,
            "standards": {
                standard.id: {
                    "number": standard.identity.number,
                    "group": standard.identity.group,
                    "fields": fingerprints.of(revision),
                }
                for standard, revision in handbook.standards_at(day)
            },
            "pages": {
                series.name: fingerprints.of(revision)
                for series in handbook.revised_pages
                if (revision := series.at(day)) is not None
            },
        }
    )


def digest(value: object) -> str:
    """The SHA-256 of a value in canonical form, in hexadecimal."""
    text = json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def _wording_fields(wording: Mapping[str, Wording]) -> Iterable[tuple[str, Any]]:
    for language, text in wording.items():
        yield f"title.{language}", text.title
        if text.lead:
            yield f"lead.{language}", without_marks(text.lead)
        for section in text.sections:
            yield f"section.{section.id}.{language}", [section.title, without_marks(section.markdown)]


def _languages(revision: Revision) -> tuple[str, ...]:
    """The languages of a revision's texts; a retired one has no wording, but its reason has them."""
    return tuple(revision.wording) or tuple(revision.rules.reason)


def _said(form: BaseModel) -> dict[str, Any]:
    """The fields of a form that say something: those that are not as they are when left out."""
    given = ((name, getattr(form, name), unsaid) for name, unsaid in _unsaid(type(form)))
    return {name: value for name, value, unsaid in given if value != unsaid}


@cache
def _unsaid(kind: type[BaseModel]) -> tuple[tuple[str, Any], ...]:
    """The fields of a form with what each is when it is left out; one that is needed is never equal to that."""
    return tuple(
        (name, object() if field.is_required() else field.get_default()) for name, field in kind.model_fields.items()
    )


def _without_words(form: BaseModel, left_out: Iterable[str] = ()) -> dict[str, Any]:
    """The fields of a form that are not texts per language."""
    return {
        name: _without_words(value) if isinstance(value, BaseModel) else value
        for name, value in _said(form).items()
        if name not in left_out and not isinstance(value, Local)
    }


def _words_only(form: BaseModel, language: str) -> dict[str, Any]:
    """The texts of a form in one language."""
    found: dict[str, Any] = {}
    for name, value in _said(form).items():
        if isinstance(value, Local):
            found[name] = value.get(language)
        elif isinstance(value, BaseModel) and (inner := _words_only(value, language)):
            found[name] = inner
    return found


def _in_language(value: Any, language: str) -> Any:
    """A value with its texts in one language."""
    if isinstance(value, Local):
        return value.get(language)
    if isinstance(value, BaseModel):
        return {name: _in_language(inner, language) for name, inner in _said(value).items()}
    if isinstance(value, Mapping):
        return {key: _in_language(inner, language) for key, inner in value.items()}
    if isinstance(value, tuple):
        return [_in_language(inner, language) for inner in value]
    return value


def _plain(value: Any) -> Any:
    """A value as JSON has it."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        lines = unicodedata.normalize("NFC", value).replace("\r\n", "\n").split("\n")
        return "\n".join(line.rstrip() for line in lines).strip()
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, date | Window):
        return str(value)
    if isinstance(value, Expression):
        return value.shape
    if isinstance(value, BaseModel):
        return {name: _plain(inner) for name, inner in _said(value).items()}
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value]
