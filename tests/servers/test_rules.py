"""Real nginx and Apache with generated rules: each file, each visitor, each way to write an address."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.servers import running
from tests.servers.client import Answer, Client
from tests.servers.conftest import run
from tests.servers.firm import (
    FEBRUARY,
    JANUARY,
    PASSWORD,
    STRANGERS,
    home_of,
    is_public,
    may_read,
    visitors,
)

pytestmark = [pytest.mark.site, pytest.mark.xdist_group("servers")]

#: Who asks, besides those who sign in rightly.
ANONYMOUS, WRONG = "nobody", "a wrong password"
#: One name for each part that somebody can have towards Ann in January.
PARTS = {
    "own": "Ann",
    "own, in capitals": "ANN",
    "own, with domain": "firm\\ann",
    "other rep of the team": "FIRM\\Bob",
    "rep of her later team": 'o\'neil $(id) `x` "q"',
    "lead then": "ned@firm.example",
    "lead of the other team then": "sue",
    "lead of her later team": "default",
    "group": "the.boss",
    "group of totals": "cfo",
    "group of all teams": "people\\chief",
    "HR": "hr",
    "stranger with her name": "ann@elsewhere.example",
    ANONYMOUS: "",
    WRONG: "Ann",
}
#: A file of each kind about January.
KINDS = {
    "scorecard": f"scorecards/ann/de/{JANUARY}/index.html",
    "conversation": f"scorecards/ann/de/{JANUARY}/conversation/index.html",
    "overview": "scorecards/ann/de/index.html",
    "json": f"scorecards/ann/{JANUARY}.json",
    "csv": f"scorecards/ann/{JANUARY}.csv",
    "team": f"teams/north/de/{JANUARY}/index.html",
    "organisation": f"months/de/{JANUARY}/index.html",
    "trend": "months/de/standards/bookings/index.html",
    "totals": f"totals/de/{JANUARY}/index.html",
    "data quality": f"data-quality/de/{JANUARY}/index.html",
    "handbook": "de/standards/bookings/index.html",
}
NAMED = re.compile(rb"\b(?:Ann|Bob|Cid|Dee|Eve|Fay|Gus) Person")
REFUSALS = {400, 401, 403, 404, 405, 406, 409, 414, 501}


@dataclass
class Behind:
    """A server, and the site behind it."""

    client: Client
    site: Path

    def file(self, path: str) -> bytes | None:
        """A file's content; None: there is none."""
        file = self.site / path
        return file.read_bytes() if file.is_file() else None


@pytest.fixture(scope="session")
def behind(server: tuple[int, Path]) -> Iterator[Behind]:
    client = Client(server[0])
    yield Behind(client, server[1])
    client.close()


def credentials(part: str, name: str) -> tuple[str, str] | None:
    if part == ANONYMOUS:
        return None
    return name, "wrong" if part == WRONG else PASSWORD


def expected(behind: Behind, part: str, name: str, path: str) -> int:
    """The status for a path below the root; from the tables of the firm and the documents."""
    there = behind.file(path) is not None
    if is_public(path):
        return 200 if there else 404
    if part in {ANONYMOUS, WRONG}:
        return 401
    who = visitors()[name]
    if may_read(who, path):
        return 200 if there else 404
    return 403


def tells_nothing(behind: Behind, answer: Answer, *, method: str = "GET") -> None:
    """A refusal is a page that is the same whatever was asked for."""
    assert answer.status in REFUSALS, answer.status
    if method == "HEAD":
        assert answer.body == b""
    elif answer.body not in {behind.file(f"de/{answer.status}.html"), behind.file(f"en/{answer.status}.html")}:
        # What a server refuses before it looks at its rules, it refuses in its own words.
        assert answer.status in {400, 404, 405}
        assert not NAMED.search(answer.body)
        assert len(answer.body) < 500


# Each file ------------------------------------------------------------------------------------------------------------


