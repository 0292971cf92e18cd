"""The organisation's month and each standard's trend: figures of groups of at least k people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cached_property

from standardwerk.evaluate.grouped import GroupValue, group_value
from standardwerk.evaluate.rollup import RollUp
from standardwerk.evaluate.totals import Amounts, Totals, in_month, measure_at
from standardwerk.model.arrivals import Arrivals
from standardwerk.model.handbook import Edition, Handbook, Measure, MeasureRef, Revision, Standard, named_at
from standardwerk.model.months import Month, months_between
from standardwerk.model.presence import Presence
from standardwerk.model.project import Scoring
from standardwerk.model.remainder import Remainder
from standardwerk.model.roster import Roster
from standardwerk.site import urls
from standardwerk.site.contexts import MonthLink, MonthState
from standardwerk.site.group_contexts import (
    BusinessTotal,
    Completeness,
    GroupPoint,
    GroupRow,
    MeasureTrend,
    OrganisationContext,
    TotalRow,
    TrendContext,
    TrendMonth,
)
from standardwerk.site.intake import intake
from standardwerk.site.people import HISTORY_MONTHS, team_names

#: How many months a trend shows.
TREND_MONTHS = 24
Key = tuple[Month, str, str]
Pair = tuple[Standard, Revision]


class GroupFigures:
    """All group figures of a project, as they may be shown. Every page takes its figures from here."""

    def __init__(
        self,
        rollups: Mapping[Key, RollUp],
        scoring: Scoring,
        roster: Roster,
        remainder: Remainder | None = None,
        *,
        has_trends: bool = True,
    ) -> None:
        """``has_trends``: whether each standard has a page of its trend, to be linked.

        ``remainder``: what erased people left; it is in the roll-ups already.
        """
        self.remainder = remainder or Remainder()
        self.scoring = scoring
        self.handbook: Handbook = scoring.handbook
        self.roster = roster
        self.has_trends = has_trends
        self.months = tuple(sorted({month for month, _, _ in rollups}))
        self._rollups = rollups
        self._pairs: dict[Month, dict[str, Pair]] = {}
        self._points: dict[Key, GroupPoint] = {}
        self._teams: dict[Key, Mapping[str, GroupValue | None]] = {}

    def pairs(self, month: Month) -> dict[str, Pair]:
        """The standards a month was judged by."""
        if month not in self._pairs:
            judged = self.scoring.judgement(month).standards
            self._pairs[month] = {standard.id: (standard, revision) for standard, revision in judged}
        return self._pairs[month]

    def measure(self, month: Month, standard: str, measure: str) -> Measure | None:
        """A measure as a month was judged by it."""
        pair = self.pairs(month).get(standard)
        return pair[1].measure(measure) if pair is not None else None

    def value(self, month: Month, standard: str, measure: str) -> GroupValue | None:
        """The figure of all people."""
        found, rules = self._rollups.get((month, standard, measure)), self.measure(month, standard, measure)
        return group_value(rules, found.organisation) if found is not None and rules is not None else None

    def teams(self, month: Month, standard: str, measure: str) -> Mapping[str, GroupValue | None]:
        """The figures of teams; None stands for a hidden one."""
        # Asked for by each language, by the page for named groups and by trends.
        key = (month, standard, measure)
        known = self._teams.get(key)
        if known is None:
            found, rules = self._rollups.get(key), self.measure(month, standard, measure)
            known = {}
            if found is not None and rules is not None:
                known = {team: group_value(rules, total) for team, total in found.teams.items()}
            self._teams[key] = known
        return known

    def lines(self, month: Month, standard: str, measure: str) -> dict[str, GroupValue | None]:
        """The figures of product lines in handbook order; None stands for a hidden one."""
        found, rules = self._rollups.get((month, standard, measure)), self.measure(month, standard, measure)
        if found is None or rules is None:
            return {}
        known = self.handbook.names.line_ids
        return {line: group_value(rules, found.lines[line]) for line in known if line in found.lines}

    def is_withdrawn(self, month: Month, standard: str, measure: str) -> bool:
        """Whether the figures are hidden because people were erased."""
        found = self._rollups.get((month, standard, measure))
        return found is not None and found.is_withdrawn

    def point(self, month: Month, standard: str, measure: str) -> GroupPoint:
        """A month of a measure of all people, without regard to the month before."""
        key = (month, standard, measure)
        if key not in self._points:
            self._points[key] = self._point(month, standard, measure)
        return self._points[key]

    def _point(self, month: Month, standard: str, measure: str) -> GroupPoint:
        pair, rules = self.pairs(month).get(standard), self.measure(month, standard, measure)
        edition = self.handbook.edition_at(month.first_day)
        begins = edition if edition is not None and edition.first_month == month else None
        if pair is None or rules is None:
            return GroupPoint(month, None, None, None, edition=begins)
        # The limits of a plain count are one person's.
        judged = rules.bands is not None and rules.better is not None and rules.kind != "sum"
        limits = rules.bands.limits(rules.better) if judged and rules.bands and rules.better else None
        run = Month.of(pair[1].run_start[measure])
        withdrawn = self.is_withdrawn(month, standard, measure)
        return GroupPoint(
            month, self.value(month, standard, measure), limits, run, edition=begins, is_withdrawn=withdrawn
        )

    def history(self, standard: str, measure: str, last: Month, count: int) -> tuple[GroupPoint, ...]:
        """So many months of a measure of all people, none before the first month there is."""
        first = max(last.plus(1 - count), self.scoring.months[0])
        found: list[GroupPoint] = []
        run: Month | None = None
        for month in months_between(first, last):
            point = self.point(month, standard, measure)
            restarts = run is not None and point.run is not None and point.run != run
            found.append(replace(point, restarts=restarts))
            run = point.run or run
        return tuple(found)

    def measures(self, month: Month, standard: str) -> tuple[Measure, ...]:
        """The measures of a standard that have group figures in a month, in the order of the revision."""
        pair = self.pairs(month).get(standard)
        rules = pair[1].rules.measures if pair is not None else ()
        return tuple(one for one in rules if (month, standard, one.id) in self._rollups)

    def row(self, month: Month, pair: Pair, measure: Measure, language: str) -> GroupRow:
        """A measure on the organisation's month."""
        standard, revision = pair
        history = self.history(standard.id, measure.id, month, HISTORY_MONTHS)
        return GroupRow(
            standard=standard,
            revision=revision,
            measure=measure,
            value=history[-1].value,
            change=_change(history),
            history=history,
            teams=self.teams(month, standard.id, measure.id),
            lines=self.lines(month, standard.id, measure.id),
            trend_url=urls.trend(language, standard.id) if self.has_trends and standard.id in self.trended else "",
        )

    @cached_property
    def trend_months(self) -> list[Month]:
        """The months that trends show."""
        if not self.months:
            return []
        last = self.months[-1]
        return list(months_between(max(last.plus(1 - TREND_MONTHS), self.months[0]), last))

    @cached_property
    def trended(self) -> dict[str, Pair]:
        """The standards with a trend, in their newest wording: those with a figure in any of these months."""
        newest = {identity: pair for month in self.trend_months for identity, pair in self.pairs(month).items()}
        return {
            identity: pair
            for identity, pair in newest.items()
            if any(
                self.value(month, identity, measure.id) is not None
                for measure in pair[1].rules.measures
                for month in self.trend_months
            )
        }


