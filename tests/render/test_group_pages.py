"""Pages of teams and the organisation, trends and the sheet for a talk, as they are read."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from standardwerk import pipeline
from standardwerk.render.group_pages import shortened
from standardwerk.render.shell import CONTENT, TITLE, Shell
from standardwerk.render.theme import theme_dir
from tests.sites.tiny import MONTHS, START, Tiny

REPS = {team: [f"{team[0]}{number}" for number in range(6)] for team in ("north", "south")}
JANUARY, FEBRUARY = MONTHS


def project() -> Tiny:
    """Twelve people in two teams; bookings by product line, and a share of visits made in time."""
    tiny = Tiny()
    tiny.files["scorecards/access.yml"] = {
        "default": "own-and-lead",
        "groups": [{"id": "heads", "name": tiny.local("Heads"), "logins": ["h"], "may": ["organisation", "totals"]}],
    }
    people = [(rep, team) for team, reps in REPS.items() for rep in reps]
    header = tiny.people[0]
    tiny.files["scorecards/reps.csv"] = [
        header,
        *([rep, f"Rep {rep.upper()}", rep, "rep", team, "2020-01-01", START, ""] for rep, team in people),
        *([lead, f"Lead {lead.upper()}", lead, "lead", team, "2020-01-01", START, ""] for lead, team in LEADS),
    ]
    tiny.files["scorecards/teams.csv"] = [
        tiny.files["scorecards/teams.csv"][0],
        *([team, team.title(), lead, START, ""] for lead, team in LEADS),
    ]
    assigned = tiny.files["scorecards/assignments.csv"]
    tiny.files["scorecards/assignments.csv"] = [
        assigned[0],
        *([rep, "T", line, "1", START, "", ""] for rep, _ in people for line in tiny.lines),
    ]
    visits = {"key": ["rep"], "columns": {"made": {"type": "integer"}, "due": {"type": "integer"}}}
    tiny.files["scorecards/sources.yml"]["sources"]["visits"] = visits | {"title": tiny.local("Visits")}
    tiny.revision["measures"].append(
        {
            "id": "visits",
            "title": tiny.local("Visits in time"),
            "role": "second",
            "kind": "proportion",
            "source": "visits",
            "numerator": "made",
            "denominator": "due",
            "unit": "percent",
            "decimals": 1,
            "better": "higher",
            "bands": {"met": 80, "near": 60},
        }
    )
    method = tiny.files[f"standards/method/{START}.yml"]
    method["organisation"] = {
        "headline": [{"standard": "bookings", "measure": "visits"}],
        "totals": [{"standard": "bookings", "measure": "attainment"}],
    }
    for index, month in enumerate(MONTHS):
        sales = [
            [rep, line, str(900 + 100 * index + 10 * place), "1000"]
            for place, (rep, line) in enumerate((rep, line) for rep, _ in people for line in tiny.lines)
        ]
        tiny.files[f"scorecards/{month}/sales.csv"] = [["rep", "product_line", "bookings", "quota"], *sales]
        made = [[rep, str(6 + (place + index) % 3), "10"] for place, (rep, _) in enumerate(people)]
        tiny.files[f"scorecards/{month}/visits.csv"] = [["rep", "made", "due"], *made]
    return tiny


LEADS = (("nele", "north"), ("sven", "south"))


def built(tiny: Tiny, folder: Path, on: str = "2026-03-12") -> dict[str, str]:
    """Every personal page, without the theme around it."""
    root = tiny.write(folder / "project")
    options = pipeline.Options(
        root / "mkdocs.yml", root / "standards", root / "scorecards", date.fromisoformat(on), 1, False, theme_dir()
    )
    loaded = pipeline.load(options)
    assert loaded.project is not None, list(loaded.diagnostics)
    shell = Shell.compile(f"<title>{TITLE}</title>{CONTENT}")
    shells = dict.fromkeys(pipeline.shell_keys(loaded.project), shell)
    pipeline.publish_personal(loaded.project, options, shells, folder / "site")
    site = folder / "site"
    return {file.relative_to(site).as_posix(): file.read_text("utf-8") for file in site.rglob("index.html")}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    tiny = project()
    tiny.files["scorecards/notes/2026-01/n1.actions.yml"] = {
        "actions": [
            {"text": "Call <b>Smith</b>", "owner": "rep", "due": "2026-02-20"},
            {"text": "Come along", "owner": "lead"},
            {"text": "Long done", "owner": "rep", "status": "done"},
        ]
    }
    tiny.files["scorecards/notes/2026-02/n2.note.md"] = "A note."
    # Somebody who falls behind.
    for row in tiny.files[f"scorecards/{FEBRUARY}/sales.csv"][1:]:
        if row[0] == "s1":
            row[2] = "10"
    return built(tiny, tmp_path_factory.mktemp("groups"))


def text(html: str) -> str:
    """What is read, in one line."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html))).strip()


