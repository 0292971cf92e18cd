"""Proportions that are none: a numerator above its denominator, or parts of a whole that are no whole numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from standardwerk.evaluate.parts import index_rows, rows_of
from standardwerk.evaluate.people import PlanBook
from standardwerk.model.project import RepRows, lines_of
from standardwerk.model.roster import Person


@dataclass(frozen=True, slots=True)
class ProportionFault:
    """A row that contradicts a measure of kind ``proportion``."""

    measure: str
    file: str
    line: int
    numerator: Any
    denominator: Any


def proportion_faults(book: PlanBook, person: Person, rows: RepRows) -> Iterator[ProportionFault]:
    """The rows of a person that no proportion can have, each measure by the revisions in force in the row's month."""
    for month in book.scoring.months:
        if person.in_month(month) is None:
            continue
        for plan in book.proportions(month):
            its = rows_of(plan.source, person, rows, month)
            if not its:
                continue
            lookups = [index_rows(source, rows_of(source, person, rows, month)) for source in plan.joined]
            for cells, line in its:
                matches = [
                    lookup.get(tuple([cells[position] for position in keys]))
                    for lookup, keys in zip(lookups, plan.join_keys, strict=True)
                ]
                env = (month, cells, *[match[0] if match is not None else None for match in matches])
                if plan.where is not None and plan.where(env) is not True:
                    continue
                assert plan.denominator is not None
                numerator, denominator = plan.numerator(env), plan.denominator(env)
                if numerator is None or denominator is None:
                    continue
                whole = numerator == int(numerator) and denominator == int(denominator)
                if not whole or not 0 <= numerator <= denominator:
                    file = plan.scoring.file_of(plan.source, month)
                    yield ProportionFault(plan.measure.id, file, lines_of(line)[0], numerator, denominator)
