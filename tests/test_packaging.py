"""The wheel has everything that is needed: package, theme, schema, documentation, and both entry points."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from standardwerk.cli import main

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.site
def test_the_wheel_is_whole(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        entry_points = next(name for name in names if name.endswith("entry_points.txt"))
        text = archive.read(entry_points).decode()
    for folder in ("theme", "plugins/standardwerk"):
        for file in (ROOT / folder).rglob("*"):
            if file.is_file() and "__pycache__" not in file.parts:
                inside = file.relative_to(ROOT / "plugins" if folder.startswith("plugins") else ROOT)
                path = inside.as_posix() if folder.startswith("plugins") else f"standardwerk/{inside.as_posix()}"
                assert path in names, path
    docs = {file.name for file in (ROOT / "plugins/docs").glob("*.md")}
    assert {f"standardwerk/docs/{name}" for name in docs} <= names
    assert "standardwerk/docs/images/scorecard.png" in names
    assert "standardwerk = standardwerk.cli:main" in text
    assert "standardwerk = standardwerk.plugin:StandardwerkPlugin" in text


def test_the_help_leads_to_the_documentation() -> None:
    said = CliRunner().invoke(main, ["--help"]).output
    assert Path(said.rstrip().rpartition("\n")[2].strip()).read_text("utf-8").startswith("# Documentation")
