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

    def of(self, sources: tuple[SourceLines, ...]) -> Groups:
        """The groups of a figure's sources."""
        found = self._known.get(id(sources))
        if found is None:
            found = self._known[id(sources)] = (sources, grouped(sources))
        return found[1]


def source_words(formats: Formats, groups: Groups) -> str:
    """„surveys.csv, Zeile 9 (Nov 25–Dez 25), Zeile 8 (Jan 26)“."""
    told = []
    for name, lines_of in groups:
        parts = [
            formats.lines(lines) + (f" ({', '.join([_span(formats, *span) for span in spans])})" if spans else "")
            for lines, spans in lines_of
        ]
        told.append(f"{name}, {', '.join(parts)}")
    return "; ".join(told)


def _span(formats: Formats, first: Month, last: Month) -> str:
    if first == last:
        return formats.month_short(first)
    return f"{formats.month_short(first)}–{formats.month_short(last)}"
