"""The data-quality pages, if anybody may read them."""

from __future__ import annotations

from collections.abc import Iterator

from standardwerk.model.months import Month
from standardwerk.pipeline.project import LoadedSite
from standardwerk.render.data_quality import data_quality
from standardwerk.render.view import View
from standardwerk.site.data_quality import Intakes, data_quality_contexts
from standardwerk.site.places import PAGE_KINDS


def data_quality_pages(site: LoadedSite) -> Iterator[tuple[View, Month, str, str]]:
    """The pages of all months and languages: view, month, title, content. None if nobody may read them."""
    project, read = site.project, site.loaded
    scoring, roster, access = project.scoring, project.roster, project.access
    if scoring is None or roster is None or access is None:
        return
    permission = PAGE_KINDS["data-quality"].permission
    if not access.grants(permission) or not site.extract.has_group(permission):
        # A page that nobody may open is personal data lying about.
        return
    folder = site.options.scorecards_dir
    shown = site.options.shown(folder) if folder is not None else ""
    given = Intakes(
        project, scoring, roster, read.rows.arrivals, site.found, shown, read.changed_inputs, read.rows.imports
    )
    for language in site.handbook.languages:
        view = site.view(language)
        for context in data_quality_contexts(given, language):
            title = view.texts.gettext("Data quality") + f" – {view.formats.month(context.month)}"
            yield view, context.month, title, data_quality(view, context)
