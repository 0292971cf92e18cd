"""The plugin's part in ``mkdocs serve``: rebuilds that make only what is new, and a page of faults."""

from __future__ import annotations

import gc
import logging
import pickle
import re
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar

import click
import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import CountHandler, clean_directory, write_file
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingEmitter

from standardwerk import pipeline
from standardwerk.memory import Memory, plain_print, recall
from standardwerk.plugin_pages import plain_contents, shown_item, with_files, without_files
from standardwerk.render.compiled import CompiledTemplates, KeptEnvironments
from standardwerk.render.faults import Unexpected, fault_page
from standardwerk.render.shell import Frame
from standardwerk.render.texts import Texts
from standardwerk.render.theme import EXTENSIONS
from standardwerk.serving import Served

log = logging.getLogger("mkdocs.plugins.standardwerk")

#: Seconds after a build until garbage is looked for.
PAUSE = 1.5
#: Seconds between two looks for changes.
LOOK = 0.2
#: Plugins of which is known that they change no page; with others pages are made anew each time.
_HARMLESS_PLUGINS = frozenset({"standardwerk", "search", "material/search"})
#: Extensions of Markdown whose outcome depends on the text and its settings alone.
_PURE_EXTENSIONS = frozenset({*EXTENSIONS, "meta", "fenced_code", "sane_lists", "md_in_html", "abbr", "smarty"})
#: How the marks begin by which Material's search takes a part of a page for more important, or leaves it out.
_SEARCH_MARK = "data-search-"
#: What rendering Markdown sets on a page.
_RENDERED = frozenset({"content", "toc", "_title_from_render", "present_anchor_ids", "links_to_anchors"})
#: Where the host's own templates lie. They do not change while it runs.
_HOST_FOLDERS = tuple(Path(str(resources.files(name))).resolve() for name in ("material", "mkdocs"))
#: By what a template of the project's own could show what is not its page's: the texts of others, a day, chance.
_OTHER_PAGES = re.compile(
    r"\bpages\b|\bbuild_date_utc\b|\brandom\b|(?<!\bpage)\.(content|markdown|toc|file)\b"
    r"|[\"'](content|markdown|toc|file|pages)[\"']"
)


Made = TypeVar("Made")


