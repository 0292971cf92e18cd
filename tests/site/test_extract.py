"""What an audience gets: months with several leads, and what no audience is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from standardwerk import pipeline
from standardwerk.model.project import Project
from standardwerk.render.theme import theme_dir
from standardwerk.site.extract import WHOLE, Extract, NoExtractError, extract_for
from standardwerk.site.places import KINDS, PAGE_KINDS, Places
from tests.servers.firm import FEBRUARY, JANUARY, firm


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    folder = firm().write(tmp_path_factory.mktemp("firm"))
    folders = (folder / "mkdocs.yml", folder / "standards", folder / "scorecards")
    loaded = pipeline.load(pipeline.Options(*folders, date(2026, 3, 20), 1, False, theme_dir())).project
    assert loaded is not None
    return loaded.project


@pytest.mark.parametrize(
    ("audience", "told"),
    [
        ("team:west", "There are no scorecards of a team"),
        ("rep:zoe", "There are no scorecards of “{rep}”"),
        # A lead without a scorecard.
        ("rep:ned", "There are no scorecards of “{rep}”"),
        ("rep:", "There is no audience"),
        ("team", "There is no audience"),
        ("everybody", "There is no audience"),
        ("All", "There is no audience"),
        ("", "There is no audience"),
        ("../../x", "There is no audience"),
        ("rep:../ann", "There are no scorecards of “{rep}”"),
        ("rep:ann,bob", "There are no scorecards of “{rep}”"),
    ],
)
def test_what_is_no_audience(project: Project, audience: str, told: str) -> None:
    with pytest.raises(NoExtractError) as refused:
        extract_for(audience, project)
    assert refused.value.message.startswith(told)
    assert refused.value.message.format(**refused.value.values)


def test_the_present_lead_gets_the_months_in_which_the_team_was_hers(project: Project) -> None:
    assert extract_for("team:south", project).led == {
        ("teams/south", FEBRUARY),
        *((f"scorecards/{rep}", FEBRUARY) for rep in ("ann", "cid", "dee", "eve")),
    }
    north = extract_for("team:north", project).led
    assert ("scorecards/ann", JANUARY) in north
    assert ("scorecards/ann", FEBRUARY) not in north


def test_without_scorecards_there_is_the_handbook(project: Project) -> None:
    nothing = replace(project, roster=None, access=None, scoring=None)
    assert extract_for("handbook", nothing) == Extract("handbook")
    assert extract_for("all", nothing) == WHOLE
    for audience in ("rep:ann", "team:north"):
        with pytest.raises(NoExtractError, match="no scorecards in this project"):
            extract_for(audience, nothing)


def test_a_kind_is_held_by_whom_it_is_for(project: Project) -> None:
    """Whatever kinds there are: a person's extract has nothing outside her folder but what is safe for everyone."""
    ann = ("scorecards/ann", JANUARY)
    for kind in KINDS:
        own = kind.pattern.startswith("scorecards/")
        for audience in ("rep:ann", "team:north", "handbook"):
            extract = extract_for(audience, project)
            if not own:
                folder = kind.pattern.split("/")[0]
                assert not extract.has(kind, folder, JANUARY), (kind.name, audience)
            elif audience == "handbook":
                assert not extract.has(kind, *ann)
        assert extract_for("rep:ann", project).has(kind, *ann)
        assert not extract_for("rep:bob", project).has(kind, *ann) or not own
    assert not extract_for("team:north", project).has(PAGE_KINDS["rep"], "scorecards/ann")


def test_business_totals_and_names_are_in_no_extract(project: Project) -> None:
    """Even if ``access.yml`` opened them to everyone."""
    assert project.access is not None
    everyone = project.access.model_copy(update={"everyone": ("organisation", "data-quality", "teams")})
    places = Places(("de", "en"))
    for audience in ("rep:ann", "team:north"):
        extract = extract_for(audience, replace(project, access=everyone))
        assert extract.has_path(places, f"months/de/{JANUARY}/index.html")
        for path in (f"totals/de/{JANUARY}", f"data-quality/de/{JANUARY}", f"teams/south/de/{JANUARY}", "x", "months"):
            assert not extract.has_path(places, f"{path}/index.html"), path
        assert extract.has_path(places, "me/index.html")
    assert not extract_for("handbook", project).has_path(places, "me/index.html")
