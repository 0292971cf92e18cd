"""The demo as a project of its own, to be changed and built."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import yaml

from tests.conftest import ROOT


def copy_demo(target: Path) -> Path:
    """The demo's sources at another place."""
    for name in ("standards", "scorecards", "theme"):
        shutil.copytree(ROOT / name, target / name)
    shutil.copy(ROOT / "mkdocs.yml", target)
    return target


def build_demo(project: Path, site: Path, *, offline: bool = False, site_url: str | None = None) -> Path:
    """Build a copy. ``use_directory_urls`` is the plugin's to set."""
    config = yaml.safe_load((project / "mkdocs.yml").read_text("utf-8"))
    if offline:
        for plugin in config["plugins"]:
            if isinstance(plugin, dict) and "standardwerk" in plugin:
                plugin["standardwerk"]["offline"] = True
    if site_url:
        config["site_url"] = site_url
    (project / "mkdocs.yml").write_text(yaml.safe_dump(config, allow_unicode=True), "utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "--strict", "-d", str(site)]
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    built = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False, env=environment)
    assert built.returncode == 0, built.stdout + built.stderr
    return site
