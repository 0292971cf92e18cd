"""Nobody can be worked out from the pages as they are built: months, trends, business totals, teams."""

from __future__ import annotations

import decimal
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import html

from standardwerk import pipeline
from standardwerk.evaluate.exact import exact_context
from standardwerk.evaluate.people import PlanBook, contributions, evaluate_person
from standardwerk.evaluate.rollup import Total
from standardwerk.model.handbook import Measure
from standardwerk.model.scores import Contribution
from standardwerk.render.theme import theme_dir
from tests.conftest import ROOT
from tests.disclosure.attacker import Cell, Group, by_bounds, by_sums
from tests.disclosure.reading import HIDDEN, Key, Published, interval, of_months, of_trends

K = 5
AS_OF = date(2026, 11, 10)


# The attacker is no fool ----------------------------------------------------------------------------------------------


def people(**teams: int) -> list[Cell]:
    return [Cell(f"{team}{number}", team, None) for team, count in teams.items() for number in range(count)]


def team_of(cells: list[Cell], name: str) -> Group:
    return frozenset(cell for cell in cells if cell.team == name)


def test_sums() -> None:
    cells = people(a=6, b=3)
    everybody = frozenset(cells)
    assert by_sums([everybody], K) == []
    assert by_sums([everybody, team_of(cells, "a")], K) == [("b0", "b1", "b2")]
    # A line that is a team and one more person.
    line = team_of(cells, "a") | {cells[-1]}
    assert set(by_sums([everybody | line, team_of(cells, "a"), line], 3)) == {("b2",), ("b0", "b1")}


def test_bounds() -> None:
    cells = people(a=3, b=2)
    whole = dict.fromkeys(cells, 4)
    a, everybody = team_of(cells, "a"), frozenset(cells)
    exactly = [(a, (Decimal(100), Decimal(100)))]
    assert by_bounds(whole, exactly, {}) == ["a0", "a1", "a2"]
    assert by_bounds(whole, [(a, (Decimal(90), Decimal(100)))], {}) == []
    # Of twelve cases at least 95 % are all.
    assert by_bounds(whole, [(a, (Decimal(95), Decimal(100)))], {}) == ["a0", "a1", "a2"]
    # All have 16 of 20, a has 8 of 12: then b has all.
    shown = [(everybody, (Decimal("79.95"), Decimal("80.05"))), (a, (Decimal("66.65"), Decimal("66.75")))]
    assert by_bounds(whole, shown, {}) == ["b0", "b1"]
    # Who knows the others knows the last.
    assert by_bounds(whole, [(a, (Decimal(50), Decimal(50)))], {cells[0]: 1, cells[1]: 2}) == ["a2"]


def test_what_is_shown_leaves_open() -> None:
    assert interval("80,3\u00a0%") == (Decimal("80.25"), Decimal("80.35"))
    assert interval("1.080\u00a0%") == (Decimal("1079.5"), Decimal("1080.5"))
    assert interval("95\u00a0% oder mehr") == (95, 100)
    assert interval("5\u00a0% oder weniger") == (0, 5)
    assert interval(HIDDEN) is None


# The demo -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Truth:
    """What nobody outside knows: a measure of a month, person by person."""

    measure: Measure
    numerators: dict[Cell, object]
    denominators: dict[Cell, object]
    whole: frozenset[str]
    """The people that are in the sums of organisation and teams."""
    lead_of: frozenset[str]

    def cells(self, *, team: str | None = None, line: str | None = None, everybody: bool = False) -> Group:
        return frozenset(
            cell
            for cell in self.denominators
            if (line is not None and cell.line == line)
            or (line is None and cell.person in self.whole and (everybody or cell.team == team))
        )


