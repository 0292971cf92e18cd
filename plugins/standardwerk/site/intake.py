"""What came of the sources for a month, and what did not: for the status and the data-quality page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from standardwerk.diagnostics import Diagnostic, Severity
from standardwerk.model.arrivals import Arrival, Arrivals
from standardwerk.model.months import Month
from standardwerk.model.presence import used_sources
from standardwerk.model.project import Scoring
from standardwerk.model.sources import ASSIGNMENTS, Source


@dataclass(frozen=True, slots=True)
class SourceIntake:
    """What came of a source for a month."""

    source: Source
    path: str
    """Where its file lies, or would lie, below the scorecards folder."""
    state: str
    """``faulty`` (there, with errors), ``arrived``; not there: ``missing``, ``awaited`` (the day for inputs has not
    passed), ``not_due``, ``not_needed`` (no standard in force asks for it), ``not_collected``."""
    held: bool
    """Whether the source is held back in this month by calendar.yml."""
    arrival: Arrival | None
    """None too if the file is there but cannot be read, or if the month has not ended."""
    found: tuple[Diagnostic, ...] = ()
    """Everything that is wrong with the file, or strange."""
    next_due: Month | None = None
    """If it is not due: when it is."""

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """The faults, those of a month that is held back for them included."""
        return tuple(one for one in self.found if is_error(one))

    @property
    def rejected(self) -> int:
        """How many lines have a fault; those of a file that cannot be read are not counted."""
        return len({one.place.line for one in self.errors if one.place.line}) if self.arrival is not None else 0


def is_error(diagnostic: Diagnostic) -> bool:
    """Whether a diagnostic is an error, or was one before its month was held back for it."""
    return diagnostic.code.severity is Severity.ERROR or "held" in diagnostic.values


def path_of(source: Source, month: Month) -> str:
    """Where a source's file of a month lies, below the scorecards folder."""
    return source.file if source.by_year else f"{month}/{source.file}"


def by_file(found: Iterable[Diagnostic], folder: str) -> Mapping[str, tuple[Diagnostic, ...]]:
    """Diagnostics by the path of their file below a folder, in the order of their lines; those of other files under
    the name they have."""
    files: dict[str, list[Diagnostic]] = defaultdict(list)
    prefix = f"{folder}/" if folder else ""
    for one in found:
        files[one.place.file.removeprefix(prefix)].append(one)
    return {file: tuple(its) for file, its in files.items()}


def intake(
    scoring: Scoring,
    arrivals: Arrivals,
    found: Mapping[str, tuple[Diagnostic, ...]],
    month: Month,
    as_of: date,
    there: Collection[str] = (),
) -> tuple[SourceIntake, ...]:
    """What came of each source for a month, in the order of sources.yml.

    ``found``: diagnostics by file. ``there``: names of files in the month's folder, of a month that has not ended; its
    files are not read yet.
    """
    needed = used_sources(scoring.handbook, month)
    held = {one.source for one in scoring.calendar.form.held if one.month == month}
    late = as_of > scoring.calendar.deadline(month, "inputs")
    result = []
    for source in scoring.sources.sources.values():
        if source.name == ASSIGNMENTS:
            continue
        arrival = arrivals.get(source.name, {}).get(month)
        path = arrival.file if arrival is not None else path_of(source, month)
        its = found.get(path, ())
        if any(map(is_error, its)):
            state = "faulty"
        elif arrival is not None or (not source.by_year and source.file in there):
            state = "arrived"
        elif not source.form.collected:
            state = "not_collected"
        elif source.name not in needed:
            state = "not_needed"
        elif not source.due_in(month):
            state = "not_due"
        else:
            state = "missing" if late else "awaited"
        next_due = next((month.plus(ahead) for ahead in range(1, 13) if source.due_in(month.plus(ahead))), None)
        result.append(
            SourceIntake(
                source,
                path,
                state,
                bool(held & {source.name, None}),
                arrival,
                its,
                next_due if state == "not_due" else None,
            )
        )
    return tuple(result)
