from __future__ import annotations

import base64
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from standardwerk import plugin

from .fake_pipeline import FakePipeline

PIXEL = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")

CONFIG = """\
site_name: Probe
theme: material
docs_dir: standards
plugins:
  - search
  - standardwerk: {as_of: 2026-11-10}
"""


@dataclass
class Built:
    site: Path
    config: Any
    plugin: plugin.StandardwerkPlugin
    pipeline: FakePipeline

    def read(self, path: str) -> str:
        return (self.site / path).read_text("utf-8")


def project(folder: Path) -> Path:
    """A project with files that must not be published."""
    (folder / "standards" / "one").mkdir(parents=True)
    (folder / "standards" / "handbook.yml").write_text("title: x\n")
    (folder / "standards" / "secret.md").write_text("# Secret\n")
    (folder / "standards" / "one" / "pic.png").write_bytes(PIXEL)
    (folder / "mkdocs.yml").write_text(CONFIG)
    return folder / "mkdocs.yml"


def build_site(folder: Path, monkeypatch: pytest.MonkeyPatch, fake: FakePipeline, **settings: Any) -> Built:
    file = folder / "mkdocs.yml"
    if not file.exists():
        project(folder)
    monkeypatch.setattr(plugin, "pipeline", fake)
    config = load_config(str(file), site_dir=str(folder / "site"), **settings)
    build(config)
    return Built(folder / "site", config, config.plugins["standardwerk"], fake)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The fake handbook as a site. Its text holds all that must not come through."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        yield build_site(tmp_path_factory.mktemp("plugin"), monkeypatch, FakePipeline())
