from __future__ import annotations

from datetime import date, timedelta

import pytest

from standardwerk.site.contexts import Site
from standardwerk.site.handbook_pages import HandbookPages, edition_state
from tests.load.building import BASE, WORDING, load, write

SECOND = BASE["standards/alpha/2026-01-01.yml"].replace("met: 80", "met: 90")
FILES = {
    "standards/handbook.yml": BASE["standards/handbook.yml"].replace(
        "  - {id: g, name: {de: G, en: G}}\n",
        "  - {id: g, name: {de: G, en: G}}\n  - {id: g, name: {de: Neu, en: New}, valid_from: 2026-02-01}\n",
    ),
    "standards/beta/standard.yml": "number: 2\ngroup: g\nowner: {de: O, en: O}\n",
    "standards/beta/2026-01-01.yml": BASE["standards/alpha/2026-01-01.yml"],
    "standards/beta/2026-01-01.de.md": WORDING + "\n[a](standard:alpha#why)\n",
    "standards/beta/2026-01-01.en.md": WORDING,
    "standards/beta/2026-02-01.yml": "reason: {de: R, en: R}\nretired: true\n",
    "standards/gamma/standard.yml": "number: 3\ngroup: g\nowner: {de: O, en: O}\n",
    "standards/gamma/2026-01-01.yml": BASE["standards/alpha/2026-01-01.yml"],
    "standards/gamma/2026-01-01.de.md": WORDING,
    "standards/gamma/2026-01-01.en.md": WORDING,
    "standards/gamma/2026-02-01.yml": SECOND,
    "standards/gamma/2026-02-01.de.md": WORDING,
    "standards/gamma/2026-02-01.en.md": WORDING,
    "standards/about.de.md": "# Über\n\n[m](method:)\n",
    "standards/about.en.md": "# About\n",
}


@pytest.fixture(scope="module")
def handbook(tmp_path_factory):
    root = tmp_path_factory.mktemp("handbook")
    write(root, FILES)
    loaded, diagnostics = load(root)
    assert diagnostics.errors == []
    return loaded.project.handbook


KINDS = {"home", "standards", "standard", "method", "page", "editions", "my-scorecard"}


def pages(handbook, as_of: date, language: str = "de") -> dict:
    site = Site(handbook, as_of, handbook.edition_at(as_of), {})
    found = HandbookPages(site, language, lambda text: text, lambda method: None, True).pages()
    assert len({page.path for page in found}) == len(found)
    # Pages of changes and of whole editions have their own tests.
    return {page.url: page for page in found if page.kind in KINDS}


BEFORE, JANUARY, FEBRUARY = date(2025, 12, 15), date(2026, 1, 20), date(2026, 2, 10)
TREE = ["", "about/", "method/", "standards/", "standards/alpha/", "standards/gamma/"]


def test_which_pages_there_are(handbook):
    first = [*TREE, "standards/beta/"]
    trees = [f"de/editions/2026.1/{one}" for one in first] + [f"de/editions/2026.2/{one}" for one in TREE]
    beside = ["de/editions/", "de/my-scorecard/"]
    assert set(pages(handbook, JANUARY)) == {*(f"de/{one}" for one in first), *trees, *beside}
    assert set(pages(handbook, FEBRUARY)) == {*(f"de/{one}" for one in TREE), *trees, *beside}
    # Published, not yet in force: its own tree only.
    assert set(pages(handbook, BEFORE)) == {f"de/editions/2026.1/{one}" for one in first}
    assert pages(handbook, date(2025, 1, 1)) == {}


def test_every_page_is_there_in_every_language(handbook):
    german, english = pages(handbook, JANUARY), pages(handbook, JANUARY, "en")
    for url, page in german.items():
        other = english["en" + url.removeprefix("de")]
        assert page.alternates == other.alternates == {"de": page.path, "en": other.path}


def test_a_standards_page(handbook):
    page = pages(handbook, FEBRUARY)["de/editions/2026.1/standards/beta/"]
    order = ["{#expectation}", "{#why}", "{#good}", "[[block:measures]]", "{#improve}", "[[block:history]]"]
    places = [page.markdown.index(one) for one in order]
    assert places == sorted(places)
    assert "](../alpha/index.md#why)" in page.markdown
    assert (page.section.titles, page.section.order) == (("Standards", "G"), (1, 1, 2))
    assert page.src_file == "standards/beta/2026-01-01.de.md"


def test_history(handbook):
    current = pages(handbook, FEBRUARY)["de/standards/gamma/"].context
    assert [(one.url, one.is_shown) for one in current.history] == [
        ("de/editions/2026.1/standards/gamma/", False),
        ("de/editions/2026.2/standards/gamma/", True),
    ]
    assert current.superseded_by is None
    old = "de/editions/2026.1/standards/gamma/"
    assert pages(handbook, FEBRUARY)[old].context.superseded_by.url == "de/editions/2026.2/standards/gamma/"
    # The new revision is published in January, but supersedes nothing yet.
    assert pages(handbook, JANUARY)[old].context.superseded_by is None
    # A retired standard's last revision leads to the edition's home, for it has no page.
    retired = pages(handbook, FEBRUARY)["de/editions/2026.1/standards/beta/"].context
    assert retired.superseded_by.url == "de/editions/2026.2/"


def test_before_it_is_published_a_revision_is_no_secret_given_away(handbook):
    early = pages(handbook, date(2026, 1, 1))["de/standards/gamma/"].context
    assert len(early.history) == 1
    assert pages(handbook, date(2026, 1, 1))["de/"].context.announced is None


def test_home(handbook):
    home = pages(handbook, JANUARY)["de/"].context
    assert (home.edition.label, home.announced.label, home.announced_url) == ("2026.1", "2026.2", "de/editions/2026.2/")
    assert [(one.kind, one.url) for one in home.ways] == [
        ("standards", "de/standards/"),
        ("scorecard", "de/my-scorecard/"),
    ]
    permanent = pages(handbook, JANUARY)["de/editions/2026.1/"].context
    assert permanent.announced is None
    assert [one.kind for one in permanent.ways] == ["standards"]


@pytest.mark.parametrize(("as_of", "name"), [(JANUARY, "G"), (FEBRUARY, "Neu")])
def test_groups_have_the_name_of_the_edition(handbook, as_of, name):
    """Alpha's revision is older than the group's new name; the list is of the edition."""
    found = pages(handbook, as_of)
    for url in ("de/", "de/standards/"):
        assert [group.name["de"] for group in found[url].context.groups] == [name]
    assert found["de/standards/alpha/"].section.titles[1] == name


def test_the_timeline(handbook):
    listed = pages(handbook, JANUARY)["de/editions/"].context.editions
    assert [(one.edition.label, one.state, one.url, one.first) for one in listed] == [
        ("2026.2", "announced", "de/editions/2026.2/", False),
        ("2026.1", "current", "de/editions/2026.1/", True),
    ]
    assert [[each.standard.id for each in one.changed] for one in listed] == [["gamma"], ["alpha", "beta", "gamma"]]


def test_states_of_editions(handbook):
    first, second = handbook.editions
    states = {
        day: [edition_state(one, handbook.edition_at(day), day) for one in (first, second)]
        for day in (BEFORE, second.effective_from - timedelta(days=1), second.effective_from)
    }
    assert list(states.values()) == [["announced", "announced"], ["current", "announced"], ["superseded", "current"]]
