"""The sample scorecard: judged by the edition in force, whatever the day, from figures that never grow old."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from standardwerk.model.months import Month
from standardwerk.model.sample import read_cell
from standardwerk.model.scores import Scorecard, State
from standardwerk.site.sample import EvaluatedSample, evaluate_sample, sample_data
from tests.load.building import BASE, load, write

SAMPLE = """\
name: Kim Muster
role: rep
team: Team Muster
lead: Toni Beispiel
tenure_months: 20
product_lines: [one]
rows:
  sales:
    - {done: [7, 8, 9], due: 0.1}
notes:
  note: {de: Notiz, en: Note}
  agreed: [{text: {de: Tun, en: Do}, owner: rep, status: done}]
  actions: [{text: {de: Lassen, en: Leave}, owner: lead}]
"""
NEXT = BASE["standards/alpha/2026-01-01.yml"].replace("met: 80", "met: 95")
FILES = {
    "standards/sample.yml": SAMPLE,
    "standards/alpha/2026-02-01.yml": NEXT,
    "standards/alpha/2026-02-01.de.md": BASE["standards/alpha/2026-01-01.de.md"],
    "standards/alpha/2026-02-01.en.md": BASE["standards/alpha/2026-01-01.en.md"],
    # Held back, and without any file: that is so for real people only.
    "scorecards/calendar.yml": "country: DE\nregion: NW\nheld: [2026-01]\n",
    "scorecards/2026-01/sales.csv": None,
}


def evaluated(folder: Path, day: date, sample: str = SAMPLE) -> EvaluatedSample | None:
    write(folder, FILES | {"standards/sample.yml": sample})
    loaded, diagnostics = load(folder, day)
    assert [str(one.place) for one in diagnostics.errors] == []
    assert loaded is not None
    assert loaded.project.scoring is not None
    return evaluate_sample(loaded.project.scoring, day)


def told(card: Scorecard) -> tuple[str, str, State, object, list[Month]]:
    score = card.standards[0]
    return str(card.month), card.edition, score.status, score.main.figure.value, list(score.main.figure.sources)


def test_the_last_months_belong_to_the_sample(tmp_path: Path) -> None:
    found = evaluated(tmp_path, date(2026, 4, 10))
    assert found is not None
    assert [told(card) for card in found.cards] == [
        ("2026-01", "2026.1", State.NEAR, Decimal(70), []),
        ("2026-02", "2026.2", State.NEAR, Decimal(80), []),
        ("2026-03", "2026.2", State.NEAR, Decimal(90), []),
    ]


def test_an_edition_that_has_just_begun_judges_its_first_month(tmp_path: Path) -> None:
    """No month of it has ended yet; the sample shows its limits all the same. The year before had no edition."""
    found = evaluated(tmp_path, date(2026, 2, 3))
    assert found is not None
    assert [told(card)[:4] for card in found.cards] == [
        ("2026-01", "2026.1", State.MET, Decimal(80)),
        ("2026-02", "2026.2", State.NEAR, Decimal(90)),
    ]


def test_months_that_a_list_does_not_reach_have_no_data(tmp_path: Path) -> None:
    found = evaluated(tmp_path, date(2026, 6, 3))
    assert found is not None
    assert [told(card)[2] for card in found.cards] == [State.NO_DATA, State.NO_DATA, *[State.NEAR] * 3]


def test_what_is_shown_leads_nowhere_that_is_not_there(tmp_path: Path) -> None:
    found = evaluated(tmp_path, date(2026, 4, 10))
    assert found is not None
    context = found.context(date(2026, 4, 10), "en")
    assert (context.card.name, context.team_name, context.lead_name) == ("Kim Muster", "Team Muster", "Toni Beispiel")
    assert context.url == "en/sample-scorecard/"
    assert not any((context.previous, context.next, context.overview_url, context.json_url, context.csv_url))
    assert [card.month for card in context.history] == [card.month for card in found.cards]
    assert context.notes.note == "Note"
    assert [one.action.text for one in context.agreed] == ["Do"]
    assert [one.text for one in context.notes.actions] == ["Leave"]


def test_what_begins_later_is_not_among_what_the_sample_is_made_from(tmp_path: Path) -> None:
    day, later = date(2026, 1, 20), "standards/alpha/2026-03-01"
    edition = "  - {label: 2026.3, effective_from: 2026-03-01, published_on: 2026-01-15, note: {de: N, en: N}}\n"
    files = FILES | {
        "standards/editions.yml": BASE["standards/editions.yml"] + edition,
        f"{later}.yml": NEXT,
        f"{later}.de.md": BASE["standards/alpha/2026-01-01.de.md"],
        f"{later}.en.md": BASE["standards/alpha/2026-01-01.en.md"],
    }
    made = []
    for number, changed in enumerate(
        (
            {},
            {f"{later}.yml": NEXT.replace("met: 95", "met: 90")},
            {f"{later}.de.md": files[f"{later}.de.md"] + "\nMehr.\n"},
            {"standards/alpha/2026-01-01.de.md": BASE["standards/alpha/2026-01-01.de.md"] + "\nMehr.\n"},
            # What is retired on the next day is told on the last scorecard.
            {"standards/alpha/2026-02-01.yml": "retired: true\nreason: {de: X, en: X}\n"},
        )
    ):
        write(tmp_path / str(number), files | changed)
        loaded, _ = load(tmp_path / str(number), day)
        assert loaded is not None
        assert loaded.project.scoring is not None
        made.append(sample_data(loaded.project.scoring, day))
    assert made[0] == made[1] == made[2]
    assert made[0] not in made[3:]
    assert made[4] is not None
    assert [one.rules.retired for one in made[4].scoring.handbook.standards[0].revisions] == [False, True]


def test_there_is_none_without_the_file_or_an_edition(tmp_path: Path) -> None:
    write(tmp_path, {})
    loaded, _ = load(tmp_path)
    assert loaded is not None
    assert loaded.project.scoring is not None
    assert evaluate_sample(loaded.project.scoring, date(2026, 1, 31)) is None
    assert evaluated(tmp_path, date(2025, 12, 20)) is None


def test_days_are_those_of_the_rows_month() -> None:
    month = Month.parse("2026-01")
    assert read_cell("date", "day 3", month) == date(2026, 1, 3)
    assert read_cell("date", "day 28 before", month) == date(2025, 12, 28)
    assert read_cell("integer", " ", month) is None
