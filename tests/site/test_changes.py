"""What changed between editions: measures, rules, runs, roles."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from standardwerk.model.handbook import (
    Handbook,
    Method,
    MethodForm,
    Names,
    PageForm,
    PageRevision,
    PageRevisionForm,
    RevisedPage,
    Revision,
    RevisionForm,
    Section,
    Wording,
)
from standardwerk.site.changes import compare, compare_wording
from standardwerk.site.wording_changes import paragraphs
from tests.factory import X, edition, measure, standard

ONE, TWO, THREE = date(2025, 1, 1), date(2025, 7, 1), date(2026, 1, 1)
NAMES = {
    "title": X,
    "organisation": "O",
    "languages": {"de": {"name": "Deutsch", "locale": "de_DE"}},
    "groups": ({"id": "g", "name": X},),
    "roles": (
        {"id": "rep", "name": X},
        {"id": "lead", "name": X, "scorecard": "false"},
        {"id": "inside", "name": {"de": "Innendienst"}},
    ),
}


def revision(day: date, *measures: Any, text: str = "Text.", run: date | None = None, **rules: Any) -> Revision:
    form = RevisionForm.model_validate({"reason": {"de": f"Grund {day}"}, "measures": measures, **rules})
    wording = Wording("f", "Titel", "", (Section("why", "Warum", text, 3), Section("good", "Gut", "Immer.", 5)))
    starts = {one.id: run or day for one in form.measures}
    return Revision(day, form, {} if form.retired else {"de": wording}, starts)


def book(*standards: Any, **method: Any) -> Handbook:
    form = MethodForm.model_validate({"reason": X})
    methods = [Method(ONE, form, {"de": Wording("m", "Methode", "", ())})]
    if method:
        methods.append(Method(THREE, MethodForm.model_validate({"reason": X, **method}), methods[0].wording))
    editions = (edition(ONE, "1"), edition(TWO, "2"), edition(THREE, "3"))
    return Handbook(Names.model_validate(NAMES), editions, standards, tuple(methods))


def found(handbook: Handbook, one: int = 0, other: int = 2) -> Any:
    return compare(handbook, handbook.editions[one], handbook.editions[other], "de", paragraphs)


def test_new_revised_retired_and_unchanged() -> None:
    handbook = book(
        standard([revision(ONE, measure())], "stays", 1),
        standard([revision(ONE, measure()), revision(TWO, measure(), text="Neuer Text.", run=ONE)], "revised", 2),
        standard([revision(ONE, measure()), revision(THREE, retired="true")], "ends", 3),
        standard([revision(TWO, measure())], "begins", 4),
    )
    changes = found(handbook)
    assert [(one.standard.id, one.kind) for one in changes.standards] == [
        ("revised", "revised"),
        ("ends", "retired"),
        ("begins", "new"),
    ]
    assert [(one.standard.id, one.kind) for one in found(handbook, 1, 2).standards] == [("ends", "retired")]
    revised = changes.standards[0]
    assert not revised.scored
    assert [(text.id, text.change) for text in revised.texts] == [("why", "revised"), ("good", "same")]
    # The order in which the two are named does not matter.
    assert found(handbook, 2, 0) == changes


def test_reasons_of_all_revisions_between() -> None:
    revisions = [revision(ONE, measure()), revision(TWO, measure()), revision(THREE, measure())]
    changes = found(book(standard(revisions)))
    assert [(one.edition.label, one.text["de"]) for one in changes.standards[0].reasons] == [
        ("2", f"Grund {TWO}"),
        ("3", f"Grund {THREE}"),
    ]


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        ({"bands": {"met": "90", "near": "60"}}, {"met"}),
        ({"bands": {"met": "90", "near": "70"}}, {"met", "near"}),
        ({"window": "rolling 3"}, {"window"}),
        ({"numerator": "a + 1"}, {"formula"}),
        ({"numerator": "( a )"}, set()),
        ({"minimum_n": "10"}, {"minimum_n"}),
        ({"ramp": "false"}, {"ramp"}),
        ({"is_target": "true"}, {"is_target"}),
        ({"title": {"de": "Neu"}}, {"title"}),
        ({"better": "lower", "bands": {"met": "10", "near": "20"}}, {"better", "met", "near"}),
    ],
)
def test_fields_of_a_measure(given: dict[str, Any], fields: set[str]) -> None:
    changes = found(book(standard([revision(ONE, measure()), revision(TWO, measure(**given), run=ONE)])))
    (change,) = changes.standards
    told = {each.field for one in change.measures for each in one.fields}
    assert told == fields
    assert change.scored == bool(fields - {"title"})


def test_a_measure_comes_and_another_goes() -> None:
    second = measure(id="s", role="second")
    changes = found(book(standard([revision(ONE, measure(), second), revision(TWO, measure(), measure(id="t"))])))
    kinds = {one.measure.id: (one.old is None, one.new is None) for one in changes.standards[0].measures}
    assert kinds == {"m": (False, False), "t": (True, False), "s": (False, True)}


def test_whether_the_window_starts_again() -> None:
    window = {"window": "rolling 6", "bands": {"met": "90", "near": "60"}}
    before = revision(ONE, measure(window="rolling 6"))
    carried = found(book(standard([before, revision(TWO, measure(**window), run=ONE)]))).standards[0].measures[0]
    assert (carried.restart, carried.carried) == (None, True)
    again = found(book(standard([before, revision(TWO, measure(**window))]))).standards[0].measures[0]
    assert (again.restart, again.carried) == (TWO, False)
    # A restart is told even where nothing else of the measure changed: the CRM counts by another rule.
    rules = revision(TWO, measure(window="rolling 6"), export_rules={"stale_days": "30"})
    silent = found(book(standard([before, rules]))).standards[0]
    assert [(one.fields, one.restart) for one in silent.measures] == [((), TWO)]
    assert [(one.field, one.old, one.new) for one in silent.rules] == [("export_rules.stale_days", None, "30")]


def test_by_role() -> None:
    handbook = book(
        standard([revision(ONE, measure()), revision(TWO, measure(window="rolling 3"))], "all", 1),
        standard([revision(ONE, measure(), roles=("rep",)), revision(TWO, measure(), roles=("inside",))], "some", 2),
    )
    by_role = {one.role.id: [change.standard.id for change in one.changes] for one in found(handbook).roles}
    # Whoever it no longer applies to is told as well.
    assert by_role == {"rep": ["all", "some"], "lead": [], "inside": ["all", "some"]}


def test_method() -> None:
    assert found(book(standard([revision(ONE, measure())]))).method is None
    change = found(book(standard([revision(ONE, measure())]), minimum_group="7")).method
    assert [(one.field, one.old, one.new) for one in change.rules] == [("minimum_group", 5, 7)]


def page(*revisions: tuple[date, str], name: str = "rules") -> RevisedPage:
    made = []
    for day, text in revisions:
        form = PageRevisionForm.model_validate(
            {"reason": {"de": f"Grund {day}"}, "retired": "false" if text else "true"}
        )
        wording = Wording("p", "Regeln", "", (Section("who", "Wer", text, 3),))
        made.append(PageRevision(day, form, {"de": wording} if text else {}))
    return RevisedPage(name, PageForm(), tuple(made))


def test_hand_written_pages() -> None:
    handbook = book(standard([revision(ONE, measure())]))
    pages = (
        page((ONE, "Alle."), (TWO, "Alle, immer."), name="revised"),
        page((THREE, "Neu."), name="begins"),
        page((ONE, "Alt."), (THREE, ""), name="ends"),
        page((ONE, "Bleibt."), name="stays"),
    )
    changes = found(replace(handbook, revised_pages=pages))
    assert [(one.name, one.kind) for one in changes.pages] == [
        ("begins", "new"),
        ("ends", "retired"),
        ("revised", "revised"),
    ]
    revised = changes.pages[-1]
    assert [one.edition.label for one in revised.reasons] == ["2"]
    assert [(text.id, text.change) for text in revised.texts] == [("who", "revised")]
    assert [(one.name, one.kind) for one in found(replace(handbook, revised_pages=pages), 1, 2).pages] == [
        ("begins", "new"),
        ("ends", "retired"),
    ]


def test_sections_that_came_and_went() -> None:
    before = Wording("f", "T", "", (Section("a", "A", "x", 1), Section("b", "B", "x", 1), Section("c", "C", "x", 1)))
    new = (Section("a", "A", "**x**", 1), Section("c", "C!", "x", 1), Section("d", "D", "y", 1))
    after = Wording("f", "T", "", new)
    texts = compare_wording(before, after, lambda text: paragraphs(text.replace("*", "")))
    assert [(one.id, one.change) for one in texts] == [
        ("a", "layout"),
        ("b", "deleted"),
        ("c", "revised"),
        ("d", "inserted"),
    ]
