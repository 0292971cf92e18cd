"""Every figure and state of the demo, against the oracle."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.recompute import recompute
from tests.recompute.compare import compare

SCORECARDS = Path(__file__).resolve().parents[2] / "scorecards"

MONTHS, LEAST_CARDS = 22, 400
LEAST_FIGURES = 150_000
"""Far less than 440 scorecards of 34 measures have, far more than an empty site."""


@pytest.mark.site
def test_every_figure_of_the_demo_is_recomputed(demo_site: Path) -> None:
    cards = recompute(SCORECARDS)
    assert len({m for _, m in cards}) == MONTHS
    assert len(cards) > LEAST_CARDS
    comparison = compare(cards, demo_site)
    assert not comparison.differences, comparison.table()
    assert comparison.compared > LEAST_FIGURES
