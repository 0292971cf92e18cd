"""Links of a wording (``standard:<id>``, ``method:``, ``page:<name>``) to pages of the same language and edition."""

from __future__ import annotations

import re

from standardwerk.model.handbook import Edition
from standardwerk.site import urls
from standardwerk.site.plan import relative

_LINK = re.compile(r"\]\((standard|method|page):([^)#\s]*)(#[^)\s]*)?\)")
_FENCE = re.compile(r"^\s{0,3}(```+|~~~+)")


def resolve(markdown: str, language: str, edition: Edition | None, here: str) -> str:
    """Replace the links of a text on the page at address ``here``; code blocks stay as they are.

    Links lead to the Markdown file of the page, which the host turns into an address and checks.
    """

    def target(match: re.Match[str]) -> str:
        kind, name, section = match[1], match[2], match[3] or ""
        if kind == "standard":
            url = urls.standard(language, edition, name)
        elif kind == "method":
            url = urls.method(language, edition)
        else:
            url = urls.page(language, edition, name)
        return f"]({relative(url + 'index.md', here)}{section})"

    lines: list[str] = []
    fence = ""
    for line in markdown.split("\n"):
        mark = _FENCE.match(line)
        if mark and not fence:
            fence = mark[1]
        elif mark and mark[1][0] == fence[:1] and len(mark[1]) >= len(fence):
            fence = ""
        lines.append(line if fence or mark else _LINK.sub(target, line))
    return "\n".join(lines)
