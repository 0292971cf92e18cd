"""Writes files below the site's folder; a second write to a path is an error."""

from __future__ import annotations

import os
from pathlib import Path


class SecondWriteError(RuntimeError):
    """Two pages for one path: a fault of the page plan."""


class Writer:
    """Writes text files, each path once, upper and lower case taken as equal (Windows)."""

    def __init__(self, root: Path) -> None:
        self.root = str(root)
        self._written: set[str] = set()
        self._folders: set[str] = set()

    def write(self, path: str, text: str) -> None:
        """Write a file as UTF-8."""
        key = path.casefold()
        if key in self._written:
            raise SecondWriteError(path)
        self._written.add(key)
        target = f"{self.root}/{path}"
        folder = target.rpartition("/")[0]
        if folder not in self._folders:
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103 - a hot path
            self._folders.add(folder)
        with open(target, "wb", buffering=0) as file:  # noqa: PTH123 - a hot path
            file.write(text.encode())
