"""A folder of revisions: a standard's, the method's, a page's. Each is named by the day it takes effect."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from standardwerk.diagnostics import Diagnostics, Place
from standardwerk.load import wording
from standardwerk.load.files import Folder, listing
from standardwerk.load.forms import AnyForm, LanguageCheck, load_form
from standardwerk.load.yaml import Document
from standardwerk.model.handbook import Edition, Names, Wording

#: The language in the name of a Markdown file.
_LANGUAGE = re.compile(r"\.([A-Za-z][A-Za-z0-9_-]*)\.md$")
_DATED = re.compile(r"(\d{4}-\d{2}-\d{2})\.yml")
#: Files of ``standards/`` that may be published beside the pages.
ATTACHMENTS = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif", ".pdf", ".docx", ".xlsx", ".pptx")


@dataclass
class RevisionReader:
    """Reads the folders of a handbook, and keeps what checks need of them."""

    folder: Folder
    names: Names
    editions: tuple[Edition, ...]
    languages: LanguageCheck
    diagnostics: Diagnostics
    documents: dict[tuple[str, date], Document] = field(default_factory=dict)
    """By folder and day: the YAML."""
    texts: list[tuple[Wording, str]] = field(default_factory=list)
    """Each wording with its file's whole text."""
    codes: tuple[str, ...] = ()
    """The languages that wordings are read in."""

    def __post_init__(self) -> None:
        self.codes = tuple(self.names.languages)
        if self.diagnostics.doubts("language"):
            self.codes = tuple(dict.fromkeys((*self.codes, *self._languages_of_files())))

    def _languages_of_files(self) -> list[str]:
        """The languages that the names of the Markdown files speak of."""
        files = [file for path in ("", *self.folder.folders()) for file in self.folder.files(path)]
        return sorted({match[1] for file in files if (match := _LANGUAGE.search(file))})

    def place(self, path: str) -> Place:
        """A file, for a message."""
        return Place(self.folder.name(path))

    def dates(self, name: str, identity: str = "") -> list[date]:
        """The dates a folder's YAML files are named by, ``identity`` left out; anything else is reported."""
        known = {edition.effective_from for edition in self.editions}
        found: list[date] = []
        for file in self.folder.files(name):
            path = f"{name}/{file}"
            if file == identity or file.lower().endswith(ATTACHMENTS):
                continue
            match = _DATED.fullmatch(file)
            if match:
                try:
                    day = date.fromisoformat(match[1])
                except ValueError:
                    self.diagnostics.add("SW226", self.place(path))
                    continue
                if day not in known and not self.diagnostics.doubts("edition"):
                    starts = listing([str(edition.effective_from) for edition in self.editions])
                    self.diagnostics.add("SW202", self.place(path), date=day, known=starts)
                found.append(day)
            elif file.endswith(".yml"):
                self.diagnostics.add("SW226", self.place(path))
        wordings = {f"{day}.{language}.md" for day in found for language in self.codes}
        for file in self.folder.files(name):
            if file.endswith(".md") and file not in wordings:
                self.diagnostics.add("SW225", self.place(f"{name}/{file}"))
        return sorted(found)

    def rules(self, name: str, day: date, form: type[AnyForm]) -> AnyForm | None:
        """The YAML of a revision; None if it has faults."""
        found = load_form(self.folder, f"{name}/{day}.yml", form, self.diagnostics, self.languages)
        if found is None:
            self._doubt(name, day)
            self.diagnostics.doubt("rules of", name)
            return None
        rules, document = found
        self.documents[name, day] = document
        return rules

    def _doubt(self, name: str, day: date) -> None:
        self.diagnostics.doubt("revision", f"{name}/{day}")

    def wordings(
        self, name: str, day: date, required: tuple[str, ...] = (), *, needed: bool = True
    ) -> Mapping[str, Wording]:
        """A revision's text in each language; all have the sections of the original, the required ones among them.

        ``needed``: without a text in a language of the handbook something is missing.
        """
        texts: dict[str, Wording] = {}
        original: Wording | None = None
        needed = needed and not self.diagnostics.doubts("language")
        for language in self.codes:
            path = f"{name}/{day}.{language}.md"
            if not self.folder.exists(path):
                if needed and path not in self.folder.unreadable:
                    self.diagnostics.add("SW216", self.place(path), language=language, file=self.folder.name(path))
                self._doubt(name, day)
                continue
            text = self.folder.text(path, self.diagnostics)
            if text is None:
                self._doubt(name, day)
                continue
            found = wording.parse(text, self.folder.name(path), self.diagnostics)
            texts[language] = found
            self.texts.append((found, text))
            present = [section.id for section in found.sections]
            for section in required:
                if section not in present:
                    self.diagnostics.add("SW217", Place(found.file), section=section)
            if original is None or self.diagnostics.doubts("language"):
                original = found
            elif present != [section.id for section in original.sections]:
                expected = ", ".join(section.id for section in original.sections)
                self.diagnostics.add("SW218", Place(found.file), found=", ".join(present), expected=expected)
        return texts
