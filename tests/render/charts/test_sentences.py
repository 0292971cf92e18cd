from __future__ import annotations

from decimal import Decimal

from standardwerk.model.handbook import Measure
from standardwerk.model.months import Month, months_between
from standardwerk.model.scores import Figure, State
from standardwerk.render.charts.line import Point
from standardwerk.render.charts.sentences import bullet_sentence, columns_sentence, line_sentence
from standardwerk.render.formats import Formats
from standardwerk.render.texts import Texts
from tests.render.catalogue import LOCALES, ROOT

DE, EN = Texts.load("de", [ROOT / LOCALES]), Texts("en")
GERMAN, ENGLISH = Formats("de_DE", "EUR", DE), Formats("en_GB", "EUR", EN)


def measure(unit: str = "percent", role: str = "main") -> Measure:
    bands = {"better": "higher", "bands": {"met": "30", "near": "20"}} if role == "main" else {}
    return Measure.model_validate(
        {
            "id": "win-rate", "title": {"de": "Abschlussquote", "en": "Win rate"}, "role": role, "kind": "ratio",
            "source": "deals", "numerator": "won", "denominator": "closed", "unit": unit, "decimals": "1", **bands,
        }
    )  # fmt: skip


def figure(status: State | None, value: Decimal | None, **values: object) -> Figure:
    fields: dict[str, object] = dict.fromkeys(Figure.__dataclass_fields__)
    fields |= {"status": status, "value": value, "flags": (), "months": (), "sources": ()} | values
    return Figure(**fields)  # type: ignore[arg-type]


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_bullet() -> None:
    near = figure(State.NEAR, Decimal("27.5"), limits=((Decimal(30), None), (Decimal(20), None)))
    german = bullet_sentence(DE, GERMAN, "Abschlussquote", measure(), near)
    assert plain(german) == "Abschlussquote: 27,5 %, Zielwert mindestens 30 %, knapp verfehlt"
    assert bullet_sentence(EN, ENGLISH, "Win rate", measure(), near) == "Win rate: 27.5%, target at least 30%, near"


def test_bullet_of_a_fraction_without_target() -> None:
    guard = figure(None, Decimal("66.7"), numerator=4, denominator=6)
    assert plain(bullet_sentence(DE, GERMAN, "Linien", measure("fraction", "guard"), guard)) == "Linien: 4 von 6"


def test_bullet_without_value() -> None:
    assert bullet_sentence(DE, GERMAN, "Abschlussquote", measure(), figure(State.NO_DATA, None)) == ""


def test_line() -> None:
    months = months_between(Month.parse("2026-01"), Month.parse("2026-04"))
    points = [Point(Decimal(20)), Point(None), Point(Decimal(41)), Point(Decimal("27.5"))]
    german = plain(line_sentence(DE, GERMAN, "Abschlussquote", measure(), months, points))
    assert german == (
        "Abschlussquote, Jan 26 bis Apr 26: zuletzt 27,5 %, niedrigster Wert 20,0 %, höchster Wert 41,0 %, "
        "1 Monat ohne Wert"
    )
    constant = [Point(Decimal(20))] * 4
    english = plain(line_sentence(EN, ENGLISH, "Win rate", measure(), months, constant))
    assert english == "Win rate, Jan 26 to Apr 26: last 20.0%"
    assert line_sentence(EN, ENGLISH, "Win rate", measure(), months, [Point(None)] * 4) == ""


def test_line_of_a_share_that_is_said_as_a_bound() -> None:
    months = months_between(Month.parse("2026-01"), Month.parse("2026-03"))
    points = [Point(Decimal(95)), Point(Decimal(40)), Point(Decimal(95))]
    said = ["at least 95%", "40.0%", "at least 95%"]
    text = plain(line_sentence(EN, ENGLISH, "Visits", measure(), months, points, said))
    assert text == "Visits, Jan 26 to Mar 26: last at least 95%, lowest 40.0%, highest at least 95%"


def test_columns() -> None:
    totals = [("Ist", "412 €"), ("Zielwert", "450 €")]
    assert columns_sentence(DE, "Auftragseingang", "März 2026", totals) == (
        "Auftragseingang, März 2026: Ist 412 €, Zielwert 450 €"
    )
