"""What an import understood, would reject and changes, as text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from standardwerk.load.cells import date_order
from standardwerk.load.exports import Basis, Export
from standardwerk.load.raw import RawTable
from standardwerk.model.imports import Differences
from standardwerk.model.months import Month
from standardwerk.model.project import Row
from standardwerk.model.sources import AUTO, Source
from standardwerk.render.formats import Formats
from standardwerk.render.report import aligned, printable, report_lines
from standardwerk.render.texts import Texts

#: Rows of a file that are shown.
_FIRST = 3
#: Rows of a difference that are shown of each kind.
_MOST = 50
_WIDEST = 28
#: Characters of a line behind its label.
_LINE = 96
_BETWEEN = " · "
#: By decimal mark: how a number is written with it.
NOTATION = {",": "1.234,56", ".": "1,234.56"}


def written_as(texts: Texts, encoding: str, delimiter: str) -> str:
    """Encoding and delimiter of a CSV in words."""
    if delimiter == "tab":
        return texts.gettext("{encoding}, separated by tabs", encoding=encoding.upper())
    return texts.gettext("{encoding}, separated by “{mark}”", encoding=encoding.upper(), mark=delimiter)


class ImportReport:
    """The texts of an import in the reader's language."""

    def __init__(self, basis: Basis, texts: Texts) -> None:
        names = basis.handbook.names
        language = names.languages.get(texts.language)
        self.basis = basis
        self.texts = texts
        self.language = texts.language if language is not None else next(iter(names.languages))
        self.formats = Formats(language.locale if language is not None else texts.language, names.currency, texts)
        self._ = texts.gettext

    # A file as it was understood

    def understood(self, export: Export) -> Iterator[str]:
        """How a file was read, what it holds, and what of it would be rejected."""
        yield from map(printable, self._file(export))
        found = list(export.found)
        if found:
            yield ""
            yield from report_lines(self.texts, found)
        rejected = self.rejected_lines(export)
        if export.raw is not None and export.found.errors:
            yield self.texts.ngettext("{count} row would be rejected.", "{count} rows would be rejected.", rejected)

    @staticmethod
    def rejected_lines(export: Export) -> int:
        """How many rows have a fault."""
        return len({one.place.line for one in export.found.errors if one.place.line})

    def _file(self, export: Export) -> Iterator[str]:
        source = export.source
        yield f"{export.file} → {self._title(source)} ({source.name})"
        if export.raw is None:
            return
        entries = [(label, parts) for label, parts in self._entries(export) if any(parts)]
        width = max(len(label) for label, _parts in entries)
        for label, parts in entries:
            for index, line in enumerate(_folded(parts)):
                yield f"  {'' if index else label:{width}}  {line}"
        first = next((rows for rows in export.rows.values() if rows), ())
        if first:
            yield ""
            yield from self._rows(source, first)

    def _entries(self, export: Export) -> Iterator[tuple[str, Sequence[str]]]:
        raw, source, dialect = export.raw, export.source, export.source.dialect
        assert raw is not None
        form = self._("workbook, sheet “{sheet}”", sheet=raw.sheet)
        if raw.delimiter:
            form = written_as(self.texts, raw.encoding, raw.delimiter)
        yield self._("Written as"), (form,)
        yield self._("Header"), (self._header(export),)
        yield self._("Numbers"), self._numbers(export)
        if export.types & {"date", "datetime"}:
            order = dialect.dates or (None if dialect.locale == AUTO else date_order(dialect.locale))
            slashes = {"day-first": ", 31/03/2026", "month-first": ", 03/31/2026"}
            yield self._("Dates"), ("2026-03-31, 31.03.2026" + (slashes[order] if order else ""),)
        yield self._("Columns"), list(self._columns(export))
        read = {*raw.header.places.values(), *(position for position, _value in raw.header.spread)}
        ignored = [title for at, title in enumerate(raw.header.titles) if at not in read and title.strip()]
        yield self._("Not read"), ignored
        if source.form.transactions is not None and raw.lines:
            yield self._("Transactions"), (self._list(raw),)
        for month, rows in self._months(export.rows):
            yield month, (self._row_count(rows),)
        yield self._("Not imported"), (self._others(export.others),)
        yield self._("Totals"), list(self._totals(export))

    def _list(self, raw: RawTable) -> str:
        text = self.texts.ngettext("{count} row", "{count} rows", len(raw.lines))
        if raw.left_out:
            text += ", " + self.texts.ngettext(
                "{count} of them does not count", "{count} of them do not count", raw.left_out
            )
        return text

    def _header(self, export: Export) -> str:
        raw = export.raw
        assert raw is not None
        if not raw.header.line:
            return self._("none; the contract names the columns")
        text = self._("line {line}", line=raw.header.line)
        skipped = export.source.dialect.skip_rows
        if skipped:
            text += ", " + self.texts.ngettext(
                "{count} line before it passed over", "{count} lines before it passed over", skipped
            )
        return text

    def _numbers(self, export: Export) -> Sequence[str]:
        raw, locale = export.raw, export.source.dialect.locale
        assert raw is not None
        marks = set(raw.decimals.values())
        if not marks:
            return ()
        if locale != AUTO:
            return (self._("{example} ({locale}, as declared)", example=NOTATION[marks.pop()], locale=locale),)
        if len(marks) == 1:
            return (self._("{example} (settled by the columns themselves)", example=NOTATION[marks.pop()]),)
        return [f"{name} {NOTATION[mark]}" for name, mark in raw.decimals.items()]

    def _columns(self, export: Export) -> Iterator[str]:
        raw, wide = export.raw, export.source.form.wide
        assert raw is not None
        for name, position in raw.header.places.items():
            title = raw.header.titles[position]
            yield name if title == name else f"{title} → {name}"
        if wide is not None:
            for position, value in raw.header.spread:
                yield f"{raw.header.titles[position]} → {wide.value} ({value})"

    def _months(self, rows: Mapping[Month, Sequence[Row]]) -> Iterator[tuple[str, Sequence[Row]]]:
        """Each month, or of many the first to the last."""
        if len(rows) <= _FIRST:
            yield from ((self.formats.month(month), its) for month, its in rows.items())
            return
        label = self.formats.months(min(rows), max(rows))
        yield label, [row for its in rows.values() for row in its]

    def _row_count(self, rows: Sequence[Row]) -> str:
        people = len({cells[0] for cells, _line in rows})
        count = self.texts.ngettext("{count} row", "{count} rows", len(rows))
        return count + ", " + self.texts.ngettext("{count} person", "{count} people", people)

    def _others(self, others: Counter[Month]) -> str:
        if not others:
            return ""
        return self._(
            "{rows} for {months}",
            rows=self.texts.ngettext("{count} row", "{count} rows", others.total()),
            months=self.formats.months(min(others), max(others)),
        )

    def _totals(self, export: Export) -> Iterator[str]:
        source = export.source
        for name, form in source.form.columns.items():
            # Amounts of a snapshot add up over people; other snapshots need not.
            adds_up = form.accumulate == "sum" or (form.accumulate == "last" and form.unit == "currency")
            if form.type not in {"integer", "number"} or not adds_up:
                continue
            position = source.position(name)
            values = [cells[position] for rows in export.rows.values() for cells, _line in rows]
            total: Decimal | int = sum(value for value in values if isinstance(value, int | Decimal))
            yield f"{self._column(source, name)} {self._cell(source, name, total)}"

    # Rows and their differences

    def _rows(self, source: Source, rows: Sequence[Row]) -> Iterator[str]:
        table = [
            source.columns,
            *(
                [self._cell(source, *pair) for pair in zip(source.columns, cells, strict=True)]
                for cells, _line in rows[:_FIRST]
            ),
        ]
        table = [[_cut(cell) for cell in row] for row in table]
        yield from (f"  {row}" for row in aligned(table))
        if len(rows) > _FIRST:
            yield "  …"

    def differences(self, path: str, source: Source, found: Differences | None) -> Iterator[str]:
        """What replacing a file changes, row by row and cell by cell; None: it cannot be compared."""
        if found is None:
            yield printable(self._("{path}: the file there has errors, and cannot be compared.", path=path))
        else:
            yield from map(printable, self._differences(path, source, found))

    def _differences(self, path: str, source: Source, found: Differences) -> Iterator[str]:
        if not found:
            yield self._("{path}: the values stay the same.", path=path)
            return
        counts = (
            self.texts.ngettext("{count} row added", "{count} rows added", len(found.added)),
            self.texts.ngettext("{count} removed", "{count} removed", len(found.removed)),
            self.texts.ngettext("{count} changed", "{count} changed", len(found.changed)),
        )
        yield f"{path}: {', '.join(counts)}"
        for mark, rows in (("+", found.added), ("−", found.removed)):
            yield from _at_most(self.texts, [f"  {mark} {self._row(source, cells)}" for cells, _line in rows])
        changed = []
        for change in found.changed:
            cells = [
                f"{self._column(source, name)} {self._cell(source, name, was)} → {self._cell(source, name, now)}"
                for name, was, now in change.cells
            ]
            changed.append(f"  ~ {', '.join(map(str, change.key))}: {'; '.join(cells)}")
        yield from _at_most(self.texts, changed)

    def _row(self, source: Source, cells: Sequence[object]) -> str:
        keys = 1 + len(source.keys)
        rest = [
            f"{self._column(source, name)} {self._cell(source, name, cell)}"
            for name, cell in zip(source.columns[keys:], cells[keys:], strict=True)
        ]
        return f"{', '.join(map(str, cells[:keys]))}: {'; '.join(rest)}"

    # What happens

    def outlook(self, there: Iterable[tuple[str, bool]], months: Iterable[Month]) -> Iterator[str]:
        """What must be known before anything is written: files that are there as they would be written, closed months.

        ``there``: paths of the files to be written, and whether they are there already with the same content.
        """
        for path, same in there:
            if same:
                yield self._("{path} is there already, and the same.", path=path)
        for month in sorted(set(months) & self.basis.closed):
            yield self._(
                "{month} is closed: where a published figure changes, record the reason with “standardwerk correct”.",
                month=self.formats.month(month),
            )

    def written(self, files: Sequence[tuple[str, int]]) -> Iterator[str]:
        """What was written: paths with their rows."""
        if not files:
            yield self._("Nothing was to be written.")
        for path, count in files:
            rows = self.texts.ngettext("{count} row", "{count} rows", count)
            yield printable(self._("Written: {path} ({rows})", path=path, rows=rows))

    def _title(self, source: Source) -> str:
        title = source.form.title
        return title[self.language] if title is not None else source.name

    def _column(self, source: Source, name: str) -> str:
        form = source.form.columns.get(name)
        return form.title[self.language] if form is not None and form.title is not None else name

    def _cell(self, source: Source, name: str, cell: object) -> str:
        if cell is None:
            return "–"
        if isinstance(cell, bool):
            return self._("yes") if cell else self._("no")
        if isinstance(cell, date):
            return self.formats.date(cell)
        if isinstance(cell, int | Decimal):
            form = source.form.columns.get(name)
            if form is not None and form.unit == "currency" and round(cell, self.formats.currency_decimals) == cell:
                return self.formats.currency(cell)
            return self.formats.exact(cell)
        return str(cell)


def _folded(parts: Sequence[str]) -> Iterator[str]:
    """The parts in lines of a width that can be read."""
    line = ""
    for part in parts:
        if line and len(line) + len(part) > _LINE:
            yield line + _BETWEEN.rstrip()
            line = ""
        line += (_BETWEEN if line else "") + part
    yield line


def _cut(text: str) -> str:
    return text if len(text) <= _WIDEST else text[: _WIDEST - 1] + "…"


def _at_most(texts: Texts, lines: Sequence[str]) -> Iterator[str]:
    yield from lines[:_MOST]
    if len(lines) > _MOST:
        more = len(lines) - _MOST
        yield "  " + texts.ngettext("and {count} more row", "and {count} more rows", more)
