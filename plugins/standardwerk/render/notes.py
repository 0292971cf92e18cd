"""Notes and replies to HTML: plain Markdown. Raw HTML shows as text; images and headings are not let through."""

from __future__ import annotations

from functools import lru_cache

import markdown
import nh3
from markupsafe import Markup

_TAGS = {"p", "br", "ul", "ol", "li", "strong", "em", "a", "blockquote", "code", "pre"}
_SCHEMES = {"http", "https", "mailto"}


@lru_cache(maxsize=1)
def _converter() -> markdown.Markdown:
    converter = markdown.Markdown(extensions=["sane_lists", "nl2br"])
    converter.preprocessors.deregister("html_block")
    converter.inlinePatterns.deregister("html")
    return converter


def note_html(text: str) -> Markup:
    """A note as HTML."""
    html = _converter().reset().convert(text.replace("\0", "\ufffd"))
    clean = nh3.clean(html, tags=_TAGS, attributes={"a": {"href"}}, url_schemes=_SCHEMES)
    # Cleaned by an allow-list just above.
    return Markup(clean)
