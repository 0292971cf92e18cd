"""Templates kept in memory: compiled, found by the text they were compiled from; and loaded, in their environment."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from functools import cache
from pathlib import Path

from jinja2 import BytecodeCache, Environment, FileSystemLoader
from jinja2.bccache import Bucket


class CompiledTemplates(BytecodeCache):
    """For environments with the same settings and filters."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take a template from memory."""
        found = self._kept.get((bucket.key, bucket.checksum))
        if found is not None:
            bucket.bytecode_from_string(found)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template in memory."""
        self._kept[bucket.key, bucket.checksum] = bucket.bytecode_to_string()


#: Those of all views, for as long as the process lives: one that serves makes its views again and again. In every
#: language they are the same, as long as nothing is worked out while they are compiled.
OF_VIEWS = CompiledTemplates()


class KeptEnvironments:
    """Environments with the templates they have loaded, for as long as none of these changes."""

    def __init__(self, templates: BytecodeCache, fixed: Iterable[Path]) -> None:
        """``fixed``: folders in which nothing changes while the process lives."""
        self._templates = templates
        self._fixed = tuple(fixed)
        self._made_of: object = None
        self._kept: dict[Hashable, Environment] = {}

    def made_of(self, content: object) -> None:
        """Forget all, if what they are made of has changed."""
        if content != self._made_of:
            self._kept.clear()
            self._made_of = content

    def get(self, key: Hashable, make: Callable[[], Environment]) -> Environment:
        """The environment of a key. ``make`` gives one with a loader of files."""
        found = self._kept.get(key)
        if found is None:
            found = self._kept[key] = make()
            if isinstance(found.loader, FileSystemLoader):
                found.loader = _Loader(found.loader.searchpath, self._fixed)
            found.bytecode_cache = self._templates
        return found


class _Loader(FileSystemLoader):
    """Lists what is in fixed folders once, and nothing hidden there: of a theme's thousands of icons none is a page."""

    def __init__(self, folders: Iterable[str], fixed: tuple[Path, ...]) -> None:
        super().__init__(list(folders))
        self._fixed = fixed

    def list_templates(self) -> list[str]:
        """Names of all files."""
        names: set[str] = set()
        for folder in self.searchpath:
            is_fixed = any(Path(folder).resolve().is_relative_to(one) for one in self._fixed)
            names.update(_shown_names(str(folder)) if is_fixed else FileSystemLoader(folder).list_templates())
        return sorted(names)


@cache
def _shown_names(folder: str) -> tuple[str, ...]:
    names = FileSystemLoader(folder).list_templates()
    return tuple(name for name in names if not name.startswith(".") and "/." not in name)
