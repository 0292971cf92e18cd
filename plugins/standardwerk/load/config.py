"""What the commands need of ``mkdocs.yml``, read without MkDocs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from standardwerk.diagnostics import Diagnostics, Place
from standardwerk.load.files import Folder
from standardwerk.model.fields import EXPECTED

#: Environment variables by which a command builds a site with other options than those of ``mkdocs.yml``.
AUDIENCE_VARIABLE, OFFLINE_VARIABLE = "STANDARDWERK_AUDIENCE", "STANDARDWERK_OFFLINE"


class _Loader(yaml.SafeLoader):
    """Reads plain YAML; a tag of MkDocs (``!ENV``, ``!!python/name``) becomes None, since no option of ours has one."""


_Loader.add_multi_constructor("", lambda loader, suffix, node: None)


@dataclass(frozen=True)
class HostConfig:
    """The project's folders and the plugin's options."""

    file: Path
    docs_dir: Path
    scorecards_dir: Path
    as_of: date | None
    site_dir: Path
    site_url: str = ""
    private_log: bool | None = None
    """Whether messages leave out what they would say of people; None: not said."""
    audience: str | None = "all"
    """For whom the site is built; None: MkDocs alone knows (``!ENV``)."""


def read_config(file: Path, diagnostics: Diagnostics) -> HostConfig | None:
    """Read ``mkdocs.yml``; None, with its faults, if it cannot be used."""
    place = Place(file.name)
    data = _read(file, place, diagnostics)
    if data is None:
        return None
    before = len(diagnostics)
    plugins = data.get("plugins")
    entries = plugins if isinstance(plugins, list) else [plugins]
    options: dict[str, Any] = {}
    for entry in entries:
        if isinstance(entry, dict) and isinstance(entry.get("standardwerk"), dict):
            options = entry["standardwerk"]
    docs_dir = _text(data, "docs_dir", "docs", place, diagnostics)
    scorecards_dir = _text(options, "scorecards_dir", "scorecards", place, diagnostics)
    site_dir = _text(data, "site_dir", "site", place, diagnostics)
    site_url = data.get("site_url") or ""
    private = options.get("private_log")
    if private is not None and not isinstance(private, bool):
        diagnostics.add("SW106", place, value=f"private_log: “{private}”", expected=EXPECTED["boolean"])
    audience = options.get("audience", "all")
    if audience is not None and not isinstance(audience, str):
        diagnostics.add("SW106", place, value=f"audience: “{audience}”", expected=EXPECTED["text"])
    as_of = _date(options.get("as_of"), place, diagnostics)
    if len(diagnostics) > before:
        return None
    file = file.resolve()
    base = file.parent
    return HostConfig(
        file,
        base / docs_dir,
        base / scorecards_dir,
        as_of,
        base / site_dir,
        str(site_url),
        private,
        audience,
    )


def _read(file: Path, place: Place, diagnostics: Diagnostics) -> dict[str, Any] | None:
    folder = Folder(file.parent, "")
    if not folder.exists(file.name) and not folder.unreadable:
        diagnostics.add("SW115", place, file=file.name)
        return None
    text = folder.text(file.name, diagnostics)
    folder.report(diagnostics)
    if text is None:
        return None
    try:
        # SafeLoader with tags ignored: nothing in the file is executed.
        data = yaml.load(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = Place(place.file, mark.line + 1, mark.column + 1) if mark else place
        diagnostics.add("SW101", at, problem=error.problem or "?")
        return None
    except (yaml.YAMLError, RecursionError, ValueError, TypeError) as error:
        diagnostics.add("SW101", place, problem=type(error).__name__)
        return None
    if data is not None and not isinstance(data, dict):
        diagnostics.add("SW106", place, value="[…]" if isinstance(data, list) else f"“{data}”", expected=_MAPPING)
        return None
    return data or {}


_MAPPING = EXPECTED["mapping"]


def _text(options: dict[str, Any], name: str, default: str, place: Place, diagnostics: Diagnostics) -> str:
    value = options.get(name)
    if value is None:
        return default
    if not isinstance(value, str) or not value or "\0" in value:
        diagnostics.add("SW106", place, value=f"{name}: “{value}”", expected=EXPECTED["text"])
        return default
    return value


def _date(value: object, place: Place, diagnostics: Diagnostics) -> date | None:
    if value is None:
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        diagnostics.add("SW106", place, value=f"as_of: “{value}”", expected=EXPECTED["date"])
        return None
