"""Where a figure comes from: lines of files, months with equal lines together."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from standardwerk.model.months import Month
from standardwerk.model.scores import SourceLines
from standardwerk.render.formats import Formats

Spans = tuple[tuple[Month, Month], ...]
#: By file: lines with the months in which they are the same ones (none for a file that is no month's).
Groups = tuple[tuple[str, tuple[tuple[tuple[int, ...], Spans], ...]], ...]


def grouped(sources: Sequence[SourceLines]) -> Groups:
    """Lines by file, in the order in which they come; months in a row as one span."""
    by_file: dict[str, dict[tuple[int, ...], list[list[Month]]]] = {}
    for source in sources:
        name, month = _place(source.file)
        spans = by_file.setdefault(name, {}).setdefault(source.lines, [])
        if month is None:
            continue
        if spans and spans[-1][1] == month - 1:
            spans[-1][1] = month
        else:
            spans.append([month, month])
    return tuple(
        (
            name,
            tuple((lines, tuple((first, last) for first, last in spans)) for lines, spans in groups.items()),
        )
        for name, groups in by_file.items()
    )


@lru_cache(maxsize=4096)
def _place(file: str) -> tuple[str, Month | None]:
    """A file's name, and the month whose folder it lies in."""
    month, slash, name = file.rpartition("/")
    return name, Month.parse(month) if slash else None


class SourceGroups:
    """The groups of one person's figures, the same in each language."""

    def __init__(self) -> None:
        # What is found by its id is kept, so that the id stays its own.
        self._known: dict[int, tuple[tuple[SourceLines, ...], Groups]] = {}
        self._equal: dict[Groups, Groups] = {}

    def of(self, sources: tuple[SourceLines, ...]) -> Groups:
        """The groups of a figure's sources; equal ones are the same object."""
        found = self._known.get(id(sources))
        if found is None:
            groups = grouped(sources)
            found = self._known[id(sources)] = (sources, self._equal.setdefault(groups, groups))
        return found[1]


class SourceWords:
    """„surveys.csv, Zeile 9 (Nov 25–Dez 25), Zeile 8 (Jan 26)“.

    The lines of a month are told with each window that the month lies in, in the same words.
    """

    def __init__(self, formats: Formats) -> None:
        self.formats = formats
        self._told: dict[tuple[tuple[int, ...], Spans], str] = {}

    def forget(self) -> None:
        """Let go of a person's lines."""
        self._told.clear()

    def words(self, groups: Groups) -> str:
        """Lines by file, in words."""
        return "; ".join([f"{name}, {', '.join([self._lines(one) for one in lines_of])}" for name, lines_of in groups])

    def _lines(self, key: tuple[tuple[int, ...], Spans]) -> str:
        found = self._told.get(key)
        if found is None:
            lines, spans = key
            found = self.formats.lines(lines)
            if spans:
                found += f" ({', '.join([_span(self.formats, *span) for span in spans])})"
            self._told[key] = found
        return found


def source_words(formats: Formats, groups: Groups) -> str:
    """The words of a single figure's sources."""
    return SourceWords(formats).words(groups)


def _span(formats: Formats, first: Month, last: Month) -> str:
    if first == last:
        return formats.month_short(first)
    return f"{formats.month_short(first)}–{formats.month_short(last)}"
