"""Another trade: a service desk counts hours and tickets; less is better; no product lines; one language.

Nothing on its site may speak of what its handbook does not: the words of a trade come from data.
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from tests.sites.tiny import Built, build
from tests.sites.trades import SELLING

pytestmark = pytest.mark.site

PROJECT = Path(__file__).parent / "support"
#: By hand from the files: value, state, target of March.
MARCH = {
    "adler-n": {
        "waiting-time": ("3.2", "met"),  # (120.5 + 151 + 118.5) ÷ 120 = 3.25, half to even
        "backlog": ("2", "met"),
        "reopened": ("3.4", "met"),  # 4 ÷ 116
        "articles": ("3", "met"),
    },
    "bruns-o": {
        "waiting-time": ("6.9", "near"),  # 615.5 ÷ 89
        "backlog": ("5", "near"),
        "reopened": ("11.5", "not_certain"),  # 10 ÷ 87; the interval from 6.4 on reaches 10
        "articles": ("2", "near"),  # no row in January: no article, and the month counts
    },
    "dirks-s": {
        "waiting-time": ("9.5", "missed"),  # 482.5 ÷ 51
        "backlog": ("9", "missed"),
        "reopened": ("21.6", "missed"),  # 11 ÷ 51; the interval from 12.5 on
        "articles": ("1", "missed"),  # half of February: 3 × 2.5 ÷ 3 = 2.5, half to even 2; near 2 × 2.5 ÷ 3 = 2
    },
    "focken-u": {
        "waiting-time": ("4.6", "too_few"),  # February and March: 27.5 ÷ 6
        "backlog": ("1", "met"),
        "reopened": ("16.7", "too_few"),
        "articles": ("1", "near"),  # half a target in February: 3 × 1.5 ÷ 3 = 1.5, half to even 2; near 2 × 0.5 = 1
    },
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("support")
    project = Path(shutil.copytree(PROJECT, folder / "project"))
    done = build(project, folder / "site", "--strict")
    assert done.returncode == 0, done.output
    return done


@pytest.mark.parametrize("rep", MARCH)
def test_the_figures_are_those_computed_by_hand(built: Built, rep: str) -> None:
    card = json.loads(built.read(f"scorecards/{rep}/2026-03.json"))
    found = {}
    for standard in card["standards"]:
        main = next(measure for measure in standard["measures"] if measure["role"] == "main")
        found[standard["id"]] = (main["value"], standard["status"])
    assert found == MARCH[rep]


def test_hours_and_counts_are_shown_with_their_words(built: Built) -> None:
    page = built.read("scorecards/adler-n/de/2026-03/index.html")
    assert "3,2\N{NO-BREAK SPACE}h" in page
    assert "höchstens 4\N{NO-BREAK SPACE}h" in page
    assert "2\N{NO-BREAK SPACE}Tickets" in page
    assert "€" not in page


def test_no_word_of_another_trade(built: Built) -> None:
    found = {
        (path, match[0])
        for path, text in built.pages()
        for match in SELLING.finditer(re.sub(r"<(script|style)\b.*?</\1>", "", text, flags=re.S))
    }
    assert found == set()


def test_one_language_needs_no_choice(built: Built) -> None:
    for path, text in built.pages():
        assert '<html lang="de"' in text, path
        assert "sw-languages" not in text, path
