"""Everything under ``standards/``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from standardwerk.diagnostics import Diagnostics, Place
from standardwerk.load import wording
from standardwerk.load.cells import number_form
from standardwerk.load.files import Folder, listing, suggest
from standardwerk.load.forms import LanguageCheck, check_ids, load_form
from standardwerk.load.yaml import Document
from standardwerk.model.fields import is_id
from standardwerk.model.handbook import (
    Edition,
    Editions,
    Handbook,
    Method,
    MethodForm,
    Names,
    Page,
    Revision,
    RevisionForm,
    Standard,
    StandardForm,
    Wording,
)

_DATED = re.compile(r"(\d{4}-\d{2}-\d{2})\.yml")
_PAGE = re.compile(r"([a-z0-9][a-z0-9-]*)\.([A-Za-z][A-Za-z0-9_-]*)\.md")
REQUIRED_SECTIONS = ("expectation", "why", "good", "improve")
METHOD_FOLDER = "method"
#: Pages that the tool makes; hand-written ones have other names.
GENERATED_PAGES = frozenset({"standards", "method", "editions", "my-scorecard"})
#: Files of ``standards/`` that may be published beside the pages.
ATTACHMENTS = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif", ".pdf", ".docx", ".xlsx", ".pptx")
_KNOWN_FILES = frozenset({"handbook.yml", "editions.yml", "editions.lock", "glossary.yml"})


@dataclass
class LoadedHandbook:
    """The handbook with the documents it was read from, for checks that need places."""

    handbook: Handbook
    revisions: dict[tuple[str, date], Document] = field(default_factory=dict)
    methods: dict[date, Document] = field(default_factory=dict)
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
    loader = _Loader(folder, names, ordered, languages, diagnostics)
    loaded = loader.load()
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
    def __init__(
        self,
        folder: Folder,
        names: Names,
        editions: tuple[Edition, ...],
        languages: LanguageCheck,
        diagnostics: Diagnostics,
    ) -> None:
        self.folder = folder
        self.names = names
        self.editions = editions
        self.languages = languages
        self.diagnostics = diagnostics
        self.documents: dict[tuple[str, date], Document] = {}
        self.method_documents: dict[date, Document] = {}
        self.texts: list[tuple[Wording, str]] = []

    def load(self) -> LoadedHandbook:
        standards = []
        methods: tuple[Method, ...] = ()
        for name in self.folder.folders():
            if name == METHOD_FOLDER:
                methods = self.methods()
            elif self.folder.exists(f"{name}/standard.yml"):
                standard = self.standard(name)
                if standard is not None:
                    standards.append(standard)
            elif any(file.endswith((".yml", ".md")) for file in self.folder.files(name)):
                self.diagnostics.add("SW107", Place(self.folder.name(f"{name}/standard.yml")))
        check_ids([(one.id, Place(self.folder.name(f"{one.id}/standard.yml"))) for one in standards], self.diagnostics)
        self._check_numbers(standards)
        if self.editions and not any(one.effective_from <= self.editions[0].effective_from for one in methods):
            place = Place(self.folder.name("editions.yml"))
            self.diagnostics.add("SW224", place, date=self.editions[0].effective_from)
        standards.sort(key=lambda standard: (standard.identity.number, standard.id))
        handbook = Handbook(self.names, self.editions, tuple(standards), methods, self.pages())
        self._check_links(handbook)
        return LoadedHandbook(handbook, self.documents, self.method_documents)

    def _check_numbers(self, standards: list[Standard]) -> None:
        owners: dict[int, str] = {}
        for standard in standards:
            number = standard.identity.number
            if number in owners:
                place = Place(self.folder.name(f"{standard.id}/standard.yml"))
                self.diagnostics.add("SW221", place, number=number, other=owners[number])
            owners.setdefault(number, standard.id)

    def _dates(self, name: str, known: set[date]) -> list[date]:
        """The dates a folder's YAML files are named by; anything else is reported."""
        found: list[date] = []
        for file in self.folder.files(name):
            path = f"{name}/{file}"
            if file == "standard.yml" or file.lower().endswith(ATTACHMENTS):
                continue
            match = _DATED.fullmatch(file)
            if match:
                try:
                    day = date.fromisoformat(match[1])
                except ValueError:
                    self.diagnostics.add("SW226", Place(self.folder.name(path)))
                    continue
                if day not in known:
                    starts = listing([str(edition.effective_from) for edition in self.editions])
                    self.diagnostics.add("SW202", Place(self.folder.name(path)), date=day, known=starts)
                found.append(day)
            elif file.endswith(".yml"):
                self.diagnostics.add("SW226", Place(self.folder.name(path)))
        wordings = {f"{day}.{language}.md" for day in found for language in self.names.languages}
        for file in self.folder.files(name):
            if file.endswith(".md") and file not in wordings:
                self.diagnostics.add("SW225", Place(self.folder.name(f"{name}/{file}")))
        return sorted(found)

    def standard(self, name: str) -> Standard | None:
        path = f"{name}/standard.yml"
        loaded = load_form(self.folder, path, StandardForm, self.diagnostics)
        revisions: list[Revision] = []
        days = self._dates(name, {edition.effective_from for edition in self.editions})
        for day in days:
            found = load_form(self.folder, f"{name}/{day}.yml", RevisionForm, self.diagnostics)
            if found is None:
                continue
            rules, document = found
            self.documents[name, day] = document
            self.languages.check(rules, document)
            texts = {} if rules.retired else self.wordings(f"{name}/{day}", REQUIRED_SECTIONS)
            revisions.append(Revision(day, rules, texts))
        if loaded is None:
            return None
        identity, document = loaded
        self.languages.check(identity, document)
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
            self.diagnostics.add("SW203", Place(self.folder.name(path)))
        return Standard(name, identity, tuple(_with_runs(revisions)))

    def wordings(self, stem: str, required: tuple[str, ...]) -> Mapping[str, Wording]:
        texts: dict[str, Wording] = {}
        original: Wording | None = None
        for language in self.names.languages:
            path = f"{stem}.{language}.md"
            if not self.folder.exists(path):
                place = Place(self.folder.name(path))
                self.diagnostics.add("SW216", place, language=language, file=self.folder.name(path))
                continue
            text = self.folder.text(path, self.diagnostics)
            if text is None:
                continue
            found = wording.parse(text, self.folder.name(path), self.diagnostics)
            texts[language] = found
            self.texts.append((found, text))
            present = [section.id for section in found.sections]
            for section in required:
                if section not in present:
                    self.diagnostics.add("SW217", Place(found.file), section=section)
            if original is None:
                original = found
            elif present != [section.id for section in original.sections]:
                expected = ", ".join(section.id for section in original.sections)
                self.diagnostics.add("SW218", Place(found.file), found=", ".join(present), expected=expected)
        return texts

    def methods(self) -> tuple[Method, ...]:
        found: list[Method] = []
        for day in self._dates(METHOD_FOLDER, {edition.effective_from for edition in self.editions}):
            stem = f"{METHOD_FOLDER}/{day}"
            loaded = load_form(self.folder, f"{stem}.yml", MethodForm, self.diagnostics)
            if loaded is None:
                continue
            rules, document = loaded
            self.method_documents[day] = document
            self.languages.check(rules, document)
            found.append(Method(day, rules, self.wordings(stem, ())))
        return tuple(found)

    def pages(self) -> tuple[Page, ...]:
        found: list[Page] = []
        by_name: dict[str, set[str]] = {}
        for file in self.folder.files():
            if file in _KNOWN_FILES or file.lower().endswith(ATTACHMENTS):
                continue
            match = _PAGE.fullmatch(file)
            if match is None or match[2] not in self.names.languages:
                self.diagnostics.add("SW225", Place(self.folder.name(file)))
                continue
            if not is_id(match[1]):
                self.diagnostics.add("SW111", Place(self.folder.name(file)), value=match[1])
            if match[1] in GENERATED_PAGES:
                self.diagnostics.add("SW501", Place(self.folder.name(file)), path=f"{match[2]}/{match[1]}/")
            text = self.folder.text(file, self.diagnostics)
            if text is None:
                continue
            order, body, skipped = wording.front_matter(text)
            parsed = wording.parse("\n" * skipped + body, self.folder.name(file), Diagnostics())
            if not parsed.title:
                self.diagnostics.add("SW220", Place(parsed.file, 1, 1))
            self.texts.append((parsed, text))
            by_name.setdefault(match[1], set()).add(match[2])
            found.append(Page(match[1], match[2], parsed, body, order))
        for name, present in by_name.items():
            for language in self.names.languages:
                if language not in present:
                    path = self.folder.name(f"{name}.{language}.md")
                    self.diagnostics.add("SW216", Place(path), language=language, file=path)
        return tuple(found)

    def _check_links(self, handbook: Handbook) -> None:
        standards = {standard.id: standard for standard in handbook.standards}
        pages = {page.name for page in handbook.pages}
        for parsed, text in self.texts:
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
