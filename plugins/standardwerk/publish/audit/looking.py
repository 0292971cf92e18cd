"""Looks at files of a built site, one after the other.

Pages of a site have most of what they say in common. So a page is cut at each ``<`` (JSON at each ``{``, other files at
each line), a piece is looked at once (``pieces.py``), and what was found is remembered (``memory.py``).
"""

from __future__ import annotations

import gzip
import json
import os
import stat
from collections.abc import Collection, Iterable, Mapping
from operator import attrgetter
from pathlib import Path

from standardwerk.publish.audit.figures import Shapes
from standardwerk.publish.audit.markup import Address, css_addresses, facts, whole_tag
from standardwerk.publish.audit.memory import PageMemory
from standardwerk.publish.audit.names import NO_TRACE, Names
from standardwerk.publish.audit.pieces import Piece, Pieces, Site
from standardwerk.publish.audit.report import Audit, Brief, short
from standardwerk.render.policy import inline

MARKUP = (".html", ".htm", ".xhtml", ".svg")
_CODE = frozenset({".js", ".mjs", ".css", ".map"})
#: Files of servers' rules, which no server serves.
_RULES = frozenset({".htaccess", "web.config"})
_RULE_FILES = frozenset({"me/default.aspx", "me/App_Data/homes.txt"})
#: What the theme says on each page that is not for everyone.
PRIVATE = b'<meta name="robots" content="noindex, nofollow, noarchive">'


