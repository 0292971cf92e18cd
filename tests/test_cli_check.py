"""``standardwerk check`` and what all commands share: forms, languages, exit codes, and never a traceback."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from standardwerk import pipeline
from standardwerk.cli import main
from standardwerk.diagnostics import CODES
from tests.load.building import BASE, write

CLEAN = {"CI": "", "LANGUAGE": "", "LC_ALL": "", "LC_MESSAGES": "", "LANG": "C", "SOURCE_DATE_EPOCH": ""}
MKDOCS = "site_name: S\ndocs_dir: standards\nplugins:\n  - standardwerk: {as_of: 2026-01-31}\n"


def run(folder: Path, *arguments: str, **environment: str) -> Result:
    command, *rest = arguments or ("check",)
    return CliRunner(env={**CLEAN, **environment}).invoke(main, [command, "-f", str(folder / "mkdocs.yml"), *rest])


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write(tmp_path, {"mkdocs.yml": MKDOCS})
    return tmp_path


FAULTY = {"scorecards/2026-01/sales.csv": "rep;done;due\nann;x;10\nbob;1;%\n", "mkdocs.yml": MKDOCS}


def test_the_forms_and_the_summary_at_the_end(tmp_path: Path) -> None:
    write(tmp_path, FAULTY)
    text = run(tmp_path)
    assert text.exit_code == 1
    lines = text.stdout.splitlines()
    assert lines[0].startswith("SW306 scorecards/2026-01/sales.csv:2:2 done: “x” is not a whole number. Write")
    assert lines[-1] == "2 errors, 0 warnings, 1 note."
    annotations = run(tmp_path, "check", "--format", "github").stdout.splitlines()
    assert annotations[0].startswith("::error file=scorecards/2026-01/sales.csv,line=2,col=2,title=SW306::done")
    assert annotations[-1] == lines[-1]
    answer = json.loads(run(tmp_path, "check", "--format", "json").stdout)
    assert answer["summary"] == {"errors": 2, "warnings": 0, "notes": 1}
    assert list(answer) == ["diagnostics", "summary"]
    first = answer["diagnostics"][0]
    assert (first["code"], first["line"], first["column"]) == ("SW306", 2, 2)
    assert f"{first['code']} {first['file']}:2:2 {first['what']} {first['cure']}" == lines[0]


@pytest.mark.parametrize(
    ("environment", "arguments", "language"),
    [
        ({}, (), "en"),
        ({"LANG": "de_DE.UTF-8"}, (), "de"),
        ({"LANG": "de"}, ("--lang", "en"), "en"),
        ({"LANG": "en_GB.UTF-8"}, ("--lang", "de-AT"), "de"),
        ({"LANG": "en_US", "LC_ALL": "de_AT.UTF-8"}, (), "de"),
        ({"LANG": "de_DE", "LC_MESSAGES": "en_GB"}, (), "en"),
        ({"LANG": "en_GB", "LANGUAGE": "xx:de:en"}, (), "de"),
        # As gettext does: in the C locale nothing is translated.
        ({"LANG": "C", "LANGUAGE": "de"}, (), "en"),
        ({"LANG": "xx_XX"}, (), "en"),
        ({"LANG": "../../etc_DE"}, (), "en"),
    ],
)
def test_the_language_is_the_one_asked_for_else_the_environments(
    tmp_path: Path, environment: dict[str, str], arguments: tuple[str, ...], language: str
) -> None:
    write(tmp_path, FAULTY)
    end = run(tmp_path, "check", *arguments, **environment).stdout.splitlines()[-1]
    assert end == {"en": "2 errors, 0 warnings, 1 note.", "de": "2 Fehler, 0 Warnungen, 1 Hinweis."}[language]


def test_a_language_that_is_not_there(project: Path) -> None:
    answer = run(project, "check", "--lang", "xx")
    assert (answer.exit_code, answer.stderr) == (2, "There are no messages in “xx”.\n")


def test_warnings_fail_only_if_they_are_to(tmp_path: Path) -> None:
    write(tmp_path, {"mkdocs.yml": MKDOCS, "scorecards/2026-01/unknown.csv": "x"})
    assert run(tmp_path).exit_code == 0
    assert run(tmp_path, "check", "--strict").exit_code == 1


# mkdocs.yml -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (None, "SW115 mkdocs.yml"),
        (b"a: [", "SW101 mkdocs.yml:1:5"),
        (b"a: &a [*a]", None),
        (b"\xff\xfe\x00", "SW108 mkdocs.yml"),
        (b"- a", "SW106 mkdocs.yml"),
        (b"docs_dir: [x]", "SW106 mkdocs.yml"),
        (b'docs_dir: "a\\0"', "SW106 mkdocs.yml"),
        (b"plugins: {standardwerk: {scorecards_dir: 7}}", "SW106 mkdocs.yml"),
        (b"plugins: [standardwerk: {scorecards_dir: 7}]", "SW106 mkdocs.yml"),
        (b"plugins: [standardwerk: {as_of: soon}]", "SW106 mkdocs.yml"),
        (b"site_name: !ENV [A, b]\nx: !!python/name:os.system\n", None),
        (b"", None),
    ],
)
def test_mkdocs_yml(tmp_path: Path, content: bytes | None, found: str | None) -> None:
    write(tmp_path, {"mkdocs.yml": content})
    answer = run(tmp_path)
    assert answer.exit_code == 1
    if found is None:
        # It can be read; what is wrong is that there is no handbook in docs/.
        found = "SW107 docs/editions.yml"
    assert answer.stdout.startswith(f"{found} "), answer.stdout
    assert answer.stderr == ""
    # Commands that are about something else say the same, beside their answer.
    other = run(tmp_path, "explain", "ann", "2026-01", "alpha")
    assert (other.exit_code, other.stdout) == (1, "")
    assert other.stderr.startswith(f"{found} ")


def test_without_mkdocs_yml_the_form_is_kept(tmp_path: Path) -> None:
    (one,) = json.loads(run(tmp_path, "check", "--format", "json").stdout)["diagnostics"]
    assert (one["code"], one["file"]) == ("SW115", "mkdocs.yml")
    (tmp_path / "mkdocs.yml").mkdir()
    assert run(tmp_path).stdout.startswith("SW114 mkdocs.yml The file cannot be read: it is a folder.")


@pytest.mark.parametrize("epoch", ["soon", "99999999999999999999", "1e3"])
def test_a_useless_epoch(tmp_path: Path, epoch: str) -> None:
    write(tmp_path, {"mkdocs.yml": "docs_dir: standards\n"})
    answer = run(tmp_path, SOURCE_DATE_EPOCH=epoch)
    assert (answer.exit_code, answer.stderr) == (2, f"SOURCE_DATE_EPOCH is “{epoch}”, which is no number of seconds.\n")


# What may stand in a folder --------------------------------------------------------------------------------------


def test_a_file_where_the_scorecards_should_be(project: Path) -> None:
    shutil.rmtree(project / "scorecards")
    (project / "scorecards").write_text("x")
    answer = run(project)
    assert answer.exit_code == 1
    assert "SW114 scorecards The file cannot be read: a folder is needed." in answer.stdout


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such things here")
def test_what_is_neither_file_nor_folder_is_not_opened(project: Path) -> None:
    os.mkfifo(project / "scorecards" / "2026-01" / "pipe.csv")
    (project / "standards" / "loop.de.md").symlink_to("loop.de.md")
    (project / "standards" / "round").symlink_to(project / "standards", target_is_directory=True)
    (project / "scorecards" / "2026-01" / "gone.csv").symlink_to("nowhere")
    listed = [line.split(" The ")[0] for line in run(project).stdout.splitlines() if line.startswith("SW114")]
    assert listed == [
        "SW114 scorecards/2026-01/gone.csv",
        "SW114 scorecards/2026-01/pipe.csv",
        "SW114 standards/loop.de.md",
        "SW114 standards/round/loop.de.md",
    ]


@pytest.mark.parametrize("name", ["standards/handbook.yml", "standards/alpha", "scorecards/reps.csv", "scorecards"])
def test_what_must_not_be_opened_is_told(project: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # The tests may run as a user who may open everything.
    read, listed = Path.read_bytes, os.scandir
    closed = project / name

    def refuse_bytes(path: Path) -> bytes:
        if path == closed:
            raise PermissionError(13, "no")
        return read(path)

    def refuse_list(path: Path | str) -> object:
        if Path(path) == closed:
            raise PermissionError(13, "no")
        return listed(path)

    monkeypatch.setattr(Path, "read_bytes", refuse_bytes)
    monkeypatch.setattr(os, "scandir", refuse_list)
    answer = run(project)
    assert answer.exit_code == 1
    assert f"SW114 {name} The file cannot be read: it must not be opened. Put" in answer.stdout


def test_a_file_too_large_is_not_read(project: Path) -> None:
    with (project / "scorecards" / "2026-01" / "sales.csv").open("wb") as file:
        # A hole: the file takes no room.
        file.truncate(2**28 + 1)
    assert "SW114 scorecards/2026-01/sales.csv The file cannot be read: it is larger than" in run(project).stdout


# The last resort --------------------------------------------------------------------------------------------------


def test_the_unexpected_ends_with_a_message(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("broken\x1b[2J")

    monkeypatch.setattr(pipeline, "load", fail)
    answer = run(project, LANG="de_DE.UTF-8")
    assert answer.exit_code == 70
    assert answer.stdout == ""
    assert answer.stderr.splitlines()[0] == "Das hätte nicht passieren dürfen: RuntimeError: broken\\x1b[2J"
    assert isinstance(run(project, STANDARDWERK_TRACEBACK="1").exception, RuntimeError)


SEED = 20261125
ROUNDS = 150


@pytest.mark.site
def test_no_project_and_no_argument_makes_a_traceback(tmp_path: Path) -> None:
    """Projects with files cut, garbled, swapped, made folders or links; commands with arguments of any kind."""
    dice = random.Random(SEED)
    files = {**BASE, "mkdocs.yml": MKDOCS}
    arguments = ["ann", "2026-01", "alpha", "", "--", "../..", "9999-12", "0001-01", "ä" * 300, "-1", "2026-13"]
    commands = ["check", "explain", "status", "seal", "close", "correct", "revise", "translated", "diff", "import"]
    codes: set[str] = set()
    for number in range(ROUNDS):
        root = tmp_path / str(number)
        changed: dict[str, str | bytes | None] = dict(files)
        for _ in range(dice.choice((0, 1, 1, 2, 4))):
            name = dice.choice(list(files))
            text = files[name].encode()
            changed[name] = dice.choice(
                (
                    lambda text=text: text[: dice.randrange(len(text))],
                    lambda text=text: _garbled(text, dice),
                    lambda text=text: dice.randbytes(dice.randrange(200)),
                    lambda: files[dice.choice(list(files))].encode(),
                    lambda: None,
                )
            )()
        write(root, changed)
        if dice.random() < 0.3:
            place = root / dice.choice(list(files))
            place.unlink(missing_ok=True)
            place.mkdir() if dice.random() < 0.5 else place.symlink_to(dice.choice((".", place.name, "nowhere")))
        given = [dice.choice(arguments) for _ in range(dice.randrange(4))]
        if dice.random() < 0.3:
            given += ["--as-of", dice.choice(("0001-01-01", "9999-12-31", "2026-02-28", "soon"))]
        command = "check" if dice.random() < 0.6 else dice.choice(commands)
        answer = run(root, command, *(given if command != "check" else given[-2:] if "--as-of" in given else ()))
        said = (command, given, answer.stdout[-500:], answer.stderr[-500:])
        assert answer.exit_code in {0, 1, 2}, said
        assert answer.exception is None or isinstance(answer.exception, SystemExit), said
        codes.update(re.findall(r"^(SW\d\d\d) ", answer.stdout, re.M))
    print(f"projects: {ROUNDS}, seed {SEED}; codes: {len(codes)}")
    assert codes <= set(CODES)
    assert len(codes) > 20


def _garbled(text: bytes, dice: random.Random) -> bytes:
    """A text with some of its bytes changed, taken out, or said twice."""
    found = bytearray(text)
    for _ in range(dice.randrange(1, 8)):
        at = dice.randrange(len(found)) if found else 0
        match dice.randrange(4):
            case 0:
                found[at : at + 1] = dice.randbytes(1)
            case 1:
                del found[at : at + dice.randrange(1, 20)]
            case 2:
                found[at:at] = found[max(0, at - 10) : at]
            case _:
                found[at:at] = dice.choice(
                    (b"\0", b'"', b"\xff", b"\n", b"  ", b"[", b"&a *a ", b"9999999999999999999")
                )
    return bytes(found)
