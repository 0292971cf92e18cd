"""Builds a project with MkDocs and a fake pipeline."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

from standardwerk import plugin
from tests.plugin.fake_pipeline import FakePipeline

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
CONFIG = """\
site_name: Probe
theme: material
docs_dir: standards
plugins:
  - search
  - standardwerk: {as_of: 2026-11-10%s}
"""


@dataclass
class Built:
    """A site, and what made it."""

    site: Path
    config: MkDocsConfig
    plugin: plugin.StandardwerkPlugin
    pipeline: FakePipeline

    def read(self, path: str) -> str:
        return (self.site / path).read_text("utf-8")

    def page(self, path: str) -> html.HtmlElement:
        return html.fromstring(self.read(f"{path}index.html"))

    def pages(self) -> dict[str, str]:
        return {file.relative_to(self.site).as_posix(): file.read_text("utf-8") for file in self.site.rglob("*.html")}


def write_project(folder: Path, options: str = "") -> None:
    """A project; the files of its docs_dir must not be published."""
    (folder / "standards" / "one").mkdir(parents=True)
    (folder / "standards" / "handbook.yml").write_text("title: x\n")
    (folder / "standards" / "secret.md").write_text("# Secret\n")
    (folder / "standards" / "one" / "pic.png").write_bytes(PIXEL)
    (folder / "mkdocs.yml").write_text(CONFIG % options)


def build_site(
    folder: Path, monkeypatch: pytest.MonkeyPatch, fake: FakePipeline, options: str = "", **settings: Any
) -> Built:
    """Build it into ``site``."""
    if not (folder / "mkdocs.yml").exists():
        write_project(folder, options)
    monkeypatch.setattr(plugin, "pipeline", fake)
    config = load_config(str(folder / "mkdocs.yml"), site_dir=str(folder / "site"), **settings)
    build(config)
    found = config.plugins["standardwerk"]
    assert isinstance(found, plugin.StandardwerkPlugin)
    return Built(folder / "site", config, found, fake)


_PART = re.compile(
    r"""(?P<tag>^[a-z0-9]+)|\.(?P<cls>[\w-]+)|\#(?P<id>[\w-]+)|\[(?P<attr>[\w-]+)(\*?=["'](?P<has>[^"']*)["'])?\]"""
)


def select(element: html.HtmlElement, selector: str) -> list[html.HtmlElement]:
    """Elements by a simple CSS selector: tags, classes, ids, attributes, descendants, children."""
    paths = []
    for alternative in selector.split(","):
        path = "descendant-or-self::*"
        axis = "//"
        for step in alternative.split():
            if step == ">":
                axis = "/"
                continue
            tests, tag = "", "*"
            for part in _PART.finditer(step):
                tag = part["tag"] or tag
                if part["cls"]:
                    tests += f"[contains(concat(' ', normalize-space(@class), ' '), ' {part['cls']} ')]"
                elif part["id"]:
                    tests += f"[@id='{part['id']}']"
                elif part["attr"]:
                    tests += f"[contains(@{part['attr']}, '{part['has']}')]" if part["has"] else f"[@{part['attr']}]"
            path += f"{axis}{tag}{tests}"
            axis = "//"
        paths.append(path)
    return list(element.xpath(" | ".join(paths)))
