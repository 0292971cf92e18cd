"""Importing raw exports into months' folders: understood first, checked whole, then written at once or not at all."""

from __future__ import annotations

import decimal
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from pathlib import Path, PurePath

from standardwerk.diagnostics import Diagnostics
from standardwerk.evaluate.exact import exact_context
from standardwerk.load.canonical import MANIFEST, is_canonical
from standardwerk.load.exports import Basis, Export, GivenFile, fitting, in_order, load_basis, read_export
from standardwerk.load.files import Folder
from standardwerk.load.imports import ORIGINALS, load_manifest
from standardwerk.load.sources import contract_of
from standardwerk.load.tables import read_contract
from standardwerk.model.imports import Differences, ImportedFile, differences
from standardwerk.model.months import Month
from standardwerk.model.project import Row
from standardwerk.model.sources import ASSIGNMENTS, Source
from standardwerk.operations import NotReadError, RefusedError
from standardwerk.operations.joining import Returned, joined_rows, still_true
from standardwerk.pipeline import Options
from standardwerk.publish.folders import replace_in_folders, restore
from standardwerk.publish.imports import canonical_file, manifest_file
from standardwerk.publish.records import write_bytes


def _(message: str) -> str:
    return message


@dataclass(frozen=True)
class Target:
    """A file of a month's folder that an import writes."""

    month: Month
    source: Source
    rows: tuple[Row, ...]
    data: bytes
    before: tuple[Row, ...] | None = None
    """The rows of the file that is there; None if there is none, or it cannot be read."""
    exists: bool = False
    same: bool = False
    """Whether the file there is what would be written."""
    changes: Differences = field(default_factory=Differences)
    adds: bool = False
    """Whether it takes nothing away: it is made of entry sheets, and the file there was imported and only gets rows."""

    @property
    def path(self) -> str:
        """Below the scorecards folder."""
        return f"{self.month}/{self.source.file}"


@dataclass(frozen=True)
class PlannedFile:
    """A raw export, how it was understood, and what it becomes."""

    given: GivenFile
    export: Export
    targets: tuple[Target, ...]


@dataclass(frozen=True)
class Plan:
    """What an import would do. Nothing is written yet."""

    basis: Basis
    months: tuple[Month, ...]
    files: tuple[PlannedFile, ...]

    @property
    def rejected(self) -> bool:
        """Whether anything in the files cannot be taken."""
        return any(file.export.found.errors for file in self.files)

    @property
    def targets(self) -> list[Target]:
        """Every file to be written, by month. Several entry sheets may become one."""
        found = {one.path: one for file in self.files for one in file.targets}
        return [found[path] for path in sorted(found)]

    @property
    def replaced(self) -> list[Target]:
        """Those that are there already, with other values or in another form."""
        return [target for target in self.targets if target.exists and not target.same and not target.adds]


def plan_import(
    options: Options,
    given: Sequence[GivenFile],
    months: Sequence[Month],
    source: str | None = None,
    *,
    whole_range: bool = False,
    untouched: bool = False,
) -> Plan:
    """Understand raw exports. Raises :class:`RefusedError` and :class:`NotReadError`.

    ``source``: what the files are of, if neither their names nor their headers say so. ``whole_range``: months were
    given from … to …, so that some of them may have no row. ``untouched``: what an interrupted import left behind is
    not even mended.
    """
    if options.scorecards_dir is None:
        raise RefusedError(_("There are no scorecards in this project."))
    folder = Folder(options.scorecards_dir, options.shown(options.scorecards_dir))
    for month in months if not untouched else ():
        restore(options.scorecards_dir / str(month))
    diagnostics = Diagnostics()
    with decimal.localcontext(exact_context()):
        standards = Folder(options.standards_dir, options.shown(options.standards_dir))
        basis = load_basis(standards, folder, options.as_of, diagnostics)
        if basis is None or diagnostics.errors:
            raise NotReadError(diagnostics)
        files = [_plan_file(one, _source_of(one, source, basis), months, basis, folder, whole_range) for one in given]
        files = _join_sheets(files, folder)
    _check_targets(files)
    return Plan(basis, tuple(months), tuple(files))


