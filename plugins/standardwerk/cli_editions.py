"""Commands that read editions."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from standardwerk.cli_project import CommandProject, common
from standardwerk.operations import RefusedError, editions


@click.command()
@common
@click.argument("one")
@click.argument("other")
@click.option("--html", "page", type=click.Path(dir_okay=False, path_type=Path), help="Write a page to this file.")
def diff(config: Path, as_of: datetime | None, lang: str | None, one: str, other: str, page: Path | None) -> None:
    """What changed between two editions: the wording word by word, the measures in words."""
    project = CommandProject(config, as_of, lang)
    site = project.load(correcting=True)
    known = site.handbook.languages
    language = project.texts.language if project.texts.language in known else known[0]
    try:
        found = editions.changes(site, one, other, language)
    except RefusedError as error:
        click.echo(project.texts.gettext(error.message, **error.values), err=True)
        sys.exit(1)
    if page is None:
        click.echo(editions.as_text(site, found, language), nl=False)
    else:
        page.write_text(editions.as_page(site, found, language), "utf-8")


COMMANDS = (diff,)
