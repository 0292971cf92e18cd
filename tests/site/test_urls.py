from __future__ import annotations

from datetime import date

from standardwerk.site import urls
from tests.factory import edition, month

ONE = edition(date(2026, 1, 1), "2026.1-RC")
MARCH = month("2026-03")


def test_addresses():
    assert urls.tree("de", None) == "de/"
    assert urls.tree("de", ONE) == "de/editions/2026.1-rc/"
    assert urls.standard("en", None, "alpha") == "en/standards/alpha/"
    assert urls.standard("en", ONE, "alpha") == "en/editions/2026.1-rc/standards/alpha/"
    assert urls.page("de", None, "index") == "de/"
    assert urls.page("de", ONE, "about") == "de/editions/2026.1-rc/about/"
    assert urls.team("t", "de", MARCH) == "teams/t/de/2026-03/"
    assert urls.organisation("de", MARCH) == "months/de/2026-03/"


def test_everything_of_a_person_lies_in_her_folder():
    pages = [urls.rep("ann", "de"), urls.scorecard("ann", "en", MARCH), urls.scorecard_file("ann", MARCH, "json")]
    assert pages == ["scorecards/ann/de/", "scorecards/ann/en/2026-03/", "scorecards/ann/2026-03.json"]
    assert all(page.startswith(urls.person_folder("ann")) for page in pages)


def test_pages_of_a_tree_lie_in_it():
    for tree in (None, ONE):
        root = urls.tree("de", tree)
        pages = [urls.standards("de", tree), urls.method("de", tree), urls.standard("de", tree, "x")]
        assert all(page.startswith(root) and page.endswith("/") for page in pages)
        assert len(set(pages)) == 3
    assert urls.editions("de").startswith("de/")
    assert urls.my_scorecard("en").startswith("en/")
