"""The first months in a role: which steps stand where, and what counts from when."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from standardwerk.site.contexts import Site
from standardwerk.site.handbook_pages import HandbookPages
from standardwerk.site.onboarding import OnboardingContext
from tests.load.building import BASE, load, write

REASON = "reason: {de: R, en: R}\n"
STEPS = """\
onboarding:
  - {when: day-30, text: {de: später, en: later}}
  - {when: day-1, paths: [new, transfer], text: {de: zuerst, en: first}}
  - {when: week-1, paths: [new-lead], text: {de: leiten, en: lead}}
"""
RAMP = """\
ramp:
  - {from_month: 1, scored: false}
  - {from_month: 3, factor: 0.5}
  - {from_month: 6}
"""
PATHS = """\
paths:
  - {id: transfer, name: {de: Wechsel, en: Transfer}}
  - {id: new, name: {de: Neu, en: New}}
  - {id: new-lead, name: {de: Neue Leitung, en: New lead}, roles: [lead]}
groups:
"""


def pages(folder: Path, names: str = "groups:\n", target: str = "") -> dict[str, OnboardingContext]:
    alpha = BASE["standards/alpha/2026-01-01.yml"].replace(REASON, REASON + STEPS)
    method = BASE["standards/method/2026-01-01.yml"]
    files = {
        "standards/handbook.yml": BASE["standards/handbook.yml"].replace("groups:\n", names),
        "standards/alpha/2026-01-01.yml": alpha.replace("    kind: ", target + "    kind: ", 1),
        "standards/method/2026-01-01.yml": REASON + RAMP if "ramp:" not in method else method,
    }
    write(folder, files)
    loaded, diagnostics = load(folder)
    assert [str(one.place) for one in diagnostics.errors] == []
    handbook = loaded.project.handbook
    site = Site(handbook, date(2026, 1, 20), handbook.edition_at(date(2026, 1, 20)), {})
    found = HandbookPages(site, "de", lambda text: text, lambda method: None, True).pages()
    return {page.url: page.context for page in found if page.kind == "onboarding" and page.edition is None}  # type: ignore[misc]


def told(context: OnboardingContext) -> dict[str, list[tuple[str, list[str]]]]:
    return {
        path.id: [(stage.when, [step.text["de"] for step in stage.steps]) for stage in path.stages]
        for path in context.paths
    }


def test_each_role_has_its_paths_in_the_order_of_the_handbook(tmp_path: Path) -> None:
    found = pages(tmp_path, PATHS)
    assert {url: told(context) for url, context in found.items()} == {
        "de/onboarding/rep/": {
            "transfer": [("day-1", ["zuerst"])],
            "new": [("day-1", ["zuerst"]), ("day-30", ["später"])],
        },
        "de/onboarding/lead/": {"new-lead": [("week-1", ["leiten"])]},
    }
    assert found["de/onboarding/lead/"].ramp == ()


def test_without_names_the_paths_are_those_of_the_steps(tmp_path: Path) -> None:
    found = pages(tmp_path)
    assert list(found) == ["de/onboarding/rep/"]
    assert list(told(found["de/onboarding/rep/"])) == ["new", "new-lead", "transfer"]
    assert {path.name for path in found["de/onboarding/rep/"].paths} == {None}


def test_what_counts_from_when(tmp_path: Path) -> None:
    context = pages(tmp_path, target="    is_target: true\n")["de/onboarding/rep/"]
    assert context.ramp_months == (1, 3, 6)
    (row,) = context.ramp
    assert row.url == "de/standards/alpha/"
    assert [(cell.scored, str(cell.factor)) for cell in row.cells] == [(False, "1"), (True, "0.5"), (True, "1")]


def test_only_targets_are_lower(tmp_path: Path) -> None:
    (row,) = pages(tmp_path)["de/onboarding/rep/"].ramp
    assert [(cell.scored, str(cell.factor)) for cell in row.cells] == [(False, "1"), (True, "1"), (True, "1")]


def test_what_is_announced_is_told_by_role(tmp_path: Path) -> None:
    """On 20 January the edition of February is published; its page of changes has a part for each role."""
    context = pages(tmp_path)["de/onboarding/rep/"]
    assert context.announced is not None
    assert (context.announced.label, context.role_id) == ("2026.2", "rep")
    assert context.announced_url == "de/editions/2026.2/changes/"


def test_steps_keep_their_identity_in_each_path(tmp_path: Path) -> None:
    """What a browser remembers is the same step, whatever stands before it on the page."""
    (context,) = pages(tmp_path).values()
    steps = [step.identity for path in context.paths for stage in path.stages for step in stage.steps]
    assert steps == ["alpha-day-1-1", "alpha-day-30-0", "alpha-week-1-2", "alpha-day-1-1"]
