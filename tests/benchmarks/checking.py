"""Whether a large site is right: its links lead somewhere, its HTML is valid, its figures are those of a small site."""

from __future__ import annotations

import json
import posixpath
import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from tests.sites.test_html import CHECKER, faults

#: What the site's templates write: attributes of links in quotes.
_LINK = re.compile(r'\b(?:href|src)="([^"]*)"')
_PLACE = re.compile(r'\b(?:id|name)="?([^"\s>]+)')
_ELSEWHERE = re.compile(r"[a-z]+:|//")
_SHOWN = 5

Link = tuple[str, str]
"""A file of the site, and a place in it (empty: none)."""


def broken_links(site: Path) -> tuple[int, list[str]]:
    """How many links the pages have, and those that lead nowhere, with a page each stands on."""
    known = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    pages = sorted(path for path in known if path.endswith(".html") and path.rpartition("/")[2][:2] != "40")
    count, found, places = 0, [], {}
    with ProcessPoolExecutor() as executor:
        for page, (number, links, missing) in zip(
            pages, executor.map(partial(_links_of, site), pages, chunksize=200), strict=True
        ):
            count += number
            found += [f"{page}: #{place} is not in it" for place in missing]
            for link in links:
                places.setdefault(link, page)
    anchors: dict[str, set[str]] = {}
    for (target, place), page in sorted(places.items()):
        if target not in known:
            found.append(f"{page}: {target} is not there")
        elif place and target.endswith(".html"):
            if target not in anchors:
                anchors[target] = _places_of((site / target).read_text("utf-8"))
            if place not in anchors[target]:
                found.append(f"{page}: {target}#{place} is not there")
    return count, found


def _links_of(site: Path, page: str) -> tuple[int, set[Link], list[str]]:
    """Of a page: how many links it has, those to other files, and places in itself that are missing."""
    text = (site / page).read_text("utf-8")
    links = [unescape(link) for link in _LINK.findall(text)]
    own, others, folder = set(), set(), posixpath.dirname(page)
    for link in links:
        if _ELSEWHERE.match(link):
            continue
        address, _, place = link.partition("#")
        if not address:
            own.add(unquote(place))
            continue
        target = posixpath.normpath(posixpath.join(folder, unquote(address.partition("?")[0])))
        if address.endswith(("/", ".")):
            target = posixpath.normpath(posixpath.join(target, "index.html"))
        others.add((target, unquote(place)))
    # A script of the theme's gives some places their meaning.
    return len(links), others, sorted(place for place in own - _places_of(text) if place and place[:2] != "__")


def _places_of(text: str) -> set[str]:
    return {unescape(place) for place in _PLACE.findall(text)}


def invalid_pages(site: Path, pages: Sequence[Path]) -> list[str]:
    """What the Nu Html Checker calls an error on some pages."""
    return faults(list(pages), site)


def can_check_html() -> bool:
    """Whether the checker is there."""
    return CHECKER.is_file() and shutil.which("java") is not None


def people(project: Path) -> tuple[list[str], list[str]]:
    """Those with scorecards, and those who lead teams."""
    rows = [line.split(";") for line in _lines(project / "scorecards/reps.csv")[1:]]
    roles = {row[0]: row[3] for row in rows}
    return sorted(one for one in roles if roles[one] == "rep"), sorted(one for one in roles if roles[one] != "rep")


def keep_only(project: Path, target: Path, chosen: Iterable[str]) -> None:
    """The same project with a few people: all files, without the rows of others."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(project, target, ignore=shutil.ignore_patterns(".cache"))
    reps, _ = people(project)
    others = set(reps) - set(chosen)
    for file in (target / "scorecards").rglob("*.csv"):
        kept = [line for line in _lines(file) if line.partition(";")[0] not in others]
        file.write_text("\r\n".join(kept) + "\r\n", "utf-8", newline="")


def _lines(file: Path) -> list[str]:
    return file.read_text("utf-8").splitlines()


def different_figures(site: Path, small: Path) -> Iterator[str]:
    """The JSON files of a small site that are others in the large one. Lines of files are, and are not compared."""
    for file in sorted(small.glob("scorecards/*/*.json")):
        name = file.relative_to(small)
        if _figures(site / name) != _figures(file):
            yield name.as_posix()


def _figures(file: Path) -> Any:
    def without_lines(found: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in found.items() if name != "lines" or "file" not in found}

    return json.loads(file.read_text("utf-8"), object_hook=without_lines)


def told(name: str, count: int, faulty: Sequence[str]) -> str:
    """A line on what was checked, with the first faults."""
    if not faulty:
        return f"{name}: {count:,} checked, all right"
    return "\n".join([f"{name}: {count:,} checked, {len(faulty):,} WRONG", *faulty[:_SHOWN]])
