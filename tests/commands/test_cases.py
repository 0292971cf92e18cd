"""Golden cases of what is found after commands, in workbooks and in exports; and that every code has a case."""

from __future__ import annotations

from pathlib import Path

import pytest

from standardwerk.diagnostics import CODES
from tests.commands.harness import CASES, found_in, read
from tests.load import test_cases as loading
from tests.publish.test_audit import LEAKS


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path, tmp_path: Path) -> None:
    case = read(path)
    found = found_in(case, tmp_path)
    assert [f"{one.code.code} {one.place}" for one in found] == case["expected"]
    for one in found:
        for text in (one.code.what, one.code.cure):
            assert text.format(**one.values)


def test_every_case_says_what_it_is_for() -> None:
    assert [path.stem for path in CASES if not read(path).get("purpose")] == []


def test_every_code_has_a_case_of_its_own() -> None:
    """A case is named by the number of its code, and finds it; what the audit finds is planted in a built site."""
    covered = {code for code, _, _ in LEAKS} | {
        code
        for path in (*loading.CASES, *CASES)
        for code in (line.split()[0] for line in loading.read(path)["expected"])
        if path.stem.startswith(code.removeprefix("SW"))
    }
    assert sorted(CODES.keys() - covered) == []
