"""Names and words stand where one looks for them."""

from __future__ import annotations

from standardwerk.site.sorting import sort_name, sort_words


def test_names_by_the_last_one_whatever_marks_its_letters_have() -> None:
    names = [
        "Fenja Frey",
        "Cem Çelik",
        "Zoë Ødegård",
        "Änne Ahlfeld",
        "Jan Ożóg",
        "Dora Diehl",
        "Uwe Öhler",
        "Jo Strauß",
        "Al Strausz",
    ]
    assert sorted(names, key=sort_name) == [
        "Änne Ahlfeld", "Cem Çelik", "Dora Diehl", "Fenja Frey", "Zoë Ødegård", "Uwe Öhler", "Jan Ożóg", "Jo Strauß",
        "Al Strausz",
    ]  # fmt: skip
    assert sort_name("") == ""


def test_a_mark_may_be_written_by_itself() -> None:
    assert sort_words("O\u0308lba\u0308umer") == sort_words("Ölbäumer") == "olbaumer"
