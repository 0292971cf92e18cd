"""How scores come about: ramp-up, smallest group, index, results, with their wording."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar

from standardwerk.model.dated import Retroactive
from standardwerk.model.fields import Boolean, Date, Form, Id, Integer, LocalText, MonthField, Number, Text, within
from standardwerk.model.wording import Erratum, Wording


class RampStep(Form):
    """From a tenure month on: not scored, or targets times a factor."""

    from_month: Annotated[Integer, within(1, 120)]
    scored: Boolean = True
    factor: Annotated[Number, within(0, 1)] = Decimal(1)


class Index(Form):
    """The optional weighted index 0 to 100."""

    minimum_coverage_percent: Annotated[Integer, within(1, 100)] = 60


class Example(Form):
    """Rows of an invented person for the method page."""

    standard: Id
    month: MonthField
    started_on: Date
    rows: Mapping[str, tuple[Mapping[str, Text], ...]]


class MeasureRef(Form):
    """A measure of a standard."""

    standard: Id
    measure: Id


class OrganisationPage(Form):
    """What stands at the top of the organisation's month. It scores nothing, so it is not sealed."""

    headline: tuple[MeasureRef, ...] = ()
    """Measures whose group figures are read first."""
    totals: tuple[MeasureRef, ...] = ()
    """Measures whose amounts are added up over everybody, by product line: business totals, for named groups only."""


class MethodForm(Form):
    """A revision of the method."""

    retired: ClassVar[bool] = False
    """A method does not end: something has to score."""

    reason: LocalText
    minimum_group: Annotated[Integer, within(2, 1000)] = 5
    ramp: tuple[RampStep, ...] = ()
    index: Index | None = None
    results: tuple[MeasureRef, ...] = ()
    """Measures whose amounts stand at the top of each scorecard."""
    organisation: OrganisationPage = OrganisationPage()
    retroactive: Retroactive | None = None
    errata: tuple[Erratum, ...] = ()
    example: Example | None = None


@dataclass(frozen=True, slots=True)
class Method:
    """The method from a day on."""

    effective_from: date
    rules: MethodForm
    wording: Mapping[str, Wording]
    stale: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By language: the fields whose original has moved on since they were translated."""
