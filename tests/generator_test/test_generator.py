"""The generator: same seed, same bytes; figures that can be; every case of the demo; the committed demo is its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tests.generator.__main__ import main
from tests.generator.building import build
from tests.generator.contract import SOURCES
from tests.generator.demo import demo
from tests.generator.dice import Dice
from tests.generator.months import Month, forecast_deadline, span
from tests.generator.naming import login, rep_id
from tests.generator.organisation import LEAD, REP, Organisation, Person
from tests.generator.ratings import ITEMS
from tests.generator.synthetic import synthetic
from tests.generator.writing import amount, share

from .invariants import problems
from .reading import Figures, Record, table
from .verdicts import MAINS, Judge, rating_status

ROOT = Path(__file__).parents[2]
COMMITTED = ROOT / "scorecards"


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def reps(organisation: Organisation) -> list[Person]:
    return [person for person in organisation.people if any(stint.role == REP for stint in person.stints)]


@pytest.fixture(scope="module")
def organisation() -> Organisation:
    return demo()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    main(["--demo", str(folder)])
    return folder


@pytest.fixture(scope="module")
def figures(folder: Path) -> Figures:
    return Figures(folder)


@pytest.fixture(scope="module")
def person(organisation: Organisation) -> dict[str, Person]:
    return {person.rep: person for person in organisation.people}


# The same seed, the same bytes.


def test_the_committed_demo_is_what_the_generator_writes(folder: Path) -> None:
    written = files(folder)
    committed = files(COMMITTED)
    months = {name for name in committed if name[:2] == "20"}
    assert months == {name for name in written if name[:2] == "20"}
    assert [name for name in written if committed.get(name) != written[name]] == []


def test_other_hash_seeds_and_time_zones_write_the_same(tmp_path: Path) -> None:
    found = []
    for hash_seed, zone in (("0", "UTC"), ("4711", "Pacific/Auckland")):
        target = tmp_path / hash_seed
        command = [sys.executable, "-m", "tests.generator", str(target), "--reps", "20", "--months", "5"]
        environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "TZ": zone, "LC_ALL": "C"}
        subprocess.run(command, check=True, cwd=ROOT, env=environment)
        found.append(files(target))
    assert found[0] == found[1]


def test_another_seed_writes_other_figures(tmp_path: Path) -> None:
    for seed in ("1", "2"):
        main([str(tmp_path / seed), "--reps", "5", "--months", "2", "--seed", seed])
    assert files(tmp_path / "1") != files(tmp_path / "2")


def test_the_stream_of_chance_never_changes() -> None:
    dice = Dice("seed", "rep", Month(2026, 3))
    assert [dice.below(1000) for _ in range(5)] == [793, 759, 108, 466, 738]


@given(st.text(max_size=5), st.integers(0, 400), st.integers(0, 1000))
def test_successes_lie_within_their_trials(key: str, trials: int, permille: int) -> None:
    found = Dice(key).successes(trials, permille)
    assert 0 <= found <= trials
    assert found == trials or permille < 1000
    assert found == 0 or permille > 0


# Text.


@pytest.mark.parametrize(
    ("cents", "text"), [(0, "0,00"), (5, "0,05"), (123456, "1.234,56"), (1234567800, "12.345.678,00")]
)
def test_amounts_are_german(cents: int, text: str) -> None:
    assert amount(cents) == text


@pytest.mark.parametrize(("permille", "text"), [(0, "0"), (500, "0,5"), (1000, "1"), (25, "0,025")])
def test_shares_are_german(permille: int, text: str) -> None:
    assert share(permille) == text


def test_ids_and_logins_are_plain() -> None:
    assert (rep_id("Ömer", "Weißbach"), login("Jördis", "Kranichfeld")) == ("weissbach-o", "j.kranichfeld")


def test_roster_files_are_read_back_whole(folder: Path, organisation: Organisation) -> None:
    expected = {"reps": 26, "teams": 3, "availability": 5, "exemptions": 2}
    assert {name: len(table(folder / f"{name}.csv")) - 1 for name in expected} == expected
    assignments = sum(len(person.assignments) for person in organisation.people)
    assert len(table(folder / "assignments.csv")) - 1 == assignments


def test_the_contract_names_every_column(folder: Path) -> None:
    contract = yaml.safe_load((folder / "sources.yml").read_text(encoding="utf-8"))
    assert list(contract["sources"]) == [source.name for source in SOURCES]
    for source in SOURCES:
        columns = contract["sources"][source.name]["columns"]
        assert list(columns) == [column.name for column in source.columns]
        for column in source.columns:
            assert columns[column.name]["header"][0] == column.de
            title = column.title or (column.de, column.en)
            assert columns[column.name]["title"] == dict(zip(("de", "en"), title, strict=True))
    calendar = yaml.safe_load((folder / "calendar.yml").read_text(encoding="utf-8"))
    assert calendar["region"] == "NW"
    access = yaml.safe_load((folder / "access.yml").read_text(encoding="utf-8"))
    assert access["default"] == "own-and-lead"


# Figures that can be.


def test_every_row_of_the_demo_can_be(organisation: Organisation, figures: Figures) -> None:
    assert list(problems(organisation, figures)) == []


@pytest.mark.parametrize("seed", ["1", "2", "3"])
def test_every_row_of_an_invented_organisation_can_be(seed: str, tmp_path: Path) -> None:
    organisation = synthetic(seed, 40, span(Month(2026, 10), 14))
    build(organisation, tmp_path)
    assert len(reps(organisation)) == 40
    assert len({person.login for person in organisation.people}) == len(organisation.people)
    assert list(problems(organisation, Figures(tmp_path))) == []


def test_statuses_are_a_believable_mix(organisation: Organisation, figures: Figures) -> None:
    judge = Judge(organisation, figures)
    everything: Counter[str] = Counter()
    for measure in MAINS:
        found = Counter(
            judge.status(measure, one, month)
            for one in reps(organisation)
            for month in organisation.months
            if one.stint(month)
        )
        verdicts = sum(found[status] for status in ("met", "near", "missed", "not_certain"))
        assert 0.4 < found["met"] / verdicts < 0.85, (measure.number, found)
        assert found["near"] and found["missed"], (measure.number, found)
        assert bool(found["not_certain"]) == measure.confident, (measure.number, found)
        everything += found
    verdicts = sum(everything[status] for status in ("met", "near", "missed", "not_certain"))
    assert 0.5 < everything["met"] / verdicts < 0.65
    assert 0.2 < (everything["near"] + everything["not_certain"]) / verdicts < 0.3
    assert 0.1 < everything["missed"] / verdicts < 0.25


def test_seasons_show(figures: Figures) -> None:
    total: Counter[Month] = Counter()
    for month, row in figures.each("sales"):
        total[month] += int(row["bookings"])  # type: ignore[arg-type]
    first = [total[Month(2025, month)] for month in range(1, 13)]
    assert first[7] == min(first)
    assert sum(first[9:]) == max(sum(first[start : start + 3]) for start in (0, 3, 6, 9))
    big = [row for _, row in figures.each("sales") if row["bookings"] > 4 * (row["quota"] or Decimal("1e9"))]  # type: ignore[operator]
    assert big


# The cases of the demo.


def test_the_size_of_the_demo(organisation: Organisation) -> None:
    teams = Counter(one.stints[-1].team for one in reps(organisation))
    assert teams == {"nord": 9, "sued": 7, "west": 6}
    assert sum(stint.role == LEAD for one in organisation.people for stint in one.stints) == 3
    assert (str(organisation.months[0]), str(organisation.months[-1])) == ("2025-01", "2026-10")


def test_hires_leavers_and_a_team_change(person: dict[str, Person]) -> None:
    assert person["eisvogel-d"].started_on == date(2025, 9, 15)
    assert person["silberdorn-l"].started_on == date(2026, 8, 1)
    assert person["haselhoff-b"].stints[-1].valid_to == date(2026, 3, 13)
    assert person["wolkenstrauss-e"].stints[-1].valid_to == date(2025, 12, 31)
    assert [stint.team for stint in person["quittenbaum-m"].stints] == ["sued", "nord"]
    assert person["quittenbaum-m"].stints[1].valid_from == date(2026, 4, 1)


def test_a_leaver_has_rows_in_the_month_she_left(figures: Figures) -> None:
    assert len(figures.of("sales", Month(2026, 3), "haselhoff-b")) == 3
    assert not figures.of("crm", Month(2026, 4), "haselhoff-b")


def test_swapped_territories_and_a_further_line(person: dict[str, Person]) -> None:
    for rep in ("tannhoefer-u", "lerchenmueller-x"):
        now = person[rep].assigned(Month(2026, 7))
        assert len(now) == 4 and {assignment.ramp_from for assignment in now} == {date(2026, 7, 1)}
    swapped = [
        {a.territory for a in person[rep].assigned(month)}
        for rep, month in (("tannhoefer-u", Month(2026, 7)), ("lerchenmueller-x", Month(2026, 6)))
    ]
    assert swapped[0] == swapped[1]
    ramps = {a.line: a.ramp_from for a in person["strohbeck-r"].assigned(Month(2026, 10))}
    assert {line for line, ramp in ramps.items() if ramp} == {"automation"} and len(ramps) == 4


def test_part_time_absence_and_exemptions(organisation: Organisation, person: dict[str, Person]) -> None:
    assert person["faehrmann-s"].size == 600 and not person["faehrmann-s"].availability
    assert list(person["morgenroether-a"].availability.values()) == [400, 0, 0, 0, 400]
    assert len(organisation.exemptions) == 2


def test_nothing_is_sold_or_forecast_while_absent(figures: Figures) -> None:
    for month in (Month(2026, 3), Month(2026, 4), Month(2026, 5)):
        assert {row["orders"] for row in figures.of("sales", month, "morgenroether-a")} == {0}
        assert not figures.of("forecast", month, "morgenroether-a")


def test_no_line_no_quota_and_a_late_quota(figures: Figures, person: dict[str, Person]) -> None:
    assert not person["ziegelhueter-p"].assignments
    assert not any(row["rep"] == "ziegelhueter-p" for _, row in figures.each("sales"))
    assert figures.of("crm", Month(2026, 10), "ziegelhueter-p")
    quotas = {
        rep: {month: row["quota"] is not None for month, row in figures.each("sales") if row["rep"] == rep}
        for rep in ("gruenewitz-c", "regenbrecht-f")
    }
    assert all(agreed == (month.year == 2025) for month, agreed in quotas["gruenewitz-c"].items())
    late = (Month(2026, 1), Month(2026, 2))
    assert all(agreed == (month not in late) for month, agreed in quotas["regenbrecht-f"].items())
    assert figures.of("sales", Month(2026, 3), "regenbrecht-f")[0]["quota_agreed_on"] == date(2026, 3, 18)


def test_a_shared_territory_sells_the_same_for_both(figures: Figures, person: dict[str, Person]) -> None:
    def sold(rep: str, month: Month) -> list[Record]:
        shared = {a.line for a in person[rep].assigned(month) if a.share == 500}
        assert shared == {"automation"}
        return [
            {key: row[key] for key in ("bookings", "orders", "list_value")}
            for row in figures.of("sales", month, rep)
            if row["product_line"] in shared
        ]

    for month in figures.rows["sales"]:
        assert sold("weissbach-o", month) == sold("distelkamp-h", month) != []


def test_what_is_missing(folder: Path, figures: Figures) -> None:
    assert not (folder / "2025-08/events.csv").exists()
    assert not figures.of("crm", Month(2026, 5), "brueckenau-n")
    assert figures.of("leads", Month(2026, 5), "brueckenau-n")
    assert sorted({path.parent.name[5:] for path in folder.glob("*/ratings.csv")}) == ["03", "06", "09", "12"]
    assert not list(folder.glob("*/retention.csv"))


def test_forecasts_are_missing_late_and_undated(figures: Figures, organisation: Organisation) -> None:
    rows = figures.each("forecast")
    late = [row for month, row in rows if row["submitted_on"] and row["submitted_on"] > forecast_deadline(month)]  # type: ignore[operator]
    due = sum(
        len({a.line for a in one.assigned(month)})
        for one in reps(organisation)
        for month in organisation.months
        if one.stint(month)
    )
    assert late and len(rows) < due - len(late) // 4
    assert sum(row["submitted_on"] is None for _, row in rows) == 2
    assert len(late) < len(rows) // 10


def test_sandbagged_and_hopeful_forecasts(figures: Figures) -> None:
    def bias(rep: str) -> Decimal:
        booked = Decimal(sum(int(str(row["bookings"])[:-3]) for _, row in figures.each("sales") if row["rep"] == rep))
        hoped = sum(int(str(row["forecast"])[:-3]) for _, row in figures.each("forecast") if row["rep"] == rep)
        return (hoped - booked) / hoped

    assert bias("distelkamp-h") < Decimal("-0.4")
    assert bias("nebelthau-k") > Decimal("0.3")


def test_the_rules_of_2026_are_in_the_export(figures: Figures) -> None:
    assert {(month.year, row["stale_days"]) for month, row in figures.each("pipeline")} == {(2025, 0), (2026, 30)}
    assert {(month.year, row["sla_hours"]) for month, row in figures.each("leads")} == {(2025, 48), (2026, 24)}
    for month, row in figures.each("pipeline"):
        if month.year == 2026:
            assert row["pipeline_next"] + row["pipeline_stale"] <= row["pipeline_open"]  # type: ignore[operator]


def test_few_survey_answers_and_uncertain_proportions(
    organisation: Organisation, figures: Figures, person: dict[str, Person]
) -> None:
    judge, last = Judge(organisation, figures), organisation.months[-1]
    satisfaction, conversion = (next(main for main in MAINS if main.number == number) for number in (1, 9))
    assert judge.status(satisfaction, person["moosbruck-v"], last) == "too_few"
    assert judge.status(satisfaction, person["brueckenau-n"], last) == "not_certain"
    assert judge.status(conversion, person["brueckenau-n"], last) == "not_certain"


def test_ratings_have_evidence_where_it_is_needed(figures: Figures, organisation: Organisation) -> None:
    rows = figures.each("ratings")
    assert {row["rating"] for _, row in rows} == {1, 2, 3, 4, 5}
    assert all(row["evidence"] for _, row in rows if row["rating"] in {1, 2, 5})
    assert {row["standard"]: None for _, row in rows}.keys() == ITEMS.keys()
    assert all(row["item"] in ITEMS[str(row["standard"])] for _, row in rows)
    assert all((row["deal"] is None) == (row["standard"] == "professional-conduct") for _, row in rows)
    leads = {one.rep for one in organisation.people if one.stints[0].role == LEAD}
    assert all(row["rater"] in leads or row["rater"] == row["rep"] for _, row in rows)
    assert any(row["rater"] == row["rep"] for _, row in rows)
    for standard in ITEMS:
        found = {
            rating_status(organisation, figures, standard, one, month)
            for one in reps(organisation)
            for month in organisation.months
            if month.month % 3 == 0 and one.stint(month)
        }
        assert found >= {"met", "near", "missed"}


def test_team_west_ignores_the_crm(organisation: Organisation, figures: Figures) -> None:
    def tidy(team: str) -> Decimal:
        rows = [
            row
            for month, row in figures.each("crm")
            for one in organisation.people
            if one.rep == row["rep"] and (stint := one.stint(month)) is not None and stint.team == team
        ]
        violating = sum(int(str(row["records_violating"])) for row in rows)
        return 1 - Decimal(violating) / sum(int(str(row["open_records"])) for row in rows)

    assert tidy("west") < Decimal("0.88") < Decimal("0.92") < min(tidy("nord"), tidy("sued"))
