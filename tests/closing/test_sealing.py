"""Sealed texts: what a seal forbids, errata, revisions ready to edit, translations that fell behind."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from standardwerk.model.fingerprint import fingerprint
from standardwerk.model.handbook import Erratum, Revision, RevisionForm, Section, Wording
from standardwerk.model.seals import before_errata
from tests.closing.helpers import RULES, WORDING, Project
from tests.sites.tiny import STANDARD, Tiny

LOCK = "standards/editions.lock"
NEXT = "2026-07-01"


@pytest.fixture
def sealed(tmp_path: Path) -> Project:
    project = Project(tmp_path)
    project.done("seal")
    return project


def test_a_seal_is_written_once(sealed: Project) -> None:
    before = sealed.text(LOCK)
    assert "0 revisions sealed" in sealed.done("seal", on="2026-05-01")
    assert sealed.text(LOCK) == before
    assert set(yaml.safe_load(before)["revisions"]) == {"bookings/2026-01-01", "method/2026-01-01"}
    assert sealed.codes() == set()


def test_the_same_texts_have_the_same_seals(tmp_path: Path) -> None:
    texts = []
    for name in ("a", "b"):
        project = Project(tmp_path / name)
        project.done("seal")
        texts.append(project.text(LOCK))
    assert texts[0] == texts[1]


def test_without_seals_a_note_says_so(tmp_path: Path) -> None:
    assert Project(tmp_path).only("SW605")["severity"] == "note"


def test_a_changed_section_is_named_with_file_and_line(sealed: Project) -> None:
    sealed.change(WORDING, "## Why (de) {#why}\n\nText", "## Why (de) {#why}\n\nAnother text")
    one = sealed.only("SW601")
    assert (one["severity"], one["file"]) == ("error", WORDING)
    assert one["line"] == sealed.line_of(WORDING, "{#why}")
    assert "section.why.de" in one["what"]


def test_a_changed_limit_is_named_with_file_and_line(sealed: Project) -> None:
    sealed.change(RULES, "met: 100", "met: 95")
    one = sealed.only("SW601")
    assert (one["file"], one["line"]) == (RULES, sealed.line_of(RULES, "met: 95"))
    assert "bands.attainment" in one["what"]


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        (WORDING, "# Bookings (de)", "# Orders (de)", "SW601"),
        (RULES, "numerator: bookings", "numerator: bookings + 1", "SW601"),
        (RULES, "window: rolling 3", "window: rolling 6", "SW601"),
        (RULES, "measures:", "weight: 2\nmeasures:", "SW604"),
        (RULES, "de: Attainment (de)", "de: Anderes", "SW601"),
        ("standards/method/2026-01-01.yml", "factor: 1", "factor: 0.5", "SW601"),
        ("standards/method/2026-01-01.en.md", "Text.", "Other.", "SW601"),
        ("standards/handbook.yml", "de: Rep (de)", "de: Vertrieb", "SW609"),
    ],
)
def test_a_changed_seal_fails(sealed: Project, file: str, old: str, new: str, code: str) -> None:
    sealed.change(file, old, new)
    one = sealed.only(code)
    assert one["severity"] == "error"
    assert one["file"] == file
    assert one["line"]


@pytest.mark.parametrize(
    ("old", "new"), [("met: 100", "met: 100.0"), ("role: main", "role: main   "), ("measures:", "quiz: []\nmeasures:")]
)
def test_accidents_of_writing_and_aids_break_no_seal(sealed: Project, old: str, new: str) -> None:
    sealed.change(RULES, old, new)
    assert sealed.codes() == set()


def test_an_edition_that_came_into_force_is_to_be_sealed(tmp_path: Path) -> None:
    project = Project(tmp_path, _two_editions())
    project.done("seal")
    project.done("revise", "bookings", "--from", NEXT)
    project.change(f"{STANDARD}{NEXT}.yml", '{de: "???", en: "???"}', "{de: Neu, en: New}")
    assert "SW602" not in project.codes()
    assert "SW602" in project.codes("2026-07-01")
    project.done("seal", on="2026-07-01")
    assert project.codes("2026-07-01") == set()


# Errata.


def _erratum(project: Project, was: str, now: str) -> None:
    entry = {
        "date": "2026-03-01",
        "section": "why",
        "language": "de",
        "was": was,
        "is": now,
        "reason": {"de": "Tippfehler", "en": "Typo"},
    }
    path = project.path(RULES)
    rules = yaml.safe_load(path.read_text("utf-8"))
    path.write_text(yaml.safe_dump({**rules, "errata": [entry]}, allow_unicode=True), "utf-8")


def test_an_erratum_allows_exactly_its_text(sealed: Project) -> None:
    sealed.change(WORDING, "## Why (de) {#why}\n\nText (de)", "## Why (de) {#why}\n\nDer Text (de)")
    _erratum(sealed, "Text (de).", "Der Text (de).")
    assert sealed.codes() == {"SW606"}  # the translation is to be looked at
    assert "section.why" in sealed.done("translated", "bookings", "en")
    assert sealed.codes() == set()
    sealed.change(WORDING, "Der Text (de)", "Der alte Text (de)")
    assert "SW607" in sealed.codes()


def test_an_erratum_for_another_text_does_not_help(sealed: Project) -> None:
    sealed.change(WORDING, "## Why (de) {#why}\n\nText (de)", "## Why (de) {#why}\n\nDer neue Text (de)")
    _erratum(sealed, "Wort (de).", "neue Text (de).")
    assert "SW601" in sealed.codes()


@pytest.mark.site
def test_the_page_shows_an_erratum(tmp_path: Path) -> None:
    tiny = Tiny()
    tiny.revision["errata"] = [
        {
            "date": "2026-03-01",
            "section": "why",
            "language": "de",
            "was": "Texd (de).",
            "is": "Text (de).",
            "reason": tiny.local("Typo"),
        }
    ]
    built = tiny.build(tmp_path)
    assert built.returncode == 0, built.output
    german = built.read("de/standards/bookings/index.html")
    assert "Berichtigung vom 01.03.2026" in german
    assert "<del>Texd (de).</del>" in german
    assert "Texd" not in built.read("en/standards/bookings/index.html")
    # The document tells it too, and names the hash that was signed: that of the text before.
    document = built.read("de/editions/2026.1/complete/index.html")
    assert "<del>Texd (de).</del>" in document
    first = Tiny()
    first.files[WORDING] = first.files[WORDING].replace("## Why (de) {#why}\n\nText", "## Why (de) {#why}\n\nTexd")
    signed = first.build(tmp_path / "signed").read("de/editions/2026.1/complete/index.html")
    assert len(_hashes(signed)) == 1
    assert _hashes(document)[1:] == _hashes(signed)


def _hashes(page: str) -> list[str]:
    found = re.findall(r'<code class="sw-hash">(.*?)</code>', page)
    return ["".join(re.findall(r"<span>(\w+)</span>", one)) for one in found]


words = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp")), min_size=1, max_size=6)


@given(st.lists(words, min_size=1, max_size=8), st.data())
def test_undoing_an_erratum_gives_the_sealed_revision(text: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text) - 1))
    now = data.draw(words)
    mended = " ".join([*text[:at], now, *text[at + 1 :]])
    assume(mended.count(now) == 1)
    place = {"date": "2026-03-01", "section": "why", "language": "de"}
    erratum = {**place, "was": text[at], "is": now, "reason": {"de": "x"}}
    before = _revision(" ".join(text))
    after = replace(
        _revision(mended), rules=before.rules.model_copy(update={"errata": (Erratum.model_validate(erratum),)})
    )
    undone, bad = before_errata(after)
    assert bad == []
    assert fingerprint(undone) == fingerprint(before)


def _revision(text: str) -> Revision:
    wording = Wording("x.de.md", "Title", "", (Section("why", "", text, 3),))
    return Revision(date(2026, 1, 1), RevisionForm.model_validate({"reason": {"de": "x"}}), {"de": wording})


# The next revision.


def _two_editions() -> Tiny:
    tiny = Tiny()
    editions = tiny.files["standards/editions.yml"]["editions"]
    editions.append(
        {"label": "2026.2", "effective_from": NEXT, "published_on": "2026-06-01", "note": tiny.local("Second")}
    )
    return tiny


def test_a_revision_is_written_ready_to_edit(tmp_path: Path) -> None:
    project = Project(tmp_path, _two_editions())
    project.done("seal")
    output = project.done("revise", "bookings", "--from", NEXT)
    assert len(output.splitlines()) == 3
    assert project.text(f"{STANDARD}{NEXT}.de.md") == project.text(WORDING)
    rules = yaml.safe_load(project.text(f"{STANDARD}{NEXT}.yml"))
    assert rules["measures"] == yaml.safe_load(project.text(RULES))["measures"]
    assert project.codes() == {"SW608"}


@pytest.mark.parametrize(
    ("arguments", "on", "words"),
    [
        (("bookings", "--from", "2026-05-01"), "2026-04-10", "No edition takes effect"),
        (("bookings", "--from", NEXT), "2026-07-01", "is in force"),
        (("nothing", "--from", NEXT), "2026-04-10", "There is no standard"),
    ],
)
def test_revise_refuses(tmp_path: Path, arguments: tuple[str, ...], on: str, words: str) -> None:
    project = Project(tmp_path, _two_editions())
    result = project.run("revise", *arguments, on=on)
    assert result.exit_code == 1
    assert words in result.output


def test_revise_overwrites_nothing(tmp_path: Path) -> None:
    project = Project(tmp_path, _two_editions())
    project.done("revise", "bookings", "--from", NEXT)
    project.change(f"{STANDARD}{NEXT}.yml", "???", "Grund")
    before = project.text(f"{STANDARD}{NEXT}.yml")
    project.change(f"{STANDARD}{NEXT}.yml", "???", "Reason")
    assert project.run("revise", "bookings", "--from", NEXT).exit_code == 1
    assert project.text(f"{STANDARD}{NEXT}.yml") == before.replace("???", "Reason")


def test_a_reason_still_to_be_written_stops_no_draft(tmp_path: Path) -> None:
    tiny = _two_editions()
    for path in [path for path in tiny.files if path.startswith(STANDARD)]:
        tiny.files[path.replace(STANDARD, "standards/visits/")] = tiny.files[path]
    tiny.files["standards/visits/standard.yml"] = {**tiny.files[f"{STANDARD}standard.yml"], "number": 2}
    project = Project(tmp_path, tiny)
    project.done("seal")
    for one in ("bookings", "visits"):
        project.done("revise", one, "--from", NEXT, on="2026-06-10")
    project.change(f"{STANDARD}{NEXT}.de.md", "Text (de).", "Ein anderer Text.")
    assert "Ein anderer" in project.done("diff", "2026.1", "2026.2", "--lang", "de", on="2026-06-10")
    assert "section" in project.done("translated", "bookings", "en", on="2026-06-10")
    # What is published, or sealed, is whole.
    assert "SW608" in project.codes("2026-06-10")
    assert project.run("seal", on="2026-06-10").exit_code == 1


# Translations.


def test_a_translation_left_behind_is_reported_until_it_is_settled(tmp_path: Path) -> None:
    project = Project(tmp_path, _two_editions())
    project.done("seal")
    project.done("revise", "bookings", "--from", NEXT)
    rules, german = f"{STANDARD}{NEXT}.yml", f"{STANDARD}{NEXT}.de.md"
    project.change(rules, '{de: "???", en: "???"}', "{de: Neu, en: New}")
    assert project.codes() == set()
    project.change(german, "Text (de).", "Ein anderer Text.")
    one = project.only("SW606")
    assert (one["severity"], one["file"]) == ("warning", f"{STANDARD}{NEXT}.en.md")
    assert one["line"] == project.line_of(f"{STANDARD}{NEXT}.en.md", "{#expectation}")
    project.done("translated", "bookings", "en")
    assert project.codes() == set()
    project.change(german, "Ein anderer Text.", "Noch ein anderer Text.")
    assert project.codes() == {"SW606"}
    project.change(f"{STANDARD}{NEXT}.en.md", "Text (en).", "Yet another text.")
    assert project.codes() == set()


def test_only_translations_are_settled(tmp_path: Path) -> None:
    assert Project(tmp_path).run("translated", "bookings", "de").exit_code == 1
