from __future__ import annotations

from itertools import combinations, product
from pathlib import Path

import pytest

from standardwerk.model.months import Month
from standardwerk.site import urls
from standardwerk.site.places import KINDS, PAGE_KINDS, Audience, Places
from standardwerk.site.plan import Sensitivity

PLACES = Places(("de", "en"))
MONTH = Month.parse("2026-03")


@pytest.mark.parametrize(
    ("path", "kind", "folder", "month"),
    [
        (urls.scorecard("ann", "de", MONTH) + "index.html", "scorecard", "scorecards/ann", "2026-03"),
        (urls.scorecard_file("ann", MONTH, "json"), "scorecard-json", "scorecards/ann", "2026-03"),
        (urls.scorecard_file("ann", MONTH, "csv"), "scorecard-csv", "scorecards/ann", "2026-03"),
        (urls.rep("ann", "en") + "index.html", "rep", "scorecards/ann", ""),
        (urls.team("north", "en", MONTH) + "index.html", "team", "teams/north", "2026-03"),
        (urls.conversation("ann", "en", MONTH) + "index.html", "conversation", "scorecards/ann", "2026-03"),
        (urls.organisation("de", MONTH) + "index.html", "organisation", "months", "2026-03"),
        (urls.organisation_newest("de") + "index.html", "organisation-newest", "months", ""),
        (urls.trend("de", "forecast") + "index.html", "trend", "months", ""),
        (urls.totals("de", MONTH) + "index.html", "totals", "totals", "2026-03"),
        (urls.data_quality("de", MONTH) + "index.html", "data-quality", "data-quality", "2026-03"),
    ],
)
def test_the_addresses_are_those_of_the_table(path: str, kind: str, folder: str, month: str) -> None:
    place = PLACES.of(path)
    assert place is not None
    assert (place.kind.name, place.folder, place.month) == (kind, folder, month)


@pytest.mark.parametrize(
    "path",
    [
        *("", "index.html", "de/index.html", "scorecards/index.html", "scorecards/ann/index.html"),
        *("scorecards/ann/fr/index.html", "scorecards/ann/de/2026-3/index.html", "scorecards/ann/2026-03.xlsx"),
        *("scorecards/ann/de/2026-03/other.html", "scorecards/ann/x/de/index.html", "scorecards/ann/2026-03.json/x"),
        *("teams/north/de/index.html", "months/2026-03.json", "Scorecards/ann/de/index.html", "/scorecards/ann/de/"),
        *("scorecards/ann/de/2026-03/index.html\n", "scorecards/ann/de/\u0662\u0660\u0662\u0666-03/index.html"),
    ],
)
def test_what_the_table_does_not_know_is_nobodys(path: str) -> None:
    assert PLACES.of(path) is None


def test_the_table_holds_together() -> None:
    assert len({kind.name for kind in KINDS}) == len(KINDS)
    for kind in KINDS:
        assert kind.sensitivity is not Sensitivity.PUBLIC
        assert (kind.sensitivity is Sensitivity.PERSON) == (
            kind.audience in {Audience.PERSON, Audience.PERSON_AND_LEAD}
        )
        assert (kind.sensitivity is Sensitivity.PERSON) == kind.pattern.startswith("scorecards/{rep}/")
        assert (kind.sensitivity is Sensitivity.TEAM) == kind.pattern.startswith("teams/{team}/")
        if kind.audience in {Audience.PERSON_AND_LEAD, Audience.LEAD}:
            assert "{month}" in kind.pattern
        if kind.sensitivity is Sensitivity.PERSON:
            assert not kind.permission
    for one, other in combinations(KINDS, 2):
        sample = one.pattern.format(rep="a", team="a", language="de", month="2026-03", name="a")
        found = PLACES.of(sample)
        assert found is not None
        assert found.kind is one, (one.name, other.name)


@pytest.mark.site
def test_every_file_outside_the_handbook_is_in_the_table(demo_site: Path) -> None:
    public = {"de", "en", "assets", "me"}
    found = {}
    for file in demo_site.rglob("*"):
        path = file.relative_to(demo_site).as_posix()
        if file.is_file() and "/" in path and path.partition("/")[0] not in public:
            place = PLACES.of(path)
            assert place is not None, path
            found[place.kind.name] = place
    assert set(PAGE_KINDS) <= set(found)


def test_what_is_in_a_folder_is_open_to_all_who_may_open_the_folder() -> None:
    """Windows knows rights on folders: nothing that is for fewer people may lie inside what is for more."""
    for outer, inner in product(KINDS, KINDS):
        if (
            outer.is_page
            and inner.pattern.startswith(outer.pattern.removesuffix("index.html"))
            and "{month}" in outer.pattern
        ):
            assert (inner.audience, inner.permission) == (outer.audience, outer.permission), (outer.name, inner.name)
    of_folder = {kind.pattern.partition("/")[0]: kind.permission for kind in KINDS}
    for kind in KINDS:
        assert kind.permission == of_folder[kind.pattern.partition("/")[0]]