@pytest.fixture(scope="module")
def truths() -> dict[Key, Truth]:
    """By month, standard, and title of a measure in German."""
    folders = (ROOT / "mkdocs.yml", ROOT / "standards", ROOT / "scorecards")
    loaded = pipeline.load(pipeline.Options(*folders, AS_OF, 1, False, theme_dir())).project
    assert loaded is not None
    scoring, roster = loaded.project.scoring, loaded.project.roster
    assert scoring is not None
    assert roster is not None
    by_key: dict[Key, list[Contribution]] = defaultdict(list)
    measures: dict[Key, Measure] = {}
    names = {line.id: line.name["de"] for line in loaded.handbook.names.product_lines}
    with decimal.localcontext(exact_context()):
        book = PlanBook(scoring)
        for person in roster.people.values():
            for card in evaluate_person(book, person, loaded.loaded.rows.by_rep.get(person.id, {})):
                titles = {
                    (score.standard.id, one.measure.id): one.measure
                    for score in card.standards
                    for one in score.measures
                }
                for one in contributions(book, card):
                    measure = titles[one.standard, one.measure]
                    key = (str(card.month), one.standard, measure.title["de"])
                    measures[key] = measure
                    by_key[key].append(one)
        return {key: _truth(measures[key], found, names) for key, found in by_key.items()}


def _truth(measure: Measure, found: list[Contribution], names: dict[str, str]) -> Truth:
    tops: dict[Cell, object] = {}
    wholes: dict[Cell, object] = {}
    has_whole = {one.rep for one in found if one.line is None} or {one.rep for one in found}
    for one in found:
        if one.line is not None:
            cell = Cell(one.rep, one.team, names[one.line])
            tops[cell], wholes[cell] = one.numerator, one.denominator
    for one in found:
        if one.line is None:
            lines = [cell for cell in wholes if cell.person == one.rep]
            rest = (
                one.numerator - sum(tops[cell] for cell in lines),  # type: ignore[arg-type,misc,operator]
                one.denominator - sum(wholes[cell] for cell in lines),  # type: ignore[arg-type,misc,operator]
            )
            if any(rest) or not lines:
                cell = Cell(one.rep, one.team, None)
                tops[cell], wholes[cell] = rest
    teams = frozenset(cell.team for cell in wholes)
    return Truth(measure, tops, wholes, frozenset(has_whole), teams)


@pytest.fixture(scope="module")
def published(demo_site: Path) -> dict[Key, Published]:
    return of_months(demo_site / "months" / "de")


MONTH_NAMES = (
    *("Januar", "Februar", "März", "April", "Mai", "Juni"),
    *("Juli", "August", "September", "Oktober", "November", "Dezember"),
)
TEAMS = {"Nord": "nord", "Süd": "sued", "West": "west"}


def shown(truth: Truth, page: Published) -> Iterator[tuple[Group, str]]:
    """The groups with a figure, and the figure."""
    if page.everybody != HIDDEN:
        yield truth.cells(everybody=True), page.everybody
    for name, text in page.teams.items():
        if text != HIDDEN:
            yield truth.cells(team=TEAMS[name]), text
    for name, text in page.lines.items():
        if text != HIDDEN:
            yield truth.cells(line=name), text


@pytest.mark.site
def test_the_pages_show_what_there_is(published: dict[Key, Published], truths: dict[Key, Truth]) -> None:
    assert set(published) == set(truths)
    figures = [text for key, page in published.items() for _, text in shown(truths[key], page)]
    assert len(figures) > 1500
    assert sum(text.endswith(("oder mehr", "oder weniger")) for text in figures) > 20


@pytest.mark.site
def test_no_group_is_smaller_than_k(published: dict[Key, Published], truths: dict[Key, Truth]) -> None:
    for key, page in published.items():
        for group, text in shown(truths[key], page):
            assert len({cell.person for cell in group}) >= K, (key, text)


@pytest.mark.site
def test_no_sum_or_difference_speaks_of_a_few(published: dict[Key, Published], truths: dict[Key, Truth]) -> None:
    found = {}
    for key, page in published.items():
        truth = truths[key]
        groups = [group for group, _ in shown(truth, page)]
        for lead in (None, *sorted(truth.lead_of)):
            others = [frozenset(cell for cell in group if cell.team != lead) for group in groups]
            if worked_out := by_sums(others, K):
                found[key, lead] = worked_out
    assert found == {}


