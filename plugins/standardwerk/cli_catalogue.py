"""The command that begins a catalogue of interface texts, or brings one up to date."""

from __future__ import annotations

from pathlib import Path

import click

from standardwerk.cli_project import CommandProject, project_options, refusals
from standardwerk.operations.catalogues import bring_up_to_date
from standardwerk.render.theme import theme_dir


@click.command()
@project_options
@click.argument("language")
def catalogue(config: Path, lang: str | None, language: str) -> None:
    """The interface in another LANGUAGE: write theme/locales/LANGUAGE.po to translate.

    What is translated in it already stays; run it again after an update of the tool.
    """
    project = CommandProject(config, None, lang)
    file = config.parent / "theme" / "locales" / f"{language}.po"
    with refusals(project):
        upkeep = bring_up_to_date(file, language, min((theme_dir() / "locales").glob("*.po")))
    texts = project.texts
    messages = texts.ngettext("{count} message", "{count} messages", upkeep.messages)
    left = texts.ngettext("{count} without a translation", "{count} without a translation", upkeep.open)
    click.echo(f"{file.as_posix()}: {messages}, {left}")


COMMANDS = (catalogue,)
