"""Editions as HTML: the frame of each handbook page, what changed, a whole edition in one document."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from markupsafe import Markup, escape

from standardwerk.model.handbook import Edition, Method, Retroactive, Revision
from standardwerk.model.seals import METHOD
from standardwerk.render.change_words import ChangeWords
from standardwerk.render.redline import KINDS, Redline
from standardwerk.render.rows import RowWriter
from standardwerk.render.sanitise import set_blocks
from standardwerk.render.view import View
from standardwerk.render.wording import html_of, inside
from standardwerk.site import urls
from standardwerk.site.change_values import EditionChanges, PageChange, StandardChange
from standardwerk.site.contexts import (
    ChangesContext,
    Chapter,
    ColumnWords,
    CompleteContext,
    MethodContext,
    PageContext,
)
from standardwerk.site.plan import HandbookPage

#: How the document is set on paper. On its own page alone: rules for paper cannot be told of one element.
PAPER = (
    "@page { size: A4; margin: 20mm 18mm 22mm 24mm; "
    "@bottom-left { content: FOOTER; font: 8pt system-ui, sans-serif } "
    '@bottom-right { content: counter(page) " / " counter(pages); font: 8pt system-ui, sans-serif } }'
)
_HEADING = re.compile(r"<h3\b[^>]*>")


def retroactive_words(view: View, revision: Revision | Method) -> str:
    """That a revision holds for months before it was published, and why; empty if it does not."""
    retroactive, edition = revision.rules.retroactive, view.handbook.edition_at(revision.effective_from)
    return term_words(view, edition, retroactive) if retroactive is not None and edition is not None else ""


def term_words(view: View, edition: Edition, retroactive: Retroactive) -> str:
    """That a revision of an edition holds for months before it was published, and why."""
    return view.texts.gettext(
        "Holds retroactively: in force from {date}, published on {published} only. {reason} ({agreement}). "
        "Closed months show both results.",
        date=view.formats.date(edition.effective_from),
        published=view.formats.date(edition.published_on),
        reason=view.local(retroactive.reason),
        agreement=retroactive.agreement_ref,
    )


def templates(view: View, announced: bool = False) -> Any:
    """The macros of ``editions.html`` in the view's language."""

    def title_of(change: StandardChange | PageChange) -> str:
        revision = change.new or change.old
        assert revision is not None
        return revision.wording[view.language].title

    def link_part(target: str, here: str) -> str:
        path, mark, part = target.partition("#")
        return view.link(path, here) + mark + part

    given = {
        "as_of": view.site.as_of,
        "announced": announced,
        "organisation": view.handbook.names.organisation,
        "handbook_title": view.handbook.names.title[view.language],
        "told": ChangeWords(view),
        "redline": Redline(view),
        "kinds": KINDS,
        "title_of": title_of,
        "link_part": link_part,
        "retroactive": lambda edition, found: term_words(view, edition, found),
    }
    return view.environment.get_template("editions.html").make_module(given)


def frame_blocks(view: View, page: HandbookPage, module: Any) -> dict[str, str]:
    """What stands around a page: banner, switcher, and what became of its text."""
    frame = page.frame
    if frame is None:
        return {}
    return {
        "banner": module.banner(frame, page.url),
        "edition": module.switcher(frame, page.url, urls.editions(view.language)),
        "notice": module.notice(frame, page.url),
    }


def change_blocks(context: ChangesContext, url: str, module: Any) -> dict[str, str]:
    """The parts of a page of changes."""
    found = {"changes": module.changes(context, url)}
    for change in context.changes.standards:
        name = change.standard.id
        old, new = context.old_urls.get(name, ""), context.new_urls.get(name, "")
        found[f"change-{name}"] = module.change(change, old, new, url)
    if context.changes.method is not None:
        found[f"change-{METHOD}"] = module.method_change(context.changes.method)
    for page in context.changes.pages:
        old, new = context.old_urls.get(page.name, ""), context.new_urls.get(page.name, "")
        found[f"change-{page.name}"] = module.page_change(page, old, new, url)
    return found


