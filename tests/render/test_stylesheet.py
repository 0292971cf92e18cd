"""Colours: what is read can be read on every surface (WCAG 2.2 AA), and states differ for everyone."""

from __future__ import annotations

import re
from itertools import combinations

import pytest

from standardwerk.model.scores import STATES_IN_ORDER
from standardwerk.render.charts import marks
from tests.render.catalogue import ROOT

STYLES = ROOT / "theme/assets/stylesheets"
TOKENS = (STYLES / "tokens.css").read_text(encoding="utf-8")
SCHEMES = {"light": 0, "dark": 1}
PAGES = ("page", "surface")
TEXT = ("ink", "soft", "link", "met", "near", "missed", "open")
SHAPES = ("line",)
STATES = ("met", "near", "missed")
Colour = tuple[float, float, float]

#: What people without one kind of cones see, in linear light (Machado, Oliveira and Fernandes 2009, severity 1).
DEFICIENCIES = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def tokens(scheme: str) -> dict[str, str]:
    """The colours of a scheme by name."""
    found = {}
    for name, value in re.findall(r"--sw-([a-z-]+): (light-dark\([^)]*\)|#[0-9a-f]+);", TOKENS.partition("@media")[0]):
        pair = re.findall(r"#[0-9a-f]+", value)
        found[name] = pair[SCHEMES[scheme] if len(pair) == 2 else 0]
    return found


def linear(colour: str) -> Colour:
    digits = colour[1:] if len(colour) > 4 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return red, green, blue


def luminance(colour: str) -> float:
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def lab(colour: Colour) -> Colour:
    """CIE L*a*b* of a colour in linear light."""
    red, green, blue = colour
    whole = (
        (0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047,
        0.2126729 * red + 0.7151522 * green + 0.0721750 * blue,
        (0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883,
    )
    x, y, z = (part ** (1 / 3) if part > 216 / 24389 else (24389 / 27 * part + 16) / 116 for part in whole)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def seen(colour: str, deficiency: str) -> Colour:
    """A colour as it is seen, in L*a*b*."""
    light = linear(colour)
    if deficiency != "none":
        rows = DEFICIENCIES[deficiency]
        mixed = [sum(a * b for a, b in zip(row, light, strict=True)) for row in rows]
        light = (min(max(mixed[0], 0), 1), min(max(mixed[1], 0), 1), min(max(mixed[2], 0), 1))
    return lab(light)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_contrast(scheme: str) -> None:
    found = tokens(scheme)
    pages = [found[name] for name in PAGES]
    for name in TEXT:
        assert min(contrast(found[name], page) for page in pages) >= 4.5, name
    for name in SHAPES:
        assert min(contrast(found[name], page) for page in pages) >= 3, name
    assert contrast(found["on-brand"], found["brand"]) >= 7
    assert contrast(found["on-note"], found["note"]) >= 7


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("deficiency", ["none", *DEFICIENCIES])
def test_states_differ_for_everyone(scheme: str, deficiency: str) -> None:
    """A distance of 2.3 can just be seen; ours are at least 20, side by side or not."""
    found = tokens(scheme)
    for one, other in combinations(STATES, 2):
        pairs = zip(seen(found[one], deficiency), seen(found[other], deficiency), strict=True)
        assert sum((a - b) ** 2 for a, b in pairs) ** 0.5 >= 20, (one, other)


def test_states_differ_without_colour() -> None:
    """Each state has a shape of its own."""
    shapes = ["".join(path.d for path in marks._SHAPES[state]) for state in STATES_IN_ORDER]
    assert len(set(shapes)) == len(STATES_IN_ORDER)


def test_every_colour_is_a_token() -> None:
    """No style but the tokens (and the host's variables in the frame) writes a colour."""
    for file in sorted(STYLES.glob("*.css")):
        if file.name in {"tokens.css", "frame.css"}:
            continue
        text = re.sub(r"/\*.*?\*/", "", file.read_text(encoding="utf-8"), flags=re.S)
        assert re.findall(r"#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(", text) == [], file.name


def test_every_token_that_is_used_is_there() -> None:
    known = set(re.findall(r"(--sw-[a-z0-9-]+):", TOKENS)) | {"--sw-state"}
    for file in sorted((ROOT / "theme/assets").rglob("*.css")):
        used = set(re.findall(r"var\((--sw-[a-z0-9-]+)", file.read_text(encoding="utf-8")))
        assert used <= known, file.name


def test_every_class_of_a_mark_is_styled() -> None:
    charts = (STYLES / "charts.css").read_text(encoding="utf-8")
    classes = set(re.findall(r'class="([^"]+)"', str(marks.sprite())))
    assert [name for name in classes if f".{name}" not in charts] == []


def test_nothing_is_fetched_from_elsewhere() -> None:
    for file in sorted((ROOT / "theme/assets").rglob("*.css")):
        text = file.read_text(encoding="utf-8")
        assert "@import" not in text
        for address in re.findall(r"url\(\"?([^)\"]*)", text):
            assert (file.parent / address).is_file(), address
