"""The audit: every file read once, by several processes, folder by folder.

Pages of a site have most of what they say in common. So a page is cut at each ``<`` (data at each line), and a piece is
looked at once; what was found in it is remembered for the pages to come.
"""

from __future__ import annotations

import gzip
import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from standardwerk.diagnostics import Diagnostic, Diagnostics, Place
from standardwerk.publish.audit.markup import NOTHING, Address, Facts, css_addresses, facts
from standardwerk.publish.audit.names import NO_MARKS, Names
from standardwerk.publish.audit.tree import OUTSIDE, Tree
from standardwerk.render.policy import POLICY_FILE, Policy, inline
from standardwerk.site.mentions import Identity, Mentions
from standardwerk.workers import Processes, worker_count

#: The same finding is listed for so many files; all are counted.
LISTED = 3
#: Files in a chunk of work, at least.
CHUNK = 400
#: So many pieces are remembered, none longer than this; then it begins anew.
REMEMBERED = 150_000
LONGEST = 4000
_MARKUP = (".html", ".htm", ".xhtml", ".svg")
_CODE = frozenset({".js", ".mjs", ".css", ".map"})
#: Files of servers' rules, which no server serves.
_RULES = frozenset({".htaccess", "web.config"})
_RULE_FILES = frozenset({"me/default.aspx", "me/App_Data/homes.txt"})
#: What the theme says on each page that is not for everyone.
PRIVATE = b'<meta name="robots" content="noindex, nofollow, noarchive">'
#: Fragments that need no place in the page.
_TOP = frozenset({"", "top"})


@dataclass(frozen=True)
class Brief:
    """What is to be known of a site."""

    root: str
    mentions: Mentions
    identities: tuple[Identity, ...]
    policy: Policy
    files: tuple[str, ...]
    site_url: str = ""

    @property
    def origin(self) -> str:
        """The site's host: ``https://intranet.example``."""
        parts = urlsplit(self.site_url)
        return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""

    @property
    def prefix(self) -> str:
        """Where the site's root is on its host."""
        return (urlsplit(self.site_url).path or "/").rstrip("/") + "/"


@dataclass
class Audit:
    """What was found, and how much was looked at."""

    found: Diagnostics = field(default_factory=Diagnostics)
    counts: Counter[tuple[str, tuple[tuple[str, str], ...]]] = field(default_factory=Counter)
    """How often each finding was made, by code and values."""
    files: int = 0
    size: int = 0
    """In bytes."""
    anchors: set[tuple[str, str]] = field(default_factory=set)
    """Places in other pages that links lead to."""

    def add(self, code: str, path: str, line: int = 0, **values: str) -> None:
        """Take down a finding."""
        key = (code, tuple(sorted(values.items())))
        self.counts[key] += 1
        if self.counts[key] <= LISTED:
            self.found.add(code, Place(path, line), **values)

    def take(self, part: Audit) -> None:
        """Add what another process found."""
        listed: Counter[tuple[str, tuple[tuple[str, str], ...]]] = Counter()
        for one in part.found:
            key = _key(one)
            listed[key] += 1
            if self.counts[key] + listed[key] <= LISTED:
                self.found.extend([one])
        self.counts += part.counts
        self.files += part.files
        self.size += part.size
        self.anchors |= part.anchors

    @property
    def unlisted(self) -> int:
        """How many findings are only counted, because the same is listed for other files."""
        return sum(self.counts.values()) - sum(min(LISTED, count) for count in self.counts.values())


def _key(one: Diagnostic) -> tuple[str, tuple[tuple[str, str], ...]]:
    return one.code.code, tuple(sorted(one.values.items()))


def files_of(root: Path) -> Iterator[str]:
    """All files below a folder, links included, as paths with ``/``; in order, folder by folder."""
    for folder, folders, names in os.walk(root):
        folders.sort()
        base = os.path.relpath(folder, root).replace(os.sep, "/")
        prefix = "" if base == "." else f"{base}/"
        yield from (prefix + name for name in sorted(names))
        # Links to folders are not followed: they are files that the plan does not know.
        for name in list(folders):
            if Path(folder, name).is_symlink():
                folders.remove(name)
                yield prefix + name


def audit(brief: Brief, workers: int | None) -> Audit:
    """Look at every file. ``workers``: processes; None: as many as are worth it."""
    whole = Audit()
    for name in ("index.html", POLICY_FILE):
        if name not in brief.files:
            whole.add("SW701", name)
    chunks = [brief.files[start : start + CHUNK] for start in range(0, len(brief.files), CHUNK)]
    for part in _parts(brief, chunks, worker_count(workers, len(brief.files))):
        whole.take(part)
    _check_anchors(brief, whole)
    return whole


def _parts(brief: Brief, chunks: Sequence[Sequence[str]], count: int) -> Iterator[Audit]:
    if count == 1 or len(chunks) == 1:
        yield from map(Auditor(brief).look, chunks)
        return
    processes = Processes(count)
    try:
        processes.start(_start, brief)
        yield from processes.map(_look, chunks)
    finally:
        processes.close()


_auditor: dict[str, Auditor] = {}


def _start(brief: Brief) -> None:
    _auditor["own"] = Auditor(brief)


def _look(chunk: Sequence[str]) -> Audit:
    return _auditor["own"].look(chunk)


@dataclass(frozen=True, slots=True)
class _Piece:
    """What was found in a piece of a file."""

    marks: frozenset[bytes]
    facts: Facts


