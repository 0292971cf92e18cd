"""The command line: an adapter. Rules live in the core."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path

import click

from standardwerk import (
    __version__,
    cli_editions,
    cli_import,
    cli_month,
    cli_new,
    cli_publish,
    cli_records,
    cli_schema,
    cli_servers,
    pipeline,
)
from standardwerk.cli_project import CommandProject, common, fail
from standardwerk.diagnostics import Diagnostic, Severity
from standardwerk.render.report import github, summary
from standardwerk.render.texts import Texts
from standardwerk.render.words import diagnostic_words


@click.group()
@click.version_option(__version__, prog_name="standardwerk")
def main() -> None:
    """Standards handbooks and monthly scorecards as a static site."""


@main.command()
@common
@click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text", show_default=True)
@click.option("--strict", is_flag=True, help="Warnings fail as well.")
def check(config: Path, as_of: datetime | None, lang: str | None, form: str, strict: bool) -> None:
    """List everything that is wrong, all at once. Exit 1 on errors."""
    project = CommandProject(config, as_of, lang)
    found = project.options.told(pipeline.load(project.options).diagnostics)
    if form == "json":
        click.echo(json.dumps([_as_json(one, project.texts) for one in found], ensure_ascii=False, indent=2))
    else:
        if form == "github":
            for one in found:
                click.echo(github(project.texts, one))
        else:
            project.report(found)
        click.echo(summary(project.texts, found))
    failing = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    sys.exit(1 if any(one.code.severity in failing for one in found) else 0)


def _as_json(diagnostic: Diagnostic, texts: Texts) -> dict[str, object]:
    what, cure = diagnostic_words(texts, diagnostic)
    place = diagnostic.place
    return {
        "code": diagnostic.code.code,
        "severity": diagnostic.code.severity.value,
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "what": what,
        "cure": cure,
    }


@main.command()
@common
@click.argument("rep")
@click.argument("month")
@click.argument("standard")
def explain(config: Path, as_of: datetime | None, lang: str | None, rep: str, month: str, standard: str) -> None:
    """The maths of one standard of a person's month, down to the lines of the files."""
    project = CommandProject(config, as_of, lang)
    site = project.load()
    wanted = project.month(month)
    language = project.texts.language if project.texts.language in site.handbook.languages else None
    try:
        click.echo(pipeline.explain(site, rep, wanted, standard, language), nl=False)
    except pipeline.NotThereError as error:
        fail(project.texts.gettext(error.message, **error.values))


_COMMANDS = (cli_schema, cli_import, cli_month, cli_new, cli_publish, cli_editions, cli_records, cli_servers)
for _command in (command for module in _COMMANDS for command in module.COMMANDS):
    main.add_command(_command)
