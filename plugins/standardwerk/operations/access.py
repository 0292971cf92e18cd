"""Rules for servers: who may read what of a built site, as each server wants to be told."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from standardwerk.model.access import Access
from standardwerk.operations import RefusedError
from standardwerk.pipeline import LoadedSite
from standardwerk.publish.records import write_record
from standardwerk.publish.writer import Writer
from standardwerk.render.policy import POLICY_FILE, Policy
from standardwerk.render.servers import apache, iis
from standardwerk.render.servers.common import Served
from standardwerk.render.servers.windows import NoAccountError
from standardwerk.site.access import Grants, grants
from standardwerk.site.extract import shown

Rules = TypeVar("Rules")
_PREFIX = re.compile(r"/(?:[A-Za-z0-9_~][A-Za-z0-9._~-]*/)*")


def _(message: str) -> str:
    return message


def grants_of(site: LoadedSite) -> Grants:
    """Who may read what of a project's site. Without an access model nobody may read anything but the handbook."""
    project = site.project
    roster, months = shown(project)
    return grants(site.handbook, roster, project.access or Access(), months)


def served(site: LoadedSite, folder: Path, prefix: str) -> Served:
    """A built site with what a server has to know."""
    if not _PREFIX.fullmatch(prefix):
        raise RefusedError(_("“{prefix}” is not an address like /handbook/."), prefix=prefix)
    return Served(grants_of(site), policy_of(folder), prefix)


def policy_of(folder: Path) -> Policy:
    """The policy that a built site carries."""
    try:
        return Policy.from_json((folder / POLICY_FILE).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise RefusedError(
            _("“{folder}” is not a site built by this version: build it first."), folder=folder
        ) from error


def guard(site: LoadedSite, folder: Path, server: str, prefix: str) -> int:
    """Write the rules that lie inside a site: those of ``apache`` or ``iis``."""
    found = served(site, folder, prefix)
    return write_inside(
        folder, apache.files(found, None) if server == "apache" else for_windows(lambda: iis.files(found))
    )


def for_windows(make: Callable[[], Rules]) -> Rules:
    """Rules for Windows, if all logins are such as Windows has."""
    try:
        return make()
    except NoAccountError as error:
        raise RefusedError(_("Windows has no account like “{login}”."), login=error.login) from error


def write_inside(folder: Path, files: Mapping[str, str]) -> int:
    """Write rules into the folders of a site that are there; gives back how many."""
    writer, written = Writer(folder), 0
    for path, text in files.items():
        if (folder / path.removesuffix("App_Data/homes.txt")).parent.is_dir():
            writer.write(path, text)
            written += 1
    return written


def write(folder: Path, files: Mapping[str, str]) -> None:
    """Write rules into a folder, each file whole or not at all."""
    for name, text in files.items():
        write_record(folder / name, text)