def changes_page(view: View, changes: EditionChanges, style: str) -> str:
    """What changed between two editions, as a page that stands by itself."""
    announced = changes.new.effective_from > view.site.as_of
    module = templates(view, announced)
    context = ChangesContext(changes, announced, {}, {})
    blocks = change_blocks(context, "", module)
    titles = {change.standard.id: change.title for change in changes.standards}
    if changes.method is not None:
        titles[METHOD] = changes.method.title
    titles |= {page.name: page.title for page in changes.pages}
    parts = [
        {"id": name, "title": Redline(view).pieces(title), "html": blocks[f"change-{name}"]}
        for name, title in titles.items()
    ]
    first, second = view.texts.gettext("Edition {label}", label=changes.old.label), changes.new.label
    template = view.environment.get_template("diff.html")
    # The style is the theme's own and holds no markup.
    return template.render(
        title=f"{view.handbook.names.title[view.language]}: {first} → {second}",
        style=Markup(style),
        intro=blocks["changes"],
        parts=parts,
    )


# A whole edition ------------------------------------------------------------------------------------------------------


Keep = Callable[[Chapter, Callable[[], Markup]], Markup]
"""Gives a chapter's HTML: makes it, or has it from before."""


def complete_blocks(view: View, page: HandbookPage, module: Any, macros: Any, keep: Keep) -> dict[str, str]:
    """A whole edition. ``macros`` are those of the ordinary pages, by which each chapter shows its rules."""
    context = page.context
    assert isinstance(context, CompleteContext)
    chapters = [chapter for _, members in context.groups for chapter in members]
    if context.method is not None:
        chapters.append(context.method)
    chapters += context.pages
    found = {one.id: keep(one, partial(_chapter, view, page.url, one, macros)) for one in chapters}
    line = view.texts.gettext("Edition {label}", label=context.edition.label)
    footer = f"{view.handbook.names.organisation} · {line} · SHA-256 {context.hash[:16]}…"
    return {
        "complete": module.complete(context, found),
        "style": PAPER.replace("FOOTER", css_text(footer)),
    }


def _chapter(view: View, here: str, chapter: Chapter, macros: Any) -> Markup:
    """A chapter's text, its sections numbered."""

    def link(target: str) -> str:
        return view.link(target, here)

    html = inside(html_of(chapter.markdown), chapter.id, chapter.folder, link)
    html = set_blocks(html, _chapter_blocks(view, chapter, macros))
    count = 0

    def numbered(found: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return f'{found[0]}<span class="sw-number">{escape(chapter.number)}.{count}</span> '

    shown = chapter.context
    errata: Markup = macros.errata(shown.method if isinstance(shown, MethodContext) else shown.revision)
    # The wording went through the sanitiser; what is added is escaped here.
    return Markup(_HEADING.sub(numbered, html)) + errata.strip()


def _chapter_blocks(view: View, chapter: Chapter, macros: Any) -> Mapping[str, str]:
    context = chapter.context
    if isinstance(context, MethodContext):
        if context.example is None or context.example_month is None:
            return {"example": ""}
        # The row writer escapes every value where it writes it.
        maths = Markup(RowWriter(view).measure(context.example.main, context.example_month, level=4))
        return {"example": str(macros.example(context, maths))}
    if isinstance(context, PageContext):
        return {}
    return {
        "measures": str(macros.measures(context, 4)),
        "anchors": str(macros.anchors(context, "h4")),
        "steps": str(macros.steps(context)),
    }


def css_text(text: str) -> str:
    """A text as a string of CSS, harmless within a page."""
    return '"' + "".join(char if char.isalnum() or char in " .,·-…" else f"\\{ord(char):x} " for char in text) + '"'


def columns_of(sources: Any) -> dict[str, ColumnWords]:
    """By name of a column: its words, where it has any."""
    found: dict[str, ColumnWords] = {}
    for source in sources.sources.values() if sources is not None else ():
        for name, column in source.form.columns.items():
            if column.title is not None or column.value_labels:
                found.setdefault(name, ColumnWords(column.title, column.value_labels))
    return found
