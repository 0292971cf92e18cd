"""The command that writes JSON Schemas for editors."""

from __future__ import annotations

from pathlib import Path

import click

from standardwerk.model.schemas import KINDS
from standardwerk.operations.schemas import write_schemas


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=Path(".schemas"))
def schema(folder: Path) -> None:
    """Write a JSON Schema for each kind of YAML file into a folder (default: .schemas), for editors."""
    for file, one in zip(write_schemas(folder), KINDS.values(), strict=True):
        click.echo(f"{file.as_posix()}  {one.files}")


COMMANDS = (schema,)
