"""The page of faults: complete, harmless, in the language of the handbook, and alone in the world."""

from __future__ import annotations

import re

import pytest
from lxml import html

from standardwerk.diagnostics import Diagnostics, Place
from standardwerk.render.faults import Unexpected, fault_page
from standardwerk.render.texts import Texts
from standardwerk.render.theme import theme_dir

EVIL = "<script>alert(1)</script>"


def texts(language: str) -> Texts:
    return Texts.load(language, [theme_dir() / "locales"])


def found() -> Diagnostics:
    diagnostics = Diagnostics()
    diagnostics.add("SW204", Place("standards/one/2025-01-01.yml", 30, 5), count=2)
    diagnostics.add("SW204", Place("standards/one/2025-01-01.yml", 4), count=0)
    diagnostics.add("SW225", Place(f"standards/{EVIL}.txt"))
    diagnostics.add("SW107", Place("standards/a\nb.yml"))
    return diagnostics


@pytest.mark.parametrize(
    ("language", "title", "place"),
    [
        ("de", "4 Fehler verhindern", "Zeile 30, Spalte 5"),
        ("en", "4 faults keep", "line 30, column 5"),
    ],
)
def test_every_fault_with_its_place_and_cure(language: str, title: str, place: str) -> None:
    text = fault_page(texts(language), found())
    page = html.document_fromstring(text)
    assert page.get("lang") == language
    assert page.findtext(".//h1").startswith(title)
    assert page.findtext("head/title") == page.findtext(".//h1")
    assert len(page.findall(".//li")) == 4
    headings = [heading.text for heading in page.findall(".//h2")]
    assert headings == sorted(headings)
    its = [item.text_content() for item in page.findall(".//ul")[-1].findall("li")]
    assert [place in one for one in its] == [False, True]
    for item in page.findall(".//li"):
        assert len(item.findall("p")) == 3
        assert all(one.text_content().strip() for one in item.findall("p")[1:])


def test_texts_are_escaped_and_nothing_is_loaded() -> None:
    text = fault_page(texts("en"), found(), Unexpected(f"{EVIL} \x1b", EVIL, 7))
    assert "<script" not in text
    assert text.count("&lt;script&gt;") >= 3
    assert "\x1b" not in text
    assert "a\\x0ab.yml" in text
    assert not re.search(r"\b(src|href)=|url\(|@import", text)


def test_a_failure_nobody_foresaw() -> None:
    page = html.document_fromstring(fault_page(texts("de"), (), Unexpected("Boom", "main.html", 7)))
    assert page.findtext(".//h1").startswith("1 Fehler verhindert")
    assert page.findtext(".//h2") == "main.html"
    (item,) = page.findall(".//li")
    assert [one.text_content() for one in item.findall("p")][:2] == ["Zeile 7", "Boom"]
    assert item.findall("p")[1].get("lang") == "en"
