"""The data-quality page of a month: shares, totals and changes, worked out by hand for a small project."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from standardwerk.model.addends import added_columns
from standardwerk.model.arrivals import Reading
from standardwerk.model.closing import Correction, Ledger
from standardwerk.site.data_quality import DataQualityContext, Intakes, MissingRows, PersonChange, data_quality_contexts
from tests.factory import handbook, measure, month, revision, standard
from tests.load.building import BASE, load, write

TODAY = date(2026, 3, 20)
SALES = "rep;done;due\n"
FEBRUARY = {"scorecards/2026-02/sales.csv": SALES + "ann;9;12,5\n"}
REPS = str(BASE["scorecards/reps.csv"])
CID = "cid;Cid C;cid.c;rep;t;2026-02-01;2026-02-01;\n"


def given(root: Path, files: Mapping[str, str | bytes | None], today: date = TODAY) -> Intakes:
    write(root, {**FEBRUARY, **files})
    project, diagnostics = load(root, today)
    assert project is not None
    scoring, roster = project.project.scoring, project.project.roster
    assert scoring is not None
    assert roster is not None
    found = tuple(diagnostics)
    return Intakes(project.project, scoring, roster, project.rows.arrivals, found, "scorecards", project.changed_inputs)


def pages(root: Path, files: Mapping[str, str | bytes | None], today: date = TODAY) -> list[DataQualityContext]:
    return list(data_quality_contexts(given(root, files, today), "de"))


def test_months_follow_each_other(tmp_path: Path) -> None:
    january, february = pages(tmp_path, {})
    assert (january.url, february.url) == ("data-quality/de/2026-01/", "data-quality/de/2026-02/")
    assert january.previous is None
    assert january.next is not None
    assert january.next.url == february.url
    assert february.previous is not None
    assert february.previous.url == january.url
    assert february.next is None


def test_rows_and_totals_against_the_month_before(tmp_path: Path) -> None:
    january, february = pages(tmp_path, {})
    (one,) = january.sources
    assert (one.before, one.rows_before) == (None, None)
    assert [(total.column, total.now, total.before) for total in one.totals] == [("done", 8, None), ("due", 10, None)]
    (one,) = february.sources
    assert (one.before, one.rows_before) == (month("2026-01"), 1)
    assert [(total.column, total.now, total.before) for total in one.totals] == [
        ("done", 9, 8),
        ("due", Decimal("12.5"), 10),
    ]


def test_how_a_file_was_read(tmp_path: Path) -> None:
    sources = "delimiter: auto\nencoding: auto\nlocale: auto\n" + str(BASE["scorecards/sources.yml"])
    sources = sources.replace("due: {type: number}", "due: {type: number, header: [Fällig]}")
    files = {"scorecards/sources.yml": sources}
    files["scorecards/2026-01/sales.csv"] = "rep\tdone\tFällig\nann\t8\t1.234,5\n".encode("cp1252")
    files["scorecards/2026-02/sales.csv"] = "# standardwerk 1\nrep;done;due\nann;9;12,5\n"
    found = given(tmp_path, files)
    january, february = (one.sources[0].intake.arrival for one in data_quality_contexts(found, "de"))
    assert january is not None
    assert january.reading == Reading(False, "cp1252", "tab", (("due", ","),))
    assert february is not None
    assert february.reading is not None
    assert (february.reading.imported, february.reading.encoding) == (True, "utf-8")


def test_an_empty_cell_adds_nothing(tmp_path: Path) -> None:
    sources = str(BASE["scorecards/sources.yml"]).replace("due: {type: number}", "due: {type: number, required: false}")
    reps = REPS + CID.replace("2026-02-01", "2025-01-01")
    files = {"scorecards/sources.yml": sources, "scorecards/reps.csv": reps}
    files["scorecards/2026-01/sales.csv"] = SALES + "ann;8;\ncid;1;2,5\n"
    january, _ = pages(tmp_path, files)
    assert [(total.column, total.now) for total in january.sources[0].totals] == [("done", 9), ("due", Decimal("2.5"))]


@pytest.mark.parametrize(
    ("expected", "there", "share"),
    # Of 3, 2 are 66.66… %: cut, not rounded. Of 2000, 1999 are 99.95 %: not 100.
    [(1, 1, "100.0"), (3, 2, "66.6"), (4, 0, "0.0"), (2000, 1999, "99.9")],
)
def test_the_share_is_cut(tmp_path: Path, expected: int, there: int, share: str) -> None:
    people = [f"p{index}" for index in range(expected)]
    lines = [f"{one};P {one};{one};rep;t;2025-01-01;2025-01-01;\n" for one in people]
    reps = REPS.splitlines(keepends=True)[0] + REPS.splitlines(keepends=True)[2] + "".join(lines)
    rows = SALES + "".join(f"{one};1;1\n" for one in people[:there])
    files = {"scorecards/reps.csv": reps, "scorecards/2026-01/sales.csv": rows, "scorecards/assignments.csv": None}
    files |= {"scorecards/2026-02/sales.csv": None}
    january = pages(tmp_path, files, date(2026, 1, 31))[0]
    assert january.sources[0].complete_percent == Decimal(share)
    assert january.complete_percent == Decimal(share)
    assert (january.expected_rows, january.missing_rows) == (expected, expected - there)


def test_missing_rows_by_last_name_with_their_lines(tmp_path: Path) -> None:
    reps = REPS + "zoe;Zoe Ärm;zoe.a;rep;t;2025-01-01;2025-01-01;\n"
    lines = str(BASE["scorecards/assignments.csv"])
    lines += "ann;n;two;1;2025-01-01;;\nzoe;n;one;1;2025-01-01;;\nzoe;n;two;1;2025-01-01;;\n"
    files = {
        "scorecards/reps.csv": reps.replace("Ann A", "Ann Zett"),
        "scorecards/assignments.csv": lines,
        "scorecards/sources.yml": str(BASE["scorecards/sources.yml"]).replace(
            "  sales:\n", "  sales:\n    key: [rep, product_line]\n"
        ),
        "scorecards/2026-01/sales.csv": "rep;product_line;done;due\nann;one;8;10\n",
        "scorecards/2026-02/sales.csv": None,
    }
    january = pages(tmp_path, files, date(2026, 1, 31))[0]
    assert january.sources[0].missing == (MissingRows("Zoe Ärm", ("one", "two")), MissingRows("Ann Zett", ("two",)))
    assert january.missing_rows == 3


def test_a_file_that_did_not_come(tmp_path: Path) -> None:
    january, february = pages(tmp_path, {"scorecards/2026-02/sales.csv": None})
    assert (january.came, january.due) == (1, 1)
    assert (february.came, february.due) == (0, 1)
    (one,) = february.sources
    assert (one.intake.state, one.complete_percent, one.totals) == ("missing", None, ())
    assert february.complete_percent is None
    # A month without any file says nothing about who is gone.
    assert (february.appeared, february.disappeared) == ((), ())
    # That it is missing is told by the table; it is no further remark.
    assert february.found == ()


def test_who_came_and_who_went(tmp_path: Path) -> None:
    reps = REPS.replace(
        "ann;Ann A;ann.a;rep;t;2025-01-01;2025-01-01;", "ann;Ann A;ann.a;rep;t;2025-01-01;2025-01-01;2026-01-31"
    )
    reps += CID
    files = {"scorecards/reps.csv": reps, "scorecards/2026-02/sales.csv": SALES + "cid;1;1\n"}
    files["scorecards/assignments.csv"] = str(BASE["scorecards/assignments.csv"]).replace(
        "2025-01-01;;", "2025-01-01;2026-01-31;"
    )
    january, february = pages(tmp_path, files)
    assert (january.before, january.appeared, january.disappeared) == (None, (), ())
    assert february.appeared == (PersonChange("Cid C", "joined", date(2026, 2, 1)),)
    assert february.disappeared == (PersonChange("Ann A", "left", date(2026, 1, 31)),)


def test_who_is_there_and_has_no_row(tmp_path: Path) -> None:
    reps = REPS + CID.replace("2026-02-01", "2025-01-01")
    files = {"scorecards/reps.csv": reps, "scorecards/2026-02/sales.csv": SALES + "cid;1;1\n"}
    _, february = pages(tmp_path, files)
    assert february.appeared == (PersonChange("Cid C", "here"),)
    assert february.disappeared == (PersonChange("Ann A", "gone"),)


def test_a_month_held_back_shows_its_faults_and_no_totals(tmp_path: Path) -> None:
    files = {
        "scorecards/calendar.yml": "country: DE\nregion: NW\non_bad_month: hold\n",
        "scorecards/2026-01/sales.csv": SALES + "ann;8;10\nzoe;1;1\nann;x;1\n",
    }
    january, february = pages(tmp_path, files)
    assert january.standing.kind == "held"
    assert [(one.code.code, one.place.line) for one in january.found] == [("SW312", 3), ("SW306", 4)]
    assert (january.rejected, january.sources[0].totals) == (2, ())
    # What came of a faulty file is not the whole: nothing is compared with it.
    assert (february.sources[0].before, february.sources[0].rows_before) == (None, None)
    assert [total.before for total in february.sources[0].totals] == [None, None]
    assert february.rejected == 0


def test_a_source_held_back(tmp_path: Path) -> None:
    calendar = "country: DE\nregion: NW\nheld: [{month: 2026-01, source: sales}, 2026-02]\n"
    january, february = pages(tmp_path, {"scorecards/calendar.yml": calendar})
    assert [one.name for one in january.held_sources] == ["sales"]
    # With the whole month held back there is no more to say of its sources.
    assert february.held_sources == ()
    assert (january.standing.kind, february.standing.kind) == ("closable", "held")


def test_corrections_of_the_month_and_those_that_reach_it(tmp_path: Path) -> None:
    def change(of: str) -> dict[str, str]:
        return {"month": of, "rep": "ann", "standard": "alpha", "measure": "m"}

    correction = Correction.model_validate(
        {
            "month": "2026-01",
            "date": "2026-03-10",
            "reason": "late-data",
            "note": "N",
            "inputs": {"2026-01": {"2026-01/sales.csv": "abc"}},
            "changes": (change("2026-01"), change("2026-02"), change("2026-02")),
        }
    )
    later = correction.model_copy(update={"date": date(2026, 3, 21)})
    found = given(tmp_path, {})
    ledger = Ledger({}, (correction, later))
    found = replace(found, project=replace(found.project, ledger=ledger))
    january, february = data_quality_contexts(found, "de")
    assert [(one.files, one.figures) for one in january.corrections] == [(("2026-01/sales.csv",), 1)]
    assert [(one.files, one.figures) for one in february.corrections] == [((), 2)]


def test_files_changed_since_closing(tmp_path: Path) -> None:
    found = replace(given(tmp_path, {}), changed={month("2026-01"): {"2026-01/sales.csv": "abc", "reps.csv": ""}})
    january, february = data_quality_contexts(found, "de")
    assert january.changed_files == (("2026-01/sales.csv", True), ("reps.csv", False))
    assert february.changed_files == ()


def test_a_round_is_compared_with_the_round_before(tmp_path: Path) -> None:
    sources = str(BASE["scorecards/sources.yml"]).replace("  sales:\n", "  sales:\n    cadence: quarterly\n")
    files: dict[str, str | bytes | None] = {"scorecards/sources.yml": sources, "scorecards/2026-02/sales.csv": None}
    files |= {"scorecards/2026-03/sales.csv": SALES + "ann;1;1\n", "scorecards/2026-06/sales.csv": SALES + "ann;2;1\n"}
    by_month = {str(one.month): one for one in pages(tmp_path, files, date(2026, 7, 1))}
    (one,) = by_month["2026-06"].sources
    assert one.before == month("2026-03")
    assert [total.before for total in one.totals] == [1, 1]
    assert by_month["2026-05"].sources == ()
    assert [each.state for each in by_month["2026-05"].others] == ["not_due"]


def test_which_columns_add_up() -> None:
    book = handbook(
        [
            standard(
                [
                    revision(
                        [
                            measure(numerator="a + if(flag > 2, b, c * d)", denominator="e - other.f", where="g == 1"),
                            measure(id="s", role="info", kind="sum", value="greatest(h, 0)", minimum_n=None),
                            measure(id="r", role="info", kind="mean", value="rating"),
                            measure(id="c", role="info", kind="check", condition="has(i) and j > k"),
                        ]
                    )
                ]
            )
        ]
    )
    assert added_columns(book, month("2026-01")) == {"s": {"a", "b", "c", "d", "e", "h"}, "other": {"f"}}
