"""Closed months: what they seal, what breaks them, how they are corrected, and what a reader sees."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from standardwerk import pipeline
from standardwerk.evaluate import figures
from standardwerk.model.closing import REASONS
from standardwerk.model.scores import State
from standardwerk.render.texts import Texts
from standardwerk.render.theme import theme_dir
from standardwerk.render.words import correction_words
from tests.closing.helpers import AFTER_FEBRUARY, AFTER_JANUARY, FEBRUARY, JANUARY, LATER, RULES, SALES, Project
from tests.sites.tiny import STANDARD, Built, Tiny, build

CLOSED = f"scorecards/closed/{JANUARY}.json"
CORRECTIONS = "scorecards/corrections.yml"


@pytest.fixture
def closed(tmp_path: Path) -> Project:
    project = Project(tmp_path)
    project.close_both()
    return project


def late(project: Project) -> None:
    """An order of January that came late: Ann's presses."""
    project.change(SALES, "ann,presses,900,", "ann,presses,1100,")


# Closing.


def test_a_closed_month_holds_every_published_figure(closed: Project) -> None:
    data: dict[str, Any] = json.loads(closed.text(CLOSED))
    assert (data["month"], data["closed_on"], data["edition"]) == (JANUARY, AFTER_JANUARY, "2026.1")
    assert data["revisions"] == {"bookings": "2026-01-01"}
    assert set(data["inputs"]) == {f"{JANUARY}/sales.csv", "reps.csv", "assignments.csv"}
    assert set(data["people"]) == {"ann", "bob"}
    assert data["figures"]["ann"]["bookings"] == {
        "attainment": ["near", "90.5", "1810", "2000", "2000", "100"],
        "attainment/presses": ["near", "90.0", "900", "1000", "1000", "100"],
        "attainment/service": ["near", "91.0", "910", "1000", "1000", "100"],
    }
    assert closed.codes() == set()


def test_closing_twice_from_the_same_state_gives_the_same_bytes(tmp_path: Path) -> None:
    texts = []
    for name in ("a", "b"):
        project = Project(tmp_path / name)
        project.close_both()
        texts.append(project.text(CLOSED))
    assert texts[0] == texts[1]


@pytest.mark.parametrize(
    ("month", "on", "words"),
    [
        (JANUARY, "2026-02-10", "open for objections until"),
        (FEBRUARY, AFTER_FEBRUARY, f"{JANUARY} is not closed yet"),
        ("2026-03", "2026-03-23", "has not ended"),
        ("2025-12", LATER, "has no edition"),
    ],
)
def test_close_refuses(tmp_path: Path, month: str, on: str, words: str) -> None:
    project = Project(tmp_path)
    result = project.run("close", month, on=on)
    assert result.exit_code == 1
    assert words in result.output
    assert not project.path("scorecards/closed").exists()


def test_close_refuses_twice(closed: Project) -> None:
    assert "closed already" in closed.run("close", JANUARY).output


def test_close_refuses_while_check_has_errors(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.change(SALES, "ann,presses,900,", "ann,presses,many,")
    assert "SW306" in project.run("close", JANUARY).output
    assert not project.path("scorecards/closed").exists()


@pytest.mark.parametrize("held", [JANUARY, {"month": JANUARY, "source": "sales"}])
def test_close_refuses_what_is_held_back(tmp_path: Path, held: object) -> None:
    tiny = Tiny()
    tiny.files["scorecards/calendar.yml"]["held"] = [held]
    project = Project(tmp_path, tiny)
    assert "held back" in project.run("close", JANUARY).output
    result = project.run("close", JANUARY, "--with-held")
    assert result.exit_code == (1 if held == JANUARY else 0)


# What changes a closed month.


def _differences(project: Project) -> list[str]:
    return [one["what"] for one in project.found() if one["code"] == "SW612"]


def test_a_changed_input_is_a_table_of_figures(closed: Project) -> None:
    late(closed)
    assert len(_differences(closed)) == 4  # the measure and its line, in January and in the window of February
    result = closed.run("check")
    assert result.exit_code == 1
    table = [line for line in result.output.splitlines() if re.match(r"  \d+ ", line)]
    assert len(table) == 4
    assert re.search(r"ann +bookings +attainment +90\.5 = 1810 ÷ 2000 \(near\) +100\.5 = 2010 ÷ 2000 \(met\)", table[0])
    one = next(one for one in closed.found() if one["code"] == "SW612")
    assert (one["file"], one["line"]) == (CLOSED, closed.line_of(CLOSED, '"ann":{"bookings"'))


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (SALES, "ann,presses,900,1000\n", ""),
        ("scorecards/assignments.csv", "ann,T1,presses,1,2026-01-01", "ann,T1,presses,1,2026-02-01"),
        ("scorecards/reps.csv", "bob,Bob Baker,bob,rep,north,2020-01-01", "bob,Bob Baker,bob,rep,north,2026-01-05"),
    ],
)
def test_whatever_changes_a_figure_is_seen(closed: Project, file: str, old: str, new: str) -> None:
    closed.change(file, old, new)
    if file.endswith("assignments.csv"):
        closed.change(SALES, "ann,presses,900,1000\n", "")
    assert _differences(closed)