def _source_of(given: GivenFile, name: str | None, basis: Basis) -> Source:
    sources = basis.sources.sources
    known = ", ".join(one for one in sources if one != ASSIGNMENTS)
    if name is not None:
        if name not in sources or name == ASSIGNMENTS:
            raise RefusedError(_("There is no source “{source}”. Known: {known}."), source=name, known=known)
        return sources[name]
    found = fitting(given, basis.sources)
    if not found:
        raise RefusedError(
            _("“{file}” has neither the name nor the header of a source. Name it with --source. Known: {known}."),
            file=given.name,
            known=known,
        )
    if len(found) > 1:
        raise RefusedError(
            _("“{file}” may be of {sources}: its name or header fits each. Name the one that is meant with --source."),
            file=given.name,
            sources=", ".join(one.name for one in found),
        )
    return found[0]


def _plan_file(
    given: GivenFile, source: Source, months: Sequence[Month], basis: Basis, folder: Folder, whole_range: bool
) -> PlannedFile:
    export = read_export(given, source, months, basis)
    if export.raw is None:
        return PlannedFile(given, export, ())
    if not export.has_months and len(months) != 1:
        raise RefusedError(
            _("“{file}” does not say for which month each row is: import it into one month."), file=given.name
        )
    empty = [month for month in months if month not in export.given]
    if export.has_months and empty and not export.found.errors and not (whole_range and export.given):
        raise RefusedError(
            _("“{file}” has no row for {month}; it has rows for {months}."),
            file=given.name,
            month=empty[0],
            months=", ".join(map(str, sorted({*export.given, *export.others}))) or "–",
        )
    targets = [_target(month, source, rows, folder) for month, rows in export.rows.items()]
    return PlannedFile(given, export, tuple(targets))


def _target(month: Month, source: Source, rows: tuple[Row, ...], folder: Folder) -> Target:
    data = canonical_file(source, rows)
    found = Diagnostics()
    written = read_contract(data, source.file, contract_of(source), found)
    width = len(source.columns)
    if written is None or [cells[:width] for cells, _line in written.rows] != [cells for cells, _line in rows]:
        # Nothing is written that would not be read as it is meant, whatever the reason.
        raise RefusedError(_("The rows of “{file}” cannot be written exactly."), file=f"{month}/{source.file}")
    path = f"{month}/{source.file}"
    if not folder.exists(path):
        return Target(month, source, rows, data)
    there = folder.read(path) or b""
    faults = Diagnostics()
    before = read_contract(there, folder.name(path), contract_of(source), faults)
    if before is None or faults.errors:
        return Target(month, source, rows, data, None, True, there == data)
    own = [(cells[:width], line) for cells, line in before.rows if cells[-1] in {None, str(month)}]
    old = in_order(source, own)
    return Target(month, source, rows, data, old, True, there == data, differences(source, old, rows))


def _join_sheets(files: Sequence[PlannedFile], folder: Folder) -> list[PlannedFile]:
    """The entry sheets of a month lead to one file together; other files stay as they are."""
    if any(file.export.found.errors for file in files):
        # Nothing will be imported, and the faults say why.
        return [file if file.export.sheet is None else replace(file, targets=()) for file in files]
    groups: dict[str, list[PlannedFile]] = {}
    for file in files:
        if file.export.sheet is not None:
            groups.setdefault(file.targets[0].path, []).append(file)
    joined = {path: _joined(its, folder) for path, its in groups.items()}
    return [
        file if file.export.sheet is None else replace(file, targets=(joined[file.targets[0].path],)) for file in files
    ]


def _joined(files: Sequence[PlannedFile], folder: Folder) -> Target:
    first = files[0].targets[0]
    sheets = [
        Returned(file.given.name, file.export.sheet, file.targets[0].rows)
        for file in files
        if file.export.sheet is not None
    ]
    before: tuple[Row, ...] = ()
    imported = False
    if first.exists:
        there = folder.read(first.path) or b""
        found = Diagnostics()
        read_contract(there, folder.name(first.path), contract_of(first.source), found)
        if found.errors or first.before is None:
            # Rows that cannot be read would be lost.
            raise RefusedError(_("“{file}” has errors. Mend it before sheets are added."), file=first.path)
        before, imported = first.before, is_canonical(there)
    target = _target(
        first.month, first.source, in_order(first.source, joined_rows(first.source, sheets, before)), folder
    )
    only_more = not target.changes.removed and not target.changes.changed
    return replace(target, adds=imported and only_more)


