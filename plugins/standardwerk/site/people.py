"""The pages of one person: her months, her overview."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from standardwerk.evaluate.earlier import figure_back
from standardwerk.evaluate.published import published
from standardwerk.model.calendar import Calendar
from standardwerk.model.closing import Change, Correction, Published
from standardwerk.model.handbook import Edition, Handbook, Measure, named_at
from standardwerk.model.months import Month
from standardwerk.model.notes import Notes
from standardwerk.model.project import RepRows
from standardwerk.model.roster import Person, Roster
from standardwerk.model.scores import Figure, MeasureScore, Scorecard, StandardScore
from standardwerk.model.sources import Sources
from standardwerk.site import urls
from standardwerk.site.agreed import carried_actions
from standardwerk.site.contexts import (
    MonthLink,
    MonthState,
    RepContext,
    Result,
    ScorecardContext,
    ShownChange,
    ShownCorrection,
    ShownPair,
    ShownRetroactive,
)
from standardwerk.site.first import advances, highlights
from standardwerk.site.overview import business, trends
from standardwerk.site.ratings import ratings
from standardwerk.site.situation import situation

#: How many months a line chart shows.
HISTORY_MONTHS = 12


@dataclass(frozen=True, slots=True)
class PersonPages:
    """What all pages of a person are made from."""

    person: Person
    cards: tuple[Scorecard, ...]
    """The oldest first."""
    team_names: Mapping[tuple[str, Month], tuple[str, str]]
    """By team and month: the team's name and the lead's."""
    notes: Mapping[Month, Notes] = field(default_factory=dict)
    closed_on: Mapping[Month, date] = field(default_factory=dict)
    """By closed month: the day it was closed."""
    corrections: tuple[Correction, ...] = ()
    """The corrections of her figures, the earliest first."""
    rows: RepRows = field(default_factory=dict)
    """Her rows, of which the ratings are shown one by one."""
    names: Mapping[str, str] = field(default_factory=dict)
    """By id: the names of those who may have rated her."""


def month_state(
    month: Month, calendar: Calendar, as_of: date, closed_on: date | None = None, corrected_on: date | None = None
) -> MonthState:
    """How firm a month's figures are on a day."""
    if corrected_on is not None:
        return MonthState("corrected", corrected_on)
    if closed_on is not None:
        return MonthState("closed", closed_on)
    published = calendar.deadline(month, "published")
    if as_of < published:
        return MonthState("provisional", published)
    objections = calendar.deadline(month, "objections")
    return MonthState("open", objections) if as_of <= objections else MonthState("final", None)


def state_of(pages: PersonPages, month: Month, calendar: Calendar, as_of: date) -> MonthState:
    """How firm a person's month is on a day."""
    dates = [one.date for one in pages.corrections if any(change.month == month for change in one.changes)]
    return month_state(month, calendar, as_of, pages.closed_on.get(month), max(dates, default=None))


def corrected_standards(corrections: Iterable[Correction]) -> dict[Month, frozenset[str]]:
    """By month: the standards of which corrections changed figures."""
    found: dict[Month, set[str]] = {}
    for correction in corrections:
        for change in correction.changes:
            found.setdefault(change.month, set()).add(change.standard)
    return {month: frozenset(standards) for month, standards in found.items()}


def shown_corrections(pages: PersonPages, card: Scorecard) -> tuple[ShownCorrection, ...]:
    """The corrections of a scorecard with their figures before and after, the earliest first."""
    found = []
    for correction in pages.corrections:
        changes = tuple(change for change in correction.changes if change.month == card.month)
        if changes:
            found.append(ShownCorrection(correction, changes, shown_changes(card, changes)))
    return tuple(found)


def shown_changes(card: Scorecard, changes: Iterable[Change]) -> tuple[ShownChange, ...]:
    """Changes of a scorecard's figures; those of measures that are not on it cannot be shown."""
    return tuple(one for change in changes if (one := _shown_change(card, change)) is not None)


