"""Commands that export: scorecards as workbooks and printed, the handbook as Markdown."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from standardwerk import pipeline
from standardwerk.cli_project import (
    BuildError,
    CommandProject,
    build_with_mkdocs,
    common,
    csv_text,
    fail,
    project_options,
    refusals,
)
from standardwerk.operations.exporting import (
    ReaderFolder,
    browser_for,
    for_readers,
    write_markdown,
    write_prints,
    write_workbooks,
)
from standardwerk.pipeline.exports import Choice, Export
from standardwerk.pipeline.markdown import markdown_files
from standardwerk.publish.records import write_bytes
from standardwerk.render.texts import Texts

Item = TypeVar("Item")
#: Seconds between lines that say how far an export is, where there is no terminal to draw on.
_PAUSE = 10.0


@click.group()
def export() -> None:
    """Scorecards as xlsx or pdf (personal data), the handbook as markdown for other generators."""


_language = click.option(
    "--language", "languages", multiple=True, help="Only this language (repeatable); default: all."
)


def _choice(function: Callable[..., None]) -> Callable[..., None]:
    """The options of what is exported, and where to."""
    options = (
        click.option("--rep", help="Only this person, by the id in reps.csv."),
        click.option("--team", help="Only months in which people were in this team."),
        click.option("--month", help="Only this month, like 2026-03."),
        _language,
        click.option(
            "--to",
            "target",
            type=click.Path(path_type=Path),
            required=True,
            help="The folder to write into; of a single file its name.",
        ),
    )
    for option in reversed(options):
        function = option(function)
    return function


@export.command()
@common
@_choice
def xlsx(
    config: Path,
    as_of: datetime | None,
    lang: str | None,
    rep: str | None,
    team: str | None,
    month: str | None,
    languages: tuple[str, ...],
    target: Path,
) -> None:
    """A workbook for each person: results, standards, product lines, months."""
    project = CommandProject(config, as_of, lang)
    found, wanted = _export(project, rep, team, month, languages)
    with refusals(project):
        written = write_workbooks(found, wanted, target, project.options.standards_dir, _progress(project.texts))
    _told(project.texts, written, target)


@export.command()
@project_options
@_choice
@click.option("--sheets", is_flag=True, help="Sheets for talks instead of scorecards (months that are not closed).")
@click.option(
    "--by-reader", is_flag=True, help="A folder for each person who may read them, and readers.csv: folder and login."
)
@click.option(
    "--site",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A site that is built already; without it one is built aside.",
)
@click.option("--browser", help="The Chromium to print with, as a name or a path.")
def pdf(
    config: Path,
    lang: str | None,
    rep: str | None,
    team: str | None,
    month: str | None,
    languages: tuple[str, ...],
    target: Path,
    sheets: bool,
    by_reader: bool,
    site: Path | None,
    browser: str | None,
) -> None:
    """Scorecards printed, a file each; of a team or a month its own page, too."""
    if sheets and by_reader:
        raise click.UsageError("--sheets and --by-reader do not go together: sheets are not for the person alone.")
    project = CommandProject(config, None, lang)
    texts = project.texts
    found, wanted = _export(project, rep, team, month, languages)
    pages = found.pages_for_readers(wanted) if by_reader else found.pages(wanted, sheets=sheets)
    readers: Sequence[ReaderFolder] = ()
    with refusals(project), tempfile.TemporaryDirectory() as aside:
        browser_for(browser)
        if by_reader:
            pages, readers = for_readers(found.site, pages)
            if rep is None and team is None:
                pages += found.handbook(wanted)
        if site is None:
            click.echo(texts.gettext("Building the site …"), err=True)
            try:
                build_with_mkdocs(project.options, Path(aside), strict=False)
            except BuildError as error:
                click.echo(str(error), err=True)
                sys.exit(1)
        published = project.options.standards_dir
        written = write_prints(pages, site or Path(aside), target, published, browser, _progress(texts))
        if readers:
            table = csv_text(["folder", "login"], ([one.name, one.login] for one in readers))
            write_bytes(target / "readers.csv", table.encode())
    _told(texts, written, target)


@export.command()
@common
@_language
@click.argument("folder", type=click.Path(path_type=Path))
def markdown(config: Path, as_of: datetime | None, lang: str | None, languages: tuple[str, ...], folder: Path) -> None:
    """The handbook, without any scorecard, as Markdown and static files into FOLDER.

    FOLDER has to be empty or new. It gets an mkdocs.yml that other generators read, too.
    """
    project = CommandProject(config, as_of, lang)
    site = project.load()
    files = markdown_files(site, _languages(project.texts, site, languages))
    with refusals(project):
        write_markdown(files, folder, project.options.standards_dir)
    click.echo(
        project.texts.ngettext(
            "{count} file written to {folder}.", "{count} files written to {folder}.", len(files), folder=folder
        )
    )


def _export(
    project: CommandProject, rep: str | None, team: str | None, month: str | None, languages: Sequence[str]
) -> tuple[Export, tuple[str, ...]]:
    """What is chosen, and the languages of it."""
    texts = project.texts
    if rep is None and team is None and month is None:
        fail(texts.gettext("Say of whom or of when: --rep, --team or --month."))
    wanted = project.month(month) if month is not None else None
    site = project.load()
    chosen = _languages(texts, site, languages)
    try:
        found = Export(site, Choice(rep, team, wanted))
    except pipeline.NotThereError as error:
        fail(texts.gettext(error.message, **error.values))
    return found, chosen


def _languages(texts: Texts, site: pipeline.LoadedSite, languages: Sequence[str]) -> tuple[str, ...]:
    """The languages that are asked for; all if none is."""
    known = site.handbook.languages
    for language in languages:
        if language not in known:
            fail(
                texts.gettext(
                    "The handbook has no “{language}”. It has: {known}.", language=language, known=", ".join(known)
                )
            )
    return tuple(languages) or known


def _progress(texts: Texts) -> Callable[[Sequence[Any]], Iterable[Any]]:
    """Shows how far an export is: a bar on a terminal, else a line now and then."""

    def bar(items: Sequence[Item]) -> Iterator[Item]:
        with click.progressbar(items, label=texts.gettext("Exporting"), file=sys.stderr, show_pos=True) as shown:
            yield from shown

    def lines(items: Sequence[Item]) -> Iterator[Item]:
        last = time.monotonic()
        for done, item in enumerate(items):
            if time.monotonic() - last > _PAUSE:
                last = time.monotonic()
                click.echo(texts.gettext("{count} of {total} files", count=done, total=len(items)), err=True)
            yield item

    return bar if sys.stderr.isatty() else lines


def _told(texts: Texts, written: Sequence[Path], target: Path) -> None:
    if len(written) == 1:
        click.echo(written[0])
        return
    message = texts.ngettext(
        "{count} file written to {folder}.",
        "{count} files written to {folder}.",
        len(written),
        folder=target,
    )
    click.echo(message)


COMMANDS = (export,)
