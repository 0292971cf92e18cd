from __future__ import annotations

import re
from string import Formatter

import pytest

from standardwerk.diagnostics import CODES, Code, Diagnostics, Place, Severity
from standardwerk.diagnostics.codes import table


def test_places():
    assert [str(Place(*one)) for one in (("f",), ("f", 3), ("f", 3, 4), ("f", 0, 4))] == ["f", "f:3", "f:3:4", "f"]


def test_diagnostics_come_in_the_order_of_their_places_and_once():
    found = Diagnostics()
    for file, line in (("b", 1), ("a", 10), ("a", 9), ("a", 9), ("a", 0)):
        found.add("SW301", Place(file, line))
    found.add("SW112", Place("a", 9), value=3)
    found.add("SW112", Place("a", 9), value="3")
    found.add("SW112", Place("a", 9), value=4)
    assert [(one.code.code, str(one.place)) for one in found] == [
        ("SW301", "a"),
        ("SW112", "a:9"),
        ("SW112", "a:9"),
        ("SW301", "a:9"),
        ("SW301", "a:10"),
        ("SW301", "b:1"),
    ]
    assert len(found) == 6


def test_severities():
    found = Diagnostics()
    for code in ("SW301", "SW320", "SW317"):
        found.add(code, Place("f"))
    assert [one.code.code for one in found.errors] == ["SW301"]
    assert [one.code.code for one in found.warnings] == ["SW320"]
    assert {one.severity for one in CODES.values()} == set(Severity)


def test_parts_of_a_run_are_put_together():
    one, two = Diagnostics(), Diagnostics()
    one.add("SW301", Place("f"))
    two.add("SW301", Place("f"))
    two.add("SW112", Place("f"), value="x")
    one.extend(two)
    assert [(each.code.code, dict(each.values)) for each in one] == [("SW112", {"value": "x"}), ("SW301", {})]


def test_errors_below_a_folder_become_warnings():
    found = Diagnostics()
    for code, file in (("SW301", "s/2026-01/a.csv"), ("SW317", "s/2026-01/b.csv"), ("SW301", "s/2026-010/a.csv")):
        found.add(code, Place(file))
    assert found.soften("s/2026-01/", held="2026-01") == 1
    assert [(one.place.file, one.code.severity, dict(one.values)) for one in found] == [
        ("s/2026-01/a.csv", Severity.WARNING, {"held": "2026-01"}),
        ("s/2026-01/b.csv", Severity.NOTE, {}),
        ("s/2026-010/a.csv", Severity.ERROR, {}),
    ]
    other = Diagnostics()
    other.extend(found)
    assert [one.code.severity for one in other] == [one.code.severity for one in found]


def test_an_unknown_code_cannot_be_given():
    with pytest.raises(KeyError):
        Diagnostics().add("SW000", Place("f"))


def test_a_code_stands_once_in_the_table():
    one = Code("SW1", Severity.ERROR, "a", "b", "c")
    with pytest.raises(ValueError, match="SW1"):
        table([one, one])


@pytest.mark.parametrize("code", CODES.values(), ids=lambda code: code.code)
def test_texts_are_sentences_with_named_fields(code):
    assert re.fullmatch(r"SW[1-9]\d\d", code.code)
    assert code.what.removesuffix("{hint}").endswith((".", "{problem}"))
    names = [name for text in (code.what, code.cure) for _, name, _, _ in Formatter().parse(text) if name is not None]
    assert all(name.isidentifier() for name in names)
