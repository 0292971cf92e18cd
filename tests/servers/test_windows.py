"""Rules for IIS and NTFS, which these tests cannot run: read as their documentation says they are read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from standardwerk import pipeline
from standardwerk.operations.access import grants_of
from standardwerk.render.policy import Policy
from standardwerk.render.servers import iis, ntfs
from standardwerk.render.servers.common import Served
from standardwerk.render.servers.windows import NoAccountError
from standardwerk.render.theme import theme_dir
from tests.servers.firm import OTHERS, PEOPLE, WINDOWS, firm, is_rep, may_read
from tests.sites.tiny import AS_OF, MONTHS


def served_by(folder: Path, *, windows: bool) -> Served:
    """The firm, without a built site."""
    project = firm(windows=windows).write(folder / "project")
    options = pipeline.Options(
        project / "mkdocs.yml",
        project / "standards",
        project / "scorecards",
        date.fromisoformat(AS_OF),
        1,
        False,
        theme_dir(),
    )
    site = pipeline.load(options, figures=False).project
    assert site is not None
    return Served(grants_of(site), Policy(("sha256-x",), ()), "/handbook/")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Served:
    return served_by(tmp_path_factory.mktemp("windows"), windows=True)


def accounts() -> dict[str, str]:
    """Everybody by the account Windows knows: with the firm's domain, if the login has none."""
    found = {}
    for who, (login, _, _) in PEOPLE.items():
        login = WINDOWS.get(who, login)
        found[who] = login if "\\" in login or "@" in login else f"FIRM\\{login}"
    return found | {login: login if "\\" in login else f"FIRM\\{login}" for login in OTHERS} | {"x": "FIRM\\x"}


def planned() -> Iterator[str]:
    """All personal files of the site."""
    for who in PEOPLE:
        if is_rep(who):
            for language in ("de", "en"):
                yield f"scorecards/{who}/{language}/index.html"
                for month in MONTHS:
                    yield f"scorecards/{who}/{language}/{month}/index.html"
                    yield f"scorecards/{who}/{language}/{month}/conversation/index.html"
            for month in MONTHS:
                yield f"scorecards/{who}/{month}.json"
                yield f"scorecards/{who}/{month}.csv"
    for language in ("de", "en"):
        for month in MONTHS:
            for team in ("north", "south"):
                yield f"teams/{team}/{language}/{month}/index.html"
            for folder in ("months", "totals", "data-quality"):
                yield f"{folder}/{language}/{month}/index.html"
        yield f"months/{language}/standards/bookings/index.html"


#: Files that nobody planned.
UNPLANNED = ("scorecards/all.csv", "teams/index.html", "months/x.json", "data-quality/x.html", "totals/all.csv")


# IIS ------------------------------------------------------------------------------------------------------------------


