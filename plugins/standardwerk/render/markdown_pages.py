"""Handbook pages as Markdown files for other generators: texts as Markdown, generated parts as HTML in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

import yaml

from standardwerk.render.sanitise import set_blocks
from standardwerk.render.theme import EXTENSIONS, FEATURES, palette
from standardwerk.render.wording import html_of, loses_nothing
from standardwerk.site.plan import HandbookPage, relative, url_of

Names = Mapping[str, str]
"""The exported languages: by code their own names, the original first."""

FOLDER = "docs"
"""Where the pages lie in an export."""
#: Blocks that the theme shows around the text, in their order; here they follow the title.
_FRAME = ("banner", "edition", "notice")
_BLOCK = re.compile(r"^\[\[block:([a-z0-9-]+)\]\]$", re.MULTILINE)
_TITLE = re.compile(r"^# .*$", re.MULTILINE)
_BLANK_LINES = re.compile(r"\n\s*\n")
_BLANK_LINE = re.compile(r"\n[ \t]*(?=\n)")
_FILE = re.compile(r'(<a\b[^<>]* href=")([^":]*?)index\.md(#[^"]*)?"')
#: What another reader of Markdown might take for HTML, or for a link that runs, where ours sees code or text.
_DOUBTFUL = re.compile(
    r"<(?!https?:|mailto:)[a-z/!?]|&(?:#|[a-z]+;)|script\\?:\S|data\\?:(?:[a-z]+/|[;,])", re.IGNORECASE
)


def markdown_page(page: HandbookPage, blocks: Mapping[str, str], languages: Names) -> str:
    """A page as a file.

    A text with HTML in it, or with anything that the site would not show, is given as the HTML that the site shows:
    what another generator lets through is not known.
    """
    around = [_ways(page, languages), *[blocks[name] for name in _FRAME if blocks.get(name)]]
    frame = f'<div class="sw-frame">{"".join(around)}</div>' if any(around) else ""
    text = page.markdown
    if _DOUBTFUL.search(text) or not loses_nothing(text):
        html = _FILE.sub(lambda found: f'{found[1]}{found[2] or "./"}{found[3] or ""}"', html_of(text))
        body = _html(set_blocks(html.replace("</h1>", f"</h1>\n{frame}", 1), blocks))
    else:
        body = _TITLE.sub(lambda found: f"{found[0]}\n\n{_html(frame)}", text, count=1)
        body = _BLOCK.sub(lambda found: f"\n{_html(blocks.get(found[1], ''))}\n", body)
    return f"---\n{_yaml(_meta(page))}---\n\n{body.strip()}\n"


def _meta(page: HandbookPage) -> dict[str, Any]:
    found: dict[str, Any] = {"title": page.title, "lang": page.language}
    if page.hidden:
        found["hide"] = list(page.hidden)
    if page.edition is not None:
        found["search"] = {"exclude": True}
    return found


def _ways(page: HandbookPage, languages: Names) -> str:
    """Links to the same page in the other languages."""
    links = [
        f'<a href="{escape(relative(url_of(page.alternates[code]), page.url))}" hreflang="{code}" lang="{code}">'
        f"{escape(name)}</a>"
        for code, name in languages.items()
        if code != page.language and code in page.alternates
    ]
    return f"<p>{' · '.join(links)}</p>" if links else ""


def _html(html: str) -> str:
    """HTML as a part of Markdown: one element on lines of its own, none of them empty, since an empty line ends it."""
    html = html.strip()
    html = _BLANK_LINE.sub("&#10;", html) if "<pre" in html else _BLANK_LINES.sub("\n", html)
    return f"<div>\n{html}\n</div>" if html else ""


def start_page(title: str, languages: Names) -> str:
    """The choice of language."""
    ways = "\n".join(f"- [{name}]({code}/index.md)" for code, name in languages.items())
    return f"---\n{_yaml({'title': title, 'hide': ['navigation']})}---\n\n# {title}\n\n{ways}\n"


def settings(
    title: str, pages: Iterable[HandbookPage], languages: Names, theme_language: str, style: str, scripts: Iterable[str]
) -> str:
    """``mkdocs.yml`` of an export: what MkDocs, and others that read it, need of settings."""
    trees: dict[str, list[HandbookPage]] = {code: [] for code in languages}
    for page in pages:
        if page.edition is None and page.section is not None:
            trees[page.language].append(page)
    navigation = {code: _navigation(found) for code, found in trees.items()}
    found = {
        "site_name": title,
        "docs_dir": FOLDER,
        "theme": {
            "name": "material",
            "language": theme_language,
            "font": False,
            "features": list(FEATURES),
            "palette": palette(),
        },
        "plugins": [{"search": {"lang": list(languages)}}],
        "markdown_extensions": [{name: dict(values)} if values else name for name, values in EXTENSIONS.items()],
        "extra_css": [style],
        "extra_javascript": list(scripts),
        "nav": next(iter(navigation.values()))
        if len(languages) == 1
        else [{languages[code]: items} for code, items in navigation.items()],
        "not_in_nav": "/index.md\n/*/editions/*/\n",
    }
    return _yaml(found)


def _navigation(pages: list[HandbookPage]) -> list[Any]:
    items: list[Any] = []
    sections: dict[tuple[str, ...], list[Any]] = {(): items}
    for page in sorted(pages, key=lambda page: (page.section.order if page.section else (), page.path)):
        titles = page.section.titles if page.section else ()
        for level in range(1, len(titles) + 1):
            if titles[:level] not in sections:
                sections[titles[:level]] = []
                sections[titles[: level - 1]].append({titles[level - 1]: sections[titles[:level]]})
        sections[titles].append({page.title: page.path})
    return items


def _yaml(values: Mapping[str, Any]) -> str:
    return yaml.safe_dump(dict(values), allow_unicode=True, sort_keys=False, width=1_000_000)
