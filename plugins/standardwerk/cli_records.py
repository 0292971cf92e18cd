"""Commands that write the project's records: seals, revisions, closed months, corrections."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from standardwerk.cli_project import CommandProject, common, refusals
from standardwerk.model.closing import REASONS
from standardwerk.operations import closing, sealing

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@common
def seal(config: Path, as_of: datetime | None, lang: str | None) -> None:
    """Seal the texts that have come into force: from now on a change of them is an error."""
    project = CommandProject(config, as_of, lang)
    added = sealing.seal(project.load())
    for one in added:
        click.echo(one)
    click.echo(project.texts.ngettext("{count} revision sealed.", "{count} revisions sealed.", len(added)))


@click.command()
@common
@click.argument("standard")
@click.option("--from", "day", type=_DAY, required=True, help="The first day of the edition it is for.")
def revise(config: Path, as_of: datetime | None, lang: str | None, standard: str, day: datetime) -> None:
    """Write the next revision of a standard ready to edit."""
    project = CommandProject(config, as_of, lang)
    with refusals(project):
        for path in sealing.revise(project.load(drafting=True), standard, day.date()):
            click.echo(f"{project.options.shown(path.parent)}/{path.name}")


@click.command()
@common
@click.argument("standard")
@click.argument("language")
def translated(config: Path, as_of: datetime | None, lang: str | None, standard: str, language: str) -> None:
    """Record that a standard's translation agrees with its original as it is."""
    project = CommandProject(config, as_of, lang)
    with refusals(project):
        settled = sealing.translated(project.load(drafting=True), standard, language)
        for one in settled:
            click.echo(one)
        click.echo(project.texts.ngettext("{count} text recorded.", "{count} texts recorded.", len(settled)))


@click.command()
@common
@click.argument("month")
@click.option("--with-held", is_flag=True, help="Seal a source that is held back as it is.")
def close(config: Path, as_of: datetime | None, lang: str | None, month: str, with_held: bool) -> None:
    """Close a month: seal its inputs and every published figure."""
    project = CommandProject(config, as_of, lang)
    wanted = project.month(month)
    site = project.load()
    with refusals(project):
        path = closing.close(site, wanted, with_held=with_held)
        click.echo(f"{project.options.shown(path.parent)}/{path.name}")


@click.command()
@common
@click.argument("month")
@click.option("--reason", type=click.Choice(REASONS), required=True)
@click.option("--note", required=True, help="What was wrong, for the people concerned.")
@click.option("--also", multiple=True, metavar="MONTH", help="A further month whose files changed for the same reason.")
def correct(
    config: Path, as_of: datetime | None, lang: str | None, month: str, reason: str, note: str, also: tuple[str, ...]
) -> None:
    """Record why figures of closed months change, and each of them."""
    project = CommandProject(config, as_of, lang)
    wanted, others = project.month(month), [project.month(one) for one in also]
    site = project.load(correcting=True)
    with refusals(project):
        correction = closing.correct(site, wanted, reason, note, others)
        months = sorted({change.month for change in correction.changes})
        click.echo(
            project.texts.ngettext(
                "{count} figure corrected, in {months}.",
                "{count} figures corrected, in {months}.",
                len(correction.changes),
                months=", ".join(map(str, months)),
            )
        )


COMMANDS = (seal, revise, translated, close, correct)
