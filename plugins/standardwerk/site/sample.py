"""The sample scorecard: an invented person's month, evaluated and shown by the code of all others.

Her figures are the same whatever the day; the months they belong to are the last ones, so that the sample is always
judged by the edition in force.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from standardwerk.evaluate.people import PlanBook, evaluate_person
from standardwerk.model.calendar import workday_numbers, workdays_of
from standardwerk.model.months import Month, months_between
from standardwerk.model.notes import Action, Notes
from standardwerk.model.project import Row, Scoring
from standardwerk.model.roster import Assignment, Person, Rep
from standardwerk.model.sample import INVENTED, MONTHS, Sample, SampleAction, read_cell
from standardwerk.model.scores import MeasureScore, Scorecard
from standardwerk.model.sources import Source
from standardwerk.site import urls
from standardwerk.site.contexts import ScorecardContext
from standardwerk.site.people import PersonPages, scorecard_contexts


@dataclass(frozen=True)
class SampleData:
    """Everything the sample's figures come from, and nothing else."""

    sample: Sample
    scoring: Scoring
    """Without the handbook's pages, and without standards' revisions that begin later than on the day after the
    sample's last month (what is retired on that day is told)."""
    person: Person
    rows: Mapping[str, Mapping[Month, tuple[Row, ...]]]
    """By source."""

    def evaluated(self) -> EvaluatedSample | None:
        """The sample with its scorecards; None if it is not scored."""
        cards = tuple(map(_without_sources, evaluate_person(PlanBook(self.scoring), self.person, self.rows)))
        return EvaluatedSample(self.sample, self.scoring, self.person, self.rows, cards) if cards else None


@dataclass(frozen=True)
class EvaluatedSample(SampleData):
    """The sample's scorecards, the same in all languages."""

    cards: tuple[Scorecard, ...]

    def context(self, as_of: date, language: str) -> ScorecardContext:
        """The newest scorecard in a language, without ways to pages and files that there are not."""
        month = self.cards[-1].month
        told = self.sample.notes
        notes = {
            month.plus(-1): Notes(actions=_actions(told.agreed, language)),
            month: Notes(
                told.note[language] if told.note is not None else "",
                told.reply[language] if told.reply is not None else "",
                _actions(told.actions, language),
            ),
        }
        names = {(INVENTED, card.month): (self.sample.team, self.sample.lead) for card in self.cards}
        pages = PersonPages(self.person, self.cards, names, notes)
        scoring = self.scoring
        found = scorecard_contexts(pages, scoring.handbook, scoring.sources, scoring.calendar, as_of, language)[-1]
        return replace(
            found, previous=None, next=None, overview_url="", json_url="", csv_url="", url=urls.sample(language)
        )


def evaluate_sample(scoring: Scoring, as_of: date) -> EvaluatedSample | None:
    """The sample's scorecards up to the last month; None if the handbook has none, or no edition is in force."""
    data = sample_data(scoring, as_of)
    return data.evaluated() if data is not None else None


def sample_data(scoring: Scoring, as_of: date) -> SampleData | None:
    """What the sample's scorecards are made from; None if the handbook has none, or no edition is in force."""
    sample, edition = scoring.handbook.sample, scoring.handbook.edition_at(as_of)
    if sample is None or edition is None:
        return None
    last = max([edition.first_month, *scoring.months[-1:]])
    first = max(last.plus(1 - MONTHS), scoring.handbook.editions[0].first_month)
    months = tuple(months_between(first, last))
    rows = {
        name: found for name, given in sample.rows.items() if (found := _rows(scoring.sources[name], given, months))
    }
    handbook = scoring.handbook.scoring_by(last.plus(1).first_day)
    invented = replace(
        scoring,
        handbook=handbook,
        months=months,
        workdays=workdays_of(scoring.calendar, list(months), workday_numbers(handbook)),
        calendar=replace(scoring.calendar, form=scoring.calendar.form.model_copy(update={"held": ()})),
        present={name: frozenset(found) for name, found in rows.items()},
        beside={},
        sealed={},
        retrospects={},
    )
    return SampleData(sample, invented, _person(sample, last), rows)


def _person(sample: Sample, last: Month) -> Person:
    start = last.plus(-sample.tenure_months).first_day
    row = Rep(INVENTED, sample.name, "", sample.role, INVENTED, start, start, None, 0)
    lines = tuple(Assignment(INVENTED, "", line, Decimal(1), start, None, None, 0) for line in sample.product_lines)
    return Person(INVENTED, (row,), lines)


def _rows(
    source: Source, given: tuple[Mapping[str, tuple[str, ...]], ...], months: tuple[Month, ...]
) -> Mapping[Month, tuple[Row, ...]]:
    """The rows of the months in which the source is due; of a short list the last cell belongs to the last month."""
    found: dict[Month, tuple[Row, ...]] = {}
    for back, month in enumerate(reversed(months), 1):
        if source.due_in(month):
            rows = tuple(_row(source, row, month, back) for row in given if _reaches(row, back))
            if rows:
                found[month] = rows
    return found


def _reaches(row: Mapping[str, tuple[str, ...]], back: int) -> bool:
    return all(len(cells) == 1 or len(cells) >= back for cells in row.values())


def _row(source: Source, row: Mapping[str, tuple[str, ...]], month: Month, back: int) -> Row:
    def cell(column: str) -> object:
        if column == "rep":
            return INVENTED
        cells = row.get(column)
        if cells is None:
            return None
        form = source.form.columns.get(column)
        text = cells[0] if len(cells) == 1 else cells[-back]
        return read_cell(form.type, text, month) if form is not None else text

    return tuple(cell(column) for column in source.columns), 0


def _without_sources(card: Scorecard) -> Scorecard:
    """A scorecard that names no files: there are none."""

    def bare(score: MeasureScore) -> MeasureScore:
        lines = tuple(replace(line, sources=()) for line in score.lines)
        return replace(score, figure=replace(score.figure, sources=()), lines=lines)

    standards = tuple(replace(one, measures=tuple(map(bare, one.measures))) for one in card.standards)
    return replace(card, standards=standards)


def _actions(given: tuple[SampleAction, ...], language: str) -> tuple[Action, ...]:
    return tuple(Action(text=one.text[language], owner=one.owner, status=one.status) for one in given)
