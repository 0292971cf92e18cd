"""The public pages: what the host is given to build."""

from __future__ import annotations

import decimal
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from markupsafe import Markup

from standardwerk.evaluate.exact import exact_context
from standardwerk.load.revisions import ATTACHMENTS
from standardwerk.memory import recall
from standardwerk.model.handbook import Method
from standardwerk.model.months import Month
from standardwerk.model.scores import StandardScore
from standardwerk.model.seals import EditionHashes
from standardwerk.pipeline.project import LoadedSite, Options
from standardwerk.render import pages as render_pages
from standardwerk.render.feed import FEED, edition_feed
from standardwerk.render.theme import stylesheet
from standardwerk.render.wording import blocks as wording_blocks
from standardwerk.site import urls
from standardwerk.site.contexts import Chapter, EditionsContext, ScorecardContext
from standardwerk.site.example import evaluate_example
from standardwerk.site.handbook_pages import HandbookPages
from standardwerk.site.plan import HandbookPage
from standardwerk.site.sample import sample_data


def handbook_pages(
    site: LoadedSite, options: Options | None = None, *, personal: bool | None = None
) -> tuple[HandbookPage, ...]:
    """The public pages. ``personal``: whether there will be scorecards beside them; as configured if not given."""
    with_cards = site.personal if personal is None else personal
    examples: dict[int, tuple[StandardScore, Month] | None] = {}
    hashes = EditionHashes(site.handbook, site.loaded.fingerprints)

    def example(method: Method) -> tuple[StandardScore, Month] | None:
        if site.project.scoring is None:
            return None
        if id(method) not in examples:
            with decimal.localcontext(exact_context()):
                examples[id(method)] = evaluate_example(site.project.scoring, method)
        return examples[id(method)]

    samples = _sample_contexts(site)

    access = site.project.access
    organisation = site.personal and access is not None and "organisation" in access.everyone
    found: list[HandbookPage] = []
    for language in site.handbook.languages:
        translate = site.texts[language].gettext
        found += HandbookPages(
            site.site,
            language,
            translate,
            example,
            with_cards,
            wording_blocks,
            hashes,
            samples.get,
            organisation,
            site.extract.kind,
        ).pages()
    return tuple(found)


def _sample_contexts(site: LoadedSite) -> Mapping[str, ScorecardContext]:
    """The sample scorecard by language; nothing if there is none."""
    scoring, as_of = site.project.scoring, site.site.as_of
    data = sample_data(scoring, as_of) if scoring is not None else None
    if data is None:
        return {}
    languages = site.handbook.languages

    def make() -> Mapping[str, ScorecardContext]:
        with decimal.localcontext(exact_context()):
            evaluated = data.evaluated()
            return {} if evaluated is None else {each: evaluated.context(as_of, each) for each in languages}

    return recall(site.memory, "sample", lambda: site.whole_prints.of(data, as_of, languages), make)


def render_blocks(site: LoadedSite, page: HandbookPage) -> Mapping[str, str]:
    """The generated parts of a public page, as trusted HTML."""

    def key(*values: object) -> bytes:
        return site.prints.of(site.shared_print, *values)

    def keep(chapter: Chapter, make: Callable[[], Markup]) -> Markup:
        return recall(site.memory, "chapter", lambda: key(page.language, page.url, chapter), make)

    def make() -> Mapping[str, str]:
        return render_pages.blocks(site.block_view(page.language), page, site.personal, keep)

    return recall(site.memory, "blocks", lambda: key(page), make)


def feeds(site: LoadedSite, pages: Iterable[HandbookPage], base: str) -> Mapping[str, str]:
    """The feed of editions in each language, by path; ``base`` is the address of the site's root, if it is known."""
    return {
        page.url + FEED: edition_feed(site.view(page.language), page.context, page.url, base)
        for page in pages
        if isinstance(page.context, EditionsContext)
    }


def root_page(site: LoadedSite) -> str:
    """The choice of language at ``/``."""
    names = site.handbook.names
    first = site.handbook.languages[0]
    template = site.view(first).environment.get_template("root.html")
    return template.render(
        first=first,
        titles=names.title,
        organisation=names.organisation,
        choices={code: language.name for code, language in names.languages.items()},
        index="index.html" if site.options.offline else "",
        style=stylesheet(site.options.theme_dir)[0],
    )


def assets(site: LoadedSite, options: Options | None = None) -> Mapping[str, Path]:
    """Images and attachments of the handbook: by path in the site. They lie beside each page that may show them."""
    found: dict[str, Path] = {}
    root = site.options.standards_dir
    trees = [f"{language}/" for language in site.handbook.languages]
    trees += [
        urls.tree(language, edition) for language in site.handbook.languages for edition in site.handbook.editions
    ]
    for file in sorted(root.rglob("*")):
        if not file.is_file() or file.suffix.lower() not in ATTACHMENTS:
            continue
        inside = file.relative_to(root)
        if any(part.startswith(".") for part in inside.parts):
            continue
        folder = inside.parts[0] if len(inside.parts) > 1 else ""
        is_standard = any(standard.id == folder for standard in site.handbook.standards)
        where = f"standards/{inside.as_posix()}" if is_standard else inside.as_posix()
        for tree in trees:
            found[tree + where] = file
    return found
