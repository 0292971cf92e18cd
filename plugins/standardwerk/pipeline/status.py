"""The status of a project, faults and all."""

from __future__ import annotations

from standardwerk.diagnostics import Diagnostics
from standardwerk.load.files import Folder
from standardwerk.load.project import LoadedProject
from standardwerk.load.seals import load_lock
from standardwerk.model.handbook import Edition
from standardwerk.model.months import Month
from standardwerk.model.seals import Lock, unsealed
from standardwerk.pipeline.figures import NotThereError
from standardwerk.pipeline.project import Loaded, Options
from standardwerk.site.status import Given, Status, can_be_asked, status_of, unreadable


def _(message: str) -> str:
    return message


def status(options: Options, loaded: Loaded, month: Month | None = None) -> Status:
    """Where the project stands. Raises :class:`NotThereError` for a month that is none of it."""
    read = loaded.read
    if read is None:
        return unreadable(tuple(loaded.diagnostics), options.as_of)
    scoring = read.project.scoring
    if month is not None and scoring is not None and not can_be_asked(scoring, month, options.as_of):
        raise NotThereError(_("{month} has not begun, or has no edition."), month=str(month))
    folder = options.scorecards_dir
    files: dict[Month, list[str]] = {}
    if folder is not None:
        scorecards = Folder(folder, options.shown(folder))
        for name in scorecards.folders():
            try:
                files[Month.parse(name)] = scorecards.files(name)
            except ValueError:
                continue
    given = Given(
        project=read.project,
        arrivals=read.rows.arrivals,
        notes=read.notes,
        found=tuple(loaded.diagnostics),
        folder=options.shown(folder) if folder is not None else "",
        folders=files,
        unsealed=_unsealed(options, read),
    )
    return status_of(given, month)


def _unsealed(options: Options, read: LoadedProject) -> tuple[Edition, ...]:
    handbook, today = read.project.handbook, read.project.as_of
    found = load_lock(Folder(options.standards_dir, ""), Diagnostics())
    days, revisions = unsealed(found[0] if found is not None else Lock(), handbook, today)
    first_days = {*days, *(revision.effective_from for _, revision in revisions)}
    return tuple(one for one in handbook.editions if one.effective_from in first_days)
