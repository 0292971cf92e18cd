"""Whole builds with broken files: nothing is touched, or (``on_bad_month: hold``) just their month is held back."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from standardwerk.cli import main
from tests.sites.tiny import STANDARD, START, Built, Tiny, build

pytestmark = pytest.mark.site
MONTHS = ("2026-01", "2026-02", "2026-03", "2026-04", "2026-05")
BAD = "2026-02"
#: Its window of three months, in which February lies.
WITH_IT = ("2026-02", "2026-03", "2026-04")
SALES = f"scorecards/{BAD}/sales.csv"
AS_OF = "2026-06-15"
NEXT_MONTHS = re.compile(rb'<nav class="sw-months".*?</nav>', re.S)


def project(on_bad_month: str = "stop") -> Tiny:
    """Five months; a measure over three of them, and one of a single month."""
    tiny = Tiny(options={"as_of": AS_OF})
    for index, month in enumerate(MONTHS):
        rows = [["rep", "product_line", "bookings", "quota"]]
        for place, (rep, line) in enumerate((rep, line) for rep in ("ann", "bob") for line in tiny.lines):
            rows.append([rep, line, str(800 + 70 * index + 40 * place), "1000"])
        tiny.files[f"scorecards/{month}/sales.csv"] = rows
    alone = {**deepcopy(tiny.measure), "id": "alone", "title": tiny.local("Alone"), "role": "second", "window": "month"}
    tiny.revision["measures"].append(alone)
    tiny.files["scorecards/calendar.yml"]["on_bad_month"] = on_bad_month
    return tiny


def state(site: Path) -> dict[str, tuple[int, int, bytes]]:
    """Each file with its number, its time and its bytes: written anew it would be another one."""
    return {
        path.relative_to(site).as_posix(): (path.stat().st_ino, path.stat().st_mtime_ns, path.read_bytes())
        for path in site.rglob("*")
        if path.is_file()
    }


# The build stops ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Built:
    built = project().build(tmp_path_factory.mktemp("sound"))
    assert built.returncode == 0, built.output
    return built


#: By the fault: the file, what it holds instead, and what is told.
FAULTS: dict[str, tuple[str, bytes | None, str]] = {
    "a cell": (SALES, b"rep,product_line,bookings,quota\nann,presses,x,1000\n", f"SW306 {SALES}:2:3"),
    "no text at all": (SALES, b"\xff\xfe\x00garbage\x9d", f"SW319 {SALES}"),
    "a quote left open": (SALES, b'rep,product_line,bookings,quota\n"ann,presses,800,1000\n', f"SW323 {SALES}:2"),
    "the contract": ("scorecards/sources.yml", b"sources: [", "SW101 scorecards/sources.yml:2:1"),
    "a revision": (f"{STANDARD}{START}.yml", b"measures: 7\n", f"SW106 {STANDARD}{START}.yml:1"),
    "the roster": ("scorecards/reps.csv", None, "SW107 scorecards/reps.csv"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_broken_file_stops_the_build_before_anything_is_cleaned(sound: Built, fault: str) -> None:
    name, data, told = FAULTS[fault]
    root = sound.site.parent / "project"
    whole, before = (root / name).read_bytes(), state(sound.site)
    assert len(before) > 50
    try:
        if data is None:
            (root / name).unlink()
        else:
            (root / name).write_bytes(data)
        failed = build(root, sound.site)
    finally:
        (root / name).write_bytes(whole)
    assert failed.returncode != 0
    assert told in failed.output
    assert "Traceback" not in failed.output
    assert state(sound.site) == before


# The month is held back ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> tuple[Built, Built]:
    """The same project, without a fault and with one in February."""
    folder = tmp_path_factory.mktemp("held")
    good, bad = project("hold"), project("hold")
    bad.files[SALES][1][2] = "x"
    both = good.build(folder / "good"), bad.build(folder / "bad")
    assert [one.returncode for one in both] == [0, 0], both[1].output
    return both


def card(built: Built, rep: str, month: str) -> Any:
    return json.loads(built.read(f"scorecards/{rep}/{month}.json"))


def measures(built: Built, rep: str, month: str) -> dict[str, Any]:
    (standard,) = card(built, rep, month)["standards"]
    return {one["id"]: one for one in standard["measures"]}


def test_the_build_says_what_it_holds_back(held: tuple[Built, Built]) -> None:
    output = held[1].output
    assert f"SW306 {SALES}:2:3" in output
    assert re.search(rf"SW413 scorecards/{BAD}\b", output)
    assert "SW413" not in held[0].output


@pytest.mark.parametrize("rep", ["ann", "bob"])
def test_the_month_and_every_window_with_it_are_shown_as_held(held: tuple[Built, Built], rep: str) -> None:
    """Bob's too, whose rows had no fault: what a broken file says of others cannot be trusted."""
    for month in MONTHS:
        found = {name: one["status"] for name, one in measures(held[1], rep, month).items()}
        assert (found["attainment"] == "held") == (month in WITH_IT), month
        assert (found["alone"] == "held") == (month == BAD), month
        for language, word in (("de", "zurückgehalten"), ("en", "held back")):
            page = held[1].read(f"scorecards/{rep}/{language}/{month}/index.html")
            row = page[page.index('<details class="sw-row"') :]
            summary = row[: row.index("</summary>")]
            assert (word in summary) == (month in WITH_IT), (month, language)


