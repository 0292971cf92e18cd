"""Which entry sheets there are for a month's ratings: for whom, with which rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from standardwerk.evaluate.tenure import Tenure
from standardwerk.load.conditions import holds
from standardwerk.model.expressions import Call, Column, Literal, Node
from standardwerk.model.handbook import Handbook
from standardwerk.model.measure import CADENCE_MONTHS, Measure
from standardwerk.model.months import Month
from standardwerk.model.presence import Presence
from standardwerk.model.roster import Person, Roster
from standardwerk.model.sheets import FILLED, RATING, Choice, EntrySheet, Scale, SheetRow
from standardwerk.model.sources import Source
from standardwerk.model.standard import Revision, Standard
from standardwerk.site.sorting import sort_name

#: More values than these are no list to choose from.
_MOST_RATINGS = 20


@dataclass(frozen=True, slots=True)
class EntrySheets:
    """The sheets of a month."""

    sheets: tuple[EntrySheet, ...]
    """By the lead's id."""
    leaderless: tuple[Choice, ...]
    """Teams with people to rate and without a lead."""


@dataclass(frozen=True, slots=True)
class _Rated:
    """A standard that is rated in the month."""

    standard: Standard
    revision: Revision
    scale: Scale


def entry_sheets(
    handbook: Handbook, roster: Roster, source: Source, month: Month, repeat: int, team: str | None = None
) -> EntrySheets:
    """The sheets for the leads of a month, or for the one of a team.

    ``repeat``: how many observations there is room for, where an item is rated at several.
    """
    rated = tuple(_rated(handbook, source, month))
    by_lead: dict[str, dict[str, list[Person]]] = {}
    for rep in Presence(roster, handbook).of(month).scored:
        person = roster.people[rep]
        row = person.in_month(month)
        if row is not None and (team is None or row.team == team):
            found = roster.team_at(row.team, month)
            lead = found.lead if found is not None else ""
            by_lead.setdefault(lead, {}).setdefault(row.team, []).append(person)
    leaderless = sorted(by_lead.pop("", {}))
    ratings = rating_values(source)
    scales = tuple(one.scale for one in rated)
    needs = _needs(source, scales, ratings, month)
    sheets = []
    for lead, teams in sorted(by_lead.items()):
        # Nobody rates herself here.
        people = [person for its in teams.values() for person in its if person.id != lead]
        rows, choices = _asked(rated, people, month, repeat)
        if rows:
            named = Choice(lead, roster.people[lead].name if lead in roster.people else lead)
            names = tuple(_team(roster, name, month) for name in sorted(teams))
            sheets.append(EntrySheet(source, month, named, names, choices, scales, rows, ratings, needs))
    return EntrySheets(tuple(sheets), tuple(_team(roster, name, month) for name in leaderless))


def _team(roster: Roster, name: str, month: Month) -> Choice:
    found = roster.team_at(name, month)
    return Choice(name, found.name if found is not None else name)


def _asked(
    rated: Sequence[_Rated], people: Sequence[Person], month: Month, repeat: int
) -> tuple[tuple[SheetRow, ...], tuple[Choice, ...]]:
    """The rows, person by person, and the people who have any."""
    rows: list[SheetRow] = []
    named: list[Person] = []
    for person in sorted(people, key=lambda one: (sort_name(one.name), one.id)):
        own = [row for one in rated if _applies(person, one, month) for row in _rows(person.id, one.scale, repeat)]
        rows += own
        named += [person] if own else []
    return tuple(rows), _labels(named)


def _rows(rep: str, scale: Scale, repeat: int) -> Iterator[SheetRow]:
    for block in range(1, (repeat if scale.observed else 1) + 1):
        for anchor in scale.anchors:
            yield SheetRow(rep, scale.standard, anchor.item, block)


def _applies(person: Person, rated: _Rated, month: Month) -> bool:
    """Whether a person is rated on a standard in a month."""
    row = person.in_month(month)
    roles = rated.revision.rules.roles
    if row is None or (roles is not None and row.role not in roles):
        return False
    return person.availability.get(month, 1) != 0 and not Tenure(person).exempted(month, rated.standard.id)


def _labels(people: Sequence[Person]) -> tuple[Choice, ...]:
    """Names to choose by; of people with the same name the id says who is meant."""
    names = [person.name for person in people]
    return tuple(
        Choice(person.id, person.name if names.count(person.name) == 1 else f"{person.name} ({person.id})")
        for person in people
    )


def _rated(handbook: Handbook, source: Source, month: Month) -> Iterator[_Rated]:
    """The standards that are due in a month and have their items as data."""
    if not source.due_in(month):
        return
    for standard, revision in handbook.standards_at(month.first_day):
        measures = [one for one in revision.rules.measures if one.source == source.name]
        due = any(month.number % CADENCE_MONTHS[one.cadence] == 0 for one in measures)
        if due and revision.rules.anchors:
            scale = Scale(
                standard=_key(revision, source, standard.id),
                number=standard.identity.number,
                title={language: wording.title for language, wording in revision.wording.items()},
                anchors=revision.rules.anchors,
                observed=_observed(measures, source),
            )
            yield _Rated(standard, revision, scale)


def _key(revision: Revision, source: Source, identity: str) -> str:
    """What the rows of a standard have in the column ``standard``: what its measures look for, else its id."""
    found = {
        text
        for measure in revision.rules.measures
        if measure.source == source.name and measure.where is not None
        for text in _compared(measure.where.tree)
    }
    return found.pop() if len(found) == 1 else identity


def _compared(node: Node) -> Iterator[str]:
    """The texts that the column ``standard`` is compared with."""
    if not isinstance(node, Call):
        return
    if node.name == "==":
        column = next((one for one in node.arguments if isinstance(one, Column)), None)
        literal = next((one for one in node.arguments if isinstance(one, Literal)), None)
        if column is not None and column.name == "standard" and literal is not None and isinstance(literal.value, str):
            yield literal.value
    for argument in node.arguments:
        yield from _compared(argument)


def _observed(measures: Sequence[Measure], source: Source) -> tuple[str, ...]:
    """The key columns that a standard's measures read, besides those that every rating has."""
    read = {
        column.name for measure in measures for _, expression in measure.expressions for column in expression.columns()
    }
    read |= {measure.group for measure in measures if measure.group is not None}
    return tuple(name for name in source.keys if name in read and name not in {*FILLED, RATING})


def rating_values(source: Source) -> tuple[int | str, ...]:
    """The values a rating may have, if the contract lists them."""
    form = source.form.columns[RATING]
    if form.enum is not None:
        return form.enum
    if form.type == "integer" and form.minimum is not None and form.maximum is not None:
        found = range(int(form.minimum), int(form.maximum) + 1)
        return tuple(found) if len(found) <= _MOST_RATINGS else ()
    return ()


def _needs(
    source: Source, scales: Sequence[Scale], ratings: Sequence[int | str], month: Month
) -> dict[str, tuple[int | str, ...]]:
    """By column: the ratings for which the contract requires it."""
    found: dict[str, tuple[int | str, ...]] = {}
    for name, form in source.form.columns.items():
        condition = form.required_when
        if name in FILLED or name == RATING:
            continue
        if form.required:
            found[name] = tuple(ratings)
        elif condition is not None and any(column.name == RATING for column in condition.columns()):
            empty: dict[str, object] = dict.fromkeys(source.columns)
            needed = tuple(
                rating
                for rating in ratings
                if any(holds(condition, {**empty, "standard": one.standard, RATING: rating}, month) for one in scales)
            )
            if needed:
                found[name] = needed
    return found
