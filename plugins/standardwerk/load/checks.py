"""Checks of the handbook against itself and against the contract of the sources."""

from __future__ import annotations

from standardwerk.diagnostics import Diagnostics, Place
from standardwerk.load.files import listing, suggest
from standardwerk.load.handbook import LoadedHandbook
from standardwerk.load.yaml import Document
from standardwerk.model.expressions import PROBLEMS, Column, Expression, ExpressionError, Type, type_of
from standardwerk.model.handbook import Handbook, Measure, Revision, Standard
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
    handbook = loaded.handbook
    roles = list(dict.fromkeys(role.id for role in handbook.names.roles))
    for standard in handbook.standards:
        before: Revision | None = None
        for revision in standard.revisions:
            document = loaded.revisions[standard.id, revision.effective_from]
            _check_measures(revision, document, diagnostics)
            for index, role in enumerate(revision.rules.roles or ()):
                if role not in roles:
                    place = document.place(("roles", index))
                    diagnostics.add("SW113", place, value=role, known=listing(roles), **suggest(role, roles))
            if before is not None:
                _check_change(handbook, revision, before, document, diagnostics)
            before = revision


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


def _check_change(
    handbook: Handbook, revision: Revision, before: Revision, document: Document, diagnostics: Diagnostics
) -> None:
    if revision.rules.on_change == "carry":
        for index, measure in enumerate(revision.rules.measures):
            old = before.measure(measure.id)
            if old is not None and old.formula != measure.formula:
                place = document.place(("measures", index))
                diagnostics.add("SW212", place, measure=measure.id, what="the formula")
        if dict(revision.rules.export_rules) != dict(before.rules.export_rules):
            diagnostics.add("SW212", document.place(("export_rules",)), measure="export_rules", what="a value")
    edition = handbook.edition_at(revision.effective_from)
    scored = (revision.rules.measures, revision.rules.export_rules, revision.rules.weight) != (
        before.rules.measures,
        before.rules.export_rules,
        before.rules.weight,
    )
    late = edition is not None and edition.published_on > revision.effective_from
    if late and scored and revision.rules.retroactive is None and edition is not None:
        diagnostics.add("SW213", document.place(), published=edition.published_on)


class SourceChecks:
    """Checks of measures against the contract of the sources."""

    def __init__(self, loaded: LoadedHandbook, sources: Sources, diagnostics: Diagnostics) -> None:
        self.loaded = loaded
        self.sources = sources
        self.diagnostics = diagnostics

    def check(self) -> None:
        """Check every measure of every revision."""
        for standard in self.loaded.handbook.standards:
            for revision in standard.revisions:
                document = self.loaded.revisions[standard.id, revision.effective_from]
                for index, measure in enumerate(revision.rules.measures):
                    self._measure(measure, document, ("measures", index))
                self._export_rules(standard, revision, document)

    def _source(self, name: str, place: Place) -> Source | None:
        source = self.sources.sources.get(name)
        if source is None:
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
            if not any(name in self.sources.sources and rule in self.sources[name].columns for name in names):
                self.diagnostics.add("SW215", document.place(("export_rules", rule), key=True), rule=rule)


def _shift(place: Place, offset: int) -> Place:
    return Place(place.file, place.line, place.column + offset if place.column else 0)
