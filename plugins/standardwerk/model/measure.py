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
    """The limit of *met*, in the displayed unit (85 for 85 %); ``[low, high]`` for ``better: range``."""
    near: tuple[Number, Number] | Number
    """The limit of *near*, in the same way; what is beyond it is *missed*."""

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
    """What is counted; left out: the denominator."""
    value: Annotated[Integer, within(1, 1_000_000)]
    """The smallest count with which a figure is judged."""
    per: Annotated[Text, one_of("window", "row")] = "window"
    """``window``: that many in the whole window. ``row``: that many for each of its rows."""
    label: LocalText | None = None
    """What is counted, in each language; left out: it is not said."""


def _minimum_n(value: object) -> object:
    return {"value": value} if isinstance(value, str | int) else value


class Flag(Form):
    """A mark beside a figure beyond a limit; never a status."""

    above: Number | None = None
    """The mark is set above this figure, in the displayed unit; left out: never."""
    below: Number | None = None
    """The mark is set below this figure, in the displayed unit; left out: never."""
    text: LocalText
    """What the mark says, in each language."""


class Labels(Form):
    """The words of the formula."""

    numerator: LocalText
    """The words for the numerator, or for the only value there is."""
    denominator: LocalText | None = None
    """The words for the denominator; left out where there is none."""


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
    """What other files call it; it never changes."""
    title: LocalText
    """Its name in each language."""
    role: Annotated[Text, one_of("main", "second", "guard", "info")]
    """``main``: gives the standard its status (exactly one). ``second``: has a status of its own. ``guard``: is
    watched beside it. ``info``: is only shown."""
    kind: Annotated[Text, one_of(*KINDS)]
    """How the rows become one figure: ``proportion`` and ``ratio`` divide two sums, ``sum``, ``mean`` of the rows,
    ``check``: a condition that holds or not."""
    source: Text
    """The source of sources.yml it is made from; or ``assignments``, the product lines assigned."""
    where: ExpressionField | None = None
    """A condition on the row: which rows count. Left out: all."""
    numerator: ExpressionField | None = None
    """What is added up above the line, row by row; left out except in ``proportion`` and ``ratio``."""
    denominator: ExpressionField | None = None
    """What is added up below the line, row by row; left out except in ``proportion`` and ``ratio``."""
    value: ExpressionField | None = None
    """What is added up or averaged, row by row; left out except in ``sum`` and ``mean``."""
    condition: ExpressionField | None = None
    """What must hold in every row; left out except in ``check``."""
    date: ExpressionField | None = None
    """The day that is shown with a ``check``; left out: none."""
    group: Text | None = None
    """A column: the mean of each group's mean is taken (``mean``). Left out: the mean of all rows."""
    labels: Labels | None = None
    """The words of the formula; left out: it is shown in figures alone."""
    is_target: Boolean = False
    """True: the denominator (or the limits of a plain count) is a target, which ramp-up and availability make
    smaller."""
    missing: Annotated[Integer, within(0, 0)] | None = None
    """0: a row that a joined source does not have counts 0. Left out: then there are no data."""
    window: Annotated[Window, BeforeValidator(_window), WithJsonSchema(_WINDOW)] = Window("month", 1)
    """The months a figure is made of: ``month``, ``rolling N`` or ``year-to-date``."""
    cadence: Annotated[Text, one_of(*CADENCE_MONTHS)] = "monthly"
    """In which months there is a round of figures."""
    valid_months: Annotated[Integer, within(1, 36)] | None = None
    """How many months a round is shown, with a cadence; left out: until the next one is due."""
    by: Annotated[Text, one_of("product_line")] | None = None
    """``product_line``: figures for each product line as well. Left out: one figure."""
    lines: Annotated[Text, one_of("worst", "total")] = "total"
    """With ``by``: whether the status is that of the ``worst`` line, or of the ``total`` of all."""
    unit: Annotated[Text, one_of(*UNITS)] = "number"
    """How the figure is shown; ``percent`` multiplies by 100, ``fraction`` shows “4 of 6”."""
    unit_label: LocalText | None = None
    """With ``unit: number``: the word behind the figure, in each language; left out: none."""
    decimals: Annotated[Integer, within(0, 6)] = 0
    """Digits behind the point. The status is decided on the figure as it is displayed."""
    better: Annotated[Text, one_of("higher", "lower", "range")] | None = None
    """Which way is good: ``higher``, ``lower``, or within a ``range``. Left out only where there are no limits."""
    bands: Bands | None = None
    """The limits. Left out in ``info`` and in a ``check``; a ``guard`` may do without."""
    flag: Flag | None = None
    """A mark beside the figure beyond a limit, which is never a status; left out: none."""
    confident: Boolean = False
    """True, for a proportion: beyond the limit only if its 95 % interval is beyond it; else *not certain*."""
    minimum_n: Annotated[MinimumN, BeforeValidator(_minimum_n, json_schema_input_type=MinimumN | int)] | None = None
    """With fewer in the denominator, or of what is counted instead, it is *too few data*; left out: one is enough."""
    minimum_months: Annotated[Integer, within(1, 60)] | None = None
    """With fewer months with data in the window the figure is not judged. Left out: one is enough."""
    ramp: Boolean = True
    """Whether ramp-up (of the method) applies; false: it counts from the first full month on."""
    due_after_days: Annotated[Integer, within(1, 3650)] | None = None
    """Not due before the first full month after that many days with the company; left out: at once."""

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
