"""The Jinja environment of one language: texts, formats and charts for the templates in ``theme/templates``."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from standardwerk.model.handbook import Handbook, Limits, Measure, ProductLine, named_at
from standardwerk.model.months import Month
from standardwerk.model.scores import STATES_IN_ORDER, Figure, MeasureScore, StandardScore, State
from standardwerk.render import charts, words
from standardwerk.render.charts import sentences
from standardwerk.render.compiled import OF_VIEWS
from standardwerk.render.formats import Formats
from standardwerk.render.histories import HistoryLine
from standardwerk.render.notes import note_html
from standardwerk.render.texts import Texts
from standardwerk.site.contexts import Site
from standardwerk.site.people import amount_unit
from standardwerk.site.plan import relative


class View:
    """Renders contexts in one language. Cheap to call, made once per worker and language."""

    def __init__(self, site: Site, language: str, texts: Texts, templates: Path, index_file: bool = False) -> None:
        self.site = site
        self.language = language
        self.texts = texts
        self.handbook: Handbook = site.handbook
        self.formats = Formats(self.handbook.names.languages[language].locale, self.handbook.names.currency, texts)
        self.index_file = index_file
        self.remembered: dict[str, str] = {}
        """HTML that is the same on all pages of the language, by name."""
        self._values: dict[int, tuple[Figure, str]] = {}
        self._target_words: dict[tuple[int, object], tuple[Measure, str]] = {}
        self._targets: dict[tuple[int, int], tuple[Measure, object, str]] = {}
        self._amounts: dict[Any, str] = {}
        self._line_names: dict[tuple[str, Month], str] = {}
        self.environment = Environment(
            loader=FileSystemLoader(templates),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            bytecode_cache=OF_VIEWS,
            optimized=False,
        )
        self.environment.globals.update(self._globals())
        self.environment.filters["local"] = self.local

    def render(self, template: str, context: object, **more: object) -> str:
        """Render a template with the fields of a context dataclass."""
        fields = {field.name: getattr(context, field.name) for field in dataclasses.fields(context)}  # type: ignore[arg-type]
        return self.environment.get_template(template).render(**fields, **more).strip()

    def _globals(self) -> dict[str, Any]:
        texts, formats = self.texts, self.formats
        return {
            "_": texts.gettext,
            "ngettext": texts.ngettext,
            "pgettext": texts.pgettext,
            "language": self.language,
            "languages": self.handbook.names.languages,
            "formats": formats,
            "State": State,
            "STATES_IN_ORDER": STATES_IN_ORDER,
            "link": self.link,
            "sprite": charts.sprite,
            "mark": charts.mark,
            "drawing": charts.drawing,
            "key": charts.key,
            "state_word": lambda state: words.state_word(texts, state),
            "state_explained": lambda state: words.state_explained(texts, state),
            "role_word": lambda role: words.measure_role_word(texts, role),
            "window_words": lambda window: words.window_words(texts, window),
            "cadence_word": lambda cadence: words.cadence_word(texts, cadence),
            "better_words": lambda better: words.better_words(texts, better),
            "flag_words": lambda flag: words.flag_words(texts, flag),
            "reason_words": lambda reason: words.reason_words(texts, reason),
            "step_words": lambda when: words.step_words(texts, when),
            "target_words": self.target_words,
            "near_words": self.near_words,
            "value": self.value,
            "part": self.part,
            "amount": self.amount,
            "line_name": self.line_name,
            "standard_title": self.standard_title,
            "difference": self.difference,
            "gap_words": self.gap_words,
            "target_amount": self.target_amount,
            "note_html": note_html,
            "zip": zip,
        }

    def local(self, text: Mapping[str, str]) -> str:
        """A text per language in this one."""
        return text[self.language]

    def link(self, target: str, here: str) -> str:
        """An address relative to a page. With ``index_file`` folders end in ``index.html``: they open from disk."""
        address = relative(target, here)
        if self.index_file and (address.endswith("/") or not address):
            return address + "index.html"
        return address

    def standard_title(self, score: StandardScore) -> str:
        """A standard's title as its wording has it."""
        return score.revision.wording[self.language].title

    def line_name(self, line: str, month: Month) -> str:
        """A product line's name in a month."""
        key = (line, month)
        found = self._line_names.get(key)
        if found is None:
            entry: ProductLine | None = named_at(self.handbook.names.product_lines, line, month.first_day)
            found = self._line_names[key] = entry.name[self.language] if entry is not None else line
        return found

    # Figures --------------------------------------------------------------------------------------------------------

    def unit_label(self, measure: Measure) -> str | None:
        """The word behind a plain number."""
        return measure.unit_label[self.language] if measure.unit_label else None

    def value(self, measure: Measure, figure: Figure) -> str:
        """A figure's value as text; empty if there is none. Page, maths and data show the same one."""
        found = self._values.get(id(figure))
        if found is None:
            text = self.plain_value(measure, figure.value, figure.numerator, figure.denominator)
            found = self._values[id(figure)] = (figure, text)
        return found[1]

    def forget(self) -> None:
        """Let go of what was remembered of a person's figures."""
        self._values.clear()
        self._targets.clear()
        self._amounts.clear()

    def plain_value(self, measure: Measure, value: Decimal | date | None, numerator: Any, denominator: Any) -> str:
        """A value as text by the measure's unit."""
        if measure.kind == "check" and not isinstance(value, date):
            if numerator is None:
                return ""
            yes, no = self.texts.pgettext("check", "yes"), self.texts.pgettext("check", "no")
            return yes if numerator == denominator else no
        if value is None:
            return ""
        parts = (numerator, denominator) if measure.unit == "fraction" and denominator is not None else None
        return self.formats.value(measure.unit, value, measure.decimals, self.unit_label(measure), parts)

    def part(self, measure: Measure, number: Any) -> str:
        """A numerator or denominator as text."""
        return "–" if number is None else self.amount(number, self.amount_unit_of(measure))

    def cell(self, measure: Measure, number: Any) -> str:
        """A numerator or denominator in a column of its like: amounts of money all with their cents."""
        if number is not None and self.amount_unit_of(measure) == "currency":
            return self.formats.currency(number)
        return self.part(measure, number)

    def amount(self, number: Any, unit: str) -> str:
        """An amount of money without cents if it has none, or a plain number."""
        if unit != "currency":
            return self.formats.exact(number)
        # The same amount stands in a quotient, above it and in a gap.
        found = self._amounts.get(number)
        if found is None:
            whole = number == int(number)
            found = self._amounts[number] = self.formats.currency(number, 0 if whole else None)
        return found

    def target_amount(self, measure: Measure, figure: Figure) -> Any:
        """The amount that is wanted: the target itself, or where a multiple of it is wanted, that multiple."""
        met_low = figure.limits[0][0] if figure.limits is not None else None
        if measure.unit == "multiple" and met_low is not None:
            return figure.denominator * met_low  # type: ignore[operator]
        return figure.denominator

    def gap_words(self, measure: Measure, figure: Figure) -> str:
        """What is missing to the full target, or exceeds it."""
        gap = figure.numerator - self.target_amount(measure, figure)
        unit = self.amount_unit_of(measure)
        if gap < 0:
            return self.texts.gettext("{amount} short", amount=self.amount(-gap, unit))
        if gap > 0:
            return self.texts.gettext("{amount} ahead", amount=self.amount(gap, unit))
        return self.texts.gettext("exactly on target")

    def amount_unit_of(self, measure: Measure) -> str:
        """Whether a measure's counts are money."""
        return self.site.amounts.get((measure.source, measure.id)) or "number"

    def target_words(self, measure: Measure, limits: tuple[Limits, Limits] | None = None) -> str:
        """The target in words."""
        # Measure and limits are kept, so that their ids stay their own: to compare ids is cheaper than decimals.
        key = (id(measure), id(limits))
        found = self._targets.get(key)
        if found is None:
            found = self._targets[key] = (measure, limits, self._new_target_words(measure, limits))
        return found[2]

    def _new_target_words(self, measure: Measure, limits: tuple[Limits, Limits] | None) -> str:
        key = (id(measure), limits)
        found = self._target_words.get(key)
        if found is None:
            text = words.target_words(self.texts, self.formats, measure, limits)
            found = self._target_words[key] = (measure, text)
        return found[1]

    def period(self, measure: Measure, figure: Figure, month: Month) -> str:
        """The months a figure stands for: „Januar 2026 bis Oktober 2026“."""
        if measure.window.kind == "month" or figure.window_start is None:
            return self.formats.month(month)
        return self.formats.months(figure.window_start, month)

    def near_words(self, measure: Measure) -> str:
        """The limit of *near* in words."""
        if measure.bands is None or measure.better is None:
            return ""
        near = measure.bands.limits(measure.better)[1]
        return words.limit_words(self.texts, self.formats, near, measure.unit, self.unit_label(measure))

    def difference(self, measure: Measure, figure: Figure, before: Figure | None) -> str:
        """The change of a value on the month before, with its sign; empty if there is nothing to compare."""
        if before is None or not isinstance(figure.value, Decimal) or not isinstance(before.value, Decimal):
            return ""
        change = figure.value - before.value
        return self.formats.difference(measure.unit, change, measure.decimals, self.unit_label(measure))

    # Charts ---------------------------------------------------------------------------------------------------------

    def bullet(self, score: MeasureScore, title: str) -> str:
        """The bullet graph of a measure."""
        figure, measure = score.figure, score.measure
        if not isinstance(figure.value, Decimal) or figure.limits is None:
            return ""
        value, target = self.value(measure, figure), self.target_words(measure, figure.limits)
        sentence = sentences.told_bullet(self.texts, title, value, target, figure)
        ceiling = 100.0 if measure.kind == "proportion" and measure.shown_as_percent else None
        css = f"sw-{figure.status.value.replace('_', '-')}" if figure.status is not None else ""
        return charts.drawn_bullet(figure.value, figure.limits, ceiling, css).told(sentence)

    def history_line(self, line: HistoryLine, measure: Measure, title: str) -> str:
        """The line of the months of a measure, each with its own target; empty without any value."""
        if line.drawing is None or line.reach is None:
            return ""
        sentence = sentences.reach_sentence(self.texts, self.formats, title, measure, line.months, line.reach)
        return line.drawing.told(sentence)


def amounts_of(handbook: Handbook, sources: Any) -> dict[tuple[str, str], str]:
    """By source and measure: how numerator and denominator are shown."""
    found: dict[tuple[str, str], str] = {}
    if sources is None:
        return found
    for standard in handbook.standards:
        for revision in standard.revisions:
            for measure in revision.rules.measures:
                found[measure.source, measure.id] = amount_unit(measure, sources)
    return found
