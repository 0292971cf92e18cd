"""``explain`` while a closed month comes out differently: the figures of now, and that they are not those published."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.closing.helpers import FEBRUARY, JANUARY, SALES, Project
from tests.sites.tiny import STANDARD

HEAD = "This is not what was published, and no correction says why:"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Two closed months. Ann: 900 and 910 of 1000 each in January."""
    made = Project(tmp_path)
    made.close_both()
    return made


def explained(project: Project, rep: str, month: str) -> str:
    return project.done("explain", rep, month, Path(STANDARD).name)


def test_what_differs_is_told_beside_the_maths_of_now(project: Project) -> None:
    before = {(rep, month): explained(project, rep, month) for rep in ("ann", "bob") for month in (JANUARY, FEBRUARY)}
    project.change(SALES, "ann,presses,900,", "ann,presses,500,")
    assert project.run("check").exit_code == 1
    # (500 + 910) of 2000, before 1810; February 1000 and 1010 more, of 4000.
    found = explained(project, "ann", JANUARY)
    assert "\nResult: 70.5% · target at least 100% · missed\n" in found
    assert f"\n{HEAD}\n" in found
    assert "Published: 90.5% (near) · Now: 70.5% (missed)\n" in found
    assert "Presses (en) – Published: 90.0% (near) · Now: 50.0% (missed)\n" in found
    assert "\n  Restore the input of 2026-01 or before, or record the reason with “standardwerk correct”.\n" in found
    assert "€1,410 ÷ €2,000 = 70.5%" in found
    assert "Published: 95.5% (near) · Now: 85.5% (near)\n" in explained(project, "ann", FEBRUARY)
    # Of others nothing differs.
    for month in (JANUARY, FEBRUARY):
        assert explained(project, "bob", month) == before["bob", month]
        assert HEAD not in before["bob", month]


def test_a_line_that_is_the_persons_no_more(project: Project) -> None:
    project.change("scorecards/assignments.csv", "ann,T1,service,1,2026-01-01,,", "ann,T1,service,1,2026-04-01,,")
    project.change(SALES, "ann,service,910,1000\n", "")
    project.change(f"scorecards/{FEBRUARY}/sales.csv", "ann,service,1010,1000\n", "")
    assert "Service (en) – Published: 91.0% (near) · Now: –\n" in explained(project, "ann", JANUARY)
    project.done("correct", JANUARY, "--reason", "reclassification", "--note", "Not hers", "--also", FEBRUARY)
    found = explained(project, "ann", JANUARY)
    assert HEAD not in found
    assert "Service (en) – Before: 91.0% (near) · After: –\n" in found


def test_a_fault_in_a_file_is_still_an_error(project: Project) -> None:
    project.change(SALES, "ann,presses,900,", "ann,presses,x,")
    result = project.run("explain", "ann", JANUARY, Path(STANDARD).name)
    assert result.exit_code == 1
    assert "SW3" in result.output
    assert "Result" not in result.output
