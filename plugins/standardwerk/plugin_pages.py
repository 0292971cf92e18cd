"""The host's titles, tables of contents and navigations: made of the plan's pages, and as plain values."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import quote

from markupsafe import Markup
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils import get_relative_url

from standardwerk.site.plan import HandbookPage


def navigation(plans: Iterable[HandbookPage], page_of: Callable[[HandbookPage], Page]) -> Navigation:
    """The navigation of a tree: its pages by section, in the order of the plan."""
    items: list[Any] = []
    sections: dict[tuple[str, ...], Section] = {}
    placed = [plan for plan in plans if plan.section is not None]
    for plan in sorted(placed, key=lambda plan: (plan.section.order if plan.section else (), plan.path)):
        titles = plan.section.titles if plan.section else ()
        parent: Section | None = None
        for level in range(1, len(titles) + 1):
            siblings = items if parent is None else parent.children
            if titles[:level] not in sections:
                section = sections[titles[:level]] = Section(as_html(titles[level - 1]), [])
                section.parent = parent
                siblings.append(section)
            parent = sections[titles[:level]]
        page = page_of(plan)
        page.parent = parent
        (items if parent is None else parent.children).append(page)
    pages = list(_flat(items))
    for before, page, after in zip([None, *pages], pages, [*pages[1:], None], strict=False):
        page.previous_page, page.next_page = before, after
    return Navigation(items, pages)


def as_html(text: str) -> str:
    """Text for MkDocs' templates, which print it as it is."""
    # Escaped here and now.
    return Markup(html.escape(text))


def clean_toc(items: Iterable[AnchorLink]) -> None:
    """Make titles and anchors of a table of contents harmless, whatever the author's Markdown says."""
    for item in items:
        item.title = as_html(html.unescape(str(item.title)))
        item.id = quote(item.id, safe=":.-_~")
        clean_toc(item.children)


def _flat(items: Iterable[Any]) -> Iterable[Page]:
    for item in items:
        if item.children is None:
            yield item
        else:
            yield from _flat(item.children)


def root(language: str, url: str) -> str:
    """The root of a language's tree seen from an address."""
    return get_relative_url(f"{language}/", url)


def shown_item(item: Any) -> tuple[object, ...]:
    """What a navigation shows of an entry."""
    children = None if item.children is None else [shown_item(one) for one in item.children]
    return str(item.title), getattr(item, "url", None), dict(getattr(item, "meta", {})), children


def plain_contents(items: Iterable[AnchorLink]) -> list[tuple[object, ...]]:
    """A table of contents as plain values."""
    return [(str(item.title), item.id, item.level, plain_contents(item.children)) for item in items]


def _links(items: Iterable[Any]) -> list[AnchorLink]:
    found = []
    for title, identity, level, children in items:
        link = AnchorLink(title, identity, level)
        link.children = _links(children)
        found.append(link)
    return found


def without_files(rendered: Mapping[str, Any]) -> dict[str, Any]:
    """What was rendered, without what belongs to the build: files by their path, contents as plain values."""
    links = rendered.get("links_to_anchors")
    return dict(rendered) | {
        "toc": plain_contents(rendered["toc"]),
        "links_to_anchors": links and {file.src_uri: dict(its) for file, its in links.items()},
    }


def with_files(kept: Mapping[str, Any], files: Files) -> dict[str, Any]:
    """What was rendered before, as part of a build with these files."""
    links = kept["links_to_anchors"]
    contents = _links(kept["toc"])
    for first in contents[:1]:
        first.active = True  # type: ignore[attr-defined]  # as MkDocs does
    return dict(kept) | {
        "toc": TableOfContents(contents),
        "links_to_anchors": links and {files.get_file_from_path(path): its for path, its in links.items()},
    }
