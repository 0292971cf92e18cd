"""The demo: each month is judged by the edition in force on its first day, and leads to its text."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import html

pytestmark = pytest.mark.site

FIRST_MONTHS = {"2025-01": "2025.1", "2025-07": "2025.2", "2026-01": "2026.1"}
#: By standard, measure and month: the target that applied, on both sides of a change.
TARGETS = {
    ("meetings-events", "attendance"): {"2025-06": "85", "2025-07": "90"},
    ("territory-quota", "attainment"): {"2025-12": "95", "2026-01": "100"},
}


def edition_of(month: str) -> str:
    return FIRST_MONTHS[max(first for first in FIRST_MONTHS if first <= month)]


def test_edition_and_revisions(demo_site: Path) -> None:
    seen: dict[str, int] = {}
    for file in (demo_site / "scorecards").glob("*/*.json"):
        card = json.loads(file.read_text("utf-8"))
        month = card["month"]
        seen[month] = seen.get(month, 0) + 1
        assert card["edition"] == edition_of(month)
        for standard in card["standards"]:
            assert standard["revision"] <= f"{month}-01"
            for measure in standard["measures"]:
                target = TARGETS.get((standard["id"], measure["id"]), {}).get(month)
                if target is not None and measure["target"] is not None:
                    assert Decimal(measure["target"]) == Decimal(target), file
    assert set(seen) >= {"2025-06", "2025-07", "2025-12", "2026-01", "2026-10"}
    assert min(seen.values()) > 5


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("month", ["2025-06", "2025-07"])
def test_a_scorecard_leads_to_the_text_of_its_month(demo_site: Path, month: str, language: str) -> None:
    pages = list((demo_site / "scorecards").glob(f"*/{language}/{month}/index.html"))
    assert len(pages) > 5
    label = edition_of(month)
    for page in pages:
        (main,) = html.document_fromstring(page.read_bytes()).xpath("//main")
        links = {found[1] for one in main.xpath(".//a/@href") if (found := re.search(r"/editions/([^/]+)/", str(one)))}
        assert links == {label}
        # Every standard on it is one link, and the way to improve is part of that text.
        rows = main.xpath(".//details[contains(@class, 'sw-row')]/@id")
        hrefs = {str(one) for one in main.xpath(".//a/@href")}
        for row in rows:
            assert f"../../../../{language}/editions/{label}/standards/{row}/" in hrefs
            assert f"../../../../{language}/editions/{label}/standards/{row}/#improve" in hrefs
