"""Commands of the month's routine."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import click

from standardwerk import pipeline
from standardwerk.cli_project import CommandProject, common, fail, refusals
from standardwerk.operations.sheets import write_sheets, written_lines
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


@click.command()
@common
@click.argument("source")
@click.option("--month", required=True, help="The month the ratings are for, like 2026-12.")
@click.option("--team", help="Only this team, by its id; default: a workbook for each lead.")
@click.option(
    "--repeat",
    type=click.IntRange(1, 20),
    default=2,
    show_default=True,
    help="Observations there is room for, where an item is rated at several.",
)
@click.option("--to", "folder", type=click.Path(file_okay=False, path_type=Path), help="Write into this folder.")
@click.option("--replace", is_flag=True, help="Replace sheets that are there.")
def sheet(
    config: Path,
    as_of: datetime | None,
    lang: str | None,
    source: str,
    month: str,
    team: str | None,
    repeat: int,
    folder: Path | None,
    replace: bool,
) -> None:
    """Write entry sheets (XLSX) for the leads; import reads them back. SOURCE is one of ratings in sources.yml."""
    project = CommandProject(config, as_of, lang)
    wanted = project.month(month)
    with refusals(project):
        found = write_sheets(
            project.options,
            source,
            wanted,
            project.texts.language,
            team=team,
            repeat=repeat,
            folder=folder,
            replace=replace,
        )
    for line in written_lines(found, project.options, project.texts):
        click.echo(line)


COMMANDS = (status, sheet)
