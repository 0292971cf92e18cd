"""``standardwerk audit``: each kind of leak is planted in a built site, and found; a site as it was built has none."""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Callable
from html import escape
from pathlib import Path
from urllib.parse import quote

import pytest
from click.testing import CliRunner

from standardwerk.cli import main
from standardwerk.cli_project import CommandProject
from standardwerk.operations.auditing import audit_site
from standardwerk.pipeline import LoadedSite
from standardwerk.publish.audit.markup import css_addresses, facts
from standardwerk.publish.audit.names import Names
from standardwerk.publish.audit.tree import OUTSIDE, Tree
from standardwerk.site.mentions import Identity
from tests.sites.tiny import Built, Tiny

PEOPLE = (
    Identity("kranich-j", "kranich-j"),
    Identity("kranich-j", "Jördis Kranichfeld"),
    Identity("kranich-j", "j.kranichfeld"),
    Identity("kranich-j-2", "kranich-j-2"),
    Identity("sommer", "sommer"),
    Identity("sommer", "Anna Sommer"),
    Identity("sommer-w", "Anna Sommer-Weiß"),
    Identity("4711", "4711"),
    Identity("4711", "Berg"),
    Identity("wang", "王伟"),
)
EVERYBODY = frozenset(one.rep for one in PEOPLE)


def named(text: str | bytes, allowed: frozenset[str] = frozenset()) -> set[str]:
    names, data = Names(PEOPLE), text.encode() if isinstance(text, str) else text
    return {name for name, _ in names.found("", data, [names.trace(data)], allowed)}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Frau Jördis Kranichfeld kommt.", {"Jördis Kranichfeld"}),
        ("JÖRDIS\n  KRANICHFELD", {"Jördis Kranichfeld"}),
        ("Jo\u0308rdis\u00a0Kranichfeld", {"Jördis Kranichfeld"}),
        ("J&ouml;rdis Kranichfeld; J&#246;rdis&nbsp;Kranichfeld", {"Jördis Kranichfeld"}),
        ("&#x4a;&#xf6;rdis &#75;ranichfeld", {"Jördis Kranichfeld"}),
        ("?q=J%C3%B6rdis%20Kranichfeld", {"Jördis Kranichfeld"}),
        ('"J\\u00f6rdis Kranichfeld"', {"Jördis Kranichfeld"}),
        ("<td>Jördis</td><td>Kranich\u00adfeld</td>", {"Jördis Kranichfeld"}),
        ("„Jördis Kranichfeld“", {"Jördis Kranichfeld"}),
        ("Jördis X. Kranichfeld, Jördisa Kranichfelder", set()),
        ("mailto:J.Kranichfeld@falkenrath.example", {"j.kranichfeld"}),
        ("FALKENRATH%5Cj.kranichfeld", {"j.kranichfeld"}),
        ("xj.kranichfeld", set()),
        ("/scorecards/kranich-j/de/", {"kranich-j"}),
        ("/scorecards/kranich-j-2/de/", {"kranich-j-2"}),
        ("kranich-js", set()),
        ("Im Sommer am Berg; sommer und 4711.", set()),
        ("<td>sommer</td>", {"sommer"}),
        ("a;Berg;b", {"Berg"}),
        ('"x": 4711, "4711"', set()),
        ("../scorecards/4711/de/", {"4711"}),
        ('"rep": "4711"', {"4711"}),
        ("Anna Sommer-Weiß", {"Anna Sommer-Weiß"}),
        ("Anna Sommer-Weiss", {"Anna Sommer-Weiß"}),
        ("Anna Sommer, Anna Sommer-Weiß", {"Anna Sommer", "Anna Sommer-Weiß"}),
        ("x王伟y 王伟", {"王伟"}),
        ('<body class="sommer" data-md-color-scheme="sommer" lang=sommer>', set()),
        ("<body data-name=\"sommer\" title='sommer'>", {"sommer"}),
        ('<p class="Anna Sommer">', {"Anna Sommer"}),
    ],
)
def test_a_name_is_found_however_it_is_written(text: str, found: set[str]) -> None:
    assert named(text) == found
    assert named(text, EVERYBODY) == set()


def test_everyday_words_in_a_program_mean_nobody() -> None:
    names, data = Names(PEOPLE), b'["sommer","Anna Sommer"]'
    assert [name for name, _ in names.found("", data, [names.trace(data)], frozenset(), in_code=True)] == [
        "Anna Sommer"
    ]


