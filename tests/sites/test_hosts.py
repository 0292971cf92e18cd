"""The demo under every host that is promised: it is the same site, but for the host's own files."""

from __future__ import annotations

import re
from importlib.metadata import version
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.sites.hosts import run_host

pytestmark = pytest.mark.site

#: Files of the host's theme are named by what is in them.
HASH = re.compile(r"\b(\w+\.)[0-9a-f]{8}(\.min\.(?:css|js))")
GENERATOR = re.compile(r'<meta name="generator" content="([^"]*)">')
OWN = re.compile(r"assets/(javascripts|stylesheets)/(workers/)?\w+\.\.min\.(css|js)(\.map)?")


def content(site: Path) -> dict[str, str | bytes]:
    """By path, without hashes of the theme's files: what is in each file that is not one of them."""
    found: dict[str, str | bytes] = {}
    for file in site.rglob("*"):
        path = HASH.sub(r"\1\2", file.relative_to(site).as_posix())
        if not file.is_file():
            continue
        if file.suffix == ".html":
            found[path] = GENERATOR.sub("", HASH.sub(r"\1\2", file.read_text("utf-8")))
        else:
            found[path] = b"" if OWN.fullmatch(path) else file.read_bytes()
    return found


@pytest.mark.parametrize(
    ("host", "module", "generator"),
    [
        ("material-9.7", "mkdocs", "mkdocs-1.6.1, mkdocs-material-9.7."),
        ("properdocs", "properdocs", "mkdocs-ProperDocs 1.6."),
    ],
)
def test_the_demo_is_the_same(demo_site: Path, tmp_path: Path, host: str, module: str, generator: str) -> None:
    done = run_host(host, module, "build", "--strict", "-q", "-d", str(tmp_path), cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    # It was this host, and the other site was not.
    name = GENERATOR.search((tmp_path / "de" / "index.html").read_text("utf-8"))
    assert name is not None
    assert name[1].startswith(generator)
    own = GENERATOR.search((demo_site / "de" / "index.html").read_text("utf-8"))
    assert own is not None
    assert own[1] == f"mkdocs-{version('mkdocs')}, mkdocs-material-{version('mkdocs-material')}"
    assert own[1].startswith("mkdocs-1.6.1, mkdocs-material-9.8.")
    found, wanted = content(tmp_path), content(demo_site)
    assert set(found) == set(wanted)
    assert [path for path in wanted if found[path] != wanted[path]] == []
    assert len(wanted) > 1000
