"""The MkDocs plugin: an adapter. It hands pages from the pipeline to MkDocs, and the theme's frame to the pipeline."""

from __future__ import annotations

import gc
import logging
import os
import posixpath
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any, TextIO
from urllib.parse import urljoin, urlsplit

import jinja2
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils import get_relative_url

from standardwerk import pipeline
from standardwerk.diagnostics import Severity
from standardwerk.load.config import AUDIENCE_VARIABLE, OFFLINE_VARIABLE
from standardwerk.load.files import present
from standardwerk.plugin_pages import as_html, clean_toc, navigation, root
from standardwerk.plugin_serving import ServedPage, Serving
from standardwerk.plugin_settings import (
    StandardwerkConfig,
    cluster_of,
    cluster_problems,
    prepare_markdown,
    prepare_theme,
    private_log,
    today,
    usable,
    watch,
)
from standardwerk.progress import Progress, Stages
from standardwerk.publish.search import publish_search
from standardwerk.publish.writer import Writer
from standardwerk.render import theme as settings
from standardwerk.render.faults import fault_page
from standardwerk.render.feed import FEED
from standardwerk.render.policy import POLICY_FILE, Policy
from standardwerk.render.report import report_lines
from standardwerk.render.sample import UNSEARCHED, searched, shown
from standardwerk.render.sanitise import sanitise, set_blocks
from standardwerk.render.shell import CONTENT, TITLE, Alternate, Frame, Shell, ShellKey, alternate
from standardwerk.render.texts import Texts
from standardwerk.site import urls
from standardwerk.site.plan import HandbookPage

log = get_plugin_logger("standardwerk")
#: The log of MkDocs is in English; notes stand in it as information.
ENGLISH = Texts("en")
LEVELS = {Severity.ERROR: logging.ERROR, Severity.WARNING: logging.WARNING, Severity.NOTE: logging.INFO}