class Auditor:
    """Looks at files, one after the other."""

    def __init__(self, brief: Brief) -> None:
        self.brief = brief
        self.names = Names(brief.identities)
        self.site = Site(brief.files, brief.prefix, brief.origin)
        self._inline = frozenset(
            {*(("script", one) for one in brief.policy.scripts), *(("style", one) for one in brief.policy.styles)}
        )
        self._pieces = Pieces(self.names, self.site, None)
        self._shapes = {cut: Shapes(self.names, cut) for cut in (b"{", b"\n")}
        self._of_pages: dict[int, PageMemory] = {}

    def look(self, paths: Iterable[str]) -> Audit:
        """Look at some files."""
        done = Audit()
        for path in paths:
            if _is_rule(path):
                continue
            file = f"{self.brief.root}/{path}"
            is_link = stat.S_ISLNK(os.lstat(file).st_mode)
            if is_link or not self.brief.mentions.is_known(path):
                done.add("SW702", path)
            data = b"" if is_link else Path(file).read_bytes()
            done.files += 1
            done.size += len(data)
            self.examine(done, path, gzip.decompress(data) if path.endswith(".gz") else data)
        return done

    def examine(self, done: Audit, path: str, data: bytes) -> None:
        """Look at what a file holds."""
        suffix = path[path.rfind(".") :].lower()
        is_markup = suffix in MARKUP
        folders = path.split("/")[:-1]
        is_doubtful = False
        telling: Collection[Piece]
        if is_markup:
            telling, is_doubtful = self._in_pages(len(folders)).telling(data)
        else:
            cut = b"{" if suffix == ".json" else b"\n"
            telling = self._pieces.look_at(self._shapes[cut].worth_a_look(data.split(cut))).values()
        traces = [self.names.trace(path.encode()), *(one.trace for one in telling if one.trace is not NO_TRACE)]
        allowed = self.brief.mentions.at(path)
        for name, line in self.names.found(path, data, traces, allowed, in_code=suffix in _CODE):
            done.add("SW703", path, line - 1, name=name)
        if is_markup:
            self._page(done, path, folders, data, telling)
            if is_doubtful:
                self._check_inline(done, path, data)
        elif suffix == ".css":
            self._lead(done, path, folders, css_addresses(data.decode("utf-8", "replace")))
        elif path.endswith("search/search_index.json"):
            self._listed(done, path, _locations(data), path.removesuffix("search/search_index.json"))
        elif path in {"sitemap.xml", "sitemap.xml.gz"}:
            self._sitemap(done, path, data)

    def _in_pages(self, depth: int) -> PageMemory:
        if depth not in self._of_pages:
            self._of_pages[depth] = PageMemory(self.names, Pieces(self.names, self.site, depth), self._inline)
        return self._of_pages[depth]

    def _page(self, done: Audit, path: str, folders: list[str], data: bytes, telling: Collection[Piece]) -> None:
        if self.brief.mentions.places.is_public(path) and PRIVATE in data:
            done.add("SW704", path)
        own = {place for piece in telling for place in piece.own}
        ids = {one for piece in telling for one in piece.ids}
        # Of a set: findings are told in the same order each time.
        for piece in sorted(telling, key=attrgetter("data")):
            if piece.more is None:
                continue
            for code, value in piece.more.findings:
                if code == "SW706":
                    done.add(code, path, what=value)
                else:
                    done.add(code, path, address=value)
            for other in piece.more.others:
                self._other_page(done, path, other, own)
            own |= self._lead(done, path, folders, piece.more.addresses)
            if piece.more.is_cut:
                self._cut(done, path, folders, data, piece.data, own, ids)
        for fragment in sorted(own - ids):
            done.add("SW705", path, address=short(f"#{fragment}"))

    def _check_inline(self, done: Audit, path: str, data: bytes) -> None:
        for kind, hashed in inline(data):
            if (kind, hashed) not in self._inline:
                done.add("SW706", path, what=f"<{kind}> {hashed}")

    def _cut(
        self, done: Audit, path: str, folders: list[str], data: bytes, piece: bytes, own: set[str], ids: set[str]
    ) -> None:
        """Look at tags that have a ``<`` inside, from a piece that one begins with."""
        start = data.find(b"<" + piece)
        while start >= 0:
            found = facts(whole_tag(data, start + 1))
            ids.update(found.ids)
            for run in found.runs:
                done.add("SW706", path, what=short(run))
            own |= self._lead(done, path, folders, found.addresses)
            start = data.find(b"<" + piece, start + 1)

    def _lead(self, done: Audit, path: str, folders: list[str], addresses: Iterable[Address]) -> set[str]:
        """Look where addresses lead from a file. Returns the places that must be in the file itself."""
        own: set[str] = set()
        for address in addresses:
            one = self.site.lead(folders, address)
            if one.finding:
                done.add(one.finding, path, address=short(one.address))
            if one.own:
                own.add(one.own)
            if one.other is not None:
                self._other_page(done, path, one.other, own)
        return own

    @staticmethod
    def _other_page(done: Audit, path: str, other: tuple[str, str], own: set[str]) -> None:
        """A link may come back to its own page."""
        if other[0] == path:
            own.add(other[1])
        else:
            done.anchors.add(other)

    def _sitemap(self, done: Audit, path: str, data: bytes) -> None:
        start = self.brief.site_url.rstrip("/") + "/"
        text = data.decode("utf-8", "replace")
        locations = [part.partition("</loc>")[0].strip() for part in text.split("<loc>")[1:]]
        self._listed(done, path, [one.removeprefix(start) for one in locations], "")

    def _listed(self, done: Audit, path: str, addresses: Iterable[str], base: str) -> None:
        """Addresses that everybody can find: they lie where everybody may read."""
        folders = base.split("/")[:-1]
        for address in addresses:
            target = self.site.tree.target(folders, address)
            if target is None:
                done.add("SW705", path, address=short(address))
            elif target and not self.brief.mentions.places.is_public(target):
                done.add("SW708", path, address=short(address))


def _locations(data: bytes) -> list[str]:
    try:
        index: Mapping[str, list[Mapping[str, str]]] = json.loads(data)
        return [str(one["location"]) for one in index["docs"]]
    except (ValueError, KeyError, TypeError):
        return []


def _is_rule(path: str) -> bool:
    return path.rpartition("/")[2] in _RULES or path in _RULE_FILES
