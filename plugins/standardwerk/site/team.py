"""A team's month, for its lead: first what to talk about, then people by name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from standardwerk.model.access import TeamPage
from standardwerk.model.closing import Correction
from standardwerk.model.handbook import Handbook, Revision, Standard
from standardwerk.model.months import Month
from standardwerk.model.notes import Action, Notes
from standardwerk.model.roster import Roster
from standardwerk.model.scores import VERDICTS, Scorecard, State
from standardwerk.site import urls
from standardwerk.site.contexts import MonthLink, MonthState
from standardwerk.site.group_contexts import (
    MemberCorrection,
    MemberSignal,
    StatusChange,
    TeamContext,
    TeamMember,
    Topics,
)
from standardwerk.site.people import team_names
from standardwerk.site.sorting import sort_name

#: A month can still be talked about.
OPEN_STATES = frozenset({"provisional", "open", "final"})
_WORST_FIRST = {State.MISSED: 0, State.NEAR: 1, State.NOT_CERTAIN: 2, State.MET: 3}


@dataclass(frozen=True, slots=True)
class MemberMonth:
    """A person's month as far as a team page shows it: small, so that it travels from a worker cheaply."""

    rep: str
    folder: str
    name: str
    team: str
    month: Month
    standards: tuple[tuple[str, date, State], ...]
    """The standards of her scorecard, each with its revision's day and its status."""
    topics: Topics
    has_sheet: bool


def changes(card: Scorecard, before: Scorecard | None) -> tuple[StatusChange, ...]:
    """The verdicts that changed since the month before, the worst first. What is not judged is no change."""
    earlier = {score.standard.id: score.status for score in before.standards} if before is not None else {}
    found = [
        (_WORST_FIRST[score.status], score.standard.identity.number, StatusChange(score.standard.id, was, score.status))
        for score in card.standards
        if score.status in VERDICTS and (was := earlier.get(score.standard.id)) in VERDICTS - {score.status}
    ]
    return tuple(change for *_, change in sorted(found, key=lambda one: one[:2]))


def missed_as_before(card: Scorecard, before: Scorecard | None) -> tuple[str, ...]:
    """The standards that are missed and no change: as in the month before, or without a verdict then. By number."""
    earlier = {score.standard.id: score.status for score in before.standards} if before is not None else {}
    found = [
        (score.standard.identity.number, score.standard.id)
        for score in card.standards
        if score.status is State.MISSED and earlier.get(score.standard.id) not in VERDICTS - {State.MISSED}
    ]
    return tuple(name for _, name in sorted(found))


def signals(card: Scorecard) -> tuple[MemberSignal, ...]:
    """The measures whose last month is no noise."""
    return tuple(
        MemberSignal(score.standard.id, one.measure.id, one.figure.signal)
        for score in card.standards
        for one in score.measures
        if one.measure.judged and one.figure.signal is not None and one.figure.signal.kind != "none"
    )


def open_actions(notes: Mapping[Month, Notes], month: Month) -> tuple[Action, ...]:
    """The actions still open at a month's end; the earliest due first, those without a day last.

    One that was written down again with the same text stands as it was last written.
    """
    found: dict[str, Action] = {}
    for each in sorted(one for one in notes if one <= month):
        found.update({action.text: action for action in notes[each].actions})
    still = [one for one in found.values() if one.status == "open"]
    return tuple(sorted(still, key=lambda one: one.due or date.max))


def corrections(known: Sequence[Correction], month: Month) -> tuple[MemberCorrection, ...]:
    """The corrections that touch a month's page: of the month itself, and those made in the course of it."""
    found = []
    for one in known:
        for each in sorted({change.month for change in one.changes}):
            if each == month or (Month.of(one.date) == month and each < month):
                touched = [change.standard for change in one.changes if change.month == each]
                found.append(MemberCorrection(each, one.date, one.reason, tuple(dict.fromkeys(touched))))
    return tuple(found)


