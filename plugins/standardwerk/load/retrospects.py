"""Closed months for which a revision that was published later holds retroactively."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from standardwerk.model.fingerprint import AnyRevision
from standardwerk.model.handbook import Handbook, PageRevision, Revision, Standard
from standardwerk.model.months import Month
from standardwerk.model.project import Judgement, Retrospect
from standardwerk.model.scores import Term


def retrospects(sealed: Mapping[Month, Judgement], handbook: Handbook) -> dict[Month, Retrospect]:
    """Of closed months those that would be judged otherwise by now."""
    found = {}
    for month, judgement in sealed.items():
        retrospect = _retrospect(month.first_day, judgement, handbook)
        if retrospect is not None:
            found[month] = retrospect
    return found


def _retrospect(day: date, sealed: Judgement, handbook: Handbook) -> Retrospect | None:
    edition, method = handbook.edition_at(day), handbook.method_at(day)
    assert edition is not None
    assert method is not None
    was = {standard.id: revision for standard, revision in sealed.standards}
    terms: dict[str, tuple[Term, ...]] = {}
    pairs: list[tuple[Standard, Revision | None]] = []
    for standard in handbook.standards:
        before, now = was.get(standard.id), standard.at(day)
        its = _terms(handbook, standard.revisions, before.effective_from if before is not None else date.min, day)
        if its and (before is not None or now is not None):
            terms[standard.id] = its
            pairs.append((standard, now))
        elif before is not None:
            pairs.append((standard, before))
    of_method = _terms(handbook, handbook.methods, sealed.method.effective_from, day)
    if not terms and not of_method:
        return None
    return Retrospect(edition.label, method if of_method else sealed.method, handbook.in_order(pairs), terms, of_method)


def _terms(handbook: Handbook, revisions: Iterable[AnyRevision], after: date, until: date) -> tuple[Term, ...]:
    """Why the revisions between two days hold for what was before they were published."""
    found = []
    for revision in revisions:
        if isinstance(revision, PageRevision) or not after < revision.effective_from <= until:
            continue
        edition = handbook.edition_at(revision.effective_from)
        if revision.rules.retroactive is not None and edition is not None:
            found.append(Term(edition, revision.rules.retroactive))
    return tuple(found)