def _shown_change(card: Scorecard, change: Change) -> ShownChange | None:
    for standard in card.standards:
        for score in standard.measures:
            if (standard.standard.id, score.measure.id) == (change.standard, change.measure):
                return _change_of(standard, score, change)
    return None


def _change_of(standard: StandardScore, score: MeasureScore, change: Change) -> ShownChange:
    """A change of a figure of a measure; its product line may be the person's no more."""
    figures = (score.figure,) if change.line is None else score.lines
    like = next((one for one in figures if change.line in (None, one.line)), None)
    was, now = (
        figure_back(side.published, like, change.line, score.measure) if side is not None else None
        for side in (change.was, change.now)
    )
    return ShownChange(standard, score, change.line, was, now)


def shown_retroactive(card: Scorecard, handbook: Handbook) -> tuple[ShownRetroactive, ...]:
    """Beside the published results of a closed month those under retroactive revisions."""
    by_id = {score.standard.id: score for score in card.standards}
    editions = {edition.label: edition for edition in handbook.editions}
    found = []
    for one in card.retroactive:
        before = by_id.get(one.standard.id)
        was, now = _figures(before), _figures(one.score)
        pairs = tuple(
            ShownPair(key[1], _shown(was.get(key)), _shown(now.get(key)))
            for key in dict.fromkeys([*now, *was])
            if _published(was.get(key)) != _published(now.get(key))
        )
        found.append(ShownRetroactive(one, before, editions[one.edition], pairs))
    return tuple(found)


#: A figure with the measure's score it belongs to.
_OneFigure = tuple[MeasureScore, Figure]


def _figures(score: StandardScore | None) -> dict[tuple[str, str | None], _OneFigure]:
    """By measure and line."""
    found: dict[tuple[str, str | None], _OneFigure] = {}
    for one in score.measures if score is not None else ():
        found[one.measure.id, None] = (one, one.figure)
        found |= {(one.measure.id, line.line): (one, line) for line in one.lines}
    return found


def _published(one: _OneFigure | None) -> Published | None:
    return None if one is None else published(one[1], one[0].deciding_line if one[1] is one[0].figure else None)


def _shown(one: _OneFigure | None) -> tuple[Measure, Figure] | None:
    return None if one is None else (one[0].measure, one[1])


def team_names(roster: Roster, team: str, month: Month) -> tuple[str, str]:
    """A team's name and its lead's name in a month; empty where there is none."""
    row = roster.team_at(team, month)
    if row is None:
        return team, ""
    lead = roster.people.get(row.lead)
    return row.name, lead.name if lead is not None else ""


def amount_unit(measure: Measure, sources: Sources) -> str:
    """Whether the counts behind a quotient are amounts of money or numbers."""
    expression = measure.numerator or measure.value
    if expression is not None:
        for column in expression.columns():
            source = sources.sources.get(column.source or measure.source)
            form = source.form.columns.get(column.name) if source is not None else None
            if form is not None and form.unit == "currency":
                return "currency"
    return "number"


def results(card: Scorecard, handbook: Handbook, sources: Sources) -> tuple[Result, ...]:
    """The figures the method puts at the top."""
    method = handbook.method_at(card.month.first_day)
    if method is None:
        return ()
    by_id: dict[str, StandardScore] = {score.standard.id: score for score in card.standards}
    found = []
    for ref in method.rules.results:
        standard = by_id.get(ref.standard)
        for score in standard.measures if standard is not None else ():
            if score.measure.id == ref.measure and standard is not None:
                found.append(Result(standard, score, amount_unit(score.measure, sources)))
    return tuple(found)


