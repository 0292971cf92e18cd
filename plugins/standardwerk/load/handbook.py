"""Everything under ``standards/``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from standardwerk.diagnostics import Diagnostics
from standardwerk.load import wording
from standardwerk.load.cells import number_form
from standardwerk.load.files import Folder, listing, suggest
from standardwerk.load.forms import LanguageCheck, Sound, check_ids, load_sound
from standardwerk.load.glossary import load_glossary
from standardwerk.load.pages import PAGE_FILE, load_pages, load_revised_page
from standardwerk.load.revisions import RevisionReader
from standardwerk.load.sample import load_sample
from standardwerk.load.yaml import Document, read
from standardwerk.model.fields import is_id
from standardwerk.model.fingerprint import Fingerprints
from standardwerk.model.handbook import (
    Edition,
    Editions,
    Handbook,
    Method,
    MethodForm,
    Names,
    RevisedPage,
    Revision,
    RevisionForm,
    Sample,
    Standard,
    StandardForm,
)

REQUIRED_SECTIONS = ("expectation", "why", "good", "improve")
METHOD_FOLDER = "method"
#: Marks a folder as a standard.
STANDARD_FILE = "standard.yml"
#: With these, names and editions that cannot be read are lists without entries.
_NO_NAMES: Mapping[str, Any] = {"title": {}, "organisation": "", "languages": {}, "groups": [], "roles": []}
_NO_EDITIONS: Mapping[str, Any] = {"editions": []}
_NO_IDENTITY: Mapping[str, Any] = {"number": "1", "group": "none", "owner": {}}
_LISTS = {"languages": "language", "groups": "group", "roles": "role", "product_lines": "product line"}


@dataclass
class LoadedHandbook:
    """The handbook with the documents it was read from, for checks that need places."""

    handbook: Handbook
    revisions: dict[tuple[str, date], Document] = field(default_factory=dict)
    """By folder (a standard, the method, a page) and day: the YAML of a revision."""
    names: Document = field(default_factory=lambda: Document("", {}, {}))
    standards: tuple[Standard, ...] = ()
    """Those of the handbook, and those whose ``standard.yml`` has faults: their revisions can be checked."""
    fingerprints: Fingerprints = field(default_factory=Fingerprints)
    """Of its revisions."""
    sample: Sound[Sample] | None = None
    """``sample.yml`` as it was read."""
    whole: bool = True
    """Whether names and editions could be read as a whole; if not, this is only good for checking the rest."""


def original_language(folder: Folder) -> str | None:
    """The handbook's first language, even if the file has other faults; None if it cannot be made out."""
    text = folder.text("handbook.yml", Diagnostics())
    document = read(text, "", Diagnostics()) if text is not None else None
    languages = document.data.get("languages") if document is not None and isinstance(document.data, dict) else None
    return next(iter(languages), None) if isinstance(languages, dict) else None


def load_handbook(folder: Folder, diagnostics: Diagnostics) -> LoadedHandbook:
    """Read the handbook as far as it is sound."""
    sound_names = load_sound(folder, "handbook.yml", Names, diagnostics, _NO_NAMES)
    sound_editions = load_sound(folder, "editions.yml", Editions, diagnostics, _NO_EDITIONS)
    names, names_document = sound_names.value, sound_names.document
    editions, editions_document = sound_editions.value, sound_editions.document
    _doubt_what_is_lost(sound_names, sound_editions, diagnostics)
    for code, language in names.languages.items():
        try:
            number_form(language.locale)
        except ValueError:
            place = names_document.place(("languages", code, "locale"))
            diagnostics.add("SW113", place, value=language.locale, hint="", known="de_DE, en_GB, fr_CH, …")
    languages = LanguageCheck(tuple(names.languages), diagnostics)
    languages.check(sound_names)
    languages.check(sound_editions)
    before = len(diagnostics)
    ordered = _check_editions(editions, editions_document, diagnostics)
    if len(diagnostics) > before:
        diagnostics.doubt("edition")
    loaded = _Loader(RevisionReader(folder, names, ordered, languages, diagnostics)).load()
    loaded.names = names_document
    loaded.whole = not (sound_names.lost or sound_editions.lost)
    return loaded


