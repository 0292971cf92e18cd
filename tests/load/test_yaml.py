from __future__ import annotations

import pytest
import yaml as reference
from hypothesis import given
from hypothesis import strategies as st

from standardwerk.diagnostics import Diagnostics
from standardwerk.load.yaml import Document, read
from tests.factory import quick


def load(text: str) -> tuple[Document | None, list[str]]:
    found = Diagnostics()
    return read(text, "f", found), [f"{one.code.code} {one.place}" for one in found]


@pytest.mark.parametrize(
    "text",
    [
        "no",
        "yes",
        "1:30",
        "2025.10",
        "2025.1",
        "0x10",
        "1_000",
        "2026-03-31",
        "on",
        "010",
        "1e3",
        ".inf",
        "=",
        "null x",
    ],
)
def test_a_scalar_stays_what_was_written(text):
    assert load(f"a: {text}")[0].data == {"a": text}


def test_nothing_is_none_unless_it_is_quoted():
    assert load("a:\nb: ~\nc: null\nd: ''\ne: 'null'\nf: \"~\"")[0].data == {
        "a": None,
        "b": None,
        "c": None,
        "d": "",
        "e": "null",
        "f": "~",
    }
    assert load("")[0].data == {}
    assert load("# nothing\n")[0].data == {}


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("a: 1\nb:\n  a: 1\n  a: 2", ["SW102 f:4:3"]),
        ("a: 1\n'a': 2", ["SW102 f:2:1"]),
        ("a: &x [1]\nb: *x", ["SW103 f:1:4"]),
        ("a: &x 1\nb: *x", ["SW103 f:1:4"]),
        ("a: &x 1\n*x : 2", ["SW103 f:1:4"]),
        ("a: &x\n  b: *x", ["SW103 f:1:4"]),
        ("a: !x 1", ["SW103 f:1:4"]),
        ("a: !!python/object:os.system x", ["SW103 f:1:4"]),
        ("- !x {a: 1}", ["SW103 f:1:3"]),
        ("<<: {a: 1}", ["SW103 f:1:1"]),
        ("[a]: 1", ["SW103 f:1:1"]),
        ("a: [1", ["SW101 f:2:1"]),
        ("a: 1\n\tb: 2", ["SW101 f:2:1"]),
        ("a: b: c", ["SW101 f:1:5"]),
        ("a: 1\n---\nb: 1", ["SW101 f:2:1"]),
        ("a: \0", ["SW101 f"]),
        ("a: \ud800", ["SW101 f"]),
        ("[" * 42 + "]" * 42, ["SW101 f:1:42"]),
        ("[" * 100_000, ["SW101 f:1:501"]),
        ("- " * 100_000, ["SW101 f:1:1001"]),
        ("? " * 100_000, ["SW101 f:1:1001"]),
        ("{a: " * 100_000, ["SW101 f:1:2001"]),
    ],
    ids=lambda value: str(value)[:20],
)
def test_faults(text, faults):
    assert load(text) == (None, faults)


def test_nesting_and_length_within_limits():
    assert load("[" * 41 + "]" * 41)[1] == []
    assert len(load("- [a, {b: c}]\n" * 400)[0].data) == 400


def test_a_quoted_merge_key_is_a_text_and_a_bom_is_nothing():
    assert load("'<<': 1")[0].data == {"<<": "1"}
    assert load("\ufeffa: 1")[0].data == {"a": "1"}


def test_places():
    document = load("a:\n  - b: 1\n    c: 'x'\nd: {e: 2}\n")[0]
    assert [str(document.place(path)) for path in (("a",), ("a", 0, "c"), ("d", "e"), ())] == [
        "f:2:3",
        "f:3:8",
        "f:4:8",
        "f:1:1",
    ]
    assert str(document.place(("a", 0, "c"), key=True)) == "f:3:5"
    # What is not in the file is passed over: the nearest thing above it is meant.
    assert str(document.place(("a", 0, "nothing"))) == "f:2:5"
    assert str(document.place(("a", "branch", 0, "b"))) == "f:2:8"


texts = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=8)
trees = st.recursive(
    texts, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4), max_leaves=12
)


@quick
@given(trees, st.booleans())
def test_what_another_writer_wrote_is_read_back(tree, flow):
    text = reference.safe_dump(tree, default_style='"', default_flow_style=flow, allow_unicode=True)
    assert load(text)[0].data == tree


@quick
@given(st.text(max_size=60) | st.text("[]{}:,-?&*!'\"|>\n\t #%a", max_size=60))
def test_nothing_raises(text):
    document, faults = load(text)
    assert (document is None) is bool(faults)
