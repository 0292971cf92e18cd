"""A release has its rules before readers have it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.servers.conftest import run

pytestmark = [pytest.mark.site, pytest.mark.xdist_group("servers")]


def test_a_release_for_apache_is_closed(firm_project: Path, tmp_path: Path) -> None:
    project = shutil.copytree(firm_project / "project", tmp_path / "project")
    run("publish", tmp_path / "www", "--access", "apache", "-f", project / "mkdocs.yml")
    assert "REMOTE_USER" in (tmp_path / "www" / ".htaccess").read_text("utf-8")
    rules = (tmp_path / "www" / "scorecards" / "bob" / ".htaccess").read_text("utf-8")
    assert "'bob'" in rules
    assert "'ann'" not in rules
