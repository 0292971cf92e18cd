"""The demo shows every state, and its verdicts are a believable mix."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.site
STATES = {
    "held", "exempt", "not_applicable", "not_collected", "no_data", "not_due", "ramp", "too_few", "not_certain",
    "met", "near", "missed",
}  # fmt: skip
SCORED = ("met", "near", "missed", "not_certain")


def scorecards(site: Path) -> Iterator[dict]:
    for file in sorted(site.glob("scorecards/*/*.json")):
        yield json.loads(file.read_text(encoding="utf-8"))


def test_every_state_occurs(demo_site: Path) -> None:
    found = {
        measure["status"]
        for card in scorecards(demo_site)
        for standard in card["standards"]
        for measure in standard["measures"]
    }
    assert found - {None} == STATES


def test_each_standard_is_scored_and_its_verdicts_differ(demo_site: Path) -> None:
    statuses: dict[str, Counter[str]] = defaultdict(Counter)
    for card in scorecards(demo_site):
        for standard in card["standards"]:
            statuses[standard["id"]][standard["status"]] += 1
    assert len(statuses) == 17
    for identity, counts in statuses.items():
        scored = sum(counts[state] for state in SCORED)
        assert scored > 100, identity
        assert 0.35 <= counts["met"] / scored <= 0.85, (identity, counts)
        assert counts["near"] + counts["not_certain"] > 0, identity
        assert 0.03 <= counts["missed"] / scored <= 0.40, (identity, counts)


def test_a_person_s_months_hang_together(demo_site: Path) -> None:
    """A status is mostly that of the month before: figures of people, not of dice."""
    same = changed = 0
    for folder in sorted(demo_site.glob("scorecards/*")):
        before: dict[str, str] = {}
        for file in sorted(folder.glob("*.json")):
            card = json.loads(file.read_text(encoding="utf-8"))
            now = {one["id"]: one["status"] for one in card["standards"] if one["status"] in SCORED}
            for identity, status in now.items():
                if identity in before:
                    same += before[identity] == status
                    changed += before[identity] != status
            before = now
    assert same > 3 * changed
