"""The handbook: names, editions, standards with their revisions, the method."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Self, TypeVar

from pydantic import BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from standardwerk.model.expressions import Expression, ExpressionField
from standardwerk.model.fields import (
    Boolean,
    Date,
    Form,
    Id,
    Integer,
    LocalText,
    MonthField,
    Number,
    Text,
    fault,
    one_of,
    within,
)
from standardwerk.model.months import Month


class Language(Form):
    """A language of the handbook."""

    name: Text
    """Its own name, like "Deutsch"."""
    locale: Text
    """The CLDR locale for figures and dates, like ``de_DE``."""


class Named(Form):
    """A group of standards: an id with a dated name."""

    id: Id
    name: LocalText
    valid_from: Date | None = None


AnyNamed = TypeVar("AnyNamed", bound=Named)


class Role(Named):
    """A role of people."""

    scorecard: Boolean = True
    """False: people in this role get no scorecard (team leads, assistants)."""


class ProductLine(Named):
    """A product line."""


class Names(Form):
    """``handbook.yml``."""

    title: LocalText
    organisation: Text
    currency: Text = "EUR"
    languages: Mapping[str, Language]
    groups: tuple[Named, ...]
    roles: tuple[Role, ...]
    product_lines: tuple[ProductLine, ...] = ()

    @property
    def line_ids(self) -> tuple[str, ...]:
        """The product lines in handbook order, each once."""
        return tuple(dict.fromkeys(line.id for line in self.product_lines))

    @property
    def group_ids(self) -> tuple[str, ...]:
        """The groups in handbook order, each once."""
        return tuple(dict.fromkeys(group.id for group in self.groups))


def named_at(entries: tuple[AnyNamed, ...], identity: str, day: date) -> AnyNamed | None:
    """The entry of an id that is in force on a day: the newest ``valid_from`` not after it (else the earliest)."""
    dated = sorted((entry for entry in entries if entry.id == identity), key=lambda entry: entry.valid_from or date.min)
    in_force = [entry for entry in dated if (entry.valid_from or date.min) <= day]
    return in_force[-1] if in_force else (dated[0] if dated else None)


class Edition(Form):
    """A release of the whole handbook."""

    label: Text
    effective_from: Date
    published_on: Date
    approved_on: Date | None = None
    agreement_ref: Text | None = None
    note: LocalText

    @property
    def first_month(self) -> Month:
        """The first month this edition judges."""
        return Month.of(self.effective_from)


class Editions(Form):
    """``editions.yml``."""

    editions: tuple[Edition, ...]


@dataclass(frozen=True, slots=True)
class Window:
    """The months a figure is made of."""

    kind: str
    """``month``, ``rolling`` or ``year-to-date``."""
    months: int
    """Length of a full window: 1, N, or 12."""

    def __str__(self) -> str:
        return f"rolling {self.months}" if self.kind == "rolling" else self.kind

    def start(self, month: Month, fiscal_year_start: int) -> Month:
        """The first month of the window that ends with ``month``."""
        if self.kind == "year-to-date":
            return Month(month - (month.number - fiscal_year_start) % 12)
        return Month(month - self.months + 1)


def _window(value: object) -> Window:
    if isinstance(value, Window):
        return value
    if value == "month":
        return Window("month", 1)
    if value == "year-to-date":
        return Window("year-to-date", 12)
    if isinstance(value, str) and value.startswith("rolling "):
        count = value.removeprefix("rolling ").strip()
        if count.isascii() and count.isdigit() and 2 <= int(count) <= 60:
            return Window("rolling", int(count))
    raise fault("window")


Limits = tuple[Decimal | None, Decimal | None]


class Bands(Form):
    """The limits of *met* and *near* in the displayed unit; a pair each where a range is good."""

    met: tuple[Number, Number] | Number
    near: tuple[Number, Number] | Number

    @model_validator(mode="before")
    @classmethod
    def _pairs(cls, value: Any) -> Any:
        if isinstance(value, dict):
            return {key: tuple(item) if isinstance(item, list) else item for key, item in value.items()}
        return value

    def limits(self, better: str) -> tuple[Limits, Limits]:
        """(low, high) of *met* and of *near*; None where there is no limit."""

        def pair(limit: tuple[Decimal, Decimal] | Decimal) -> Limits:
            if isinstance(limit, tuple):
                return limit
            return (limit, None) if better == "higher" else (None, limit)

        return pair(self.met), pair(self.near)


class MinimumN(Form):
    """The count a figure needs to be judged."""

    count: ExpressionField | None = None
    """What is counted; None: the denominator."""
    value: Annotated[Integer, within(1, 1_000_000)]
    per: Annotated[Text, one_of("window", "row")] = "window"
    label: LocalText | None = None


def _minimum_n(value: object) -> object:
    return {"value": value} if isinstance(value, str | int) else value


class Flag(Form):
    """A mark beside a figure beyond a limit; never a status."""

    above: Number | None = None
    below: Number | None = None
    text: LocalText


class Labels(Form):
    """The words of the formula."""

    numerator: LocalText
    denominator: LocalText | None = None


KINDS = ("proportion", "ratio", "sum", "mean", "check")
UNITS = ("percent", "currency", "number", "multiple", "points", "days", "hours", "fraction", "date")
CADENCE_MONTHS = {"monthly": 1, "quarterly": 3, "yearly": 12}

_QUOTIENT = ("numerator", "denominator")
_NEEDS = {
    "proportion": _QUOTIENT,
    "ratio": _QUOTIENT,
    "sum": ("value",),
    "mean": ("value",),
    "check": ("condition",),
}
_OWN_FIELDS = {
    "numerator": ("proportion", "ratio"),
    "denominator": ("proportion", "ratio"),
    "value": ("sum", "mean"),
    "group": ("mean",),
    "condition": ("check",),
    "date": ("check",),
    "confident": ("proportion",),
    "is_target": ("proportion", "ratio", "sum"),
}


class Measure(Form):
    """One measure of a revision."""

    id: Id
    title: LocalText
    role: Annotated[Text, one_of("main", "second", "guard", "info")]
    kind: Annotated[Text, one_of(*KINDS)]
    source: Text
    where: ExpressionField | None = None
    numerator: ExpressionField | None = None
    denominator: ExpressionField | None = None
    value: ExpressionField | None = None
    condition: ExpressionField | None = None
    date: ExpressionField | None = None
    group: Text | None = None
    labels: Labels | None = None
    is_target: Boolean = False
    missing: Annotated[Integer, within(0, 0)] | None = None
    window: Annotated[Window, BeforeValidator(_window, json_schema_input_type=str)] = Window("month", 1)
    cadence: Annotated[Text, one_of(*CADENCE_MONTHS)] = "monthly"
    valid_months: Annotated[Integer, within(1, 36)] | None = None
    by: Annotated[Text, one_of("product_line")] | None = None
    lines: Annotated[Text, one_of("worst", "total")] = "total"
    unit: Annotated[Text, one_of(*UNITS)] = "number"
    unit_label: LocalText | None = None
    decimals: Annotated[Integer, within(0, 6)] = 0
    better: Annotated[Text, one_of("higher", "lower", "range")] | None = None
    bands: Bands | None = None
    flag: Flag | None = None
    confident: Boolean = False
    minimum_n: Annotated[MinimumN, BeforeValidator(_minimum_n)] | None = None
    minimum_months: Annotated[Integer, within(1, 60)] | None = None
    ramp: Boolean = True
    due_after_days: Annotated[Integer, within(1, 3650)] | None = None

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Self:
        for name in _NEEDS[self.kind]:
            if getattr(self, name) is None:
                raise PydanticCustomError("needs", "{field}", {"kind": self.kind, "field": name})
        for name, kinds in _OWN_FIELDS.items():
            if self.kind not in kinds and getattr(self, name) not in (None, False):
                raise PydanticCustomError("not_for", "{field}", {"kind": self.kind, "field": name})
        if self.role in {"main", "second"} and self.kind != "check":
            for name in ("better", "bands"):
                if getattr(self, name) is None:
                    raise PydanticCustomError("needs", "{field}", {"kind": self.role, "field": name})
        if self.bands is not None and (self.role == "info" or self.kind == "check"):
            raise PydanticCustomError(
                "not_for", "{field}", {"kind": self.role if self.role == "info" else self.kind, "field": "bands"}
            )
        if self.bands is not None:
            self._check_limits(self.bands)
        return self

    def _check_limits(self, bands: Bands) -> None:
        wrong = PydanticCustomError("limits", "", {"met": _limit_text(bands.met), "near": _limit_text(bands.near)})
        if self.better is None:
            raise PydanticCustomError("needs", "{field}", {"kind": self.kind, "field": "better"})
        ranged = self.better == "range"
        if isinstance(bands.met, tuple) is not ranged or isinstance(bands.near, tuple) is not ranged:
            raise wrong
        (met_low, met_high), (near_low, near_high) = bands.limits(self.better)
        if met_low is not None and near_low is not None and near_low > met_low:
            raise wrong
        if met_high is not None and near_high is not None and near_high < met_high:
            raise wrong
        if met_low is not None and met_high is not None and met_low > met_high:
            raise wrong

    @property
    def judged(self) -> bool:
        """Whether the measure has a verdict: guards and infos have none."""
        return self.role in {"main", "second"}

    @property
    def shown_as_percent(self) -> bool:
        """Whether value and limits are in hundredths."""
        return self.unit in {"percent", "fraction"}

    @property
    def expressions(self) -> tuple[tuple[str, Expression], ...]:
        """The expressions of the formula with the names of their fields."""
        names = ("where", "numerator", "denominator", "value", "condition", "date")
        found = [(name, getattr(self, name)) for name in names if getattr(self, name) is not None]
        if self.minimum_n is not None and self.minimum_n.count is not None:
            found.append(("minimum_n", self.minimum_n.count))
        return tuple(found)

    @property
    def formula(self) -> tuple[object, ...]:
        """What decides the figure of one month: two revisions with equal formulas can share a window."""
        parts = (self.where, self.numerator, self.denominator, self.value, self.condition)
        shapes = tuple(part.shape if part is not None else None for part in parts)
        return (self.kind, self.source, *shapes, self.missing, self.group, self.by, self.unit)


def _limit_text(limit: tuple[Decimal, Decimal] | Decimal) -> str:
    return " … ".join(map(str, limit)) if isinstance(limit, tuple) else str(limit)


class Step(Form):
    """An onboarding step."""

    when: Annotated[Text, one_of("day-1", "week-1", "day-30", "day-60", "day-90", "month-4-6")]
    paths: tuple[Id, ...] = ("new",)
    text: LocalText


class Anchor(Form):
    """A rated item: what each level looks like."""

    item: Id
    name: LocalText
    levels: Mapping[str, LocalText]


class Retroactive(Form):
    """Why a revision may take effect before it was published."""

    reason: LocalText
    agreement_ref: Text


class Erratum(Form):
    """A slip of wording that was mended in a sealed text."""

    model_config = ConfigDict(populate_by_name=True)

    date: Date
    section: Text | None = None
    """The section's id; else ``field``."""
    field: Text | None = None
    """``title``, ``lead``, ``steps``, ``anchors`` or ``measure.<id>``."""
    language: Text
    was: Text
    now: Text = Field(alias="is")
    reason: LocalText

    @property
    def sealed_field(self) -> str:
        """The field's name in the seal."""
        name = f"section.{self.section}" if self.section is not None else str(self.field)
        return f"{name}.{self.language}"


