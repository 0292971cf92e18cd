"""A person's workbook: the figures of her page as numbers, texts that stay texts, the same bytes each time."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime
from decimal import Decimal
from html import unescape
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from standardwerk import pipeline
from standardwerk.pipeline.exports import Choice, Export
from standardwerk.render.formats import Formats
from standardwerk.render.number_formats import NumberFormats
from standardwerk.render.texts import Texts
from standardwerk.render.theme import theme_dir
from tests.closing.helpers import JANUARY, SALES, Project
from tests.conftest import ROOT
from tests.factory import measure, month
from tests.render.test_group_pages import project
from tests.sites.tiny import MONTHS, Tiny

FEBRUARY = MONTHS[1]
FORMULA = ('=HYPERLINK("https://evil.example","x")', "+1+1", "-1", "@SUM(1)", "\t=1", "1.5")


def export(tiny: Tiny, folder: Path, **choice: object) -> Export:
    root = tiny.write(folder / "project")
    folders = (root / "mkdocs.yml", root / "standards", root / "scorecards")
    loaded = pipeline.load(pipeline.Options(*folders, date(2026, 3, 12), 1, False, theme_dir()))
    assert loaded.project is not None, list(loaded.diagnostics)
    return Export(loaded.project, Choice(**choice))  # type: ignore[arg-type]


def sheets(content: bytes) -> dict[str, Worksheet]:
    return {sheet.title: sheet for sheet in load_workbook(io.BytesIO(content))}


def rows(sheet: Worksheet) -> list[dict[str, object]]:
    heads, *rest = sheet.iter_rows(values_only=True)
    return [
        {head: cell.date() if isinstance(cell, datetime) else cell for head, cell in zip(heads, row, strict=True)}
        for row in rest
    ]


@pytest.fixture(scope="module")
def german(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Worksheet]:
    (book,) = export(project(), tmp_path_factory.mktemp("book"), rep="s1").workbooks(["de"])
    assert book.name == "s1.de.xlsx"
    return sheets(book.make())


def test_a_sheet_per_part(german: dict[str, Worksheet]) -> None:
    assert list(german) == ["Scorecard", "Standards", "Produktlinien", "Monate"]
    for sheet in german.values():
        assert sheet.freeze_panes in {"B2", "E2"}
        assert sheet.auto_filter.ref == sheet.dimensions
        assert all(8 <= sheet.column_dimensions[cell.column_letter].width < 46 for cell in sheet[1])


def test_figures_are_numbers_with_formats(german: dict[str, Worksheet]) -> None:
    sheet = german["Standards"]
    (cells,) = [
        row for row in sheet.iter_rows(min_row=2) if row[0].value.month == 2 and row[4].value == "Visits in time (de)"
    ]
    by_head = {head.value: cell for head, cell in zip(sheet[1], cells, strict=True)}
    value = by_head["Wert"]
    assert (value.value, value.number_format, value.data_type) == (0.8, '#,##0.0"\u00a0"%', "n")
    assert (by_head["Zähler"].value, by_head["Nenner"].value) == (8, 10)
    assert by_head["Zielwert ab"].value == 0.8
    assert by_head["Wert wie angezeigt"].value == "80,0\u00a0%"
    assert by_head["Monat"].value.date() == date(2026, 2, 1)
    assert by_head["Monat"].number_format == "[$-de]mmmm\\ yyyy"


def test_lines_and_months(german: dict[str, Worksheet]) -> None:
    lines = [row for row in rows(german["Produktlinien"]) if row["Monat"] == date(2026, 2, 1)]
    # Both months of s1's two lines: 900 and 1000, each and 10 more per place (14 and 15).
    assert [(row["Produktlinie"], row["Zähler"], row["Wert"]) for row in lines] == [
        ("Presses (de)", 2180, 1.09),
        ("Service (de)", 2200, 1.1),
    ]
    parts = [
        row
        for row in rows(german["Monate"])
        if row["Messgröße"] == "Attainment (de)" and row["Monat"] == date(2026, 2, 1)
    ]
    assert [(row["Monat des Zeitraums"], row["Zählt mit"], row["Zähler"]) for row in parts] == [
        (date(2026, 1, 1), "ja", 2090),
        (date(2026, 2, 1), "ja", 2290),
    ]


def test_corrections(tmp_path: Path) -> None:
    """Of a closed month: the row is marked, and a sheet has the figures before and after, in all months."""
    made = Project(tmp_path)
    made.close_both()
    made.change(SALES, "ann,presses,900,", "ann,presses,1100,")
    made.done("correct", JANUARY, "--reason", "late-data", "--note", "=1+1", on="2026-04-02")
    site = pipeline.load(made.options()).project
    assert site is not None
    (book,) = Export(site, Choice("ann")).workbooks(["en"])
    found = sheets(book.make())
    marks = {row["Month"]: row["Corrected on"] for row in rows(found["Standards"])}
    assert marks == {date(2026, 1, 1): date(2026, 4, 2), date(2026, 2, 1): date(2026, 4, 2), date(2026, 3, 1): None}
    told = rows(found["Corrections"])
    whole = [row for row in told if row["Product line"] is None]
    assert [(row["Month"], row["Changed month"], row["Reason"], row["Explanation"]) for row in whole] == [
        (date(2026, 1, 1), date(2026, 1, 1), "late data", "=1+1"),
        (date(2026, 2, 1), date(2026, 1, 1), "late data", "=1+1"),
    ]
    # January: 900 + 910 of 2000, then 1100 + 910.
    before = ("Value before", "Status before", "Numerator before", "Denominator before")
    after = ("Value after", "Status after", "Numerator after", "Denominator after")
    assert [whole[0][name] for name in before] == [0.905, "near", 1810, 2000]
    assert [whole[0][name] for name in after] == [1.005, "met", 2010, 2000]
    (line,) = {row["Product line"] for row in told} - {None}
    assert line == "Presses (en)"


@pytest.mark.parametrize("name", FORMULA)
def test_no_text_becomes_a_formula(tmp_path: Path, name: str) -> None:
    tiny = project()
    for person in tiny.people:
        if person[0] == "s1":
            person[1] = name
    (book,) = export(tiny, tmp_path, rep="s1").workbooks(["en"])
    content = book.make()
    for sheet in sheets(content).values():
        assert not [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    cell = sheets(content)["Scorecard"]["B2"]
    assert (cell.data_type, str(cell.value).strip()) == ("s", name.strip())
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert not [part for part in parts.namelist() if b"<f>" in parts.read(part) or b"hyperlink" in parts.read(part)]


def test_the_same_bytes(tmp_path: Path) -> None:
    first, second = (export(project(), tmp_path / name, rep="n0").workbooks(["en"])[0].make() for name in "ab")
    assert first == second


def test_cents_are_exact(tmp_path: Path) -> None:
    tiny = project()
    for row in tiny.files[f"scorecards/{FEBRUARY}/sales.csv"][1:]:
        row[2] = "1234567.89"
    (book,) = export(tiny, tmp_path, rep="n0", month=month(FEBRUARY)).workbooks(["en"])
    with zipfile.ZipFile(io.BytesIO(book.make())) as parts:
        text = parts.read("xl/worksheets/sheet4.xml").decode()
    assert "<v>1234567.89</v>" in text or "<v>2469135.78</v>" in text


# Formats --------------------------------------------------------------------------------------------------------------


class Speaks:
    """As much of a view as number formats need."""

    def __init__(self, locale: str, currency: str = "EUR") -> None:
        self.formats = Formats(locale, currency, Texts.load(locale[:2], [theme_dir() / "locales"]))

    def unit_label(self, of: object) -> str | None:
        return getattr(of, "unit_label", None) and of.unit_label["de"]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("locale", "percent", "currency", "day"),
    [
        ("de_DE", '#,##0.0"\u00a0"%', '#,##0.00"\u00a0€"', "dd.mm.yyyy"),
        ("en_GB", "#,##0.0%", '"€"#,##0.00', "[$-en-GB]d\\ mmmm\\ yyyy"),
        ("en_US", "#,##0.0%", '"€"#,##0.00', "[$-en-US]mmmm\\ d,\\ yyyy"),
        ("de_CH", "#,##0.0%", '"EUR\u00a0"#,##0.00', "dd.mm.yyyy"),
    ],
)
def test_formats_of_a_language(locale: str, percent: str, currency: str, day: str) -> None:
    forms = NumberFormats(Speaks(locale))  # type: ignore[arg-type]
    assert (forms.percent(1), forms.currency(), forms.date) == (percent, currency, day)


@pytest.mark.parametrize(
    ("unit", "given", "form"),
    [
        ("percent", {}, '#,##0.0"\u00a0"%'),
        ("fraction", {}, '#,##0.0"\u00a0"%'),
        ("multiple", {}, '#,##0.0"-fach"'),
        ("hours", {}, '#,##0.0"\u00a0Std."'),
        ("points", {}, "#,##0.0"),
        ("number", {"unit_label": {"de": 'Stück "x"'}}, "#,##0.0\"\u00a0Stück ''x''\""),
    ],
)
def test_formats_of_units(unit: str, given: dict[str, object], form: str) -> None:
    found = NumberFormats(Speaks("de_DE")).of(measure(unit=unit, decimals="1", **given))  # type: ignore[arg-type]
    if unit == "hours":
        assert re.fullmatch(r'#,##0\.0"\u00a0\w+\.?"', found)
    else:
        assert found == form


# The same figures as on the page --------------------------------------------------------------------------------------


def page_values(html: str) -> dict[str, str]:
    """By standard: the value that its row shows."""
    found = re.findall(r'<details class="sw-row" id="([^"]+)">.*?<span class="sw-value[^"]*">(.*?)</span>', html, re.S)
    return {name: unescape(value) for name, value in found}


def shown(cell: object, form: str) -> str:
    """A number as a German spreadsheet shows it by its format."""
    match = re.fullmatch(r"#,##0(?:\.(0+))?(.*)", form)
    assert match is not None, form
    number = Decimal(str(cell)) * (100 if "%" in match[2] else 1)
    text = f"{number:,.{len(match[1] or '')}f}".replace(",", "\0").replace(".", ",").replace("\0", ".")
    return text.replace("-", "−") + match[2].replace('"', "")


@pytest.mark.site
def test_the_workbook_and_the_page_have_the_same_figures(demo_site: Path) -> None:
    folders = (ROOT / "mkdocs.yml", ROOT / "standards", ROOT / "scorecards")
    loaded = pipeline.load(pipeline.Options(*folders, date(2026, 11, 10), 1, False, theme_dir())).project
    assert loaded is not None
    titles = {text.wording["de"].title: one.id for one in loaded.handbook.standards for text in one.revisions}
    compared = 0
    for rep in ("kranichfeld-j", "nebelthau-k"):
        (book,) = Export(loaded, Choice(rep)).workbooks(["de"])
        sheet = sheets(book.make())["Standards"]
        heads = {cell.value: index for index, cell in enumerate(sheet[1])}
        pages: dict[datetime, dict[str, str]] = {}
        for row in sheet.iter_rows(min_row=2):
            if row[heads["Art der Messgröße"]].value != "Hauptmessgröße":
                continue
            at = row[0].value
            if at not in pages:
                page = demo_site / "scorecards" / rep / "de" / f"{at:%Y-%m}" / "index.html"
                pages[at] = page_values(page.read_text("utf-8"))
            value = row[heads["Wert"]]
            on_page = pages[at][titles[row[heads["Standard"]].value]]
            assert (row[heads["Wert wie angezeigt"]].value or "–") == on_page
            if value.data_type == "n" and value.value is not None and "von" not in on_page:
                assert shown(value.value, value.number_format) == on_page
                compared += 1
    assert compared > 400
