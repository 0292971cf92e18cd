from __future__ import annotations

from decimal import Decimal

import pytest

from standardwerk.diagnostics import CODES, Diagnostic, Diagnostics, Place, Severity
from standardwerk.model.handbook import CADENCE_MONTHS, KINDS, UNITS, Limits, Measure, Window
from standardwerk.model.scores import STATES_IN_ORDER, Figure, Signal, State
from standardwerk.render import words
from standardwerk.render.formats import Formats
from standardwerk.render.texts import Texts
from standardwerk.render.texts import fields as fields_of
from tests.factory import measure
from tests.render.catalogue import LOCALES, ROOT

DE, EN = Texts.load("de", [ROOT / LOCALES]), Texts("en")
GERMAN, ENGLISH = Formats("de_DE", "EUR", DE), Formats("en_GB", "EUR", EN)


def figure(status: State | None, **values: object) -> Figure:
    fields: dict[str, object] = dict.fromkeys(Figure.__dataclass_fields__)
    fields |= {"status": status, "flags": (), "months": (), "sources": ()} | values
    return Figure(**fields)  # type: ignore[arg-type]


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_states() -> None:
    german = [words.state_word(DE, state) for state in STATES_IN_ORDER]
    assert german == [
        "erfüllt", "knapp verfehlt", "verfehlt", "statistisch nicht gesichert", "zu wenige Daten", "in Einarbeitung",
        "noch nicht fällig", "keine Daten", "wird nicht erhoben", "entfällt", "ausgenommen", "zurückgehalten",
    ]  # fmt: skip
    assert words.state_word(EN, State.NEAR) == "near"
    for state in State:
        assert words.state_explained(DE, state).endswith(".")


def test_a_state_says_what_belongs_to_it() -> None:
    too_few = figure(State.TOO_FEW, n=6, n_needed=10)
    assert plain(words.figure_state_words(DE, GERMAN, too_few)) == "zu wenige Daten (n = 6, nötig 10)"
    assert plain(words.figure_state_words(EN, ENGLISH, too_few)) == "too few data (n = 6, 10 needed)"
    no_target = figure(State.NOT_APPLICABLE, reason="no_target")
    assert words.figure_state_words(DE, GERMAN, no_target) == "entfällt: kein Zielwert vereinbart"
    assert words.figure_state_words(DE, GERMAN, figure(State.MET)) == "erfüllt"
    assert words.figure_state_words(DE, GERMAN, figure(None)) == ""


def test_count_line() -> None:
    counts = {State.MET: 11, State.MISSED: 2}
    assert plain(words.count_line(DE, counts)) == "11 erfüllt, 2 verfehlt"


def test_windows() -> None:
    assert plain(words.window_words(DE, Window("rolling", 3))) == "letzte 3 Monate"
    assert plain(words.window_words(EN, Window("rolling", 3))) == "last 3 months"
    assert words.window_words(DE, Window("year-to-date", 12)) == "seit Jahresbeginn"
    assert words.window_words(EN, Window("month", 1)) == "this month"


def test_every_word_of_the_model_is_there() -> None:
    for kind in KINDS:
        assert words.kind_word(DE, kind)
    for unit in UNITS:
        assert words.unit_word(DE, unit)
    for cadence in CADENCE_MONTHS:
        assert words.cadence_word(DE, cadence)
    for role in ("main", "second", "guard", "info"):
        assert words.measure_role_word(DE, role)
    for better in ("higher", "lower", "range"):
        assert words.better_words(DE, better)
    for reason in ("no_target", "denominator_zero", "no_lines"):
        assert words.reason_words(DE, reason)
    for flag in ("incomplete", "not_agreed"):
        assert words.flag_words(DE, flag)
    for reason in ("late-data", "entry-error", "reclassification", "calculation", "agreement", "objection"):
        assert words.correction_words(DE, reason)
    for state in ("provisional", "open", "closed", "corrected", "held"):
        assert words.month_state_words(DE, state)
    for when in ("day-1", "week-1", "day-30", "day-60", "day-90", "month-4-6"):
        assert words.step_words(DE, when)
    assert [words.severity_word(DE, severity) for severity in Severity] == ["Fehler", "Warnung", "Hinweis"]