def _change(history: tuple[GroupPoint, ...]) -> Decimal | None:
    if len(history) < 2 or history[-1].restarts:
        return None
    now, before = history[-1].value, history[-2].value
    if now is None or before is None or now.bound is not None or before.bound is not None:
        return None
    return now.value - before.value


def completeness(scoring: Scoring, arrivals: Arrivals, presence: Presence, month: Month) -> Completeness:
    """How much of a month's data is there: files that are due, and rows that complete files have."""
    files = due = rows = rows_due = 0
    missing = []
    for one in intake(scoring, arrivals, {}, month, month.last_day):
        if one.state not in {"arrived", "missing", "awaited"}:
            continue
        due += 1
        expected = presence.of(month).expected(one.source)
        if one.arrival is None:
            missing.append(one.source.form.title or dict.fromkeys(scoring.handbook.languages, one.source.name))
            rows_due += len(expected or ())
            continue
        files += 1
        if one.arrival.expected is not None:
            rows_due += one.arrival.expected
            rows += one.arrival.expected - len(one.arrival.missing)
    return Completeness(files, due, rows, rows_due, tuple(missing))


def business_totals(figures: GroupFigures, totals: Totals, month: Month) -> tuple[BusinessTotal, ...]:
    """The business totals of a month, whole and by product line."""
    scoring = figures.scoring
    found = []
    for ref in scoring.judgement(month).method.rules.organisation.totals:
        known = measure_at(scoring, ref, month)
        rows = _total_rows(figures, totals, ref, month) if known is not None else ()
        if known is not None and rows:
            found.append(BusinessTotal(*known, rows))
    return tuple(found)


def _total_rows(figures: GroupFigures, totals: Totals, ref: MeasureRef, month: Month) -> tuple[TotalRow, ...]:
    lines = figures.handbook.names.line_ids

    def of(each: Month, line: str | None) -> Amounts:
        return in_month(totals, ref, each, lines, figures.remainder.totals).get(line, Amounts())

    span = list(months_between(month.plus(1 - HISTORY_MONTHS), month))
    return tuple(
        TotalRow(
            line=line,
            now=amounts,
            before=of(month.plus(-1), line),
            year_ago=of(month.plus(-12), line),
            months=tuple((each, of(each, line), of(each.plus(-12), line)) for each in span),
        )
        for line, amounts in sorted(
            in_month(totals, ref, month, lines, figures.remainder.totals).items(), key=lambda one: one[0] is not None
        )
    )


