"""What every command needs: the project it is about, the language it speaks, how it fails."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NoReturn

import click

from standardwerk import pipeline
from standardwerk.diagnostics import Diagnostic, Diagnostics
from standardwerk.load.config import AUDIENCE_VARIABLE, OFFLINE_VARIABLE, read_config
from standardwerk.load.files import present
from standardwerk.model.months import Month
from standardwerk.operations import NotReadError, RefusedError
from standardwerk.render.data import safe_cell
from standardwerk.render.report import printable, report
from standardwerk.render.texts import CatalogueInvalid, CatalogueMissing, Texts
from standardwerk.render.theme import theme_dir

#: The byte order mark, by which spreadsheets see that a text is UTF-8.
MARK = "\ufeff"


class CommandProject:
    """What every command needs to know of the project."""

    def __init__(self, config: Path, as_of: datetime | None, language: str | None, form: str | None = None) -> None:
        """``form``: how diagnostics are written (``text``, ``json``, ``github``) if they are what was asked for."""
        self.form = form
        folders = (theme_dir() / "locales", config.parent / "theme" / "locales")
        self.texts = texts_of(language, *folders)
        found = Diagnostics()
        host = read_config(config, found)
        if host is None:
            self.tell(found)
            sys.exit(1)
        self.host = host
        scorecards = host.scorecards_dir
        self.options = pipeline.Options(
            config_file=host.file,
            standards_dir=host.docs_dir,
            scorecards_dir=scorecards if present(scorecards) else None,
            as_of=self._as_of(as_of, host.as_of),
            workers=1,
            offline=False,
            theme_dir=theme_dir(),
            private_log=_private_log(host.private_log),
        )

    def _as_of(self, given: datetime | None, configured: date | None) -> date:
        """The one "today": the command's, the project's, else that of the environment."""
        if given is not None or configured is not None:
            return given.date() if given is not None else configured or date.min
        return today(self.texts)

    def load(self, *, correcting: bool = False, drafting: bool = False, figures: bool = True) -> pipeline.LoadedSite:
        """The project; with errors in it they are listed and the command ends."""
        loaded = pipeline.load(self.options, correcting=correcting, drafting=drafting, figures=figures)
        if loaded.project is None:
            self.report(loaded.diagnostics.errors)
            sys.exit(1)
        return loaded.project

    def report(self, found: Iterable[Diagnostic]) -> None:
        """List diagnostics; beside the answer of a command that is about something else."""
        self.tell(self.options.told(found))

    def tell(self, found: Iterable[Diagnostic]) -> None:
        """List diagnostics as they are."""
        for line in report(self.texts, list(found), self.form or "text"):
            click.echo(line, err=self.form is None)

    def built_for(self, audience: str | None) -> str:
        """The audience of a site: the one given, that of the environment, else the configured one."""
        found = audience or os.environ.get(AUDIENCE_VARIABLE) or self.host.audience
        if found is None:
            fail(self.texts.gettext("mkdocs.yml leaves the audience to MkDocs. Say it with --audience."))
        return found

    def month(self, text: str) -> Month:
        """A month given as an argument."""
        try:
            return Month.parse(text)
        except ValueError:
            fail(self.texts.gettext("“{value}” is not a month like 2026-03.", value=text))


def csv_text(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table as spreadsheets open it; no cell is a formula."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return MARK + out.getvalue()


def docs_dir() -> Path:
    """The documentation: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent
    installed = package / "docs"
    return installed if installed.is_dir() else package.parent / "docs"


def fail(message: str) -> NoReturn:
    """End with a message."""
    click.echo(message, err=True)
    sys.exit(2)


def today(texts: Texts) -> date:
    """The day of ``SOURCE_DATE_EPOCH``, else of the clock."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return datetime.now().astimezone().date()
    try:
        return datetime.fromtimestamp(int(epoch), tz=UTC).date()
    except (ValueError, OverflowError, OSError):
        fail(texts.gettext("SOURCE_DATE_EPOCH is “{value}”, which is no number of seconds.", value=epoch))


def _private_log(configured: bool | None) -> bool:
    """Whether messages leave out what they would say of people: as configured, else if this is a build server."""
    return configured if configured is not None else bool(os.environ.get("CI"))


def texts_of(language: str | None, *folders: Path) -> Texts:
    """The texts of messages from folders of catalogues: in the language asked for, the environment's or English."""
    given = list(folders) or [theme_dir() / "locales"]
    for wanted in [language] if language else _environment():
        code = wanted.partition(".")[0].partition("_")[0].partition("-")[0].lower()
        # No name of a file of someone else's choosing.
        if not code.isalpha():
            continue
        try:
            return Texts.load(code, given)
        except CatalogueMissing:
            continue
        except CatalogueInvalid as error:
            fail(f"{error.file.name}:{error.line}: {error.problem}")
    texts = Texts("en")
    if language:
        fail(texts.gettext("There are no messages in “{language}”.", language=language))
    return texts


def _environment() -> list[str]:
    """The languages the environment asks for, the dearest first, as gettext sees it."""
    main = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or "C"
    if main.partition(".")[0] in {"C", "POSIX"}:
        return ["en"]
    return [*filter(None, os.environ.get("LANGUAGE", "").split(":")), main]


def audience_option(function: click.decorators.FC) -> click.decorators.FC:
    """The option of commands about a site that may be built for some readers only."""
    return click.option(
        "--audience",
        help="For whom the site is: all, handbook, team:<id> or rep:<id>; default: as configured.",
    )(function)


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
    except pipeline.NoExtractError as error:
        click.echo(printable(project.texts.gettext(error.message, **error.values)), err=True)
        sys.exit(1)
    except NotReadError as error:
        project.report(error.diagnostics.errors)
        sys.exit(1)
    except RefusedError as error:
        click.echo(printable(project.texts.gettext(error.message, **error.values)), err=True)
        sys.exit(1)


class BuildError(Exception):
    """MkDocs did not build the site; what it said."""


def build_with_mkdocs(options: pipeline.Options, folder: Path, *, strict: bool = True, offline: bool = False) -> None:
    """Build into a folder with MkDocs' own command, in a process of its own, for the audience of ``options``.

    ``offline``: links name their files even if ``mkdocs.yml`` does not say so.
    """
    config, environment = options.config_file, os.environ | {AUDIENCE_VARIABLE: options.audience}
    if offline:
        environment[OFFLINE_VARIABLE] = "1"
    command = [sys.executable, "-m", "mkdocs", "build", "-f", str(config), "-d", str(folder)]
    if strict:
        command.insert(4, "--strict")
    done = subprocess.run(
        command, capture_output=True, encoding="utf-8", errors="replace", check=False, env=environment
    )
    if done.returncode:
        raise BuildError((done.stdout + done.stderr).strip())
