"""The command line: an adapter. Rules live in the core."""

from __future__ import annotations

import json
import os
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NoReturn

import click

from standardwerk import __version__, pipeline
from standardwerk.diagnostics import Diagnostic, Severity
from standardwerk.load.config import ConfigError, read_config
from standardwerk.model.months import Month
from standardwerk.render.report import github, summary, text_line
from standardwerk.render.texts import CatalogueMissing, Texts
from standardwerk.render.theme import theme_dir
from standardwerk.render.words import diagnostic_words


class _Project:
    """What every command needs to know of the project."""

    def __init__(self, config: Path, as_of: datetime | None, language: str | None) -> None:
        try:
            host = read_config(config)
        except ConfigError as error:
            _fail(str(error))
        scorecards = host.file.parent / str(host.options.get("scorecards_dir") or "scorecards")
        self.options = pipeline.Options(
            config_file=host.file,
            standards_dir=host.docs_dir,
            scorecards_dir=scorecards if scorecards.is_dir() else None,
            as_of=_as_of(as_of, host.options.get("as_of")),
            workers=1,
            offline=False,
            theme_dir=theme_dir(),
        )
        self.texts = _texts(language, self.options)


def _fail(message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(2)


def _as_of(given: datetime | None, configured: object) -> date:
    """The one "today": the command's, the project's, SOURCE_DATE_EPOCH, else the clock."""
    if given is not None:
        return given.date()
    if isinstance(configured, date):
        return configured
    if isinstance(configured, str):
        try:
            return date.fromisoformat(configured)
        except ValueError:
            _fail(f"as_of: “{configured}” is not a date like 2026-11-10")
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(epoch), tz=UTC).date() if epoch else datetime.now().astimezone().date()


def _texts(language: str | None, options: pipeline.Options) -> Texts:
    """The texts of messages: the language asked for, else the environment's, else English."""
    wanted = language or (os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or "en")
    code = wanted.partition(".")[0].partition("_")[0]
    try:
        return Texts.load(code if code not in {"C", "POSIX"} else "en", pipeline.locale_folders(options))
    except CatalogueMissing:
        if language:
            _fail(f"--lang: there is no catalogue for “{language}”")
        return Texts("en")


def _common(function: click.decorators.FC) -> click.decorators.FC:
    """The options every command has."""
    function = click.option("--lang", help="Language of the messages; default: the environment's.")(function)
    function = click.option(
        "--as-of", type=click.DateTime(["%Y-%m-%d"]), help='What "today" is; default: as configured.'
    )(function)
    return click.option(
        "-f",
        "--config-file",
        "config",
        type=click.Path(path_type=Path),
        default=Path("mkdocs.yml"),
        show_default=True,
        help="The project's mkdocs.yml.",
    )(function)


@click.group()
@click.version_option(__version__, prog_name="standardwerk")
def main() -> None:
    """Standards handbooks and monthly scorecards as a static site."""


@main.command()
@_common
@click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text", show_default=True)
@click.option("--strict", is_flag=True, help="Warnings fail as well.")
def check(config: Path, as_of: datetime | None, lang: str | None, form: str, strict: bool) -> None:
    """List everything that is wrong, all at once. Exit 1 on errors."""
    project = _Project(config, as_of, lang)
    found = list(pipeline.load(project.options).diagnostics)
    if form == "json":
        click.echo(json.dumps([_as_json(one, project.texts) for one in found], ensure_ascii=False, indent=2))
    else:
        for one in found:
            click.echo(github(project.texts, one) if form == "github" else text_line(project.texts, one))
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
@_common
@click.argument("rep")
@click.argument("month")
@click.argument("standard")
def explain(config: Path, as_of: datetime | None, lang: str | None, rep: str, month: str, standard: str) -> None:
    """The maths of one standard of a person's month, down to the lines of the files."""
    project = _Project(config, as_of, lang)
    loaded = pipeline.load(project.options)
    if loaded.project is None:
        for one in loaded.diagnostics.errors:
            click.echo(text_line(project.texts, one), err=True)
        sys.exit(1)
    try:
        wanted = Month.parse(month)
    except ValueError:
        _fail(project.texts.gettext("“{value}” is not a month like 2026-03.", value=month))
    language = project.texts.language if project.texts.language in loaded.project.handbook.languages else None
    try:
        click.echo(pipeline.explain(loaded.project, rep, wanted, standard, language), nl=False)
    except pipeline.NotThereError as error:
        _fail(project.texts.gettext(error.message, **error.values))
