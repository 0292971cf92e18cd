"""Where a month stands, and what to do next. Pure: from the project as it was read, on the day taken for today."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from standardwerk.diagnostics import Diagnostic, Severity
from standardwerk.evaluate.closable import Obstacle, obstacle
from standardwerk.model.arrivals import Arrivals
from standardwerk.model.calendar import Calendar
from standardwerk.model.closing import Ledger
from standardwerk.model.handbook import Edition
from standardwerk.model.months import Month
from standardwerk.model.notes import Notes
from standardwerk.model.project import Project, Scoring
from standardwerk.site.intake import SourceIntake, by_file, intake
from standardwerk.site.people import month_state

DEADLINES = ("inputs", "published", "objections")
#: Kinds of steps in the order in which they are taken.
STEPS = ("check", "release", "import", "sheet", "seal", "close", "build", "status")


@dataclass(frozen=True, slots=True)
class Given:
    """What the status is made from."""

    project: Project
    arrivals: Arrivals
    notes: Mapping[str, Mapping[Month, Notes]]
    found: tuple[Diagnostic, ...]
    """Everything that is wrong."""
    folder: str
    """What the scorecards folder is called in diagnostics."""
    folders: Mapping[Month, Collection[str]]
    """By month: the names of the files in its folder."""
    unsealed: tuple[Edition, ...]
    """Editions in force of which something has no seal."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day by which something of a month is due."""

    kind: str
    """``inputs``, ``published`` or ``objections``."""
    day: date
    state: str
    """``passed``, ``today``, ``next`` (the first one to come) or ``later``."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a month has come."""

    month: Month
    kind: str
    """``running``, ``held``, ``provisional``, ``open`` (for objections), ``final`` (neither open nor closed),
    ``closable``, ``closed`` or ``corrected``."""
    day: date | None
    """Until when that holds; of a closed or corrected month when that was done."""
    obstacle: Obstacle | None = None
    """What stands in the way of closing it; of one that can be closed: a source that is held back."""


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do, as a command to type."""

    kind: str
    """One of :data:`STEPS`. ``release``: end in calendar.yml that a month is held back; then the command."""
    command: str
    month: Month | None = None
    until: date | None = None
    """The last day for it."""
    since: date | None = None
    """The first day on which it can be done, if that is not today."""
    files: tuple[str, ...] = ()
    """The files it is about; with ``close``: the source that would be sealed as held back."""


@dataclass(frozen=True, slots=True)
class MonthStatus:
    """Where one month stands."""

    standing: Standing
    sources: tuple[SourceIntake, ...]
    deadlines: tuple[Deadline, ...]
    """In the order of :data:`DEADLINES`."""
    missing: Mapping[str, tuple[str, ...]]
    """By person: the paths of the files that have no row for her, or too few."""
    notes: int
    replies: int
    actions: int
    open_actions: int

    @property
    def month(self) -> Month:
        """The month."""
        return self.standing.month

    @property
    def to_come(self) -> tuple[SourceIntake, ...]:
        """The sources that are due and not there."""
        return tuple(one for one in self.sources if one.state in {"missing", "awaited"})


@dataclass(frozen=True, slots=True)
class Status:
    """Where the project stands."""

    as_of: date
    errors: int
    """Errors of all files: with any the site is not built."""
    elsewhere: tuple[str, ...]
    """The files with errors that belong to no source of the month."""
    unsealed: tuple[Edition, ...]
    months: tuple[Standing, ...]
    """All months that have ended, and the one asked for."""
    month: MonthStatus | None
    """None if there are no scorecards, or their contract cannot be read."""
    steps: tuple[Step, ...]
    """What to do, the first thing first."""


def current_month(scoring: Scoring, as_of: date, folders: Collection[Month]) -> Month:
    """The newest month that has ended; or the running one, once its files begin to come."""
    running = Month.of(as_of)
    if not scoring.months or running in folders:
        return running
    return scoring.months[-1]


def can_be_asked(scoring: Scoring, month: Month, as_of: date) -> bool:
    """Whether a month has begun, and is judged by an edition."""
    return month <= Month.of(as_of) and scoring.handbook.edition_at(month.first_day) is not None


def status_of(given: Given, month: Month | None = None) -> Status:
    """Where the project stands. ``month`` is one that can be asked for; None: the current one."""
    project, scoring = given.project, given.project.scoring
    errors = [one for one in given.found if one.code.severity is Severity.ERROR]
    steps = _project_steps(errors, given.unsealed)
    if scoring is None:
        return Status(project.as_of, len(errors), _files(errors), given.unsealed, (), None, steps)
    if month is None:
        month = current_month(scoring, project.as_of, given.folders)
    standings = tuple(standing(scoring, project.ledger, one, project.as_of) for one in sorted({*scoring.months, month}))
    found = _month_status(given, scoring, next(one for one in standings if one.month == month))
    own = {f"{given.folder}/{one.path}" for one in found.sources}
    elsewhere = _files(one for one in errors if one.place.file not in own)
    steps = (*steps, *_month_steps(found, standings, project.as_of))
    # What can be done today comes first.
    ranked = sorted(steps, key=lambda one: (one.since or date.min, STEPS.index(one.kind), one.month or Month(0)))
    return Status(project.as_of, len(errors), elsewhere, given.unsealed, standings, found, tuple(ranked))


def unreadable(found: Iterable[Diagnostic], as_of: date) -> Status:
    """The status of a project without even a handbook to read."""
    errors = [one for one in found if one.code.severity is Severity.ERROR]
    return Status(as_of, len(errors), _files(errors), (), (), None, _project_steps(errors, ()))


def standing(scoring: Scoring, ledger: Ledger, month: Month, as_of: date) -> Standing:
    """How far a month has come on a day."""
    if month not in scoring.months:
        return Standing(month, "running", month.last_day)
    corrected = [
        one.date for one in ledger.corrections if one.date <= as_of and any(each.month == month for each in one.changes)
    ]
    closed_on = ledger.closed_on(month, as_of)
    state = month_state(month, scoring.calendar, as_of, closed_on, max(corrected, default=None))
    if closed_on is not None:
        return Standing(month, state.kind, state.until)
    found = obstacle(scoring, ledger, month, as_of)
    if found is not None and found.kind == "held":
        return Standing(month, "held", None, found)
    closable = found is None or obstacle(scoring, ledger, month, as_of, with_held=True) is None
    return Standing(month, "closable" if closable else state.kind, state.until, found)


def deadlines(calendar: Calendar, month: Month, as_of: date) -> tuple[Deadline, ...]:
    """The days of a month; those past, the next one, and those to come."""
    days = [(kind, calendar.deadline(month, kind)) for kind in DEADLINES]
    following = min((day for _, day in days if day > as_of), default=None)

    def state(day: date) -> str:
        if day <= as_of:
            return "passed" if day < as_of else "today"
        return "next" if day == following else "later"

    return tuple(Deadline(kind, day, state(day)) for kind, day in days)


def _month_status(given: Given, scoring: Scoring, found: Standing) -> MonthStatus:
    month, as_of = found.month, given.project.as_of
    there = given.folders.get(month, ()) if found.kind == "running" else ()
    sources = intake(scoring, given.arrivals, by_file(given.found, given.folder), month, as_of, there)
    missing: dict[str, list[str]] = {}
    for one in sources:
        for rep in dict.fromkeys(key[0] for key in one.arrival.missing) if one.arrival is not None else ():
            missing.setdefault(rep, []).append(one.path)
    notes = [its[month] for its in given.notes.values() if month in its]
    actions = [action for one in notes for action in one.actions]
    return MonthStatus(
        found,
        sources,
        deadlines(scoring.calendar, month, as_of),
        {rep: tuple(files) for rep, files in sorted(missing.items())},
        sum(bool(one.note.strip()) for one in notes),
        sum(bool(one.reply.strip()) for one in notes),
        len(actions),
        sum(action.status == "open" for action in actions),
    )


def _project_steps(errors: Sequence[Diagnostic], unsealed: Sequence[Edition]) -> tuple[Step, ...]:
    steps = []
    if errors:
        steps.append(Step("check", "standardwerk check", files=_files(errors)))
    if unsealed:
        steps.append(Step("seal", "standardwerk seal"))
    return tuple(steps)


def _files(found: Iterable[Diagnostic]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.place.file for one in found))


def _month_steps(found: MonthStatus, standings: Sequence[Standing], as_of: date) -> list[Step]:
    """What a month asks for; every month that can be closed, and every other one that is held back."""
    steps: list[Step] = []
    month, state = found.month, found.standing
    faulty = _files(error for one in found.sources for error in one.errors if "held" in error.values)
    if faulty:
        steps.append(Step("check", "standardwerk check", month, files=faulty))
    elif state.kind == "held":
        steps.append(Step("release", "standardwerk check", month))
    if state.kind not in {"closed", "corrected"}:
        steps += _entry_steps(found)
    steps += [_closing(one) for one in standings if one.kind == "closable"]
    if state.kind in {"provisional", "open"}:
        published, objections = found.deadlines[1:]
        last = objections if published.state == "passed" else published
        steps.append(Step("build", "mkdocs build --strict", month, until=last.day))
        steps.append(Step("close", f"standardwerk close {month}", month, since=objections.day + timedelta(days=1)))
    first = state.obstacle.month if state.obstacle is not None and state.obstacle.kind == "earlier" else None
    waiting = [one.month for one in standings if one.kind == "held" and one.month != month]
    if first is not None and not any(one.month == first and one.kind == "closable" for one in standings):
        waiting.append(first)
    steps += [Step("status", f"standardwerk status --month {one}", one) for one in sorted(set(waiting))]
    if not steps:
        # The month is done, or has not ended: what comes next is the month after it, or its end.
        following = month if state.kind == "running" else month.plus(1)
        day = following.last_day + timedelta(days=1)
        if day <= as_of:
            steps.append(Step("status", "standardwerk status"))
        else:
            steps.append(Step("status", f"standardwerk status --month {following}", following, since=day))
    return steps


def _closing(one: Standing) -> Step:
    command = f"standardwerk close {one.month}"
    if one.obstacle is None:
        return Step("close", command, one.month)
    return Step("close", f"{command} --with-held", one.month, files=(one.obstacle.source,))


def _entry_steps(found: MonthStatus) -> list[Step]:
    """How what is still to come gets in: exports by import, ratings by the sheets of the leads."""
    day = found.deadlines[0].day
    exports = tuple(one.source.file for one in found.to_come if not one.source.is_ratings)
    steps = []
    if exports and found.standing.kind != "running":
        command = f"standardwerk import FILE --month {found.month}"
        steps.append(Step("import", command, found.month, until=day, files=exports))
    for one in found.to_come:
        if one.source.is_ratings:
            command = f"standardwerk sheet {one.source.name} --month {found.month}"
            steps.append(Step("sheet", command, found.month, until=day, files=(one.source.file,)))
    return steps
