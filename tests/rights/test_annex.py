"""``standardwerk annex``: nothing is missing that the project's files say, and nothing is in it that they do not."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft202012Validator
from lxml import html
from openpyxl import load_workbook

from standardwerk import pipeline
from standardwerk.cli import main
from standardwerk.operations.handing_out import person_zip
from standardwerk.pipeline.annex import annex_page
from standardwerk.pipeline.exports import Choice, Export
from standardwerk.render.theme import theme_dir
from standardwerk.site.places import KINDS, PAGE_KINDS
from tests.closing.helpers import Project
from tests.conftest import ROOT
from tests.sites.test_hostile import full, poisoned
from tests.sites.tiny import Tiny

pytestmark = pytest.mark.site

DAY = date(2026, 11, 10)
SECTIONS = 12


def page_of(folder: Path, language: str = "de", day: date = DAY) -> str:
    options = pipeline.Options(
        folder / "mkdocs.yml", folder / "standards", folder / "scorecards", day, 1, False, theme_dir()
    )
    site = pipeline.load(options, figures=False).project
    assert site is not None
    return annex_page(site, language)


@pytest.fixture(scope="module")
def demo() -> str:
    return page_of(ROOT)


def text_of(element: html.HtmlElement) -> str:
    return re.sub(r"\s+", " ", str(element.text_content())).strip()


def sections(page: str) -> dict[int, list[html.HtmlElement]]:
    """The elements below each numbered heading."""
    found: dict[int, list[html.HtmlElement]] = {}
    number = 0
    for element in html.document_fromstring(page).find(".//main"):
        if element.tag == "h2":
            number = int(text_of(element).split()[0])
        found.setdefault(number, []).append(element)
    return found


def tables(elements: list[html.HtmlElement]) -> dict[str, list[list[str]]]:
    """By the heading above: the rows of tables."""
    found: dict[str, list[list[str]]] = {}
    head = ""
    for element in elements:
        head = text_of(element) if element.tag in {"h2", "h3"} else head
        for row in element.iterfind(".//tbody/tr"):
            found.setdefault(head, []).append([text_of(cell) for cell in row])
    return found


def local(value: Any, language: str = "de") -> str:
    return re.sub(r"\s+", " ", str(value[language])).strip()


def read(path: str) -> Any:
    """A YAML file as it is, every scalar a text."""
    return yaml.load((ROOT / path).read_text("utf-8"), yaml.BaseLoader)


def revisions() -> Iterator[tuple[str, Any, Any]]:
    """By day: each standard with its identity and its rules."""
    for file in sorted((ROOT / "standards").glob("*/????-??-??.yml")):
        identity = file.parent / "standard.yml"
        if identity.exists():
            yield file.stem, read(str(identity.relative_to(ROOT))), read(str(file.relative_to(ROOT)))


# What the files say -------------------------------------------------------------------------------------------------


def test_every_file_and_every_column_is_named_with_its_meaning(demo: str) -> None:
    found = tables(sections(demo)[4])
    told = text_of(html.document_fromstring(demo))
    for name, source in read("scorecards/sources.yml")["sources"].items():
        if source.get("collected") == "false":
            assert local(source["title"]) in told.partition("nicht erhoben:")[2][:200]
            continue
        rows = {row[0]: row for row in found[local(source["title"])]}
        expected = {"rep", *source.get("key", []), *source["columns"]} - {"month"}
        assert rows.keys() == expected, name
        for column, form in source["columns"].items():
            if "title" in form:
                assert rows[column][1] == local(form["title"])
    roster = " ".join(row[0] for row in found["Personen und ihre Zuordnung"])
    for file in ("reps", "teams", "assignments", "availability", "exemptions"):
        assert f"{file}.csv" in roster
    assert {"originals/", "sheets/", "closed/,", "notes/*.reply.md", "remainder.json"} <= set(roster.split())


def test_a_column_says_which_standards_in_force_use_it(demo: str) -> None:
    """Worked out from the text of the expressions alone."""
    rows = {(head, row[0]): row[3] for head, its in tables(sections(demo)[4]).items() for row in its if len(row) == 4}
    titles = {name: local(one["title"]) for name, one in read("scorecards/sources.yml")["sources"].items()}
    newest: dict[str, Any] = {}
    for day, identity, rules in sorted(revisions(), key=lambda one: one[0]):
        if date.fromisoformat(day) <= DAY:
            newest[identity["number"]] = rules
    expected: dict[tuple[str, str], set[str]] = {}
    for number, rules in newest.items():
        for measure in rules.get("measures", []):
            minimum = measure.get("minimum_n")
            parts = [measure.get(key) for key in ("where", "numerator", "denominator", "value", "condition", "date")]
            parts += [measure.get("group"), minimum["count"] if "count" in (minimum or {}) else None]
            for source, column in re.findall(
                r"(?:\b([a-z_]+)\.)?\b([a-z_][a-z0-9_]*)\b", re.sub(r"'[^']*'", "", " ".join(filter(None, parts)))
            ):
                key = (titles.get(source or measure["source"], ""), column)
                if key in rows:
                    expected.setdefault(key, set()).add(number)
    shown = {key: set(re.findall(r"\d+", told)) for key, told in rows.items() if told.startswith("Standard ")}
    assert shown == expected
    assert {told for told in rows.values() if not told.startswith("Standard ")} == {
        "Zuordnung der Zeile",
        "Abgleich mit der Exportregel",
        "bei der einzelnen Beurteilung gezeigt",
        "kein gültiger Standard",
    }


def test_every_measure_of_every_edition_has_its_formula_and_limits(demo: str) -> None:
    elements = sections(demo)[5]
    labels = {one["effective_from"]: one["label"] for one in read("standards/editions.yml")["editions"]}
    blocks: list[list[html.HtmlElement]] = []
    for element in elements:
        if element.tag == "h3":
            blocks.append([])
        if blocks:
            blocks[-1].append(element)
    told = [" ".join(map(text_of, block)) for block in blocks]
    count = 0
    for day, identity, rules in revisions():
        begins = f"{day[8:]}.{day[5:7]}.{day[:4]}"
        (block,) = (
            one
            for one in told
            if one.startswith(f"{identity['number']} ") and f"Ausgabe {labels[day]}, gültig ab {begins}" in one
        )
        count += 1
        for measure in rules.get("measures", []):
            assert local(measure["title"]) in block
            for key in ("where", "numerator", "denominator", "value", "condition"):
                if key in measure:
                    assert re.sub(r"\s+", " ", measure[key]).strip() in block, (measure["id"], key)
            for limit in (measure.get("bands") or {}).values():
                for number in limit if isinstance(limit, list) else [limit]:
                    shown = f"{Decimal(number).normalize():f}".lstrip("-").replace(".", ",")
                    assert shown in block, (measure["id"], limit)
        for anchor in rules.get("anchors", []):
            assert local(anchor["name"]) in block
            assert all(local(level) in block for level in anchor["levels"].values())
        if rules.get("retired") == "yes":
            assert "aufgehoben" in block
    assert count == len(blocks) > 20


def test_who_reads_each_kind_is_as_the_access_file_says(demo: str) -> None:
    rows = {row[1]: row[2] for row in tables(sections(demo)[6])["6 Wer was sieht"]}
    access = read("scorecards/access.yml")
    assert rows.keys() == {kind.pattern.removesuffix("index.html") for kind in KINDS}
    groups = {may: [local(one["name"]) for one in access["groups"] if may in one["may"]] for may in
              ("organisation", "totals", "data-quality", "teams")}  # fmt: skip
    lead, person = "wer das Team in diesem Monat geleitet hat", "die betroffene Person"
    expected = {
        "scorecards/{rep}/{language}/{month}/": [person, lead],
        "scorecards/{rep}/{language}/": [f"nur {person}"],
        "teams/{team}/{language}/{month}/": [lead, *groups["teams"]],
        "months/{language}/{month}/": ["alle in der Personalliste", *groups["organisation"]],
        "totals/{language}/{month}/": groups["totals"],
        "data-quality/{language}/{month}/": groups["data-quality"],
    }
    assert {path: rows[path].split(", ") for path in expected} == expected


def test_retention_and_editions_are_the_files(demo: str) -> None:
    kept = read("scorecards/retention.yml")
    rows = [row[1] for row in tables(sections(demo)[7])["7 Aufbewahrungsfristen"]]
    assert rows == [f"{kept[name]}\xa0Monate".replace("\xa0", " ") for name in
                    ("scorecards", "notes", "originals", "leavers")]  # fmt: skip
    shown = [(row[0], row[4]) for row in tables(sections(demo)[10])["10 Ausgaben"]]
    editions = read("standards/editions.yml")["editions"]
    published = [one for one in editions if date.fromisoformat(one["published_on"]) <= DAY]
    assert shown == [(one["label"], one.get("agreement_ref", "–")) for one in reversed(published)]


def test_a_sample_of_each_page_names_nobody_real(demo: str) -> None:
    samples = [text_of(one.find("h3")) for one in sections(demo)[12] if one.tag == "section"]
    assert len(samples) == len(set(samples)) == len(PAGE_KINDS) - 1, "the newest month is a month like others"
    people = [line.split(";") for line in (ROOT / "scorecards/reps.csv").read_text("utf-8").splitlines()[1:]]
    for rep, name, login, *_rest in people:
        for trace in (rep, name, login):
            assert trace not in demo


def test_an_edition_that_is_not_published_is_not_in_it() -> None:
    shown = tables(sections(page_of(ROOT, day=date(2025, 2, 1)))[10])["10 Ausgaben"]
    assert [row[0] for row in shown] == ["2025.1"]


def test_both_languages_have_the_same_parts(demo: str) -> None:
    english = page_of(ROOT, "en")
    assert [len(found) for found in sections(english).values()] == [len(found) for found in sections(demo).values()]
    assert sections(demo).keys() == set(range(SECTIONS + 1))
    assert "Auszufüllen" in demo
    assert "To be filled in" in english


# Hostile and missing things -----------------------------------------------------------------------------------------


def skeleton(page: str) -> list[tuple[str, tuple[str, ...]]]:
    """What a browser makes of it: elements and their attributes, without the texts, and without notes (Markdown)."""
    tree = html.document_fromstring(page)
    for note in list(tree.iter("blockquote")):
        for inner in list(note):
            note.remove(inner)
    return [(str(one.tag), tuple(sorted(one.attrib))) for one in tree.iter() if isinstance(one.tag, str)]


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    harmless, (hostile, fields) = full(), poisoned()
    assert any(name.startswith("privacy.yml") for name in fields)
    pages = {}
    for name, tiny in (("harmless", harmless), ("hostile", hostile)):
        folder = tiny.write(tmp_path / name)
        pages[name] = {code: page_of(folder, code) for code in tiny.languages}
    for code, page in pages["hostile"].items():
        assert skeleton(page) == skeleton(pages["harmless"][code])
        tree = html.document_fromstring(page)
        assert list(tree.iter("script", "img", "iframe", "link")) == []
        assert "privacy.yml.controller<script>" in text_of(tree)
        assert {one.get("href")[:1] for one in tree.iter() if "href" in one.attrib} == {"#"}
        assert not [one for one in tree.iter() if "src" in one.attrib]


def test_what_is_not_said_is_to_be_filled_in(tmp_path: Path) -> None:
    tiny = Tiny()
    page = page_of(tiny.write(tmp_path / "tiny"), "en", date(2026, 4, 10))
    blanks = html.document_fromstring(page).find_class("sw-fill-in")
    assert len(blanks) == 9, [text_of(one) for one in blanks]
    # Without sample.yml there is nobody to make samples of.
    assert [one for one in sections(page)[12] if one.tag == "section"] == []


# The command --------------------------------------------------------------------------------------------------------


def run(project: Project, *arguments: str) -> tuple[int, str]:
    config = ["-f", str(project.folder / "mkdocs.yml"), "--lang", "en", "--as-of", "2026-04-10"]
    result = CliRunner().invoke(main, ["annex", *config, *arguments], catch_exceptions=False)
    return result.exit_code, result.output


def test_the_command_writes_german_first_and_only_what_it_is_asked_for(tmp_path: Path) -> None:
    project = Project(tmp_path, full())
    target = tmp_path / "annex.html"
    assert run(project, "--to", str(target)) == (0, f"{target}\n")
    first = target.read_bytes()
    assert b'<html lang="de">' in first
    assert b"//" not in re.sub(rb"http://www.w3.org/\S+", b"", re.sub(rb"base64,\S+", b"", first))
    run(project, "--to", str(target), "--language", "en")
    assert b'<html lang="en">' in target.read_bytes()
    run(project, "--to", str(target))
    assert target.read_bytes() == first
    assert run(project, "--to", str(tmp_path / "annex.txt"))[0] == 2
    assert run(project, "--to", str(target), "--language", "fr") == (2, "The handbook has no “fr”. It has: de, en.\n")


def test_without_scorecards_there_is_nothing_to_tell(tmp_path: Path) -> None:
    project = Project(tmp_path, Tiny().without_scorecards())
    code, told = run(project, "--to", str(tmp_path / "annex.html"))
    assert (code, told) == (2, "There are no scorecards in this project.\n")


@pytest.mark.browser
def test_it_is_printed(tmp_path: Path) -> None:
    project, target = Project(tmp_path, full()), tmp_path / "annex.pdf"
    assert run(project, "--to", str(target)) == (0, f"{target}\n")
    assert target.read_bytes().startswith(b"%PDF-")
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", target.read_bytes())) > 5


# Bearing on pay -----------------------------------------------------------------------------------------------------

_SENTENCE = "This scorecard has no bearing on pay."


@pytest.mark.parametrize(("said", "count"), [("no", 1), ("yes", 0), (None, 0)])
def test_a_scorecard_says_that_it_has_no_bearing_on_pay(tmp_path: Path, said: str | None, count: int) -> None:
    tiny = Tiny()
    if said is not None:
        tiny.files["scorecards/privacy.yml"] = {"pay_relevant": said}
    assert _scorecard(Project(tmp_path, tiny)).count(_SENTENCE) == count


@pytest.mark.parametrize("said", ["no", "yes", None])
def test_the_bearing_on_pay_goes_with_the_figures(tmp_path: Path, said: str | None) -> None:
    tiny = Tiny()
    if said is not None:
        tiny.files["scorecards/privacy.yml"] = {"pay_relevant": said}
    built = tiny.build(tmp_path)
    document = json.loads(built.read("scorecards/ann/2026-02.json"))
    assert document.get("pay_relevant", "nothing") == (said or "nothing")
    schema = ROOT / "plugins/standardwerk/schemas/scorecard.schema.json"
    Draft202012Validator(json.loads(schema.read_text("utf-8"))).validate(document)
    rows = list(csv.reader(built.read("scorecards/ann/2026-02.csv").lstrip("\ufeff").splitlines(), delimiter=";"))
    assert ("pay_relevant" in rows[0]) == (said is not None)
    assert {len(row) for row in rows} == {len(rows[0])}
    if said is not None:
        assert {row[-1] for row in rows[1:]} == {said}


@pytest.mark.parametrize(
    ("said", "cells"), [("no", ("Vergütungsrelevant", "nein")), ("yes", ("Vergütungsrelevant", "ja"))]
)
def test_a_workbook_says_it_too(tmp_path: Path, said: str, cells: tuple[str, str]) -> None:
    tiny = Tiny()
    plain = _about(tiny, tmp_path / "plain")
    tiny.files["scorecards/privacy.yml"] = {"pay_relevant": said}
    head, *rows = _about(tiny, tmp_path / "said")
    assert head == (*plain[0], cells[0])
    assert [row[-1] for row in rows] == [cells[1] for _ in plain[1:]]


def _about(tiny: Tiny, folder: Path) -> list[tuple[object, ...]]:
    """The sheet about the scorecards themselves."""
    site = pipeline.load(Project(folder, tiny).options()).project
    assert site is not None
    (book,) = Export(site, Choice(rep="ann")).workbooks(["de"])
    return list(load_workbook(io.BytesIO(book.make()))["Scorecard"].iter_rows(values_only=True))


def _scorecard(project: Project) -> str:
    """One that is handed out, made as the site's."""
    site = pipeline.load(project.options()).project
    assert site is not None
    with zipfile.ZipFile(io.BytesIO(person_zip(site, "ann"))) as packed:
        return packed.read("ann/en/2026-02.html").decode()
