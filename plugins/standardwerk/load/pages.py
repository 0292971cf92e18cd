"""Hand-written pages: ``<name>.<language>.md``, or a folder of revisions with ``page.yml``."""

from __future__ import annotations

import re

from standardwerk.diagnostics import Diagnostics, Place
from standardwerk.load import wording
from standardwerk.load.forms import load_form
from standardwerk.load.revisions import ATTACHMENTS, RevisionReader
from standardwerk.model.fields import is_id
from standardwerk.model.handbook import Page, PageForm, PageRevision, PageRevisionForm, RevisedPage

#: Marks a folder as a page with revisions.
PAGE_FILE = "page.yml"
#: Pages that the tool makes; hand-written ones have other names.
GENERATED_PAGES = frozenset({"standards", "method", "editions", "my-scorecard", "glossary", "sample-scorecard"})
_PAGE = re.compile(r"([a-z0-9][a-z0-9-]*)\.([A-Za-z][A-Za-z0-9_-]*)\.md")
_KNOWN_FILES = frozenset({"handbook.yml", "editions.yml", "editions.lock", "glossary.yml", "sample.yml"})


def load_pages(reader: RevisionReader) -> tuple[Page, ...]:
    """The pages without revisions."""
    found: list[Page] = []
    by_name: dict[str, set[str]] = {}
    folder, diagnostics = reader.folder, reader.diagnostics
    for file in folder.files():
        if file in _KNOWN_FILES or file.lower().endswith(ATTACHMENTS):
            continue
        match = _PAGE.fullmatch(file)
        if match is None or match[2] not in reader.codes:
            diagnostics.add("SW225", reader.place(file))
            continue
        name, language = match[1], match[2]
        if not is_id(name):
            diagnostics.add("SW111", reader.place(file), value=name)
        if name in GENERATED_PAGES or folder.exists(f"{name}/{PAGE_FILE}"):
            diagnostics.add("SW501", reader.place(file), path=f"{language}/{name}/")
        text = folder.text(file, diagnostics)
        if text is None:
            diagnostics.doubt("page", name)
            continue
        order, body, skipped = wording.front_matter(text)
        # Headings without an id are as good as others here: nothing refers to them.
        parsed = wording.parse("\n" * skipped + body, folder.name(file), Diagnostics())
        if not parsed.title:
            diagnostics.add("SW220", Place(parsed.file, 1, 1))
        reader.texts.append((parsed, text))
        by_name.setdefault(name, set()).add(language)
        found.append(Page(name, language, parsed, body, order))
    for name, present in by_name.items():
        if diagnostics.doubts("language") or diagnostics.doubts("page", name):
            continue
        for language in reader.codes:
            if language not in present:
                path = folder.name(f"{name}.{language}.md")
                diagnostics.add("SW216", Place(path), language=language, file=path)
    return tuple(found)


def load_revised_page(reader: RevisionReader, name: str) -> RevisedPage | None:
    """A page with revisions; None if ``page.yml`` cannot be read, or there is nothing to show."""
    loaded = load_form(reader.folder, f"{name}/{PAGE_FILE}", PageForm, reader.diagnostics)
    if loaded is None:
        reader.diagnostics.doubt("page", name)
    place = reader.place(f"{name}/{PAGE_FILE}")
    if name in GENERATED_PAGES:
        reader.diagnostics.add("SW501", place, path=f"{reader.codes[0]}/{name}/" if reader.codes else name)
    revisions: list[PageRevision] = []
    days = reader.dates(name, PAGE_FILE)
    for day in days:
        rules = reader.rules(name, day, PageRevisionForm)
        if rules is None:
            reader.wordings(name, day, needed=False)
            continue
        texts = {} if rules.retired else reader.wordings(name, day)
        revisions.append(PageRevision(day, rules, texts))
    if not days:
        reader.diagnostics.add("SW203", place)
    return None if loaded is None else RevisedPage(name, loaded[0], tuple(revisions))
