"""The words for states, roles, windows, reasons and limits, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from standardwerk.diagnostics import Diagnostic, Severity
from standardwerk.model.handbook import Limits, Measure, Window
from standardwerk.model.scores import Figure, Signal, State
from standardwerk.render.formats import Formats
from standardwerk.render.texts import Texts, fields, fill
from standardwerk.site.contexts import MonthState
from standardwerk.site.first import is_worsening


def pgettext(context: str, message: str) -> tuple[str, str]:
    """Mark a message of a context for the catalogue."""
    return context, message


def _(message: str) -> str:
    return message


#: Put into a diagnostic's field ``hint`` by the loader.
HINT = _("Did you mean “{suggestion}”?")

_STATES = {
    State.MET: pgettext("state", "met"),
    State.NEAR: pgettext("state", "near"),
    State.MISSED: pgettext("state", "missed"),
    State.NOT_CERTAIN: pgettext("state", "not certain"),
    State.TOO_FEW: pgettext("state", "too few data"),
    State.RAMP: pgettext("state", "in ramp-up"),
    State.NOT_DUE: pgettext("state", "not due yet"),
    State.NO_DATA: pgettext("state", "no data"),
    State.NOT_COLLECTED: pgettext("state", "not collected"),
    State.NOT_APPLICABLE: pgettext("state", "not applicable"),
    State.EXEMPT: pgettext("state", "exempt"),
    State.HELD: pgettext("state", "held back"),
}
_TURNED = {State.MET: _("now met"), State.NEAR: _("now near"), State.MISSED: _("now missed")}
_EXPLAINED = {
    State.MET: _("The value reaches the target."),
    State.NEAR: _("The value misses the target, but only narrowly."),
    State.MISSED: _("The value misses the target clearly."),
    State.NOT_CERTAIN: _("The value is beyond the limit, but so few cases could show that by chance."),
    State.TOO_FEW: _("There are fewer cases than a verdict needs. The value is shown, not scored."),
    State.RAMP: _("Shown, not scored: the person is in ramp-up."),
    State.NOT_DUE: _("The day on which this is expected has not come yet. Shown, not scored."),
    State.NO_DATA: _("The source has no row for this month."),
    State.NOT_COLLECTED: _("The source is switched off: nobody’s figures are collected."),
    State.NOT_APPLICABLE: _("There is nothing to measure in this period."),
    State.EXEMPT: _("The standard is not applied to this person in this month."),
    State.HELD: _("The data are being checked. The figure will follow."),
}
_MEASURE_ROLES = {
    "main": pgettext("measure role", "main measure"),
    "second": pgettext("measure role", "second measure"),
    "guard": pgettext("measure role", "guard measure"),
    "info": pgettext("measure role", "for information"),
}
_KINDS = {
    "proportion": pgettext("kind", "proportion"),
    "ratio": pgettext("kind", "ratio"),
    "sum": pgettext("kind", "sum"),
    "mean": pgettext("kind", "mean"),
    "check": pgettext("kind", "check"),
}
_UNITS = {
    "percent": pgettext("unit", "percent"),
    "currency": pgettext("unit", "amount"),
    "number": pgettext("unit", "number"),
    "multiple": pgettext("unit", "multiple"),
    "points": pgettext("unit", "points"),
    "days": pgettext("unit", "days"),
    "hours": pgettext("unit", "hours"),
    "fraction": pgettext("unit", "part of a whole"),
    "date": pgettext("unit", "date"),
}
_CADENCES = {
    "monthly": pgettext("cadence", "monthly"),
    "quarterly": pgettext("cadence", "quarterly"),
    "yearly": pgettext("cadence", "yearly"),
}
_BETTER = {
    "higher": _("higher is better"),
    "lower": _("lower is better"),
    "range": _("within a range"),
}
_REASONS = {
    "no_target": _("no target agreed"),
    "denominator_zero": _("nothing to measure"),
    "no_lines": _("no product line assigned"),
}
_FLAGS = {
    "incomplete": _("some months have no data"),
    "not_agreed": _("some months have no agreed target"),
}
_SIGNALS = {
    "none": _("noise"),
    "high": _("signal: higher than usual"),
    "low": _("signal: lower than usual"),
    "shift_up": _("signal: above your average for 8 months"),
    "shift_down": _("signal: below your average for 8 months"),
}
#: The same, told to somebody else than the person.
_SIGNALS_OF_ANOTHER = _SIGNALS | {
    "shift_up": _("signal: above average for 8 months"),
    "shift_down": _("signal: below average for 8 months"),
}
_CORRECTIONS = {
    "late-data": pgettext("correction", "late data"),
    "entry-error": pgettext("correction", "entry error"),
    "reclassification": pgettext("correction", "reclassification"),
    "calculation": pgettext("correction", "calculation error"),
    "agreement": pgettext("correction", "changed agreement"),
    "objection": pgettext("correction", "objection accepted"),
}
_MONTHS = {
    "provisional": pgettext("month", "provisional"),
    "open": pgettext("month", "open for objections"),
    "closed": pgettext("month", "closed"),
    "not closed": pgettext("month", "not closed"),
    "corrected": pgettext("month", "corrected"),
    "held": pgettext("month", "held back, data are being checked"),
}
_ACTIONS = {
    "open": pgettext("action", "open"),
    "done": pgettext("action", "done"),
    "dropped": pgettext("action", "dropped"),
}
_STEPS = {
    "day-1": _("Day 1"),
    "week-1": _("Week 1"),
    "day-30": _("By day 30"),
    "day-60": _("By day 60"),
    "day-90": _("By day 90"),
    "month-4-6": _("Months 4 to 6"),
}
_SEVERITIES = {
    Severity.ERROR: pgettext("severity", "error"),
    Severity.WARNING: pgettext("severity", "warning"),
    Severity.NOTE: pgettext("severity", "note"),
}


def state_word(texts: Texts, state: State) -> str:
    """„erfüllt“, „knapp verfehlt“ …."""
    return texts.pgettext(*_STATES[state])


def turned_word(texts: Texts, before: State, now: State) -> str:
    """What a state is that was another one a month before: „neu erfüllt“."""
    if now is State.NEAR and before is State.MISSED:
        return texts.gettext("near, no longer missed")
    return texts.gettext(_TURNED[now])


def state_explained(texts: Texts, state: State) -> str:
    """A sentence on what the state means, for legends."""
    return texts.gettext(_EXPLAINED[state])


def figure_state_words(texts: Texts, formats: Formats, figure: Figure) -> str:
    """The state of a figure with what belongs to it: „zu wenige Daten (n = 6, nötig 10)“, „entfällt: …“.

    Empty for a figure without a state.
    """
    if figure.status is None:
        return ""
    word = state_word(texts, figure.status)
    if figure.status is State.TOO_FEW and figure.n is not None and figure.n_needed is not None:
        return texts.gettext(
            "{state} (n\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}{n}, {needed}\N{NO-BREAK SPACE}needed)",
            state=word,
            n=formats.exact(figure.n),
            needed=formats.exact(figure.n_needed),
        )
    if figure.reason:
        return texts.gettext("{state}: {reason}", state=word, reason=reason_words(texts, figure.reason))
    return word


def count_line(texts: Texts, summary: Mapping[State, int]) -> str:
    """„11 erfüllt, 3 knapp verfehlt, 2 verfehlt“."""
    return ", ".join(f"{count}\N{NO-BREAK SPACE}{state_word(texts, state)}" for state, count in summary.items())


def measure_role_word(texts: Texts, role: str) -> str:
    """„Hauptmessgröße“, „Kontrollgröße“ …."""
    return texts.pgettext(*_MEASURE_ROLES[role])


def kind_word(texts: Texts, kind: str) -> str:
    """„Anteil“, „Verhältnis“ …."""
    return texts.pgettext(*_KINDS[kind])


def unit_word(texts: Texts, unit: str) -> str:
    """„Prozent“, „Betrag“ …."""
    return texts.pgettext(*_UNITS[unit])


def cadence_word(texts: Texts, cadence: str) -> str:
    """„monatlich“ …."""
    return texts.pgettext(*_CADENCES[cadence])


def better_words(texts: Texts, better: str) -> str:
    """„höher ist besser“ …."""
    return texts.gettext(_BETTER[better])


def window_words(texts: Texts, window: Window) -> str:
    """„dieser Monat“, „letzte 3 Monate“, „seit Jahresbeginn“."""
    if window.kind == "rolling":
        return texts.ngettext(
            "last {count}\N{NO-BREAK SPACE}month", "last {count}\N{NO-BREAK SPACE}months", window.months
        )
    if window.kind == "year-to-date":
        return texts.gettext("year to date")
    return texts.gettext("this month")


def reason_words(texts: Texts, reason: str) -> str:
    """Why a figure is not applicable."""
    return texts.gettext(_REASONS[reason])


def flag_words(texts: Texts, flag: str) -> str:
    """What a figure's mark says; the measure's own mark (``flag``) has its own text."""
    return texts.gettext(_FLAGS[flag])


def signal_words(texts: Texts, signal: Signal, measure: Measure, *, of_another: bool = False) -> str:
    """„übliche Schwankung“, „auffällige Veränderung: höher als üblich, zum Besseren“, with „vorläufig“ on few points.

    ``of_another``: the reader is not the person.
    """
    words = texts.gettext((_SIGNALS_OF_ANOTHER if of_another else _SIGNALS)[signal.kind])
    if signal.kind != "none" and measure.better is not None:
        if is_worsening(measure, signal):
            words = texts.gettext("{signal}, for the worse", signal=words)
        else:
            words = texts.gettext("{signal}, for the better", signal=words)
    if not signal.provisional:
        return words
    return texts.ngettext(
        "{signal} (provisional, {count} month)", "{signal} (provisional, {count} months)", signal.points, signal=words
    )


def correction_words(texts: Texts, reason: str) -> str:
    """Why a closed month was corrected."""
    return texts.pgettext(*_CORRECTIONS[reason])


def month_state_words(texts: Texts, state: str) -> str:
    """„vorläufig“, „abgeschlossen“ …: ``provisional``, ``open``, ``closed``, ``corrected`` or ``held``."""
    return texts.pgettext(*_MONTHS[state])


def firmness(texts: Texts, formats: Formats, state: MonthState) -> tuple[str, str]:
    """How firm a month's figures are: what is settled, and what is still to be noted; either may be empty."""
    day = formats.date(state.until) if state.until is not None else ""
    if state.kind == "provisional":
        return "", texts.gettext("provisional until {date}", date=day)
    if state.kind == "open":
        return "", texts.gettext("objections until {date}", date=day)
    if state.kind == "closed":
        return texts.gettext("closed month (since {date})", date=day), ""
    if state.kind == "corrected":
        return texts.gettext("closed month"), texts.gettext("corrected on {date}", date=day)
    return texts.gettext("the time for objections is over"), ""


