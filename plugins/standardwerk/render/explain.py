"""The maths of one figure as plain text, in the reader's language; the same figures as on the page."""

from __future__ import annotations

from collections.abc import Iterator

from standardwerk.model.scores import Figure, MeasureScore, Scorecard, StandardScore
from standardwerk.render import words
from standardwerk.render.rows import RowWriter
from standardwerk.render.view import View


def explain(view: View, card: Scorecard, score: StandardScore) -> str:
    """A standard of a scorecard, from the verdict down to the lines of the files."""
    texts, formats = view.texts, view.formats
    lines = [
        f"{view.standard_title(score)} – {card.name}, {formats.month(card.month)}",
        texts.gettext("Edition {label}", label=card.edition)
        + ", "
        + texts.gettext("in force since {date}", date=formats.date(score.revision.effective_from)),
        f"{words.state_word(texts, score.status)}",
    ]
    for found in score.measures:
        lines += ["", *_measure(view, card, found)]
    return "\n".join(lines) + "\n"


def _measure(view: View, card: Scorecard, score: MeasureScore) -> Iterator[str]:
    measure, figure = score.measure, score.figure
    role = words.measure_role_word(view.texts, measure.role)
    yield f"{view.local(measure.title)} ({role})"
    if score.deciding_line:
        yield f"  {view.line_name(score.deciding_line, card.month)}"
    yield from (f"  {line}" for line in _figure(view, card, score, figure))
    for line in score.lines:
        shown = view.value(measure, line) or "–"
        state = words.figure_state_words(view.texts, view.formats, line)
        parts = ""
        if line.numerator is not None and line.denominator is not None:
            parts = f"{view.part(measure, line.numerator)} ÷ {view.part(measure, line.denominator)} = "
        name = view.line_name(line.line or "", card.month)
        yield f"    {name}: {parts}{shown}" + (f" – {state}" if state else "")


def _figure(view: View, card: Scorecard, score: MeasureScore, figure: Figure) -> Iterator[str]:
    measure, texts = score.measure, view.texts
    state = words.figure_state_words(texts, view.formats, figure)
    if state:
        yield state
    writer = RowWriter(view)
    quotient = writer.quotient_text(measure, figure)
    if quotient:
        yield quotient
    yield " · ".join(writer.notes(measure, figure, card.month))
    if len(figure.months) > 1:
        for part in figure.months:
            top = view.part(measure, part.numerator)
            text = f"{view.formats.month(part.month)}: {top}"
            if measure.kind != "sum":
                text += f" ÷ {view.part(measure, part.denominator)}"
            if measure.is_target:
                text += f" × {writer.factor_text(part)}"
            if not part.counts:
                out = texts.gettext("not counted")
                text += f" ({out})"
            yield f"  {text}"
    if figure.sources:
        source = texts.gettext("Source:")
        yield f"{source} {writer.source_words(figure.sources)}"
