"""Tables that say what stands for the texts of a column: numbers of staff for reps, articles for product lines."""

from __future__ import annotations

from collections.abc import Mapping

from standardwerk.diagnostics import Diagnostics, Place
from standardwerk.load.cells import text_of
from standardwerk.load.files import Folder, listing, suggest
from standardwerk.load.headers import Contract
from standardwerk.load.raw import read_raw
from standardwerk.load.yaml import Document
from standardwerk.model.sources import ColumnForm, Dialect, Lookup, LookupForm


class LookupTables:
    """The tables of a scorecards folder, each read once. They are written as the roster files are."""

    def __init__(self, folder: Folder, dialect: Dialect, diagnostics: Diagnostics) -> None:
        self.folder = folder
        self.dialect = dialect
        self.diagnostics = diagnostics
        self._found: dict[tuple[str, str, str], Lookup | None] = {}

    def of(
        self, columns: Mapping[str, ColumnForm], document: Document, path: tuple[str | int, ...]
    ) -> dict[str, Lookup]:
        """What is put for texts, by column. ``path`` leads to the columns in ``sources.yml``."""
        found: dict[str, Lookup] = {}
        for name, form in columns.items():
            if form.lookup is not None:
                lookup = self._read(form.lookup, document.place((*path, name, "lookup", "file")))
                if lookup is not None:
                    found[name] = lookup
            elif form.values is not None:
                found[name] = Lookup(dict(form.values))
        return found

    def _read(self, form: LookupForm, place: Place) -> Lookup | None:
        if form.file.startswith(".") or "/" in form.file or "\\" in form.file or not self.folder.exists(form.file):
            known = [name for name in self.folder.files() if name.endswith(".csv")]
            self.diagnostics.add("SW113", place, value=form.file, known=listing(known), **suggest(form.file, known))
            return None
        key = (form.file, form.find, form.take)
        if key not in self._found:
            self._found[key] = self._make(form)
        return self._found[key]

    def _make(self, form: LookupForm) -> Lookup | None:
        file = self.folder.name(form.file)
        columns = {name: ColumnForm(type="string") for name in (form.find, form.take)}
        contract = Contract(columns, (), self.dialect, any_header=True)
        before = len(self.diagnostics)
        data = self.folder.read(form.file)
        table = None if data is None else read_raw(data, file, contract, self.diagnostics)
        if table is None:
            return None
        cells, places = table.columns(), table.header.places
        values: dict[str, str] = {}
        lines: dict[str, int] = {}
        for found, taken, line in zip(cells[places[form.find]], cells[places[form.take]], table.lines, strict=True):
            text, meaning = text_of(found), text_of(taken)
            if text and values.setdefault(text, meaning) != meaning:
                # A person may have several rows in the roster; then all say the same.
                self.diagnostics.add("SW311", Place(file, line, places[form.find] + 1), key=text, line=lines[text])
            lines.setdefault(text, line)
        if len(self.diagnostics) > before:
            return None
        return Lookup({text: meaning for text, meaning in values.items() if meaning}, form.file)
