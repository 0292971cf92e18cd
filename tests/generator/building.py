"""An organisation to a folder: the roster, then month by month each source."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from . import ratings, selling, working
from .contract import SOURCES, Source
from .months import Month
from .organisation import Organisation
from .profiles import Profile
from .situation import Maker, Situation, situations
from .writing import ACCESS_YML, RETENTION_YML, calendar_yml, roster, source_csv, sources_yml, write

MAKERS: Mapping[str, Maker] = {
    "sales": selling.sales,
    "forecast": selling.forecast,
    "pipeline": selling.pipeline,
    "leads": working.leads,
    "territory": working.territory,
    "crm": working.crm,
    "demos": selling.demos,
    "surveys": working.surveys,
    "training": working.training,
    "certificates": selling.certificates,
    "events": working.events,
    "resources": working.resources,
    "ratings": ratings.ratings,
}


def build(organisation: Organisation, folder: Path) -> None:
    """Write the whole `scorecards/` folder. Files of other names in it are left alone."""
    write(folder / "sources.yml", sources_yml())
    write(folder / "calendar.yml", calendar_yml(organisation.months))
    write(folder / "access.yml", ACCESS_YML)
    write(folder / "retention.yml", RETENTION_YML)
    for name, text in roster(organisation).items():
        write(folder / name, text)
    profiles = {person.rep: Profile(organisation, person) for person in organisation.people}
    for index, month in enumerate(organisation.months):
        present = list(situations(organisation, profiles, month, index))
        for source in SOURCES:
            if _is_exported(organisation, source, month):
                write(folder / str(month) / f"{source.name}.csv", _file(organisation, source, present))


def _is_exported(organisation: Organisation, source: Source, month: Month) -> bool:
    due = source.cadence == "monthly" or month.month % 3 == 0
    return source.collected and due and (str(month), source.name) not in organisation.gaps.files


def _file(organisation: Organisation, source: Source, present: list[Situation]) -> str:
    make, gaps = MAKERS[source.name], organisation.gaps.rows
    return source_csv(
        source, (row for s in present if (str(s.month), source.name, s.person.rep) not in gaps for row in make(s))
    )
