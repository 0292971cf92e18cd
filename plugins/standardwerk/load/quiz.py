"""Checks of the questions about a standard: they can be answered, and the passages are there."""

from __future__ import annotations

from standardwerk.diagnostics import Diagnostics
from standardwerk.load.files import listing, suggest
from standardwerk.load.yaml import Document, Path
from standardwerk.model.handbook import Revision
from standardwerk.model.quiz import GENERATED, Question, plain


def check_quiz(revision: Revision, document: Document, diagnostics: Diagnostics) -> None:
    """Check the questions of a revision against its wording."""
    for index, question in enumerate(revision.rules.quiz):
        if not question.can_be_answered:
            diagnostics.add("SW233", document.place(("quiz", index, "answers"), key=True))
    if diagnostics.doubts("language") or not revision.wording:
        return
    sections = [section.id for section in next(iter(revision.wording.values())).sections]
    known = list(dict.fromkeys((*sections, *GENERATED)))
    for index, question in enumerate(revision.rules.quiz):
        path: Path = ("quiz", index)
        if question.section not in known:
            place = document.place((*path, "section"))
            diagnostics.add(
                "SW113", place, value=question.section, known=listing(known), **suggest(question.section, known)
            )
        elif question.section in sections:
            _check_passage(question, revision, document, path, diagnostics)


def _check_passage(
    question: Question, revision: Revision, document: Document, path: Path, diagnostics: Diagnostics
) -> None:
    for language, text in (question.passage or {}).items():
        wording = revision.wording.get(language)
        section = wording.section(question.section) if wording is not None else None
        if section is not None and plain(text) not in plain(section.markdown):
            place = document.place((*path, "passage", language))
            diagnostics.add("SW234", place, section=question.section, language=language)
