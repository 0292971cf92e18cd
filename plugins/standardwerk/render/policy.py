"""What a browser may run and load on the site's pages: the Content-Security-Policy with hashes of inline scripts."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

#: Where a built site carries its policy: hashes only, nothing of anybody.
POLICY_FILE = "assets/policy.json"

_ELEMENT = re.compile(rb"<(script|style)((?:\s[^>]*)?)>(.*?)</\1\s*>", re.DOTALL | re.IGNORECASE)
_BEGINNING = re.compile(rb"<(?:script|style)", re.IGNORECASE)
_SOURCE = re.compile(rb"\ssrc\s*=", re.IGNORECASE)
#: A type that is not run: data for scripts.
_DATA = re.compile(rb"""\stype\s*=\s*["']?(?!(?:text/javascript|module|text/css)\b)[a-z]""", re.IGNORECASE)


@dataclass(frozen=True)
class Policy:
    """Hashes of what pages hold inline, as a policy names them."""

    scripts: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()

    @classmethod
    def of(cls, pages: Iterable[bytes]) -> Policy:
        """The policy that lets run what some pages hold: pages of the theme's own, without anybody's text."""
        found: dict[str, set[str]] = {"script": set(), "style": set()}
        for page in pages:
            for name, value in inline(page):
                found[name].add(value)
        return cls(tuple(sorted(found["script"])), tuple(sorted(found["style"])))

    def with_styles(self, texts: Iterable[str]) -> Policy:
        """The policy with further styles."""
        return Policy(self.scripts, tuple(sorted({*self.styles, *(hashed(text.encode()) for text in texts)})))

    @property
    def header(self) -> str:
        """The value of ``Content-Security-Policy``."""
        return "; ".join(
            (
                "default-src 'none'",
                " ".join(["script-src 'self'", *(f"'{one}'" for one in self.scripts)]),
                " ".join(["style-src 'self'", *(f"'{one}'" for one in self.styles)]),
                "img-src 'self' data:",
                "font-src 'self'",
                "connect-src 'self'",
                "worker-src 'self'",
                "manifest-src 'self'",
                "media-src 'self'",
                "base-uri 'none'",
                "form-action 'self'",
                "frame-ancestors 'none'",
            )
        )

    def to_json(self) -> str:
        """As a file of the site."""
        return json.dumps({"scripts": self.scripts, "styles": self.styles}, indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Policy:
        """Read again. Raises ``ValueError`` if it is no policy."""
        data = json.loads(text)
        known = re.compile(r"sha256-[A-Za-z0-9+/]{43}=")
        lists = [data.get(name) if isinstance(data, dict) else None for name in ("scripts", "styles")]
        for values in lists:
            if not isinstance(values, list) or not all(isinstance(one, str) and known.fullmatch(one) for one in values):
                raise ValueError("no policy")
        return cls(tuple(lists[0] or ()), tuple(lists[1] or ()))


def hashed(content: bytes) -> str:
    """The hash of a script or style as a policy names it."""
    return "sha256-" + base64.b64encode(hashlib.sha256(content).digest()).decode()


def inline(page: bytes) -> list[tuple[str, str]]:
    """The scripts that run and the styles inside a page: ``script`` or ``style``, and its hash."""
    found = (_inline(match[0]) for match in _ELEMENT.finditer(page))
    return [one for one in found if one is not None]


def is_element_begun(text: bytes) -> bool:
    """Whether a script or style may begin in a part of a page and not end in it."""
    end = 0
    for match in _ELEMENT.finditer(text):
        end = match.end()
    return _BEGINNING.search(text, end) is not None


@lru_cache(maxsize=256)
def _inline(element: bytes) -> tuple[str, str] | None:
    """The same of one of them, from tag to tag: pages have most of theirs in common."""
    match = _ELEMENT.fullmatch(element)
    if match is None or _SOURCE.search(match[2]) or _DATA.search(match[2]):
        return None
    return match[1].lower().decode(), hashed(match[3])
