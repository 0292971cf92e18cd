"""Links of a wording (``standard:<id>``, ``method:``, ``page:<name>``) to pages of the same language and edition."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from standardwerk.model.handbook import Edition
from standardwerk.model.terms import lines_of
from standardwerk.site import urls
from standardwerk.site.plan import relative

_KINDS = ("standard", "method", "page")
_LINK = re.compile(r"(?:\[((?:[^\[\]\\]|\\.)*))?\]\((standard|method|page):([^)#\s]*)(#[^)\s]*)?\)")

Target = Callable[[str, str, str], str | None]
"""Kind, name and section of a link to where it leads; None: nowhere, and only the words stay."""


def resolve(
    markdown: str,
    language: str,
    edition: Edition | None,
    here: str,
    absent: Mapping[str, Edition | None] | None = None,
) -> str:
    """Replace the links of a text on the page at address ``here``; code blocks stay as they are.

    Links lead to the Markdown file of the page, which the host turns into an address and checks. Standards and pages
    that the edition does not have are in ``absent``, with the edition in which they are read.
    """
    elsewhere = absent or {}

    def target(kind: str, name: str, section: str) -> str | None:
        if kind == "method":
            return relative(urls.method(language, edition) + "index.md", here) + section
        tree = elsewhere.get(name, edition)
        if name in elsewhere and tree is None:
            return None
        url = urls.standard(language, tree, name) if kind == "standard" else urls.page(language, tree, name)
        return relative(url + "index.md", here) + section

    return replace_links(markdown, target)


def replace_links(markdown: str, target: Target) -> str:
    """Replace the links of ours in a text; code blocks stay as they are."""

    def replaced(match: re.Match[str]) -> str:
        words, kind, name, section = match[1], match[2], match[3], match[4] or ""
        address = target(kind, name, section)
        if address is not None:
            return f"[{words}]({address})" if words is not None else f"]({address})"
        return words if words is not None else "]"

    if not any(f"({kind}:" in markdown for kind in _KINDS):
        return markdown
    return "\n".join(
        line if is_code or "](" not in line else _LINK.sub(replaced, line) for line, is_code in lines_of(markdown)
    )
