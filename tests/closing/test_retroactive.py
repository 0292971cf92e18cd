"""A revision that holds for months before it was published: closed months show both results, and nothing moves."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from standardwerk import pipeline
from standardwerk.evaluate.published import figures_of
from standardwerk.pipeline import scorecards_of
from tests.closing.helpers import FEBRUARY, JANUARY, LATER, RULES, Project
from tests.sites.tiny import STANDARD, build

DAY, PUBLISHED = "2026-02-01", "2026-04-05"
TERMS = {"reason": {"de": "Vereinbart für <Februar>.", "en": "Agreed for <February>."}, "agreement_ref": "GBV 7"}


@pytest.fixture
def closed(tmp_path: Path) -> Project:
    project = Project(tmp_path)
    project.close_both()
    return project


def add_edition(project: Project) -> None:
    path = project.path("standards/editions.yml")
    data = yaml.safe_load(path.read_text("utf-8"))
    note = {"de": "Zweite", "en": "Second"}
    data["editions"].append({"label": "2026.2", "effective_from": DAY, "published_on": PUBLISHED, "note": note})
    path.write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")


def write(project: Project, folder: str, rules: dict[str, Any], text_of: str | None) -> None:
    path = project.path(f"{folder}{DAY}.yml")
    path.write_text(yaml.safe_dump(rules, allow_unicode=True), "utf-8")
    for language in ("de", "en") if text_of else ():
        text = project.text(f"{folder}{text_of}.{language}.md")
        project.path(f"{folder}{DAY}.{language}.md").write_text(text, "utf-8")


def revise(project: Project, **changes: Any) -> None:
    """A retroactive revision of the standard; its measure changed."""
    add_edition(project)
    rules = yaml.safe_load(project.text(RULES)) | {"retroactive": TERMS}
    rules["measures"][0] |= changes
    write(project, STANDARD, rules, "2026-01-01")


def test_revise_begins_a_retroactive_revision_until_it_is_published(closed: Project) -> None:
    add_edition(closed)
    refused = closed.run("revise", Path(STANDARD).name, "--from", DAY, on=PUBLISHED)
    assert (refused.exit_code, "is in force" in refused.output) == (1, True)
    closed.done("revise", Path(STANDARD).name, "--from", DAY, on="2026-04-04")
    assert closed.path(f"{STANDARD}{DAY}.yml").is_file()


def results(project: Project, on: str = LATER) -> dict[tuple[str, str], tuple[Any, Any]]:
    """By person and month: all published figures, and those under retroactive revisions by standard."""
    site = pipeline.load(project.options(on)).project
    assert site is not None
    assert site.project.roster is not None
    found = {}
    for person in site.project.roster.people.values():
        for card in scorecards_of(site, person):
            others = {
                one.standard.id: None if one.score is None else one.score.measures[0].figure for one in card.retroactive
            }
            found[person.id, str(card.month)] = (figures_of(card), others)
    return found


def test_the_published_result_stays_and_the_other_stands_beside_it(closed: Project) -> None:
    before = results(closed)
    revise(closed, bands={"met": 95, "near": 80})
    assert closed.codes() == set()
    after = results(closed)
    for key in ((rep, month) for rep in ("ann", "bob") for month in (JANUARY, FEBRUARY)):
        assert after[key][0] == before[key][0]
    # January lies before the revision.
    assert after["ann", JANUARY][1] == {}
    # Ann: 900 + 910 + 1000 + 1010 of 4000 in two months, 95.5 %: near under 100, met under 95.
    figure = after["ann", FEBRUARY][1]["bookings"]
    assert (figure.status.value, str(figure.value)) == ("met", "95.5")
    assert after["ann", FEBRUARY][0]["bookings"]["attainment"][:2] == ("near", "95.5")


def test_before_it_is_published_it_is_not_there(closed: Project) -> None:
    revise(closed, bands={"met": 95, "near": 80})
    assert results(closed, "2026-04-04")["ann", FEBRUARY][1] == {}
    assert "bookings" in results(closed, PUBLISHED)["ann", FEBRUARY][1]


def test_a_month_that_was_closed_under_it_has_one_result(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.done("close", JANUARY, on="2026-02-23")
    revise(project, bands={"met": 95, "near": 80})
    project.done("close", FEBRUARY, on=PUBLISHED)
    found = results(project)
    assert found["ann", FEBRUARY][0]["bookings"]["attainment"][:2] == ("met", "95.5")
    assert found["ann", FEBRUARY][1] == {}


def test_a_standard_may_end_retroactively(closed: Project) -> None:
    add_edition(closed)
    reason = {"de": "x", "en": "x"}
    write(closed, STANDARD, {"reason": reason, "retired": True, "retroactive": TERMS}, None)
    found = results(closed)
    assert found["ann", FEBRUARY][1] == {"bookings": None}
    assert found["ann", FEBRUARY][0]["bookings"]["attainment"][0] == "near"


def test_so_may_the_method(closed: Project) -> None:
    add_edition(closed)
    method = yaml.safe_load(closed.text("standards/method/2026-01-01.yml"))
    method |= {"ramp": [{"from_month": 1, "factor": 0.5}], "retroactive": TERMS}
    write(closed, "standards/method/", method, "2026-01-01")
    assert closed.codes() == set()
    figure = results(closed)["ann", FEBRUARY][1]["bookings"]
    # The quota counts half: twice the attainment.
    assert (figure.status.value, str(figure.value)) == ("met", "191.0")


@pytest.mark.site
def test_a_reader_sees_both(closed: Project) -> None:
    revise(closed, bands={"met": 95, "near": 80}, title={"de": "Neu", "en": "New"})
    closed.change("mkdocs.yml", "2026-03-20", LATER)
    site = closed.folder.parent / "site"
    built = build(closed.folder, site)
    assert built.returncode == 0, built.output
    data = json.loads(built.read(f"scorecards/ann/{FEBRUARY}.json"))
    (one,) = data["retroactive"]
    assert (one["standard"], one["edition"]) == ("bookings", "2026.2")
    assert one["reasons"] == [{"edition": "2026.2", "published_on": PUBLISHED, **TERMS}]
    assert one["result"]["revision"] == DAY
    assert one["result"]["status"] == "met"
    assert data["standards"][0]["status"] == "near"
    assert json.loads(built.read(f"scorecards/ann/{JANUARY}.json"))["retroactive"] == []
    page = built.read(f"scorecards/ann/de/{FEBRUARY}/index.html")
    section = page.partition('id="retroactive"')[2]
    for words in ("Vereinbart für &lt;Februar&gt;.", "GBV 7", "mindestens 100", "mindestens 95", "2026.2/standards/"):
        assert words in section, words
    assert "zwei Ergebnisse" in page
    assert 'id="retroactive"' not in built.read(f"scorecards/ann/de/{JANUARY}/index.html")
    # The row leads to the text by which the published result came about.
    assert "editions/2026.1/standards/bookings/" in page.partition('id="bookings"')[2].partition("</details>")[0]
    for path in ("de/editions/2026.2/standards/bookings/index.html", "de/editions/2026.2/changes/index.html"):
        assert "Gilt rückwirkend" in built.read(path), path
