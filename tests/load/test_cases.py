"""Golden cases: small projects with a fault, and the diagnostics they give.

A case is a YAML file: ``purpose``; ``files`` (path and text; ``null`` leaves a file of the small project out);
``change`` (path, then a text of the small project's file and what stands there instead); ``bytes`` (as ``files``, each
character one byte); ``as_of``; ``expected``: every diagnostic as ``CODE file:line:column``.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from standardwerk.diagnostics import CODES
from tests.load.building import BASE, load, write

CASES = sorted((Path(__file__).parent / "cases").glob("*.yml"))
#: Made from the loaded rows (``evaluate/test_proportions.py``), workbooks (``test_workbook.py``), entry sheets
#: (``importing/test_sheets.py``), and by commands without a project (``test_cli_check.py``).
ELSEWHERE = {"SW115", "SW322", "SW343", "SW344", "SW345", "SW346", "SW347", "SW353", "SW354", "SW355"}


@cache
def read(case: Path) -> dict[str, Any]:
    return yaml.load(case.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def files_of(case: dict[str, Any]) -> dict[str, str | bytes | None]:
    """What a case changes of the small project."""
    files: dict[str, str | bytes | None] = dict(case.get("files", {}))
    files |= {name: text.encode("latin-1") for name, text in case.get("bytes", {}).items()}
    for name, changes in case.get("change", {}).items():
        text = BASE[name]
        for old, new in changes.items():
            assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
            text = text.replace(old, new)
        files[name] = text
    return files


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path, tmp_path: Path) -> None:
    case = read(path)
    write(tmp_path, files_of(case))
    _, diagnostics = load(tmp_path, case.get("as_of", date(2026, 1, 31)))
    assert [f"{one.code.code} {one.place}" for one in diagnostics] == case["expected"]
    for one in diagnostics:
        for text in (one.code.what, one.code.cure):
            assert text.format(**one.values)


def test_every_case_says_what_it_is_for() -> None:
    assert [path.stem for path in CASES if not read(path).get("purpose")] == []


def test_every_code_that_loading_can_give_has_a_case() -> None:
    covered = {line.split()[0] for path in CASES for line in read(path)["expected"]}
    loading = {code for code in CODES if code < "SW5"} - ELSEWHERE
    assert sorted(loading - covered) == []
