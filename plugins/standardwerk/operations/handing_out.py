"""Everything about one person as a ZIP: pages to read in each language, and JSON. It is personal data.

The same project gives the same bytes.
"""

from __future__ import annotations

import decimal
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

from standardwerk import pipeline
from standardwerk.evaluate.exact import exact_context
from standardwerk.evaluate.published import read_figures
from standardwerk.load.closing import closed_path
from standardwerk.load.imports import ORIGINALS
from standardwerk.model.closing import FIELDS, Published
from standardwerk.model.dossier import Dossier, Table
from standardwerk.model.months import Month
from standardwerk.model.notes import Notes
from standardwerk.model.project import RepRows, lines_of
from standardwerk.model.roster import Person, Roster
from standardwerk.model.sources import Source
from standardwerk.operations import RefusedError
from standardwerk.operations.cutting import Traces, is_broken, mentions, rows_with
from standardwerk.operations.people import columns_of, looked_at, traces_of
from standardwerk.pipeline.personal import Input, Maker, work_of
from standardwerk.render.data import ScorecardJson
from standardwerk.render.dossier import DossierWriter, dossier_json
from standardwerk.render.scorecard import ScorecardWriter
from standardwerk.render.theme import stylesheet


def _(message: str) -> str:
    return message


#: The earliest day a ZIP can say: no clock is in the bytes.
_NO_DAY = (1980, 1, 1, 0, 0, 0)
_MODE = 0o600 << 16


def person_zip(site: pipeline.LoadedSite, rep: str) -> bytes:
    """Everything about a person. Raises :class:`RefusedError` if there is none of that id."""
    found = work_of(site, {}, Path())
    if found is None:
        raise RefusedError(_("There are no scorecards in this project."))
    work, roster, people = found
    if rep not in roster.people:
        raise RefusedError(_("There is no “{rep}” in reps.csv."), rep=rep)
    one = next(each for each in people if each.person.id == rep)
    with decimal.localcontext(exact_context()):
        maker = Maker(work)
        cards = maker.cards(one)
        months = tuple(str(card.month) for card in cards)
        dossier = Dossier(rep, one.person.name, site.options.as_of, tuple(_tables(site, roster, one)), months)
        files = {"data.json": dossier_json(dossier)}
        views = {language: maker.view(language) for language in work.languages}
        documents = ScorecardJson(views)
        for language, view in views.items():
            frame = DossierWriter(view, work.languages)
            writer = ScorecardWriter(view)
            files[f"{language}/index.html"] = frame.overview(dossier)
            for context in maker.contexts(one, cards, language):
                month = str(context.card.month)
                files[f"{language}/{month}.html"] = frame.scorecard(context, writer.write(context))
                files.setdefault(f"scorecards/{month}.json", documents.write(context))
    files["style.css"] = stylesheet(site.options.theme_dir)[1]
    return _packed(rep, files)