def test_namesakes_may_each_bear_their_name() -> None:
    names = Names([Identity("a", "Anna Berg"), Identity("b", "Anna Berg")])
    data = b"Anna Berg"
    assert list(names.found("", data, [names.trace(data)], frozenset({"a"}))) == []
    assert list(names.found("", data, [names.trace(data)], frozenset({"c"}))) == [("Anna Berg", 2)]


@pytest.mark.parametrize(
    "tag",
    [
        '<script src="https://x.example/a.js"></script>',
        "<SCRIPT SRC=//x.example/a.js></SCRIPT>",
        '<script src="/\\x.example/a.js"></script>',
        '<script src="ht\ntps://x.example/a.js"></script>',
        '<img title="a > b" src="https://x.example/a.png">',
        '<img title="a < b" src="https://x.example/a.png">',
        '<img srcset="a.png 1x, https://x.example/a.png 2x" src="a.png">',
        '<img src="http&#58;//x.example/a.png">',
        '<link rel="stylesheet" href="//x.example/a.css">',
        '<link rel="preconnect" href="https://x.example">',
        '<link rel="DNS-prefetch" href="//x.example">',
        '<link rel="alternate stylesheet" href="wss://x.example">',
        '<form action="https://x.example/">',
        '<button formaction="https://x.example/">',
        '<iframe src="https://x.example/">',
        '<object data="https://x.example/">',
        '<video poster="https://x.example/">',
        '<meta http-equiv="refresh" content="0; URL=\'https://x.example/\'">',
        '<base href="https://x.example/">',
        '<svg><use xlink:href="https://x.example/a.svg#a"/></svg>',
        '<svg><image href="https://x.example/a.png"/></svg>',
        '<a href="a/" ping="https://x.example/">a</a>',
        '<p style="background: url( https://x.example/a.png )">',
    ],
)
def test_what_a_browser_would_ask_of_others(tag: str) -> None:
    asked = [
        one
        for piece in tag.encode().split(b"<")
        for one in facts(piece).addresses
        if one.use == "asked" and one.leaves("https://intranet.example")
    ]
    # “alternate stylesheet” is asked for; “alternate” alone is not.
    assert len(asked) == 1, asked


@pytest.mark.parametrize(
    "tag",
    [
        '<a href="https://x.example/">a</a>',
        '<link rel="canonical" href="https://x.example/">',
        '<link rel="alternate" hreflang="de" href="https://x.example/">',
        '<svg xmlns="http://www.w3.org/2000/svg"><a xlink:href="https://x.example/">a</a></svg>',
        '<img src="data:image/png;base64,AAAA">',
        '<script src="https://intranet.example/a.js"></script>',
        '<p title="src=">src="https://x.example/a.js"</p>',
    ],
)
def test_what_a_browser_asks_of_nobody_else(tag: str) -> None:
    found = [one for piece in tag.encode().split(b"<") for one in facts(piece).addresses if one.use == "asked"]
    assert not [one for one in found if one.leaves("https://intranet.example")]


def test_what_a_style_sheet_asks_for() -> None:
    style = """@import "a.css"; @import url('b.css'); /* url(c) */ a { background: url(d.png) } b { src: url("e") }"""
    assert [one.text for one in css_addresses(style)] == ["a.css", "b.css", "d.png", "e"]


@pytest.mark.parametrize(
    ("link", "target"),
    [
        ("", ""),
        ("#x", ""),
        ("?q=1", ""),
        ("../b/", "de/b/index.html"),
        ("../b", "de/b/index.html"),
        ("../b/index.html#x", "de/b/index.html"),
        ("../b/index.html/", None),
        ("../%62/", "de/b/index.html"),
        ("./../../assets/x.css?v=1", "assets/x.css"),
        ("../../", "index.html"),
        ("../../../", None),
        ("../../x/../../y/", None),
        ("c/", None),
        ("/h/de/b/", "de/b/index.html"),
        ("/h", "index.html"),
        ("/h/c", None),
        ("/other/", OUTSIDE),
    ],
)
def test_where_a_link_leads(link: str, target: str | None) -> None:
    tree = Tree(["index.html", "de/a/index.html", "de/b/index.html", "assets/x.css"], "/h/")
    assert tree.target(["de", "a"], link) == target


