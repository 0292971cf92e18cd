"""Where pages and files outside the handbook lie, and whom each kind is for.

The table is the whole of it: web servers' rules and the audit are made from it, and a path that no entry knows is
nobody's. A new kind of page begins with an entry here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from standardwerk.site.plan import Sensitivity


class Audience(StrEnum):
    """Whom a kind is for, besides the groups with its permission. A person may read all of her own folder anyway."""

    PERSON = "person"
    """The person alone."""
    PERSON_AND_LEAD = "person and lead"
    """The person, and whoever led her team in the month."""
    LEAD = "lead"
    """Whoever led the team in the month."""
    GROUP = "group"
    """Nobody but the groups."""


#: What is for whoever led a team in the month, too.
LEADS = frozenset({Audience.PERSON_AND_LEAD, Audience.LEAD})


class Named(StrEnum):
    """Whom a kind may name, besides the people whom ``access.yml`` lets the handbook name."""

    NOBODY = "nobody"
    PERSON = "person"
    """The owner of the folder, and whoever led or rated her in the month or before (if it belongs to none: whoever ever
    led her)."""
    TEAM = "team"
    """The people of the team in the month, and whoever led it."""
    ROSTER = "roster"
    """Everybody."""


_HOLDER = re.compile(r"\{(\w+)\}")
#: What may stand in a place holder. Expressions are such that every web server's engine reads them alike.
_SEGMENTS = {"rep": "[^/]+", "team": "[^/]+", "name": "[^/]+", "month": "[0-9][0-9][0-9][0-9]-[0-9][0-9]"}


@dataclass(frozen=True)
class Kind:
    """A kind of page or file outside the handbook."""

    name: str
    pattern: str
    """Its path below the site's root, with ``{rep}``, ``{team}``, ``{language}``, ``{month}``, ``{name}`` (any one)."""
    sensitivity: Sensitivity
    audience: Audience
    permission: str = ""
    """What a group of ``access.yml`` needs to read it; empty: no group may."""
    named: Named = Named.NOBODY

    @property
    def is_page(self) -> bool:
        """Whether it is a page, in the theme's frame."""
        return self.pattern.endswith("/index.html")

    @property
    def depth(self) -> int:
        """How many folders deep it lies."""
        return self.pattern.count("/")

    @cached_property
    def folder_depth(self) -> int:
        """How many segments name the folder of its owner: 2 for ``scorecards/{rep}``, 1 for ``months``."""
        return 2 if self.pattern.split("/")[1] in {"{rep}", "{team}"} else 1

    def expression(
        self, languages: tuple[str, ...], fixed: Mapping[str, str] | None = None, *, named: bool = False
    ) -> str:
        """The kind's paths as a regular expression, not anchored.

        ``named``: place holders are groups of their name. ``fixed``: expressions for some of them.
        """
        segments = _SEGMENTS | {"language": "|".join(map(re.escape, languages))} | dict(fixed or {})
        parts = _HOLDER.split(self.pattern)
        for index, part in enumerate(parts):
            if index % 2:
                parts[index] = f"(?P<{part}>{segments[part]})" if named else f"(?:{segments[part]})"
            else:
                parts[index] = re.escape(part)
        return "".join(parts)


KINDS: tuple[Kind, ...] = (
    Kind(
        "scorecard",
        "scorecards/{rep}/{language}/{month}/index.html",
        Sensitivity.PERSON,
        Audience.PERSON_AND_LEAD,
        named=Named.PERSON,
    ),
    Kind(
        "conversation",
        "scorecards/{rep}/{language}/{month}/conversation/index.html",
        Sensitivity.PERSON,
        Audience.PERSON_AND_LEAD,
        named=Named.PERSON,
    ),
    Kind(
        "scorecard-json",
        "scorecards/{rep}/{month}.json",
        Sensitivity.PERSON,
        Audience.PERSON_AND_LEAD,
        named=Named.PERSON,
    ),
    Kind(
        "scorecard-csv",
        "scorecards/{rep}/{month}.csv",
        Sensitivity.PERSON,
        Audience.PERSON_AND_LEAD,
        named=Named.PERSON,
    ),
    Kind("rep", "scorecards/{rep}/{language}/index.html", Sensitivity.PERSON, Audience.PERSON, named=Named.PERSON),
    Kind("team", "teams/{team}/{language}/{month}/index.html", Sensitivity.TEAM, Audience.LEAD, "teams", Named.TEAM),
    Kind("organisation", "months/{language}/{month}/index.html", Sensitivity.GROUP, Audience.GROUP, "organisation"),
    Kind("organisation-newest", "months/{language}/index.html", Sensitivity.GROUP, Audience.GROUP, "organisation"),
    Kind(
        "data-quality",
        "data-quality/{language}/{month}/index.html",
        Sensitivity.GROUP,
        Audience.GROUP,
        "data-quality",
        Named.ROSTER,
    ),
    Kind("trend", "months/{language}/standards/{name}/index.html", Sensitivity.GROUP, Audience.GROUP, "organisation"),
    Kind("totals", "totals/{language}/{month}/index.html", Sensitivity.GROUP, Audience.GROUP, "totals"),
)
#: Files at the site's root that everybody may read; besides them the folders of languages and the theme's files.
ROOT_FILES = ("index.html", "401.html", "403.html", "404.html", "sitemap.xml", "sitemap.xml.gz")
ASSETS = "assets"
#: The page behind ``/me/``, for servers that do not know who asks.
SIGN_IN = "me/index.html"
PAGE_KINDS = {kind.name: kind for kind in KINDS if kind.is_page}


@dataclass(frozen=True, slots=True)
class Place:
    """What the table says about a path."""

    kind: Kind
    folder: str
    """The folder of its owner: ``scorecards/kranich-j``, ``teams/north``, ``months``."""
    month: str
    """Like ``2026-03``; empty if it belongs to no single month."""


class Places:
    """The table for the languages of a handbook."""

    def __init__(self, languages: tuple[str, ...]) -> None:
        self.languages = languages
        self._expressions = [(kind, re.compile(kind.expression(languages, named=True))) for kind in KINDS]

    @property
    def public_folders(self) -> tuple[str, ...]:
        """The folders at the site's root that everybody may read."""
        return (*self.languages, ASSETS)

    def is_public(self, path: str) -> bool:
        """Whether everybody may read a path below the site's root."""
        first, inside, _ = path.partition("/")
        return first in self.public_folders if inside else path in ROOT_FILES

    def of(self, path: str) -> Place | None:
        """What the table says about a path below the site's root; None: nothing, and it is nobody's."""
        for kind, expression in self._expressions:
            found = expression.fullmatch(path)
            if found is not None:
                folder = "/".join(path.split("/")[: kind.folder_depth])
                return Place(kind, folder, found.groupdict().get("month", ""))
        return None
