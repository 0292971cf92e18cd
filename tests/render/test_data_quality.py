"""The data-quality page as it is read: for whom it is built, its words and its figures."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from standardwerk import pipeline
from standardwerk.pipeline.data_quality import data_quality_pages
from tests.closing.helpers import AFTER_JANUARY, FEBRUARY, JANUARY, SALES, Project
from tests.sites.tiny import Tiny

LATER = f"scorecards/{FEBRUARY}/sales.csv"
ALLOWED = [{"id": "ops", "name": {"de": "O", "en": "O"}, "logins": ["o"], "may": ["data-quality"]}]


def project(folder: Path, **files: Any) -> Project:
    tiny = Tiny()
    tiny.files["scorecards/access.yml"] = {"default": "own-and-lead", "groups": ALLOWED}
    return Project(folder, replace(tiny, files=tiny.files | files))


def pages(of: Project, on: str = "2026-03-20") -> dict[tuple[str, str], str]:
    """By language and month: the page's content."""
    loaded = pipeline.load(of.options(on)).project
    assert loaded is not None
    return {(view.language, str(month)): html for view, month, _, html in data_quality_pages(loaded)}


def text(html: str) -> str:
    """What is read of a page, in one line."""
    return re.sub(r"[ \n]+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


def row(html: str, title: str) -> list[str]:
    """The cells of the table's row of a title."""
    found = re.search(rf'<tr><th scope="row">{re.escape(title)}.*?</tr>', html, re.S)
    assert found is not None, title
    return [text(cell).strip() for cell in re.findall(r"<td[^>]*>(.*?)</td>", found[0], re.S)]


@pytest.mark.parametrize("groups", [[], [{**ALLOWED[0], "may": ["organisation", "teams"]}]])
def test_nobody_may_read_it_so_it_is_not_built(tmp_path: Path, groups: list[Any]) -> None:
    of = project(tmp_path, **{"scorecards/access.yml": {"default": "own", "groups": groups}})
    assert pages(of) == {}


def test_everyone_may_read_it(tmp_path: Path) -> None:
    access = {"default": "own", "everyone": ["data-quality"]}
    assert len(pages(project(tmp_path, **{"scorecards/access.yml": access}))) == 4


def test_a_month_in_which_all_is_well(tmp_path: Path) -> None:
    found = pages(project(tmp_path))
    assert set(found) == {(language, month) for language in ("de", "en") for month in (JANUARY, FEBRUARY)}
    german = found["de", FEBRUARY]
    assert "Es fehlt nichts, und es gibt nichts zu beanstanden." in german
    share, form = "100,0\N{NO-BREAK SPACE}%", "UTF-8, getrennt durch „,“, 1,234.56"
    assert row(german, "sales") == ["eingegangen", "4", "±0", "0", share, "0", "–", form]
    # 1000 + 1010 + 1020 + 1030 against 900 + 910 + 920 + 930: 400 more than 3,660, which is 10.92… %.
    assert row(german, "bookings") == [
        "4.060\N{NO-BREAK SPACE}€",
        "3.660\N{NO-BREAK SPACE}€",
        "+10,9\N{NO-BREAK SPACE}%",
    ]
    assert row(german, "quota") == ["4.000\N{NO-BREAK SPACE}€", "4.000\N{NO-BREAK SPACE}€", "±0"]
    assert row(found["en", JANUARY], "bookings") == ["€3,660", "–", "–"]
    assert "This is the first month" in found["en", JANUARY]


def test_amounts_with_and_without_cents_are_written_alike(tmp_path: Path) -> None:
    of = project(tmp_path)
    of.change(SALES, "ann,presses,900,", "ann,presses,900.25,")
    assert row(pages(of)["en", FEBRUARY], "bookings") == ["€4,060.00", "€3,660.25", "+10.9%"]


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    of = project(tmp_path)
    of.change(LATER, "bob,service,1030,1000\n", "")
    html = pages(of)["en", FEBRUARY]
    assert row(html, "sales")[:5] == ["incomplete", "3", "\N{MINUS SIGN}1", "1", "75.0%"]
    assert "1 row missing" in text(html)
    assert "Missing rows sales Bob Baker : Service (en)" in text(html)


def test_a_file_that_is_missing(tmp_path: Path) -> None:
    of = project(tmp_path)
    of.path(LATER).unlink()
    html = pages(of)["en", FEBRUARY]
    assert row(html, "sales") == ["missing", *["–"] * 7]
    assert "0\u00a0of\u00a01" in text(html)
    assert "sales: missing" in text(html)


def test_a_month_held_back_for_its_faults(tmp_path: Path) -> None:
    of = project(tmp_path, **{"scorecards/calendar.yml": {"country": "DE", "region": "NW", "on_bad_month": "hold"}})
    of.change(LATER, "ann,presses,1000,", "ann,presses,<b>10</b>,")
    found = pages(of)
    html = found["en", FEBRUARY]
    assert "<b>" not in html
    assert "The month is held back: its files have errors." in text(html)
    line = of.line_of(LATER, "<b>")
    place = f"sales.csv, line {line}, column 3".replace(" ", "\N{NO-BREAK SPACE}")
    assert f"{place} · error SW306 bookings: “<b>10</b>” is not" in text(html)
    assert row(html, "sales")[5] == "1"
    assert "Der Monat ist zurückgehalten" in found["de", FEBRUARY]
    assert "held back" not in text(found["en", JANUARY])


def test_an_imported_file_says_when_it_came_and_from_what(tmp_path: Path) -> None:
    of = project(tmp_path)
    export = tmp_path / "crm <b>.csv"
    export.write_bytes(of.path(LATER).read_bytes())
    of.done("import", str(export), "--month", FEBRUARY, "--source", "sales", "--replace", on="2026-03-04")
    html = pages(of)["en", FEBRUARY]
    assert row(html, "sales")[6:] == ["March 4, 2026", "imported: crm <b>.csv"]
    assert "<b>" not in html
    # Someone edited the file by hand: it is no longer what was imported.
    of.change(LATER, "ann;presses;1000;", "ann;presses;1001;")
    assert "note SW350" in text(pages(of)["en", FEBRUARY])


def test_files_changed_since_closing_and_corrections(tmp_path: Path) -> None:
    of = project(tmp_path)
    of.done("close", JANUARY, on=AFTER_JANUARY)
    of.path(SALES).write_bytes(of.path(SALES).read_bytes() + b"\n")
    html = pages(of)["en", JANUARY]
    assert "1 file has changed since the month was closed." in text(html)
    assert f"<code>{JANUARY}/sales.csv</code>" in html
    of.change(SALES, "ann,presses,900,", "ann,presses,1100,")
    of.done("correct", JANUARY, "--reason", "late-data", "--note", "Came <i>late</i>", on="2026-03-10")
    html = pages(of)["en", JANUARY]
    assert "has changed since" not in text(html)
    assert "Correction of March 10, 2026 (late data) Came <i>late</i> 2 figures of this month changed" in text(html)
    # Before the correction was made nobody knew of it.
    assert "Correction" not in pages(of, on="2026-03-09")["en", JANUARY]


def test_months_lead_to_each_other(tmp_path: Path) -> None:
    html = pages(project(tmp_path))["de", JANUARY]
    assert f'<a rel="next" href="../{FEBRUARY}/">' in html
    assert 'rel="prev"' not in html
