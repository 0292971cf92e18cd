"""What every command needs: the project it is about, the language it speaks, how it fails."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NoReturn

import click

from standardwerk import pipeline
from standardwerk.diagnostics import Diagnostic, Diagnostics
from standardwerk.load.config import ConfigError, read_config
from standardwerk.model.months import Month
from standardwerk.operations import NotReadError, RefusedError
from standardwerk.render.report import report_lines
from standardwerk.render.texts import CatalogueMissing, Texts
from standardwerk.render.theme import theme_dir


class CommandProject:
    """What every command needs to know of the project."""

    def __init__(self, config: Path, as_of: datetime | None, language: str | None) -> None:
        try:
            host = read_config(config)
        except ConfigError as error:
            fail(str(error))
        self.host = host
        scorecards = host.file.parent / str(host.options.get("scorecards_dir") or "scorecards")
        self.options = pipeline.Options(
            config_file=host.file,
            standards_dir=host.docs_dir,
            scorecards_dir=scorecards if scorecards.is_dir() else None,
            as_of=_as_of(as_of, host.options.get("as_of")),
            workers=1,
            offline=False,
            theme_dir=theme_dir(),
            private_log=_private_log(host.options.get("private_log")),
        )
        self.texts = texts_of(language, *pipeline.locale_folders(self.options))

    def load(self, *, correcting: bool = False, figures: bool = True) -> pipeline.LoadedSite:
        """The project; with errors in it they are listed and the command ends."""
        loaded = pipeline.load(self.options, correcting=correcting, figures=figures)
        if loaded.project is None:
            self.report(loaded.diagnostics.errors, err=True)
            sys.exit(1)
        return loaded.project

    def report(self, found: Diagnostics | list[Diagnostic], *, err: bool = False) -> None:
        """List diagnostics."""
        for line in report_lines(self.texts, self.options.told(found)):
            click.echo(line, err=err)

    def month(self, text: str) -> Month:
        """A month given as an argument."""
        try:
            return Month.parse(text)
        except ValueError:
            fail(self.texts.gettext("“{value}” is not a month like 2026-03.", value=text))


def fail(message: str) -> NoReturn:
    """End with a message."""
    click.echo(message, err=True)
    sys.exit(2)


def _private_log(configured: object) -> bool:
    """Whether messages leave out what they would say of people: as configured, else if this is a build server."""
    return configured if isinstance(configured, bool) else bool(os.environ.get("CI"))


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
            fail(f"as_of: “{configured}” is not a date like 2026-11-10")
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(epoch), tz=UTC).date() if epoch else datetime.now().astimezone().date()


def texts_of(language: str | None, *folders: Path) -> Texts:
    """The texts of messages from folders of catalogues: in the language asked for, the environment's or English."""
    wanted = language or (os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or "en")
    code = wanted.partition(".")[0].partition("_")[0]
    try:
        return Texts.load(code if code not in {"C", "POSIX"} else "en", list(folders) or [theme_dir() / "locales"])
    except CatalogueMissing:
        if language:
            fail(f"--lang: there is no catalogue for “{language}”")
        return Texts("en")


def project_options(function: click.decorators.FC) -> click.decorators.FC:
    """The options of every command that is about a project."""
    function = click.option("--lang", help="Language of the messages; default: the environment's.")(function)
    return click.option(
        "-f",
        "--config-file",
        "config",
        type=click.Path(path_type=Path),
        default=Path("mkdocs.yml"),
        show_default=True,
        help="The project's mkdocs.yml.",
    )(function)


def common(function: click.decorators.FC) -> click.decorators.FC:
    """The options of commands that read a project as of a day."""
    function = click.option(
        "--as-of", type=click.DateTime(["%Y-%m-%d"]), help='What "today" is; default: as configured.'
    )(function)
    return project_options(function)


@contextmanager
def refusals(project: CommandProject) -> Iterator[None]:
    """A refusal is a message (of a project that cannot be read: its errors), and ends the command with 1."""
    try:
        yield
    except NotReadError as error:
        project.report(error.diagnostics.errors, err=True)
        sys.exit(1)
    except RefusedError as error:
        click.echo(project.texts.gettext(error.message, **error.values), err=True)
        sys.exit(1)
