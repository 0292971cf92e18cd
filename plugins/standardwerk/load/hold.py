"""``on_bad_month: hold``: a month whose files have faults is held back, and all others are built."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from standardwerk.diagnostics import Diagnostics, Place
from standardwerk.load.files import Folder
from standardwerk.model.calendar import Held
from standardwerk.model.months import Month

if TYPE_CHECKING:
    from standardwerk.load.project import LoadedProject


def hold_bad_months(loaded: LoadedProject, folder: Folder, diagnostics: Diagnostics) -> None:
    """Hold the months with errors in their folder, if the calendar says so.

    Their rows are taken away, so that nothing of them can show in a figure, a signal or a chart; their errors become
    warnings. Faults of files that belong to no single month stay errors.
    """
    scoring = loaded.project.scoring
    if scoring is None or scoring.calendar.form.on_bad_month != "hold":
        return
    bad: list[Month] = []
    # What is published of a closed month is sealed, and its windows reach back: neither may turn into "held".
    closed = max(loaded.project.ledger.closed, default=Month(0))
    for month in scoring.months:
        if month <= closed:
            continue
        count = diagnostics.soften(folder.name(f"{month}/"), held=str(month))
        if count:
            bad.append(month)
            diagnostics.add("SW413", Place(folder.name(str(month))), month=month, count=count)
    if not bad:
        return
    for sources in loaded.rows.by_rep.values():
        for rows in sources.values():
            for month in bad:
                rows.pop(month, None)
    for present in loaded.rows.present.values():
        present.difference_update(bad)
    form = scoring.calendar.form
    held = (*form.held, *(Held(month=month) for month in bad))
    calendar = replace(scoring.calendar, form=form.model_copy(update={"held": held}))
    there = {name: frozenset(found) for name, found in loaded.rows.present.items()}
    loaded.project = replace(loaded.project, scoring=replace(scoring, calendar=calendar, present=there))
