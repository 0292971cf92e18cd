"""Checks of the handbook against itself and against the contract of the sources."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import pairwise

from standardwerk.diagnostics import Diagnostics, Place
from standardwerk.load.files import listing, suggest
from standardwerk.load.handbook import METHOD_FOLDER, LoadedHandbook
from standardwerk.load.quiz import check_quiz
from standardwerk.load.yaml import Document
from standardwerk.model.expressions import PROBLEMS, Column, Expression, ExpressionError, Type, type_of
from standardwerk.model.fingerprint import Fingerprint
from standardwerk.model.handbook import Handbook, Measure, Retroactive, Revision, Standard
from standardwerk.model.sources import ASSIGNMENTS, Source, Sources

_WANTED = {
    "where": Type.BOOLEAN,
    "condition": Type.BOOLEAN,
    "date": Type.DATE,
    "numerator": Type.NUMBER,
    "denominator": Type.NUMBER,
    "value": Type.NUMBER,
    "minimum_n": Type.NUMBER,
}


def check_handbook(loaded: LoadedHandbook, diagnostics: Diagnostics) -> None:
    """What can be checked without sources: measures, changes, roles."""
    handbook, known = loaded.handbook, loaded.fingerprints
    roles = list(dict.fromkeys(role.id for role in handbook.names.roles))
    paths = list(dict.fromkeys(path.id for path in handbook.names.paths))
    for standard in loaded.standards:
        before: Revision | None = None
        for revision in standard.revisions:
            document = loaded.revisions[standard.id, revision.effective_from]
            _check_measures(revision, document, diagnostics)
            check_quiz(revision, document, diagnostics)
            for number, step in enumerate(revision.rules.onboarding if paths else ()):
                for index, path in enumerate(step.paths):
                    if path not in paths:
                        place = document.place(("onboarding", number, "paths", index))
                        diagnostics.add("SW113", place, value=path, known=listing(paths), **suggest(path, paths))
            for index, role in enumerate(revision.rules.roles or ()):
                if role not in roles and not diagnostics.doubts("role"):
                    place = document.place(("roles", index))
                    diagnostics.add("SW113", place, value=role, known=listing(roles), **suggest(role, roles))
            is_open = diagnostics.doubts("rules of", standard.id)
            if before is not None and not is_open:
                _check_change(revision, before, document, diagnostics)
                if revision.rules.retroactive is not None:
                    _check_rules_kept(revision, before, document, diagnostics)
            if not is_open and (before is None or _scored(known.of(revision)) != _scored(known.of(before))):
                _check_late(handbook, revision.effective_from, revision.rules.retroactive, document, diagnostics)
            before = revision
    for earlier, method in pairwise(handbook.methods if not diagnostics.doubts("rules of", METHOD_FOLDER) else ()):
        if (method.rules.ramp, method.rules.index) != (earlier.rules.ramp, earlier.rules.index):
            document = loaded.revisions[METHOD_FOLDER, method.effective_from]
            _check_late(handbook, method.effective_from, method.rules.retroactive, document, diagnostics)


def _check_measures(revision: Revision, document: Document, diagnostics: Diagnostics) -> None:
    rules = revision.rules
    if rules.retired:
        return
    mains = sum(measure.role == "main" for measure in rules.measures)
    if mains != 1:
        diagnostics.add("SW204", document.place(("measures",), key=True), count=mains)
    seen: set[str] = set()
    for index, measure in enumerate(rules.measures):
        if measure.id in seen:
            diagnostics.add("SW112", document.place(("measures", index, "id")), value=measure.id)
        seen.add(measure.id)


def _check_change(revision: Revision, before: Revision, document: Document, diagnostics: Diagnostics) -> None:
    if revision.rules.on_change == "carry":
        for index, measure in enumerate(revision.rules.measures):
            old = before.measure(measure.id)
            if old is not None and old.formula != measure.formula:
                place = document.place(("measures", index))
                diagnostics.add("SW212", place, measure=measure.id, what="the formula")
        if dict(revision.rules.export_rules) != dict(before.rules.export_rules):
            diagnostics.add("SW212", document.place(("export_rules",)), measure="export_rules", what="a value")


def _check_rules_kept(revision: Revision, before: Revision, document: Document, diagnostics: Diagnostics) -> None:
    """The exports of months past were made by the rules of then."""
    for rule, value in before.rules.export_rules.items():
        now = revision.rules.export_rules.get(rule, value)
        if now != value:
            diagnostics.add("SW229", document.place(("export_rules", rule)), rule=rule, was=value, found=now)


def _scored(found: Fingerprint) -> Mapping[str, str]:
    """What of a revision decides on scores, its words left out."""
    measures = [name for name in found if name.startswith(("measure.", "bands.")) and name.count(".") == 1]
    return {name: found[name] for name in [*measures, "weight", "roles", "export_rules"] if name in found}


def _check_late(
    handbook: Handbook, day: date, retroactive: Retroactive | None, document: Document, diagnostics: Diagnostics
) -> None:
    """A change of what is scored holds for no month before it was published; before the first edition there is none."""
    if diagnostics.doubts("edition"):
        return
    edition = handbook.edition_at(day)
    first = handbook.editions[0].effective_from if handbook.editions else day
    if edition is not None and day > first and edition.published_on > day and retroactive is None:
        diagnostics.add("SW213", document.place(), published=edition.published_on)


class SourceChecks:
    """Checks of measures against the contract of the sources."""

    def __init__(self, loaded: LoadedHandbook, sources: Sources, diagnostics: Diagnostics) -> None:
        self.loaded = loaded
        self.sources = sources
        self.diagnostics = diagnostics

    def check(self) -> None:
        """Check every measure of every revision."""
        for standard in self.loaded.standards:
            for revision in standard.revisions:
                document = self.loaded.revisions[standard.id, revision.effective_from]
                for index, measure in enumerate(revision.rules.measures):
                    self._measure(measure, document, ("measures", index))
                self._export_rules(standard, revision, document)

    def _source(self, name: str, place: Place) -> Source | None:
        source = self.sources.sources.get(name)
        if source is None and not self.diagnostics.doubts("source", name):
            known = sorted(self.sources.sources)
            self.diagnostics.add("SW113", place, value=name, known=listing(known), **suggest(name, known))
        return source

    def _measure(self, measure: Measure, document: Document, path: tuple[str | int, ...]) -> None:
        source = self._source(measure.source, document.place((*path, "source")))
        if source is None:
            return
        if measure.by is not None and not source.has_lines:
            self.diagnostics.add("SW223", document.place((*path, "by")))
        if measure.group is not None and measure.group not in source.columns:
            self._unknown_column(measure.group, source, document.place((*path, "group")))
        for name, expression in measure.expressions:
            where = (*path, name, "count") if name == "minimum_n" else (*path, name)
            self._expression(name, expression, source, measure, document.place(where))

    def _unknown_column(self, column: str, source: Source, place: Place) -> None:
        known = list(source.columns)
        self.diagnostics.add(
            "SW209", place, column=column, source=source.name, known=listing(known), **suggest(column, known)
        )

    def _expression(self, name: str, expression: Expression, source: Source, measure: Measure, place: Place) -> None:
        types: dict[tuple[str, str], Type] = {}
        good = True
        for column in expression.columns():
            at = _shift(place, column.offset)
            owner = source if not column.source else self._source(column.source, at)
            if owner is None:
                good = False
            elif column.name not in owner.columns:
                self._unknown_column(column.name, owner, at)
                good = False
            else:
                good = self._usable(column, owner, source, measure, name, at) and good
                types[column.source, column.name] = owner.type_of(column.name)
        if not good:
            return
        try:
            found = type_of(expression.tree, types, counting=name == "minimum_n")
        except ExpressionError as error:
            at = _shift(place, error.offset)
            self.diagnostics.add("SW208", at, problem=PROBLEMS[error.problem], **error.values)
            return
        if found is not _WANTED[name]:
            self.diagnostics.add("SW210", place, found=found.value, expected=_WANTED[name].value)

    def _usable(self, column: Column, owner: Source, source: Source, measure: Measure, name: str, place: Place) -> bool:
        if owner.name != source.name:
            extra = [key for key in owner.keys if key not in source.keys]
            if extra:
                self.diagnostics.add("SW222", place, source=owner.name, primary=source.name, extra=", ".join(extra))
                return False
        counts = name in {"numerator", "denominator", "value"} and owner.name != ASSIGNMENTS
        if counts and owner.accumulates(column.name) != "sum" and measure.window.kind != "month":
            self.diagnostics.add("SW211", place, column=column.name)
            return False
        return True

    def _export_rules(self, standard: Standard, revision: Revision, document: Document) -> None:
        for rule in revision.rules.export_rules:
            names = {measure.source for measure in revision.rules.measures}
            if any(self.diagnostics.doubts("source", name) for name in names):
                continue
            if not any(name in self.sources.sources and rule in self.sources[name].columns for name in names):
                self.diagnostics.add("SW215", document.place(("export_rules", rule), key=True), rule=rule)


def _shift(place: Place, offset: int) -> Place:
    return Place(place.file, place.line, place.column + offset if place.column else 0)
