"""The sheet for a talk is one page of A4, whoever it is about; its text is text."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PAGE = re.compile(rb"/Type\s*/Page\b(?!s)")
A4 = re.compile(rb"/MediaBox\s*\[0 0 59[45]\.?\d* 84[12]\.?\d*\]")


@pytest.mark.parametrize("language", ["de", "en"])
def test_one_page_each(open_tab: Callable[..., Page], site: str, demo_site: Path, language: str) -> None:
    sheets = sorted(demo_site.glob(f"scorecards/*/{language}/*/conversation/index.html"))
    assert len(sheets) > 15
    # The longest ones take the most room.
    longest = sorted(sheets, key=lambda file: (-file.stat().st_size, file))[:6]
    page = open_tab(java_script_enabled=False)
    found = {}
    for file in longest:
        path = file.parent.relative_to(demo_site).as_posix()
        page.goto(f"{site}{path}/")
        pdf = page.pdf(prefer_css_page_size=True, print_background=True)
        found[path] = (len(PAGE.findall(pdf)), len(A4.findall(pdf)), b"/ToUnicode" in pdf)
    assert set(found.values()) == {(1, 1, True)}, found
