"""The demo without six of its people: no byte of them, the organisation's figures as before, and nobody found out."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from standardwerk.cli import main
from tests.conftest import ROOT
from tests.disclosure.attacker import Cell, Group, by_bounds, by_sums
from tests.disclosure.reading import HIDDEN, Key, Published, interval, of_months
from tests.disclosure.test_attacker import TEAMS, K, Truth, truths  # noqa: F401 (a fixture)

#: Five with scorecards in two teams, all there from the first month; and a lead, who rated and approved.
GONE = {
    "distelkamp-h": ("Hinnerk Distelkamp", "h.distelkamp"),
    "faehrmann-s": ("Svantje Fährmann", "s.faehrmann"),
    "kranichfeld-j": ("Jördis Kranichfeld", "j.kranichfeld"),
    "nebelthau-k": ("Knut Nebelthau", "k.nebelthau"),
    "tannhoefer-u": ("Ulrike Tannhöfer", "u.tannhoefer"),
    "aehrenfeldt-f": ("Friederike Ährenfeldt", "f.aehrenfeldt"),
}
WITHDRAWN = "zurückgezogen"

pytestmark = pytest.mark.site


@pytest.fixture(scope="module")
def erased(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The project without them, and its site."""
    folder = tmp_path_factory.mktemp("erased")
    project = folder / "project"
    project.mkdir()
    shutil.copy(ROOT / "mkdocs.yml", project)
    for name in ("standards", "scorecards", "theme"):
        shutil.copytree(ROOT / name, project / name)
    result = CliRunner().invoke(main, ["person", "erase", "-f", str(project / "mkdocs.yml"), *GONE, "--yes"])
    assert result.exit_code == 0, result.output
    site = folder / "site"
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "--strict", "-d", str(site)]
    built = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    return project, site


@pytest.fixture(scope="module")
def before(demo_site: Path) -> dict[Key, Published]:
    return of_months(demo_site / "months" / "de")


@pytest.fixture(scope="module")
def after(erased: tuple[Path, Path]) -> dict[Key, Published]:
    return of_months(erased[1] / "months" / "de")


def test_no_byte_of_them_is_left(erased: tuple[Path, Path], demo_site: Path) -> None:
    project, site = erased
    traces = [trace.encode() for rep, others in GONE.items() for trace in (rep, *others)]
    files = [one for folder in (project, site) for one in folder.rglob("*") if one.is_file()]
    assert len(files) > 2000
    for file in files:
        data = file.read_bytes()
        assert not [trace for trace in traces if trace in data], file
        assert not [rep for rep in GONE if rep in str(file.relative_to(project.parent))], file
    # They would be found: the site with them has them.
    page = (demo_site / "teams/nord/de/2026-10/index.html").read_bytes()
    assert all(trace in page for trace in ("Jördis Kranichfeld".encode(), "Friederike Ährenfeldt".encode()))


def test_the_organisations_figures_are_as_they_were(before: dict[Key, Published], after: dict[Key, Published]) -> None:
    assert set(after) <= set(before)
    same = withdrawn = 0
    for key, page in after.items():
        if page.everybody == WITHDRAWN:
            withdrawn += 1
            assert {*page.teams.values(), *page.lines.values()} <= {HIDDEN}, key
        else:
            same += 1
            assert page.everybody == before[key].everybody, key
        for kind in ("teams", "lines"):
            for name, text in getattr(page, kind).items():
                assert text in {HIDDEN, getattr(before[key], kind).get(name)}, (key, name)
    assert same > 200
    assert withdrawn > 20
    # A team nobody of them was in keeps its figures.
    assert sum(page.teams.get("West", HIDDEN) != HIDDEN for page in after.values()) > 50


def test_business_totals_are_as_they_were(erased: tuple[Path, Path], demo_site: Path) -> None:
    amount = "8.626.054"
    for site in (demo_site, erased[1]):
        assert amount in (site / "totals/de/2026-10/index.html").read_text("utf-8")


def shown(truth: Truth, page: Published) -> Iterator[tuple[Group, str]]:
    """The groups with a figure. Those who were erased are a team of their own, whom no lead knows."""

    def apart(cells: Group) -> Group:
        return frozenset(Cell(cell.person, "erased", cell.line) if cell.person in GONE else cell for cell in cells)

    if page.everybody not in {HIDDEN, WITHDRAWN}:
        yield apart(truth.cells(everybody=True)), page.everybody
    for name, text in page.teams.items():
        if text != HIDDEN:
            yield apart(truth.cells(team=TEAMS[name])), text
    for name, text in page.lines.items():
        if text != HIDDEN:
            yield apart(truth.cells(line=name)), text


def test_the_attacker_finds_no_one(
    after: dict[Key, Published],
    truths: dict[Key, Truth],  # noqa: F811
) -> None:
    found, tried = {}, 0
    for key, page in after.items():
        truth = truths[key]
        groups = list(shown(truth, page))
        assert all(len({cell.person for cell in group}) >= K for group, _ in groups)
        whole = {
            Cell(cell.person, "erased" if cell.person in GONE else cell.team, cell.line): one
            for cell, one in truth.denominators.items()
        }
        is_share = truth.measure.kind == "proportion" and all(isinstance(one, int) for one in whole.values())
        known = [(group, range_) for group, text in groups if (range_ := interval(text))]
        for lead in (None, *sorted(truth.lead_of)):
            tried += 1
            if worked_out := by_sums([frozenset(c for c in group if c.team != lead) for group, _ in groups], K):
                found[key, lead] = worked_out
            own = {
                cell: int(top)  # type: ignore[call-overload]
                for cell, top in truth.numerators.items()
                if cell.team == lead and cell.person not in GONE
            }
            if is_share and by_bounds(whole, known, own):  # type: ignore[arg-type]
                found[key, lead] = [("by bounds",)]
    assert tried > 1000
    assert found == {}
