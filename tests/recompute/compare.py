"""The scorecards' JSON against the oracle: what differs, and how many figures were compared."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

from .arithmetic import Signal, rounded
from .dates import month
from .measure import Limit, Measure
from .oracle import MonthPart, Result, Scorecard
from .people import LINES
from .standards import EDITIONS, MAIN, REVISED, STANDARDS

Json = Mapping[str, Any]
FIRST_REVISION = "2025-01"


@dataclass(frozen=True, slots=True)
class Difference:
    rep: str
    month: str
    place: str
    field: str
    expected: object
    found: object


@dataclass
class Comparison:
    compared: int = 0
    differences: list[Difference] = field(default_factory=list)

    def table(self, rows: int = 40) -> str:
        """The first differences, and how many there are by field."""
        head = ("rep", "month", "place", "field", "recomputed", "published")
        cells = [
            head,
            *((d.rep, d.month, d.place, d.field, _text(d.expected), _text(d.found)) for d in self.differences[:rows]),
        ]
        widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
        lines = ["  ".join(map(str.ljust, row, widths)).rstrip() for row in cells]
        counts = Counter((d.place, d.field) for d in self.differences).most_common(rows)
        by_field = [f"{count:6}  {place} {name}" for (place, name), count in counts]
        return "\n".join([f"{len(self.differences)} of {self.compared} figures differ", *lines, "", *by_field])


def _text(value: object) -> str:
    if isinstance(value, Fraction):
        return f"{float(value):.6g}" if value.denominator > 1 else str(value.numerator)
    if isinstance(value, tuple | list):
        return "[" + ", ".join(map(_text, value)) + "]"
    return str(value)


Who = Mapping[tuple[str, str], tuple[str, str]]
"""Name and team, by rep and month."""


def compare(cards: Mapping[tuple[str, str], Scorecard], site: Path, who: Who) -> Comparison:
    """Every scorecard of a built site."""
    comparison = Comparison()
    published = {(path.parent.name, path.stem): path for path in (site / "scorecards").glob("*/????-??.json")}
    for rep, m in sorted(cards.keys() | published.keys()):
        found: Json = json.loads(published[rep, m].read_text("utf-8")) if (rep, m) in published else {}
        for place, name, expected, value in _card(rep, m, cards.get((rep, m), {}), found, who.get((rep, m))):
            comparison.compared += 1
            if expected != value:
                comparison.differences.append(Difference(rep, m, place, name, expected, value))
    return comparison


Pair = tuple[str, str, object, object]
"""Place, field, expected, found."""


def _card(rep: str, m: str, card: Scorecard, found: Json, who: tuple[str, str] | None) -> Iterator[Pair]:
    edition = [name for start, name in EDITIONS.items() if start <= m][-1]
    yield "", "rep", rep, found.get("rep")
    yield "", "month", m, found.get("month")
    yield "", "name and team", who, (found.get("name"), found.get("team"))
    yield "", "edition", edition, found.get("edition")
    states = Counter(measure.status for measure in _mains(card))
    summary = {state: count for state, count in (found.get("summary") or {}).items() if count}
    yield "", "summary", dict(states), summary
    standards = {entry["id"]: entry for entry in found.get("standards", ())}
    yield "", "standards", sorted(card), sorted(standards)
    for name in card.keys() & standards.keys():
        entry = standards[name]
        revision = [start for start in (FIRST_REVISION, *REVISED.get(name, ())) if start <= m][-1]
        yield name, "number", list(STANDARDS).index(name) + 1, entry["number"]
        yield name, "revision", f"{revision}-01", entry["revision"]
        yield name, "status", next(iter(card[name].values())).status, entry["status"]
        measures = {one["id"]: one for one in entry["measures"]}
        yield name, "measures", list(card[name]), list(measures)
        for rule in STANDARDS[name]:
            if rule.id in card[name] and rule.id in measures:
                yield from _measure(f"{name} {rule.id}", rule, m, card[name][rule.id], measures[rule.id])


def _mains(card: Scorecard) -> Iterable[Result]:
    return [
        card[name][rule.id] for name, rules in STANDARDS.items() for rule in rules if name in card and rule.role == MAIN
    ]


def _measure(place: str, rule: Measure, m: str, result: Result, found: Json) -> Iterator[Pair]:
    for name, expected in (
        ("role", rule.role),
        ("unit", rule.unit),
        ("decimals", rule.decimals),
        ("window", "year-to-date" if rule.window == "year" else rule.window),
        ("better", rule.better or None),
    ):
        yield place, name, expected, found[name]
    yield place, "as_of_round", result.round, found["as_of_round"]
    yield place, "deciding_line", result.deciding_line, found["deciding_line"]
    bands = _bands(rule, m)
    yield place, "bands", bands, _sides(found["bands"])
    target = None if bands is None or rule.better == "range" else max(filter(None, bands["met"]))
    yield place, "target", target, _number(found["target"])
    yield from _figures(place, rule, result, found)
    lines = {entry["line"]: entry for entry in found.get("lines") or ()}
    yield place, "lines", list(result.lines), [line for line in LINES if line in lines]
    for line in result.lines.keys() & lines.keys():
        yield from _figures(f"{place} {line}", rule, result.lines[line], lines[line])


def _figures(place: str, rule: Measure, result: Result, found: Json) -> Iterator[Pair]:
    yield place, "status", result.status, found["status"]
    yield place, "value", result.value, found["value"]
    yield place, "numerator", result.numerator, _number(found["numerator"])
    yield place, "denominator", result.denominator, _number(found["denominator"])
    yield place, "denominator_raw", result.denominator_raw, _number(found["denominator_raw"])
    yield place, "n", result.n, _number(found["n"])
    interval = found["interval"]
    yield place, "interval", result.interval, interval and tuple(map(_number, interval))
    yield place, "signal", *_signals(rule, result.signal, found["signal"])
    yield place, "reason", result.reason, found["reason"]
    yield place, "flags", sorted(result.flags), sorted(found["flags"])
    yield place, "window_start", result.window_start, found["window_start"]
    months = {entry["month"]: entry for entry in found["months"]}
    yield place, "months", sorted(result.months), sorted(months)
    for k in result.months.keys() & months.keys():
        yield from _month(f"{place} {k}", result.months[k], months[k])


def _month(place: str, part: MonthPart, found: Json) -> Iterator[Pair]:
    yield place, "counts", part.counts, found["counts"]
    yield place, "numerator", part.numerator, _number(found["numerator"])
    yield place, "denominator", part.denominator, _number(found["denominator"])
    yield place, "denominator_scaled", part.scaled, _number(found["denominator_scaled"])
    yield place, "availability", part.availability, _number(found["availability"])
    yield place, "ramp_factor", part.factor, _number(found["ramp_factor"])


def _signals(rule: Measure, expected: Signal | None, found: Json | None) -> tuple[object, object]:
    mine = expected and (
        expected.kind, expected.points, expected.provisional,
        *(rounded(value, rule.decimals) for value in (expected.mean, expected.lower, expected.upper)),
    )  # fmt: skip
    theirs = found and (
        found["kind"], found["points"], found["provisional"],
        *(rounded(Fraction(found[name]), rule.decimals) for name in ("mean", "lower", "upper")),
    )  # fmt: skip
    return mine, theirs


def _bands(rule: Measure, m: str) -> dict[str, tuple[Fraction | None, Fraction | None]] | None:
    limits = rule.limits_in(month(m))
    return limits and {"met": _side(rule, limits[0]), "near": _side(rule, limits[1])}


def _side(rule: Measure, limit: Limit) -> tuple[Fraction | None, Fraction | None]:
    if isinstance(limit, tuple):
        return Fraction(limit[0]), Fraction(limit[1])
    return (Fraction(limit), None) if rule.better == "higher" else (None, Fraction(limit))


def _sides(bands: Json | None) -> object:
    return bands and {name: tuple(map(_number, sides)) for name, sides in bands.items()}


def _number(value: object) -> Fraction | None:
    return None if value is None else Fraction(str(value))