def part(html: str, start: str, end: str) -> str:
    return html[html.index(start) :].partition(end)[0]


def talk(html: str, name: str) -> str:
    (found,) = [one for one in html.split('<section class="sw-talk">')[1:] if name in one.partition("</h3>")[0]]
    return text(found.partition("</section>")[0])


# Teams ----------------------------------------------------------------------------------------------------------------


def test_what_to_talk_about(pages: dict[str, str]) -> None:
    north, south = (pages[f"teams/{team}/en/{FEBRUARY}/index.html"] for team in REPS)
    assert talk(north, "Rep N1") == (
        "Rep N1 Open until February 20, 2026 (overdue): Call <b>Smith</b> Still open: Come along (by you) "
        "Conversation sheet : Rep N1"
    )
    assert "Call <b>Smith</b>" not in north
    assert "Nothing new: Rep N0 ( Conversation sheet : Rep N0 ), Rep N2 " in text(north)
    assert talk(south, "Rep S1").startswith("Rep S1 Bookings (en): met → is now missed Conversation")


def test_notes_still_to_be_written(pages: dict[str, str]) -> None:
    north, south = (text(pages[f"teams/{team}/en/{FEBRUARY}/index.html"]) for team in REPS)
    # Rep N2's is there.
    assert "Your note is still missing on: Rep N0 , Rep N1 , Rep N3 , Rep N4 , Rep N5 People" in north
    assert "Your notes on all 6 people are still missing." in south


def test_changes_are_told_in_german_too(pages: dict[str, str]) -> None:
    south = pages[f"teams/south/de/{FEBRUARY}/index.html"]
    assert talk(south, "Rep S1").startswith("Rep S1 Bookings (de): erfüllt → jetzt verfehlt Gesprächsbogen")


def test_people_by_name(pages: dict[str, str]) -> None:
    north = pages[f"teams/north/en/{FEBRUARY}/index.html"]
    table = part(north, "<table", "</table>")
    names = re.findall(r'<th scope="row">.*?<bdi>(.*?)</bdi>', table)
    assert names == [f"Rep N{number}" for number in range(6)]
    # Each mark has its word; no sums stand below or beside.
    assert len(re.findall(r'<span class="sw-word">(met|near|missed)</span>', table)) == 6
    assert len(re.findall(r"<tr>", table)) == 7
    assert re.search(r"<td>[^<]*\d", table) is None


def test_without_the_table(tmp_path: Path) -> None:
    """Switched off, nothing of it is in the page."""
    tiny = project()
    tiny.files["scorecards/access.yml"]["team_page"] = {"matrix": False}
    north = built(tiny, tmp_path)[f"teams/north/en/{FEBRUARY}/index.html"]
    assert "What to talk about" in north
    for trace in ("<table", "sw-people", "sw-word", "sw-marks", "People by name"):
        assert trace not in north
    # Everybody is there, with what there is to talk about, or with nothing new.
    assert re.findall(r'<section class="sw-talk">\n<h3><a [^>]*><bdi>([^<]*)', north) == ["Rep N3", "Rep N4"]
    assert [f"Conversation sheet : {name} )" in text(north) for name in ("Rep N0", "Rep N1", "Rep N2", "Rep N5")] == [
        True
    ] * 4


# The sheet ------------------------------------------------------------------------------------------------------------


