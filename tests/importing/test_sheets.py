"""Entry sheets: written for the leads, filled in, and read back by the import."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from openpyxl import Workbook, load_workbook

from standardwerk.cli import main
from tests.importing.building import Files, codes, plan, project, run, state
from tests.load.building import WORDING

SOURCES = """\
locale: de
sources:
  ratings:
    rows: events
    key: [rep, standard, item, deal, rater]
    columns:
      standard: {type: string}
      item: {type: string}
      deal: {type: string, required: false, title: {de: Vorgang, en: Opportunity}, required_when: "standard == 'beta'"}
      rating: {type: integer, minimum: 1, maximum: 5, title: {de: Note, en: Rating}}
      rater: {type: string}
      evidence: {type: string, required: false, required_when: "rating <= 2 or rating == 5"}
"""
RULES = """\
reason: {{de: R, en: R}}
anchors:
  - {{item: a, name: {{de: "{a} de", en: {a}}}, levels: {{1: {{de: eins, en: one}}, 5: {{de: fünf, en: five}}}}}}
  - {{item: b, name: {{de: Bee, en: Bee}}, levels: {{1: {{de: eins, en: one}}, 5: {{de: fünf, en: five}}}}}}
measures:
  - id: m
    title: {{de: M, en: M}}
    role: main
    kind: mean
    source: ratings
    where: "standard == '{name}' and rater != rep"
    value: rating
    group: item
    {more}
    better: higher
    bands: {{met: 3, near: 2}}
"""


def standard(name: str, number: int, more: str = "window: month", a: str = "Ay") -> dict[str, str]:
    rules = RULES.format(name=name, more=more, a=a)
    found = {f"standards/{name}/standard.yml": f"number: {number}\ngroup: g\nowner: {{de: O, en: O}}\n"}
    found |= {
        f"standards/{name}/2026-01-01.{code}.md": WORDING.replace("# T", f"# {name.title()}", 1)
        for code in ("de", "en")
    }
    return {**found, f"standards/{name}/2026-01-01.yml": rules}


DEALS = "minimum_n: {count: distinct(deal), value: 1, label: {de: D, en: D}}"
FILES: Files = {
    **standard("alpha", 1),
    **standard("beta", 2, DEALS),
    "scorecards/teams.csv": "team;name;lead;valid_from;valid_to\nt;Team & Co;bob;2025-01-01;\nu;Up;dora;2025-01-01;\n",
    "scorecards/reps.csv": """\
rep;name;login;role;team;started_on;valid_from;valid_to
ann;Ann Ä;ann.a;rep;t;2025-01-01;2025-01-01;
bob;Bob B;bob.b;lead;t;2025-01-01;2025-01-01;
cem;=1+1 Zed;cem.c;rep;t;2025-01-01;2025-01-01;
dora;Dora D;dora.d;lead;u;2025-01-01;2025-01-01;
ed;Ed E;ed.e;rep;u;2025-01-01;2025-01-01;
""",
}
MONTH = "2026-01"
BOB, DORA = f"ratings-{MONTH}-bob.xlsx", f"ratings-{MONTH}-dora.xlsx"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return project(tmp_path, SOURCES, FILES)


def sheet(root: Path, *arguments: str, lang: str = "en") -> tuple[int, str]:
    """The command that writes sheets. Gives exit code and output."""
    command = ["sheet", *(arguments or ("ratings", "--month", MONTH)), "-f", str(root / "mkdocs.yml")]
    done = CliRunner().invoke(main, [*command, "--as-of", "2026-03-10", "--lang", lang])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exc_info
    return done.exit_code, done.output


def written(root: Path, name: str = BOB) -> bytes:
    """A sheet as it was written."""
    path = root / "scorecards" / "sheets" / MONTH / name
    if not path.exists():
        code, said = sheet(root)
        assert code == 0, said
    return path.read_bytes()


Cells = Mapping[tuple[str, str, str, int], Mapping[str, Any]]


def filled(data: bytes, cells: Cells, more: Callable[[Any, dict[str, int]], None] = lambda page, at: None) -> bytes:
    """A sheet filled in: by rep, standard, item and observation what stands in its columns."""
    book = load_workbook(io.BytesIO(data))
    page = book.worksheets[0]
    at = {str(cell.value): cell.column for cell in page[4]}
    left = dict(cells)
    for line in range(5, page.max_row + 1):
        key = tuple(page.cell(line, at[name]).value for name in ("rep", "standard", "item", "sheet.block"))
        for column, value in left.pop(key, {}).items():  # type: ignore[call-overload]
            put(page.cell(line, at[column]), value)
    assert left == {}
    more(page, at)
    return saved(book)


def put(cell: Any, value: Any) -> None:
    """What someone types: a text that looks like a formula stays one in a field of texts."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def spare(line: int, **values: Any) -> Callable[[Any, dict[str, int]], None]:
    """Fill in a row at the end that is free; the first is 1."""

    def fill(page: Any, at: dict[str, int]) -> None:
        start = next(row for row in range(5, 200) if page.cell(row, 1).value == "Further ratings")
        for column, value in values.items():
            put(page.cell(start + line, at[column.replace("__", ".")]), value)

    return fill


