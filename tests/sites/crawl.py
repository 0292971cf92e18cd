"""A small crawler: every page of a built site, and whether what it links to is there."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from lxml import html

_PLACES = (("a", "href"), ("link", "href"), ("img", "src"), ("script", "src"), ("source", "src"), ("form", "action"))
ERROR_PAGE = re.compile(r"(?:\w+/)?40\d\.html")


class Crawl:
    """A site below an address. ``files``: as from a disk, where a folder is no page."""

    def __init__(self, root: Path, address: str = "http://site/", files: bool = False) -> None:
        self.root, self.address, self.files = root, address, files
        self.known = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
        self.anchors: dict[str, set[str]] = {}
        self.links: dict[tuple[str, str], str] = {}
        """By target and anchor: a page that links there."""

    def faults(self) -> list[str]:
        """Every link that leads nowhere, with a page it stands on."""
        for path in sorted(self.known):
            if path.endswith(".html"):
                self._read(path)
        found = []
        for (url, anchor), source in sorted(self.links.items()):
            problem = self._problem(url, anchor)
            if problem:
                found.append(f"{source}: {url}{'#' + anchor if anchor else ''} {problem}")
        return found

    def _read(self, path: str) -> None:
        page = html.document_fromstring((self.root / path).read_bytes())
        self.anchors[path] = {str(one) for one in page.xpath("//@id | //a/@name")}
        shown = path if self.files else path.removesuffix("index.html")
        # The pages of errors are served at any address; their links begin at the server's root.
        base = urljoin(self.address, "" if ERROR_PAGE.fullmatch(path) else shown)
        for tag, attribute in _PLACES:
            for value in page.xpath(f"//{tag}/@{attribute}"):
                url, _, anchor = urljoin(base, str(value).strip()).partition("#")
                if urlsplit(url).scheme in {"http", "https", "file"}:
                    self.links.setdefault((url, unquote(anchor)), path)

    def _problem(self, url: str, anchor: str) -> str:
        if not url.startswith(self.address):
            return "leads elsewhere"
        path = unquote(urlsplit(url).path.removeprefix(urlsplit(self.address).path))
        if path == "" or path.endswith("/"):
            if self.files:
                return "is a folder"
            path += "index.html"
        if path not in self.known:
            return "is not there"
        if anchor and path.endswith(".html") and anchor not in self.anchors[path] and not anchor.startswith("__"):
            return "has no such place"
        return ""
