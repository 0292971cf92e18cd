"""The colours of states can be read on both schemes' backgrounds (WCAG 2.2 AA)."""

from __future__ import annotations

import re

import pytest

from standardwerk.render.charts import marks
from tests.render.catalogue import ROOT

CSS = (ROOT / "theme/assets/stylesheets/charts.css").read_text(encoding="utf-8")
TEXT = ("met", "near", "missed", "open", "ink")
SHAPES = ("line",)


def tokens(selector: str) -> dict[str, str]:
    block = CSS[CSS.index(f"\n{selector} {{") :].partition("}")[0]
    return dict(re.findall(r"--sw-([a-z]+): (#[0-9a-f]+);", block))


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) > 4 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("selector", [":root", '[data-md-color-scheme="slate"]'])
def test_contrast(selector: str) -> None:
    found = tokens(selector)
    # The page, and a row of a table under the pointer or in a folded note.
    pages = (found["page"], "#f1f3f6" if selector == ":root" else "#2b2f3a")
    for name in TEXT:
        assert min(contrast(found[name], page) for page in pages) >= 4.5, name
    for name in SHAPES:
        assert min(contrast(found[name], page) for page in pages) >= 3, name


def test_both_schemes_have_the_same_tokens() -> None:
    assert tokens(":root").keys() == tokens('[data-md-color-scheme="slate"]').keys()


def test_every_class_of_a_mark_is_styled() -> None:
    classes = set(re.findall(r'class="([^"]+)"', str(marks.sprite())))
    assert [name for name in classes if f".{name}" not in CSS] == []


def test_nothing_is_fetched() -> None:
    assert "url(" not in CSS
    assert "@import" not in CSS
