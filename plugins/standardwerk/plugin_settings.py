"""What the plugin's options and the host's configuration say, and what the configuration has to be."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from mkdocs.config import base
from mkdocs.config import config_options as c
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from standardwerk import cluster
from standardwerk.render import theme as settings

Answer = TypeVar("Answer")


class StandardwerkConfig(base.Config):  # type: ignore[no-untyped-call]
    """The plugin's options in ``mkdocs.yml``."""

    scorecards_dir = c.Type(str, default="scorecards")
    """Where the monthly figures lie, seen from ``mkdocs.yml``. Missing: only the handbook is built."""
    as_of = c.Optional(c.Type((str, date)))
    """What "today" is, like 2026-11-10; without it ``SOURCE_DATE_EPOCH``, else the clock."""
    workers: Any = c.Optional(c.Type((int, str)))
    """Processes for the personal pages; without it as many as are worth it. Or the address of a Dask scheduler."""
    offline = c.Type(bool, default=False)
    """Links end in ``index.html``, for a copy on a file share."""
    audience = c.Type(str, default="all")
    """For whom the site is: ``all`` (a server's rules say who sees what), ``handbook``, ``team:<id>``, ``rep:<id>``."""
    private_log = c.Optional(c.Type(bool))
    """Messages leave out what they would say of people; without it they do so on a build server (``CI`` is set)."""


def private_log(given: object) -> bool:
    """Whether messages leave out what they would say of people: as configured, else if this is a build server."""
    return bool(given) if given is not None else bool(os.environ.get("CI"))


def today(as_of: object) -> date:
    """The one day that the build takes for today."""
    if isinstance(as_of, datetime):
        return as_of.date()
    if isinstance(as_of, date):
        return as_of
    if as_of:
        try:
            return date.fromisoformat(str(as_of))
        except ValueError as error:
            raise PluginError(f"standardwerk: as_of: “{as_of}” is not a date. Write it like 2026-11-10.") from error
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return datetime.now().astimezone().date()
    try:
        return datetime.fromtimestamp(int(epoch), tz=UTC).date()
    except (ValueError, OverflowError, OSError) as error:
        raise PluginError(f"SOURCE_DATE_EPOCH is “{epoch}”, which is no number of seconds.") from error


def prepare_theme(config: MkDocsConfig, folder: Path) -> None:
    """Set what the host's theme has to do, and put ours behind the project's own."""
    theme = config.theme
    if not any(Path(known).resolve() == folder.resolve() for known in theme.dirs):
        theme.dirs.insert(1 if theme.custom_dir else 0, str(folder))
    theme["font"] = False
    theme["features"] = settings.features(theme.get("features") or ())
    theme["palette"] = theme.get("palette") or settings.palette()
    theme["icon"] = settings.ICONS | dict(theme.get("icon") or {})
    config.extra.setdefault("generator", False)
    # The same script on every page: a server's policy knows it by its hash.
    config.extra.setdefault("scope", urlsplit(config.site_url or "/").path or "/")
    theme.static_templates.discard("404.html")
    style, _ = settings.stylesheet(folder)
    if style not in config.extra_css:
        config.extra_css.append(style)
    scripts = settings.published_assets(folder, "javascripts/*.js")
    config.extra_javascript.extend(path for path in scripts if path not in map(str, config.extra_javascript))


def prepare_markdown(config: MkDocsConfig) -> None:
    """Switch on the extensions of Markdown that handbooks need; the project's settings of them hold."""
    for name, values in settings.EXTENSIONS.items():
        if name not in config.markdown_extensions:
            config.markdown_extensions.append(name)
        config.mdx_configs[name] = dict(values) | dict(config.mdx_configs.get(name) or {})


@contextmanager
def cluster_problems() -> Iterator[None]:
    """Tells the host of a cluster that is not there."""
    try:
        yield
    except cluster.NoClusterError as error:
        raise PluginError(str(error)) from error


def cluster_of(workers: int | str | None) -> str:
    """The address of a cluster, if that is what ``workers`` is."""
    if not isinstance(workers, str):
        return ""
    if "://" not in workers:
        raise PluginError(f"workers: {workers!r} is no number, and no address like tcp://scheduler:8786.")
    if not cluster.is_installed():
        raise PluginError("A cluster needs Dask: pip install 'standardwerk[dask]'.")
    return workers


def usable(ask: Callable[..., Answer], *arguments: Any) -> Answer:
    """What is known of the theme. Tells the host of a theme that is not as it has to be."""
    try:
        return ask(*arguments)
    except settings.ThemeError as error:
        raise PluginError(str(error)) from error


def watch(config: MkDocsConfig, paths: Iterable[Path | None]) -> None:
    """Have the host build again when something changes there."""
    for path in paths:
        if path is not None and path.exists() and str(path) not in config.watch:
            config.watch.append(str(path))
