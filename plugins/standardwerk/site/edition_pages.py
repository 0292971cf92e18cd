"""The pages about editions: the timeline, what an edition changes, and a whole edition in one document."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from standardwerk.model.dated import newest
from standardwerk.model.handbook import Edition, Method, Page, Revision, Standard, named_at
from standardwerk.model.seals import METHOD
from standardwerk.model.terms import without_marks
from standardwerk.site import urls
from standardwerk.site.change_values import EditionChanges
from standardwerk.site.changes import compare
from standardwerk.site.contexts import (
    ChangesContext,
    Chapter,
    CompleteContext,
    EditionsContext,
    ListedEdition,
    ListedText,
    PageContext,
    RetiredStandard,
    Site,
    StandardContext,
)
from standardwerk.site.editions import before, changes_url, edition_state, last_day, page_series, published
from standardwerk.site.links import replace_links
from standardwerk.site.plan import HandbookPage, Section
from standardwerk.site.text_series import TextSeries

if TYPE_CHECKING:
    from standardwerk.site.handbook_pages import HandbookPages


def mark(site: Site, standard: Standard, revision: Revision, day: date | None) -> str:
    """Whether a standard is ``new`` or ``revised`` on an edition's first day."""
    first = published(site)[:1]
    if revision.effective_from != day or (first and first[0].effective_from == day):
        return ""
    earlier = [one for one in standard.revisions if one.effective_from < revision.effective_from]
    return "revised" if earlier and not earlier[-1].rules.retired else "new"


def retired(pages: HandbookPages, day: date, since: date | None = None) -> tuple[RetiredStandard, ...]:
    """The standards that are retired on a day (and became so ``since`` then), by number."""
    found = []
    editions = published(pages.site)
    for standard in pages.handbook.standards:
        past = [one for one in standard.revisions if one.effective_from <= day]
        if len(past) < 2 or not past[-1].rules.retired or (since is not None and past[-1].effective_from < since):
            continue
        last = [one for one in past if not one.rules.retired]
        with_it = [one for one in editions if standard.at(one.effective_from) is not None and one.effective_from < day]
        if last and with_it:
            found.append(
                RetiredStandard(
                    {language: wording.title for language, wording in last[-1].wording.items()},
                    standard.identity.number,
                    past[-1].effective_from,
                    past[-1].rules.reason,
                    urls.standard(pages.language, with_it[-1], standard.id),
                    with_it[-1],
                )
            )
    return tuple(found)


def timeline(pages: HandbookPages) -> HandbookPage:
    """All editions, the newest first."""
    site, language = pages.site, pages.language
    title = pages._("Editions")
    listed = []
    editions = published(site)
    for edition in reversed(editions):
        day = edition.effective_from
        changed = tuple(pair for pair in pages.handbook.standards_at(day) if pair[1].effective_from == day)
        listed.append(
            ListedEdition(
                edition,
                edition_state(edition, site.current, site.as_of),
                urls.tree(language, edition),
                pages.listed(edition, changed, day),
                edition is editions[0],
                last_day(site, edition),
                changes_url(site, language, edition),
                urls.complete(language, edition),
                retired(pages, day, since=day),
                _listed_texts(pages, edition),
            )
        )
    markdown = f"# {title}\n\n[[block:editions]]"
    section = Section((pages._("About the handbook"),), (2, 900))
    context = EditionsContext(tuple(listed))
    return pages.page(urls.editions(language), "editions", None, title, markdown, section, context=context)


def _listed_texts(pages: HandbookPages, edition: Edition) -> tuple[ListedText, ...]:
    """The method and the hand-written pages that an edition changes."""
    found = []
    earlier = before(pages.site, edition)
    for series in [TextSeries(METHOD, pages.handbook.methods), *page_series(pages.handbook)]:
        now = newest(series.revisions, edition.effective_from)
        if earlier is None or now is None or now.effective_from != edition.effective_from:
            continue
        was = series.at(earlier.effective_from)
        shown = was if now.rules.retired else now
        if shown is None:
            continue
        mark = "retired" if now.rules.retired else "revised" if was is not None else "new"
        url = pages.place(series, shown, earlier if now.rules.retired else edition)
        found.append(ListedText(shown.wording[pages.language].title, url, mark))
    return tuple(found)


def of_edition(pages: HandbookPages, edition: Edition) -> list[HandbookPage]:
    """The pages that only an edition's own tree has."""
    found = [] if before(pages.site, edition) is None else [changes(pages, edition)]
    return [*found, complete(pages, edition)]


