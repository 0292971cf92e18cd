"""What the rules of all servers share."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from standardwerk.render.policy import Policy
from standardwerk.site.access import Grants
from standardwerk.site.places import KINDS, LEADS, Kind

ERRORS = ("401", "403", "404")
"""The errors that have a page in each language."""
_INDEX = re.escape("/index.html")


@dataclass(frozen=True)
class Served:
    """A built site as a server is told of it."""

    grants: Grants
    policy: Policy
    prefix: str = "/"
    """The address of the site's root on the server, with ``/`` at both ends."""

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages, the original first."""
        return self.grants.places.languages

    @property
    def headers(self) -> Mapping[str, str]:
        """What every answer carries."""
        return {
            "Content-Security-Policy": self.policy.header,
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "same-origin",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
        }

    @property
    def public_headers(self) -> Mapping[str, str]:
        """What an answer for everybody carries."""
        return {**self.headers, "Cache-Control": "no-cache"}

    @property
    def personal_headers(self) -> Mapping[str, str]:
        """What an answer for certain people carries, refusals included."""
        return {**self.headers, "Cache-Control": "private, no-store", "X-Robots-Tag": "noindex, nofollow, noarchive"}

    def expression(self, kind: Kind, fixed: Mapping[str, str] | None = None) -> str:
        """The addresses of a kind below the site's root, as a regular expression, not anchored.

        A page has three: its folder without and with the slash, and its file.
        """
        found = kind.expression(self.languages, fixed)
        if not kind.is_page:
            return found
        return f"{found.removesuffix(_INDEX)}(?:/(?:index\\.html)?)?"

    def preference(self, language: str) -> str:
        """An expression for ``Accept-Language`` headers whose first known language is this one."""
        known = "|".join(re.escape(one) for one in self.languages)
        return rf"^(?:(?!\s*(?:{known})\b)[^,]*,)*\s*{re.escape(language)}\b"


def lead_kinds() -> tuple[Kind, ...]:
    """The kinds that are for whoever led in a month."""
    return tuple(kind for kind in KINDS if kind.audience in LEADS)


def permitted_kinds() -> tuple[Kind, ...]:
    """The kinds that a permission opens."""
    return tuple(kind for kind in KINDS if kind.permission)


def cases_of(text: str) -> tuple[str, ...]:
    """A text in lower case as servers compare it: they know the case of ASCII alone, so other letters come in both."""
    return tuple(dict.fromkeys((text, _other_upper(text))))


def _other_upper(text: str) -> str:
    return "".join(sign if sign.isascii() or len(sign.upper()) > 1 else sign.upper() for sign in text)
