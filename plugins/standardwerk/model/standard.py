"""A standard: its identity, and its revisions with rules and wording."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Annotated

from standardwerk.model.dated import Retroactive, newest
from standardwerk.model.fields import Boolean, Form, Id, Integer, LocalText, Number, Text, one_of, within
from standardwerk.model.measure import Measure
from standardwerk.model.quiz import Question
from standardwerk.model.wording import Erratum, Wording

STAGES = ("day-1", "week-1", "day-30", "day-60", "day-90", "month-4-6")


class Step(Form):
    """An onboarding step."""

    when: Annotated[Text, one_of(*STAGES)]
    """By when it is done, counted from the first day."""
    paths: tuple[Id, ...] = ("new",)
    """Whom it is for: paths of handbook.yml."""
    text: LocalText
    """What to do, in each language: a sentence, or a few."""


class Anchor(Form):
    """A rated item: what each level looks like."""

    item: Id
    """What is rated, as the column ``item`` of the ratings calls it."""
    name: LocalText
    """Its name in each language."""
    levels: Mapping[str, LocalText]
    """By level (``1``, ``3``, ``5``): what it looks like, in each language. Levels between need no text."""


class RevisionForm(Form):
    """A revision's YAML file."""

    reason: LocalText
    """Why the text or the rules changed, in each language; shown in the history."""
    retired: Boolean = False
    """True: the standard ends on this day, and needs neither measures nor a text."""
    on_change: Annotated[Text, one_of("carry", "restart")] | None = None
    """Whether windows reach back over the change: ``carry``, or ``restart`` on this day. Left out: restart if
    formula, columns or export rules changed."""
    retroactive: Retroactive | None = None
    """Why it holds from a day before its publication; left out where it does not."""
    roles: tuple[Id, ...] | None = None
    """The roles it is for; left out: every role that has a scorecard."""
    weight: Annotated[Number, within(0, 10)] = Decimal(1)
    """Its weight in the optional index, 0 to 10."""
    export_rules: Mapping[str, Text] = {}
    """What the system of record decides, like ``stale_days: 30``; the CSV repeats the value in a column of that
    name."""
    onboarding: tuple[Step, ...] = ()
    """The steps of newcomers towards this standard."""
    anchors: tuple[Anchor, ...] = ()
    """The scale of a rated standard, item by item."""
    measures: tuple[Measure, ...] = ()
    """What is measured; exactly one has the role ``main``."""
    errata: tuple[Erratum, ...] = ()
    """Slips of wording that were mended after the text was sealed."""
    quiz: tuple[Question, ...] = ()
    """Questions for readers to check themselves; not sealed."""


class StandardForm(Form):
    """``standard.yml``: the identity of a standard."""

    number: Annotated[Integer, within(1, 9999)]
    """Its number; pages sort by it within a group."""
    group: Id
    """Its group, of handbook.yml."""
    owner: LocalText
    """Who answers for it, in each language: a function rather than a name."""
    source: Text | None = None
    """The sentence of the paper it goes back to; left out: not said."""


@dataclass(frozen=True, slots=True)
class Revision:
    """A standard's text and rules from a day on."""

    effective_from: date
    rules: RevisionForm
    wording: Mapping[str, Wording]
    run_start: Mapping[str, date] = field(default_factory=dict)
    """By measure: the day of the revision its windows may reach back to (inclusive)."""

    stale: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By language: the fields whose original has moved on since they were translated."""

    def measure(self, identity: str) -> Measure | None:
        """The measure with that id."""
        return next((measure for measure in self.rules.measures if measure.id == identity), None)

    @property
    def runs(self) -> Mapping[str, date]:
        """The measures whose windows may reach back beyond this revision, and to which day."""
        return {name: day for name, day in self.run_start.items() if day != self.effective_from}

    def with_runs(self, runs: Mapping[str, date]) -> Revision:
        """The revision with windows that begin as they did when a month was closed."""
        if runs == self.runs:
            return self
        return replace(self, run_start={name: runs.get(name, self.effective_from) for name in self.run_start})


@dataclass(frozen=True, slots=True)
class Standard:
    """A standard with all its revisions, the oldest first."""

    id: str
    identity: StandardForm
    revisions: tuple[Revision, ...]

    def at(self, day: date) -> Revision | None:
        """The revision in force on a day; None before the first, and once retired."""
        found = newest(self.revisions, day)
        return None if found is None or found.rules.retired else found
