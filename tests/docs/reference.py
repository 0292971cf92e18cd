"""The reference of commands and of what templates are given, written from the code.

``python -m tests.docs.reference`` writes it (and that of keys), and a test holds it equal.
"""

from __future__ import annotations

import dataclasses
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import click

from standardwerk.cli import main
from standardwerk.model.schemas import attribute_docstrings
from standardwerk.site import contexts
from tests.docs import keys

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "plugins/docs/reference.md"

HEAD = """# Commands, options of the plugin, and what templates are given

Written from the code; a test holds it equal. Keys of YAML files: [every key](keys.md); rules of CSV files:
[files](formats.md). Messages: [all codes](diagnostics.md).

Exit codes: 0 done (also with warnings), 1 errors or findings, 2 a command that was not understood, 70 a fault of the
program.
"""

PLUGIN = """
## Options of the plugin

In `mkdocs.yml`, below `plugins:` and `- standardwerk:`.

"""

BETWEEN = """
## What templates are given

Templates of the theme get the fields of one dataclass each: values, never markup, so that a template decides on all
words and signs. Beside them stand `_`, `ngettext` and `pgettext` for words, `language`, `link(target, here)` for
addresses, `formats` for figures and dates, and the filter `local` for a text per language.
"""


def document() -> str:
    """The whole page."""
    return (
        "".join((HEAD, *_commands(main, "standardwerk"), PLUGIN, _plugin(), BETWEEN, *_contexts())).rstrip("\n") + "\n"
    )


def _commands(group: click.Group, name: str) -> Iterator[str]:
    for key in sorted(group.commands):
        command = group.commands[key]
        if isinstance(command, click.Group):
            yield from _commands(command, f"{name} {key}")
        else:
            yield from _command(command, f"{name} {key}")


def _command(command: click.Command, name: str) -> Iterator[str]:
    places = [parameter for parameter in command.params if isinstance(parameter, click.Argument)]
    said = " ".join(place.make_metavar(click.Context(command)) for place in places)
    yield f"\n## `{f'{name} {said}'.strip()}`\n\n{_flowing(command.help)}\n"
    rows = [row for parameter in command.params if (row := parameter.get_help_record(click.Context(command)))]
    if rows:
        yield "\n| option | meaning |\n|---|---|\n"
        yield from (f"| `{_cell(option)}` | {_cell(text)} |\n" for option, text in rows)


def _plugin() -> str:
    """The table of the README, which a test holds complete, as it stands here."""
    readme = (ROOT / "README.md").read_text("utf-8")
    (table,) = re.findall(r"^\| option of the plugin .*?(?=\n\n)", readme, re.M | re.S)
    return f"{table}\n".replace("](plugins/docs/", "](")


def _flowing(text: str | None) -> str:
    return "\n\n".join(" ".join(part.split()) for part in re.split(r"\n\s*\n", inspect.cleandoc(text or "")))


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _contexts() -> Iterator[str]:
    found = [
        each for name, each in vars(contexts).items() if name.endswith("Context") and dataclasses.is_dataclass(each)
    ]
    for context in (contexts.Site, *found):
        texts = attribute_docstrings(context)
        yield f"\n### `{context.__name__}`\n\n{_flowing(context.__doc__)}\n"
        yield "\n| field | type | meaning |\n|---|---|---|\n"
        for field in dataclasses.fields(context):
            told = _cell(texts.get(field.name, "").replace("``", "`"))
            yield f"| `{field.name}` | `{_cell(str(field.type))}` | {told} |\n"


if __name__ == "__main__":
    FILE.write_text(document(), "utf-8")
    keys.FILE.write_text(keys.document(), "utf-8")