QUOTAS = "scorecards/quotas.csv"


def _with_quotas_of_the_year(tmp_path: Path) -> Project:
    """The quotas stand in one file with a column per month, beside the month folders."""
    tiny = Tiny()
    tiny.files["scorecards/sources.yml"]["sources"]["quotas"] = {
        "file": "quotas.csv",
        "key": ["rep", "product_line"],
        "wide": {"key": "month", "value": "quota", "columns": {"January": JANUARY, "February": FEBRUARY}},
        "columns": {"quota": {"type": "number", "unit": "currency"}},
    }
    tiny.measure["denominator"] = "quotas.quota"
    lines = [(rep, line) for rep in ("ann", "bob") for line in tiny.lines]
    tiny.files[QUOTAS] = [["rep", "product_line", "January", "February"], *([*one, "1000", "1000"] for one in lines)]
    project = Project(tmp_path, tiny)
    project.close_both()
    return project


def test_a_file_of_several_months_is_sealed_month_by_month(tmp_path: Path) -> None:
    project = _with_quotas_of_the_year(tmp_path)
    assert project.codes() == set()
    for month in (JANUARY, FEBRUARY):
        inputs = json.loads(project.text(f"scorecards/closed/{month}.json"))["inputs"]
        assert set(inputs) == {f"{month}/sales.csv", "quotas.csv", "reps.csv", "assignments.csv"}
    # A figure of February alone: January's hash stays, and the correction names February only.
    project.change(QUOTAS, "ann,presses,1000,1000", "ann,presses,1000,1100")
    assert {re.search(r"2026-\d\d", one["file"])[0] for one in project.found() if one["code"] == "SW612"} == {FEBRUARY}
    assert "begins in 2026-02" in project.run("correct", JANUARY, "--reason", "agreement", "--note", "x").output
    project.done("correct", FEBRUARY, "--reason", "agreement", "--note", "Agreed anew.")
    (entry,) = yaml.safe_load(project.text(CORRECTIONS))["corrections"]
    assert {str(month): list(files) for month, files in entry["inputs"].items()} == {FEBRUARY: ["quotas.csv"]}
    assert project.codes() == set()
    # Written in another way it is the same figure, and not even a note.
    project.change(QUOTAS, "ann,presses,1000,1100", "ann,presses,1000.00,1100")
    assert project.codes() == set()


def test_a_change_of_code_is_seen(closed: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figures, "verdict", lambda *_args, **_more: State.MISSED)
    assert _differences(closed)


def test_another_writing_of_an_input_is_only_a_note(closed: Project) -> None:
    closed.change(SALES, "ann,presses,900,", "ann,presses,900.00,")
    assert closed.codes() == {"SW615"}
    assert closed.only("SW615")["severity"] == "note"


def test_a_closed_file_is_not_edited(closed: Project) -> None:
    closed.change(CLOSED, '"near","90.5"', '"met","100.5"')
    one = closed.only("SW611")
    assert (one["file"], one["line"]) == (CLOSED, closed.line_of(CLOSED, '"ann":{"bookings"'))


