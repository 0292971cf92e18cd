"""One measure of a standard: formula, window, limits."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from standardwerk.model.expressions import Expression, ExpressionField
from standardwerk.model.fields import Boolean, Form, Id, Integer, LocalText, Number, Text, fault, one_of, within
from standardwerk.model.months import Month


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


_WINDOW = {"type": "string", "pattern": r"^(month|year-to-date|rolling \d{1,2})$"}

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
    window: Annotated[Window, BeforeValidator(_window), WithJsonSchema(_WINDOW)] = Window("month", 1)
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
    minimum_n: Annotated[MinimumN, BeforeValidator(_minimum_n, json_schema_input_type=MinimumN | int)] | None = None
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
