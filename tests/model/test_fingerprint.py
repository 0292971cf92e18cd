"""Content hashes: what changes them, and what does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from standardwerk.model.fingerprint import (
    Fingerprints,
    edition_hash,
    fingerprint,
    fingerprint_of,
    names_fingerprint,
)
from standardwerk.model.handbook import Handbook, Method, MethodForm, Revision, RevisionForm, Section, Wording
from standardwerk.model.seals import EditionHashes
from tests.factory import edition, measure, names, standard

DAY = date(2025, 1, 1)
TEXT = {"de": "Ein Text", "en": "A text"}


def revision(day: date = DAY, text: str = "Rufen Sie an.", **rules: Any) -> Revision:
    form = {"reason": TEXT, "measures": (measure(),), **rules}
    wording = {
        language: Wording("f", "Titel", "", (Section("why", "Warum", words, 3),))
        for language, words in (("de", text), ("en", "Call them."))
    }
    return Revision(day, RevisionForm.model_validate(form), wording)


def changed(one: Revision, other: Revision) -> set[str]:
    left, right = fingerprint(one), fingerprint(other)
    return {name for name in left.keys() | right.keys() if left.get(name) != right.get(name)}


def test_equal_content_has_an_equal_fingerprint() -> None:
    base = revision(weight="2", export_rules={"a": "1", "b": "2"})
    same = revision(
        text="Rufen Sie an.  \r\n", weight="2.0", export_rules={"b": "2", "a": "1"}, reason={"de": "x", "en": "y"}
    )
    assert changed(base, same) == set()
    # A default written out says nothing.
    assert changed(revision(), revision(weight="1", retired="false")) == set()


@pytest.mark.parametrize(
    ("rules", "fields"),
    [
        ({"weight": "3"}, {"weight"}),
        ({"export_rules": {"stale_days": "30"}}, {"export_rules"}),
        ({"on_change": "carry"}, {"on_change"}),
        ({"onboarding": ({"when": "day-1", "text": TEXT},)}, {"steps.de", "steps.en"}),
        ({"measures": (measure(window="rolling 3"),)}, {"measure.m"}),
        ({"measures": (measure(bands={"met": "7", "near": "1"}),)}, {"bands.m"}),
        ({"measures": (measure(title={"de": "Neu", "en": "x"}),)}, {"measure.m.de"}),
    ],
)
def test_a_change_is_told_by_its_field(rules: dict[str, Any], fields: set[str]) -> None:
    found = changed(revision(), revision(**rules))
    assert fields <= found
    assert {name.rpartition(".")[0] if name[-3:] in {".de", ".en"} else name for name in found} == {
        name.rpartition(".")[0] if name[-3:] in {".de", ".en"} else name for name in fields
    }


def test_a_text_changes_in_its_language_alone() -> None:
    assert changed(revision(), revision(text="Rufen Sie morgen an.")) == {"section.why.de"}


def book(*revisions: Revision, days: tuple[date, ...] = (DAY,)) -> Handbook:
    return Handbook(names(), tuple(map(edition, days)), (standard(revisions),), (Method(DAY, method_form(), {}),))


def method_form() -> MethodForm:
    return MethodForm.model_validate({"reason": TEXT})


def test_a_later_edition_does_not_change_an_earlier_one() -> None:
    later = date(2026, 1, 1)
    one = book(revision())
    two = book(revision(), revision(later, weight="2"), days=(DAY, later))
    assert edition_hash(one, one.editions[0]) == edition_hash(two, two.editions[0])
    assert edition_hash(two, two.editions[0]) != edition_hash(two, two.editions[1])
    assert edition_hash(one, one.editions[0]) != edition_hash(book(revision(text="x")), one.editions[0])


def test_known_fingerprints_are_those_of_the_revisions() -> None:
    known = Fingerprints()
    first = revision()
    later = (revision(text="x"), replace(first, stale={"en": ("title",)}), Method(DAY, method_form(), {}))
    assert [known.of(one) for one in (first, *later)] == [fingerprint_of(one) for one in (first, *later)]
    # Those that say and score the same share theirs.
    assert known.of(later[1]) is known.of(first)
    kept = known.of(first)
    assert known.turn().of(first) is known.turn().of(first) is kept
    assert known.turn().turn().of(first) == kept


def test_an_edition_has_a_hash_as_it_reads_and_one_as_it_was_sealed() -> None:
    erratum = {"was": "Rufen", "is": "Ruft", "date": "2025-02-01", "section": "why", "language": "de", "reason": TEXT}
    plain, mended = book(revision()), book(revision(text="Ruft Sie an.", errata=(erratum,)))
    before = edition_hash(plain, plain.editions[0])
    assert EditionHashes(plain).of(plain.editions[0]) == (before, before)
    now = edition_hash(mended, mended.editions[0])
    assert EditionHashes(mended, Fingerprints()).of(mended.editions[0]) == (now, before)
    assert now != before


def test_names_hold_from_their_day() -> None:
    base = names()
    later = base.model_copy(
        update={"groups": (*base.groups, base.groups[0].model_copy(update={"id": "h", "valid_from": date(2027, 1, 1)}))}
    )
    assert names_fingerprint(base, DAY) == names_fingerprint(later, DAY)
    assert names_fingerprint(base, date(2027, 1, 1)) != names_fingerprint(later, date(2027, 1, 1))


def test_numbers_are_canonical() -> None:
    ones = [revision(weight=text).rules.weight for text in ("10", "10.0", "10.00")]
    assert len({fingerprint(revision(weight=text))["weight"] for text in ("10", "10.0", "10.00")}) == 1
    assert ones[0] == Decimal(10)