def _check_targets(files: Sequence[PlannedFile]) -> None:
    seen: dict[str, tuple[Target, str]] = {}
    for file in files:
        for target in file.targets:
            other, name = seen.setdefault(target.path, (target, file.given.name))
            if other is not target:
                raise RefusedError(
                    _("“{first}” and “{second}” both are {target}. Import one of them."),
                    first=name,
                    second=file.given.name,
                    target=target.path,
                )


def carry_out(options: Options, plan: Plan, *, replace: bool = False) -> list[Target]:
    """Write what was planned. Gives back what was written; what is there as it would be written is left alone.

    Raises :class:`RefusedError`: if anything would be rejected, or would replace a file without ``replace``.
    """
    if plan.rejected:
        raise RefusedError(_("Nothing was imported: first mend what would be rejected."))
    if plan.replaced and not replace:
        raise RefusedError(
            _("Nothing was imported: {files} is there already. Replace it with --replace."),
            files=", ".join(target.path for target in plan.replaced),
        )
    folder = options.scorecards_dir
    assert folder is not None
    new = [target for target in plan.targets if not target.same]
    if not new:
        return []
    added: list[Path] = []
    try:
        entries: dict[Month, list[ImportedFile]] = {}
        for file in plan.files:
            its = [target for target in file.targets if not target.same]
            if its:
                original = _keep(folder / ORIGINALS, max(target.month for target in its), file.given, added)
            for target in its:
                entries.setdefault(target.month, []).append(_entry(target, file, original, options.as_of))
        files: dict[Path, dict[str, bytes]] = {}
        for month, imported in entries.items():
            here = {target.source.file: target.data for target in new if target.month == month}
            earlier = _manifest(folder, month)
            kept = [one for one in earlier if one.file not in here]
            kept += _of_other_sheets(plan, month, earlier)
            files[folder / str(month)] = {**here, MANIFEST: manifest_file([*kept, *imported])}
        replace_in_folders(files)
    except BaseException as error:
        for path in added:
            path.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise RefusedError(
                _("Nothing was imported: “{file}” cannot be written ({problem})."),
                file=PurePath(str(error.filename or folder)).name,
                problem=error.strerror or type(error).__name__,
            ) from error
        raise
    return new


def _manifest(folder: Path, month: Month) -> tuple[ImportedFile, ...]:
    found = Diagnostics()
    earlier = load_manifest(Folder(folder, ""), month, found)
    if found.errors:
        # What it says of other files would be lost.
        raise RefusedError(_("Nothing was imported: “{file}” cannot be read."), file=f"{month}/{MANIFEST}")
    return earlier


def _of_other_sheets(plan: Plan, month: Month, earlier: Sequence[ImportedFile]) -> list[ImportedFile]:
    """What stays true of files that get the rows of entry sheets."""
    found: dict[str, list[ImportedFile]] = {}
    for file in plan.files:
        for target in file.targets if file.export.sheet is not None else ():
            if target.month == month and not target.same:
                digest, name = sha256(target.data).hexdigest(), target.source.file
                found[name] = still_true(found.get(name, earlier), name, digest, file.given.name)
    return [one for its in found.values() for one in its]


def _entry(target: Target, file: PlannedFile, original: str, today: date) -> ImportedFile:
    given = file.given
    return ImportedFile(
        file=target.source.file,
        source=target.source.name,
        rows=len(file.export.rows[target.month]),
        sha256=sha256(target.data).hexdigest(),
        original=original,
        original_sha256=sha256(given.data).hexdigest(),
        imported_on=today,
    )


def _keep(folder: Path, month: Month, given: GivenFile, added: list[Path]) -> str:
    """Keep an export beside the months, under its newest one. A file that is there is never replaced."""
    name = given.name
    digest = sha256(given.data).hexdigest()
    path = folder / str(month) / name
    if path.exists() and sha256(path.read_bytes()).hexdigest() != digest:
        name = f"{PurePath(name).stem}.{digest[:12]}{PurePath(name).suffix}"
        path = path.with_name(name)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        added.append(path)
        write_bytes(path, given.data)
    return f"{month}/{name}"
