"""What a person reads of a change of editions: a standard that ended, a window that began anew, or went on."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from tests.sites.tiny import STANDARD, START, Built, Tiny

pytestmark = pytest.mark.site

NEXT = "2026-02-01"
ENDED = "standards/visits/"


def project(published_on: str = "2026-01-10", **rules: Any) -> Tiny:
    """A second edition: the first standard is revised, another one retired."""
    tiny = Tiny()
    tiny.files["standards/editions.yml"]["editions"].append(
        {"label": "2026.2", "effective_from": NEXT, "published_on": published_on, "note": tiny.local("Second")}
    )
    for path in [path for path in tiny.files if path.startswith(STANDARD)]:
        tiny.files[path.replace(STANDARD, ENDED)] = deepcopy(tiny.files[path])
    tiny.files[f"{ENDED}standard.yml"]["number"] = 2
    tiny.files[f"{ENDED}{NEXT}.yml"] = {"reason": tiny.local("No longer wanted"), "retired": True}
    columns = tiny.files["scorecards/sources.yml"]["sources"]["sales"]["columns"]
    columns["cut"] = {
        "type": "integer",
        "title": tiny.local("Cut"),
        "value_labels": {"0": {"de": "ohne <Schnitt>", "en": "no <cut>"}},
    }
    for month, value in ("2026-01", "0"), ("2026-02", str(rules.get("export_rules", {"cut": 0})["cut"])):
        head, *rows = tiny.files[f"scorecards/{month}/sales.csv"]
        tiny.files[f"scorecards/{month}/sales.csv"] = [[*head, "cut"], *([*row, value] for row in rows)]
    revised = {**deepcopy(tiny.revision), "export_rules": {"cut": 0}, **rules}
    tiny.revision["export_rules"] = {"cut": 0}
    tiny.files[f"{STANDARD}{NEXT}.yml"] = revised
    for code in tiny.languages:
        tiny.files[f"{STANDARD}{NEXT}.{code}.md"] = tiny.files[f"{STANDARD}{START}.{code}.md"]
    return tiny


def built_from(tiny: Tiny, folder: Path) -> Built:
    built = tiny.build(folder)
    assert built.returncode == 0, built.output
    return built


def row(built: Built, month: str, standard: str = "bookings", language: str = "de") -> str | None:
    """What a row of Ann's scorecard says; None if she has none."""
    page = html.document_fromstring(built.read(f"scorecards/ann/{language}/{month}/index.html"))
    found = page.xpath(f"//details[@id='{standard}']")
    return " ".join(found[0].text_content().split()) if found else None


def told(built: Built, month: str) -> str:
    found = row(built, month)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def restarted(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The CRM counts by another rule from February on."""
    return built_from(project(on_change="restart", export_rules={"cut": 30}), tmp_path_factory.mktemp("restarted"))


def test_a_window_cut_by_a_restart(restarted: Built) -> None:
    february = told(restarted, "2026-02")
    assert "Der Zeitraum beginnt mit Februar 2026 neu: Frühere Monate zählen nicht mehr mit." in february
    assert "beginnt mit" not in told(restarted, "2026-01")
    # February's 1000 and 1010 of 2000, without January's.
    assert "100,5" in february
    english = row(restarted, "2026-02", language="en")
    assert english is not None
    assert "The window starts again with February 2026: earlier months no longer count." in english


def test_an_export_rule_in_words(restarted: Built) -> None:
    built = restarted
    assert "Cut (de): ohne <Schnitt>" in told(built, "2026-01")
    assert "Cut (de): 30" in told(built, "2026-02")
    old = built.read("en/editions/2026.1/standards/bookings/index.html")
    assert "<dt>Cut (en)</dt><dd>no &lt;cut&gt;</dd>" in old
    changes = " ".join(
        html.document_fromstring(built.read("de/editions/2026.2/changes/index.html")).xpath("string(//article)").split()
    )
    assert "Cut (de): 30 statt ohne <Schnitt>." in changes


def test_a_window_that_goes_on(tmp_path: Path) -> None:
    tiny = project(on_change="carry")
    tiny.files[f"{STANDARD}{NEXT}.yml"]["measures"][0]["bands"] = {"met": 95, "near": 80}
    built = built_from(tiny, tmp_path)
    assert "Monate vor dem 01.02.2026 zählen weiter mit, nach den jetzt gültigen Regeln." in told(built, "2026-02")


def test_a_retired_standard(restarted: Built) -> None:
    built = restarted
    assert "aufgehoben zum 01.02.2026" in (row(built, "2026-01", "visits") or "")
    assert row(built, "2026-02", "visits") is None
    # The history of the months before, and the text, stay to be read.
    assert "No longer wanted (de)" in built.read("de/standards/index.html")
    assert "aufgehoben" in built.read("de/editions/2026.1/standards/visits/index.html")


def test_the_end_is_not_told_before_it_is_published(tmp_path: Path) -> None:
    tiny = project("2026-03-10")
    terms = {"reason": tiny.local("Agreed"), "agreement_ref": "GBV 1"}
    for path in f"{STANDARD}{NEXT}.yml", f"{ENDED}{NEXT}.yml":
        tiny.files[path]["retroactive"] = terms
    assert "aufgehoben" not in (row(built_from(tiny, tmp_path), "2026-01", "visits") or "aufgehoben")
