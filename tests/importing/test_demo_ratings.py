"""The demo's ratings of a closed quarter by way of the leads' sheets: every published figure comes out the same."""

from __future__ import annotations

import csv
import io
import shutil
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from standardwerk import pipeline
from standardwerk.load.exports import GivenFile
from standardwerk.model.months import Month
from standardwerk.operations.importing import carry_out, plan_import
from standardwerk.operations.sheets import write_sheets
from standardwerk.render.theme import theme_dir
from tests.conftest import ROOT

pytestmark = pytest.mark.site

MONTH = Month.parse("2026-09")
FILE = f"{MONTH}/ratings.csv"
#: rep, standard, item, deal, rating, rater, evidence
Row = tuple[str, ...]


def rows_of(text: str) -> list[Row]:
    """The rows of a CSV by Python's own reader, without its header."""
    return [tuple(row) for row in csv.reader(io.StringIO(text), delimiter=";")][1:]


def fill(path: Path, ratings: list[Row]) -> bytes:
    """Enter ratings as a lead would: an observation for each opportunity, which is named once."""
    book = load_workbook(path)
    page = book.worksheets[0]
    at = {str(cell.value): cell.column for cell in page[4]}
    observations: dict[tuple[str, str], list[str]] = defaultdict(list)
    for rep, standard, _item, deal, *_ in ratings:
        if deal not in observations[rep, standard]:
            observations[rep, standard].append(deal)
    left = {
        (rep, standard, item, observations[rep, standard].index(deal) + 1): (deal, rating, evidence)
        for rep, standard, item, deal, rating, _rater, evidence in ratings
    }
    for line in range(5, page.max_row + 1):
        rep, standard, item, block = (
            page.cell(line, at[name]).value for name in ("rep", "standard", "item", "sheet.block")
        )
        found = left.pop((rep, standard, item, block), None)
        if found is not None:
            deal, rating, evidence = found
            page.cell(line, at["rating"]).value = int(rating)
            page.cell(line, at["evidence"]).value = evidence or None
            if deal and not page.cell(line, at["deal"]).protection.locked:
                page.cell(line, at["deal"]).value = deal
    assert left == {}
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_the_sheets_give_the_published_figures(tmp_path: Path) -> None:
    scorecards = tmp_path / "scorecards"
    shutil.copytree(ROOT / "scorecards", scorecards)
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    options = pipeline.Options(
        tmp_path / "mkdocs.yml", ROOT / "standards", scorecards, date(2026, 11, 10), 1, False, theme_dir()
    )
    exported = rows_of((scorecards / FILE).read_text("utf-8-sig"))
    own = [row for row in exported if row[0] == row[5]]
    by_lead = [row for row in exported if row[0] != row[5]]
    assert len(own) > 20
    assert len(by_lead) > 100
    # What people said of themselves is there already, as it was exported.
    header, *_ = csv.reader((scorecards / FILE).open(encoding="utf-8-sig", newline=""), delimiter=";")
    with (scorecards / FILE).open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out, delimiter=";").writerows([header, *own])

    written = write_sheets(options, "ratings", MONTH, "de", repeat=3)
    given = [
        GivenFile(path.name, fill(path, [row for row in by_lead if row[5] == sheet.lead.id]))
        for path, sheet in written.files
    ]
    plan = plan_import(options, given, [MONTH])
    assert [str(one) for file in plan.files for one in file.export.found] == []
    carry_out(options, plan, replace=True)

    result = rows_of((scorecards / FILE).read_text("utf-8-sig").partition("\n")[2])
    # The columns of the contract: its keys come first.
    assert sorted(
        (rep, standard, item, deal, rating, rater, evidence)
        for rep, standard, item, deal, rater, rating, evidence in result
    ) == sorted(exported)
    found = pipeline.load(options).diagnostics
    assert [str(one.place) for one in found.errors] == []
    # The month is closed: had one figure come out differently, that would have been an error.
    assert "SW615" in {one.code.code for one in found}
    (scorecards / FILE).write_text(
        (scorecards / FILE)
        .read_text("utf-8-sig")
        .replace(";integrity;;koenigsried-b;3;", ";integrity;;koenigsried-b;4;", 1),
        "utf-8-sig",
    )
    assert "SW612" in {one.code.code for one in pipeline.load(options).diagnostics.errors}
