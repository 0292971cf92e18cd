"""The handbook as Markdown and static files, for other generators."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from standardwerk.pipeline.handbook import assets, feeds, handbook_pages
from standardwerk.pipeline.project import LoadedSite
from standardwerk.render import pages as render_pages
from standardwerk.render.markdown_pages import FOLDER, markdown_page, settings, start_page
from standardwerk.render.theme import published_assets, stylesheet


def markdown_files(site: LoadedSite, languages: Sequence[str]) -> Mapping[str, str | Path]:
    """By path in the export: the text of a file, or a file to copy. Nothing personal is among them."""
    names = site.handbook.names
    chosen = {code: name.name for code, name in names.languages.items() if code in languages}
    first = next(iter(chosen))
    theme = site.options.theme_dir
    pages = [page for page in handbook_pages(site, personal=False) if page.language in chosen]
    style, text = stylesheet(theme)
    scripts = published_assets(theme, "javascripts/*.js")
    title = names.title[first]
    found: dict[str, str | Path] = {
        "mkdocs.yml": settings(title, pages, chosen, first.partition("-")[0], style, scripts),
        f"{FOLDER}/index.md": start_page(title, chosen),
        f"{FOLDER}/{style}": text,
    }
    for page in pages:
        blocks = render_pages.blocks(site.block_view(page.language), page, personal=False)
        found[f"{FOLDER}/{page.path}"] = markdown_page(page, blocks, chosen)
    for path, text in feeds(site, pages, "").items():
        found[f"{FOLDER}/{path}"] = text
    for path, file in assets(site).items():
        if path.partition("/")[0] in chosen:
            found[f"{FOLDER}/{path}"] = file
    for path in (*scripts, *published_assets(theme, "fonts/*")):
        found[f"{FOLDER}/{path}"] = theme / path
    return found
