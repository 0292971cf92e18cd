"""Composes the layers: load, evaluate, plan, render, publish. Knows no host."""

from standardwerk.pipeline.figures import NotThereError, explain, scorecards_of
from standardwerk.pipeline.handbook import assets, feeds, handbook_pages, render_blocks, root_page
from standardwerk.pipeline.loading import load, locale_folders, report_texts
from standardwerk.pipeline.on_demand import PagesOnDemand
from standardwerk.pipeline.personal import PersonalPages, publish_personal, shell_keys, start_personal
from standardwerk.pipeline.prints import content_print
from standardwerk.pipeline.project import Loaded, LoadedSite, Options
from standardwerk.pipeline.status import status
from standardwerk.site.extract import NoExtractError

__all__ = [
    "Loaded",
    "LoadedSite",
    "NoExtractError",
    "NotThereError",
    "Options",
    "PagesOnDemand",
    "PersonalPages",
    "assets",
    "content_print",
    "explain",
    "feeds",
    "handbook_pages",
    "load",
    "locale_folders",
    "publish_personal",
    "render_blocks",
    "report_texts",
    "root_page",
    "scorecards_of",
    "shell_keys",
    "start_personal",
    "status",
]
