"""The demo's handbook: the source text is covered sentence by sentence, and the texts are whole."""

from __future__ import annotations

import hashlib
from collections import Counter

import yaml

from tests.content.texts import LANGUAGES, STANDARDS

#: The bullets of the text the standards go back to: the first 12 digits of each sentence's SHA-256, in its order.
#: (The text itself is another author's; each standard carries its sentence.)
BULLETS = (
    "fa1da03a7650",
    "6cfc49e08d1d",
    "b9fe14a05240",
    "b73227a1a90b",
    "a028f387150f",
    "60b194af6efc",
    "c8777d51a104",
    "5931e4d0cdaa",
    "7147c8575ddc",
    "7918c42f6006",
    "14bfe2e5a9aa",
    "6713bc798356",
    "56232fac77bc",
    "8d51f9c9e573",
    "517379adf871",
    "cb7c401a4bd1",
    "7df6b008e378",
)


def _standards() -> dict[str, dict]:
    return {
        file.parent.name: yaml.safe_load(file.read_text(encoding="utf-8"))
        for file in sorted(STANDARDS.glob("*/standard.yml"))
    }


def _digest(sentence: str) -> str:
    return hashlib.sha256(" ".join(sentence.split()).encode()).hexdigest()[:12]


def test_every_bullet_of_the_source_is_exactly_one_standard() -> None:
    carried = Counter(_digest(one["source"]) for one in _standards().values() if one.get("source"))
    assert carried == Counter(BULLETS)


def test_the_standards_keep_the_order_of_the_source() -> None:
    by_number = sorted(_standards().values(), key=lambda one: one["number"])
    assert tuple(_digest(one["source"]) for one in by_number if one.get("source")) == BULLETS


def test_good_behaviours_are_three_to_five() -> None:
    for file in STANDARDS.glob("*/20*.md"):
        if not (file.parent / "standard.yml").exists():
            continue
        text = file.read_text(encoding="utf-8")
        good = text.split("{#good}")[1].split("\n## ")[0]
        count = sum(line.startswith(("- ", "* ")) for line in good.splitlines())
        assert 3 <= count <= 5, file


def test_every_revision_says_why_and_has_steps() -> None:
    for file in STANDARDS.glob("*/20*.yml"):
        revision = yaml.safe_load(file.read_text(encoding="utf-8"))
        assert set(revision["reason"]) == set(LANGUAGES), file
        if (file.parent / "standard.yml").exists() and not revision.get("retired"):
            assert revision["onboarding"], file


def test_rated_standards_have_anchored_scales() -> None:
    rated = 0
    for file in STANDARDS.glob("*/20*.yml"):
        revision = yaml.safe_load(file.read_text(encoding="utf-8"))
        sources = {measure["source"] for measure in revision.get("measures", ()) if measure["role"] == "main"}
        if sources == {"ratings"}:
            rated += 1
            assert len(revision["anchors"]) >= 4, file
            for anchor in revision["anchors"]:
                assert {str(level) for level in anchor["levels"]} == {"1", "3", "5"}, (file, anchor["item"])
    assert rated >= 2
