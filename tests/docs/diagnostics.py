"""The list of all messages in the documentation.

``python -m tests.docs.diagnostics`` writes it, and a test holds it equal.

What, cause and cure come from the table of codes and the catalogue. Examples are golden cases of ``tests/load/cases``
and of ``tests/commands/cases``: the line of the file, and what is said of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from standardwerk.diagnostics import Code, Diagnostic
from standardwerk.diagnostics.codes import AREAS
from standardwerk.render.report import text_line
from standardwerk.render.texts import Texts
from standardwerk.render.words import severity_word
from tests.commands import harness
from tests.load.building import BASE, load, write
from tests.load.test_cases import CASES, files_of, read

ROOT = Path(__file__).resolve().parents[2]
FILES = {"en": ROOT / "plugins/docs/diagnostics.md", "de": ROOT / "plugins/docs/diagnostics.de.md"}
#: The most lines of a file that an example shows, and the longest line.
MOST_LINES = 3
LONGEST = 100

HEAD = {language: Path(__file__).with_name(f"diagnostics-head.{language}.md") for language in FILES}
AREA_TITLES = {
    "yaml": ("YAML files", "YAML-Dateien"),
    "standards": ("Standards and editions", "Standards und Ausgaben"),
    "sources": ("Monthly files and their contract", "Monatliche Dateien und ihr Vertrag"),
    "imports": ("Tables, workbooks, imports, transactions", "Tabellen, Arbeitsmappen, Importe, Vorgänge"),
    "roster": ("Roster, calendar, access", "Personen, Kalender, Zugriff"),
    "pages": ("Pages and their texts", "Seiten und ihre Texte"),
    "audit": (
        "What “standardwerk audit” finds in a built site",
        "Was „standardwerk audit“ in einer gebauten Website findet",
    ),
    "records": ("Seals, closed months, corrections", "Siegel, abgeschlossene Monate, Korrekturen"),
}
LABELS = {"en": ("Cause", "Example", "Cure"), "de": ("Ursache", "Beispiel", "Abhilfe")}


class Examples:
    """The first golden case of each code: the lines of the file, and the finding."""

    def __init__(self) -> None:
        self.found: dict[str, tuple[str, Diagnostic]] = {}
        for path in CASES:
            case, codes = self._wanted(path)
            if codes:
                files = {**BASE, **files_of(case)}
                with TemporaryDirectory() as folder:
                    write(Path(folder), files_of(case))
                    _, found = load(Path(folder), case["as_of"]) if "as_of" in case else load(Path(folder))
                self._take(codes, found, lambda file, files=files: files.get(file))
        for path in harness.CASES:
            case, codes = self._wanted(path)
            if codes:
                with TemporaryDirectory() as folder:
                    root = Path(folder)
                    found = harness.found_in(case, root)
                    self._take(codes, found, lambda file, root=root: harness.content(root, file))

    def _wanted(self, path: Path) -> tuple[dict[str, Any], set[str]]:
        """A case is named by the number of its code; others only occur in it."""
        case = read(path)
        codes = {line.split()[0] for line in case["expected"]} - self.found.keys()
        return case, {code for code in codes if path.stem.startswith(code.removeprefix("SW"))}

    def _take(self, codes: set[str], found: Iterable[Diagnostic], content: Callable[[str], str | bytes | None]) -> None:
        for one in found:
            if one.code.code in codes:
                self.found.setdefault(one.code.code, (_lines(content(one.place.file), one.place.line), one))


def _lines(content: str | bytes | None, line: int) -> str:
    """The lines of a file around a place; empty if there is nothing to show."""
    if not isinstance(content, str) or not line:
        return ""
    lines = content.splitlines()
    first = 0 if line <= MOST_LINES else line - 2
    return "\n".join(one[:LONGEST] + ("…" if len(one) > LONGEST else "") for one in lines[first:line])


def document(language: str, examples: Examples) -> str:
    """The page in a language."""
    texts = Texts.load(language, [ROOT / "theme/locales"])
    parts = [HEAD[language].read_text(encoding="utf-8")]
    for area in AREAS:
        name = area.__name__.rpartition(".")[2]
        parts.append(f"## {AREA_TITLES[name][language == 'de']}\n")
        parts += ["\n".join(_entry(code, language, texts, examples)) + "\n" for code in area.CODES]
    return "\n".join(parts)


def _entry(code: Code, language: str, texts: Texts, examples: Examples) -> Iterator[str]:
    cause, example, cure = LABELS[language]
    yield f"### {code.code}\n"
    yield f"**{severity_word(texts, code.severity)}:** {_plain(texts.template(code.what))}\n"
    yield f"*{cause}:* {texts.template(code.cause)}\n"
    yield f"*{cure}:* {_plain(texts.template(code.cure))}"
    found = examples.found.get(code.code)
    if found is not None:
        lines, diagnostic = found
        yield f"\n*{example}:*\n"
        yield "```text"
        if lines:
            yield f"{lines}\n"
        yield text_line(texts, diagnostic)
        yield "```"


def _plain(template: str) -> str:
    """A message with its fields shown as such, safe in Markdown."""
    text = re.sub(r"\{hint\}", "", template).replace("{{", "{").replace("}}", "}")
    return text.replace("<", "&lt;").replace("*", "\\*").replace("|", "\\|").replace("_", "\\_")


def main() -> None:
    """Write both pages."""
    examples = Examples()
    for language, file in FILES.items():
        file.write_text(document(language, examples), encoding="utf-8")


if __name__ == "__main__":
    main()
