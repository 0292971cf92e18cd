"""What a site holds that is built for certain readers, where no server could keep the rest from them.

All figures of groups are those of the whole site: what is hidden there is hidden in every extract, so two of them tell
nobody more than one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from standardwerk.model.access import Access
from standardwerk.model.months import Month
from standardwerk.model.presence import Presence
from standardwerk.model.project import Project
from standardwerk.model.roster import Person, Roster, Team
from standardwerk.site import urls
from standardwerk.site.places import LEADS, SIGN_IN, Kind, Places

ALL, HANDBOOK, TEAM, REP = "all", "handbook", "team", "rep"
#: What of the pages about everybody an extract may have: no person can be worked out from it.
_SAFE = frozenset({"organisation"})


def _(message: str) -> str:
    return message


class NoExtractError(LookupError):
    """There is no such audience, or nothing that it could have."""

    def __init__(self, message: str, **values: str) -> None:
        super().__init__(message)
        self.message = message
        """A message id."""
        self.values = values


@dataclass(frozen=True)
class Extract:
    """What of the personal pages a site holds. The handbook is always in it."""

    kind: str = ALL
    """``all``, ``handbook``, ``team``, ``rep``."""
    owned: frozenset[str] = frozenset()
    """Folders of people (``scorecards/kranich-j``) that it has whole."""
    led: frozenset[tuple[str, str]] = frozenset()
    """By folder of a person or team, and month: where it has what the lead of that month may read."""
    permissions: frozenset[str] = frozenset()
    """It has what the groups of ``access.yml`` with these may read."""
    home: Mapping[str, str] = field(default_factory=dict)
    """By language: where ``/me/`` leads its readers; none where the server knows who asks."""

    @cached_property
    def _folders(self) -> frozenset[str]:
        """Of everybody of whom it has anything."""
        return self.owned | {folder for folder, _ in self.led}

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left out."""
        return self.kind == ALL

    @property
    def has_people(self) -> bool:
        """Whether there is anything in it besides the handbook."""
        return self.kind != HANDBOOK

    def has(self, kind: Kind, folder: str, month: str = "") -> bool:
        """Whether it has a page or file of a kind; ``folder`` and ``month`` as in :class:`Place`."""
        if self.is_whole or folder in self.owned:
            return True
        return (kind.audience in LEADS and (folder, month) in self.led) or kind.permission in self.permissions

    def has_group(self, permission: str) -> bool:
        """Whether it has the pages that the groups with a permission may read."""
        return self.is_whole or permission in self.permissions

    def has_anything_of(self, folder: str) -> bool:
        """Whether it has anything of a person or team."""
        return self.is_whole or folder in self._folders

    def has_path(self, places: Places, path: str) -> bool:
        """Whether it has the file at a path below the site's root."""
        if places.is_public(path) or self.is_whole:
            return True
        if path == SIGN_IN:
            return self.has_people
        place = places.of(path)
        return place is not None and self.has(place.kind, place.folder, place.month)


WHOLE = Extract()


def shown(project: Project) -> tuple[Roster, tuple[Month, ...]]:
    """The people and months that have pages: whose data are due for deletion have none any more."""
    scored = project.scoring.months if project.scoring is not None else ()
    roster = project.roster or Roster({}, ())
    people = {rep: person for rep, person in roster.people.items() if not project.keeping.is_due(rep)}
    return Roster(people, roster.teams), tuple(month for month in scored if month >= project.keeping.scorecards)


def members(roster: Roster, presence: Presence, month: Month) -> Iterator[tuple[Person, Team]]:
    """Everybody with a scorecard in a month, and the team she was in then."""
    for rep in sorted(presence.of(month).scored):
        person = roster.people[rep]
        row = person.in_month(month)
        team = roster.team_at(row.team, month) if row is not None and row.team else None
        if team is not None:
            yield person, team


def extract_for(audience: str, project: Project) -> Extract:
    """What an audience gets: ``all``, ``handbook``, ``team:<id>`` (its present lead), ``rep:<id>``.

    Raises :class:`NoExtractError`.
    """
    kind, _colon, name = audience.partition(":")
    if audience in {ALL, HANDBOOK}:
        return Extract(kind)
    if kind not in {TEAM, REP} or not name:
        raise NoExtractError(
            _("There is no audience “{audience}”. Write all, handbook, team:<id> or rep:<id>."), audience=audience
        )
    given = _Given.of(project)
    return given.of_person(name) if kind == REP else given.of_lead(name)


@dataclass(frozen=True)
class _Given:
    """What an extract is taken from."""

    roster: Roster
    months: Sequence[Month]
    access: Access
    presence: Presence
    languages: tuple[str, ...]

    @classmethod
    def of(cls, project: Project) -> _Given:
        roster, months = shown(project)
        if project.access is None or not months:
            raise NoExtractError(_("There are no scorecards in this project."))
        handbook = project.handbook
        return cls(roster, months, project.access, Presence(roster, handbook), tuple(handbook.names.languages))

    @property
    def permissions(self) -> frozenset[str]:
        return _SAFE & frozenset(self.access.everyone)

    def of_person(self, rep: str) -> Extract:
        """All that is hers."""
        if not any(rep in self.presence.of(month).scored for month in self.months):
            raise NoExtractError(_("There are no scorecards of “{rep}”."), rep=rep)
        name = self.roster.people[rep].folder
        home = {language: urls.rep(name, language) for language in self.languages}
        return Extract(REP, frozenset({urls.folder(urls.person_folder(name))}), permissions=self.permissions, home=home)

    def of_lead(self, name: str) -> Extract:
        """What the present lead of a team may read of it: the months in which it was hers."""
        if self.access.default != "own-and-lead":
            raise NoExtractError(_("access.yml opens scorecards to nobody but the person herself (default: own)."))
        people: dict[Month, list[Person]] = {}
        leads: dict[Month, str] = {}
        for month in self.months:
            for person, team in members(self.roster, self.presence, month):
                if team.id == name:
                    people.setdefault(month, []).append(person)
                    leads[month] = team.lead
        last = max(people, default=None)
        if last is None or not leads[last]:
            raise NoExtractError(_("There are no scorecards of a team “{team}”, or nobody leads it."), team=name)
        months = [month for month in people if leads[month] == leads[last]]
        led = {(urls.folder(urls.team_folder(name)), str(month)) for month in months}
        led |= {
            (urls.folder(urls.person_folder(person.folder)), str(month)) for month in months for person in people[month]
        }
        home = {language: urls.team(name, language, last) for language in self.languages}
        return Extract(TEAM, led=frozenset(led), permissions=self.permissions, home=home)