def _packed(folder: str, files: Mapping[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in sorted(files.items()):
            entry = zipfile.ZipInfo(f"{folder}/{name}", _NO_DAY)
            entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, _MODE, 3
            packed.writestr(entry, text.encode())
    return out.getvalue()


# What there is --------------------------------------------------------------------------------------------------------


def _tables(site: pipeline.LoadedSite, roster: Roster, one: Input) -> Iterator[Table]:
    yield from _of_roster(one.person, roster)
    yield from _of_sources(site, one.person.id, one.rows)
    yield _of_notes(one.notes)
    yield from _of_records(site, one.person.id)
    yield from _elsewhere(site, one.person.id)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else str(value)


def _table(name: str, columns: str, rows: Iterable[Iterable[object]], place: str = "") -> Table:
    return Table(name, tuple(columns.split()), tuple(tuple(map(_text, row)) for row in rows), place)


def _of_roster(person: Person, roster: Roster) -> Iterator[Table]:
    yield _table(
        "roster",
        "name login role team started_on valid_from valid_to",
        (
            (row.name, row.login, row.role, row.team, row.started_on, row.valid_from, row.valid_to)
            for row in person.rows
        ),
        "reps.csv",
    )
    yield _table(
        "assignments",
        "territory product_line credit_share valid_from valid_to ramp_from",
        (
            (row.territory, row.product_line, row.credit_share, row.valid_from, row.valid_to, row.ramp_from)
            for row in person.assignments
        ),
        "assignments.csv",
    )
    yield _table("availability", "month share", sorted(person.availability.items()), "availability.csv")
    yield _table(
        "exemptions",
        "standard valid_from valid_to approved_by",
        ((row.standard, row.valid_from, row.valid_to, row.approved_by) for row in person.exemptions),
        "exemptions.csv",
    )
    yield _table(
        "led",
        "team name valid_from valid_to",
        ((row.id, row.name, row.valid_from, row.valid_to) for row in roster.teams if row.lead == person.id),
        "teams.csv",
    )
    yield _table(
        "approved",
        "rep standard valid_from valid_to",
        (
            (other.id, row.standard, row.valid_from, row.valid_to)
            for other in roster.people.values()
            for row in other.exemptions
            if row.approved_by == person.id
        ),
        "exemptions.csv",
    )


def _of_sources(site: pipeline.LoadedSite, rep: str, rows: RepRows) -> Iterator[Table]:
    """The rows of the monthly files that are about her, and those about others that name her."""
    scoring = site.project.scoring
    assert scoring is not None
    for name, source in scoring.sources.sources.items():
        for month, its in sorted(rows.get(name, {}).items()):
            place = scoring.file_of(source, month)
            yield _source_table("source", source, place, ((cells, lines) for cells, lines in its))
    texts = traces_of(site, [rep]).names
    for name, source in scoring.sources.sources.items():
        named = [at for at, column in enumerate(source.columns) if at and source.type_of(column).name == "TEXT"]
        by_month: dict[Month, list[tuple[tuple[object, ...], object]]] = {}
        for other, its_rows in sorted(site.loaded.rows.by_rep.items()):
            if other == rep:
                continue
            for month, its in its_rows.get(name, {}).items():
                for cells, lines in its:
                    if any(cells[at] in texts for at in named):
                        by_month.setdefault(month, []).append((cells, lines))
        for month, found in sorted(by_month.items()):
            yield _source_table("given", source, scoring.file_of(source, month), found)


def _source_table(name: str, source: Source, place: str, rows: Iterable[tuple[tuple[object, ...], object]]) -> Table:
    columns = source.columns
    titles = {
        column: title
        for column in columns
        if (form := source.form.columns.get(column)) is not None and (title := form.title) is not None
    }
    listed = tuple(
        (*map(_text, cells), ", ".join(map(str, lines_of(lines))))  # type: ignore[arg-type]
        for cells, lines in rows
    )
    return Table(name, (*columns, "line"), listed, place, titles, source.form.title or {})


def _of_notes(notes: Mapping[Month, Notes]) -> Table:
    rows: list[tuple[object, ...]] = []
    for month, one in sorted(notes.items()):
        rows += [(month, kind, text) for kind, text in (("note", one.note), ("reply", one.reply)) if text]
        for action in one.actions:
            told = f"{action.text} ({action.owner}, {_text(action.due) or '–'}, {action.status})"
            rows.append((month, "action", told))
    return _table("notes", "month kind text", rows)


def _of_records(site: pipeline.LoadedSite, rep: str) -> Iterator[Table]:
    """Closed months and corrections, as they are kept."""
    ledger = site.project.ledger
    for month, closed in sorted(ledger.closed.items()):
        text = closed.figures.get(rep)
        if text is None:
            continue
        rows = (
            (standard, measure, *values, *[""] * (len(FIELDS) - len(values)))
            for standard, measures in read_figures(text).items()
            for measure, values in measures.items()
        )
        yield _table("closed", f"standard measure {' '.join(FIELDS)}", rows, closed_path(month))
    yield _table(
        "corrections",
        "date reason note month standard measure product_line was is",
        (
            (
                *(one.date, one.reason, one.note, change.month, change.standard, change.measure, change.line),
                *(_words(form.published if form is not None else ()) for form in (change.was, change.now)),
            )
            for one in ledger.of_person(rep)
            for change in one.changes
        ),
        "corrections.yml",
    )


def _words(figure: Published) -> str:
    named = zip(FIELDS, figure, strict=False)
    return ", ".join(f"{name} {value}" for name, value in named if value is not None)


def _elsewhere(site: pipeline.LoadedSite, rep: str) -> Iterator[Table]:
    """Her rows in what was imported, and the places that name her besides."""
    traces, scoring, folder = traces_of(site, [rep]), site.project.scoring, site.options.scorecards_dir
    assert scoring is not None
    assert folder is not None
    columns = columns_of(scoring.sources)
    for path in sorted((folder / ORIGINALS).rglob("*")):
        if path.is_file():
            header, rows = rows_with(path.read_bytes(), traces, columns)
            if rows:
                width = max(map(len, [header, *rows]))
                head = (*header, *[""] * (width - len(header)))
                listed = tuple((*row, *[""] * (width - len(row))) for row in rows)
                yield Table("original", head, listed, path.relative_to(folder).as_posix())
    yield _table("named", "file lines", _named(site, traces))


def _named(site: pipeline.LoadedSite, traces: Traces) -> Iterator[tuple[str, str]]:
    """Free text of others, and the handbook. What is hers is in the tables already."""
    options = site.options
    assert options.scorecards_dir is not None
    for shown, path in looked_at(options, options.scorecards_dir):
        if path.suffix.lower() in {".md", ".yml", ".xlsx"}:
            data = path.read_bytes()
            lines = mentions(data, traces)
            if lines or is_broken(data):
                yield shown, ", ".join(str(line) for line in lines if line)
