"""Writing the entry sheets of a month's ratings for the leads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from standardwerk.diagnostics import Diagnostics
from standardwerk.load.exports import Basis, load_basis
from standardwerk.load.files import Folder
from standardwerk.model.months import Month
from standardwerk.model.sheets import SHEETS_FOLDER, Choice, EntrySheet
from standardwerk.model.sources import ASSIGNMENTS, Source
from standardwerk.operations import NotReadError, RefusedError
from standardwerk.pipeline import Options, locale_folders
from standardwerk.publish.records import write_bytes
from standardwerk.render.formats import Formats
from standardwerk.render.report import printable
from standardwerk.render.sheets import entry_workbook
from standardwerk.render.texts import SOURCE_LANGUAGE, CatalogueMissing, Texts
from standardwerk.site.sheets import entry_sheets


def _(message: str) -> str:
    return message


@dataclass(frozen=True)
class Written:
    """What was written, and for whom there is nothing."""

    files: tuple[tuple[Path, EntrySheet], ...]
    leaderless: tuple[Choice, ...]
    """Teams without a lead."""


def write_sheets(
    options: Options,
    name: str,
    month: Month,
    language: str,
    *,
    team: str | None = None,
    repeat: int = 2,
    folder: Path | None = None,
    replace: bool = False,
) -> Written:
    """Write a workbook for each lead, or for the one of a team. Raises :class:`RefusedError`, :class:`NotReadError`.

    ``language`` is that of the words, if the handbook has it; else they are in the original's.
    """
    if options.scorecards_dir is None:
        raise RefusedError(_("There are no scorecards in this project."))
    basis = _basis(options)
    source = _source(basis, name, month)
    if team is not None and basis.roster.team_at(team, month) is None:
        known = ", ".join(sorted({row.id for row in basis.roster.teams})) or "–"
        raise RefusedError(
            _("There is no team “{team}” in {month}. Known: {known}."), team=team, month=month, known=known
        )
    found = entry_sheets(basis.handbook, basis.roster, source, month, repeat, team)
    if not found.sheets and found.leaderless:
        teams = ", ".join(one.id for one in found.leaderless)
        raise RefusedError(_("No lead for {teams} in {month}: enter one in teams.csv."), teams=teams, month=month)
    if not found.sheets:
        raise RefusedError(_("Nobody is rated in {month}: no standard in force has anchors and is due."), month=month)
    where = folder if folder is not None else options.scorecards_dir / SHEETS_FOLDER / str(month)
    files = [(where / f"{name}-{month}-{team or one.lead.id}.xlsx", one) for one in found.sheets]
    there = [path.name for path, _ in files if path.exists()]
    if there and not replace:
        raise RefusedError(
            _("{files} is there already, and may be filled in. Replace it with --replace."), files=", ".join(there)
        )
    names = basis.handbook.names
    texts = {code: _texts(options, code) for code in names.languages}
    code = language if language in texts else next(iter(texts))
    formats = Formats(names.languages[code].locale, names.currency, texts[code])
    for path, one in files:
        write_bytes(path, entry_workbook(one, code, texts, formats))
    return Written(tuple(files), found.leaderless)


def written_lines(found: Written, options: Options, texts: Texts) -> Iterator[str]:
    """What was written, for a terminal."""
    for path, sheet in found.files:
        people = texts.ngettext("{count} person", "{count} people", len(sheet.people))
        rows = texts.ngettext("{count}\N{NO-BREAK SPACE}row", "{count}\N{NO-BREAK SPACE}rows", len(sheet.rows))
        yield printable(f"{options.shown(path.parent)}/{path.name}: {sheet.lead.label}, {people}, {rows}")
    for team in found.leaderless:
        yield printable(texts.gettext("Team {team} has no lead in this month: nobody was asked.", team=team.label))


def _texts(options: Options, language: str) -> Texts:
    try:
        return Texts.load(language, locale_folders(options))
    except CatalogueMissing:
        # The check says so; a sheet in English is better than none.
        return Texts(SOURCE_LANGUAGE)


def _basis(options: Options) -> Basis:
    assert options.scorecards_dir is not None
    diagnostics = Diagnostics()
    standards = Folder(options.standards_dir, options.shown(options.standards_dir))
    scorecards = Folder(options.scorecards_dir, options.shown(options.scorecards_dir))
    basis = load_basis(standards, scorecards, options.as_of, diagnostics)
    if basis is None or diagnostics.errors:
        raise NotReadError(diagnostics)
    return basis


def _source(basis: Basis, name: str, month: Month) -> Source:
    source = basis.sources.sources.get(name)
    rated = [one.name for one in basis.sources.sources.values() if one.name != ASSIGNMENTS and one.is_ratings]
    if source is None or name not in rated:
        raise RefusedError(
            _("“{source}” is no source of ratings (with columns standard, item and rating). Known: {known}."),
            source=name,
            known=", ".join(rated) or "–",
        )
    if not source.form.collected:
        raise RefusedError(_("“{source}” is switched off in sources.yml."), source=name)
    if basis.handbook.edition_at(month.first_day) is None:
        raise RefusedError(_("{month} has no edition."), month=month)
    if not source.due_in(month):
        following = next(month.plus(ahead) for ahead in range(1, 13) if source.due_in(month.plus(ahead)))
        raise RefusedError(
            _("“{source}” is not due in {month}; next in {following}."), source=name, month=month, following=following
        )
    return source
