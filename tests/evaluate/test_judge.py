from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standardwerk.evaluate.judge import gap, verdict, within
from standardwerk.model.handbook import Bands
from standardwerk.model.scores import State
from tests.factory import measure, quick


def judge(better: str, met: object, near: object, value: str, interval: tuple[str, str] | None = None) -> str:
    bands = Bands.model_validate({"met": met, "near": near})
    reach = None if interval is None else (Decimal(interval[0]), Decimal(interval[1]))
    return verdict(Decimal(value), *bands.limits(better), reach).value


@pytest.mark.parametrize(
    ("better", "met", "near", "expected"),
    [
        ("higher", "80", "60", {"59.9": "missed", "60": "near", "79.9": "near", "80": "met", "200": "met"}),
        ("lower", "5", "10", {"-3": "met", "5": "met", "5.1": "near", "10": "near", "10.1": "missed"}),
        (
            "range",
            ["-20", "20"],
            ["-40", "30"],
            {"-41": "missed", "-40": "near", "-20": "met", "20": "met", "21": "near", "30": "near", "31": "missed"},
        ),
        ("higher", "1", "1", {"0.9": "missed", "1": "met"}),
    ],
)
def test_edges(better, met, near, expected):
    assert {value: judge(better, met, near, value) for value in expected} == expected


@pytest.mark.parametrize(
    ("better", "value", "interval", "expected"),
    [
        ("higher", "70", ("55", "79.9"), "near"),
        ("higher", "70", ("55", "80"), "not_certain"),
        ("higher", "50", ("40", "59"), "missed"),
        ("higher", "50", ("40", "60"), "not_certain"),
        ("higher", "50", ("40", "90"), "not_certain"),
        ("higher", "85", ("40", "90"), "met"),
        ("lower", "90", ("80", "95"), "not_certain"),
        ("lower", "90", ("80.1", "95"), "near"),
        ("lower", "101", ("100.1", "110"), "missed"),
        ("lower", "101", ("100", "110"), "not_certain"),
    ],
)
def test_not_certain(better, value, interval, expected):
    met, near = ("80", "60") if better == "higher" else ("80", "100")
    assert judge(better, met, near, value, interval) == expected


def test_an_interval_that_reaches_into_a_range():
    limits = ("range", ["-20", "20"], ["-40", "40"])
    assert judge(*limits, "30", ("19", "45")) == "not_certain"
    assert judge(*limits, "30", ("21", "45")) == "near"
    assert judge(*limits, "-50", ("-60", "-40")) == "not_certain"


values = st.decimals(-100, 100, places=1)


@quick
@given(values, values, values, values, values)
def test_a_range_against_distances(value, centre, inner, more, _):
    inner, more = abs(inner), abs(more)
    met, near = (centre - inner, centre + inner), (centre - inner - more, centre + inner + more)
    away = abs(value - centre)
    expected = State.MET if away <= inner else State.NEAR if away <= inner + more else State.MISSED
    assert verdict(value, met, near) is expected
    assert within(value, met) is (away <= inner)


@quick
@given(values, values.filter(bool), st.booleans())
def test_the_gap_is_the_share_of_the_limit(value, limit, higher):
    found = gap(value, (limit, None) if higher else (None, limit))
    expected = Fraction(limit - value if higher else value - limit) / abs(Fraction(limit))
    assert abs(Fraction(found) - expected) < Fraction(1, 10**20)


def test_gaps_by_hand():
    assert gap(Decimal(-3), (Decimal(0), None)) == 3
    assert gap(Decimal(25), (Decimal(-20), Decimal(20))) == Decimal("0.25")
    assert gap(Decimal(5), (None, None)) == 0


def test_bands_of_a_measure_are_in_the_displayed_unit():
    assert measure(bands={"met": "85", "near": "70"}).bands.limits("higher") == (
        (Decimal(85), None),
        (Decimal(70), None),
    )