def action_word(texts: Texts, status: str) -> str:
    """„offen“, „erledigt“, „entfallen“."""
    return texts.pgettext(*_ACTIONS[status])


def step_words(texts: Texts, when: str) -> str:
    """When an onboarding step is due."""
    return texts.gettext(_STEPS[when])


def severity_word(texts: Texts, severity: Severity) -> str:
    """„Fehler“, „Warnung“, „Hinweis“."""
    return texts.pgettext(*_SEVERITIES[severity])


def limit_words(texts: Texts, formats: Formats, limits: Limits, unit: str, unit_label: str | None = None) -> str:
    """Limits in words, without needless zeros: „mindestens 30 %“, „höchstens 5 %“, „90–110 %“; empty if none."""
    low, high = limits
    digits = max((places(limit) for limit in limits if limit is not None), default=0)
    if unit == "currency" and digits:
        digits = max(digits, formats.currency_decimals)
    if low is not None and high is not None:
        return formats.span(unit, low, high, digits, unit_label)
    if low is not None:
        return texts.gettext("at least {limit}", limit=formats.value(unit, low, digits, unit_label))
    if high is not None:
        return texts.gettext("at most {limit}", limit=formats.value(unit, high, digits, unit_label))
    return ""


def target_words(texts: Texts, formats: Formats, measure: Measure, limits: tuple[Limits, Limits] | None = None) -> str:
    """The target of a measure, as applied to a figure (its ``limits``) or as the revision has it; empty without one."""
    if limits is None:
        if measure.bands is None or measure.better is None:
            return ""
        limits = measure.bands.limits(measure.better)
    label = measure.unit_label.get(texts.language) if measure.unit_label else None
    return limit_words(texts, formats, limits[0], measure.unit, label)