@pytest.mark.site
def test_the_build_fails_before_anything_is_written(closed: Project) -> None:
    site = closed.folder.parent / "site"
    closed.change("mkdocs.yml", "2026-03-20", LATER)
    assert build(closed.folder, site).returncode == 0
    before = Built(site, 0, "").files()
    late(closed)
    failed = build(closed.folder, site)
    assert failed.returncode != 0
    assert "SW612" in failed.output
    assert re.search(r"ann +bookings +attainment +90\.5", failed.output)
    assert Built(site, 0, "").files() == before


@pytest.mark.parametrize(
    ("options", "environment", "tells"),
    [
        ({}, {}, True),
        ({}, {"CI": "true"}, False),
        ({"private_log": True}, {}, False),
        ({"private_log": False}, {"CI": "true"}, True),
    ],
)
@pytest.mark.site
def test_a_log_that_others_read_tells_the_place_alone(
    tmp_path: Path, options: dict[str, bool], environment: dict[str, str], tells: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    tiny = Tiny()
    tiny.options |= {"as_of": LATER, **options}
    project = Project(tmp_path, tiny)
    project.close_both()
    late(project)
    project.change(f"scorecards/{FEBRUARY}/sales.csv", "bob,presses,1020,", "Bob Baker,presses,1020,")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    outputs = [project.run("check", *form).output for form in ((), ("--format", "json"), ("--format", "github"))]
    outputs.append(build(project.folder, tmp_path / "site").output)
    for output in outputs:
        # Faults of the files come first; then there is nothing to compare.
        assert "SW312" in output
        assert ("Bob Baker" in output) is tells
    project.change(f"scorecards/{FEBRUARY}/sales.csv", "Bob Baker,presses,1020,", "bob,presses,1020,")
    line = project.line_of(CLOSED, '"ann":{"bookings"')
    for output in (project.run("check").output, build(project.folder, tmp_path / "site").output):
        assert re.search(rf"{line} +(ann|…) +bookings +attainment ", output)
        assert [word in output for word in ("ann ", "90.5", "near", "1810", "2010")] == [tells] * 5


# Corrections.


def test_a_correction_records_what_follows_from_it(closed: Project) -> None:
    late(closed)
    output = closed.done("correct", JANUARY, "--reason", "late-data", "--note", "An order came late.")
    assert "4 figures corrected, in 2026-01, 2026-02" in output
    (entry,) = yaml.safe_load(closed.text(CORRECTIONS))["corrections"]
    assert (str(entry["month"]), entry["reason"], entry["note"]) == (JANUARY, "late-data", "An order came late.")
    assert [str(change["month"]) for change in entry["changes"]] == [JANUARY, JANUARY, FEBRUARY, FEBRUARY]
    assert entry["changes"][0]["was"]["status"] == "near"
    assert entry["changes"][0]["is"]["status"] == "met"
    assert closed.codes() == set()
    assert '"near","90.5"' in closed.text(CLOSED), "what was published stays"


@pytest.mark.parametrize("reason", REASONS)
def test_each_reason_is_recorded_and_told(closed: Project, reason: str) -> None:
    late(closed)
    closed.done("correct", JANUARY, "--reason", reason, "--note", "x")
    (entry,) = yaml.safe_load(closed.text(CORRECTIONS))["corrections"]
    assert entry["reason"] == reason
    assert closed.codes() == set()
    told = {
        language: correction_words(Texts.load(language, [theme_dir() / "locales"]), reason) for language in ("de", "en")
    }
    assert reason.partition("-")[0] in told["en"]
    assert told["de"] not in {"", told["en"]}


def test_a_change_of_method_is_no_reason(closed: Project) -> None:
    late(closed)
    assert closed.run("correct", JANUARY, "--reason", "method", "--note", "x").exit_code == 2
    assert not closed.path(CORRECTIONS).exists()


def test_a_second_correction_goes_on_from_the_first(closed: Project) -> None:
    late(closed)
    closed.done("correct", JANUARY, "--reason", "late-data", "--note", "One.")
    closed.change(SALES, "ann,presses,1100,", "ann,presses,1200,")
    assert "SW612" in closed.codes()
    closed.done("correct", JANUARY, "--reason", "objection", "--note", "Two: “ä”, #, 'x'.", on="2026-05-01")
    entries = yaml.safe_load(closed.text(CORRECTIONS))["corrections"]
    assert entries[1]["changes"][0]["was"] == entries[0]["changes"][0]["is"]
    assert entries[1]["note"] == "Two: “ä”, #, 'x'."
    assert closed.codes("2026-05-01") == set()


def test_correct_refuses(closed: Project) -> None:
    def refused(month: str, *more: str) -> str:
        result = closed.run("correct", month, "--reason", "entry-error", "--note", "x", *more)
        assert result.exit_code == 1
        return result.output

    assert "nothing to correct" in refused(JANUARY)
    assert "is not closed" in refused("2026-03")
    late(closed)
    assert "begins in 2026-01" in refused(FEBRUARY)
    closed.change(f"scorecards/{FEBRUARY}/sales.csv", "bob,presses,1020,", "bob,presses,1120,")
    assert f"Files of {FEBRUARY} have changed as well" in refused(JANUARY)
    assert not closed.path(CORRECTIONS).exists()
    closed.done("correct", JANUARY, "--reason", "entry-error", "--note", "Both.", "--also", FEBRUARY)
    assert closed.codes() == set()


def test_a_later_closing_seals_the_corrected_figures(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.done("close", JANUARY, on=AFTER_JANUARY)
    late(project)
    project.done("correct", JANUARY, "--reason", "late-data", "--note", "x", on="2026-03-01")
    project.done("close", FEBRUARY, on=AFTER_FEBRUARY)
    assert project.codes() == set()
    changes = yaml.safe_load(project.text(CORRECTIONS))["corrections"][0]["changes"]
    assert {str(change["month"]) for change in changes} == {JANUARY}


# What a reader sees.


def _build(project: Project, on: str) -> Built:
    config = project.text("mkdocs.yml")
    project.path("mkdocs.yml").write_text(re.sub(r"as_of: '?[\d-]+'?", f"as_of: '{on}'", config), "utf-8")
    built = build(project.folder, project.folder.parent / f"site-{on}")
    assert built.returncode == 0, built.output
    return built


def _card(built: Built, month: str, rep: str = "ann") -> dict[str, Any]:
    data: dict[str, Any] = json.loads(built.read(f"scorecards/{rep}/{month}.json"))
    return data


def _value(card: dict[str, Any]) -> str:
    return str(card["standards"][0]["measures"][0]["value"])


@pytest.mark.site
def test_a_correction_is_shown_wherever_it_matters(closed: Project) -> None:
    late(closed)
    closed.done("correct", JANUARY, "--reason", "late-data", "--note", "An order came <late>.")
    built = _build(closed, LATER)
    for month, was, now in ((JANUARY, "90.5", "100.5"), (FEBRUARY, "95.5", "100.5")):
        card = _card(built, month)
        assert (card["closed"], card["data_as_of"]) == (True, LATER)
        (correction,) = card["corrections"]
        assert (correction["month"], correction["reason"]) == (JANUARY, "late-data")
        assert (correction["changes"][0]["was"]["value"], correction["changes"][0]["is"]["value"]) == (was, now)
        page = built.read(f"scorecards/ann/en/{month}/index.html")
        for word in ("late data", "An order came &lt;late&gt;.", f"{was}%", f"{now}%", "corrected on"):
            assert word in page.replace("\u00a0", " ").replace(" %", "%"), (month, word)
        assert ("in consequence of a correction" in page) is (month == FEBRUARY)
    assert "Korrekturen" in built.read(f"scorecards/ann/de/{JANUARY}/index.html")
    assert "korrigiert" in built.read("scorecards/ann/de/index.html")
    bob = _card(built, JANUARY, "bob")
    assert (bob["closed"], bob["corrections"], bob["data_as_of"]) == (True, [], AFTER_JANUARY)


@pytest.mark.site
def test_an_earlier_day_sees_the_figures_of_then(closed: Project) -> None:
    before = _build(closed, "2026-04-01")
    late(closed)
    closed.done("correct", JANUARY, "--reason", "late-data", "--note", "x")
    then = _build(closed, "2026-04-01")
    for month in (JANUARY, FEBRUARY):
        old, new = _card(before, month), _card(then, month)
        assert (new["closed"], new["corrections"], new["data_as_of"]) == (True, [], old["data_as_of"])
        for measure, other in zip(new["standards"][0]["measures"], old["standards"][0]["measures"], strict=True):
            for figure, was in ((measure, other), *zip(measure["lines"], other["lines"], strict=True)):
                keys = ("status", "value", "numerator", "denominator", "n", "target", "display")
                assert [figure[key] for key in keys] == [was[key] for key in keys]
        assert new["summary"] == old["summary"]
    assert _value(_card(_build(closed, LATER), JANUARY)) == "100.5"
    open_month = _card(_build(closed, "2026-02-10"), JANUARY)
    assert (open_month["closed"], open_month["data_as_of"]) == (False, "2026-01-31")
    assert _value(open_month) == "90.5"


# A change of method.


def _add_edition(project: Project, day: str, published: str) -> None:
    path = project.path("standards/editions.yml")
    data = yaml.safe_load(path.read_text("utf-8"))
    note = {"de": "Zweite", "en": "Second"}
    data["editions"].append({"label": day, "effective_from": day, "published_on": published, "note": note})
    path.write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")


def _revise(project: Project, day: str, **changes: Any) -> None:
    rules = yaml.safe_load(project.text(RULES))
    rules["measures"][0] |= changes
    if day < LATER:
        rules["retroactive"] = {"reason": {"de": "x", "en": "x"}, "agreement_ref": "GBV 1"}
    project.path(f"{STANDARD}{day}.yml").write_text(yaml.safe_dump(rules, allow_unicode=True), "utf-8")
    for language in ("de", "en"):
        text = project.text(f"{STANDARD}2026-01-01.{language}.md")
        project.path(f"{STANDARD}{day}.{language}.md").write_text(text, "utf-8")


@pytest.mark.parametrize("published", ["2026-01-15", "2026-04-05"])
@pytest.mark.parametrize(
    "changes",
    [
        {"bands": {"met": 60, "near": 50}},
        {"window": "month"},
        {"numerator": "bookings + bookings"},
        {"decimals": 3},
        {"minimum_n": 100_000},
    ],
)
def test_a_change_of_method_moves_no_closed_figure(closed: Project, published: str, changes: dict[str, Any]) -> None:
    _add_edition(closed, "2026-02-01", published)
    _revise(closed, "2026-02-01", **changes)
    assert closed.codes() == set()


def test_a_new_method_moves_no_closed_figure(closed: Project) -> None:
    _add_edition(closed, "2026-02-01", "2026-04-05")
    method = yaml.safe_load(closed.text("standards/method/2026-01-01.yml"))
    method["ramp"] = [{"from_month": 1, "scored": False}]
    method["retroactive"] = {"reason": {"de": "x", "en": "x"}, "agreement_ref": "GBV 1"}
    closed.path("standards/method/2026-02-01.yml").write_text(yaml.safe_dump(method, allow_unicode=True), "utf-8")
    for language in ("de", "en"):
        text = closed.text(f"standards/method/2026-01-01.{language}.md")
        closed.path(f"standards/method/2026-02-01.{language}.md").write_text(text, "utf-8")
    assert closed.codes() == set()


def test_what_judged_a_closed_month_may_not_go(closed: Project) -> None:
    _add_edition(closed, "2026-02-01", "2026-01-15")
    for file in ("2026-01-01.yml", "2026-01-01.de.md", "2026-01-01.en.md"):
        path = closed.path(f"{STANDARD}{file}")
        path.rename(path.with_name(path.name.replace("2026-01-01", "2026-02-01")))
    assert "SW614" in closed.codes()


def test_an_edition_published_later_is_not_there_yet(tmp_path: Path) -> None:
    project = Project(tmp_path)
    _add_edition(project, "2026-02-01", "2026-04-05")
    _revise(project, "2026-02-01", bands={"met": 60, "near": 50})
    for on, count in (("2026-04-04", 1), ("2026-04-05", 2)):
        loaded = pipeline.load(project.options(on))
        assert loaded.project is not None
        assert len(loaded.project.handbook.editions) == count
        assert len(loaded.project.handbook.standards[0].revisions) == count