class Serving:
    """What is kept from one build of ``mkdocs serve`` to the next."""

    def __init__(self) -> None:
        self.memory = Memory()
        self.served = Served(self._failed)
        self.templates = CompiledTemplates()
        self._environments = KeptEnvironments(self.templates, _HOST_FOLDERS)
        self.connected = _reloads()
        """Whether the server will ask for pages."""
        self.texts = Texts("en")
        self.faults: str | None = None
        """The page of faults, if the build that is under way shows nothing else."""
        self.unwritten: dict[str, Callable[[], str]] = {}
        """Handbook pages by their files' paths: what gives their HTML when somebody asks for them."""
        self.new: set[str] = set()
        """Those of them that are not known from before: they are rendered then."""
        logging.getLogger("mkdocs.commands.build").addFilter(self._speaks_of)
        self._pause = threading.Timer(PAUSE, gc.collect)
        self._remembers = False
        self._waits = False
        self._shared = b""
        self._files = b""
        self._navs: dict[int, tuple[Navigation, bytes]] = {}
        self._key: bytes | None = None
        self._taken = ""

    # A build ----------------------------------------------------------------------------------------------------------

    def begin(self, config: MkDocsConfig, theme: Path) -> None:
        """A build begins."""
        self.served.begin()
        self.faults = None
        self._pause.cancel()
        # Values are made in great numbers and hardly any cycles; looking for these can wait for a pause.
        gc.disable()
        self._remembers = _is_predictable(config, theme) and self._can_print(config.mdx_configs)
        self._navs.clear()
        self._taken = ""
        self.unwritten, self.new = {}, set()
        settings = Path(config.config_file_path or "mkdocs.yml").read_bytes()
        own = _own_folders(config, theme)
        # A fault in a template of the project's own is told by the build, not page by page.
        self._waits = self._remembers and self.connected and not own
        looks = [pipeline.content_print(folder, "*") for folder in (theme, *own)]
        self._shared = plain_print(settings, looks, config.site_url, config.strict)
        self._environments.made_of(self._shared)

    def quicken(self, config: MkDocsConfig, phase: str) -> None:
        """Let the theme's templates be those that were loaded before. Each phase of a build has its own."""
        if not self._remembers:
            return
        make: Callable[[], jinja2.Environment] = type(config.theme).get_env.__get__(config.theme)

        def kept() -> jinja2.Environment:
            return self._environments.get((phase, *config.theme.dirs), make)

        config.theme.get_env = kept  # type: ignore[method-assign]

    def stop(self) -> None:
        """No build comes after this."""
        self._pause.cancel()
        gc.enable()
        logging.getLogger("mkdocs.commands.build").removeFilter(self._speaks_of)

    def _can_print(self, value: object) -> bool:
        """Whether a setting is plain data; one that holds code may be anything."""
        try:
            plain_print(value)
        except (pickle.PicklingError, AttributeError, TypeError):
            return False
        return True

    def end(self) -> None:
        """A build is whole."""
        self.memory.turn()
        self._rest()

    def _rest(self) -> None:
        """Look for cycles once the browsers have the new page, not before."""
        self._pause = threading.Timer(PAUSE, gc.collect)
        self._pause.daemon = True
        self._pause.start()

    # Pages ------------------------------------------------------------------------------------------------------------

    def see_files(self, files: Files, config: MkDocsConfig) -> None:
        """Take note of all files: links to them are resolved when Markdown is rendered."""
        for name in ("search", "material/search"):
            self._remember_search(getattr(config.plugins.get(name), "search_index", None))
        self._files = plain_print([(file.src_uri, file.url, file.inclusion.name) for file in files])

    def _remember_search(self, index: Any) -> None:
        """Let a search index take apart only pages it does not know. Each build has a new one."""
        add = getattr(index, "add_entry_from_context", None)
        if not self._remembers or add is None or not isinstance(getattr(index, "entries", None), list):
            return

        def add_known(page: Page) -> None:
            add_once(page)
            if page.content and _SEARCH_MARK not in page.content:
                # The plugin now looks through the whole page for its marks.
                self._taken, page.content = page.content, ""

        def add_once(page: Page) -> None:
            key = plain_print(
                self._shared, page.content, page.meta, str(page.title), page.url, plain_contents(page.toc)
            )
            known = self.memory.find("search", key)
            if known is not None:
                index.entries.extend(map(dict, known))
                return
            before = len(index.entries)
            add(page)
            self.memory.keep("search", key, [dict(entry) for entry in index.entries[before:]])

        index.add_entry_from_context = add_known

    def give_back(self, page: Page) -> None:
        """What the search plugin was kept from looking through. To be asked for after it had the page."""
        if self._taken:
            page.content, self._taken = self._taken, ""

    def render(self, page: Page, config: MkDocsConfig, files: Files, render: Callable[[], None]) -> None:
        """Render a page's Markdown, or set what it gave before. A text that was warned of is rendered each time."""
        if not self._remembers:
            render()
            return
        given = (self._shared, self._files, page.file.src_uri, page.markdown, config.mdx_configs)
        key = plain_print(given)
        found = self.memory.find("markdown", key)
        if found is not None:
            page.__dict__.update(with_files(found, files))
            return
        before = dict(page.__dict__)
        with _Heard() as heard:
            render()
        after = {name: value for name, value in page.__dict__.items() if before.get(name, before) is not value}
        if not heard.count and after.keys() <= _RENDERED:
            self.memory.keep("markdown", key, without_files(after))

    def recall(self, kind: str, key: str, make: Callable[[], str]) -> str:
        """What a pure function makes of a text."""
        return self.memory.find(kind, key) or self.memory.keep(kind, key, make())

    def known(self, frame: Frame, page: Page, nav: Navigation, config: MkDocsConfig) -> Frame:
        """The frame of a page. It waits if it was rendered before, or need not be before the page is asked for."""
        if not self._remembers:
            return frame
        alternates = [(one.language, one.name, one.href) for one in frame.alternates]
        self._key = plain_print(
            (self._look(nav, config), config.theme["language"], config.site_name),
            (page.file.src_uri, page.url, str(page.title), page.content, page.meta, plain_contents(page.toc)),
            (page.canonical_url, page.abs_url, page.edit_url, page.update_date),
            (frame.language, frame.kind, frame.root, alternates, frame.sensitivity, dict(frame.places)),
        )
        is_known = self.memory.find("page", self._key) is not None
        return replace(frame, waits=True) if is_known or self._waits else frame

    def remembered(
        self, kind: str, given: object, nav: Navigation, config: MkDocsConfig, make: Callable[[], Made]
    ) -> Made:
        """What the theme makes of a navigation and what is given: as it was made before of the same."""
        if not self._remembers:
            return make()
        return recall(self.memory, kind, lambda: plain_print(self._look(nav, config), given), make)

    def _look(self, nav: Navigation, config: MkDocsConfig) -> tuple[object, ...]:
        """What pages of a navigation have in common."""
        return self._shared, self._nav(nav), list(map(str, config.extra_css)), list(map(str, config.extra_javascript))

    def learn(self, page: Page, output: str, finish: Callable[[str], str], render: Callable[[], str]) -> str:
        """Finish the page that was just rendered, and remember it.

        Of one that waits nothing was rendered. It is written when somebody asks for it, and rendered then by ``render``
        if it is not known from before.
        """
        key, self._key = self._key, None
        if key is None:
            return finish(output)
        known: str | None = self.memory.find("page", key)
        if known is None and not self._waits:
            return self.memory.keep("page", key, finish(output))
        name = page.file.dest_uri
        if known is None:
            self.new.add(name)
        self.unwritten[name] = lambda: known or self.memory.keep("page", key, finish(render()))
        return ""

    def _nav(self, nav: Navigation) -> bytes:
        found = self._navs.get(id(nav))
        if found is None:
            # The navigation is kept, so that its id stays its own.
            found = self._navs[id(nav)] = (nav, plain_print([shown_item(one) for one in nav.items]))
        return found[1]

    def _speaks_of(self, record: logging.LogRecord) -> bool:
        """Leaves out what MkDocs says of pages that are not written yet."""
        return not (self.unwritten and record.getMessage().startswith("Page skipped:"))

    # Faults -----------------------------------------------------------------------------------------------------------

    def show_faults(self, html: str, config: MkDocsConfig) -> None:
        """Let the build that is under way show nothing but the page of faults."""
        self.faults = html
        config.theme.static_templates.clear()
        config.extra_templates = []

    def fault_files(self, config: MkDocsConfig) -> Files:
        """All files of a site with faults."""
        assert self.faults is not None
        return Files([File.generated(config, name, content=self.faults) for name in ("index.html", "404.html")])

    def end_with_faults(self, config: MkDocsConfig) -> None:
        """The build is whole: it shows the faults. It does not fail by the warnings that it shows, even if strict."""
        for handler in logging.getLogger("mkdocs").handlers:
            if isinstance(handler, CountHandler):
                handler.counts.clear()
        self.served.show_faults()
        self._rest()

    def connect(self, server: LiveReloadServer) -> None:
        """Stand between the server and its site, and between its changes and its builds."""
        self.connected = True
        building = threading.Event()
        _watch_closely(server, building)
        server.set_app(self.served.around(server.serve_request, server.mount_path))
        build = server.builder

        def guarded() -> None:
            building.set()
            try:
                build()
            except Exception as error:
                traceback.print_exception(error)
                clean_directory(server.root)
                for name in ("index.html", "404.html"):
                    write_file(self._failed(error).encode(), str(Path(server.root) / name))
                self.served.show_faults()
                self._rest()
            finally:
                building.clear()

        server.builder = guarded

    def _failed(self, error: Exception) -> str:
        return fault_page(self.texts, (), _unexpected(error))


