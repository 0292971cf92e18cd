"""A site for certain readers holds what they may read, whole and with every link, and nothing of anybody else."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from standardwerk.cli import main
from tests.servers.firm import FEBRUARY, JANUARY, PEOPLE, firm
from tests.sites.crawl import ERROR_PAGE, Crawl
from tests.sites.tiny import Built, build

pytestmark = pytest.mark.site

#: By audience: whose months it has (January, February), whose overview, and which months of a team. From the tables of
#: the firm: Ann moves from north to south in February, when Sam follows Sue as lead of south.
HELD = {
    "all": ("ann bob cid dee eve fay gus", "ann bob cid dee eve fay gus", "ann bob cid dee eve fay gus", "north south"),
    "handbook": ("", "", "", ""),
    "rep:ann": ("ann", "ann", "ann", ""),
    "rep:bob": ("bob", "bob", "bob", ""),
    "team:north": ("ann bob fay gus", "bob fay gus", "", "north"),
    "team:south": ("", "ann cid dee eve", "", "south"),
}
#: Who else may be named: who led them then.
LEADS = {"rep:ann": "ned sam", "rep:bob": "ned", "team:north": "ned", "team:south": "sam"}
MONTHS = (JANUARY, FEBRUARY)


def expected(audience: str) -> set[str]:
    """The personal files of a site, without those about the organisation."""
    *months, overviews, teams = (set(names.split()) for names in HELD[audience])
    found = set()
    for month, people in zip(MONTHS, months, strict=True):
        for rep in people:
            found |= {f"scorecards/{rep}/{month}.{kind}" for kind in ("json", "csv")}
            found |= {f"scorecards/{rep}/{language}/{month}/index.html" for language in ("de", "en")}
            # Both months are open for objections as yet.
            found |= {f"scorecards/{rep}/{language}/{month}/conversation/index.html" for language in ("de", "en")}
        if people:
            found |= {f"teams/{team}/{language}/{month}/index.html" for team in teams for language in ("de", "en")}
    found |= {f"scorecards/{rep}/{language}/index.html" for rep in overviews for language in ("de", "en")}
    return found


def run(project: Path, *arguments: str, **environment: str) -> Result:
    command, *rest = arguments
    return CliRunner(env=environment).invoke(main, [command, "-f", str(project / "mkdocs.yml"), "--lang", "en", *rest])


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A site for each audience, as it is published; the organisation's months are open to everyone."""
    folder = tmp_path_factory.mktemp("extracts")
    tiny = firm()
    tiny.files["scorecards/access.yml"]["everyone"] = ["organisation"]
    for row in tiny.people[1:]:
        # No everyday words, as which the firm's servers must know some logins.
        row[2] = f"{row[0]}.person"
    project = tiny.write(folder / "project")
    found = {"project": project}
    for audience in HELD:
        target = found[audience] = folder / audience.replace(":", "-")
        options = [] if audience == "all" else ["--audience", audience]
        done = run(project, "publish", str(target), *options)
        assert done.exit_code == 0, done.output
    return found


def files_of(site: Path) -> dict[str, bytes]:
    site = site.resolve()
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


@pytest.mark.parametrize("audience", HELD)
def test_it_holds_what_they_may_read(sites: dict[str, Path], audience: str) -> None:
    files = set(files_of(sites[audience]))
    personal = {path for path in files if path.startswith(("scorecards/", "teams/"))}
    assert personal == expected(audience)
    others = {path.split("/")[0] for path in files} - {"scorecards", "teams", "de", "en", "assets"}
    others = {one for one in others if "." not in one}
    if audience == "all":
        assert others == {"months", "totals", "data-quality", "me"}
    else:
        assert others == (set() if audience == "handbook" else {"months", "me"})


@pytest.mark.parametrize("audience", [one for one in HELD if one != "all"])
def test_nobody_else_is_in_any_file(sites: dict[str, Path], audience: str) -> None:
    named = {rep for names in (*HELD[audience], LEADS.get(audience, "")) for rep in names.split()}
    strangers = [rep for rep in PEOPLE if rep not in named]
    assert len(strangers) >= 4
    for path, data in files_of(sites[audience]).items():
        text = data.decode("utf-8", "replace")
        for rep in strangers:
            assert f"{rep.title()} Person" not in text, (path, rep)
            if not path.endswith(".js"):
                assert not re.search(rf"scorecards/{rep}\b|\"{rep}\"", text), (path, rep)
            assert f"/{rep}/" not in f"/{path}", rep


@pytest.mark.parametrize("audience", HELD)
def test_every_link_leads_somewhere(sites: dict[str, Path], audience: str) -> None:
    assert Crawl(sites[audience].resolve()).faults() == []


@pytest.mark.parametrize("audience", [one for one in HELD if one not in {"all", "handbook"}])
def test_figures_of_groups_are_those_of_the_whole_site(sites: dict[str, Path], audience: str) -> None:
    """So that what is hidden in one is hidden in all."""
    whole, part = files_of(sites["all"]), files_of(sites[audience])
    shared = [path for path in part if path.startswith("months/")]
    assert f"months/de/{FEBRUARY}/index.html" in shared
    assert {path: part[path] for path in shared} == {path: whole[path] for path in shared}


@pytest.mark.parametrize("audience", [one for one in HELD if one not in {"all", "handbook"}])
def test_figures_of_people_are_those_of_the_whole_site(sites: dict[str, Path], audience: str) -> None:
    whole, part = files_of(sites["all"]), files_of(sites[audience])
    data = [path for path in part if path.endswith((f"{JANUARY}.csv", f"{FEBRUARY}.csv", f"{FEBRUARY}.json"))]
    assert data
    assert {path: part[path] for path in data} == {path: whole[path] for path in data}


