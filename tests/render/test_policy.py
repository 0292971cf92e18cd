from __future__ import annotations

import hashlib
from base64 import b64encode

import pytest

from standardwerk.render.policy import Policy, hashed, inline


def test_a_hash_is_that_of_the_standard() -> None:
    # The example of the specification: https://www.w3.org/TR/CSP3/#external-hash
    assert hashed(b"alert('Hello, world.');") == "sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng="
    assert hashed(b"x") == "sha256-" + b64encode(hashlib.sha256(b"x").digest()).decode()


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (b"<script>a</script>", [("script", b"a")]),
        (b"<SCRIPT \ndefer >a\nb</SCRIPT\n>", [("script", b"a\nb")]),
        (b'<script type="module">a</script>', [("script", b"a")]),
        (b"<script type=text/javascript>a</script>", [("script", b"a")]),
        (b'<script type="application/json">{}</script>', []),
        (b'<script src="x.js"></script>', []),
        (b"<script src=x.js></script><script>b</script>", [("script", b"b")]),
        (b"<style>p{}</style><style media=print>q{}</style>", [("style", b"p{}"), ("style", b"q{}")]),
        (b"<p>&lt;script&gt;a&lt;/script&gt;</p><scripts>a</scripts>", []),
    ],
)
def test_what_stands_inside_a_page(page: bytes, expected: list[tuple[str, bytes]]) -> None:
    assert inline(page) == [(name, hashed(content)) for name, content in expected]


def test_a_policy_is_read_as_it_was_written() -> None:
    policy = Policy.of([b"<script>a</script>", b"<script>b</script><style>c</style>"]).with_styles(["d"])
    assert Policy.from_json(policy.to_json()) == policy
    header = policy.header
    assert header.startswith("default-src 'none'; script-src 'self' 'sha256-")
    assert f"'{hashed(b'd')}'" in header
    assert "unsafe" not in header
    assert "\n" not in header


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"scripts": [1], "styles": []}', '{"scripts": ["\'unsafe-inline\'"], "styles": []}']
)
def test_what_is_no_policy_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        Policy.from_json(text)
