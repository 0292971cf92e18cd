"""The command that begins a handbook."""

from __future__ import annotations

import secrets
import sys
from datetime import datetime
from pathlib import Path

import click

from standardwerk.cli_project import docs_dir, fail, texts_of, today
from standardwerk.operations import RefusedError
from standardwerk.operations.scaffold import Wishes, scaffold
from standardwerk.operations.schemas import write_schemas


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--company", help="The organisation's name.")
@click.option("--languages", help="Like de,en; the first is the original.")
@click.option("--lines", help="Product lines, like “Presses, Service”; empty: none.")
@click.option("--sample/--no-sample", default=None, help="With invented people and figures, or without.")
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    help='What "today" is in the handbook (a line of mkdocs.yml); default: this day.',
)
@click.option("--lang", help="Language of questions and comments; default: the environment's.")
def new(
    folder: Path,
    company: str | None,
    languages: str | None,
    lines: str | None,
    sample: bool | None,
    as_of: datetime | None,
    lang: str | None,
) -> None:
    """Begin a handbook in FOLDER: two standards that build, and comments that explain them.

    What is not given as an option is asked for; where nobody can be asked, defaults are taken.
    """
    texts = texts_of(lang)
    ask = sys.stdin.isatty()

    def answer(given: str | None, question: str, default: str) -> str:
        if given is not None or not ask:
            return default if given is None else given
        return str(click.prompt(question, default=default))

    company = answer(company, texts.gettext("Name of the organisation"), texts.gettext("Sample Ltd"))
    languages = answer(languages, texts.gettext("Languages (the first is the original)"), "de,en")
    lines = answer(lines, texts.gettext("Product lines, separated by commas (empty: none)"), "")
    if sample is None:
        sample = not ask or click.confirm(texts.gettext("With invented people and figures?"), default=True)
    wishes = Wishes(company.strip(), _parts(languages), _parts(lines), sample)
    if not wishes.company or not company.isprintable():
        fail(texts.gettext("The organisation needs a name."))
    try:
        day = as_of.date() if as_of is not None else today(texts)
        files = scaffold(folder, wishes, texts.language, day, secrets.token_hex(32))
    except RefusedError as error:
        click.echo(texts.gettext(error.message, **error.values), err=True)
        sys.exit(1)
    write_schemas(folder / ".schemas")
    click.echo(texts.ngettext("{count} file written.", "{count} files written.", len(files)))
    click.echo(texts.gettext("Next steps:"))
    click.echo(f"  cd {folder.as_posix()}")
    for command, what in (
        ("standardwerk check", texts.gettext("what is wrong, with file and line")),
        ("mkdocs serve", texts.gettext("read it while you write")),
        ("mkdocs build --strict", texts.gettext("the site")),
    ):
        click.echo(f"  {command:<22} # {what}")
    click.echo(texts.gettext("Documentation: {file}", file=str(docs_dir() / "index.md")))


def _parts(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))


COMMANDS = (new,)