class ServedPage(Page):
    """A page whose Markdown is rendered only if it, or what it depends on, has changed."""

    def __init__(self, title: str, file: File, config: MkDocsConfig, serving: Serving) -> None:
        super().__init__(title, file, config)
        self.__dict__["serving"] = serving

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Set content, contents and anchors."""
        self.__dict__["serving"].render(self, config, files, lambda: Page.render(self, config, files))


class _Heard(logging.Handler):
    """Counts what MkDocs has to say meanwhile."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.count = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.count += 1

    def __enter__(self) -> _Heard:
        logging.getLogger("mkdocs").addHandler(self)
        return self

    def __exit__(self, *_: object) -> None:
        logging.getLogger("mkdocs").removeHandler(self)


def _reloads() -> bool:
    """Whether MkDocs was told to reload; if that cannot be known, no."""
    context = click.get_current_context(silent=True)
    return context is not None and context.params.get("livereload") is True


class _Watch(PollingEmitter):
    """Does not look while a build is under way, which it would slow down: what changes meanwhile is seen after it."""

    def __init__(self, *given: Any, building: threading.Event, **named: Any) -> None:
        super().__init__(*given, **named)
        self._building = building

    def queue_events(self, timeout: float) -> None:
        if self._building.is_set():
            self.stopped_event.wait(timeout)
        else:
            super().queue_events(timeout)


