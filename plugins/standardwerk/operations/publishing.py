"""Publishing: build aside, look at it, switch. What builds and what looks is handed in; the core knows no host."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from standardwerk.operations import RefusedError
from standardwerk.pipeline import LoadedSite
from standardwerk.publish.releases import BusyError, Releases, TargetTakenError, keep_unchanged
from standardwerk.site import urls


def _(message: str) -> str:
    return message


@dataclass(frozen=True)
class Published:
    """What a run did."""

    release: str
    files: int
    unchanged: int
    """Files that are those of the release before, time stamps included."""
    removed: tuple[str, ...]
    """Old releases that are gone."""


@dataclass(frozen=True)
class Announced:
    """A line of the mail list."""

    login: str
    link: str
    deadline: str
    """The last day for objections, as ``2026-11-20``."""


class FindingsError(Exception):
    """The built site is not fit to be read; it was thrown away."""

    def __init__(self, findings: Sequence[str]) -> None:
        super().__init__("\n".join(findings))
        self.findings = tuple(findings)


def publish(
    releases: Releases,
    build: Callable[[Path], None],
    findings_of: Callable[[Path], Sequence[str]],
    *,
    keep: int,
    now: datetime,
) -> Published:
    """Build a site aside, and let readers have it once it is whole and nothing is found against it.

    Raises :class:`RefusedError` where the target is taken or busy, :class:`FindingsError`, and what ``build`` raises;
    the old site is left as it was each time.
    """
    with _Refusing(releases), releases.locked():
        part = releases.begin(now)
        try:
            build(part)
            findings = findings_of(part)
            if findings:
                raise FindingsError(findings)
        except BaseException:
            shutil.rmtree(part)
            raise
        current = releases.current()
        unchanged, files = keep_unchanged(releases.path(current), part) if current else (0, _count(part))
        name = releases.finish(part)
        releases.switch(name)
        return Published(name, files, unchanged, tuple(releases.prune(keep)))


def roll_back(releases: Releases) -> str:
    """Let readers have the release before; its name."""
    with _Refusing(releases), releases.locked():
        before = releases.before()
        if before is None:
            raise RefusedError(_("There is no older release to go back to."))
        releases.switch(before)
        return before


def announcement(site: LoadedSite, month: str, address: str) -> tuple[Announced, ...]:
    """Whom to tell of a month's scorecards: login, link, last day for objections; no names, no figures."""
    scoring, roster = site.project.scoring, site.project.roster
    wanted = next((one for one in scoring.months if str(one) == month), None) if scoring is not None else None
    if scoring is None or roster is None or wanted is None:
        raise RefusedError(_("There are no scorecards for {month}."), month=month)
    roles = {role.id for role in site.handbook.names.roles if role.scorecard}
    deadline = scoring.calendar.deadline(wanted, "objections").isoformat()
    language = site.handbook.languages[0]
    found = []
    for person in roster.people.values():
        row = person.in_month(wanted)
        if row is not None and row.role in roles and row.login:
            link = address.rstrip("/") + "/" + urls.scorecard(person.folder, language, wanted)
            found.append(Announced(row.login, link, deadline))
    return tuple(sorted(found, key=lambda one: one.login.casefold()))


class _Refusing:
    """Turns a target's faults into refusals."""

    def __init__(self, releases: Releases) -> None:
        self.releases = releases

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        name = self.releases.target.name
        if isinstance(error, BusyError):
            raise RefusedError(_("Another run publishes to “{name}” just now."), name=name) from error
        if isinstance(error, TargetTakenError):
            raise RefusedError(
                _(
                    "“{name}” was not made by “standardwerk publish”. Move it away, or choose another target. "
                    "(On a file share without links, publish with --by-index to an empty folder.)"
                ),
                name=name,
            ) from error


def _count(folder: Path) -> int:
    return sum(path.is_file() for path in folder.rglob("*"))
