"""The command that writes the annex for works council and data protection."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path

import click

from standardwerk import pipeline
from standardwerk.cli_project import CommandProject, common, fail, refusals
from standardwerk.operations.exporting import print_page
from standardwerk.pipeline.annex import annex_page
from standardwerk.publish.records import write_bytes


@click.command()
@common
@click.option("--language", help="The language of the document; default: German, else the handbook's first.")
@click.option(
    "--to", "target", type=click.Path(path_type=Path), required=True, help="The file to write: .html, or .pdf."
)
@click.option("--browser", help="The Chromium to print with, as a name or a path.")
def annex(
    config: Path, as_of: datetime | None, lang: str | None, language: str | None, target: Path, browser: str | None
) -> None:
    """Write what works council and data protection need to know, as one document."""
    project = CommandProject(config, as_of, lang)
    texts = project.texts
    if target.suffix.lower() not in {".html", ".pdf"}:
        fail(texts.gettext("“{name}” is neither .html nor .pdf.", name=target.name))
    site = project.load(figures=False)
    known = site.handbook.languages
    wanted = language or ("de" if "de" in known else known[0])
    if wanted not in known:
        fail(
            texts.gettext("The handbook has no “{language}”. It has: {known}.", language=wanted, known=", ".join(known))
        )
    try:
        html = annex_page(site, wanted).encode()
    except pipeline.NotThereError as error:
        fail(texts.gettext(error.message, **error.values))
    with refusals(project):
        if target.suffix.lower() == ".pdf":
            with tempfile.TemporaryDirectory() as aside:
                page = Path(aside) / "annex.html"
                page.write_bytes(html)
                write_bytes(target, print_page(page, browser))
        else:
            write_bytes(target, html)
    click.echo(target)


COMMANDS = (annex,)
