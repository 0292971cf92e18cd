"""Folders of people under pseudonyms: everything leads to them, and nothing tells the key, or whose they are."""

from __future__ import annotations

import hashlib
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from standardwerk.cli import main
from standardwerk.diagnostics import Diagnostics, Place
from standardwerk.load.pseudonyms import FILE, VARIABLE, with_pseudonyms
from standardwerk.model.access import Access
from standardwerk.model.roster import Person, Roster
from tests.sites.tiny import Built, Tiny, build

KEY = "correct-horse-battery-staple-0123456789"
IDS = ("ann", "bob", "lea")
#: Base 32 as RFC 4648 has it.
SIGNS = "abcdefghijklmnopqrstuvwxyz234567"


def by_hand(key: str, rep: str) -> str:
    """HMAC as RFC 2104 defines it, and base 32 bit by bit."""
    padded = key.encode().ljust(64, b"\0")
    inner = hashlib.sha256(bytes(sign ^ 0x36 for sign in padded) + b"standardwerk: folder of a person\0" + rep.encode())
    made = hashlib.sha256(bytes(sign ^ 0x5C for sign in padded) + inner.digest()).digest()
    bits = "".join(f"{sign:08b}" for sign in made)
    return "".join(SIGNS[int(bits[start : start + 5], 2)] for start in range(0, 24 * 5, 5))


FOLDERS = {rep: by_hand(KEY, rep) for rep in IDS}


def roster(*ids: str) -> Roster:
    return Roster({rep: Person(rep, ()) for rep in ids}, ())


def named(access: Access, key: str, *ids: str) -> tuple[dict[str, str], list[str]]:
    found = Diagnostics()
    people = with_pseudonyms(roster(*ids), access, key, Place("access.yml"), found).people
    return {rep: person.folder for rep, person in people.items()}, [one.code.code for one in found]


def test_a_pseudonym_is_a_keyed_hash() -> None:
    assert named(Access(), KEY, *IDS) == (FOLDERS, [])
    assert named(Access(pseudonyms=True), KEY, *IDS) == (FOLDERS, [])
    assert not set(FOLDERS.values()) & set(named(Access(), KEY + "x", *IDS)[0].values())
    assert all(re.fullmatch(r"[a-z2-7]{24}", one) for one in FOLDERS.values())


def test_without_a_key_or_wish_folders_have_ids() -> None:
    ids = {rep: rep for rep in IDS}
    assert named(Access(), "", *IDS) == (ids, [])
    assert named(Access(pseudonyms=False), KEY, *IDS) == (ids, [])


@pytest.mark.parametrize("key", ["", "short", "x" * 31])
def test_no_key_or_a_short_one_is_an_error(key: str) -> None:
    assert named(Access(pseudonyms=True), key, *IDS)[1] == ["SW415"]
    assert not key or named(Access(), key, *IDS)[1] == ["SW415"]


def run(project: Path, *arguments: str, key: str = KEY) -> Result:
    return CliRunner(env={VARIABLE: key}).invoke(main, [*arguments, "-f", str(project / "mkdocs.yml"), "--lang", "en"])


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    tiny = Tiny()
    tiny.files["scorecards/access.yml"]["groups"] = [
        {"id": "g", "name": tiny.local("G"), "logins": ["boss"], "may": ["data-quality", "teams"]}
    ]
    built = tiny.build(tmp_path_factory.mktemp("pseudonyms"), **{VARIABLE: KEY})
    assert built.returncode == 0, built.output
    return built


@pytest.mark.site
def test_everything_lies_and_leads_there(built: Built) -> None:
    folders = {path.split("/")[1] for path in built.files() if path.startswith("scorecards/")}
    assert folders == {FOLDERS["ann"], FOLDERS["bob"]}
    project = built.site.parent / "project"
    audited = run(project, "audit", str(built.site))
    assert audited.exit_code == 0, audited.output
    team = built.read("teams/north/de/2026-02/index.html")
    assert f'"../../../../scorecards/{FOLDERS["ann"]}/de/2026-02/"' in team
    told = run(project, "announce", "2026-02", "--address", "https://intranet.example/")
    assert f"ann;https://intranet.example/scorecards/{FOLDERS['ann']}/de/2026-02/;" in told.output
    rules = built.site.parent / "rules"
    assert (
        run(project, "access", "nginx", "--site", str(built.site), "--password-file", "x", "-o", str(rules)).exit_code
        == 0
    )
    text = "".join(file.read_text("utf-8") for file in rules.iterdir())
    assert f"scorecards/{FOLDERS['ann']}" in text
    assert "scorecards/ann" not in text


@pytest.mark.site
def test_no_public_file_names_a_folder_or_an_id(built: Built) -> None:
    for path, data in built.files().items():
        if not path.startswith(("scorecards/", "teams/", "data-quality/")):
            for name in (*FOLDERS.values(), *(f"scorecards/{rep}" for rep in IDS)):
                assert name.encode() not in data, path
                assert name not in path


@pytest.mark.site
def test_a_folder_named_where_it_may_not_be_is_a_finding(built: Built, tmp_path: Path) -> None:
    shutil.copytree(built.site, tmp_path / "site")
    home = tmp_path / "site/de/index.html"
    home.write_text(home.read_text("utf-8") + f"<!-- {FOLDERS['bob']} -->", "utf-8")
    found = run(built.site.parent / "project", "audit", str(tmp_path / "site"))
    assert found.exit_code == 1
    assert "SW703 de/index.html" in found.output
    # With another key the whole site is somebody else's.
    found = run(built.site.parent / "project", "audit", str(built.site), key=KEY + "x")
    assert "SW702 scorecards/" in found.output


@pytest.mark.site
def test_the_key_is_nowhere(built: Built) -> None:
    folder = built.site.parent
    project = folder / "project"
    outputs = [built.output]
    outputs += [
        run(project, *command).output
        for command in (["check"], ["audit", str(built.site)], ["check", "--format", "json"])
    ]
    broken = run(project, "check", key=KEY[:20])
    assert broken.exit_code == 1
    assert "SW415" in broken.output
    outputs.append(broken.output)
    for written in (
        *(text.encode() for text in outputs),
        *(file.read_bytes() for file in folder.rglob("*") if file.is_file()),
    ):
        assert KEY[:20].encode() not in written


@pytest.mark.site
def test_the_key_of_a_new_handbook(tmp_path: Path) -> None:
    project = tmp_path / "new"
    made = CliRunner().invoke(main, ["new", str(project), "--company", "A", "--languages", "en", "--sample"])
    assert made.exit_code == 0, made.output
    key = (project / FILE).read_text("utf-8").strip()
    assert len(key) == 64
    assert key not in made.output
    assert f"/{FILE}" in (project / ".gitignore").read_text("utf-8").splitlines()
    assert (project / FILE).stat().st_mode & 0o077 == 0
    built = build(project, tmp_path / "site")
    assert built.returncode == 0, built.output
    assert by_hand(key, "ahorn-m") in {path.name for path in (built.site / "scorecards").iterdir()}
    assert not [path for path, data in built.files().items() if key.encode() in data]
    (project / FILE).unlink()
    assert "SW415" in run(project, "check", key="").output