class StandardwerkPlugin(BasePlugin[StandardwerkConfig]):  # type: ignore[no-untyped-call]
    """Publishes a standards handbook and its scorecards."""

    def __init__(self) -> None:
        self.serving: Serving | None = None
        self.personal: pipeline.PersonalPages | None = None
        self.collects = False
        """Whether the collector of cycles was stopped, and is to run again."""

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Begin to serve, or to build. Defining this keeps the plugin from one build to the next."""
        self.serving = Serving() if command == "serve" else None

    def on_shutdown(self) -> None:
        """Serve no longer."""
        if self.serving is not None:
            self.serving.stop()
        self.serving = None

    @event_priority(100)
    def _begin_serving(self, config: MkDocsConfig) -> MkDocsConfig:
        """Before other plugins ask for templates."""
        if self.serving is not None and config.theme.name == "material":
            self.serving.begin(config, usable(settings.theme_dir))
            self.serving.quicken(config, "settings")
        return config

    def _prepare(self, config: MkDocsConfig) -> MkDocsConfig:
        """Set what the theme and Markdown need, and begin anew."""
        if config.theme.name != "material":
            raise PluginError("standardwerk extends the theme “material”. Set “theme: {name: material}”.")
        theme = usable(settings.theme_dir)
        scheduler = cluster_of(self.config.workers)
        self.config.audience = os.environ.get(AUDIENCE_VARIABLE) or self.config.audience
        self.config.offline = self.config.offline or bool(os.environ.get(OFFLINE_VARIABLE))
        self.options = pipeline.Options(
            config_file=Path(config.config_file_path or "mkdocs.yml").resolve(),
            standards_dir=Path(config.docs_dir),
            scorecards_dir=self._scorecards_dir(config),
            as_of=today(self.config.as_of),
            workers=None if scheduler else self.config.workers,
            cluster=scheduler,
            offline=self.config.offline,
            theme_dir=theme,
            audience=self.config.audience,
            private_log=private_log(self.config.private_log),
        )
        self.project: Any = None
        self.pages: dict[str, HandbookPage] = {}
        self.navs: dict[str, Navigation] = {}
        self.places: dict[str, dict[str, str]] = {}
        self.files = Files([])
        self.language = str(config.theme["language"])
        self.site_name = config.site_name
        self.env: jinja2.Environment | None = None
        self.personal = None
        self.theme_languages: dict[str, str] = {}
        self.shells: dict[ShellKey, Shell] | None = None
        self.whole: str | None = None
        self.given: Any = {}
        prepare_theme(config, theme)
        prepare_markdown(config)
        if self.config.offline:
            config.use_directory_urls = False
        if self.serving is not None:
            self.serving.quicken(config, "pages")
        return config

    on_config = CombinedEvent(_begin_serving, _prepare)

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Load and check, before anything is cleaned. A site that is served shows what is wrong instead of itself."""
        self.stages = Stages(time.perf_counter, log.debug)
        with cluster_problems():
            loaded = pipeline.load(self.options, memory=self.serving.memory if self.serving is not None else None)
        self.stages.ended("read and check")
        own = Path(config.theme.custom_dir) if config.theme.custom_dir else None
        watch(config, [self.options.scorecards_dir, self.options.theme_dir, own, *loaded.watch])
        errors, warnings = loaded.diagnostics.errors, loaded.diagnostics.warnings
        for severity, found in groupby(self.options.told(loaded.diagnostics), lambda one: one.code.severity):
            for line in report_lines(ENGLISH, list(found)):
                log.log(LEVELS[severity], "%s", line)
        stopping = [*errors, *(warnings if config.strict else ())]
        if self.serving is not None:
            self.serving.texts = pipeline.report_texts(self.options, loaded, self.language)
            if stopping or loaded.project is None:
                self.serving.show_faults(fault_page(self.serving.texts, stopping), config)
                return
        if errors or loaded.project is None:
            count = "1 error" if len(errors) == 1 else f"{len(errors)} errors"
            raise Abort(f"Aborted: {count} in the handbook project. The site was left as it is.")
        if warnings and config.strict:
            raise Abort(f"Aborted with {len(warnings)} warnings in strict mode. The site was left as it is.")
        self.project = loaded.project
        try:
            self.extract = self.project.extract
        except pipeline.NoExtractError as error:
            raise Abort(f"Aborted: {ENGLISH.gettext(error.message, **error.values)}") from error
        self.names = self.project.handbook.names

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Publish of the handbook's folder nothing but pages of the plan, images and attachments."""
        if self.serving is not None and self.serving.faults is not None:
            return self.serving.fault_files(config)
        for file in list(files):
            if (
                file.src_dir == config.docs_dir
                or file.src_uri.startswith(("templates/", "locales/"))
                or (file.src_dir == str(self.options.theme_dir) and file.src_uri.startswith(f"{settings.STYLES}/"))
            ):
                files.remove(file)
        if self.serving is None:
            # What MkDocs makes of the handbook stays to the end; looking for cycles in it takes a tenth of the time.
            self.collects = gc.isenabled()
            gc.disable()
        style, text = settings.stylesheet(self.options.theme_dir)
        files.append(File.generated(config, style, content=text))
        for path, source in pipeline.assets(self.project, self.options).items():
            files.append(File.generated(config, path, abs_src_path=str(source)))
        files.append(File.generated(config, "index.html", content=pipeline.root_page(self.project)))
        plans = pipeline.handbook_pages(self.project, self.options)
        for path, text in pipeline.feeds(self.project, plans, config.site_url or "").items():
            files.append(File.generated(config, path, content=text))
        for plan in plans:
            file = File.generated(config, plan.path, content=plan.markdown, inclusion=InclusionLevel.NOT_IN_NAV)
            files.append(file)
            page = self._new_page(plan, file, config)
            page.update_date = self.options.as_of.isoformat()
            self.pages[plan.path] = plan
        self.files = files
        if self.serving is not None:
            self.serving.see_files(files, config)
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """A navigation for each tree (language and edition). The pages without one get that of the first language."""
        if self.faulty:
            return nav
        trees: dict[str, list[HandbookPage]] = {}
        for plan in self.pages.values():
            trees.setdefault(plan.tree, []).append(plan)
        self.navs = {tree: self._navigation(tree, plans) for tree, plans in trees.items()}
        if len(config.plugins.events["env"]) == 1:
            # No other plugin will change the environment: the shells are what they will be, and workers can begin.
            self.env = self._compiled(config.theme.get_env())
            self._start_personal(config)
        return self.navs.get(f"{self.languages[0]}/", nav)

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """The plan's text as it is: nothing in it is read as settings of the page."""
        plan = self.pages.get(page.file.src_uri)
        if plan is None:
            return markdown
        page.meta = {"search": {"exclude": plan.edition is not None}}
        if plan.hidden:
            page.meta["hide"] = list(plan.hidden)
        gettext = self.project.texts[plan.language].gettext
        config.mdx_configs["toc"]["permalink_title"] = gettext("Link to this section")
        config.mdx_configs["footnotes"]["BACKLINK_TITLE"] = gettext(
            "Back to footnote {number} in the text", number="{}"
        )
        return plan.markdown

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """The author's HTML made harmless, then the generated blocks."""
        plan = self.pages.get(page.file.src_uri)
        if plan is None:
            return html
        clean_toc(page.toc)
        blocks = dict(pipeline.render_blocks(self.project, plan))
        self.places[plan.path] = {place: blocks.pop(place) for place in settings.PLACES if place in blocks}
        clean = sanitise(html) if self.serving is None else self.serving.recall("clean", html, lambda: sanitise(html))
        return set_blocks(clean, blocks)

    @event_priority(-100)
    def on_env(self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files) -> jinja2.Environment:
        """The shells, if they could not be made before."""
        if self.shells is None and not self.faulty:
            self.env = env
            self._start_personal(config)
        return self._compiled(env)

    def on_template_context(self, context: Any, *, template_name: str, config: MkDocsConfig) -> Any:
        """The sitemap lists current pages only."""
        if template_name == "sitemap.xml":
            context["pages"] = [file for file in context["pages"] if self._is_current(file.src_uri)]
        return context

    @event_priority(100)
    def _before_search(self, context: Any, *, page: Page, config: MkDocsConfig, nav: Navigation) -> Any:
        """Search sees of a page what is to be found."""
        self.whole, page.content = page.content, searched(page.content or "")
        return context

    @event_priority(-50)
    def _after_search(self, context: Any, *, page: Page, config: MkDocsConfig, nav: Navigation) -> Any:
        """The page's own language, navigation, and ways to the other languages."""
        if self.serving is not None:
            self.serving.give_back(page)
        if self.whole and UNSEARCHED[0] in self.whole:
            page.content = shown(self.whole)
        plan = self.pages.get(page.file.src_uri)
        language = plan.language if plan else self.languages[0]
        others = {
            other: get_relative_url(file.url, page.url)
            for other, path in (plan.alternates if plan else {}).items()
            if other != language and (file := self.files.get_file_from_path(path))
        }
        frame = Frame(
            language=language,
            kind=plan.kind if plan else "page",
            root=root(language, page.url),
            alternates=self._alternates(others),
            places=self.places.get(page.file.src_uri, {}),
            feed=self._feed(language, page.url),
        )
        if plan and plan.canonical:
            url = self._url(plan.canonical)
            page.canonical_url = urljoin(config.site_url, url) if config.site_url else get_relative_url(url, page.url)
        context["nav"] = self.navs.get(plan.tree, nav) if plan else nav
        context = self._framed(context, frame, config)
        if self.serving is not None:
            self.given = dict(context)
            context["sw"] = self.serving.known(frame, page, context["nav"], config)
        return context

    on_page_context = CombinedEvent(_before_search, _after_search)

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Leave the page's language again."""
        self._leave(config)
        if self.serving is None:
            return settings.mended(output)
        return self.serving.learn(page, output, settings.mended, partial(self._render_later, page, self.given, config))

    def _render_later(self, page: Page, context: Any, config: MkDocsConfig) -> str:
        """A page as the host would have rendered it, once its build is whole."""
        env = self.env or config.theme.get_env()
        try:
            page.active = True
            self._enter(config, context["sw"].language)
            return env.get_template("main.html").render(context)
        finally:
            self._leave(config)
            page.active = False

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Search for each language; what is only the theme\'s; then the personal pages, or the offer to make them."""
        if self.serving is not None and self.serving.faults is not None:
            self.serving.end_with_faults(config)
            return
        self._collect_again()
        self.stages.ended("handbook")
        site_dir = Path(config.site_dir)
        found = {self._url(path) for path in self.pages if self._is_current(path)}
        publish_search(site_dir, {language: f"{language}/" for language in self.languages}, found)
        self._write_notices(config, Writer(site_dir))
        self.stages.ended("search and notices")
        if self.personal is not None:
            progress = Progress(time.perf_counter, log.info, _terminal())
            self.personal.write_people(progress)
            progress.end()
            self.stages.ended("pages of people (begun with the handbook)")
            self.personal.write_groups()
            self.stages.ended("pages about several people")
        elif self.serving is not None and self.shells is not None:
            self.serving.served.show(
                pipeline.PagesOnDemand(self.project, self.shells, site_dir, self.serving.unwritten)
            )
        if self.serving is not None:
            self.serving.end()

    @event_priority(100)
    def on_serve(self, server: Any, /, *, config: MkDocsConfig, builder: Any) -> Any:
        """Stand between the server and its site."""
        if self.serving is not None:
            self.serving.connect(server)
        return server

    def on_build_error(self, *, error: Exception) -> None:
        """End the workers."""
        self._collect_again()
        if self.personal is not None:
            self.personal.cancel()

    def _collect_again(self) -> None:
        if self.collects:
            gc.enable()

    def _start_personal(self, config: MkDocsConfig) -> None:
        self.shells = {key: self._shell(key, config) for key in pipeline.shell_keys(self.project)}
        if self.serving is None or not self.serving.connected:
            with cluster_problems():
                self.personal = pipeline.start_personal(self.project, self.options, self.shells, Path(config.site_dir))

    # Notices

    def _write_notices(self, config: MkDocsConfig, writer: Writer) -> None:
        """The pages of a server's errors, and the policy that lets the theme's own scripts and styles run."""
        base = urlsplit(config.site_url or "/").path or "/"
        wanted = [("me", "me/index.html", "..", self.languages)] if self.project.personal else []
        for code in ("401", "403", "404"):
            wanted.append((code, f"{code}.html", base, self.languages))
            wanted += [(code, f"{language}/{code}.html", base, (language,)) for language in self.languages]
        pages = []
        for notice, path, seen_from, languages in wanted:
            pages.append(self._notice(notice, seen_from, languages, config))
            writer.write(path, pages[-1])
        styles = [places["style"] for places in self.places.values() if "style" in places]
        policy = Policy.of(page.encode() for page in pages).with_styles(styles)
        writer.write(POLICY_FILE, policy.to_json())

    def _notice(self, notice: str, base: str, languages: Sequence[str], config: MkDocsConfig) -> str:
        """A page of the theme's frame with nothing but a word, in some languages; its addresses begin with ``base``."""
        homes = []
        for language in languages:
            home = self._url(f"{language}/index.md")
            ways = {name: self._url(f"{language}/{path}index.md") or home for name, path in settings.WAYS.items()}
            ways["me"] = self._file("me/")
            if language in self.extract.home:
                ways["own"] = self._file(self.extract.home[language])
            homes.append({name: posixpath.join(base, url) for name, url in ways.items()} | {"language": language})
        first = languages[0]
        nav = self.navs[f"{first}/"]
        said = {"notice": notice, "personal": self.project.personal, "audience": self.extract.kind}

        def make() -> str:
            context: Any = get_context(nav, [], config, base_url=base)
            texts = [{**home, "gettext": self.project.texts[home["language"]].gettext} for home in homes]
            context.update(said, homes=texts)
            env = self.env or config.theme.get_env()
            try:
                frame = Frame(first, notice, posixpath.join(base, first, ""))
                return settings.mended(env.get_template("notice.html").render(self._framed(context, frame, config)))
            finally:
                self._leave(config)

        if self.serving is None:
            return make()
        return self.serving.remembered("notice", (said, homes, base, self.names), nav, config, make)

    # Shells

    def _shell(self, key: ShellKey, config: MkDocsConfig) -> Shell:
        """The shell of a key; while serving the one made before, if nothing has changed that shows in it."""
        if self.serving is None:
            return self.shell(key, config)
        nav = self.navs.get(f"{key.language}/", Navigation([], []))
        return self.serving.remembered("shell", (key, self.names), nav, config, lambda: self.shell(key, config))

    def shell(self, key: ShellKey, config: MkDocsConfig) -> Shell:
        """The theme's frame for the personal pages of a key."""
        addresses = {language: alternate(language) for language in self.languages if language != key.language}
        return Shell.compile(self.render_direct(key, config, title=TITLE, content=CONTENT, alternates=addresses))

    def render_direct(
        self, key: ShellKey, config: MkDocsConfig, *, title: str, content: str, alternates: Mapping[str, str]
    ) -> str:
        """A personal page rendered through the theme's template, as MkDocs renders its pages."""
        path = "/".join(["page"] * key.depth) + "/index.md"
        file = File.generated(config, path.lstrip("/"), content="")
        page = Page(as_html(title), file, config)
        page.canonical_url = page.abs_url = page.edit_url = None
        page.content = content
        page.meta = {"hide": ["navigation", "toc", "footer"]}
        page.toc = TableOfContents([AnchorLink(as_html(title), settings.SKIP_TARGET, 1)])
        nav = self.navs.get(f"{key.language}/", Navigation([], []))
        frame = Frame(
            language=key.language,
            kind=key.kind,
            root=root(key.language, page.url),
            alternates=self._alternates({other: alternates[other] for other in alternates if other != key.language}),
            sensitivity=key.sensitivity,
        )
        env = self.env or self._compiled(config.theme.get_env())
        context = self._framed(get_context(nav, [], config, page), frame, config)
        try:
            return settings.mended(env.get_template("main.html").render(context))
        finally:
            self._leave(config)

    # Helpers

    @property
    def faulty(self) -> bool:
        """Whether the site that is served shows its faults instead of itself."""
        return self.serving is not None and self.serving.faults is not None

    def _new_page(self, plan: HandbookPage, file: File, config: MkDocsConfig) -> Page:
        title = as_html(plan.title)
        return Page(title, file, config) if self.serving is None else ServedPage(title, file, config, self.serving)

    def _compiled(self, env: jinja2.Environment) -> jinja2.Environment:
        """While serving, templates are compiled once."""
        if self.serving is not None:
            env.bytecode_cache = self.serving.templates
        return env

    @property
    def languages(self) -> tuple[str, ...]:
        """The handbook's languages, the original first."""
        return tuple(self.names.languages)

    def _framed(self, context: Any, frame: Frame, config: MkDocsConfig) -> Any:
        self._enter(config, frame.language)
        context.update(sw=frame, gettext=self.project.texts[frame.language].gettext)
        return context

    def _enter(self, config: MkDocsConfig, language: str) -> None:
        if language not in self.theme_languages:
            self.theme_languages[language] = usable(settings.theme_language, language, config.theme.dirs)
        config.theme["language"] = self.theme_languages[language]
        config.site_name = as_html(self.names.title.get(language, self.site_name))

    def _leave(self, config: MkDocsConfig) -> None:
        config.theme["language"] = self.language
        config.site_name = self.site_name

    def _alternates(self, addresses: Mapping[str, str]) -> tuple[Alternate, ...]:
        return tuple(
            self._alternate(language, addresses[language]) for language in self.languages if language in addresses
        )

    def _alternate(self, language: str, href: str) -> Alternate:
        return Alternate(language, self.names.languages[language].name, href, self.project.texts[language].gettext)

    def _navigation(self, tree: str, plans: Iterable[HandbookPage]) -> Navigation:
        nav = navigation(plans, self._page)
        home = self.files.get_file_from_path(f"{tree}index.md")
        nav.homepage = home.page if home else None
        return nav

    def _page(self, plan: HandbookPage) -> Page:
        file = self.files.get_file_from_path(plan.path)
        if file is None or file.page is None:
            raise PluginError(f"Another plugin removed the page {plan.path}.")
        return file.page

    def _url(self, path: str) -> str:
        file = self.files.get_file_from_path(path)
        return file.url if file else ""

    def _file(self, address: str) -> str:
        """An address as links have it: that of its file, if the site is for a file share."""
        return f"{address}index.html" if self.config.offline else address

    def _feed(self, language: str, here: str) -> str:
        """The feed of editions seen from an address; empty if there is none."""
        file = self.files.get_file_from_path(urls.editions(language) + FEED)
        return get_relative_url(file.url, here) if file else ""

    def _is_current(self, path: str) -> bool:
        return path in self.pages and self.pages[path].edition is None

    def _scorecards_dir(self, config: MkDocsConfig) -> Path | None:
        folder = Path(config.config_file_path or "mkdocs.yml").resolve().parent / self.config.scorecards_dir
        return folder if present(folder) else None


def _terminal() -> TextIO | None:
    """Where a bar can be drawn; None if information is not wanted, or goes to a file."""
    return sys.stderr if log.isEnabledFor(logging.INFO) and sys.stderr.isatty() else None
