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
    """The month of tenure from which it holds; the first full month is 1."""
    scored: Boolean = True
    """False: figures are shown and not judged."""
    factor: Annotated[Number, within(0, 1)] = Decimal(1)
    """What targets are multiplied by, 0 to 1. Rates and errors are never scaled."""


class Index(Form):
    """The optional weighted index 0 to 100."""

    minimum_coverage_percent: Annotated[Integer, within(1, 100)] = 60
    """There is no index if standards with less than this share of the weights have a status."""


class Example(Form):
    """Rows of an invented person for the method page."""

    standard: Id
    """The standard it explains."""
    month: MonthField
    """The month of the figures."""
    started_on: Date
    """The day the invented person began."""
    rows: Mapping[str, tuple[Mapping[str, Text], ...]]
    """By source: its rows, each with the columns of the contract, without ``rep``."""


class MeasureRef(Form):
    """A measure of a standard."""

    standard: Id
    """The standard's id: its folder."""
    measure: Id
    """The measure's id in the standard."""


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
    """Why the method changed, in each language; shown in the history."""
    minimum_group: Annotated[Integer, within(2, 1000)] = 5
    """No figure of a group is shown for fewer people."""
    ramp: tuple[RampStep, ...] = ()
    """Ramp-up by month of tenure; left out: everything counts in full from the first full month on."""
    index: Index | None = None
    """The weighted index 0 to 100; left out: there is none."""
    results: tuple[MeasureRef, ...] = ()
    """Measures whose amounts stand at the top of each scorecard."""
    organisation: OrganisationPage = OrganisationPage()
    """What stands at the top of the organisation's month."""
    retroactive: Retroactive | None = None
    """Why it holds from a day before its publication; left out where it does not."""
    errata: tuple[Erratum, ...] = ()
    """Slips of wording that were mended after the text was sealed."""
    example: Example | None = None
    """What the worked example on the method's page is made from; left out: there is none."""


@dataclass(frozen=True, slots=True)
class Method:
    """The method from a day on."""

    effective_from: date
    rules: MethodForm
    wording: Mapping[str, Wording]
    stale: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By language: the fields whose original has moved on since they were translated."""
