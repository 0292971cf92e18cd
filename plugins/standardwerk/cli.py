"""The command line: an adapter. Rules live in the core."""

from __future__ import annotations

import io
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from standardwerk import (
    __version__,
    cli_annex,
    cli_catalogue,
    cli_editions,
    cli_export,
    cli_import,
    cli_month,
    cli_new,
    cli_person,
    cli_publish,
    cli_records,
    cli_schema,
    cli_servers,
    pipeline,
)
from standardwerk.cli_project import CommandProject, common, docs_dir, fail, texts_of
from standardwerk.diagnostics import Severity
from standardwerk.render.report import printable


class Commands(click.Group):
    """The commands. What nobody expected ends with a message, not with a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        for stream in (sys.stdout, sys.stderr):
            # A terminal that cannot show a character gets its number instead.
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as error:
            if os.environ.get("STANDARDWERK_TRACEBACK"):
                raise
            texts = texts_of(None)
            what = printable(f"{type(error).__name__}: {error}")
            click.echo(texts.gettext("This should not happen: {what}", what=what), err=True)
            click.echo(texts.gettext("Please report it, with what STANDARDWERK_TRACEBACK=1 adds."), err=True)
            sys.exit(70)


@click.group(
    cls=Commands,
    context_settings={"max_content_width": 120},
    epilog=f"\b\nDocumentation:\n{docs_dir() / 'index.md'}",
)
@click.version_option(__version__, prog_name="standardwerk")
def main() -> None:
    """Standards handbooks and monthly scorecards as a static site."""


@main.command()
@common
@click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text", show_default=True)
@click.option("--strict", is_flag=True, help="Warnings fail as well.")
def check(config: Path, as_of: datetime | None, lang: str | None, form: str, strict: bool) -> None:
    """List everything that is wrong, all at once. Exit 1 on errors."""
    project = CommandProject(config, as_of, lang, form)
    found = pipeline.load(project.options).diagnostics
    project.report(found)
    failing = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    sys.exit(1 if any(one.code.severity in failing for one in found) else 0)


@main.command()
@common
@click.argument("rep")
@click.argument("month")
@click.argument("standard")
def explain(config: Path, as_of: datetime | None, lang: str | None, rep: str, month: str, standard: str) -> None:
    """The maths of one standard of a person's month, down to the lines of the files."""
    project = CommandProject(config, as_of, lang)
    site = project.load(correcting=True)
    wanted = project.month(month)
    language = project.texts.language if project.texts.language in site.handbook.languages else None
    try:
        click.echo(pipeline.explain(site, rep, wanted, standard, language), nl=False)
    except pipeline.NotThereError as error:
        fail(project.texts.gettext(error.message, **error.values))


_COMMANDS = (
    cli_catalogue,
    cli_schema,
    cli_annex,
    cli_export,
    cli_import,
    cli_month,
    cli_new,
    cli_person,
    cli_publish,
    cli_editions,
    cli_records,
    cli_servers,
)
for _command in (command for module in _COMMANDS for command in module.COMMANDS):
    main.add_command(_command)