# A built site ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("audit")
    tiny = Tiny()
    tiny.people[1][1] = "Ann Äble"
    built = tiny.build(folder)
    assert built.returncode == 0, built.output
    return built


@pytest.fixture(scope="module")
def project(built: Built) -> LoadedSite:
    return CommandProject(built.site.parent / "project/mkdocs.yml", None, "en").load(figures=False)


def audit(built: Built, site: Path, *arguments: str, **environment: str) -> tuple[int, list[tuple[str, str]], str]:
    config = str(built.site.parent / "project" / "mkdocs.yml")
    done = CliRunner(env=environment).invoke(
        main, ["audit", "-f", config, "--lang", "en", "--format", "json", *arguments, str(site)]
    )
    assert done.exit_code in {0, 1}, done.output
    listed = json.loads(done.output)["diagnostics"]
    return done.exit_code, [(one["code"], one["file"]) for one in listed], done.output


@pytest.mark.site
def test_a_site_as_it_was_built_has_no_finding(built: Built) -> None:
    assert audit(built, built.site)[:2] == (0, [])


def appended(path: str, text: str) -> Callable[[Path], None]:
    """A text put into a page's article, or at the end of another file."""

    def change(site: Path) -> None:
        file = site / path
        old = file.read_text("utf-8") if file.exists() else ""
        file.parent.mkdir(parents=True, exist_ok=True)
        page, article, rest = old.partition("</article>")
        file.write_text(page + text + article + rest, "utf-8")

    return change


