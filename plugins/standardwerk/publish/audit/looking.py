"""Looks at files of a built site, one after the other.

Pages of a site have most of what they say in common. So a page is cut at each ``<`` (JSON at each ``{``, other files at each
line), and a piece is looked at once (``pieces.py``).
"""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence

from standardwerk.publish.audit.markup import Address, css_addresses, facts, whole_tag
from standardwerk.publish.audit.names import Names
from standardwerk.publish.audit.pieces import Piece, Pieces, Ways, lead
from standardwerk.publish.audit.report import Audit, Brief, short
from standardwerk.publish.audit.tree import Tree
from standardwerk.render.policy import inline_at

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
        self.tree = Tree(brief.files, brief.prefix)
        self._origin = brief.origin
        self._markup = Pieces(self.names, is_markup=True)
        self._other = Pieces(self.names, is_markup=False)
        self._inline = frozenset(
            {*(("script", one) for one in brief.policy.scripts), *(("style", one) for one in brief.policy.styles)}
        )

    def look(self, paths: Iterable[str]) -> Audit:
        """Look at some files."""
        done = Audit()
        for path in paths:
            if _is_rule(path):
                continue
            file = f"{self.brief.root}/{path}"
            is_link = os.path.islink(file)
            if is_link or not self.brief.mentions.is_known(path):
                done.add("SW702", path)
            data = b"" if is_link else _content(file)
            done.files += 1
            done.size += len(data)
            self._file(done, path, gzip.decompress(data) if path.endswith(".gz") else data)
        return done

    def _file(self, done: Audit, path: str, data: bytes) -> None:
        suffix = path[path.rfind(".") :].lower()
        is_markup = suffix in MARKUP
        memory = self._markup if is_markup else self._other
        telling = memory.telling(set(data.split(b"<" if is_markup else b"{" if suffix == ".json" else b"\n")))
        traces = [self.names.trace(path.encode()), *(one.trace for one in telling if one.trace.marks)]
        allowed = self.brief.mentions.at(path)
        for name, line in self.names.found(path.encode() + b"\n" + data, traces, allowed, in_code=suffix in _CODE):
            done.add("SW703", path, line - 1, name=name)
        if is_markup:
            self._page(done, path, data, telling)
        elif suffix == ".css":
            self._lead(done, path, path.split("/")[:-1], css_addresses(data.decode("utf-8", "replace")))
        elif path.endswith("search/search_index.json"):
            self._listed(done, path, _locations(data), path.removesuffix("search/search_index.json"))
        elif path in {"sitemap.xml", "sitemap.xml.gz"}:
            self._sitemap(done, path, data)

    def _page(self, done: Audit, path: str, data: bytes, telling: Sequence[Piece]) -> None:
        if PRIVATE in data and self.brief.mentions.places.is_public(path):
            done.add("SW704", path)
        folders = path.split("/")[:-1]
        depth = len(folders)
        ids: set[str] = set()
        own: set[str] = set()
        for piece in telling:
            found = piece.facts
            ids.update(found.ids)
            for run in found.runs:
                done.add("SW706", path, what=short(run))
            if found.addresses:
                ways = piece.ways.get(depth)
                if ways is None:
                    ways = piece.ways[depth] = Ways.of(self.tree, self._origin, depth, found.addresses)
                own.update(ways.own)
                for code, address in ways.findings:
                    done.add(code, path, address=address)
                for other in ways.others:
                    self._other_page(done, path, other, own)
                if ways.rest:
                    own |= self._lead(done, path, folders, ways.rest)
        for tag in _cut_tags(data, telling):
            found = facts(tag)
            ids.update(found.ids)
            for run in found.runs:
                done.add("SW706", path, what=short(run))
            own |= self._lead(done, path, folders, found.addresses)
        for fragment in sorted(own - ids):
            done.add("SW705", path, address=short(f"#{fragment}"))
        for kind, hashed in inline_at(data, _starts(data, (one.data for one in telling if one.facts.is_code))):
            if (kind, hashed) not in self._inline:
                done.add("SW706", path, what=f"<{kind}> {hashed}")

    def _lead(self, done: Audit, path: str, folders: list[str], addresses: Iterable[Address]) -> set[str]:
        """Look where addresses lead from a file. Returns the places that must be in the file itself."""
        own: set[str] = set()
        for address in addresses:
            one = lead(self.tree, self._origin, folders, address)
            if one.finding is not None:
                done.add(one.finding[0], path, address=one.finding[1])
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
            target = self.tree.target(folders, address)
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


def _content(file: str) -> bytes:
    with open(file, "rb", buffering=0) as stream:
        return stream.readall()


def _starts(data: bytes, pieces: Iterable[bytes]) -> set[int]:
    """Where pieces stand in a page."""
    found: set[int] = set()
    for piece in pieces:
        start = data.find(b"<" + piece)
        while start >= 0:
            found.add(start)
            start = data.find(b"<" + piece, start + 1)
    return found


def _cut_tags(data: bytes, telling: Iterable[Piece]) -> Iterator[bytes]:
    """The tags of a page that have a ``<`` inside."""
    for start in sorted(_starts(data, (one.data for one in telling if one.facts.is_cut))):
        yield whole_tag(data, start + 1)


def _is_rule(path: str) -> bool:
    return path.rpartition("/")[2] in _RULES or path in _RULE_FILES
