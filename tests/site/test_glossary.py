"""The glossary: its list in each language, and the terms of other pages."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from standardwerk.site.contexts import Site
from standardwerk.site.glossary import as_text
from standardwerk.site.handbook_pages import HandbookPages
from standardwerk.site.plan import HandbookPage
from tests.load.building import WORDING, load, write

GLOSSARY = """\
terms:
  - {id: quota, term: {de: Ziel, en: quota}, definition: {de: D, en: D}}
  - {id: act, term: {de: Übung, en: "act *1*"}, synonyms: {de: [Tun]}, definition: {de: D, en: D}}
  - {id: rep, term: {de: uV, en: rep}, definition: {de: D, en: D}}
"""
FILES = {
    "standards/glossary.yml": GLOSSARY,
    "standards/alpha/2026-01-01.de.md": WORDING
    + "\nDie [Ziele](term:quota), das [Ziel](term:quota), [nix](term:nix).\n",
    "standards/index.de.md": "# T\n\n[Übungen](term:act) [Ziel](term:quota)\n",
    "standards/index.en.md": "# T\n",
}


def pages(folder: Path, language: str, day: date = date(2026, 1, 20)) -> dict[str, HandbookPage]:
    write(folder, FILES)
    loaded, diagnostics = load(folder, day)
    assert diagnostics.errors == []
    assert loaded is not None
    handbook = loaded.project.handbook
    site = Site(handbook, day, handbook.edition_at(day), {})
    return {one.url: one for one in HandbookPages(site, language, lambda text: text, lambda method: None, True).pages()}


def headings(page: HandbookPage) -> list[str]:
    return [line for line in page.markdown.split("\n") if line.startswith("## ")]


def test_terms_are_listed_in_the_order_of_the_language(tmp_path: Path) -> None:
    german = pages(tmp_path / "de", "de")["de/glossary/"]
    assert headings(german) == ["## Übung {#act}", "## uV {#rep}", "## Ziel {#quota}"]
    english = pages(tmp_path / "en", "en")["en/glossary/"]
    assert headings(english) == ["## act \\*1\\* {#act}", "## quota {#quota}", "## rep {#rep}"]


def test_marks_lead_to_the_glossary_and_the_page_has_the_definitions_once(tmp_path: Path) -> None:
    found = pages(tmp_path, "de")
    home, standard = found["de/"], found["de/standards/alpha/"]
    assert '[Übungen](glossary/index.md#act){ .sw-term aria-describedby="sw-term-act" }' in home.markdown
    assert [term.id for term in home.terms] == ["act", "quota"]
    assert standard.markdown.count('](../../glossary/index.md#quota){ .sw-term aria-describedby="sw-term-quota" }') == 2
    assert ", nix." in standard.markdown
    assert [term.id for term in standard.terms] == ["quota"]
    assert standard.markdown.endswith("\n\n[[block:terms]]")
    assert found["de/method/"].terms == ()
    assert "block:terms" not in found["de/method/"].markdown


def test_every_edition_leads_to_the_one_glossary(tmp_path: Path) -> None:
    old = pages(tmp_path, "de")["de/editions/2026.1/standards/alpha/"]
    assert "](../../../../glossary/index.md#quota){" in old.markdown


def test_a_document_to_sign_has_the_words_alone(tmp_path: Path) -> None:
    page = pages(tmp_path, "de")["de/editions/2026.1/complete/"]
    texts = [chapter.markdown for _, chapters in page.context.groups for chapter in chapters]  # type: ignore[attr-defined]
    assert any("Die Ziele, das Ziel, nix." in text for text in texts)


def test_without_an_edition_in_force_terms_are_words(tmp_path: Path) -> None:
    found = pages(tmp_path, "de", date(2025, 12, 20))
    assert "de/glossary/" not in found
    standard = found["de/editions/2026.1/standards/alpha/"]
    assert "Die Ziele, das Ziel, nix." in standard.markdown
    assert standard.terms == ()


def test_words_are_no_markup() -> None:
    assert as_text("a_b *c* <i>&amp; [d](e) # {#f}") == (
        "a\\_b \\*c\\* &lt;i&gt;&amp;amp; \\[d\\]\\(e\\) \\# \\{\\#f\\}"
    )
