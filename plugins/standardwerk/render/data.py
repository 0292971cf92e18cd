"""A scorecard as data: the documented JSON, and a CSV of its measures."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from json.encoder import encode_basestring
from typing import Any

from standardwerk.evaluate.published import plain, target_of, value_text
from standardwerk.model.handbook import Limits, Measure
from standardwerk.model.months import Month
from standardwerk.model.scores import (
    Exact,
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
#: A cell that begins with one of these could be taken for a formula by a spreadsheet.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


#: What a cell has to be quoted for.
_QUOTED = re.compile(r'[;"\r\n]')


def _number(number: Exact | None) -> str:
    """A number as JSON: its decimal text, so that no reader makes a binary one of it."""
    text = plain(number)
    return "null" if text is None else f'"{text}"'


def _text(value: str | None) -> str:
    return "null" if value is None else encode_basestring(value)


def _limits(limits: Limits) -> str:
    return f"[{_number(limits[0])},{_number(limits[1])}]"


def _signal(signal: Signal | None) -> str:
    if signal is None:
        return "null"
    return (
        f'{{"kind":"{signal.kind}","points":{signal.points},"provisional":{"true" if signal.provisional else "false"}'
        f',"mean":{_number(signal.mean)},"lower":{_number(signal.lower)},"upper":{_number(signal.upper)}}}'
    )


def _count(n: int | Decimal | None) -> str:
    """A count: whole ones as numbers."""
    return str(int(n)) if n is not None and n == int(n) else _number(n)


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
    """Writes the JSON of one person's scorecards (see ``docs/scorecard-json.md``); the same bytes for the same figures.

    There are some fifty figures in a document, each with up to twelve months that are in as many documents: what is the
    same in several places is written once per person, and put together as text.
    """

    def __init__(self, views: Mapping[str, View]) -> None:
        self.views = views
        # What is found by its id is kept, so that the id stays its own.
        self._parts: dict[int, tuple[MonthPart, str]] = {}
        self._sources: dict[int, tuple[SourceLines, str]] = {}
        self._measures: dict[int, tuple[Measure, str]] = {}
        self._bands: dict[int, tuple[object, str]] = {}
        self._heads: dict[tuple[int, int], tuple[StandardScore, str]] = {}

    def write(self, context: ScorecardContext) -> str:
        """A scorecard as JSON."""
        # The standards come last in the document.
        head = _dumps(self._head(context))
        return f'{head[:-1]},"standards":[{",".join(map(self._standard, context.card.standards))}]}}\n'

    def _standard(self, score: StandardScore) -> str:
        key = (id(score.standard), id(score.revision))
        found = self._heads.get(key)
        if found is None:
            identity = score.standard.identity
            head = _dumps({"id": score.standard.id, "number": identity.number, "group": identity.group})
            found = self._heads[key] = (score, head[:-1])
        measures = ",".join(map(self._measure, score.measures))
        revision = score.revision.effective_from
        return f'{found[1]},"status":"{score.status.value}","revision":"{revision}","measures":[{measures}]}}'

    def _measure(self, score: MeasureScore) -> str:
        measure = score.measure
        found = self._measures.get(id(measure))
        if found is None:
            head = _dumps(
                {
                    "id": measure.id,
                    "kind": measure.kind,
                    "role": measure.role,
                    "better": measure.better,
                    "unit": measure.unit,
                    "decimals": measure.decimals,
                    "window": str(measure.window),
                }
            )
            found = self._measures[id(measure)] = (measure, head[:-1])
        lines = ",".join([f'{{"line":{_text(line.line)},{self._figure(measure, line)}}}' for line in score.lines])
        figure = self._figure(measure, score.figure)
        return f'{found[1]},{figure},"lines":[{lines}],"deciding_line":{_text(score.deciding_line)}}}'

    def _figure(self, measure: Measure, figure: Figure) -> str:
        """The fields of a figure."""
        interval, round_month = figure.interval, figure.round_month
        display = ",".join(
            [
                f"{encode_basestring(code)}:{encode_basestring(view.value(measure, figure))}"
                for code, view in self.views.items()
            ]
        )
        return (
            f'"status":{_text(figure.status)},"reason":{_text(figure.reason)}'
            f',"flags":[{",".join(map(encode_basestring, figure.flags))}],"value":{_text(value_text(figure.value))}'
            f',"numerator":{_number(figure.numerator)},"denominator":{_number(figure.denominator)}'
            f',"denominator_raw":{_number(figure.denominator_raw)},"n":{_count(figure.n)},{self._target(figure)}'
            f',"interval":{"null" if interval is None else _limits(interval)},"signal":{_signal(figure.signal)}'
            f',"display":{{{display}}}'
            f',"window_start":{"null" if figure.window_start is None else _month(figure.window_start)}'
            f',"as_of_round":{"null" if round_month is None else _month(round_month)}'
            f',"months":[{",".join(map(self._part, figure.months))}]'
            f',"sources":[{",".join(map(self._source, figure.sources))}]'
        )

    def _target(self, figure: Figure) -> str:
        limits = figure.limits
        found = self._bands.get(id(limits))
        if found is None:
            bands = "null" if limits is None else f'{{"met":{_limits(limits[0])},"near":{_limits(limits[1])}}}'
            found = (limits, f'"target":{_number(target_of(figure))},"bands":{bands}')
            self._bands[id(limits)] = found
        return found[1]

    def _part(self, part: MonthPart) -> str:
        found = self._parts.get(id(part))
        if found is None:
            text = (
                f'{{"month":{_month(part.month)},"numerator":{_number(part.numerator)}'
                f',"denominator":{_number(part.denominator)},"denominator_scaled":{_number(part.denominator_scaled)}'
                f',"ramp_factor":{_number(part.ramp_factor)},"availability":{_number(part.availability)}'
                f',"counts":{"true" if part.counts else "false"}}}'
            )
            found = self._parts[id(part)] = (part, text)
        return found[1]

    def _source(self, one: SourceLines) -> str:
        found = self._sources.get(id(one))
        if found is None:
            lines = ",".join([f"[{first},{last}]" for first, last in line_ranges(one.lines)])
            text = f'{{"file":{encode_basestring(one.file)},"lines":[{lines}]}}'
            found = self._sources[id(one)] = (one, text)
        return found[1]

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
            "result": None if one.score is None else json.loads(self._standard(one.score)),
        }

    def _head(self, context: ScorecardContext) -> dict[str, Any]:
        card = context.card
        said = next(iter(self.views.values())).site.pay_relevant
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
            **({} if said is None else {"pay_relevant": said}),
            "corrections": [_correction(one) for one in context.corrections],
            "retroactive": [self._retroactive(one) for one in card.retroactive],
            "reply": context.notes.reply.strip() or None,
            "summary": {state.value: count for state, count in card.summary.items()},
            "index": None
            if card.index is None
            else {"value": plain(card.index.value), "coverage_percent": plain(card.index.coverage_percent)},
        }


@lru_cache(maxsize=256)
def _month(month: Month) -> str:
    return f'"{month}"'


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
    "corrected_on", "published_status", "published_value", "reply",
)  # fmt: skip


def scorecard_csv(context: ScorecardContext, pay_relevant: str | None = None) -> str:
    """The scorecard as CSV (UTF-8, semicolons): a row per measure and line. No cell can become a formula.

    ``pay_relevant``: whether scorecards have a bearing on pay; None: nothing is said, and there is no such column.
    """
    card, corrected = context.card, _corrected(context)
    # Beside each figure: whoever takes one along takes along what the person said of it.
    last = csv_cell(context.notes.reply.strip()) + (f";{pay_relevant}" if pay_relevant is not None else "")
    month = str(card.month)
    rows = [";".join([*CSV_COLUMNS, *(["pay_relevant"] if pay_relevant is not None else [])])]
    for standard in card.standards:
        for score in standard.measures:
            measure = score.measure
            for figure in (score.figure, *score.lines):
                line = figure.line if figure is not score.figure else None
                was = corrected.get((standard.standard.id, measure.id, line), ("", "", ""))
                # Numbers are as they are: they hold digits, a point and a sign.
                rows.append(
                    f"{month};{csv_cell(standard.standard.id)};{csv_cell(measure.id)};{csv_cell(measure.role)}"
                    f";{csv_cell(line or '')};{csv_cell(figure.status or '')};{value_text(figure.value) or ''}"
                    f";{csv_cell(measure.unit)};{plain(figure.numerator) or ''};{plain(figure.denominator) or ''}"
                    f";{_wanted(figure)};{';'.join(map(csv_cell, was))};{last}"
                )
    return "\ufeff" + "\r\n".join(rows) + "\r\n"


def _wanted(figure: Figure) -> str:
    """The limit of *met*; of a range the lower one."""
    low, high = figure.limits[0] if figure.limits is not None else (None, None)
    return plain(low if low is not None else high) or ""


@lru_cache(maxsize=4096)
def csv_cell(text: str) -> str:
    """A text as a cell: harmless to spreadsheets, quoted if that is needed."""
    safe = safe_cell(text)
    return '"' + safe.replace('"', '""') + '"' if _QUOTED.search(safe) else safe


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
