"""What figures and pages are made from, as hashes: the keys under which a serving process remembers them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path

from standardwerk.memory import Prints, plain_print
from standardwerk.model.dated import AnyTakesEffect
from standardwerk.model.handbook import (
    Edition,
    Handbook,
    Measure,
    Method,
    MethodForm,
    Revision,
    RevisionForm,
    Standard,
    Term,
    Wording,
)
from standardwerk.model.project import RepRows, Scoring
from standardwerk.model.roster import Roster
from standardwerk.site.contexts import ScorecardContext


def _rules_of(revision: Revision) -> object:
    return revision.effective_from, revision.rules, revision.run_start


def _method_of(method: Method) -> object:
    return method.effective_from, method.rules


def _listed(standard: Standard) -> object:
    """What a block may show of a standard by itself: rules and titles. Texts are those of a revision it is given."""
    revisions = [
        (one.effective_from, one.rules, one.run_start, {language: text.title for language, text in one.wording.items()})
        for one in standard.revisions
    ]
    return standard.id, standard.identity, revisions


class PersonKeys:
    """By person: everything her figures are made from. No wording is: it can be edited without evaluating anybody."""

    def __init__(self) -> None:
        self._scoring: Scoring | None = None
        self._keys: Mapping[str, bytes] = {}

    def of(self, scoring: Scoring, roster: Roster, rows: Mapping[str, RepRows]) -> Mapping[str, bytes]:
        """The keys, worked out anew if the scoring is another one: then months are held, and their rows gone."""
        if self._scoring is not scoring:
            self._scoring, self._keys = scoring, _person_keys(scoring, roster, rows)
        return self._keys


def _person_keys(scoring: Scoring, roster: Roster, rows: Mapping[str, RepRows]) -> dict[str, bytes]:
    """What takes effect after the last month judges nobody yet, so it can be edited like a wording."""
    last_day = scoring.months[-1].first_day if scoring.months else date.min

    def begun(texts: Iterable[AnyTakesEffect]) -> list[AnyTakesEffect]:
        return [one for one in texts if one.effective_from <= last_day]

    def standard_of(standard: Standard) -> object:
        return standard.id, standard.identity, begun(standard.revisions)

    def rulebook(handbook: Handbook) -> object:
        standards = [one for one in handbook.standards if begun(one.revisions)]
        return handbook.names, begun(handbook.editions), standards, begun(handbook.methods)

    prints = Prints({Standard: standard_of, Revision: _rules_of, Method: _method_of, Handbook: rulebook})
    scored = prints.of(scoring)
    return {one.id: plain_print(scored, one, rows.get(one.id, {})) for one in roster.people.values()}


def page_prints() -> Prints:
    """Hashes of pages with what they show. The parts that many pages share are hashed once."""
    whole = (Revision, RevisionForm, Measure, Method, MethodForm, Edition, Wording, Term, ScorecardContext)
    return Prints({Standard: _listed, **dict.fromkeys(whole)})


def whole_prints() -> Prints:
    """Hashes of values with everything they say."""
    return Prints(dict.fromkeys((Revision, RevisionForm, Method, MethodForm, Wording)))


def content_print(folder: Path, *patterns: str) -> bytes:
    """A hash of the files below a folder, by path and bytes."""
    found = sha256()
    for file in sorted(one for pattern in patterns for one in folder.rglob(pattern) if one.is_file()):
        data = file.read_bytes()
        found.update(f"{file.relative_to(folder).as_posix()}\0{len(data)}\0".encode() + data)
    return found.digest()
