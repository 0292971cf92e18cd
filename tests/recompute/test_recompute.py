"""Every figure and state of the demo, against the oracle."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.recompute import recompute, roster
from tests.recompute.compare import compare
from tests.recompute.oracle import Scorecard

SCORECARDS = Path(__file__).resolve().parents[2] / "scorecards"

MONTHS, LEAST_CARDS = 22, 400
LEAST_FIGURES = 150_000
"""Far less than 440 scorecards of 34 measures have, far more than an empty site."""

pytestmark = pytest.mark.site


Cards = dict[tuple[str, str], Scorecard]


@pytest.fixture(scope="module")
def cards() -> Cards:
    return recompute(SCORECARDS)


def test_the_oracle_covers_the_demo(cards: Cards) -> None:
    assert len({m for _, m in cards}) == MONTHS
    assert len(cards) > LEAST_CARDS


@pytest.mark.site
def test_every_figure_of_the_demo_is_recomputed(cards: Cards, demo_site: Path) -> None:
    comparison = compare(cards, demo_site, roster(SCORECARDS))
    assert comparison.compared > LEAST_FIGURES
    if comparison.differences:
        pytest.fail(comparison.table(), pytrace=False)


@pytest.mark.site
def test_a_wrong_figure_would_be_seen(cards: Cards, demo_site: Path) -> None:
    key, standard, measure = ("distelkamp-h", "2026-03"), "territory-quota", "attainment"
    card = cards[key]
    wrong = {**card[standard], measure: replace(card[standard][measure], value="1.0")}
    found = compare({**cards, key: {**card, standard: wrong}}, demo_site, roster(SCORECARDS)).differences
    assert ("1.0", f"{standard} {measure}", "value") in [(d.expected, d.place, d.field) for d in found]
