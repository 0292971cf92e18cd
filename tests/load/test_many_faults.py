"""Faults of several files at once: none hides another, and none causes others.

Two golden cases that touch different files are laid over each other. What is found must be what each of them gives
alone. More would be noise: a fault that shows in a file that has none. Less is right only where a question cannot be
asked before the other fault is mended, and ``WAITS`` lists these: who is on the roster, which product lines there are.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest

from tests.load.building import load, write
from tests.load.test_cases import CASES, files_of, read

SEED = 20261110
IN_CORE = 120
IN_ALL = 1500

_ROSTER = "SW312 SW314 SW316 SW318 SW406 SW337 SW335"
_CONTRACT = "SW113 SW208 SW209 SW210 SW211 SW215 SW222 SW223"
#: By a file that another case changes: the codes that may wait for it.
WAITS = {
    # Without access.yml, scorecards are not built and not looked at.
    "scorecards/access.yml": {"scorecards/": "SW", "standards/": _CONTRACT},
    # What a file must be, and how numbers are written, stands here; so does what measures may count.
    "scorecards/sources.yml": {"scorecards/": "SW", "standards/": _CONTRACT + " SW106"},
    "scorecards/calendar.yml": {"scorecards/": "SW410 SW413"},
    "scorecards/reps.csv": {"scorecards/": _ROSTER + " SW313 SW315 SW401 SW402 SW404 SW407 SW408 SW306 SW403"},
    "scorecards/teams.csv": {"scorecards/": "SW404"},
    "scorecards/assignments.csv": {"scorecards/": "SW315 SW318"},
    # Languages, groups, roles and product lines are listed here.
    "standards/handbook.yml": {
        "standards/": "SW109 SW110 SW113 SW216 SW218 SW219 SW225 SW6",
        "scorecards/": "SW109 SW110 SW313 SW315 SW318 SW405 SW407 SW317",
    },
    "standards/editions.yml": {"standards/": "SW202 SW213 SW224 SW227 SW6", "scorecards/": "SW317 SW214"},
    "standards/alpha/standard.yml": {
        "standards/": "SW221",
        "standards/method/": "SW113 SW228",
        "scorecards/": "SW408 SW317 SW214",
    },
    # A revision may retire its standard, decides what the next one changes, says which sources are needed, and which
    # measures there are to be shown.
    "standards/alpha/2026-01-01.yml": {
        "standards/alpha/2026-01-01.": "SW216",
        "standards/alpha/2026-02-01.yml": "SW212 SW213",
        "standards/method/": "SW113 SW228",
        "scorecards/": "SW317 SW214",
    },
    "standards/alpha/2026-02-01.yml": {"standards/alpha/2026-02-01.": "SW216"},
    # What the next one changes.
    "standards/method/2026-01-01.yml": {"standards/method/2026-02-01.yml": "SW213"},
    # What a question's passage is looked for in.
    "standards/alpha/2026-01-01.en.md": {"standards/alpha/2026-01-01.yml": "SW234"},
    # The original that its translation is compared with.
    "standards/alpha/2026-01-01.de.md": {"standards/alpha/2026-01-01.en.md": "SW218"},
}
#: Cases that are no fault of their files, but another project: they change who or what there is.
OTHER_GROUND = {"111-roster", "618-left"}
#: Cases that take something for granted which another one changes.
NOT_TOGETHER = {
    ("202-no-edition", "213-late-other"),  # a revision between the two that are compared
    ("202-no-edition", "229-retroactive-rule"),
    ("348-twice", "413-held"),  # a month that the other adds
    ("111-reserved", "203-no-revision"),  # the same number
    ("111-reserved", "213-late-other"),  # the same number
    ("202-no-edition", "212-carry"),  # a revision between the two that are compared
}


#: Cases that name standards: what is wrong with the names depends on which standards there are.
NAMING = {"113-shown", "228-not-added-up"}


#: Cases whose contract looks into the roster's files.
LOOKING_UP = {"113-lookup", "342-lookup", "342-not-there"}


@dataclass(frozen=True)
class Case:
    name: str
    files: dict[str, str | bytes | None]
    expected: frozenset[str]
    as_of: date


def _cases() -> Iterator[Case]:
    for path in CASES:
        case = read(path)
        if path.stem not in OTHER_GROUND:
            yield Case(path.stem, files_of(case), frozenset(case["expected"]), case.get("as_of", date(2026, 1, 31)))


def _pairs() -> list[tuple[Case, Case]]:
    pairs = [
        (one, two)
        for one, two in combinations(_cases(), 2)
        if one.as_of == two.as_of and not one.files.keys() & two.files.keys() and not _compared(one, two)
    ]
    random.Random(SEED).shuffle(pairs)
    return pairs


def _compared(one: Case, two: Case) -> bool:
    """Whether the two are one edit: neighbouring revisions, the contract and a header it accepts, or a month's folder
    that is missing and has files."""
    if (one.name, two.name) in NOT_TOGETHER:
        return True
    first, second = "standards/alpha/2026-01-01.yml", "standards/alpha/2026-02-01.yml"
    return any(
        (first in a.files and second in b.files)
        or (a.name == "304-header-twice" and "scorecards/sources.yml" in b.files)
        or (a.name in NAMING and any(file.endswith("/standard.yml") for file in b.files))
        or (a.name in LOOKING_UP and {"scorecards/reps.csv", "scorecards/teams.csv"} & b.files.keys())
        or (a.name == "352-interrupted" and any(file.startswith("scorecards/2026-01/") for file in b.files))
        for a, b in ((one, two), (two, one))
    )


def _may_wait(fault: str, other: Case) -> bool:
    code, place = fault.split(" ", 1)
    return any(
        place.startswith(prefix) and any(code.startswith(one) for one in codes.split())
        for file in other.files
        for prefix, codes in WAITS.get(file, {}).items()
    )


def _check(pairs: list[tuple[Case, Case]], tmp_path: Path) -> None:
    wrong = []
    for number, (one, two) in enumerate(pairs):
        root = tmp_path / str(number)
        write(root, {**one.files, **two.files})
        _, diagnostics = load(root, one.as_of)
        found = {f"{each.code.code} {each.place}" for each in diagnostics}
        noise = found - one.expected - two.expected
        hidden = {fault for fault in one.expected - found if not _may_wait(fault, two)}
        hidden |= {fault for fault in two.expected - found if not _may_wait(fault, one)}
        if noise or hidden:
            wrong.append((one.name, two.name, {"noise": sorted(noise), "hidden": sorted(hidden)}))
    print(f"pairs of faults: {len(pairs)}, seed {SEED}")
    assert wrong == [], "\n".join(map(str, wrong))


def test_two_faults_are_both_found_and_cause_no_third(tmp_path: Path) -> None:
    _check(_pairs()[:IN_CORE], tmp_path)


@pytest.mark.site
def test_many_pairs_of_faults_are_both_found(tmp_path: Path) -> None:
    _check(_pairs()[IN_CORE:IN_ALL], tmp_path)
