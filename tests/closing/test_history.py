"""The demo's closed months and corrections are what its history writes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.generator.history import write

SCORECARDS = Path(__file__).resolve().parents[2] / "scorecards"


@pytest.mark.site
def test_the_history_is_reproduced(tmp_path: Path) -> None:
    write(tmp_path)
    committed = {path.name: path.read_bytes() for path in (SCORECARDS / "closed").iterdir()}
    assert {path.name: path.read_bytes() for path in (tmp_path / "closed").iterdir()} == committed
    assert (tmp_path / "corrections.yml").read_bytes() == (SCORECARDS / "corrections.yml").read_bytes()
    assert sorted(committed)[-1] == "2026-09.json"
