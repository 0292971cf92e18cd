"""Every component of the personal pages in every state, on one page: for developers, and for the browser tests.

``python -m tests.browser.components FOLDER`` writes it, with the styles beside it: open ``FOLDER/index.html``.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from html import escape
from pathlib import Path

import material

from standardwerk.model.handbook import Measure
from standardwerk.model.months import Month
from standardwerk.model.notes import Action, Notes
from standardwerk.model.scores import (
    STATES_IN_ORDER,
    WITHOUT_VALUE,
    Figure,
    MeasureScore,
    MonthPart,
    Scorecard,
    Signal,
    SourceLines,
    StandardScore,
    State,
)
from standardwerk.model.wording import Section, Wording
from standardwerk.render import charts
from standardwerk.render.anchors import anchor_scale
from standardwerk.render.charts import Bullet, Column, Columns, Line, Point
from standardwerk.render.scorecard import ScorecardWriter
from standardwerk.render.texts import Texts
from standardwerk.render.theme import stylesheet, theme_dir
from standardwerk.render.view import View
from standardwerk.site.agreed import CarriedAction
from standardwerk.site.contexts import MonthLink, MonthState, Result, ScorecardContext, Site
from standardwerk.site.first import advances, highlights
from standardwerk.site.ratings import Rating
from standardwerk.site.situation import Situation
from tests.factory import START, edition, handbook, measure, month, revision, standard

MONTH = month("2026-03")
LIMITS = ((Decimal(80), None), (Decimal(60), None))
RANGE = ((Decimal(-20), Decimal(20)), (Decimal(-40), Decimal(40)))
#: A value that goes with a state.
VALUES = {State.MET: "92.5", State.NEAR: "71.0", State.MISSED: "41.3", State.NOT_CERTAIN: "55.0"}
ANCHORS = (
    {"item": "a", "name": {"de": "Verlässlichkeit"}, "levels": {
        "1": {"de": "Vergisst Zusagen."}, "3": {"de": "Hält Zusagen meist ein."}, "5": {"de": "Hält jede Zusage ein."},
    }},
)  # fmt: skip


def signal(kind: str, points: int = 20) -> Signal:
    return Signal(kind, points, points < 15, Decimal(50), Decimal(30), Decimal(70))


def percent(**given: object) -> Measure:
    labels = {"numerator": {"de": "vollständige Kontakte"}, "denominator": {"de": "aktive Kontakte"}}
    return measure(**{"title": {"de": "Anteil"}, "decimals": 1, "labels": labels} | given)


def figure(state: State | None, value: str | None, **given: object) -> Figure:
    fields: dict[str, object] = dict.fromkeys(Figure.__slots__)
    shown = None if value is None else Decimal(value)
    parts = tuple(
        MonthPart(MONTH.plus(-back), 40 - back, 50, 50, Decimal(1), Decimal(1), back != 1, Decimal(80))
        for back in (2, 1, 0)
    )
    fields |= {
        "status": state, "value": shown, "limits": LIMITS, "flags": (), "n": 6, "n_needed": 10, "months": parts,
        "numerator": 37, "denominator": 40, "denominator_raw": 50, "window_start": MONTH.plus(-2),
        "sources": (SourceLines("2026-03/crm.csv", (4, 5, 6, 9)), SourceLines("2026-02/crm.csv", (4, 5, 6, 9))),
    }  # fmt: skip
    return Figure(**fields | given)  # type: ignore[arg-type]


def score(name: str, state: State, *others: MeasureScore, number: int = 1, **given: object) -> StandardScore:
    value = VALUES.get(state, None if state in WITHOUT_VALUE else "50.0")
    one = given.pop("measure", percent())
    rules = replace(
        revision([one, *(other.measure for other in others)], **given.pop("rules", {})),  # type: ignore[arg-type]
        wording={
            "de": Wording("", name, "", (Section("improve", "", "1. Rufen Sie heute drei Kunden an.\n2. Weiter.", 1),))
        },
    )
    shown = replace(figure(state, value), **given.pop("figure", {}))  # type: ignore[arg-type]
    main = MeasureScore(one, shown, **given)  # type: ignore[arg-type]
    return StandardScore(standard([rules], f"s{number}", number), rules, state, (main, *others))


def scores() -> tuple[StandardScore, ...]:
    """A standard in each state, then what else a row can show."""
    reason = {"reason": "denominator_zero"}
    found = [
        score(f"Im Zustand {state}", state, number=at, figure=reason if state is State.NOT_APPLICABLE else {})
        for at, state in enumerate(STATES_IN_ORDER, 1)
    ]
    rating = percent(kind="mean", unit="points", group=None, bands={"met": "3.5", "near": "2.5"}, value="a")
    low = ((Decimal("3.5"), None), (Decimal("2.5"), None))
    guard = MeasureScore(
        percent(id="g", role="guard", better="lower", bands=None, title={"de": "Kontrolle"}), figure(None, "12.0")
    )
    lines = (figure(State.MET, "90.0", line="one"), figure(State.MISSED, "41.3", line="two"))
    found += [
        score("Mit Signal zum Schlechteren", State.MISSED, number=21, figure={"signal": signal("low")}),
        score("Mit vorläufigem Signal", State.MET, number=22, figure={"signal": signal("shift_up", 9)}),
        score("Übliche Schwankung, mit Unsicherheit", State.NOT_CERTAIN, number=23, figure={
            "signal": signal("none"), "interval": (Decimal("44.0"), Decimal("66.0")), "flags": ("incomplete",),
        }),
        score("Schwächste Linie", State.MISSED, number=24, deciding_line="two", lines=lines,
              measure=percent(by="product_line", lines="worst")),
        score("Beurteilung", State.MISSED, number=25, measure=rating, rules={"anchors": ANCHORS},
              figure={"value": Decimal("2.2"), "limits": low, "denominator_raw": 4}),
        score("Zielwert angepasst, mit Kontrollgröße", State.NEAR, guard, number=26, measure=percent(is_target="true")),
    ]  # fmt: skip
    return tuple(found)


def card(at: Month, its: tuple[StandardScore, ...]) -> Scorecard:
    return Scorecard("ann", "Änne Überlänge-Beispielhausen", "t", "rep", at, "2026.1", START, its)


def context(**given: object) -> ScorecardContext:
    now = card(MONTH, scores())
    before = card(MONTH.plus(-1), tuple(reversed(scores()[:6])))
    actions = tuple(
        Action.model_validate({"text": f"Maßnahme: {status}", "owner": owner, "status": status, "due": "2026-03-30"})
        for status, owner in (("open", "rep"), ("done", "lead"), ("dropped", "rep"))
    )
    fields: dict[str, object] = {
        "card": now, "history": (before, now), "before": before, "team_name": "Nord", "lead_name": "Bob Beispiel",
        "role_name": {"de": "Außendienst"}, "edition": edition(START, "2026.1"),
        "state": MonthState("provisional", date(2026, 4, 9)),
        "results": (
            Result(now.standards[0], now.standards[0].main, "currency"),
            Result(now.standards[2], now.standards[-1].main, "number"),
            Result(now.standards[5], now.standards[7].main, "number"),
        ),
        "highlights": highlights(now, before), "advances": advances(now, before),
        "previous": MonthLink(MONTH.plus(-1), "p/"), "next": MonthLink(MONTH.plus(1), "n/"),
        "overview_url": "o/", "json_url": "j.json", "csv_url": "c.csv", "url": "x/",
        "notes": Notes("Eine **Notiz** mit Liste:\n\n- eins\n- zwei", "Eine Stellungnahme.", actions),
        "agreed": tuple(CarriedAction(one, MONTH.plus(-1 - at), at == 0) for at, one in enumerate(actions)),
        "situation": Situation(),
        "ratings": {"s25": (
            Rating({"de": "Verlässlichkeit"}, 2, "Bob Beispiel", False, MONTH, {"evidence": "Rief spät zurück."}),
            Rating({"de": "Verlässlichkeit"}, 3, "Änne", True, MONTH, {"seen_on": date(2026, 3, 9)}),
        )},
    }  # fmt: skip
    return ScorecardContext(**fields | given)  # type: ignore[arg-type]


def heads(writer: ScorecardWriter) -> Iterator[str]:
    """How firm a month is, and what must be known before its figures."""
    for number, (kind, until) in enumerate(
        (
            ("open", date(2026, 4, 21)),
            ("final", None),
            ("closed", date(2026, 4, 22)),
            ("corrected", date(2026, 5, 2)),
        )
    ):
        head = writer._head(context(state=MonthState(kind, until), previous=None, role_name={}), "h1")
        # Of one name there is one on a page.
        yield head.replace('aria-label="Monate"', f'aria-label="Monate {number}"')
    for situation in (
        Situation(first_scored=MONTH.plus(1), unscored=True),
        Situation(ramp_until=MONTH.plus(1)),
        Situation(last_day=date(2026, 3, 13)),
        Situation(held=True),
        Situation(empty=True, unscored=True),
    ):
        yield writer._situation(context(situation=situation))
    yield writer._first(context(highlights=()))
    yield writer._counts(context(before=None))


def drawings() -> Iterator[str]:
    """Each chart in each form."""
    for value in ("92", "71", "41", "0", "-30", "500"):
        yield charts.bullet(Bullet(Decimal(value), LIMITS, None, f"Wert {value}, Zielwert mindestens 80"))
    yield charts.bullet(Bullet(Decimal(5), (RANGE[0], RANGE[1]), None, "Wert 5, Zielwert −20 bis 20"))
    yield charts.bullet(Bullet(Decimal(5), ((None, Decimal(10)), (None, Decimal(20))), None, "Wert 5, höchstens 10"))
    target = (Decimal(30), None)
    values = (24, 22, 29, 31, 26, 20, 41, 33, 30, 28, 25, 27)
    plain = tuple(Point(Decimal(value), True, target) for value in values)
    forms = {
        "zwölf Monate": plain,
        "mit Lücken": tuple(one if at % 4 else Point(None) for at, one in enumerate(plain)),
        "ohne Bewertung": tuple(one._replace(scored=at > 3) for at, one in enumerate(plain)),
        "neuer Zielwert": tuple(
            one._replace(targets=(Decimal(20 if at < 6 else 35), None)) for at, one in enumerate(plain)
        ),
        "neu gezählt": tuple(one._replace(restart=at == 6) for at, one in enumerate(plain)),
        "ein Ausreißer": (*plain[:5], Point(Decimal(400), True, target), *plain[6:]),
        "gleichbleibend": tuple(Point(Decimal(5)) for _ in range(12)),
        "ein Monat": (Point(None), Point(Decimal(7), True, target)),
        "negativ": tuple(Point(Decimal(-value)) for value in values),
    }  # fmt: skip
    for name, points in forms.items():
        yield charts.line(Line(points, f"Linie: {name}"))
    year = tuple(
        Column(name, at * 10 if at < 4 else None, 30, 25, 35, str(at * 10), "2026" if at == 1 else "")
        for at, name in enumerate(("Jan", "Feb", "Mär", "Apr"), 1)
    )
    yield charts.columns(Columns(year, "Säulen: Ist, Zielwert, Vorjahr, Prognose"))
    yield " ".join(charts.key(name, f"Muster {name}") for name in ("actual", "target", "previous", "forecast"))


def body(view: View) -> str:
    """All components."""
    writer = ScorecardWriter(view)
    marks = "".join(
        f"<tr><th scope='row'>{state}</th><td>{charts.mark(state, str(state))}</td>"
        f"<td>{writer.pieces.status(figure(state, None))}</td><td>{charts.drawing(state)}</td></tr>"
        for state in STATES_IN_ORDER
    )
    anchors = scores()[-2].revision.rules.anchors
    parts = {
        "Eine Scorecard": writer.write(context()),
        "Köpfe, Hinweise, Leerzustände": "".join(heads(writer)),
        "Zeichen": f'<div class="sw-scroll" role="group" aria-label="Zeichen" tabindex="0"><table class="sw-matrix">'
        f"<thead><tr><th scope='col'>Zustand</th><th scope='col'>allein</th><th scope='col'>mit Wort</th>"
        f"<th scope='col'>gezeichnet</th></tr></thead><tbody>{marks}</tbody></table></div>",
        "Grafiken": "".join(f"<p>{drawing}</p>" for drawing in drawings()),
        "Skala": anchor_scale(view, anchors, "h3"),
    }
    return "".join(
        f"<section aria-label='{escape(name)}'><hr>{html.replace('<h1', '<h2').replace('</h1', '</h2')}</section>"
        for name, html in parts.items()
    )


def write(folder: Path) -> None:
    """Write the page with the styles it needs."""
    theme = theme_dir()
    texts = Texts.load("de", [theme / "locales"])
    site = Site(handbook([scores()[0].standard]), date(2026, 4, 1), None, {("s", "m"): "number"})
    html = body(View(site, "de", texts, theme / "templates"))
    path, css = stylesheet(theme)
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(css, "utf-8")
    shutil.copytree(theme / "assets/fonts", folder / "assets/fonts", dirs_exist_ok=True)
    links = ""
    for file in sorted((Path(material.__file__).parent / "templates/assets/stylesheets").glob("*.css")):
        if file.name.startswith(("main", "palette")):
            shutil.copy(file, folder / "assets/stylesheets")
            links += f'<link rel="stylesheet" href="assets/stylesheets/{file.name}">'
    (folder / "index.html").write_text(
        '<!doctype html><html lang="de" class="no-js"><head><meta charset="utf-8"><title>Bausteine</title>'
        f'<link rel="icon" href="data:,"><meta name="viewport" content="width=device-width,initial-scale=1">{links}'
        f'<link rel="stylesheet" href="{path}"></head>'
        '<body data-md-color-scheme="default" data-md-color-primary="custom" data-md-color-accent="custom">'
        f'<main class="md-main"><div class="md-main__inner md-grid"><div class="md-content">'
        f'<article class="md-content__inner md-typeset"><h1>Bausteine</h1>{html}</article></div></div></main>'
        "</body></html>\n",
        "utf-8",
    )


if __name__ == "__main__":
    write(Path(sys.argv[1]))
