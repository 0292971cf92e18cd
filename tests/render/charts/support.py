"""Golden drawings: compared here, written by hand only (``UPDATE_GOLDEN=1`` writes what is missing)."""

from __future__ import annotations

import os
import re
from pathlib import Path
from xml.etree import ElementTree

GOLDEN = Path(__file__).parent / "golden"


def check(name: str, drawing: str) -> None:
    """Compare a drawing with ``golden/<name>.svg``."""
    drawing = str(drawing)  # A plain text: the methods of markup escape.
    file = GOLDEN / f"{name}.svg"
    if not file.exists() and os.environ.get("UPDATE_GOLDEN"):
        file.write_text(drawing.replace("><", ">\n<") + "\n", encoding="utf-8")
    assert drawing == file.read_text(encoding="utf-8").strip().replace("\n", "")


def sound(drawing: str) -> ElementTree.Element:
    """A drawing is well formed, has no style or id, and a name or is hidden. Returns its root."""
    root = ElementTree.fromstring(drawing.encode())
    for element in root.iter():
        assert not {"style", "id"} & set(element.keys())
    assert (root.get("role") == "img" and root.get("aria-label")) or root.get("aria-hidden") == "true"
    return root


def places(drawing: str) -> list[float]:
    """All numbers of all paths."""
    paths = " ".join(re.findall(r' d="([^"]*)"', drawing))
    return [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", paths)]
