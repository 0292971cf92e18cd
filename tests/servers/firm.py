"""A small firm with everything that rules have to get right, as tables: the tests' own reading of who may see what.

Two teams, two months. In February Ann moves from north to south, and south gets another lead. Logins are as odd as
servers allow. The expectations at the end are written from ``plugins/docs/formats.md``, not from the engine.
"""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

from tests.sites.tiny import MONTHS, Built, Tiny

JANUARY, FEBRUARY = MONTHS

#: By rep id: login, role, and the team in each month.
PEOPLE = {
    "ann": ("Ann", "rep", ("north", "south")),
    "bob": ("FIRM\\Bob", "rep", ("north", "north")),
    "cid": ('o\'neil $(id) `x` "q"', "rep", ("south", "south")),
    "dee": ("déborah.öz", "rep", ("south", "south")),
    "eve": ("%{REMOTE_USER}", "rep", ("south", "south")),
    "fay": ("~.+", "rep", ("north", "north")),
    "gus": ("${PATH} $remote_user {1}", "rep", ("north", "north")),
    "ned": ("ned@firm.example", "lead", ("north", "north")),
    "sue": ("sue", "lead", ("south", "south")),
    "sam": ("default", "lead", ("south", "south")),
}
#: By team: who led it in each month.
LEADS = {"north": ("ned", "ned"), "south": ("sue", "sam")}
#: Not on the roster, by login: what they may.
OTHERS = {
    "the.boss": ("organisation",),
    "da#ta": ("data-quality",),
    "people\\chief": ("teams",),
    "cfo": ("totals",),
    "hr": (),
}
#: Names that nobody has, but somebody may sign in with.
STRANGERS = ("ann@elsewhere.example", "ELSEWHERE\\ann", "bo", "login.1", "scorecards/ann")
PASSWORD = "pass:wörd"


#: What stands for logins that Windows cannot have.
WINDOWS = {"cid": "o'neil $(id) `x` \u2019q\u2019 & {y}", "fay": "~.x"}


def firm(*, windows: bool = False) -> Tiny:
    """The project."""
    tiny = Tiny()
    teams, reps = tiny.files["scorecards/teams.csv"], tiny.files["scorecards/reps.csv"]
    del teams[1:], reps[1:]
    spans = (("2026-01-01", "2026-01-31"), ("2026-02-01", ""))
    for team, leads in LEADS.items():
        teams += [[team, team.title(), lead, *span] for lead, span in zip(leads, spans, strict=True)]
    for rep, (login, role, membership) in PEOPLE.items():
        reps += [
            [
                rep,
                f"{rep.title()} Person",
                WINDOWS.get(rep, login) if windows else login,
                role,
                team,
                "2020-01-01",
                *span,
            ]
            for team, span in zip(membership, spans, strict=True)
        ]
    for month in MONTHS:
        tiny.files[f"scorecards/{month}/sales.csv"][1:] = [
            [rep, line, "900", "1000"] for rep in sorted(PEOPLE) if is_rep(rep) for line in tiny.lines
        ]
    tiny.files["scorecards/assignments.csv"][1:] = [
        [rep, "T1", line, "1", "2026-01-01", "", ""] for rep in sorted(PEOPLE) if is_rep(rep) for line in tiny.lines
    ]
    tiny.files["scorecards/access.yml"] = {
        "logins": {"domains": ["FIRM"], "suffixes": ["firm.example"]},
        "groups": [
            {"id": f"g{number}", "name": tiny.local("G"), "logins": [login], "may": list(may)}
            for number, (login, may) in enumerate(OTHERS.items())
            if may
        ],
    }
    return tiny


def is_rep(who: str) -> bool:
    """Whether somebody has scorecards."""
    return who in PEOPLE and PEOPLE[who][1] == "rep"


def build(folder: Path) -> Built:
    """Project and site."""
    built = firm().build(folder)
    assert built.returncode == 0, built.output
    return built


def passwords() -> str:
    """A password file with everybody in it, in every spelling the server may let in."""
    hashed = base64.b64encode(hashlib.sha1(PASSWORD.encode(), usedforsecurity=False).digest()).decode()
    return "".join(f"{login}:{{SHA}}{hashed}\n" for login in visitors())


# Who may see what -----------------------------------------------------------------------------------------------------


def visitors() -> dict[str, str]:
    """Everybody who can sign in: by the name the server gets, who it is."""
    found = {login: who for who, (login, _, _) in PEOPLE.items()} | {login: login for login in OTHERS}
    # Without regard to case; with a domain or suffix of the firm, with or without.
    found |= {"ANN": "ann", "firm\\ann": "ann", "Ann@FIRM.example": "ann", "bob": "bob", "BOB@firm.example": "bob"}
    found |= {"DÉBORAH.ÖZ": "dee", "firm\\NED": "ned"}
    return found | dict.fromkeys(STRANGERS, "a stranger")


_PERSON = re.compile(r"scorecards/(\w+)/")
_MONTH = re.compile(
    r"scorecards/(\w+)/(?:(?:de|en)/(\d{4}-\d{2})/(?:conversation/)?index\.html|(\d{4}-\d{2})\.(?:json|csv))"
)
_TEAM = re.compile(r"teams/(\w+)/(?:de|en)/(\d{4}-\d{2})/index\.html")
_GROUP = re.compile(
    r"(months|totals|data-quality)/(?:de|en)/(?:\d{4}-\d{2}/|standards/\w+/|(?<=^months/../))index\.html"
)


def is_public(path: str) -> bool:
    """Whether a file is part of the handbook."""
    return path.startswith(("de/", "en/", "assets/")) or path in {"index.html", "sitemap.xml", "sitemap.xml.gz"}


def may_read(who: str, path: str) -> bool:
    """Whether somebody signed in may read a file, from the tables above."""
    own = _PERSON.match(path)
    if own and own[1] == who:
        return True
    month = _MONTH.fullmatch(path)
    if month:
        at = MONTHS.index(month[2] or month[3])
        return LEADS[PEOPLE[month[1]][2][at]][at] == who
    team = _TEAM.fullmatch(path)
    if team:
        return LEADS[team[1]][MONTHS.index(team[2])] == who or "teams" in OTHERS.get(who, ())
    group = _GROUP.fullmatch(path)
    return group is not None and {"months": "organisation"}.get(group[1], group[1]) in OTHERS.get(who, ())


def home_of(who: str, language: str) -> str | None:
    """Where /me/ leads; None: nowhere."""
    if is_rep(who):
        return f"/scorecards/{who}/{language}/{FEBRUARY}/"
    return {
        "ned": f"/teams/north/{language}/{FEBRUARY}/",
        "sue": f"/teams/south/{language}/{JANUARY}/",
        "sam": f"/teams/south/{language}/{FEBRUARY}/",
        "the.boss": f"/months/{language}/{FEBRUARY}/",
        "cfo": f"/totals/{language}/{FEBRUARY}/",
    }.get(who)