def _watch_closely(server: LiveReloadServer, building: threading.Event) -> None:
    """Look for changes more often than MkDocs does: half of what an editor waits for would be the wait for that."""
    watched = dict(getattr(server, "_watched_paths", {}))
    for path, times in watched.items():
        for _ in range(times):
            server.unwatch(path)
    # What makes an emitter is as good as its class, and the server wants nothing of an observer but the base's.
    server.observer = BaseObserver(  # type: ignore[assignment]
        partial(_Watch, building=building),  # type: ignore[arg-type]
        timeout=LOOK,
    )
    for path, times in watched.items():
        for _ in range(times):
            server.watch(path)


def _is_predictable(config: MkDocsConfig, theme: Path) -> bool:
    """Whether a page is the same each time it is made of the same: no other plugin, extension or template has a say."""
    settings = Path(config.config_file_path or "mkdocs.yml").read_text("utf-8")
    templates = (file for folder in _own_folders(config, theme) for file in folder.rglob("*.html"))
    return (
        _HARMLESS_PLUGINS.issuperset(config.plugins)
        and not config.hooks
        and _PURE_EXTENSIONS.issuperset(config.markdown_extensions)
        and not any(_OTHER_PAGES.search(file.read_text("utf-8")) for file in templates)
        and not re.search(r"^INHERIT\s*:", settings, re.MULTILINE)
    )


def _own_folders(config: MkDocsConfig, theme: Path) -> list[Path]:
    """The folders of templates that are the project's own."""
    folders = [Path(folder).resolve() for folder in config.theme.dirs]
    hosts = (theme.resolve(), *_HOST_FOLDERS)
    return [one for one in folders if not any(one.is_relative_to(host) for host in hosts)]


def _unexpected(error: Exception) -> Unexpected:
    """What can be told of an exception: of a template its file and line, else the place in the code."""
    file, line = "", 0
    if isinstance(error, jinja2.TemplateSyntaxError):
        file, line = Path(error.filename or error.name or "").name, error.lineno
    elif not isinstance(error, click.ClickException):
        with suppress(IndexError):
            last = traceback.extract_tb(error.__traceback__)[-1]
            file, line = Path(last.filename).name, last.lineno or 0
    kind = "" if isinstance(error, click.ClickException) else f"{type(error).__name__}: "
    return Unexpected(f"{kind}{error}", file, line)
