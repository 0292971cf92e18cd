"""A person is cut out of a file; every byte of other people's rows stays."""

from __future__ import annotations

import pytest

from standardwerk.operations.cutting import Columns, Traces, cut_names, cut_table, mentions

ANN = Traces(frozenset({"ann-a", "Änn Able", "ann.able"}), frozenset({"4711"}))
COLUMNS = Columns(frozenset({"rep", "mitarbeiter"}), frozenset({"nummer"}))


def cut(text: str, *, encoding: str = "utf-8", empty: bool = False, whole_rows: bool = True) -> tuple[str, int, int]:
    found = cut_table(text.encode(encoding), ANN, COLUMNS, empty=empty, whole_rows=whole_rows)
    return found.data.decode(encoding), found.rows, found.cells


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_her_rows_go_and_others_stay_as_they_are(encoding, end):
    rows = ["Mitarbeiter;Wert", "bob; 1,0 ", "ann-a;2", ' Änn Able ;"3', '4"', "", "bob;'=x"]
    text, gone, _ = cut(end.join(rows), encoding=encoding)
    assert (text, gone) == (end.join(["Mitarbeiter;Wert", "bob; 1,0 ", "", "bob;'=x"]), 2)


def test_a_file_without_her_is_not_touched():
    data = b'rep,x\r\nbob,"1"\r\n'
    assert cut_table(data, ANN, COLUMNS, empty=False).data is data


def test_in_rows_of_others_her_name_is_replaced():
    text = "rep;rater;n\nbob;ANN-A;1\ncar;bob;2\ndan;ann.able;3\n"
    assert cut(text) == ("rep;rater;n\nbob;erased;1\ncar;bob;2\ndan;erased-2;3\n", 0, 2)
    assert cut(text, empty=True)[0] == "rep;rater;n\nbob;;1\ncar;bob;2\ndan;;3\n"
    # Whoever was erased before is somebody else.
    assert cut("rep;rater\nbob;erased\nbob;ann-a\n")[0] == "rep;rater\nbob;erased\nbob;erased-2\n"


def test_a_number_of_staff_counts_only_in_its_column():
    assert cut("Nummer;Mitarbeiter;Stück\n4711;bob;4711\n") == ("Nummer;Mitarbeiter;Stück\nerased;bob;4711\n", 0, 1)
    columns = Columns(frozenset({"nummer"}), frozenset({"nummer"}))
    found = cut_table("Nummer;Stück\n4711;1\n0815;4711\n".encode(), ANN, columns, empty=False)
    assert found.data.decode() == "Nummer;Stück\n0815;4711\n"


def test_without_a_column_of_people_her_row_goes_unless_rows_are_others():
    assert cut("Export vom 1.1.\nname;key\nÄnn Able;7\nBob;8\n")[0] == "Export vom 1.1.\nname;key\nBob;8\n"
    assert cut("team;lead\nnorth;ann-a\n", empty=True, whole_rows=False)[0] == "team;lead\nnorth;\n"


def test_a_longer_name_is_somebody_else():
    assert cut("rep;x\nann-ab;1\nxann-a;2\n") == ("rep;x\nann-ab;1\nxann-a;2\n", 0, 0)
    assert mentions(b"ann-ab and xann-a, ann-a-b", ANN) == []
    assert mentions("one\nmit Ann-A.\nÄNN ABLE\n".encode("cp1252"), ANN) == [2, 3]


def test_lists_of_yaml_lose_their_entry():
    text = "named: [ann-a, bob]  # who\nlogins:\n  - 'ann.able'\n  - bob\nname: ann-a\n"
    assert cut_names(text, ANN) == ("named: [bob]  # who\nlogins:\n  - bob\nname: ann-a\n", 2)


def test_nobody_is_named_nowhere():
    assert mentions(b"anything", Traces(frozenset({""}))) == []
