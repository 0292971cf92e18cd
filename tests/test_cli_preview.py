"""``standardwerk preview-targets`` on the demo: counted once more from the scorecards."""

from __future__ import annotations

import json
import re
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from standardwerk import pipeline
from standardwerk.cli import main
from standardwerk.cli_project import CommandProject
from standardwerk.evaluate.preview import Span
from standardwerk.model.months import Month
from standardwerk.model.scores import Scorecard, State
from standardwerk.operations import RefusedError
from standardwerk.operations.preview import preview_targets
from tests.conftest import ROOT

pytestmark = pytest.mark.site

CONFIG = ROOT / "mkdocs.yml"


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["preview-targets", "-f", str(CONFIG), *arguments])
    return done.exit_code, done.output


@pytest.fixture(scope="module")
def site() -> pipeline.LoadedSite:
    return CommandProject(CONFIG, None, "en").load()


@pytest.fixture(scope="module")
def cards(site: pipeline.LoadedSite) -> list[Scorecard]:
    roster = site.project.roster
    assert roster is not None
    return [card for person in roster.people.values() for card in pipeline.scorecards_of(site, person)]


def span(count: int, total: int) -> list[int]:
    """Spans of five, the last one longer."""
    last = max(least for least in range(0, total + 1, 5) if total - least >= 4 or least == 0)
    return [last, total] if count >= last else [count // 5 * 5, count // 5 * 5 + 4]


def test_counted_once_more_from_the_scorecards(cards: list[Scorecard]) -> None:
    code, output = run("crm-hygiene", "--target", "90", "--near", "80.5", "--format", "json")
    assert code == 0, output
    document: dict[str, Any] = json.loads(output)
    assert document["in_force"] == {"met": ["95", None], "near": ["85", None]}
    assert document["draft"] == {"met": ["90", None], "near": ["80.5", None]}
    assert [month["month"] for month in document["months"]] == sorted({str(card.month) for card in cards})
    told = 0
    for month in document["months"]:
        mains = [
            score.main.figure
            for card in cards
            if str(card.month) == month["month"]
            for score in card.standards
            if score.standard.id == "crm-hygiene"
        ]
        judged = [figure for figure in mains if figure.status in {State.MET, State.NEAR, State.MISSED, State.TOO_FEW}]
        values = [figure.value for figure in judged if figure.status is not State.TOO_FEW]
        assert month["people"] == len(judged)
        numbers = {
            ("in_force", "met"): sum(figure.status is State.MET for figure in judged),
            ("in_force", "missed"): sum(figure.status is State.MISSED for figure in judged),
            ("draft", "met"): sum(isinstance(value, Decimal) and value >= 90 for value in values),
            ("draft", "missed"): sum(isinstance(value, Decimal) and value < Decimal("80.5") for value in values),
        }
        for (side, verdict), count in numbers.items():
            shown = month[side][verdict]
            if shown is not None:
                assert shown == span(count, len(judged)), (month["month"], side, verdict)
                told += 1
    assert told > 60


@pytest.mark.parametrize(
    ("standard", "measure", "target"),
    [
        ("territory-quota", None, "100"),  # a ratio to a target that ramp-up and absence lower
        ("pipeline-coverage", None, "3"),  # the weakest line decides
        ("lead-conversion", None, "30"),  # statistical certainty
        ("monthly-forecast", "forecast-error", "50"),  # lower is better; a second measure
    ],
)
def test_the_limits_in_force_as_a_draft_change_nothing(
    site: pipeline.LoadedSite, standard: str, measure: str | None, target: str
) -> None:
    found = preview_targets(site, standard, measure, target, None)
    since = Month.of(found.revision.effective_from)  # before, other limits may have been in force
    shown = [month for month in found.months if month is not None and month.month >= since]
    assert len(shown) > 5
    assert [month for month in shown if month.now != month.draft] == []
    assert [month for month in shown if month.now.met is not None]
    harder = preview_targets(site, standard, measure, "0" if measure else "1000", "0" if measure else None)
    assert {month.draft.met for month in harder.months if month} <= {Span(0, 4), None}


def test_as_text_in_both_languages() -> None:
    code, german = run("pipeline-coverage", "--target", "3.5", "--lang", "de")
    assert code == 0
    lines = german.splitlines()
    assert lines[0] == "Pipeline-Deckung"
    assert lines[1] == "Zielwert: mindestens 3,5-fach (gültig: mindestens 3-fach)"
    assert lines[2] == "Knapp verfehlt: mindestens 2-fach (gültig: mindestens 2-fach)"
    # Counting began anew with the edition of 2026.
    assert lines[4] == "Monate, in denen wie heute gezählt wurde: Januar 2026 bis Oktober 2026"
    assert [line.split()[0] for line in lines[6:16:3]] == ["Jan", "Apr", "Jul", "Okt"]
    assert re.search(r"^  Jan.26 +17 +3,2-fach \(erfüllt → knapp verfehlt\) +5 bis 9 +5 bis 9", german, re.M)
    english = run("pipeline-coverage", "--target", "3.5", "--lang", "en")[1]
    assert "3.2× (met → near)" in english
    assert "Numbers of people are spans of at least 5" in english


def test_nothing_of_anybody() -> None:
    names = [row.split(";")[1] for row in (ROOT / "scorecards" / "reps.csv").read_text("utf-8").splitlines()[1:]]
    assert len(names) > 20
    for form in ("text", "json"):
        output = run("territory-quota", "--target", "110", "--format", form)[1]
        assert len(output) > 500
        assert [name for name in names if name in output] == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nothing", None, "3"), "There is no standard “{standard}” in force. Known: {known}."),
        (("pipeline-coverage", "x", "3"), "There is no such measure with a target. Known: {known}."),
        (("pipeline-coverage", None, "3,5"), "“{value}” is not a limit. Write a number like 3.2"),
        (("pipeline-coverage", None, "NaN"), "“{value}” is not a limit. Write a number like 3.2"),
        (("pipeline-coverage", None, "1.5"), "The limit of “near” has to be easier to reach than the target."),
        (("pipeline-coverage", None, "3..4"), "The limit of “near” has to be easier to reach than the target."),
        (("professional-conduct", None, "4"), "“{measure}” has no figure of several people"),
    ],
)
def test_refusals(site: pipeline.LoadedSite, arguments: tuple[str, str | None, str], said: str) -> None:
    with pytest.raises(RefusedError) as refused:
        preview_targets(site, *arguments, None)
    assert refused.value.message.startswith(said)


