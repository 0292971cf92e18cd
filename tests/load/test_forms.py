"""Each kind of fault pydantic can find, as a diagnostic at its place."""

from __future__ import annotations

from typing import Annotated

import pytest
from pydantic import BaseModel

from standardwerk.diagnostics import Diagnostics, Place
from standardwerk.load.forms import LanguageCheck, Sound, check_ids, validate
from standardwerk.load.yaml import read
from standardwerk.model.fields import (
    Boolean,
    Date,
    Form,
    Id,
    Integer,
    LocalText,
    MonthField,
    Number,
    Text,
    one_of,
    within,
)
from standardwerk.model.handbook import Bands, Measure, MinimumN


class Inner(Form):
    name: Text
    size: Integer = 0


class Sample(Form):
    text: Text = ""
    id: Id = "x"
    integer: Integer = 0
    number: Number | None = None
    boolean: Boolean = False
    date: Date | None = None
    month: MonthField | None = None
    choice: Annotated[Text, one_of("a", "b")] = "a"
    range: Annotated[Integer, within(1, 3)] = 1
    names: tuple[Text, ...] = ()
    inner: Inner | None = None
    many: tuple[Inner, ...] = ()
    local: LocalText | None = None
    bands: Bands | None = None
    minimum_n: MinimumN | None = None


def faults(text: str, form: type[BaseModel] = Sample) -> list[str]:
    found = Diagnostics()
    document = read(text, "f", found)
    value = validate(form, document, found)
    assert (value is None) is bool(len(found))
    return [f"{one.code.code} {one.place.line}:{one.place.column}" for one in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("text: no", []),
        ("text:", ["SW106 1:6"]),
        ("text: [a]", ["SW106 1:7"]),
        ("id: A", ["SW111 1:5"]),
        ("id: con", ["SW111 1:5"]),
        ("integer: 1.0", ["SW106 1:10"]),
        ("integer: 1e3", ["SW106 1:10"]),
        ("integer: -12", []),
        ("number: 0.5", []),
        ("number: 1,5", ["SW106 1:9"]),
        ("number: .5", ["SW106 1:9"]),
        ("boolean: yes", ["SW106 1:10"]),
        ("boolean: true", []),
        ("date: 2026-02-30", ["SW106 1:7"]),
        ("date: 1.2.2026", ["SW106 1:7"]),
        ("month: 2026-13", ["SW106 1:8"]),
        ("month: 2026-3", ["SW106 1:8"]),
        ("choice: c", ["SW106 1:9"]),
        ("range: 0", ["SW106 1:8"]),
        ("range: 4", ["SW106 1:8"]),
        ("names: a", ["SW106 1:8"]),
        ("names: [a, [b]]", ["SW106 1:12"]),
        ("inner: a", ["SW106 1:8"]),
        ("inner: {size: 1}", ["SW104 1:8"]),
        ("inner: {name: a, nmae: b}", ["SW105 1:18"]),
        ("many:\n  - {name: a}\n  - {name: b, size: x}", ["SW106 3:21"]),
        ("local: x", ["SW106 1:8"]),
        ("local: {de: [x]}", ["SW106 1:13"]),
        ("bands: {met: 1}", ["SW104 1:8"]),
        ("bands: {met: [1, 2, 3], near: x}", ["SW106 1:14", "SW106 1:31"]),
        ("minimum_n: {count: 'a +', value: 1}", ["SW208 1:23"]),
        ("minimum_n: {count: [a], value: 1}", ["SW106 1:20"]),
        ("unknown: 1\ntext: a", ["SW105 1:1"]),
        ("- a", ["SW106 1:1"]),
        ("text: [a]\ninteger: b\nunknown: c", ["SW106 1:7", "SW106 2:10", "SW105 3:1"]),
    ],
)
def test_faults_and_places(text, expected):
    assert faults(text) == expected


MEASURE = "id: m\ntitle: {de: x}\nrole: main\nkind: ratio\nsource: s\nnumerator: a\ndenominator: b\nbetter: higher\n"


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("bands: {met: 2, near: 1}", []),
        ("", ["SW206 1:1"]),
        ("bands: {met: 1, near: 2}", ["SW207 9:8"]),
        ("bands: {met: [1, 2], near: [0, 3]}", ["SW207 9:8"]),
        ("bands: {met: 2, near: 1}\ngroup: a", ["SW205 10:1"]),
        ("bands: {met: 2, near: 1}\nvalue: a", ["SW205 10:1"]),
        ("bands: {met: 2, near: 1}\nwindow: rolling 61", ["SW106 10:9"]),
        ("bands: {met: 2, near: 1}\nmissing: 1", ["SW106 10:10"]),
        ("bands: {met: 2, near: 1}\nwhere: a ==", ["SW208 10:12"]),
    ],
)
def test_measures(more, expected):
    assert faults(MEASURE + more, Measure) == expected


def test_a_hint_names_what_was_meant():
    found = Diagnostics()
    validate(Sample, read("inner: {name: a, siez: 1}", "f", found), found)
    (one,) = found
    assert one.values == {
        "key": "siez",
        "known": "name, size",
        "hint": " Did you mean “{suggestion}”?",
        "suggestion": "size",
    }


def test_texts_need_exactly_the_languages():
    found = Diagnostics()
    document = read("local: {de: x, fr: y}\nmany:\n  - {name: a}", "f", found)
    LanguageCheck(("de", "en"), found).check(Sound(validate(Sample, document, found), document))
    assert [f"{one.code.code} {one.place} {one.values['language']}" for one in found] == [
        "SW109 f:1:8 en",
        "SW110 f:1:16 fr",
    ]


def test_ids_stand_once_whatever_their_case():
    found = Diagnostics()
    check_ids([(name, Place("f", line)) for line, name in enumerate(("a", "b", "A", "a"), 1)], found)
    assert [f"{one.code.code} {one.place}" for one in found] == ["SW111 f:3", "SW112 f:3", "SW112 f:4"]