def test_every_file_for_everybody(behind: Behind) -> None:
    personal = public = 0
    for file in sorted(behind.site.rglob("*")):
        path = file.relative_to(behind.site).as_posix()
        if not file.is_file() or path.startswith("me/") or re.search(r"(^|/)(\.htaccess|40\d\.html)$", path):
            continue
        content = file.read_bytes()
        asking = {name: name for name in visitors()} | {ANONYMOUS: "", WRONG: "Ann"}
        if is_public(path):
            public += 1
            asking = {ANONYMOUS: "", "hr": "hr"}
        else:
            personal += 1
        for part, name in asking.items():
            answer = behind.client.ask(f"/{path}", credentials(part, name))
            assert answer.status == expected(behind, part, name, path), (path, part, name)
            if answer.status == 200:
                assert answer.body == content, (path, name)
            else:
                tells_nothing(behind, answer)
    assert public > 50
    assert personal > 80
    print(f"\n{Client.count} requests so far")


def test_rules_are_never_served(behind: Behind) -> None:
    for path in (".htaccess", "de/.htaccess", "scorecards/.htaccess", "scorecards/ann/.htaccess", "de/web.config"):
        for name in ("Ann", "the.boss"):
            assert behind.client.ask(f"/{path}", (name, PASSWORD)).status in {403, 404}, path
        assert behind.client.ask(f"/{path}").status in {401, 403, 404}


def test_the_pages_of_errors_are_no_way_round(behind: Behind) -> None:
    for code in ("401", "403", "404"):
        answer = behind.client.ask(f"/de/{code}.html/../../{KINDS['json']}")
        tells_nothing(behind, answer)


# Each way to write an address -----------------------------------------------------------------------------------------


def every_sign(path: str) -> str:
    return "".join(sign if sign == "/" else f"%{ord(sign):02x}" for sign in path)


def folder(path: str) -> str:
    return path.removesuffix("index.html")


#: By name: how an address is written that means the same file.
SAME: dict[str, Callable[[str], str]] = {
    "folder": lambda path: "/" + folder(path),
    "each sign encoded": lambda path: "/" + every_sign(path),
    "some signs encoded": lambda path: "/" + path.replace("a", "%61").replace("-", "%2D"),
    "dots": lambda path: "/de/../" + path,
    "dots in the folder": lambda path: "/scorecards/bob/../../" + path,
    "dots encoded": lambda path: "/de/%2e%2e/" + path,
    "dots to nowhere": lambda path: "/nothing/at/all/../../../" + path,
    "a dot": lambda path: "/./" + path.replace("/", "/./"),
    "double slashes": lambda path: "//" + path.replace("/", "//"),
    "a question": lambda path: f"/{path}?who=ann",
    "a question like another file": lambda path: f"/{path}?/de/index.html",
    "whole address": lambda path: f"http://127.0.0.1/{path}",
}
#: Addresses that look like the file and mean another, or none.
OTHER: dict[str, Callable[[str], str]] = {
    "capitals": lambda path: "/" + path.upper(),
    "a capital": lambda path: "/" + path.capitalize(),
    "slash encoded": lambda path: "/" + path.replace("/", "%2f"),
    "slash encoded behind dots": lambda path: "/de/..%2f" + path,
    "backslashes": lambda path: "/" + path.replace("/", "%5c"),
    "backslash and dots": lambda path: "/de/..%5c" + path,
    "encoded twice": lambda path: "/" + path.replace("a", "%2561"),
    "a slash behind": lambda path: f"/{path}/",
    "a path behind": lambda path: f"/{path}/de/",
    "a page behind": lambda path: f"/{path}/../../../../de/x",
    "a space behind": lambda path: f"/{path}%20",
    "a dot behind": lambda path: f"/{path}.",
    "a zero behind": lambda path: f"/{path}%00",
    "a zero and more behind": lambda path: f"/{path}%00.css",
    "a line behind": lambda path: f"/{path}%0a",
    "a stream": lambda path: f"/{path}::$DATA",
    "a parameter": lambda path: f"/{path};/../x",
    "a parameter before": lambda path: f"/x;/../{path}",
    "overlong": lambda path: "/" + path.replace("/", "%c0%af"),
    "full width": lambda path: "/" + path.replace("a", "%ef%bd%81"),
    "tilde": lambda path: f"/~/{path}",
    "above the root": lambda path: f"/../../../{path}",
    "another extension": lambda path: "/" + path.rpartition(".")[0],
}


