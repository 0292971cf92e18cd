"""Everything under ``standards/``."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from standardwerk.diagnostics import Diagnostics
from standardwerk.load import wording
from standardwerk.load.cells import number_form
from standardwerk.load.files import Folder, listing, suggest
from standardwerk.load.forms import LanguageCheck, check_ids, load_form
from standardwerk.load.pages import PAGE_FILE, load_pages, load_revised_page
from standardwerk.load.revisions import RevisionReader
from standardwerk.load.yaml import Document
from standardwerk.model.fields import is_id
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
    Standard,
    StandardForm,
)

REQUIRED_SECTIONS = ("expectation", "why", "good", "improve")
METHOD_FOLDER = "method"
#: Marks a folder as a standard.
STANDARD_FILE = "standard.yml"


@dataclass
class LoadedHandbook:
    """The handbook with the documents it was read from, for checks that need places."""

    handbook: Handbook
    revisions: dict[tuple[str, date], Document] = field(default_factory=dict)
    """By folder (a standard, the method, a page) and day: the YAML of a revision."""
    names: Document = field(default_factory=lambda: Document("", {}, {}))


def load_handbook(folder: Folder, diagnostics: Diagnostics) -> LoadedHandbook | None:
    """Read the handbook. None if names or editions are so wrong that nothing can be built on them."""
    names_found = load_form(folder, "handbook.yml", Names, diagnostics)
    editions_found = load_form(folder, "editions.yml", Editions, diagnostics)
    if names_found is None or editions_found is None:
        return None
    names, names_document = names_found
    editions, editions_document = editions_found
    for code, language in names.languages.items():
        try:
            number_form(language.locale)
        except ValueError:
            place = names_document.place(("languages", code, "locale"))
            diagnostics.add("SW113", place, value=language.locale, hint="", known="de_DE, en_GB, fr_CH, …")
    languages = LanguageCheck(tuple(names.languages), diagnostics)
    languages.check(names, names_document)
    languages.check(editions, editions_document)
    ordered = _check_editions(editions, editions_document, diagnostics)
    loaded = _Loader(RevisionReader(folder, names, ordered, languages, diagnostics)).load()
    loaded.names = names_document
    return loaded


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

    def load(self) -> LoadedHandbook:
        standards: list[Standard] = []
        methods: tuple[Method, ...] = ()
        pages: list[RevisedPage] = []
        for name in self.folder.folders():
            if name == METHOD_FOLDER:
                methods = self.methods()
            elif self.folder.exists(f"{name}/{STANDARD_FILE}"):
                standard = self.standard(name)
                if standard is not None:
                    standards.append(standard)
            elif self.folder.exists(f"{name}/{PAGE_FILE}"):
                page = load_revised_page(self.reader, name)
                if page is not None:
                    pages.append(page)
            elif any(file.endswith((".yml", ".md")) for file in self.folder.files(name)):
                self.diagnostics.add("SW107", self.reader.place(f"{name}/{STANDARD_FILE}"))
        ids = [(one.id, self.reader.place(f"{one.id}/{STANDARD_FILE}")) for one in standards]
        check_ids(ids + [(one.name, self.reader.place(f"{one.name}/{PAGE_FILE}")) for one in pages], self.diagnostics)
        self._check_numbers(standards)
        if self.editions and not any(one.effective_from <= self.editions[0].effective_from for one in methods):
            self.diagnostics.add("SW224", self.reader.place("editions.yml"), date=self.editions[0].effective_from)
        standards.sort(key=lambda standard: (standard.identity.number, standard.id))
        handbook = Handbook(self.names, self.editions, tuple(standards), methods, load_pages(self.reader), tuple(pages))
        self._check_links(handbook)
        return LoadedHandbook(handbook, self.reader.documents)

    def _check_numbers(self, standards: list[Standard]) -> None:
        owners: dict[int, str] = {}
        for standard in standards:
            number = standard.identity.number
            if number in owners:
                place = self.reader.place(f"{standard.id}/{STANDARD_FILE}")
                self.diagnostics.add("SW221", place, number=number, other=owners[number])
            owners.setdefault(number, standard.id)

    def standard(self, name: str) -> Standard | None:
        path = f"{name}/{STANDARD_FILE}"
        loaded = load_form(self.folder, path, StandardForm, self.diagnostics)
        revisions: list[Revision] = []
        days = self.reader.dates(name, STANDARD_FILE)
        for day in days:
            rules = self.reader.rules(name, day, RevisionForm)
            if rules is not None:
                texts = {} if rules.retired else self.reader.wordings(name, day, REQUIRED_SECTIONS)
                revisions.append(Revision(day, rules, texts))
        if loaded is None:
            return None
        identity, document = loaded
        self.reader.languages.check(identity, document)
        groups = list(self.names.group_ids)
        if identity.group not in groups:
            self.diagnostics.add(
                "SW113",
                document.place(("group",)),
                value=identity.group,
                known=listing(groups),
                **suggest(identity.group, groups),
            )
            return None
        if not days:
            self.diagnostics.add("SW203", self.reader.place(path))
        return Standard(name, identity, tuple(_with_runs(revisions)))

    def methods(self) -> tuple[Method, ...]:
        found: list[Method] = []
        for day in self.reader.dates(METHOD_FOLDER):
            rules = self.reader.rules(METHOD_FOLDER, day, MethodForm)
            if rules is not None:
                found.append(Method(day, rules, self.reader.wordings(METHOD_FOLDER, day)))
        return tuple(found)

    def _check_links(self, handbook: Handbook) -> None:
        standards = {standard.id: standard for standard in handbook.standards}
        pages = {page.name for page in handbook.pages} | {page.name for page in handbook.revised_pages}
        for parsed, text in self.reader.texts:
            for link in wording.links(text, parsed.file):
                if link.kind == "standard":
                    known = sorted(standards)
                elif link.kind == "page":
                    known = sorted(pages)
                else:
                    known = [""]
                if link.target not in known:
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