@pytest.mark.parametrize("rep", ["ann", "bob"])
def test_nothing_of_the_month_is_to_be_seen(held: tuple[Built, Built], rep: str) -> None:
    for month in MONTHS:
        for one in measures(held[1], rep, month).values():
            if one["status"] == "held":
                assert one["value"] is None
                assert one["numerator"] is None
            shown = [part for part in one["months"] if part["month"] == BAD]
            assert all(part["numerator"] is None and part["denominator"] is None for part in shown)
            assert all(not source["file"].startswith(f"{BAD}/") for source in one["sources"])


def test_all_others_are_built_as_without_the_fault(held: tuple[Built, Built]) -> None:
    good, bad = (one.files() for one in held)
    # With nothing scored in a month there is nothing to tell of everybody.
    gone = {f"months/{language}/{BAD}/index.html" for language in ("de", "en")}
    assert good.keys() - bad.keys() == gone
    assert bad.keys() <= good.keys()
    assert not any(f"months/{language}/{BAD}/" in page for language in ("de", "en") for _, page in held[1].pages())
    compared = 0
    for name, data in good.items():
        # January, and whatever is not about a month; the pages of later ones have February in their history.
        month = re.search(r"2026-\d\d", name)
        personal = name.startswith(("scorecards/", "teams/", "months/", "data-quality/", "trends/"))
        if not personal or (month is not None and month[0] == "2026-01"):
            # The organisation's next month is another one.
            assert NEXT_MONTHS.sub(b"", bad[name]) == NEXT_MONTHS.sub(b"", data), name
            compared += 1
    assert compared > 50
    for rep in ("ann", "bob"):
        assert card(held[0], rep, "2026-05") == card(held[1], rep, "2026-05")
        for month in ("2026-03", "2026-04"):
            assert measures(held[0], rep, month)["alone"] == measures(held[1], rep, month)["alone"]


def test_what_is_held_cannot_be_closed(held: tuple[Built, Built]) -> None:
    root = held[1].site.parent / "project"

    def close(month: str) -> tuple[int, str]:
        given = ["close", month, "-f", str(root / "mkdocs.yml"), "--lang", "en", "--as-of", "2026-07-01"]
        done = CliRunner().invoke(main, given)
        return done.exit_code, done.output

    assert close("2026-01")[0] == 0
    code, said = close(BAD)
    assert (code, said.splitlines()[-1]) == (
        1,
        f"{BAD} is held back. Mend the faults that “standardwerk check” lists, or end that in calendar.yml.",
    )
    for month in (*WITH_IT[1:], "2026-05"):
        code, said = close(month)
        assert code == 1
        assert f"{BAD}" in said
    assert sorted(path.name for path in (root / "scorecards/closed").iterdir()) == ["2026-01.json"]