def diagnostic_words(texts: Texts, diagnostic: Diagnostic) -> tuple[str, str]:
    """What is wrong, and what to do, in the reader's language."""
    values = shown_values(texts, diagnostic)
    cure = texts.gettext(diagnostic.code.cure, **values)
    if "held" in values:
        cure += " " + texts.gettext("{month} is held back until then.", month=values["held"])
    return texts.gettext(diagnostic.code.what, **values), cure


def shown_values(texts: Texts, diagnostic: Diagnostic) -> dict[str, str]:
    """A diagnostic's values, those that are words in the reader's language."""
    values = dict(diagnostic.values)
    for name, value in values.items():
        if name.endswith("_state") and value in set(State):
            values[name] = state_word(texts, State(value))
        elif name in {"value", "other"} and value.startswith("“") and value.endswith("”"):
            # What was found is quoted where it is found, without knowing the reader's language.
            values[name] = texts.gettext("“{text}”", text=value[1:-1])
    for name in ("expected", "problem", "hint"):
        value = values.get(name, "")
        text = texts.find(value.strip()) or value.strip()
        if fields(text) <= diagnostic.values.keys():
            values[name] = (" " if value.startswith(" ") else "") + fill(text, diagnostic.values)
    return values


def places(limit: Decimal) -> int:
    """The decimals a limit needs."""
    exponent = limit.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
