"""What the annex for works council and data protection shows: what is processed, how, for whom, and for how long."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from standardwerk.model.access import Access, Group
from standardwerk.model.handbook import Edition, Handbook, Revision, Standard
from standardwerk.model.method import Method
from standardwerk.model.months import Month
from standardwerk.model.names import Role
from standardwerk.model.presence import Presence
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
    standards: tuple[str, ...] = ()
    """Numbers of the standards in force that use it."""
    is_rule: bool = False
    """It repeats what the source system decides, and is compared with the standard."""
    is_key: bool = False
    """It says what the row is about."""


@dataclass(frozen=True, slots=True)
class FieldSource:
    """A monthly file with its columns."""

    source: Source
    fields: tuple[Field, ...]
    listed: tuple[Field, ...] = ()
    """If the file is made from a list of transactions: the columns of the list."""
    ignored: tuple[str, ...] = ()
    """Columns that may stand in the file and are not read."""


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
    people: int
    """How many have one at the moment."""
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
    has_pseudonyms: bool
    """Whether the folders of people are called by them."""


def annex_context(project: Project) -> AnnexContext | None:
    """The annex; None without scorecards."""
    scoring, access, roster = project.scoring, project.access, project.roster
    if scoring is None or access is None or roster is None:
        return None
    handbook = project.handbook.published_by(project.as_of)
    listed = [source for source in scoring.sources.sources.values() if source.name != ASSIGNMENTS]
    used, rules = _used(handbook, project.as_of)
    by_day = {edition.effective_from: edition for edition in handbook.editions}
    return AnnexContext(
        as_of=project.as_of,
        edition=handbook.edition_at(project.as_of),
        organisation=handbook.names.organisation,
        handbook_title=handbook.names.title,
        privacy=project.privacy,
        retention=project.retention,
        roles=tuple(role for role in handbook.names.roles if role.scorecard),
        people=len(Presence(roster, handbook).of(Month.of(project.as_of)).scored),
        sources=tuple(_source(source, used, rules) for source in listed if source.form.collected),
        switched_off=tuple(source for source in listed if not source.form.collected),
        measured=tuple(
            Measured(standard, revision, by_day.get(revision.effective_from))
            for standard in handbook.standards
            for revision in standard.revisions
        ),
        method=handbook.method_at(project.as_of),
        access=access,
        groups=access.groups,
        kinds=KINDS,
        editions=tuple(reversed(handbook.editions)),
        minimum_group=minimum_group(handbook),
        has_pseudonyms=any(person.folder != person.id for person in roster.people.values()),
    )


_Used = Mapping[tuple[str, str], Sequence[str]]


def _source(source: Source, used: _Used, rules: Collection[str]) -> FieldSource:
    form, keys = source.form, {"rep", *source.keys}
    return FieldSource(
        source,
        tuple(
            Field(
                column,
                form.columns.get(column),
                tuple(used.get((source.name, column), ())),
                column in rules,
                column in keys,
            )
            for column in source.columns
        ),
        tuple(Field(name, its) for name, its in form.in_file.items()) if form.transactions is not None else (),
        form.ignore,
    )


def _used(handbook: Handbook, day: date) -> tuple[_Used, Collection[str]]:
    """By source and column: the numbers of the standards in force that use it; and the columns of export rules."""
    found: dict[tuple[str, str], list[str]] = {}
    rules: set[str] = set()
    for standard, revision in handbook.standards_at(day):
        rules |= revision.rules.export_rules.keys()
        number = str(standard.identity.number)
        for measure in revision.rules.measures:
            columns = [column for _, expression in measure.expressions for column in expression.columns()]
            keys = [(column.source or measure.source, column.name) for column in columns]
            if measure.group is not None:
                keys.append((measure.source, measure.group))
            for key in keys:
                numbers = found.setdefault(key, [])
                if number not in numbers:
                    numbers.append(number)
    return found, rules
