"""What a chart says, as a sentence for those who do not see it. Figures come as text, formatted by the caller."""

from __future__ import annotations

from collections.abc import Sequence

from standardwerk.render.texts import Texts


def bullet_sentence(texts: Texts, name: str, value: str, target: str = "", state: str = "") -> str:
    """„Abschlussquote: 27,5 %, Zielwert mindestens 30 %, knapp verfehlt“."""
    if target and state:
        return texts.gettext("{name}: {value}, target {target}, {state}", name=name, value=value, target=target, state=state)
    if target:
        return texts.gettext("{name}: {value}, target {target}", name=name, value=value, target=target)
    rest = f", {state}" if state else ""
    return f"{name}: {value}{rest}"


def line_sentence(
    texts: Texts, name: str, period: str, last: str, lowest: str = "", highest: str = "", gaps: int = 0
) -> str:
    """„Abschlussquote, Apr 25 bis Mär 26: zuletzt 27,5 %, niedrigster Wert 20 %, höchster Wert 41 %“."""
    if lowest == highest:
        text = texts.gettext("{name}, {period}: last {last}", name=name, period=period, last=last)
    else:
        text = texts.gettext(
            "{name}, {period}: last {last}, lowest {lowest}, highest {highest}",
            name=name, period=period, last=last, lowest=lowest, highest=highest,
        )
    if gaps:
        text += ", " + texts.ngettext("{count} month without a value", "{count} months without a value", gaps)
    return text


def columns_sentence(texts: Texts, name: str, period: str, totals: Sequence[tuple[str, str]]) -> str:
    """„Auftragseingang, Januar bis März 2026: Ist 412.300 €, Zielwert 450.000 €“; pairs of word and figure."""
    listed = ", ".join(f"{word} {figure}" for word, figure in totals)
    return texts.gettext("{name}, {period}: {figures}", name=name, period=period, figures=listed)
