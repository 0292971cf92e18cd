"""What the import says is what was read and found good in ``golden/``."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.importing.golden import CASES, FOLDER, each, said


@pytest.mark.parametrize(("name", "language"), list(each()))
def test_said(name: str, language: str, tmp_path: Path) -> None:
    code, text = said(name, language, tmp_path)
    assert text == (FOLDER / f"{name}.{language}.txt").read_text("utf-8")
    assert code == CASES[name].code


def test_every_text_is_of_a_case() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {f"{name}.{language}.txt" for name, language in each()}