def organisation_contexts(
    figures: GroupFigures,
    totals: Totals,
    states: Mapping[Month, MonthState],
    data: Mapping[Month, Completeness],
    language: str,
    *,
    with_totals: bool,
) -> list[OrganisationContext]:
    """All months of the organisation; ``with_totals``: as the named groups see it that may read business totals."""
    address = urls.totals if with_totals else urls.organisation
    handbook, months = figures.handbook, figures.months
    found = []
    for index, month in enumerate(months):
        edition = handbook.edition_at(month.first_day)
        method = figures.scoring.judgement(month).method
        assert edition is not None
        pairs = figures.pairs(month)
        headline = [
            figures.row(month, pairs[ref.standard], measure, language)
            for ref in method.rules.organisation.headline
            if (measure := figures.measure(month, ref.standard, ref.measure)) is not None
        ]
        teams = dict.fromkeys(
            team
            for standard in pairs
            for measure in figures.measures(month, standard)
            for team in figures.teams(month, standard, measure.id)
        )
        found.append(
            OrganisationContext(
                month=month,
                edition=edition,
                state=states[month],
                minimum_group=minimum_group(handbook),
                team_names=_team_names(figures.roster, teams, month),
                headline=tuple(headline),
                completeness=data[month],
                totals=business_totals(figures, totals, month) if with_totals else (),
                groups=tuple(_groups(figures, month, language)),
                has_erased=month in figures.remainder.months,
                previous=_link(months, index - 1, language, address),
                next=_link(months, index + 1, language, address),
                url=address(language, month),
            )
        )
    return found


def _groups(
    figures: GroupFigures, month: Month, language: str
) -> Iterable[tuple[Mapping[str, str], tuple[GroupRow, ...]]]:
    for group in figures.handbook.names.group_ids:
        rows = tuple(
            figures.row(month, pair, measure, language)
            for pair in figures.pairs(month).values()
            if pair[0].identity.group == group
            for measure in figures.measures(month, pair[0].id)
        )
        name = named_at(figures.handbook.names.groups, group, month.first_day)
        if rows and name is not None:
            yield name.name, rows


def _team_names(roster: Roster, teams: Iterable[str], month: Month) -> dict[str, str]:
    names = {team: team_names(roster, team, month)[0] for team in teams if team}
    return dict(sorted(names.items(), key=lambda one: (one[1].casefold(), one[0])))


def _link(
    months: tuple[Month, ...], index: int, language: str, address: Callable[[str, Month], str]
) -> MonthLink | None:
    if not 0 <= index < len(months):
        return None
    return MonthLink(months[index], address(language, months[index]))


def minimum_group(handbook: Handbook) -> int:
    """The least size of a group with a figure: the largest any method asks for, so that months can be compared."""
    return max((method.rules.minimum_group for method in handbook.methods), default=5)


def trend_contexts(figures: GroupFigures, language: str) -> list[TrendContext]:
    """The trend of each standard with group figures."""
    if not figures.months:
        return []
    span = figures.trend_months
    last = span[-1]
    edition = figures.handbook.edition_at(last.first_day)
    assert edition is not None
    found = []
    for identity, (standard, revision) in figures.trended.items():
        trends = tuple(
            trend
            for measure in revision.rules.measures
            if (trend := _trend(figures, identity, measure, span)) is not None
        )
        teams = dict.fromkeys(team for trend in trends for team in trend.teams)
        found.append(
            TrendContext(
                standard=standard,
                revision=revision,
                edition=_edition_of(figures.handbook, standard, edition),
                measures=trends,
                team_names=_team_names(figures.roster, teams, last),
                minimum_group=minimum_group(figures.handbook),
                organisation_url=urls.organisation(language, last),
                has_erased=any(month in figures.remainder.months for month in span),
                url=urls.trend(language, identity),
            )
        )
    return found


def _edition_of(handbook: Handbook, standard: Standard, last: Edition) -> Edition:
    """The newest edition, up to one, that has a standard."""
    found = [one for one in handbook.editions if one.effective_from <= last.effective_from]
    return next((one for one in reversed(found) if standard.at(one.effective_from) is not None), last)


def _trend(figures: GroupFigures, standard: str, measure: Measure, span: list[Month]) -> MeasureTrend | None:
    points = figures.history(standard, measure.id, span[-1], len(span))
    months = tuple(
        TrendMonth(
            point,
            figures.teams(point.month, standard, measure.id),
            figures.lines(point.month, standard, measure.id),
        )
        for point in points
    )
    if all(one.point.value is None and not one.point.is_withdrawn for one in months):
        return None
    shown_lines = {line for one in months for line, value in one.lines.items() if value is not None}
    shown_teams = {team for one in months for team, value in one.teams.items() if value is not None}
    return MeasureTrend(
        measure,
        months,
        tuple(sorted(shown_teams)),
        tuple(line for line in figures.handbook.names.line_ids if line in shown_lines),
    )
