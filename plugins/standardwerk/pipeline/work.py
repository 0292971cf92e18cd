"""What every process that writes personal pages knows, and how a page is put into its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from standardwerk.model.access import Access
from standardwerk.model.months import Month
from standardwerk.model.project import Scoring
from standardwerk.model.remainder import Remainder
from standardwerk.model.retention import Keeping
from standardwerk.pipeline.project import Options
from standardwerk.publish.writer import Writer
from standardwerk.render.shell import Shell, ShellKey
from standardwerk.render.texts import Texts
from standardwerk.render.view import View
from standardwerk.site.contexts import Site
from standardwerk.site.extract import WHOLE, Extract
from standardwerk.site.places import PAGE_KINDS, Kind


@dataclass(frozen=True)
class Work:
    """What every worker needs, sent once."""

    scoring: Scoring
    site: Site
    texts: Mapping[str, Texts]
    options: Options
    shells: Mapping[ShellKey, Shell]
    team_names: Mapping[tuple[str, Month], tuple[str, str]]
    people_names: Mapping[str, str]
    """By id: the newest names of all people."""
    closed_on: Mapping[Month, date]
    access: Access
    root: Path
    remainder: Remainder = field(default_factory=Remainder)
    keeping: Keeping = field(default_factory=Keeping)
    extract: Extract = WHOLE

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the site, the original first."""
        return tuple(self.texts)


def shell_key(language: str, kind: Kind) -> ShellKey:
    """The shell of a kind of page."""
    return ShellKey(language, kind.name, kind.depth, kind.sensitivity)


def write_page(
    work: Work, writer: Writer, view: View, kind: str, url_in: Callable[[str], str], title: str, html: str
) -> None:
    """Set a page into the theme's frame and write it. ``url_in``: its address in a language."""
    url = url_in(view.language)
    shell = work.shells[shell_key(view.language, PAGE_KINDS[kind])]
    alternates = {code: view.link(url_in(code), url) for code in work.languages}
    writer.write(f"{url}index.html", shell.fill(title=title, content=html, alternates=alternates))
