"""Redlines as they are shown: golden files in both languages, and what every redline keeps to.

``python -m tests.render.test_redline`` writes the golden files again; look at what changed.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from standardwerk.model.handbook import (
    Edition,
    Handbook,
    Names,
    Revision,
    RevisionForm,
    Section,
    Standard,
    StandardForm,
    Wording,
)
from standardwerk.model.names import PathName
from standardwerk.render.change_words import ChangeWords
from standardwerk.render.editions import css_text
from standardwerk.render.redline import Redline, changes_text, text_of
from standardwerk.render.texts import Texts
from standardwerk.render.theme import theme_dir
from standardwerk.render.view import View
from standardwerk.render.wording import blocks, html_of, inside
from standardwerk.site.changes import compare
from standardwerk.site.contexts import ColumnWords, Site
from standardwerk.site.wording_changes import compare_blocks, redline
from tests.factory import quick

CASES = Path(__file__).parent / "cases"
DAYS = date(2025, 1, 1), date(2026, 1, 1)
MEASURE: dict[str, Any] = {
    "id": "contact",
    "title": {"de": "Erster Kontakt in der Frist", "en": "First contact in time"},
    "role": "main",
    "kind": "proportion",
    "source": "leads",
    "numerator": "in_time",
    "denominator": "assigned",
    "labels": {
        "numerator": {"de": "in der Frist kontaktiert", "en": "contacted in time"},
        "denominator": {"de": "zugewiesene Leads", "en": "leads assigned"},
    },
    "window": "rolling 3",
    "unit": "percent",
    "decimals": "1",
    "better": "higher",
    "bands": {"met": "80", "near": "60.5"},
}


def handbook() -> Handbook:
    names = Names.model_validate(
        {
            "title": {"de": "Handbuch", "en": "Handbook"},
            "organisation": "O",
            "languages": {
                "de": {"name": "Deutsch", "locale": "de_DE"},
                "en": {"name": "English", "locale": "en_GB"},
            },
            "groups": ({"id": "g", "name": {"de": "G", "en": "G"}},),
            "roles": ({"id": "rep", "name": {"de": "Vertrieb", "en": "Sales"}},),
        }
    )
    editions = tuple(
        Edition.model_validate(
            {"label": f"{day.year}.1", "effective_from": day, "published_on": day, "note": {"de": "N", "en": "N"}}
        )
        for day in DAYS
    )
    later = MEASURE | {"bands": {"met": "82.5", "near": "60.5"}, "minimum_n": "10", "ramp": "false"}
    revisions = []
    for day, text, measure, rules in (
        (DAYS[0], "old", MEASURE, {"export_rules": {"sla_hours": "48"}}),
        (DAYS[1], "new", later, {"export_rules": {"sla_hours": "24"}, "on_change": "restart"}),
    ):
        reason = {"de": "Kürzere Frist.", "en": "A shorter deadline."}
        form = RevisionForm.model_validate({"reason": reason, "measures": (measure,), **rules})
        wording = {}
        for language, title in (("de", "Erwartung"), ("en", "Expectation")):
            markdown = (CASES / f"redline.{text}.{language}.md").read_text("utf-8")
            wording[language] = Wording("f", "Leads", "", (Section("expectation", title, markdown, 3),))
        revisions.append(Revision(day, form, wording, {"contact": day}))
    identity = StandardForm.model_validate({"number": "16", "group": "g", "owner": {"de": "O", "en": "O"}})
    return Handbook(names, editions, (Standard("leads", identity, tuple(revisions)),), ())


def view(language: str) -> View:
    book = handbook()
    columns = {"sla_hours": ColumnWords({"de": "Kontaktfrist in Stunden", "en": "Time to contact in hours"})}
    site = Site(book, date(2026, 3, 1), book.editions[-1], {}, columns)
    return View(site, language, Texts.load(language, [theme_dir() / "locales"]), theme_dir() / "templates")


def shown(language: str) -> dict[str, str]:
    """By name of the golden file: what it holds."""
    one = view(language)
    book = one.handbook
    found = compare(book, *book.editions, language, blocks)
    page = "\n".join(str(Redline(one).blocks(text.blocks)) for text in found.standards[0].texts)
    return {f"redline.{language}.html": page + "\n", f"redline.{language}.txt": changes_text(one, found)}


@pytest.mark.parametrize("language", ["de", "en"])
def test_golden(language: str) -> None:
    for name, text in shown(language).items():
        assert text == (CASES / name).read_text("utf-8"), "python -m tests.render.test_redline writes it again"


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_page_holds_both_texts(language: str) -> None:
    """Without what is struck out, and what is only read aloud, the page is the new text; and the other way about."""
    page = shown(language)[f"redline.{language}.html"]
    for gone, kept in (("del", "new"), ("ins", "old")):
        tree = html.fragment_fromstring(page, create_parent="div")
        for one in tree.xpath(f"//{gone} | //span[@class='sw-aloud']"):
            one.drop_tree()
        said = [text for item in tree.xpath(".//p | .//li") if (text := item.text_content())]
        source = (CASES / f"redline.{kept}.{language}.md").read_text("utf-8")
        assert said == [block.text for block in blocks(source)]


def test_a_step_of_several_paths_says_whose_it_is_in_the_reader_s_language() -> None:
    one = view("de")
    names = one.handbook.names
    way = PathName.model_validate({"id": "return", "name": {"de": "Zurück nach Pause", "en": "Back after a break"}})
    one.handbook = replace(one.handbook, names=names.model_copy(update={"paths": (way,)}))
    label = Redline(one).label
    assert label("step", "week-1:return") == "1. Woche (Zurück nach Pause)"
    # The usual path needs no name; one that the handbook does not name has its own.
    assert label("step", "week-1:new") == "1. Woche"
    assert label("step", "week-1:new return other") == "1. Woche (Neu hier, Zurück nach Pause, other)"


def test_changes_are_told_aloud() -> None:
    found = str(Redline(view("de")).pieces(redline("Frist 48 <h>", "Frist 24 <h>")))
    assert found == (
        'Frist <del><span class="sw-aloud">[gestrichen: </span>48<span class="sw-aloud">] </span></del>'
        '<ins><span class="sw-aloud">[eingefügt: </span>24<span class="sw-aloud">] </span></ins> &lt;h&gt;'
    )
    assert text_of(redline("Frist 48", "Frist 24")) == "Frist [-48-]{+24+}"


def test_limits_in_words() -> None:
    told = ChangeWords(view("en"))
    book = told.view.handbook
    (change,) = compare(book, *book.editions, "en", blocks).standards
    rows = {row.label: row for row in told.rows(change.measures[0])}
    assert rows["met"].meaning == "needs 82.5% instead of 80% (harder to reach)"
    assert "near" not in rows
    assert told.run(change.measures[0]) == "The window starts again with January 2026: earlier months no longer count."
    rules = [(row.label, row.old, row.new) for row in told.rule_rows(change)]
    assert rules == [("Time to contact in hours", "48", "24")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a **b** [c](standard:x) `d`", [("p", "a b c d")]),
        ("- a\n- b\n    - c", [("item", "a"), ("item", "b"), ("item", "c")]),
        ("### T\n\ntext", [("heading", "T"), ("p", "text")]),
        ("> said", [("quote", "said")]),
        ("| a | b |\n|---|---|\n| 1 | 2 |", [("row", "a | b"), ("row", "1 | 2")]),
        ("Wort\n:   Erklärung", [("term", "Wort"), ("item", "Erklärung")]),
        ("![Ein Bild](x.png)", [("p", "[Ein Bild]")]),
        ("a\nb  \nc", [("p", "a b c")]),
        ("<script>alert(1)</script>ok", [("p", "ok")]),
        ("12,5\u00a0%", [("p", "12,5\u00a0%")]),
    ],
)
def test_blocks(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(block.kind, block.text) for block in blocks(text)] == expected


@quick
@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_can_be_compared(old: str, new: str) -> None:
    changes = compare_blocks(blocks(old), blocks(new))
    page = html.fragment_fromstring(str(Redline(view_once()).blocks(changes)), create_parent="div")
    assert {one.tag for one in page.iter()} <= {"div", "p", "b", "ul", "li", "pre", "blockquote", "del", "ins", "span"}


def view_once(found: list[View] = []) -> View:  # noqa: B006 - kept from one example to the next
    if not found:
        found.append(view("en"))
    return found[0]


def test_a_page_inside_a_document() -> None:
    links = "[a](#why) [b](#/other-why) [c](/de/x/) [d](pic.pdf#p) [e](../other/index.md) ![f](a.png)"
    text = f"# T\n\n## Why {{#why}}\n\n{links}"
    found = inside(html_of(text), "one", "de/standards/one/", lambda target: f"LINK:{target}")
    assert '<h3 id="one-why">' in found
    addresses = re.findall(r'(?:href|src)="([^"]*)"', found)
    assert addresses == [
        "#one-why",
        "#other-why",
        "LINK:de/x/",
        "LINK:de/standards/one/pic.pdf#p",
        "LINK:de/standards/other/",
        "LINK:de/standards/one/a.png",
    ]


def test_text_that_looks_like_an_attribute_stays() -> None:
    found = inside(html_of('He said id="x" href="y" and <b title="a id=\'q\'">b</b>.'), "one", "de/", str)
    assert 'He said id="x" href="y" and' in found.replace("&quot;", '"')


def test_text_in_a_style_is_harmless() -> None:
    assert css_text('a"</style>\\') == '"a\\22 \\3c \\2f style\\3e \\5c "'


@pytest.mark.parametrize(("language", "value"), [("de", "keine <Frist>"), ("en", "no <deadline>")])
def test_values_of_an_export_rule_in_words(language: str, value: str) -> None:
    one = view(language)
    words = ColumnWords(None, {"48": {"de": "keine <Frist>", "en": "no <deadline>"}})
    told = ChangeWords(
        View(replace(one.site, columns={"sla_hours": words}), language, one.texts, theme_dir() / "templates")
    )
    (change,) = compare(one.handbook, *one.handbook.editions, language, blocks).standards
    assert [(row.label, row.old, row.new) for row in told.rule_rows(change)] == [("sla_hours", value, "24")]
    assert told.export_rules(one.handbook.standards[0].revisions[0]) == f"sla_hours: {value}"


def test_rule_values_without_a_title() -> None:
    one = view("en")
    told = ChangeWords(View(Site(one.handbook, one.site.as_of, None, {}), "en", one.texts, theme_dir() / "templates"))
    assert told.rule_name("sla_hours") == "sla_hours"
    assert told.rule_value("sla_hours", "48") == "48"
    limits = SimpleNamespace(field="met", old=(Decimal(5), None), new=(Decimal(4), None))
    measure = one.handbook.standards[0].revisions[0].rules.measures[0]
    assert told._limit_words(limits, measure, measure) == "needs 4% instead of 5% (easier to reach)"  # type: ignore[arg-type]


if __name__ == "__main__":
    for code in ("de", "en"):
        for file, content in shown(code).items():
            (CASES / file).write_text(content, "utf-8")
