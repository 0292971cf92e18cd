"""Pages as Markdown files: what others may make of them is not known, so nothing doubtful is given to them."""

from __future__ import annotations

import re
from dataclasses import replace

import markdown
import pytest
import yaml
from markdown_it import MarkdownIt

from standardwerk.render.markdown_pages import markdown_page, settings, start_page
from standardwerk.site.plan import HandbookPage, Section

NAMES = {"de": "Deutsch", "en": "English"}
BLOCKS = {
    "steps": "<p>first</p>\n\n    <p>indented</p>\n",
    "code": "<pre>a\n\n    b</pre>",
    "banner": "<p>Superseded.</p>",
    "notice": "",
    "style": "@page {}",
}


def page(text: str, **more: object) -> HandbookPage:
    path = "de/standards/x/index.md"
    values: dict[str, object] = {"section": Section(("Standards",), (1,)), **more}
    return HandbookPage(
        path, "standard", "de", None, "x: „y“", text, {"de": path, "en": "en/standards/x/index.md"}, **values
    )  # type: ignore[arg-type]


def parts(document: str) -> tuple[dict[str, object], str]:
    """Front matter and text."""
    _, meta, text = document.split("---\n", 2)
    return yaml.safe_load(meta), text


def test_the_text_stays_markdown_and_blocks_become_html() -> None:
    text = "# Titel\n\n[[block:steps]]\n\n## Warum {#why}\n\n- *ein* [Satz](../../method/index.md)"
    meta, found = parts(markdown_page(page(text), BLOCKS, NAMES))
    assert meta == {"title": "x: „y“", "lang": "de"}
    assert "## Warum {#why}\n\n- *ein* [Satz](../../method/index.md)\n" in found
    assert "[[block" not in found
    assert '<a href="../../../en/standards/x/" hreflang="en" lang="en">English</a>' in found
    assert "Superseded." in found
    assert "@page" not in found
    assert found.index("# Titel") < found.index("Superseded.") < found.index("first")


@pytest.mark.parametrize(
    "render", [lambda text: markdown.markdown(text, extensions=["attr_list"]), MarkdownIt("commonmark").render]
)
def test_an_element_is_the_same_for_readers_of_markdown_of_both_kinds(render: object) -> None:
    text = "# Titel\n\n[[block:steps]]\n\n[[block:code]]\n\n*Ende*"
    _, found = parts(markdown_page(page(text), BLOCKS, NAMES))
    html = str(render(found))  # type: ignore[operator]
    assert "<p>indented</p>" in html
    assert "&lt;p" not in html
    assert "<pre>a&#10;\n    b</pre>" in html
    assert "<em>Ende</em>" in html


def test_pages_of_editions_are_left_out_of_search_and_top_pages_of_navigation() -> None:
    meta, _ = parts(markdown_page(replace(page("# x"), edition="2025.1"), {}, {"de": "Deutsch"}))
    assert meta["search"] == {"exclude": True}
    meta, text = parts(markdown_page(page("# x", section=Section((), (0,))), {}, {"de": "Deutsch"}))
    assert meta["hide"] == ["navigation"]
    assert text.strip() == "# x"


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("<script>alert(1)</script>", "<script"),
        ("    <script>code here, HTML elsewhere</script>", "<script"),
        ("`<script>x</script>`", "<script"),
        ("<b onclick='x()'>b</b>", "onclick"),
        ("[x](javascript:alert(1))", "javascript:"),
        ("[x](javascript\\:alert(1))", "](javascript"),
        ("[x](java&#115;cript:alert(1))", "](java"),
        ("[x][y]\n\n[y]: vbscript:x", "vbscript:x"),
        ("[x](data:text/html,y)", "data:text"),
        ("![x](https://elsewhere.example/x.png)", "elsewhere"),
        ("![x][y]\n\n[y]: //elsewhere.example/x.png", "elsewhere"),
        ("## x {#a onclick=b}", "onclick"),
        ("*x*{: style='y' }", "style"),
        ("<!-- hidden -->", "<!--"),
    ],
)
def test_what_the_site_would_not_show_is_not_given_away(text: str, gone: str) -> None:
    _, found = parts(markdown_page(page(f"# Titel\n\n{text}\n\n[[block:steps]]"), BLOCKS, NAMES))
    assert gone not in found
    assert "first" in found
    assert found.index("<h1") < found.index("Superseded.") < found.index("first")
    assert not re.search(r"\n\s*\n", found.strip())


def test_a_text_as_html_leads_to_addresses() -> None:
    text = "# x\n\n<b>b</b> [s](../y/index.md#why) [self](index.md) [away](https://example.org/index.md)"
    _, found = parts(markdown_page(page(text), {}, NAMES))
    assert '<a href="../y/#why">s</a>' in found
    assert '<a href="./">self</a>' in found
    assert '<a href="https://example.org/index.md">away</a>' in found


def test_the_choice_of_language_and_settings() -> None:
    assert "- [Deutsch](de/index.md)\n- [English](en/index.md)\n" in start_page("Ein: Handbuch", NAMES)
    pages = [page("# x"), page("# y", section=None)]
    found = yaml.safe_load(settings("Ein: Handbuch", pages, NAMES, "de", "a.css", ["b.js"]))
    assert found["site_name"] == "Ein: Handbuch"
    assert found["nav"] == [{"Deutsch": [{"Standards": [{"x: „y“": "de/standards/x/index.md"}]}]}, {"English": []}]
    assert found["extra_css"] == ["a.css"]
    assert found["extra_javascript"] == ["b.js"]
