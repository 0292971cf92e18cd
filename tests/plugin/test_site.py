"""The built site: languages, navigation, what is published, and what authors' text cannot do."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
from lxml.html import document_fromstring
from mkdocs.exceptions import Abort, PluginError

from standardwerk.diagnostics import Diagnostics, Place
from standardwerk.plugin_settings import today
from standardwerk.render.policy import POLICY_FILE, Policy, inline
from tests.plugin.building import Built, build_site, select, write_project
from tests.plugin.fake_pipeline import FakePipeline

pytestmark = pytest.mark.site


def texts(elements: list[object]) -> list[str]:
    return [" ".join(str(element.text_content()).split()) for element in elements]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("path", "language", "name", "tabs", "previous"),
    [
        ("de/standards/two/", "de", "Vertriebshandbuch", ["Start", "Standards", "Bewertung"], "Zurück"),
        ("en/standards/two/", "en", "Sales handbook", ["Home", "Standards", "Scoring"], "Previous"),
        ("en/editions/2025.1/standards/two/", "en", "Sales handbook", ["Home", "Standards", "Scoring"], "Previous"),
    ],
)
def test_a_page_speaks_its_own_language(
    built: Built, path: str, language: str, name: str, tabs: list[str], previous: str
) -> None:
    page = built.page(path)
    assert page.get("lang") == language
    assert page.findtext("head/title").endswith(f" – {name}")
    assert texts(select(page, ".md-tabs__item")) == tabs
    assert texts(select(page, ".md-tabs__item--active")) == ["Standards"]
    assert texts(select(page, ".md-footer__link--prev .md-footer__direction")) == [previous]


def test_every_link_of_a_navigation_stays_in_its_tree(built: Built) -> None:
    for tree in ("de/", "en/", "de/editions/2025.1/", "en/editions/2025.1/"):
        page = built.page(f"{tree}standards/two/")
        links = select(page, ".md-tabs a, .md-sidebar--primary a, .md-footer__link, .md-header a.md-logo")
        assert len(links) >= 8
        for link in links:
            target = (built.site / tree / "standards/two" / link.get("href")).resolve()
            assert target.relative_to(built.site.resolve() / tree)
            assert "editions" in tree or "editions" not in target.relative_to(built.site.resolve()).parts


def test_sections_follow_their_order_and_titles_are_text(built: Built) -> None:
    found = texts(select(built.page("de/standards/two/"), ".md-sidebar--primary .md-nav__item--section .md-ellipsis"))
    assert found[:3] == ["Standards", "Kunden & Partner", "Kundenzufriedenheit"]
    assert found[3:5] == ["Ergebnisse", "Auftragseingang"]


def test_language_links_lead_to_the_same_page(built: Built) -> None:
    for path, other in {"de/editions/2025.1/method/": "en", "en/standards/one/": "de"}.items():
        (link,) = select(built.page(path), ".sw-languages a")
        target = (built.site / path / link.get("href") / "index.html").resolve()
        assert (link.get("hreflang"), link.get("lang")) == (other, other)
        assert target == (built.site / other / path[3:] / "index.html").resolve()
        assert target.is_file()


def test_only_pages_of_the_plan_are_published(built: Built) -> None:
    published = {file.relative_to(built.site).as_posix() for file in built.site.rglob("*") if file.is_file()}
    assert not {path for path in published if re.search(r"secret|\.yml|\.po$|\.md$|^templates|^locales", path)}
    assert "de/standards/one/pic.png" in published
    assert "lang=de" in built.read("index.html")


def test_the_sitemap_lists_current_public_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built = build_site(tmp_path, monkeypatch, FakePipeline(), site_url="https://handbook.example/")
    sitemap = built.read("sitemap.xml")
    assert "https://handbook.example/en/standards/one/" in sitemap
    assert "<lastmod>2026-11-10</lastmod>" in sitemap
    assert "editions" not in sitemap
    assert "scorecards" not in sitemap
    assert 'rel="canonical"' in built.read("de/index.html")
    assert "handbook.example" not in built.read("scorecards/kranich-j/de/2026-03/index.html")


def test_each_language_has_its_own_index(built: Built) -> None:
    assert not (built.site / "search").exists()
    for language, word in {"de": "Vertriebsziel", "en": "quota"}.items():
        index = json.loads(built.read(f"{language}/search/search_index.json"))
        found = {doc["location"].partition("#")[0] for doc in index["docs"]}
        assert found == {"", "standards/one/", "standards/two/", "method/"}
        assert word in json.dumps(index, ensure_ascii=False)
        assert index["config"]["lang"] == [language]
        for path in (f"{language}/standards/one/", f"scorecards/kranich-j/{language}/2026-03/"):
            config = json.loads(built.page(path).get_element_by_id("__config").text_content())
            assert (built.site / path / config["base"]).resolve() == (built.site / language).resolve()
            worker, _, wrapped = config["search"].partition("?")
            assert (built.site / path / worker).is_file()
            assert (built.site / path / worker).with_name(wrapped).is_file()


def test_no_page_asks_another_host(built: Built) -> None:
    for path, html in built.pages().items():
        assert not re.search(r"""\b(src|srcset|action|poster)=["']?(https?:)?//""", html), path
        assert not re.search(r"""<link[^>]+href=["']?(https?:)?//""", html), path
        assert "@import" not in html, path
    for sheet in (built.site / "assets/stylesheets").glob("*.css"):
        assert not re.search(r"url\(['\"]?(https?:)?//", sheet.read_text("utf-8")), sheet.name