def scorecard_contexts(
    pages: PersonPages, handbook: Handbook, sources: Sources, calendar: Calendar, as_of: date, language: str
) -> list[ScorecardContext]:
    """The contexts of all scorecards of a person in a language."""
    folder = pages.person.folder
    found: list[ScorecardContext] = []
    cards = pages.cards
    overview = urls.rep(folder, language)
    for index, card in enumerate(cards):
        month = card.month
        before = cards[index - 1] if index and cards[index - 1].month == month - 1 else None
        recent = cards[max(0, index - HISTORY_MONTHS + 1) : index + 1]
        history = tuple(one for one in recent if one.month > month - HISTORY_MONTHS)
        team_name, lead_name = pages.team_names[card.team, month]
        role = named_at(handbook.names.roles, card.role, month.first_day)
        edition = edition_of(handbook, card)
        found.append(
            ScorecardContext(
                card=card,
                history=history,
                before=before,
                team_name=team_name,
                lead_name=lead_name,
                role_name=role.name if role is not None else {},
                edition=edition,
                state=state_of(pages, month, calendar, as_of),
                corrections=shown_corrections(pages, card),
                retroactive=shown_retroactive(card, handbook),
                results=results(card, handbook, sources),
                highlights=highlights(card, before),
                advances=advances(card, before),
                ratings=ratings(card, pages.rows, sources, pages.names),
                previous=_link(folder, language, cards, index - 1),
                next=_link(folder, language, cards, index + 1),
                overview_url=overview,
                json_url=urls.scorecard_file(folder, month, "json"),
                csv_url=urls.scorecard_file(folder, month, "csv"),
                url=urls.scorecard(folder, language, month),
                notes=pages.notes.get(month, Notes()),
                agreed=carried_actions(pages.notes, month),
                situation=situation(card, pages.person, handbook, is_last=index == len(cards) - 1),
            )
        )
    return found


def among(contexts: Sequence[ScorecardContext], *, has_overview: bool) -> list[ScorecardContext]:
    """Some scorecards of a person as the only ones there are: no link leads to another."""
    links = [MonthLink(context.card.month, context.url) for context in contexts]
    return [
        replace(
            context,
            previous=before,
            next=after,
            overview_url=context.overview_url if has_overview else "",
        )
        for context, before, after in zip(contexts, [None, *links[:-1]], [*links[1:], None], strict=True)
    ]


def in_language(contexts: Sequence[ScorecardContext], folder: str, language: str) -> list[ScorecardContext]:
    """The contexts of a person's scorecards for another language: nothing but addresses differs."""
    return [
        replace(
            context,
            previous=_link_to(folder, language, context.previous),
            next=_link_to(folder, language, context.next),
            overview_url=urls.rep(folder, language) if context.overview_url else "",
            url=urls.scorecard(folder, language, context.card.month),
        )
        for context in contexts
    ]


def _link_to(folder: str, language: str, link: MonthLink | None) -> MonthLink | None:
    return None if link is None else MonthLink(link.month, urls.scorecard(folder, language, link.month))


def overview_in_language(context: RepContext, folder: str, language: str) -> RepContext:
    """A person's overview for another language."""
    return replace(
        context,
        urls={month: urls.scorecard(folder, language, month) for month in context.urls},
        url=urls.rep(folder, language),
    )


def edition_of(handbook: Handbook, card: Scorecard) -> Edition:
    """The edition a scorecard was judged by."""
    return next(edition for edition in handbook.editions if edition.label == card.edition)


def _link(folder: str, language: str, cards: Sequence[Scorecard], index: int) -> MonthLink | None:
    if not 0 <= index < len(cards):
        return None
    month = cards[index].month
    return MonthLink(month, urls.scorecard(folder, language, month))


def rep_context(
    pages: PersonPages, handbook: Handbook, sources: Sources, calendar: Calendar, language: str
) -> RepContext:
    """A person's overview."""
    folder = pages.person.folder
    last = pages.cards[-1]
    return RepContext(
        cards=pages.cards,
        urls={card.month: urls.scorecard(folder, language, card.month) for card in pages.cards},
        closed=frozenset(card.month for card in pages.cards if card.month in pages.closed_on),
        corrected=corrected_standards(pages.corrections),
        team_name=pages.team_names[last.team, last.month][0],
        url=urls.rep(folder, language),
        trends=trends(pages.cards, handbook, sources, calendar.fiscal_year_start),
        business=business(pages.cards, handbook, sources, calendar.fiscal_year_start),
    )
