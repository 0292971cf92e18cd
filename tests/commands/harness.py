"""Golden cases that a folder of texts cannot show: after commands, in workbooks, in exports that are imported.

A case is a YAML file as in ``tests/load`` (``purpose``, ``files``, ``change``, ``bytes``, ``as_of``, ``expected``) with
more: ``instead`` (a language takes the place of another, and ``untranslated``: what its catalogue lacks); ``commands``
(what to ``run`` on which ``day``); ``then`` (``files``, ``move``, ``change``) is what happens after;
``workbooks`` (path: ``sheets`` with their rows, ``hidden``, ``merged``) and ``fill`` (path of a sheet: cell and value)
make XLSX files; ``import`` (path: months) reads a file as the command would. Without it the whole project is checked.
``expected`` has every diagnostic.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from click.testing import CliRunner
from openpyxl import Workbook, load_workbook

from standardwerk import pipeline
from standardwerk.cli import main
from standardwerk.diagnostics import Diagnostic, Diagnostics
from standardwerk.load.config import read_config
from standardwerk.load.exports import GivenFile
from standardwerk.model.months import Month
from standardwerk.operations.importing import plan_import
from standardwerk.render.theme import theme_dir
from tests.load.building import BASE, write

CASES = sorted((Path(__file__).parent / "cases").glob("*.yml"))
MKDOCS = {"mkdocs.yml": "site_name: T\ndocs_dir: standards\nplugins: [standardwerk]\n"}
AS_OF = date(2026, 1, 31)


@cache
def read(case: Path) -> dict[str, Any]:
    return yaml.load(case.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def found_in(case: dict[str, Any], root: Path) -> list[Diagnostic]:
    """Make a case's project, and list what is found."""
    write(root, {**MKDOCS, **_in_languages(case), **case.get("files", {})})
    for name, text in case.get("bytes", {}).items():
        _put(root / name, text.encode("latin-1"))
    _change(root, case.get("change", {}))
    for one in case.get("commands", ()):
        _run(root, one["run"], one["day"])
    after = case.get("then", {})
    for name, text in after.get("files", {}).items():
        _put(root / name, text)
    for old, new in after.get("move", {}).items():
        (root / old).rename(root / new)
    _change(root, after.get("change", {}))
    for name, book in case.get("workbooks", {}).items():
        _make_workbook(root / name, book)
    for name, cells in case.get("fill", {}).items():
        _fill(root / name, cells)
    as_of = case.get("as_of", AS_OF)
    if "import" in case:
        return list(_imported(root, case["import"], as_of))
    return list(_checked(root, as_of))


def _in_languages(case: dict[str, Any]) -> dict[str, str | None]:
    """The small project with one language instead of another, and a catalogue for it if some texts are to lack."""
    files: dict[str, str | None] = {}
    for old, new in case.get("instead", {}).items():
        for name, text in BASE.items():
            files |= {name: None, name.replace(f".{old}.md", f".{new}.md"): text.replace(f"{old}:", f"{new}:")}
        if "untranslated" in case:
            catalogue = (theme_dir() / "locales" / "de.po").read_text("utf-8")
            for message in case["untranslated"]:
                catalogue = re.sub(rf'(msgid "{re.escape(message)}"\nmsgstr) ".*"\n', r'\1 ""\n', catalogue)
            files[f"theme/locales/{new}.po"] = catalogue
    return files


def _change(root: Path, changes: dict[str, dict[str, str]]) -> None:
    for name, its in changes.items():
        text = (root / name).read_text("utf-8")
        for old, new in its.items():
            assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
            text = text.replace(old, new)
        (root / name).write_text(text, "utf-8")


def _put(path: Path, content: str | bytes | None) -> None:
    if content is None:
        path.unlink()
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())


def _run(root: Path, line: str, on: date) -> None:
    command, *rest = shlex.split(line.replace("{project}", str(root)))
    given = [command, *rest, "-f", str(root / "mkdocs.yml"), "--lang", "en", "--as-of", str(on)]
    done = CliRunner().invoke(main, given, catch_exceptions=False)
    assert done.exit_code == 0, done.output


def _make_workbook(path: Path, book: dict[str, Any]) -> None:
    made = Workbook()
    del made[made.sheetnames[0]]
    for name, rows in book["sheets"].items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
        for cells in book.get("merged", {}).get(name, ()):
            sheet.merge_cells(cells)
        if name in book.get("hidden", ()):
            sheet.sheet_state = "hidden"
    path.parent.mkdir(exist_ok=True)
    made.save(path)


def _fill(path: Path, cells: dict[str, Any]) -> None:
    book = load_workbook(path)
    for place, value in cells.items():
        book.worksheets[0][place] = value
    book.save(path)


def _options(root: Path, as_of: date) -> pipeline.Options:
    folders = (root / "mkdocs.yml", root / "standards", root / "scorecards")
    return pipeline.Options(*folders, as_of, 1, False, theme_dir())


def _checked(root: Path, as_of: date) -> Iterator[Diagnostic]:
    found = Diagnostics()
    if read_config(root / "mkdocs.yml", found) is not None:
        found.extend(pipeline.load(_options(root, as_of)).diagnostics)
    yield from found


def _imported(root: Path, files: dict[str, list[str]], as_of: date) -> Iterator[Diagnostic]:
    for name, months in files.items():
        given = GivenFile(Path(name).name, (root / name).read_bytes())
        plan = plan_import(_options(root, as_of), [given], [Month.parse(month) for month in months])
        for file in plan.files:
            yield from file.export.found


def content(root: Path, file: str) -> str:
    """The text of a file in which something was found; empty for a workbook, or if it is not there."""
    for path in (root / file, root / "inbox" / file):
        if path.is_file() and path.suffix != ".xlsx":
            return path.read_text("utf-8")
    return ""
