"""The demo's handbook as Markdown, built by others: plain MkDocs without our plugin and theme, and Zensical."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from lxml import html

from standardwerk.cli import main
from tests.conftest import ROOT
from tests.sites.crawl import Crawl
from tests.sites.hosts import run_host

pytestmark = pytest.mark.site

#: Each generator says in the footer who made it.
MADE_WITH = re.compile(r"https://(squidfunk\.github\.io/mkdocs-material|zensical\.org)/ leads elsewhere")
#: What the theme shows around a text, here and there.
AROUND = ("div[@class='sw-notice']", "div[@class='sw-frame']")


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("markdown") / "export"
    done = CliRunner().invoke(main, ["export", "markdown", "-f", str(ROOT / "mkdocs.yml"), "--lang", "en", str(folder)])
    assert done.exit_code == 0, done.output
    files = [file for file in folder.rglob("*") if file.is_file()]
    assert done.output == f"{len(files)} files written to {folder}.\n"
    return folder


def faults(site: Path) -> list[str]:
    crawl = Crawl(site)
    crawl.known.discard("404.html")  # its links begin where the server's root is
    found = crawl.faults()
    assert len(crawl.anchors) > 250
    return [fault for fault in found if not MADE_WITH.search(fault)]


def words(page: Path) -> str:
    """What a reader reads in the page's text; not what stands around it."""
    article = html.document_fromstring(page.read_bytes()).xpath("//article")[0]
    for gone in ("a[contains(@class, 'headerlink')]", "nav[@class='sw-switch']", *AROUND):
        for element in article.xpath(f".//{gone}"):
            element.drop_tree()
    return " ".join(article.text_content().replace("¶", "").split())


@pytest.fixture(scope="module")
def by_mkdocs(exported: Path) -> Path:
    project = Path(shutil.copytree(exported, exported.parent / "mkdocs"))
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-q"]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return project / "site"


@pytest.fixture(scope="module")
def by_zensical(exported: Path) -> Path:
    project = Path(shutil.copytree(exported, exported.parent / "zensical"))
    done = run_host("zensical", "zensical", "build", cwd=project)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "No issues found" in done.stdout + done.stderr
    return project / "site"


@pytest.fixture(params=["by_mkdocs", "by_zensical"])
def built(request: pytest.FixtureRequest) -> Path:
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Path)
    return found


def test_every_link_leads_somewhere(built: Path) -> None:
    assert faults(built) == []


def test_pages_say_what_those_of_the_site_say(demo_site: Path, built: Path) -> None:
    compared = 0
    for file in sorted((demo_site / "en").rglob("index.html")) + sorted((demo_site / "de").rglob("index.html")):
        path = file.relative_to(demo_site).as_posix()
        if path.endswith("/my-scorecard/index.html"):
            continue
        assert words(file) == words(built / path), path
        compared += 1
    assert compared > 240


def test_nothing_of_people(exported: Path) -> None:
    roster = (ROOT / "scorecards" / "reps.csv").read_text("utf-8").splitlines()[1:]
    names = {row.split(";" if ";" in row else ",")[1] for row in roster}
    assert len(names) > 20
    text = "\n".join(
        file.read_text("utf-8") for file in exported.rglob("*") if file.suffix in {".md", ".yml", ".css", ".js"}
    )
    assert [name for name in names if name in text] == []
    page = (exported / "docs" / "en" / "my-scorecard" / "index.md").read_text("utf-8")
    assert "No scorecards are published with this handbook." in page


def test_one_language(tmp_path: Path) -> None:
    arguments = ["export", "markdown", "-f", str(ROOT / "mkdocs.yml"), "--language", "en", str(tmp_path / "en")]
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 0, done.output
    docs = tmp_path / "en" / "docs"
    assert {path.name for path in docs.iterdir()} == {"assets", "en", "index.md"}
    assert "hreflang" not in (docs / "en" / "index.md").read_text("utf-8")
    settings = yaml.safe_load((tmp_path / "en" / "mkdocs.yml").read_text("utf-8"))
    assert settings["theme"]["language"] == "en"
    assert settings["nav"][0] == {"Start": "en/index.md"}


def test_refusals(tmp_path: Path) -> None:
    def refused(folder: Path, *more: str) -> str:
        arguments = ["export", "markdown", "-f", str(ROOT / "mkdocs.yml"), "--lang", "en", *more, str(folder)]
        done = CliRunner().invoke(main, arguments)
        assert done.exit_code != 0
        return done.output

    (tmp_path / "note.txt").write_text("mine")
    assert f"“{tmp_path}” is not an empty folder." in refused(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["note.txt"]
    assert "are published with the handbook" in refused(ROOT / "standards" / "export")
    assert not (ROOT / "standards" / "export").exists()
    assert "The handbook has no “fr”" in refused(tmp_path / "new", "--language", "fr")
