"""Schemas for editors as files."""

from __future__ import annotations

import json
from pathlib import Path

from standardwerk.model.schemas import KINDS, schema_of


def write_schemas(folder: Path) -> list[Path]:
    """Write all schemas into a folder; their files."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for kind in KINDS:
        file = folder / f"{kind}.schema.json"
        file.write_text(json.dumps(schema_of(kind), ensure_ascii=False, indent=2) + "\n", "utf-8")
        files.append(file)
    return files
