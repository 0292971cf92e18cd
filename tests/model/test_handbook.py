from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standardwerk.model.handbook import Names, Window, named_at
from tests.factory import X, edition, handbook, measure, month, names, quick, revision, standard

FIRST = date(2026, 1, 1)
DAYS = [month("2026-01").plus(index).first_day for index in range(6)]


@quick
@given(
    st.sets(st.sampled_from(DAYS), min_size=1),
    st.sets(st.sampled_from(DAYS)),
    st.dates(date(2025, 12, 1), date(2026, 7, 1)),
)
def test_the_revision_in_force(days, retired, day):
    made = [revision([measure()], one, retired="true" if one in retired else "false") for one in sorted(days)]
    newest = max((one for one in days if one <= day), default=None)
    found = standard(made).at(day)
    assert (found and found.effective_from) == (None if newest in retired else newest)


def test_editions_and_methods_in_force():
    book = handbook([], [DAYS[0], DAYS[2]])
    assert book.edition_at(date(2025, 12, 31)) is None
    assert [str(book.edition_at(day).effective_from) for day in (DAYS[0], DAYS[1], DAYS[2])] == [
        "2026-01-01",
        "2026-01-01",
        "2026-03-01",
    ]
    assert book.method_at(date(2025, 12, 31)) is None
    assert book.method_at(DAYS[5]).effective_from == DAYS[0]
    assert edition(DAYS[1]).first_month == month("2026-02")


@quick
@given(st.lists(st.sets(st.sampled_from(DAYS), min_size=1), min_size=1, max_size=3), st.sampled_from(DAYS))
def test_what_scores_up_to_a_day_is_in_force_as_it_was(days, last):
    made = [standard([revision([measure()], day) for day in sorted(its)], f"s{n}", n) for n, its in enumerate(days, 1)]
    book = handbook(made, DAYS)
    cut = book.scoring_by(last)
    for day in DAYS:
        shown = min(day, last)
        assert cut.standards_at(day) == tuple(
            (next(each for each in cut.standards if each.id == one.id), revision)
            for one, revision in book.standards_at(shown)
        )
    assert (cut.editions, cut.methods, cut.names) == (book.editions, book.methods, book.names)


def test_standards_come_by_group_and_number():
    two_groups = Names.model_validate(
        names().model_dump()
        | {"groups": ({"id": "later", "name": X}, {"id": "g", "name": X}, {"id": "later", "name": X})}
    )
    made = [revision([measure()], FIRST)]
    standards = [
        standard(made, "c", 3),
        standard(made, "a", 9, "later"),
        standard(made, "b", 2),
        standard([], "none", 1),
    ]
    book = handbook(standards, [FIRST])
    book = type(book)(two_groups, book.editions, book.standards, book.methods)
    assert [one.id for one, _ in book.standards_at(FIRST)] == ["a", "b", "c"]
    assert two_groups.group_ids == ("later", "g")


def test_names_by_day():
    entries = Names.model_validate(
        names().model_dump()
        | {
            "product_lines": (
                {"id": "one", "name": {"de": "new"}, "valid_from": "2026-03-01"},
                {"id": "one", "name": {"de": "old"}, "valid_from": "2026-01-01"},
                {"id": "two", "name": {"de": "other"}},
            )
        }
    ).product_lines
    found = {str(day): named_at(entries, "one", day).name["de"] for day in (date(2025, 1, 1), DAYS[1], DAYS[2])}
    assert found == {"2025-01-01": "old", "2026-02-01": "old", "2026-03-01": "new"}
    assert named_at(entries, "two", DAYS[0]).name["de"] == "other"
    assert named_at(entries, "three", DAYS[0]) is None


@quick
@given(
    st.integers(0, 30), st.integers(1, 12), st.sampled_from(["month", "rolling", "year-to-date"]), st.integers(2, 24)
)
def test_where_a_window_starts(index, fiscal, kind, length):
    at = month("2024-01").plus(index)
    start = Window(kind, {"month": 1, "rolling": length, "year-to-date": 12}[kind]).start(at, fiscal)
    if kind == "year-to-date":
        assert start.number == fiscal
        assert 0 <= at - start < 12
    else:
        assert at - start + 1 == (1 if kind == "month" else length)


@pytest.mark.parametrize(
    "change",
    [
        {"where": "a > 1"},
        {"numerator": "b"},
        {"denominator": "a"},
        {"missing": "0"},
        {"by": "product_line"},
        {"unit": "number"},
        {"source": "o"},
        {"kind": "proportion"},
    ],
)
def test_what_makes_another_formula(change):
    assert measure(**change).formula != measure().formula


@pytest.mark.parametrize(
    "change", [{"numerator": " a "}, {"window": "rolling 3"}, {"decimals": "2"}, {"bands": {"met": "1", "near": "0"}}]
)
def test_what_does_not(change):
    assert measure(**change).formula == measure().formula


def test_expressions_of_a_measure_have_names():
    made = measure(where="a > 1", minimum_n={"count": "b", "value": "1"})
    assert [name for name, _ in made.expressions] == ["where", "numerator", "denominator", "minimum_n"]
    assert (made.judged, measure(role="info").judged, made.shown_as_percent) == (True, False, True)