def month_rows(root: Path) -> list[str]:
    """The rows of the month's file."""
    return (root / "scorecards" / MONTH / "ratings.csv").read_text("utf-8-sig").splitlines()[2:]


GOOD: Cells = {
    ("ann", "alpha", "a", 1): {"rating": 3},
    ("ann", "alpha", "b", 1): {"rating": 5, "evidence": "=danger"},
    ("ann", "beta", "a", 1): {"rating": 4, "deal": "V-1"},
    ("ann", "beta", "b", 1): {"rating": 2, "evidence": "Said no."},
    ("cem", "beta", "b", 2): {"rating": 3},
    ("cem", "beta", "a", 2): {"deal": "0012"},
}
#: What that is, worked out by hand: the opportunity holds for all items of its observation, also where the row in which
#: it stands has no rating.
ROWS = [
    "ann;alpha;a;;bob;3;",
    "ann;alpha;b;;bob;5;'=danger",
    "ann;beta;a;V-1;bob;4;",
    "ann;beta;b;V-1;bob;2;Said no.",
    "cem;beta;b;0012;bob;3;",
]


def test_what_was_filled_in_comes_back(root: Path) -> None:
    code, said = run(root, "--month", MONTH, files={"back.xlsx": filled(written(root), GOOD)})
    assert code == 0, said
    assert month_rows(root) == ROWS
    manifest = yaml.safe_load((root / "scorecards" / MONTH / "import.yml").read_text("utf-8"))
    assert [(one["file"], one["rows"], one["original"]) for one in manifest["imports"]] == [
        ("ratings.csv", 5, f"{MONTH}/back.xlsx")
    ]


def test_nobody_but_the_leads_people_is_in_a_sheet(root: Path) -> None:
    head = load_workbook(io.BytesIO(written(root)))["standardwerk"]
    texts = {str(cell.value) for row in head.iter_rows() for cell in row if cell.value is not None}
    assert {"Ann Ä", "=1+1 Zed", "ann", "cem", "bob"} <= texts
    assert not {"Ed E", "ed", "Dora D", "dora"} & texts


def test_free_rows_are_chosen_by_name(root: Path) -> None:
    more = spare(
        2, sheet__person="=1+1 Zed", sheet__standard="2 Beta", sheet__item="Bee", deal="V-9", rating=1, evidence="Late."
    )
    found = plan(root, BOB, filled(written(root), {}, more), MONTH)
    assert codes(found) == []
    assert [row for row, _line in found.targets[0].rows] == [("cem", "beta", "b", "V-9", "bob", 1, "Late.")]


