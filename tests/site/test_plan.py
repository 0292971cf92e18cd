from __future__ import annotations

from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standardwerk.site.plan import DirectPage, HandbookPage, Sensitivity, relative, url_of
from tests.factory import quick

segments = st.lists(st.sampled_from(["a", "b", "de", "2026.1"]), max_size=4)
names = st.sampled_from(["", "index.md", "a", "2026-03.json"])


def address(folders: list[str], name: str) -> str:
    return "".join(f"{one}/" for one in folders) + name


@quick
@given(segments, names, segments, st.sampled_from(["", "index.html"]))
def test_a_relative_address_leads_back(folders, name, base_folders, base_name):
    target, base = address(folders, name), address(base_folders, base_name)
    found = relative(target, base)
    assert not found.startswith("/")
    assert urljoin(f"http://x/{base}", found) == f"http://x/{target}"


@pytest.mark.parametrize(
    ("target", "base", "expected"),
    [
        ("de/method/", "scorecards/x/de/2026-03/", "../../../../de/method/"),
        ("de/a/", "de/b/", "../a/"),
        ("de/a/", "de/a/", "./"),
        ("de/a/b.json", "de/a/", "b.json"),
        ("", "", "./"),
        ("", "de/", "../"),
        ("de/", "", "de/"),
    ],
)
def test_by_hand(target, base, expected):
    assert relative(target, base) == expected


@pytest.mark.parametrize(
    ("path", "url"),
    [
        ("de/a/index.md", "de/a/"),
        ("index.html", ""),
        ("de/about.md", "de/about/"),
        ("x/2026-03.json", "x/2026-03.json"),
    ],
)
def test_addresses_of_paths(path, url):
    assert url_of(path) == url


def test_pages():
    page = HandbookPage("de/editions/1/a/index.md", "page", "de", "1", "T", "", {})
    assert (page.url, page.tree) == ("de/editions/1/a/", "de/editions/1/")
    assert HandbookPage("de/a/index.md", "page", "de", None, "T", "", {}).tree == "de/"
    assert DirectPage("scorecards/x/de/index.html", "rep", "de", "T", Sensitivity.PERSON, {}).depth == 3