def copied(source: str, target: str) -> Callable[[Path], None]:
    def change(site: Path) -> None:
        (site / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(site / source, site / target)

    return change


def in_search(entry: dict[str, str]) -> Callable[[Path], None]:
    def change(site: Path) -> None:
        file = site / "de/search/search_index.json"
        index = json.loads(file.read_text("utf-8"))
        index["docs"].append(entry)
        file.write_text(json.dumps(index), "utf-8")

    return change


def in_sitemap(site: Path) -> None:
    for name, pack in (("sitemap.xml", bytes), ("sitemap.xml.gz", gzip.compress)):
        (site / name).write_bytes(pack(b"<urlset><url><loc>teams/north/de/2026-01/</loc></url></urlset>"))


HOME, CARD, BOB, TEAM = (
    "de/index.html",
    "scorecards/ann/de/2026-01/index.html",
    "scorecards/bob/de/2026-01/index.html",
    "teams/north/de/2026-01/index.html",
)
LEAKS: tuple[tuple[str, str, Callable[[Path], None]], ...] = (
    ("SW703", HOME, appended(HOME, "<p>Ann Äble</p>")),
    ("SW703", HOME, appended(HOME, f"<p title='{escape('Ann Äble').replace('Ä', '&Auml;')}'>")),
    ("SW703", HOME, appended(HOME, f"<a href='https://x.example/?{quote('Ann Äble')}'>x</a>")),
    ("SW703", HOME, appended(HOME, "<span>ann</span>")),
    ("SW703", BOB, appended(BOB, "<p>Ann Äble</p>")),
    ("SW703", "scorecards/bob/2026-01.json", appended("scorecards/bob/2026-01.json", '{"x": "Ann \\u00c4ble"}')),
    ("SW703", "scorecards/bob/2026-01.csv", appended("scorecards/bob/2026-01.csv", "x;Ann Äble\r\n")),
    ("SW703", "months/de/2026-01/index.html", appended("months/de/2026-01/index.html", "<p>Bob Baker</p>")),
    ("SW703", "assets/x.js", appended("assets/x.js", "// for Bob Baker\n")),
    ("SW703", "assets/Bob-Baker.txt", appended("assets/Bob-Baker.txt", "Bob Baker")),
    ("SW703", "de/ann/x.png", appended("de/ann/x.png", "x")),
    ("SW703", "de/search/search_index.json", in_search({"location": "", "text": "Bob Baker", "title": "x"})),
    ("SW708", "de/search/search_index.json", in_search({"location": "../months/de/2026-01/", "text": "", "title": ""})),
    ("SW708", "sitemap.xml", in_sitemap),
    ("SW708", "sitemap.xml.gz", in_sitemap),
    ("SW702", "scorecards/ann/notes.txt", appended("scorecards/ann/notes.txt", "x")),
    ("SW702", "scorecards/zoe/2026-01.json", appended("scorecards/zoe/2026-01.json", "{}")),
    ("SW702", "teams/north/de/2025-01/index.html", copied(TEAM, "teams/north/de/2025-01/index.html")),
    ("SW702", "backup.sql", appended("backup.sql", "x")),
    ("SW702", ".git/config", appended(".git/config", "x")),
    ("SW704", "de/card/index.html", copied(CARD, "de/card/index.html")),
    ("SW704", "assets/month.html", copied("months/de/2026-01/index.html", "assets/month.html")),
    ("SW705", HOME, appended(HOME, '<a href="../nowhere/">x</a>')),
    ("SW705", HOME, appended(HOME, '<a href="#nowhere">x</a>')),
    ("SW705", HOME, appended(HOME, '<img src="nowhere.png">')),
    ("SW709", "en/index.html", appended(HOME, '<a href="../en/#nowhere">x</a>')),
    ("SW706", HOME, appended(HOME, "<script>alert(1)</script>")),
    ("SW706", HOME, appended(HOME, "<style>p { color: red }</style>")),
    ("SW706", HOME, appended(HOME, "<p onclick=alert(1)>")),
    ("SW706", HOME, appended(HOME, '<p style="color: red">')),
    ("SW706", HOME, appended(HOME, '<a href="java\nscript:alert(1)">x</a>')),
    ("SW707", HOME, appended(HOME, '<script src="https://x.example/x.js"></script>')),
    ("SW707", CARD, appended(CARD, '<img src="//x.example/x.png">')),
    ("SW707", "assets/x.css", appended("assets/x.css", "@import '//x.example/x.css';")),
    ("SW701", "index.html", lambda site: (site / "index.html").unlink()),
    ("SW701", "assets/policy.json", lambda site: (site / "assets/policy.json").unlink()),
)


@pytest.mark.site
@pytest.mark.parametrize(("code", "file", "plant"), LEAKS, ids=[f"{code} {file}" for code, file, _ in LEAKS])
def test_each_kind_of_leak_is_found(
    built: Built, project: LoadedSite, tmp_path: Path, code: str, file: str, plant: Callable[[Path], None]
) -> None:
    site = tmp_path / "site"
    shutil.copytree(built.site, site)
    plant(site)
    found = audit_site(project, site, "", workers=1).found
    assert (code, file) in {(one.code.code, one.place.file) for one in found}


@pytest.mark.site
def test_a_link_out_of_the_site_is_not_followed(built: Built, tmp_path: Path) -> None:
    site = tmp_path / "site"
    shutil.copytree(built.site, site)
    (site / "de/x.txt").symlink_to(tmp_path / "project")
    assert audit(built, site)[1] == [("SW702", "de/x.txt")]


@pytest.mark.site
def test_several_processes_find_the_same(built: Built, tmp_path: Path) -> None:
    site = tmp_path / "site"
    shutil.copytree(built.site, site)
    for number in range(450):
        appended(f"de/{number:03}/index.html", "<p>Bob Baker <a href='../../nowhere/'>x</a></p>")(site)
    one, two = (audit(built, site, "--workers", count) for count in "12")
    assert one == two
    # The same finding is listed for three files; the others are counted.
    listed = [f"de/{number:03}/index.html" for number in range(3)]
    assert sorted(one[1]) == sorted((code, file) for code in ("SW703", "SW705") for file in listed)
    config = str(built.site.parent / "project" / "mkdocs.yml")
    text = CliRunner().invoke(main, ["audit", "-f", config, "--lang", "en", str(site)]).output
    assert "894 more findings are the same in other files." in text


@pytest.mark.site
def test_a_log_that_others_read_names_nobody(built: Built, tmp_path: Path) -> None:
    site = tmp_path / "site"
    shutil.copytree(built.site, site)
    appended(BOB, "<p>Ann Äble</p>")(site)
    status, found, output = audit(built, site, CI="true")
    assert status == 1
    assert found == [("SW703", "scorecards/…/de/2026-01/index.html")]
    assert not [name for name in ("Ann", "ann", "Äble", "bob", "Bob") if name in output.replace("cannot", "")]


@pytest.mark.site
def test_whom_the_handbook_may_name(tmp_path: Path) -> None:
    tiny = Tiny()
    tiny.files["standards/index.de.md"] += "\nAsk Lea Lead (lea@tiny.example).\n"
    built = tiny.build(tmp_path)
    assert {code for code, _ in audit(built, built.site)[1]} == {"SW703"}
    tiny.files["scorecards/access.yml"]["named"] = ["lea"]
    built = tiny.build(tmp_path)
    assert audit(built, built.site)[:2] == (0, [])


@pytest.fixture(scope="module")
def rated(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Cyd of another team, who never led Ann, rates her in February; so does Dot, by her login."""
    tiny = Tiny()
    tiny.people.extend(
        [
            [rep, name, login, "rep", "south", "2020-01-01", "2026-01-01", ""]
            for rep, name, login in (("cyd", "Cyd Colleague", "c.colleague"), ("dot", "Dot Other", "d.other"))
        ]
    )
    tiny.files["scorecards/teams.csv"].append(["south", "South", "lea", "2026-01-01", ""])
    ratings = ["standard", "item", "rater"]
    tiny.files["scorecards/sources.yml"]["sources"]["ratings"] = {
        "rows": "events",
        "key": ["rep", *ratings],
        "columns": {name: {"type": "string"} for name in ratings} | {"rating": {"type": "integer"}},
    }
    for name in ("numerator", "denominator", "labels", "is_target", "by"):
        del tiny.measure[name]
    tiny.measure.update(
        {
            "kind": "mean",
            "source": "ratings",
            "value": "rating",
            "group": "item",
            "where": "standard == 'bookings' and rater != rep",
            "unit": "points",
            "bands": {"met": 4, "near": 3},
        }
    )
    levels = {str(level): tiny.local(f"Level {level}") for level in (1, 3, 5)}
    tiny.revision["anchors"] = [{"item": "care", "name": tiny.local("Care"), "levels": levels}]
    rows = {"2026-01": [("ann", "lea")], "2026-02": [("ann", "cyd"), ("ann", "D.Other"), ("ann", "lea")]}
    for month, given in rows.items():
        del tiny.files[f"scorecards/{month}/sales.csv"]
        tiny.files[f"scorecards/{month}/ratings.csv"] = [
            ["rep", *ratings, "rating"],
            *([rep, "bookings", "care", rater, "4"] for rep, rater in given),
        ]
    built = tiny.build(tmp_path_factory.mktemp("rated"))
    assert built.returncode == 0, built.output
    return built


@pytest.mark.site
def test_who_rated_a_person_stands_in_her_pages(rated: Built) -> None:
    page = rated.read("scorecards/ann/de/2026-02/index.html")
    assert "Cyd Colleague" in page
    assert "D.Other" in page
    assert audit(rated, rated.site)[:2] == (0, [])
    # A run that has read the figures finds the same.
    config = rated.site.parent / "project/mkdocs.yml"
    whole = CommandProject(config, None, "en").load()
    assert list(audit_site(whole, rated.site, "", workers=1).found) == []


@pytest.mark.site
@pytest.mark.parametrize(
    "file",
    [
        "scorecards/ann/de/2026-01/index.html",  # before she rated her
        "scorecards/ann/de/index.html",
        "scorecards/bob/de/2026-02/index.html",
        "scorecards/bob/2026-02.json",
        HOME,
    ],
)
@pytest.mark.parametrize("name", ["Cyd Colleague", "D.Other"])
def test_who_rated_a_person_stands_nowhere_else(rated: Built, tmp_path: Path, file: str, name: str) -> None:
    site = tmp_path / "site"
    shutil.copytree(rated.site, site)
    appended(file, f"<p>{name}</p>")(site)
    status, found, _ = audit(rated, site)
    assert status == 1
    assert set(found) == {("SW703", file)}


@pytest.mark.site
def test_a_site_with_findings_is_not_published(tmp_path: Path) -> None:
    tiny = Tiny()
    tiny.files["standards/index.de.md"] += "\nAsk Bob Baker.\n"
    project = tiny.write(tmp_path / "project")
    done = CliRunner(env={"NO_MKDOCS_2_WARNING": "1"}).invoke(
        main, ["publish", "-f", str(project / "mkdocs.yml"), "--lang", "en", str(tmp_path / "www")]
    )
    assert done.exit_code == 1
    assert "SW703 de/index.html" in done.output
    assert not (tmp_path / "www").exists()
