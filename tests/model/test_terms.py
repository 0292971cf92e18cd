"""Marks of terms: found outside code, and nothing that a seal or a comparison sees."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from standardwerk.model.fingerprint import fingerprint
from standardwerk.model.handbook import Erratum, Revision
from standardwerk.model.seals import before_errata
from standardwerk.model.terms import replace_marks, without_marks
from standardwerk.site.changes import compare_wording
from standardwerk.site.wording_changes import paragraphs
from tests.load.building import WORDING, load, write

CODE = "```\n[x](term:a)\n~~~\n```\n"


def test_marks_are_found_outside_code() -> None:
    text = f"[a \\] b](term:one) [c](standard:d)[e](term:)\n{CODE}~~~~\n[y](term:b)\n```\n~~~~\n[z](term:c)"
    expected = f"<a \\] b|one> [c](standard:d)<e|>\n{CODE}~~~~\n[y](term:b)\n```\n~~~~\n<z|c>"
    assert replace_marks(text, lambda words, identity: f"<{words}|{identity}>") == expected


def test_a_text_without_marks_stays_as_it_is() -> None:
    assert without_marks("a [b](method:) c\n\n") == "a [b](method:) c\n\n"
    assert without_marks("a [b](term:c) d\n") == "a b d\n"


def revision(folder: Path, text: str) -> Revision:
    wording = WORDING.replace("# T\n", f"# T\n\n{text}\n", 1).replace("\n\ntext", f"\n\n{text}", 1)
    write(folder, {"standards/alpha/2026-01-01.de.md": wording})
    loaded, _ = load(folder)
    assert loaded is not None
    return loaded.project.handbook.standards[0].revisions[0]


def test_a_mark_breaks_no_seal_and_is_no_change(tmp_path: Path) -> None:
    plain, marked = (
        revision(tmp_path / "a", "das Vertriebsziel"),
        revision(tmp_path / "b", "das [Vertriebsziel](term:q)"),
    )
    other = revision(tmp_path / "c", "das [Ziel](term:q)")
    assert plain.wording["de"] != marked.wording["de"]
    assert fingerprint(plain) == fingerprint(marked) != fingerprint(other)
    changes = compare_wording(plain.wording["de"], marked.wording["de"], paragraphs)
    assert {change.change for change in changes} == {"same"}
    changes = compare_wording(marked.wording["de"], other.wording["de"], paragraphs)
    assert [change.id for change in changes if change.change != "same"] == ["", "expectation"]


def test_an_erratum_is_undone_in_a_marked_text(tmp_path: Path) -> None:
    slip, mended = (
        revision(tmp_path / "a", "das Vertriebziel gilt"),
        revision(tmp_path / "b", "das [Vertriebsziel](term:q) gilt"),
    )
    erratum = Erratum(
        date=date(2026, 1, 5),
        section="expectation",
        language="de",
        was="Vertriebziel gilt",
        now="Vertriebsziel gilt",
        reason={"de": "R", "en": "R"},
    )
    lead = erratum.model_copy(update={"section": None, "field": "lead"})
    mended = replace(mended, rules=mended.rules.model_copy(update={"errata": (erratum, lead)}))
    original, bad = before_errata(mended)
    assert bad == []
    assert fingerprint(original) == fingerprint(slip)
