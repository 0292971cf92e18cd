"""Checks of what the method and the access model choose to show: measures and standards that there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from standardwerk.diagnostics import Diagnostics, Place
from standardwerk.load.files import listing, suggest
from standardwerk.load.handbook import METHOD_FOLDER, LoadedHandbook
from standardwerk.load.yaml import Document
from standardwerk.model.access import Access
from standardwerk.model.handbook import Handbook, Measure, MeasureRef

#: Kinds that are sums, or a sum divided by a sum.
_SUMS = frozenset({"proportion", "ratio", "sum"})


def check_method_choices(loaded: LoadedHandbook, diagnostics: Diagnostics) -> None:
    """The measures a method puts at the top of pages."""
    for method in loaded.handbook.methods:
        document = loaded.revisions[METHOD_FOLDER, method.effective_from]
        page = method.rules.organisation

        def check(refs: Iterable[MeasureRef], path: tuple[str, ...], fits: Callable[[Measure], bool]) -> None:
            for index, ref in enumerate(refs):
                _check_measure(loaded.handbook, ref, document, (*path, index), fits, diagnostics)  # noqa: B023 - used at once

        check(method.rules.results, ("results",), lambda measure: True)
        check(page.headline, ("organisation", "headline"), lambda one: one.judged and one.kind in _SUMS)
        check(page.totals, ("organisation", "totals"), lambda one: one.kind in _SUMS)


def check_access_choices(access: Access, document: Document, handbook: Handbook, diagnostics: Diagnostics) -> None:
    """The standards of the team page's table."""
    known = [standard.id for standard in handbook.standards]
    for index, name in enumerate(access.team_page.standards or ()):
        if name not in known and not diagnostics.doubts("standard", name):
            _unknown(name, known, document.place(("team_page", "standards", index)), diagnostics)


def _check_measure(
    handbook: Handbook,
    ref: MeasureRef,
    document: Document,
    path: tuple[str | int, ...],
    fits: Callable[[Measure], bool],
    diagnostics: Diagnostics,
) -> None:
    standards = {standard.id: standard for standard in handbook.standards}
    if diagnostics.doubts("standard", ref.standard) or diagnostics.doubts("rules of", ref.standard):
        return
    if ref.standard not in standards:
        _unknown(ref.standard, list(standards), document.place((*path, "standard")), diagnostics)
        return
    measures = {one.id: one for each in standards[ref.standard].revisions for one in each.rules.measures}
    place = document.place((*path, "measure"))
    if ref.measure not in measures:
        _unknown(ref.measure, list(measures), place, diagnostics)
    elif not fits(measures[ref.measure]):
        diagnostics.add("SW228", place, measure=ref.measure)


def _unknown(value: str, known: list[str], place: Place, diagnostics: Diagnostics) -> None:
    diagnostics.add("SW113", place, value=value, known=listing(known), **suggest(value, known))
