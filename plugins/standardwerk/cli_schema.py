"""The command that writes JSON Schemas for editors."""

from __future__ import annotations

import json
from pathlib import Path

import click

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


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=Path(".schemas"))
def schema(folder: Path) -> None:
    """Write a JSON Schema for each kind of YAML file into a folder (default: .schemas), for editors."""
    for file, one in zip(write_schemas(folder), KINDS.values(), strict=True):
        click.echo(f"{file.as_posix()}  {one.files}")


COMMANDS = (schema,)
