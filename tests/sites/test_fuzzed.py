"""Names, ids, logins and notes that chance makes hostile: a project is refused in words, or its pages are harmless.

``test_hostile.py`` puts one text into every field of a site that MkDocs builds; here many small sites are made of what
is known to go wrong, without the host.
"""

from __future__ import annotations

import re
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree, html

from standardwerk import pipeline
from standardwerk.operations.access import grants_of
from standardwerk.pipeline.personal import publish_personal
from standardwerk.render.policy import Policy
from standardwerk.render.report import report
from standardwerk.render.servers import apache, nginx
from standardwerk.render.servers.common import Served
from standardwerk.render.shell import CONTENT, TITLE, Shell
from standardwerk.render.texts import Texts
from standardwerk.render.theme import theme_dir
from tests.sites.tiny import AS_OF, MONTHS, Tiny

pytestmark = pytest.mark.site

HOSTILE = (
    *(
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "\"' onclick=alert(1) x='",
        "</title></main>",
        "&lt;b&gt;",
    ),
    *(
        "<!--",
        "]]>",
        "<svg/onload=alert(1)>",
        "[x](javascript:alert(1))",
        "![x](//evil.example/x.png)",
        "# A\n\n- *b* `c`",
    ),
    *(
        "{{ 7*7 }}",
        "{% include '/etc/passwd' %}",
        "{0}{count}%s%(x)s",
        "${PATH}",
        "$remote_user",
        "@@standardwerk:content@@",
    ),
    *("\0", "\x1b[2J", "\u202eabc\u2067", "\u2028", "\ufeff", "e\u0301", "😀", "\t", "\r\n"),
    *("../../up", "..", "/etc/passwd", "C:\\con", "\\\\server\\share", "con", "NUL", "lpt1.txt", "a:b", "a ", "."),
    *("=1+1", "@SUM(A1)", "-2", "x" * 5000, "ß", "İ"),
)
#: Of those: what may not stand in a file at all, by our rules.
REFUSED_SIGNS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def mostly(usual: st.SearchStrategy[Any], other: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """One in eight is of the other kind: several of a project's texts are, and half of the projects are refused."""
    return st.integers(0, 7).flatmap(lambda number: usual if number else other)


PIECES = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=8))
ANYTHING = st.lists(PIECES, min_size=1, max_size=4).map(" ".join)
TEXTS = mostly(ANYTHING.map(lambda text: REFUSED_SIGNS.sub(" ", text).strip() or "x"), ANYTHING)
IDS = mostly(st.sampled_from(["ann", "a-1", "zoe-x", "kranich-j"]), st.one_of(st.sampled_from(HOSTILE), ANYTHING))
LOGINS = mostly(
    st.sampled_from(["ann", "FIRM\\ann", "ann@firm.example", "o'neil", 'q"$(id)`x`', "ä.b c", "%{x} ${y}"]), ANYTHING
)
NOTES = mostly(TEXTS, st.one_of(st.binary(max_size=30), st.just("\ufeffHallo\r\n\r\nWelt")))
CASES = st.fixed_dictionaries(
    {"id": IDS, "name": TEXTS, "login": LOGINS, "team": TEXTS, "note": NOTES, "reply": NOTES, "action": TEXTS}
)
#: What no page of ours has in its content, and no attribute may do.
FORBIDDEN = ("script", "img", "iframe", "object", "embed", "form", "base", "meta", "link", "style", "video", "audio")


def project_of(case: dict[str, Any]) -> Tiny:
    tiny = Tiny()
    for path, value in tiny.files.items():
        if path.endswith(".csv"):
            for row in value:
                row[:] = [case["id"] if cell == "ann" and at == 0 else cell for at, cell in enumerate(row)]
    tiny.people[1][1:3] = [case["name"], case["login"]]
    tiny.files["scorecards/teams.csv"][1][1] = case["team"]
    action = {"actions": [{"text": case["action"], "owner": "rep", "due": "2026-03-31"}]}
    tiny.files[f"scorecards/notes/{MONTHS[1]}/bob.note.md"] = case["note"]
    tiny.files[f"scorecards/notes/{MONTHS[1]}/bob.reply.md"] = case["reply"]
    tiny.files[f"scorecards/notes/{MONTHS[1]}/bob.actions.yml"] = yaml.safe_dump(action)
    return tiny


REFUSED: list[bool] = []


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(CASES)
def one_site(case: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        project, site = project_of(case).write(folder / "project"), folder / "site"
        folders = (project / "mkdocs.yml", project / "standards", project / "scorecards")
        options = pipeline.Options(*folders, date.fromisoformat(AS_OF), 1, False, theme_dir())
        loaded = pipeline.load(options)
        for form in ("text", "json", "github"):
            told = "\n".join(report(Texts.load("de", [theme_dir() / "locales"]), list(loaded.diagnostics), form))
            assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", told)
        REFUSED.append(loaded.project is None)
        if loaded.project is None:
            assert loaded.diagnostics.errors
            return
        shell = Shell.compile(f"<!doctype html><html><title>{TITLE}</title><main>{CONTENT}</main></html>")
        publish_personal(loaded.project, options, dict.fromkeys(pipeline.shell_keys(loaded.project), shell), site)
        harmless(site, case["id"])
        assert {path.name for path in folder.iterdir()} == {"project", "site"}
        ruled(loaded.project)


def harmless(site: Path, identity: str) -> None:
    files = [path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()]
    assert {path.split("/")[0] for path in files} <= {"scorecards", "teams", "months"}
    assert {path.split("/")[1] for path in files if path.startswith("scorecards/")} == {identity, "bob"}
    for path in files:
        assert re.fullmatch(r"[a-z0-9/-]+\.(html|json|csv)", path), path
        if not path.endswith(".html"):
            continue
        page = html.document_fromstring((site / path).read_text("utf-8"))
        assert len(page.xpath("//main")) == 1, path
        for element in page.iter(etree.Element):
            assert element.tag not in FORBIDDEN, (path, element.tag)
            for attribute, value in element.attrib.items():
                assert not attribute.startswith("on"), (path, attribute, value)
                assert attribute not in {"style", "srcdoc", "formaction"}, (path, attribute, value)
                if attribute in {"href", "src"}:
                    assert re.match(r"(\.\./)+[\w./#-]*$|#|[\w/-]+", value), (path, value)
                    assert ":" not in value.split("/")[0], (path, value)


def ruled(project: pipeline.LoadedSite) -> None:
    """Rules for servers are made of it as well, line by line."""
    found = Served(grants_of(project), Policy())
    for files in (nginx.files(found, nginx.Basic("/etc/users")), apache.files(found, None)):
        for path, text in files.items():
            assert ".." not in path.split("/")
            assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\u2028]", text)


def test_whole_small_sites() -> None:
    one_site()
    # Chance makes some of both.
    assert len(REFUSED) >= 60
    assert 10 <= sum(REFUSED) <= len(REFUSED) - 10
