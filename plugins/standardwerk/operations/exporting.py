"""Exports: scorecards as workbooks, pages as PDFs, the handbook as Markdown.

Scorecards are personal data; where they go is the user's to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from standardwerk.model.roster import Roster
from standardwerk.operations import RefusedError
from standardwerk.operations.access import grants_of
from standardwerk.pipeline import LoadedSite
from standardwerk.pipeline.exports import Export, PageToPrint, Workbook
from standardwerk.publish.printing import Printer, PrintError, find_browser, printing

Item = TypeVar("Item")
#: Hands items on one by one, and may show how far it is.
Progress = Callable[[Sequence[Item]], Iterable[Item]]


def _(message: str) -> str:
    return message


def write_workbooks(
    export: Export, languages: Sequence[str], target: Path, published: Path, progress: Progress[Workbook]
) -> list[Path]:
    """Write the workbooks of an export. ``published``: the folder whose files the handbook publishes."""
    books = export.workbooks(languages)
    place = _places([one.name for one in books], target, published)
    for book in progress(books):
        _write(place[book.name], book.make())
    return list(place.values())


@dataclass(frozen=True, slots=True)
class ReaderFolder:
    """A folder of PDFs for one reader."""

    name: str
    login: str


def for_readers(site: LoadedSite, pages: Sequence[PageToPrint]) -> tuple[list[PageToPrint], list[ReaderFolder]]:
    """Pages in a folder for each of their readers, by the access model. A page that nobody may read is left out."""
    grants, roster = grants_of(site), site.project.roster or Roster({}, ())
    folders: dict[str, ReaderFolder] = {}
    found = []
    for page in pages:
        keys = sorted(grants.of(page.path))
        for key in keys:
            name = roster.people[key].folder if key in roster.people else key
            folders[key] = ReaderFolder(name, grants.readers[key].login)
        if keys:
            found.append(replace(page, folders=tuple(f"{folders[key].name}/" for key in keys)))
    if not found:
        raise RefusedError(_("Nobody with a login may read any of these pages."))
    return found, [folders[key] for key in sorted(folders)]


def write_prints(
    pages: Sequence[PageToPrint],
    site: Path,
    target: Path,
    published: Path,
    browser: str | None,
    progress: Progress[PageToPrint],
) -> list[Path]:
    """Print pages of a built site."""
    place = _places([folder + one.name for one in pages for folder in one.folders], target, published)
    missing = next((one for one in pages if not (site / one.path).is_file()), None)
    if missing is not None:
        raise RefusedError(_("{path} is not in the site. Build it anew, or leave out --site."), path=missing.path)
    with _printer(browser) as printer:
        for page in progress(pages):
            printed = printer.print(site / page.path)
            for folder in page.folders:
                _write(place[folder + page.name], printed)
    return list(place.values())


def write_markdown(files: Mapping[str, str | Path], target: Path, published: Path) -> None:
    """Write the handbook as Markdown into a folder that is empty or not there."""
    _refuse_published(target, published)
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise RefusedError(_("“{name}” is not an empty folder."), name=target)
    for path, content in files.items():
        _write(target / path, content.encode() if isinstance(content, str) else content.read_bytes())


def print_page(page: Path, browser: str | None) -> bytes:
    """A page as a PDF."""
    with _printer(browser) as printer:
        return printer.print(page)


@contextmanager
def _printer(browser: str | None) -> Iterator[Printer]:
    try:
        with printing(browser_for(browser)) as found:
            yield found
    except PrintError as error:
        raise RefusedError(_("The browser did not print: {problem}"), problem=str(error)) from error


def browser_for(given: str | None) -> Path:
    """The browser to print with."""
    found = find_browser(given)
    if found is None and given is not None:
        raise RefusedError(_("There is no browser “{name}”."), name=given)
    if found is None:
        raise RefusedError(
            _(
                "To print, Chromium is needed (Chrome and Edge are such). On Debian and Ubuntu: apt install chromium. "
                "Elsewhere install Chrome, or name the program with --browser."
            )
        )
    return found


def _places(names: Sequence[str], target: Path, published: Path) -> dict[str, Path]:
    """By name: where a file goes. One file may be given a name of its own."""
    _refuse_published(target, published)
    suffix = Path(names[0]).suffix
    if target.suffix.lower() != suffix or target.is_dir() or any("/" in name for name in names):
        return {name: target / name for name in names}
    if len(names) > 1:
        raise RefusedError(_("{count} files come of this. Name a folder, not a file."), count=len(names))
    return {names[0]: target}


def _refuse_published(target: Path, published: Path) -> None:
    if target.resolve().is_relative_to(published.resolve()):
        raise RefusedError(
            _("Files in {folder} are published with the handbook. Choose another place."), folder=published
        )


def _write(path: Path, content: bytes) -> None:
    """Write a file whole, or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(content)
    part.replace(path)
