"""Seals of what is in force (``editions.lock``), and errata, which mend a sealed text without breaking its seal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from pydantic import BaseModel

from standardwerk.model.fields import Date, Form, Integer, Local, Text
from standardwerk.model.fingerprint import AnyRevision, Fingerprints, edition_hash
from standardwerk.model.handbook import Edition, Erratum, Handbook, Method, PageRevision, Revision, Wording
from standardwerk.model.terms import without_marks

LOCK_FORMAT = 1
LOCK_FILE = "editions.lock"
METHOD = "method"

OneRevision = TypeVar("OneRevision", Revision, Method, PageRevision)


class Sealed(Form):
    """A sealed revision."""

    on: Date
    fields: Mapping[Text, Text]
    """By field (of one language where it ends in its code): the SHA-256."""


class Lock(Form):
    """``editions.lock``."""

    format: Integer = LOCK_FORMAT
    names: Mapping[Text, Sealed] = {}
    """The names of ``handbook.yml`` by the first day of an edition."""
    revisions: Mapping[Text, Sealed] = {}
    """By ``<folder>/<date>``."""
    translated: Mapping[Text, Mapping[Text, Text]] = {}
    """By revision and field of a translation: the hash of the original that it was found to agree with."""


def revision_key(name: str, revision: AnyRevision) -> str:
    """A revision's name in the lock."""
    return f"{name}/{revision.effective_from}"


def all_revisions(handbook: Handbook) -> list[tuple[str, AnyRevision]]:
    """Every revision of every standard, of the method and of the hand-written pages, by name and date."""
    found: list[tuple[str, AnyRevision]] = [(METHOD, method) for method in handbook.methods]
    found += [(standard.id, revision) for standard in handbook.standards for revision in standard.revisions]
    found += [(page.name, revision) for page in handbook.revised_pages for revision in page.revisions]
    return sorted(found, key=lambda pair: (pair[0], pair[1].effective_from))


def unsealed(lock: Lock, handbook: Handbook, day: date) -> tuple[list[date], list[tuple[str, AnyRevision]]]:
    """What is in force by a day without a seal: first days of editions (for the names), and revisions by their key."""
    days = [one.effective_from for one in handbook.editions if one.effective_from <= day]
    keyed = [(revision_key(name, revision), revision) for name, revision in all_revisions(handbook)]
    return (
        [one for one in days if str(one) not in lock.names],
        [(key, one) for key, one in keyed if one.effective_from <= day and key not in lock.revisions],
    )


def before_errata(revision: AnyRevision) -> tuple[AnyRevision, list[int]]:
    """A revision as it was sealed, with the numbers of the errata whose text is not there exactly once."""
    bad: list[int] = []
    for index in range(len(revision.rules.errata) - 1, -1, -1):
        undone = _undo(revision, revision.rules.errata[index])
        if undone is None:
            bad.append(index)
        else:
            revision = undone
    return revision, bad


def without_errata(handbook: Handbook) -> Handbook:
    """The handbook as it was sealed."""
    standards = tuple(
        replace(one, revisions=tuple(_sealed(each) for each in one.revisions)) for one in handbook.standards
    )
    pages = tuple(
        replace(one, revisions=tuple(_sealed(each) for each in one.revisions)) for one in handbook.revised_pages
    )
    methods = tuple(_sealed(each) for each in handbook.methods)
    return replace(handbook, standards=standards, revised_pages=pages, methods=methods)