def test_every_way_to_the_same_file(behind: Behind) -> None:
    for kind, path in KINDS.items():
        content = behind.file(path)
        assert content is not None, path
        for part, name in PARTS.items():
            who = credentials(part, name)
            status = expected(behind, part, name, path)
            for way, write in SAME.items():
                answer = behind.client.ask(write(path), who)
                assert answer.status == status, (kind, part, way)
                if status == 200:
                    assert answer.body == content
                else:
                    tells_nothing(behind, answer)


def test_no_way_round(behind: Behind) -> None:
    for kind, path in KINDS.items():
        content = behind.file(path)
        assert content is not None
        for part, name in PARTS.items():
            if expected(behind, part, name, path) == 200:
                continue
            for way, write in OTHER.items():
                answer = behind.client.ask(write(path), credentials(part, name))
                assert answer.status in REFUSALS, (kind, part, way, answer.status)
                tells_nothing(behind, answer)


def test_a_folder_without_its_slash(behind: Behind) -> None:
    for kind, path in KINDS.items():
        if not path.endswith("/index.html"):
            continue
        address = "/" + folder(path).rstrip("/")
        for part, name in PARTS.items():
            answer = behind.client.ask(address, credentials(part, name))
            status = expected(behind, part, name, path)
            assert answer.status == (301 if status == 200 else status), (kind, part)
            if status == 200:
                assert re.sub("^http://127.0.0.1(:[0-9]+)?", "", answer.headers["location"]) == f"{address}/"


def test_parts_heads_and_what_has_not_changed(behind: Behind) -> None:
    for kind, path in KINDS.items():
        content = behind.file(path)
        assert content is not None
        whole = behind.client.ask(f"/{path}", ("Ann", PASSWORD))
        known = {"If_None_Match": whole.headers.get("etag", '"x"')}
        since = {"If_Modified_Since": "Fri, 01 Jan 2100 00:00:00 GMT"}
        for part, name in PARTS.items():
            who, status = credentials(part, name), expected(behind, part, name, path)
            head = behind.client.ask(f"/{path}", who, "HEAD")
            assert head.status == status, (kind, part)
            if status == 200:
                assert head.headers["content-length"] == str(len(content))
            some = behind.client.ask(f"/{path}", who, Range="bytes=2-11")
            assert some.status == (206 if status == 200 else status), (kind, part)
            if status == 200:
                assert some.body == content[2:12]
            else:
                tells_nothing(behind, head, method="HEAD")
                # A server may cut a refusal as well.
                assert some.body in (behind.file(f"de/{status}.html") or b"")
            for condition in (known, since):
                if condition is known and expected(behind, "own", "Ann", path) != 200:
                    continue
                answer = behind.client.ask(f"/{path}", who, **condition)
                assert answer.status in ({304, 200} if status == 200 else {status}), (kind, part, condition)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PROPFIND", "PATCH", "MOVE", "get", "XYZ"])
def test_other_methods_show_nothing_and_change_nothing(behind: Behind, method: str) -> None:
    before = {file: file.stat().st_mtime_ns for file in behind.site.rglob("*")}
    for path in KINDS.values():
        for part, name in PARTS.items():
            answer = behind.client.ask(f"/{path}", credentials(part, name), method, Content_Length="0")
            if expected(behind, part, name, path) != 200:
                assert answer.status in REFUSALS | {200}, (path, part)
                assert not NAMED.search(answer.body)
                assert answer.status != 200 or answer.body == b""
    assert {file: file.stat().st_mtime_ns for file in behind.site.rglob("*")} == before


# What a refusal tells -------------------------------------------------------------------------------------------------


def told(answer: Answer) -> tuple[int, bytes, dict[str, str]]:
    """An answer without what differs from moment to moment."""
    return answer.status, answer.body, {name: value for name, value in answer.headers.items() if name != "date"}


def test_nobody_learns_who_and_what_is_there(behind: Behind) -> None:
    """What is there and what is not are refused alike, to strangers and with a wrong password."""
    there = [path for kind, path in KINDS.items() if kind != "handbook"]
    absent = [path.replace("ann", "nobody").replace("north", "nowhere").replace(JANUARY, "2031-01") for path in there]
    absent += ["x", "scorecards/", "scorecards", "teams/north/", "api/v1"]
    for who in (
        None,
        ("Ann", "wrong"),
        ("ned@firm.example", ""),
        ("nobody", PASSWORD),
        *((s, PASSWORD) for s in STRANGERS),
    ):
        answers = [told(behind.client.ask(f"/{path}", who)) for path in [*there, *absent]]
        assert [one[0] for one in answers] == [403 if who and who[1] == PASSWORD and who[0] != "nobody" else 401] * len(
            answers
        )
        assert all(one == answers[0] for one in answers)


