"""A small project, and the import run over it as the command runs it."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from click.testing import CliRunner
from openpyxl import Workbook

from standardwerk.cli import main
from standardwerk.load.exports import GivenFile
from standardwerk.model.months import Month
from standardwerk.operations.importing import Plan, plan_import
from standardwerk.pipeline import Options
from standardwerk.render.theme import theme_dir
from tests.load.building import write

ROSTER = {
    "scorecards/reps.csv": """\
rep;name;login;role;team;started_on;valid_from;valid_to
ann;Ann Ä;ann.a;rep;t;2025-01-01;2025-01-01;
bob;Bob B;bob.b;lead;t;2025-01-01;2025-01-01;
cem;Cem Ç;cem.c;rep;t;2025-01-01;2025-01-01;
""",
    "scorecards/assignments.csv": """\
rep;territory;product_line;credit_share;valid_from;valid_to;ramp_from
ann;nord;one;1;2025-01-01;;
ann;nord;two;1;2025-01-01;;
cem;nord;one;1;2025-01-01;;
""",
    "scorecards/2026-01/sales.csv": None,
    "mkdocs.yml": "site_name: T\ndocs_dir: standards\nplugins: [standardwerk]\n",
}
Files = Mapping[str, str | bytes | None]


def project(root: Path, sources: str, files: Files | None = None) -> Path:
    """Write the project."""
    write(root, {**ROSTER, "scorecards/sources.yml": sources, **(files or {})})
    return root


def options(root: Path, as_of: date = date(2026, 3, 10)) -> Options:
    return Options(root / "mkdocs.yml", root / "standards", root / "scorecards", as_of, 1, False, theme_dir())


def plan(root: Path, name: str, data: str | bytes, *months: str, **more: Any) -> Plan:
    given = GivenFile(name, data.encode() if isinstance(data, str) else data)
    return plan_import(options(root), [given], [Month.parse(month) for month in months], **more)


def codes(found: Plan) -> list[str]:
    return [f"{one.code.code} {one.place}" for file in found.files for one in file.export.found]


def run(root: Path, *arguments: str, lang: str = "en", files: Files | None = None) -> tuple[int, str]:
    """The command over files that are written first, beside the project. Gives exit code and output."""
    for name, data in (files or {}).items():
        path = root / "inbox" / name
        path.parent.mkdir(exist_ok=True)
        assert data is not None
        path.write_bytes(data.encode() if isinstance(data, str) else data)
    given = [str(root / "inbox" / name) for name in files or {}]
    command = ["import", *given, *arguments, "-f", str(root / "mkdocs.yml"), "--as-of", "2026-03-10", "--lang", lang]
    done = CliRunner().invoke(main, command)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exc_info
    return done.exit_code, done.output


def workbook(rows: Iterable[Sequence[Any]], title: str = "Tabelle1") -> bytes:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def state(root: Path) -> dict[str, bytes]:
    """Every file of the scorecards folder."""
    folder = root / "scorecards"
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
