"""What the commands need of ``mkdocs.yml``, read without MkDocs."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml


class _Loader(yaml.SafeLoader):
    """Reads plain YAML; a tag of MkDocs (``!ENV``, ``!!python/name``) becomes None, since no option of ours has one."""


_Loader.add_multi_constructor("", lambda loader, suffix, node: None)


@dataclass(frozen=True)
class HostConfig:
    """The project's folders and the plugin's options."""

    file: Path
    docs_dir: Path
    options: dict[str, Any] = field(default_factory=dict)
    site_dir: Path = Path("site")
    site_url: str = ""


class ConfigError(ValueError):
    """``mkdocs.yml`` cannot be read."""


def read_config(file: Path) -> HostConfig:
    """Read ``mkdocs.yml``. Raises :class:`ConfigError`."""
    try:
        # SafeLoader with tags ignored: nothing in the file is executed.
        data = yaml.load(file.read_text(encoding="utf-8"), Loader=_Loader)
    except FileNotFoundError as error:
        raise ConfigError(f"{file.name}: file not found") from error
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ConfigError(f"{file.name}: {error}") from error
    data = data if isinstance(data, dict) else {}
    plugins = data.get("plugins")
    entries = plugins if isinstance(plugins, list) else [plugins]
    options: dict[str, Any] = {}
    for entry in entries:
        if isinstance(entry, dict) and isinstance(entry.get("standardwerk"), dict):
            options = entry["standardwerk"]
    base = file.resolve().parent
    return HostConfig(
        file.resolve(),
        base / str(data.get("docs_dir") or "docs"),
        options,
        base / str(data.get("site_dir") or "site"),
        str(data.get("site_url") or ""),
    )