class Auditor:
    """Looks at files, one after the other."""

    def __init__(self, brief: Brief) -> None:
        self.brief = brief
        self.names = Names(brief.identities)
        self.tree = Tree(brief.files, brief.prefix)
        self._dull: set[bytes] = set()
        self._telling: dict[bytes, _Piece] = {}
        self._origin = brief.origin
        self._scripts = frozenset({("script", one) for one in brief.policy.scripts})
        self._styles = frozenset({("style", one) for one in brief.policy.styles})

    def look(self, paths: Iterable[str]) -> Audit:
        """Look at some files."""
        done = Audit()
        for path in paths:
            file = Path(self.brief.root, path)
            if _is_rule(path):
                continue
            if not self.brief.mentions.is_known(path) or file.is_symlink():
                done.add("SW702", path)
            data = b"" if file.is_symlink() else file.read_bytes()
            done.files += 1
            done.size += len(data)
            self._file(done, path, gzip.decompress(data) if path.endswith(".gz") else data)
        return done

    def _file(self, done: Audit, path: str, data: bytes) -> None:
        suffix = path[path.rfind(".") :].lower()
        is_markup = suffix in _MARKUP
        pieces = set(data.split(b"<" if is_markup else b"\n"))
        telling = self._look_at(pieces, is_markup)
        marks = self.names.marks(path.encode()).union(*(one.marks for one in telling))
        allowed = self.brief.mentions.at(path)
        for name, line in self.names.found(path.encode() + b"\n" + data, marks, allowed, in_code=suffix in _CODE):
            done.add("SW703", path, line - 1, name=name)
        if is_markup:
            self._page(done, path, data, [one.facts for one in telling])
        elif suffix == ".css":
            self._asked(done, path, path.split("/")[:-1], css_addresses(data.decode("utf-8", "replace")))
        elif path.endswith("search/search_index.json"):
            self._listed(done, path, _locations(data), path.removesuffix("search/search_index.json"))
        elif path in {"sitemap.xml", "sitemap.xml.gz"}:
            self._sitemap(done, path, data)

    def _look_at(self, pieces: set[bytes], is_markup: bool) -> list[_Piece]:
        """Those of a file's pieces in which there is anything, what is known of earlier files made use of."""
        known = self._telling.keys() & pieces
        new = (pieces - self._dull).difference(known)
        found = [self._telling[piece] for piece in known]
        if len(self._dull) + len(self._telling) > REMEMBERED:
            self._dull.clear()
            self._telling.clear()
        marks = self.names.marks_of_each(new)
        for piece in new:
            one = _Piece(marks.get(piece, NO_MARKS), facts(piece) if is_markup else NOTHING)
            is_dull = not one.marks and one.facts is NOTHING
            if not is_dull:
                found.append(one)
            if len(piece) <= LONGEST:
                if is_dull:
                    self._dull.add(piece)
                else:
                    self._telling[piece] = one
        return found

    def _page(self, done: Audit, path: str, data: bytes, found: Sequence[Facts]) -> None:
        if PRIVATE in data and self.brief.mentions.places.is_public(path):
            done.add("SW704", path)
        folders = path.split("/")[:-1]
        ids: set[str] = set()
        own: set[str] = set()
        for one in found:
            ids.update(one.ids)
            for run in one.runs:
                done.add("SW706", path, what=_short(run))
            for address in one.addresses:
                if address.use == "asked":
                    self._asked(done, path, folders, [address])
                elif not address.scheme:
                    self._link(done, path, folders, address.text, own)
        for fragment in sorted(own - ids):
            done.add("SW705", path, address=_short(f"#{fragment}"))
        for kind, hashed in inline(data):
            if (kind, hashed) not in (self._scripts if kind == "script" else self._styles):
                done.add("SW706", path, what=f"<{kind}> {hashed}")

    def _link(self, done: Audit, path: str, folders: list[str], link: str, own: set[str]) -> None:
        fragment = unquote(link.partition("#")[2])
        target = self.tree.target(folders, link)
        if target is None:
            done.add("SW705", path, address=_short(link))
        elif target != OUTSIDE and fragment not in _TOP and not fragment.startswith(":~:"):
            if target in {"", path}:
                own.add(fragment)
            else:
                done.anchors.add((target, fragment))

    def _asked(self, done: Audit, path: str, folders: list[str], addresses: Iterable[Address]) -> None:
        for address in addresses:
            if address.leaves(self._origin):
                done.add("SW707", path, address=_short(address.text))
            elif not address.scheme and self.tree.target(folders, address.text) is None:
                done.add("SW705", path, address=_short(address.text))

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
                done.add("SW705", path, address=_short(address))
            elif target and not self.brief.mentions.places.is_public(target):
                done.add("SW708", path, address=_short(address))


def _locations(data: bytes) -> list[str]:
    try:
        index: Mapping[str, list[Mapping[str, str]]] = json.loads(data)
        return [str(one["location"]) for one in index["docs"]]
    except (ValueError, KeyError, TypeError):
        return []


def _check_anchors(brief: Brief, whole: Audit) -> None:
    """Whether the places are there that links to other pages lead to."""
    wanted: dict[str, set[str]] = {}
    for target, fragment in whole.anchors:
        if target.endswith(_MARKUP):
            wanted.setdefault(target, set()).add(fragment)
    for target, fragments in sorted(wanted.items()):
        pieces = set(Path(brief.root, target).read_bytes().split(b"<"))
        missing = fragments - {one for piece in pieces for one in facts(piece).ids}
        for fragment in sorted(missing):
            whole.add("SW709", target, address=_short(f"#{fragment}"))


def _is_rule(path: str) -> bool:
    return path.rpartition("/")[2] in _RULES or path in _RULE_FILES


def _short(text: str) -> str:
    return text if len(text) <= 120 else f"{text[:119]}…"
