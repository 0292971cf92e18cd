"""The feed of editions is an Atom feed: what RFC 4287 wants is there, absolute and the same in every build."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from standardwerk.render.feed import edition_feed
from standardwerk.render.texts import Texts
from standardwerk.render.view import View
from standardwerk.site.contexts import EditionsContext, Site
from standardwerk.site.handbook_pages import HandbookPages
from tests.load.building import BASE, load, write

ATOM = "{http://www.w3.org/2005/Atom}"
FILES: Mapping[str, str | bytes | None] = {
    "standards/handbook.yml": BASE["standards/handbook.yml"].replace("organisation: O", 'organisation: "<O> & Söhne"'),
    "standards/alpha/2026-02-01.yml": BASE["standards/alpha/2026-01-01.yml"].replace("met: 80", "met: 90"),
    "standards/alpha/2026-02-01.de.md": BASE["standards/alpha/2026-01-01.de.md"].replace("# T", "# A < B"),
    "standards/alpha/2026-02-01.en.md": BASE["standards/alpha/2026-01-01.en.md"],
}


def feed(folder: Path, base: str, *, index_file: bool = False) -> str:
    write(folder, dict(FILES))
    loaded, diagnostics = load(folder)
    assert diagnostics.errors == []
    assert loaded is not None
    handbook = loaded.project.handbook
    site = Site(handbook, date(2026, 1, 20), handbook.edition_at(date(2026, 1, 20)), {})
    plan = HandbookPages(site, "de", lambda text: text, lambda method: None, False).pages()
    (page,) = [one for one in plan if one.kind == "editions"]
    assert isinstance(page.context, EditionsContext)
    view = View(site, "de", Texts("en"), folder, index_file=index_file)
    return edition_feed(view, page.context, page.url, base)


def links(parent: ET.Element) -> dict[str, str]:
    return {one.attrib["rel"]: one.attrib["href"] for one in parent.findall(f"{ATOM}link")}


def test_what_an_atom_feed_needs_is_there(tmp_path: Path) -> None:
    root = ET.fromstring(feed(tmp_path, "https://intranet.example/sales/"))
    assert root.tag == f"{ATOM}feed"
    assert root.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == "de"
    entries = root.findall(f"{ATOM}entry")
    for one in (root, *entries):
        for name in ("id", "title", "updated"):
            assert len(one.findall(f"{ATOM}{name}")) == 1, name
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", one.findtext(f"{ATOM}updated") or "")
        assert (one.findtext(f"{ATOM}id") or "").startswith("urn:uuid:")
    assert root.findtext(f"{ATOM}author/{ATOM}name") == "<O> & Söhne"
    assert root.findtext(f"{ATOM}updated") == "2026-01-15T00:00:00Z"
    ids = [one.findtext(f"{ATOM}id") for one in (root, *entries)]
    assert len(set(ids)) == len(ids) == 3
    assert links(root) == {
        "self": "https://intranet.example/sales/de/editions/feed.xml",
        "alternate": "https://intranet.example/sales/de/editions/",
    }
    assert [links(one) for one in entries] == [
        {"alternate": "https://intranet.example/sales/de/editions/2026.2/changes/"},
        {"alternate": "https://intranet.example/sales/de/editions/2026.1/"},
    ]


def test_an_entry_says_from_when_and_what_changes(tmp_path: Path) -> None:
    newest = ET.fromstring(feed(tmp_path, "")).findall(f"{ATOM}entry")[0]
    summary = newest.findtext(f"{ATOM}summary") or ""
    assert summary.startswith("In force from ")
    assert summary.endswith(" N A < B (revised)")


@pytest.mark.parametrize(("index_file", "end"), [(False, ""), (True, "index.html")])
def test_without_an_address_links_are_relative_to_the_feed(tmp_path: Path, index_file: bool, end: str) -> None:
    root = ET.fromstring(feed(tmp_path, "", index_file=index_file))
    assert links(root) == {"alternate": "./" + end}
    assert [links(one)["alternate"] for one in root.findall(f"{ATOM}entry")] == [
        f"2026.2/changes/{end}",
        f"2026.1/{end}",
    ]


def test_ids_stay_when_the_site_moves(tmp_path: Path) -> None:
    def ids(text: str) -> list[str]:
        return re.findall(r"<id>(.*?)</id>", text)

    here = feed(tmp_path / "a", "https://a.example/")
    assert ids(here) == ids(feed(tmp_path / "b", "http://b.example/x/")) == ids(feed(tmp_path / "c", ""))
    assert here == feed(tmp_path / "d", "https://a.example/")
