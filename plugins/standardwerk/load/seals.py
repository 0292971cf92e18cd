"""Checks the handbook against ``editions.lock``: seals, errata, and translations that fell behind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from standardwerk.diagnostics import Diagnostics, Place
from standardwerk.load.files import Folder
from standardwerk.load.forms import load_form
from standardwerk.load.handbook import LoadedHandbook
from standardwerk.load.yaml import Document
from standardwerk.model.fingerprint import AnyRevision, names_fingerprint
from standardwerk.model.handbook import Handbook, Revision, Wording
from standardwerk.model.seals import (
    LOCK_FILE,
    METHOD,
    Lock,
    all_revisions,
    before_errata,
    revision_key,
    stale_fields,
)

#: What ``revise`` writes where the editor has to say why. `check` refuses it, under this code.
PLACEHOLDER = "???"
REASON_MISSING = "SW608"
_NAMES = {"group": "groups", "role": "roles", "product_line": "product_lines"}


def load_lock(folder: Folder, diagnostics: Diagnostics) -> tuple[Lock, Document] | None:
    """Read the seals; None if there are none, or they cannot be read."""
    if not folder.exists(LOCK_FILE):
        return None
    return load_form(folder, LOCK_FILE, Lock, diagnostics)


def check_seals(folder: Folder, loaded: LoadedHandbook, as_of: date, diagnostics: Diagnostics) -> Handbook:
    """Report what a seal forbids; gives back the handbook with stale translations marked."""
    return _Checker(folder, loaded, as_of, diagnostics).check()


class _Checker:
    def __init__(self, folder: Folder, loaded: LoadedHandbook, as_of: date, diagnostics: Diagnostics) -> None:
        self.folder = folder
        self.loaded = loaded
        self.as_of = as_of
        self.diagnostics = diagnostics
        self.has_lock = folder.exists(LOCK_FILE)
        found = load_lock(folder, diagnostics)
        self.lock, self.document = found if found is not None else (Lock(), Document(folder.name(LOCK_FILE), {}, {}))
        self.broken = self.has_lock and found is None
        self.in_force = {
            edition.effective_from
            for edition in loaded.handbook.editions
            if max(edition.effective_from, edition.published_on) <= as_of
        }

    def check(self) -> Handbook:
        handbook = self.loaded.handbook
        if self.diagnostics.doubts("language"):
            return handbook
        stale: dict[tuple[str, date], Mapping[str, tuple[str, ...]]] = {}
        before: dict[str, Mapping[str, str]] = {}
        known: set[str] = set()
        for name, revision in all_revisions(handbook):
            key = revision_key(name, revision)
            known.add(key)
            now = self.loaded.fingerprints.of(revision)
            if self.diagnostics.doubts("revision", key):
                continue
            self._revision(name, revision)
            baselines = [before[name]] if name in before else []
            if key in self.lock.revisions:
                baselines.append(self.lock.revisions[key].fields)
            found = stale_fields(now, baselines, self.lock.translated.get(key, {}), handbook.languages)
            for language, fields in found.items():
                for field in fields:
                    place = self._place(name, revision, f"{field}.{language}")
                    self.diagnostics.add(
                        "SW606", place, field=field, language=language, original=handbook.languages[0], id=name
                    )
            stale[name, revision.effective_from] = found
            before[name] = now
        for key in self.lock.revisions:
            if key not in known and not self._open(key):
                place = self.document.place(("revisions", key), key=True)
                self.diagnostics.add("SW603", place, field=key)
        if not self.diagnostics.doubts("name"):
            self._names()
        if not self.has_lock and self.in_force:
            self.diagnostics.add("SW605", Place(self.folder.name(LOCK_FILE)))
        return _with_stale(handbook, stale)

    def _open(self, key: str) -> bool:
        """Whether a revision may be there, in a file that cannot be read."""
        standard, _, _ = key.partition("/")
        doubts = self.diagnostics.doubts
        return doubts("revision", key) or doubts("standard", standard) or doubts("page", standard)

    # One revision -----------------------------------------------------------------------------------------------------

    def _revision(self, name: str, revision: AnyRevision) -> None:
        document = self._document(name, revision)
        for language, text in revision.rules.reason.items():
            if PLACEHOLDER in text:
                self.diagnostics.add(REASON_MISSING, document.place(("reason", language)), language=language)
        sealed = self.lock.revisions.get(revision_key(name, revision))
        original, bad = before_errata(revision)
        fields = self.loaded.fingerprints.of(original)
        for index in bad:
            erratum = revision.rules.errata[index]
            place = document.place(("errata", index, "is"))
            self.diagnostics.add("SW607", place, text=erratum.now, field=erratum.sealed_field)
        if sealed is None:
            if self.has_lock and not self.broken and revision.effective_from in self.in_force:
                self.diagnostics.add("SW602", document.place())
            return
        for field in sorted({*sealed.fields, *fields}):
            if field not in fields:
                self.diagnostics.add("SW603", self._place(name, revision, field), field=field)
            elif field not in sealed.fields:
                self.diagnostics.add("SW604", self._place(name, revision, field), field=field)
            elif fields[field] != sealed.fields[field]:
                place = self._place(name, revision, field)
                self.diagnostics.add("SW601", place, field=field, on=sealed.on, id=name)

    def _document(self, name: str, revision: AnyRevision) -> Document:
        day = revision.effective_from
        return self.loaded.revisions.get((name, day)) or Document(self.folder.name(f"{name}/{day}.yml"), {}, {})

    def _place(self, name: str, revision: AnyRevision, field: str) -> Place:
        """Where a field of the seal stands: the heading of a section, the key of a value."""
        document = self._document(name, revision)
        kind, _, rest = field.partition(".")
        if kind in {"title", "lead", "section"}:
            section, _, language = rest.rpartition(".")
            wording = revision.wording.get(language)
            if wording is None:
                return document.place()
            return Place(wording.file, _line_of(wording, section))
        path: tuple[str | int, ...] = (kind,)
        if kind in {"steps", "anchors"}:
            path = ("onboarding" if kind == "steps" else kind,)
        elif kind in {"measure", "bands"} and isinstance(revision, Revision):
            identity = rest.partition(".")[0]
            ids = [measure.id for measure in revision.rules.measures]
            path = ("measures", ids.index(identity)) if identity in ids else ("measures",)
            if kind == "bands":
                path = (*path, "bands")
        place = document.place(path, key=len(path) == 1)
        return place if place.line else document.place()

    # Names ------------------------------------------------------------------------------------------------------------

    def _names(self) -> None:
        handbook = self.loaded.handbook
        if not self.has_lock or self.broken:
            return
        for edition in handbook.editions:
            day = edition.effective_from
            if day not in self.in_force:
                continue
            sealed = self.lock.names.get(str(day))
            if sealed is None:
                self.diagnostics.add("SW602", Place(self.loaded.names.file))
                continue
            now = names_fingerprint(handbook.names, day)
            for field in sorted({*sealed.fields, *now}):
                place = self._name_place(field, day)
                if field not in now:
                    self.diagnostics.add("SW603", place, field=field)
                elif field not in sealed.fields:
                    self.diagnostics.add("SW604", place, field=field)
                elif now[field] != sealed.fields[field]:
                    self.diagnostics.add("SW609", place, field=field, on=sealed.on)

    def _name_place(self, field: str, day: date) -> Place:
        names, document = self.loaded.handbook.names, self.loaded.names
        kind, _, rest = field.partition(".")
        if kind not in _NAMES:
            return document.place((kind, rest) if rest else (kind,))
        identity, _, language = rest.partition(".")
        entries = getattr(names, _NAMES[kind])
        dated = [
            (entry.valid_from or date.min, index)
            for index, entry in enumerate(entries)
            if entry.id == identity and (entry.valid_from or date.min) <= day
        ]
        if not dated:
            return document.place((_NAMES[kind],), key=True)
        path = (_NAMES[kind], max(dated)[1])
        return document.place((*path, "name", language) if language else path)


def _with_stale(handbook: Handbook, stale: Mapping[tuple[str, date], Mapping[str, tuple[str, ...]]]) -> Handbook:
    """The handbook with what translations fell behind, by folder and day."""
    standards = tuple(
        replace(
            one,
            revisions=tuple(
                replace(each, stale=stale.get((one.id, each.effective_from), {})) for each in one.revisions
            ),
        )
        for one in handbook.standards
    )
    pages = tuple(
        replace(
            one,
            revisions=tuple(
                replace(each, stale=stale.get((one.name, each.effective_from), {})) for each in one.revisions
            ),
        )
        for one in handbook.revised_pages
    )
    methods = tuple(replace(one, stale=stale.get((METHOD, one.effective_from), {})) for one in handbook.methods)
    return replace(handbook, standards=standards, methods=methods, revised_pages=pages)


def _line_of(wording: Wording, section: str) -> int:
    found = wording.section(section)
    return found.line if found is not None else 1