@pytest.mark.parametrize(
    ("audience", "page"),
    [
        ("rep:ann", "../scorecards/ann/de/"),
        ("team:north", f"../teams/north/de/{FEBRUARY}/"),
        ("team:south", f"../teams/south/de/{FEBRUARY}/"),
    ],
)
def test_me_leads_them_there(sites: dict[str, Path], audience: str, page: str) -> None:
    text = (sites[audience] / "me/index.html").read_text("utf-8")
    assert f'href="{page}"' in text
    assert 'href="../../me/"' in (sites[audience] / "de/my-scorecard/index.html").read_text("utf-8")


def test_what_the_handbook_says_of_scorecards(sites: dict[str, Path]) -> None:
    def told(audience: str) -> str:
        return (sites[audience] / "en/my-scorecard/index.html").read_text("utf-8")

    assert "No scorecards are published with this handbook." in told("handbook")
    assert "asks for your login" in told("all")
    for audience, words in (("rep:ann", "your own pages, and nobody else’s"), ("team:north", "for the lead of a team")):
        assert words in told(audience)
        assert "asks for your login" not in told(audience)


def test_the_audit_knows_for_whom_a_site_is(sites: dict[str, Path]) -> None:
    project = sites["project"]
    for built, asked, code in (
        ("rep:ann", "rep:ann", 0),
        ("rep:ann", "rep:bob", 1),
        ("all", "team:north", 1),
        ("team:south", "team:north", 1),
        ("rep:ann", "handbook", 1),
    ):
        done = run(project, "audit", str(sites[built].resolve()), "--audience", asked)
        assert done.exit_code == code, (built, asked, done.output)
        assert ("SW702" in done.output) == bool(code)


def test_an_audience_there_is_not_keeps_the_old_site(sites: dict[str, Path]) -> None:
    target = sites["rep:bob"]
    before = target.resolve()
    done = run(sites["project"], "publish", str(target), "--audience", "team:west")
    assert done.exit_code == 1
    assert "There are no scorecards of a team “west”" in done.output
    assert "Traceback" not in done.output
    assert target.resolve() == before


@pytest.fixture
def project(sites: dict[str, Path], tmp_path: Path) -> Iterator[Path]:
    """A copy to be changed."""
    yield Path(shutil.copytree(sites["project"], tmp_path / "project"))


def test_leads_get_nothing_where_only_people_may_read_their_own(project: Path, tmp_path: Path) -> None:
    access = project / "scorecards/access.yml"
    access.write_text(access.read_text("utf-8") + "default: own\n", "utf-8")
    done = run(project, "publish", str(tmp_path / "www"), "--audience", "team:north")
    assert done.exit_code == 1
    assert "opens scorecards to nobody but the person herself" in done.output
    assert run(project, "publish", str(tmp_path / "www"), "--audience", "rep:ann").exit_code == 0


def options(project: Path, **values: object) -> None:
    file = project / "mkdocs.yml"
    config = yaml.safe_load(file.read_text("utf-8"))
    config["plugins"] = ["search", {"standardwerk": config["plugins"][1]["standardwerk"] | values}]
    file.write_text(yaml.safe_dump(config), "utf-8")


def test_as_configured(project: Path, tmp_path: Path) -> None:
    access = project / "scorecards/access.yml"
    access.write_text(access.read_text("utf-8").replace("organisation", "data-quality"), "utf-8")
    options(project, audience="team:south")
    built = build(project, tmp_path / "site", "--strict")
    assert built.returncode == 0, built.output
    assert personal(built) == expected("team:south")
    # Nobody else's figures are needed, and nothing about everybody is there.
    assert not [path for path in built.files() if path.startswith(("months/", "totals/", "data-quality/"))]
    assert run(project, "audit", str(built.site)).exit_code == 0
    options(project, audience="team:nowhere")
    failed = build(project, tmp_path / "site")
    assert failed.returncode != 0
    assert "There are no scorecards of a team “nowhere”" in failed.output
    assert "Traceback" not in failed.output
    assert personal(built) == expected("team:south")


def personal(built: Built) -> set[str]:
    return {path for path in built.files() if path.startswith(("scorecards/", "teams/"))}


def test_what_mkdocs_alone_knows_has_to_be_said(project: Path, tmp_path: Path) -> None:
    file = project / "mkdocs.yml"
    options(project, audience="X")
    file.write_text(file.read_text("utf-8").replace("audience: X", "audience: !ENV [FOR_WHOM, all]"), "utf-8")
    assert run(project, "check").exit_code == 0
    done = run(project, "publish", str(tmp_path / "www"))
    assert done.exit_code == 2
    assert "Say it with --audience" in done.output
    built = build(project, tmp_path / "site", FOR_WHOM="rep:ann")
    assert personal(built) == expected("rep:ann")


def test_on_a_file_share(project: Path, tmp_path: Path) -> None:
    target = tmp_path / "share"
    done = run(project, "publish", str(target), "--audience", "team:north", "--offline", "--by-index")
    assert done.exit_code == 0, done.output
    (release,) = [path for path in target.iterdir() if path.is_dir()]
    crawl = Crawl(release, f"{release.as_uri()}/", files=True)
    crawl.known = {path for path in crawl.known if not ERROR_PAGE.fullmatch(path)}
    assert crawl.faults() == []
    assert f'href="../teams/north/de/{FEBRUARY}/index.html"' in (release / "me/index.html").read_text("utf-8")
    # The option of the command is that of one build.
    assert run(project, "publish", str(tmp_path / "www"), "--audience", "handbook").exit_code == 0
    assert 'href="de/"' in (tmp_path / "www/index.html").read_text("utf-8")
