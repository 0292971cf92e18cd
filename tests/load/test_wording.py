from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from standardwerk.diagnostics import Diagnostics
from standardwerk.load.wording import front_matter, links, parse
from tests.factory import quick


def codes(text: str) -> list[str]:
    found = Diagnostics()
    parse(text, "f", found)
    return [f"{one.code.code} {one.place}" for one in found]


body = st.lists(
    st.sampled_from(["text", "", "### third {#x}", "#no heading", "  ## in", "- a", "# second"]), max_size=4
)
identities = st.lists(st.from_regex(r"[a-z]{1,6}", fullmatch=True), unique=True, max_size=4)


@quick
@given(body.filter(lambda its: "# second" not in its), identities, st.data())
def test_title_lead_and_sections(lead, ids, data):
    bodies = [data.draw(body) for _ in ids]
    parts = [f"## Head {name} {{#{name}}}\n" + "\n".join(its) for name, its in zip(ids, bodies, strict=True)]
    found = parse("\n".join(["# The title", *lead, *parts]), "f", Diagnostics())
    assert (found.title, found.lead) == ("The title", "\n".join(lead).strip())
    assert [(one.id, one.title, one.markdown) for one in found.sections] == [
        (name, f"Head {name}", "\n".join(its).strip()) for name, its in zip(ids, bodies, strict=True)
    ]
    lines = [2 + len(lead) + sum(1 + max(len(its), 1) for its in bodies[:index]) for index in range(len(ids))]
    assert [one.line for one in found.sections] == lines
    assert all(found.section(one.id) is one for one in found.sections)
    assert found.section("nothing") is None


def test_headings_in_code_are_none():
    text = "# T\n\n```md\n## a {#a}\n~~~\n```\n\n~~~~\n~~~\n## b {#b}\n~~~~\n## c {#c}\n"
    found = parse(text, "f", Diagnostics())
    assert [(one.id, one.line) for one in found.sections] == [("c", 12)]


def test_faults():
    assert codes("text") == ["SW220 f:1:1"]
    assert codes("# T\n\n## a\n## b {#b}\n## c {#b}") == ["SW217 f:3:1", "SW112 f:5:1"]


def test_a_long_line_of_spaces_takes_no_time():
    begun = time.process_time()
    parse("# T\n#" + " " * 300 + "x\n##" + " " * 300 + "{#", "f", Diagnostics())
    assert time.process_time() - begun < 2


def test_links_and_their_places():
    text = "a [b](standard:c#d) [e](method:)\n```\n[x](page:y)\n```\n[f](page:g) [h](http://i) `[j](page:k)`"
    assert [(one.kind, one.target, one.section, str(one.place)) for one in links(text, "f")] == [
        ("standard", "c", "d", "f:1:7"),
        ("method", "", "", "f:1:25"),
        ("page", "g", "", "f:5:5"),
        ("page", "k", "", "f:5:32"),
    ]


def test_front_matter():
    assert front_matter("---\norder: 3\n---\n# T\n") == (3, "# T\n", 3)
    assert front_matter("---\nother: 3\norder: x\n---\n# T") == (0, "# T", 4)
    assert front_matter("# T\n---\norder: 3\n---\n") == (0, "# T\n---\norder: 3\n---\n", 0)
    assert front_matter("---\norder: 3\n") == (0, "---\norder: 3\n", 0)
