"""A project as ``mkdocs serve`` builds it again and again, and the same project built afresh."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig

from standardwerk.plugin import StandardwerkPlugin
from standardwerk.plugin_serving import Serving
from standardwerk.render import theme

ADDRESS = "http://127.0.0.1:8000/"


def use_theme(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Let the theme lie at another place, where it can be edited."""
    monkeypatch.setattr(theme, "theme_dir", lambda: folder)


def files_of(site: Path) -> dict[str, bytes]:
    return {file.relative_to(site).as_posix(): file.read_bytes() for file in site.rglob("*") if file.is_file()}


class Served:
    """What ``mkdocs serve`` does with a project, without its server."""

    def __init__(self, project: Path, site: Path, **settings: Any) -> None:
        self.project, self.site, self.settings = project, site, settings
        config = self._config()
        self.plugin.on_startup(command="serve", dirty=False)
        self.serving.connected = True
        self._build(config)

    def _config(self) -> MkDocsConfig:
        config: Config = load_config(str(self.project / "mkdocs.yml"), site_dir=str(self.site), **self.settings)
        assert isinstance(config, MkDocsConfig)
        config.site_url = ADDRESS
        found = config.plugins["standardwerk"]
        assert isinstance(found, StandardwerkPlugin)
        self.plugin = found
        return config

    def _build(self, config: MkDocsConfig) -> None:
        build(config, serve_url=ADDRESS)

    @property
    def serving(self) -> Serving:
        assert self.plugin.serving is not None
        return self.plugin.serving

    def rebuild(self) -> None:
        """After an edit."""
        before = self.plugin
        self._build(self._config())
        assert self.plugin is before

    def all_files(self) -> dict[str, bytes]:
        """Every file that could be asked for."""
        pages = self.serving.served.pages
        assert pages is not None
        pages.finish()  # type: ignore[attr-defined]
        return files_of(self.site)

    def stop(self) -> None:
        """MkDocs keeps a plugin for as long as the process lives; the next test gets the same one."""
        self.plugin.on_shutdown()

    def fresh(self, site: Path) -> dict[str, bytes]:
        """The site as a build of its own makes it."""
        config = self._config()
        config.site_dir = str(site)
        serving = self.serving
        self.plugin.on_startup(command="build", dirty=False)
        build(config)
        self.plugin.serving = serving
        return files_of(site)
