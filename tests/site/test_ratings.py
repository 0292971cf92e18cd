"""Which single ratings a scorecard shows beside the figure of a rated standard."""

from __future__ import annotations

from datetime import date

from standardwerk.model.months import Month
from standardwerk.model.scores import MeasureScore, Scorecard, StandardScore, State
from standardwerk.model.sources import Sources
from standardwerk.site.ratings import Rating, ratings
from tests.factory import DIALECT, START, figure, measure, month, revision, source, standard

JUNE, SEPTEMBER, OCTOBER = month("2026-06"), month("2026-09"), month("2026-10")
ANCHORS = tuple(
    {"item": item, "name": {"de": f"Merkmal {item}"}, "levels": {"1": {"de": "schlecht"}, "5": {"de": "gut"}}}
    for item in ("b", "a")
)
COLUMNS = {
    "standard": {"type": "string"},
    "item": {"type": "string"},
    "rater": {"type": "string"},
    "rating": {"type": "integer"},
    "seen_on": {"type": "date"},
    "evidence": {"type": "string"},
}
RATED = source("ratings", COLUMNS, ("standard", "item", "rater"))
NAMES = {"ann": "Ann Able", "lea": "Lea Lead"}


def row(item: str, value: int, rater: str, name: str = "std", day: date | None = None, evidence: str | None = None):
    return ("ann", name, item, rater, value, day, evidence), 2


def card(value: str | None, round_month: Month, start: Month, name: str = "ratings", anchors=ANCHORS) -> Scorecard:
    one = measure(kind="mean", unit="points", source=name, bands={"met": "3.5", "near": "2.5"})
    rules = revision([one], anchors=anchors)
    state = State.MET if value else State.NO_DATA
    shown = figure(value, state, round_month=round_month, window_start=start)
    score = StandardScore(standard([rules]), rules, state, (MeasureScore(one, shown),))
    return Scorecard("ann", "Ann Able", "t", "rep", OCTOBER, "2020-01-01", START, (score,))


def shown(now: Scorecard, rows: dict[Month, tuple]) -> list[Rating]:
    sources = Sources(DIALECT, {"ratings": RATED, "s": source()})
    return list(ratings(now, {"ratings": rows}, sources, NAMES).get("std", ()))


def test_by_item_as_the_standard_has_them_with_who_and_when() -> None:
    day = date(2026, 9, 7)
    rows = {
        SEPTEMBER: (
            row("a", 4, "ann"),
            row("a", 2, "lea", day=day, evidence="Kam zu spät."),
            row("b", 5, "x-17"),
            row("c", 3, "lea"),
            row("a", 1, "lea", name="other"),
        ),
        JUNE: (row("a", 1, "lea"),),
        OCTOBER: (row("a", 1, "lea"),),
    }
    assert shown(card("3.5", SEPTEMBER, SEPTEMBER), rows) == [
        # Whoever is in no roster is called by the id of the file.
        Rating({"de": "Merkmal b"}, 5, "x-17", False, SEPTEMBER, {}),
        Rating({"de": "Merkmal a"}, 2, "Lea Lead", False, SEPTEMBER, {"seen_on": day, "evidence": "Kam zu spät."}),
        Rating({"de": "Merkmal a"}, 4, "Ann Able", True, SEPTEMBER, {}),
        Rating("c", 3, "Lea Lead", False, SEPTEMBER, {}),
    ]


def test_all_months_of_the_window() -> None:
    rows = {SEPTEMBER: (row("a", 4, "lea"),), JUNE: (row("a", 1, "lea"),)}
    assert [one.month for one in shown(card("2.5", SEPTEMBER, JUNE), rows)] == [JUNE, SEPTEMBER]


def test_none_without_a_figure_and_none_of_what_is_not_rated() -> None:
    rows = {SEPTEMBER: (row("a", 4, "lea"),)}
    assert shown(card("4.0", SEPTEMBER, SEPTEMBER), rows)
    assert not shown(card(None, SEPTEMBER, SEPTEMBER), rows)
    assert not shown(card("4.0", SEPTEMBER, SEPTEMBER, name="s"), rows)
    assert not shown(card("4.0", SEPTEMBER, SEPTEMBER, anchors=()), rows)
    assert not shown(card("4.0", SEPTEMBER, SEPTEMBER), {})
