"""The single ratings behind the figure of a rated standard: each item, how it was rated, by whom, when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from standardwerk.model.months import Month
from standardwerk.model.project import RepRows, Row
from standardwerk.model.scores import Scorecard, StandardScore
from standardwerk.model.sources import RATING_COLUMNS, Source, Sources

#: The column that says who rated; without one nobody is named.
_RATER = "rater"


@dataclass(frozen=True, slots=True)
class Rating:
    """One rating of an item."""

    item: Mapping[str, str] | str
    """The item's name; its id, if the standard's anchors do not know it."""
    value: int
    rater: str
    """The name of who rated; empty if nobody is named."""
    is_own: bool
    """The person rated herself."""
    month: Month
    more: Mapping[str, object]
    """What else the source says of the rating, by column; only what is there."""


def ratings(
    card: Scorecard, rows: RepRows, sources: Sources, names: Mapping[str, str]
) -> Mapping[str, tuple[Rating, ...]]:
    """The ratings that a scorecard's figures stand for, by standard; ``names`` are those of people by id.

    Self-ratings, which do not count, are among them. A standard without a figure has none.
    """
    found = {}
    for score in card.standards:
        source = sources.sources.get(score.main.measure.source)
        if score.revision.rules.anchors and source is not None and source.is_ratings:
            its = sorted(_of_standard(score, card, source, rows, names), key=lambda pair: pair[0])
            if its:
                found[score.standard.id] = tuple(rating for _, rating in its)
    return found


def raters(rows: RepRows, sources: Sources) -> dict[Month, frozenset[str]]:
    """Who rated a person, by the month of the rating, as the rows write it."""
    found: dict[Month, frozenset[str]] = {}
    for source in sources.sources.values():
        if source.is_ratings and _RATER in source.columns:
            for month, its in rows.get(source.name, {}).items():
                given = {str(_cells(source, row)[_RATER] or "") for row in its} - {""}
                found[month] = found.get(month, frozenset()) | given
    return found


def _of_standard(
    score: StandardScore, card: Scorecard, source: Source, rows: RepRows, names: Mapping[str, str]
) -> Iterator[tuple[tuple[object, ...], Rating]]:
    """Each with its place: by item as the standard lists them, then by month, those of others before the own one."""
    figure = score.main.figure
    if figure.value is None:
        return
    last = figure.round_month or card.month
    first = figure.window_start or last
    order = {anchor.item: at for at, anchor in enumerate(score.revision.rules.anchors)}
    items = {anchor.item: anchor.name for anchor in score.revision.rules.anchors}
    for month, its in rows.get(source.name, {}).items():
        if not first <= month <= last:
            continue
        for at, row in enumerate(its):
            cells = _cells(source, row)
            item, value = cells["item"], cells["rating"]
            if cells["standard"] != score.standard.id or not isinstance(value, int):
                continue
            rater = str(cells.get(_RATER) or "")
            rating = Rating(
                item=items.get(str(item), str(item)),
                value=value,
                rater=names.get(rater, rater),
                is_own=rater == card.rep,
                month=month,
                more={
                    name: cell
                    for name, cell in cells.items()
                    if name not in {"rep", _RATER, *RATING_COLUMNS} and cell not in {None, ""}
                },
            )
            yield (order.get(str(item), len(order)), str(item), month, rating.is_own, at), rating


def _cells(source: Source, row: Row) -> dict[str, object]:
    return dict(zip(source.columns, row[0], strict=True))
