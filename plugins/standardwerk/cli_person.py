"""Commands about one person's data: everything about her, and without her."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import click

from standardwerk.cli_project import CommandProject, common, fail, refusals
from standardwerk.model.erasure import Erasure
from standardwerk.operations import erasing
from standardwerk.operations.handing_out import person_zip
from standardwerk.publish.records import write_bytes
from standardwerk.render.erasure import erasure_json, erasure_markdown


def _protocol(function: Callable[..., None]) -> Callable[..., None]:
    """The options of commands that delete."""
    options = (
        click.option("--yes", is_flag=True, help="Carry it out; without it is shown what would be done."),
        click.option(
            "--format", "form", type=click.Choice(["markdown", "json"]), default="markdown", show_default=True
        ),
        click.option(
            "--protocol",
            type=click.Path(path_type=Path),
            help="Write the protocol to this file instead of showing it.",
        ),
    )
    for option in reversed(options):
        function = option(function)
    return function


@click.group()
def person() -> None:
    """Rights of a person: a copy of everything about her, and erasure."""


@person.command()
@common
@click.argument("reps", nargs=-1, required=True, metavar="REP…")
@_protocol
def erase(
    config: Path,
    as_of: datetime | None,
    lang: str | None,
    reps: tuple[str, ...],
    yes: bool,
    form: str,
    protocol: Path | None,
) -> None:
    """Erase people, by their ids in reps.csv, from inputs, closed months and the cache."""
    project = CommandProject(config, as_of, lang)
    site = project.load()
    with refusals(project):
        found = erasing.erase(site, reps, dry_run=not yes)
    _tell(project, found, form, protocol)


@click.command()
@common
@_protocol
def retention(
    config: Path, as_of: datetime | None, lang: str | None, yes: bool, form: str, protocol: Path | None
) -> None:
    """Delete what is kept longer than retention.yml allows: whoever left, and what is too old."""
    project = CommandProject(config, as_of, lang)
    site = project.load()
    with refusals(project):
        found = erasing.clear(site, dry_run=not yes)
    _tell(project, found, form, protocol)


def _tell(project: CommandProject, found: Erasure, form: str, protocol: Path | None) -> None:
    text = erasure_json(found) if form == "json" else erasure_markdown(found, project.texts)
    if protocol is None:
        click.echo(text, nl=False)
    else:
        protocol.write_text(text, "utf-8")
        click.echo(protocol)


@person.command()
@common
@click.argument("rep")
@click.option("--to", "target", type=click.Path(path_type=Path), required=True, help="The ZIP to write.")
def export(config: Path, as_of: datetime | None, lang: str | None, rep: str, target: Path) -> None:
    """Everything about a person, by her id in reps.csv, as a ZIP: pages to read in each language, and JSON."""
    project = CommandProject(config, as_of, lang)
    published = project.options.standards_dir
    if target.resolve().is_relative_to(published.resolve()):
        fail(
            project.texts.gettext(
                "Files in {folder} are published with the handbook. Choose another place.", folder=published
            )
        )
    with refusals(project):
        write_bytes(target, person_zip(project.load(), rep), mode=0o600)
    click.echo(target)


COMMANDS = (person, retention)
