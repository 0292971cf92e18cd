"""What a draft target would have meant, as text and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from standardwerk.evaluate.preview import MonthPreview, Preview, Span, Verdicts
from standardwerk.model.handbook import Limits, Measure
from standardwerk.model.scores import State
from standardwerk.render import words
from standardwerk.render.group_pages import group_words
from standardwerk.render.report import aligned, printable
from standardwerk.render.view import View


def preview_text(view: View, found: Preview) -> str:
    """A table of months: under the limits in force, and under the draft."""
    return "".join([f"{printable(line)}\n" for line in _lines(view, found)])


def _lines(view: View, found: Preview) -> Iterator[str]:
    _, title = view.texts.gettext, found.revision.wording[view.language].title
    name = view.local(found.measure.title)
    yield title if name == title else f"{title}: {name}"
    for place, label in enumerate((_("Target"), words.state_word(view.texts, State.NEAR))):
        draft, now = (_limit_words(view, one, place) for one in (found.draft, found.measure))
        before = _("in force: {limit}", limit=now)
        yield f"{_capital(label)}: {draft} ({before})"
    yield ""
    if not found.span:
        yield _("There are no past months to try it on.")
        return
    yield _("Months counted as today: {span}", span=view.formats.months(found.span[0], found.span[-1]))
    met, missed = (_capital(words.state_word(view.texts, state)) for state in (State.MET, State.MISSED))
    by_draft = _("With the draft")
    rows: list[tuple[str, ...]] = [(_("Month"), _("People"), _("All together"), met, by_draft, missed, by_draft)]
    for month, one in zip(found.span, found.months, strict=True):
        name = view.formats.month_short(month)
        if one is None:
            rows.append((name, *["–"] * 6))
            continue
        value = _value_words(view, found, one)
        sides = (one.now.met, one.draft.met, one.now.missed, one.draft.missed)
        rows.append((name, str(one.people), value, *[_span_words(view, side) for side in sides]))
    yield from (f"  {row}" for row in aligned(rows))
    yield ""
    yield _(
        "Numbers of people are spans of at least {count}: nothing is told of anybody. A dash is a hidden figure.",
        count=found.minimum_group,
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _limit_words(view: View, measure: Measure, place: int) -> str:
    return words.limit_words(view.texts, view.formats, _limits(measure)[place], measure.unit, view.unit_label(measure))


def _limits(measure: Measure) -> tuple[Limits, Limits]:
    assert measure.bands is not None
    assert measure.better is not None
    return measure.bands.limits(measure.better)


def _span_words(view: View, span: Span | None) -> str:
    if span is None:
        return "–"
    return view.texts.gettext("{least} to {most}", least=span.least, most=span.most)


def _value_words(view: View, found: Preview, one: MonthPreview) -> str:
    """The value of all people, with its verdict under both limits."""
    text = group_words(view, found.measure, one.now.value)
    states = [side.value.status for side in (one.now, one.draft) if side.value is not None and side.value.status]
    verdicts = list(dict.fromkeys(words.state_word(view.texts, state) for state in states))
    return f"{text} ({' → '.join(verdicts)})" if text and len(states) == 2 else text or "–"


def preview_json(found: Preview) -> str:
    """The same as data."""
    document = {
        "standard": found.standard.id,
        "measure": found.measure.id,
        "in_force": _limits_data(found.measure),
        "draft": _limits_data(found.draft),
        "minimum_group": found.minimum_group,
        "months": [
            {"month": str(month)}
            if one is None
            else {"month": str(month), "people": one.people, "in_force": _data(one.now), "draft": _data(one.draft)}
            for month, one in zip(found.span, found.months, strict=True)
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _limits_data(measure: Measure) -> dict[str, list[str | None]]:
    """Each limit as the lowest and the highest value that reach it."""
    names = ("met", "near")
    return {
        name: [None if one is None else str(one) for one in pair]
        for name, pair in zip(names, _limits(measure), strict=True)
    }


def _data(one: Verdicts) -> dict[str, Any]:
    def span(found: Span | None) -> list[int] | None:
        return None if found is None else [found.least, found.most]

    value = one.value
    told = None
    if value is not None:
        told = {"value": str(value.value), "bound": value.bound, "status": value.status.value if value.status else None}
    return {"together": told, "met": span(one.met), "missed": span(one.missed)}
