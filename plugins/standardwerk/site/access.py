"""Who may read what. All rules for servers, and the audit, are made from this alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from standardwerk.model.access import Access, lower
from standardwerk.model.handbook import Handbook
from standardwerk.model.months import Month
from standardwerk.model.presence import Presence
from standardwerk.model.roster import Roster
from standardwerk.site import urls
from standardwerk.site.extract import members
from standardwerk.site.places import LEADS, Places

NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who signs in."""

    key: str
    """The rep id; ``login.3`` for the third who is not on the roster. Plain signs only."""
    login: str
    """As the project's files have it."""
    spellings: tuple[str, ...]
    """How a server may write it, in lower case."""
    windows: str
    """How Windows writes it."""


@dataclass(frozen=True)
class Grants:
    """What is open to whom, by keys of readers. What is not in here is nobody's."""

    places: Places
    readers: Mapping[str, Reader]
    """By key."""
    own: Mapping[str, str]
    """By folder of a person (``scorecards/kranich-j``): the reader who may read all of it."""
    led: Mapping[tuple[str, str], frozenset[str]]
    """By folder of a person or team, and month: who may read what is there for the lead of that month."""
    permitted: Mapping[str, frozenset[str]]
    """By permission: who has it."""
    teams: tuple[str, ...] = ()
    """The folders of all teams."""
    home: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By reader and language: where ``/me/`` leads. A reader without anything of her own has no entry."""

    def of(self, path: str) -> frozenset[str]:
        """The readers of a path outside the handbook."""
        segments = path.split("/")
        owner = self.own.get("/".join(segments[:2])) if len(segments) > 2 else None
        found = NOBODY if owner is None else frozenset({owner})
        place = self.places.of(path)
        if place is None:
            return found
        if place.kind.audience in LEADS:
            found |= self.led.get((place.folder, place.month), NOBODY)
        return found | self.permitted.get(place.kind.permission, NOBODY)


def grants(handbook: Handbook, roster: Roster, access: Access, months: Sequence[Month]) -> Grants:
    """What the access model opens, for the months that have scorecards."""
    languages = tuple(handbook.names.languages)
    readers, by_spelling = _readers(roster, access)
    presence = Presence(roster, handbook)
    own = {
        urls.folder(urls.person_folder(person.folder)): rep for rep, person in roster.people.items() if rep in readers
    }
    led: dict[tuple[str, str], set[str]] = defaultdict(set)
    home: dict[str, dict[str, str]] = {}
    permitted: dict[str, set[str]] = defaultdict(set)
    for group in access.groups:
        for permission in group.may:
            permitted[permission] |= {by_spelling[lower(login)] for login in group.logins}
    for permission in access.everyone:
        permitted[permission] |= {rep for rep in roster.people if rep in readers}

    if months:
        for permission, address in (("organisation", urls.organisation), ("totals", urls.totals)):
            for key in sorted(permitted[permission]):
                home[key] = {language: address(language, months[-1]) for language in languages}
    for month in months:
        led_by: dict[str, str] = {}
        for person, team in members(roster, presence, month):
            if team.lead in readers and access.default == "own-and-lead":
                led[urls.folder(urls.person_folder(person.folder)), str(month)].add(team.lead)
                led_by[team.id] = team.lead
        for name, lead in sorted(led_by.items(), reverse=True):
            led[urls.folder(urls.team_folder(name)), str(month)].add(lead)
            home[lead] = {language: urls.team(name, language, month) for language in languages}
    for month in months:
        for rep in sorted(presence.of(month).scored & set(readers)):
            home[rep] = {language: urls.scorecard(roster.people[rep].folder, language, month) for language in languages}
    return Grants(
        Places(languages),
        readers,
        own,
        {place: frozenset(keys) for place, keys in led.items()},
        {permission: frozenset(keys) for permission, keys in permitted.items() if keys},
        tuple(sorted({urls.folder(urls.team_folder(row.id)) for row in roster.teams})),
        home,
    )


def _readers(roster: Roster, access: Access) -> tuple[dict[str, Reader], dict[str, str]]:
    """Everybody who signs in, by key; and the keys by each spelling of their logins."""
    found: dict[str, Reader] = {}
    by_spelling: dict[str, str] = {}

    def add(key: str, login: str) -> None:
        spellings = access.logins.spellings(login)
        found[key] = Reader(key, login, spellings, access.logins.windows(login))
        by_spelling.update(dict.fromkeys((lower(login), *spellings), key))

    for person in roster.people.values():
        login = person.rows[-1].login
        if login:
            add(person.id, login)
    others: Iterable[str] = (login for group in access.groups for login in group.logins)
    number = 0
    for login in others:
        if by_spelling.get(lower(login)) is None:
            number += 1
            add(f"login.{number}", login)
    return found, by_spelling
