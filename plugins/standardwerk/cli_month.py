"""Commands of the month's routine."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import click

from standardwerk import pipeline
from standardwerk.cli_project import CommandProject, common, fail
from standardwerk.render.status import status_json, status_text


@click.command()
@common
@click.option("--month", help="The month, like 2026-03; default: the newest that has ended.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def status(config: Path, as_of: datetime | None, lang: str | None, month: str | None, form: str) -> None:
    """Where the month stands: what came, what is missing, the days to keep, and what to do next."""
    project = CommandProject(config, as_of, lang)
    wanted = project.month(month) if month is not None else None
    loaded = pipeline.load(project.options)
    try:
        found = pipeline.status(project.options, loaded, wanted)
    except pipeline.NotThereError as error:
        fail(project.texts.gettext(error.message, **error.values))
    if form == "json":
        click.echo(json.dumps(status_json(found), ensure_ascii=False, indent=2))
    else:
        read = loaded.read.project if loaded.read is not None else None
        click.echo(status_text(found, read, project.texts), nl=False)


COMMANDS = (status,)
