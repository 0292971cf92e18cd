"""The demo comes out the same to the byte: whatever worker count, hash seed, time zone, locale and order of files."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.conftest import ROOT

pytestmark = pytest.mark.site


def backwards(target: Path) -> None:
    """The demo's sources, created in another order: folders list their files by it, or by a hash of their names."""
    for name in ("scorecards", "standards"):
        for file in sorted((ROOT / name).rglob("*"), reverse=True):
            if file.is_file():
                copy = target / file.relative_to(ROOT)
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, copy)


def test_the_demo_is_equal_to_the_byte(demo_site: Path, tmp_path: Path) -> None:
    project, site = tmp_path / "project", tmp_path / "site"
    backwards(project)
    config = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))
    for plugin in config["plugins"]:
        if isinstance(plugin, dict):
            plugin["standardwerk"]["workers"] = 3
    # A copy of the theme would be taken for a theme of the project's own.
    config["theme"]["custom_dir"] = str(ROOT / "theme")
    (project / "mkdocs.yml").write_text(yaml.safe_dump(config, allow_unicode=True), "utf-8")
    own = {
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONHASHSEED": "4711",
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C",
        "PYTHONUTF8": "1",
    }
    built = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-q", "-d", str(site)],
        cwd=project,
        env=os.environ | own,
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stdout + built.stderr
    found, expected = paths(site), paths(demo_site)
    assert len(expected) > 1000
    assert found == expected
    assert [path for path in expected if (site / path).read_bytes() != (demo_site / path).read_bytes()] == []


def paths(site: Path) -> list[str]:
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