class RevisionForm(Form):
    """A revision's YAML file."""

    reason: LocalText
    retired: Boolean = False
    on_change: Annotated[Text, one_of("carry", "restart")] | None = None
    retroactive: Retroactive | None = None
    roles: tuple[Id, ...] | None = None
    weight: Annotated[Number, within(0, 10)] = Decimal(1)
    export_rules: Mapping[str, Text] = {}
    onboarding: tuple[Step, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    measures: tuple[Measure, ...] = ()
    errata: tuple[Erratum, ...] = ()
    quiz: tuple[Mapping[str, Any], ...] = ()


class StandardForm(Form):
    """``standard.yml``: the identity of a standard."""

    number: Annotated[Integer, within(1, 9999)]
    group: Id
    owner: LocalText
    source: Text | None = None


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


class ResultRef(Form):
    """A measure whose amounts stand at the top of each scorecard."""

    standard: Id
    measure: Id


class MethodForm(Form):
    """A revision of the method."""

    reason: LocalText
    minimum_group: Annotated[Integer, within(2, 1000)] = 5
    ramp: tuple[RampStep, ...] = ()
    index: Index | None = None
    results: tuple[ResultRef, ...] = ()
    errata: tuple[Erratum, ...] = ()
    example: Example | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page under one heading."""

    id: str
    title: str
    markdown: str
    line: int
    """The heading's line in the file."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A text in one language: its title, and its sections in order."""

    file: str
    title: str
    lead: str
    """Markdown between the title and the first section."""
    sections: tuple[Section, ...]

    def section(self, identity: str) -> Section | None:
        """The section with that id."""
        return next((section for section in self.sections if section.id == identity), None)


@dataclass(frozen=True, slots=True)
class Revision:
    """A standard's text and rules from a day on."""

    effective_from: date
    rules: RevisionForm
    wording: Mapping[str, Wording]
    run_start: Mapping[str, date] = field(default_factory=dict)
    """By measure: the day of the revision its windows may reach back to (inclusive)."""

    stale: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By language: the fields whose original has moved on since they were translated."""

    def measure(self, identity: str) -> Measure | None:
        """The measure with that id."""
        return next((measure for measure in self.rules.measures if measure.id == identity), None)

    @property
    def runs(self) -> Mapping[str, date]:
        """The measures whose windows may reach back beyond this revision, and to which day."""
        return {name: day for name, day in self.run_start.items() if day != self.effective_from}

    def with_runs(self, runs: Mapping[str, date]) -> Revision:
        """The revision with windows that begin as they did when a month was closed."""
        if runs == self.runs:
            return self
        return replace(self, run_start={name: runs.get(name, self.effective_from) for name in self.run_start})


@dataclass(frozen=True, slots=True)
class Standard:
    """A standard with all its revisions, the oldest first."""

    id: str
    identity: StandardForm
    revisions: tuple[Revision, ...]

    def at(self, day: date) -> Revision | None:
        """The revision in force on a day; None before the first, and once retired."""
        found = None
        for revision in self.revisions:
            if revision.effective_from <= day:
                found = revision
        return None if found is None or found.rules.retired else found


@dataclass(frozen=True, slots=True)
class Method:
    """The method from a day on."""

    effective_from: date
    rules: MethodForm
    wording: Mapping[str, Wording]


@dataclass(frozen=True, slots=True)
class Page:
    """A hand-written page in one language."""

    name: str
    language: str
    wording: Wording
    markdown: str
    order: int


@dataclass(frozen=True, slots=True)
class Handbook:
    """Everything under ``standards/``."""

    names: Names
    editions: tuple[Edition, ...]
    """By ``effective_from``."""
    standards: tuple[Standard, ...]
    """By number."""
    methods: tuple[Method, ...]
    pages: tuple[Page, ...] = ()

    @property
    def languages(self) -> tuple[str, ...]:
        """Language codes, the original first."""
        return tuple(self.names.languages)

    def edition_at(self, day: date) -> Edition | None:
        """The edition in force on a day."""
        found = None
        for edition in self.editions:
            if edition.effective_from <= day:
                found = edition
        return found

    def method_at(self, day: date) -> Method | None:
        """The method in force on a day."""
        found = None
        for method in self.methods:
            if method.effective_from <= day:
                found = method
        return found

    def standards_at(self, day: date) -> tuple[tuple[Standard, Revision], ...]:
        """The standards in force on a day with their revisions, by group and number."""
        found = [(standard, standard.at(day)) for standard in self.standards]
        return self.in_order([(standard, revision) for standard, revision in found if revision is not None])

    def in_order(self, pairs: Iterable[tuple[Standard, Revision]]) -> tuple[tuple[Standard, Revision], ...]:
        """Standards by group and number."""
        order = {group: index for index, group in enumerate(self.names.group_ids)}
        return tuple(sorted(pairs, key=lambda pair: (order[pair[0].identity.group], pair[0].identity.number)))

    def published_by(self, day: date) -> Handbook:
        """The handbook without the editions, and their revisions, that are published later."""
        later = {edition.effective_from for edition in self.editions if edition.published_on > day}
        if not later:
            return self
        standards = tuple(
            replace(one, revisions=tuple(each for each in one.revisions if each.effective_from not in later))
            for one in self.standards
        )
        return replace(
            self,
            editions=tuple(one for one in self.editions if one.effective_from not in later),
            standards=tuple(one for one in standards if one.revisions),
            methods=tuple(one for one in self.methods if one.effective_from not in later),
        )
