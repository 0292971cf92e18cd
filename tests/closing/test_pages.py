"""Hand-written pages with revisions: sealed like a standard, read whole in every edition; those without are today's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.closing.helpers import Project
from tests.sites.tiny import START, Tiny

PAGE = "standards/rules/"
NEXT = "2026-03-01"
AFTER = "2026-03-20"


def with_page(tiny: Tiny, *, later: bool = False, **rules: Any) -> Tiny:
    """A page of two sections; ``later``: with a second revision, of a second edition."""
    tiny.files[f"{PAGE}page.yml"] = {"order": 5}
    days = [START, NEXT] if later else [START]
    for day in days:
        tiny.files[f"{PAGE}{day}.yml"] = {"reason": tiny.local(f"Why {day}"), **rules}
        for code in tiny.languages:
            who = "Alle" if day == START else "Alle, immer"
            text = f"# Rules ({code})\n\n## Who ({code}) {{#who}}\n\n{who}.\n\n## Where {{#where}}\n\nHier.\n"
            tiny.files[f"{PAGE}{day}.{code}.md"] = text
    if later:
        tiny.files["standards/editions.yml"]["editions"].append(
            {"label": "2026.2", "effective_from": NEXT, "published_on": "2026-02-01", "note": tiny.local("Second")}
        )
    return tiny


@pytest.fixture
def sealed(tmp_path: Path) -> Project:
    project = Project(tmp_path, with_page(Tiny()))
    assert f"rules/{START}" in project.done("seal")
    assert project.codes() == set()
    return project


@pytest.mark.parametrize(
    ("file", "old", "new", "code", "field"),
    [
        (f"{PAGE}{START}.de.md", "Alle.", "Alle Leute.", "SW601", "section.who.de"),
        (f"{PAGE}{START}.en.md", "# Rules (en)", "# Rule (en)", "SW601", "title.en"),
        (f"{PAGE}{START}.yml", "reason:", "retired: true\nreason:", "SW604", "retired"),
    ],
)
def test_a_page_in_force_is_sealed(sealed: Project, file: str, old: str, new: str, code: str, field: str) -> None:
    sealed.change(file, old, new)
    found = [one for one in sealed.found() if one["code"] == code]
    assert [one["severity"] for one in found] == ["error"]
    assert f"“{field}”" in found[0]["what"]
    assert found[0]["file"] == file
    assert found[0]["line"]


def test_a_slip_in_a_page_is_mended_by_an_erratum(sealed: Project) -> None:
    sealed.change(f"{PAGE}{START}.en.md", "Alle.", "Everyone.")
    assert sealed.only("SW601")["line"] == 3
    path = sealed.path(f"{PAGE}{START}.yml")
    entry = {"date": NEXT, "section": "who", "language": "en", "was": "Alle.", "is": "Everyone."}
    rules = yaml.safe_load(path.read_text("utf-8")) | {"errata": [{**entry, "reason": {"de": "x", "en": "x"}}]}
    path.write_text(yaml.safe_dump(rules), "utf-8")
    assert sealed.codes() == set()


def test_revise_and_translated_know_pages(tmp_path: Path) -> None:
    tiny = with_page(Tiny(), later=True)
    for name in (f"{PAGE}{NEXT}.yml", f"{PAGE}{NEXT}.de.md", f"{PAGE}{NEXT}.en.md"):
        del tiny.files[name]
    project = Project(tmp_path, tiny)
    project.done("seal", on="2026-02-10")
    project.done("revise", "rules", "--from", NEXT, on="2026-02-10")
    assert project.codes("2026-02-10") == {"SW608"}
    project.change(f"{PAGE}{NEXT}.yml", '{de: "???", en: "???"}', "{de: Neu, en: New}")
    project.change(f"{PAGE}{NEXT}.de.md", "Alle.", "Alle, immer.")
    assert project.only("SW606", "2026-02-10")["file"] == f"{PAGE}{NEXT}.en.md"
    assert "rules/2026-03-01 section.who" in project.done("translated", "rules", "en", on="2026-02-10")
    assert project.codes("2026-02-10") == set()


@pytest.mark.site
def test_each_edition_shows_its_own_text(tmp_path: Path) -> None:
    tiny = with_page(Tiny(), later=True)
    tiny.options = {"as_of": AFTER}
    tiny.files["standards/contact.de.md"] = "# Kontakt\n\n[Regeln](page:rules#who)\n"
    tiny.files["standards/contact.en.md"] = "# Contact\n\n[Rules](page:rules#who)\n"
    built = tiny.build(tmp_path)
    assert built.returncode == 0, built.output
    old, new = (built.read(f"de/editions/{label}/rules/index.html") for label in ("2026.1", "2026.2"))
    assert ("Alle." in old, "Alle, immer." in old) == (True, False)
    assert ("Alle." in new, "Alle, immer." in new) == (False, True)
    assert "Alle, immer." in built.read("de/rules/index.html")
    assert "Diese Fassung wurde zum 01.03.2026 durch die der Ausgabe 2026.2 abgelöst." in old
    assert "gültig von 01.01.2026 bis 28.02.2026" in new
    changes = built.read("de/editions/2026.2/changes/index.html")
    assert "Why 2026-03-01 (de)" in changes
    assert ", immer" in changes
    # The page without revisions is the same in both, and the older edition says so.
    contact = built.read("de/editions/2026.1/contact/index.html")
    assert "gehört zu keiner Ausgabe" in contact
    assert "gehört zu keiner Ausgabe" not in built.read("de/contact/index.html")
    # What can be signed is what the edition says: its pages with revisions.
    document = built.read("de/editions/2026.1/complete/index.html")
    assert "Alle." in document
    assert "Kontakt" not in document.partition("<article")[2]