def member_month(
    card: Scorecard,
    before: Scorecard | None,
    state: MonthState,
    notes: Mapping[Month, Notes],
    known_corrections: Sequence[Correction],
    folder: str,
) -> MemberMonth:
    """Reduce a scorecard, and what is written beside it, to what the team page shows."""
    is_open = state.kind in OPEN_STATES
    written = notes.get(card.month, Notes())
    topics = Topics(
        changes=changes(card, before),
        missed=missed_as_before(card, before),
        signals=signals(card),
        actions=open_actions(notes, card.month),
        corrections=corrections(known_corrections, card.month),
        note_missing=is_open and not written.note,
    )
    standards = tuple((score.standard.id, score.revision.effective_from, score.status) for score in card.standards)
    return MemberMonth(card.rep, folder, card.name, card.team, card.month, standards, topics, is_open)


def team_contexts(
    members: Sequence[MemberMonth],
    handbook: Handbook,
    roster: Roster,
    states: Mapping[Month, MonthState],
    shown: TeamPage,
    language: str,
    organisation: frozenset[Month] = frozenset(),
) -> list[TeamContext]:
    """All months of all teams; people by name. ``organisation``: the months that the organisation has a page of."""
    grouped: dict[tuple[str, Month], list[MemberMonth]] = defaultdict(list)
    months_of: dict[str, list[Month]] = defaultdict(list)
    for one in members:
        if one.team:
            grouped[one.team, one.month].append(one)
    for team, month in sorted(grouped):
        months_of[team].append(month)
    revisions = _Revisions(handbook)
    found = []
    for (team, month), its in sorted(grouped.items()):
        months = months_of[team]
        at = months.index(month)
        name, lead = team_names(roster, team, month)
        edition = handbook.edition_at(month.first_day)
        assert edition is not None
        named = revisions.of(its)
        table = _table(named, shown)
        columns = {standard.id for standard, _ in table}
        found.append(
            TeamContext(
                team=team,
                team_name=name,
                lead_name=lead,
                month=month,
                edition=edition,
                state=states[month],
                named=named,
                table=table,
                members=tuple(
                    TeamMember(
                        rep=one.rep,
                        name=one.name,
                        url=urls.scorecard(one.folder, language, month),
                        sheet_url=urls.conversation(one.folder, language, month) if one.has_sheet else "",
                        statuses={name: status for name, _, status in one.standards if name in columns},
                        topics=one.topics,
                    )
                    for one in sorted(its, key=lambda one: (sort_name(one.name), one.rep))
                ),
                previous=_month_link(team, language, months, at - 1),
                next=_month_link(team, language, months, at + 1),
                organisation_url=urls.organisation(language, month) if month in organisation else "",
                url=urls.team(team, language, month),
            )
        )
    return found


class _Revisions:
    """The revisions people were judged by, by standard and day."""

    def __init__(self, handbook: Handbook) -> None:
        self._known = {
            (standard.id, revision.effective_from): (standard, revision)
            for standard in handbook.standards
            for revision in standard.revisions
        }

    def of(self, members: Sequence[MemberMonth]) -> tuple[tuple[Standard, Revision], ...]:
        keys = {(name, day) for one in members for name, day, _ in one.standards}
        return tuple(
            sorted((self._known[key] for key in keys if key in self._known), key=lambda pair: pair[0].identity.number)
        )


def _table(named: Sequence[tuple[Standard, Revision]], shown: TeamPage) -> tuple[tuple[Standard, Revision], ...]:
    """The standards of the table: those chosen, else all that are measured each month."""
    if not shown.matrix:
        return ()
    if shown.standards is not None:
        return tuple(pair for pair in named if pair[0].id in shown.standards)
    return tuple(
        pair for pair in named if all(one.cadence == "monthly" for one in pair[1].rules.measures if one.role == "main")
    )


def _month_link(team: str, language: str, months: list[Month], index: int) -> MonthLink | None:
    if not 0 <= index < len(months):
        return None
    return MonthLink(months[index], urls.team(team, language, months[index]))