def test_who_is_not_signed_in_is_asked_to(behind: Behind) -> None:
    answer = behind.client.ask(f"/{KINDS['json']}")
    assert answer.headers["www-authenticate"].startswith('Basic realm="Standardwerk"')
    assert "www-authenticate" not in behind.client.ask(f"/{KINDS['json']}", ("hr", PASSWORD)).headers


@pytest.mark.parametrize(
    ("accepts", "language"),
    [
        ("", "de"),
        ("de", "de"),
        ("en", "en"),
        ("en-GB,en;q=0.9,de;q=0.8", "en"),
        ("de-AT, en", "de"),
        ("fr-FR,fr;q=0.9,en;q=0.7,de;q=0.5", "en"),
        ("fr, nl;q=0.9, DE-de;q=0.8, en", "de"),
        ("fr", "de"),
        ("enx", "de"),
        ("x-en, pt", "de"),
        ("'\";$(x)\\", "de"),
    ],
)
def test_the_language_is_the_browsers(behind: Behind, accepts: str, language: str) -> None:
    for path, who in (("x", None), ("x", ("hr", PASSWORD)), (f"{language}/none/", None)):
        answer = behind.client.ask(f"/{path}", who, Accept_Language=accepts)
        assert answer.body == behind.file(f"{language}/{answer.status}.html"), (accepts, answer.status)


# /me/ -----------------------------------------------------------------------------------------------------------------


def test_me_leads_everybody_to_their_own(behind: Behind) -> None:
    for name, who in visitors().items():
        for accepts, language in (("de", "de"), ("en-US,en", "en")):
            answer = behind.client.ask("/me/", (name, PASSWORD), Accept_Language=accepts)
            home = home_of(who, language)
            if home is None:
                assert answer.status == 200, name
                assert answer.body == behind.file("me/index.html")
                continue
            assert answer.status == 302, name
            where = re.sub("^http://127.0.0.1(:[0-9]+)?", "", answer.headers["location"])
            assert where == home
            assert behind.client.ask(where, (name, PASSWORD)).status == 200
    for who in (None, ("Ann", "wrong"), ("nobody", PASSWORD)):
        assert behind.client.ask("/me/", who).status == 401
        assert "location" not in behind.client.ask("/me/", who).headers


# Headers --------------------------------------------------------------------------------------------------------------


def test_headers(behind: Behind) -> None:
    answers = {
        "public": behind.client.ask("/de/"),
        "root": behind.client.ask("/"),
        "asset": behind.client.ask("/assets/policy.json"),
        "own": behind.client.ask(f"/{KINDS['scorecard']}", ("Ann", PASSWORD)),
        "json": behind.client.ask(f"/{KINDS['json']}", ("Ann", PASSWORD)),
        "me": behind.client.ask("/me/", ("Ann", PASSWORD)),
        "401": behind.client.ask(f"/{KINDS['json']}"),
        "403": behind.client.ask(f"/{KINDS['json']}", ("hr", PASSWORD)),
        "404": behind.client.ask("/de/nothing"),
        "404 of one's own": behind.client.ask("/scorecards/ann/nothing", ("Ann", PASSWORD)),
        "301": behind.client.ask("/scorecards/ann/de", ("Ann", PASSWORD)),
        "304": behind.client.ask(
            f"/{KINDS['json']}", ("Ann", PASSWORD), If_Modified_Since="Fri, 01 Jan 2100 00:00:00 GMT"
        ),
        "206": behind.client.ask(f"/{KINDS['json']}", ("Ann", PASSWORD), Range="bytes=0-1"),
    }
    for name, answer in answers.items():
        headers = answer.headers
        if name not in {"301", "304", "me"} or "content-security-policy" in headers:
            policy = headers["content-security-policy"]
            assert "default-src 'none'" in policy
            assert "frame-ancestors 'none'" in policy
            assert policy.count("sha256-") >= 2
            assert "unsafe" not in policy
            assert headers["x-content-type-options"] == "nosniff", name
            assert headers["referrer-policy"] == "same-origin", name
        if name in {"public", "root", "asset"}:
            assert headers["cache-control"] == "no-cache", name
            assert "x-robots-tag" not in headers, name
        elif name != "301":
            assert headers["cache-control"] == "private, no-store", name
            assert "noindex" in headers["x-robots-tag"], name
    assert answers["own"].headers["content-type"] == "text/html; charset=utf-8"
    assert answers["json"].headers["content-type"].startswith("application/json")


