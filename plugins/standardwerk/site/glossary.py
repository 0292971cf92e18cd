"""The glossary's page, and the terms that other pages refer to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from standardwerk.model.terms import Term, replace_marks
from standardwerk.site import urls
from standardwerk.site.plan import HandbookPage, Section, relative
from standardwerk.site.sorting import sort_words

if TYPE_CHECKING:
    from standardwerk.site.handbook_pages import HandbookPages

#: Characters that mean something in Markdown.
_MARKUP = re.compile(r"([\\`*_{}\[\]()#+\-.!|~:=^])")


@dataclass(frozen=True, slots=True)
class GlossaryContext:
    """The list of terms, in the order of the language."""

    terms: tuple[Term, ...]


def glossary_page(pages: HandbookPages) -> HandbookPage:
    """All terms with their definitions; each is a heading, so that search finds it and the page lists it."""
    language, title = pages.language, pages._("Glossary")
    terms = tuple(sorted(pages.handbook.terms, key=lambda term: (sort_words(term.term[language]), term.id)))
    parts = [f"# {title}", "[[block:glossary]]"]
    for term in terms:
        parts += [f"## {as_text(term.term[language])} {{#{term.id}}}", f"[[block:term-{term.id}]]"]
    section = Section((pages._("About the handbook"),), (2, 700))
    url = urls.glossary(language)
    return pages.page(url, "glossary", None, title, "\n\n".join(parts), section, context=GlossaryContext(terms))


def with_terms(markdown: str, here: str, language: str, known: Mapping[str, Term]) -> tuple[str, tuple[Term, ...]]:
    """A text whose marks lead to the glossary, and the terms it refers to, each once. Unknown ones are plain words.

    A link names the place of its definition on the same page (``sw-term-<id>``), for those who do not see it.
    """
    found: dict[str, Term] = {}
    address = relative(urls.glossary(language) + "index.md", here)

    def link(words: str, identity: str) -> str:
        if identity not in known:
            return words
        found[identity] = known[identity]
        return f'[{words}]({address}#{identity}){{ .sw-term aria-describedby="sw-term-{identity}" }}'

    text = replace_marks(markdown, link)
    return text, tuple(found.values())


def as_text(words: str) -> str:
    """Plain words as Markdown that shows just them."""
    return _MARKUP.sub(r"\\\1", words).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