def _doubt_what_is_lost(names: Sound[Names], editions: Sound[Editions], diagnostics: Diagnostics) -> None:
    if names.lost:
        diagnostics.doubt("name")
    for path, kind in _LISTS.items():
        if names.lost_at(path):
            diagnostics.doubt(kind)
    if editions.lost:
        diagnostics.doubt("edition")


def _check_editions(editions: Editions, document: Document, diagnostics: Diagnostics) -> tuple[Edition, ...]:
    starts: set[date] = set()
    for index, edition in enumerate(editions.editions):
        place = document.place(("editions", index, "effective_from"))
        if edition.effective_from.day != 1:
            diagnostics.add("SW201", place, date=edition.effective_from)
        if edition.effective_from in starts:
            diagnostics.add("SW227", place, date=edition.effective_from)
        starts.add(edition.effective_from)
    labels = [
        (edition.label.replace(".", "-").lower(), document.place(("editions", index, "label")))
        for index, edition in enumerate(editions.editions)
    ]
    check_ids(labels, diagnostics)
    # Windows drops a point at the end, and takes "con.1" for the device.
    for index, edition in enumerate(editions.editions):
        if edition.label.endswith(".") or not is_id(edition.label.lower().partition(".")[0]):
            diagnostics.add("SW111", labels[index][1], value=edition.label)
    return tuple(sorted(editions.editions, key=lambda edition: edition.effective_from))


