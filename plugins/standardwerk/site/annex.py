"""What the annex for works council and data protection shows: what is processed, how, for whom, and for how long."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from standardwerk.model.access import Access, Group
from standardwerk.model.handbook import Edition, Handbook, Revision, Standard
from standardwerk.model.method import Method
from standardwerk.model.names import Role
from standardwerk.model.privacy import Privacy
from standardwerk.model.project import Project
from standardwerk.model.retention import Retention
from standardwerk.model.sources import ASSIGNMENTS, ColumnForm, Source
from standardwerk.site.organisation import minimum_group
from standardwerk.site.places import KINDS, Kind


@dataclass(frozen=True, slots=True)
class Field:
    """A column about people."""

    name: str
    form: ColumnForm | None
    """None: the person, or a key."""
    standards: tuple[str, ...]
    """Numbers of the standards in force that use it."""


@dataclass(frozen=True, slots=True)
class FieldSource:
    """A monthly file with its columns."""

    source: Source
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """A revision of a standard, with the edition it came with."""

    standard: Standard
    revision: Revision
    edition: Edition | None


@dataclass(frozen=True, slots=True)
class AnnexContext:
    """The annex."""

    as_of: date
    edition: Edition | None
    """The one in force."""
    organisation: str
    handbook_title: Mapping[str, str]
    privacy: Privacy
    retention: Retention
    roles: tuple[Role, ...]
    """With a scorecard."""
    sources: tuple[FieldSource, ...]
    """Those that are collected."""
    switched_off: tuple[Source, ...]
    measured: tuple[Measured, ...]
    method: Method | None
    access: Access
    groups: tuple[Group, ...]
    kinds: tuple[Kind, ...]
    editions: tuple[Edition, ...]
    """Published ones, the newest first."""
    minimum_group: int


def annex_context(project: Project) -> AnnexContext | None:
    """The annex; None without scorecards."""
    scoring, access, handbook = project.scoring, project.access, project.handbook
    if scoring is None or access is None:
        return None
    now = handbook.edition_at(project.as_of)
    listed = [source for source in scoring.sources.sources.values() if source.name != ASSIGNMENTS]
    used = _used(handbook, project.as_of)
    by_day = {edition.effective_from: edition for edition in handbook.editions}
    return AnnexContext(
        as_of=project.as_of,
        edition=now,
        organisation=handbook.names.organisation,
        handbook_title=handbook.names.title,
        privacy=project.privacy,
        retention=project.retention,
        roles=tuple(role for role in handbook.names.roles if role.scorecard),
        sources=tuple(
            FieldSource(
                source,
                tuple(
                    Field(column, source.form.columns.get(column), tuple(used.get((source.name, column), ())))
                    for column in source.columns
                ),
            )
            for source in listed
            if source.form.collected
        ),
        switched_off=tuple(source for source in listed if not source.form.collected),
        measured=tuple(
            Measured(standard, revision, by_day.get(revision.effective_from))
            for standard in handbook.standards
            for revision in standard.revisions
        ),
        method=handbook.method_at(project.as_of),
        access=access,
        groups=access.groups,
        kinds=tuple(kind for kind in KINDS if kind.is_page),
        editions=tuple(reversed(handbook.editions)),
        minimum_group=minimum_group(handbook),
    )


def _used(handbook: Handbook, day: date) -> dict[tuple[str, str], list[str]]:
    """By source and column: the numbers of the standards in force that use it."""
    found: dict[tuple[str, str], list[str]] = {}
    for standard, revision in handbook.standards_at(day):
        for measure in revision.rules.measures:
            for _, expression in measure.expressions:
                for column in expression.columns():
                    numbers = found.setdefault((column.source or measure.source, column.name), [])
                    if str(standard.identity.number) not in numbers:
                        numbers.append(str(standard.identity.number))
    return found
