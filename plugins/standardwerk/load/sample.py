"""``sample.yml``: the invented person of the sample scorecard."""

from __future__ import annotations

from standardwerk.diagnostics import Diagnostics
from standardwerk.load.files import Folder, listing, suggest
from standardwerk.load.forms import LanguageCheck, Sound, load_sound
from standardwerk.load.yaml import Path
from standardwerk.model.fields import EXPECTED
from standardwerk.model.months import Month
from standardwerk.model.names import Names
from standardwerk.model.roster import Roster
from standardwerk.model.sample import Sample, read_cell
from standardwerk.model.sources import ColumnForm, Source, Sources

SAMPLE_FILE = "sample.yml"
_STAND_IN = {"name": "", "role": "none", "team": "", "lead": "", "rows": {}}
#: The shortest month: a day that is there in each.
_FEBRUARY = Month.parse("2023-02")
_EXPECTED = {"integer": "integer", "number": "number", "date": "day"}


def load_sample(
    folder: Folder, names: Names, languages: LanguageCheck, diagnostics: Diagnostics
) -> Sound[Sample] | None:
    """The sample as far as it is sound; None if there is no such file."""
    if not folder.exists(SAMPLE_FILE):
        return None
    sound = load_sound(folder, SAMPLE_FILE, Sample, diagnostics, _STAND_IN)
    languages.check(sound)
    roles = list(dict.fromkeys(role.id for role in names.roles if role.scorecard))
    _check_known(sound, ("role",), sound.value.role, roles, diagnostics, "role")
    for index, line in enumerate(sound.value.product_lines):
        _check_known(sound, ("product_lines", index), line, list(names.line_ids), diagnostics, "product line")
    return sound


def check_sample(sound: Sound[Sample], sources: Sources, roster: Roster, diagnostics: Diagnostics) -> None:
    """Check the rows against the contract, and the name against the roster."""
    sample = sound.value
    people = {row.name.casefold() for person in roster.people.values() for row in person.rows}
    for path in (("name",), ("lead",)):
        if getattr(sample, path[0]).casefold() in people:
            diagnostics.add("SW232", sound.document.place(path))
    for name, rows in sample.rows.items():
        if diagnostics.doubts("source", name):
            continue
        if name not in sources.sources:
            known = list(sources.sources)
            place = sound.document.place(("rows", name), key=True)
            diagnostics.add("SW113", place, value=name, known=listing(known), **suggest(name, known))
            continue
        for index, row in enumerate(rows):
            for column, cells in row.items():
                _check_column(sound, ("rows", name, index, column), sources[name], column, cells, diagnostics)


def _check_column(
    sound: Sound[Sample], path: Path, source: Source, column: str, cells: tuple[str, ...], diagnostics: Diagnostics
) -> None:
    known = [name for name in source.columns if name != "rep"]
    if column not in known:
        place = sound.document.place(path, key=True)
        diagnostics.add("SW113", place, value=column, known=listing(known), **suggest(column, known))
        return
    if column == "product_line":
        for cell in cells:
            _check_known(sound, path, cell, list(sound.value.product_lines), diagnostics, "product line")
        return
    form = source.form.columns.get(column)
    for index, cell in enumerate(cells if form is not None else ()):
        assert form is not None
        _check_cell(sound, (*path, index) if len(cells) > 1 else path, form, cell, diagnostics)


def _check_cell(sound: Sound[Sample], path: Path, form: ColumnForm, cell: str, diagnostics: Diagnostics) -> None:
    place = sound.document.place(path)
    try:
        value = read_cell(form.type, cell, _FEBRUARY)
    except ValueError:
        diagnostics.add("SW106", place, value=f"“{cell}”", expected=EXPECTED[_EXPECTED[form.type]])
        return
    for limit, code in ((form.minimum, "low"), (form.maximum, "high")):
        beyond = limit is not None and value is not None and (value < limit if code == "low" else value > limit)  # type: ignore[operator]
        if beyond:
            low, high = (str(one) if one is not None else "∞" for one in (form.minimum, form.maximum))
            diagnostics.add("SW106", place, value=f"“{cell}”", expected=EXPECTED["range"], low=low, high=high)


def _check_known(
    sound: Sound[Sample], path: Path, value: str, known: list[str], diagnostics: Diagnostics, kind: str
) -> None:
    if value in known or diagnostics.doubts(kind) or sound.lost_at(*map(str, path[:1])):
        return
    diagnostics.add("SW113", sound.document.place(path), value=value, known=listing(known), **suggest(value, known))