def test_what_authors_write_is_harmless(built: Built) -> None:
    page = built.page("de/standards/one/")
    (article,) = select(page, "article")
    assert not select(article, "script, iframe, form, input, [style], [onclick], [onerror], #__config")
    assert [image.get("src") for image in select(article, "img")] == ["pic.png"]
    assert not [link for link in select(article, "a[href]") if link.get("href").startswith("javascript")]
    text = article.text_content()
    assert "{{ config.site_name }} {% raw %}" in text
    assert "[[block:unknown]]" in text
    assert "alert(2)" not in [link.text_content() for link in select(article, "a")]
    assert not select(page, ".md-nav--secondary script")
    assert texts(select(article, ".sw-measures p")) == ["gemessen [[block:x]]"]
    assert len(select(article, ".admonition.note, table, dl, details, .footnote, .headerlink")) == 8
    assert {cell.get("class") for cell in select(article, "td")} == {"sw-left", "sw-right"}


def test_a_banner_stands_above_the_page(built: Built) -> None:
    assert texts(select(built.page("de/editions/2025.1/"), ".md-banner")) == ["superseded"]
    assert not select(built.page("de/"), ".md-banner")


@pytest.mark.parametrize("code", ["401", "403", "404"])
def test_error_pages_speak_one_language_or_all(built: Built, code: str) -> None:
    """They are served at any address: their links begin at the root."""
    for path, languages in {f"{code}.html": ["de", "en"], f"de/{code}.html": ["de"], f"en/{code}.html": ["en"]}.items():
        page = document_fromstring(built.read(path))
        assert page.get("lang") == languages[0]
        sections = select(page, "section[lang]")
        assert [section.get("lang") for section in sections] == languages
        for section, language in zip(sections, languages, strict=True):
            assert f"/{language}/" in [link.get("href") for link in select(section, "a")]
            assert len(select(section, "a")) == 2
        hrefs = [link.get("href") for link in select(page, "a[href], link[href]") if link.get("href")]
        assert [href for href in hrefs if not href.startswith(("/", "#"))] == []


def test_me_is_a_page_without_rules(built: Built) -> None:
    page = document_fromstring(built.read("me/index.html"))
    sections = select(page, "section[lang]")
    # The small pipeline has no page “my scorecard”: the home page stands in for it.
    assert [[link.get("href") for link in select(one, "a")] for one in sections] == [["../de/"] * 2, ["../en/"] * 2]


def test_one_policy_fits_every_page(built: Built) -> None:
    policy = Policy.from_json(built.read(POLICY_FILE))
    assert 2 <= len(policy.scripts) <= 4
    seen = set()
    for path, text in built.pages().items():
        for name, value in inline(text.encode()):
            assert value in (policy.scripts if name == "script" else policy.styles), path
            seen.add(value)
    assert seen == {*policy.scripts, *policy.styles}


def test_a_missing_folder_of_figures_is_no_fault(built: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert built.pipeline.seen["options"].scorecards_dir is None
    write_project(tmp_path)
    (tmp_path / "scorecards").mkdir()
    with_figures = build_site(tmp_path, monkeypatch, FakePipeline())
    assert with_figures.pipeline.seen["options"].scorecards_dir == (tmp_path / "scorecards").resolve()


@pytest.mark.parametrize(("code", "strict"), [("SW204", False), ("SW225", True)])
def test_a_fault_leaves_the_site_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, code: str, strict: bool
) -> None:
    diagnostics = Diagnostics()
    diagnostics.add(code, Place("standards/one/2025-01-01.yml", 3, 5), count=2)
    kept = tmp_path / "site" / "kept.html"
    kept.parent.mkdir()
    kept.write_text("old")
    with pytest.raises(Abort):
        build_site(tmp_path, monkeypatch, FakePipeline(diagnostics), strict=strict)
    assert kept.read_text() == "old"
    assert f"{code} standards/one/2025-01-01.yml:3:5 " in caplog.text


def test_offline_links_name_their_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built = build_site(tmp_path, monkeypatch, FakePipeline(), options=", offline: true")
    page = built.page("de/standards/one/")
    links = [link.get("href").partition("#")[0] for link in select(page, "a[href]")]
    assert {"../two/index.html", "../../../en/standards/one/index.html", "../../method/index.html"} <= set(links)
    assert not [link for link in links if link.endswith("/")]
    config = json.loads(page.get_element_by_id("__config").text_content())
    assert config["base"] == "../../"


def test_today_is_an_argument(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    assert today(None) == date(2026, 1, 1)
    assert today(date(2026, 11, 10)) == today("2026-11-10") == date(2026, 11, 10)
    with pytest.raises(PluginError, match="Write it like"):
        today("10.11.2026")
