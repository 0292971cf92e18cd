"""The pages about several people: a team's month for its lead, the organisation's month for groups of k people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from standardwerk.evaluate.rollup import RollUp
from standardwerk.model.handbook import Handbook, named_at
from standardwerk.model.months import Month
from standardwerk.model.roster import Roster
from standardwerk.model.scores import VERDICTS, Scorecard
from standardwerk.site import urls
from standardwerk.site.contexts import (
    MemberFigure,
    MonthLink,
    OrganisationContext,
    RolledStandard,
    TeamContext,
    TeamMember,
)
from standardwerk.site.people import team_names
from standardwerk.site.sorting import sort_name


@dataclass(frozen=True, slots=True)
class MemberMonth:
    """A person's month as far as a team page shows it."""

    rep: str
    name: str
    team: str
    month: Month
    edition: str
    figures: Mapping[str, MemberFigure]
    changed: tuple[str, ...]


def member_month(card: Scorecard, before: Scorecard | None) -> MemberMonth:
    """Reduce a scorecard to what the team page shows."""
    earlier = {score.standard.id: score.status for score in before.standards} if before is not None else {}
    figures = {
        score.standard.id: MemberFigure(
            score.status, score.main.figure.value, score.main.figure.numerator, score.main.figure.denominator
        )
        for score in card.standards
    }
    changed = tuple(
        score.standard.id
        for score in card.standards
        if score.status in VERDICTS and earlier.get(score.standard.id) in VERDICTS - {score.status}
    )
    return MemberMonth(card.rep, card.name, card.team, card.month, card.edition, figures, changed)


def team_contexts(members: list[MemberMonth], handbook: Handbook, roster: Roster, language: str) -> list[TeamContext]:
    """All months of all teams; people by name."""
    grouped: dict[tuple[str, Month], list[MemberMonth]] = defaultdict(list)
    for one in members:
        if one.team:
            grouped[one.team, one.month].append(one)
    months_of: dict[str, list[Month]] = defaultdict(list)
    for team, month in sorted(grouped):
        months_of[team].append(month)
    found = []
    for (team, month), its in sorted(grouped.items()):
        months = months_of[team]
        at = months.index(month)
        name, lead = team_names(roster, team, month)
        edition = handbook.edition_at(month.first_day)
        assert edition is not None
        found.append(
            TeamContext(
                team=team,
                team_name=name,
                lead_name=lead,
                month=month,
                edition=edition,
                standards=tuple(
                    sorted(
                        (
                            pair
                            for pair in handbook.standards_at(month.first_day)
                            if any(pair[0].id in one.figures for one in its)
                        ),
                        key=lambda pair: pair[0].identity.number,
                    )
                ),
                members=tuple(
                    TeamMember(one.rep, one.name, urls.scorecard(one.rep, language, month), one.figures, one.changed)
                    for one in sorted(its, key=lambda one: (sort_name(one.name), one.rep))
                ),
                previous=_month_link(team, language, months, at - 1),
                next=_month_link(team, language, months, at + 1),
                url=urls.team(team, language, month),
            )
        )
    return found


def _month_link(team: str, language: str, months: list[Month], index: int) -> MonthLink | None:
    if not 0 <= index < len(months):
        return None
    return MonthLink(months[index], urls.team(team, language, months[index]))


def organisation_contexts(
    rollups: Mapping[tuple[Month, str, str], RollUp], handbook: Handbook, roster: Roster, language: str
) -> list[OrganisationContext]:
    """All months of the organisation."""
    by_month: dict[Month, dict[str, list[RollUp]]] = defaultdict(lambda: defaultdict(list))
    for (month, standard, _), rollup in rollups.items():
        by_month[month][standard].append(rollup)
    months = sorted(by_month)
    found = []
    for index, month in enumerate(months):
        edition = handbook.edition_at(month.first_day)
        method = handbook.method_at(month.first_day)
        assert edition is not None
        assert method is not None
        groups = []
        pairs = handbook.standards_at(month.first_day)
        for group in handbook.names.group_ids:
            rolled = tuple(
                RolledStandard(standard, revision, _in_order(by_month[month][standard.id], revision.rules.measures))
                for standard, revision in pairs
                if standard.identity.group == group and standard.id in by_month[month]
            )
            name = named_at(handbook.names.groups, group, month.first_day)
            if rolled and name is not None:
                groups.append((name.name, rolled))
        teams = sorted({row.id for row in roster.teams})
        found.append(
            OrganisationContext(
                month=month,
                edition=edition,
                minimum_group=method.rules.minimum_group,
                team_names={team: team_names(roster, team, month)[0] for team in teams},
                groups=tuple(groups),
                previous=_organisation_link(language, months, index - 1),
                next=_organisation_link(language, months, index + 1),
                url=urls.organisation(language, month),
            )
        )
    return found


def _in_order(rollups: list[RollUp], measures: tuple[object, ...]) -> tuple[RollUp, ...]:
    order = {getattr(measure, "id", ""): index for index, measure in enumerate(measures)}
    return tuple(sorted(rollups, key=lambda rollup: order.get(rollup.measure, len(order))))


def _organisation_link(language: str, months: list[Month], index: int) -> MonthLink | None:
    if not 0 <= index < len(months):
        return None
    return MonthLink(months[index], urls.organisation(language, months[index]))
