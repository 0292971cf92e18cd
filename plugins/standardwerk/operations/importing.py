"""Importing raw exports into months' folders: understood first, checked whole, then written at once or not at all."""

from __future__ import annotations

import decimal
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path, PurePath

from standardwerk.diagnostics import Diagnostics
from standardwerk.evaluate.exact import exact_context
from standardwerk.load.canonical import MANIFEST
from standardwerk.load.exports import Basis, Export, GivenFile, fitting, in_order, load_basis, read_export
from standardwerk.load.files import Folder
from standardwerk.load.imports import ORIGINALS, load_manifest
from standardwerk.load.sources import contract_of
from standardwerk.load.tables import read_contract
from standardwerk.model.imports import Differences, ImportedFile, differences
from standardwerk.model.months import Month
from standardwerk.model.project import Row
from standardwerk.model.sources import ASSIGNMENTS, Source
from standardwerk.operations import RefusedError
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
        """Every file to be written, by month."""
        return sorted((one for file in self.files for one in file.targets), key=lambda one: one.path)

    @property
    def replaced(self) -> list[Target]:
        """Those that are there already, with other values or in another form."""
        return [target for target in self.targets if target.exists and not target.same]


class NotReadError(Exception):
    """The project itself cannot be read; its diagnostics say why."""

    def __init__(self, diagnostics: Diagnostics) -> None:
        super().__init__()
        self.diagnostics = diagnostics


def plan_import(
    options: Options,
    given: Sequence[GivenFile],
    months: Sequence[Month],
    source: str | None = None,
    *,
    whole_range: bool = False,
) -> Plan:
    """Understand raw exports. Raises :class:`RefusedError` and :class:`NotReadError`.

    ``source``: what the files are of, if neither their names nor their headers say so. ``whole_range``: months were
    given from … to …, so that some of them may have no row.
    """
    if options.scorecards_dir is None:
        raise RefusedError(_("There are no scorecards in this project."))
    folder = Folder(options.scorecards_dir, options.shown(options.scorecards_dir))
    for month in months:
        restore(options.scorecards_dir / str(month))
    diagnostics = Diagnostics()
    with decimal.localcontext(exact_context()):
        standards = Folder(options.standards_dir, options.shown(options.standards_dir))
        basis = load_basis(standards, folder, options.as_of, diagnostics)
        if basis is None or diagnostics.errors:
            raise NotReadError(diagnostics)
        files = [_plan_file(one, _source_of(one, source, basis), months, basis, folder, whole_range) for one in given]
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
            _("“{file}” may be of {sources}: its header fits each. Name the one that is meant with --source."),
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
    before = read_contract(there, folder.name(path), contract_of(source), Diagnostics())
    if before is None:
        return Target(month, source, rows, data, None, True, there == data)
    old = in_order(source, [(cells[:width], line) for cells, line in before.rows])
    return Target(month, source, rows, data, old, True, there == data, differences(source, old, rows))


def _check_targets(files: Sequence[PlannedFile]) -> None:
    seen: dict[str, str] = {}
    for file in files:
        for target in file.targets:
            if target.path in seen:
                raise RefusedError(
                    _("“{first}” and “{second}” both are {target}. Import one of them."),
                    first=seen[target.path],
                    second=file.given.name,
                    target=target.path,
                )
            seen[target.path] = file.given.name


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
                entries.setdefault(target.month, []).append(_entry(target, file.given, original, options.as_of))
        files: dict[Path, dict[str, bytes]] = {}
        for month, imported in entries.items():
            here = {target.source.file: target.data for target in new if target.month == month}
            kept = [one for one in load_manifest(Folder(folder, ""), month, Diagnostics()) if one.file not in here]
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


def _entry(target: Target, given: GivenFile, original: str, today: date) -> ImportedFile:
    return ImportedFile(
        file=target.source.file,
        source=target.source.name,
        rows=len(target.rows),
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
