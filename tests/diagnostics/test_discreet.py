from __future__ import annotations

from standardwerk.diagnostics import Diagnostics, Place, discreet


def test_what_comes_from_rows_is_hidden_and_the_place_stays():
    found = Diagnostics()
    found.add(
        "SW312",
        Place("people/2026-01/crm.csv", 4, 2),
        rep="ann",
        hint=" Did you mean “{suggestion}”?",
        suggestion="anne",
    )
    found.add("SW309", Place("people/2026-01/crm.csv", 5, 3), column="done", value="7", maximum="5")
    found.add("SW225", Place("people/notes/2026-01/ann.txt"))
    found.add("SW113", Place("standards/handbook.yml", 1, 1), value="x", known="a, b", hint="")
    found.add("SW225", Place("people.md"))
    told = discreet(found, "people")
    assert [(one.code.code, str(one.place), dict(one.values)) for one in told] == [
        ("SW225", "people.md", {}),
        ("SW312", "people/2026-01/crm.csv:4:2", {"rep": "…", "hint": "", "suggestion": "…"}),
        ("SW309", "people/2026-01/crm.csv:5:3", {"column": "done", "value": "…", "maximum": "…"}),
        ("SW225", "people/notes/2026-01/…", {}),
        ("SW113", "standards/handbook.yml:1:1", {"value": "x", "known": "a, b", "hint": ""}),
    ]
