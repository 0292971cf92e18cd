"""The glossary: terms with their definitions, and the marks by which a text refers to one.

A text marks a term as ``[quotas](term:quota)``. The mark is an aid: the text says the same without it, so neither a
seal nor a comparison of two wordings sees it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

from standardwerk.model.fields import Form, Id, LocalText, Text

_MARK = re.compile(r"\[((?:[^\[\]\\]|\\.)*)\]\(term:([^)\s]*)\)")
_FENCE = re.compile(r"^\s{0,3}(```+|~~~+)")


class Term(Form):
    """A term of the handbook."""

    id: Id
    """What marks in texts call it: ``[words](term:id)``."""
    term: LocalText
    """The word itself, in each language."""
    synonyms: Mapping[str, tuple[Text, ...]] = {}
    """By language: other words for the same, which readers may look for."""
    definition: LocalText
    """What it means, in each language: plain text."""


class Glossary(Form):
    """``glossary.yml``."""

    terms: tuple[Term, ...]
    """All terms; each page shows them in the order of its language."""


def lines_of(text: str) -> Iterator[tuple[str, bool]]:
    """The lines of a Markdown text, each with whether it belongs to a block of code."""
    fence = ""
    for line in text.split("\n"):
        mark = _FENCE.match(line)
        if mark and not fence:
            fence = mark[1]
        elif mark and mark[1][0] == fence[:1] and len(mark[1]) >= len(fence):
            fence = ""
        yield line, bool(fence or mark)


def replace_marks(text: str, replaced: Callable[[str, str], str]) -> str:
    """A text with something else for each mark: ``replaced`` gets its words and the term's id."""
    if "](term:" not in text:
        return text
    return "\n".join(
        line if is_code else _MARK.sub(lambda mark: replaced(mark[1], mark[2]), line)
        for line, is_code in lines_of(text)
    )


@lru_cache(maxsize=4096)
def without_marks(text: str) -> str:
    """A text without the marks of terms: their words stay."""
    return replace_marks(text, lambda words, identity: words)