def changes(pages: HandbookPages, edition: Edition) -> HandbookPage:
    """What an edition changes."""
    site, language, _ = pages.site, pages.language, pages._
    old = before(site, edition)
    assert old is not None
    found = compare(pages.handbook, old, edition, language, pages.read)
    announced = edition.effective_from > site.as_of
    title = _("What changes") if announced else _("What changed")
    word = _("Edition")
    parts = [f"# {word} {edition.label}: {title}", "[[block:changes]]"]
    for change in found.standards:
        name = (change.new or change.old).wording[language].title  # type: ignore[union-attr]
        parts += [f"## {name} {{#{change.standard.id}}}", f"[[block:change-{change.standard.id}]]"]
    if found.method is not None:
        name = found.method.new.wording[language].title
        parts += [f"## {name} {{#{METHOD}}}", f"[[block:change-{METHOD}]]"]
    for page in found.pages:
        name = (page.new or page.old).wording[language].title  # type: ignore[union-attr]
        parts += [f"## {name} {{#{page.name}}}", f"[[block:change-{page.name}]]"]
    context = ChangesContext(
        found,
        announced,
        _urls(pages, found, old),
        _urls(pages, found, edition),
    )
    section = Section((_("About the handbook"),), (2, 800))
    url = urls.changes(language, edition)
    return pages.page(url, "changes", edition, title, "\n\n".join(parts), section, context=context)


def _urls(pages: HandbookPages, found: EditionChanges, edition: Edition) -> dict[str, str]:
    language, day = pages.language, edition.effective_from
    standards = {
        change.standard.id: urls.standard(language, edition, change.standard.id)
        for change in found.standards
        if change.standard.at(day) is not None
    }
    written = {page.name for page in pages.handbook.pages_at(language, day)}
    return standards | {
        change.name: urls.page(language, edition, change.name) for change in found.pages if change.name in written
    }


# The whole edition ----------------------------------------------------------------------------------------------------


def complete(pages: HandbookPages, edition: Edition) -> HandbookPage:
    """A whole edition in one document."""
    site, language, day = pages.site, pages.language, edition.effective_from
    url = urls.complete(language, edition)
    in_force = pages.handbook.standards_at(day)
    groups = []
    for group in pages.handbook.names.group_ids:
        members = [pair for pair in in_force if pair[0].identity.group == group]
        name = named_at(pages.handbook.names.groups, group, day)
        if members and name is not None:
            chapters = tuple(_standard_chapter(pages, edition, *pair) for pair in members)
            groups.append((name.name[language], chapters))
    method = pages.handbook.method_at(day)
    context = CompleteContext(
        edition,
        edition_state(edition, site.current, site.as_of),
        last_day(site, edition),
        *pages.hashes.of(edition),
        tuple(groups),
        _method_chapter(pages, edition, method) if method is not None else None,
        tuple(
            _page_chapter(pages, edition, page, number)
            for number, page in enumerate(_pages_with_revisions(pages, edition), 1)
        ),
    )
    heading = pages.handbook.names.title[language]
    section = Section((pages._("About the handbook"),), (2, 810))
    markdown = f"# {heading}\n\n[[block:complete]]"
    return pages.page(url, "complete", edition, pages._("Whole edition"), markdown, section, context=context)


def _standard_chapter(pages: HandbookPages, edition: Edition, standard: Standard, revision: Revision) -> Chapter:
    url = urls.standard(pages.language, edition, standard.id)
    wording = revision.wording[pages.language]
    context = StandardContext(standard, revision, edition, (), None)
    number = str(standard.identity.number)
    text = _in_document(pages, edition, pages.standard_body(revision))
    return Chapter(standard.id, number, wording.title, text, url, context)


def _method_chapter(pages: HandbookPages, edition: Edition, method: Method) -> Chapter:
    url = urls.method(pages.language, edition)
    context = pages.method_context(method, edition)
    text = _in_document(pages, edition, pages.method_body(method))
    return Chapter(METHOD, pages._("M"), method.wording[pages.language].title, text, url, context)


def _pages_with_revisions(pages: HandbookPages, edition: Edition) -> list[Page]:
    """The hand-written pages that are part of an edition, in the order of the navigation."""
    found = pages.handbook.pages_at(pages.language, edition.effective_from)
    return sorted((page for page in found if page.revision is not None), key=lambda page: (page.order, page.name))


def _page_chapter(pages: HandbookPages, edition: Edition, page: Page, number: int) -> Chapter:
    url = urls.page(pages.language, edition, page.name)
    assert page.revision is not None
    text = _in_document(pages, edition, [page.wording.body])
    # TRANSLATORS: stands before the number of a chapter that is a page of text, like “P1”.
    mark = pages._("P")
    return Chapter(page.name, f"{mark}{number}", page.wording.title, text, url, PageContext(page.revision, ()))


def _in_document(pages: HandbookPages, edition: Edition, parts: list[str]) -> str:
    """A text whose links lead to other chapters (``#/id``), or to pages by their address (``/de/…``).

    Terms are plain words: the document is to be signed, and the glossary is not part of it.
    """
    language = pages.language
    elsewhere = pages.absent(edition)
    inside = {page.name for page in _pages_with_revisions(pages, edition)}

    def target(kind: str, name: str, section: str) -> str | None:
        address = urls.standard if kind == "standard" else urls.page
        if kind != "method" and name in elsewhere:
            other = elsewhere[name]
            return None if other is None else f"/{address(language, other, name)}{section}"
        if kind == "page" and name not in inside:
            return f"/{urls.page(language, edition, name)}{section}"
        return f"#/{METHOD if kind == 'method' else name}{section.replace('#', '-')}"

    return replace_links(without_marks("\n\n".join(part for part in parts if part)), target)
