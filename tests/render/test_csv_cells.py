"""Cells of the exported CSV, read back by the standard library's reader."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standardwerk.render.data import csv_cell, safe_cell

TEXTS = st.text(st.sampled_from(";\"'\r\n\t =+-@ab1.ä")) | st.text(
    st.characters(exclude_characters="\0", codec="utf-8")
)


@given(st.lists(TEXTS, min_size=2, max_size=4))
def test_a_cell_is_read_as_it_was_meant(texts: list[str]) -> None:
    line = ";".join(map(csv_cell, texts)) + "\r\n"
    (row,) = csv.reader(io.StringIO(line, newline=""), delimiter=";")
    assert row == [safe_cell(text) for text in texts]


@pytest.mark.parametrize(
    ("text", "cell"),
    [("=1+1", "'=1+1"), ("-5.3", "-5.3"), ("-a", "'-a"), ("a;b", '"a;b"'), ('a"b', '"a""b"'), ("", "")],
)
def test_cells(text: str, cell: str) -> None:
    assert csv_cell(text) == cell