def authorization(element: ElementTree.Element | None, rules: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Rules as they are after an ``<authorization>``: inherited ones come first unless they are cleared."""
    found = element.find("security/authorization") if element is not None else None
    for one in found if found is not None else ():
        if one.tag == "clear":
            rules = []
        else:
            assert one.tag == "add"
            rules = [*rules, (one.attrib["accessType"], one.attrib["users"])]
    return rules


def iis_lets_in(files: Mapping[str, str], path: str, name: str | None) -> bool:
    """Whether IIS lets an account (None: nobody signed in) read a file: rules from the root down."""
    rules: list[tuple[str, str]] = []
    segments = path.split("/")
    for depth in range(len(segments)):
        text = files.get("/".join([*segments[:depth], "web.config"]))
        if text is None:
            continue
        tree = ElementTree.fromstring(text.encode())
        rules = authorization(tree.find("system.webServer"), rules)
        rest = segments[depth:]
        for place in sorted(tree.findall("location"), key=lambda one: one.attrib["path"].count("/")):
            where = place.attrib["path"].split("/")
            if rest[: len(where)] == where:
                rules = authorization(place.find("system.webServer"), rules)
    names = {name.lower() if name is not None else "?", "*"}
    for kind in ("Deny", "Allow"):
        for access, users in rules:
            if access == kind and names & {one.strip().lower() for one in users.split(",")}:
                return kind == "Allow"
    return False


def test_iis_lets_in_whom_it_should(served: Served) -> None:
    files = iis.files(served)
    for path in planned():
        for who, name in accounts().items():
            assert iis_lets_in(files, path, name) == may_read(who, path), (path, who)
        assert not iis_lets_in(files, path, None)
    for path in UNPLANNED:
        assert not any(iis_lets_in(files, path, name) for name in (*accounts().values(), None)), path
    for path in ("index.html", "de/index.html", "assets/x.css", "404.html"):
        assert iis_lets_in(files, path, None)


def test_iis_leads_from_me(served: Served) -> None:
    files = iis.files(served)
    assert not iis_lets_in(files, "me/default.aspx", None)
    assert iis_lets_in(files, "me/default.aspx", "FIRM\\x")
    lines = [line.split("\t") for line in files["me/App_Data/homes.txt"].splitlines()]
    homes = {(login, language): url for login, language, url in lines}
    assert len(homes) == len(lines)
    assert homes["firm\\ann", "en"] == f"/handbook/scorecards/ann/en/{MONTHS[1]}/"
    assert homes["firm\\sue", "de"] == f"/handbook/teams/south/de/{MONTHS[0]}/"


def test_iis_sends_the_headers(served: Served) -> None:
    files = iis.files(served)

    def headers(path: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for file in ("web.config", f"{path}/web.config"):
            for one in ElementTree.fromstring(files[file].encode()).findall(
                "system.webServer/httpProtocol/customHeaders/*"
            ):
                if one.tag == "remove":
                    found.pop(one.attrib["name"], None)
                else:
                    assert one.attrib["name"] not in found
                    found[one.attrib["name"]] = one.attrib["value"]
        return found

    for folder in ("scorecards", "teams", "months", "totals", "data-quality", "me"):
        assert headers(folder) == served.personal_headers, folder


def test_files_of_iis_are_small_enough(served: Served) -> None:
    """IIS reads no file beyond 250 kB."""
    grants = served.grants
    led = {
        ("scorecards/ann", f"{year}-{month:02}"): frozenset({"ned"})
        for year in range(2020, 2030)
        for month in range(1, 13)
    }
    ten_years = replace(served, grants=replace(grants, led=led))
    assert max(len(text.encode()) for text in iis.files(ten_years).values()) < 250_000


# NTFS -----------------------------------------------------------------------------------------------------------------

_TEXT = r"'((?:[^'\u2018\u2019\u201a\u201b]|['\u2018\u2019\u201a\u201b]{2})*)'"
_CLOSE = re.compile(rf"Close-Folder {_TEXT}")
_OPEN = re.compile(rf"Open-Place {_TEXT} @\(({_TEXT}(?:, {_TEXT})*)\)")


def unquoted(text: str) -> str:
    return re.sub(r"(['\u2018\u2019\u201a\u201b])['\u2018\u2019\u201a\u201b]", r"\1", text)


@dataclass
class Share:
    """A share after the script."""

    closed: set[str]
    opened: dict[str, set[str]]

    @classmethod
    def after(cls, script: str) -> Share:
        share = cls(set(), {})
        assert script.startswith("\ufeff#")
        body = script.partition("\r\n\r\nClose-Folder")
        for line in ("Close-Folder" + body[2]).rstrip("\r\n").split("\r\n"):
            close, opening = _CLOSE.fullmatch(line), _OPEN.fullmatch(line)
            if close:
                assert not share.opened
                share.closed.add(unquoted(close[1]))
            else:
                assert opening, line
                names = {unquoted(name) for name in re.findall(_TEXT, opening[2])}
                share.opened.setdefault(unquoted(opening[1]), set()).update(names)
        return share

    def lets_in(self, path: str, name: str) -> bool:
        segments = path.split("/")
        above = ["/".join(segments[:depth]) for depth in range(1, len(segments) + 1)]
        if segments[0] not in self.closed:
            return True
        return any(name in self.opened.get(one, ()) for one in above)


def test_the_share_lets_in_whom_it_should(served: Served) -> None:
    share = Share.after(ntfs.script(served, "rights.ps1"))
    for path in planned():
        for who, name in accounts().items():
            assert share.lets_in(path, name) == may_read(who, path), (path, who)
    for path in UNPLANNED:
        assert not any(share.lets_in(path, name) for name in accounts().values()), path
    assert share.lets_in("de/index.html", "FIRM\\x")


def test_texts_of_powershell_are_texts() -> None:
    for text in ("a", "o'neil", "\u2019; rm -r \u201b", '$(x) `n " {0}', "''", "ä\\ö"):
        quoted = ntfs.quoted(text)
        match = re.fullmatch(_TEXT, quoted)
        assert match, quoted
        assert unquoted(match[1]) == text


@pytest.mark.parametrize("make", [iis.files, lambda served: ntfs.script(served, "x.ps1")])
def test_logins_that_windows_cannot_have_are_refused(tmp_path: Path, make: object) -> None:
    assert callable(make)
    with pytest.raises(NoAccountError):
        make(served_by(tmp_path, windows=False))
