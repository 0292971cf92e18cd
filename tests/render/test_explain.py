"""``explain`` and the page of a scorecard say the same: every figure of the page, in both languages, in every state."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from lxml import html

from standardwerk import pipeline
from standardwerk.model.months import Month
from standardwerk.model.scores import Scorecard, State
from standardwerk.pipeline import LoadedSite
from standardwerk.render.theme import theme_dir
from tests.conftest import ROOT

pytestmark = pytest.mark.site
#: What the page puts before a step that stands behind a label here.
LABEL = re.compile("^(target|Zielwert|Source:|Quelle:) ")
CORRECTED = ("eisvogel-d", "2026-06")


@pytest.fixture(scope="module")
def demo() -> LoadedSite:
    folders = (ROOT / "mkdocs.yml", ROOT / "standards", ROOT / "scorecards")
    loaded = pipeline.load(pipeline.Options(*folders, date(2026, 11, 10), 1, False, theme_dir())).project
    assert loaded is not None
    assert loaded.cards is not None
    return loaded


def chosen(demo: LoadedSite) -> list[Scorecard]:
    """Scorecards on which together each standard is seen, and each state of a main measure and of any."""
    assert demo.cards is not None
    found, seen = [], set[tuple[bool, object]]()
    for cards in demo.cards.values():
        for card in reversed(cards):
            states = {(score is one.main, score.figure.status) for one in card.standards for score in one.measures}
            new = states | {(False, one.standard.id) for one in card.standards}
            if new - seen or (card.rep, str(card.month)) == CORRECTED:
                seen |= new
                found.append(card)
    assert {state for _, state in seen} >= set(State)
    assert {state for is_main, state in seen if is_main} >= set(State) - {State.NOT_COLLECTED}
    return found


def words(element: html.HtmlElement) -> str:
    return re.sub(r"[ \n]+", " ", element.text_content()).strip()


def sections(text: str) -> tuple[str, list[str]]:
    """The head of what is explained, and its parts (measures, then what changed afterwards)."""
    head, *rest = text.split("\n\n")
    return head, [re.sub(r" +", " ", part) for part in rest]


def said(section: html.HtmlElement) -> Iterator[str]:
    """Everything that the page tells of a measure."""
    for paragraph in section.findall("p"):
        yield from words(paragraph).split(" · ")
    for cell in section.iter("td", "th"):
        yield words(cell)


def check(row: html.HtmlElement, text: str) -> int:
    """Compare a row of the page with what is explained; how many texts were compared."""
    head, parts = sections(text)
    summary = row.find("summary")
    for name in ("sw-value", "sw-target", "sw-status"):
        (cell,) = (one for one in summary.iter("span") if name in one.get("class", "").split())
        assert words(cell) in head
    compared = 0
    measures = list(row.iter("section"))
    assert len(measures) <= len(parts)
    for section, part in zip(measures, parts, strict=False):
        title = words(section.find("h4"))
        assert part.startswith(title.replace(words(section.find("h4/small")), "").strip())
        first = section.find("p")
        for state in first.iter("span"):
            assert words(state) in part
        if first.find("b") is not None:
            # The formula stands behind the state, and before the name of the deciding line.
            formula = words(first).removeprefix("".join(words(one) for one in first.iter("span"))).strip()
            formula = formula[: formula.rindex(words(first.find("b"))) + len(words(first.find("b")))]
            assert f": {formula}\n" in f"{part}\n"
        for one in list(said(section))[1:]:
            assert LABEL.sub("", one) in part, (one, part)
            compared += 1
    return compared


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_page_and_explain_say_the_same(demo: LoadedSite, demo_site: Path, language: str) -> None:
    pages = compared = 0
    for card in chosen(demo):
        page = html.parse(demo_site / f"scorecards/{card.rep}/{language}/{card.month}/index.html").getroot()
        rows = {one.get("id"): one for one in page.iter("details") if one.get("class") == "sw-row"}
        assert list(rows) == [one.standard.id for one in card.standards]
        for standard, row in rows.items():
            compared += check(row, pipeline.explain(demo, card.rep, card.month, standard, language))
        pages += 1
    print(f"{language}: {pages} scorecards, {compared} texts compared")
    assert pages > 10
    assert compared > 2000


def test_a_held_month_is_named(demo: LoadedSite) -> None:
    month = Month.parse("2025-02")
    assert demo.cards is not None
    held = [
        (card, one.standard.id)
        for cards in demo.cards.values()
        for card in cards
        for one in card.standards
        if one.status is State.HELD
    ]
    assert {card.month for card, _ in held} > {month}
    for card, standard in held:
        text = pipeline.explain(demo, card.rep, card.month, standard, "en")
        assert "Held back: February 2025\n" in text
        assert "held back. The data are being checked." in text
