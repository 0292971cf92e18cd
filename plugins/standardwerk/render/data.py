"""A scorecard as data: the documented JSON, and a CSV of its measures."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from typing import Any

from standardwerk.evaluate.published import plain, target_of, value_text
from standardwerk.model.handbook import Limits
from standardwerk.model.scores import Figure, MeasureScore, Scorecard, Signal, StandardScore
from standardwerk.render.view import View
from standardwerk.site.contexts import ScorecardContext, ShownCorrection

SCHEMA_VERSION = 1
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


def _figure(score: MeasureScore, figure: Figure, views: Mapping[str, View]) -> dict[str, Any]:
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
        "display": {language: view.value(score.measure, figure) for language, view in views.items()},
        "window_start": None if figure.window_start is None else str(figure.window_start),
        "as_of_round": None if figure.round_month is None else str(figure.round_month),
        "months": [
            {
                "month": str(part.month),
                "numerator": plain(part.numerator),
                "denominator": plain(part.denominator),
                "denominator_scaled": plain(part.denominator_scaled),
                "ramp_factor": plain(part.ramp_factor),
                "availability": plain(part.availability),
                "counts": part.counts,
            }
            for part in figure.months
        ],
        "sources": [{"file": one.file, "lines": line_ranges(one.lines)} for one in figure.sources],
    }


def _measure(score: MeasureScore, views: Mapping[str, View]) -> dict[str, Any]:
    measure = score.measure
    return {
        "id": measure.id,
        "kind": measure.kind,
        "role": measure.role,
        "better": measure.better,
        "unit": measure.unit,
        "decimals": measure.decimals,
        "window": str(measure.window),
        **_figure(score, score.figure, views),
        "lines": [{"line": line.line, **_figure(score, line, views)} for line in score.lines],
        "deciding_line": score.deciding_line,
    }


def _standard(score: StandardScore, views: Mapping[str, View]) -> dict[str, Any]:
    return {
        "id": score.standard.id,
        "number": score.standard.identity.number,
        "group": score.standard.identity.group,
        "status": score.status.value,
        "revision": str(score.revision.effective_from),
        "measures": [_measure(found, views) for found in score.measures],
    }


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


def scorecard_json(context: ScorecardContext, views: Mapping[str, View]) -> str:
    """The scorecard as JSON (see ``docs/scorecard-json.md``); the same bytes for the same figures."""
    card = context.card
    data = {
        "schema_version": SCHEMA_VERSION,
        "rep": card.rep,
        "name": card.name,
        "team": card.team,
        "month": str(card.month),
        "languages": list(views),
        "edition": card.edition,
        "method_revision": str(card.method_from),
        "closed": context.closed,
        "held": any(score.status.value == "held" for score in card.standards),
        "data_as_of": str(context.data_as_of),
        "corrections": [_correction(one) for one in context.corrections],
        "summary": {state.value: count for state, count in card.summary.items()},
        "index": None
        if card.index is None
        else {"value": plain(card.index.value), "coverage_percent": plain(card.index.coverage_percent)},
        "standards": [_standard(score, views) for score in card.standards],
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"


CSV_COLUMNS = (
    "month", "standard", "measure", "role", "line", "status", "value", "unit", "numerator", "denominator", "target",
)  # fmt: skip


def scorecard_csv(card: Scorecard) -> str:
    """The scorecard as CSV (UTF-8, semicolons): a row per measure and line. No cell can become a formula."""
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
                )
                writer.writerow([safe_cell(cell) for cell in cells])
    return "\ufeff" + out.getvalue()


def safe_cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula; numbers stay numbers, negative ones too."""
    if text.startswith(_FORMULA) and not _is_number(text):
        return "'" + text
    return text


def _is_number(text: str) -> bool:
    return text.removeprefix("-").replace(".", "", 1).isascii() and text.removeprefix("-").replace(".", "", 1).isdigit()
