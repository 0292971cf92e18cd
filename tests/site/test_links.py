from __future__ import annotations

import re
from datetime import date
from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standardwerk.site import urls
from standardwerk.site.links import resolve
from tests.factory import edition, quick

ONE = edition(date(2026, 1, 1), "2026.1")
here = st.sampled_from(["de/", "de/standards/x/", "de/editions/2026.1/", "de/editions/2026.1/standards/x/"])


@quick
@given(
    here,
    st.sampled_from([None, ONE]),
    st.sampled_from(["standard:alpha", "method:", "page:about", "page:index"]),
    st.sampled_from(["", "#why"]),
)
def test_links_stay_in_the_language_and_edition(base, tree, link, section):
    root = "http://h/de/" if tree is None else "http://h/de/editions/2026.1/"
    rest = {"standard:alpha": "standards/alpha/", "method:": "method/", "page:about": "about/", "page:index": ""}[link]
    found = re.fullmatch(r"a \[b\]\((.*)\) c", resolve(f"a [b]({link}{section}) c", "de", tree, base))
    assert urljoin(f"http://h/{base}", found[1]) == f"{root}{rest}index.md{section}"


@pytest.mark.parametrize(
    "text",
    [
        "[a](https://x.de) [b](b.md) [c](#d) standard:alpha",
        "```\n[a](standard:b)\n```",
        "~~~~\n[a](standard:b)\n~~~\n[a](method:)\n~~~~",
        "```md\n[a](page:b)",
    ],
)
def test_other_links_and_code_stay(text):
    assert resolve(text, "de", None, "de/") == text


def test_after_a_code_block_links_are_links_again():
    text = "```\n[a](method:)\n```\n[a](method:) [b](standard:c)"
    assert resolve(text, "en", None, urls.method("en", None)) == (
        "```\n[a](method:)\n```\n[a](index.md) [b](../standards/c/index.md)"
    )
