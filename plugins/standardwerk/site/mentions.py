"""Whom the files of a site may name. The audit knows it from here alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from standardwerk.model.access import Access, split
from standardwerk.model.handbook import Handbook
from standardwerk.model.months import Month
from standardwerk.model.roster import Roster
from standardwerk.site import urls
from standardwerk.site.extract import WHOLE, Extract
from standardwerk.site.places import SIGN_IN, Named, Places

NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Identity:
    """A text by which a person is known."""

    rep: str
    text: str
    """Her id, her folder's name, a spelling of her login, or her full name."""


@dataclass(frozen=True)
class Mentions:
    """By path: who may be named. All people are roster ids."""

    places: Places
    everywhere: frozenset[str]
    """Whom every page may name."""
    roster: frozenset[str]
    owners: Mapping[str, str]
    """By folder of a person (``scorecards/kranich-j``): whose it is."""
    leads: Mapping[tuple[str, str], frozenset[str]]
    """By folder of a person, and month: who led her then or before; by the empty month: who ever did."""
    teams: Mapping[tuple[str, str], frozenset[str]]
    """By folder of a team, and month: its people and its lead."""
    raters: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    """By folder of a person, and month: who rated her then or before."""
    extract: Extract = WHOLE
    """What the site may hold at all."""

    def is_known(self, path: str) -> bool:
        """Whether the page plan has a place for a path: a public one, or one of somebody on the roster."""
        if not self.extract.has_path(self.places, path):
            return False
        if self.places.is_public(path) or path == SIGN_IN:
            return True
        place = self.places.of(path)
        if place is None:
            return False
        if place.kind.named is Named.PERSON:
            return place.folder in self.owners
        return place.kind.named is not Named.TEAM or (place.folder, place.month) in self.teams

    def at(self, path: str) -> frozenset[str]:
        """Whom the file at a path may name."""
        if path == SIGN_IN:
            # In a copy for one person it leads to her folder.
            return self.everywhere | {self.owners[one] for one in self.extract.owned & self.owners.keys()}
        place = self.places.of(path)
        if place is None or place.kind.named is Named.NOBODY:
            return self.everywhere
        if place.kind.named is Named.ROSTER:
            return self.roster
        if place.kind.named is Named.TEAM:
            return self.everywhere | self.teams.get((place.folder, place.month), NOBODY)
        at, owner = (place.folder, place.month), self.owners.get(place.folder)
        return (
            self.everywhere | self.leads.get(at, NOBODY) | self.raters.get(at, NOBODY) | ({owner} if owner else NOBODY)
        )


def mentions(
    handbook: Handbook,
    roster: Roster,
    access: Access,
    months: Sequence[Month],
    rated_by: Mapping[str, Mapping[Month, frozenset[str]]],
    extract: Extract = WHOLE,
) -> Mentions:
    """Whom the files of a project's site may name. ``rated_by``: who rated each person, by the month of the rating."""
    leads: dict[tuple[str, str], set[str]] = defaultdict(set)
    teams: dict[tuple[str, str], set[str]] = defaultdict(set)
    owners = {urls.folder(urls.person_folder(person.folder)): rep for rep, person in roster.people.items()}
    for person in roster.people.values():
        folder = urls.folder(urls.person_folder(person.folder))
        for month in months:
            row = person.in_month(month)
            if row is None or not row.team:
                continue
            team = roster.team_at(row.team, month)
            lead = {team.lead} if team is not None and team.lead else set()
            # A window reaches back: single ratings in it name who led her when they were given.
            leads[folder, ""] |= lead
            leads[folder, str(month)] |= leads[folder, ""]
            teams[urls.folder(urls.team_folder(row.team)), str(month)] |= {person.id, *lead}
    return Mentions(
        Places(tuple(handbook.names.languages)),
        frozenset(access.named),
        frozenset(roster.people),
        owners,
        {key: frozenset(people) for key, people in leads.items()},
        {key: frozenset(people) for key, people in teams.items()},
        _raters(roster, identities(roster, access), months, rated_by),
        extract,
    )


def _raters(
    roster: Roster,
    known: Iterable[Identity],
    months: Sequence[Month],
    rated_by: Mapping[str, Mapping[Month, frozenset[str]]],
) -> dict[tuple[str, str], frozenset[str]]:
    """By folder of a person, and month: who rated her then or before, for a window reaches back."""
    # Pages show what the rows say, be it an id or a login.
    people: dict[str, set[str]] = defaultdict(set)
    for one in known:
        people[one.text.casefold()].add(one.rep)
    found: dict[tuple[str, str], frozenset[str]] = {}
    for rep, its in rated_by.items():
        folder = urls.folder(urls.person_folder(roster.people[rep].folder))
        for month in months:
            given = {rater.casefold() for when, raters in its.items() if when <= month for rater in raters}
            found[folder, str(month)] = frozenset().union(*(people[rater] for rater in given if rater in people))
    return found


def identities(roster: Roster, access: Access) -> tuple[Identity, ...]:
    """By what the people of the roster are known: ids, logins in every spelling, full names."""
    found: dict[Identity, None] = {}
    for person in roster.people.values():
        found |= dict.fromkeys(Identity(person.id, one) for one in (person.id, person.folder))
        for row in person.rows:
            found[Identity(person.id, row.name)] = None
            if row.login:
                logins = (split(row.login)[1], row.login, *access.logins.spellings(row.login))
                found |= dict.fromkeys(Identity(person.id, one) for one in logins)
    return tuple(found)
