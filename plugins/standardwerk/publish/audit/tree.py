"""Where links of a site lead."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import unquote

#: Stands for what is on the host beside the site.
OUTSIDE = ".."


class Tree:
    """The files of a site, and the way from one to another."""

    def __init__(self, files: Collection[str], prefix: str) -> None:
        """``files``: paths below the root; ``prefix``: where the root is on its server, like ``/handbook/``."""
        self._files = frozenset(files)
        self._prefix = prefix
        self._from_root: dict[str, str | None] = {}

    def target(self, folders: list[str], link: str) -> str | None:
        """The file a link leads to from a page in a folder; None if there is none. Empty: the page itself.

        The address of another place on the host is :data:`OUTSIDE`.
        """
        path = link.partition("#")[0].partition("?")[0]
        if not path:
            return ""
        if path[0] == "/":
            if not f"{path}/".startswith(self._prefix):
                return OUTSIDE
            return self._known(path[len(self._prefix) :])
        up = 0
        while path.startswith("../", 3 * up):
            up += 1
        if up == len(folders):
            return self._known(path[3 * up :])
        if up > len(folders):
            return None
        return self._find([*folders[: len(folders) - up], *path[3 * up :].split("/")])

    @staticmethod
    def is_same(depth: int, link: str) -> bool:
        """Whether a link leads to the same place from all folders of a depth, or out of them all."""
        path = link.partition("#")[0].partition("?")[0]
        return not path or path[0] == "/" or path.startswith("../" * depth)

    def _known(self, path: str) -> str | None:
        """The file of an address seen from the root; pages of all folders have many of these in common."""
        if path not in self._from_root:
            self._from_root[path] = self._find(path.split("/"))
        return self._from_root[path]

    def _find(self, segments: list[str]) -> str | None:
        way: list[str] = []
        for segment in segments:
            if segment == "..":
                if not way:
                    return None
                way.pop()
            elif segment not in {"", "."}:
                way.append(unquote(segment) if "%" in segment else segment)
        path = "/".join(way)
        if path in self._files and segments[-1] not in {"", ".", ".."}:
            return path
        page = f"{path}/index.html" if path else "index.html"
        return page if page in self._files else None
