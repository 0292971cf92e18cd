"""A scorecard as data: the documented JSON, and a CSV of its measures."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from standardwerk.evaluate.published import plain, target_of, value_text
from standardwerk.model.handbook import Limits
from standardwerk.model.scores import (
    Figure,
    MeasureScore,
    MonthPart,
    RetroactiveScore,
    Signal,
    SourceLines,
    StandardScore,
)
from standardwerk.render.view import View
from standardwerk.site.contexts import ScorecardContext, ShownCorrection

SCHEMA_VERSION = 1
#: Where a list stands that is already JSON. No input has the character NUL: the readers refuse it.
_PLACE = re.compile(r'"\\u0000(\d+)\\u0000"')
#: A cell that begins with one of these could be taken for a formula by a spreadsheet.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def _limits(limits: Limits) -> list[str | None]:
    return [plain(limits[0]), plain(limits[1])]


def _signal(signal: Signal | None) -> dict[str, Any] | None:
    if signal is None:
        return None
    return {
        "kind": signal.kind,
        "points": signal.points,
        "provisional": signal.provisional,
        "mean": plain(signal.mean),
        "lower": plain(signal.lower),
        "upper": plain(signal.upper),
    }


def line_ranges(lines: Iterable[int]) -> list[list[int]]:
    """Lines as ranges: ``[14, 15, 16, 20]`` → ``[[14, 16], [20, 20]]``."""
    ranges: list[list[int]] = []
    for line in lines:
        if ranges and ranges[-1][1] == line - 1:
            ranges[-1][1] = line
        else:
            ranges.append([line, line])
    return ranges


class ScorecardJson:
    """Writes the JSON of one person's scorecards.

    A month's contribution is in up to twelve windows, and its lines with it: their texts are written once per person
    and put into each document at the places that stand for them.
    """

    def __init__(self, views: Mapping[str, View]) -> None:
        self.views = views
        self._fragments: list[str] = []
        self._parts: dict[int, tuple[MonthPart, str]] = {}
        self._lines: dict[SourceLines, str] = {}

    def write(self, context: ScorecardContext) -> str:
        """A scorecard as JSON (see ``docs/scorecard-json.md``); the same bytes for the same figures."""
        self._fragments = []
        text = _dumps(self._document(context))
        return _PLACE.sub(lambda match: self._fragments[int(match[1])], text) + "\n"

    def _later(self, items: Iterable[str]) -> str:
        """A place for a list whose items are already JSON."""
        self._fragments.append(f"[{','.join(items)}]")
        return f"\0{len(self._fragments) - 1}\0"

    def _part(self, part: MonthPart) -> str:
        found = self._parts.get(id(part))
        if found is None:
            text = _dumps(
                {
                    "month": str(part.month),
                    "numerator": plain(part.numerator),
                    "denominator": plain(part.denominator),
                    "denominator_scaled": plain(part.denominator_scaled),
                    "ramp_factor": plain(part.ramp_factor),
                    "availability": plain(part.availability),
                    "counts": part.counts,
                }
            )
            # The part is kept, so that its id stays its own.
            found = self._parts[id(part)] = (part, text)
        return found[1]

    def _source(self, one: SourceLines) -> str:
        found = self._lines.get(one)
        if found is None:
            found = self._lines[one] = _dumps({"file": one.file, "lines": line_ranges(one.lines)})
        return found

    def _figure(self, score: MeasureScore, figure: Figure) -> dict[str, Any]:
        limits = figure.limits
        return {
            "status": figure.status.value if figure.status is not None else None,
            "reason": figure.reason,
            "flags": list(figure.flags),
            "value": value_text(figure.value),
            "numerator": plain(figure.numerator),
            "denominator": plain(figure.denominator),
            "denominator_raw": plain(figure.denominator_raw),
            "n": int(figure.n) if figure.n is not None and figure.n == int(figure.n) else plain(figure.n),
            "target": plain(target_of(figure)),
            "bands": None if limits is None else {"met": _limits(limits[0]), "near": _limits(limits[1])},
            "interval": None if figure.interval is None else [plain(bound) for bound in figure.interval],
            "signal": _signal(figure.signal),
            "display": {language: view.value(score.measure, figure) for language, view in self.views.items()},
            "window_start": None if figure.window_start is None else str(figure.window_start),
            "as_of_round": None if figure.round_month is None else str(figure.round_month),
            "months": self._later(map(self._part, figure.months)),
            "sources": self._later(map(self._source, figure.sources)),
        }

    def _measure(self, score: MeasureScore) -> dict[str, Any]:
        measure = score.measure
        return {
            "id": measure.id,
            "kind": measure.kind,
            "role": measure.role,
            "better": measure.better,
            "unit": measure.unit,
            "decimals": measure.decimals,
            "window": str(measure.window),
            **self._figure(score, score.figure),
            "lines": [{"line": line.line, **self._figure(score, line)} for line in score.lines],
            "deciding_line": score.deciding_line,
        }

    def _standard(self, score: StandardScore) -> dict[str, Any]:
        return {
            "id": score.standard.id,
            "number": score.standard.identity.number,
            "group": score.standard.identity.group,
            "status": score.status.value,
            "revision": str(score.revision.effective_from),
            "measures": [self._measure(found) for found in score.measures],
        }

    def _retroactive(self, one: RetroactiveScore) -> dict[str, Any]:
        return {
            "standard": one.standard.id,
            "edition": one.edition,
            "reasons": [
                {
                    "edition": term.edition.label,
                    "published_on": str(term.edition.published_on),
                    "reason": dict(term.retroactive.reason),
                    "agreement_ref": term.retroactive.agreement_ref,
                }
                for term in one.terms
            ],
            "result": None if one.score is None else self._standard(one.score),
        }

    def _document(self, context: ScorecardContext) -> dict[str, Any]:
        card = context.card
        return {
            "schema_version": SCHEMA_VERSION,
            "rep": card.rep,
            "name": card.name,
            "team": card.team,
            "month": str(card.month),
            "languages": list(self.views),
            "edition": card.edition,
            "method_revision": str(card.method_from),
            "closed": context.closed,
            "held": any(score.status.value == "held" for score in card.standards),
            "data_as_of": str(context.data_as_of),
            "corrections": [_correction(one) for one in context.corrections],
            "retroactive": [self._retroactive(one) for one in card.retroactive],
            "summary": {state.value: count for state, count in card.summary.items()},
            "index": None
            if card.index is None
            else {"value": plain(card.index.value), "coverage_percent": plain(card.index.coverage_percent)},
            "standards": [self._standard(score) for score in card.standards],
        }


def _dumps(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _correction(shown: ShownCorrection) -> dict[str, Any]:
    correction = shown.correction
    return {
        "date": str(correction.date),
        "month": str(correction.month),
        "reason": correction.reason,
        "note": correction.note,
        "changes": [
            {
                "standard": change.standard,
                "measure": change.measure,
                "line": change.line,
                "was": None if change.was is None else change.was.model_dump(),
                "is": None if change.now is None else change.now.model_dump(),
            }
            for change in shown.changes
        ],
    }


CSV_COLUMNS = (
    "month", "standard", "measure", "role", "line", "status", "value", "unit", "numerator", "denominator", "target",
    "corrected_on", "published_status", "published_value",
)  # fmt: skip


def scorecard_csv(context: ScorecardContext) -> str:
    """The scorecard as CSV (UTF-8, semicolons): a row per measure and line. No cell can become a formula."""
    card, corrected = context.card, _corrected(context)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(CSV_COLUMNS)
    for standard in card.standards:
        for score in standard.measures:
            for figure in (score.figure, *score.lines):
                is_line = figure is not score.figure or score.deciding_line is not None
                line = figure.line if is_line and figure is not score.figure else None
                met = figure.limits[0] if figure.limits is not None else (None, None)
                cells = (
                    str(card.month),
                    standard.standard.id,
                    score.measure.id,
                    score.measure.role,
                    line or "",
                    figure.status.value if figure.status is not None else "",
                    value_text(figure.value) or "",
                    score.measure.unit,
                    plain(figure.numerator) or "",
                    plain(figure.denominator) or "",
                    plain(met[0] if met[0] is not None else met[1]) or "",
                    *corrected.get((standard.standard.id, score.measure.id, line), ("", "", "")),
                )
                writer.writerow([safe_cell(cell) for cell in cells])
    return "\ufeff" + out.getvalue()


def _corrected(context: ScorecardContext) -> dict[tuple[str, str, str | None], tuple[str, str, str]]:
    """By standard, measure and line of a corrected figure: the day it was last corrected, and how it was published."""
    found: dict[tuple[str, str, str | None], tuple[str, str, str]] = {}
    for one in context.corrections:
        for change in one.changes:
            key = (change.standard, change.measure, change.line)
            was = (change.was.status or "", change.was.value or "") if change.was is not None else ("", "")
            found[key] = (str(one.correction.date), *(found[key][1:] if key in found else was))
    return found


def safe_cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula; numbers stay numbers, negative ones too."""
    if text.startswith(_FORMULA) and not _is_number(text):
        return "'" + text
    return text


def _is_number(text: str) -> bool:
    return text.removeprefix("-").replace(".", "", 1).isascii() and text.removeprefix("-").replace(".", "", 1).isdigit()
