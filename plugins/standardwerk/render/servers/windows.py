"""What IIS and NTFS have in common: accounts of Windows, and rights on folders and files rather than on addresses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from standardwerk.render.servers.common import Served, lead_kinds, permitted_kinds
from standardwerk.site.places import KINDS, Kind

#: Signs that no account of Windows has.
_REFUSED = frozenset('"/[]:;|=,+*?<>')


class NoAccountError(ValueError):
    """A login that cannot be one of Windows."""

    def __init__(self, login: str) -> None:
        super().__init__(login)
        self.login = login


def account(served: Served, key: str) -> str:
    """A reader's account. Raises :class:`NoAccountError`."""
    name = served.grants.readers[key].windows
    if _REFUSED & set(name):
        raise NoAccountError(served.grants.readers[key].login)
    return name


def accounts(served: Served, keys: Iterable[str]) -> tuple[str, ...]:
    """The accounts of readers, in order."""
    return tuple(account(served, key) for key in sorted(keys))


def closed_folders() -> tuple[str, ...]:
    """The folders at the site's root that are closed but for what is opened inside."""
    return tuple(sorted({kind.pattern.partition("/")[0] for kind in KINDS}))


def openings(served: Served) -> Mapping[str, frozenset[str]]:
    """By folder or file inside the closed folders: the readers who may read it and all below it."""
    grants = served.grants
    found: dict[str, set[str]] = defaultdict(set)
    for folder, key in grants.own.items():
        found[folder].add(key)
    for (folder, month), keys in grants.led.items():
        for kind in lead_kinds():
            if kind.pattern.startswith(folder.partition("/")[0] + "/"):
                for path in _paths(served, kind, folder, month):
                    found[path] |= keys
    for kind in permitted_kinds():
        for path in _permitted_paths(served, kind):
            found[path] |= grants.permitted.get(kind.permission, frozenset())
    return {path: frozenset(keys) for path, keys in sorted(found.items()) if keys}


def _paths(served: Served, kind: Kind, folder: str, month: str) -> list[str]:
    """A kind's folders (of a page) or files for an owner's month, in each language."""
    inside = "/".join(kind.pattern.removesuffix("/index.html").split("/")[kind.folder_depth :])
    return list(
        dict.fromkeys(
            f"{folder}/{inside.format(language=language, month=month, name='')}" for language in served.languages
        )
    )


def _permitted_paths(served: Served, kind: Kind) -> list[str]:
    """The folders that hold a kind and nothing that another permission opens."""
    if kind.folder_depth == 2:
        return list(served.grants.teams)
    first = kind.pattern.partition("/")[0]
    return [f"{first}/{language}" for language in served.languages]