class _Loader:
    def __init__(self, reader: RevisionReader) -> None:
        self.reader = reader
        self.folder = reader.folder
        self.names = reader.names
        self.editions = reader.editions
        self.diagnostics = reader.diagnostics
        self.without_identity: set[str] = set()

    def load(self) -> LoadedHandbook:
        standards: list[Standard] = []
        methods: tuple[Method, ...] = ()
        pages: list[RevisedPage] = []
        for name in self.folder.folders():
            if name == METHOD_FOLDER:
                methods = self.methods()
            elif self.folder.exists(f"{name}/{PAGE_FILE}"):
                page = load_revised_page(self.reader, name)
                if page is not None:
                    pages.append(page)
            elif any(file.endswith((".yml", ".md")) for file in self.folder.files(name)):
                standards.append(self.standard(name))
        known = [one for one in standards if one.id not in self.without_identity]
        ids = [(one.id, self.reader.place(f"{one.id}/{STANDARD_FILE}")) for one in standards]
        check_ids(ids + [(one.name, self.reader.place(f"{one.name}/{PAGE_FILE}")) for one in pages], self.diagnostics)
        self._check_numbers(known)
        first = self.editions[0].effective_from if self.editions else None
        is_open = self.diagnostics.doubts("edition") or self.diagnostics.doubts("rules of", METHOD_FOLDER)
        if first is not None and not is_open and not any(one.effective_from <= first for one in methods):
            self.diagnostics.add("SW224", self.reader.place("editions.yml"), date=first)
        known.sort(key=lambda standard: (standard.identity.number, standard.id))
        terms = load_glossary(self.folder, self.reader.languages, self.diagnostics)
        handbook = Handbook(
            self.names, self.editions, tuple(known), methods, load_pages(self.reader), tuple(pages), terms
        )
        sample = load_sample(self.folder, self.names, self.reader.languages, self.diagnostics)
        if sample is not None:
            handbook = replace(handbook, sample=sample.value)
        self._check_links(handbook)
        return LoadedHandbook(handbook, self.reader.documents, standards=tuple(standards), sample=sample)

    def _check_numbers(self, standards: list[Standard]) -> None:
        owners: dict[int, str] = {}
        for standard in standards:
            number = standard.identity.number
            if number in owners:
                place = self.reader.place(f"{standard.id}/{STANDARD_FILE}")
                self.diagnostics.add("SW221", place, number=number, other=owners[number])
            owners.setdefault(number, standard.id)

    def standard(self, name: str) -> Standard:
        path = f"{name}/{STANDARD_FILE}"
        sound = load_sound(self.folder, path, StandardForm, self.diagnostics, _NO_IDENTITY)
        self.reader.languages.check(sound)
        revisions: list[Revision] = []
        days = self.reader.dates(name, STANDARD_FILE)
        for day in days:
            rules = self.reader.rules(name, day, RevisionForm)
            if rules is None:
                self.diagnostics.doubt("standard", name)
                self.reader.wordings(name, day, REQUIRED_SECTIONS, needed=False)
                continue
            texts = {} if rules.retired else self.reader.wordings(name, day, REQUIRED_SECTIONS)
            revisions.append(Revision(day, rules, texts))
        identity, document = sound.value, sound.document
        if sound.lost:
            self.diagnostics.doubt("standard", name)
            self.without_identity.add(name)
        groups = list(self.names.group_ids)
        if identity.group not in groups and not (sound.lost_at("group") or self.diagnostics.doubts("group")):
            self.diagnostics.add(
                "SW113",
                document.place(("group",)),
                value=identity.group,
                known=listing(groups),
                **suggest(identity.group, groups),
            )
        if not days:
            self.diagnostics.add("SW203", self.reader.place(path))
        return Standard(name, identity, tuple(_with_runs(revisions)))

    def methods(self) -> tuple[Method, ...]:
        found: list[Method] = []
        for day in self.reader.dates(METHOD_FOLDER):
            rules = self.reader.rules(METHOD_FOLDER, day, MethodForm)
            texts = self.reader.wordings(METHOD_FOLDER, day, needed=rules is not None)
            if rules is not None:
                found.append(Method(day, rules, texts))
        return tuple(found)

    def _check_links(self, handbook: Handbook) -> None:
        standards = {standard.id: standard for standard in handbook.standards}
        pages = {page.name for page in handbook.pages} | {page.name for page in handbook.revised_pages}
        terms = sorted(term.id for term in handbook.terms)
        for parsed, text in self.reader.texts:
            for link in wording.links(text, parsed.file):
                if link.kind == "term":
                    if link.target not in terms and not self.diagnostics.doubts("term"):
                        self.diagnostics.add("SW230", link.place, term=link.target, **suggest(link.target, terms))
                    continue
                if link.kind == "standard":
                    known = sorted(standards)
                elif link.kind == "page":
                    known = sorted(pages)
                else:
                    known = [""]
                if link.target not in known and not self.diagnostics.doubts(link.kind, link.target):
                    self.diagnostics.add(
                        "SW219",
                        link.place,
                        target=f"{link.kind}:{link.target}",
                        known=listing(known),
                        **suggest(link.target, known),
                    )


def _with_runs(revisions: list[Revision]) -> list[Revision]:
    """Each revision with the day its measures' windows may reach back to.

    See ``on_change``: a revision restarts a measure that it adds, or whose formula (or the export rules) it changes,
    unless it says otherwise.
    """
    done: list[Revision] = []
    for revision in revisions:
        before = done[-1] if done else None
        starts: dict[str, date] = {}
        for measure in revision.rules.measures:
            old = before.measure(measure.id) if before is not None and not before.rules.retired else None
            if before is None or old is None or _restarts(revision, before, measure.formula != old.formula):
                starts[measure.id] = revision.effective_from
            else:
                starts[measure.id] = before.run_start[measure.id]
        done.append(replace(revision, run_start=starts))
    return done


def _restarts(revision: Revision, before: Revision, changed: bool) -> bool:
    if revision.rules.on_change is not None:
        return revision.rules.on_change == "restart"
    return changed or dict(revision.rules.export_rules) != dict(before.rules.export_rules)
