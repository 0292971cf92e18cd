"""Erases people from a project: inputs, what was imported, notes, closed months, corrections, cache.

Everything is done to a copy, which must load without a fault and agree with the closed months; then the copy takes the
folder's place in one step. A trial run does the same and throws the copy away, so what it tells is what would happen.
"""

from __future__ import annotations

import decimal
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from standardwerk import pipeline
from standardwerk.evaluate.exact import exact_context
from standardwerk.evaluate.remainder import Share, with_erased
from standardwerk.load.canonical import MANIFEST
from standardwerk.load.closing import CLOSED_FOLDER, CORRECTIONS_FILE, closed_path
from standardwerk.load.files import Folder
from standardwerk.load.imports import ORIGINALS
from standardwerk.load.notes import FOLDER as NOTES
from standardwerk.load.remainder import REMAINDER_FILE, remainder_seal
from standardwerk.load.retention import due_files
from standardwerk.model.closing import Correction, Ledger
from standardwerk.model.erasure import Erasure, Mention, Removed
from standardwerk.model.imports import ImportedFile
from standardwerk.model.months import Month
from standardwerk.model.remainder import Remainder, remainder_text
from standardwerk.model.sheets import SHEETS_FOLDER
from standardwerk.operations import NotReadError, RefusedError
from standardwerk.operations.cutting import cut_names, cut_table, is_broken, mentions
from standardwerk.operations.people import columns_of, looked_at, traces_of
from standardwerk.pipeline.personal import Maker, work_of
from standardwerk.publish.folders import FolderDraft
from standardwerk.publish.imports import manifest_file
from standardwerk.publish.records import CORRECTIONS_HEAD, closed_text, correction_text
from standardwerk.site.organisation import minimum_group


def _(message: str) -> str:
    return message


#: Files whose rows are about a person that is named in a column of its own name, and others (a lead, who approved).
_ROSTER = frozenset({"reps.csv", "teams.csv", "assignments.csv", "availability.csv", "exemptions.csv"})
#: Endings of tables that are cut row by row.
_TABLES = (".csv", ".txt", ".tsv")


def clear(site: pipeline.LoadedSite, *, dry_run: bool) -> Erasure:
    """Delete what is due: whoever left long ago, and what is older than it may be. Raises as :func:`erase` does."""
    folder, due = site.options.scorecards_dir, site.project.keeping
    files = due_files(Folder(folder, ""), due) if folder is not None else []
    return erase(site, sorted(due.leavers or ()), files, dry_run=dry_run)


def erase(site: pipeline.LoadedSite, reps: Sequence[str], files: Sequence[str] = (), *, dry_run: bool) -> Erasure:
    """Erase people, and delete ``files`` that are due.

    Raises :class:`RefusedError`; :class:`NotReadError` if the project would be wrong without them.
    """
    roster, scoring, folder = site.project.roster, site.project.scoring, site.options.scorecards_dir
    if roster is None or scoring is None or folder is None:
        raise RefusedError(_("There are no scorecards in this project."))
    for rep in reps:
        if rep not in roster.people:
            raise RefusedError(_("There is no “{rep}” in reps.csv."), rep=rep)
    least = minimum_group(site.handbook)
    found = Erasure(tuple(sorted(set(reps))), site.options.as_of, not dry_run, least)
    remainder = _remainder(site, found, least)
    try:
        draft = FolderDraft(folder, {})
    except OSError as error:
        raise RefusedError(_("{folder} cannot be copied: {problem}"), folder=folder, problem=error.strerror) from error
    try:
        _Cutter(site, found, draft.draft, remainder).cut(files)
        if not dry_run:
            draft.swap()
            found.cached = _clear(site.options.config_file.parent / ".cache" / "standardwerk")
    finally:
        draft.discard()
    return found


def _clear(cache: Path) -> int:
    """Empty the cache: its entries are whole tables."""
    count = sum(1 for _file in cache.iterdir()) if cache.is_dir() else 0
    shutil.rmtree(cache, ignore_errors=True)
    return count