FAULTS: dict[str, tuple[Cells, Any, list[str]]] = {
    "above": ({("ann", "alpha", "a", 1): {"rating": 6}}, None, ["SW309 {file}:5:5"]),
    "no number": ({("ann", "alpha", "a", 1): {"rating": "gut"}}, None, ["SW306 {file}:5:5"]),
    "no whole number": ({("ann", "alpha", "a", 1): {"rating": 3.5}}, None, ["SW306 {file}:5:5"]),
    "no evidence": ({("ann", "alpha", "b", 1): {"rating": 1}}, None, ["SW335 {file}:6:6"]),
    "no opportunity": ({("ann", "beta", "a", 1): {"rating": 3}}, None, ["SW335 {file}:7:4"]),
    "evidence alone": ({("ann", "alpha", "b", 1): {"evidence": "x"}}, None, ["SW354 {file}:6:6"]),
    "opportunity alone": ({("ann", "beta", "a", 2): {"deal": "V-1"}}, None, ["SW354 {file}:9:4"]),
    "unknown person": (
        {},
        spare(1, sheet__person="Ann A", sheet__standard="1 Alpha", sheet__item="Bee", rating=3),
        ["SW307 {file}:18:7", "SW353 {file}:18:1"],
    ),
    "item of no standard": (
        {},
        spare(1, sheet__person="Ann Ä", sheet__standard="1 Alpha", sheet__item="Cee", rating=3),
        ["SW307 {file}:18:9", "SW353 {file}:18:3"],
    ),
    "no person": (
        {},
        spare(1, sheet__standard="1 Alpha", sheet__item="Bee", rating=3),
        ["SW307 {file}:18:7"],
    ),
    "twice": (
        {("ann", "alpha", "a", 1): {"rating": 3}},
        spare(1, sheet__person="Ann Ä", sheet__standard="1 Alpha", sheet__item="Ay", rating=4),
        ["SW311 {file}:18"],
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_what_is_wrong_is_told_with_row_and_column(root: Path, name: str) -> None:
    cells, more, expected = FAULTS[name]
    data = filled(written(root), cells, *([more] if more else []))
    found = plan(root, BOB, data, MONTH)
    assert sorted(codes(found)) == sorted(one.format(file=f"{BOB}[Ratings]") for one in expected)
    assert found.rejected
    code, _said = run(root, "--month", MONTH, files={BOB: data})
    assert code == 1
    assert f"{MONTH}/ratings.csv" not in state(root)


def test_a_list_tells_what_is_known(root: Path) -> None:
    more = spare(1, sheet__person="Ann A", sheet__standard="1 Alpha", sheet__item="Bee", rating=3)
    _code, said = run(root, "--month", MONTH, files={BOB: filled(written(root), {}, more)})
    assert "“Ann A” is not in the sheet’s list. Did you mean “Ann Ä”? Choose from the list: Ann Ä, =1+1 Zed." in said


def test_a_sheet_of_another_month(root: Path) -> None:
    data = filled(written(root), GOOD)
    code, said = run(root, "--month", "2026-02", files={BOB: data})
    assert code == 1
    assert "The sheet is for 2026-01, not for 2026-02." in said
    assert codes(plan(root, BOB, data, "2026-01", "2026-02")) == [f"SW355 {BOB}"]


def test_an_empty_sheet(root: Path) -> None:
    code, said = run(root, "--month", MONTH, files={BOB: written(root)})
    assert code == 1
    assert f"“{BOB}” has no rating yet." in said


def test_a_sheet_whose_columns_are_gone(root: Path) -> None:
    book = load_workbook(io.BytesIO(written(root)))
    book.worksheets[0].delete_cols(3)
    assert codes(plan(root, BOB, saved(book), MONTH)) == [f"SW302 {BOB}[Ratings]:4"]


def test_a_head_that_is_not_ours_makes_no_sheet(root: Path) -> None:
    book = load_workbook(io.BytesIO(written(root)))
    book["standardwerk"]["A1"] = "something else"
    code, said = run(root, "--month", MONTH, files={BOB: saved(book)})
    assert code == 1
    assert "has neither the name nor the header of a source" in said


# Several leads -------------------------------------------------------------------------------------------------------

HERS: Cells = {("ed", "alpha", "a", 1): {"rating": 4}}


def test_the_sheets_of_several_leads_become_one_file(root: Path) -> None:
    files = {BOB: filled(written(root), GOOD), DORA: filled(written(root, DORA), HERS)}
    code, said = run(root, "--month", MONTH, files=files)
    assert code == 0, said
    assert month_rows(root) == [*ROWS, "ed;alpha;a;;dora;4;"]
    assert imports(root) == {BOB: 5, DORA: 1}


def imports(root: Path) -> dict[str, int]:
    """By original: how many rows came of it. The hash must be that of the file as it is."""
    from hashlib import sha256

    folder = root / "scorecards" / MONTH
    found = yaml.safe_load((folder / "import.yml").read_text("utf-8"))["imports"]
    digest = sha256((folder / "ratings.csv").read_bytes()).hexdigest()
    assert {one["sha256"] for one in found} == {digest}
    return {re.sub(r"\.[0-9a-f]{12}\.", ".", one["original"].partition("/")[2]): one["rows"] for one in found}


def test_a_late_sheet_adds_its_rows(root: Path) -> None:
    assert run(root, "--month", MONTH, files={BOB: filled(written(root), GOOD)})[0] == 0
    code, said = run(root, "--month", MONTH, files={DORA: filled(written(root, DORA), HERS)})
    assert code == 0, said
    assert month_rows(root) == [*ROWS, "ed;alpha;a;;dora;4;"]
    assert imports(root) == {BOB: 5, DORA: 1}


def test_a_sheet_that_comes_again_replaces_what_it_asked_for(root: Path) -> None:
    files = {BOB: filled(written(root), GOOD), DORA: filled(written(root, DORA), HERS)}
    assert run(root, "--month", MONTH, files=files)[0] == 0
    again = {**HERS, ("ed", "alpha", "b", 1): {"rating": 3}}
    # More ratings take nothing away.
    code, said = run(root, "--month", MONTH, files={DORA: filled(written(root, DORA), again)})
    assert code == 0, said
    assert month_rows(root) == [*ROWS, "ed;alpha;a;;dora;4;", "ed;alpha;b;;dora;3;"]
    # Another rating, and one that is empty now, do.
    less = {BOB: filled(written(root), {("ann", "alpha", "a", 1): {"rating": 4}})}
    code, said = run(root, "--month", MONTH, files=less)
    assert code == 1
    assert f"{MONTH}/ratings.csv is there already" in said
    assert run(root, "--month", MONTH, "--replace", files=less)[0] == 0
    assert month_rows(root) == ["ann;alpha;a;;bob;4;", "ed;alpha;a;;dora;4;", "ed;alpha;b;;dora;3;"]
    assert imports(root) == {BOB: 1, DORA: 2}


def test_ratings_of_others_stay(root: Path) -> None:
    """A self-rating that was exported is none of those that the lead is asked for."""
    export = "rep;standard;item;deal;rating;rater;evidence\nann;alpha;a;;4;ann;\nann;alpha;b;;1;bob;x\n"
    (root / "scorecards" / MONTH).mkdir()
    (root / "scorecards" / MONTH / "ratings.csv").write_text(export, "utf-8")
    sent = {BOB: filled(written(root), GOOD)}
    # The export becomes an imported file, so it is a replacement.
    assert run(root, "--month", MONTH, files=sent)[0] == 1
    assert run(root, "--month", MONTH, "--replace", files=sent)[0] == 0
    assert month_rows(root) == ["ann;alpha;a;;ann;4;", *ROWS]


def test_a_file_with_errors_is_mended_first(root: Path) -> None:
    (root / "scorecards" / MONTH).mkdir()
    text = "rep;standard;item;deal;rating;rater;evidence\nann;alpha;a;;9;ann;\n"
    (root / "scorecards" / MONTH / "ratings.csv").write_text(text, "utf-8")
    code, said = run(root, "--month", MONTH, "--replace", files={BOB: filled(written(root), GOOD)})
    assert code == 1
    assert f"“{MONTH}/ratings.csv” has errors." in said
    assert state(root)[f"{MONTH}/ratings.csv"].decode() == text


def test_the_same_sheet_twice_is_refused(root: Path) -> None:
    data = filled(written(root), GOOD)
    code, said = run(root, "--month", MONTH, files={BOB: data, "copy.xlsx": data})
    assert code == 1
    assert "ask for the same ratings" in said


# The workbook --------------------------------------------------------------------------------------------------------


def parts(data: bytes) -> Iterator[tuple[str, str]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            yield name, archive.read(name).decode()


def test_no_cell_is_a_formula(root: Path) -> None:
    data = written(root)
    for name, text in parts(data):
        assert "<f>" not in text, name
        assert "<f " not in text, name
    book = load_workbook(io.BytesIO(data))
    names = {cell.value: cell.data_type for cell in book.worksheets[0]["A"]}
    assert names["=1+1 Zed"] == "s"


def test_what_is_entered_is_open_and_the_rest_is_locked(root: Path) -> None:
    page = load_workbook(io.BytesIO(written(root))).worksheets[0]
    assert page.protection.sheet
    at = {str(cell.value): cell.column for cell in page[4]}
    is_open = {
        (line, name): not page.cell(line, at[name]).protection.locked
        for line in range(5, 17)
        for name in ("sheet.person", "deal", "rating", "evidence", "rep")
    }
    # Of alpha nobody names an opportunity; of beta it is entered in the first row of each observation.
    first_of_observation = {7, 9, 13, 15}
    for (line, name), found in is_open.items():
        wanted = name in {"rating", "evidence"} or (name == "deal" and line in first_of_observation)
        assert found is wanted, (line, name)
    assert page.row_dimensions[4].hidden
    assert page.freeze_panes == "B5"
    assert (page.page_setup.orientation, page.page_setup.paperSize, page.print_title_rows) == ("landscape", 9, "$3:$3")
    assert page.oddFooter.left.text == "Ratings January 2026, Team && Co"


def test_lists_to_choose_from(root: Path) -> None:
    book = load_workbook(io.BytesIO(written(root)))
    head = book["standardwerk"]
    assert head.sheet_state == "hidden"

    def values(reference: str) -> list[Any]:
        column, first, last = re.fullmatch(r"standardwerk!\$([A-Z]+)\$(\d+):\$[A-Z]+\$(\d+)", reference).groups()  # type: ignore[union-attr]
        return [head[f"{column}{line}"].value for line in range(int(first), int(last) + 1)]

    rules = {str(one.sqref): one for one in book.worksheets[0].data_validations.dataValidation}
    assert {where: values(rule.formula1) for where, rule in rules.items()} == {
        "E5:E29": [1, 2, 3, 4, 5],
        "A18:A29": ["Ann Ä", "=1+1 Zed"],
        "B18:B29": ["1 Alpha", "2 Beta"],
        "C18:C29": ["Ay", "Bee"],
    }
    assert rules["E5:E29"].prompt == "1 to 5"
    (evidence,) = book.worksheets[0].conditional_formatting
    assert str(evidence.sqref) == "F5:F29"
    assert evidence.rules[0].formula == ['AND($F5="",OR($E5=1,$E5=2,$E5=5))']


def test_the_anchors_in_each_language_a_click_away(root: Path) -> None:
    sheet(root, "ratings", "--month", MONTH, lang="de")
    book = load_workbook(io.BytesIO(written(root)))
    assert book.sheetnames == ["Beurteilungen", "Verhaltensanker (de)", "Rating scale (en)", "standardwerk"]
    german = [[cell.value for cell in row] for row in book["Verhaltensanker (de)"].iter_rows()]
    assert german[0] == ["Standard", "Merkmal", "1", "5"]
    assert german[1] == ["1 Alpha", "Ay de", "eins", "fünf"]
    assert [cell.value for cell in book["Rating scale (en)"][2]] == ["1 Alpha", "Ay", "one", "five"]
    page = book.worksheets[0]
    assert (page["A1"].value, page["D3"].value, page["E3"].value) == (
        "Beurteilungen Januar 2026, Team & Co",
        "Vorgang",
        "Note",
    )
    assert "evidence: nötig bei 1, 2, 5." in page["A2"].value
    assert page["C7"].hyperlink.location == "'Verhaltensanker (de)'!B4"
    assert book["Verhaltensanker (de)"]["B4"].value == "Ay de"


def test_equal_sheets_are_equal_to_the_byte(root: Path) -> None:
    first = written(root)
    assert sheet(root, "ratings", "--month", MONTH, "--replace")[0] == 0
    assert written(root) == first


# The command ---------------------------------------------------------------------------------------------------------


def test_what_the_command_says(root: Path) -> None:
    code, said = sheet(root)
    assert code == 0
    assert said.splitlines() == [
        f"scorecards/sheets/{MONTH}/{BOB}: Bob B, 2 people, 12\N{NO-BREAK SPACE}rows",
        f"scorecards/sheets/{MONTH}/{DORA}: Dora D, 1 person, 6\N{NO-BREAK SPACE}rows",
    ]
    # The folder is known, and nothing in it is taken for a month.
    done = CliRunner().invoke(main, ["check", "-f", str(root / "mkdocs.yml"), "--as-of", "2026-03-10", "--lang", "en"])
    assert "sheets" not in done.output


def test_a_sheet_that_is_there_is_kept(root: Path) -> None:
    written(root)
    path = root / "scorecards" / "sheets" / MONTH / BOB
    path.write_bytes(b"filled in")
    code, said = sheet(root)
    assert code == 1
    assert BOB in said
    assert path.read_bytes() == b"filled in"


def test_one_team_into_a_folder_of_ones_own(root: Path, tmp_path: Path) -> None:
    code, said = sheet(root, "ratings", "--month", MONTH, "--team", "u", "--repeat", "3", "--to", str(tmp_path / "out"))
    assert code == 0, said
    # Two items of alpha, three observations of two items of beta.
    assert said == f"out/ratings-{MONTH}-u.xlsx: Dora D, 1 person, 8\N{NO-BREAK SPACE}rows\n"
    assert [path.name for path in (tmp_path / "out").iterdir()] == [f"ratings-{MONTH}-u.xlsx"]


@pytest.mark.parametrize(
    ("changes", "arguments", "words"),
    [
        ({}, ("sales", "--month", MONTH), "“sales” is no source of ratings"),
        ({}, ("ratings", "--month", "2025-12"), "2025-12 has no edition."),
        ({}, ("ratings", "--month", MONTH, "--team", "x"), "There is no team “x” in 2026-01. Known: t, u."),
        (
            {"scorecards/sources.yml": SOURCES.replace("    rows:", "    cadence: quarterly\n    rows:")},
            ("ratings", "--month", MONTH),
            "“ratings” is not due in 2026-01; next in 2026-03.",
        ),
        (
            {"scorecards/sources.yml": SOURCES.replace("    rows:", "    collected: false\n    rows:")},
            ("ratings", "--month", MONTH),
            "“ratings” is switched off",
        ),
        (
            {"scorecards/teams.csv": "team;name;lead;valid_from;valid_to\nt;T;;2025-01-01;\nu;U;;2025-01-01;\n"},
            ("ratings", "--month", MONTH),
            "No lead for t, u in 2026-01",
        ),
    ],
)
def test_what_is_refused(tmp_path: Path, changes: Files, arguments: tuple[str, ...], words: str) -> None:
    root = project(tmp_path, SOURCES, {**FILES, **changes})
    code, said = sheet(root, *arguments)
    assert code == 1
    assert words in said
    assert not (root / "scorecards" / "sheets").exists()


def test_values_typed_as_texts_are_read_as_numbers(root: Path) -> None:
    """Other programs save what was typed as a text."""
    found = plan(root, BOB, filled(written(root), {("ann", "alpha", "a", 1): {"rating": " 4 "}}), MONTH)
    assert [row[5] for row, _line in found.targets[0].rows] == [4]


def test_the_csv_can_be_opened_again(root: Path) -> None:
    """The rows that were written are those of a plain CSV reader as well."""
    run(root, "--month", MONTH, files={BOB: filled(written(root), GOOD)})
    text = (root / "scorecards" / MONTH / "ratings.csv").read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text.partition("\n")[2]), delimiter=";"))
    assert [row["rating"] for row in rows] == ["3", "5", "4", "2", "3"]
