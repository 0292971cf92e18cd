"""Every link of the whole demo leads somewhere: on a server, below a path, and from a disk."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html

from tests.sites.copying import build_demo, copy_demo
from tests.sites.crawl import ERROR_PAGE, Crawl

pytestmark = pytest.mark.site


def canonical(site: Path, page: str) -> str:
    found = html.document_fromstring((site / page).read_bytes()).xpath("//link[@rel='canonical']/@href")
    assert len(found) == 1
    return str(found[0])


def test_on_a_server(demo_site: Path) -> None:
    crawl = Crawl(demo_site)
    assert crawl.faults() == []
    # The crawl has seen the site.
    assert len(crawl.anchors) > 1000
    assert ("http://site/de/editions/2026.1/changes/", "pipeline-coverage") in crawl.links
    old = "de/editions/2025.1/standards/pipeline-coverage/index.html"
    assert canonical(demo_site, old) == "../../../../standards/pipeline-coverage/"


def test_below_a_path(tmp_path: Path) -> None:
    address = "https://intranet.example/vertrieb/handbuch/"
    site = build_demo(copy_demo(tmp_path / "project"), tmp_path / "site", site_url=address)
    assert Crawl(site, address).faults() == []
    old = "de/editions/2025.1/standards/pipeline-coverage/index.html"
    assert canonical(site, old) == f"{address}de/standards/pipeline-coverage/"
    # A page without a current one is its own.
    assert canonical(site, "de/editions/2025.2/changes/index.html") == f"{address}de/editions/2025.2/changes/"


def test_from_a_disk(tmp_path: Path) -> None:
    site = build_demo(copy_demo(tmp_path / "project"), tmp_path / "site", offline=True)
    crawl = Crawl(site, f"{site.as_uri()}/", files=True)
    # The pages of errors are a server's; their links begin at the root.
    crawl.known = {path for path in crawl.known if not ERROR_PAGE.fullmatch(path)}
    assert crawl.faults() == []
    assert canonical(site, "en/editions/2025.1/method/index.html") == "../../../method/index.html"
