"""The command that writes JSON Schemas for editors."""

from __future__ import annotations

import json
from pathlib import Path

import click

from standardwerk.model.schemas import KINDS, schema_of


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=Path(".schemas"))
def schema(folder: Path) -> None:
    """Write a JSON Schema for each kind of YAML file into a folder (default: .schemas), for editors."""
    folder.mkdir(parents=True, exist_ok=True)
    for kind, one in KINDS.items():
        file = folder / f"{kind}.schema.json"
        file.write_text(json.dumps(schema_of(kind), ensure_ascii=False, indent=2) + "\n", "utf-8")
        click.echo(f"{file.as_posix()}  {one.files}")


COMMANDS = (schema,)