def test_the_sheet_for_a_talk(pages: dict[str, str]) -> None:
    sheet = text(pages[f"scorecards/s1/en/{FEBRUARY}/conversation/index.html"])
    assert "Bookings (en) : now missed:" in sheet
    assert "A way to improve: Text (en)." in sheet
    assert "Date, signature: Rep S1" in sheet
    assert "Date, signature: Lead SVEN" in sheet
    agreed = pages[f"scorecards/n1/en/{FEBRUARY}/conversation/index.html"]
    assert "Call &lt;b&gt;Smith&lt;/b&gt;" in part(agreed, "Agreed last month", "</section>")
    assert "☑" in part(agreed, "Agreed last month", "</section>")


def test_no_sheet_of_a_closed_month(tmp_path: Path) -> None:
    found = built(project(), tmp_path, "2026-02-10")
    assert f"scorecards/n1/de/{JANUARY}/conversation/index.html" in found


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Short.", "Short."),
        ("One. Two and three. Four.", "One. Two and three."),
        (
            "A sentence that has no end within the room there is. And another.",
            "A sentence that has no end within the room there is.",
        ),
        ("No end at all in this very long text", "No end at all in this very long text"),
    ],
)
def test_a_step_is_cut_at_a_sentence(given: str, kept: str) -> None:
    assert shortened(given, 20) == kept


# The organisation -----------------------------------------------------------------------------------------------------


