"""What the host was told, and what loading gives back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, NoReturn

from standardwerk.cluster import Cluster
from standardwerk.comparison import Cards
from standardwerk.diagnostics import Diagnostic, Diagnostics, discreet
from standardwerk.evaluate.published import Difference
from standardwerk.load.project import LoadedProject
from standardwerk.memory import Memory, Prints, recall
from standardwerk.model.handbook import Handbook
from standardwerk.model.project import Project
from standardwerk.pipeline.prints import content_print, page_prints, whole_prints
from standardwerk.render.texts import Texts
from standardwerk.render.view import View
from standardwerk.site.contexts import Site
from standardwerk.site.extract import ALL, Extract, extract_for
from standardwerk.workers import Processes, Workers, worker_count


@dataclass(frozen=True)
class Options:
    """What the host was told."""

    config_file: Path
    standards_dir: Path
    scorecards_dir: Path | None
    as_of: date
    workers: int | None
    """Processes for the personal pages; None: as many as there are processors, none for a small site."""
    offline: bool
    theme_dir: Path
    private_log: bool = False
    """Whether messages leave out what they would say of people."""
    cluster: str = ""
    """The address of a Dask scheduler; then its workers write the personal pages."""
    audience: str = ALL
    """For whom the site is built: ``all``, ``handbook``, ``team:<id>``, ``rep:<id>``."""

    def hire(self, pages: int) -> Workers | None:
        """The workers that a number of scorecard pages is worth; None: they are written in this process."""
        if self.cluster:
            return Cluster(self.cluster)
        count = worker_count(self.workers, pages)
        return Processes(count) if count > 1 else None

    def told(self, found: Iterable[Diagnostic]) -> list[Diagnostic]:
        """Diagnostics as messages may tell them."""
        if not self.private_log or self.scorecards_dir is None:
            return list(found)
        return discreet(found, self.shown(self.scorecards_dir))

    def shown(self, folder: Path) -> str:
        """What a folder is called in messages."""
        base = self.config_file.parent
        return folder.relative_to(base).as_posix() if folder.is_relative_to(base) else folder.name


@dataclass
class Loaded:
    """The outcome of loading: a project, if there is enough for one, and everything that is wrong."""

    project: LoadedSite | None
    diagnostics: Diagnostics
    watch: tuple[Path, ...]
    read: LoadedProject | None = None
    """What was read in spite of errors; None if there is not even a handbook."""


@dataclass
class LoadedSite:
    """A project with its texts and rows."""

    loaded: LoadedProject
    site: Site
    texts: Mapping[str, Texts]
    options: Options
    differences: tuple[Difference, ...] = ()
    """Published figures of closed months that come out differently now."""
    cards: Cards | None = None
    """All scorecards, if they were made to be compared, in this process."""
    workers: Workers | None = None
    """Processes that compared, and will write."""
    memory: Memory | None = None
    """That of a process that serves."""
    views: dict[str, View] = field(default_factory=dict)
    found: tuple[Diagnostic, ...] = ()
    """Warnings and notes; errors of a month that is held back are among them."""

    @cached_property
    def prints(self) -> Prints:
        """Hashes of pages."""
        return recall(self.memory, "prints", lambda: "pages", page_prints).turn()

    @cached_property
    def whole_prints(self) -> Prints:
        """Hashes of values with everything they say."""
        return recall(self.memory, "prints", lambda: "whole", whole_prints).turn()

    @cached_property
    def shared_print(self) -> bytes:
        """A hash of what all public pages share: names, days, texts, templates."""
        site, theme = self.site, self.options.theme_dir
        told = [getattr(site, field.name) for field in fields(site) if field.name != "handbook"]
        return self.prints.of(
            (site.handbook.names, site.handbook.editions, told),
            (self.personal, self.options.offline, self.options.audience),
            content_print(theme / "templates", "*"),
            [texts.print for texts in self.texts.values()],
        )

    @property
    def project(self) -> Project:
        """The values."""
        return self.loaded.project

    @property
    def handbook(self) -> Handbook:
        """The handbook."""
        return self.loaded.project.handbook

    @property
    def personal(self) -> bool:
        """Whether scorecards are built."""
        return self.project.scoring is not None and self.extract.has_people

    @cached_property
    def extract(self) -> Extract:
        """What of the personal pages the site holds. Raises :class:`NoExtractError` for an audience there is not."""
        return extract_for(self.options.audience, self.project)

    def view(self, language: str) -> View:
        """The view of a language."""
        if language not in self.views:
            self.views[language] = make_view(self.site, language, self.texts[language], self.options)
        return self.views[language]

    def block_view(self, language: str) -> View:
        """The view for the blocks of handbook pages: of the handbook it has nothing but names and editions."""
        key = f"blocks {language}"
        if key not in self.views:
            nothing = _NotHere()
            handbook = Handbook(
                self.handbook.names, self.handbook.editions, nothing, nothing, nothing, nothing, nothing
            )
            site = replace(self.site, handbook=handbook)
            self.views[key] = make_view(site, language, self.texts[language], self.options)
        return self.views[key]


class _NotHere(tuple[Any, ...]):
    """Stands for what a page's blocks may not look at: what they show is their page's context."""

    __slots__ = ()

    def _refuse(self, *_arguments: object) -> NoReturn:
        raise LookupError("The blocks of a handbook page show its context, not what else is in the handbook.")

    __iter__ = __len__ = __getitem__ = __contains__ = __bool__ = _refuse


def make_view(site: Site, language: str, texts: Texts, options: Options) -> View:
    """The view of a language."""
    return View(site, language, texts, options.theme_dir / "templates", index_file=options.offline)
