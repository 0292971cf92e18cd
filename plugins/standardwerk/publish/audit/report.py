"""What an audit is told of a site, and what it tells."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from standardwerk.diagnostics import Diagnostic, Diagnostics, Place
from standardwerk.render.policy import Policy
from standardwerk.site.mentions import Identity, Mentions

#: The same finding is listed for so many files; all are counted.
LISTED = 3


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


def short(text: str) -> str:
    """A text of any length as a message quotes it."""
    return text if len(text) <= 120 else f"{text[:119]}…"
