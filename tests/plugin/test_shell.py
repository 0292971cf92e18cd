"""A filled shell is the page that the theme's template would have made."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html

from standardwerk.render.shell import CONTENT, TITLE, Shell, ShellError, ShellKey, alternate
from standardwerk.site.plan import HandbookPage, Sensitivity
from tests.plugin.building import Built, build_site, select
from tests.plugin.fake_pipeline import FakePipeline

TITLES = ("Jana Kranich – März 2026", 'A <b> & “c” d\'e "f"')
BODY = '<h1>Ä</h1><table class="x"><tr><td>1 &lt; 2</td></tr></table>'


def tree(element: html.HtmlElement) -> object:
    """An element as a value: two are equal if they show the same."""
    text = " ".join((element.text or "").split())
    tail = " ".join((element.tail or "").split())
    attributes = tuple(sorted(element.attrib.items()))
    return (str(element.tag), attributes, text, tail, tuple(tree(child) for child in element))


def test_places_are_filled_and_the_title_is_escaped() -> None:
    link = f'<a href="{alternate("pt-BR")}"></a>'
    shell = Shell.compile(f"<title>{TITLE}</title><b>{TITLE}</b>{link}<main>{CONTENT}</main>")
    filled = shell.fill(title="<i>", content=f"<p>{TITLE}</p>", alternates={"pt-BR": "../?a&b", "de": ""})
    assert filled == (f'<title>&lt;i&gt;</title><b>&lt;i&gt;</b><a href="../?a&amp;b"></a><main><p>{TITLE}</p></main>')
    assert shell.languages == {"pt-BR"}


def test_a_language_must_be_given() -> None:
    shell = Shell.compile(f"{TITLE}{CONTENT}{alternate('en')}")
    with pytest.raises(KeyError):
        shell.fill(title="", content="", alternates={})


@pytest.mark.parametrize("page", [TITLE, CONTENT, TITLE + CONTENT + CONTENT])
def test_a_template_that_shows_too_little_is_refused(page: str) -> None:
    with pytest.raises(ShellError):
        Shell.compile(page)


@pytest.mark.site
@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize(
    ("kind", "depth", "sensitivity"),
    [
        ("scorecard", 4, Sensitivity.PERSON),
        ("rep", 3, Sensitivity.PERSON),
        ("team", 4, Sensitivity.TEAM),
        ("organisation", 3, Sensitivity.GROUP),
    ],
)
@pytest.mark.parametrize("title", TITLES)
def test_a_filled_shell_is_the_normal_rendering(
    built: Built, language: str, kind: str, depth: int, sensitivity: Sensitivity, title: str
) -> None:
    key = ShellKey(language, kind, depth, sensitivity)
    alternates = {"de": "../../de/2026-03/", "en": "../../en/2026-03/"}
    normal = built.plugin.render_direct(key, built.config, title=title, content=BODY, alternates=alternates)
    filled = built.plugin.shell(key, built.config).fill(title=title, content=BODY, alternates=alternates)
    assert tree(html.fromstring(filled)) == tree(html.fromstring(normal))
    assert html.fromstring(filled).findtext("head/title").startswith(title)


@pytest.mark.site
def test_a_shell_frames_as_mkdocs_frames_a_page_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = "scorecards/probe/en/2026-03/"
    page = HandbookPage(
        path=f"{path}index.md",
        kind="scorecard",
        language="en",
        edition=None,
        title="Probe",
        markdown="[[block:measures]]",
        alternates={"en": f"{path}index.md", "de": "scorecards/probe/de/2026-03/index.md"},
    )
    other = HandbookPage(
        path="scorecards/probe/de/2026-03/index.md",
        kind="scorecard",
        language="de",
        edition=None,
        title="Probe",
        markdown="",
        alternates={},
    )
    built = build_site(tmp_path, monkeypatch, FakePipeline(extra_pages=(page, other)))
    key = ShellKey("en", "scorecard", 4, Sensitivity.PERSON)
    filled = html.fromstring(
        built.plugin.shell(key, built.config).fill(title="Probe", content=BODY, alternates={"de": "../../de/2026-03/"})
    )
    theirs = built.page(path)
    frame = ("header", ".md-tabs", ".md-sidebar--primary", "head > link", "head > script", "body > script")
    for part in frame:
        assert [tree(found) for found in select(filled, part)] == [tree(found) for found in select(theirs, part)], part
        assert select(filled, part)
    assert select(filled, 'meta[name="robots"][content*="noindex"]')
    assert not select(theirs, 'meta[name="robots"]')
    assert select(filled, ".md-skip")[0].get("href") == "#sw-content"
    assert not select(filled, ".md-tabs__item--active, .md-nav__item--active")