def test_signals() -> None:
    def signal(kind: str, *, provisional: bool) -> Signal:
        return Signal(kind, 7, provisional, Decimal(0), Decimal(0), Decimal(0))

    rising, falling, either = (
        measure(),
        measure(better="lower", bands={"met": "10", "near": "20"}),
        measure(role="info"),
    )
    assert words.signal_words(DE, signal("none", provisional=False), rising) == "übliche Schwankung"
    high = signal("high", provisional=True)
    told = "auffällige Veränderung: höher als üblich"
    assert words.signal_words(DE, high, rising) == f"{told}, zum Besseren (vorläufig, 7 Monate)"
    assert words.signal_words(DE, high, falling) == f"{told}, zum Schlechteren (vorläufig, 7 Monate)"
    assert words.signal_words(DE, high, either) == f"{told} (vorläufig, 7 Monate)"


@pytest.mark.parametrize(
    ("limits", "unit", "german", "english"),
    [
        ((Decimal("30.0"), None), "percent", "mindestens 30 %", "at least 30%"),
        ((None, Decimal("2.50")), "number", "höchstens 2,5", "at most 2.5"),
        ((Decimal(90), Decimal("110.5")), "percent", "90,0–110,5 %", "90.0–110.5%"),
        ((Decimal("3.0"), None), "multiple", "mindestens 3-fach", "at least 3×"),
        ((Decimal("412.5"), None), "currency", "mindestens 412,50 €", "at least €412.50"),
        ((Decimal("5E+4"), None), "currency", "mindestens 50.000 €", "at least €50,000"),
        ((None, None), "percent", "", ""),
    ],
)
def test_limits(limits: Limits, unit: str, german: str, english: str) -> None:
    assert words.limit_words(DE, GERMAN, limits, unit).replace("\u00a0", " ") == german
    assert words.limit_words(EN, ENGLISH, limits, unit) == english


def test_targets() -> None:
    measure = Measure.model_validate(
        {
            "id": "m", "title": {"de": "M", "en": "M"}, "role": "main", "kind": "sum", "source": "s", "value": "x",
            "better": "higher", "bands": {"met": "12", "near": "8"}, "unit_label": {"de": "Besuche", "en": "visits"},
        }
    )  # fmt: skip
    assert words.target_words(DE, GERMAN, measure) == "mindestens 12\u00a0Besuche"
    adjusted = ((Decimal(6), None), (Decimal(4), None))
    assert words.target_words(EN, ENGLISH, measure, adjusted) == "at least 6\u00a0visits"


def one(code: str, **values: str) -> Diagnostic:
    found = Diagnostics()
    found.add(code, Place("a.yml"), **values)
    return next(iter(found))


def test_diagnostics() -> None:
    assert words.diagnostic_words(DE, one("SW102", key="kind")) == (
        "Der Schlüssel „kind“ steht zweimal.",
        "Behalten Sie einen der beiden.",
    )
    with_hint = one("SW113", value="salse", known="sales", hint=" " + words.HINT, suggestion="sales")
    assert words.diagnostic_words(DE, with_hint)[0] == "„salse“ ist unbekannt. Meinten Sie „sales“?"
    assert words.diagnostic_words(EN, with_hint)[0] == "“salse” is unknown. Did you mean “sales”?"
    without = one("SW113", value="{known}", known="sales", hint="")
    assert words.diagnostic_words(DE, without)[0] == "„{known}“ ist unbekannt."


def test_parts_of_diagnostics_are_translated_too() -> None:
    problem = one("SW208", problem="{function} takes {count} arguments", function="if", count="3")
    assert words.diagnostic_words(DE, problem)[0] == "Ausdruck: if braucht 3 Argumente"
    expected = one("SW106", value="“x”", expected="a whole number")
    assert words.diagnostic_words(DE, expected)[0] == "„x“ passt nicht. Erwartet: eine ganze Zahl."
    foreign = one("SW101", problem="found {odd} and {problem")
    assert words.diagnostic_words(DE, foreign)[0] == "Das ist kein YAML: found {odd} and {problem"


def test_every_diagnostic_can_be_shown() -> None:
    texts_of = [text for code in CODES.values() for text in (code.what, code.cure)]
    values = dict.fromkeys({name for text in texts_of for name in fields_of(text)}, "x")
    for code in CODES:
        for texts in (DE, EN):
            assert all(words.diagnostic_words(texts, one(code, **values)))