@pytest.mark.site
def test_no_share_comes_out_from_bounds(published: dict[Key, Published], truths: dict[Key, Truth]) -> None:
    """Even with every denominator known; of a team's lead with all her own people's figures besides."""
    found, tried = {}, 0
    for key, page in published.items():
        truth = truths[key]
        if truth.measure.kind != "proportion" or not all(isinstance(one, int) for one in truth.denominators.values()):
            continue
        known = [(group, range_) for group, text in shown(truth, page) if (range_ := interval(text))]
        whole: dict[Cell, int] = truth.denominators  # type: ignore[assignment]
        for lead in (None, *sorted(truth.lead_of)):
            own = {cell: int(top) for cell, top in truth.numerators.items() if cell.team == lead}  # type: ignore[call-overload]
            tried += 1
            if worked_out := by_bounds(whole, known, own):
                found[key, lead] = worked_out
    assert tried > 1000
    assert found == {}


@pytest.mark.site
def test_the_same_attack_succeeds_where_nothing_is_held_back(truths: dict[Key, Truth]) -> None:
    """With all groups and exact shares the attacker finds people in many months: what stops her is what is hidden."""
    sums = bounds = 0
    for truth in list(truths.values())[::7]:
        everybody = truth.cells(everybody=True)
        teams = [truth.cells(team=team) for team in sorted(truth.lead_of)]
        lines = [truth.cells(line=line) for line in sorted({cell.line for cell in truth.denominators if cell.line})]
        sums += bool(by_sums([everybody, *teams, *lines], K))
        if truth.measure.kind == "proportion" and all(isinstance(one, int) for one in truth.denominators.values()):
            whole: dict[Cell, int] = truth.denominators  # type: ignore[assignment]
            exact = []
            for group in (everybody, *teams):
                total = Total()
                total.numerator = sum(truth.numerators[cell] for cell in group)  # type: ignore[arg-type,misc]
                share = Decimal(100 * int(total.numerator)) / sum(whole[cell] for cell in group)
                exact.append((group, (share, share)))
            bounds += bool(by_bounds(whole, exact, {}))
    assert sums > 5
    assert bounds > 5


# Other pages ----------------------------------------------------------------------------------------------------------


@pytest.mark.site
def test_other_pages_show_the_same_figures(demo_site: Path, published: dict[Key, Published]) -> None:
    """The page with business totals has the same roll-ups; a trend has those of the months it is about."""
    assert of_months(demo_site / "totals" / "de") == published
    months = {
        f"{name} {year}": f"{year}-{number:02d}" for year in (2025, 2026) for number, name in enumerate(MONTH_NAMES, 1)
    }
    trends = of_trends(demo_site / "months" / "de" / "standards")
    assert len(trends) > 400
    for (text, standard, title), trend in trends.items():
        page = published.get((months[text], standard, title))
        if page is None:
            assert trend.everybody == HIDDEN
            assert not trend.teams
            continue
        figures = page.teams | page.lines
        assert trend.everybody == page.everybody
        assert {name: figures.get(name) for name in trend.teams} == trend.teams


@pytest.mark.site
def test_english_pages_show_no_more(demo_site: Path, published: dict[Key, Published]) -> None:
    english = of_months(demo_site / "months" / "en")
    assert sum(page.everybody != HIDDEN for page in english.values()) == sum(
        page.everybody != HIDDEN for page in published.values()
    )
    for kind in ("teams", "lines"):
        hidden = [
            sorted(sum(text == HIDDEN for text in getattr(page, kind).values()) for page in pages.values())
            for pages in (english, published)
        ]
        assert hidden[0] == hidden[1]


@pytest.mark.site
def test_no_team_page_has_a_groups_figure(demo_site: Path) -> None:
    """A lead's page has statuses of her people, and no figure of the team or of all."""
    pages = list(demo_site.glob("teams/*/de/*/index.html"))
    assert len(pages) > 50
    for page in pages:
        content = html.document_fromstring(page.read_text("utf-8")).get_element_by_id("sw-content")
        assert not content.find_class("sw-rollup")
        for cell in content.xpath(".//td"):
            assert not any(letter.isdigit() for letter in text_of_cell(cell))


def text_of_cell(cell: html.HtmlElement) -> str:
    return str(cell.text_content())


@pytest.mark.site
def test_business_totals_lie_in_one_place(demo_site: Path) -> None:
    amount = "8.626.054"
    assert amount in (demo_site / "totals/de/2026-10/index.html").read_text("utf-8")
    others = [page for page in demo_site.rglob("*.html") if page.relative_to(demo_site).parts[0] != "totals"]
    assert not [page for page in others if amount in page.read_text("utf-8")]