def _remainder(site: pipeline.LoadedSite, found: Erasure, least: int) -> Remainder:
    """What is left of the people in sums."""
    made = work_of(site, {}, Path())
    assert made is not None
    work, _roster, people = made
    maker, shares = Maker(work), {}
    with decimal.localcontext(exact_context()):
        for one in people:
            outcome = maker.share(one, maker.cards(one))
            shares[one.person.id] = Share(tuple(outcome.contributions), outcome.totals)
        erased = [share for rep, share in shares.items() if rep in found.reps]
        others = [share for rep, share in shares.items() if rep not in found.reps]
        before = site.project.remainder
        first = site.project.keeping.inputs
        after = with_erased(before, erased, others, least).since(first)
    for was, now in ((before.sums, after.sums), (before.totals, after.totals)):
        for key, rest in now.items():
            if rest == was.get(key):
                continue
            if rest.is_withdrawn:
                found.withdrawn[key.month] = found.withdrawn.get(key.month, 0) + 1
            else:
                found.kept += 1
    found.withdrawn = dict(sorted(found.withdrawn.items()))
    return after


class _Cutter:
    """Takes people out of a copy of the folder of scorecards."""

    def __init__(self, site: pipeline.LoadedSite, found: Erasure, draft: Path, remainder: Remainder) -> None:
        self.site = site
        self.found = found
        self.draft = draft
        self.remainder = remainder
        assert site.project.scoring is not None
        self.traces = traces_of(site, found.reps)
        self.columns = columns_of(site.project.scoring.sources)

    def cut(self, files: Sequence[str]) -> None:
        """Do it, and see that what is left is sound. ``files`` go as they are."""
        for name in files:
            self._remove(name, self.draft / name)
        for emptied in {(self.draft / name).parent for name in files}:
            if not any(emptied.iterdir()):
                emptied.rmdir()
        for path in sorted(one for one in self.draft.rglob("*") if one.is_file()):
            name = path.relative_to(self.draft).as_posix()
            if not any(part.startswith(".") for part in name.split("/")):
                self._cut_file(name, path)
        self._cut_manifests()
        ledger = self._cut_ledger(self.site.project.ledger)
        self._write_remainder()
        self._seal_again(ledger)
        self._look_for_mentions()

    def _cut_file(self, name: str, path: Path) -> None:
        first, _slash, inside = name.partition("/")
        if first == CLOSED_FOLDER or name in {CORRECTIONS_FILE, REMAINDER_FILE}:
            return
        if first == NOTES and any(path.name.startswith(f"{rep}.") for rep in self.found.reps):
            # An id has no dot, so nobody else's file begins so.
            self._remove(name, path)
            return
        data = path.read_bytes()
        if path.suffix.lower() in _TABLES:
            self._cut_table(name, path, data, inside)
        elif not mentions(data, self.traces):
            return
        elif name == "access.yml":
            text, count = cut_names(data.decode(), self.traces)
            if count:
                path.write_bytes(text.encode())
                self._note(name, "names", count)
        elif first in {ORIGINALS, SHEETS_FOLDER}:
            self._remove(name, path)
        elif path.suffix.lower() not in {".yml", ".md"}:
            raise RefusedError(
                _("{file} cannot be cut row by row. Import it as a CSV, and remove it; then try again."), file=name
            )

    def _cut_table(self, name: str, path: Path, data: bytes, inside: str) -> None:
        in_roster = name in _ROSTER
        cut = cut_table(data, self.traces, self.columns, empty=in_roster, whole_rows=name != "teams.csv")
        if inside and name.startswith(f"{ORIGINALS}/") and mentions(cut.data, self.traces):
            # What it says of people stands elsewhere than in cells of their own.
            self._remove(name, path)
            return
        if cut.rows or cut.cells:
            path.write_bytes(cut.data)
        for kind, count in (("rows", cut.rows), ("names", cut.cells)):
            if count:
                self._note(name, kind, count)

    def _remove(self, name: str, path: Path) -> None:
        path.unlink()
        self._note(name, "file", 1)

    def _note(self, name: str, kind: str, count: int) -> None:
        self.found.removed.append(Removed(name, kind, count))

    def _cut_manifests(self) -> None:
        """Bring the records of imports up to date with the files they are about."""
        for month, imports in self.site.loaded.rows.imports.items():
            now = [new for one in imports if (new := self._manifest_entry(month, one)) is not None]
            if now != list(imports):
                path = self.draft / str(month) / MANIFEST
                if now:
                    path.write_bytes(manifest_file(now))
                else:
                    path.unlink()

    def _manifest_entry(self, month: Month, one: ImportedFile) -> ImportedFile | None:
        was, now = self.site.options.scorecards_dir, self.draft
        assert was is not None
        original = f"{ORIGINALS}/{one.original}"
        if (was / original).is_file() and not (now / original).is_file():
            return None
        changed: dict[str, object] = {}
        for path, key in ((f"{month}/{one.file}", "sha256"), (original, "original_sha256")):
            if not (now / path).is_file() or (was / path).read_bytes() == (now / path).read_bytes():
                continue
            changed[key] = sha256((now / path).read_bytes()).hexdigest()
        rows = sum(item.count for item in self.found.removed if item.path == f"{month}/{one.file}")
        return one.model_copy(update={**changed, "rows": one.rows - rows}) if changed else one

    # Closed months ----------------------------------------------------------------------------------------------------

    def _cut_ledger(self, ledger: Ledger) -> Ledger:
        """Closed months and corrections without the people, written."""
        reps, first, closed = set(self.found.reps), self.site.project.keeping.inputs, {}
        for month, one in ledger.closed.items():
            gone = reps & one.figures.keys()
            figures = {rep: text for rep, text in one.figures.items() if rep not in reps}
            people = {rep: text for rep, text in one.head.people.items() if rep not in reps}
            head = one.head.model_copy(update={"people": people, "remainder": remainder_seal(self.remainder, month)})
            closed[month] = replace(one, head=head, figures=figures)
            if gone:
                self._note(closed_path(month), "figures", len(gone))
        corrections = []
        count = 0
        for correction in ledger.corrections:
            others = tuple(change for change in correction.changes if change.rep not in reps and change.month >= first)
            count += len(correction.changes) - len(others)
            if others:
                corrections.append(correction.model_copy(update={"changes": others}))
        if count:
            self._note(CORRECTIONS_FILE, "figures", count)
        found = Ledger(closed, tuple(corrections))
        self._write_ledger(found)
        return found

    def _write_ledger(self, ledger: Ledger) -> None:
        for month, one in ledger.closed.items():
            (self.draft / closed_path(month)).write_text(closed_text(one.head, one.figures), "utf-8")
        path = self.draft / CORRECTIONS_FILE
        if path.exists() and ledger.corrections != self.site.project.ledger.corrections:
            if ledger.corrections:
                texts = "".join(map(correction_text, ledger.corrections))
                path.write_text(CORRECTIONS_HEAD + texts, "utf-8")
            else:
                path.unlink()

    def _write_remainder(self) -> None:
        path = self.draft / REMAINDER_FILE
        if self.remainder.months:
            path.write_text(remainder_text(self.remainder), "utf-8")
        else:
            path.unlink(missing_ok=True)

    def _seal_again(self, ledger: Ledger) -> None:
        """Seal the inputs as they are now, and load: without a fault, and with the figures that were published."""
        before = self.site.loaded.changed_inputs
        options = replace(self.site.options, scorecards_dir=self.draft)
        loaded = pipeline.load(options)
        if loaded.read is None or loaded.project is None:
            raise NotReadError(loaded.diagnostics)
        touched = {
            month: {file: value for file, value in its.items() if file not in before.get(month, {})}
            for month, its in loaded.read.changed_inputs.items()
        }
        if any(touched.values()):
            self._write_ledger(_with_inputs(ledger, touched))
            again = pipeline.load(options)
            if again.project is None:
                raise NotReadError(again.diagnostics)

    def _look_for_mentions(self) -> None:
        """What still names somebody: free text of others, and the handbook."""
        for shown, path in looked_at(self.site.options, self.draft):
            data = path.read_bytes()
            lines, broken = mentions(data, self.traces), is_broken(data)
            if lines or broken or self.traces.lines(path.name):
                self.found.mentions.append(Mention(shown, tuple(lines), broken))


def _with_inputs(ledger: Ledger, touched: Mapping[Month, Mapping[str, str]]) -> Ledger:
    """A ledger with new hashes of inputs: in the last correction that names a file, else in its closed month."""
    closed = dict(ledger.closed)
    corrections: list[Correction] = list(ledger.corrections)
    for month, files in touched.items():
        for file, value in files.items():
            at = next(
                (
                    index
                    for index in reversed(range(len(corrections)))
                    if file in corrections[index].inputs.get(str(month), {})
                ),
                None,
            )
            if at is not None:
                inputs = {name: dict(its) for name, its in corrections[at].inputs.items()}
                inputs[str(month)][file] = value
                corrections[at] = corrections[at].model_copy(update={"inputs": inputs})
                continue
            inputs_now = dict(closed[month].head.inputs)
            if value:
                inputs_now[file] = value
            else:
                inputs_now.pop(file, None)
            head = closed[month].head.model_copy(update={"inputs": inputs_now})
            closed[month] = replace(closed[month], head=head)
    return Ledger(closed, tuple(corrections))
