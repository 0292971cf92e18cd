"""The handbook: everything under ``standards/``, whole; its parts are told in modules of their own and named here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from standardwerk.model.dated import Retroactive, newest
from standardwerk.model.fields import Date, Form, LocalText, Text
from standardwerk.model.measure import (
    CADENCE_MONTHS,
    KINDS,
    UNITS,
    Bands,
    Flag,
    Labels,
    Limits,
    Measure,
    MinimumN,
    Window,
)
from standardwerk.model.method import Example, Index, MeasureRef, Method, MethodForm, RampStep
from standardwerk.model.months import Month
from standardwerk.model.names import AnyNamed, Language, Named, Names, ProductLine, Role, named_at
from standardwerk.model.page import Page, PageForm, PageRevision, PageRevisionForm, RevisedPage
from standardwerk.model.sample import Sample
from standardwerk.model.standard import Anchor, Revision, RevisionForm, Standard, StandardForm, Step
from standardwerk.model.terms import Glossary, Term
from standardwerk.model.wording import Erratum, Section, Wording

__all__ = [
    "CADENCE_MONTHS",
    "KINDS",
    "UNITS",
    "Anchor",
    "AnyNamed",
    "Bands",
    "Edition",
    "Editions",
    "Erratum",
    "Example",
    "Flag",
    "Glossary",
    "Handbook",
    "Index",
    "Labels",
    "Language",
    "Limits",
    "Measure",
    "MeasureRef",
    "Method",
    "MethodForm",
    "MinimumN",
    "Named",
    "Names",
    "Page",
    "PageForm",
    "PageRevision",
    "PageRevisionForm",
    "ProductLine",
    "RampStep",
    "Retroactive",
    "RevisedPage",
    "Revision",
    "RevisionForm",
    "Role",
    "Sample",
    "Section",
    "Standard",
    "StandardForm",
    "Step",
    "Term",
    "Window",
    "Wording",
    "named_at",
]


#: What is in force of a standard: a revision, or nothing where that may be.
InForce = TypeVar("InForce", Revision, Revision | None)


class Edition(Form):
    """A release of the whole handbook."""

    label: Text
    """Its short name, like ``2026.1``; also its part of the address."""
    effective_from: Date
    """The first day it holds: the first of a month."""
    published_on: Date
    """The day from which it can be read. Until it takes effect it is announced."""
    approved_on: Date | None = None
    """The day it was decided; left out: not said."""
    agreement_ref: Text | None = None
    """The works agreement behind it, as it is called; left out: there is none."""
    note: LocalText
    """What is new, in a sentence or two, in each language."""

    @property
    def first_month(self) -> Month:
        """The first month this edition judges."""
        return Month.of(self.effective_from)


class Editions(Form):
    """``editions.yml``."""

    editions: tuple[Edition, ...]
    """All editions; each text's file is named by the first day of one."""


@dataclass(frozen=True, slots=True)
class Handbook:
    """Everything under ``standards/``."""

    names: Names
    editions: tuple[Edition, ...]
    """By ``effective_from``."""
    standards: tuple[Standard, ...]
    """By number."""
    methods: tuple[Method, ...]
    pages: tuple[Page, ...] = ()
    """The pages without revisions, in all languages."""
    revised_pages: tuple[RevisedPage, ...] = ()
    terms: tuple[Term, ...] = ()
    """The glossary, as it is today."""
    sample: Sample | None = None
    """What the sample scorecard is made from."""

    @property
    def languages(self) -> tuple[str, ...]:
        """Language codes, the original first."""
        return tuple(self.names.languages)

    def edition_at(self, day: date) -> Edition | None:
        """The edition in force on a day."""
        return newest(self.editions, day)

    def method_at(self, day: date) -> Method | None:
        """The method in force on a day."""
        return newest(self.methods, day)

    def pages_at(self, language: str, day: date) -> tuple[Page, ...]:
        """The hand-written pages of a language as they are on a day, by name."""
        found = [page for page in self.pages if page.language == language]
        for series in self.revised_pages:
            revision = series.at(day)
            if revision is not None:
                wording = revision.wording[language]
                found.append(
                    Page(series.name, language, wording, wording.markdown, series.form.order, series, revision)
                )
        return tuple(sorted(found, key=lambda page: page.name))

    def standards_at(self, day: date) -> tuple[tuple[Standard, Revision], ...]:
        """The standards in force on a day with their revisions, by group and number."""
        found = [(standard, standard.at(day)) for standard in self.standards]
        return self.in_order([(standard, revision) for standard, revision in found if revision is not None])

    def in_order(self, pairs: Iterable[tuple[Standard, InForce]]) -> tuple[tuple[Standard, InForce], ...]:
        """Standards by group and number."""
        order = {group: index for index, group in enumerate(self.names.group_ids)}
        return tuple(sorted(pairs, key=lambda pair: (order.get(pair[0].identity.group, 0), pair[0].identity.number)))

    def published_by(self, day: date) -> Handbook:
        """The handbook without the editions, and their revisions, that are published later."""
        later = {edition.effective_from for edition in self.editions if edition.published_on > day}
        if not later:
            return self
        standards = tuple(
            replace(one, revisions=tuple(each for each in one.revisions if each.effective_from not in later))
            for one in self.standards
        )
        pages = tuple(
            replace(one, revisions=tuple(each for each in one.revisions if each.effective_from not in later))
            for one in self.revised_pages
        )
        return replace(
            self,
            editions=tuple(one for one in self.editions if one.effective_from not in later),
            standards=tuple(one for one in standards if one.revisions),
            methods=tuple(one for one in self.methods if one.effective_from not in later),
            revised_pages=tuple(one for one in pages if one.revisions),
        )

    def scoring_by(self, day: date) -> Handbook:
        """What scores up to a day: without pages and terms, and without what begins later of the standards."""
        standards = tuple(
            replace(one, revisions=begun)
            for one in self.standards
            if (begun := tuple(each for each in one.revisions if each.effective_from <= day))
        )
        return replace(self, standards=standards, pages=(), revised_pages=(), terms=())