def row(html: str, title: str) -> list[str]:
    found = re.search(rf'<tr[^>]*><th scope="row">(?:<a [^>]*>)?{re.escape(title)}.*?</tr>', html, re.S)
    assert found is not None, title
    return [text(cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", found[0], re.S)]


def test_the_organisations_month(pages: dict[str, str]) -> None:
    html = pages[f"months/en/{FEBRUARY}/index.html"]
    assert row(html, "Visits in time (en)") == ["70.0%", "at least 80%", "unchanged", "", "70.0%", "70.0%"]
    tile = text(part(html, "<h2>Visits in time (en)</h2>", "</div>"))
    assert tile == "Visits in time (en) 70.0% this month, target at least 80% near as in the month before"
    assert "100.0% 36 of 36 rows, 2 of 2 files" in text(html)
    assert "<h2>Completeness of the data</h2>" in html


def test_what_changed_in_the_organisation(tmp_path: Path) -> None:
    """In January all visits were made, in February seven in ten, of which at least eight are wanted."""
    tiny = project()
    for row_ in tiny.files[f"scorecards/{JANUARY}/visits.csv"][1:]:
        row_[1] = "9"
    pages = built(tiny, tmp_path)
    said = {
        month: text(part(pages[f"months/en/{month}/index.html"], "<h2>All standards</h2>", "Figures are shown only"))
        for month in MONTHS
    }
    assert "Changed since" not in said[JANUARY]
    assert said[FEBRUARY].endswith("Changed since last month: now near: Visits in time (en)")


def test_a_team_in_which_all_are_the_same_is_not_left_over(tmp_path: Path) -> None:
    """North made every visit. From the whole and her own people South's lead would know it of each of them."""
    tiny = project()
    for month in MONTHS:
        for row_ in tiny.files[f"scorecards/{month}/visits.csv"][1:]:
            if row_[0].startswith("n"):
                row_[1] = "10"
    html = built(tiny, tmp_path)[f"months/en/{FEBRUARY}/index.html"]
    assert row(html, "Visits in time (en)") == ["–", "at least 80%", "", "", "–", "–"]
    # Where nobody missed one, it is said of all, and not exactly.
    for month in MONTHS:
        for row_ in tiny.files[f"scorecards/{month}/visits.csv"][1:]:
            row_[1] = "10"
    html = built(tiny, tmp_path / "all")[f"months/en/{FEBRUARY}/index.html"]
    wanted = ["95% or more", "at least 80%", "", "", "95% or more", "95% or more"]
    assert row(html, "Visits in time (en)") == wanted


def test_missing_data_are_named(tmp_path: Path) -> None:
    tiny = project()
    del tiny.files[f"scorecards/{FEBRUARY}/visits.csv"]
    html = built(tiny, tmp_path)[f"months/de/{FEBRUARY}/index.html"]
    assert "66,7 % 24 von 36 Zeilen, 1 von 2 Dateien Es fehlen: Visits (de)" in text(html)


def test_business_totals_stand_on_their_page_alone(pages: dict[str, str]) -> None:
    html = pages[f"totals/en/{FEBRUARY}/index.html"]
    amounts = [1000 + 10 * place for place in range(24)]
    of_s1 = [place for place in range(24) if place // 2 == 7]
    whole = sum(10 if place in of_s1 else amount for place, amount in enumerate(amounts))
    assert row(html, "All")[:3] == [f"€{whole:,}", "€24,000", f"{100 * whole / 24_000:.1f}%"]
    assert {row(html, name)[1] for name in ("Presses (en)", "Service (en)")} == {"€12,000"}
    months = pages[f"months/en/{FEBRUARY}/index.html"]
    assert f"{whole:,}" not in months
    assert "sw-totals" not in months
    # What can be said of groups is the same on both.
    assert row(html, "Visits in time (en)") == row(months, "Visits in time (en)")


@pytest.mark.parametrize(
    ("access", "months", "totals"),
    [
        ({}, False, False),
        ({"everyone": ["organisation"]}, True, False),
        ({"groups": [{"id": "g", "name": {"de": "G", "en": "G"}, "logins": ["g"], "may": ["totals"]}]}, False, True),
    ],
)
def test_what_nobody_may_read_is_not_built(tmp_path: Path, access: dict[str, Any], months: bool, totals: bool) -> None:
    tiny = project()
    tiny.files["scorecards/access.yml"] = {"default": "own", **access}
    found = {path.partition("/")[0] for path in built(tiny, tmp_path)}
    assert ("months" in found, "totals" in found) == (months, totals)


def test_nothing_leads_to_a_page_that_is_not_there(tmp_path: Path) -> None:
    tiny = project()
    groups = [{"id": "g", "name": tiny.local("G"), "logins": ["g"], "may": ["totals"]}]
    tiny.files["scorecards/access.yml"] = {"default": "own", "groups": groups}
    found = built(tiny, tmp_path)
    assert "/standards/bookings/" not in re.sub(
        r"editions/[^/]+/standards", "", found[f"totals/en/{FEBRUARY}/index.html"]
    )
    assert "months/" not in found[f"teams/north/en/{FEBRUARY}/index.html"]


# Trends ---------------------------------------------------------------------------------------------------------------


def test_a_trend(pages: dict[str, str]) -> None:
    html = pages["months/en/standards/bookings/index.html"]
    visits = part(html, "<h2>Visits in time (en)", "</section>")
    assert "Visits in time (en), Jan\u00a026 to Feb\u00a026: last 70.0%" in unescape(visits)
    rows = re.findall(r'<th scope="row">(\w+ \d+).*?</th>(.*?)</tr>', visits)
    assert [(month, text(cells)) for month, cells in rows] == [
        ("February 2026", "70.0% at least 80% 70.0% 70.0%"),
        ("January 2026", "70.0% at least 80% 70.0% 70.0%"),
    ]


def test_an_edition_in_a_trend(tmp_path: Path) -> None:
    tiny = project()
    tiny.files["standards/editions.yml"]["editions"].append(
        {
            "label": "2026.2",
            "effective_from": "2026-02-01",
            "published_on": "2026-01-15",
            "note": tiny.local("Second edition"),
        }
    )
    first, second = tiny.revision["measures"]
    changed = [first, second | {"bands": {"met": 90, "near": 60}}]
    for on_change, told in (
        ("carry", "target at least 90%, before at least 80%"),
        ("restart", "counting starts afresh"),
    ):
        tiny.files["standards/bookings/2026-02-01.yml"] = {
            "reason": tiny.local("Stricter"),
            "on_change": on_change,
            "measures": changed,
        }
        for code in tiny.languages:
            wording = tiny.files[f"standards/bookings/{START}.{code}.md"]
            tiny.files[f"standards/bookings/2026-02-01.{code}.md"] = wording
        html = built(tiny, tmp_path / on_change)["months/en/standards/bookings/index.html"]
        visits = part(html, "<h2>Visits in time (en)", "</section>")
        assert f"February 2026, Edition 2026.2: {told}" in text(visits)
        assert 'class="sw-m"' in visits
        assert ("counted afresh" in visits) is (on_change == "restart")