def test_a_refusal_ends_the_command() -> None:
    code, output = run("nothing", "--target", "3", "--lang", "en")
    assert code == 1
    assert output.startswith("There is no standard “nothing” in force. Known: customer-satisfaction, ")


def support(folder: Path, minimum_group: int) -> Path:
    """The service desk: six people, counts whose targets ramp-up and absence lower."""
    project = Path(shutil.copytree(ROOT / "tests" / "sites" / "support", folder / "project"))
    method = project / "standards" / "method" / "2026-01-01.yml"
    text = method.read_text("utf-8")
    assert "minimum_group: 5\n" in text
    method.write_text(text.replace("minimum_group: 5\n", f"minimum_group: {minimum_group}\n"), "utf-8")
    return project / "mkdocs.yml"


def test_fewer_people_than_a_group_needs_are_hidden(tmp_path: Path) -> None:
    config = support(tmp_path, 7)
    done = CliRunner().invoke(main, ["preview-targets", "-f", str(config), "articles", "--target", "2", "--lang", "de"])
    assert done.exit_code == 0, done.output
    assert re.search(r"^  Mär.26 +– +– +– +– +– +–$", done.output, re.M)


def test_limits_of_a_count_are_lowered_like_those_in_force(tmp_path: Path) -> None:
    """By hand from the articles of January to March."""
    site = CommandProject(support(tmp_path, 2), None, "en").load()
    march = preview_targets(site, "articles", None, "2", "1").months[-1]
    assert march is not None
    assert march.people == 6
    # In force 3 and 2: two have 3. One has 1; another 1, where 2.5 months of 3 make 2 of 2.
    assert (march.now.met, march.now.missed) == (Span(2, 3), Span(2, 3))
    # Draft 2 and 1: 3, 3, 2 meet it, and so does 1 where 1.5 months of 3 make 1 of 2. Nobody misses it: who did would
    # know from a span of 0 to 1 that no other does.
    assert (march.draft.met, march.draft.missed) == (Span(4, 6), None)