# Single sign-on -------------------------------------------------------------------------------------------------------


def rules(firm_project: Path, folder: Path, site: Path, *arguments: str) -> Path:
    config = ("-f", firm_project / "project" / "mkdocs.yml", "--site", site)
    run("access", "nginx", *config, "-o", folder / "rules", *arguments)
    return folder / "rules"


def started(folder: Path, rules: Path, site: Path, more: str = "", beside: str = "") -> Iterator[int]:
    return running.nginx(
        folder,
        f"include {rules}/standardwerk.http.conf; {beside}",
        f"root {site}; {more} include {rules}/standardwerk.server.conf;",
    )


CASES = [
    *(("Ann", path, 200) for path in (KINDS["scorecard"], KINDS["overview"], KINDS["json"], "de/index.html")),
    ("firm\\ANN", KINDS["json"], 200),
    ("ann@firm.example", KINDS["json"], 200),
    ("ann@elsewhere.example", KINDS["json"], 403),
    ("ned", KINDS["json"], 200),
    ("ned", KINDS["overview"], 403),
    ("sam", KINDS["json"], 403),
    ("hr", KINDS["json"], 403),
    ("", KINDS["json"], 401),
    ("", "de/index.html", 200),
]


def test_nginx_with_a_header_of_the_proxy(firm_project: Path) -> None:
    """The header counts if it comes from the proxy, and from nobody else."""
    site = firm_project / "site"
    for proxy, trusted in (("127.0.0.1", True), ("10.0.0.0/8", False)):
        with running.place() as folder:
            found = rules(firm_project, folder, site, "--user-header", "X-Remote-User", "--proxy", proxy)
            for port in started(folder, found, site):
                client = Client(port)
                for name, path, status in CASES:
                    headers = {"X_Remote_User": name} if name else {}
                    wanted = status if trusted or path.startswith("de/") else 401
                    assert client.ask(f"/{path}", **headers).status == wanted, (proxy, name, path)
                    # A password is nothing here.
                    assert client.ask(f"/{KINDS['json']}", ("Ann", PASSWORD)).status == 401
                answer = client.ask("/me/", X_Remote_User="Ann")
                assert answer.headers.get("location") == (f"/scorecards/ann/de/{FEBRUARY}/" if trusted else None)


def test_nginx_with_a_service_that_is_asked(firm_project: Path) -> None:
    """The service names the visitor; what the visitor says of herself is nothing."""
    site = firm_project / "site"
    other = running.free_port()
    service = f"location = /sign-on {{ internal; proxy_pass http://127.0.0.1:{other}; }}"
    answering = f"""
server {{
  listen 127.0.0.1:{other};
  if ($http_x_ticket = "") {{ return 401; }}
  add_header X-Auth-User $http_x_ticket;
  return 204;
}}
"""
    with running.place() as folder:
        found = rules(firm_project, folder, site, "--user-header", "X-Auth-User", "--auth-request", "/sign-on")
        for port in started(folder, found, site, service, answering):
            client = Client(port)
            for name, path, status in CASES:
                headers = {"X_Ticket": name} if name else {}
                assert client.ask(f"/{path}", **headers).status == status, (name, path)
                assert client.ask(f"/{KINDS['json']}", X_Auth_User="Ann").status == 401
                assert client.ask(f"/{KINDS['json']}", X_Auth_User="Ann", X_Ticket="hr").status == 403
            answer = client.ask("/me/", X_Ticket="Ann")
            assert answer.headers["location"] == f"/scorecards/ann/de/{FEBRUARY}/"
            assert client.ask("/sign-on", X_Ticket="Ann").status == 404