class EditionHashes:
    """The hashes of a handbook's editions, each worked out once."""

    def __init__(self, handbook: Handbook, fingerprints: Fingerprints | None = None) -> None:
        """``fingerprints``: of the handbook's revisions, as far as they are known."""
        self._as_is = handbook
        has_errata = any(one.rules.errata for _, one in all_revisions(handbook))
        self._as_sealed = without_errata(handbook) if has_errata else None
        self._fingerprints = fingerprints or Fingerprints()
        self._known: dict[str, tuple[str, str]] = {}

    def of(self, edition: Edition) -> tuple[str, str]:
        """An edition's hash as it reads, and as it was sealed: before its errata."""
        if edition.label not in self._known:
            as_is = edition_hash(self._as_is, edition, self._fingerprints)
            sealed = self._as_sealed
            as_sealed = edition_hash(sealed, edition, self._fingerprints) if sealed is not None else as_is
            self._known[edition.label] = as_is, as_sealed
        return self._known[edition.label]


def _sealed(revision: OneRevision) -> OneRevision:
    found, _bad = before_errata(revision)
    assert isinstance(found, type(revision))
    return found


def _undo(revision: AnyRevision, erratum: Erratum) -> AnyRevision | None:
    counts: list[int] = []

    def mend(text: str) -> str:
        counts.append(text.count(erratum.now))
        return text.replace(erratum.now, erratum.was, 1)

    wording = revision.wording.get(erratum.language)
    name, _, identity = str(erratum.field).partition(".")
    changed: AnyRevision | None = None
    if erratum.section is not None or name in {"title", "lead"}:
        if wording is None:
            return None
        wordings = {**revision.wording, erratum.language: _mended_wording(wording, erratum, mend)}
        changed = replace(revision, wording=wordings)
    elif isinstance(revision, Revision):
        part = {"steps": "onboarding", "anchors": "anchors", "measure": "measures"}.get(name)
        if part is not None:
            entries = tuple(
                _mended(one, erratum.language, mend) if not identity or one.id == identity else one
                for one in getattr(revision.rules, part)
            )
            changed = replace(revision, rules=revision.rules.model_copy(update={part: entries}))
    return changed if sum(counts) == 1 else None


def _mended_wording(wording: Wording, erratum: Erratum, mend: Callable[[str], str]) -> Wording:
    if erratum.section is None:
        if erratum.field == "title":
            return replace(wording, title=mend(wording.title))
        return replace(wording, lead=mend(without_marks(wording.lead)))
    sections = tuple(
        replace(one, title=mend(one.title), markdown=mend(without_marks(one.markdown)))
        if one.id == erratum.section
        else one
        for one in wording.sections
    )
    return replace(wording, sections=sections)


def _mended(value: Any, language: str, mend: Callable[[str], str]) -> Any:
    """A form with its texts of a language mended."""
    if isinstance(value, Local):
        return Local({code: mend(text) if code == language else text for code, text in value.items()})
    if isinstance(value, BaseModel):
        given = {name: getattr(value, name) for name in type(value).model_fields}
        return value.model_copy(update={name: _mended(inner, language, mend) for name, inner in given.items()})
    if isinstance(value, Mapping):
        return {key: _mended(inner, language, mend) for key, inner in value.items()}
    if isinstance(value, tuple):
        return tuple(_mended(inner, language, mend) for inner in value)
    return value


def stale_fields(
    now: Mapping[str, str],
    baselines: list[Mapping[str, str]],
    translated: Mapping[str, str],
    languages: tuple[str, ...],
) -> dict[str, tuple[str, ...]]:
    """By language: the fields that stayed as they were while their original moved on.

    Compared with each baseline (the revision before, the seal). ``translated`` settles a field: it holds the hash of
    the original that the translation was found to agree with.
    """
    original, *others = languages
    found: dict[str, tuple[str, ...]] = {}
    for language in others:
        fields = []
        for key, value in now.items():
            if not key.endswith(f".{language}"):
                continue
            name = key.removesuffix(f".{language}")
            source = now.get(f"{name}.{original}")
            if source is None or translated.get(key) == source:
                continue
            if any(
                base.get(key) == value and base.get(f"{name}.{original}") not in {None, source} for base in baselines
            ):
                fields.append(name)
        if fields:
            found[language] = tuple(fields)
    return found
