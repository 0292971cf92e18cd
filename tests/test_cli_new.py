"""``standardwerk new``: a handbook that builds, checks clean and keeps to the schemas, whatever is wished for."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from standardwerk.cli import main
from standardwerk.load.pseudonyms import pseudonym
from standardwerk.operations import RefusedError
from standardwerk.operations.scaffold import Wishes, known_languages, scaffold
from tests.sites.tiny import build
from tests.yaml12 import Yaml12

TODAY = date(2026, 11, 25)
SCAFFOLD = Path(main.commands["new"].callback.__code__.co_filename).parent / "scaffold"  # type: ignore[union-attr]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


@pytest.mark.parametrize("sample", ["--sample", "--no-sample"])
@pytest.mark.parametrize("lines", ["", "Pressen, Ersatzteile & Service"])
@pytest.mark.parametrize(("languages", "lang"), [("de,en", "de"), ("en", "en"), ("de", "en")])
def test_it_checks_clean(tmp_path: Path, sample: str, lines: str, languages: str, lang: str) -> None:
    folder = tmp_path / "handbook"
    wishes = ("--company", "Müller & Söhne: „GmbH“ {{ 7 }}", "--languages", languages, "--lines", lines, sample)
    made = run("new", str(folder), *wishes, "--lang", lang)
    assert made.exit_code == 0, made.output
    checked = run("check", "-f", str(folder / "mkdocs.yml"), "--lang", "en", "--format", "json")
    assert checked.exit_code == 0, checked.output
    # Nothing is sealed yet, and nobody was asked to.
    assert {one["code"] for one in json.loads(checked.output)["diagnostics"]} <= {"SW605"}


@pytest.mark.site
def test_it_builds_strictly(tmp_path: Path) -> None:
    folder = tmp_path / "handbook"
    scaffold(folder, Wishes("Müller & Söhne", ("de", "en"), ("Pressen",), True), "de", TODAY, "k" * 64)
    built = build(folder, tmp_path / "site", "--strict")
    assert built.returncode == 0, built.output
    page = built.read(f"scorecards/{pseudonym('k' * 64, 'esche-l')}/de/2026-10/index.html")
    # (86 + 91 + 84) ÷ 3 percent of the quota, of August to October.
    assert "87,0\N{NO-BREAK SPACE}%" in page
    assert "Müller &amp; Söhne" in built.read("months/en/2026-10/index.html")


def test_it_can_be_of_another_day(tmp_path: Path) -> None:
    folder = tmp_path / "handbook"
    made = run("new", str(folder), "--company", "A", "--lines", "", "--as-of", "2025-03-31", "--lang", "de")
    assert sorted(file.name for file in (folder / "scorecards").glob("20*")) == ["2024-12", "2025-01", "2025-02"]
    assert "as_of: 2025-03-31" in (folder / "mkdocs.yml").read_text("utf-8")
    assert Path(made.output.rstrip().rpartition(": ")[2]).read_text("utf-8").startswith("# Documentation")


def test_its_files_keep_to_the_schemas_they_name(tmp_path: Path) -> None:
    folder = tmp_path / "handbook"
    assert run("new", str(folder), "--company", "A", "--lines", "B").exit_code == 0
    hinted = 0
    for file in folder.rglob("*.yml"):
        first = file.read_text("utf-8").partition("\n")[0]
        if "$schema=" in first:
            schema = json.loads((file.parent / first.partition("$schema=")[2]).read_text("utf-8"))
            data = yaml.load(file.read_text("utf-8"), Yaml12)
            assert [fault.message for fault in Draft202012Validator(schema).iter_errors(data)] == []
            hinted += 1
    assert hinted >= 9


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(RefusedError):
        scaffold(tmp_path, Wishes("A", ("de",), (), True), "de", TODAY, "k" * 64)
    assert [file.name for file in tmp_path.iterdir()] == ["notes.txt"]


@pytest.mark.parametrize("wishes", [Wishes("A", ("xx",), (), True), Wishes("A", ("de",), ("!!",), True)])
def test_what_cannot_be_is_refused(tmp_path: Path, wishes: Wishes) -> None:
    with pytest.raises(RefusedError):
        scaffold(tmp_path / "new", wishes, "de", TODAY, "k" * 64)
    assert not (tmp_path / "new").exists()


def test_each_language_has_the_same_texts() -> None:
    texts = {
        language: yaml.safe_load((SCAFFOLD / f"{language}.yml").read_text("utf-8")) for language in known_languages()
    }
    assert {"de", "en"} <= set(texts)
    assert len({frozenset(one) for one in texts.values()}) == 1
    assert all(str(text).strip() for one in texts.values() for text in one.values())
