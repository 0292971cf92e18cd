"""The sample scorecard's input: an invented person, and her figures of the last months."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Annotated

from pydantic import BeforeValidator, WithJsonSchema

from standardwerk.model.fields import Form, Id, Integer, LocalText, Text, fault, one_of, within
from standardwerk.model.months import Month

#: The months a scorecard shows, and the most a sample has.
MONTHS = 12


def _cells(value: object) -> tuple[str, ...]:
    cells = value if isinstance(value, list | tuple) else [value]
    if not cells or len(cells) > MONTHS or not all(isinstance(cell, str) for cell in cells):
        raise fault("cells", most=str(MONTHS))
    return tuple(cells)


_SCALAR = {"type": ["string", "number", "boolean"]}
#: A column of a row: the same value in every month, or one for each of the last months, the oldest first.
Cells = Annotated[
    tuple[str, ...],
    BeforeValidator(_cells),
    WithJsonSchema({"anyOf": [_SCALAR, {"type": "array", "items": _SCALAR, "minItems": 1, "maxItems": MONTHS}]}),
]


#: The id of the invented person in her rows; who rates herself has it as ``rater``.
INVENTED = "sample"
_DAY = re.compile(r"day (\d{1,2})( before)?")


def read_cell(kind: str, text: str, month: Month) -> object:
    """The value of a cell in a column of a type, in a month; None if it is empty.

    Raises :class:`ValueError` for what the type does not allow.
    """
    if not text.strip():
        return None
    if kind == "integer":
        return int(text)
    if kind == "number":
        try:
            return Decimal(text)
        except InvalidOperation as error:
            raise ValueError(text) from error
    if kind == "date":
        found = _DAY.fullmatch(text)
        if found is None:
            raise ValueError(text)
        of = month.plus(-1) if found[2] else month
        return date(of.year, of.number, int(found[1]))
    return text


class SampleAction(Form):
    """An agreed action."""

    text: LocalText
    """What is to be done, in each language."""
    owner: Annotated[Text, one_of("rep", "lead")]
    """Who does it: the person (``rep``) or the lead."""
    status: Annotated[Text, one_of("open", "done", "dropped")] = "open"
    """What came of it."""


class SampleNotes(Form):
    """What is written beside the month."""

    note: LocalText | None = None
    """By the lead; left out: there is none."""
    reply: LocalText | None = None
    """By the person; left out: there is none."""
    agreed: tuple[SampleAction, ...] = ()
    """The actions of the month before."""
    actions: tuple[SampleAction, ...] = ()
    """The actions agreed this time."""


class Sample(Form):
    """``sample.yml``. Months are counted back from the last one, so that the sample never grows old."""

    name: Text
    """An invented one."""
    role: Id
    """Her role, of handbook.yml."""
    team: Text
    """The invented team's name."""
    lead: Text
    """The invented lead's name."""
    tenure_months: Annotated[Integer, within(1, 600)] = 36
    """How long she has been with the company in the month that is shown."""
    product_lines: tuple[Id, ...] = ()
    """The product lines assigned to her, of handbook.yml; left out: none."""
    rows: Mapping[Text, tuple[Mapping[Text, Cells], ...]]
    """By source: its rows, each with the columns of the contract. A date is ``day 3`` of the row's own month, or
    ``day 28 before`` of the month before."""
    notes: SampleNotes = SampleNotes()
    """What is written beside the month; left out: nothing."""
