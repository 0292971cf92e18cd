"""Commands about editions and what they judge by: those there are, and drafts."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from standardwerk.cli_project import CommandProject, common, refusals
from standardwerk.operations import RefusedError, editions
from standardwerk.operations.preview import preview_targets
from standardwerk.render.preview import preview_json, preview_text


@click.command()
@common
@click.argument("one")
@click.argument("other")
@click.option("--html", "page", type=click.Path(dir_okay=False, path_type=Path), help="Write a page to this file.")
def diff(config: Path, as_of: datetime | None, lang: str | None, one: str, other: str, page: Path | None) -> None:
    """What changed between two editions: the wording word by word, the measures in words."""
    project = CommandProject(config, as_of, lang)
    site = project.load(correcting=True, drafting=True)
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


@click.command("preview-targets")
@common
@click.argument("standard")
@click.option("--target", required=True, help="The limit to meet, like 3.2; of a range both, like 90..110.")
@click.option("--near", help="The limit of “near”; default: as it is.")
@click.option("--measure", help="A measure by its id; default: the main one.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def preview(
    config: Path,
    as_of: datetime | None,
    lang: str | None,
    standard: str,
    target: str,
    near: str | None,
    measure: str | None,
    form: str,
) -> None:
    """What a draft target would have meant on past months, for all people together.

    Numbers of people are spans that tell nothing of anybody. Nothing is written.
    """
    project = CommandProject(config, as_of, lang)
    site = project.load()
    with refusals(project):
        found = preview_targets(site, standard, measure, target, near)
    if form == "json":
        click.echo(preview_json(found), nl=False)
        return
    known = site.handbook.languages
    view = site.view(project.texts.language if project.texts.language in known else known[0])
    click.echo(preview_text(view, found), nl=False)


COMMANDS = (diff, preview)
