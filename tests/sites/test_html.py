"""Every kind of page is valid HTML (the Nu Html Checker of the W3C)."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.browser import components
from tests.browser.places import ALL, address
from tests.conftest import ROOT

pytestmark = pytest.mark.site

CHECKER = ROOT / ".venv/vnu/node_modules/vnu-jar/build/dist/vnu.jar"
#: Scorecards that differ from the usual one: much written, an entry month, figures held back, the newest.
MORE = (
    "scorecards/nebelthau-k/de/2026-09/",
    "scorecards/eisvogel-d/en/2025-09/",
    "scorecards/silberdorn-l/de/2026-08/",
    "scorecards/kranichfeld-j/en/2025-02/",
    "scorecards/haselhoff-b/de/2026-03/",
)


def faults(files: list[Path], root: Path) -> list[str]:
    """What the checker calls an error."""
    command = [
        "java",
        "-jar",
        str(CHECKER),
        "--format",
        "json",
        "--errors-only",
        "--exit-zero-always",
        *map(str, files),
    ]
    told = subprocess.run(command, capture_output=True, text=True, check=True)
    return [
        f"{Path(one['url'].removeprefix('file:')).relative_to(root)}:{one['lastLine']}: {one['message']}"
        for one in json.loads(told.stderr)["messages"]
    ]


@pytest.mark.skipif(shutil.which("java") is None, reason="Java is missing (apt-get install default-jre-headless)")
def test_every_kind_of_page_is_valid(demo_site: Path, tmp_path: Path) -> None:
    assert CHECKER.is_file(), "run .ci/vnu .venv/vnu"
    paths = [address(kind, language) for kind, language in ALL] + list(MORE)
    files = [demo_site / path / "index.html" if not path.endswith(".html") else demo_site / path for path in paths]
    assert [str(file) for file in files if not file.is_file()] == []
    assert faults(files, demo_site) == []
    components.write(tmp_path)
    assert faults([tmp_path / "index.html"], tmp_path) == []
    # The checker does find faults.
    (tmp_path / "wrong.html").write_text("<!doctype html><title>x</title><p><div id=a></div><b id=a></b>", "utf-8")
    assert len(faults([tmp_path / "wrong.html"], tmp_path)) == 1
