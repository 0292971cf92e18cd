"""What an outsider reads off the built pages: each measure of each month, by group. Nothing of the project is used."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from lxml import html

HIDDEN = "–"


@dataclass
class Published:
    """A measure in a month, as a page says it. Figures are texts; a group without a figure has none."""

    everybody: str
    teams: dict[str, str] = field(default_factory=dict)
    lines: dict[str, str] = field(default_factory=dict)


Key = tuple[str, str, str]
"""Month, address of the standard, title of the measure."""


def text_of(cell: html.HtmlElement) -> str:
    return " ".join(cell.text_content().split())


def of_months(folder: Path) -> dict[Key, Published]:
    """The figures of all months' pages in a folder (``months/de``, ``totals/de``)."""
    found: dict[Key, Published] = {}
    for page in sorted(folder.glob("????-??/index.html")):
        tree = html.document_fromstring(page.read_text("utf-8"))
        for table in tree.find_class("sw-rollup"):
            teams = [text_of(cell) for cell in table.xpath("./thead/tr/th")][5:]
            last: Published | None = None
            for row in table.xpath("./tbody/tr"):
                title, *cells = row.xpath("./th | ./td")
                values = [text_of(cell) for cell in cells]
                if "sw-line-row" in (row.get("class") or ""):
                    assert last is not None
                    last.lines[text_of(title)] = values[0]
                    assert not any(values[1:])
                    continue
                link = title.find("a")
                last = Published(
                    values[0], {name: value for name, value in zip(teams, values[4:], strict=True) if value}
                )
                if link is None:
                    # A standard without a figure in any month has no trend, and nothing to be worked out from.
                    assert not any(letter.isdigit() for value in values[:1] + values[4:] for letter in value)
                    continue
                found[page.parent.name, link.get("href").split("/")[-2], text_of(link)] = last
    return found


def of_trends(folder: Path) -> dict[Key, Published]:
    """The figures of all trends in a folder (``months/de/standards``)."""
    found: dict[Key, Published] = {}
    for page in sorted(folder.glob("*/index.html")):
        tree = html.document_fromstring(page.read_text("utf-8"))
        for section in tree.xpath("//section[.//table[contains(@class, 'sw-trend-table')]]"):
            title = section.find("h2").text.strip()
            heads = [text_of(cell) for cell in section.xpath(".//thead/tr/th")][3:]
            for row in section.xpath(".//tbody/tr"):
                month, *cells = row.xpath("./th | ./td")
                values = [text_of(cell) for cell in cells]
                shown = {head: value for head, value in zip(heads, values[2:], strict=True) if value}
                # A trend does not say which of its columns are teams.
                found[month.text.strip(), page.parent.name, title] = Published(values[0], shown)
    return found


def interval(text: str) -> tuple[Decimal, Decimal] | None:
    """What a percentage as shown leaves open, in percent; None for a hidden one."""
    match = re.search(r"(-?[\d.]+(?:,(\d+))?)\s%", text)
    if text == HIDDEN or match is None:
        return None
    value = Decimal(match[1].replace(".", "").replace(",", "."))
    if text.endswith("oder mehr"):
        return value, Decimal(100)
    if text.endswith("oder weniger"):
        return Decimal(0), value
    half = Decimal(1).scaleb(-len(match[2] or "")) / 2
    return value - half, value + half
